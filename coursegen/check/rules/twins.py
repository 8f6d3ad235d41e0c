"""Rules about twins, which take the place of questions in formats without their kind."""

from __future__ import annotations

from collections.abc import Iterator

from ..rule import Report, check
from ..survey import Survey

_LABELS = ("points", "outcomes", "competences", "difficulty", "source", "tags")


@check("Q039")
def labels_of_twin(survey: Survey) -> Iterator[Report]:
    """A twin says its own points, outcomes or other labels.

    A twin stands for its question, and has the points and labels of that question everywhere. Others would be ignored without a word.

    Wrong: a ``twin`` with ``points: 3``
    Right: a ``twin`` without ``points``; they stand beside it, in the question
    """
    for twin in survey.twins():
        for key in _LABELS:
            if key in twin.places:
                yield Report(twin.at(key), f"a twin has no {key} of its own: those of its question count", f"remove {key} from the twin")
