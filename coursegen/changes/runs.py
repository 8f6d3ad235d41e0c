"""What becomes of the stored decisions in a case study (``decodeCase`` of ``storage.js``, ``runOf`` of ``branching.js``).

Both editions are walked through side by side, by everything that a learner can have decided in the old one. The cases are those
of outlines, not of the model: of a package nothing else is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .model import Effect, Fate

Entry = Mapping[str, Any]
LIMIT = 20_000
"""Pairs of states. A case of which more can be reached is told with care: every decision that changed may be lost."""


class _Machine:
    """A case of an outline: where a decision leads."""

    def __init__(self, case: Entry) -> None:
        self.scenes = {scene["id"]: scene for scene in case["scenes"]}
        self.limits = {each["id"]: (each["low"], each["high"]) for each in case["variables"]}
        self.names = tuple(self.limits)
        self.start = _State(case["start"], tuple(each["start"] for each in case["variables"]))

    def offered(self, state: _State) -> dict[str, Entry]:
        """The choices of a state by id."""
        values = dict(zip(self.names, state.values, strict=True))
        return {choice["id"]: choice for choice in self.scenes[state.scene]["choices"] if _allowed(choice, values)}

    def after(self, state: _State, choice: Entry) -> _State:
        """The state that a choice leads to."""
        values = dict(zip(self.names, state.values, strict=True))
        for change in choice["change"]:
            low, high = self.limits[change["variable"]]
            value = change["to"] if "to" in change else values[change["variable"]] + change["by"]
            values[change["variable"]] = min(high, max(low, value))
        return _State(choice["to"], tuple(values.values()))


class _State(NamedTuple):
    scene: str
    values: tuple[int, ...]


def _allowed(choice: Entry, values: Mapping[str, int]) -> bool:
    return all(
        each.get("atLeast", float("-inf")) <= values[each["variable"]] <= each.get("atMost", float("inf")) for each in choice["when"]
    )


def fates(old: Entry, new: Entry) -> list[Fate]:
    """What becomes of the decisions in each scene of the old case; ``without`` are the choices after which a run may be cut off."""
    kept, lost = _walk(old, new)
    found = []
    for scene in old["scenes"]:
        choices = [choice["id"] for choice in scene["choices"]]
        gone = tuple(name for name in choices if (scene["id"], name) in lost)
        if choices:
            none = gone and not any((scene["id"], name) in kept for name in choices)
            found.append(Fate(old["id"], scene["id"], "none" if none else "some" if gone else "all", gone))
    return found


def _walk(old: Entry, new: Entry) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Decisions that still apply in some run, and those that do not in some. What comes after a lost one is lost with it."""
    before, now = _Machine(old), _Machine(new)
    kept: set[tuple[str, str]] = set()
    lost: set[tuple[str, str]] = set()
    start = (before.start, now.start)
    seen, todo = {start}, [start]
    while todo:
        one, other = todo.pop()
        choices = now.offered(other) if one.scene == other.scene else {}
        for name, choice in before.offered(one).items():
            if name not in choices:
                lost.add((one.scene, name))
                continue
            kept.add((one.scene, name))
            pair = (before.after(one, choice), now.after(other, choices[name]))
            if pair not in seen and len(seen) < LIMIT:
                seen.add(pair)
                todo.append(pair)
    if len(seen) >= LIMIT:
        lost |= _otherwise(old, new)
    return kept, lost


def _otherwise(old: Entry, new: Entry) -> set[tuple[str, str]]:
    """Every decision, if anything that steers is different."""
    same = all(_steering(old)[key] == _steering(new)[key] for key in ("start", "variables", "scenes"))
    return set() if same else {(scene["id"], choice["id"]) for scene in old["scenes"] for choice in scene["choices"]}


def _steering(case: Entry) -> dict[str, Any]:
    scenes = {
        scene["id"]: [{key: value for key, value in choice.items() if key != "points"} for choice in scene["choices"]]
        for scene in case["scenes"]
    }
    return {"start": case["start"], "variables": case["variables"], "scenes": scenes}


def effects(old: Entry, new: Entry, found: list[Fate]) -> Iterator[Effect]:
    """The same in words."""
    scenes = {scene["id"] for scene in new["scenes"]}
    keep = "Leave the old scene or choice in, with its id; or publish this when nobody is in the middle of the case."
    for fate in found:
        if not fate.without:
            continue
        which = ", ".join(fate.without)
        where = "the scene is gone" if fate.part not in scenes else f"the decision ({which}) is not offered there any more"
        words = f"a running case study goes back to the last decision that still stands, because {where}; an ended one keeps its result"
        yield Effect("loss", fate.activity, fate.part, words, keep)
    points = {(scene["id"], choice["id"]): choice["points"] for scene in new["scenes"] for choice in scene["choices"]}
    for scene in old["scenes"]:
        for choice in scene["choices"]:
            now = points.get((scene["id"], choice["id"]), choice["points"])
            if now != choice["points"]:
                words = f"the choice {choice['id']} counts {now:g} instead of {choice['points']:g}: running case studies are counted anew"
                yield Effect("note", old["id"], scene["id"], words)
    if old["best"] != new["best"]:
        yield Effect(
            "note",
            old["id"],
            "",
            f"the best way has {new['best']:g} points instead of {old['best']:g}; a result that was reached stays as a share",
        )
