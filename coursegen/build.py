"""From a course folder to packages in ``dist``: read, check, write, and only then put in place.

Packages are written to a folder of their own beside the old ones and renamed at the end, so that a build that fails or is
interrupted leaves the old packages whole and nothing half-written.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from . import report
from .archive import write_single, write_zip
from .check import check_source
from .check.rules.formats import dropped
from .fidelity import Case, losses, used
from .finding import Finding
from .render.faults import TemplateFault
from .render.templates import Templates
from .writers import FORMATS, Format

if TYPE_CHECKING:
    from types import FrameType

    from .model import Course, PackageName, Place, Unit

SUMS = "SHA256SUMS"
_TEMPORARY = ".coursegen-"
_ABANDONED = 3600
"""Seconds after which a folder of unfinished packages is nobody's."""


class Package(NamedTuple):
    """A package that was built. ``size`` is in bytes, ``digest`` is SHA-256 in hexadecimal."""

    name: str
    format: Format
    language: str
    units: int
    questions: int
    size: int
    digest: str


class Built(NamedTuple):
    """What a build did: the packages (none when there was an error), all findings, and what each format does not keep."""

    packages: list[Package]
    findings: list[Finding]
    losses: dict[str, list[Case]]

    @property
    def failed(self) -> bool:
        """Whether an error kept the packages from being built."""
        return any(finding.severity == "error" for finding in self.findings)


def build(
    source: str | os.PathLike[str],
    dist: str | os.PathLike[str],
    formats: tuple[str, ...] = (),
    *,
    strict: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Built:
    """Build the course in ``source`` into the folder ``dist``.

    ``formats`` names the kinds of package wanted (keys of :data:`coursegen.writers.FORMATS`); none means those that the course asks
    for, or all. With ``strict``, what a format drops is an error, unless the course accepts it. ``tell`` is called with each package's
    name before it is written. Raises OSError when ``dist`` cannot be written or a file cannot be read any more.
    """
    course, findings = check_source(source, cast("tuple[PackageName, ...]", formats))
    if course is None or any(finding.severity == "error" for finding in findings):
        return Built([], findings, {})
    wanted = [FORMATS[name] for name in FORMATS if name in (course.packages or FORMATS)]
    uses = used(course)
    lost = {each.name: losses(each.name, each.carried(course), course.moodle.version, uses) for each in wanted}
    if strict and (refused := list(_refused(course, lost))):
        return Built([], sorted([*findings, *refused]), lost)
    target = Path(dist)
    target.mkdir(parents=True, exist_ok=True)
    names = [file for each in wanted for file, _ in each.packages(course)]
    for name in (*names, *report.FILES, SUMS):  # found out now, and not when half of the packages are in place
        if (target / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has the name of a package", str(target / name))
    with _terminable(), _workshop(target) as workshop:
        try:
            templates = Templates(course, Path(source) / "templates")
            packages = [
                _package(course, templates, each, unit, workshop / file, tell) for each in wanted for file, unit in each.packages(course)
            ]
            report.write(workshop, course, templates, lost, FORMATS)
        except TemplateFault as fault:
            return Built([], sorted([*findings, fault.finding]), lost)
        packages.sort(key=lambda package: package.name)
        digests = {package.name: package.digest for package in packages} | {name: _digest(workshop / name) for name in report.FILES}
        (workshop / SUMS).write_text(_sums(digests, target), "utf-8", newline="\n")
        for name in (*digests, SUMS):
            os.replace(workshop / name, target / name)
    return Built(packages, findings, lost)


def _refused(course: Course, lost: dict[str, list[Case]]) -> Iterator[Finding]:
    """A finding for every feature that is dropped and not accepted, at the first place: one for all formats that drop it alike there."""
    formats: dict[tuple[Place, str, str, str], list[str]] = {}
    for case in (case for cases in lost.values() for case in cases):
        if case.how == "dropped" and case.feature not in course.accept:
            formats.setdefault((case.place, case.feature, case.reason, case.owner), []).append(case.format)
    alike: dict[tuple[str, str, tuple[str, ...]], list[tuple[Place, str]]] = {}
    for (place, feature, reason, owner), names in formats.items():
        alike.setdefault((feature, reason, tuple(names)), []).append((place, owner))
    for (feature, reason, group), places in alike.items():
        first, owner = places[0]
        yield dropped(first, group, feature, reason, owner, len(places) - 1)


def _package(
    course: Course, templates: Templates, wanted: Format, unit: Unit | None, path: Path, tell: Callable[[str], None] | None
) -> Package:
    if tell:
        tell(path.name)
    if wanted.loose:
        write_single(path, (entry for entry in wanted.entries(course, templates, unit) if path.name.endswith(f"-{entry[0]}")))
    elif wanted.single:
        write_single(path, wanted.entries(course, templates, unit))
    else:
        write_zip(path, wanted.entries(course, templates, unit), first=wanted.first)
    units = (unit,) if unit else course.units
    questions = 0 if wanted.loose else sum(len(quiz.set.pool()) for each in units for quiz in each.quizzes())
    return Package(path.name, wanted, course.language, len(units), questions, path.stat().st_size, _digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sums(digests: dict[str, str], target: Path) -> str:
    """The lines of SHA256SUMS: of the files just made, and of packages of earlier builds that are there still."""
    lines = dict(digests)
    before = target / SUMS
    for line in before.read_text("utf-8").splitlines() if before.is_file() else ():
        digest, _, name = line.partition("  ")
        if name and name not in lines and (target / name).is_file():
            lines[name] = digest
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(lines.items()))


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """A folder for what is not finished, inside ``target`` so that renaming is atomic.

    Those that killed builds left are swept away, once they are old enough not to be of a build that runs beside this one.
    """
    for left in target.glob(f"{_TEMPORARY}*"):
        with suppress(FileNotFoundError):  # the build beside this one has just finished
            if time.time() - left.stat().st_mtime > _ABANDONED:
                shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=target))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a polite kill (SIGTERM) clean up as Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread: whoever runs us takes care
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
