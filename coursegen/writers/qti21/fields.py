"""Questions with fields to type in or to pick for, in a line or in a text."""

from __future__ import annotations

from ...model import Answer, ChoiceGap, Cloze, Element, Essay, Gap, Numerical, Rich, ShortAnswer, TextGap
from ...render.html import escape
from ...score import right_response
from .parts import Made, Words, mapping, named, response
from .processing import RESPONSE, SCORE, chosen, count, number, parts_right, set_to, typed
from .xml import element

_SHORTEST = 10
"""Characters that a field has room for at least, so that its length gives nothing away."""


def short_answer(question: ShortAnswer) -> Made:
    """A field for words. The mapping tells systems that read no patterns what is accepted."""
    told = named("option", ((answer.id, answer.feedback) for answer in question.answers))
    field = element("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength=_length(question.answers))
    rule = typed(RESPONSE, question, set_to(SCORE, number(question.points)), {name: feedback for name, (feedback, _) in told.items()})
    worth = _worth(question, question.points)
    return Made([response(RESPONSE, "single", "string", right_response(question), worth)], element("p", field), [rule], dict(told.values()))


def numerical(question: Numerical) -> Made:
    """A field for a number, with its unit beside it."""
    told = named("option", ((answer.id, answer.feedback) for answer in question.answers))
    field = element("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength=_SHORTEST)
    rule = typed(RESPONSE, question, set_to(SCORE, number(question.points)), {name: feedback for name, (feedback, _) in told.items()})
    unit = f" {escape(question.unit)}" if question.unit else ""
    declared = response(RESPONSE, "single", "float", right_response(question))
    return Made([declared], element("p", field, unit), [rule], dict(told.values()))


def essay(question: Essay) -> Made:
    """A field for a text. The model answer is told to who has written one."""
    model = {"model": question.model_answer} if question.model_answer else {}
    body = element("extendedTextInteraction", responseIdentifier=RESPONSE, expectedLines=question.lines, format="plain")
    return Made([response(RESPONSE, "single", "string")], body, always=model)


def cloze(question: Cloze, words: Words) -> Made:
    """A text with a response for each gap. How many gaps are right decides about the points."""
    declarations: list[str] = []
    rules: list[str] = []
    told: dict[str, Rich] = {}
    right = {each.partition(".")[0]: each.partition(".")[2] for each in right_response(question)}
    for gap in question.gaps:
        name = _response(gap)
        entries = gap.options if isinstance(gap, ChoiceGap) else gap.answers
        own = named(f"gap-{gap.id}-", ((entry.id, entry.feedback) for entry in entries))
        names = {entry: feedback for entry, (feedback, _) in own.items()}
        told |= dict(own.values())
        if isinstance(gap, ChoiceGap):
            declarations.append(response(name, "single", "identifier", [f"O-{right[gap.id]}"]))
            rules.append(chosen(name, gap, count(), names))
        else:
            declarations.append(response(name, "single", "string", [right[gap.id]], _worth(gap, 1)))
            rules.append(typed(name, gap, count(), names))
    rules.append(parts_right(question.points, len(question.gaps), question.credit == "partial"))
    body = words.blocks(question.filled(lambda gap: (_control(gap),)))
    return Made(declarations, body, rules, told, has_stem=True, counts=True)


def _response(gap: Gap) -> str:
    return f"{RESPONSE}-{gap.id}"


def _control(gap: Gap) -> Element:
    """What stands in the place of a gap. Lists of gaps stay in the author's order, as in the player."""
    if isinstance(gap, TextGap):
        return Element("textEntryInteraction", (("responseIdentifier", _response(gap)), ("expectedLength", str(_length(gap.answers)))))
    choices = tuple(Element("inlineChoice", (("identifier", f"O-{option.id}"),), (option.text,)) for option in gap.options)
    return Element("inlineChoiceInteraction", (("responseIdentifier", _response(gap)), ("shuffle", "false")), choices)


def _length(answers: tuple[Answer, ...]) -> int:
    return max(_SHORTEST, *(len(answer.text) for answer in answers))


def _worth(question: ShortAnswer | TextGap, points: int) -> str:
    """The answers as a mapping. One with an asterisk that stands for anything is no text; a mistake is worth nothing."""
    if question.wildcards:
        return ""
    worth = {" ".join(answer.text.split()): points if answer.correct else 0 for answer in reversed(question.answers)}
    entries = {text: worth[text] for text in reversed(worth) if text}
    return mapping(entries, caseSensitive=question.case == "counts") if entries else ""
