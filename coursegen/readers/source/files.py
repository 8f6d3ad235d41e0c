"""The course folder: which files there are, and where a relative path leads."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

from ...finding import Finding
from ...model.place import Place
from . import faults

LARGEST_TEXT = 16 * 1024 * 1024
LONGEST_PATH = 1000
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (2.2) excludes or discourages, and what YAML takes for the end of a line and editors do not."""


class Folder:
    """A course folder. Paths inside it are relative and have forward slashes."""

    def __init__(self, root: Path, shown: str, report: Callable[[Finding], None]) -> None:
        self.root = root
        self.real = os.path.realpath(root)
        self.shown = shown
        self.report = report
        self.found: set[str] = set()
        """The files and folders that an address led to."""
        self._entries: dict[str, dict[str, os.DirEntry[str]]] = {}
        self._reals: dict[str, str] = {}

    def silent(self) -> Folder:
        """The same folder, for looking something up without a report; what was listed is shared."""
        other = Folder(self.root, self.shown, lambda finding: None)
        other._entries, other._reals, other.found = self._entries, self._reals, self.found
        return other

    def name(self, path: str) -> str:
        """A path inside the course as the author would type it from where they are."""
        return f"{self.shown}/{path}" if self.shown not in ("", ".") else path

    def data(self, path: str, place: Place) -> bytes | None:
        """What is in a file; None, and a report, when it cannot be read."""
        source = self.root / path
        try:
            if source.stat().st_size > LARGEST_TEXT:
                self.report(faults.unreadable(place, path, f"it has more than {LARGEST_TEXT // 1024 // 1024} MiB"))
                return None
            return source.read_bytes()
        except OSError as error:
            self.report(faults.unreadable(place, path, error.strerror or "an error of the system"))
            return None

    def has(self, path: str) -> bool:
        """Whether there is something of this name, upper and lower case apart."""
        return self._spelled(path) is not None

    def find(self, base: str, address: str, place: Place, *, folder: bool = False, holds: str = "") -> str | None:
        """The file a relative address leads to from the folder ``base``; None, and a report, when it leads nowhere.

        With ``folder`` it must be a folder; ``holds`` is the file that authors may name in its place.
        """
        path = unquote(address)
        if len(path) > LONGEST_PATH or FORBIDDEN.search(path):  # no system has such a file, and some take long to find out
            self.report(faults.no_such_file(place, address if len(address) <= 80 else f"{address[:79]}…", ()))
            return None
        joined = os.path.normpath(os.path.join(base, path.replace("\\", "/"))).replace(os.sep, "/")
        if path.startswith(("/", "\\")) or joined == ".." or joined.startswith("../") or os.path.splitdrive(path)[0]:
            self.report(faults.leaves_course(place, address))
            return None
        wanted = "a folder inside the course folder" if folder else "a file"
        if joined == ".":
            self.report(faults.unreadable(place, address, "it is the course folder itself", f"name {wanted}"))
            return None
        real = self._real(joined)
        if real != self.real and not real.startswith(self.real.rstrip(os.sep) + os.sep):
            self.report(faults.leaves_course(place, address))
            return None
        actual = self._spelled(joined)
        if actual is None:
            parent = joined.rpartition("/")[0]
            names = sorted(self._list(parent))
            self.report(faults.no_such_file(place, joined, [f"{parent}/{name}" if parent else name for name in names]))
            return None
        if actual != joined:
            self.report(faults.wrong_case(place, address, actual))
            return None
        entry = self._list(joined.rpartition("/")[0]).get(joined.rpartition("/")[2])
        if entry is not None and entry.is_symlink():
            usable = Path(real).is_dir() if folder else Path(real).is_file()
        else:
            usable = entry is not None and (entry.is_dir() if folder else entry.is_file())
        if not usable:  # a pipe or a device could be waited for without end
            parent, _, name = joined.rpartition("/")
            mend = f"name the unit's folder: {parent}" if folder and parent and name == holds else f"name {wanted}"
            self.report(faults.unreadable(place, joined, "it is not a folder" if folder else "it is not a file", mend))
            return None
        self.found.add(actual)
        return actual

    def folders_with(self, name: str) -> Iterator[str]:
        """The folders directly in the course folder that hold a file of this name, in order."""
        for folder in sorted(self._list("")):
            if not folder.startswith(".") and name in self._list(folder):
                yield folder

    def pages(self, directory: str) -> Iterator[str]:
        """The HTML files in a folder and the folders below it, in order."""
        for name in sorted(self._list(directory)):
            path = f"{directory}/{name}" if directory else name
            if name.lower().endswith((".html", ".htm", ".xhtml")):
                yield path
            elif not name.startswith(".") and not (self.root / path).is_symlink():
                yield from self.pages(path)

    def _real(self, path: str) -> str:
        """Where a path leads when symbolic links are followed. Only what is one, or is not listed, is asked of the system."""
        if path in ("", "."):
            return self.real
        if path not in self._reals:
            parent, _, name = path.rpartition("/")
            entry = self._list(parent).get(name)
            known = entry is not None and not entry.is_symlink()
            self._reals[path] = os.path.join(self._real(parent), name) if known else os.path.realpath(self.root / path)
        return self._reals[path]

    def _spelled(self, path: str) -> str | None:
        """A path as the disk spells it: what Linux would find, on every system."""
        spelled = ""
        for step in path.split("/"):
            names = self._list(spelled)
            if step not in names:
                same = [name for name in names if name.casefold() == step.casefold()]
                if not same:
                    return None
                step = min(same)
            spelled = f"{spelled}/{step}" if spelled else step
        return spelled

    def _list(self, path: str) -> dict[str, os.DirEntry[str]]:
        if path not in self._entries:
            try:
                with os.scandir(self.root / path) as entries:
                    self._entries[path] = {entry.name: entry for entry in entries}
            except OSError:
                self._entries[path] = {}
        return self._entries[path]


def decoded(data: bytes, shown: str, report: Callable[[Finding], None]) -> str | None:
    """The text of a file, with line ends as ``\\n``; None, and a report, when it is none. ``shown`` is the file's name for the author."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = error.object[error.start]
        before = _unix(error.object[: error.start].decode("utf-8", "replace"))
        line = before.count("\n") + 1
        report(faults.not_utf8(Place(shown, line, len(before) - before.rfind("\n")), bad))
        return None
    text = _unix(text)
    if found := FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        report(faults.control_character(Place(shown, line, column), found.group()))
        return None
    return text


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
