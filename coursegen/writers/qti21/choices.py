"""Questions with options to pick from: ``choiceInteraction``."""

from __future__ import annotations

from ...model import MultipleResponse, RatingScale, SingleChoice, TrueFalse
from ...render.html import escape
from ...score import key
from .parts import Made, Words, mapping, named, response
from .processing import RESPONSE, Branch, all_right, first_of, mapped, match, say, value, variable
from .xml import element, lines


def choice(question: SingleChoice | MultipleResponse, words: Words, shuffle: bool) -> Made:
    """One or several of some options.

    With partial credit each right option is mapped to its share of the points and each wrong one to less than nothing, and the sum is
    never below 0.
    """
    several = isinstance(question, MultipleResponse)
    right = key(question)
    options = {option.id: words.inline(option.text) for option in question.options}
    worth = ""
    rule = all_right(question.points)
    if isinstance(question, MultipleResponse) and question.credit == "partial":
        wrong = len(question.options) - len(right)
        shares = {each.id: 1 / len(right) if each.correct else -1 / wrong for each in question.options}
        worth = mapping({f"O-{name}": question.points * share for name, share in shares.items()})
        rule = mapped()
    told = named("option", ((option.id, option.feedback) for option in question.options))
    picked = [_picked(f"O-{name}", feedback, several) for name, (feedback, _) in told.items()]
    return Made(
        [response(RESPONSE, "multiple" if several else "single", "identifier", [f"O-{name}" for name in right], worth)],
        _interaction({f"O-{name}": text for name, text in options.items()}, several, shuffle),
        [rule, *picked],
        dict(told.values()),
    )


def true_false(question: TrueFalse, words: Words) -> Made:
    """A statement: the options are the words for true and false."""
    told = named("option", (("true", question.if_true), ("false", question.if_false)))
    return Made(
        [response(RESPONSE, "single", "identifier", key(question))],
        _interaction({name: escape(words.templates.text(f"option.{name}")) for name in ("true", "false")}, False, False),
        [all_right(question.points), *(_picked(name, feedback, False) for name, (feedback, _) in told.items())],
        dict(told.values()),
    )


def rating(question: RatingScale) -> Made:
    """The steps of a scale. None is right."""
    return Made(
        [response(RESPONSE, "single", "identifier")],
        _interaction({f"O-{level.id}": escape(level.text) for level in question.levels}, False, False),
    )


def _interaction(options: dict[str, str], several: bool, shuffle: bool) -> str:
    choices = (element("simpleChoice", text, identifier=name) for name, text in options.items())
    return lines("choiceInteraction", *choices, responseIdentifier=RESPONSE, shuffle=shuffle, maxChoices=0 if several else 1)


def _picked(name: str, feedback: str, several: bool) -> str:
    """The rule for the feedback of an option."""
    this = value("identifier", name)
    picked = element("member", this, variable(RESPONSE)) if several else match(variable(RESPONSE), this)
    return first_of([Branch(picked, [say(feedback)])])
