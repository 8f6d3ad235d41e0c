"""The page about a unit that packages begin it with: summary, outcomes, minutes, what its links and files are for; first, the course."""

from __future__ import annotations

from ..model import File, Unit, WebLink


def has_overview(unit: Unit, is_first: bool = False) -> bool:
    """Whether there is more to say of a unit than its title. The first of a package always has a page: it tells of the course."""
    described = any(isinstance(activity, (WebLink, File)) and activity.description for activity in unit.activities)
    return bool(is_first or unit.summary or unit.outcomes or described)
