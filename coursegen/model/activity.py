"""What learners do in a unit. A new kind is a class here (or in a file of its own) and its name in :data:`Activity`."""

from dataclasses import field
from typing import Annotated, ClassVar, Literal, NamedTuple, TypeAlias

from .case import Storyline
from .collection import Collection
from .grid import Grid, Reference
from .part import FOUND, AtLeast, Between, Part, Stored, part
from .question import Question
from .rich import Media, Rich
from .rubric import Example, Rubric
from .survey import Questionnaire
from .text import Address, Code, Identifier, Plain


@part
class BaseActivity(Part):
    """What every activity has."""

    id: Annotated[Identifier, "permanent; unique in the course"]
    title: Annotated[Plain, "its name in menus and headings"]
    minutes: Annotated[int, "how long a learner needs", Between(0, 6000)] = 0
    outcomes: Annotated[tuple[Identifier, ...], "the outcomes it works towards"] = ()
    audience: ClassVar[Literal["learners", "tutors"]] = "learners"


@part
class Page(BaseActivity):
    """A page to read: an HTML5 fragment in a file of its own."""

    kind: ClassVar[str] = "page"
    book: Annotated[Plain | None, "pages in a row with the same words here are chapters of one book, where a target has books"] = None
    body: Annotated[Rich, "the fragment", Stored("page", "file")]


@part
class TutorPage(Page):
    """A page for those who teach. Moodle hides it by role; SCORM packages, which know no roles, leave it out."""

    kind: ClassVar[str] = "tutor-page"
    audience: ClassVar[Literal["learners", "tutors"]] = "tutors"


@part
class Form(Part):
    """One of several parallel forms of a quiz. Learners get one at random, and the next one when they try again."""

    id: Annotated[Identifier, "permanent; unique in the quiz"]
    questions: Annotated[tuple[Identifier, ...], "ids of questions of the quiz", AtLeast(1)]


@part
class Bank(Part):
    """Questions that quizzes of the course take, in a file of its own. The same question may serve several quizzes."""

    id: Annotated[Identifier, "permanent; unique in the course"]
    title: Annotated[Plain, "its name in lists of question banks"]
    questions: Annotated[tuple[Question, ...], "the questions", AtLeast(1)]


class Taken(NamedTuple):
    """Some questions, and how many of them a try has."""

    questions: tuple[Question, ...]
    draw: int


@part
class Take(Part):
    """Questions of a bank that a quiz has: those named, or all that fit; or so many of them, drawn anew for each try."""

    bank: Annotated[Identifier, "the id of a bank of any unit"]
    questions: Annotated[tuple[Identifier, ...], "ids of questions of the bank; all if absent"] = ()
    tags: Annotated[tuple[Code, ...], "only questions with all of these tags, outcomes, competences or difficulties"] = ()
    draw: Annotated[int | Literal["all"], "how many of them a try has, drawn anew each time", Between(1, 200)] = "all"


@part
class QuestionSet(Part):
    """The file of a quiz: its settings and its questions, its own or of banks."""

    intro: Annotated[Rich | None, "read before the first question"] = None
    pass_mark: Annotated[int, "per cent of the points that pass", Between(0, 100)] = 70
    attempts: Annotated[int | Literal["unlimited"], "how often a learner may try", Between(1, 10)] = "unlimited"
    feedback: Annotated[Literal["immediate", "deferred"], "after each answer, or when the whole try is handed in"] = "immediate"
    draw: Annotated[int | Literal["all"], "how many of its own questions a try has, drawn anew each time", Between(1, 200)] = "all"
    shuffle_questions: Annotated[bool, "whether the questions come in another order each try"] = False
    shuffle_options: Annotated[bool, "whether the options come in another order each try"] = False
    forms: Annotated[tuple[Form, ...], "parallel forms; without any, every try is made of all questions"] = ()
    questions: Annotated[tuple[Question, ...], "the quiz's own questions, in order"] = ()
    take: Annotated[tuple[Take, ...], "questions of banks, which follow its own"] = ()
    taken: tuple[Taken, ...] = field(default=(), metadata={FOUND: True})
    """The questions of banks, for each entry of ``take``."""

    def pool(self) -> tuple[Question, ...]:
        """Every question that may come in a try: its own, then those of banks, in order; each once."""
        return tuple({question.id: question for group in self.groups() for question in group.questions}.values())

    def groups(self) -> tuple[Taken, ...]:
        """What a try is made of: from each group so many questions as it says (``draw``). Forms apart, which name theirs."""
        own = (Taken(self.questions, len(self.questions) if self.draw == "all" else self.draw),) if self.questions else ()
        return (*own, *self.taken)

    def draws(self) -> bool:
        """Whether a try has not all questions, but some that are drawn."""
        return any(group.draw < len(group.questions) for group in self.groups())


@part
class Quiz(BaseActivity):
    """Questions with feedback and a score. Settings and questions stand in a YAML file of their own."""

    kind: ClassVar[str] = "quiz"
    set: Annotated[QuestionSet, "its settings and questions", Stored("quiz", "file")]


@part
class Discussion(BaseActivity):
    """A prompt to discuss: a forum or discussion topic where the target has one, else something to do with colleagues."""

    kind: ClassVar[str] = "discussion"
    prompt: Annotated[Rich, "what to discuss"]


@part
class Handed(BaseActivity):
    """What activities have in which learners hand something in."""

    task: Annotated[Rich, "what to do, and what to hand in"]
    hand_in: Annotated[Literal["text", "files", "both"], "how it is handed in: text typed online, files, or either of them"] = "both"
    most_words: Annotated[int | Literal["unlimited"], "how long a text typed online may be", Between(1, 20000)] = "unlimited"
    most_files: Annotated[int, "how many files", Between(1, 20)] = 3


@part
class Assignment(Handed):
    """A product to hand in, graded by a teacher."""

    kind: ClassVar[str] = "assignment"
    rubric: Annotated[Rubric | None, "what is looked at", Stored("rubric")] = None
    pass_mark: Annotated[int, "per cent of the points that pass", Between(0, 100)] = 60
    attempts: Annotated[int | Literal["unlimited"], "how often it may be handed in", Between(1, 10)] = "unlimited"


@part
class PeerReview(Handed):
    """A product that learners hand in and that other learners review by a rubric."""

    kind: ClassVar[str] = "peer-review"
    rubric: Annotated[Rubric, "what reviewers look at", Stored("rubric")]
    reviewing: Annotated[Rich | None, "how to review: what to write, and how"] = None
    example: Annotated[Example | None, "a product to practise reviewing on", Stored("example")] = None


@part
class Survey(BaseActivity):
    """Questions without right answers: opinions, facts, suggestions. Its items stand in a YAML file of their own."""

    kind: ClassVar[str] = "survey"
    form: Annotated[Questionnaire, "its items", Stored("survey", "file")]


@part
class Repository(BaseActivity):
    """A collection of records that learners read and add to, such as good practices. It stands in a YAML file of its own."""

    kind: ClassVar[str] = "repository"
    collection: Annotated[Collection, "its fields and records", Stored("repository", "file")]


@part
class WebLink(BaseActivity):
    """A page elsewhere on the web."""

    kind: ClassVar[str] = "link"
    url: Annotated[Address, "where it leads"]
    description: Annotated[Rich | None, "what is there, and why to go"] = None


@part
class File(BaseActivity):
    """A file to download."""

    kind: ClassVar[str] = "file"
    media: Annotated[Media, "path of the file, from the unit's folder", Stored("file", "file")]
    description: Annotated[Rich | None, "what it is for"] = None


@part
class Case(BaseActivity):
    """A case study: scenes, decisions with consequences, endings. The storyline stands in a YAML file of its own."""

    kind: ClassVar[str] = "case"
    storyline: Annotated[Storyline, "its scenes and choices", Stored("case", "file")]


@part
class GridRating(BaseActivity):
    """A lesson to rate on an analysis grid, with one line of evidence for each indicator, and a profile at the end."""

    kind: ClassVar[str] = "grid"
    grid: Annotated[Grid, "the grid", Stored("grid")]
    about: Annotated[Rich | None, "the lesson to rate, or which lesson of one's own to take"] = None
    reference: Annotated[Reference | None, "a rating to compare with", Stored("reference")] = None


Activity: TypeAlias = (
    Page | TutorPage | Quiz | Case | GridRating | Discussion | Assignment | PeerReview | Survey | Repository | WebLink | File
)

__all__ = [
    "Activity",
    "Assignment",
    "Bank",
    "Case",
    "Discussion",
    "File",
    "Form",
    "GridRating",
    "Page",
    "PeerReview",
    "QuestionSet",
    "Quiz",
    "Repository",
    "Survey",
    "Take",
    "Taken",
    "TutorPage",
    "WebLink",
]
