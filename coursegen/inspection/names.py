"""Names of files in archives: which are safe to unpack, judged for every system at once."""

from __future__ import annotations

import re
import unicodedata

from ..model.place import Place
from . import faults
from .notes import Notes

_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))})
"""Names that are devices on Windows, with any suffix."""


def shown(name: str) -> str:
    """A name as it can be printed: what would move the cursor or hide a part of it becomes a sign."""
    short = name if len(name) <= 200 else f"{name[:120]}…{name[-60:]}"
    return "".join(c if c.isprintable() else "�" for c in short)


def place(package: str, name: str, line: int = 0, column: int = 0) -> Place:
    """A place in a file of a package."""
    return Place(f"{package}!{shown(name)}" if name else package, line, column)


def safe(package: str, name: str, notes: Notes) -> str | None:
    """The path of a file with ``/``; None for a name that is not safe. Notes what is wrong with it."""
    where = place(package, name)
    why = _danger(name.replace("\\", "/"))
    if why:
        notes.add(faults.unsafe_path(where, why))
        return None
    if "\\" in name:
        notes.add(faults.backslash(where))
    return name.replace("\\", "/").removeprefix("./")


def _danger(path: str) -> str:
    """What is dangerous about a path; "" if nothing is."""
    parts = path.split("/")
    if path.startswith("/"):
        return "it begins at the root of the disk"
    if _DRIVE.match(path):
        return "it names a drive"
    if ".." in parts:
        return "“..” leads out of the folder"
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in path):
        return "it has signs in it that cannot be seen"
    if any(part.split(".")[0].lower() in _DEVICES for part in parts):
        return "Windows takes it for a device"
    if len(path) > 1000 or len(parts) > 60:
        return "it is too long"
    return ""
