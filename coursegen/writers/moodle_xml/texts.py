"""Texts as Moodle's importer, its filters and its question types leave them alone.

Words that mean something to Moodle get a character reference in place of one character: a browser shows the same.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import unescape

from ...model import Anchor, Course, Element, Gloss, Link, Media, Node, Rich
from ...render.direction import directed
from ...render.html import blocks, escape, html
from ...render.links import Reference, places, worded
from ...render.media import data_address, file_name
from ...render.templates import Templates

LONGEST_NAME = 255
"""Characters: what the columns for names hold."""
_FILE = "\0"
"""Stands before the name of a file until the words are guarded; no text of a course can hold it."""
_TAG_OR_REFERENCE = re.compile("<|&(?=[A-Za-z0-9#]{1,8};)")
_FACE = re.compile(r"(:-?|;-|[B8^]-|:o)\)|(:-?|8-)[(\[]|:-[DPpIX/]|(V-|8-|\|-)\.|8-o|(xx-)P|P-\||}-]|\((?:grr|h|heart|y|n|martin| )\)")
"""What Moodle's filter for emoticons turns into pictures, wherever it stands."""
_FORMULA = re.compile(r"\\[()\[\]]|\$\$|\\begin\{")
"""What its filter for formulas looks for."""


def cdata(words: str) -> str:
    """Words in XML. Moodle's parser loses a blank between two references, so there are none."""
    return "<![CDATA[" + words.replace("]]>", "]]]]><![CDATA[>") + "]]>" if words else ""


def text(words: str) -> str:
    """An element ``text``."""
    return f"<text>{cdata(words)}</text>"


def element(tag: str, *content: str, **attributes: str) -> str:
    """An element on lines of its own."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{said}>{''.join(content)}</{tag}>\n"


def plain(words: str) -> str:
    """Words where Moodle takes out tags and shows references as what they stand for: names, and entries of lists."""
    return escape(words) if _TAG_OR_REFERENCE.search(words) else words


def name(words: str) -> str:
    """Words as the name of a question or category: one line, and not longer than there is room."""
    words = " ".join(words.split())
    if len(plain(words)) <= LONGEST_NAME:
        return plain(words)
    end = LONGEST_NAME
    while len(plain(words[:end]).rstrip()) >= LONGEST_NAME:
        end -= 1
    return plain(words[:end].rstrip() + "…")


def guarded(markup: str) -> str:
    """HTML in which Moodle's filters and its addresses of files find nothing to change."""
    markup = markup.replace("@@PLUGINFILE@@", "@&#64;PLUGINFILE@@")
    markup = _FORMULA.sub(lambda found: found[0][0] + "".join(f"&#{ord(character)};" for character in found[0][1:]), markup)
    while _FACE.search(markup):  # a reference ends in a semicolon, which may begin another one
        markup = _FACE.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", markup)
    return markup.replace(_FILE, "@@PLUGINFILE@@/")


class Texts:
    """Rich texts of one course as elements of Moodle XML."""

    def __init__(self, course: Course, templates: Templates) -> None:
        self._see = places(course, templates)
        self._direction = templates.direction

    def field(self, tag: str, *texts: Rich | None) -> str:
        """An element with some rich texts, one after the other, and the files that they show."""
        files: dict[str, Media] = {}
        markup = "".join(self.blocks(each.nodes, files) for each in texts if each)
        return element(tag, self.with_files(markup, files), format="html")

    def inside(self, rich: Rich) -> str:
        """A text of one line and its files, for an element that says ``format="html"`` itself."""
        files: dict[str, Media] = {}
        return self.with_files(self.words(rich.nodes, files), files)

    def with_files(self, markup: str, files: dict[str, Media]) -> str:
        """The elements ``text`` and ``file`` for HTML that is written already."""
        return text(markup) + "".join(
            element("file", b64encode(media.source.read_bytes()).decode(), name=name, path="/", encoding="base64")
            for name, media in files.items()
        )

    def blocks(self, nodes: tuple[Node, ...], files: dict[str, Media] | None) -> str:
        """Nodes as blocks of HTML; their files are added to ``files``, or stand in the text where that is None."""
        markup = guarded(blocks(self._worded(nodes), lambda reference: _address(reference, files)))
        return directed(markup, self._direction)

    def words(self, nodes: Sequence[Node], files: dict[str, Media] | None) -> str:
        """Nodes as HTML of one line."""
        markup = guarded(html(self._worded(nodes), lambda reference: _address(reference, files)))
        return directed(markup, self._direction, "span")

    def _worded(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """A question bank has no pages: links to activities become words, and where they led; other ones within the course words."""
        return tuple(_anonymous(worded(nodes, self._instead)))

    def _instead(self, target: Reference) -> str | None:
        if isinstance(target, Media):
            return None
        return f" ({self._see(target)})" if isinstance(target, Link) else ""


def _anonymous(nodes: Iterable[Node]) -> Iterator[Node]:
    """Elements without ids: several texts stand on one page of Moodle."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            attributes = tuple((key, value) for key, value in node.attributes if key != "id")
            yield Element(node.tag, attributes, tuple(_anonymous(node.children)), node.line, node.column)


def _address(reference: Link | Anchor | Media | Gloss, files: dict[str, Media] | None) -> str:
    if not isinstance(reference, Media):
        raise TypeError(f"{reference} should have become words")
    if files is None:
        return data_address(reference)
    # The beginning of a digest keeps files of one name apart; Moodle refuses some characters in names, and with them the whole file.
    known = re.sub("[^A-Za-z0-9._-]+", "-", unescape(file_name(reference)))[-80:]
    name = f"{sha256(reference.source.read_bytes()).hexdigest()[:8]}-{known}"
    files[name] = reference
    return _FILE + name
