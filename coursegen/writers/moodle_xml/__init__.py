"""Moodle XML: all questions of a course in one file, for the question bank of Moodle 4.1 to 5.1.

The format is Moodle's own (docs.moodle.org, "Moodle XML format"); what its importer makes of each element is in ``docs/moodle.md``.
A category for each quiz and each bank, every question once. A question bank has no quizzes, so settings of quizzes are left out.

What becomes of each kind of question is said in :mod:`coursegen.moodle.kinds`. Here: ``questions`` an element for each of Moodle's types ·
``texts`` rich text and pictures as the importer takes them · ``xml``
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...archive import Entry
from ...fidelity import KEPT, Capabilities, changed, dropped, native
from ...model import Course, Question, Quiz, Unit
from ...moodle.kinds import Kinds
from ...moodle.special import EMBEDDED, has_uneven_points, is_essay
from ...moodle.verdicts import IN_ITS_OWN_TYPES
from ...moodle.words import name
from ...portable import weighted
from ...render.templates import Templates
from .questions import question as written_question
from .texts import BankTexts
from .xml import element, text

FILE = "moodle-questions.xml"
_NO_QUIZ = "a question bank has no quizzes; set it in the quiz that you make in Moodle"
CARRIES: Capabilities = {
    **IN_ITS_OWN_TYPES,
    "points": KEPT.but(changed("rounded up, so that each answer is worth a whole number"), EMBEDDED, has_uneven_points),
    "hints": changed("shown after a wrong try, if the quiz allows several tries for a question").but(
        dropped("Moodle reads none there"), "of essays", is_essay
    ),
    "links": changed("they become words, and those to activities say where they led"),
    "intro": changed("a description, to put before the questions of the quiz"),
    "pass-mark": dropped(_NO_QUIZ),
    "attempts": dropped(_NO_QUIZ),
    "immediate-feedback": dropped(_NO_QUIZ),
    "deferred-feedback": dropped(_NO_QUIZ),
    "draw": dropped(f"{_NO_QUIZ}, with random questions of the category"),
    "forms": dropped(_NO_QUIZ),
    "shuffle-questions": dropped(_NO_QUIZ),
    "shuffle-options": changed("a setting of each question; the quiz must allow it, too"),
    "banks": changed("each bank is a category; which of its questions a quiz takes is said in Moodle"),
    "unused-bank-questions": KEPT,
}


class _Category(NamedTuple):
    """A category of the question bank: that of a quiz, or of a bank."""

    unit: Unit
    title: str
    questions: tuple[Question, ...]
    quiz: Quiz | None = None


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """The one file."""
    maker = Kinds(BankTexts(course, templates), templates)
    categories = [each for each in _categories(course) if each.questions or (each.quiz and each.quiz.set.intro)]
    everything = [question for each in categories for question in each.questions]
    written = {each.original.id: each.questions for each in weighted(everything, native(CARRIES, course.moodle.version))}
    shuffled = {question.id for quiz in _quizzes(course) if quiz.set.shuffle_options for question in quiz.set.pool()}
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    for category in categories:
        parts.append(_category(course, category))
        if category.quiz and category.quiz.set.intro:
            parts.append(written_question(maker.description(category.quiz.id, category.title, category.quiz.set.intro)))
        for question in category.questions:
            parts += [written_question(maker.question(each, question.id in shuffled)) for each in written[question.id]]
    parts.append("</quiz>\n")
    yield FILE, "".join(parts).encode()


def _quizzes(course: Course) -> Iterator[Quiz]:
    return (quiz for unit in course.units for quiz in unit.quizzes())


def _categories(course: Course) -> Iterator[_Category]:
    for unit in course.units:
        for quiz in unit.quizzes():
            yield _Category(unit, quiz.title, quiz.set.questions, quiz)
        for bank in unit.banks:
            yield _Category(unit, bank.title, bank.questions)


def _category(course: Course, category: _Category) -> str:
    """Where the questions that follow belong to. The bank that the file is imported into is the first part of the path."""
    path = "/".join(("top", *(_step(words) for words in (course.title, category.unit.title, category.title))))
    return element("question", element("category", text(path)), type="category")


def _step(words: str) -> str:
    """A name in the path of a category: slashes are doubled, and one at an end is kept apart from those that divide."""
    step = name(words).replace("/", "//")
    return f"{' ' * step.startswith('/')}{step}{' ' * step.endswith('/')}"
