"""The page about a unit that packages begin it with: summary, outcomes, minutes, and what its links and files are for."""

from __future__ import annotations

from ..model import File, Unit, WebLink


def has_overview(unit: Unit) -> bool:
    """Whether there is more to say of a unit than its title."""
    return bool(unit.summary or unit.outcomes) or any(
        isinstance(activity, (WebLink, File)) and activity.description for activity in unit.activities
    )
