"""A case study as pages of Moodle's lesson, which has no variables: a page for each state that can be told from the others.

Two states are one page if they have the same scene, show the same values and offer the same choices, and each choice leads to the same
page. A scene becomes a question where decisions count, else a page with buttons; there what comes of a decision is a page of its own.

**Scores.** Moodle divides the points of the pages met by the most that those pages offer; the course divides them by the most that the
case offers. Both are the same where every way offers the same sum. Elsewhere an answer is scored by what it costs against the best way
on: the first decision brings all points that there are, less what it costs, and each later one takes away what it costs. Then every way
offers what the best one has, and whoever comes to its end has the points of its decisions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from ..branching import reached
from ..model import Choice, Media, Rich, Scene, Storyline
from .words import guarded

LIMIT = 300
"""Pages. More than that no teacher could look through, and Moodle loads them all at once."""
Kind: TypeAlias = Literal["question", "buttons", "consequence", "ending"]
_Values: TypeAlias = tuple[int, ...]
_Key: TypeAlias = tuple[int, str, str]
"""A node; or, with the scene and the name of a choice, the page before it that tells what came of the choice."""


class Way(NamedTuple):
    """An answer or a button: the choice that it stands for, the page that follows, and its score in Moodle."""

    choice: Choice | None
    """None on the page of a consequence, where one can only go on."""
    to: int
    score: int = 0


class Page(NamedTuple):
    """A page of the lesson."""

    name: tuple[str, ...]
    """What it is told from the other pages by; permanent as the ids of the case are."""
    kind: Kind
    scene: Scene
    values: _Values
    """Of the variables, in the storyline's order; those without a title as they were when a learner first came here."""
    ways: tuple[Way, ...] = ()
    told: Choice | None = None
    """The choice of which this page tells the consequence."""


class Unfolded(NamedTuple):
    """The pages, the one where the story begins first."""

    pages: tuple[Page, ...]
    most: int
    """The points of the best way; 0 where nothing is scored."""


def unfolded(storyline: Storyline, limit: int = LIMIT) -> Unfolded | None:
    """The pages of a case that can be proved (:mod:`coursegen.branching`); None if there are more than the limit."""
    graph = _merged(storyline, limit)
    if graph is None:
        return None
    left = _points_left(graph)
    most = left[0]
    asks = [_asks(node, left) for node in graph]
    scored = _as_written(graph, asks, most) or _by_loss(graph, asks, left)
    pages = _pages(scored)
    return Unfolded(pages, most) if len(pages) <= limit else None


def fits_button(text: Rich) -> bool:
    """Whether a choice can stand on a button of Moodle, which shows words only: without tags, and after its filters."""
    words = text.text()
    shows = any(isinstance(value, Media) for element in text.elements() for _, value in element.attributes)
    return bool(words) and not shows and "<" not in words and guarded(words) == words


class _Edge(NamedTuple):
    choice: Choice
    to: int
    score: int = 0


class _Node(NamedTuple):
    scene: Scene
    values: _Values
    edges: tuple[_Edge, ...]


class _Scored(NamedTuple):
    """A node with the scores of its choices."""

    phase: str
    """Which of two pages of one node it is."""
    asks: bool
    node: _Node


def _explored(storyline: Storyline) -> list[_Node]:
    """Every state, the nearest first."""
    return [
        _Node(scene, state.values, tuple(_Edge(scene.choices[choice], to) for choice, to in state.choices))
        for state in reached(storyline)
        for scene in (storyline.scenes[state.scene],)
    ]


def _merged(storyline: Storyline, limit: int) -> list[_Node] | None:
    """The states of which no two are alike (Moore's refinement); None if they are more than the limit.

    First all with the same scene, shown values and choices are taken for one; each round takes those apart that lead to different ones.
    """
    nodes = _explored(storyline)
    shown = [place for place, variable in enumerate(storyline.variables) if variable.title]
    of = _numbered(
        (str(node.scene.id), tuple(node.values[place] for place in shown), tuple(str(edge.choice.id) for edge in node.edges))
        for node in nodes
    )
    while True:
        count = max(of) + 1
        if count > limit:
            return None
        of = _numbered((of[number], tuple(of[edge.to] for edge in node.edges)) for number, node in enumerate(nodes))
        if max(of) + 1 == count:
            break
    first: dict[int, _Node] = {}
    for number, node in zip(of, nodes, strict=True):
        first.setdefault(number, node)
    return [node._replace(edges=tuple(edge._replace(to=of[edge.to]) for edge in node.edges)) for node in first.values()]


def _numbered(keys: Iterable[tuple[object, ...]]) -> list[int]:
    """A number for each key, in the order of the first of each."""
    known: dict[tuple[object, ...], int] = {}
    return [known.setdefault(key, len(known)) for key in keys]


def _points_left(graph: list[_Node]) -> list[int]:
    """The most points that can still be had, from each node on: passed back along the choices until nothing gets more.

    No scene with points can be met twice, so this comes to an end.
    """
    left = [0] * len(graph)
    before: list[list[int]] = [[] for _ in graph]
    for number, node in enumerate(graph):
        for edge in node.edges:
            before[edge.to].append(number)
    waiting = deque(reversed(range(len(graph))))
    while waiting:
        number = waiting.popleft()
        found = max((edge.choice.points + left[edge.to] for edge in graph[number].edges), default=0)
        if found > left[number]:
            left[number] = found
            waiting.extend(before[number])
    return left


def _cost(node: _Node, number: int, edge: _Edge, left: list[int]) -> int:
    """The points that are lost for good by a choice."""
    return left[number] - edge.choice.points - left[edge.to]


def _asks(node: _Node, left: list[int]) -> bool:
    """Whether a node is a question: something can be won or lost there, or a choice does not fit on a button."""
    rest = {edge.choice.points + left[edge.to] for edge in node.edges}
    return (
        len(rest) > 1
        or any(choice.points for choice in node.scene.choices)
        or not all(fits_button(edge.choice.text) for edge in node.edges)
    )


def _as_written(graph: list[_Node], asks: list[bool], most: int) -> list[_Scored] | None:
    """The author's points as they are; None if not every way offers the same sum."""
    offered = [max((edge.choice.points for edge in node.edges), default=0) for node in graph]
    open_sum: dict[int, int] = {0: most}
    for number, node in enumerate(graph):  # each comes after one that leads to it
        if not node.edges and open_sum[number]:
            return None
        for edge in node.edges:
            if open_sum.setdefault(edge.to, open_sum[number] - offered[number]) != open_sum[number] - offered[number]:
                return None
    return [
        _Scored("", asks[number], node._replace(edges=tuple(edge._replace(score=edge.choice.points) for edge in node.edges)))
        for number, node in enumerate(graph)
    ]


def _by_loss(graph: list[_Node], asks: list[bool], left: list[int]) -> list[_Scored]:
    """Scores that take away what a choice costs. The first question brings all points, so a node may be there twice."""
    start = (0, False)
    known = {start: 0}
    waiting = [start]
    made: list[_Scored] = []
    for number, asked in waiting:  # the list grows while it is gone through
        node = graph[number]
        brings = left[0] if asks[number] and not asked else 0
        edges: list[_Edge] = []
        for edge in node.edges:
            to = (edge.to, asked or asks[number])
            if known.setdefault(to, len(waiting)) == len(waiting):
                waiting.append(to)
            edges.append(edge._replace(to=known[to], score=brings - _cost(node, number, edge, left)))
        made.append(_Scored("" if asked else "first", asks[number], node._replace(edges=tuple(edges))))
    return made


def _pages(scored: list[_Scored]) -> tuple[Page, ...]:
    """Pages of nodes, each with the consequences of its buttons behind it."""
    told: dict[_Key, Choice | None] = {}
    for number, (_, asks, node) in enumerate(scored):
        told[number, "", ""] = None
        for edge in node.edges:
            if (key := _after(node, asks, edge)) != (edge.to, "", ""):
                told.setdefault(key, edge.choice)
    places = {key: place for place, key in enumerate(told)}

    def page(key: _Key, choice: Choice | None) -> Page:
        number, scene_of_choice, _ = key
        phase, asks, node = scored[number]
        name = (phase, str(node.scene.id), *map(str, node.values))
        if choice:
            on = (Way(None, places[number, "", ""]),)
            return Page((*name, scene_of_choice, str(choice.id)), "consequence", node.scene, node.values, on, choice)
        ways = tuple(Way(edge.choice, places[_after(node, asks, edge)], edge.score) for edge in node.edges)
        return Page(name, "ending" if not ways else "question" if asks else "buttons", node.scene, node.values, ways)

    return tuple(page(key, choice) for key, choice in told.items())


def _after(node: _Node, asks: bool, edge: _Edge) -> _Key:
    """What follows a choice: a node, or what comes of the choice before it. The answer to a question has its consequence with it."""
    if edge.choice.feedback and not asks:
        return edge.to, str(node.scene.id), str(edge.choice.id)
    return edge.to, "", ""
