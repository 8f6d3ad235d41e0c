"""Classes of Moodle's theme (Bootstrap 4 in Moodle 4, Bootstrap 5 in Moodle 5) on what an author wrote: nothing else is changed."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import Element, Node

_CALL_OUTS = {
    "note": "alert alert-info",
    "tip": "alert alert-success",
    "warning": "alert alert-warning",
    "example": "alert alert-secondary",
}
_ELEMENTS = {
    "table": "table table-bordered",
    "img": "img-fluid",
    "video": "mw-100",
    "audio": "mw-100",
    "blockquote": "blockquote ps-3 pl-3",
}


def themed(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes with classes added to call-outs, tables, pictures, recordings and quotations."""
    return tuple(node if isinstance(node, str) else _themed(node) for node in nodes)


def _closed(inside: tuple[Node, ...]) -> tuple[Node, ...]:
    """What is in a call-out, its last paragraph or list without the room below it."""
    last = next((place for place in reversed(range(len(inside))) if not isinstance(inside[place], str)), None)
    node = None if last is None else inside[last]
    if last is None or not isinstance(node, Element) or node.tag not in ("p", "ul", "ol", "dl"):
        return inside
    return (*inside[:last], _classed(node, "mb-0", node.children), *inside[last + 1 :])


def _classed(node: Element, added: str, inside: tuple[Node, ...], own: str | None = None) -> Element:
    """An element with classes added to its own."""
    own = node.words("class") or "" if own is None else own
    others = tuple((name, value) for name, value in node.attributes if name != "class")
    return Element(node.tag, (("class", f"{own} {added}".strip()), *others), inside, node.line, node.column)


def _themed(node: Element) -> Element:
    own = node.words("class") or ""
    added = _ELEMENTS.get(node.tag, "")
    if node.tag == "aside":
        added = next((_CALL_OUTS[name] for name in own.split() if name in _CALL_OUTS), _CALL_OUTS["note"])
        own = " ".join(name for name in own.split() if name not in _CALL_OUTS)  # the theme has a ".warning" of its own, all bold
    inside = themed(node.children) if node.children else ()
    if node.tag == "aside":
        inside = _closed(inside)
    if not added:
        return node if inside == node.children else Element(node.tag, node.attributes, inside, node.line, node.column)
    return _classed(node, added, inside, own)
