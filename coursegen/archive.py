"""Writes every package there is: reproducible zips, from entries of bytes or of files on disk, and single files.

Two runs over the same entries give the same bytes: names are sorted (one may come first), dates are fixed, permissions and the
system byte are constant. Files are copied in pieces, so that a film of gigabytes passes through without being held in memory.
"""

from __future__ import annotations

import os
import posixpath
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from hashlib import _Hash


class Zipped(NamedTuple):
    """A package inside a package. It is written when it is needed, and never held in memory."""

    entries: tuple[tuple[str, bytes | Path], ...]
    first: str = ""

    def pour(self, out: IO[bytes]) -> None:
        """Write the zip into a stream, which need not be able to go back."""
        _write(out, self.entries, self.first, Deflated())

    def measure(self, digest: _Hash) -> int:
        """Feed the bytes to a digest; how many there are."""
        sink = _Sink(digest)
        self.pour(sink)  # type: ignore[arg-type]
        return sink.size


class _Sink:
    """A stream that keeps nothing but a digest and a count."""

    def __init__(self, digest: _Hash) -> None:
        self._digest = digest
        self.size = 0

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""


Content: TypeAlias = bytes | Path | Zipped
"""What an entry holds: its bytes, the file that has them, or a package."""
Entry: TypeAlias = tuple[str, Content]

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what the zip format can say (APPNOTE 4.4.6)
_PACKED = frozenset("jpg jpeg png gif webp avif mp3 m4a ogg oga opus mp4 m4v webm zip docx xlsx pptx odt ods odp epub woff woff2".split())
_PIECE = 1024 * 1024
_LEVEL = 6
_LARGE = 2**30
"""Bytes from which sizes need room that the ordinary header of an entry lacks."""
_WORTH_KEEPING = 500
"""Bytes below which to deflate is as fast as to remember."""


class Deflated:
    """What was deflated already. Packages of one course share much, and each member of it is deflated once."""

    def __init__(self) -> None:
        self._kept: dict[bytes, tuple[int, bytes]] = {}

    def of(self, content: bytes) -> tuple[int, bytes]:
        """The check sum of some bytes, and the bytes deflated."""
        found = self._kept.get(content)
        if found is None:
            compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
            found = zlib.crc32(content), compressor.compress(content) + compressor.flush()
            if len(content) >= _WORTH_KEEPING:
                self._kept[content] = found
        return found


class Verbatim(NamedTuple):
    """A run of a package that is, byte for byte, a file of the course."""

    start: int
    size: int
    source: Path


def write_zip(target: Path, entries: Iterable[Entry], first: str = "", deflated: Deflated | None = None) -> list[Verbatim]:
    """Write a zip with the given entries; ``first`` names the one that begins it, the others follow by name.

    Returns where files of the course stand in it as they are. ``deflated`` is shared by the packages of a build.

    ``target`` is written directly: give a temporary name and rename it. Raises ValueError for a name that is absolute, leaves
    the archive, or comes twice, also where it differs in case only; OSError when a file cannot be read or the disk is full.
    """
    return _write(target, entries, first, deflated or Deflated())


def _write(target: Path | IO[bytes], entries: Iterable[Entry], first: str, deflated: Deflated) -> list[Verbatim]:
    date = _date()
    ordered = sorted(entries, key=lambda entry: (entry[0] != first, entry[0]))
    seen: set[str] = set()
    verbatim: list[Verbatim] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, content in ordered:
            if posixpath.normpath(name) != name or name.startswith(("/", "../")) or "\\" in name or name in (".", ".."):
                raise ValueError(f"not a name inside an archive: {name}")
            if name.casefold() in seen:
                raise ValueError(f"two entries of one name: {name}")
            seen.add(name.casefold())
            info = zipfile.ZipInfo(name, date)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if _is_packed(name, content) else zipfile.ZIP_DEFLATED
            if isinstance(content, bytes):
                if isinstance(target, Path) and len(content) < _LARGE:
                    _add(archive, info, content, deflated)
                else:
                    archive.writestr(info, content)
            elif isinstance(content, Zipped):
                with archive.open(info, "w", force_zip64=True) as out:
                    content.pour(out)
            else:
                info.file_size = content.stat().st_size
                with content.open("rb") as source, archive.open(info, "w", force_zip64=info.file_size > 2**31) as out:
                    shutil.copyfileobj(source, out, _PIECE)
                if info.compress_type == zipfile.ZIP_STORED:
                    verbatim.append(Verbatim(archive.start_dir - info.file_size, info.file_size, content))
    return verbatim


def _add(archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes, deflated: Deflated) -> None:
    """What ``archive.writestr`` does, for bytes that may have been deflated before, and with a header that is written once."""
    is_stored = info.compress_type == zipfile.ZIP_STORED
    info.CRC, packed = (zlib.crc32(content), content) if is_stored else deflated.of(content)
    info.file_size, info.compress_size = len(content), len(packed)
    assert archive.fp is not None
    info.header_offset = archive.start_dir
    header = info.FileHeader(zip64=False)
    archive.fp.seek(archive.start_dir)
    archive.fp.write(header + packed)
    archive.start_dir += len(header) + len(packed)
    archive.filelist.append(info)
    archive.NameToInfo[info.filename] = info


def _is_packed(name: str, content: Content) -> bool:
    """Whether compressing would take time and save nothing. A name may say nothing of what is in the file."""
    if isinstance(content, Zipped):
        return True
    names = (name, content.name) if isinstance(content, Path) else (name,)
    return any(each.rpartition(".")[2].lower() in _PACKED for each in names)


def write_single(target: Path, entries: Iterable[Entry]) -> None:
    """Write the one file of a format that is no archive. ``target`` is written directly: give a temporary name and rename it."""
    ((_, content),) = entries
    if isinstance(content, Zipped):
        with target.open("wb") as out:
            content.pour(out)
    elif isinstance(content, bytes):
        target.write_bytes(content)
    else:
        shutil.copyfile(content, target)


def _date() -> tuple[int, int, int, int, int, int]:
    """The date of every entry: SOURCE_DATE_EPOCH (seconds, UTC) where it is set, else the earliest there is."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return _EARLIEST
    moment = time.gmtime(min(int(epoch), 4354819198))  # the format ends with 2107
    return max(_EARLIEST, moment[:6])
