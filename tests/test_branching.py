"""What is proved of case studies: by hand for small ones, against counting everything out for random ones."""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coursegen.branching import LIMIT, Proof, Run, State, offered, prove, run
from coursegen.model import Change, Choice, Condition, Identifier, Plain, Rich, Scene, Storyline, Variable

WORDS = Rich(("Words",))


def choice(name: str, to: str, points: int = 0, when: tuple[Condition, ...] = (), change: tuple[Change, ...] = ()) -> Choice:
    return Choice(id=Identifier(name), text=WORDS, to=Identifier(to), points=points, when=when, change=change)


def when(variable: str, at_least: int | None = None, at_most: int | None = None) -> Condition:
    return Condition(variable=Identifier(variable), at_least=at_least, at_most=at_most)


def change(variable: str, by: int | None = None, to: int | None = None) -> Change:
    return Change(variable=Identifier(variable), by=by, to=to)


def variable(name: str, start: int = 0, low: int = 0, high: int = 1) -> Variable:
    return Variable(id=Identifier(name), start=start, low=low, high=high)


def scene(name: str, *choices: Choice) -> Scene:
    """A scene; without choices it is an ending."""
    ending = None if choices else Plain("The end")
    return Scene(id=Identifier(name), title=Plain(name), text=WORDS, choices=choices, ending=ending)


def story(*scenes: Scene, variables: tuple[Variable, ...] = (), start: str | None = None) -> Storyline:
    return Storyline(scenes=scenes, variables=variables, start=Identifier(start) if start else None)


def way(found: Run | None) -> list[tuple[str, str]]:
    assert found is not None
    return [(step.scene, step.choice) for step in found.steps]


def worth(proof: Proof) -> tuple[int, int]:
    """The points of the best run and of the worst."""
    assert proof.best is not None
    assert proof.worst is not None
    return proof.best.points, proof.worst.points


# By hand


def test_a_straight_case() -> None:
    case = story(
        scene("a", choice("good", "b", 2), choice("bad", "b")), scene("b", choice("good", "end", 3), choice("bad", "end", 1)), scene("end")
    )
    proof = prove(case)
    assert (proof.complete, proof.states, proof.longest, proof.scored) == (True, 3, 3, True)
    assert (proof.unreached, proof.unoffered, proof.dead_ends, proof.circles, proof.repeated) == ((), (), (), (), ())
    assert way(proof.best) == [("a", "good"), ("b", "good")]
    assert way(proof.worst) == [("a", "bad"), ("b", "bad")]
    assert worth(proof) == (5, 1)
    assert [found.state.scene for found in proof.endings] == ["end"]


def test_the_start_may_be_another_scene_than_the_first() -> None:
    proof = prove(story(scene("end"), scene("a", choice("go", "end")), start="a"))
    assert proof.unreached == ()
    assert way(proof.endings[0]) == [("a", "go")]
    assert prove(story(scene("end"), scene("a", choice("go", "end")))).unreached == ("a",)


def test_a_case_that_begins_with_its_ending() -> None:
    proof = prove(story(scene("end"), scene("other")))
    assert (proof.states, proof.longest, proof.scored) == (1, 1, False)
    assert way(proof.best) == way(proof.worst) == []


def test_a_scene_that_nothing_leads_to() -> None:
    proof = prove(story(scene("a", choice("go", "end")), scene("lost", choice("on", "end")), scene("end")))
    assert proof.unreached == ("lost",)
    assert proof.unoffered == ()  # choices of a scene that is never met are not a second fault


def test_a_dead_end_and_how_one_gets_there() -> None:
    case = story(
        scene("a", choice("rush", "b"), choice("ask", "b", change=(change("trust", by=1),))),
        scene("b", choice("go", "end", when=(when("trust", at_least=1),))),
        scene("end"),
        variables=(variable("trust"),),
    )
    proof = prove(case)
    (found,) = proof.dead_ends
    assert way(found) == [("a", "rush")]
    assert found.state == State("b", (0,))
    assert proof.circles == ()


def test_a_circle_without_a_way_out() -> None:
    case = story(
        scene("a", choice("go", "end"), choice("turn", "b")), scene("b", choice("on", "c")), scene("c", choice("back", "b")), scene("end")
    )
    proof = prove(case)
    (found,) = proof.circles
    assert way(found) == [("a", "turn")]
    assert found.state.scene == "b"
    assert proof.dead_ends == ()


def test_a_loop_with_a_way_out_is_no_trap() -> None:
    case = story(
        scene("a", choice("look", "b"), choice("go", "c", 0)),
        scene("b", choice("back", "a")),
        scene("c", choice("on", "end", 4)),
        scene("end"),
    )
    proof = prove(case)
    assert (proof.circles, proof.repeated) == ((), ())
    assert worth(proof) == (4, 4)
    assert proof.longest == 4  # a, b, c, end: the loop counts with its two states


def test_points_that_can_be_collected_again() -> None:
    case = story(scene("a", choice("go", "b", 1), choice("stop", "end")), scene("b", choice("back", "a")), scene("end"))
    (found,) = prove(case).repeated
    assert way(found) == [("a", "go"), ("b", "back")]
    assert found.state.scene == "a"
    assert prove(case).best is None


def test_points_in_a_scene_that_leads_to_itself() -> None:
    (found,) = prove(story(scene("a", choice("again", "a"), choice("stop", "end", 1)), scene("end"))).repeated
    assert way(found) == [("a", "again")]


def test_points_twice_without_a_loop_of_states() -> None:
    """A variable that counts rounds makes every state a new one: the scene is met twice all the same."""
    case = story(
        scene("a", choice("round", "a", 1, (when("rounds", at_most=1),), (change("rounds", by=1),)), choice("stop", "end")),
        scene("end"),
        variables=(variable("rounds", high=3),),
    )
    (found,) = prove(case).repeated
    assert way(found) == [("a", "round")]


def test_variables_stay_within_their_limits() -> None:
    case = story(
        scene(
            "a",
            choice("up", "b", change=(change("x", by=5),)),
            choice("down", "b", change=(change("x", by=-5),)),
            choice("set", "b", change=(change("x", to=2), change("x", by=1))),
        ),
        scene("b", choice("go", "end")),
        scene("end"),
        variables=(variable("x", start=2, low=1, high=4),),
    )
    assert [run(case, [("a", name)]).state.values for name in ("up", "down", "set")] == [(4,), (1,), (3,)]


def test_a_choice_that_is_never_offered() -> None:
    case = story(
        scene(
            "a",
            choice("go", "end"),
            choice("secret", "end", when=(when("x", at_least=2),)),
            choice("x", "end", change=(change("x", by=1),)),
        ),
        scene("end"),
        variables=(variable("x", high=2),),
    )
    assert prove(case).unoffered == (("a", "secret"),)
    assert [one.id for one in offered(case, State("a", (0,)))] == ["go", "x"]
    assert [one.id for one in offered(case, State("a", (2,)))] == ["go", "secret", "x"]


def test_a_run_stops_where_a_decision_does_not_apply() -> None:
    case = story(
        scene("a", choice("go", "b", 1)),
        scene("b", choice("on", "end", when=(when("x", at_least=1),))),
        scene("end"),
        variables=(variable("x"),),
    )
    for path in ([("a", "go"), ("b", "on")], [("a", "go"), ("a", "go")], [("a", "go"), ("b", "none")]):
        assert run(case, path) == Run((("a", "go", 1),), State("b", (0,)))


def test_a_case_that_is_too_large_is_not_gone_through() -> None:
    counters = tuple(variable(name, high=20) for name in "pqrst")
    case = story(
        scene("a", choice("go", "end"), *(choice(one.id, "a", change=(change(one.id, by=1),)) for one in counters)),
        scene("end"),
        variables=counters,
    )
    began = time.perf_counter()
    proof = prove(case)
    assert not proof.complete
    assert proof.states == LIMIT + 1
    assert time.perf_counter() - began < 2


def test_large_cases_are_proved_fast_and_without_recursion() -> None:
    """60 scenes and 5,000 states."""
    counters = (variable("x", high=8), variable("y", high=8))
    scenes = [
        scene(
            f"s{n}",
            choice("on", f"s{n + 1}", 1),
            choice("x", f"s{n + 1}", change=(change("x", by=1),)),
            choice("y", f"s{n + 1}", change=(change("y", by=1),)),
        )
        for n in range(60)
    ]
    case = story(*scenes, scene("s60"), variables=counters)
    began = time.perf_counter()
    proof = prove(case)
    took = time.perf_counter() - began
    assert 4000 < proof.states < 6000
    assert (*worth(proof), proof.longest) == (60, 0, 61)
    assert took < 1
    chain = story(*(scene(f"s{n}", choice("on", f"s{n + 1}")) for n in range(15_000)), scene("s15000"))
    assert prove(chain).longest == 15_001


def test_many_scenes_that_can_be_met_again_are_told_a_few_at_a_time() -> None:
    """200 scenes in a circle with 81 values each: to tell a run for every one would take as many searches."""
    counters = (variable("x", high=8), variable("y", high=8))
    scenes = [
        scene(
            f"s{n}",
            choice("on", f"s{(n + 1) % 200}", 1),
            choice("x", f"s{(n + 1) % 200}", change=(change("x", by=1),)),
            choice("y", f"s{(n + 1) % 200}", change=(change("y", by=1),)),
            choice("stop", "end"),
        )
        for n in range(200)
    ]
    case = story(*scenes, scene("end"), variables=counters)
    began = time.perf_counter()
    proof = prove(case)
    assert time.perf_counter() - began < 2.5
    assert [len(found.steps) - n for n, found in enumerate(proof.repeated)] == [200] * 10
    assert proof.best is None


# By counting out


def random_case(dice: random.Random) -> Storyline:
    names = [f"s{n}" for n in range(dice.randint(2, 6))]
    variables = tuple(variable(name, dice.randint(0, 1), 0, dice.randint(1, 2)) for name in "xy"[: dice.randint(0, 2)])

    def some_choice(n: int, at: int) -> Choice:
        conditions = tuple(
            when(one.id, **{dice.choice(["at_least", "at_most"]): dice.randint(0, 2)}) for one in variables if dice.random() < 0.3
        )
        changes = tuple(
            change(one.id, by=dice.choice([-1, 1])) if dice.random() < 0.6 else change(one.id, to=dice.randint(0, 2))
            for one in variables
            if dice.random() < 0.4
        )
        onward = names[at + 1 :] if dice.random() < 0.8 and at + 1 < len(names) else names
        return choice(f"c{n}", dice.choice(onward), dice.choice([0, 0, 0, 1, 2]), conditions, changes)

    scenes = [scene(name, *(some_choice(n, at) for n in range(dice.randint(1, 3)))) for at, name in enumerate(names[:-1])]
    return story(*scenes, scene(names[-1]), variables=variables)


Way = list[tuple[str, str, int]]


class Counted:
    """A case laid out in the plainest way: dictionaries, every state from every state."""

    def __init__(self, case: Storyline) -> None:
        self.scenes = {str(one.id): one for one in case.scenes}
        self.variables = {str(one.id): one for one in case.variables}
        self.start = State(case.first, tuple(one.start for one in case.variables))
        self.next: dict[State, list[tuple[str, int, State]]] = {}
        waiting = [self.start]
        while waiting:
            state = waiting.pop()
            if state not in self.next:
                self.next[state] = list(self._choices(state))
                waiting += [to for _, _, to in self.next[state]]
        self.later = {state: self._later(state) for state in self.next}

    def _choices(self, state: State) -> Iterator[tuple[str, int, State]]:
        for one in self.scenes[state.scene].choices:
            values = dict(zip(self.variables, state.values, strict=True))
            if all(
                (c.at_least is None or values[c.variable] >= c.at_least) and (c.at_most is None or values[c.variable] <= c.at_most)
                for c in one.when
            ):
                for made in one.change:
                    limits = self.variables[made.variable]
                    value = made.to if made.to is not None else values[made.variable] + (made.by or 0)
                    values[made.variable] = max(limits.low, min(limits.high, value))
                yield one.id, one.points, State(one.to, tuple(values.values()))

    def _later(self, state: State) -> set[State]:
        found: set[State] = set()
        waiting = [state]
        while waiting:
            for _, _, to in self.next[waiting.pop()]:
                if to not in found:
                    found.add(to)
                    waiting.append(to)
        return found

    def is_ending(self, state: State) -> bool:
        return self.scenes[state.scene].ending is not None

    def runs(self, state: State, seen: tuple[State, ...] = ()) -> Iterator[tuple[Way, State]]:
        """Every run without a loop, to wherever it ends or has nowhere new to go."""
        seen = (*seen, state)
        fresh = [step for step in self.next[state] if step[2] not in seen]
        if not fresh:
            yield [], state
        for name, points, to in fresh:
            for rest, end in self.runs(to, seen):
                yield [(state.scene, name, points), *rest], end


@pytest.mark.parametrize("seed", range(300))
def test_what_is_proved_is_so(seed: int) -> None:
    case = random_case(random.Random(seed))
    proof, all_of_it = prove(case), Counted(case)
    states = set(all_of_it.next)
    assert proof.states == len(states)
    met = {state.scene for state in states}
    assert set(proof.unreached) == set(all_of_it.scenes) - met
    used = {(state.scene, name) for state, steps in all_of_it.next.items() for name, _, _ in steps}
    assert set(proof.unoffered) == {(name, one.id) for name in met for one in all_of_it.scenes[name].choices} - used
    stuck = {state for state, steps in all_of_it.next.items() if not steps and not all_of_it.is_ending(state)}
    assert {found.state.scene for found in proof.dead_ends} == {state.scene for state in stuck}
    assert {found.state for found in proof.dead_ends} <= stuck
    trapped = {state for state in states if not any(map(all_of_it.is_ending, (state, *all_of_it.later[state])))}
    closed = {state for state in trapped - stuck if all(state in all_of_it.later[other] for other in all_of_it.later[state])}
    assert {found.state for found in proof.circles} <= closed
    assert len(proof.circles) == len({frozenset(other.scene for other in all_of_it.later[state]) for state in closed})
    scored = {name for name, one in all_of_it.scenes.items() if any(each.points for each in one.choices)}
    twice = {
        state.scene for state in states if state.scene in scored and any(other.scene == state.scene for other in all_of_it.later[state])
    }
    assert {found.state.scene for found in proof.repeated} == twice
    for found in proof.repeated:
        visited = [step.scene for step in found.steps] + [found.state.scene]
        assert visited.count(found.state.scene) == 2

    every = list(all_of_it.runs(all_of_it.start))
    assert proof.longest >= max(len(steps) + 1 for steps, _ in every)
    ended = [(steps, end) for steps, end in every if all_of_it.is_ending(end)]
    assert {found.state.scene for found in proof.endings} == {end.scene for _, end in ended}
    for found in proof.endings:
        assert len(found.steps) == min(len(steps) for steps, end in ended if end.scene == found.state.scene)
    earned = [sum(points for _, _, points in steps) for steps, _ in ended]
    if twice or not ended:
        assert proof.best is None
        assert proof.worst is None
    else:
        assert worth(proof) == (max(earned), min(earned))
    for found in (*proof.dead_ends, *proof.circles, *proof.repeated, *proof.endings, *filter(None, (proof.best, proof.worst))):
        assert run(case, way(found)) == found


def test_the_random_cases_show_everything() -> None:
    """The test above would be hollow if what it compares were always empty."""
    proofs = [prove(random_case(random.Random(seed))) for seed in range(300)]
    for name in ("unreached", "unoffered", "dead_ends", "circles", "repeated", "endings", "scored"):
        assert sum(bool(getattr(proof, name)) for proof in proofs) > 10, name
    assert sum(proof.best is not None and proof.worst is not None and proof.best.points > proof.worst.points for proof in proofs) > 10


# The player


PLAYER = Path(__file__).parent.parent / "templates" / "player" / "branching.js"
REPLAY = """
import { offered, runOf } from %s;
let text = "";
for await (const part of process.stdin) text += part;
const told = JSON.parse(text).map(({ activity, paths }) => paths.map((path) => {
  const { scene, variables, steps, points, ended } = runOf(activity, path);
  const open = offered(scene, variables).map((choice) => choice.id);
  return { scene: scene.id, values: [...variables.values()], steps: steps.map((step) => step.choice), points, ended, open };
}));
console.log(JSON.stringify(told));
"""


def as_outline(case: Storyline) -> dict[str, Any]:
    """A case as the player gets it."""

    def limits(one: Condition) -> dict[str, Any]:
        return {name: value for name, value in (("atLeast", one.at_least), ("atMost", one.at_most)) if value is not None}

    def choice_of(one: Choice) -> dict[str, Any]:
        made = [{"variable": each.variable, **({"to": each.to} if each.by is None else {"by": each.by})} for each in one.change]
        return {
            "id": one.id,
            "to": one.to,
            "points": one.points,
            "when": [{"variable": c.variable, **limits(c)} for c in one.when],
            "change": made,
        }

    return {
        "start": case.first,
        "variables": [{"id": one.id, "start": one.start, "low": one.low, "high": one.high} for one in case.variables],
        "scenes": [
            {"id": one.id, "ending": one.ending is not None, "choices": [choice_of(each) for each in one.choices]} for one in case.scenes
        ],
    }


def random_path(case: Storyline, dice: random.Random) -> list[tuple[str, str]]:
    """Decisions, most of them such as can be made."""
    path: list[tuple[str, str]] = []
    for _ in range(dice.randint(0, 12)):
        state = run(case, path).state
        open_ones = offered(case, state)
        if dice.random() < 0.1 or not open_ones:
            path.append((dice.choice(case.scenes).id, f"c{dice.randint(0, 3)}"))
        else:
            path.append((state.scene, dice.choice(open_ones).id))
    return path


def test_the_player_plays_by_the_same_rules() -> None:
    dice = random.Random(3)
    cases = [random_case(dice) for _ in range(200)]
    paths = [[random_path(case, dice) for _ in range(10)] for case in cases]
    given = [
        {"activity": as_outline(case), "paths": [[{"scene": scene, "choice": name} for scene, name in path] for path in some]}
        for case, some in zip(cases, paths, strict=True)
    ]
    script = REPLAY % json.dumps(PLAYER.as_uri())
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    stopped = 0
    for case, some, told in zip(cases, paths, json.loads(done.stdout), strict=True):
        for path, said in zip(some, told, strict=True):
            found = run(case, path)
            stopped += len(found.steps) < len(path)
            assert said == {
                "scene": found.state.scene,
                "values": list(found.state.values),
                "steps": [step.choice for step in found.steps],
                "points": found.points,
                "ended": next(one for one in case.scenes if one.id == found.state.scene).ending is not None,
                "open": [one.id for one in offered(case, found.state)],
            }
    assert 100 < stopped < 1900
