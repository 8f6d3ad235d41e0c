"""Questions with options to pick from."""

from typing import Annotated, ClassVar

from ..part import AtLeast, part
from ..rich import Rich
from .base import Credit, IfPartly, Option, ScoredQuestion


@part
class SingleChoice(ScoredQuestion):
    """One right option among several."""

    kind: ClassVar[str] = "single-choice"
    options: Annotated[tuple[Option, ...], "the options, in the order they are shown", AtLeast(2)]


@part
class MultipleResponse(ScoredQuestion):
    """Several options may be right. Ticking everything never pays."""

    kind: ClassVar[str] = "multiple-response"
    options: Annotated[tuple[Option, ...], "the options, in the order they are shown", AtLeast(2)]
    credit: Annotated[
        Credit,
        "points for exactly the right set, or a part of them: the share of right options ticked less the share of wrong ones",
    ] = "all-or-nothing"
    if_partly: IfPartly = None


@part
class TrueFalse(ScoredQuestion):
    """A statement that is true or false."""

    kind: ClassVar[str] = "true-false"
    answer: Annotated[bool, "whether the statement is true"]
    if_true: Annotated[Rich | None, "feedback for who answers true"] = None
    if_false: Annotated[Rich | None, "feedback for who answers false"] = None
