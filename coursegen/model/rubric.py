"""Rubrics: what a product is graded or reviewed by."""

from typing import Annotated

from .part import AtLeast, Between, Part, part
from .rich import Rich
from .text import Identifier, Plain


@part
class RubricLevel(Part):
    """How far a product can meet a criterion."""

    id: Annotated[Identifier, "permanent; unique in the criterion"]
    points: Annotated[int, "what it is worth; the lowest level of a criterion is worth 0", Between(0, 99)]
    text: Annotated[Plain, "what a product of this level looks like"]


@part
class Criterion(Part):
    """One thing to look at in a product."""

    id: Annotated[Identifier, "permanent; unique in the rubric"]
    title: Annotated[Plain, "what is looked at"]
    levels: Annotated[tuple[RubricLevel, ...], "its levels, the lowest first", AtLeast(2)]

    @property
    def points(self) -> int:
        """What the best level is worth."""
        return max(level.points for level in self.levels)


@part
class Rubric(Part):
    """The file of a rubric. Several activities may use the same one."""

    title: Annotated[Plain, "its name"]
    criteria: Annotated[tuple[Criterion, ...], "its criteria, in order", AtLeast(1)]

    @property
    def points(self) -> int:
        """What the best product is worth."""
        return sum(criterion.points for criterion in self.criteria)


@part
class ExampleRating(Part):
    """The level that the reference gives a product on one criterion."""

    criterion: Annotated[Identifier, "a criterion of the rubric"]
    level: Annotated[Identifier, "one of its levels"]


@part
class Example(Part):
    """The file of an example: a product and its reference review."""

    title: Annotated[Plain, "its name"]
    text: Annotated[Rich, "the product"]
    ratings: Annotated[tuple[ExampleRating, ...], "a level for each criterion", AtLeast(1)]
    comment: Annotated[Rich | None, "what the reference says to its author"] = None
