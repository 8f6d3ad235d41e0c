"""Opens a package without unpacking it: any zip, tar or single file, however hostile. Nothing is written to the disk.

What is wrong with the archive becomes findings; what cannot be read safely is left out, and the rest can be looked at.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import BinaryIO, Literal, NamedTuple, Self, TypeAlias

from ..finding import Finding
from . import faults
from .limits import MOST_READ, MOST_UNPACKED, Clock
from .names import place
from .notes import Notes
from .tarred import Tar
from .zipped import Broken, Zip

Container: TypeAlias = Literal["zip", "tar.gz", "tar", "single", "none"]


class Member(NamedTuple):
    """A file in a package: its path with ``/``, its size, and its size as it is packed (0 where that cannot be told)."""

    path: str
    size: int
    packed: int


class Opened:
    """A package that can be looked into. Use it in a ``with`` block; a file is read when it is asked for."""

    def __init__(self, name: str, file: BinaryIO, clock: Clock | None = None, notes: Notes | None = None, depth: int = 0) -> None:
        self.name = name
        self.notes = notes or Notes()
        self.clock = clock or Clock()
        self.size = file.seek(0, 2)
        self._file, self._depth = file, depth
        self._archive: Zip | Tar | None = None
        self._members: dict[str, Member] = {}
        self.container: Container = _container(file)
        try:
            self._open()
        except Broken as error:
            self.notes.add(faults.broken_archive(place(name, ""), str(error)))

    def _open(self) -> None:
        if self.container == "zip":
            self._archive = opened = Zip(self._file, self.name, self.notes, self.clock)
            self._members = {path: Member(path, entry.size, entry.packed) for path, entry in opened.entries.items()}
        elif self.container in ("tar.gz", "tar"):
            self._archive = tar = Tar(self._file, self.name, self.notes, self.clock, self.container == "tar.gz")
            self._members = {path: Member(path, entry.size, 0) for path, entry in tar.entries.items()}
        elif self.container == "single":
            only = self.name.rpartition("/")[2]
            self._members = {only: Member(only, self.size, self.size)}

    @property
    def members(self) -> Mapping[str, Member]:
        """The files by path, without those that are not safe."""
        return MappingProxyType(self._members)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the archive, as far as it was looked at."""
        return list(self.notes)

    def read(self, path: str, most: int = MOST_READ) -> bytes | None:
        """The bytes of a file; None, with a finding, where there are more than ``most`` or they cannot be read.

        Raises KeyError where there is no such file.
        """
        member = self._members[path]
        where = place(self.name, path if self.container != "single" else "")
        if self._archive is not None and path in self._archive.unreadable:
            return None
        if member.size > most:
            self.notes.add(faults.large_member(where, member.size))
            return None
        if isinstance(self._archive, Zip):
            try:
                return b"".join(self._archive.pieces(path))
            except Broken as error:
                self._archive.unreadable.add(path)
                self.notes.add(faults.unreadable_member(where, str(error)))
                return None
        if isinstance(self._archive, Tar):
            content = self._archive.entries[path].content
            return None if content is None else zlib.decompress(content)
        self._file.seek(0)
        return self._file.read(most + 1)[:most]

    def look_whole(self) -> None:
        """Unpack every file of a zip once, keeping nothing, to see whether it is whole; up to a limit, since films are large."""
        if not isinstance(self._archive, Zip):
            return
        left = MOST_UNPACKED
        for path, member in self._members.items():
            if path in self._archive.unreadable or member.size > left:
                continue
            left -= member.size
            try:
                for _ in self._archive.pieces(path):
                    pass
            except Broken as error:
                self._archive.unreadable.add(path)
                self.notes.add(faults.unreadable_member(place(self.name, path), str(error)))

    def inside(self, path: str) -> Opened | None:
        """A package in this package; None where it cannot be read, and one level down in any case."""
        data = None if self._depth else self.read(path)
        return None if data is None else Opened(f"{self.name}!{path}", io.BytesIO(data), self.clock, self.notes, self._depth + 1)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_package(path: str | os.PathLike[str], clock: Clock | None = None) -> Opened:
    """Open the package at a path. Raises OSError where the file cannot be read."""
    file = Path(path).open("rb")  # noqa: SIM115 - the package that is given back closes it
    try:
        return Opened(Path(path).as_posix(), file, clock)
    except BaseException:
        file.close()
        raise


def _container(file: BinaryIO) -> Container:
    """What kind of file it is, by its first bytes."""
    file.seek(0)
    head = file.read(1024)
    if head[:2] == b"PK" and head[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08", b"00"):
        return "zip"
    if head[:2] == b"\x1f\x8b":
        return "tar.gz"
    if head[257:262] == b"ustar":
        return "tar"
    return "single" if head else "none"


def matching(members: Iterable[str], *suffixes: str) -> list[str]:
    """The paths with one of some suffixes, whatever their case."""
    return [path for path in members if path.lower().endswith(suffixes)]
