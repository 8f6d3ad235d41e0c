"""A course as it is shown: its SCORM packages in memory, each file made when a browser asks for it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from ..archive import Content
    from ..model import Activity, Course, Unit
    from ..outline import Runtime
    from ..render.templates import Templates
    from ..writers.scorm import Pieces

RUNTIMES = ("scorm12", "scorm2004")
COURSE, TUTORS, UNIT = "course", "tutors", "unit"


class Asked(NamedTuple):
    """A file of a package: the version of SCORM, which package (``course``, ``tutors`` or ``unit/ID``), and the path in it."""

    runtime: str
    package: str
    path: str


class Show:
    """The packages of one state of a course. Beside the whole course and its units there is one that holds pages for tutors, too."""

    def __init__(self, course: Course, templates: Templates, before: Show | None = None) -> None:
        """``before`` is what was shown until now: it says what will be asked for, and lends what cannot be made of a course with errors."""
        self.course = course
        self.templates = templates
        self.asked: set[Asked] = set()
        """What browsers have asked for: what they will ask for again after a change."""
        self._expected: set[Asked] = (before.asked or before._expected) if before else set()
        self._before = before.sound if before else None
        self._is_sound = False
        self._pieces: dict[tuple[str, str], Pieces | None] = {}
        self._lock = RLock()

    @property
    def sound(self) -> Show | None:
        """This, if all of it can be shown; else the last one before it."""
        return self if self._is_sound else self._before

    def approve(self) -> None:
        """Say that the course has no errors: nothing need be lent any more."""
        self._is_sound = True
        self._before = None

    def file(self, asked: Asked) -> Content | None:
        """A file of a package; None where there is none. Raises what the writer raises where nothing stands in for it."""
        with self._lock:
            try:
                found = self._make(asked)
            except Exception:  # a course with findings that are errors: some of it may be shown still
                if self._before is None:
                    raise
                found = self._before.file(asked)
            if found is not None:
                self.asked.add(asked)
            return found

    def prepare(self) -> None:
        """Make what will be asked for next, so that it is there at once. Raises what the writer raises."""
        for asked in sorted(self._expected):
            if not asked.path.startswith("media/"):
                self._make(asked)

    def complete(self) -> None:
        """Make every file of the whole course. Raises what the writer raises."""
        pieces = self._package(RUNTIMES[0], COURSE)
        for path in pieces.paths if pieces else ():
            self._make(Asked(RUNTIMES[0], COURSE, path))

    def _make(self, asked: Asked) -> Content | None:
        with self._lock:
            pieces = self._package(asked.runtime, asked.package)
            return pieces.file(asked.path) if pieces else None

    def _package(self, runtime: str, name: str) -> Pieces | None:
        if (runtime, name) not in self._pieces:
            self._pieces[runtime, name] = self._new(runtime, name)
        return self._pieces[runtime, name]

    def _new(self, runtime: str, name: str) -> Pieces | None:
        from ..writers.scorm import Pieces

        if runtime not in RUNTIMES:
            return None
        version = cast("Runtime", runtime)
        if name == COURSE:
            return Pieces(self.course, self.templates, None, version)
        if name == TUTORS:
            return Pieces(with_tutors(self.course), self.templates, None, version)
        kind, _, wanted = name.partition("/")
        unit = next((unit for unit in self.course.units if kind == UNIT and unit.id == wanted), None)
        return Pieces(self.course, self.templates, unit, version) if unit else None


def with_tutors(course: Course) -> Course:
    """The course with its pages for tutors as pages that everybody sees: the player then shows them as it shows all others."""
    return replace(course, units=tuple(replace(unit, activities=tuple(map(_opened, unit.activities))) for unit in course.units))


def _opened(activity: Activity) -> Activity:
    from ..model import Page, TutorPage

    if not isinstance(activity, TutorPage):
        return activity
    return Page(**{field.name: getattr(activity, field.name) for field in fields(Page)})


def home(course: Course, activity: Activity, unit: Unit) -> str:
    """The package in which an activity is shown: the whole course where that is small enough to be at hand at once."""
    if activity.audience == "tutors":
        return TUTORS
    count = sum(len(each.activities) for each in course.units)
    return COURSE if count <= AT_ONCE else f"{UNIT}/{unit.id}"


AT_ONCE = 80
"""Activities. A player with more takes longer to open than an author likes to wait at every save."""


def is_inside(path: Path, root: Path) -> bool:
    """Whether a file is still in the course folder: a link may have taken its place since the course was read."""
    return path.resolve().is_relative_to(root.resolve())
