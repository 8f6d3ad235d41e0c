"""Packages that a platform does not update but copies: Moodle backups, cartridges, files of questions. What is other in them.

They are compared by what an inspection finds, as far as it tells things apart: by the file or folder of an entry, which follows from its
permanent id, else by its title. An entry whose file has other bytes has changed; what has changed in it is not told.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .model import Change, Effect, Update
from .snapshot import SECONDS, NotComparableError

if TYPE_CHECKING:
    from ..inspection.model import Node
    from ..model import Course, PackageName

FORMATS: dict[tuple[str, str], PackageName] = {
    ("moodle backup", ""): "moodle-backup",
    ("common cartridge", "1.1"): "cartridge-11",
    ("common cartridge", "1.3"): "cartridge",
    ("moodle xml", ""): "moodle-xml",
    ("gift", ""): "gift",
    ("qti", "2.1"): "qti21",
}
"""The format that a source is written in, by kind and version of the package that it is compared with."""
_TWICE = "Import it into a new course, for the next group. Small mends in a running course are made by hand, there and in the sources."
_ADVICE = {
    "moodle backup": (
        "a restore makes a new course, or puts everything into a running one a second time",
        "Restore it as a new course, for the next group. Never choose to delete the contents of a course in which people work.",
    ),
    "common cartridge": ("an import puts everything in a second time", _TWICE),
}
_QUESTIONS = ("an import puts every question into the bank a second time, and changes no quiz", "Import it into a new question bank.")


class Item(NamedTuple):
    """An entry of a package. ``digest`` is of what is in it, empty where it has no file of its own."""

    kind: str
    title: str
    digest: str


class Copy(NamedTuple):
    """A package of this kind: its entries in order, by what tells them apart."""

    name: str
    kind: str
    version: str
    items: Mapping[str, Item]

    @property
    def format(self) -> PackageName:
        """The format that it is written in."""
        return FORMATS[self.kind, self.version if (self.kind, self.version) in FORMATS else ""]


def of_package(path: Path) -> Copy | None:
    """The package at a path; None where it is of no kind that is known here. Raises OSError where it cannot be read."""
    from ..inspection.limits import Clock
    from ..inspection.looking import look_through
    from ..inspection.opened import open_package

    with open_package(path, Clock(SECONDS)) as opened:
        found = look_through(opened)
        version = found.version if (found.kind, found.version) in FORMATS else ""
        if (found.kind, version) not in FORMATS:
            return None
        contents = {member: sha256(opened.read(member) or b"").hexdigest() for member in opened.members if _tells(member)}
        single = opened.container == "single"
    return Copy(path.as_posix(), found.kind, version, dict(_items(found.tree, {} if single else contents)))


def of_source(root: Path, course: Course, like: Copy) -> Copy:
    """The package of the kind of ``like`` that a build would write now. Raises TemplateFault where the course's own templates are wrong."""
    from ..archive import write_single, write_zip
    from ..render.templates import Templates
    from ..writers import FORMATS as WRITERS

    wanted = WRITERS[like.format]
    entries = wanted.entries(course, Templates(course, root / "templates"), None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / next(name for name, _ in wanted.packages(course))
        if wanted.single:
            write_single(path, entries)
        else:
            write_zip(path, entries, first=wanted.first)
        made = of_package(path)
    if made is None:
        raise NotComparableError(f"no package of the kind of {like.name} can be made of {root.as_posix()}")
    return made._replace(name=root.as_posix())


def _tells(member: str) -> bool:
    """Whether a file says what an entry is. Where entries stand among others is told by their order, not by their content."""
    return not member.endswith(("/inforef.xml", "/module.xml"))


def _items(nodes: Iterable[Node], contents: Mapping[str, str], above: str = "") -> Iterator[tuple[str, Item]]:
    for node in nodes:
        key = node.target or f"{above}/{node.title}"
        inside = sorted(f"{path}{digest}" for path, digest in contents.items() if path == node.target or path.startswith(f"{node.target}/"))
        is_own = bool(node.target) and not node.children
        yield key, Item(node.kind, node.title, sha256("".join(inside).encode()).hexdigest() if is_own and inside else "")
        yield from _items(node.children, contents, key)


def compare(old: Copy, new: Copy) -> Update:
    """What is other in ``new``; that nothing of a learner is touched is the same for all of them."""
    if (old.kind, old.version) != (new.kind, new.version):
        told = [f"{each.name} is a {each.kind} {each.version}".rstrip() for each in (old, new)]
        raise NotComparableError(f"{told[0]}, {told[1]}: only packages of one kind can be compared")
    words, mend = _ADVICE.get(old.kind, _QUESTIONS)
    effects = (Effect("note", "", "", f"{words}; what learners have there stays as it is", mend),)
    return Update(old.name, new.name, "", "", old.kind, tuple(_changes(old.items, new.items)), effects, is_update=False)


def _changes(old: Mapping[str, Item], new: Mapping[str, Item]) -> Iterator[Change]:
    for key, item in old.items():
        if key not in new:
            yield Change("removed", "", "", f"{item.kind} “{item.title}”")
    for key, item in new.items():
        before = old.get(key)
        if before is None:
            yield Change("added", "", "", f"{item.kind} “{item.title}”")
        elif before.title != item.title:
            yield Change("retitled", "", "", f"“{before.title}” is called “{item.title}”")
        elif before != item:
            yield Change("changed", "", "", f"{item.kind} “{item.title}”")
    stayed = [[key for key in one if key in other] for one, other in ((old, new), (new, old))]
    if stayed[0] != stayed[1]:
        yield Change("moved", "", "", "what stayed is in another order")
