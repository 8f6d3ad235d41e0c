"""Puts a comparison together: what is new, gone, moved and reworded, and what becomes of attempts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import ratings, runs, tries
from .model import Effect, Fate, Reopens, Update
from .seen import changes
from .slips import slips
from .snapshot import Snapshot

Entry = Mapping[str, Any]
KINDS = ("quiz", "case", "grid")
"""Kinds of activities in which learners do more than read."""
_OLD_ID = "If it was given another id by mistake, give it its old one: an id is for good, titles and words may change."
_LESS = 0.8
"""How much less room for texts is worth a word: a question more takes some of it."""
_GONE = {
    "quiz": "their answers and points in it fall away",
    "case": "their decisions and points in it fall away",
    "grid": "their ratings and the evidence they wrote fall away",
}


def compare(old: Snapshot, new: Snapshot) -> Update:
    """What ``new`` is to somebody who began with ``old``."""
    pairs = [(old.activities[name], new.activities[name]) for name in old.activities if name in new.activities]
    same = [(one, other) for one, other in pairs if one["kind"] == other["kind"] and one["kind"] in KINDS]
    found: list[Fate] = []
    again: list[tuple[str, Reopens]] = []
    effects = list(_course(old, new))
    effects += _activities(old, new)
    for one, other in same:
        if one["kind"] == "quiz":
            each = tries.fates(one, other)
            opens = tries.reopens(one, other, each)
            again.append((one["id"], opens))
            effects += tries.effects(one, other, each, opens)
        elif one["kind"] == "case":
            each = runs.fates(one, other)
            effects += runs.effects(one, other, each)
        else:
            each = ratings.fates(one, other)
            effects += ratings.effects(one, other, each)
        found += each
    effects += slips(old, new)
    broken = any(effect.level == "break" for effect in effects)
    falls = broken or _counted(old) != _counted(new) or any(_costs(fate, old.activities[fate.activity]) for fate in found)
    if falls:
        words = "of attempts that are not finished it is counted anew, and may fall; of finished ones it never falls"
        effects.append(Effect("note", "", "", f"the grade: {words}"))
    return Update(
        old=old.name,
        new=new.name,
        old_version=old.version,
        new_version=new.version,
        kind="SCORM 1.2" if new.runtime == "scorm12" else "SCORM 2004",
        changes=tuple(changes(old, new)),
        effects=tuple(effects),
        fates=tuple(found),
        reopens=tuple(again),
        grade="may fall" if falls else "stays",
    )


def _counted(edition: Snapshot) -> dict[str, Any]:
    """All that a score is made of. Where it is the same in two editions, and nothing with points is lost, no score changes."""
    found: dict[str, Any] = {}
    for name, entry in edition.activities.items():
        if entry["kind"] == "quiz":
            points = {question["id"]: (question["points"], question["mark"]) for question in entry["questions"] if question["points"]}
            if points:
                found[name] = (points, tries.drawn(entry), entry["feedback"])
        elif entry["kind"] == "case" and entry["best"]:
            found[name] = (
                entry["best"],
                {(scene["id"], each["id"]): each["points"] for scene in entry["scenes"] for each in scene["choices"]},
            )
    return found


def _costs(fate: Fate, entry: Entry) -> bool:
    """Whether what is lost can have had points."""
    if fate.keeps == "all" or entry["kind"] == "grid":
        return False
    return bool(entry["best"]) if entry["kind"] == "case" else tries.costs(fate, entry)


def _has_essay(entry: Entry) -> bool:
    return entry["kind"] == "quiz" and any(question["kind"] == "essay" for question in entry["questions"])


def _course(old: Snapshot, new: Snapshot) -> Iterator[Effect]:
    if old.item != new.item:
        words = (
            f"the course or the unit has another id ({old.package} is now {new.package}): platforms file every attempt under the old one"
        )
        yield Effect("break", "", "", words, "Give it its old id, or publish this beside the old one, as an activity of its own.")
    if old.runtime != new.runtime:
        words = "it is another version of SCORM: what a platform knows of an attempt in one means nothing in the other"
        yield Effect("break", "", "", words, "Build the version that is published, or publish this beside it, as an activity of its own.")
    elif old.outline["language"] != new.outline["language"]:
        words = f"it is in another language ({new.outline['language']} instead of {old.outline['language']}): attempts go on in it"
        yield Effect(
            "note", "", "", words, "Texts in another language are best published beside the old ones, as an activity of their own."
        )
    writes = any(entry["kind"] == "grid" or _has_essay(entry) for entry in old.activities.values())
    if writes and new.outline["textRoom"] < _LESS * old.outline["textRoom"]:
        words = "there is less room for long texts: essays and evidence that no longer fit are not kept by the platform"
        yield Effect("note", "", "", words, "Shorter essays, or SCORM 2004, have more room.")
    for kind, rule in new.outline["completion"].items():
        before = old.outline["completion"][kind]
        if before != rule:
            words = f"completion asks something else of {kind} ({rule}, not {before}): who has completed stays so, others have the new rule"
            yield Effect("more", "", "", words)
    if old.outline["status"] != new.outline["status"]:
        words = (
            f"the status in SCORM 1.2 is {new.outline['status']} instead of {old.outline['status']}: see that the platform's settings fit"
        )
        yield Effect("note", "", "", words)


def _activities(old: Snapshot, new: Snapshot) -> Iterator[Effect]:
    for name, entry in old.activities.items():
        now = new.activities.get(name)
        if now and now["kind"] == entry["kind"]:
            continue
        if entry["kind"] in KINDS:
            why = "it is gone" if now is None else f"it is a {now['kind']} now"
            yield Effect("loss", name, "", f"{why}: of all who have not finished the course, {_GONE[entry['kind']]}", _OLD_ID)
        elif now is None:
            yield Effect("note", name, "", "it is gone: who had read it loses nothing, progress is counted over what is left")
    for name in new.activities:
        if name not in old.activities:
            yield Effect("more", name, "", "it is new: who has completed the course stays so, others have it to do")
