"""Reads XML of strangers: no entities, no network, no document types, and only as much as fits into memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model.place import Place
from . import faults
from .limits import MOST_NODES
from .notes import Notes

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_USUAL = re.compile(r"utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-?8859-\d+|latin-?1|windows-125\d|cp125\d", re.IGNORECASE)
_LINE = re.compile(r", line \d+, column \d+.*", re.DOTALL)
MOST_ATTRIBUTES = 1000
"""Attributes of one element."""


def parse(data: bytes, where: Place, notes: Notes) -> _Element | None:
    """The root of an XML file; None, with a finding, where it cannot be read safely."""
    from lxml import etree

    plain = data.replace(b"\0", b"")  # the two bytes of UTF-16 would hide words from a search
    encoding = _DECLARED.search(plain[:400])
    if not plain.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip().startswith(b"<"):
        notes.add(faults.not_well_formed(where, "it does not begin with “<”"))
        return None
    if encoding and not _USUAL.fullmatch(encoding[1].decode()):
        notes.add(faults.odd_encoding(where, encoding[1].decode()))
        return None
    if b"<!ENTITY" in plain:
        notes.add(faults.entities(where))
        return None
    if b"<!DOCTYPE" in plain:
        notes.add(faults.document_type(where))
    if _cost(plain) > MOST_NODES or _crowded(plain):
        notes.add(faults.too_much_xml(where))
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        said = _LINE.sub("", str(error.msg))
        notes.add(faults.not_well_formed(Place(where.file, line or 0, column or 0), _calm(said)))
        return None


def _cost(data: bytes) -> int:
    """A careful guess at the memory that a tree of the file takes."""
    return 2 * len(data) + 110 * data.count(b"<") + 200 * data.count(b"=")


def fits(data: bytes) -> bool:
    """Whether a tree of a file, also of HTML, fits into memory."""
    return _cost(data) <= MOST_NODES and not _crowded(data)


def _crowded(data: bytes) -> bool:
    """Whether an element has more attributes than a parser should meet."""
    return data.count(b"=") > MOST_ATTRIBUTES and any(piece.partition(b">")[0].count(b"=") > MOST_ATTRIBUTES for piece in data.split(b"<"))


def _calm(message: str) -> str:
    """A message of the parser as a part of a sentence."""
    words = "".join(c if c.isprintable() else " " for c in message).strip()
    return (words[:1].lower() + words[1:])[:200] or "it is empty"


def local(element: _Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: _Element) -> str:
    """The namespace of an element; "" without one."""
    name = str(element.tag)
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def words(element: _Element | None, most: int = 300) -> str:
    """The words in an element on one line."""
    if element is None:
        return ""
    text = " ".join("".join(element.itertext()).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
