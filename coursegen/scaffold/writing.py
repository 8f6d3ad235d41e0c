"""Writes several files: all of them, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


class Refused(Exception):
    """Nothing was changed; the words say why, and what to do."""


def write(new: dict[Path, bytes], changed: dict[Path, bytes], verify: Callable[[], None] = lambda: None) -> None:
    """Write files that are new, and files that are there with new content. If anything fails, ``verify`` too, all is as before."""
    for path in new:
        if path.exists() or path.is_symlink():
            raise Refused(f"{path.as_posix()} is there already")
    before = {path: path.read_bytes() for path in changed}
    made: list[Path] = []
    try:
        for path, content in new.items():
            _make_folder(path.parent, made)
            made.append(path)
            _put(path, content)
        for path, content in changed.items():
            _put(path, content)
        verify()
    except BaseException:
        for path, content in before.items():
            _put(path, content)
        for path in reversed(made):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
        raise


def _make_folder(folder: Path, made: list[Path]) -> None:
    if not folder.exists():
        _make_folder(folder.parent, made)
        folder.mkdir()
        made.append(folder)


def _put(path: Path, content: bytes) -> None:
    """A file appears, or changes, as a whole."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, temporary)
        else:
            temporary.chmod(0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    # The only way to read it is to set it.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
