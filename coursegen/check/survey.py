"""A course laid out for its rules: one walk, many questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from ..finding import Finding
from ..model import (
    Activity,
    Badge,
    Bank,
    Choice,
    Course,
    Element,
    File,
    GridRating,
    Media,
    Option,
    Outcome,
    Pair,
    Part,
    Place,
    Question,
    QuestionSet,
    Rich,
    Sortable,
    Step,
    Unit,
    WebLink,
)
from ..model.activity import BaseActivity
from ..model.walk import own_texts, parts

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
Label: TypeAlias = Option | Choice | Pair | Sortable | Step
"""Parts whose ``text`` is one line: what is pressed, ticked, matched, sorted or put in order."""


class Survey:
    """What the rules look at.

    ``parts`` every part, once also where several activities use it · ``rich`` every rich text with its owner ·
    ``elements`` the HTML elements by tag, each with its text · ``attributed`` those that have attributes ·
    ``ids`` of each text, by its identity · ``pages`` for each text, a number for each page that shows it; a question of a bank is a page
    of its own, and is shown by every quiz that takes it · ``sides`` for each text of a question that has a twin, or of the twin, a number
    for the two and whether it is the twin's · ``headings`` of each text that has some, in order · ``media`` every use of a file ·
    ``broken`` whether the reader found an error, so that the course is not all of the author's.
    """

    def __init__(self, course: Course, found: Iterable[Finding] = ()) -> None:
        self.course = course
        errors = [finding for finding in found if finding.severity == "error"]
        self.broken = bool(errors)
        self._unclosed = {finding.place for finding in errors if finding.code == "H002"}
        self.parts: list[Part] = []
        self.rich: list[tuple[Part, str, Rich]] = []
        self.elements: dict[str, list[tuple[Rich, Element]]] = defaultdict(list)
        self.attributed: list[tuple[Rich, Element]] = []
        self.ids: dict[int, dict[str, Element]] = {}
        self.headings: list[tuple[Rich, list[Element]]] = []
        self.pages: dict[int, list[int]] = defaultdict(list)
        self.sides: dict[int, tuple[int, bool]] = {}
        self._questions: list[Question] = []
        self._twins: dict[int, Question] = {}
        known: set[int] = set()
        unit: Part = course
        page: Part = course
        banked = False
        for part in parts(course):
            if isinstance(part, Unit):
                unit = page = part
                banked = False
            elif isinstance(part, BaseActivity):
                page = unit if isinstance(part, (WebLink, File)) else part
            elif isinstance(part, Bank):
                banked = True
            elif isinstance(part, Question):
                if banked and id(part) not in self._twins:
                    page = part
                self._find_twin(part)
            is_new = id(part) not in known
            if is_new:
                known.add(id(part))
                self.parts.append(part)
                if isinstance(part, Question):
                    self._questions.append(part)
            for owner, name, text in own_texts(part):
                if isinstance(text, Rich):
                    self.pages[id(text)].append(id(page))
                    if is_new:
                        self.rich.append((owner, name, text))
                        self._survey(text)
        self._show_taken()
        self.activities: dict[str, Activity] = {}
        repeated: set[str] = set()
        for _, activity in course.activities():
            if activity.id in self.activities:
                repeated.add(activity.id)
            self.activities[activity.id] = activity
        for name in repeated:  # nobody knows which one a link to it means; that it is there twice is a finding of its own
            del self.activities[name]

    def _find_twin(self, question: Part) -> None:
        twin = getattr(question, "twin", None)
        if twin is None:
            return
        self._twins[id(twin)] = twin
        instead = {id(part) for part in parts(twin)}
        for part in parts(question):
            for _, _, text in own_texts(part):
                self.sides[id(text)] = id(question), id(part) in instead

    def _show_taken(self) -> None:
        """The questions that a quiz takes of banks are shown on its page, with its own."""
        for unit in self.course.units:
            for quiz in unit.quizzes():
                taken = {id(question): question for group in quiz.set.taken for question in group.questions}
                for part in (part for question in taken.values() for part in parts(question)):
                    for _, _, text in own_texts(part):
                        if isinstance(text, Rich):
                            self.pages[id(text)].append(id(quiz))

    def _survey(self, text: Rich) -> None:
        ids: dict[str, Element] = {}
        headings: list[Element] = []
        for element in text.elements():
            self.elements[element.tag].append((text, element))
            if element.tag in HEADINGS:
                headings.append(element)
            if element.attributes:
                self.attributed.append((text, element))
                if isinstance(name := element.get("id"), str):
                    ids.setdefault(name, element)
        self.ids[id(text)] = ids
        if headings:
            self.headings.append((text, headings))

    def lacks(self, part: Part, key: str) -> bool:
        """Whether a part says nothing under a key. What was written and could not be read was reported, and is not lacking."""
        return not getattr(part, key) and not (self.broken and key in part.places)

    def is_guess(self, text: Rich, element: Element) -> bool:
        """Whether an element was not closed, so that what stands in it is a guess."""
        return bool(self._unclosed) and text.place_of(element) in self._unclosed

    def questions(self) -> Iterator[Question]:
        """Every question, once: those of quizzes, those of banks, and twins."""
        return iter(self._questions)

    def asked(self) -> Iterator[Question]:
        """The same without twins, which have no labels of their own."""
        return (question for question in self._questions if id(question) not in self._twins)

    def twins(self) -> Iterator[Question]:
        """The twins alone."""
        return iter(self._twins.values())

    def quizzes(self) -> Iterator[QuestionSet]:
        """The settings and questions of every quiz."""
        return (part for part in self.parts if isinstance(part, QuestionSet))

    def banks(self) -> Iterator[Bank]:
        """Every question bank."""
        return (part for part in self.parts if isinstance(part, Bank))

    def ratings(self) -> Iterator[GridRating]:
        """Every rating on a grid."""
        return (part for part in self.parts if isinstance(part, GridRating))

    def outcomes(self) -> Iterator[Outcome]:
        """Every outcome."""
        return (outcome for unit in self.course.units for outcome in unit.outcomes)

    def labels(self) -> Iterator[tuple[Label, Rich]]:
        """The texts of labels: of options, pairs, things to sort or to put in order, and of the choices of case studies."""
        return ((part, part.text) for part in self.parts if isinstance(part, Label))

    def media(self) -> Iterator[tuple[Media, Place]]:
        """Every use of a file, by an element of a text or by a part, with its place."""
        for text, element in self.attributed:
            for _, value in element.attributes:
                if isinstance(value, Media):
                    yield value, text.place_of(element)
        for part in self.parts:
            if isinstance(part, File):
                yield part.media, part.at("file")
            elif isinstance(part, Badge):
                yield part.image, part.at("image")
        if self.course.picture:
            yield self.course.picture, self.course.at("picture")
        if self.course.theme:
            for owner, key, media in self.course.theme.media():
                yield media, owner.at(key)
