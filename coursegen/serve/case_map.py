"""Lays out a case study as a drawing: scenes from top to bottom, an arrow for each choice. The numbers are for an SVG.

Scenes stand in rows, each below all that lead to it. An arrow that passes a row has a place of its own in it, so that it runs between
the scenes; the order in a row follows the rows beside it. An arrow that leads back up is drawn along the same places, the other way.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from ..model import Scene, Storyline

WIDTH, HEIGHT = 172, 64
"""Of the box of a scene."""
GAP, PASS, FALL, EDGE = 24, 30, 66, 14
"""Between boxes; the room of an arrow that passes; between rows; around the drawing."""
LETTERS, LINES = 22, 2
"""What a box has room for."""
SWEEPS = 6


class Box(NamedTuple):
    """A scene in the drawing, by the middle of its upper edge."""

    id: str
    lines: tuple[str, ...]
    x: float
    y: float
    is_start: bool
    is_ending: bool


class Arrow(NamedTuple):
    """An arrow: its way, and the numbers of the choices it stands for, with the place of the words."""

    path: str
    label: str
    x: float
    y: float


class Drawing(NamedTuple):
    """All of it."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


Slot: TypeAlias = tuple[str, str, int]
"""What stands in a row: a scene ("", id, 0), or the place where an arrow (from, to) passes row n."""


def draw(storyline: Storyline) -> Drawing:
    """The drawing of a case study. What a choice names and is not there is left out: a finding tells of it."""
    scenes = {str(scene.id): scene for scene in storyline.scenes}
    first = str(storyline.first) if str(storyline.first) in scenes else next(iter(scenes))
    labels = _labels(scenes)
    back = _back(scenes, labels, first)
    down = [(to, start) if (start, to) in back else (start, to) for start, to in labels if start != to]
    level = _levels(list(scenes), down)
    rows, links = _rows(level, down)
    _order(rows, links)
    x = _across(rows)
    width = max((max(at + _room(slot) / 2 for slot in row if (at := x[slot])) for row in rows if row), default=WIDTH) + EDGE
    boxes = tuple(
        Box(
            name,
            tuple(textwrap.wrap(str(scene.title), LETTERS, max_lines=LINES, placeholder=" …")),
            x["", name, 0],
            _top(level[name]),
            name == first,
            not scene.choices,
        )
        for name, scene in scenes.items()
    )
    arrows = tuple(_arrow(edge, label, edge in back, level, x) for edge, label in labels.items())
    loops = any(start == to for start, to in labels)
    return Drawing(width + (GAP * 2 if loops else 0), _top(len(rows) - 1) + HEIGHT + EDGE, boxes, arrows)


def _labels(scenes: dict[str, Scene]) -> dict[tuple[str, str], str]:
    """For each pair of scenes the numbers of the choices that lead from one to the other."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, scene in scenes.items():
        for number, choice in enumerate(scene.choices, 1):
            if str(choice.to) in scenes:
                found.setdefault((name, str(choice.to)), []).append(str(number))
    return {edge: ", ".join(numbers) for edge, numbers in found.items()}


def _back(scenes: dict[str, Scene], labels: dict[tuple[str, str], str], first: str) -> set[tuple[str, str]]:
    """The arrows that lead back to a scene on the way to where they begin: without them nothing runs in a circle."""
    following: dict[str, list[str]] = {name: [] for name in scenes}
    for start, to in labels:
        following[start].append(to)
    back: set[tuple[str, str]] = set()
    done: set[str] = set()
    for root in (first, *scenes):
        if root in done:
            continue
        done.add(root)
        way = {root}
        stack = [(root, iter(following[root]))]
        while stack:
            name, rest = stack[-1]
            to = next(rest, "")
            if not to:
                stack.pop()
                way.discard(name)
            elif to in way:
                back.add((name, to))
            elif to not in done:
                done.add(to)
                way.add(to)
                stack.append((to, iter(following[to])))
    return back


def _levels(names: list[str], down: list[tuple[str, str]]) -> dict[str, int]:
    """The row of each scene: one below the lowest that leads to it."""
    above: dict[str, set[str]] = {name: set() for name in names}
    below: dict[str, set[str]] = {name: set() for name in names}
    for start, to in down:
        above[to].add(start)
        below[start].add(to)
    level = dict.fromkeys(names, 0)
    waiting = {name: len(above[name]) for name in names}
    ready = [name for name in names if not waiting[name]]
    for name in ready:
        for to in sorted(below[name]):
            level[to] = max(level[to], level[name] + 1)
            waiting[to] -= 1
            if not waiting[to]:
                ready.append(to)
    return level


def _rows(level: dict[str, int], down: list[tuple[str, str]]) -> tuple[list[list[Slot]], list[tuple[Slot, Slot]]]:
    """What stands in each row, and which neighbours of two rows belong together."""
    rows: list[list[Slot]] = [[] for _ in range(max(level.values()) + 1)]
    for name, row in level.items():
        rows[row].append(("", name, 0))
    links: list[tuple[Slot, Slot]] = []
    for start, to in sorted(set(down)):
        way: list[Slot] = [("", start, 0), *((start, to, row) for row in range(level[start] + 1, level[to])), ("", to, 0)]
        for slot in way[1:-1]:
            rows[slot[2]].append(slot)
        links += pairwise(way)
    return rows, links


def _order(rows: list[list[Slot]], links: list[tuple[Slot, Slot]]) -> None:
    """Put each row in the order of what it belongs to in the row above, then below, a few times over."""
    above: dict[Slot, list[Slot]] = {}
    below: dict[Slot, list[Slot]] = {}
    for upper, lower in links:
        above.setdefault(lower, []).append(upper)
        below.setdefault(upper, []).append(lower)
    for sweep in range(SWEEPS):
        beside, numbers = (above, range(1, len(rows))) if sweep % 2 == 0 else (below, range(len(rows) - 2, -1, -1))
        for number in numbers:
            there = {slot: place for place, slot in enumerate(rows[number - 1 if sweep % 2 == 0 else number + 1])}

            def middle(slot: Slot, there: dict[Slot, int] = there, beside: dict[Slot, list[Slot]] = beside) -> float:
                places = [there[each] for each in beside.get(slot, ()) if each in there]
                return sum(places) / len(places) if places else 0.0

            rows[number].sort(key=middle)


def _room(slot: Slot) -> int:
    return PASS if slot[0] else WIDTH


def _across(rows: list[list[Slot]]) -> dict[Slot, float]:
    """Where each thing stands in its row; all rows have the same middle."""
    widths = [sum(_room(slot) for slot in row) + GAP * (len(row) - 1) for row in rows]
    found: dict[Slot, float] = {}
    for row, width in zip(rows, widths, strict=True):
        left = EDGE + (max(widths) - width) / 2
        for slot in row:
            found[slot] = left + _room(slot) / 2
            left += _room(slot) + GAP
    return found


def _top(row: int) -> float:
    return EDGE + row * (HEIGHT + FALL)


def _arrow(edge: tuple[str, str], label: str, is_back: bool, level: dict[str, int], x: dict[Slot, float]) -> Arrow:
    start, to = edge
    if start == to:
        right, y = x["", start, 0] + WIDTH / 2, _top(level[start]) + HEIGHT / 2
        return Arrow(
            f"M{right:g} {y - 12:g}C{right + 40:g} {y - 12:g} {right + 40:g} {y + 12:g} {right + 5:g} {y + 12:g}", label, right + 32, y
        )
    upper, lower = (to, start) if is_back else (start, to)
    points = [(x["", upper, 0], _top(level[upper]) + HEIGHT)]
    for row in range(level[upper] + 1, level[lower]):
        across = x[upper, lower, row]
        points += [(across, _top(row)), (across, _top(row) + HEIGHT)]
    points.append((x["", lower, 0], _top(level[lower])))
    if is_back:
        points.reverse()
    if is_back:  # beside the arrow that may lead down between the same two
        points = [(across + 14, down) for across, down in points]
    tip = 5 if not is_back else -5
    points[-1] = (points[-1][0], points[-1][1] - tip)
    (ax, ay), (bx, by) = points[:2]
    return Arrow("".join(_curves(points)), label, ax + (bx - ax) * 0.3, ay + (by - ay) * 0.36)


def _curves(points: list[tuple[float, float]]) -> Iterator[str]:
    """A way through the points: it leaves and comes in upright."""
    yield f"M{points[0][0]:g} {points[0][1]:g}"
    for (ax, ay), (bx, by) in pairwise(points):
        middle = (ay + by) / 2
        yield f"L{bx:g} {by:g}" if ax == bx else f"C{ax:g} {middle:g} {bx:g} {middle:g} {bx:g} {by:g}"
