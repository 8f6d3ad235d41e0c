"""What an answer is worth, and a try of a quiz. The player counts the same; tests hold one against the other.

A response is a list of strings, and always one of these: ids of picked options, or of a rating's level; ``true`` or ``false``; what was
typed, alone; ``pair.target`` for each pair matched, ``item.group`` for each thing sorted, ids of all things in the order they were put;
for each gap ``gap.option`` or ``gap.`` and what was typed. Ids have no dots.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from .model import (
    Answer,
    ChoiceGap,
    Cloze,
    Essay,
    GapOption,
    Matching,
    MultipleResponse,
    NumberAnswer,
    Numerical,
    Ordering,
    Question,
    QuestionSet,
    RatingScale,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TextGap,
    TrueFalse,
)

Response: TypeAlias = Collection[str] | str
"""The response; a single string stands for a list of one."""
Typed: TypeAlias = ShortAnswer | TextGap
_BLANK = "[\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+"
_BLANKS = re.compile(_BLANK)
"""What the player's ``\\s`` and ``trim`` take for blanks (ECMAScript, WhiteSpace and LineTerminator); Python's ``\\s`` is another set."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_MOST_DIGITS = 15
"""Digits of a typed number that count: floating point keeps so many apart, and no learner needs more."""
_ANY, _STAR = "\ue000", "\ue001"
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
    """The share of its points that a response earns, from 0 to 1; 0 for what is never scored.

    A multiple response with partial credit earns the share of the right options which were ticked, less the share of the wrong ones,
    and never less than 0: ticking everything earns nothing. Other kinds with partial credit earn the share of their parts that are right.
    """
    given = [response] if isinstance(response, str) else list(response)
    if isinstance(question, (Essay, RatingScale)):
        return 0.0
    if isinstance(question, (ShortAnswer, Numerical)):
        return float(is_accepted(question, given[0]) if given else False)
    if isinstance(question, (SingleChoice, MultipleResponse, TrueFalse)):
        return _choice_credit(question, given)
    parts = _parts(question, given)
    if question.credit == "all-or-nothing":
        return float(all(parts))
    return sum(parts) / len(parts)


def _choice_credit(question: SingleChoice | MultipleResponse | TrueFalse, given: list[str]) -> float:
    ticked, right_ones = set(given), set(key(question))
    if not isinstance(question, MultipleResponse) or question.credit == "all-or-nothing":
        return float(ticked == right_ones)
    hits = len(ticked & right_ones)
    return max(0.0, hits / len(right_ones) - (len(ticked) - hits) / (len(question.options) - len(right_ones)))


def _parts(question: Matching | Sorting | Ordering | Cloze, given: list[str]) -> list[bool]:
    """Which parts of a response are right."""
    if isinstance(question, Ordering):
        return [number < len(given) and given[number] == step.id for number, step in enumerate(question.items)]
    if isinstance(question, Cloze):
        filled = dict(each.partition(".")[::2] for each in given)
        return [_fills(gap, filled.get(gap.id, "")) for gap in question.gaps]
    return [each in given for each in key(question)]


def _fills(gap: ChoiceGap | TextGap, filling: str) -> bool:
    if isinstance(gap, ChoiceGap):
        return any(option.correct and option.id == filling for option in gap.options)
    return is_accepted(gap, filling)


def right(question: Question, response: Response) -> bool:
    """Whether a response is right and earns everything."""
    return credit(question, response) == 1


def worth(settings: QuestionSet, questions: Iterable[Question], responses: Mapping[str, Response]) -> Worth:
    """What a try is worth that was made of some questions. ``responses`` are by question id; what has none earns nothing.

    A try of nothing that is scored is passed, and has no percent.
    """
    asked = list(questions)
    total = sum(question.points for question in asked)
    earned = rounded(sum(points(question, responses[question.id]) for question in asked if question.id in responses))
    if not total:
        return Worth(0, 0, 0, True)
    share = math.floor(_WHOLE * earned / total + 0.5)
    percent = rounded(share / 10_000)
    return Worth(earned, total, percent, percent >= settings.pass_mark)


def rounded(number: float) -> float:
    """A number with two decimals, halves up: ``Math.round((number + Number.EPSILON) * 100) / 100``."""
    return math.floor((number + sys.float_info.epsilon) * 100 + 0.5) / 100


def key(question: Question) -> list[str]:
    """What makes a response right, in order, as a response says it; of what is typed, ids of the accepted answers.

    A gap with several right options is there several times. What is never scored has none.
    """
    if isinstance(question, TrueFalse):
        return ["true" if question.answer else "false"]
    if isinstance(question, (SingleChoice, MultipleResponse)):
        return [option.id for option in question.options if option.correct]
    if isinstance(question, (ShortAnswer, Numerical)):
        return [answer.id for answer in question.answers if answer.correct]
    if isinstance(question, Matching):
        return [f"{pair}.{target}" for pair, target in question.key().items()]
    if isinstance(question, Sorting):
        return [f"{item.id}.{item.group}" for item in question.items]
    if isinstance(question, Ordering):
        return [step.id for step in question.items]
    if isinstance(question, Cloze):
        return [f"{gap.id}.{entry.id}" for gap in question.gaps for entry in _entries(gap) if entry.correct]
    return []


def right_response(question: Question) -> list[str]:
    """A response that is right: what a learner types stands in it as typed. For what is never scored, one that is possible."""
    if isinstance(question, (ShortAnswer, Numerical)):
        return [_typable(question, next(answer for answer in question.answers if answer.correct))]
    if isinstance(question, Cloze):
        return [f"{gap.id}.{_filling(gap, next(entry for entry in _entries(gap) if entry.correct))}" for gap in question.gaps]
    if isinstance(question, Essay):
        return ["Measured first."]
    if isinstance(question, RatingScale):
        return [question.levels[0].id]
    return key(question)


def _entries(gap: ChoiceGap | TextGap) -> Sequence[Answer | GapOption]:
    return gap.options if isinstance(gap, ChoiceGap) else gap.answers


def _filling(gap: ChoiceGap | TextGap, entry: Answer | GapOption) -> str:
    return entry.id if isinstance(gap, ChoiceGap) or not isinstance(entry, Answer) else _typable(gap, entry)


def _typable(question: Typed | Numerical, answer: Answer | NumberAnswer) -> str:
    if isinstance(answer, NumberAnswer):
        return answer.value
    if isinstance(question, Numerical) or not question.wildcards:
        return str(answer.text)
    shortest, longer = (re.sub(r"\*", fill, answer.text.replace("\\*", _STAR)).replace(_STAR, "*").strip() for fill in ("", "x"))
    return shortest if is_accepted(question, shortest) else longer


def is_accepted(question: Typed | Numerical, typed: str) -> bool:
    """Whether something typed is right."""
    answer = answer_for(question, typed)
    return answer is not None and answer.correct


def answer_for(question: Typed | Numerical, typed: str) -> Answer | NumberAnswer | None:
    """The accepted answer or foreseen mistake that something typed equals, if any. An accepted one goes first."""
    if isinstance(question, Numerical):
        number = number_in(typed, question.unit)
        if number is None:
            return None
        near = [each for each in question.answers if abs(number - Decimal(each.value)) <= abs(Decimal(each.tolerance))]
        return next((each for each in near if each.correct), near[0] if near else None)
    said = normal(typed, question)
    if not said:
        return None
    equal = [answer for answer in question.answers if _pattern(answer.text, question).fullmatch(said)]
    return next((answer for answer in equal if answer.correct), equal[0] if equal else None)


def number_in(typed: str, unit: str | None = None) -> Decimal | None:
    """The number that was typed, with a point or a comma before its decimals, and perhaps with its unit; None if it is none.

    Signs that look alike are the same (Unicode NFKC): the ohm sign and omega, the micro sign and mu.
    """
    text, suffix = (_plain_number(each) for each in (typed, unit or ""))
    text = text.replace("\u2212", "-")
    if suffix and text.endswith(suffix):
        text = text[: -len(suffix)]
    if not _NUMBER.fullmatch(text) or sum(character.isdigit() for character in text) > _MOST_DIGITS:
        return None
    return Decimal(text)


def _plain_number(text: str) -> str:
    import unicodedata

    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).replace(",", ".")


class _Rules(NamedTuple):
    case: str = "ignored"
    accents: str = "counts"
    spacing: str = "counts"


def normal(text: str, rules: Typed | _Rules = _Rules()) -> str:  # noqa: B008 - it is immutable
    """A typed text as it is compared: Unicode NFC, without spaces at the ends, several spaces as one; and by the question's rules
    in lower case, without accents, without spaces."""
    import unicodedata

    if rules.accents == "ignored":
        text = "".join(character for character in unicodedata.normalize("NFD", text) if unicodedata.category(character) != "Mn")
    text = _BLANKS.sub("" if rules.spacing == "ignored" else " ", unicodedata.normalize("NFC", text)).strip(" ")
    return text.lower() if rules.case == "ignored" else text


def _pattern(text: str, question: Typed) -> re.Pattern[str]:
    return _compiled(text, question.case, question.accents, question.spacing, question.wildcards)


@lru_cache(maxsize=4096)
def _compiled(text: str, case: str, accents: str, spacing: str, wildcards: bool) -> re.Pattern[str]:
    if wildcards:
        text = text.replace("\\*", _STAR).replace("*", _ANY)
    said = normal(text, _Rules(case, accents, spacing))
    return re.compile(
        ".*".join(re.escape(piece.replace(_STAR, "*")) for piece in said.split(_ANY)) if wildcards else re.escape(said), re.DOTALL
    )
