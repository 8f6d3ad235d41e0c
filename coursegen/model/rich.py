"""Rich text: an immutable tree of HTML elements, in which links and media are references and not addresses.

Readers build it; :mod:`coursegen.render.html` writes it for a target, which decides where each reference leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from .place import NOWHERE, Place
from .text import Identifier


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to an activity of the same course, and perhaps to an anchor in it."""

    activity: Identifier
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A reference to an anchor in the same text (``href="#levels"``)."""

    name: str


@dataclass(frozen=True, slots=True)
class Media:
    """A file that travels with the course.

    ``path`` is relative to the course folder, with forward slashes; ``source`` is where its bytes are on this machine.
    """

    path: str
    source: Path = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Gloss:
    """A reference to a term of the course's glossary."""

    term: Identifier


Value: TypeAlias = str | Link | Anchor | Media | Gloss
"""What an attribute holds: words, or a reference."""


class Element:
    """An HTML element. ``line`` and ``column`` (from 1) are its place in the source file and take no part in equality.

    Attributes keep the author's order. Treat it as frozen: it is a plain class only because a page has hundreds.
    """

    __slots__ = ("attributes", "children", "column", "line", "tag")

    def __init__(
        self,
        tag: str,
        attributes: tuple[tuple[str, Value], ...] = (),
        children: tuple[Node, ...] = (),
        line: int = 0,
        column: int = 0,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children = children
        self.line = line
        self.column = column

    def get(self, name: str) -> Value | None:
        """The value of an attribute, or None when the element does not have it."""
        for key, value in self.attributes:
            if key == name:
                return value
        return None

    def words(self, name: str) -> str | None:
        """The value of an attribute that holds words; None when it is absent or a reference."""
        value = self.get(name)
        return value if isinstance(value, str) else None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Element) and self.tag == other.tag and self.attributes == other.attributes and self.children == other.children
        )

    def __hash__(self) -> int:
        return hash((self.tag, self.attributes, self.children))

    def __repr__(self) -> str:
        return f"Element({self.tag!r}, {self.attributes!r}, {self.children!r})"


Node: TypeAlias = str | Element


@dataclass(frozen=True, slots=True)
class Rich:
    """A piece of rich text: nodes in reading order. Character references are resolved: text is text."""

    nodes: tuple[Node, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def elements(self) -> Iterator[Element]:
        """Every element, in document order."""
        stack = [node for node in reversed(self.nodes) if not isinstance(node, str)]
        while stack:
            element = stack.pop()
            yield element
            if element.children:
                stack.extend(child for child in reversed(element.children) if not isinstance(child, str))

    def place_of(self, element: Element) -> Place:
        """Where an element of this text stands in the source."""
        return Place(self.place.file, element.line, element.column) if element.line else self.place

    def text(self) -> str:
        """The words alone, with white space folded, a space where a block or a cell ends."""
        return fold(self.nodes)

    def __bool__(self) -> bool:
        return bool(self.nodes)


# The phrasing elements of HTML (HTML Living Standard 3.2.5.2.5) that a course may use. Everything else breaks a line.
PHRASING = frozenset(
    "a abbr audio b bdi bdo br cite code data del dfn em i img ins kbd mark q ruby rp rt s samp small "
    "span strong sub sup time u var video wbr source track".split()
)


def fold(nodes: tuple[Node, ...]) -> str:
    """The words of some nodes, with white space folded."""
    words: list[str] = []
    _collect(nodes, words)
    return " ".join("".join(words).split())


def _collect(nodes: tuple[Node, ...], words: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            words.append(node)
        elif node.tag in PHRASING and node.tag != "br":
            _collect(node.children, words)
        else:
            words.append(" ")
            _collect(node.children, words)
            words.append(" ")
