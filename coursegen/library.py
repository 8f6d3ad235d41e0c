"""coursegen in a program of your own: read a course, check it, write packages.

    from coursegen.library import check, read, write

    source = read("my-course")
    for finding in check(source):
        print(finding)
    write(source, "scorm12", "packages")

Nothing is printed, and nothing ends the program. What an author can mend is a finding; OSError is raised for what only the system can.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .finding import Finding
    from .model import Course

__all__ = ["CourseError", "Source", "check", "read", "write"]


class Source(NamedTuple):
    """A course that was read.

    ``course`` is the immutable model (:mod:`coursegen.model`), None where nothing could be read. ``findings`` are those of reading
    alone. To write a course that your program changed, replace it: ``source._replace(course=changed)``.
    """

    folder: Path
    course: Course | None
    findings: tuple[Finding, ...]


class CourseError(ValueError):
    """No package can be made of a course. ``findings`` say why, each with place, cure and code."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def read(folder: str | os.PathLike[str]) -> Source:
    """Read the course in a folder: its ``course.yaml``, and all that it names.

    Sources with errors are no exception: they are read as far as they go, and :func:`check` says what is wrong.
    """
    from .readers.source import read as read_source

    course, findings = read_source(folder)
    return Source(Path(folder), course, tuple(findings))


def check(source: Source, *, hints: bool = False) -> list[Finding]:
    """All findings about a course, by place: errors, warnings and, if asked for, hints. A finding as text is what authors read."""
    from .check import check as check_course

    return sorted(source.findings) if source.course is None else check_course(source.course, source.findings, hints=hints)


def write(source: Source, name: str, folder: str | os.PathLike[str]) -> list[Path]:
    """Write the packages of one format (a key of :data:`coursegen.writers.FORMATS`) into a folder, which is made if need be.

    Returns the files, which have the same names and bytes as those of ``coursegen build``. A format of single units has a package for
    each. All of them are put in place at the end, or none. Raises ValueError for a format that there is not, :class:`CourseError` for
    a course with an error, OSError where the folder cannot be written.
    """
    from .build import put, workshop
    from .render.faults import TemplateFault
    from .render.templates import Templates
    from .writers import FORMATS

    if name not in FORMATS:
        raise ValueError(f"there is no format {name!r}; there are {', '.join(FORMATS)}")
    errors = [finding for finding in check(source) if finding.severity == "error"]
    if source.course is None or errors:
        raise CourseError(errors)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    templates = Templates(source.course, source.folder / "templates")
    wanted = dict(FORMATS[name].packages(source.course))
    with workshop(target) as unfinished:
        try:
            for file, unit in wanted.items():
                put(source.course, templates, FORMATS[name], unit, unfinished / file)
        except TemplateFault as fault:
            raise CourseError([fault.finding]) from fault
        for file in wanted:
            os.replace(unfinished / file, target / file)
    return [target / file for file in wanted]
