"""What an option is worth in Moodle: per cent of a list that it has, for a number beside it stops the import (question/engine/bank.php).

The list has 100 / n for n from 1 to 10 and for 20. It is the same for Moodle XML and for GIFT.
"""

from __future__ import annotations

from ..model import MultipleResponse, SingleChoice

_SHARES = {
    1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571", 8: "12.5", 9: "11.11111", 10: "10", 20: "5",
}  # fmt: skip
"""What one of so many equal parts is worth in per cent, as Moodle lists it."""


def shares(count: int, beyond: str = "0") -> list[str]:
    """The shares of some options, in per cent: together 100.

    From 11 to 19 no equal share is listed: the first ones are worth 10 and the others 5. Of more than 20, twenty are worth 5, the
    least there is, and the others ``beyond``.
    """
    if count in _SHARES:
        return [_SHARES[count]] * count
    tens = max(0, 20 - count)
    fives = min(count, 20) - tens
    return ["10"] * tens + ["5"] * fives + [beyond] * (count - tens - fives)


def fractions(question: SingleChoice | MultipleResponse) -> list[str]:
    """What each option is worth in per cent, in their order.

    Of several right options each has its share, and a wrong one takes away: its share with partial credit, as
    :func:`coursegen.score.credit` has it, else everything. Wrong ones above twenty take 5 as well: ticking all never pays.
    """
    if isinstance(question, SingleChoice):
        return [whole(option.correct) for option in question.options]
    right = iter(shares(sum(option.correct for option in question.options)))
    wrong_ones = sum(not option.correct for option in question.options)
    wrong = iter(shares(wrong_ones, "5") if question.credit == "partial" else ["100"] * wrong_ones)
    return [next(right) if option.correct else f"-{next(wrong)}" for option in question.options]


def whole(correct: bool) -> str:
    """All or nothing, in per cent."""
    return "100" if correct else "0"


def are_equal(question: MultipleResponse) -> bool:
    """Whether all right options can be worth the same, and all wrong ones: only then is partial credit what it is in the course."""
    right = sum(option.correct for option in question.options)
    return all(count in (0, *_SHARES) for count in (right, len(question.options) - right))
