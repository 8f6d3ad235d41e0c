"""What quizzes take of question banks: references in ``take`` become the questions themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...finding import Finding
from ...model import Activity, Bank, Course, Identifier, Question, QuestionSet, Quiz, Take, Taken, Unit
from . import faults
from .yaml import Mapping, Node, Scalar, Sequence


class Banks:
    """Which banks and questions the sources name, also where they could not be read: so that one fault does not make others.

    ``complete`` says whether all banks are known. ``questions`` are the ids in each bank; None where not all are known.
    """

    def __init__(self) -> None:
        self.complete = True
        self.questions: dict[str, frozenset[str] | None] = {}

    def add(self, bank: Node | None) -> None:
        """Note what a bank's file holds."""
        name = _id(bank)
        if not name:
            self.complete = False
            return
        questions = bank.entries.get("questions") if isinstance(bank, Mapping) else None
        names = [_id(item) for item in questions.items] if isinstance(questions, Sequence) else []
        self.questions.setdefault(name, frozenset(names) if names and all(names) else None)


def _id(node: Node | None) -> str:
    """What a mapping has for an id; empty where it has none, or one that cannot be used and was meant to be another."""
    name = node.entries.get("id") if isinstance(node, Mapping) else None
    assert Identifier.pattern is not None
    return name.value if isinstance(name, Scalar) and Identifier.pattern.fullmatch(name.value) else ""


def with_banks(course: Course, known: Banks, found: list[Finding]) -> Course:
    """The course in which every quiz has found the questions that it takes.

    What cannot be found is left out, and added to what was ``found``, unless that says already why it is not there.
    """
    if not any(quiz.set.take for unit in course.units for quiz in unit.quizzes()):
        return course
    return replace(course, units=tuple(_Taking(course, known, found).unit(unit) for unit in course.units))


class _Taking:
    def __init__(self, course: Course, known: Banks, found: list[Finding]) -> None:
        self.known = known
        self.report: Callable[[Finding], None] = found.append
        self.broken = {finding.place.file for finding in found if finding.severity == "error"}
        self.banks: dict[Identifier, Bank] = {}
        self.competences = {outcome.id: outcome.competences for unit in course.units for outcome in unit.outcomes}
        for unit in course.units:
            for bank in unit.banks:
                self.banks.setdefault(bank.id, bank)

    def unit(self, unit: Unit) -> Unit:
        return replace(unit, activities=tuple(self._activity(each) for each in unit.activities))

    def _activity(self, activity: Activity) -> Activity:
        if isinstance(activity, Quiz) and activity.set.take:
            return replace(activity, set=self._set(activity.set))
        return activity

    def _set(self, settings: QuestionSet) -> QuestionSet:
        taken = []
        for take in settings.take:
            if bank := self.banks.get(take.bank):
                questions = self._questions(take, bank)
                taken.append(Taken(questions, len(questions) if take.draw == "all" else take.draw))
            elif take.bank and self.known.complete and take.bank not in self.known.questions:
                self.report(faults.no_such_bank(take.at("bank"), take.bank, self.banks))
        return replace(settings, taken=tuple(taken))

    def _questions(self, take: Take, bank: Bank) -> tuple[Question, ...]:
        bound = {question.id: question for question in bank.questions}
        known = self.known.questions.get(bank.id)
        for name in take.questions:
            if known is not None and name not in known:
                self.report(faults.no_such_question(name.place, name, bank.id, known))
        named = [bound[name] for name in take.questions if name in bound] if take.questions else list(bank.questions)
        found = tuple(question for question in named if self._labels(question).issuperset(take.tags))
        if not found and named and bank.place.file not in self.broken:
            labels = {label for question in bank.questions for label in self._labels(question)}
            self.report(faults.nothing_to_take(take.at("tags"), take.tags, bank.id, labels))
        return found

    def _labels(self, question: Question) -> frozenset[str]:
        """Everything the question is found by: one without competences has those of its outcomes."""
        if question.competences:
            return question.labels()
        return question.labels().union(*(self.competences.get(outcome, ()) for outcome in question.outcomes))
