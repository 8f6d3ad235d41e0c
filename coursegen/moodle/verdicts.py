"""What Moodle makes of questions whatever file they come in: verdicts that the tables of Moodle XML and GIFT have in common."""

from __future__ import annotations

from decimal import Decimal

from .fidelity import KEPT, changed
from .fractions import are_equal
from .model import MultipleResponse, Numerical, Question, ShortAnswer


def _has_spaces(question: Question) -> bool:
    return isinstance(question, ShortAnswer) and any(answer.correct and len(answer.text.split()) > 1 for answer in question.answers)


def _has_signs(question: Question) -> bool:
    """Whether one could type a comma or a minus and be right."""
    return isinstance(question, Numerical) and any(
        Decimal(answer.tolerance) or "." in answer.value or answer.value.startswith("-") for answer in question.answers
    )


def _has_uneven_shares(question: Question) -> bool:
    return isinstance(question, MultipleResponse) and not are_equal(question)


SHORT_ANSWER = KEPT.but(changed("two spaces are not taken for one in what is typed"), "with a space in an accepted answer", _has_spaces)
NUMERICAL = KEPT.but(
    changed("a comma before decimals counts only where the language of the site has it, and a minus has to be typed as a hyphen"),
    "with decimals, with a tolerance or below zero",
    _has_signs,
)
PARTIAL_CREDIT = KEPT.but(
    changed("Moodle has no equal shares for so many: some count 10 per cent, others 5 or nothing"),
    "of questions with 11 to 19 right or wrong options, or more than 20",
    _has_uneven_shares,
)
