"""Analysis grids: dimensions, indicators and level descriptors, and reference ratings to compare one's own with."""

from typing import Annotated, Literal

from .part import AtLeast, Between, Part, part
from .rich import Rich
from .text import Code, Identifier, Plain


@part
class Level(Part):
    """A level of the scale, such as "2 Organised". Its number is its place in the list, from 1."""

    title: Annotated[Plain, "its name"]


@part
class Indicator(Part):
    """One thing to look at, with what each level of it looks like."""

    id: Annotated[Identifier, "permanent; unique in the grid"]
    title: Annotated[Plain, "its name"]
    descriptors: Annotated[tuple[Plain, ...], "what each level looks like, the lowest first", AtLeast(2)]


@part
class Dimension(Part):
    """Indicators that belong together."""

    id: Annotated[Identifier, "permanent; unique in the grid"]
    title: Annotated[Plain, "its name"]
    competences: Annotated[tuple[Code, ...], "codes from the course's framework"] = ()
    indicators: Annotated[tuple[Indicator, ...], "what to look at", AtLeast(1)]


@part
class Grid(Part):
    """The file of an analysis grid. Several activities may use the same one."""

    title: Annotated[Plain, "its name"]
    intro: Annotated[Rich | None, "how to use it"] = None
    levels: Annotated[tuple[Level, ...], "the scale, the lowest level first", AtLeast(2)]
    dimensions: Annotated[tuple[Dimension, ...], "its dimensions, in order", AtLeast(1)]

    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in order."""
        return tuple(indicator for dimension in self.dimensions for indicator in dimension.indicators)


@part
class ReferenceRating(Part):
    """The level that a reference gives an indicator, and why."""

    indicator: Annotated[Identifier, "an indicator of the grid"]
    level: Annotated[int | Literal["not-applicable"], "from 1 for the lowest", Between(1, 9)]
    reason: Annotated[Rich | None, "the evidence for it"] = None


@part
class Reference(Part):
    """The file of a reference rating: what others have seen in the same lesson."""

    title: Annotated[Plain, "whose rating it is"]
    ratings: Annotated[tuple[ReferenceRating, ...], "a level for each indicator", AtLeast(1)]
