"""Notices that files of a course folder have changed, by looking at their sizes and times: it works on every system and disk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeAlias

Snapshot: TypeAlias = dict[str, tuple[int, int, int]]
"""Time, size and number of every file, by its path inside the folder with forward slashes."""
FAST, SLOW = 0.02, 0.25
"""Seconds between two looks: while a browser is watching, and while none is."""
SETTLED = 0.03
"""Seconds that a file has to come back: many editors write a new file and give it the old one's name."""
MOST = 20_000
"""Files. A folder with more is no course folder; what is beyond them is not watched."""


def snapshot(root: str | os.PathLike[str]) -> Snapshot:
    """All files below a folder. What editors and systems put there for themselves is left out, as are links to folders."""
    found: Snapshot = {}
    folders = [("", os.fspath(root))]
    while folders and len(found) < MOST:
        inside, folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if _is_private(entry.name):
                        continue
                    try:
                        if entry.is_dir(follow_symlinks=False):
                            folders.append((f"{inside}{entry.name}/", entry.path))
                        else:
                            status = entry.stat()
                            found[inside + entry.name] = (status.st_mtime_ns, status.st_size, status.st_ino)
                    except OSError:  # it has just gone, or it is a link to nothing
                        continue
        except OSError:
            continue
    return found


def _is_private(name: str) -> bool:
    """Whether a file is an editor's own: a swap file, a copy or a lock."""
    return name.startswith((".", "~", "#")) or name.endswith(("~", ".swp", ".tmp")) or name == "4913"


class Watch:
    """Tells when a folder is not as it was at the last look."""

    def __init__(self, root: str | os.PathLike[str], is_watched: Callable[[], bool]) -> None:
        self._root = root
        self._is_watched = is_watched
        self._seen = snapshot(root)

    def changed(self) -> set[str]:
        """The files that were written, added or removed since the last look; empty if none was."""
        now = snapshot(self._root)
        if now == self._seen:
            return set()
        if any(path not in now or (now[path][1] == 0 and self._seen[path][1]) for path in self._seen):
            time.sleep(SETTLED)  # gone or empty: perhaps it is just being written
            now = snapshot(self._root)
        before, self._seen = self._seen, now
        return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}

    def rest(self) -> float:
        """How many seconds to wait until the next look. Looking takes at most a tenth of the time, however large the folder is."""
        return max(FAST if self._is_watched() else SLOW, len(self._seen) * 0.00005)
