"""Links and pictures of pages that lead to files that are not in the package. Findings Z221 and Z222."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from ...model.place import Place
from ..names import place
from ..opened import Opened
from ..registry import fault
from .collected import Scan

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_TOKENS = ("$", "@@", "{", "%7b", "<")
"""Signs of an address that a system or a script puts together later."""


@fault("Z221", "warning")
def dead_address(place: Place, address: str) -> tuple[str, str]:
    """A page of the package refers to a file that is not in it: learners see a broken picture or a dead link."""
    return f"This page refers to {address}, which is not in the package.", "Put the file into the package, or mend the address."


@fault("Z222", "warning")
def address_outside(place: Place, address: str) -> tuple[str, str]:
    """A page of the package refers to a path that leads out of it, so that the file is missing on every other system."""
    return f"This page refers to {address}, which leads out of the package.", "Put the file into the package, and refer to it there."


def check_local(opened: Opened, scan: Scan) -> None:
    """Look up the addresses that pages of the package refer to."""
    if opened.container == "single":
        return
    members = opened.members
    folders = {path[:at] for path in members for at, sign in enumerate(path) if sign == "/"}
    for file, line, address in scan.local:
        opened.clock.check()
        if _SCHEME.match(address) or address.startswith(("#", "/", "?")) or any(sign in address.lower() for sign in _TOKENS):
            continue
        plain = unquote(address.partition("#")[0].partition("?")[0])
        path, raw = (posixpath.normpath(posixpath.join(posixpath.dirname(file), each)) for each in (plain, address))
        if path.startswith("../"):
            opened.notes.add(address_outside(place(opened.name, file, line), address[:200]))
        elif path != "." and path not in members and path not in folders and raw not in members:
            opened.notes.add(dead_address(place(opened.name, file, line), address[:200]))
