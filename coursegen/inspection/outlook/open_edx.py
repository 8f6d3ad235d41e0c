"""What Open edX makes of a package: through the converter cc2olx for cartridges, which was tried; docs/other-lms.md has what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Inspection, Outlook, Point
from .parts import how_many, outlook, refused

NAME = "Open edX"


def look(inspection: Inspection, facts: dict[str, Any]) -> Outlook:
    """The outlook."""
    if inspection.kind == "common cartridge":
        if inspection.version.startswith("1.0"):
            return refused(NAME, "The converter cc2olx reads cartridges 1.1 to 1.3.", "Ask for a cartridge 1.3.")
        return outlook(NAME, _cartridge(inspection, facts))
    if inspection.kind == "scorm":
        words = "Open edX plays SCORM with an extra block (a SCORM XBlock) only."
        return outlook(NAME, [Point("kept", words, "Ask the administrator whether it is there.")], tried=False)
    return refused(NAME, "Open edX does not import this kind of file.", "Take a common cartridge 1.3 and the converter cc2olx.")


def _cartridge(inspection: Inspection, facts: dict[str, Any]) -> Iterator[Point]:
    yield Point("kept", "Convert it with cc2olx, then import the .tar.gz in Studio. Pages, discussions and links arrive.")
    if facts.get("profiles", {}).get("cc.pattern_match.v0p1"):
        yield Point("lost", "A quiz with a question with patterns becomes “MISSING CONTENT” as a whole.", "Replace such questions.")
    if facts.get("banks"):
        yield Point("lost", "Question banks are left out.")
    if how_many(inspection, "quiz"):
        yield Point("lost", "Feedback, hints and introductions of quizzes are left out.")
    if how_many(inspection, "page"):
        words = "Pictures of pages keep their relative addresses, which Studio does not know."
        yield Point("changed", words, "Point them to /static/ by hand, or take SCORM.")
