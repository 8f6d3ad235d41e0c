"""The kinds of short text a course is made of. Each is a string that knows its place; none is ever HTML.

Rich text has a module of its own (:mod:`coursegen.model.rich`).
"""

from __future__ import annotations

import re
from typing import ClassVar, Self

from .place import NOWHERE, Place


class SourceText(str):
    """A string with a place. Equality, hashing and JSON are those of the string: the place takes no part."""

    __slots__ = ("place",)
    place: Place
    pattern: ClassVar[re.Pattern[str] | None] = None
    explanation: ClassVar[str] = "text"

    def __new__(cls, value: str, place: Place = NOWHERE) -> Self:
        made = super().__new__(cls, value)
        made.place = place
        return made

    @classmethod
    def explain(cls, value: str) -> str:
        """What a text of this kind is, in words for the author of a ``value`` that is none."""
        return cls.explanation


class Plain(SourceText):
    """Words a learner or a teacher reads, without markup: titles, names, accepted answers. ``<`` is a less-than sign."""

    __slots__ = ()


class Identifier(SourceText):
    """A permanent name. Every identifier in every package derives from these, so a published one never changes.

    The form fits all targets once hyphens are mapped: an XML NCName after a letter prefix, a SCORM 2004 identifier
    (``[\\w.]``, CAM 1.3), a file name and a URL fragment.
    """

    __slots__ = ()
    # 60 characters: file names (NAME_MAX) and SCORM's lesson_location (255) hold one with what is put before and after it.
    pattern = re.compile(r"(?!.{61})[a-z0-9]+(?:-[a-z0-9]+)*")
    explanation = "lower-case letters, digits and single hyphens, 60 characters at most, such as brake-test-1"


class Code(SourceText):
    """The code of a competence or an area in a framework, such as ``3.1`` in DigCompEdu."""

    __slots__ = ()
    pattern = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
    explanation = "a code as the framework prints it, such as 3.1"


class Number(SourceText):
    """A decimal number, as exact as it is written; 15 digits at most, so that a computer's floating point keeps them apart."""

    __slots__ = ()
    pattern = re.compile(r"-?(?=(?:\.?[0-9]){1,15}\Z)[0-9]+(?:\.[0-9]+)?")
    explanation = "a number such as 12 or -0.05, with a point for decimals and 15 digits at most"


class Language(SourceText):
    """A language tag as BCP 47 (RFC 5646) writes it: ``en``, ``gl``, ``pt-BR``."""

    __slots__ = ()
    pattern = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
    explanation = "a language tag such as en, gl or pt-BR"


class Address(SourceText):
    """An absolute web address, percent-encoded where need be (RFC 3986)."""

    __slots__ = ()
    pattern = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?")
    explanation = "an absolute address that begins with https:// and has no spaces or accents (write %20, %C3%A9)"

    @classmethod
    def explain(cls, value: str) -> str:
        """The form of an address, with the character that does not fit."""
        misfit = cls.misfit(value)
        return f"{cls.explanation}; {misfit}" if misfit else cls.explanation

    @staticmethod
    def misfit(value: str) -> str:
        """Which character cannot stand in a web address, in words; empty where something else is wrong with it."""
        from urllib.parse import quote

        found = re.match("https?://", value, re.IGNORECASE)
        site, rest = re.fullmatch("([^/?#]*)(.*)", value[found.end() :], re.DOTALL).groups() if found else ("", "")  # type: ignore[union-attr]
        for character in site:
            if not re.fullmatch("[A-Za-z0-9.:-]", character):
                return f"{_shown(character)} cannot stand in the name of a site{_ascii(site)}"
        for character in rest:
            if not re.fullmatch(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]", character):
                written = quote(character, safe="", errors="replace")
                return f"{_shown(character)} cannot stand in an address: write {written}"
        return ""


def _shown(character: str) -> str:
    known = {" ": "a space", "\n": "a line end", "\t": "a tab"}
    return known.get(character) or (f'"{character}"' if character.isprintable() else f"U+{ord(character):04X}")


def _ascii(site: str) -> str:
    """How a site with accents in its name is written, if there is a way."""
    try:
        written = site.encode("idna").decode()
    except UnicodeError:
        return ""
    return f": write {written}" if re.fullmatch("[A-Za-z0-9.:-]+", written) else ""
