"""From the model to packages: one module or folder per format. A new format is one of those and one line in :data:`FORMATS`.

A writer has a function ``entries(course, templates, unit)`` that yields (path, content) pairs; it opens no archive and prints nothing.
Its table ``CARRIES`` says what it keeps of a course (:mod:`coursegen.fidelity`).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from ..archive import Entry
    from ..fidelity import Capabilities
    from ..model import Course, Unit
    from ..render.templates import Templates


class Writer(Protocol):
    """What the function ``entries`` of a writer is."""

    def __call__(self, course: Course, templates: Templates, unit: Unit | None) -> Iterable[Entry]:
        """The files of a package: of one unit, or of the whole course where ``unit`` is None."""


class Format(NamedTuple):
    """A kind of package."""

    name: str
    title: str
    writer: str
    """The module of the writer below this one, and the function in it."""
    suffix: str
    """What follows the course's id and language in the file's name."""
    per_unit: bool
    consumer: str
    """Who imports it."""
    single: bool = False
    """Whether it is one file and no archive: the writer then has one entry."""

    @property
    def entries(self) -> Writer:
        """The writer's function; its module is loaded when it is first needed."""
        module, _, function = self.writer.partition(":")
        return cast(Writer, getattr(importlib.import_module(f"{__name__}.{module}"), function))

    @property
    def carries(self) -> Capabilities:
        """What the format keeps, changes and drops: the table ``CARRIES`` of the writer's module, or ``CARRIES_OF_UNIT``."""
        module, _, _ = self.writer.partition(":")
        table = "CARRIES_OF_UNIT" if self.per_unit else "CARRIES"
        return cast("Capabilities", getattr(importlib.import_module(f"{__name__}.{module}"), table))

    def packages(self, course: Course) -> Iterator[tuple[str, Unit | None]]:
        """The packages of this format as (file name, unit)."""
        stem = f"{course.id}-{course.language.lower()}"
        if self.per_unit:
            for unit in course.units:
                yield f"{stem}-{unit.id}-{self.suffix}", unit
        else:
            yield f"{stem}{'' if self.suffix.startswith('.') else '-'}{self.suffix}", None


FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("scorm12-unit", "SCORM 1.2, one unit", "scorm:scorm12", "scorm12.zip", True, "any LMS, as an activity"),
        Format("scorm12", "SCORM 1.2, whole course", "scorm:scorm12", "scorm12.zip", False, "any LMS, as an activity"),
        Format("scorm2004-unit", "SCORM 2004, one unit", "scorm:scorm2004", "scorm2004.zip", True, "an LMS with SCORM 2004"),
        Format("scorm2004", "SCORM 2004, whole course", "scorm:scorm2004", "scorm2004.zip", False, "an LMS with SCORM 2004"),
        Format("cartridge-moodle", "Common Cartridge 1.1", "cartridge.moodle:entries", "moodle.imscc", False, "Moodle"),
        Format(
            "cartridge",
            "Common Cartridge 1.3",
            "cartridge.standard:entries",
            ".imscc",
            False,
            "Canvas, Brightspace, Blackboard, Sakai, Open edX",
        ),
        Format(
            "moodle-xml",
            "Moodle XML question bank",
            "moodle_xml:entries",
            "moodle-questions.xml",
            False,
            "Moodle's question bank",
            single=True,
        ),
        Format("gift", "GIFT questions", "gift:entries", "questions.gift", False, "Moodle, and quiz tools that read GIFT", single=True),
        Format("qti21", "QTI 2.1 questions and tests", "qti21:entries", "qti21.zip", False, "TAO, OpenOLAT, ONYX and other test systems"),
        Format("paper", "Quizzes on paper", "paper:entries", "paper.zip", False, "printers"),
    )
}
