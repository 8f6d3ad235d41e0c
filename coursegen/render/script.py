"""Joins the player's ES modules into one classic script.

Browsers refuse module imports from ``file://``, and a package must open from a disk. The modules keep to a few forms (one-line
imports, ``export`` before a declaration), so that joining them is leaving those words out, in the order of their imports.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from . import lighter

_IMPORT = re.compile(r'^import\s+(?:\{[^}]*\}\s+from\s+)?"(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|class|const|let)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def join(entry: str, read: Callable[[str], str], light: Callable[[str], bool] = lambda name: True) -> str:
    """The script for the module ``entry`` and all it imports; ``read`` gives a module's text by its path.

    ``light`` says of which modules comments and needless blanks are left out (:mod:`coursegen.render.lighter`).

    Raises ValueError for a module that uses another form of import or export, or modules that import each other.
    """
    order: list[str] = []
    texts: dict[str, str] = {}
    _visit(entry, read, texts, order, [])
    body = "".join(lighter.script(texts[name]) if light(name) else texts[name] for name in order)
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def _visit(name: str, read: Callable[[str], str], texts: dict[str, str], order: list[str], above: list[str]) -> None:
    if name in above:
        raise ValueError(f"modules import each other: {' -> '.join([*above, name])}")
    if name in texts:
        return
    text = read(name)
    for needed in _IMPORT.findall(text):
        _visit(posixpath.normpath(posixpath.join(posixpath.dirname(name), needed)), read, texts, order, [*above, name])
    text = _EXPORT.sub("", _IMPORT.sub("", text))
    if left := _LEFT.search(text):
        raise ValueError(f"{name}: cannot join this form: {left.group()}")
    texts[name] = text
    order.append(name)
