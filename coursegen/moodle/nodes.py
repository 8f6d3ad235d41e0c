"""Rich text made ready for questions of Moodle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Element, Media, Node
from ..render.media import data_address


def anonymous(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes without ids: several texts stand on one page of Moodle."""
    return tuple(_anonymous(nodes))


def _anonymous(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            attributes = tuple((key, value) for key, value in node.attributes if key != "id")
            yield Element(node.tag, attributes, anonymous(node.children), node.line, node.column)


def with_files_inside(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes whose files stand in the text itself, for places that Moodle keeps no files for."""
    return tuple(_with_files_inside(nodes))


def _with_files_inside(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            attributes = tuple((key, data_address(value) if isinstance(value, Media) else value) for key, value in node.attributes)
            yield Element(node.tag, attributes, with_files_inside(node.children), node.line, node.column)
