"""What all questions have, and the parts that several kinds share."""

from typing import Annotated, Literal, TypeAlias

from ..part import AtLeast, Between, Part, part
from ..rich import Rich
from ..text import Code, Identifier, Plain

Credit: TypeAlias = Literal["all-or-nothing", "partial"]


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
    text: Annotated[Plain, "what the learner types; spaces at the ends do not count"]
    correct: Annotated[bool, "whether it is accepted"] = True
    feedback: Annotated[Rich | None, "shown to who typed it"] = None


# How typed words are compared. Two classes have these fields, and a part has one base only.
Answers: TypeAlias = Annotated[tuple[Answer, ...], "accepted answers, and foreseen mistakes with correct: false", AtLeast(1)]
Case: TypeAlias = Annotated[Literal["ignored", "counts"], "whether Brake and brake differ"]
Accents: TypeAlias = Annotated[Literal["counts", "ignored"], "whether é and e differ"]
Spacing: TypeAlias = Annotated[Literal["counts", "ignored"], "whether M 8 and M8 differ; several spaces count as one"]
Wildcards: TypeAlias = Annotated[bool, r"whether * in an answer stands for anything, or nothing; \* is then an asterisk"]
IfPartly: TypeAlias = Annotated[Rich | None, "shown after an answer that earned a part of the points"]


@part
class BaseQuestion(Part):
    """What every question has."""

    id: Annotated[Identifier, "permanent; unique in the course"]
    title: Annotated[Plain | None, "a short name for teachers' lists; the beginning of the stem if absent"] = None
    stem: Annotated[Rich, "what is asked"]
    outcomes: Annotated[tuple[Identifier, ...], "the outcomes it assesses"] = ()
    competences: Annotated[tuple[Code, ...], "codes from the course's framework; those of its outcomes if absent"] = ()
    difficulty: Annotated[Literal["easy", "medium", "hard"] | None, "how hard it is for who has worked through the unit"] = None
    source: Annotated[Plain | None, "where the question or what it asks comes from"] = None
    tags: Annotated[tuple[Identifier, ...], "words to find and to draw it by"] = ()
    hints: Annotated[tuple[Rich, ...], "help on request, one after the other; none costs points"] = ()
    feedback: Annotated[Rich | None, "shown to everybody after answering"] = None

    @property
    def name(self) -> str:
        """What teachers see in lists: the title, or the stem cut at a word within 80 characters; its pictures' words, or the id."""
        if self.title:
            return self.title
        pictures = (element.words("alt") or "" for element in self.stem.elements() if element.tag == "img")
        text = self.stem.text() or " ".join(" ".join(pictures).split()) or self.id
        return text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"

    def labels(self) -> frozenset[str]:
        """Everything a bank finds the question by: its outcomes, competences, difficulty and tags."""
        return frozenset([*self.outcomes, *self.competences, *self.tags, *([self.difficulty] if self.difficulty else [])])


@part
class ScoredQuestion(BaseQuestion):
    """What every question has that is right or wrong."""

    points: Annotated[int, "what a right answer is worth", Between(1, 99)] = 1
    if_right: Annotated[Rich | None, "shown after a right answer"] = None
    if_wrong: Annotated[Rich | None, "shown after an answer that earned nothing"] = None
