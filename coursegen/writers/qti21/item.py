"""An item: the file of one question (QTI 2.1, Assessment Test, Section and Item Information Model, section 5).

What is asked stands in the body, before its interaction; hints follow as ``infoControl``, which opens when a learner wants it and costs
nothing. All feedback is ``modalFeedback``, shown when its name is among those that the response processing has put into ``FEEDBACK``.
"""

from __future__ import annotations

from ...model import (
    Cloze,
    Essay,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TrueFalse,
)
from . import arranged, choices, fields
from .parts import Made, Words
from .processing import FEEDBACK, MAXSCORE, RIGHT, SCORE, say, verdict
from .xml import document, element, lines


def item(question: Question, name: str, shuffle: bool, words: Words) -> bytes:
    """The file of a question."""
    made = _made(question, words, shuffle)
    verdicts = {each: text for each in ("right", "partly", "wrong") if (text := getattr(question, f"if_{each}", None))}
    always = {**made.always, **({"general": question.feedback} if question.feedback else {})}
    told = {**made.told, **verdicts, **always}
    rules = [*made.rules, *verdict(tuple(verdicts)), *(say(each) for each in always)]
    outcomes = [_outcome(SCORE, 0), _outcome(MAXSCORE, question.points)]
    if made.counts:
        outcomes.append(_outcome(RIGHT, 0))
    if told:
        outcomes.append(element("outcomeDeclaration", identifier=FEEDBACK, cardinality="multiple", baseType="identifier"))
    stem = "" if made.has_stem else words.blocks(question.stem.nodes)
    return document(
        lines(
            "assessmentItem",
            *made.declarations,
            *outcomes,
            lines("itemBody", stem, made.body, *_hints(question, words), class_=question.kind),
            lines("responseProcessing", *rules) if any(rules) else "",
            *(_feedback(each, text, words) for each, text in told.items()),
            identifier=name,
            title=question.name,
            xml_lang=words.course.language,
            adaptive=False,
            timeDependent=False,
        )
    )


def _made(question: Question, words: Words, shuffle: bool) -> Made:
    match question:
        case SingleChoice() | MultipleResponse():
            return choices.choice(question, words, shuffle)
        case TrueFalse():
            return choices.true_false(question, words)
        case RatingScale():
            return choices.rating(question)
        case ShortAnswer():
            return fields.short_answer(question)
        case Numerical():
            return fields.numerical(question)
        case Essay():
            return fields.essay(question)
        case Cloze():
            return fields.cloze(question, words)
        case Matching():
            return arranged.matching(question, words)
        case Sorting():
            return arranged.sorting(question, words)
        case Ordering():
            return arranged.ordering(question, words, shuffle)


def shuffles(question: Question) -> bool:
    """Whether a question has options that come in another order where a quiz wants it so, as in the player."""
    return isinstance(question, (SingleChoice, MultipleResponse, Ordering))


def _outcome(name: str, start: int) -> str:
    default = element("defaultValue", element("value", str(start)))
    return element("outcomeDeclaration", default, identifier=name, cardinality="single", baseType="float")


def _hints(question: Question, words: Words) -> list[str]:
    count = len(question.hints)
    titles = (words.templates.text("help.title", number=number, count=count) for number in range(1, count + 1))
    return [element("infoControl", words.blocks(hint.nodes), title=title) for hint, title in zip(question.hints, titles, strict=True)]


def _feedback(name: str, text: Rich, words: Words) -> str:
    title = words.templates.text("essay.model") if name == "model" else None
    inside = words.blocks(text.nodes)
    return element("modalFeedback", inside, outcomeIdentifier=FEEDBACK, showHide="show", identifier=name, title=title)
