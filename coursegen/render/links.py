"""Links that a target cannot have become the words they stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..model.rich import Element, Link, Node


def unlinked(nodes: Iterable[Node], leads: Callable[[Link], bool]) -> tuple[Node, ...]:
    """The nodes, with the words alone of each link to an activity that ``leads`` denies."""
    return tuple(_without(nodes, leads))


def _without(nodes: Iterable[Node], leads: Callable[[Link], bool]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str) or not node.children:
            yield node
            continue
        inside = tuple(_without(node.children, leads))
        target = node.get("href")
        if isinstance(target, Link) and not leads(target):
            yield from inside
        else:
            yield node if inside == node.children else Element(node.tag, node.attributes, inside, node.line, node.column)
