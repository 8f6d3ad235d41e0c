"""Response processing: rules that set what an answer earns and which feedback it gets (QTI 2.1, Response Processing and Expressions).

Every item has the outcomes ``SCORE`` (points earned) and ``MAXSCORE``; ``FEEDBACK`` collects the names of the feedback to show, ``RIGHT``
counts the parts that are right where a question has parts. All start anew with each answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from ...model import Answer, ChoiceGap, NumberAnswer, Numerical, ShortAnswer, TextGap
from .patterns import pattern
from .xml import element, lines

RESPONSE, SCORE, MAXSCORE, FEEDBACK, RIGHT = "RESPONSE", "SCORE", "MAXSCORE", "FEEDBACK", "RIGHT"


class Branch(NamedTuple):
    """What is done in a case."""

    condition: str
    rules: Sequence[str]


def variable(name: str) -> str:
    """The value of a response or an outcome."""
    return element("variable", identifier=name)


def value(kind: str, words: object) -> str:
    """A value of a base type."""
    return element("baseValue", str(words), baseType=kind)


def number(words: object) -> str:
    """A number."""
    return value("float", words)


def rounded(expression: str) -> str:
    """A number with two decimals, as points are counted."""
    return element("roundTo", expression, roundingMode="decimalPlaces", figures=2)


def set_to(name: str, expression: str) -> str:
    """The rule that gives an outcome a value."""
    return element("setOutcomeValue", expression, identifier=name)


def say(name: str) -> str:
    """The rule that adds a feedback to those shown."""
    return set_to(FEEDBACK, element("multiple", variable(FEEDBACK), value("identifier", name)))


def count() -> str:
    """The rule that counts a part as right."""
    return set_to(RIGHT, element("sum", variable(RIGHT), number(1)))


def first_of(branches: Sequence[Branch]) -> str:
    """The rule that takes the first case that is there, without those at the end that do nothing; empty where there is nothing to do."""
    last = max((number for number, branch in enumerate(branches, 1) if branch.rules), default=0)
    if not last:
        return ""
    tags = ["responseIf"] + ["responseElseIf"] * (last - 1)
    return lines("responseCondition", *(lines(tag, branch.condition, *branch.rules) for tag, branch in zip(tags, branches, strict=False)))


def match(one: str, other: str) -> str:
    """Whether two values of any cardinality are the same."""
    return element("match", one, other)


def all_right(points: int) -> str:
    """The rule that gives the points for exactly the right response."""
    return first_of([Branch(match(variable(RESPONSE), element("correct", identifier=RESPONSE)), [set_to(SCORE, number(points))])])


def mapped() -> str:
    """The rule that adds up what the chosen entries of the mapping are worth."""
    return set_to(SCORE, rounded(element("mapResponse", identifier=RESPONSE)))


def parts_right(points: int, parts: int, partial: bool) -> str:
    """The rule that makes points of the number of parts that are right."""
    if partial:
        return set_to(SCORE, rounded(element("divide", element("product", number(points), variable(RIGHT)), number(parts))))
    return first_of([Branch(element("gte", variable(RIGHT), number(parts)), [set_to(SCORE, number(points))])])


def typed(name: str, question: ShortAnswer | TextGap | Numerical, right: str, told: dict[str, str]) -> str:
    """The rule for what was typed: the accepted answers first, then the foreseen mistakes, as :func:`coursegen.score.answer_for` does.

    ``right`` is the rule for an accepted one; ``told`` has the name of the feedback of each answer that has one.
    """
    found: list[tuple[NumberAnswer | Answer, str]] = []
    if isinstance(question, Numerical):
        found += [(answer, _near(name, answer)) for answer in question.answers]
    else:
        written = [(answer, pattern(answer, question)) for answer in question.answers]
        found += [(answer, element("patternMatch", variable(name), pattern=each)) for answer, each in written if each]
    branches = []
    for answer, condition in sorted(found, key=lambda each: not each[0].correct):
        rules = [right] if answer.correct else []
        branches.append(Branch(condition, [*rules, say(told[answer.id])] if answer.id in told else rules))
    return first_of(branches)


def chosen(name: str, gap: ChoiceGap, right: str, told: dict[str, str]) -> str:
    """The rule for what was picked in a gap."""
    branches = []
    for option in gap.options:
        rules = [right] if option.correct else []
        condition = match(variable(name), value("identifier", f"O-{option.id}"))
        branches.append(Branch(condition, [*rules, say(told[option.id])] if option.id in told else rules))
    return first_of([branch for branch in branches if branch.rules])


def _near(name: str, answer: NumberAnswer) -> str:
    """Whether a number is near enough. Its limits are computed here: exactly, so that what is exactly so far off counts everywhere."""
    with localcontext() as context:
        context.prec = 60
        low, high = (format(Decimal(answer.value) + sign * abs(Decimal(answer.tolerance)), "f") for sign in (-1, 1))
    if low == high:
        return element("equal", variable(name), number(low), toleranceMode="exact")
    return element("and", element("gte", variable(name), number(low)), element("lte", variable(name), number(high)))


def verdict(given: Sequence[str]) -> list[str]:
    """The rules for the feedback of a right, a partly right and a wrong answer, as far as these are ``given``."""
    score, most, none = variable(SCORE), variable(MAXSCORE), number(0)
    conditions = {
        "right": element("gte", score, most),
        "partly": element("and", element("gt", score, none), element("lt", score, most)),
        "wrong": element("lte", score, none),
    }
    return [first_of([Branch(condition, [say(name)])]) for name, condition in conditions.items() if name in given]
