"""Packages as they are kept: whole, but for files of the course that stand in them as they are. So films are not kept twice.

A package is put together again from what is kept and the course's own files, and is right only if its SHA-256 is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from ..archive import Verbatim
from .store import Store

_LEAST = 4096
"""Bytes from which a file is left out."""
_MOST = 100_000_000
"""Bytes from which a package is not kept: to make it anew is what it costs."""
_PIECE = 1024 * 1024


def keep(store: Store, name: str, package: Path, verbatim: Iterable[Verbatim]) -> None:
    """Keep a package under a key."""
    holes = [(each.start, each.size, str(each.source)) for each in verbatim if each.size >= _LEAST]
    if package.stat().st_size - sum(size for _, size, _ in holes) > _MOST:
        return
    parts = []
    with package.open("rb") as file:
        for start, size, _ in holes:
            parts.append(file.read(start - file.tell()))
            file.seek(start + size)
        parts.append(file.read())
    store.put(name, b"".join([json.dumps(holes).encode(), b"\n", *parts]))


def restore(store: Store, name: str, package: Path, digest: str) -> bool:
    """Write a package that is kept; whether it is there and is what it was. Raises OSError where it cannot be written."""
    kept = store.get(name)
    if kept is None:
        return False
    head, _, rest = kept.partition(b"\n")
    whole = hashlib.sha256()
    with package.open("wb") as out:
        at = done = 0
        for start, size, source in json.loads(head):
            piece = rest[at : at + start - done]
            at, done = at + len(piece), start + size
            out.write(piece)
            whole.update(piece)
            try:
                with Path(source).open("rb") as file:
                    _copy(file, out, whole)
            except FileNotFoundError:
                return False
        out.write(rest[at:])
        whole.update(rest[at:])
    return whole.hexdigest() == digest


def _copy(file: IO[bytes], out: IO[bytes], whole: hashlib._Hash) -> None:
    while piece := file.read(_PIECE):
        out.write(piece)
        whole.update(piece)
