"""Which features a course uses, and where: what the tables of :mod:`coursegen.fidelity` are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from .model import (
    Answer,
    Cloze,
    Course,
    Element,
    Gloss,
    Link,
    Media,
    NumberAnswer,
    Page,
    Pair,
    Part,
    Place,
    Question,
    Quiz,
    Rich,
    ShortAnswer,
    Sortable,
    Step,
    TextGap,
    TrueFalse,
    Unit,
    texts,
)
from .model.walk import Text

_KEYS = {
    "feedback": "general-feedback",
    "if_right": "if-right",
    "if_partly": "if-partly",
    "if_wrong": "if-wrong",
    "model_answer": "model-answer",
    "hints": "hints",
    "unit": "unit",
    "distractors": "match-distractors",
    "title": "title",
    "outcomes": "outcomes",
    "competences": "competences",
    "difficulty": "difficulty",
    "source": "source",
    "tags": "tags",
}
"""Keys of questions that are a feature when they say something."""
_MEDIA = {"stem": "media-stem", "text": "media-option"}
"""The feature that a picture is, by the key of the text it stands in; in all other texts of a question it is ``media-feedback``."""
_ACTIVITIES = {
    "case": "case-study",
    "grid": "grid",
    "assignment": "assignment",
    "peer-review": "peer-review",
    "survey": "survey",
    "repository": "repository",
    "discussion": "discussion",
    "link": "web-link",
    "file": "file",
    "tutor-page": "tutor-page",
}
"""The features that kinds of activity are."""


class Use(NamedTuple):
    """A feature that a course uses, where it stands, and the id of what has it; ``question`` where it is one of a question.

    A question, a quiz or another activity uses a feature once, however often it has it; ``place`` is the first.
    """

    feature: str
    place: Place
    owner: str
    question: Question | None = None
    quiz: Quiz | None = None
    """The quiz, where it is the feature."""
    unused: bool = False
    """Whether the question is one of a bank that no quiz takes."""


def used(course: Course) -> list[Use]:
    """Every feature that a course uses, in the order of its source. The features of a question follow its kind."""
    return list(_Walk(course).course())


def features(question: Question) -> dict[str, Place]:
    """The features that a question has, its kind first, with their places. Its twin is another question."""
    found: dict[str, Place] = {question.kind: question.place}
    for key, feature in _KEYS.items():
        if getattr(question, key, None):
            found[feature] = question.at(key)
    if question.points > 1:
        found["points"] = question.at("points")
    credit = getattr(question, "credit", None)
    if credit is not None and not (isinstance(question, Cloze) and len(question.gaps) == 1):
        found["partial-credit" if credit == "partial" else "all-or-nothing"] = question.at("credit")
    if isinstance(question, TrueFalse) and (question.if_true or question.if_false):
        found["option-feedback"] = question.at("if_true" if question.if_true else "if_false")
    if isinstance(question, ShortAnswer):
        _typed(question, found)
    _media_and_links(question, found)
    for part in _below(question):
        _part(part, found)
        _media_and_links(part, found)
    return found


def _below(root: Part) -> Iterator[Part]:
    """The parts of a question: options, answers, pairs, gaps and theirs."""
    for name in root.written():
        value = getattr(root, name)
        if isinstance(value, tuple):
            for entry in value:
                if isinstance(entry, Part):
                    yield entry
                    yield from _below(entry)


def _part(part: Part, found: dict[str, Place]) -> None:
    if isinstance(part, TextGap):
        _typed(part, found)
    elif isinstance(part, NumberAnswer) and Decimal(part.tolerance):
        found.setdefault("tolerance", part.at("tolerance"))
    if getattr(part, "feedback", None):
        if isinstance(part, (Pair, Sortable, Step)):
            feature = "part-feedback"
        else:
            mistaken = isinstance(part, (Answer, NumberAnswer)) and not part.correct
            feature = "foreseen-mistakes" if mistaken else "option-feedback"
        found.setdefault(feature, part.at("feedback"))


def _typed(part: ShortAnswer | TextGap, found: dict[str, Place]) -> None:
    """How typed words are compared, where it is not as usual."""
    if part.case == "counts":
        found.setdefault("case", part.at("case"))
    for name in ("accents", "spacing"):
        if getattr(part, name) == "ignored":
            found.setdefault(name, part.at(name))
    if part.wildcards and any("*" in answer.text for answer in part.answers):
        found.setdefault("wildcards", part.at("wildcards"))


def _media_and_links(part: Part, found: dict[str, Place]) -> None:
    for name in part.written():
        value = getattr(part, name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, Rich):
                for element, reference in _references(text):
                    shown = isinstance(reference, Media) and element.tag != "a"
                    led = "file-links" if isinstance(reference, Media) else "links"
                    found.setdefault(_MEDIA.get(name, "media-feedback") if shown else led, _at(part, name, text, element))


def _references(text: Rich) -> Iterator[tuple[Element, Link | Media | Gloss]]:
    """What a text refers to that is not in it."""
    for element in text.elements():
        for _, value in element.attributes:
            if isinstance(value, (Link, Media, Gloss)):
                yield element, value


def _at(part: Part, name: str, text: Rich, element: Element) -> Place:
    return text.place_of(element) if element.line else part.at(name)


class _Walk:
    """One way through a course, in the order of the source."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._told: set[str] = set()
        self._unit_of = {activity.id: unit.id for unit, activity in course.activities()}
        self._homes: dict[str, set[str]] = defaultdict(set)
        """For each question the units that have a quiz with it."""
        for unit in course.units:
            for quiz in unit.quizzes():
                for question in quiz.set.pool():
                    self._homes[question.id].add(unit.id)

    def course(self) -> Iterator[Use]:
        course = self._course
        units = {str(unit.id) for unit in course.units}
        completion = course.completion
        if any(getattr(completion, name) != "ignored" for name in completion.written()):
            yield Use("completion", course.at("completion"), course.id)
        if course.glossary:
            yield Use("glossary", course.at("glossary"), course.id)
        if len({unit.weight for unit in course.units}) > 1:
            weighed = next(unit for unit in course.units if unit.weight != course.units[0].weight)
            yield Use("unit-weight", weighed.at("weight"), course.id)
        if course.moodle.order == "by-unit":
            yield Use("unit-order", course.moodle.at("order"), course.id)
        if course.picture:
            yield Use("course-picture", course.at("picture"), course.id)
        if course.badge:
            yield Use("badge", course.badge.place, course.id)
        if course.theme:
            yield Use("theme", course.theme.place, course.id)
        about = [(course, "description", course.description), *(texts(course.glossary) if course.glossary else ())]
        yield from self._links(about, course.id, units)
        for unit in course.units:
            yield from self._unit(unit)

    def _unit(self, unit: Unit) -> Iterator[Use]:
        if unit.summary:
            yield from self._links([(unit, "summary", unit.summary)], unit.id, {unit.id})
        book = None
        for activity in unit.activities:
            chapter = activity.book if isinstance(activity, Page) else None
            if chapter and chapter != book:
                yield Use("book", activity.at("book"), activity.id)
            book = chapter
            if activity.kind in _ACTIVITIES:
                yield Use(_ACTIVITIES[activity.kind], activity.place, activity.id)
            if isinstance(activity, Quiz):
                yield from self._quiz(activity, unit)
            else:
                yield from self._links(texts(activity), activity.id, {unit.id})
        for bank in unit.banks:
            left = next((question for question in bank.questions if question.id not in self._homes), None)
            if left is not None:
                yield Use("unused-bank-questions", left.place, bank.id)
            for question in bank.questions:
                yield from self._question(question)

    def _quiz(self, quiz: Quiz, unit: Unit) -> Iterator[Use]:
        settings = quiz.set
        pool = settings.pool()
        yield Use("quiz", quiz.place, quiz.id, quiz=quiz)
        if settings.intro:
            yield Use("intro", settings.at("intro"), quiz.id)
            yield from self._links([(settings, "intro", settings.intro)], quiz.id, {unit.id})
        if settings.pass_mark and any(question.points for question in pool):
            yield Use("pass-mark", settings.at("pass_mark"), quiz.id)
        if settings.attempts != "unlimited":
            yield Use("attempts", settings.at("attempts"), quiz.id)
        yield Use(f"{settings.feedback}-feedback", settings.at("feedback"), quiz.id)
        if settings.draws():
            takes = (take.at("draw") for take in settings.take if take.draw != "all")
            yield Use("draw", settings.at("draw") if settings.draw != "all" else next(takes, settings.at("take")), quiz.id)
        for name in ("forms", "shuffle_questions", "shuffle_options"):
            if getattr(settings, name):
                yield Use(name.replace("_", "-"), settings.at(name), quiz.id)
        if settings.taken:
            yield Use("banks", settings.at("take"), quiz.id)
        for question in settings.questions:
            yield from self._question(question)

    def _question(self, question: Question) -> Iterator[Use]:
        if question.id in self._told:
            return
        self._told.add(question.id)
        found = features(question)
        homes = self._homes.get(question.id, set())
        for feature, place in found.items():
            yield Use(feature, place, question.id, question, unused=not homes)
        if "links" in found:
            for use in self._links(texts(question), question.id, homes):
                if use.feature == "unit-links":
                    yield use._replace(question=question)

    def _links(self, found: Iterable[tuple[Part, str, Text]], owner: str, homes: set[str]) -> Iterator[Use]:
        """Links to activities, and those of them that lead to another unit than the text's own."""
        told: set[str] = set()
        for part, name, text in found:
            if not isinstance(text, Rich):
                continue
            for element, reference in _references(text):
                if not isinstance(reference, Link):
                    continue
                leaves = any(home != self._unit_of.get(reference.activity) for home in homes)
                for feature in ("page-links", "unit-links") if leaves else ("page-links",):
                    if feature not in told:
                        told.add(feature)
                        yield Use(feature, _at(part, name, text, element), owner)
