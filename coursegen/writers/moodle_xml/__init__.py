"""Moodle XML: all questions of a course in one file, for the question bank of Moodle 4.1 to 5.1.

The format is Moodle's own (docs.moodle.org, "Moodle XML format"); what its importer makes of each element is in ``docs/moodle.md``.
A category for each quiz and each bank, every question once. A question bank has no quizzes, so settings of quizzes are left out.

``texts`` rich text, words and pictures as Moodle takes them · ``embedded`` answers inside a text · ``special`` questions that need those ·
``kinds`` an element for each kind of question
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...archive import Entry
from ...fidelity import KEPT, Capabilities, changed, dropped, native, substituted
from ...model import Course, Question, Quiz, Unit
from ...moodle_questions import NUMERICAL, PARTIAL_CREDIT, SHORT_ANSWER
from ...portable import weighted
from ...render.templates import Templates
from .kinds import Kinds
from .special import EMBEDDED, has_long_tags, has_uneven_points, is_embedded, is_essay, is_ordering
from .texts import Texts, element, name, text

FILE = "moodle-questions.xml"
_NO_QUIZ = "a question bank has no quizzes; set it in the quiz that you make in Moodle"
_COMBINED = KEPT.but(changed("a part of the general feedback, after words that say when it holds"), EMBEDDED, is_embedded)
CARRIES: Capabilities = {
    "single-choice": KEPT,
    "multiple-response": KEPT,
    "true-false": KEPT,
    "short-answer": SHORT_ANSWER,
    "numerical": NUMERICAL,
    "matching": KEPT.but(
        changed("a text with a list beside each thing, each worth a whole number of points"),
        "with an entry of more than 255 characters",
        is_embedded,
    ),
    "ordering": substituted(since="4.4"),
    "sorting": changed("a matching: each thing with its group").but(
        changed("a text with the list of groups beside each thing, each worth a whole number of points"),
        "with a group of more than 255 characters",
        is_embedded,
    ),
    "cloze": KEPT.but(
        changed("embedded answers, each worth a whole number of points"),
        "with a gap to type in, with feedback or several right options in a gap, or with more than 8 gaps",
        is_embedded,
    ),
    "essay": KEPT,
    "rating-scale": changed("a single choice without points, in which every level counts as right"),
    "partial-credit": PARTIAL_CREDIT,
    "all-or-nothing": changed(
        "a part of the answer earns a part of the points; in questions with several right options a wrong one takes all points away"
    ).but(KEPT, "of putting in order", is_ordering),
    "case": KEPT,
    "accents": changed("each answer is accepted as it is written, and without any accents"),
    "spacing": changed("each answer is accepted with spaces and without, at up to three places; other spaces count"),
    "wildcards": KEPT,
    "foreseen-mistakes": KEPT,
    "tolerance": KEPT,
    "unit": changed("it stands after the field, and may be typed; a wrong unit is not looked at"),
    "match-distractors": KEPT,
    "points": KEPT.but(changed("rounded up, so that each answer is worth a whole number"), EMBEDDED, has_uneven_points),
    "general-feedback": KEPT,
    **dict.fromkeys(("if-right", "if-partly", "if-wrong"), _COMBINED),
    "option-feedback": KEPT,
    "part-feedback": changed("a part of the general feedback").but(changed("feedback of the right entry in a list"), EMBEDDED, is_embedded),
    "model-answer": changed("a part of the general feedback, and a note for who grades"),
    "hints": changed("shown after a wrong try, if the quiz allows several tries for a question").but(
        dropped("Moodle reads none there"), "of essays", is_essay
    ),
    "media-stem": KEPT,
    "media-option": KEPT,
    "media-feedback": KEPT,
    "links": changed("they become words, and those to activities say where they led"),
    "file-links": KEPT,
    "title": KEPT,
    "outcomes": changed("tags"),
    "competences": changed("tags"),
    "difficulty": changed("a tag"),
    "source": changed("a tag, cut at 50 characters"),
    "tags": KEPT.but(changed("cut at 50 characters"), "of more than 50 characters", has_long_tags),
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
    texts = Texts(course, templates)
    maker = Kinds(texts, templates)
    categories = [each for each in _categories(course) if each.questions or (each.quiz and each.quiz.set.intro)]
    everything = [question for each in categories for question in each.questions]
    written = {each.original.id: each.questions for each in weighted(everything, native(CARRIES, course.moodle))}
    shuffled = {question.id for quiz in _quizzes(course) if quiz.set.shuffle_options for question in quiz.set.pool()}
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    for category in categories:
        parts.append(_category(course, category))
        if category.quiz and category.quiz.set.intro:
            parts.append(maker.description(category.quiz.id, category.title, category.quiz.set.intro))
        for question in category.questions:
            parts += [maker.question(each, question.id in shuffled) for each in written[question.id]]
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
