"""What earlier builds of a course made: all of it where nothing is new, else each package whose pages are as they were.

A build is a function of the course's folder, of what was asked for, and of coursegen. So one digest of these is the key of all its
results. A package is a function of the same, but for the words of the pages that its writer did not look at: which those are was noted
when it was made last. With the same digests for all that it looked at, and for all that is no page, it would look at the same again.

Nothing is kept of a course that was written to while it was built.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import inputs, kept
from .store import Store, key

if TYPE_CHECKING:
    from ..archive import Verbatim
    from ..model import Course


class Past:
    """The results of earlier builds of the course in ``root`` into ``target``; ``asked`` says what for."""

    def __init__(self, store: Store, root: Path, target: Path, templates: Path, asked: tuple[str, ...]) -> None:
        self._store = store
        self._root = root
        self._target = target
        self._sources = inputs.Digests(store, f"course {os.path.realpath(root)}")
        self._results = inputs.Digests(store, f"packages {os.path.realpath(target)}")
        own = inputs.Digests(store, "coursegen")
        self._tree = inputs.tree(root, target, self._sources)
        self._base = key(inputs.tool(own, templates), str(root), *asked)
        self._whole = key("build", self._base, self._tree.without(frozenset()))
        self._frame = self._place = ""
        self._made: dict[str, tuple[set[str], Any]] = {}
        own.keep()

    def whole(self) -> Any:
        """What :meth:`remember` noted of a build in which everything was as it is now; None where there was none."""
        return self._store.get_json(self._whole)

    def look(self, course: Course, seen: set[str]) -> None:
        """Learn which of its files are pages. ``seen`` are the files that the course was read from."""
        from .watched import pages

        if self._tree.covers(seen):
            place = course.place.file.removesuffix("course.yaml")
            known = frozenset(page.removeprefix(place) for page in pages(course))
            self._place = place
            self._frame = key("frame", self._base, self._tree.without(known), *sorted(known))

    def package(self, name: str) -> Any:
        """What was noted of a package that would be the same now; None where it would not."""
        touched = self._store.get_json(key(self._frame, name)) if self._frame else None
        if touched is None or not all(path in self._tree.files for path in touched):
            return None
        return self._store.get_json(self._of_package(name, touched))

    def has(self, name: str, digest: str) -> bool:
        """Whether a file stands in the folder for packages as it should."""
        try:
            return self._results.of(str(self._target / name)) == digest
        except OSError:
            return False

    def restore(self, path: Path, digest: str) -> bool:
        """Write a file that an earlier build made; whether it could be done."""
        return kept.restore(self._store, key("file", digest), path, digest)

    def keep(self, path: Path, digest: str, verbatim: Iterable[Verbatim] = ()) -> None:
        """Keep a file that was made."""
        kept.keep(self._store, key("file", digest), path, verbatim)

    def note(self, name: str, touched: set[str], said: Any) -> None:
        """Note what a package was made of, and what is to be said of it."""
        if self._frame:
            self._made[name] = {page.removeprefix(self._place) for page in touched}, said

    def remember(self, said: Any) -> None:
        """At the end of a build: keep what was noted, and what is to be said of the whole."""
        if self._frame and inputs.unchanged(self._tree, self._root, self._target):
            for name, (pages, package) in self._made.items():
                touched = sorted(pages)
                self._store.put_json(key(self._frame, name), touched)
                self._store.put_json(self._of_package(name, touched), package)
            self._store.put_json(self._whole, said)

    def end(self) -> None:
        """Keep the digests of files: those of the course, and those in the folder for packages."""
        self._sources.keep()
        self._results.keep()
        self._store.trim()

    def _of_package(self, name: str, touched: list[str]) -> str:
        return key("package", self._frame, name, *(f"{path}\n{self._tree.files[path]}" for path in touched))
