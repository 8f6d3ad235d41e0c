"""One inspection, from the file to all that is found."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..model.place import Place
from . import faults, kinds, outlook, scan
from .kinds import Description, Package
from .limits import MOST_ENTRIES, SECONDS, Clock, OutOfTimeError
from .model import Count, Counts, FileSize, Inspection, Node, Sizes
from .opened import Opened, open_package
from .scan.collected import Scan
from .scan.local import check_local

_MEDIA = {
    "picture": (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico"),
    "sound": (".mp3", ".ogg", ".oga", ".wav", ".m4a", ".flac", ".opus"),
    "film": (".mp4", ".webm", ".ogv", ".mov", ".m4v", ".avi", ".mkv"),
    "captions": (".vtt", ".srt"),
    "font": (".woff", ".woff2", ".ttf", ".otf"),
    "document": (
        ".pdf",
        ".rtf",
        ".doc",
        ".docx",
        ".odt",
        ".xls",
        ".xlsx",
        ".ods",
        ".csv",
        ".ppt",
        ".pptx",
        ".odp",
        ".txt",
        ".epub",
        ".zip",
    ),
}
_LARGEST = 10


def inspect(path: str | os.PathLike[str], seconds: float = SECONDS) -> Inspection:
    """Look through the package at a path. Whatever is in it, this ends soon and raises nothing but OSError for an unreadable file.

    For a file that you do not trust take :func:`coursegen.inspection.guarded.run`: it also stops what cannot be stopped from inside.
    """
    clock = Clock(seconds)
    try:
        opened = open_package(path, clock)
    except OutOfTimeError:
        found = faults.out_of_time(Place(Path(path).as_posix()))
        return Inspection(Path(path).as_posix(), "none", findings=(found,), complete=False)
    with opened:
        return look_through(opened)


def look_through(opened: Opened) -> Inspection:
    """Look through a package that is open."""
    looked = Scan()
    package = Package(opened, looked)
    found = Description("unknown")
    complete = True
    try:
        found = kinds.describe(package)
        scan.package(opened, looked)
        check_local(opened, looked)
        opened.look_whole()
    except OutOfTimeError:
        complete = False
        opened.notes.add(faults.out_of_time(package.place()))
    except MemoryError:
        complete = False
        opened.notes.add(faults.out_of_memory(package.place()))
    made = Inspection(
        package=opened.name,
        container=opened.container,
        kind=found.kind,
        version=found.version,
        title=found.title,
        maker=found.maker,
        also=tuple(found.also),
        languages=tuple(found.languages),
        tree=_first(found.tree, MOST_ENTRIES),
        counts=_counts(opened, found),
        sizes=_sizes(opened),
        findings=tuple(opened.notes),
        more_findings=_counted(opened.notes.more),
        loads=tuple(looked.loads),
        scripts=looked.scripts,
        complete=complete,
    )
    return outlook.with_outlook(made, found)


def _counted(numbers: Counter[str] | dict[str, int]) -> tuple[Count, ...]:
    return tuple(Count(kind, number) for kind, number in sorted(numbers.items()) if number)


def _first(nodes: Iterable[Node], most: int) -> tuple[Node, ...]:
    """The first entries of a tree, ``most`` at most."""
    kept: list[Node] = []
    for node in nodes:
        if most <= 0:
            break
        below = _first(node.children, most - 1)
        kept.append(replace(node, children=below))
        most -= 1 + _size(below)
    return tuple(kept)


def _size(nodes: Iterable[Node]) -> int:
    return sum(1 + _size(node.children) for node in nodes)


def leaves(nodes: Iterable[Node]) -> Iterable[Node]:
    """The entries of a tree that hold no other."""
    for node in nodes:
        if node.children:
            yield from leaves(node.children)
        elif node.kind != "section":
            yield node


def _counts(opened: Opened, found: Description) -> Counts:
    activities = Counter(node.kind for node in leaves(found.tree)) if found.activities is None else found.activities
    media = found.media
    if media is None:
        names = {suffix: kind for kind, suffixes in _MEDIA.items() for suffix in suffixes}
        media = Counter(names[suffix] for path in opened.members if (suffix := _suffix(path)) in names)
    return Counts(_counted(activities), _counted(found.questions), _counted(media), len(opened.members))


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def _sizes(opened: Opened) -> Sizes:
    types: Counter[str] = Counter()
    for member in opened.members.values():
        types[_suffix(member.path)[:12] or "other"] += member.size
    largest = sorted(opened.members.values(), key=lambda each: (-each.size, each.path))[:_LARGEST]
    return Sizes(
        opened.size,
        sum(member.size for member in opened.members.values()),
        tuple(FileSize(member.path, member.size) for member in largest),
        tuple(FileSize(*each) for each in types.most_common(20)),
    )
