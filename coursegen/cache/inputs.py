"""What a build depends on, as digests: the files of the course, and coursegen itself with what it is made of.

To hash a course with films takes long, so a digest is kept with what the system says of the file: size, the times of its last write and
of its last change of any kind, and its number on the disk. The system sets the time of change at every write, and no program can set it.
So the same stamp is the same content, but for writes that follow each other faster than the clock of the disk ticks: a file that was
changed a moment ago is hashed again. Windows keeps no such time; there every file is hashed every time.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .store import Store, key

SKIPPED = frozenset([".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__"])
"""Folders that hold no sources of a course, and many files."""
_UNIT = "unit.yaml"
_RACY = 2_000_000_000
"""Nanoseconds: no clock of a disk ticks slower."""
_PACKAGES = ("jinja2", "lxml", "markupsafe", "click")
_TYPES = ("/etc/mime.types", "/etc/httpd/mime.types", "/etc/apache2/mime.types", "/usr/local/etc/mime.types")
"""Where systems say what files are; Python reads some of them."""


class Stamp(NamedTuple):
    """What the system says of a file."""

    size: int
    written: int
    changed: int
    number: int

    @classmethod
    def of(cls, state: os.stat_result) -> Stamp:
        """The stamp in what ``stat`` returned."""
        return cls(state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)


class Digests:
    """SHA-256 of files, in hexadecimal. ``name`` says whose they are: those of one name are kept together."""

    def __init__(self, store: Store | None, name: str) -> None:
        self._store = store
        self._key = key("digests", name)
        kept = store.get_json(self._key) if store and os.name != "nt" else None
        self._known: dict[str, tuple[Stamp, str]] = {path: (Stamp(*stamp), digest) for path, (stamp, digest) in (kept or {}).items()}
        self._used: dict[str, tuple[Stamp, str]] = {}
        self._is_new = False

    def of(self, path: str, state: os.stat_result | None = None) -> str:
        """The digest of a file. Raises OSError."""
        now = time.time_ns()
        stamp = Stamp.of(state or Path(path).stat())
        known = self._known.get(path)
        if known is not None and known[0] == stamp:
            self._used[path] = known
            return known[1]
        with Path(path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            is_same = Stamp.of(os.fstat(file.fileno())) == stamp
        if is_same and max(stamp.written, stamp.changed) < now - _RACY:
            self._used[path] = stamp, digest
            self._is_new = True
        return digest

    def keep(self) -> None:
        """Keep what was asked for, for the next time."""
        if self._store and (self._is_new or self._used.keys() != self._known.keys()):
            self._store.put_json(self._key, self._used)


class Tree(NamedTuple):
    """All that is in a folder: a digest of each file by its path in it, and stamps by which a later write shows."""

    files: dict[str, str]
    stamps: dict[str, Stamp]
    skipped: frozenset[str]
    """Folders that were not looked into."""
    is_whole: bool
    """Whether nothing else can belong to it. A link to a folder leads to what was not looked at, and a unit may have packages in it."""
    moment: int
    """When it was looked at."""

    def without(self, paths: frozenset[str]) -> str:
        """A key for all but the content of some files."""
        lines = (f"{path}\n{'' if path in paths else digest}" for path, digest in sorted(self.files.items()))
        return key(*lines)

    def covers(self, paths: set[str]) -> bool:
        """Whether files were all looked at."""
        return self.is_whole and not any(path == folder or path.startswith(f"{folder}/") for path in paths for folder in self.skipped)


def tree(root: Path, target: Path, digests: Digests) -> Tree:
    """The tree of a course. ``target`` is where packages go: what stands there is no source. Raises OSError."""
    skipped = frozenset(_skipped(root, target))
    is_whole = not any((root / path.partition("/")[0] / _UNIT).exists() for path in skipped)
    found = Tree({}, {}, skipped, is_whole, time.time_ns())
    for path, entry in _walk(str(root), "", found.skipped):
        state = entry.stat(follow_symlinks=False)
        if entry.is_symlink():
            leads = Path(os.path.realpath(entry.path))
            found = found._replace(is_whole=found.is_whole and not leads.is_dir())
            found.files[path] = f"to {leads} " + (digests.of(str(leads)) if leads.is_file() else str(leads.is_dir()))
            state = leads.stat() if leads.exists() else state
        elif entry.is_file(follow_symlinks=False):
            found.files[path] = digests.of(entry.path, state)
        else:
            if path in found.skipped:
                continue
            found.files[path] = "folder" if entry.is_dir(follow_symlinks=False) else "neither"
        found.stamps[path] = Stamp.of(state)
    return found


def _skipped(root: Path, target: Path) -> Iterator[str]:
    yield from SKIPPED
    real, place = os.path.realpath(root), os.path.realpath(target)
    if place.startswith(real.rstrip(os.sep) + os.sep):
        yield os.path.relpath(place, real).replace(os.sep, "/")


def _walk(folder: str, inside: str, skipped: frozenset[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{inside}{entry.name}"
            yield path, entry
            if entry.is_dir(follow_symlinks=False) and path not in skipped:
                yield from _walk(entry.path, f"{path}/", skipped)


def tool(digests: Digests, templates: Path) -> str:
    """A key for what makes packages of sources: coursegen, its templates, Python, the libraries, and what the environment says."""
    package = Path(__file__).resolve().parent.parent
    parts = [sys.version, platform.machine(), zlib.ZLIB_RUNTIME_VERSION, os.environ.get("SOURCE_DATE_EPOCH", "")]
    for folder, suffixes in ((package, (".py",)), (templates, ("",))):
        for path, entry in sorted(_walk(str(folder), "", SKIPPED), key=lambda each: each[0]):
            if path.endswith(suffixes) and entry.is_file() and "__pycache__" not in path:
                parts += [path, digests.of(entry.path)]
    parts += sorted(_libraries())
    parts += [digests.of(path) for path in _TYPES if Path(path).is_file()]
    return key(*parts)


def _libraries() -> Iterator[str]:
    """The libraries that are installed, with their versions: each has a folder whose name says both."""
    for folder in (each or os.curdir for each in sys.path):
        names = os.listdir(folder) if Path(folder).is_dir() else ()
        yield from (f"{folder}/{name}" for name in names if name.endswith(".dist-info") and name.lower().startswith(_PACKAGES))


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unchanged(before: Tree, root: Path, target: Path) -> bool:
    """Whether nothing was written in a course since: no file changed, none came, none went."""
    try:
        for path, entry in _walk(str(root), "", before.skipped):
            if path in before.skipped:
                continue
            state = entry.stat(follow_symlinks=False)
            if entry.is_symlink() and Path(entry.path).exists():
                state = Path(entry.path).stat()
            stamp = Stamp.of(state)
            if before.stamps.get(path) != stamp:
                return False
            is_racy = entry.is_file() and max(stamp.written, stamp.changed) > before.moment - _RACY
            if is_racy and not before.files[path].endswith(_hashed(Path(entry.path))):
                return False
        return all(os.path.lexists(root / path) for path in before.stamps)
    except OSError:
        return False
