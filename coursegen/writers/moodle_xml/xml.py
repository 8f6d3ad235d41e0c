"""The XML of Moodle's question format: elements, words in them, and texts with their files."""

from __future__ import annotations

from base64 import b64encode

from ...moodle.question import Markup


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


def numbers(**values: int) -> str:
    """Elements that hold numbers."""
    return "".join(element(tag, str(value)) for tag, value in values.items())


def inside(markup: Markup) -> str:
    """The elements ``text`` and ``file`` of an HTML text, for an element that says ``format="html"`` itself."""
    return text(markup.html) + "".join(
        element("file", b64encode(media.source.read_bytes()).decode(), name=name, path="/", encoding="base64")
        for name, media in markup.files.items()
    )


def field(tag: str, markup: Markup) -> str:
    """An element with an HTML text and the files that it shows."""
    return element(tag, inside(markup), format="html")
