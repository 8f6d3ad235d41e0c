"""How a course looks: its colours, its logo and its letters."""

import re
from collections.abc import Iterator
from typing import Annotated

from .part import Part, Stored, part
from .rich import Media
from .text import Plain, SourceText


class Colour(SourceText):
    """A colour as six hexadecimal digits: two each for red, green and blue."""

    __slots__ = ()
    pattern = re.compile("#?[0-9A-Fa-f]{6}")
    explanation = 'a colour of six digits in quotes, such as "#1f6f78"'


@part
class Colours(Part):
    """The colours of a course, where it is light or where it is dark. Those that are absent stay as they are, or follow from the accent."""

    text: Annotated[Colour | None, "words"] = None
    muted: Annotated[Colour | None, "words that matter less, such as captions"] = None
    page: Annotated[Colour | None, "the page behind the words"] = None
    panel: Annotated[Colour | None, "boxes, and the head and foot of the player"] = None
    line: Annotated[Colour | None, "fine lines that only divide"] = None
    border: Annotated[Colour | None, "the borders of fields and buttons"] = None
    accent: Annotated[Colour | None, "links, buttons and the ring around what has the focus"] = None
    accent_strong: Annotated[Colour | None, "the accent under the pointer, and words that say right"] = None
    accent_soft: Annotated[Colour | None, "boxes of tips, and what is chosen"] = None
    on_accent: Annotated[Colour | None, "words on a button"] = None
    notice: Annotated[Colour | None, "what to look at: warnings, and words that say not right"] = None
    notice_soft: Annotated[Colour | None, "boxes of warnings"] = None


@part
class Logo(Part):
    """The logo that learners see at the top."""

    file: Annotated[Media, "path of an SVG or PNG picture", Stored("file")]
    text: Annotated[Plain, "its text alternative: the name that it shows"]


@part
class Fonts(Part):
    """Letters of the course's own. What is absent is made from the regular ones."""

    regular: Annotated[Media, "path of a WOFF2 font", Stored("file")]
    bold: Annotated[Media | None, "path of its bold letters, WOFF2", Stored("file")] = None
    italic: Annotated[Media | None, "path of its italic letters, WOFF2", Stored("file")] = None
    bold_italic: Annotated[Media | None, "path of its bold italic letters, WOFF2", Stored("file")] = None


@part
class Theme(Part):
    """How the course looks."""

    light: Annotated[Colours, "colours where the device is light"] = Colours()
    dark: Annotated[Colours, "colours where the device is dark; the accent and the notice follow from the light ones if absent"] = Colours()
    logo: Annotated[Logo | None, "the logo"] = None
    fonts: Annotated[Fonts | None, "the letters"] = None

    def media(self) -> Iterator[tuple[Part, str, Media]]:
        """Its files, each with the part that names it and the key."""
        owners: tuple[Part | None, ...] = (self.logo, self.fonts)
        for owner in owners:
            if owner is not None:
                files = ((name, getattr(owner, name)) for name in owner.written())
                yield from ((owner, name, media) for name, media in files if isinstance(media, Media))
