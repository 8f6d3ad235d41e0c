"""A rule about what an author has still to write."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import Literal

from ...model import Page, Rich
from ...model.rich import Element, Node
from ...model.walk import own_texts
from ..rule import Report, check
from ..survey import Survey

MARK = "TODO:"
"""With the colon, and in capitals: in Spanish and Portuguese the word alone means all."""


@check("T012", "warning")
def to_do(survey: Survey) -> Iterator[Report]:
    """A text says ``TODO:``, so something is still to be written.

    ``coursegen new`` puts these words where the author decides. Learners must not see them. Notes (``<!-- -->`` and ``#``) may have them.

    Wrong: ``<p>TODO: say what learners find here.</p>``
    Right: ``<p>You find three ways to test a brake here.</p>``
    """
    for part in survey.parts:
        for owner, name, text in own_texts(part):
            if isinstance(text, Rich):
                holder = _marked(text.nodes)
                if holder is False:
                    continue
                words = text.text()
                place = text.place_of(holder) if holder else text.place if isinstance(owner, Page) else owner.at(name)
            elif MARK in text:
                words, place = text, text.place
            else:
                continue
            asked = words.partition(MARK)[2].strip()
            yield Report(place, f"still to be written: {shorten(asked, 60, placeholder='…')}", f"write it, and take {MARK} away")


def _marked(nodes: tuple[Node, ...], around: Element | None = None) -> Element | Literal[False] | None:
    """The first element whose own words have the mark, None where the words stand in no element; False where nothing has it."""
    for node in nodes:
        if isinstance(node, str):
            if MARK in node:
                return around
        elif (found := _marked(node.children, node)) is not False:
            return found
    return False
