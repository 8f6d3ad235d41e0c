"""Texts of questions as Moodle's importer takes them. A question bank has no pages: links within the course become words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from html import unescape

from ...model import Anchor, Course, Gloss, Link, Media, Node
from ...moodle.question import Markup, Place
from ...moodle.words import FILE, guarded
from ...render.direction import directed
from ...render.html import Address, blocks, html
from ...render.links import Reference, places, worded
from ...render.media import file_name
from ...render.templates import Templates


class BankTexts:
    """Writes the texts of one course for a question bank; each has its files beside it."""

    def __init__(self, course: Course, templates: Templates) -> None:
        self._see = places(course, templates)
        self._direction = templates.direction

    def blocks(self, nodes: tuple[Node, ...], place: Place) -> Markup:
        """Nodes as blocks of HTML, wherever in a question they are."""
        files: dict[str, Media] = {}
        return Markup(directed(guarded(blocks(self._worded(nodes), _address(files))), self._direction), files)

    def words(self, nodes: tuple[Node, ...], place: Place) -> Markup:
        """Nodes as HTML of one line."""
        files: dict[str, Media] = {}
        return Markup(directed(guarded(html(self._worded(nodes), _address(files))), self._direction, "span"), files)

    def _worded(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Links to activities become words, and where they led; other ones within the course words."""
        return worded(nodes, self._instead)

    def _instead(self, target: Reference) -> str | None:
        if isinstance(target, Media):
            return None
        return f" ({self._see(target)})" if isinstance(target, Link) else ""


def _address(files: dict[str, Media]) -> Address:
    """Where references lead; each file is added to ``files``."""

    def address(reference: Link | Anchor | Media | Gloss) -> str:
        if not isinstance(reference, Media):
            raise TypeError(f"{reference} should have become words")
        # The beginning of a digest keeps files of one name apart; Moodle refuses some characters in names, and with them the whole file.
        known = re.sub("[^A-Za-z0-9._-]+", "-", unescape(file_name(reference)))[-80:]
        name = f"{sha256(reference.source.read_bytes()).hexdigest()[:8]}-{known}"
        files[name] = reference
        return FILE + name

    return address
