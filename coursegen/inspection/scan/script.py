"""What a script fetches, as far as its text shows it: addresses in calls that load, and in HTML inside strings.

An address that a program puts together from pieces cannot be seen like this.
"""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .collected import Scan

_ADDRESS = r"""((?:https?:|wss?:)?//[^"'`\\\s<>]{1,1000})"""
_CALLS = re.compile(
    r"\b(fetch|import|importScripts|open|sendBeacon|WebSocket|EventSource|Worker|require|getScript|ajax)\s{0,10}\(\s{0,10}"
    r"""(?:["'`](?:GET|POST|PUT|HEAD)["'`]\s{0,10},\s{0,10})?["'`]""" + _ADDRESS,
    re.IGNORECASE,
)
_FROM = re.compile(r"""\b(?:import|from)\s{0,10}["']""" + _ADDRESS)
_SETS = re.compile(r"""\.(src|srcset|data|poster)\s{0,10}=\s{0,10}["'`]""" + _ADDRESS)
_MARKUP = re.compile(
    r"""<(img|script|iframe|audio|video|source|track|embed|object|link|input)\b[^<>]{0,1000}?\b(src|href|data|poster)\s{0,5}=\s{0,5}\\{0,3}["']?"""
    + _ADDRESS,
    re.IGNORECASE,
)


def code(file: str, text: str, line: int, scan: Scan) -> None:
    """Look through a script that begins at a line of a file."""
    if "//" not in text:
        return
    breaks = [found.start() for found in re.finditer("\n", text)]

    def note(found: re.Match[str], how: str, address: str) -> None:
        scan.load(file, line + bisect(breaks, found.start()), how, address)

    for found in _CALLS.finditer(text):
        note(found, f"{found[1]}()", found[2])
    for found in _FROM.finditer(text):
        note(found, "import", found[1])
    for found in _SETS.finditer(text):
        note(found, f".{found[1]}", found[2])
    for found in _MARKUP.finditer(text):
        note(found, f"{found[1].lower()} {found[2].lower()}", found[3])
