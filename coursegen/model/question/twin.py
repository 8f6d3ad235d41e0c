"""A question that says the same in a kind that every format has."""

from typing import Annotated, TypeAlias

from .choice import MultipleResponse, SingleChoice, TrueFalse
from .typed import ShortAnswer

Portable: TypeAlias = SingleChoice | MultipleResponse | TrueFalse | ShortAnswer
Twin: TypeAlias = Annotated[
    Portable | None,
    "what takes its place in formats without this kind, with an id of its own; points, outcomes and other labels are those of the question",
]
