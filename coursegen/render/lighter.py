"""Makes our scripts and style sheets lighter: lines of comment and indentation are for authors, and a package is for learners.

Only whole lines are left out. Nothing is renamed and no statement is touched, so that what is wrong in a browser can be found in
the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMMENT = re.compile(r"""("(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')|/\*[\s\S]*?\*/""")


def style(sheet: str) -> str:
    """A style sheet without comments, indentation and empty lines. A sheet in which a string goes on in the next line stays as it is."""
    if "\\\n" in sheet:
        return sheet
    return _lines(_COMMENT.sub(lambda found: found[1] or " ", sheet).splitlines())


def script(text: str) -> str:
    """A module without lines of comment, indentation and empty lines. One with a string of several lines stays as it is."""
    lines = text.splitlines()
    if any(line.count("`") % 2 or line.endswith("\\") for line in lines):
        return text
    return _lines(line for line in lines if not line.lstrip().startswith("//"))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())
