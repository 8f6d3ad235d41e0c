"""Makes our scripts and style sheets lighter: lines of comment and indentation are for authors, and a package is for learners.

Only whole lines are left out. Nothing is renamed and no statement is touched, so that what is wrong in a browser can be found in
the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_STRING = r"""("(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')"""
_COMMENT = re.compile(_STRING + r"|/\*[\s\S]*?\*/")
_BLANK = re.compile(_STRING + r"|(?<=[{;:,])[ \t]+|[ \t]+(?=[{}])")


def style(sheet: str) -> str:
    """A style sheet without comments, indentation, needless blanks and empty lines. One with a string of several lines stays as it is."""
    if "\\\n" in sheet:
        return sheet
    return _lines(_BLANK.sub(_kept, _COMMENT.sub(_kept, sheet)).splitlines())


def _kept(found: re.Match[str]) -> str:
    return found[1] or ""


def script(text: str) -> str:
    """A module without lines of comment, indentation and empty lines. One with a string of several lines stays as it is."""
    lines = text.splitlines()
    if any(line.count("`") % 2 or line.endswith("\\") for line in lines):
        return text
    return _lines(line for line in lines if not line.lstrip().startswith("//"))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())
