"""What stands in for a question in a format that lacks its kind: its twin, or the best that can honestly be made of it, or nothing.

Nothing is invented: every option and answer of a substitute is one of the question. A substitute has the question's labels, hints and
feedback; ids of derived ones have two hyphens, which stand in no author's id.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from .model import (
    Answer,
    ChoiceGap,
    Cloze,
    Distractor,
    Element,
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


class Substitute(NamedTuple):
    """What takes a question's place, and why in words; no questions where nothing honest can. Each has the points of the question."""

    questions: tuple[Question, ...]
    reason: str


class Weighted(NamedTuple):
    """A question as it stands in a format: itself or what takes its place, with points that keep the proportions of the quiz."""

    original: Question
    questions: tuple[Question, ...]


def substitute(question: Question, kinds: Collection[str]) -> Substitute:
    """What takes a question's place in a format that writes some kinds only."""
    twin = getattr(question, "twin", None)
    if twin is not None and twin.kind in kinds:
        return Substitute((_labelled(twin, question),), "its portable twin takes its place")
    if isinstance(question, Sorting) and Matching.kind in kinds:
        return Substitute((_as_matching(question),), "it becomes a matching, each thing with its group")
    if isinstance(question, (Matching, Sorting)) and SingleChoice.kind in kinds:
        return _one_by_one(question, _choices(question), "it becomes {} single choices, one for each part")
    if isinstance(question, Cloze) and {SingleChoice.kind, ShortAnswer.kind} <= set(kinds):
        return _one_by_one(question, _gaps(question), "it becomes {} questions, one for each gap")
    if isinstance(question, Ordering) and SingleChoice.kind in kinds:
        return Substitute((_among_orders(question),), "it becomes a choice among orders")
    if isinstance(question, Numerical):
        return _number(question, kinds)
    return Substitute((), "nothing that can be scored says the same; a portable twin could")


def weighted(questions: Iterable[Question], kinds: Collection[str]) -> list[Weighted]:
    """The questions of a quiz in a format that writes some kinds only.

    Where one becomes several, all points of the quiz are multiplied, so that every share stays what it is; where that would give a
    question more than 99 points, the parts get the nearest whole number, at least 1.
    """
    found = [(each, (each,) if each.kind in kinds else substitute(each, kinds).questions) for each in questions]
    factor = math.lcm(*(len(instead) // math.gcd(len(instead), each.points) for each, instead in found if instead and each.points))
    if factor * max((each.points for each, _ in found), default=0) > _MOST_POINTS:
        factor = 1

    def points(each: Question, number: int) -> int:
        return max(1, (2 * each.points * factor + number) // (2 * number)) if each.points else 0

    return [
        Weighted(each, tuple(one if one.points == (worth := points(each, len(instead))) else _worth(one, worth) for one in instead))
        for each, instead in found
    ]


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


def _one_by_one(question: Matching | Sorting | Cloze, made: tuple[Question, ...], reason: str) -> Substitute:
    reason = reason.format(len(made)) if len(made) > 1 else "it becomes one question"
    if question.credit == "all-or-nothing" and len(made) > 1:
        reason += ", so that a part of the parts earns a part of the points"
    return Substitute(made, reason)


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
            right = next((option for option in gap.options if option.correct), None)
            options = tuple(
                Option(id=each.id, text=Rich((each.text,)), correct=each.correct, feedback=each.feedback)
                for each in gap.options
                if not each.correct or each is right
            )
            made.append(SingleChoice(**common, options=options))
        else:
            rules = {name: getattr(gap, name) for name in ("answers", "case", "accents", "spacing", "wildcards")}
            made.append(ShortAnswer(**common, **rules))
    return tuple(made)


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
    told = [node for step in question.items if step.feedback for node in _paragraph(step.feedback)]
    if told:
        common["feedback"] = Rich((*(_paragraph(question.feedback) if question.feedback else ()), *told))
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
        answers = tuple(
            Answer(id=Identifier(f"{answer.id}--{number}"), text=Plain(text), correct=answer.correct, feedback=answer.feedback)
            for answer in question.answers
            for number, text in enumerate(_written(answer.value, question.unit))
        )
        return Substitute(
            (ShortAnswer(**_common(question), answers=answers),), "it becomes a short answer: the number has to be typed as it stands"
        )
    right = [answer for answer in question.answers if answer.correct]
    if SingleChoice.kind in kinds and right and len(right) < len(question.answers):
        shown = sorted((right[0], *(answer for answer in question.answers if not answer.correct)), key=lambda answer: Decimal(answer.value))
        unit = f"\u00a0{question.unit}" if question.unit else ""
        options = tuple(
            Option(id=each.id, text=Rich((f"{each.value}{unit}",)), correct=each.correct, feedback=each.feedback) for each in shown
        )
        return Substitute((SingleChoice(**_common(question), options=options),), "it becomes a choice among its numbers")
    return Substitute(
        (), "a number with a tolerance has no equal among words, and no mistakes are foreseen to choose from; a portable twin could"
    )


def _written(value: str, unit: str | None) -> list[str]:
    short = value.rstrip("0").rstrip(".") if "." in value else value
    forms = list(dict.fromkeys([value, short, value.replace(".", ","), short.replace(".", ",")]))
    return forms + [f"{form} {unit}" for form in forms] if unit else forms
