"""The direction of a text that a target shows on a page of another language (HTML Living Standard 3.2.6.4)."""

from __future__ import annotations


def directed(markup: str, direction: str, tag: str = "div") -> str:
    """HTML that says that it runs from right to left, in a ``div`` or, for words in a line, a ``span``. Else it stays as it is."""
    return f'<{tag} dir="rtl">{markup}</{tag}>' if direction == "rtl" and markup else markup
