"""Questions without a right answer: they are never scored."""

from typing import Annotated, ClassVar

from ..part import AtLeast, Between, Part, part
from ..rich import Rich
from ..text import Identifier, Plain
from .base import BaseQuestion
from .twin import Twin


@part
class Essay(BaseQuestion):
    """A text of one's own: an essay or a reflection. A model answer is there to compare with; no package scores it."""

    kind: ClassVar[str] = "essay"
    points: ClassVar[int] = 0
    model_answer: Annotated[Rich | None, "what a good answer says; shown after answering"] = None
    lines: Annotated[int, "how many lines the field has", Between(2, 40)] = 6
    twin: Twin = None


@part
class RatingLevel(Part):
    """A step of a scale."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    text: Annotated[Plain, "what it says, such as agree"]


@part
class RatingScale(BaseQuestion):
    """A question of a survey: an opinion, on a scale."""

    kind: ClassVar[str] = "rating-scale"
    points: ClassVar[int] = 0
    levels: Annotated[tuple[RatingLevel, ...], "the scale, in order", AtLeast(2)]
    twin: Twin = None
