"""Packages that are made of others: the one place where writers meet.

Moodle looks for its own backup before it looks for a cartridge. So a zip that holds both restores there as the course that it is, and
whoever reads only the manifest finds a cartridge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..archive import Entry
from ..fidelity import QUESTIONS, QUIZZES, Capabilities
from ..model import Course, Unit
from ..render.templates import Templates
from . import moodle_backup, scorm
from .cartridge import moodle as cartridge
from .moodle_backup import CARRIES

__all__ = ["CARRIES", "backup", "backup_and_cartridge", "carried"]
_IN_PACKAGES = frozenset([*QUESTIONS, *QUIZZES, "quiz", "case-study", "grid", "page-links", "unit-links"])
"""What units in their SCORM packages keep as the player does, and not as Moodle."""


def carried(course: Course) -> Capabilities:
    """The table of a backup with activities of Moodle, or with SCORM packages."""
    if course.moodle.units == "activities":
        return CARRIES
    return {**CARRIES, **{name: verdict for name, verdict in scorm.CARRIES_OF_UNIT.items() if name in _IN_PACKAGES}}


def backup(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """Moodle's backup, with the SCORM packages of units where the course wants those."""
    return moodle_backup.entries(course, templates, unit, lambda each: scorm.scorm12(course, templates, each))


def backup_and_cartridge(course: Course, templates: Templates, unit: Unit | None = None) -> Iterator[Entry]:
    """The backup and a cartridge 1.1 in one. The cartridge is for others than Moodle, and has no page about an import into it."""
    yield from backup(course, templates, unit)
    yield from cartridge.entries(course, templates, unit, beside_backup=True)
