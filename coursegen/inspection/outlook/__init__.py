"""What will happen when a system imports the package: a file per system. A new system is one of those and one line in :data:`SYSTEMS`.

Each file has a function ``look(inspection, facts)``; ``facts`` is what the kind of package found out beside (see each kind).
What they say was read from the systems' sources or tried; where neither was done, they say so.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from ..model import Outlook, Point

if TYPE_CHECKING:
    from ..kinds import Description
    from ..model import Inspection

SYSTEMS = ("moodle", "canvas", "open_edx")


def with_outlook(inspection: Inspection, found: Description) -> Inspection:
    """The inspection with what will happen in each system; without where nobody knows what the package is."""
    if inspection.kind == "unknown":
        return inspection
    return replace(inspection, outlook=tuple(_look(name, inspection, found.facts) for name in SYSTEMS))


def _look(name: str, inspection: Inspection, facts: dict[str, Any]) -> Outlook:
    found = cast(Outlook, importlib.import_module(f"{__name__}.{name}").look(inspection, facts))
    if not any(finding.severity == "error" and finding.code < "Z2" for finding in inspection.findings):
        return found
    words = "The archive or a file in it is damaged or not safe, so that the import may stop or do harm."
    return Outlook(found.consumer, "does not work", (Point("stops", words, "Do not import it. See the findings."), *found.points))
