"""A course's theme as rules of CSS, which come after those of ``page.css``. A course without a theme has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..palette import SCHEMES, SHIPPED, VARIABLES, palette

if TYPE_CHECKING:
    from ..model import Media
    from ..model.theme import Fonts, Theme

_FAMILY = '"Course"'
_FACES = (("regular", 400, "normal"), ("bold", 700, "normal"), ("italic", 400, "italic"), ("bold_italic", 700, "italic"))
_LOGO = """\
.cg-logo { margin: 0; line-height: 0; }
.cg-main > .cg-logo { margin-block-end: 1.5rem; }
.cg-logo img { inline-size: auto; block-size: auto; max-inline-size: min(100%, 12rem); max-block-size: 3rem;
  padding: var(--cg-if-light, 0) var(--cg-if-dark, 0.25rem);
  background: var(--cg-if-light, transparent) var(--cg-if-dark, #ffffff); }
"""
"""A logo is made for white paper: in the dark it stands on a piece of it."""


def style(theme: Theme | None, address: Callable[[Media], str]) -> str:
    """The rules. ``address`` says where a font is, from the style sheet."""
    if theme is None:
        return ""
    return _colours(theme) + (_fonts(theme.fonts, address) if theme.fonts else "") + (_LOGO if theme.logo else "")


def _colours(theme: Theme) -> str:
    """Both colours of each variable that the theme changes. On paper there are those of ``page.css``, which are made for ink."""
    light, dark = (palette(theme, scheme).colours for scheme in SCHEMES)
    rules = "".join(
        f"{variable}:var(--cg-if-light,{light[name]}) var(--cg-if-dark,{dark[name]});"
        for name, variable in VARIABLES.items()
        if (light[name], dark[name]) != tuple(SHIPPED[scheme][name] for scheme in SCHEMES)
    )
    return f"@media screen{{:root{{{rules}}}}}\n" if rules else ""


def _fonts(fonts: Fonts, address: Callable[[Media], str]) -> str:
    """The letters, which come in the system's own until they are there."""
    faces = "".join(
        f'@font-face{{font-family:{_FAMILY};src:url("{address(media)}") format("woff2");'
        f"font-weight:{weight};font-style:{slant};font-display:swap}}\n"
        for name, weight, slant in _FACES
        if (media := getattr(fonts, name)) is not None
    )
    default = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif'
    return f"{faces}:root{{--cg-font:{_FAMILY},{default}}}\n"
