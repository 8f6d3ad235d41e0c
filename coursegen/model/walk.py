"""The one walk over a course. Findings, word counts and, later, translation all use it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from .part import Part
from .rich import Rich
from .text import Plain

Text: TypeAlias = Plain | Rich


def parts(root: Part) -> Iterator[Part]:
    """A part and all parts below it, in the order of the source's definition, parents first."""
    yield root
    for name in root.written():
        value = getattr(root, name)
        if isinstance(value, Part):
            yield from parts(value)
        elif isinstance(value, tuple):
            for entry in value:
                if isinstance(entry, Part):
                    yield from parts(entry)


def texts(root: Part) -> Iterator[tuple[Part, str, Text]]:
    """Every text that a person reads, as (the part it belongs to, the name of its field, the text)."""
    for owner in parts(root):
        yield from own_texts(owner)


def own_texts(owner: Part) -> Iterator[tuple[Part, str, Text]]:
    """The texts of one part, without those of the parts below it."""
    for name in owner.written():
        value = getattr(owner, name)
        if isinstance(value, (Plain, Rich)):
            yield owner, name, value
        elif isinstance(value, tuple):
            for entry in value:
                if isinstance(entry, (Plain, Rich)):
                    yield owner, name, entry


def words(root: Part) -> int:
    """How many words a person reads in a part, markup apart."""
    return sum(len((text.text() if isinstance(text, Rich) else text).split()) for _, _, text in texts(root))
