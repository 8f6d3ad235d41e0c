"""What a page or an SVG fetches, and the scripts in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..xml import fits
from . import css, script

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .collected import Scan

_LOADING = {
    "img": ("src", "srcset"),
    "script": ("src", "href"),
    "iframe": ("src",),
    "frame": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "body": ("background",),
    "table": ("background",),
    "td": ("background",),
    "image": ("href",),
    "use": ("href",),
    "feimage": ("href",),
}
"""For each element the attributes whose address a browser fetches by itself. (A link is fetched when somebody follows it.)"""
_RELATIONS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"})
_DATA = frozenset({"application/json", "application/ld+json", "text/template", "text/html", "text/x-template", "importmap", "text/plain"})
"""Types of ``script`` that a browser does not run."""
_WORTH = re.compile(r"//|<script|javascript:|\son\w{3,20}\s*=", re.IGNORECASE)


def page(file: str, data: bytes, scan: Scan, whole: bool = False) -> bool:
    """Look through HTML or SVG; ``whole`` for a file of the package, whose addresses lead to others. False where it is too much."""
    from lxml import etree

    if not fits(data):
        return False
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(data.lstrip(b"\xef\xbb\xbf"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return True  # there is nothing in it that a browser would show
    if root is not None:
        for element in root.iter():
            _element(file, element, scan, whole)
    return True


def fragment(file: str, text: str, scan: Scan) -> None:
    """Look through HTML that stands in a text of another file; where nothing in it can load or run, this costs nearly nothing."""
    if "<" in text and _WORTH.search(text):
        page(file, text.encode("utf-8", "replace"), scan)


def _element(file: str, element: _Element, scan: Scan, whole: bool) -> None:
    name = str(element.tag).rpartition("}")[2].lower()
    line = element.sourceline or 0
    attributes = {str(key).rpartition("}")[2].rpartition(":")[2].lower(): str(value) for key, value in element.attrib.items()}
    for key in _LOADING.get(name, ()):
        for address in attributes.get(key, "").split(",") if key == "srcset" else [attributes.get(key, "")]:
            address = address.strip().split(" ")[0] if key == "srcset" else address
            scan.load(file, line, f"{name} {key}", address)
            if whole:
                scan.refer(file, line, address)
    if whole and name in ("a", "link", "area"):
        scan.refer(file, line, attributes.get("href", ""))
    if name == "link" and _RELATIONS & set(attributes.get("rel", "").lower().split()):
        scan.load(file, line, f"link rel={attributes['rel']}", attributes.get("href", ""))
    if name == "style" and element.text:
        css.style(file, element.text, line, scan)
    if "style" in attributes:
        css.style(file, attributes["style"], line, scan)
    if name == "script" and attributes.get("type", "").strip().lower() not in _DATA:
        if "src" not in attributes and (element.text or "").strip():
            scan.inline[file] += 1
            script.code(file, element.text or "", line, scan)
    handlers = [key for key in attributes if key.startswith("on") and len(key) > 4]
    running = [key for key in ("href", "src", "action") if attributes.get(key, "").strip().lower().startswith("javascript:")]
    if handlers or running:
        scan.handlers[file] += len(handlers) + len(running)
