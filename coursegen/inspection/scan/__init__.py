"""What pages, styles, scripts and pictures would fetch from the network, and which scripts they carry."""

from __future__ import annotations

from .. import faults
from ..names import place
from ..opened import Opened
from . import css, html, script
from .collected import Scan

PAGES = (".html", ".htm", ".xhtml", ".svg")
STYLES = (".css",)
SCRIPTS = (".js", ".mjs")
_MOST_SCANNED = 4_000_000
"""Bytes of one file that are scanned."""


def package(opened: Opened, scan: Scan) -> None:
    """Look through all files of a package that a browser reads by their suffix."""
    for path in opened.members:
        lower = path.lower()
        if not lower.endswith(PAGES + STYLES + SCRIPTS):
            continue
        opened.clock.check()
        if lower.endswith(SCRIPTS):
            scan.files.append(path)
        data = opened.read(path, _MOST_SCANNED)
        if data is None:
            continue
        if lower.endswith(PAGES):
            if not html.page(path, data, scan, whole=True):
                opened.notes.add(faults.large_member(place(opened.name, path), len(data)))
        elif lower.endswith(STYLES):
            css.style(path, data.decode("utf-8", "replace"), 1, scan)
        else:
            script.code(path, data.decode("utf-8", "replace"), 1, scan)
