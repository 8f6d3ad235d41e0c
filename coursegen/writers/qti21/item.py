"""An item: the file of one question (QTI 2.1, Assessment Test, Section and Item Information Model, section 5).

What is asked stands in the body, before its interaction; hints follow as ``infoControl``, which opens when a learner wants it and costs
nothing. All feedback is ``modalFeedback``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model import (
    Anchor,
    Cloze,
    Essay,
    Gloss,
    Link,
    Matching,
    Media,
    MultipleResponse,
    Node,
    Numerical,
    Ordering,
    Question,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TrueFalse,
)
from ...render.html import html
from . import arranged, choices, fields
from .markup import blocks, inline
from .parts import Made, Words
from .processing import FEEDBACK, MAXSCORE, RIGHT, SCORE, say, verdict
from .xml import document, element, lines

if TYPE_CHECKING:
    from ...render.templates import Templates
