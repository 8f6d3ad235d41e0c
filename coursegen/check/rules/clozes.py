"""Rules about texts with gaps: that each gap has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ...model import Cloze, Element, Node, Place, Rich, texts
from ...model.question.cloze import PLACE
from ...readers.source.faults import closest
from ..rule import Report, check
from ..survey import HEADINGS, Survey

_BRACKETS = re.compile(r"\[\[([^\[\]]{1,80})\]\]")
"""What may be meant for the place of a gap."""
_NO_FIELDS = frozenset([*HEADINGS, "a", "summary", "audio", "video"])
"""In a link or a summary a field would be something to press in something to press; a heading is a name, and film has no words."""


class _Found(NamedTuple):
    name: str
    place: Place
    inside: str
    """What it stands in that can hold no field: an element, or an attribute; empty where all is well."""


def _clozes(survey: Survey) -> Iterator[Cloze]:
    return (question for question in survey.questions() if isinstance(question, Cloze))


def _found(cloze: Cloze) -> list[_Found]:
    """What stands in double brackets in the stem, in the order of the text."""
    return list(_inside(cloze.stem, cloze.stem.nodes, cloze.stem.place, ""))


def _inside(text: Rich, nodes: tuple[Node, ...], place: Place, inside: str) -> Iterator[_Found]:
    for node in nodes:
        if isinstance(node, str):
            yield from (_Found(found[1], place, inside) for found in _BRACKETS.finditer(node))
        else:
            here = text.place_of(node)
            yield from _attributes(node, here)
            yield from _inside(text, node.children, here, inside or (f"<{node.tag}>" if node.tag in _NO_FIELDS else ""))


def _attributes(element: Element, place: Place) -> Iterator[_Found]:
    for name, value in element.attributes:
        if isinstance(value, str):
            yield from (_Found(found[1], place, f'the attribute "{name}"') for found in _BRACKETS.finditer(value))


@check("Q033")
def gap_without_place(survey: Survey) -> Iterator[Report]:
    """A gap has no place in the text.

    Learners would never meet it, and could not get its share of the points.

    Wrong: a gap ``id: tool`` and no ``[[tool]]`` in the stem
    Right: ``stem: Run-out is measured with a [[tool]].``
    """
    for cloze in _clozes(survey):
        names = {found.name for found in _found(cloze)}
        for gap in cloze.gaps:
            if gap.id and cloze.stem and gap.id not in names:
                yield Report(gap.at("id"), f'the gap "{gap.id}" has no place in the stem', f"write [[{gap.id}]] where it is in the text")


@check("Q034")
def gap_with_two_places(survey: Survey) -> Iterator[Report]:
    """A gap has two places in the text.

    It is filled once, and its two fields could be filled differently.

    Wrong: ``stem: A [[tool]] is better than another [[tool]].``
    Right: two gaps, each with an id of its own
    """
    for cloze in _clozes(survey):
        known = {gap.id for gap in cloze.gaps}
        seen: set[str] = set()
        for found in _found(cloze):
            if found.inside:
                continue  # Q036
            if found.name in known and found.name in seen:
                yield Report(found.place, f"[[{found.name}]] is in the stem already", "make another gap for the second place")
            seen.add(found.name)


@check("Q035", "warning", whole=True)
def place_without_gap(survey: Survey) -> Iterator[Report]:
    """Words in double brackets name no gap of the question.

    Learners read them as they stand there, with the brackets. Mostly the id of a gap is misspelt.

    Wrong: ``[[tol]]`` when the gap has the id ``tool``
    Right: ``[[tool]]``
    """
    for cloze in _clozes(survey):
        known = {gap.id for gap in cloze.gaps}
        for found in _found(cloze):
            if found.name not in known:
                close = closest(found.name.strip().lower(), known)
                meant = f'; did you mean "{close}"?' if close else ""
                message = f"[[{found.name}]] is no gap of this question{meant}"
                yield Report(found.place, message, f"its gaps are: {', '.join(gap.id for gap in cloze.gaps)}")


@check("Q036")
def gap_in_no_place_for_fields(survey: Survey) -> Iterator[Report]:
    """The place of a gap is in a link, a heading, a summary, a film or an attribute.

    A field in a link or a summary cannot be used, a heading is spoken as a name, and an attribute holds words only.

    Wrong: ``<a href="parts.html">the [[part]]</a>``
    Right: ``<a href="parts.html">the parts</a>: the [[part]]``
    """
    for cloze in _clozes(survey):
        known = {gap.id for gap in cloze.gaps}
        for found in _found(cloze):
            if found.name in known and found.inside:
                yield Report(found.place, f"a gap cannot stand in {found.inside}", f"put [[{found.name}]] into the text beside it")


@check("Q037", "warning")
def gap_outside_the_stem(survey: Survey) -> Iterator[Report]:
    """A hint, a feedback or the twin of a text with gaps names a gap in double brackets.

    Gaps are in the stem alone. Elsewhere learners read the brackets.

    Wrong: ``hints: ["[[tool]] has a needle."]``
    Right: ``hints: [It has a needle.]``
    """
    for cloze in _clozes(survey):
        known = {gap.id for gap in cloze.gaps}
        for _, _, text in texts(cloze):
            if text is cloze.stem:
                continue
            said = text.text() if isinstance(text, Rich) else text
            for found in PLACE.finditer(said) if "[[" in said else ():
                if found[1] in known:
                    yield Report(text.place, f"[[{found[1]}]] is a gap in the stem only", "write the words that are meant")


@check("Q038", "warning", whole=True)
def gaps_out_of_order(survey: Survey) -> Iterator[Report]:
    """The gaps do not come in the order of the text.

    Reports number them as they are listed, and formats without gaps ask them in that order.

    Wrong: ``stem: "[[one]], then [[two]]"`` with the gap ``two`` listed first
    Right: the gap ``one`` listed first
    """
    for cloze in _clozes(survey):
        names = [found.name for found in _found(cloze)]
        gaps = [gap for gap in cloze.gaps if names.count(gap.id) == 1]
        for before, gap in pairwise(gaps):
            if names.index(gap.id) < names.index(before.id):
                message = f'the gap "{gap.id}" is before "{before.id}" in the text, and after it here'
                yield Report(gap.at("id"), message, "list the gaps in the order of the text")
                break
