"""Questions. A new kind is a class here (or in a file of its own) and its name in :data:`Question`."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from .part import AtLeast, Between, Part, part
from .rich import Rich
from .text import Identifier, Plain


@part
class Option(Part):
    """One of the options of a choice: the key or a distractor."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    text: Annotated[Rich, "what the learner picks; one line, without paragraphs or lists"]
    correct: Annotated[bool, "whether picking it is right"] = False
    feedback: Annotated[Rich | None, "why it is right or wrong; shown to who picked it"] = None


@part
class Answer(Part):
    """A text that learners may type: an accepted one, or a foreseen mistake."""

    id: Annotated[Identifier, "permanent; unique in the question"]
    text: Annotated[Plain, "what the learner types; upper and lower case count the same, spaces at the ends do not count"]
    correct: Annotated[bool, "whether it is accepted"] = True
    feedback: Annotated[Rich | None, "shown to who typed it"] = None


@part
class BaseQuestion(Part):
    """What every question has."""

    id: Annotated[Identifier, "permanent; unique in the course"]
    title: Annotated[Plain | None, "a short name for teachers' lists; the beginning of the stem if absent"] = None
    stem: Annotated[Rich, "what is asked"]
    points: Annotated[int, "what a right answer is worth", Between(1, 99)] = 1
    outcomes: Annotated[tuple[Identifier, ...], "the outcomes it assesses"] = ()
    feedback: Annotated[Rich | None, "shown to everybody after answering"] = None

    @property
    def name(self) -> str:
        """What teachers see in lists: the title, or the stem cut at a word within 80 characters; its pictures' words, or the id."""
        if self.title:
            return self.title
        pictures = (element.words("alt") or "" for element in self.stem.elements() if element.tag == "img")
        text = self.stem.text() or " ".join(" ".join(pictures).split()) or self.id
        return text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"


@part
class SingleChoice(BaseQuestion):
    """One right option among several."""

    kind: ClassVar[str] = "single-choice"
    options: Annotated[tuple[Option, ...], "the options, in the order they are shown", AtLeast(2)]


@part
class MultipleResponse(BaseQuestion):
    """Several options may be right. Ticking everything never pays."""

    kind: ClassVar[str] = "multiple-response"
    options: Annotated[tuple[Option, ...], "the options, in the order they are shown", AtLeast(2)]
    credit: Annotated[
        Literal["all-or-nothing", "partial"],
        "points for exactly the right set, or a part of them: the share of right options ticked less the share of wrong ones",
    ] = "all-or-nothing"


@part
class TrueFalse(BaseQuestion):
    """A statement that is true or false."""

    kind: ClassVar[str] = "true-false"
    answer: Annotated[bool, "whether the statement is true"]
    if_true: Annotated[Rich | None, "feedback for who answers true"] = None
    if_false: Annotated[Rich | None, "feedback for who answers false"] = None


@part
class ShortAnswer(BaseQuestion):
    """A word or a few, typed. It is right when it equals an accepted answer."""

    kind: ClassVar[str] = "short-answer"
    answers: Annotated[tuple[Answer, ...], "accepted answers, and foreseen mistakes with correct: false", AtLeast(1)]


Question: TypeAlias = SingleChoice | MultipleResponse | TrueFalse | ShortAnswer
