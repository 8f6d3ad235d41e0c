"""What quizzes take of question banks: references in ``take`` become the questions themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...finding import Finding
from ...model import Activity, Bank, Course, Identifier, Question, QuestionSet, Quiz, Take, Taken, Unit
from . import faults


def with_banks(course: Course, report: Callable[[Finding], None]) -> Course:
    """The course in which every quiz has found the questions that it takes. What cannot be found is reported and left out."""
    banks: dict[Identifier, Bank] = {}
    for unit in course.units:
        for bank in unit.banks:
            banks.setdefault(bank.id, bank)
    if not any(quiz.set.take for unit in course.units for quiz in unit.quizzes()):
        return course
    return replace(course, units=tuple(_unit(unit, banks, report) for unit in course.units))


def _unit(unit: Unit, banks: dict[Identifier, Bank], report: Callable[[Finding], None]) -> Unit:
    def activity(each: Activity) -> Activity:
        if isinstance(each, Quiz) and each.set.take:
            return replace(each, set=_set(each.set, banks, report))
        return each

    return replace(unit, activities=tuple(activity(each) for each in unit.activities))


def _set(settings: QuestionSet, banks: dict[Identifier, Bank], report: Callable[[Finding], None]) -> QuestionSet:
    taken = []
    for take in settings.take:
        if bank := banks.get(take.bank):
            questions = _questions(take, bank, report)
            taken.append(Taken(questions, len(questions) if take.draw == "all" else take.draw))
        else:
            report(faults.no_such_bank(take.at("bank"), take.bank, banks))
    return replace(settings, taken=tuple(taken))


def _questions(take: Take, bank: Bank, report: Callable[[Finding], None]) -> tuple[Question, ...]:
    known = {question.id: question for question in bank.questions}
    for name in take.questions:
        if name not in known:
            report(faults.no_such_question(name.place, name, bank.id, known))
    named = [known[name] for name in take.questions if name in known] if take.questions else list(bank.questions)
    found = tuple(question for question in named if question.labels().issuperset(take.tags))
    if not found and named:
        labels = {label for question in bank.questions for label in question.labels()}
        report(faults.nothing_to_take(take.at("tags"), take.tags, bank.id, labels))
    return found
