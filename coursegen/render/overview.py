"""The page about a unit that packages begin it with: summary, outcomes, minutes, what its links and files are for; first, the course."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Course, File, Unit, WebLink


def has_overview(unit: Unit, is_first: bool = False) -> bool:
    """Whether there is more to say of a unit than its title. The first of a package always has a page: it tells of the course."""
    described = any(isinstance(activity, (WebLink, File)) and activity.description for activity in unit.activities)
    return bool(is_first or unit.summary or unit.outcomes or described)


def completion_rule(course: Course, units: Sequence[Unit]) -> list[str]:
    """The completion rule as keys of interface texts, one for each part of it that these units have something for.

    The player's ``policy.js`` makes the same list for the end of the course.
    """
    parts = {"quiz": "quizzes", "case": "cases", "grid": "grids"}
    found = {parts.get(activity.kind, "pages") for unit in units for activity in unit.for_learners()}
    found.add("pages")  # the first unit has a page about it
    rule = ((part, getattr(course.completion, part)) for part in ("pages", "quizzes", "cases", "grids") if part in found)
    return [f"completion.{part}.{asked}" for part, asked in rule if asked != "ignored"]
