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
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from . import report
from .archive import Deflated, Verbatim, write_single, write_zip
from .check import check
from .check.rules.formats import dropped
from .fidelity import Case, losses, used
from .finding import Finding
from .model import Place
from .readers.source import read
from .render.faults import TemplateFault
from .render.templates import Templates
from .workers import Crew
from .writers import FORMATS, Format

if TYPE_CHECKING:
    from types import FrameType

    from .cache.past import Past
    from .model import Course, PackageName, Unit

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


class UnitError(ValueError):
    """There is no unit of this id. ``known`` are the ids that there are."""

    def __init__(self, unit: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no unit {unit}; there are {', '.join(known)}")
        self.known = known


class Built(NamedTuple):
    """What a build did: the packages (none when there was an error), all findings, and what each format does not keep."""

    packages: list[Package]
    findings: list[Finding]
    losses: dict[str, list[Case]]
    left_out: tuple[str, ...] = ()
    """Formats that were wanted and have no package of a single unit, where only those of some units were."""

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
    units: tuple[str, ...] = (),
    jobs: int = 1,
    cache: str | os.PathLike[str] | None = None,
) -> Built:
    """Build the course in ``source`` into the folder ``dist``.

    ``formats`` names the kinds of package wanted (keys of :data:`coursegen.writers.FORMATS`); none means those that the course asks
    for, or all. With ``strict``, what a format drops is an error, unless the course accepts it. ``tell`` is called with each package's
    name before it is written. ``units`` are the ids of units whose packages are wanted, and no others. ``jobs`` processes share the
    work. ``cache`` is a folder for what a later build can use. The bytes are the same in any case.

    Raises UnitError for a unit that there is not, and OSError when ``dist`` cannot be written or a file cannot be read any more.
    """
    root, target = Path(source), Path(dist)
    past = _past(root, target, cache, (str(strict), *formats, "units", *units))
    if past and (built := _as_before(past, target)):
        return built
    seen: set[str] = set()
    course, found = read(root, seen=seen)
    if course is None:
        return Built([], sorted(set(found)), {})
    if formats:
        course = replace(course, packages=cast("tuple[PackageName, ...]", formats))
    if any(finding.severity == "error" for finding in found):
        return Built([], check(course, found), {})
    if past:
        from .cache.watched import watched

        course = watched(course)
        past.look(course, seen)
    return _Build(course, found, root / "templates", target, strict, tell, units, past).run(jobs)


class _Build:
    """A course on its way to packages."""

    def __init__(
        self,
        course: Course,
        found: list[Finding],
        own: Path,
        target: Path,
        strict: bool,
        tell: Callable[[str], None] | None,
        units: tuple[str, ...],
        past: Past | None,
    ) -> None:
        self.course = course
        self.found = found
        self.own = own
        self.target = target
        self.strict = strict
        self.tell = tell
        self.units = units
        self.past = past
        self.deflated = Deflated()
        self.findings: list[Finding] | None = None
        self.lost: dict[str, list[Case]] = {}

    def run(self, jobs: int) -> Built:
        """Check and write. With several jobs the packages are begun while the course is checked, and dropped where it has an error."""
        known_units = [unit.id for unit in self.course.units]
        if unknown := [unit for unit in self.units if unit not in known_units]:
            raise UnitError(unknown[0], known_units)
        if jobs == 1 and (failed := self._checked()):
            return failed
        wanted = self._wanted()
        new = _made(self.target)
        with _terminable(), ExitStack() as afterwards, workshop(self.target) as unfinished:
            names = [file for each in wanted for file, _ in self._packages(each)]
            for name in (*names, *report.FILES, SUMS):  # found out now, and not when half of the packages are in place
                if (self.target / name).is_dir():
                    raise IsADirectoryError(errno.EISDIR, "a folder has the name of a package", str(self.target / name))
            known = {name: package for name in names if (package := self._known(name, unfinished))}
            tasks = list(self._tasks(wanted, unfinished, known))
            try:
                self.templates = self._templates()
                with Crew(tasks, jobs) as crew:
                    if jobs > 1 and (failed := self._checked()):
                        afterwards.callback(_unmade, new)
                        return failed
                    made = {each.package.name: each for group in crew.results() for each in group}
                report.write(unfinished, self.course, self.templates, self.lost, FORMATS)
            except TemplateFault as fault:
                if self.findings is None and (failed := self._checked()):
                    return failed
                return Built([], sorted([*(self.findings or []), fault.finding]), self.lost)
            packages = sorted([*known.values(), *(each.package for each in made.values())], key=lambda package: package.name)
            digests = {package.name: package.digest for package in packages} | {name: _digest(unfinished / name) for name in report.FILES}
            (unfinished / SUMS).write_text(_sums(digests, self.target), "utf-8", newline="\n")
            for name in (*digests, SUMS):
                if (unfinished / name).exists():
                    os.replace(unfinished / name, self.target / name)
        built = Built(packages, self.findings or [], self.lost, self._left_out())
        self._remember(built, digests, made)
        return built

    def _checked(self) -> Built | None:
        """What stands in the way of packages, if anything does."""
        self.findings = check(self.course, self.found)
        if any(finding.severity == "error" for finding in self.findings):
            return Built([], self.findings, {})
        uses = used(self.course)
        self.lost = {each.name: losses(each.name, each.carried(self.course), self.course.moodle.version, uses) for each in self._wanted()}
        if self.strict and (refused := list(_refused(self.course, self.lost))):
            return Built([], sorted([*self.findings, *refused]), self.lost)
        return None

    def _wanted(self) -> list[Format]:
        asked = [FORMATS[name] for name in FORMATS if name in (self.course.packages or FORMATS)]
        return [each for each in asked if each.per_unit or not self.units]

    def _left_out(self) -> tuple[str, ...]:
        """The formats that single units have no package of."""
        return tuple(name for name in FORMATS if self.units and name in self.course.packages and not FORMATS[name].per_unit)

    def _packages(self, wanted: Format) -> Iterator[tuple[str, Unit | None]]:
        return ((name, unit) for name, unit in wanted.packages(self.course) if not self.units or (unit and unit.id in self.units))

    def _tasks(self, wanted: list[Format], unfinished: Path, known: Container[str]) -> Iterator[Callable[[], list[_Made]]]:
        """What is to be written, in groups that share much; the largest first, so that all processes end at the same time."""
        groups: dict[tuple[str, Unit | None], list[tuple[Format, str, Unit | None]]] = {}
        for each in wanted:
            for name, unit in self._packages(each):
                if name not in known:
                    groups.setdefault((each.family, unit), []).append((each, name, unit))
        for _, group in sorted(groups.items(), key=lambda item: item[0][1] is not None):
            yield partial(self._make, group, unfinished)

    def _make(self, group: list[tuple[Format, str, Unit | None]], unfinished: Path) -> list[_Made]:
        return [self._package(wanted, unit, unfinished / name) for wanted, name, unit in group]

    def _package(self, wanted: Format, unit: Unit | None, path: Path) -> _Made:
        if self.tell:
            self.tell(path.name)
        if self.past:
            from .cache.watched import touching

            with touching() as touched:
                verbatim = put(self.course, self.templates, wanted, unit, path, self.deflated)
        else:
            touched, verbatim = set(), put(self.course, self.templates, wanted, unit, path, self.deflated)
        units = (unit,) if unit else self.course.units
        questions = 0 if wanted.loose else sum(len(quiz.set.pool()) for each in units for quiz in each.quizzes())
        package = Package(path.name, wanted, self.course.language, len(units), questions, path.stat().st_size, _digest(path))
        if self.past:
            self.past.keep(path, package.digest, verbatim)
        return _Made(package, touched)

    def _known(self, name: str, unfinished: Path) -> Package | None:
        """A package that would be the same as an earlier build made it, and is in place or can be restored."""
        said = self.past.package(name) if self.past else None
        if said is None or self.past is None:
            return None
        package = _package(said)
        return package if self.past.has(name, package.digest) or self.past.restore(unfinished / name, package.digest) else None

    def _templates(self) -> Templates:
        if not self.past:
            return Templates(self.course, self.own)
        from .cache.watched import WatchedTemplates

        return WatchedTemplates(self.course, self.own)

    def _remember(self, built: Built, digests: dict[str, str], made: dict[str, _Made]) -> None:
        if self.past:
            for name, each in made.items():
                self.past.note(name, each.touched, _said(each.package))
            for name in report.FILES:
                self.past.keep(self.target / name, digests[name])
            self.past.remember(
                {
                    "packages": [_said(package) for package in built.packages],
                    "findings": built.findings,
                    "losses": built.losses,
                    "left_out": built.left_out,
                    "digests": digests,
                }
            )
            self.past.end()


class _Made(NamedTuple):
    """A package that was written, and the pages that it was made of, where those are noted."""

    package: Package
    touched: set[str]


def _past(root: Path, target: Path, cache: str | os.PathLike[str] | None, asked: tuple[str, ...]) -> Past | None:
    """What earlier builds left; None without a cache, and where the course cannot be looked through."""
    if cache is None:
        return None
    from .cache.past import Past
    from .cache.store import Store
    from .render.templates import shipped

    try:
        return Past(Store(Path(cache)), root, target, shipped(), asked)
    except OSError:
        return None


def _as_before(past: Past, target: Path) -> Built | None:
    """The result of an earlier build of the very same sources, if all its packages are in place or can be put there."""
    said = past.whole()
    if said is None:
        return None
    digests: dict[str, str] = said["digests"]
    missing = [name for name, digest in digests.items() if not past.has(name, digest)]
    target.mkdir(parents=True, exist_ok=True)
    sums = _sums(digests, target)
    if missing or not past.has(SUMS, hashlib.sha256(sums.encode()).hexdigest()):
        with _terminable(), workshop(target) as unfinished:
            if any((target / name).is_dir() or not past.restore(unfinished / name, digests[name]) for name in missing):
                return None
            (unfinished / SUMS).write_text(sums, "utf-8", newline="\n")
            for name in (*missing, SUMS):
                os.replace(unfinished / name, target / name)
    past.end()
    return Built(
        [_package(each) for each in said["packages"]],
        [Finding(Place(*place), *rest) for place, *rest in said["findings"]],
        {name: [Case._make((*first, Place(*place), owner)) for *first, place, owner in cases] for name, cases in said["losses"].items()},
        tuple(said["left_out"]),
    )


def _said(package: Package) -> list[object]:
    """A package in words and numbers."""
    return [package.name, package.format.name, *package[2:]]


def _package(said: list[Any]) -> Package:
    """A package of what :func:`_said` made."""
    name, format_name, *rest = said
    return Package(name, FORMATS[format_name], *rest)


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


def put(
    course: Course, templates: Templates, wanted: Format, unit: Unit | None, path: Path, deflated: Deflated | None = None
) -> list[Verbatim]:
    """Write one package to ``path``; where files of the course stand in it as they are. Raises TemplateFault, and OSError."""
    entries = wanted.entries(course, templates, unit)
    if wanted.loose:
        write_single(path, (entry for entry in entries if path.name.endswith(f"-{entry[0]}")))
    elif wanted.single:
        write_single(path, entries)
    else:
        return write_zip(path, entries, first=wanted.first, deflated=deflated)
    return []


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


def _made(folder: Path) -> list[Path]:
    """Make a folder, if need be; the folders that are new, inner ones first."""
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return new


def _unmade(folders: list[Path]) -> None:
    """Remove folders again, as far as they are empty."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
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
