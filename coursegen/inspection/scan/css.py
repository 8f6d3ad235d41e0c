"""What a style sheet fetches."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .collected import Scan

_LOADS = re.compile(r"""(@import)\s{0,20}(?:url\(\s{0,20})?["']?([^"')\s;]{1,2000})|(url)\(\s{0,20}["']?([^"')]{1,2000})""", re.IGNORECASE)


def style(file: str, text: str, line: int, scan: Scan) -> None:
    """Look through a style sheet, or a ``style`` attribute, that begins at a line of a file."""
    if "//" not in text:
        return
    breaks = [found.start() for found in re.finditer("\n", text)]
    for found in _LOADS.finditer(without_comments(text)):
        how, address = (found[1] or found[3]).lower(), found[2] or found[4]
        scan.load(file, line + bisect(breaks, found.start()), how if how == "@import" else "url()", address)


def without_comments(text: str) -> str:
    """A style sheet in which comments are blanks. A comment without an end goes to the end."""
    parts: list[str] = []
    at = 0
    while (start := text.find("/*", at)) >= 0:
        end = text.find("*/", start + 2)
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:] if end < 0 else text[start : end + 2])]
        at = len(text) if end < 0 else end + 2
    return "".join([*parts, text[at:]])
