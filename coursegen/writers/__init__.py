"""From the model to packages: one module or folder per format. A new format is one of those and one line in :data:`FORMATS`.

A writer has a function ``entries(course, templates, unit)`` that yields (path, content) pairs; it opens no archive and prints nothing.
Its table ``CARRIES`` says what it keeps of a course (:mod:`coursegen.fidelity`).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from ..manifest import MANIFEST

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
    loose: bool = False
    """Whether it is several files and no archive: the writer's module then has a function ``names(course)``."""
    first: str = MANIFEST
    """The file that an archive begins with."""

    @property
    def family(self) -> str:
        """Formats of one family share most of what they make for a unit, or for the course."""
        module, _, function = self.writer.partition(":")
        return module if module == "scorm" else f"{module}:{function}"

    @property
    def entries(self) -> Writer:
        """The writer's function; its module is loaded when it is first needed."""
        return cast(Writer, getattr(self._module, self.writer.partition(":")[2]))

    @property
    def carries(self) -> Capabilities:
        """What the format keeps, changes and drops: the table ``CARRIES`` of the writer's module, or ``CARRIES_OF_UNIT``."""
        return cast("Capabilities", getattr(self._module, "CARRIES_OF_UNIT" if self.per_unit else "CARRIES"))

    def carried(self, course: Course) -> Capabilities:
        """The table for one course, where its settings make a difference to what the format keeps."""
        module = self._module
        return cast("Capabilities", module.carried(course)) if hasattr(module, "carried") else self.carries

    @property
    def _module(self) -> Any:
        return importlib.import_module(f"{__name__}.{self.writer.partition(':')[0]}")

    def packages(self, course: Course) -> Iterator[tuple[str, Unit | None]]:
        """The packages of this format as (file name, unit)."""
        stem = f"{course.id}-{course.language.lower()}"
        if self.loose:
            for name in self._module.names(course):
                yield f"{stem}-{name}", None
        elif self.per_unit:
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
        Format("moodle-backup", "Moodle backup", "combined:backup", ".mbz", False, "Moodle 4.1 and later", first="moodle_backup.xml"),
        Format(
            "moodle-cartridge",
            "Moodle backup and Common Cartridge 1.1 in one",
            "combined:backup_and_cartridge",
            "moodle.imscc",
            False,
            "Moodle 4.1 and later, and readers of cartridges; not Canvas",
        ),
        Format("moodle-imports", "Files to import into Moodle", "moodle_imports:entries", "", False, "Moodle, by hand", loose=True),
        Format(
            "cartridge-11",
            "Common Cartridge 1.1",
            "cartridge.moodle:entries",
            "cc11.imscc",
            False,
            "LMSs without version 1.3; Moodle before 4.1",
        ),
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
