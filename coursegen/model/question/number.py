"""A question with a field for a number."""

from typing import Annotated, ClassVar

from ..part import AtLeast, Part, part
from ..rich import Rich
from ..text import Identifier, Number, Plain
from .base import ScoredQuestion
from .twin import Twin


@part
class NumberAnswer(Part):
    """A number that learners may type: an accepted one, or a foreseen mistake."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    value: Annotated[Number, "the number, with a point for decimals"]
    tolerance: Annotated[Number, "how far off it may be, up or down; what is exactly so far off counts still"] = Number("0")
    correct: Annotated[bool, "whether it is accepted"] = True
    feedback: Annotated[Rich | None, "shown to who typed it"] = None


@part
class Numerical(ScoredQuestion):
    """A number, typed. It is right within the tolerance of an accepted one. Decimals may follow a point or a comma."""

    kind: ClassVar[str] = "numerical"
    answers: Annotated[tuple[NumberAnswer, ...], "accepted numbers, and foreseen mistakes with correct: false", AtLeast(1)]
    unit: Annotated[Plain | None, "the unit, shown beside the field; it may be typed, too, but need not"] = None
    twin: Twin = None
