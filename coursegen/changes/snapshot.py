"""An edition of a course as the player knows it, from a SCORM package that coursegen wrote or from a source."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..outline import FORMAT, Runtime
from .shape import faults
from .wording import Words, pages, words

if TYPE_CHECKING:
    from ..model import Course, PackageName

_OUTLINE = re.compile(rb'<script type="application/json" id="cg-outline">(.*?)</script>', re.DOTALL)
_ITEM = re.compile(rb'<item\b[^>]*\bidentifier="([^"]*)"')


SECONDS = 60.0
"""After that a package is given up."""
MOST_TEXTS = 100_000_000
"""Bytes of all texts of a package: far more than a course has."""


class NotComparableError(ValueError):
    """Two editions cannot be compared, or one cannot be read; the message says why, in words for an author."""


class NotOursError(NotComparableError):
    """A package is not one for SCORM that coursegen wrote."""


@dataclass(frozen=True)
class Snapshot:
    """``name`` is what the author calls it. ``item`` is the identifier in the manifest under which a platform files attempts."""

    name: str
    outline: Mapping[str, Any]
    item: str
    media: Mapping[str, str]
    """A digest of each media file, by its path; of very large files in a package there is none."""
    read: Callable[[str], bytes]

    @property
    def runtime(self) -> Runtime:
        """The version of SCORM."""
        runtime: Runtime = self.outline["runtime"]
        return runtime

    @property
    def format(self) -> PackageName:
        """The format that it is written in: one of the whole course, or of one unit."""
        units = self.outline["units"]
        if len(units) == 1 and self.package.endswith(f"-{units[0]['id']}"):
            return "scorm12-unit" if self.runtime == "scorm12" else "scorm2004-unit"
        return self.runtime

    @property
    def package(self) -> str:
        """The name of the package, which has the course's id, its language and, for one unit, that unit's id."""
        return str(self.outline["package"]["id"])

    @property
    def version(self) -> str:
        """The version of the course."""
        return str(self.outline["package"]["version"])

    @cached_property
    def activities(self) -> dict[str, dict[str, Any]]:
        """The entries of all activities by id, in the order of the course."""
        return {activity["id"]: activity for unit in self.outline["units"] for activity in unit["activities"]}

    @cached_property
    def units(self) -> dict[str, str]:
        """The unit's id for each activity."""
        return {activity["id"]: unit["id"] for unit in self.outline["units"] for activity in unit["activities"]}

    @cached_property
    def texts(self) -> dict[str, Words]:
        """The texts of each activity by id, with those of the glossary."""
        files = [unit["content"] for unit in self.outline["units"]]
        if self.outline["glossary"]:
            files.append("content/glossary.js")
        return {name: words(page) for file in files for name, page in pages(self.read(file)).items()}


def of_package(path: str | os.PathLike[str]) -> Snapshot:
    """The edition in a package.

    Raises NotComparableError where it is none that coursegen wrote for SCORM, OSError where it cannot be read.
    """
    from ..inspection.limits import Clock
    from ..inspection.opened import open_package

    name = Path(path).as_posix()
    with open_package(path, Clock(SECONDS)) as opened:
        wrong = [finding for finding in opened.findings if finding.severity == "error"]
        if wrong:
            raise NotComparableError(f"{name}: {wrong[0].message}. 'coursegen inspect {name}' tells more")
        names = [each for each in opened.members if each.startswith("content/") or each in ("index.html", "imsmanifest.xml")]
        if sum(opened.members[each].size for each in names) > MOST_TEXTS:
            raise NotComparableError(f"{name} has more text than any course. 'coursegen inspect {name}' tells more")
        files = {each: content for each in names if (content := opened.read(each)) is not None}
        media = {each: _digest(content) for each in opened.members if each.startswith("media/") and (content := opened.read(each))}
    return _snapshot(name, files, media)


def of_source(root: str | os.PathLike[str], course: Course, like: Snapshot | None = None) -> Snapshot:
    """The edition that a build would write now: for the version of SCORM, and the unit, of the package ``like``; else the whole course.

    Raises TemplateFault where the course's own templates are wrong.
    """
    from ..archive import Zipped
    from ..render.templates import Templates
    from ..writers import scorm

    write = scorm.scorm2004 if like and like.runtime == "scorm2004" else scorm.scorm12
    names = {f"{course.id}-{course.language.lower()}-{unit.id}": unit for unit in course.units}
    unit = names.get(like.package) if like else None
    entries = write(course, Templates(course, Path(root) / "templates"), unit)
    files = {path: content for path, content in entries if not isinstance(content, Zipped)}  # no package is in a SCORM package
    return _snapshot(Path(root).as_posix(), files, {path: _digest(content) for path, content in files.items() if path.startswith("media/")})


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return sha256(content).hexdigest()
    with content.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _snapshot(name: str, files: Mapping[str, bytes | Path], media: Mapping[str, str]) -> Snapshot:
    def read(path: str) -> bytes:
        if path not in files:
            raise NotComparableError(f"{name} has no file {path}, or it cannot be read; the package is damaged")
        content = files[path]
        return content if isinstance(content, bytes) else content.read_bytes()

    match = _OUTLINE.search(read("index.html")) if "index.html" in files and "imsmanifest.xml" in files else None
    if not match:
        raise NotOursError(
            f"{name} is no SCORM package of coursegen, so nobody knows how it keeps attempts. 'coursegen inspect' tells what it is"
        )
    try:
        outline = json.loads(match[1])
    except (ValueError, RecursionError):
        raise NotComparableError(f"{name}: the outline in index.html is damaged. Build the package again") from None
    if not isinstance(outline, dict) or outline.get("format") != FORMAT:
        raise NotComparableError(
            f"{name} was written by another version of coursegen, whose attempts this one does not know. Build it again"
        )
    if wrong := faults(outline):
        raise NotComparableError(f"{name}: the outline in index.html is damaged ({wrong}). Build the package again")
    item = _ITEM.search(read("imsmanifest.xml"))
    return Snapshot(name, outline, item[1].decode("utf-8", "replace") if item else "", media, read)
