"""A case study as a state machine, and what can be proved of it by looking at every state it can come to.

A state is a scene and the values of the variables. The player plays by the same rules (``player/branching.js``): tests hold one
against the other. Everything here is for a storyline whose scenes and variables are all there, as ``check/rules/cases.py`` sees to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .model import Choice, Storyline

LIMIT = 20_000
"""States. A case with more cannot be proved in the time of a build, nor told by anybody."""
_MOST_REPEATED = 10
"""Scenes that can be met twice are mended a few at a time; to find such a run takes a search through all states."""


class State(NamedTuple):
    """Where a learner stands: a scene, and the values of the variables in the storyline's order."""

    scene: str
    values: tuple[int, ...]


class Step(NamedTuple):
    """A decision, by the ids of its scene and choice, and its points."""

    scene: str
    choice: str
    points: int


class Run(NamedTuple):
    """Decisions from the first scene on, and where they lead."""

    steps: tuple[Step, ...]
    state: State

    @property
    def points(self) -> int:
        """What the decisions are worth together."""
        return sum(step.points for step in self.steps)

    @property
    def told(self) -> str:
        """The run in words: ``desk: ask (2) > workshop: measure > bench``."""
        steps = (f"{step.scene}: {step.choice}{f' ({step.points})' if step.points else ''}" for step in self.steps)
        return " > ".join([*steps, self.state.scene])


class Proof(NamedTuple):
    """What can happen in a case. Each run in it is a shortest one. Where the case is too large, only ``states`` means something."""

    complete: bool
    """Whether every state was looked at; else there are more than the limit."""
    states: int
    unreached: tuple[str, ...] = ()
    """Scenes that no run comes to."""
    unoffered: tuple[tuple[str, str], ...] = ()
    """Choices (scene, choice) of the other scenes that are offered in no run."""
    dead_ends: tuple[Run, ...] = ()
    """For each scene in which a learner may find nothing to choose: a run to there."""
    circles: tuple[Run, ...] = ()
    """For each set of scenes that nothing leads out of: a run into it."""
    repeated: tuple[Run, ...] = ()
    """For scenes with points that can be met twice in a run, the first few: a run that comes to it for the second time."""
    endings: tuple[Run, ...] = ()
    """A run to each ending that can be reached, in the order of the scenes."""
    best: Run | None = None
    """A run to an ending with the most points; None if there is none, or if points can be collected twice."""
    worst: Run | None = None
    """The same with the fewest points."""
    longest: int = 0
    """No run without a loop comes to more states: the longest way through the strongly connected components, each with all its states."""

    @property
    def scored(self) -> bool:
        """Whether there is a score: whether the best run has points."""
        return self.best is not None and self.best.points > 0


def run(storyline: Storyline, path: Iterable[tuple[str, str]]) -> Run:
    """Replay decisions (scene, choice). It stops at the first that does not apply, as the player does."""
    machine = _Machine(storyline)
    at, values = machine.start
    steps: list[Step] = []
    for scene, choice in path:
        if machine.names[at] != scene:
            break
        move = next((move for move in machine.moves[at] if move.choice == choice and move.offered(values)), None)
        if move is None:
            break
        steps.append(Step(scene, choice, move.points))
        at, values = move.to, machine.changed(values, move)
    return Run(tuple(steps), State(machine.names[at], values))


def offered(storyline: Storyline, state: State) -> tuple[Choice, ...]:
    """The choices that a learner has in a state."""
    machine = _Machine(storyline)
    at = machine.names.index(state.scene)
    moves = zip(storyline.scenes[at].choices, machine.moves[at], strict=True)
    return tuple(choice for choice, move in moves if move.offered(state.values))


class Reached(NamedTuple):
    """A state that learners can come to: its scene's place in the storyline, the values of the variables, and what can be chosen."""

    scene: int
    values: tuple[int, ...]
    choices: tuple[tuple[int, int], ...]
    """For each choice that is offered its place in the scene, and the place of the state that it leads to."""


def reached(storyline: Storyline, limit: int = LIMIT) -> list[Reached]:
    """Every state of a case that can be proved, the nearest first."""
    graph = _explore(_Machine(storyline), limit)
    return [
        Reached(at, values, tuple((edge.move, edge.to) for edge in edges))
        for (at, values), edges in zip(graph.states, graph.edges, strict=False)
    ]


@lru_cache(maxsize=64)
def prove(storyline: Storyline, limit: int = LIMIT) -> Proof:
    """Look at every state of a case. Linear in the number of states and choices; remembered, since rules and writers ask again."""
    machine = _Machine(storyline)
    graph = _explore(machine, limit)
    if len(graph.states) > limit:
        return Proof(False, len(graph.states))
    parts = _components(graph.edges)
    facts = _facts(machine, graph, parts)
    reached = {at for at, _ in graph.states}
    used = {(graph.states[state][0], edge.move) for state, edges in enumerate(graph.edges) for edge in edges}
    repeated = tuple(_again(machine, graph, state) for state in facts.repeated[:_MOST_REPEATED])
    scores = not repeated and facts.ends[parts.of[0]]
    return Proof(
        complete=True,
        states=len(graph.states),
        unreached=tuple(name for at, name in enumerate(machine.names) if at not in reached),
        unoffered=tuple(
            (machine.names[at], move.choice)
            for at in sorted(reached)
            for index, move in enumerate(machine.moves[at])
            if (at, index) not in used
        ),
        dead_ends=tuple(_run(machine, graph, state) for state in _first_of_each_scene(graph, lambda n, _: machine.is_stuck(graph, n))),
        circles=tuple(_run(machine, graph, state) for state in _circles(graph, parts)),
        repeated=repeated,
        endings=tuple(
            _run(machine, graph, state)
            for state in sorted(_first_of_each_scene(graph, lambda _, at: at in machine.endings), key=graph.scene)
        ),
        best=_extreme(machine, graph, parts, facts.best, facts.ends) if scores else None,
        worst=_extreme(machine, graph, parts, facts.worst, facts.ends) if scores else None,
        longest=facts.longest,
    )


class _Move(NamedTuple):
    """A choice with numbers in place of names."""

    choice: str
    to: int
    points: int
    wanted: tuple[tuple[int, int, int], ...]
    """(variable, least, most)"""
    changes: tuple[tuple[int, bool, int], ...]
    """(variable, whether the number is added, number)"""

    def offered(self, values: tuple[int, ...]) -> bool:
        return all(least <= values[variable] <= most for variable, least, most in self.wanted)


class _Machine:
    """A storyline with numbers in place of names."""

    def __init__(self, storyline: Storyline) -> None:
        self.names = [str(scene.id) for scene in storyline.scenes]
        scenes = {name: at for at, name in enumerate(self.names)}
        variables = {str(variable.id): at for at, variable in enumerate(storyline.variables)}
        self.limits = [(variable.low, variable.high) for variable in storyline.variables]
        self.endings = {at for at, scene in enumerate(storyline.scenes) if scene.ending is not None}
        self.moves = [
            [
                _Move(
                    str(choice.id),
                    scenes[choice.to],
                    choice.points,
                    tuple(
                        (
                            variables[when.variable],
                            0 if when.at_least is None else when.at_least,
                            max(high for _, high in self.limits) if when.at_most is None else when.at_most,
                        )
                        for when in choice.when
                    ),
                    tuple(
                        (variables[change.variable], change.to is None, (change.by or 0) if change.to is None else change.to)
                        for change in choice.change
                    ),
                )
                for choice in scene.choices
            ]
            for scene in storyline.scenes
        ]
        self.scored = {at for at, moves in enumerate(self.moves) if any(move.points for move in moves)}
        values = tuple(min(max(variable.start, variable.low), variable.high) for variable in storyline.variables)
        self.start = (scenes[storyline.first], values)

    def changed(self, values: tuple[int, ...], move: _Move) -> tuple[int, ...]:
        """The values after a choice: one change after the other, each kept within the limits."""
        if not move.changes:
            return values
        made = list(values)
        for variable, adds, number in move.changes:
            low, high = self.limits[variable]
            made[variable] = min(max(made[variable] + number if adds else number, low), high)
        return tuple(made)

    def state(self, numbered: tuple[int, tuple[int, ...]]) -> State:
        return State(self.names[numbered[0]], numbered[1])

    def is_stuck(self, graph: _Graph, state: int) -> bool:
        return not graph.edges[state] and graph.scene(state) not in self.endings


class _Edge(NamedTuple):
    move: int
    """The number of the choice in its scene."""
    points: int
    to: int


class _Graph(NamedTuple):
    """Every state, the nearest first, and the choices between them."""

    states: list[tuple[int, tuple[int, ...]]]
    edges: list[list[_Edge]]
    came: list[tuple[int, _Edge] | None]
    """From where and by which choice each state was met first."""

    def scene(self, state: int) -> int:
        return self.states[state][0]


def _explore(machine: _Machine, limit: int) -> _Graph:
    """Breadth first, so that the way by which a state is first met is a shortest one. Stops when there is one state too many."""
    graph = _Graph([machine.start], [], [None])
    known = {machine.start: 0}
    for number, (at, values) in enumerate(graph.states):  # the list grows while it is gone through
        edges: list[_Edge] = []
        graph.edges.append(edges)
        for index, move in enumerate(machine.moves[at]):
            if not move.offered(values):
                continue
            state = (move.to, machine.changed(values, move))
            edge = _Edge(index, move.points, known.setdefault(state, len(graph.states)))
            edges.append(edge)
            if edge.to == len(graph.states):
                graph.states.append(state)
                graph.came.append((number, edge))
        if len(graph.states) > limit:
            break
    return graph


class _Parts(NamedTuple):
    """Strongly connected components. Each comes after all that can be reached from it."""

    members: list[list[int]]
    of: list[int]


def _components(edges: list[list[_Edge]]) -> _Parts:
    """Tarjan's algorithm (1972) with a stack of its own, as a run may be longer than Python lets functions call each other."""
    unseen = -1
    number, low, of = [unseen] * len(edges), [0] * len(edges), [unseen] * len(edges)
    members: list[list[int]] = []
    waiting: list[int] = []  # states whose component is not known yet
    calls: list[tuple[int, Iterator[_Edge]]] = []
    count = 0

    def enter(state: int) -> None:
        nonlocal count
        number[state] = low[state] = count
        count += 1
        waiting.append(state)
        calls.append((state, iter(edges[state])))

    enter(0)  # from the first state all others can be reached
    while calls:
        state, left = calls[-1]
        for edge in left:
            if number[edge.to] == unseen:
                enter(edge.to)
                break
            if of[edge.to] == unseen:
                low[state] = min(low[state], number[edge.to])
        else:
            calls.pop()
            if calls:
                low[calls[-1][0]] = min(low[calls[-1][0]], low[state])
            if low[state] == number[state]:
                cut = len(waiting) - 1
                while waiting[cut] != state:
                    cut -= 1
                for member in waiting[cut:]:
                    of[member] = len(members)
                members.append(waiting[cut:])
                del waiting[cut:]
    return _Parts(members, of)


class _Facts(NamedTuple):
    """What is known of each component from those after it."""

    ends: list[bool]
    """Whether an ending can be reached."""
    best: list[int]
    worst: list[int]
    repeated: list[int]
    """For each scene with points that can be met twice: the nearest state from which it can be met again."""
    longest: int


def _facts(machine: _Machine, graph: _Graph, parts: _Parts) -> _Facts:
    ends: list[bool] = []
    best: list[int] = []
    worst: list[int] = []
    length: list[int] = []
    after: list[int] = []  # the scenes with points that can be met later, as bits
    again: dict[int, int] = {}
    for number, members in enumerate(parts.members):
        edges = [edge for state in members for edge in graph.edges[state]]
        out = [(edge.points, parts.of[edge.to]) for edge in edges if parts.of[edge.to] != number]
        to_end = [(points, part) for points, part in out if ends[part]]
        is_end = any(graph.scene(state) in machine.endings for state in members)
        ends.append(is_end or bool(to_end))
        best.append(max((points + best[part] for points, part in to_end), default=0))
        worst.append(min((points + worst[part] for points, part in to_end), default=0))
        length.append(len(members) + max((length[part] for _, part in out), default=0))
        later = here = 0
        for _, part in out:
            later |= after[part]
        for state in members:
            if graph.scene(state) in machine.scored:
                here |= 1 << graph.scene(state)
        twice = here if len(out) < len(edges) else here & later  # a choice that does not lead out closes a circle
        for state in members if twice else ():
            at = graph.scene(state)
            if twice >> at & 1:
                again[at] = min(state, again.get(at, state))
        after.append(later | here)
    return _Facts(ends, best, worst, sorted(again.values()), length[parts.of[0]])


def _first_of_each_scene(graph: _Graph, wanted: Callable[[int, int], bool]) -> list[int]:
    """Of the states that are ``wanted`` (by number and scene) the nearest of each scene."""
    first: dict[int, int] = {}
    for state, (at, _) in enumerate(graph.states):
        if at not in first and wanted(state, at):
            first[at] = state
    return list(first.values())


def _circles(graph: _Graph, parts: _Parts) -> list[int]:
    """The nearest state of each component with choices of which none leads out. Those with the same scenes are one to an author."""
    found: dict[frozenset[int], int] = {}
    for number, members in enumerate(parts.members):
        edges = [edge for state in members for edge in graph.edges[state]]
        if edges and all(parts.of[edge.to] == number for edge in edges):
            scenes = frozenset(graph.scene(state) for state in members)
            found[scenes] = min(min(members), found.get(scenes, len(graph.states)))
    return sorted(found.values())


def _extreme(machine: _Machine, graph: _Graph, parts: _Parts, value: list[int], ends: list[bool]) -> Run:
    """A shortest run from the start to an ending along which nothing of a value is lost."""
    if graph.scene(0) in machine.endings:
        return _run(machine, graph, 0)

    def keeps(state: int, edge: _Edge) -> bool:
        part = parts.of[edge.to]
        return ends[part] and edge.points + value[part] == value[parts.of[state]]

    return _onward(machine, graph, 0, keeps, lambda state: graph.scene(state) in machine.endings)


def _again(machine: _Machine, graph: _Graph, state: int) -> Run:
    """A run that comes to the scene of a state for the second time."""
    before = _run(machine, graph, state)
    after = _onward(machine, graph, state, lambda *_: True, lambda other: graph.scene(other) == graph.scene(state))
    return Run(before.steps + after.steps, after.state)


def _onward(machine: _Machine, graph: _Graph, start: int, usable: Callable[[int, _Edge], bool], wanted: Callable[[int], bool]) -> Run:
    """A shortest way along usable choices to a state that is wanted; the start is none."""
    came: list[tuple[int, _Edge] | None] = [None] * len(graph.states)
    queue = [start]
    for state in queue:  # the list grows while it is gone through
        for edge in graph.edges[state]:
            if not usable(state, edge):
                continue
            if wanted(edge.to):
                way = [*_back(came, state), (state, edge)]
                return Run(tuple(_step(machine, graph, *one) for one in way), machine.state(graph.states[edge.to]))
            if came[edge.to] is None and edge.to != start:
                came[edge.to] = (state, edge)
                queue.append(edge.to)
    raise ValueError("there is no way")


def _back(came: list[tuple[int, _Edge] | None], state: int) -> list[tuple[int, _Edge]]:
    """The way by which a state was met."""
    way: list[tuple[int, _Edge]] = []
    while (before := came[state]) is not None:
        way.append(before)
        state = before[0]
    return way[::-1]


def _run(machine: _Machine, graph: _Graph, state: int) -> Run:
    """A shortest run to a state."""
    way = _back(graph.came, state)
    return Run(tuple(_step(machine, graph, before, edge) for before, edge in way), machine.state(graph.states[state]))


def _step(machine: _Machine, graph: _Graph, state: int, edge: _Edge) -> Step:
    at = graph.scene(state)
    return Step(machine.names[at], machine.moves[at][edge.move].choice, edge.points)
