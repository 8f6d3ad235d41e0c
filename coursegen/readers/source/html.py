"""HTML5 fragments to rich text, with the place of every element.

The tokenizer is stricter than a browser and than Python's own parser, which mend what they cannot read, each in its way: here a tag is
well-formed or reported. Nesting is strict too: every element that is not void is closed by its own end tag, so the tree is what the
author wrote and never a guess.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable
from html.entities import html5
from typing import TypeAlias

from ...finding import Finding
from ...model.place import Place
from ...model.rich import Element, Node, Value
from . import faults
from .files import FORBIDDEN

DEEPEST = 60
"""How many elements may stand in each other; a table in a list in a call-out needs 10."""

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_DOCUMENT = frozenset("html head body title meta link base".split())
_RAW = frozenset("script style title textarea iframe xmp noembed noframes".split())
"""What stands in these is no HTML. None of them may be used, so it is skipped."""
_REFERENCES = frozenset(["href", "src", "poster"])

Position: TypeAlias = tuple[int, int]
Locate: TypeAlias = Callable[[int], Position]
"""From the index of a ``<`` or ``&`` in the fragment to (line, column), both from 1, in the file."""
Refer: TypeAlias = Callable[[str, str, str, Place], Value]
"""Resolves (tag, attribute, value, place); reports what leads nowhere and then returns the words."""

# Possessive throughout: a tag matches in one way or not at all, however long it is. ASCII: a no-break space is no white space in HTML.
_ATTRIBUTE_PATTERN = r"""\s++([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+"""
_NAME = r"""([A-Za-z][^\s/<>"'=]*+)"""
_ATTRIBUTE = re.compile(_ATTRIBUTE_PATTERN, re.ASCII)
_START = re.compile(rf"<{_NAME}((?:{re.sub(r'[(](?=[^?])', '(?:', _ATTRIBUTE_PATTERN)})*+)\s*+(/?)>", re.ASCII)
_END = re.compile(rf"</{_NAME}\s*+>", re.ASCII)
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*)[;=]?")
_HUGE = re.compile("&#[0-9]{9,}")


def parse(text: str, file: str, locate: Locate, refer: Refer, report: Callable[[Finding], None]) -> tuple[Node, ...]:
    """Parse a fragment. What is wrong is reported; the nodes that could be read are returned.

    None are where a tag is broken or nesting absurd: what follows such a place would be guesses, and findings about guesses.
    """
    builder = _Builder(text, file, locate, refer, report)
    try:
        return builder.build()
    except _Refused:
        return ()


def lines(text: str) -> Locate:
    """The places of a file's own characters."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def locate(index: int) -> Position:
        line = bisect_right(starts, index)
        return line, index - starts[line - 1] + 1

    return locate


class _Refused(Exception):
    """The text was reported and is not read on."""


class _Builder:
    def __init__(self, text: str, file: str, locate: Locate, refer: Refer, report: Callable[[Finding], None]) -> None:
        self.text = text
        self.file = file
        self.locate = locate
        self.refer = refer
        self.report = report
        self.nodes: list[Node] = []
        self.words = ""
        self.open: list[tuple[str, tuple[tuple[str, Value], ...], list[Node], Position]] = []
        self.closed_early: list[str] = []
        self.is_document = False

    def build(self) -> tuple[Node, ...]:
        text, at = self.text, 0
        start = text.find("<")
        while start >= 0:
            following = text[start + 1 : start + 2]
            if not (following.isalpha() and following.isascii()) and following not in ("/", "!", "?"):
                start = text.find("<", start + 1)  # a less-than sign
                continue
            if start > at:
                words = text[at:start]
                self.words += self._unescaped(words, at) if "&" in words else words
            if following == "/" and (tag := _END.match(text, start)):
                self._end(tag.group(1).lower(), start)
                at = tag.end()
            elif tag := _START.match(text, start):
                at = self._start(tag)
            else:
                at = self._other(start)
            start = text.find("<", at)
        self.words += self._unescaped(text[at:], at)
        self._flush()
        while self.open:
            self._close_early()
        return tuple(self.nodes)

    def _start(self, found: re.Match[str]) -> int:
        """A start tag; returns where to read on."""
        written, attributes, closes = found.groups()
        tag = written.lower()
        at = self.locate(found.start())
        self._flush()
        if tag in _DOCUMENT and not self._in_drawing():
            self._document(at, f"<{tag}>")
        made = self._attributes(tag, attributes, at) if attributes else ()
        if tag in VOID:
            self.nodes.append(Element(tag, made, (), *at))
            return found.end()
        if len(self.open) >= DEEPEST:
            self.report(faults.nested_too_deep(Place(self.file, *at), DEEPEST))
            raise _Refused
        self.open.append((tag, made, self.nodes, at))
        self.nodes = []
        if closes:  # HTML gives "/>" no meaning on other elements, authors expect it to close
            self._close()
        elif tag in _RAW:
            end = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(self.text, found.end())
            return end.start() if end else len(self.text)
        return found.end()

    def _end(self, tag: str, start: int) -> None:
        self._flush()
        if self.open and self.open[-1][0] == tag:
            self._close()
        elif any(entry[0] == tag for entry in self.open):
            while self.open[-1][0] != tag:
                self._close_early()
            self._close()
        elif tag in self.closed_early:  # in <b><i></b></i> the fault is one, and it was reported
            self.closed_early.remove(tag)
        else:
            self.report(faults.stray_end_tag(Place(self.file, *self.locate(start)), tag))

    def _other(self, start: int) -> int:
        """A comment, or what belongs to whole documents; returns where to read on."""
        text = self.text
        if text.startswith("<!--", start):
            end = text.find("-->", start + 2)
            if end >= 0:
                return end + 3
        elif text[start + 1] in "!?" and (end := text.find(">", start)) >= 0:
            self._document(self.locate(start), f"{text[start:end].split()[0]}>")
            return end + 1
        self.report(faults.broken_tag(Place(self.file, *self.locate(start))))
        raise _Refused

    def _document(self, at: Position, shown: str) -> None:
        if not self.is_document:  # once is enough: <html>, <head> and <body> are one fault
            self.report(faults.whole_document(Place(self.file, *at), shown))
        self.is_document = True

    def _in_drawing(self) -> bool:
        """Whether an SVG drawing stands in the page: it is refused as a whole, so its parts are not looked at."""
        return any(entry[0] == "svg" for entry in self.open)

    def _unescaped(self, words: str, start: int) -> str:
        """Words that stand at ``start``, their character references resolved."""
        if "&#" in words:
            for found in _REFERENCE.finditer(words):
                if name := _control(found.group()):
                    self.report(faults.control_character(Place(self.file, *self.locate(start + found.start())), name))
        return _unescape(words)

    def _flush(self) -> None:
        if self.words:
            self.nodes.append(self.words)
            self.words = ""

    def _close(self) -> None:
        tag, attributes, outer, at = self.open.pop()
        outer.append(Element(tag, attributes, tuple(self.nodes), *at))
        self.nodes = outer

    def _close_early(self) -> None:
        tag, _, _, at = self.open[-1]
        self.report(faults.not_closed(Place(self.file, *at), tag))
        self.closed_early.append(tag)
        self._close()

    def _attributes(self, tag: str, written: str, at: Position) -> tuple[tuple[str, Value], ...]:
        made: dict[str, Value] = {}
        for found in _ATTRIBUTE.finditer(written):
            name = found.group(1).lower()
            if name in made:
                self.report(faults.duplicate_attribute(Place(self.file, *at), name))
                continue
            words = found.group(2) or found.group(3) or found.group(4) or ""
            is_usable = True
            if "&" in words:
                for control in filter(None, map(_control, _REFERENCE.findall(words))):
                    self.report(faults.control_character(Place(self.file, *at), control))
                    is_usable = False
                words = _REFERENCE.sub(_unescape_in_attribute, words)
            leads = name in _REFERENCES and is_usable and not self._in_drawing()
            made[name] = self.refer(tag, name, words.strip(), Place(self.file, *at)) if leads else words
        return tuple(made.items())


def _unescape(words: str) -> str:
    # Python refuses to read a number of thousands of digits; in HTML it is a character that does not exist.
    return html.unescape(_HUGE.sub("&#xFFFFFF", words) if len(words) > 4000 else words)


def _control(reference: str) -> str:
    """The character that a reference such as ``&#12;`` stands for, if no XML file can carry it; else nothing."""
    if not reference.startswith("&#"):
        return ""
    name = _unescape(reference.rstrip(";=") + ";")
    if not name:  # Python drops some of them without a word
        number = reference[2:].rstrip(";=")
        return chr(int(number[1:], 16) if number[0] in "xX" else int(number))
    return name if FORBIDDEN.fullmatch(name) else ""


def _unescape_in_attribute(found: re.Match[str]) -> str:
    """In an address such as ``?a=1&copy=2`` there is no ©: a name needs its semicolon there (HTML 13.2.5.73)."""
    reference = found.group()
    if reference.endswith(";") or reference.startswith("&#"):
        return _unescape(reference)
    return html5.get(reference[1:], reference)


__all__ = ["DEEPEST", "VOID", "Locate", "Refer", "lines", "parse"]
