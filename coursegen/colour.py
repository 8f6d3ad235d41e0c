"""How well two colours can be told apart (WCAG 2.2, contrast ratio), and colours made of others. Colours are ``#rrggbb``."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Iterator

_STEPS = 200


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, each from 0 to 1."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def written(red: float, green: float, blue: float) -> str:
    """A colour of its channels."""
    return "#" + "".join(f"{round(min(1, max(0, each)) * 255):02x}" for each in (red, green, blue))


def luminance(colour: str) -> float:
    """The relative luminance, as WCAG 2.2 defines it."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio, from 1 (the same) to 21 (black and white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """A colour laid over a ground: all of it where the share is 1, and none where it is 0."""
    above, below = channels(colour), channels(ground)
    return written(*(share * one + (1 - share) * other for one, other in zip(above, below, strict=True)))


def lightness(colour: str) -> float:
    """How light a colour is, from 0 (black) to 1 (white)."""
    return colorsys.rgb_to_hls(*channels(colour))[1]


def lit(colour: str, light: float) -> str:
    """The same hue, darker or lighter."""
    hue, _, saturation = colorsys.rgb_to_hls(*channels(colour))
    return written(*colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation))


def nearest(colour: str, needed: Iterable[tuple[str, float]]) -> str:
    """The colour itself, or else the one of its hue and the nearest lightness that has the ``needed`` ratio to every other colour.

    Empty where no lightness has.
    """
    wanted = tuple(needed)
    return next((each for each in _shades(colour) if all(contrast(each, other) >= ratio for other, ratio in wanted)), "")


def _shades(colour: str) -> Iterator[str]:
    """The colour, and then the others of its hue by how near their lightness is."""
    yield colour
    light = lightness(colour)
    for step in range(1, _STEPS + 1):
        for other in (light - step / _STEPS, light + step / _STEPS):
            if 0 <= other <= 1:
                yield lit(colour, other)
