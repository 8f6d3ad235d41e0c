"""Questions as Moodle keeps them, whatever file they come in: its types, with every text written as HTML.

:mod:`coursegen.moodle.kinds` makes these of the questions of a course; a writer says how they stand in its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, NamedTuple, Protocol

from ..model import Media, Node


@dataclass(frozen=True, slots=True)
class Markup:
    """A text as HTML, and the files in it by the names that they have there. A writer may keep files elsewhere."""

    html: str = ""
    files: Mapping[str, Media] = field(default_factory=lambda: MappingProxyType({}))

    def become(self, html: str) -> Markup:
        """Other HTML with the same files."""
        return Markup(html, self.files)


def joined(parts: Iterable[Markup]) -> Markup:
    """Texts one after the other."""
    found = list(parts)
    return Markup("".join(each.html for each in found), {name: file for each in found for name, file in each.files.items()})


class Place(NamedTuple):
    """Which text of a question it is: the name of Moodle's area for its files, and which answer, part or hint has it, from 0."""

    area: str
    part: int = 0


class Writer(Protocol):
    """Writes texts: where links and files lead is up to the file that they are for."""

    def blocks(self, nodes: tuple[Node, ...], place: Place) -> Markup:
        """Nodes as blocks of HTML."""

    def words(self, nodes: tuple[Node, ...], place: Place) -> Markup:
        """Nodes as HTML of one line."""


@dataclass(frozen=True, slots=True)
class Picked:
    """An option. ``fraction`` is what it is worth, in per cent."""

    text: Markup
    fraction: str
    feedback: Markup = Markup()


@dataclass(frozen=True, slots=True)
class Typed:
    """Words to type, or a number; ``*`` stands for anything."""

    words: str
    fraction: str
    feedback: Markup = Markup()
    tolerance: str = "0"


@dataclass(frozen=True, slots=True)
class Combined:
    """What is told after a right, a partly right and a wrong answer."""

    right: Markup = Markup()
    partly: Markup = Markup()
    wrong: Markup = Markup()


@dataclass(frozen=True, kw_only=True)
class MoodleQuestion:
    """What every type has. No hint costs points, so the penalty is 0 everywhere."""

    qtype: ClassVar[str]
    """What the type is called in Moodle's database."""
    ident: str
    """The permanent id, as it fits the column."""
    name: str
    stem: Markup
    feedback: Markup = Markup()
    mark: int = 0
    hints: tuple[Markup, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Description(MoodleQuestion):
    """A text without a question."""

    qtype: ClassVar[str] = "description"


@dataclass(frozen=True, kw_only=True)
class Multichoice(MoodleQuestion):
    """Options to pick from: one of them, or several."""

    qtype: ClassVar[str] = "multichoice"
    single: bool
    shuffled: bool
    combined: Combined
    answers: tuple[Picked, ...]


@dataclass(frozen=True, kw_only=True)
class Truth(MoodleQuestion):
    """A statement: the first answer is that for who says true, the second one for who says false."""

    qtype: ClassVar[str] = "truefalse"
    answers: tuple[Typed, Typed]


@dataclass(frozen=True, kw_only=True)
class TypedWords(MoodleQuestion):
    """Words to type."""

    qtype: ClassVar[str] = "shortanswer"
    case_counts: bool
    answers: tuple[Typed, ...]


@dataclass(frozen=True, kw_only=True)
class TypedNumber(MoodleQuestion):
    """A number to type. The units are ways to write the one unit there is, which may be typed."""

    qtype: ClassVar[str] = "numerical"
    answers: tuple[Typed, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pairs(MoodleQuestion):
    """Things, and what belongs to each, picked from a list. A pair of which the first is empty belongs to nothing."""

    qtype: ClassVar[str] = "match"
    shuffled: bool
    combined: Combined
    pairs: tuple[tuple[Markup, str], ...]


@dataclass(frozen=True, kw_only=True)
class InOrder(MoodleQuestion):
    """Things in the right order."""

    qtype: ClassVar[str] = "ordering"
    partial: bool
    """Whether each thing at its place earns its share."""
    combined: Combined
    steps: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class SelectWords(MoodleQuestion):
    """A text in which ``[[n]]`` is a list; the nth option of all is right there. Each option has the number of its list."""

    qtype: ClassVar[str] = "gapselect"
    shuffled: bool
    combined: Combined
    options: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class EmbeddedGap:
    """A gap of a text with embedded answers. ``code`` is the gap in Moodle's own notation; the rest says the same."""

    code: str
    weight: int
    case_counts: bool
    """Of words to type only."""
    shuffled: bool
    """Of options only."""
    answers: tuple[Typed | Picked, ...]


@dataclass(frozen=True, kw_only=True)
class Embedded(MoodleQuestion):
    """A text with answers embedded in it. Its HTML has a mark in the place of each gap (:data:`coursegen.moodle.embedded.GAPS`)."""

    qtype: ClassVar[str] = "multianswer"
    gaps: tuple[EmbeddedGap, ...]


@dataclass(frozen=True, kw_only=True)
class OpenText(MoodleQuestion):
    """A text of one's own. ``grader`` is what who grades it sees."""

    qtype: ClassVar[str] = "essay"
    lines: int
    grader: Markup
