"""Rules about what is typed: words with or without wildcards, and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import NamedTuple

from ...model import Answer, NumberAnswer, Numerical
from ...score import answer_for, is_accepted, normal
from ..rule import Report, check
from ..survey import Survey
from .questions import Typed, typed

LONGEST_ANSWER = 60
"""Characters of an answer that learners type."""
MOST_WILDCARDS = 4
"""In one answer. How long a comparison takes grows with each of them, and no answer needs more."""
MOST_DIGITS = 15
"""Floating point, with which players and LMSs compute, keeps so many digits of a number apart."""
_WILDCARD = re.compile(r"(\\)?\*")
_ANYTHING = "\ue002"
"""Stands for whatever a wildcard stands for: a character that no answer has."""


def _words(survey: Survey) -> Iterator[tuple[Typed, Answer]]:
    return ((field, answer) for question in survey.questions() for field in typed(question) for answer in field.answers)


def _numbers(survey: Survey) -> Iterator[tuple[Numerical, NumberAnswer]]:
    return ((question, answer) for question in survey.questions() if isinstance(question, Numerical) for answer in question.answers)


def _wildcards(field: Typed, answer: Answer) -> int:
    return sum(1 for found in _WILDCARD.finditer(answer.text) if not found[1]) if field.wildcards else 0


@check("Q017")
def answer_too_long_to_type(survey: Survey) -> Iterator[Report]:
    """An answer to type, into a field or a gap, is longer than 60 characters.

    Nobody types a sentence exactly as it stands there; and what is typed has to fit into what an LMS stores.

    Wrong: ``text: with a dial gauge that is held by a stand on the axle beside the wheel``
    Right: ``text: dial gauge``
    """
    for _, answer in _words(survey):
        if len(answer.text) > LONGEST_ANSWER:
            message = f"this answer has {len(answer.text)} characters, {LONGEST_ANSWER} fit"
            yield Report(answer.at("text"), message, "ask for a word or two, or make it a choice")


@check("Q021")
def anything_is_right(survey: Survey) -> Iterator[Report]:
    """An accepted answer is only a wildcard, so that everything that is typed is right.

    Who knows nothing scores full points. As a foreseen mistake (``correct: false``) a ``*`` alone is fine: it stands for all other answers.

    Wrong: ``{id: a, text: "*"}`` with ``wildcards: true``
    Right: ``{id: a, text: "*pads"}``
    """
    for field, answer in _words(survey):
        if answer.correct and _wildcards(field, answer) and not normal(_filled(answer, ""), field):
            yield Report(
                answer.at("text"), "everything that is typed would be right", "write some letters beside the *, or add correct: false"
            )


def _filled(answer: Answer, filling: str) -> str:
    """An answer with something in the place of its wildcards."""
    return _WILDCARD.sub(lambda found: "*" if found[1] else filling, answer.text)


@check("Q022")
def nothing_to_type(survey: Survey) -> Iterator[Report]:
    r"""An answer has nothing that could be typed, as its question compares: it is all blanks or accents.

    Blanks at the ends never count, and what is left is nothing.

    Wrong: ``text: "\u00a0"``
    Right: ``text: brake pads``
    """
    for field, answer in _words(survey):
        if answer.text and not _wildcards(field, answer) and not normal(answer.text, field):
            yield Report(answer.at("text"), "nobody can type this answer: nothing is left of it", "write what a learner types")


@check("Q023")
def too_many_wildcards(survey: Survey) -> Iterator[Report]:
    r"""An answer has more than 4 wildcards.

    Almost everything fits such an answer, and to compare it with what was typed takes a browser longer with each of them.

    Wrong: ``text: "*a*b*c*d*e*"``
    Right: ``text: "*brake*disc*"``
    """
    for field, answer in _words(survey):
        if (number := _wildcards(field, answer)) > MOST_WILDCARDS:
            message = f"this answer has {number} wildcards, {MOST_WILDCARDS} fit"
            yield Report(answer.at("text"), message, r"write several answers, or \* where an asterisk is meant")


@check("Q024", whole=True)
def mistake_that_counts(survey: Survey) -> Iterator[Report]:
    """A foreseen mistake is accepted, because an accepted answer covers all of it.

    Accepted answers go first: who makes the mistake is told to be right. With wildcards an accepted answer may cover more than it seems
    to; so may the tolerance of a number. A mistake that reaches further than the accepted answer is fine ("nearly right").

    Wrong: ``{id: a, value: 12.5, tolerance: 1}`` and ``{id: b, value: 13, correct: false}``
    Right: ``{id: a, value: 12.5, tolerance: 0.2}`` and ``{id: b, value: 13, correct: false}``
    """
    for entry in _entries(survey):
        if entry.is_accepted and not entry.answer.correct:
            message = f'"{entry.said}" is accepted by another answer, and is a mistake here'
            yield Report(entry.answer.at(entry.key), message, "make the accepted answer narrower, or remove one of the two")


@check("Q025", "warning", whole=True)
def answer_in_vain(survey: Survey) -> Iterator[Report]:
    """An answer is covered by another one of its sort that stands before it.

    The first that fits is taken, so its feedback is never shown.

    Wrong: ``brake*`` before ``brake pads``, both accepted
    Right: ``brake pads`` before ``brake*``
    """
    for entry in _entries(survey):
        if entry.is_covered and (entry.answer.correct or not entry.is_accepted):
            message = f'another answer before it fits everything that "{entry.said}" fits'
            yield Report(entry.answer.at(entry.key), message, "put this answer before the other one, or remove it")


class _Entry(NamedTuple):
    """An answer beside the others of its question."""

    answer: Answer | NumberAnswer
    key: str
    said: str
    is_accepted: bool
    """Whether accepted answers fit all that it fits."""
    is_covered: bool
    """Whether answers of its sort, accepted ones or mistakes, do that stand before it."""


def _entries(survey: Survey) -> Iterator[_Entry]:
    """Answers that others could cover, without those that are there twice (Q006)."""
    for question in survey.questions():
        for field in typed(question):
            if field.wildcards:
                yield from _patterns(field)
        if isinstance(question, Numerical):
            yield from _ranges(question)


def _patterns(field: Typed) -> Iterator[_Entry]:
    """Whether wildcards of other answers cover an answer: one does if it fits the answer with an unknown sign for each wildcard."""
    usual = [
        answer for answer in field.answers if len(answer.text) <= LONGEST_ANSWER and _wildcards(field, answer) <= MOST_WILDCARDS
    ]  # of others Q017 and Q023 tell, and a comparison could take for ever
    accepted = replace(field, answers=tuple(answer for answer in usual if answer.correct))
    texts: set[str] = set()
    for number, answer in enumerate(usual):
        before = replace(field, answers=tuple(each for each in usual[:number] if each.correct == answer.correct))
        sample = _filled(answer, _ANYTHING)
        if (said := normal(answer.text, field)) not in texts:
            yield _Entry(answer, "text", answer.text, is_accepted(accepted, sample), answer_for(before, sample) is not None)
        texts.add(said)


class _Range(NamedTuple):
    low: Decimal
    high: Decimal


def _range(answer: NumberAnswer) -> _Range:
    """From the value less the tolerance to the value and the tolerance, exactly."""
    with localcontext() as context:
        context.prec = 64
        value, tolerance = Decimal(answer.value), abs(Decimal(answer.tolerance))
        return _Range(value - tolerance, value + tolerance)


def _cover(ranges: Iterable[_Range], wanted: _Range) -> bool:
    """Whether some ranges together have all of another. Ends are part of a range."""
    reached, begun = wanted.low, False
    for low, high in sorted(ranges):
        if low <= reached <= high:
            reached, begun = high, True
    return begun and reached >= wanted.high


def _ranges(question: Numerical) -> Iterator[_Entry]:
    accepted = [_range(answer) for answer in question.answers if answer.correct]
    before: dict[bool, list[_Range]] = {True: [], False: []}
    for answer in question.answers:
        mine = _range(answer)
        said = f"{answer.value} ± {answer.tolerance}" if mine.low != mine.high else str(answer.value)
        if not any(mine in others for others in before.values()):
            yield _Entry(answer, "value", said, _cover(accepted, mine), _cover(before[answer.correct], mine))
        before[answer.correct].append(mine)


@check("Q026", "warning", whole=True)
def mistake_overlaps(survey: Survey) -> Iterator[Report]:
    """The range of a foreseen mistake begins or ends within that of an accepted number.

    What is in both counts as right, so the mistake is narrower than it says. A mistake around the whole accepted range is fine: it
    tells who was nearly right.

    Wrong: ``{value: 12, tolerance: 1}`` and ``{value: 14, tolerance: 2, correct: false}``
    Right: ``{value: 12, tolerance: 1}`` and ``{value: 15, tolerance: 1, correct: false}``
    """
    for question, answer in _numbers(survey):
        if answer.correct:
            continue
        accepted = [_range(each) for each in question.answers if each.correct]
        mine = _range(answer)
        if any(low < mine.low < high < mine.high or mine.low < low < mine.high < high for low, high in accepted) and not _cover(
            accepted, mine
        ):
            message = f"the range of this mistake, {mine.low:f} to {mine.high:f}, overlaps one that is accepted"
            yield Report(answer.at("value"), message, "make one of the two narrower")


@check("Q027")
def negative_tolerance(survey: Survey) -> Iterator[Report]:
    """A tolerance is less than 0.

    It is a distance, up and down from the number.

    Wrong: ``tolerance: -0.5``
    Right: ``tolerance: 0.5``
    """
    for _, answer in _numbers(survey):
        if answer.tolerance and Decimal(answer.tolerance) < 0:
            yield Report(answer.at("tolerance"), "a tolerance cannot be negative", f"write {answer.tolerance[1:]}")


@check("Q028")
def too_many_digits(survey: Survey) -> Iterator[Report]:
    """A number with its tolerance added or taken away has more than 15 digits.

    Players and LMSs compute with floating point, which keeps 15 digits apart: what is just right could count as wrong.

    Wrong: ``{value: 1000000, tolerance: 0.000000001}``
    Right: ``{value: 1000000, tolerance: 0.5}``
    """
    for _, answer in _numbers(survey):
        if answer.value and answer.tolerance:
            digits = max(sum(character.isdigit() for character in f"{end:f}") for end in _range(answer))
            if digits > MOST_DIGITS:
                message = f"with its tolerance this number has {digits} digits, {MOST_DIGITS} fit"
                yield Report(answer.at("tolerance"), message, "round the number or the tolerance")


@check("Q029")
def unit_like_a_number(survey: Survey) -> Iterator[Report]:
    """A unit begins with a digit, a sign or a point.

    Learners may type the unit behind the number, and nobody could tell where the number ends.

    Wrong: ``unit: 10 mm``
    Right: ``unit: cm``
    """
    for question in survey.questions():
        if isinstance(question, Numerical) and question.unit and re.match(r"[\d+.,\u2212-]", question.unit):
            yield Report(
                question.at("unit"), f'the unit "{question.unit}" begins as a number does', "begin it with a letter or another sign"
            )


@check("Q040", "warning")
def asterisk_to_type(survey: Survey) -> Iterator[Report]:
    r"""An answer has an asterisk, and its question has no ``wildcards: true``.

    The asterisk is a character like any other then, and learners would have to type it. Mostly it was meant to stand for anything.

    Wrong: ``{id: a, text: "*pads"}`` without ``wildcards: true``
    Right: ``wildcards: true`` beside the answers; there ``\*`` is an asterisk
    """
    for question in survey.questions():
        for field in typed(question):
            answer = next((answer for answer in field.answers if "*" in answer.text), None)
            if answer and not field.wildcards:
                message = f'in "{answer.text}" the asterisk is to be typed, and hardly anybody will'
                yield Report(answer.at("text"), message, r"add wildcards: true to these answers, and write \* where an asterisk is meant")
