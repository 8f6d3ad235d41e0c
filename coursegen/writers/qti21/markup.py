"""Rich text as the XHTML that QTI 2.1 has (Assessment Test, Section and Item Information Model, section 10 on body elements).

It is that of 2002: no ``figure``, ``section``, ``aside``, ``details``, ``audio``, ``video``, ``mark`` and the like, no ``title``, ``dir``
or ``start``. Words are never lost: what an element or attribute said beyond its words is written out. All functions are pure.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from mimetypes import guess_type

from ...model import Element, Media, Node, Value

_INLINE = frozenset("abbr b bdi bdo cite code data del dfn em i ins kbd mark q ruby s samp small span strong sub sup time u var".split())
_ABSENT = dict.fromkeys(("bdi", "bdo", "data", "del", "ins", "ruby", "s", "time", "u"), "span") | {"mark": "strong"}
"""Elements in a line that the standard lacks, and what takes their place."""
_BOXES = frozenset("aside details div figure section".split())
_LINES = frozenset("address figcaption h1 h2 h3 h4 h5 h6 p pre summary".split())
_CONTROLS = frozenset(["textEntryInteraction", "inlineChoiceInteraction"])
"""What stands in the place of a gap, as the writer put it there."""
_IN_A_LINE = (_INLINE - _ABSENT.keys()) | _CONTROLS | {"a", "br", "img", "object"}
"""Of what is written, what stands in a line; everything else breaks one."""
_CELL = ("abbr", "colspan", "rowspan", "scope")
_LENGTH = re.compile("[0-9]+%?")


def flow(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Words and blocks side by side, as list items, cells, options and feedback hold them."""
    return tuple(_flow(nodes))


def inline(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Words alone: where only these may stand, blocks become their words."""
    return tuple(_unblocked(_flow(nodes)))


def blocks(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Blocks alone, as the body of an item and a quotation hold them: words between them are put in paragraphs."""
    made: list[Node] = []
    line: list[Node] = []
    for node in (*_flow(nodes), Element("hr")):
        if _in_a_line(node):
            line.append(node)
            continue
        if any(not isinstance(each, str) or each.strip() for each in line):
            made.append(Element("p", (), tuple(line)))
        line = []
        made.append(node)
    return tuple(made[:-1])


def _in_a_line(node: Node) -> bool:
    return isinstance(node, str) or node.tag in _IN_A_LINE


def _unblocked(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str) or node.tag in ("br", "img", "object", *_CONTROLS):
            yield node
        elif node.tag in _IN_A_LINE:
            yield Element(node.tag, node.attributes, tuple(_unblocked(node.children)))
        elif node.tag != "hr":
            yield " "
            yield from _unblocked(node.children)
            yield " "


def _flow(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag
        if tag in _CONTROLS:
            yield node
        elif tag in _INLINE:
            yield from _phrase(node)
        elif tag == "a":
            yield from _link(node)
        elif tag == "br":
            yield Element("br")
        elif tag == "hr":
            yield Element("hr")
        elif tag == "img":
            yield Element("img", (*_kept(node, "src"), ("alt", node.words("alt") or ""), *_size(node)))
        elif tag in ("audio", "video"):
            yield from _film(node)
        elif tag == "rt":
            yield Element("span", (), ("(", *inline(node.children), ")"))
        elif tag in _LINES:
            yield from _line(node)
        elif tag in _BOXES:
            yield Element("div", _kept(node), flow(node.children))
        elif tag == "blockquote":
            yield Element("blockquote", _kept(node), blocks(node.children))
        elif tag in ("ul", "ol"):
            yield Element(tag, _kept(node), tuple(Element("li", _kept(each), flow(each.children)) for each in _elements(node)))
        elif tag == "dl":
            yield Element("dl", _kept(node), tuple(_terms(node)))
        elif tag == "table":
            yield from _table(node)
        elif tag != "wbr":
            yield from _flow(node.children)


def _elements(node: Element) -> Iterator[Element]:
    return (each for each in node.children if isinstance(each, Element))


def _phrase(node: Element) -> Iterator[Node]:
    """An element in a line, with what its ``title`` says in brackets; an insertion or deletion may hold blocks."""
    children = node.children
    if node.tag == "ruby" and any(each.tag == "rp" for each in _elements(node)):  # the author wrote the brackets
        children = tuple(
            Element("span", each.attributes, each.children) if isinstance(each, Element) and each.tag in ("rt", "rp") else each
            for each in children
        )
    inside = flow(children)
    if not all(_in_a_line(each) for each in inside) and node.tag in ("del", "ins"):
        yield Element("div", _kept(node), inside)
        return
    yield Element(_ABSENT.get(node.tag, node.tag), _kept(node), inline(children))
    if node.tag in ("abbr", "dfn") and (said := node.words("title")):
        yield f" ({said})"


def _link(node: Element) -> Iterator[Node]:
    """A link that leads out or to a file stays; of one to an activity, a place or a term the words do. Around blocks it is a paragraph."""
    if not isinstance(node.get("href"), (str, Media)):
        yield from _flow(node.children)
        return
    inside = flow(node.children)
    if all(_in_a_line(each) for each in inside):
        yield Element("a", _kept(node, "href"), inside)
    else:
        yield Element("p", (), (Element("a", _kept(node, "href"), inline(node.children)),))


def _line(node: Element) -> Iterator[Node]:
    """A paragraph, heading or caption; as a box where it holds blocks, which HTML allows a caption, a summary and an address."""
    inside = flow(node.children)
    if all(_in_a_line(each) for each in inside):
        yield Element({"figcaption": "p", "summary": "p"}.get(node.tag, node.tag), _kept(node), inside)
    else:
        yield Element("div", _kept(node), inside)


def _terms(node: Element) -> Iterator[Element]:
    for each in _elements(node):
        if each.tag == "dt":
            yield Element("dt", _kept(each), inline(each.children))
        elif each.tag == "dd":
            yield Element("dd", _kept(each), flow(each.children))
        else:
            yield from _terms(each)


def _table(node: Element) -> Iterator[Node]:
    """A table with its parts in the order that the schema wants: caption, columns, head, foot, bodies; rows stand in a body."""
    parts: dict[str, list[Element]] = {name: [] for name in ("caption", "col", "colgroup", "thead", "tfoot", "tbody")}
    loose: list[Element] = []
    for each in (*_elements(node), Element("tbody")):
        if each.tag == "tr":
            loose.append(each)
            continue
        if rows := tuple(_rows(loose)):
            parts["tbody"].append(Element("tbody", (), rows))
        loose = []
        if each.tag == "caption":
            parts["caption"].append(Element("caption", _kept(each), inline(each.children)))
        elif each.tag in ("col", "colgroup"):
            columns = tuple(Element("col", _kept(column, "span")) for column in _elements(each))
            parts[each.tag].append(Element(each.tag, _kept(each, "span"), columns))
        elif rows := tuple(_rows(_elements(each))):
            parts[each.tag].append(Element(each.tag, _kept(each), rows))
    if not parts["tbody"]:
        parts["tbody"] = [Element("tbody", (), each.children) for name in ("thead", "tfoot") for each in parts.pop(name)]
    if parts["tbody"]:
        yield Element("table", _kept(node), tuple(part for found in parts.values() for part in found))
    else:
        yield from (Element("p", each.attributes, each.children) for each in parts["caption"])


def _rows(rows: Iterable[Element]) -> Iterator[Element]:
    for row in rows:
        if cells := tuple(Element(cell.tag, _kept(cell, *_CELL), flow(cell.children)) for cell in _elements(row)):
            yield Element("tr", _kept(row), cells)


def _film(node: Element) -> Iterator[Node]:
    """Sound or film as an ``object``, a further file in place of one that cannot be played, its words last; then its captions as links."""
    sources = [each for each in (node, *_elements(node)) if isinstance(each.get("src"), Media) and each.tag != "track"]
    inside = inline(each for each in node.children if isinstance(each, str) or each.tag not in ("source", "track"))
    for number, each in enumerate(reversed(sources)):
        if number == 0:
            inside = (*inside, _to_file(each, "src"))
        kind = (each.words("type") or "").partition(";")[0] or _type(each.get("src"))
        inside = (Element("object", (("data", each.get("src") or ""), ("type", kind), *_size(node)), inside),)
    yield from inside
    for track in _elements(node):
        if track.tag == "track" and isinstance(track.get("src"), Media):
            yield " "
            yield _to_file(track, "src", track.words("label"))


def _to_file(node: Element, name: str, words: str | None = None) -> Element:
    media = node.get(name)
    path = media.path if isinstance(media, Media) else ""
    return Element("a", (("href", media or ""),), (words or posixpath.basename(path),))


def _type(media: Value | None) -> str:
    return (guess_type(media.path)[0] if isinstance(media, Media) else None) or "application/octet-stream"


def _size(node: Element) -> tuple[tuple[str, Value], ...]:
    """Width and height, as far as the schema takes them."""
    return tuple((name, value) for name in ("width", "height") if (value := node.words(name)) and _LENGTH.fullmatch(value))


def _kept(node: Element, *names: str) -> tuple[tuple[str, Value], ...]:
    """The attributes of some names, and the language. Ids and classes are the page's own and mean nothing elsewhere."""
    language = node.words("lang")
    given = tuple((name, value) for name, value in node.attributes if name in names)
    return (*given, ("xml:lang", language)) if language else given
