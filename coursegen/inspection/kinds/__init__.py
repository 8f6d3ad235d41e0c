"""Finds out what a package is, and looks into it: a file per format. A new format is one of those and one line in a function here."""

from __future__ import annotations

import csv
from collections.abc import Callable

from .. import faults, xml
from ..limits import MOST_ALONE, MOST_READ
from . import cartridge, gift, manifest, moodle_backup, moodle_xml, qti12, qti21, scorm
from . import others as other_kinds
from .manifest import Manifest
from .package import Description, Package

__all__ = ["Description", "Package", "describe"]
csv.field_size_limit(1_000_000)


def describe(package: Package) -> Description:
    """What a package is and holds; of kind ``unknown``, with a finding, where that cannot be told."""
    container = package.opened.container
    found = _single(package) if container == "single" else _archive(package) if container != "none" else None
    if found is None:
        if not any(package.notes):
            package.notes.add(faults.unknown_package(package.place()))
        return Description("unknown")
    return found


def _archive(package: Package) -> Description | None:
    """A zip or tar: by the file that systems look for, Moodle's first."""
    path = manifest.find(package)
    if moodle_backup.recognise(package):
        found = moodle_backup.describe(package)
        other = _manifest(package, path, moodle_backup.is_part) if path else None
        if other is not None:
            found.also.append(f"{other.kind} {other.version}".strip())
            found.maker = found.maker or other.maker
        return found
    if path:
        return _manifest(package, path)
    if any(name.lower().endswith((".html", ".htm")) for name in package.opened.members):
        return other_kinds.web_pages(package)
    return _only_xml(package)


def _manifest(package: Package, path: str, others: Callable[[str], bool] = lambda path: False) -> Description | None:
    root = package.xml(path)
    if root is None or xml.local(root) != "manifest":
        return None
    read = Manifest(package, root, path, others)
    if cartridge.recognise(read):
        return cartridge.describe(package, read)
    if scorm.recognise(read):
        return scorm.describe(package, read)
    if qti21.recognise_package(read):
        return qti21.describe_package(package, read)
    found = other_kinds.content_package(package, read)
    for resource in read.resources.values():
        if resource.type.startswith("imsqti_xmlv1p") and (data := package.xml(resource.opens)) is not None and qti12.recognise(data):
            qti12.count(package, resource.opens, data, found, strict=False)
            found.kind, found.version = "qti", "1.2"
    return found


def _only_xml(package: Package) -> Description | None:
    """An archive of XML files without a manifest: what the first that is known is."""
    found = None
    for path in [name for name in package.opened.members if name.lower().endswith(".xml")][:50]:
        found = found or _xml(package, path)
    return found


def _xml(package: Package, path: str) -> Description | None:
    root = package.xml(path, MOST_ALONE if package.opened.container == "single" else MOST_READ)
    if root is None:
        return None
    if qti12.recognise(root):
        return qti12.describe(package, path, root)
    if qti21.recognise(root):
        return qti21.describe(package, path, root)
    if moodle_xml.recognise(root):
        return moodle_xml.describe(package, path, root)
    if moodle_xml.recognise_glossary(root):
        return moodle_xml.describe_glossary(package, path, root)
    return None


def _single(package: Package) -> Description | None:
    """A single file: XML, or a text."""
    (path,) = package.opened.members
    data = package.opened.read(path, MOST_ALONE)
    if data is None:
        return None
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and b"<html" not in data[:2000].lower():
        return _xml(package, path)
    if b"\0" in data:
        return None
    text = data.decode("utf-8-sig", "replace")
    if gift.recognise(text):
        return gift.describe(package, text)
    return other_kinds.table(text)
