"""Makes our scripts and style sheets lighter: comments and blanks are for authors, and a package is for learners.

Done by rjsmin and rcssmin (Apache-2.0), which rename nothing and rewrite no statement. What a course brings of its own is not
touched.
"""

from __future__ import annotations


def style(sheet: str) -> str:
    """A style sheet without comments and needless blanks."""
    from rcssmin import cssmin

    return f"{cssmin(sheet)}\n"


def script(text: str) -> str:
    """A module without comments and needless blanks; lines that mean something stay lines."""
    from rjsmin import jsmin

    return f"{jsmin(text)}\n"
