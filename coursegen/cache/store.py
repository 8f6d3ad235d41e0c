"""A folder of entries, each under a key that says all that it depends on.

An entry begins with the SHA-256 of what follows, so that a damaged one is none. It is written under another name and renamed, so that
builds at the same time do not see each other's halves. Entries are numbers, words and packages, never programs: whoever can write there
could at worst make a build slow, or give it other packages. So the folder is its user's alone, and one of somebody else is not used.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

LIMIT = 1_000_000_000
"""Bytes that the folder may hold; the entries that were not used for longest go first."""
_ROOM = 0.8
"""How full it is afterwards."""
_SUM = 32
_TAG = "CACHEDIR.TAG"
_TAGGED = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by coursegen. It may be deleted at any time.\n"
"""What tells programs for backups that they can leave the folder out (bford.info/cachedir)."""


def key(*parts: str) -> str:
    """A key for anything that is said in words."""
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()


def usual() -> Path | None:
    """The folder for caches of this user, as the system has it; None for a user who has no folder at all."""
    try:
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "coursegen" / "Cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "coursegen"
        named = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (named if named.is_absolute() else Path.home() / ".cache") / "coursegen"
    except RuntimeError:
        return None


class Store:
    """The entries in a folder. Nothing here raises OSError: what cannot be kept is not kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "1"
        """The number of this form of entries."""
        self._usable = self._open(folder)
        self._written = 0

    def get(self, name: str) -> bytes | None:
        """What is kept under a key; None where nothing is, or where it is damaged."""
        path = self._path(name)
        try:
            written = path.read_bytes() if self._usable else b""
        except OSError:
            return None
        if hashlib.sha256(memoryview(written)[_SUM:]).digest() != written[:_SUM]:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return None
        with suppress(OSError):
            os.utime(path)  # for trim: it was of use
        return written[_SUM:]

    def put(self, name: str, content: bytes) -> None:
        """Keep something, in place of what was under this key."""
        if not self._usable:
            return
        path = self._path(name)
        temporary = ""
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            number, temporary = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".new")
            with os.fdopen(number, "wb") as file:
                file.write(hashlib.sha256(content).digest())
                file.write(content)
            os.replace(temporary, path)
            self._written += len(content)
        except OSError:
            with suppress(OSError):
                Path(temporary).unlink()

    def get_json(self, name: str) -> Any:
        """What :meth:`put_json` kept; None where nothing is."""
        written = self.get(name)
        return json.loads(written) if written is not None else None

    def put_json(self, name: str, value: Any) -> None:
        """Keep numbers, words and lists of them."""
        self.put(name, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))

    def trim(self, limit: int = LIMIT) -> None:
        """Let go of what was not used for longest, if the folder holds too much. It is looked at only after something was written."""
        if not self._written:
            return
        self._written = 0
        found = []
        with suppress(OSError):
            for folder in self._folder.iterdir():
                for each in os.scandir(folder) if folder.is_dir() else ():
                    with suppress(OSError):  # another build has just let go of it
                        found.append((each.stat().st_mtime, each.stat().st_size, each.path))
        held = sum(size for _, size, _ in found)
        if held > limit:
            for _, size, path in sorted(found):
                with suppress(OSError):
                    Path(path).unlink()
                held -= size
                if held <= limit * _ROOM:
                    break

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name[2:]

    def _open(self, folder: Path) -> bool:
        """Make the folder, if need be; whether it can be used."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not (folder / _TAG).exists():
                (folder / _TAG).write_text(_TAGGED, "utf-8", newline="\n")
            state = self._folder.stat()
        except OSError:
            return False
        return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
