"""What the kinds of question are written with: their texts, and what each puts into its item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model import Anchor, Course, Gloss, Link, Media, Node, Rich
from ...render.html import escape, html
from .markup import blocks, inline
from .xml import element, lines

if TYPE_CHECKING:
    from ...render.templates import Templates

FOLDER = "media"


@dataclass(slots=True)
class Words:
    """The texts of a file, and the media they refer to."""

    course: Course
    templates: Templates
    media: dict[str, Media] = field(default_factory=dict)
    """By their path in the package."""

    def blocks(self, nodes: Iterable[Node]) -> str:
        """Rich text as blocks."""
        return html(blocks(nodes), self._address)

    def inline(self, text: Rich) -> str:
        """Rich text as a line."""
        return html(inline(text.nodes), self._address)

    def _address(self, reference: Link | Anchor | Media | Gloss) -> str:
        """Where a medium lies. Other references are words by then."""
        if not isinstance(reference, Media):
            raise TypeError(f"no address for {reference}")
        path = f"{FOLDER}/{reference.path}"
        self.media[path] = reference
        return path


@dataclass(slots=True)
class Made:
    """What a kind of question puts into its item."""

    declarations: Sequence[str]
    body: str
    rules: Sequence[str] = ()
    told: Mapping[str, Rich] = field(default_factory=dict)
    """Feedback by name that depends on the answer: the rules say it."""
    always: Mapping[str, Rich] = field(default_factory=dict)
    """Feedback that everybody gets, before the one for everybody that every kind has."""
    has_stem: bool = False
    """Whether the body has what is asked in it."""
    counts: bool = False
    """Whether right parts are counted."""


def response(name: str, cardinality: str, kind: str, right: Sequence[str] = (), mapping: str = "") -> str:
    """The declaration of a response, with the right one where there is one."""
    correct = element("correctResponse", *(element("value", escape(each)) for each in right)) if right else ""
    return lines("responseDeclaration", correct, mapping, identifier=name, cardinality=cardinality, baseType=kind)


def mapping(worth: Mapping[str, float], **attributes: object) -> str:
    """What single values of a response are worth; nothing for others, and together never less than nothing."""
    entries = (element("mapEntry", mapKey=key, mappedValue=float(each), **attributes) for key, each in worth.items())
    return lines("mapping", *entries, lowerBound=0.0, defaultValue=0.0)


def named(prefix: str, told: Iterable[tuple[str, Rich | None]]) -> dict[str, tuple[str, Rich]]:
    """For each id that has a feedback, its name and its text."""
    return {key: (f"{prefix}-{key}", text) for key, text in told if text}
