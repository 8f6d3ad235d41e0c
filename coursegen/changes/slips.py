"""Probable slips: an id that changed though what it names is the same, and an id that now names something else."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

from .model import Effect
from .snapshot import Snapshot
from .wording import Words, likeness

Name = TypeVar("Name", bound=Hashable)
_FEW = 12
_SAME, _OTHER = 0.85, 0.2
"""How much two texts have in common to be taken for the same, and for another one."""


def slips(old: Snapshot, new: Snapshot) -> Iterator[Effect]:
    """Both kinds of slips, of activities and of what is in them."""
    yield from _activities(old, new)
    for name in old.activities:
        if name in new.activities and name in old.texts and name in new.texts:
            yield from _parts(name, old.texts[name], new.texts[name])


def _activities(old: Snapshot, new: Snapshot) -> Iterator[Effect]:
    come = {name: _told(new.texts[name]) for name in new.activities if name not in old.activities and name in new.texts}
    for name, entry in old.activities.items():
        if name in new.activities or name not in old.texts:
            continue
        alike = {other: words for other, words in come.items() if new.activities[other]["kind"] == entry["kind"]}
        if other := _same(_told(old.texts[name]), alike):
            yield Effect("note", other, "", _renamed(name), _rename(name))
            del come[other]


def _same(words: str, candidates: Mapping[Name, str]) -> Name | None:
    """What has the same words, or nearly: the latter is looked for only where there are few, since it takes long."""
    exact = next((name for name, said in candidates.items() if said == words), None)
    if exact is not None or not words or len(candidates) > _FEW:
        return exact if words else None
    return next((name for name, said in candidates.items() if likeness(words, said) >= _SAME), None)


def _told(words: Words) -> str:
    return " ".join(words.values())


def _renamed(name: str) -> str:
    return f"it has the words of {name}, which is gone"


def _rename(name: str) -> str:
    return f"If it is the same, its id must stay {name}: an id is for good, titles and words may change."


def _parts(activity: str, old: Words, new: Words) -> Iterator[Effect]:
    """Of questions and scenes, and of the options and choices in those that stayed."""
    before, after = _named(old), _named(new)
    come = {key: words for key, words in after.items() if key not in before}
    for key, words in before.items():
        if key in after:
            if _is_option(key) and words and after[key] and likeness(words, after[key]) <= _OTHER and len(words.split()) > 1:
                said = f"{key[-1]} says something else now (“{after[key]}” instead of “{words}”), and answers with it stay"
                yield Effect("note", activity, key[1], said, f"If it means something else, give it a new id instead of {key[-1]}.")
            continue
        if key[:2] != key and key[:2] not in {each[:2] for each in after}:
            continue  # all of it is gone, which is told once
        other = _same(words, {each: said for each, said in come.items() if each[:-1] == key[:-1]})
        if other:
            yield Effect("note", activity, key[1] if len(key) > 2 else other[1], f"{other[-1]}: {_renamed(key[-1])}", _rename(key[-1]))
            del come[other]


def _is_option(key: tuple[str, ...]) -> bool:
    return len(key) == 4 and key[2] in ("option", "choice")


def _named(words: Words) -> Words:
    """The words of everything that has an id of its own: a question or a scene with all that is in it, an option, a choice."""
    found: Words = {}
    for key, said in words.items():
        if len(key) > 1:
            found[key[:2]] = f"{found.get(key[:2], '')} {said}"
        if _is_option(key):
            found[key] = said
    return found
