"""Questions. A new kind is a class in a file below, its name in :data:`Question`, and what ``docs/architecture.md`` lists.

``base`` what all have · ``choice`` options to pick · ``typed`` words · ``number`` a number · ``arranged`` things put together, in groups
or in order · ``cloze`` a text with gaps · ``open`` never scored · ``twin`` what stands in for a question elsewhere
"""

from typing import TypeAlias

from .arranged import Distractor, Group, Matching, Ordering, Pair, Sortable, Sorting, Step
from .base import Answer, BaseQuestion, Credit, Option, ScoredQuestion
from .choice import MultipleResponse, SingleChoice, TrueFalse
from .cloze import ChoiceGap, Cloze, Gap, GapOption, TextGap
from .number import NumberAnswer, Numerical
from .open import Essay, RatingLevel, RatingScale
from .twin import Portable
from .typed import ShortAnswer

Question: TypeAlias = (
    SingleChoice | MultipleResponse | TrueFalse | ShortAnswer | Numerical | Matching | Ordering | Sorting | Cloze | Essay | RatingScale
)

__all__ = [
    "Answer",
    "BaseQuestion",
    "ChoiceGap",
    "Cloze",
    "Credit",
    "Distractor",
    "Essay",
    "Gap",
    "GapOption",
    "Group",
    "Matching",
    "MultipleResponse",
    "NumberAnswer",
    "Numerical",
    "Option",
    "Ordering",
    "Pair",
    "Portable",
    "Question",
    "RatingLevel",
    "RatingScale",
    "ScoredQuestion",
    "ShortAnswer",
    "SingleChoice",
    "Sortable",
    "Sorting",
    "Step",
    "TextGap",
    "TrueFalse",
]
