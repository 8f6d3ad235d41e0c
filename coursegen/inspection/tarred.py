"""Reads tar archives of strangers, packed with gzip or not: once, from the begin to the end, keeping a part of what passes by.

A tar has no table of contents. What is kept is packed again in memory; the rest is counted.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO, NamedTuple

from . import faults
from .limits import HARMLESS, MOST_KEPT, MOST_MEMBERS, MOST_PASSED, MOST_READ, RATIO, Clock
from .names import place, safe
from .notes import Notes
from .zipped import Broken

_BLOCK = 512
_PIECE = 65536
_LONGEST = 65536
"""Bytes of a name that has an entry of its own."""
_KINDS = {b"1": "a link", b"2": "a link", b"3": "a device", b"4": "a device", b"6": "a pipe"}


class Entry(NamedTuple):
    """A file in a tar. ``content`` is its bytes packed again, or None where they were too many to keep."""

    path: str
    size: int
    content: bytes | None


class TooLongError(Exception):
    """More has passed by than is looked at."""


class Stream:
    """Bytes of a file, unpacked as they are asked for."""

    def __init__(self, file: BinaryIO, packed: bool, clock: Clock) -> None:
        file.seek(0)
        self._file, self._clock = file, clock
        self._engine = zlib.decompressobj(31) if packed else None
        self._waiting = b""
        self.read_in = self.made = 0

    def _more(self) -> bytes:
        self._clock.check()
        if self._engine is None:
            return self._file.read(_PIECE)
        while not self._engine.eof:
            raw = self._engine.unconsumed_tail or self._file.read(_PIECE)
            if not raw:
                raise Broken("it is cut short")
            self.read_in += len(raw) if not self._engine.unconsumed_tail else 0
            try:
                piece = self._engine.decompress(raw, _PIECE * 4)
            except zlib.error as error:
                raise Broken("its bytes are damaged") from error
            if piece:
                return piece
        return b""

    def piece(self, most: int) -> bytes:
        """Some bytes, ``most`` at most; none at the end."""
        if not self._waiting:
            self._waiting = self._more()
            self.made += len(self._waiting)
            if self._engine is not None and self.made > 10 * HARMLESS and self.made > RATIO * max(self.read_in, 1):
                raise OverflowError
            if self.made > MOST_PASSED:
                raise TooLongError
        taken, self._waiting = self._waiting[:most], self._waiting[most:]
        return taken

    def read(self, size: int, or_nothing: bool = False) -> bytes:
        """Exactly that many bytes, or with ``or_nothing`` none at the end. Raises Broken where there are fewer."""
        parts: list[bytes] = []
        while size:
            piece = self.piece(size)
            if not piece and or_nothing and not parts:
                return b""
            if not piece:
                raise Broken("it is cut short")
            parts.append(piece)
            size -= len(piece)
        return b"".join(parts)


class Tar:
    """The files of a tar by path, but for those that are not safe."""

    def __init__(self, file: BinaryIO, name: str, notes: Notes, clock: Clock, packed: bool = True) -> None:
        self._name, self._notes = name, notes
        self._stream = Stream(file, packed, clock)
        self._kept = 0
        self._folded: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}
        self.unreadable: set[str] = set()
        try:
            self._read()
        except OverflowError:
            self.entries.clear()
            notes.add(faults.bomb(place(name, ""), f"{self._stream.made / 1e6:,.0f} MB came out of it, and more would follow"))
        except TooLongError:
            notes.add(faults.large_member(place(name, ""), self._stream.made))

    def _read(self) -> None:
        long = ""
        number = 0
        while True:
            header = self._stream.read(_BLOCK, or_nothing=True)
            if not header.strip(b"\0"):
                return
            number += 1
            if number > MOST_MEMBERS:
                self._notes.add(faults.too_many_members(place(self._name, ""), MOST_MEMBERS))
                self.entries.clear()
                return
            if _sum(header) != _number(header[148:156]):
                raise Broken("what stands before a file is damaged")
            size, kind = _number(header[124:136]), header[156:157]
            if kind in b"LKxgX" and kind:
                content = self._stream.read(_padded(min(size, _LONGEST + 1)))[:size]
                if size > _LONGEST:
                    raise Broken("a name in it is too long")
                long = _long(kind, content) or long
                continue
            name = long or _name(header)
            long = ""
            self._member(name, size if kind in b"0\0" + b"7" else 0, kind)

    def _member(self, name: str, size: int, kind: bytes) -> None:
        path = safe(self._name, name, self._notes)
        where = place(self._name, name)
        if kind in _KINDS:
            self._notes.add(faults.special_file(where, _KINDS[kind]))
            path = None
        if path is None or kind == b"5" or path.endswith("/"):
            self._skip(_padded(size))
            return
        if path in self.entries:
            self._notes.add(faults.twice(where))
        elif self._folded.setdefault(path.casefold(), path) != path:
            self._notes.add(faults.case_twice(where, self._folded[path.casefold()]))
        content = None
        if size <= MOST_READ and self._kept < MOST_KEPT:
            content = zlib.compress(self._stream.read(size), 1)
            self._kept += len(content)
            self._skip(_padded(size) - size)
        else:
            self._skip(_padded(size))
        self.entries[path] = Entry(path, size, content)

    def _skip(self, size: int) -> None:
        while size:
            piece = self._stream.piece(size)
            if not piece:
                raise Broken("it is cut short")
            size -= len(piece)


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _number(field: bytes) -> int:
    """A number of a header, in octal signs, or in bytes where it is large."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    try:
        found = int(digits or b"0", 8)
    except ValueError:
        found = -1
    if found < 0:
        raise Broken("what stands before a file is damaged")
    return found


def _sum(header: bytes) -> int:
    return sum(header[:148]) + 8 * 32 + sum(header[156:])


def _name(header: bytes) -> str:
    name = header[:100].partition(b"\0")[0]
    prefix = header[345:500].partition(b"\0")[0] if header[257:262] == b"ustar" else b""
    return (prefix + b"/" + name if prefix else name).decode("utf-8", "replace")


def _long(kind: bytes, content: bytes) -> str:
    """The name in an entry that holds one: of GNU tar, or of POSIX."""
    if kind == b"L":
        return content.rstrip(b"\0").decode("utf-8", "replace")
    if kind != b"x":
        return ""
    for line in content.split(b"\n"):
        key, _, value = line.partition(b" ")[2].partition(b"=")
        if key == b"path":
            return value.decode("utf-8", "replace")
    return ""
