"""Rich text as HTML that is XML as well, so that every target can read it (HTML Living Standard 13.3; void elements end in ``/>``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from ..model.rich import PHRASING, Anchor, Gloss, Link, Media, Node

Address: TypeAlias = Callable[[Link | Anchor | Media | Gloss], str]
"""Where a reference leads in the target: an address, not yet escaped."""

VOID = frozenset("br hr img col source track wbr".split())


def escape(text: str) -> str:
    """Words as HTML text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_value(text: str) -> str:
    """Words as the value of an attribute in double quotes. Line ends stay line ends in XML too."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("\n", "&#10;")


def html(nodes: Sequence[Node], address: Address) -> str:
    """Nodes as HTML; ``address`` says where references lead."""
    if len(nodes) == 1 and isinstance(nodes[0], str):  # most options and feedback are words alone
        return escape(nodes[0])
    out: list[str] = []
    _write(nodes, address, out.append)
    return "".join(out)


def _write(nodes: Iterable[Node], address: Address, put: Callable[[str], None]) -> None:
    for node in nodes:
        if node.__class__ is str or isinstance(node, str):
            put(escape(node))
            continue
        tag = node.tag
        if node.attributes:
            values = "".join(
                f' {name}="{escape_value(value if isinstance(value, str) else address(value))}"' for name, value in node.attributes
            )
            put(f"<{tag}{values}")
        else:
            put(f"<{tag}")
        if tag in VOID:
            put("/>")
            continue
        put(">")
        if node.children:
            _write(node.children, address, put)
        put(f"</{tag}>")


def has_blocks(nodes: Iterable[Node]) -> bool:
    """Whether nodes hold an element that breaks a line, so that they may not stand in a paragraph; also in a link."""
    for node in nodes:
        if not isinstance(node, str) and (node.tag not in PHRASING or has_blocks(node.children)):
            return True
    return False


def blocks(nodes: tuple[Node, ...], address: Address) -> str:
    """Nodes as blocks: words without any are put in a paragraph."""
    written = html(nodes, address)
    return written if has_blocks(nodes) else f"<p>{written}</p>"
