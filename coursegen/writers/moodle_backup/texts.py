"""Rich text as HTML for a place in Moodle: files beside it, links that work after the restore, and nothing that a filter would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ...model import Anchor, Course, Gloss, Link, Media, Node, Rich
from ...moodle.words import FILE, guarded
from ...render.direction import directed
from ...render.html import blocks, escape_value, html
from ...render.links import worded
from ...render.templates import Templates
from .files import Area, Files, Row
from .themed import themed
from .xml import LINK

VIEWS = {
    "assign": "ASSIGN", "book": "BOOK", "data": "DATA", "feedback": "FEEDBACK", "forum": "FORUM", "lesson": "LESSON", "page": "PAGE",
    "quiz": "QUIZ", "resource": "RESOURCE", "scorm": "SCORM", "url": "URL", "workshop": "WORKSHOP",
}  # fmt: skip
"""What links to activities of Moodle are called in a backup."""


class Target(NamedTuple):
    """What became of an activity of the course: an activity of Moodle, or a chapter of a book."""

    module: str
    cm: int
    chapter: int = 0

    def address(self, anchor: str = "") -> str:
        """The address of it in a text; Moodle puts its own in this place when it restores."""
        said = f"BOOKVIEWBYIDCH*{self.cm}*{self.chapter}" if self.chapter else f"{VIEWS[self.module]}VIEWBYID*{self.cm}"
        # A place within a page exists where the text is shown at once: on pages and in chapters.
        return f"{LINK}{said}{LINK}{f'#{anchor}' if anchor and self.module in ('page', 'book') else ''}"


class Texts:
    """The texts of one backup. ``targets`` says where each activity went; ``glossary`` where the terms are."""

    def __init__(self, course: Course, templates: Templates, files: Files) -> None:
        self.templates = templates
        self.targets: dict[str, Target] = {}
        self.glossary: Target | None = None
        self._files = files
        self._language = "" if course.language.lower().split("-")[0] == "en" else course.language

    def blocks(self, nodes: Iterable[Node], area: Area, added: Callable[[Row], None]) -> str:
        """Nodes as blocks of HTML. Their files go into ``area``, and each row to ``added``."""
        nodes = self._linked(nodes)
        if not nodes:
            return ""
        return self._said(self.guarded(blocks(nodes, self._address(area, added))), "div")

    def words(self, nodes: Iterable[Node], area: Area, added: Callable[[Row], None]) -> str:
        """Nodes as HTML of one line."""
        nodes = self._linked(nodes)
        return self._said(self.guarded(html(nodes, self._address(area, added))), "span") if nodes else ""

    def filled(self, template: str, area: Area, added: Callable[[Row], None], values: Mapping[str, Any]) -> str:
        """A template below ``moodle/`` of the templates, filled; its rich texts are written as :meth:`blocks` does."""
        made = self.templates.render(f"moodle/{template}", self._address(area, added), self._linked, **values)
        return self._said(self.guarded(made), "div")

    def guarded(self, markup: str) -> str:
        """HTML in which Moodle finds nothing of its own but our links and files."""
        return guarded(markup.replace("$@", "$&#64;"))

    def link(self, activity: str, anchor: str = "") -> str:
        """The address of an activity, for a place that is no rich text."""
        return self.guarded(self.targets[activity].address(anchor))

    def _said(self, markup: str, tag: str) -> str:
        """What language the text has, where the site's may be another one: Moodle forces a language only if it is installed."""
        if self._language:
            direction = f' dir="{self.templates.direction}"'
            return f'<{tag} lang="{escape_value(self._language)}"{direction}>{markup}</{tag}>'
        return directed(markup, self.templates.direction, tag)

    def _linked(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Nodes in the classes of the theme; a link to what the backup does not have becomes its words."""
        return themed(worded(nodes, self._instead))

    def _instead(self, reference: Link | Anchor | Media | Gloss) -> str | None:
        lost = (isinstance(reference, Link) and reference.activity not in self.targets) or (
            isinstance(reference, Gloss) and not self.glossary
        )
        return "" if lost else None

    def _address(self, area: Area, added: Callable[[Row], None]) -> Callable[[Link | Anchor | Media | Gloss], str]:
        def address(reference: Link | Anchor | Media | Gloss) -> str:
            if isinstance(reference, Link):
                return self.targets[reference.activity].address(reference.anchor)
            if isinstance(reference, Anchor):
                return f"#{reference.name}"
            if isinstance(reference, Gloss):
                assert self.glossary is not None, "made words before"
                return self.glossary.address(f"term-{reference.term}")
            row = self._files.add(reference, area)
            added(row)
            return f"{FILE}{row.address.removeprefix('/')}"

        return address


def nodes_of(text: Rich | Iterable[Node] | None) -> tuple[Node, ...]:
    """The nodes of a text; none where there is no text."""
    if text is None:
        return ()
    return text.nodes if isinstance(text, Rich) else tuple(text)
