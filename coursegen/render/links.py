"""Links that a target cannot have become the words they stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..model.rich import Element, Gloss, Link, Node, Value


def unlinked(nodes: Iterable[Node], leads: Callable[[Link], bool]) -> tuple[Node, ...]:
    """The nodes, with the words alone of each link to an activity that ``leads`` denies."""
    return tuple(_without(nodes, lambda target: isinstance(target, Link) and not leads(target)))


def unglossed(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes, with the words alone of each link to a term, for a target that has no glossary."""
    return tuple(_without(nodes, lambda target: isinstance(target, Gloss)))


def _without(nodes: Iterable[Node], is_lost: Callable[[Value | None], bool]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str) or not node.children:
            yield node
            continue
        inside = tuple(_without(node.children, is_lost))
        if is_lost(node.get("href")):
            yield from inside
        else:
            yield node if inside == node.children else Element(node.tag, node.attributes, inside, node.line, node.column)
