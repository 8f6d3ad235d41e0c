"""Rich text as Moodle's cartridge importer can take it.

Moodle cleans pages with HTMLPurifier, undoes one level of escaping everywhere, and rewrites addresses by searching for words.
``docs/moodle-cartridge.md`` tells what was seen; each function here answers one of those facts. All are pure: nodes in, nodes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from ...model import Element, Link, Media, Node, Value
from ...model.rich import PHRASING
from ...render.html import has_blocks

Say: TypeAlias = Callable[[Link], str]
"""What to write after the words of a link that cannot be one: where it would have led, or nothing."""

_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_REFERENCE_LIKE = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_BOOTSTRAP = {
    "note": "alert alert-info",
    "tip": "alert alert-success",
    "warning": "alert alert-warning",
    "example": "alert alert-secondary",
}
_ADDRESSES = frozenset(["cite", "href", "poster", "src"])
_UNWRAPPED = frozenset(["section", "time", "data", "ruby", "rt", "rp", "wbr", "bdi"])
"""Elements that the purifier removes, keeping what is in them; removed here so that the text is the same as there."""


def defuse(text: str) -> str:
    """Words that survive the loss of one level of escaping: ``<b>`` becomes ``‹b›``, ``&amp;`` gets a word joiner."""
    if "<" in text:
        text = _TAG_LIKE.sub("‹", text)
        text = re.sub(r"(‹[^‹>]*)>", r"\1›", text)
    return _REFERENCE_LIKE.sub("&\u2060", text) if "&" in text else text


def typed(text: str, wildcards: bool) -> str:
    """An accepted answer: in Moodle an asterisk stands for anything, unless a backslash is before it; as in a course with wildcards."""
    return _zero(text) if wildcards or "*" not in text else text.replace("*", "\\*")


def title(text: str) -> str:
    """The title of a question."""
    return _zero(defuse(text))


def _zero(text: str) -> str:
    """Words that stand alone: Moodle takes ``0`` for nothing, but not when it is escaped once more."""
    return "&#48;" if text == "0" else text


def page(nodes: Iterable[Node], say: Say) -> tuple[Node, ...]:
    """The body of a page: HTML5 elements become what the purifier keeps and Moodle's theme (Bootstrap) styles."""
    return tuple(_page(nodes, say))


def _page(nodes: Iterable[Node], say: Say) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield defuse(node)
            continue
        inside = tuple(_page(node.children, say))
        tag = node.tag
        if tag in _UNWRAPPED:
            yield from inside
        elif tag == "a":
            yield from _link(node, inside, say)
        elif tag == "aside":
            kind = next((name for name in (node.words("class") or "").split() if name in _BOOTSTRAP), "note")
            yield Element("div", (("class", _BOOTSTRAP[kind]),), _tight(inside))
        elif tag == "details":
            yield Element("div", (("class", "card mb-3"),), tuple(_card(inside)))
        elif tag == "summary":
            yield Element("summary", (), inside)
        elif tag == "figure":
            yield Element("div", (("class", "mb-4"),), inside)
        elif tag == "figcaption":
            words = (Element("em", (), inside),) if not has_blocks(inside) else inside
            yield Element("div" if has_blocks(inside) else "p", (("class", "text-muted"),), words)
        elif tag in ("h2", "h3"):
            yield Element(tag, (("class", "mt-4"), *_kept(node)), inside)
        elif tag == "mark":
            yield Element("strong", (), inside)
        elif tag == "address":
            yield Element("div", (), inside)
        elif tag == "table":
            table = Element("table", (("class", "table table-striped table-bordered"), *_kept(node)), inside)
            yield Element("div", (("class", "table-responsive mb-3"),), (table,))  # the theme leaves no space below it
        elif tag == "img":
            yield Element("img", (("class", "img-fluid"), *_kept(node)), ())
        else:
            yield Element(tag, _kept(node), inside)


def _card(inside: tuple[Node, ...]) -> Iterator[Node]:
    """A disclosure as a card that is open: its summary as the header, the rest as the body."""
    header = next((node for node in inside if isinstance(node, Element) and node.tag == "summary"), None)
    if header is not None:
        words = header.children if has_blocks(header.children) else (Element("strong", (), header.children),)
        yield Element("div", (("class", "card-header"),), words)
    rest = tuple(node for node in inside if node is not header)
    yield Element("div", (("class", "card-body"),), _tight(rest))


def _tight(inside: tuple[Node, ...]) -> tuple[Node, ...]:
    """What stands in a box: its last paragraph or list leaves no space, for the box has a margin of its own."""
    last = next((node for node in reversed(inside) if not isinstance(node, str) or node.strip()), None)
    if not isinstance(last, Element) or last.tag not in ("p", "ul", "ol"):
        return inside
    return tuple(Element(node.tag, (("class", "mb-0"), *_kept(node)), node.children) if node is last else node for node in inside)


def _kept(node: Element) -> tuple[tuple[str, Value], ...]:
    """The attributes that the purifier keeps. Classes are the page's own and mean nothing to Moodle's theme."""
    dropped = ("id", "class", "role", "translate", "loading", "download")
    return tuple(
        (name, quoted(value) if isinstance(value, str) and name not in _ADDRESSES else value)
        for name, value in node.attributes
        if name not in dropped and not name.startswith("aria-")
    )


def quoted(text: str) -> str:
    """Words of an attribute, such as ``alt``: a straight quote would end it, once Moodle has undone the escaping."""
    return defuse(re.sub('"([^"]*)"', "“\\1”", text).replace('"', "”") if '"' in text else text)


def _link(node: Element, inside: tuple[Node, ...], say: Say) -> Iterator[Node]:
    """A link that leads out or to a file stays; one to another page becomes its words, and where it led; to a term, its words."""
    target = node.get("href")
    if isinstance(target, (str, Media)) and target:
        yield Element("a", _kept(node), inside)
        return
    yield from inside
    if isinstance(target, Link) and (where := say(target)):
        yield f" ({defuse(where)})"


def question(nodes: Iterable[Node], say: Say) -> tuple[Node, ...]:
    """A text of a question or topic: one line, without ``br``, with no space that stands between two tags alone."""
    return tuple(_question(_breaks(page(nodes, say)), inline=not has_blocks(tuple(nodes))))


def _question(nodes: Iterable[Node], inline: bool) -> Iterator[Node]:
    nodes = tuple(nodes)
    for index, node in enumerate(nodes):
        if isinstance(node, str):
            folded = re.sub(r"[ \t\n\r\f]+", " ", node)
            if folded != " ":
                yield folded
            elif _phrase(nodes, index - 1) and _phrase(nodes, index + 1):
                yield "\u00a0"  # Moodle deletes white space that is alone between two tags
        elif node.tag == "a" and isinstance(node.get("href"), Media):
            yield from _question(node.children, inline)  # files linked from questions are not carried
        else:
            yield Element(node.tag, node.attributes, tuple(_question(node.children, node.tag in PHRASING)))


def _phrase(nodes: tuple[Node, ...], index: int) -> bool:
    if not 0 <= index < len(nodes):
        return False
    node = nodes[index]
    return isinstance(node, str) or node.tag in PHRASING


def _breaks(nodes: Iterable[Node]) -> Iterator[Node]:
    """Line breaks become paragraphs, or a space where no paragraph can be; so do the lines of a ``pre``."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag == "br":
            yield " "
        elif node.tag == "pre":
            yield from _lines(node)
        elif node.tag == "p" and any(isinstance(child, Element) and child.tag == "br" for child in node.children):
            line: list[Node] = []
            for child in (*node.children, Element("br")):
                if isinstance(child, Element) and child.tag == "br":
                    if line:
                        yield Element("p", node.attributes, tuple(_breaks(line)))
                    line = []
                else:
                    line.append(child)
        else:
            yield Element(node.tag, node.attributes, tuple(_breaks(node.children)))


def _lines(pre: Element) -> Iterator[Node]:
    """The lines of a ``pre`` as paragraphs, their indentation kept: Moodle would double the breaks that stand in one."""
    for line in _plain(pre.children).strip("\n").split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        yield Element("p", (), (Element("code", (), ("\u00a0" * indent + line.strip(" ") or "\u00a0",)),))


def _plain(nodes: Iterable[Node]) -> str:
    return "".join(node if isinstance(node, str) else "\n" if node.tag == "br" else _plain(node.children) for node in nodes)
