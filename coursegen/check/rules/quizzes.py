"""Rules about a quiz as a whole: that it asks something, what is drawn, parallel forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...model import MultipleResponse, Place, Question, QuestionSet, SingleChoice, Take
from ..rule import Report, check
from ..survey import Survey
from .banks import takes
from .ids import repeated

_OF_OTHERS = re.compile(
    r"""
    .*\b(?:all|any|both|either|neither|none|two|three)\ of\ (?:the\ )?(?:options\ |answers\ )?above\b.*
    | .*\ball\ the\ above\b.*
    | (?:both\ )?(?:options?\ |answers?\ )?[a-h](?:,\ [a-h])*,?\ and\ (?:option\ |answer\ )?[a-h]
    """,
    re.VERBOSE,
)
"""The commonest words of an English option that speaks of others."""


class _Draw(NamedTuple):
    """So many of some questions are drawn. ``place`` is where it says so."""

    number: int
    questions: Sequence[Question]
    place: Place
    misplaced: bool = False
    """Whether a quiz says so of its own questions, and has none but those that it takes."""


def _draws(survey: Survey) -> Iterator[_Draw]:
    """What quizzes draw: of their own questions, and of what they take. Quizzes that have forms, too, are another rule's."""
    for quiz in survey.quizzes():
        if quiz.forms:
            continue
        if isinstance(quiz.draw, int):
            yield _Draw(quiz.draw, quiz.questions, quiz.at("draw"), bool(quiz.take) and not quiz.questions)
        for take, taken in takes(quiz):
            if isinstance(take.draw, int):
                yield _Draw(take.draw, taken.questions, take.at("draw"))


@check("Q019")
def quiz_without_questions(survey: Survey) -> Iterator[Report]:
    """A quiz has no questions of its own, and takes none of a bank.

    There is nothing to answer.

    Wrong: a quiz with ``pass_mark: 70`` alone
    Right: a quiz with ``questions`` or ``take``
    """
    for quiz in survey.quizzes():
        if survey.lacks(quiz, "questions") and survey.lacks(quiz, "take"):
            yield Report(quiz.place, "this quiz asks nothing", "add questions, or take some of a bank")


@check("Q020", "warning", whole=True)
def nothing_to_pass(survey: Survey) -> Iterator[Report]:
    """A quiz has a pass mark, and none of its questions is scored.

    Essays and rating scales earn no points. Whoever answers them has passed, whatever the mark.

    Wrong: ``pass_mark: 70`` in a quiz of two essays
    Right: the quiz without ``pass_mark``, or with a question that is scored
    """
    for quiz in survey.quizzes():
        if quiz.pass_mark and "pass_mark" in quiz.places and quiz.pool() and not any(question.points for question in quiz.pool()):
            message = "no question of this quiz is scored, so everybody passes who answers"
            yield Report(quiz.at("pass_mark"), message, "remove pass_mark, or add a question that is scored")


@check("Q008", whole=True)
def draws_too_many(survey: Survey) -> Iterator[Report]:
    """A quiz draws more questions than it has, or than it takes of a bank.

    Learners would be told a number of questions that never come. A quiz draws of its own questions with ``draw``, and of those of a bank
    with ``draw`` in the entry of ``take``.

    Wrong: ``draw: 12`` in a quiz of 10 questions
    Right: ``draw: 5``
    """
    for number, questions, place, misplaced in _draws(survey):
        if misplaced:
            message = f"{_questions(number)} cannot be drawn: this quiz has no questions of its own"
            yield Report(place, message, "put draw into the entry of take")
        elif (count := len(questions)) < number:
            mend = f"draw fewer than {count}, or add questions" if count > 1 else "remove draw, or add questions"
            yield Report(place, f"{_questions(number)} cannot be drawn from {count}", mend)


def _questions(number: int) -> str:
    return f"{number} question{'s' * (number != 1)}"


@check("Q009", "warning", whole=True)
def draws_everything(survey: Survey) -> Iterator[Report]:
    """A quiz draws exactly the questions it has, or takes of a bank, so every try is the same.

    Mostly questions are still missing. If another order is wanted, ``shuffle_questions`` says so.

    Wrong: ``draw: 10`` in a quiz of 10 questions
    Right: ``shuffle_questions: true``, or 20 questions to draw from
    """
    for number, questions, place, _ in _draws(survey):
        if number == len(questions):
            mend = "add questions to draw from, or use shuffle_questions: true in place of draw"
            message = f"all {number} questions are drawn in every try" if number > 1 else "the only question is drawn in every try"
            yield Report(place, message, mend)


@check("Q010", whole=True)
def draws_unequal_points(survey: Survey) -> Iterator[Report]:
    """A quiz draws from questions that have different points.

    One learner could then earn more points than another, and tries could not be compared. Questions that are drawn apart from each
    other, by several entries of ``take``, may differ. Essays and rating scales have no points.

    Wrong: ``draw: 5`` from questions of 1 point and one of 3 points
    Right: ``draw: 5`` from questions that all have 1 point
    """
    for _, questions, place, _ in _draws(survey):
        scored = Counter(question.points for question in questions if question.points)
        if not scored:
            continue  # nothing can be earned, or there is nothing to draw (Q008)
        usual, _ = scored.most_common(1)[0]
        for question in questions:
            if not question.points:
                message = f"this question has no points, others {usual}, and a quiz draws from them, at {place}"
                yield Report(question.place, message, "put it into a take of its own, or leave it out of the draw")
            elif question.points != usual:
                message = f"this question is worth {question.points}, others {usual}, and a quiz draws from them, at {place}"
                yield Report(question.at("points"), message, "give all questions that are drawn together the same points")


@check("Q011")
def forms_and_draw(survey: Survey) -> Iterator[Report]:
    """A quiz has forms and draws, too.

    A form is a fixed selection of questions, a draw a random one. Nobody could say what a try is made of.

    Wrong: ``draw: 5`` beside ``forms:``
    Right: one of the two
    """
    for quiz in survey.quizzes():
        parts: tuple[QuestionSet | Take, ...] = (quiz, *quiz.take) if quiz.forms else ()
        for part in parts:
            if part.draw != "all":
                yield Report(part.at("draw"), "a quiz with forms does not draw", "remove draw, or the forms")


@check("Q012")
def duplicate_form_id(survey: Survey) -> Iterator[Report]:
    """Two forms of a quiz have one id.

    Ids are names for ever: reports and authors could not tell the two apart.

    Wrong: two forms with ``id: a``
    Right: ``id: a`` and ``id: b``
    """
    for quiz in survey.quizzes():
        for name, place, first in repeated((form.id, form.at("id")) for form in quiz.forms):
            yield Report(place, f'the id "{name}" is used already in this quiz, in line {first.line}', "give this form an id of its own")


@check("Q013", whole=True)
def unknown_question_in_form(survey: Survey) -> Iterator[Report]:
    """A form names a question that its quiz does not have.

    Mostly it is misspelt, and the form would come without it.

    Wrong: ``questions: [q-gage]`` when the question is ``q-gauge``
    Right: ids of questions in the same file, or of those that it takes of banks
    """
    for quiz in survey.quizzes():
        known = {question.id for question in quiz.pool()}
        for form in quiz.forms:
            for name in form.questions:
                if name not in known:
                    message = f'form "{form.id}" names the question "{name}", which this quiz does not have'
                    yield Report(name.place, message, "name a question of this quiz, or take it of its bank")


@check("Q014")
def question_twice_in_form(survey: Survey) -> Iterator[Report]:
    """A form names a question twice.

    It would be asked once all the same; another question was probably meant.

    Wrong: ``questions: [q-gauge, q-disc, q-gauge]``
    Right: each question once
    """
    for quiz in survey.quizzes():
        for form in quiz.forms:
            for name, place, _ in repeated((question, question.place) for question in form.questions):
                yield Report(place, f'form "{form.id}" names the question "{name}" twice', "name each question once")


@check("Q015", whole=True)
def forms_of_unequal_points(survey: Survey) -> Iterator[Report]:
    """The forms of a quiz have different points altogether.

    Forms are parallel: whichever a learner gets, as much can be earned.

    Wrong: a form with 5 points and one with 6
    Right: two forms with 5 points each
    """
    for quiz in survey.quizzes():
        points = {question.id: question.points for question in quiz.pool()}
        if any(name not in points for form in quiz.forms for name in form.questions):
            continue  # Q013 says so, and nobody knows what was meant
        totals = [sum(points[name] for name in set(form.questions)) for form in quiz.forms]
        for form, total in zip(quiz.forms, totals, strict=True):
            if total != totals[0]:
                message = f'form "{form.id}" has {_points(total)}, form "{quiz.forms[0].id}" has {totals[0]}'
                yield Report(form.at("questions"), message, "give all forms of a quiz the same points")


def _points(number: int) -> str:
    return f"{number} point{'s' * (number != 1)}"


@check("Q016", "warning", whole=True)
def question_in_no_form(survey: Survey) -> Iterator[Report]:
    """A quiz has forms, and one of its questions, or of those that it takes of a bank, is in none of them.

    No learner will ever meet it.

    Wrong: a question ``q-gauge`` that no form names
    Right: name it in a form, or remove it
    """
    for quiz in survey.quizzes():
        named = {name for form in quiz.forms for name in form.questions}
        own = [(question.id, question.at("id")) for question in quiz.questions]
        others = [(question.id, take.at("questions")) for take, taken in takes(quiz) for question in taken.questions]
        for name, place in (*own, *others) if quiz.forms else ():
            if name not in named:
                yield Report(place, f'no form names the question "{name}"', "name it in a form, or remove it")


@check("Q018", "warning", whole=True)
def single_form(survey: Survey) -> Iterator[Report]:
    """A quiz has one form only.

    Every try is then the same, and a list of forms says no more than the list of questions. Mostly a second form is missing.

    Wrong: ``forms: [{id: a, questions: [q-gauge, q-disc]}]``
    Right: a form ``b`` beside it, or no forms
    """
    for quiz in survey.quizzes():
        if len(quiz.forms) == 1:
            yield Report(quiz.at("forms"), "this quiz has one form only", "add another form, or remove forms")


@check("Q042", "warning")
def options_that_speak_of_others(survey: Survey) -> Iterator[Report]:
    """An option of a quiz with ``shuffle_options: true`` speaks of others by their place or letter.

    In another order it says something else, or nothing. Courses in English are looked through for the commonest words, such as "all of
    the above" and "A and B".

    Wrong: ``text: Both of the above``
    Right: ``text: Pads and discs``
    """
    if survey.course.language.split("-")[0].lower() != "en":
        return
    for question in (question for quiz in survey.quizzes() if quiz.shuffle_options for question in quiz.pool()):
        for shown in (question, getattr(question, "twin", None)):
            for option in shown.options if isinstance(shown, (SingleChoice, MultipleResponse)) else ():
                said = " ".join(option.text.text().split())
                if _OF_OTHERS.fullmatch(said.lower().rstrip(".!")):
                    message = f'"{said}" speaks of other options, and this quiz shuffles them'
                    yield Report(option.at("text"), message, "say what is meant, or remove shuffle_options")
