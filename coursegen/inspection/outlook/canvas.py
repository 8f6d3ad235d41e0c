"""What Canvas makes of a package: read from the source of its import, not tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Inspection, Outlook, Point
from .parts import how_many, outlook, refused

NAME = "Canvas"


def look(inspection: Inspection, facts: dict[str, Any]) -> Outlook:
    """The outlook."""
    kind = inspection.kind
    if kind == "moodle backup":
        return outlook(NAME, _backup(inspection), tried=False)
    if kind.endswith("common cartridge"):
        return outlook(NAME, _cartridge(inspection, facts), tried=False)
    if kind == "qti":
        words = "Choose “QTI .zip file” on import; each test becomes a quiz. How single kinds arrive was not tried."
        return outlook(NAME, [Point("kept", words)], tried=False)
    if kind == "scorm":
        words = "Canvas plays SCORM with an extra tool only. Where “SCORM” stands in the course menu, upload it there."
        return outlook(NAME, [Point("kept", words, "Ask the administrator whether the tool is there.")], tried=False)
    return refused(NAME, "Canvas does not import this kind of file.", "Take a common cartridge or a QTI package.")


def _backup(inspection: Inspection) -> Iterator[Point]:
    yield Point("lost", "Canvas reads Moodle backups badly: of a new backup hardly anything arrives.", "Take a common cartridge 1.3.")
    if inspection.also:
        words = f"The file is a {inspection.also[0]}, too, but Canvas looks for the backup first."
        yield Point("changed", words, "Take the cartridge by itself.")


def _cartridge(inspection: Inspection, facts: dict[str, Any]) -> Iterator[Point]:
    yield Point("kept", "Choose “Common Cartridge 1.x Package” on import. Units become modules; pages, files, links and quizzes arrive.")
    profiles = facts.get("profiles", {})
    unknown = sum(number for name, number in profiles.items() if not name.startswith("cc."))
    if unknown:
        yield Point("changed", f"{unknown} questions have a kind that cartridges do not know; look at them after the import.")
    if how_many(inspection, "quiz"):
        yield Point("changed", "Pass marks and the moment of feedback are not in a cartridge.", "Set them in each quiz.")
