"""Reads zips of strangers. The table of contents is read here and not by the standard library, which believes what a table says.

A zip says everything twice, in its table of contents and before each file; both are compared. A file is unpacked piece by piece, never
further than the table says, and only while it is looked at. Nothing is written anywhere.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ..finding import Finding
from . import faults
from .limits import HARMLESS, MOST_DIRECTORY, MOST_MEMBERS, RATIO, Clock
from .names import place, safe
from .notes import Notes

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_PIECE = 65536
_KINDS = {0o120000: "a link", 0o020000: "a device", 0o060000: "a device", 0o010000: "a pipe", 0o140000: "a socket"}
STORED, DEFLATED = 0, 8


class Broken(Exception):
    """The archive cannot be read; the argument says why."""


class Entry(NamedTuple):
    """A file in a zip, as the table of contents has it."""

    path: str
    size: int
    packed: int
    method: int
    flags: int
    crc: int
    offset: int
    raw: bytes
    """The name as it is written, to compare it."""


class Zip:
    """A zip in an open file. ``entries`` are its files by path, but for those that are not safe."""

    def __init__(self, file: BinaryIO, name: str, notes: Notes, clock: Clock) -> None:
        self._file, self._name, self._notes, self._clock = file, name, notes, clock
        self._size = file.seek(0, 2)
        self.entries: dict[str, Entry] = {}
        self.unreadable: set[str] = set()
        self._read_table()
        self._compare()

    # The table of contents

    def _end(self) -> tuple[int, int, int, int]:
        """Where the end record is, how many files there are, and the size and the place of the table."""
        length = min(self._size, _END.size + 65535)
        self._file.seek(self._size - length)
        tail = self._file.read(length)
        at = tail.rfind(b"PK\x05\x06")
        while at >= 0:
            if at + _END.size <= len(tail) and at + _END.size + _END.unpack_from(tail, at)[7] <= len(tail):
                break
            at = tail.rfind(b"PK\x05\x06", 0, at)
        if at < 0:
            raise Broken("its end is missing")
        _, _, _, _, count, size, offset, comment = _END.unpack_from(tail, at)
        if at + _END.size + comment < len(tail):
            self._notes.add(faults.two_tales(place(self._name, ""), "something follows its end"))
        where = self._size - length + at
        if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
            (place64,) = struct.unpack_from("<Q", tail, at - 12)
            if place64 + _END64.size > self._size:
                raise Broken("its end is missing")
            self._file.seek(place64)
            record = _END64.unpack(self._file.read(_END64.size))
            if record[0] != b"PK\x06\x06":
                raise Broken("its end is missing")
            where, count, size, offset = place64, record[7], record[8], record[9]
        return where, count, size, offset

    def _read_table(self) -> None:
        where, count, size, offset = self._end()
        if count > MOST_MEMBERS or size > MOST_DIRECTORY:
            self._notes.add(faults.too_many_members(place(self._name, ""), MOST_MEMBERS))
            return
        before = where - size - offset
        if before < 0:
            raise Broken("its table of contents is cut short")
        self._file.seek(offset + before)
        table = self._file.read(size)
        at = found = 0
        folded: dict[str, str] = {}
        while at + _ENTRY.size <= len(table):
            fields = _ENTRY.unpack_from(table, at)
            if fields[0] != b"PK\x01\x02":
                raise Broken("its table of contents has something else in it")
            found += 1
            if found > MOST_MEMBERS:
                self._notes.add(faults.too_many_members(place(self._name, ""), MOST_MEMBERS))
                self.entries.clear()
                return
            names, extras, comments = fields[10:13]
            end = at + _ENTRY.size + names
            self._add(fields, table[at + _ENTRY.size : end], table[end : end + extras], before, folded)
            at = end + extras + comments
        if at != len(table) or found != count:
            self._notes.add(faults.two_tales(place(self._name, ""), f"it says that it has {count:,} files, and lists {found:,}"))

    def _add(self, fields: tuple[int, ...], raw: bytes, extra: bytes, before: int, folded: dict[str, str]) -> None:
        flags, method, crc, packed, size, offset = fields[3], fields[4], fields[7], fields[8], fields[9], fields[16]
        packed, size, offset = _large(extra, packed, size, offset)
        name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        if flags & 0x800 == 0 and raw and max(raw) > 127:
            try:  # what most programs do write, whatever they say
                name = raw.decode("utf-8")
            except UnicodeDecodeError:
                pass
        path = safe(self._name, name, self._notes)
        where = place(self._name, name)
        if not path or path.endswith("/"):
            return
        kind = _KINDS.get(fields[15] >> 16 & 0o170000)
        if kind:
            self._notes.add(faults.special_file(where, kind))
            return
        if path in self.entries:
            self._notes.add(faults.twice(where))
        elif folded.setdefault(path.casefold(), path) != path:
            self._notes.add(faults.case_twice(where, folded[path.casefold()]))
        self.entries[path] = Entry(path, size, packed, method, flags, crc, offset + before, raw)
        if flags & 0x2041:
            self._bad(path, faults.encrypted(where))
        elif size > HARMLESS and size > RATIO * max(packed, 1):
            self._bad(path, faults.bomb(where, f"{packed:,} bytes would become {size:,}"))

    def _bad(self, path: str, finding: Finding) -> None:
        self.unreadable.add(path)
        self._notes.add(finding)

    # What stands before each file

    def _compare(self) -> None:
        """The table against what stands before each file, and files against one another: none may lie in another."""
        end, last = 0, ""
        for number, entry in enumerate(sorted(self.entries.values(), key=lambda each: each.offset)):
            if not number % 500:
                self._clock.check()
            where = place(self._name, entry.path)
            start = self._start(entry)
            if start is None:
                self._bad(entry.path, faults.unreadable_member(where, "it is not where the table of contents says"))
                continue
            if entry.offset < end:
                self._bad(entry.path, faults.bomb(where, f"the file shares its bytes with {last}"))
            if start + entry.packed > self._size:
                self._bad(entry.path, faults.unreadable_member(where, "it is cut short"))
            end, last = start + entry.packed, entry.path

    def _start(self, entry: Entry) -> int | None:
        """Where the bytes of a file begin; None if there is no file. Notes where the two tales of it differ."""
        if entry.offset + _LOCAL.size > self._size:
            return None
        self._file.seek(entry.offset)
        fields = _LOCAL.unpack(self._file.read(_LOCAL.size))
        if fields[0] != b"PK\x03\x04":
            return None
        flags, method, crc, packed, size, names, extras = fields[2], fields[3], *fields[6:11]
        raw, extra = self._file.read(names), self._file.read(extras)
        packed, size, _ = _large(extra, packed, size, 0)
        late = flags & 8  # sizes follow the file
        for differ, what in (
            (raw != entry.raw, f"another name, {place('', raw.decode('utf-8', 'replace')).file[1:]}, stands at the file itself"),
            ((flags ^ entry.flags) & 1 or method != entry.method, "the way it is packed"),
            (not late and (crc, packed, size) != (entry.crc, entry.packed, entry.size), "its size or checksum"),
        ):
            if differ:
                self._bad(entry.path, faults.two_tales(place(self._name, entry.path), what))
        return int(entry.offset + _LOCAL.size + names + extras)

    # Unpacking

    def pieces(self, path: str) -> Iterator[bytes]:
        """The content of a file. Raises Broken where it cannot be unpacked, or is not what the table says."""
        entry = self.entries[path]
        self._file.seek(entry.offset)
        fields = _LOCAL.unpack(self._file.read(_LOCAL.size))
        at, left = entry.offset + _LOCAL.size + fields[9] + fields[10], entry.packed
        if entry.method not in (STORED, DEFLATED):
            raise Broken("it is packed in a way that few systems know")
        engine = zlib.decompressobj(-15) if entry.method == DEFLATED else None
        crc = made = 0
        while made <= entry.size:
            self._clock.check()
            if engine is not None and engine.unconsumed_tail:
                raw = engine.unconsumed_tail
            else:
                self._file.seek(at)
                raw = self._file.read(min(_PIECE, left))
                at, left = at + len(raw), left - len(raw)
            try:
                piece = raw if engine is None else engine.decompress(raw, _PIECE * 4)
            except zlib.error as error:
                raise Broken("its bytes are damaged") from error
            if not raw and not piece:
                break
            made += len(piece)
            crc = zlib.crc32(piece, crc)
            yield piece
            if engine is not None and engine.eof:
                break
        if made > entry.size:
            raise Broken("more comes out of it than the table of contents says")
        if made < entry.size:
            raise Broken("less comes out of it than the table of contents says")
        if crc != entry.crc:
            raise Broken("its checksum is wrong")


def _large(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """Sizes and place of a file, with those that stand in a field for large numbers."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            numbers = iter(struct.unpack_from(f"<{min(length, len(extra) - at - 4) // 8}Q", extra, at + 4))
            size = next(numbers, size) if size == 0xFFFFFFFF else size
            packed = next(numbers, packed) if packed == 0xFFFFFFFF else packed
            offset = next(numbers, offset) if offset == 0xFFFFFFFF else offset
            break
        at += 4 + length
    return packed, size, offset
