"""Rules about how a course looks: that everybody can read it, and every browser can show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...model.theme import Fonts
from ...palette import SCHEMES, VARIABLES, palette
from ..rule import Report, check
from ..survey import Survey

_NAMES = {name: name.replace("_", " ") for name in VARIABLES}
_WOFF2 = b"wOF2"
_PNG = b"\x89PNG\r\n\x1a\n"


@check("O001")
def contrast(survey: Survey) -> Iterator[Report]:
    """Two colours of the theme cannot be told apart well enough (WCAG 1.4.3, 1.4.11).

    Words need a ratio of 4.5 to 1 to what is behind them, borders of fields and buttons one of 3 to 1. Every pair of colours that pages
    have is looked at, in the light and in the dark, also where only one of the two is the theme's.

    Wrong: ``accent: "#7fcbd3"`` on a white page
    Right: ``accent: "#1f6f78"``
    """
    theme = survey.course.theme
    if theme is None:
        return
    for scheme in SCHEMES:
        colours = palette(theme, scheme)
        worst: dict[str, tuple[float, float, str, str]] = {}
        for above, below, ratio, needed in colours.low():
            # A colour that follows from others is as good as they allow: what is behind it is the author's.
            key = next((each for each in (above, below) if each in colours.own), "")
            key = key or next((each for each in ("page", "panel", "notice_soft", "accent_soft") if each in colours.own), "accent")
            worst[key] = min(worst.get(key, (ratio, needed, above, below)), (ratio, needed, above, below))
        part = theme.light if scheme == "light" else theme.dark
        for key, (ratio, needed, above, below) in worst.items():
            told = f"{_NAMES[above]} {colours.colours[above]} on {_NAMES[below]} {colours.colours[below]}"
            # Rounded down: what does not pass must not look as if it did.
            message = f"{scheme}: {told} has a contrast of {int(ratio * 100) / 100:.2f} to 1; {needed:g} to 1 is needed"
            better = colours.better(key)
            mend = f'write {key}: "{better}"' if better else f"no shade of this {_NAMES[key]} is right: change what it stands on, too"
            yield Report(part.at(key) if part.places else theme.place, message, mend)


@check("O002")
def font_file(survey: Survey) -> Iterator[Report]:
    """A font of the theme is not a WOFF2 file.

    Every browser of today reads WOFF2, and it is the smallest. Others are not read everywhere.

    Wrong: ``regular: fonts/workshop.ttf``
    Right: ``regular: fonts/workshop.woff2``
    """
    theme = survey.course.theme
    for part, key, media in theme.media() if theme else ():
        if isinstance(part, Fonts) and not (media.path.lower().endswith(".woff2") and _start(media.source, 4) == _WOFF2):
            yield Report(part.at(key), f"{media.path} is not a WOFF2 font", "save or convert it as WOFF2, with the ending .woff2")


@check("O003")
def logo_file(survey: Survey) -> Iterator[Report]:
    """The logo of the theme is neither an SVG nor a PNG picture.

    Other files are no pictures to a browser, or have no see-through ground for the dark theme.

    Wrong: ``file: media/logo.pdf``
    Right: ``file: media/logo.svg``
    """
    theme = survey.course.theme
    if theme is None or theme.logo is None:
        return
    media = theme.logo.file
    name = media.path.lower()
    # What is in an SVG is looked at by H014.
    if not (name.endswith(".svg") or (name.endswith(".png") and _start(media.source, 8) == _PNG)):
        yield Report(theme.logo.at("file"), f"{media.path} is neither an SVG nor a PNG picture", "save it as SVG or PNG")


def _start(source: Path, count: int) -> bytes:
    """The first bytes of a file; none where it cannot be read."""
    try:
        with source.open("rb") as file:
            return file.read(count)
    except OSError:
        return b""
