"""What a comparison finds, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

Level: TypeAlias = Literal["note", "more", "loss", "break"]
"""How much it matters: nothing is lost; learners have more to do; something that they did is lost; attempts cannot be resumed."""
Verdict: TypeAlias = Literal["safe", "answers are lost", "attempts are lost", "no update"]
Keeps: TypeAlias = Literal["all", "some", "none"]
"""How many of the answers that learners can have given still stand."""
Reopens: TypeAlias = Literal["never", "lost", "always", "maybe"]
"""Which finished tries open again: none; those that lose an answer; all; it depends on the questions that a try has drawn."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that learners see or meet otherwise. ``what`` is ``added``, ``removed``, ``moved``, ``reworded`` …"""

    what: str
    activity: str
    """The id of the activity; empty where it is about the course."""
    part: str
    """The id of a question, scene or indicator; empty where it is about the activity."""
    words: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What the update does to somebody who began with the old edition, and what to do if that is not wanted."""

    level: Level
    activity: str
    part: str
    words: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the stored answers to one question, or of the decisions or ratings of one part.

    ``without`` are the values whose answers do not stand, where ``keeps`` is ``some``: option ids, or ``part.option``. It is empty
    where it depends on the try.
    """

    activity: str
    part: str
    keeps: Keeps
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """A comparison: names and versions of both editions, what changed, and what that does."""

    old: str
    new: str
    old_version: str
    new_version: str
    kind: str
    changes: tuple[Change, ...] = ()
    effects: tuple[Effect, ...] = ()
    fates: tuple[Fate, ...] = ()
    reopens: tuple[tuple[str, Reopens], ...] = ()
    """For each quiz that is in both editions: which finished tries open again."""
    grade: Literal["stays", "may fall"] = "stays"
    """What happens to the grade of attempts that are not finished. That of finished ones never falls."""
    is_update: bool = True
    """Whether a platform puts the new edition in the place of the old one; else it makes a copy beside it."""

    @property
    def verdict(self) -> Verdict:
        """What the worst of the effects comes to."""
        if not self.is_update:
            return "no update"
        levels = {effect.level for effect in self.effects}
        return "attempts are lost" if "break" in levels else "answers are lost" if "loss" in levels else "safe"

    def to_json(self) -> dict[str, Any]:
        """The same as lists, mappings and texts."""
        reopens = [{"activity": activity, "reopens": which} for activity, which in self.reopens]
        return {"format": 1, "verdict": self.verdict, **asdict(self), "reopens": reopens}
