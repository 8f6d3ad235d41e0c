"""Surveys: items that have no right answer."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from .part import AtLeast, Between, Part, part
from .rich import Rich
from .text import Identifier, Plain


@part
class SurveyOption(Part):
    """One of the answers of an item to choose from."""

    id: Annotated[Identifier, "permanent; unique in the item"]
    text: Annotated[Plain, "what the learner picks"]


@part
class OnlyIf(Part):
    """An item that is shown only to those who gave a certain answer."""

    item: Annotated[Identifier, "an item to choose one answer from, further up and before a page break"]
    option: Annotated[Identifier, "one of its options"]


@part
class SurveyText(Part):
    """Words between the items."""

    kind: ClassVar[str] = "text"
    id: Annotated[Identifier, "permanent; unique in the survey"]
    text: Annotated[Rich, "what is read"]
    only_if: Annotated[OnlyIf | None, "shown only after a certain answer"] = None


@part
class PageBreak(Part):
    """A new page of the survey."""

    kind: ClassVar[str] = "page-break"
    id: Annotated[Identifier, "permanent; unique in the survey"]


@part
class SurveyItem(Part):
    """What every item has that is answered."""

    id: Annotated[Identifier, "permanent; unique in the survey"]
    question: Annotated[Plain, "what is asked"]
    required: Annotated[bool, "whether it must be answered"] = False
    only_if: Annotated[OnlyIf | None, "asked only after a certain answer"] = None


@part
class ChooseOne(SurveyItem):
    """One answer of several: also a scale, from one end to the other."""

    kind: ClassVar[str] = "one"
    options: Annotated[tuple[SurveyOption, ...], "the answers, in order", AtLeast(2)]
    layout: Annotated[Literal["list", "row", "menu"], "below each other, in a row as a scale, or in a list that unfolds"] = "list"


@part
class ChooseSeveral(SurveyItem):
    """Any number of answers."""

    kind: ClassVar[str] = "several"
    options: Annotated[tuple[SurveyOption, ...], "the answers, in order", AtLeast(2)]


@part
class Rated(SurveyItem):
    """A scale whose levels have numbers, so that a mean can be computed."""

    kind: ClassVar[str] = "scale"
    levels: Annotated[tuple[Plain, ...], "the levels, the lowest first; they count 1, 2, 3 and so on", AtLeast(2)]


@part
class AskText(SurveyItem):
    """Words of one's own."""

    kind: ClassVar[str] = "words"
    lines: Annotated[int, "the height of the field; 1 is a line", Between(1, 40)] = 4


@part
class AskNumber(SurveyItem):
    """A whole number."""

    kind: ClassVar[str] = "number"
    low: Annotated[int, "the least number", Between(-1000000, 1000000)] = 0
    high: Annotated[int, "the greatest number", Between(-1000000, 1000000)] = 100


Entry: TypeAlias = ChooseOne | ChooseSeveral | Rated | AskText | AskNumber | SurveyText | PageBreak


@part
class Questionnaire(Part):
    """The file of a survey."""

    intro: Annotated[Rich | None, "what it is for, who sees the answers, how long they are kept"] = None
    anonymous: Annotated[bool, "whether answers are kept without names"] = True
    several_times: Annotated[bool, "whether one person may answer more than once"] = False
    thanks: Annotated[Rich | None, "shown when it has been answered"] = None
    items: Annotated[tuple[Entry, ...], "its items, in order", AtLeast(1)]
