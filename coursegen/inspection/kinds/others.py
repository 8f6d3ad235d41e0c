"""What is no package for an LMS, and yet is met: zips of web pages, plain IMS content packages, tables to import."""

from __future__ import annotations

import csv
import io
from collections import Counter

from ..model import Node
from ..scan import PAGES
from ..xml import words
from .manifest import Manifest, Resource
from .package import Description, Package, one_line

_FRAMEWORK = {"Parent ID number", "ID number", "Short name"}


def content_package(package: Package, manifest: Manifest) -> Description:
    """An IMS content package that is neither SCORM nor a cartridge."""
    found = Description("ims content package", manifest.version)

    def kind(resource: Resource | None, item: object) -> str:
        return "section" if resource is None else "page" if resource.opens.lower().endswith(PAGES) else "file"

    manifest.label(found)
    manifest.check()
    manifest.check_contents()
    found.tree = list(manifest.tree(kind))
    return found


def web_pages(package: Package) -> Description:
    """A zip of pages without any manifest."""
    from lxml import etree

    found = Description("web pages")
    for path in package.opened.members:
        if not path.lower().endswith((".html", ".htm", ".xhtml")):
            continue
        package.opened.clock.check()
        data = package.opened.read(path) or b""
        title = ""
        if b"<title" in data.lower():
            parser = etree.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
            head = data[: data.lower().find(b"</title") + 8][:20_000]
            try:
                root = etree.fromstring(head, parser)
            except (etree.ParserError, etree.XMLSyntaxError, ValueError):
                root = None
            if root is not None:
                title = words(root.find(".//title"))
                found.speaks(root.get("lang"))
        found.tree.append(Node(title or path, "page", path))
    found.title = next((node.title for node in found.tree if node.target == "index.html"), "")
    return found


def table(text: str) -> Description | None:
    """A table to import into Moodle: a competence framework, or records; None for anything else."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text.removeprefix("﻿")), strict=True) if row]
    except csv.Error:
        return None
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows) or not any(cell.strip() for cell in rows[0]):
        return None
    framework = set(rows[0]) >= _FRAMEWORK
    kind, part = ("competence framework", "competence") if framework else ("table", "record")
    body = rows[1:]
    if framework:
        where, names = rows[0].index("Is framework") if "Is framework" in rows[0] else -1, rows[0].index("Short name")
        frames = [row[names] for row in body if where >= 0 and row[where] == "1"]
        body = [row for row in body if where < 0 or row[where] != "1"]
        found = Description(kind, "", one_line(frames[0]) if frames else "")
        found.tree = [Node(one_line(row[names]), part) for row in body]
    else:
        found = Description(kind)
        found.tree = [Node(one_line(row[0]), part) for row in body]
    found.activities = Counter({part: len(body)})
    return found
