"""The colours of a course: its own, those that follow from them, and those that ``templates/page.css`` has for the rest.

``PAIRS`` are all that the style sheets lay on each other, so that a rule can say what cannot be read before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias, get_args

from .colour import contrast, lightness, lit, mixed, nearest
from .model.theme import Colours, Theme

Scheme: TypeAlias = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
VARIABLES: Mapping[str, str] = {
    "text": "--cg-ink",
    "muted": "--cg-soft",
    "page": "--cg-paper",
    "panel": "--cg-wash",
    "line": "--cg-line",
    "border": "--cg-edge",
    "accent": "--cg-teal",
    "accent_strong": "--cg-teal-deep",
    "accent_soft": "--cg-teal-wash",
    "on_accent": "--cg-on-teal",
    "notice": "--cg-amber",
    "notice_soft": "--cg-amber-wash",
}
"""Which variable of the style sheets each colour is."""
SHIPPED: Mapping[Scheme, Mapping[str, str]] = {
    "light": dict(
        zip(
            VARIABLES,
            "#1d2b33 #4d5b63 #ffffff #f7f5f0 #dcd6ca #75828a #1f6f78 #155057 #e9f3f3 #ffffff #8a4b08 #fbf1e3".split(),
            strict=True,
        )
    ),
    "dark": dict(
        zip(
            VARIABLES,
            "#e7edef #b3c0c6 #141c20 #1c262b #36444b #8698a1 #7fcbd3 #a5dfe5 #1a3135 #0e2225 #f2b56b #33281a".split(),
            strict=True,
        )
    ),
}
"""What ``page.css`` has."""
WORDS, CONTROLS = 4.5, 3.0
"""The least ratios: of words to what is behind them (WCAG 1.4.3), of borders, signs and the focus ring (1.4.11)."""
_GROUNDS = ("page", "panel", "accent_soft", "notice_soft")
PAIRS: Mapping[tuple[str, str], float] = {
    **{(word, ground): WORDS for word in ("text", "muted", "accent", "accent_strong") for ground in _GROUNDS},
    **{("notice", ground): WORDS for ground in ("page", "panel", "notice_soft")},
    **{("on_accent", ground): WORDS for ground in ("accent", "accent_strong")},
    **{("border", ground): CONTROLS for ground in ("page", "panel", "accent_soft")},
}
"""What stands on what, with the ratio that it needs. Rings and bars have the colours of words, which need more. Fine lines only divide."""
_WHITE, _BLACK = "#ffffff", "#000000"
_SHARE = {"light": 0.1, "dark": 0.16}
"""How much of the accent is in the wash that follows from it."""


class Palette(NamedTuple):
    """The colours of one scheme by their key, and which of them the course says itself."""

    colours: Mapping[str, str]
    own: frozenset[str]
    derived: frozenset[str]
    """Those that follow from others, and change with them."""

    def low(self) -> Iterator[tuple[str, str, float, float]]:
        """The pairs that are too much alike: what stands on what, the ratio it has, and the one it needs."""
        for (above, below), needed in PAIRS.items():
            if (ratio := contrast(self.colours[above], self.colours[below])) < needed:
                yield above, below, ratio, needed

    def better(self, key: str) -> str:
        """The nearest shade of a colour that can be told from all that it stands on, or that stands on it; empty where there is none."""
        beside = [(below, ratio) for (above, below), ratio in PAIRS.items() if above == key]
        beside += [(above, ratio) for (above, below), ratio in PAIRS.items() if below == key]
        needed = [(self.colours[other], ratio) for other, ratio in beside if other not in self.derived]
        return nearest(self.colours[key], needed)


def palette(theme: Theme, scheme: Scheme) -> Palette:
    """All colours of a scheme. What the course does not say follows from its accent and notice, or is as in ``page.css``."""
    own = _said(theme.light if scheme == "light" else theme.dark)
    colours = {**SHIPPED[scheme], **own}
    given = _said(theme.light) | own
    for name in ("notice", "accent"):  # links stand in boxes of warnings, too
        if name not in given:
            continue
        if name not in own:  # the dark has none of its own: that of the light, as much lighter as it has to be
            colours[name] = _told_apart(given[name], colours, scheme)
        if f"{name}_soft" not in own:
            colours[f"{name}_soft"] = _wash(colours, name, scheme)
    if "accent" in given:
        if "accent_strong" not in own:
            by = -0.09 if scheme == "light" else 0.09
            colours["accent_strong"] = _told_apart(lit(colours["accent"], lightness(colours["accent"]) + by), colours, scheme)
        if "on_accent" not in own:
            behind = colours["accent"], colours["accent_strong"]
            colours["on_accent"] = max(_WHITE, _BLACK, key=lambda each: min(contrast(each, ground) for ground in behind))
    derived = {name for name, colour in colours.items() if name not in own and colour != SHIPPED[scheme][name]}
    return Palette(colours, frozenset(own), frozenset(derived))


def _said(colours: Colours) -> dict[str, str]:
    """The colours that an author has written, in one form. One that is no colour is empty: the reader has reported it."""
    return {name: "#" + value.removeprefix("#").lower() for name in VARIABLES if (value := getattr(colours, name))}


def _told_apart(colour: str, colours: Mapping[str, str], scheme: Scheme) -> str:
    """A colour as it can be read where it will stand, also on a wash of its own."""
    grounds = [colours["page"], colours["panel"], colours["notice_soft"], mixed(colour, colours["page"], _SHARE[scheme])]
    return nearest(colour, [(ground, WORDS) for ground in grounds]) or colour


def _wash(colours: Mapping[str, str], name: str, scheme: Scheme) -> str:
    """A wash of a colour over the page, as strong as words on it allow."""
    words = [colours[word] for word in ("text", "muted", name)]
    shares = [_SHARE[scheme] * step / 10 for step in range(10, 0, -1)]
    washes = (mixed(colours[name], colours["page"], share) for share in shares)
    return next((wash for wash in washes if all(contrast(word, wash) >= WORDS for word in words)), colours["page"])
