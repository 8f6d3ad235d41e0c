"""Links that a target cannot have become the words they stand on, and where that helps the words of where they led."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from ..model import Course
from ..model.rich import Anchor, Element, Gloss, Link, Media, Node
from .templates import Templates

Reference: TypeAlias = Link | Anchor | Media | Gloss
See: TypeAlias = Callable[[Link], str]


def unlinked(nodes: Iterable[Node], leads: Callable[[Link], bool]) -> tuple[Node, ...]:
    """The nodes, with the words alone of each link to an activity that ``leads`` denies."""
    return worded(nodes, lambda target: "" if isinstance(target, Link) and not leads(target) else None)


def worded(nodes: Iterable[Node], instead: Callable[[Reference], str | None]) -> tuple[Node, ...]:
    """The nodes, with the words alone of each link (``href``) for which ``instead`` returns a string, which follows the words.

    Where ``instead`` returns None the link stays. Addresses on the web are no references: they always stay.
    For a target without pages of its own (a question bank, paper)::

        see = places(course, templates)
        worded(text.nodes, lambda target: None if isinstance(target, Media) else f" ({see(target)})" if isinstance(target, Link) else "")
    """
    return tuple(_worded(nodes, instead))


def _worded(nodes: Iterable[Node], instead: Callable[[Reference], str | None]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield node
            continue
        inside = tuple(_worded(node.children, instead)) if node.children else ()
        target = node.get("href")
        words = None if target is None or isinstance(target, str) else instead(target)
        if words is None:
            yield node if inside == node.children else Element(node.tag, node.attributes, inside, node.line, node.column)
        else:
            yield from inside
            if words:
                yield words


def places(course: Course, templates: Templates) -> See:
    """Says where a link leads, in the language of the course and without brackets: see “title of the activity” in “title of the unit”."""
    known = {activity.id: (unit, activity) for unit, activity in course.activities()}

    def see(link: Link) -> str:
        unit, activity = known[link.activity]
        return templates.text("moodle.see", title=activity.title, unit=unit.title)

    return see
