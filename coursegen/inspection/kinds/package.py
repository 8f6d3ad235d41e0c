"""What every kind of package is given, and what it gives back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...model.place import Place
from .. import xml
from ..limits import MOST_READ
from ..model import Node
from ..names import place
from ..notes import Notes
from ..opened import Opened
from ..scan import html
from ..scan.collected import Scan

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass
class Description:
    """What a package turned out to be."""

    kind: str
    version: str = ""
    title: str = ""
    maker: str = ""
    languages: list[str] = field(default_factory=list)
    tree: list[Node] = field(default_factory=list)
    questions: Counter[str] = field(default_factory=Counter)
    activities: Counter[str] | None = None
    """By kind; None where the leaves of the tree tell."""
    media: Counter[str] | None = None
    """By type; None where the suffixes of the files tell."""
    also: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    """What the kind found out, for the outlook: see each kind."""

    def speaks(self, *languages: str | None) -> None:
        """Note languages, each once."""
        for language in languages:
            if language and (language := language.strip()) and language not in self.languages and language != "x-none":
                self.languages.append(language[:35])


class Package:
    """An opened package, with what a kind needs to look into it."""

    def __init__(self, opened: Opened, scan: Scan) -> None:
        self.opened = opened
        self.scan = scan
        self.notes: Notes = opened.notes

    def place(self, path: str = "", line: int = 0, column: int = 0) -> Place:
        """A place in a file of the package, or the package."""
        return place(self.opened.name, "" if self.opened.container == "single" else path, line, column)

    def at(self, path: str, element: _Element) -> Place:
        """The place of an element in a file."""
        return self.place(path, element.sourceline or 0)

    def has(self, path: str) -> bool:
        """Whether there is a file of that name."""
        return path in self.opened.members

    def text(self, path: str) -> str | None:
        """A file as text; None where it cannot be read."""
        data = self.opened.read(path)
        return None if data is None else data.decode("utf-8-sig", "replace")

    def xml(self, path: str, most: int = MOST_READ) -> _Element | None:
        """The root of an XML file; None, with a finding, where there is none or it cannot be read."""
        self.opened.clock.check()
        if not self.has(path):
            return None
        data = self.opened.read(path, most)
        return None if data is None else xml.parse(data, self.place(path), self.notes)

    def scan_texts(self, path: str, root: _Element) -> None:
        """Look for what loads and runs in the HTML that stands in the texts of an XML file."""
        for element in root.iter():
            if element.text and "<" in element.text:
                self.opened.clock.check()
                html.fragment(path, element.text, self.scan)


def one_line(text: str | None, most: int = 300) -> str:
    """A text on one line, cut where it is long."""
    found = " ".join((text or "").split())
    return found if len(found) <= most else f"{found[: most - 1]}…"
