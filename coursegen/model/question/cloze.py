"""A text with gaps."""

import re
from collections.abc import Callable
from typing import Annotated, ClassVar, TypeAlias

from ..part import AtLeast, Part, part
from ..rich import Element, Node, Rich
from ..text import Identifier, Plain
from .base import Accents, Answers, BaseQuestion, Case, Credit, IfPartly, ScoredQuestion, Spacing, Wildcards
from .twin import Twin


@part
class GapOption(Part):
    """What can be picked for a gap."""

    id: Annotated[Identifier, "permanent; unique in the gap"]
    text: Annotated[Plain, "what the list shows"]
    correct: Annotated[bool, "whether it belongs into the gap"] = False
    feedback: Annotated[Rich | None, "why it is right or wrong; shown to who picked it"] = None


@part
class ChoiceGap(Part):
    """A gap to fill from a list."""

    kind: ClassVar[str] = "choice"
    id: Annotated[Identifier, "permanent; unique in the question; [[id]] in the stem is its place"]
    options: Annotated[tuple[GapOption, ...], "the list, in the order it is shown", AtLeast(2)]


@part
class TextGap(Part):
    """A gap to type into."""

    kind: ClassVar[str] = "text"
    id: Annotated[Identifier, "permanent; unique in the question; [[id]] in the stem is its place"]
    answers: Answers
    case: Case = "ignored"
    accents: Accents = "counts"
    spacing: Spacing = "counts"
    wildcards: Wildcards = False


Gap: TypeAlias = ChoiceGap | TextGap
PLACE = re.compile(r"\[\[([a-z0-9]+(?:-[a-z0-9]+)*)\]\]")
"""The place of a gap in a text. Words in double brackets that name no gap of the question are words."""


@part
class Cloze(ScoredQuestion):
    """A text with gaps: ``[[id]]`` in the stem is the place of the gap with that id."""

    kind: ClassVar[str] = "cloze"
    gaps: Annotated[tuple[Gap, ...], "the gaps, in the order of the text", AtLeast(1)]
    credit: Annotated[Credit, "points for all gaps right, or the share of right gaps"] = "partial"
    if_partly: IfPartly = None
    twin: Twin = None

    def filled(self, fill: Callable[[Gap], tuple[Node, ...]]) -> tuple[Node, ...]:
        """The stem with something in the place of each gap."""
        gaps: dict[str, Gap] = {gap.id: gap for gap in self.gaps}

        def words(text: str) -> list[Node]:
            found: list[Node] = []
            end = 0
            for place in PLACE.finditer(text):
                if gap := gaps.get(place[1]):
                    found += [text[end : place.start()], *fill(gap)]
                    end = place.end()
            return [node for node in (*found, text[end:]) if node != ""]

        def inside(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
            made: list[Node] = []
            for node in nodes:
                if isinstance(node, str):
                    made += words(node)
                else:
                    made.append(Element(node.tag, node.attributes, inside(node.children), node.line, node.column))
            return tuple(made)

        return inside(self.stem.nodes)

    @property
    def name(self) -> str:
        """What teachers see in lists: the title, or the beginning of the text with a line for each gap."""
        shown = Rich(self.filled(lambda gap: ("____",)), self.stem.place)
        return self.title or BaseQuestion(id=self.id, stem=shown).name
