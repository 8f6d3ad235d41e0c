"""What stands in for a question in a format that lacks its kind: its twin, or the best that can honestly be made of it, or nothing.

Nothing is invented: every option and answer of a substitute is one of the question. A substitute has the question's labels, hints and
feedback; ids of derived ones have two hyphens, which stand in no author's id.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from .model import (
    Answer,
    ChoiceGap,
    Cloze,
    Distractor,
    Element,
    GapOption,
    Identifier,
    Matching,
    Node,
    Numerical,
    Option,
    Ordering,
    Pair,
    Plain,
    Question,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    Step,
)
from .model.rich import PHRASING

_MOST_POINTS = 99
_ORDERS = 4


class Change(NamedTuple):
    """What becomes of a feature of a question in what takes its place."""

    how: Literal["changed", "dropped"]
    reason: str


class Substitute(NamedTuple):
    """What takes a question's place, and why in words; no questions where nothing honest can. Each has the points of the question."""

    questions: tuple[Question, ...]
    reason: str
    changes: Mapping[str, Change | None] = MappingProxyType({})
    """For features of the question that its substitutes lack, what becomes of them; None where nothing is lost by that."""


class Weighted(NamedTuple):
    """A question as it stands in a format: itself or what takes its place, with points that keep the proportions of the quiz."""

    original: Question
    questions: tuple[Question, ...]

    @property
    def points(self) -> int:
        """All points of what stands in the format."""
        return sum(each.points for each in self.questions)


_WHOLE = "what takes its place is right or wrong as a whole"
_FOLLOWS = Change("changed", "it follows the general feedback")
_NOT_PARTLY = Change("dropped", "no answer to what takes its place is partly right")


def substitute(question: Question, kinds: Collection[str]) -> Substitute:
    """What takes a question's place in a format that writes some kinds only."""
    twin = getattr(question, "twin", None)
    if twin is not None and twin.kind in kinds:
        return Substitute((_labelled(twin, question),), "its portable twin takes its place, with words of its own")
    if isinstance(question, Sorting) and Matching.kind in kinds:
        return Substitute((_as_matching(question),), "it becomes a matching, each thing with its group")
    if isinstance(question, (Matching, Sorting)) and SingleChoice.kind in kinds:
        return _one_by_one(_choices(question), "it becomes {} single choices, one for each part")
    if isinstance(question, Cloze) and {SingleChoice.kind, ShortAnswer.kind} <= set(kinds):
        return _one_by_one(_gaps(question), "it becomes {} questions, one for each gap", _beside(question))
    if isinstance(question, Ordering) and SingleChoice.kind in kinds:
        return _order(question)
    if isinstance(question, Numerical):
        return _number(question, kinds)
    return Substitute((), "nothing that can be scored says the same; a portable twin could")


def weighted(questions: Iterable[Question], kinds: Collection[str]) -> list[Weighted]:
    """The questions of a quiz in a format that writes some kinds only.

    Where one becomes several, all points of the quiz are multiplied, so that every share stays what it is. Where that would give a
    question more than 99 points, all get the whole points from 1 to 99 whose shares of the quiz differ least from what they were.
    """
    found = [(each, (each,) if each.kind in kinds else substitute(each, kinds).questions) for each in questions]
    scale = _scale(Counter((each.points, len(instead)) for each, instead in found if instead and each.points))
    return [
        Weighted(
            each,
            tuple(one if one.points == (worth := _scaled(each.points, len(instead), scale)) else _worth(one, worth) for one in instead),
        )
        for each, instead in found
    ]


def _scale(sorts: Mapping[tuple[int, int], int]) -> Fraction:
    """What all points are multiplied by. ``sorts`` are points and number of parts, with how many questions have these."""
    factor = math.lcm(*(parts // math.gcd(parts, points) for points, parts in sorts))
    highest = max((Fraction(points, parts) for points, parts in sorts), default=Fraction(1))
    if factor * highest <= _MOST_POINTS:
        return Fraction(factor)
    whole = sum(points * count for (points, _), count in sorts.items())

    def error(scale: Fraction) -> Fraction:
        made = {(points, parts): parts * _scaled(points, parts, scale) for points, parts in sorts}
        total = sum(made[sort] * count for sort, count in sorts.items())
        return sum((abs(Fraction(made[sort], total) - Fraction(sort[0], whole)) * count for sort, count in sorts.items()), Fraction(0))

    return min((Fraction(most) / highest for most in range(1, _MOST_POINTS + 1)), key=error)


def _scaled(points: int, parts: int, scale: Fraction) -> int:
    """The points of each part, half of them rounded up; a question that is scored never has none."""
    return max(1, math.floor(points * scale / parts + Fraction(1, 2))) if points else 0


def _worth(question: Question, points: int) -> Question:
    changes: Any = {"points": points}
    return replace(question, **changes)


def _labels(question: Question) -> dict[str, Any]:
    names = ("outcomes", "competences", "difficulty", "source", "tags", "place", "places")
    return {name: getattr(question, name) for name in names} | ({"points": question.points} if question.points else {})


def _labelled(twin: Question, question: Question) -> Question:
    return replace(twin, **_labels(question))


def _common(question: Question, stem: Rich | None = None, part: str = "", name: str = "") -> dict[str, Any]:
    """What a derived question has of the one it comes from."""
    return _labels(question) | {
        "id": Identifier(f"{question.id}--{part}" if part else question.id, question.id.place),
        "title": Plain(name, question.place) if name else question.title,
        "stem": stem or question.stem,
        "hints": question.hints,
        "feedback": question.feedback,
        "if_right": getattr(question, "if_right", None),
        "if_wrong": getattr(question, "if_wrong", None),
    }


def _one_by_one(made: tuple[Question, ...], reason: str, more: str = "") -> Substitute:
    whole = Change("changed", "each part earns its share of the points") if len(made) > 1 else None
    changes = {
        "all-or-nothing": whole,
        "partial-credit": None,  # each part is a question, and earns its share
        "if-partly": _NOT_PARTLY,
        "part-feedback": Change("changed", "it is feedback of the right option"),
        "match-distractors": Change("changed", "they are wrong options"),
        "option-feedback": _FOLLOWS,
        "media-option": Change("changed", "they are in what is asked"),
    }
    return Substitute(made, (reason.format(len(made)) if len(made) > 1 else "it becomes one question") + more, changes)


def _as_matching(question: Sorting) -> Matching:
    titles = {group.id: group.title for group in question.groups}
    pairs = tuple(
        Pair(id=item.id, text=item.text, match=titles[item.group], feedback=item.feedback, place=item.place, places=item.places)
        for item in question.items
        if item.group in titles
    )
    used = {pair.match for pair in pairs}
    spare = tuple(Distractor(id=group.id, text=group.title) for group in question.groups if group.title not in used)
    common = _common(question) | {"credit": question.credit, "if_partly": question.if_partly}
    return Matching(**common, pairs=pairs, distractors=spare)


def _choices(question: Matching | Sorting) -> tuple[Question, ...]:
    """A single choice for each pair, or for each thing to sort, with the whole list to pick from."""
    if isinstance(question, Matching):
        listed, key = question.targets(), question.key()
        parts = [(pair.id, pair.text, key[pair.id], pair.feedback) for pair in question.pairs]
    else:
        listed = {group.id: str(group.title) for group in question.groups}
        parts = [(item.id, item.text, str(item.group), item.feedback) for item in question.items]
    made = []
    for number, (name, text, right, feedback) in enumerate(parts, 1):
        options = tuple(
            Option(id=Identifier(each), text=Rich((words,)), correct=each == right, feedback=feedback if each == right else None)
            for each, words in listed.items()
        )
        stem = Rich((*_paragraph(question.stem), *_paragraph(text)), question.stem.place)
        made.append(SingleChoice(**_common(question, stem, name, f"{question.name} ({number}/{len(parts)})"), options=options))
    return tuple(made)


def _paragraph(text: Rich) -> tuple[Node, ...]:
    if any(not isinstance(node, str) and node.tag not in PHRASING for node in text.nodes):
        return text.nodes
    return (Element("p", (), text.nodes),)


def _gaps(question: Cloze) -> tuple[Question, ...]:
    made: list[Question] = []
    for number, gap in enumerate(question.gaps, 1):
        stem = Rich(question.filled(lambda each, asked=gap: ("____",) if each is asked else ("[…]",)), question.stem.place)  # type: ignore[misc]
        common = _common(question, stem, gap.id, f"{question.name} ({number}/{len(question.gaps)})")
        if isinstance(gap, ChoiceGap):
            others = _other_right_ones(gap)
            options = tuple(
                Option(id=each.id, text=Rich((each.text,)), correct=each.correct, feedback=each.feedback)
                for each in gap.options
                if each not in others
            )
            common["feedback"] = _followed(question.feedback, [each.feedback for each in others])
            made.append(SingleChoice(**common, options=options))
        else:
            rules = {name: getattr(gap, name) for name in ("answers", "case", "accents", "spacing", "wildcards")}
            made.append(ShortAnswer(**common, **rules))
    return tuple(made)


def _other_right_ones(gap: ChoiceGap) -> list[GapOption]:
    """The right options of a list after the first one: a single choice has one."""
    return [option for option in gap.options if option.correct][1:]


def _beside(question: Cloze) -> str:
    """What has no place in the questions for its gaps."""
    return _left([each.text for gap in question.gaps if isinstance(gap, ChoiceGap) for each in _other_right_ones(gap)], "option")


def _left(words: list[str], what: str) -> str:
    """The end of a reason: which of several right ones are not among the options."""
    shown = ", ".join(f"“{each}”" for each in words)
    return f"; a choice has one right option, so that the {what}{'s' if len(words) > 1 else ''} {shown} cannot be picked" if words else ""


def _followed(feedback: Rich | None, more: Iterable[Rich | None]) -> Rich | None:
    """The feedback for everybody, and after it what has no other place."""
    told = [node for each in more if each for node in _paragraph(each)]
    return Rich((*(_paragraph(feedback) if feedback else ()), *told)) if told else feedback


def _order(question: Ordering) -> Substitute:
    changes = {
        "all-or-nothing": None,  # so is an order that is picked
        "partial-credit": Change("dropped", _WHOLE),
        "if-partly": _NOT_PARTLY,
        "part-feedback": _FOLLOWS,
    }
    return Substitute((_among_orders(question),), "it becomes a choice among orders", changes)


def _among_orders(question: Ordering) -> SingleChoice:
    orders: list[list[Step]] = [list(question.items)]
    candidate = question.scrambled()
    for turn in range(2 * len(candidate)):
        if candidate not in orders:
            orders.append(candidate)
        candidate = [*candidate[1:], candidate[0]] if turn % 2 else candidate[::-1]
    options = [
        Option(id=Identifier(f"order-{number}"), text=_listed(order), correct=number == 0) for number, order in enumerate(orders[:_ORDERS])
    ]
    options.sort(key=lambda option: option.text.text())
    common = _common(question)
    common["feedback"] = _followed(question.feedback, [step.feedback for step in question.items])
    return SingleChoice(**common, options=tuple(options))


def _listed(order: list[Step]) -> Rich:
    nodes: list[Node] = []
    for number, step in enumerate(order, 1):
        nodes += [f"{'; ' if number > 1 else ''}{number}. ", *step.text.nodes]
    return Rich(tuple(nodes))


def _number(question: Numerical, kinds: Collection[str]) -> Substitute:
    """Words to type where the number is exact; a choice among the foreseen numbers where mistakes are foreseen; else nothing."""
    exact = all(not Decimal(answer.tolerance) for answer in question.answers)
    if exact and ShortAnswer.kind in kinds:
        return _typed_number(question)
    if SingleChoice.kind in kinds and {answer.correct for answer in question.answers} == {True, False}:
        return _picked_number(question)
    return Substitute(
        (), "a number with a tolerance has no equal among words, and no mistakes are foreseen to choose from; a portable twin could"
    )


def _typed_number(question: Numerical) -> Substitute:
    answers = tuple(
        Answer(id=Identifier(f"{answer.id}--{number}"), text=Plain(text), correct=answer.correct, feedback=answer.feedback)
        for answer in question.answers
        for number, text in enumerate(_written(answer.value, question.unit))
    )
    common = _common(question)
    if question.unit:
        shown = (f"({question.unit})",)
        nodes = question.stem.nodes
        blocks = _paragraph(question.stem) is nodes
        common["stem"] = Rich((*nodes, Element("p", (), shown)) if blocks else (*nodes, " ", *shown), question.stem.place)
    return Substitute(
        (ShortAnswer(**common, answers=answers),),
        "it becomes a short answer: the number has to be typed as it stands",
        {"unit": Change("changed", "it follows what is asked, in brackets, and may be typed after the number")},
    )


def _picked_number(question: Numerical) -> Substitute:
    """Of several accepted numbers the first is shown: a single choice has one right option."""
    first, *others = (answer for answer in question.answers if answer.correct)
    shown = sorted((first, *(answer for answer in question.answers if not answer.correct)), key=lambda answer: Decimal(answer.value))
    unit = f"\u00a0{question.unit}" if question.unit else ""
    options = tuple(Option(id=each.id, text=Rich((f"{each.value}{unit}",)), correct=each.correct, feedback=each.feedback) for each in shown)
    common = _common(question) | {"feedback": _followed(question.feedback, [each.feedback for each in others])}
    return Substitute(
        (SingleChoice(**common, options=options),),
        f"it becomes a choice among its numbers{_left([each.value for each in others], 'number')}",
        {
            "tolerance": Change("dropped", "the numbers are picked and not typed"),
            "unit": Change("changed", "it stands beside each number"),
            "foreseen-mistakes": Change("changed", "they are wrong options"),
            "option-feedback": _FOLLOWS,
        },
    )


def _written(value: str, unit: str | None) -> list[str]:
    """How a number may be typed: with or without zeros at its end, with a comma, a true minus, and its unit with or without a space."""
    short = value.rstrip("0").rstrip(".") if "." in value else value
    pointed = [value, short, *(each.replace("-", "\u2212") for each in (value, short))]
    forms = list(dict.fromkeys([*pointed, *(each.replace(".", ",") for each in pointed)]))
    return forms + [f"{form}{space}{unit}" for form in forms for space in (" ", "")] if unit else forms
