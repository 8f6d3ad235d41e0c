"""Rules about question banks and what quizzes take of them. Banks and questions that are not there are found by the reader."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Place, QuestionSet, Take, Taken
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated

_SHOWN = 5
"""How many questions a message names."""


def takes(quiz: QuestionSet) -> Iterator[tuple[Take, Taken]]:
    """What a quiz takes, with what the reader found. Only of a course that was read without an error."""
    return zip(quiz.take, quiz.taken, strict=True)


@check("B004", "warning", whole=True)
def unused_bank(survey: Survey) -> Iterator[Report]:
    """No quiz takes a question of a bank.

    Learners will never meet its questions.

    Wrong: a bank that no ``take`` names
    Right: ``take: [{bank: brake-tests}]`` in a quiz
    """
    used = {take.bank for quiz in survey.quizzes() for take in quiz.take}
    for bank in survey.banks():
        if bank.id not in used:
            yield Report(bank.at("id"), f'no quiz takes a question of the bank "{bank.id}"', "take some in a quiz, or remove the bank")


@check("B005", "warning", whole=True)
def question_never_taken(survey: Survey) -> Iterator[Report]:
    """A bank has questions that no quiz takes, neither by name nor by tags.

    Learners will never meet them. Mostly a tag is missing.

    Wrong: a question without the tag ``easy`` in a bank of which quizzes take ``tags: [easy]`` alone
    Right: the tag, or a ``take`` without it
    """
    used = {take.bank for quiz in survey.quizzes() for take in quiz.take}
    taken = {question.id for quiz in survey.quizzes() for question in quiz.pool()}
    for bank in survey.banks():
        left = [question for question in bank.questions if question.id not in taken]
        if left and bank.id in used:
            names = ", ".join(question.id for question in left[:_SHOWN]) + (", …" if len(left) > _SHOWN else "")
            count = f"{len(left)} question{'s' * (len(left) != 1)}"
            yield Report(
                left[0].at("id"), f"no quiz takes {count} of this bank: {names}", "name them in a take, mend their tags, or remove them"
            )


@check("B006", whole=True)
def question_taken_twice(survey: Survey) -> Iterator[Report]:
    """A quiz takes a question twice: a list names it twice, or two entries of ``take`` have it.

    A try asks a question once, so it would have fewer questions than the quiz says.

    Wrong: ``{bank: brakes, tags: [easy], draw: 2}`` and ``{bank: brakes, tags: [discs], draw: 2}`` when an easy one is about discs
    Right: tags that no question has both of
    """
    for quiz in survey.quizzes():
        seen: set[str] = set()
        for take, taken in takes(quiz):
            for name, place, _ in repeated((name, name.place) for name in take.questions):
                yield Report(place, f'the question "{name}" is here twice', "name each question once")
            twice = [question.id for question in dict.fromkeys(taken.questions) if question.id in seen]
            if twice:
                more = f" and {len(twice) - 1} more" if len(twice) > 1 else ""
                message = f'this quiz takes "{twice[0]}"{more} already, in an entry before this one'
                yield Report(_place(take, twice[0]), message, "take each question once: name other ones, or other tags")
            seen.update(question.id for question in taken.questions)


def _place(take: Take, name: str) -> Place:
    named = next((each for each in take.questions if each == name), None)
    return named.place if named is not None else take.at("tags")


@check("B007", whole=True)
def named_and_left_out(survey: Survey) -> Iterator[Report]:
    """A quiz names a question of a bank, and asks for tags that the question does not have.

    It would be left out without a word.

    Wrong: ``{bank: brakes, questions: [q-gauge], tags: [easy]}`` when ``q-gauge`` is hard
    Right: ``{bank: brakes, questions: [q-gauge]}``
    """
    for quiz in survey.quizzes():
        for take, taken in takes(quiz):
            found = {question.id for question in taken.questions}
            for name in take.questions:
                if name not in found:
                    yield Report(
                        name.place, f'"{name}" has not all of the tags: {", ".join(take.tags)}', "remove the tags, or the question"
                    )
