"""A question with a field to type words in."""

from typing import ClassVar

from ..part import part
from .base import Accents, Answers, Case, ScoredQuestion, Spacing, Wildcards


@part
class ShortAnswer(ScoredQuestion):
    """A word or a few, typed. It is right when it equals an accepted answer."""

    kind: ClassVar[str] = "short-answer"
    answers: Answers
    case: Case = "ignored"
    accents: Accents = "counts"
    spacing: Spacing = "counts"
    wildcards: Wildcards = False
