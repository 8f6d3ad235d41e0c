"""Questions in which things are put together, in groups or in order. None needs dragging."""

import hashlib
from typing import Annotated, ClassVar

from ..part import AtLeast, Part, part
from ..rich import Rich
from ..text import Identifier, Plain
from .base import Credit, IfPartly, ScoredQuestion
from .twin import Twin


@part
class Pair(Part):
    """Two things that belong together."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    text: Annotated[Rich, "the first one, which is shown; one line, without paragraphs or lists"]
    match: Annotated[Plain, "the second one, picked from a list; two pairs may have the same"]
    feedback: Annotated[Rich | None, "why they belong together; shown after answering"] = None


@part
class Distractor(Part):
    """An entry of the list that belongs to nothing."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    text: Annotated[Plain, "what the list shows"]


@part
class Matching(ScoredQuestion):
    """For each thing shown, the one that belongs to it is picked from a list."""

    kind: ClassVar[str] = "matching"
    pairs: Annotated[tuple[Pair, ...], "what belongs together", AtLeast(2)]
    distractors: Annotated[tuple[Distractor, ...], "entries of the list that belong to nothing"] = ()
    credit: Annotated[Credit, "points for all pairs right, or the share of right pairs"] = "partial"
    if_partly: IfPartly = None
    twin: Twin = None

    def targets(self) -> dict[str, str]:
        """The list to pick from: words by id, in the order of the alphabet, which gives nothing away.

        A match that several pairs have is there once, with the id of the first of them.
        """
        ids: dict[str, str] = {}
        for pair in self.pairs:
            ids.setdefault(pair.match, pair.id)
        for each in self.distractors:
            ids.setdefault(each.text, each.id)
        return {ids[words]: words for words in sorted(ids, key=lambda words: (words.casefold(), words))}

    def key(self) -> dict[str, str]:
        """For each pair's id the id in the list that is right."""
        ids = {words: name for name, words in self.targets().items()}
        return {pair.id: ids[pair.match] for pair in self.pairs}


@part
class Group(Part):
    """Something that things are sorted into."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    title: Annotated[Plain, "its name"]


@part
class Sortable(Part):
    """A thing to sort."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    text: Annotated[Rich, "what is sorted; one line, without paragraphs or lists"]
    group: Annotated[Identifier, "the group it belongs to"]
    feedback: Annotated[Rich | None, "why it belongs there; shown after answering"] = None


@part
class Sorting(ScoredQuestion):
    """Each thing is put into one of several groups."""

    kind: ClassVar[str] = "sorting"
    groups: Annotated[tuple[Group, ...], "the groups", AtLeast(2)]
    items: Annotated[tuple[Sortable, ...], "what is sorted", AtLeast(2)]
    credit: Annotated[Credit, "points for everything in its group, or the share of it"] = "partial"
    if_partly: IfPartly = None
    twin: Twin = None


@part
class Step(Part):
    """One of the things to put in order."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    text: Annotated[Rich, "what is put in order; one line, without paragraphs or lists"]
    feedback: Annotated[Rich | None, "why its place is there; shown after answering"] = None


@part
class Ordering(ScoredQuestion):
    """Things are put in order. They are shown in another one first."""

    kind: ClassVar[str] = "ordering"
    items: Annotated[tuple[Step, ...], "the things, in the right order", AtLeast(2)]
    credit: Annotated[Credit, "points for the whole order, or the share of things that stand at their place"] = "partial"
    if_partly: IfPartly = None
    twin: Twin = None

    def scrambled(self) -> list[Step]:
        """The things in an order that is never the right one, and always the same."""
        order = sorted(self.items, key=lambda step: hashlib.sha256(f"{self.id} {step.id}".encode()).digest())
        return order if order != list(self.items) else [*order[1:], order[0]]
