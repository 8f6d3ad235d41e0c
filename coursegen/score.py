"""What an answer is worth, and a try of a quiz. The player counts the same; tests hold one against the other."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from .model import MultipleResponse, Question, QuestionSet, ShortAnswer, SingleChoice, TrueFalse

Response: TypeAlias = Collection[str] | str
"""The ids of the picked options (``true`` or ``false`` for a true/false question), or the typed text."""
_BLANKS = re.compile("[\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+")
"""What the player's ``\\s`` and ``trim`` take for blanks (ECMAScript, WhiteSpace and LineTerminator); Python's ``\\s`` is another set."""
_WHOLE = 1_000_000
"""Shares of points are kept in millionths, as the player keeps them."""


class Worth(NamedTuple):
    """What a try of a quiz is worth."""

    points: float
    total: int
    percent: float
    passed: bool


def points(question: Question, response: Response) -> float:
    """The points that a response earns, rounded to two decimals; whole points are an ``int``."""
    earned = rounded(question.points * credit(question, response))
    return int(earned) if earned.is_integer() else earned


def credit(question: Question, response: Response) -> float:
    """The share of its points that a response earns, from 0 to 1.

    With partial credit that is the share of the right options which were ticked, less the share of the wrong ones, and never
    less than 0: ticking everything earns nothing.
    """
    if isinstance(question, ShortAnswer):
        assert isinstance(response, str)
        typed = normal(response)
        return float(any(answer.correct and normal(answer.text) == typed for answer in question.answers))
    ticked, right_ones = set(response), set(key(question))
    if not isinstance(question, MultipleResponse) or question.credit == "all-or-nothing":
        return float(ticked == right_ones)
    hits = len(ticked & right_ones)
    return max(0.0, hits / len(right_ones) - (len(ticked) - hits) / (len(question.options) - len(right_ones)))


def right(question: Question, response: Response) -> bool:
    """Whether a response is right and earns everything."""
    return credit(question, response) == 1


def worth(settings: QuestionSet, questions: Iterable[Question], responses: Mapping[str, Response]) -> Worth:
    """What a try is worth that was made of some questions. ``responses`` are by question id; what has none earns nothing."""
    asked = list(questions)
    total = sum(question.points for question in asked)
    earned = rounded(sum(points(question, responses[question.id]) for question in asked if question.id in responses))
    share = math.floor(_WHOLE * earned / total + 0.5) if total else _WHOLE
    percent = rounded(share / 10_000)
    return Worth(earned, total, percent, percent >= settings.pass_mark)


def rounded(number: float) -> float:
    """A number with two decimals, halves up: ``Math.round((number + Number.EPSILON) * 100) / 100``."""
    return math.floor((number + sys.float_info.epsilon) * 100 + 0.5) / 100


def key(question: Question) -> list[str]:
    """The ids of the right options, in order; the ids of the accepted answers of a short answer."""
    if isinstance(question, TrueFalse):
        return ["true" if question.answer else "false"]
    if isinstance(question, (SingleChoice, MultipleResponse)):
        return [option.id for option in question.options if option.correct]
    return [answer.id for answer in question.answers if answer.correct]


def normal(text: str) -> str:
    """A typed text as it is compared: Unicode NFC, without spaces at the ends, several spaces as one, in lower case."""
    import unicodedata

    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(" ").lower()
