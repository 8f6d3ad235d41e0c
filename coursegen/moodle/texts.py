"""Rich text for places of Moodle that stand alone: there is nothing to link to, and files travel beside the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from html import unescape

from ..model import Anchor, Course, Gloss, Link, Media, Node
from ..render.direction import directed
from ..render.html import blocks, html
from ..render.links import Reference, places, worded
from ..render.media import data_address, file_name
from ..render.templates import Templates
from .nodes import anonymous
from .words import FILE, guarded


class Texts:
    """Rich texts of one course."""

    def __init__(self, course: Course, templates: Templates) -> None:
        self._see = places(course, templates)
        self._direction = templates.direction

    def blocks(self, nodes: Iterable[Node], files: dict[str, Media] | None) -> str:
        """Nodes as blocks of HTML; their files are added to ``files`` by name, or stand in the text where that is None."""
        return directed(guarded(blocks(self._ready(nodes), _address(files))), self._direction)

    def words(self, nodes: Sequence[Node], files: dict[str, Media] | None) -> str:
        """Nodes as HTML of one line."""
        return directed(guarded(html(self._ready(nodes), _address(files))), self._direction, "span")

    def _ready(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Links to activities become words, and where they led; other ones within the course words."""
        return anonymous(worded(nodes, self._instead))

    def _instead(self, target: Reference) -> str | None:
        if isinstance(target, Media):
            return None
        return f" ({self._see(target)})" if isinstance(target, Link) else ""


def _address(files: dict[str, Media] | None) -> Callable[[Link | Anchor | Media | Gloss], str]:
    def address(reference: Link | Anchor | Media | Gloss) -> str:
        if not isinstance(reference, Media):
            raise TypeError(f"{reference} should have become words")
        if files is None:
            return data_address(reference)
        name = _name(reference)
        files[name] = reference
        return FILE + name

    return address


def _name(media: Media) -> str:
    """A name for a file. The beginning of a digest keeps files of one name apart; Moodle refuses some characters."""
    known = re.sub("[^A-Za-z0-9._-]+", "-", unescape(file_name(media)))[-80:]
    return f"{sha256(media.source.read_bytes()).hexdigest()[:8]}-{known}"
