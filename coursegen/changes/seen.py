"""What learners see or meet otherwise: activities and questions that are new, gone, elsewhere or worded otherwise, and settings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from ..outline import GLOSSARY
from .model import Change
from .snapshot import Snapshot
from .wording import Words, reworded

Name = TypeVar("Name", bound=Hashable)


def changes(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for key, words in (("course", "the course"), ("title", "the package")):
        if old.outline[key] != new.outline[key]:
            yield Change("retitled", "", "", f"{words} is called “{new.outline[key]}” instead of “{old.outline[key]}”")
    yield from _units(old, new)
    for name, entry in old.activities.items():
        if name not in new.activities:
            yield Change("removed", name, "", f"{entry['kind']} “{entry['title']}”")
    stayed = [name for name in new.activities if name in old.activities]
    moved = _moved([name for name in old.activities if name in new.activities], stayed)
    for name, entry in new.activities.items():
        if name not in old.activities:
            yield Change("added", name, "", f"{entry['kind']} “{entry['title']}”, {entry['minutes']} min")
            continue
        yield from _activity(old, new, name, name in moved)
    before, now = old.texts.get(GLOSSARY), new.texts.get(GLOSSARY)
    if before and now and (words := reworded(before["text",], now["text",])):
        yield Change("reworded", "", "", f"glossary: {words}")
    for path in sorted(old.media.keys() & new.media.keys()):
        if old.media[path] != new.media[path]:
            yield Change("replaced", "", "", f"{path} has another content")


def _units(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before, now = ({unit["id"]: unit for unit in each.outline["units"]} for each in (old, new))
    for name in before.keys() - now.keys():
        yield Change("removed", "", name, f"unit “{before[name]['title']}”")
    for name, unit in now.items():
        if name not in before:
            yield Change("added", "", name, f"unit “{unit['title']}”")
        elif unit["title"] != before[name]["title"]:
            yield Change("retitled", "", name, f"unit “{before[name]['title']}” is called “{unit['title']}”")


def _activity(old: Snapshot, new: Snapshot, name: str, is_moved: bool) -> Iterator[Change]:
    one, other = old.activities[name], new.activities[name]
    if one["kind"] != other["kind"]:
        yield Change("changed", name, "", f"it is a {other['kind']} instead of a {one['kind']}")
    if one["title"] != other["title"]:
        yield Change("retitled", name, "", f"“{one['title']}” is called “{other['title']}”")
    if is_moved or old.units[name] != new.units[name]:
        yield Change("moved", name, "", f"“{other['title']}” stands at another place")
    if one["minutes"] != other["minutes"]:
        yield Change("changed", name, "", f"{other['minutes']} min instead of {one['minutes']}")
    for key, told in (
        ("passMark", _percent),
        ("attempts", _tries),
        ("feedback", str),
        ("shuffleQuestions", _yes),
        ("shuffleOptions", _yes),
    ):
        if key in one and key in other and one[key] != other[key]:
            yield Change("changed", name, "", f"{_SETTINGS[key]}: {told(other[key])} instead of {told(one[key])}")
    before, after = old.texts.get(name), new.texts.get(name)
    if before and after:
        yield from _texts(name, before, after)


_SETTINGS = {
    "passMark": "pass mark",
    "attempts": "tries",
    "feedback": "feedback",
    "shuffleQuestions": "questions shuffled",
    "shuffleOptions": "options shuffled",
}
_percent: Callable[[float], str] = "{:g} %".format


def _tries(number: int | None) -> str:
    return "as many as wanted" if number is None else str(number)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _texts(name: str, old: Words, new: Words) -> Iterator[Change]:
    """What is worded otherwise, and which questions, scenes and other parts are new, gone or elsewhere."""
    before, after = _parts(old), _parts(new)
    for part in before:
        if part not in after:
            yield Change("removed", name, part[1], f"{part[0]} “{_start(old, part)}”")
    moved = _moved([each for each in before if each in after], [each for each in after if each in before])
    for part in after:
        if part not in before:
            yield Change("added", name, part[1], f"{part[0]} “{_start(new, part)}”")
        elif part in moved:
            yield Change("moved", name, part[1], "it stands at another place")
    for key in (*old, *(each for each in new if each not in old)):
        if key[:2] and len(key) > 1 and (key[:2] not in before or key[:2] not in after):
            continue
        words = reworded(old.get(key, ""), new.get(key, ""))
        if words:
            yield Change("reworded", name, key[1] if len(key) > 1 else "", f"{' '.join(key[2:])}: {words}" if len(key) > 2 else words)


def _parts(words: Words) -> list[tuple[str, ...]]:
    """Questions, scenes and indicators, in their order."""
    return list(dict.fromkeys(key[:2] for key in words if len(key) > 1))


def _start(words: Words, part: tuple[str, ...]) -> str:
    told = (words.get((*part, "stem")) or words.get((*part, "text")) or words.get(part) or "").split()
    return " ".join(told[:12]) + (" …" if len(told) > 12 else "")


def _moved(old: Sequence[Name], new: Sequence[Name]) -> set[Name]:
    """What stands elsewhere: the fewest that have to be taken out so that the others stand in the same order."""
    if list(old) == list(new):
        return set()
    places = {name: at for at, name in enumerate(old)}
    best: list[tuple[int, tuple[Name, ...]]] = []  # for each length the run that ends lowest: longest increasing subsequence
    for name in new:
        at = next((i for i, (last, _) in enumerate(best) if last > places[name]), len(best))
        run = (*(best[at - 1][1] if at else ()), name)
        best[at : at + 1] = [(places[name], run)]
    return set(new) - set(best[-1][1] if best else ())
