"""Rules about a quiz as a whole: what is drawn, parallel forms, what can be typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model import QuestionSet, ShortAnswer
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated

LONGEST_ANSWER = 60
"""Characters of an answer that learners type."""


def _quizzes(survey: Survey) -> Iterator[QuestionSet]:
    return (part for part in survey.parts if isinstance(part, QuestionSet))


def _draws(survey: Survey) -> Iterator[tuple[QuestionSet, int]]:
    """The quizzes that draw, with the number of questions drawn. One that has forms too is another rule's."""
    return ((quiz, quiz.draw) for quiz in _quizzes(survey) if isinstance(quiz.draw, int) and not quiz.forms)


@check("Q008", whole=True)
def draws_too_many(survey: Survey) -> Iterator[Report]:
    """A quiz draws more questions than it has.

    Learners would be told a number of questions that never come.

    Wrong: ``draw: 12`` in a quiz of 10 questions
    Right: ``draw: 5``
    """
    for quiz, number in _draws(survey):
        if number > len(quiz.questions):
            count = len(quiz.questions)
            yield Report(quiz.at("draw"), f"{number} questions cannot be drawn from {count}", f"draw fewer than {count}, or add questions")


@check("Q009", "warning", whole=True)
def draws_everything(survey: Survey) -> Iterator[Report]:
    """A quiz draws exactly the questions it has, so every try is the same.

    Mostly questions are still missing. If another order is wanted, ``shuffle_questions`` says so.

    Wrong: ``draw: 10`` in a quiz of 10 questions
    Right: ``shuffle_questions: true``, or 20 questions to draw from
    """
    for quiz, number in _draws(survey):
        if number == len(quiz.questions):
            mend = "add questions to draw from, or use shuffle_questions: true in place of draw"
            yield Report(quiz.at("draw"), f"all {number} questions are drawn in every try", mend)


@check("Q010", whole=True)
def draws_unequal_points(survey: Survey) -> Iterator[Report]:
    """A quiz draws from questions that have different points.

    One learner could then earn more points than another, and tries could not be compared.

    Wrong: ``draw: 5`` from questions of 1 point and one of 3 points
    Right: ``draw: 5`` from questions that all have 1 point
    """
    for quiz, _ in _draws(survey):
        usual, _ = Counter(question.points for question in quiz.questions).most_common(1)[0]
        for question in quiz.questions:
            if question.points != usual:
                message = f"this question is worth {question.points}, others of this quiz {usual}, and the quiz draws from them"
                yield Report(question.at("points"), message, "give all questions of a quiz that draws the same points")


@check("Q011")
def forms_and_draw(survey: Survey) -> Iterator[Report]:
    """A quiz has forms and draws, too.

    A form is a fixed selection of questions, a draw a random one. Nobody could say what a try is made of.

    Wrong: ``draw: 5`` beside ``forms:``
    Right: one of the two
    """
    for quiz in _quizzes(survey):
        if quiz.forms and quiz.draw != "all":
            yield Report(quiz.at("draw"), "a quiz with forms does not draw", "remove draw, or the forms")


@check("Q012")
def duplicate_form_id(survey: Survey) -> Iterator[Report]:
    """Two forms of a quiz have one id.

    Ids are names for ever: reports and authors could not tell the two apart.

    Wrong: two forms with ``id: a``
    Right: ``id: a`` and ``id: b``
    """
    for quiz in _quizzes(survey):
        for name, place, first in repeated((form.id, form.at("id")) for form in quiz.forms):
            yield Report(place, f'the id "{name}" is used already in this quiz, in line {first.line}', "give this form an id of its own")


@check("Q013", whole=True)
def unknown_question_in_form(survey: Survey) -> Iterator[Report]:
    """A form names a question that its quiz does not have.

    Mostly it is misspelt, and the form would come without it.

    Wrong: ``questions: [q-gage]`` when the question is ``q-gauge``
    Right: ids of questions in the same file
    """
    for quiz in _quizzes(survey):
        known = {question.id for question in quiz.questions}
        for form in quiz.forms:
            for name in form.questions:
                if name not in known:
                    message = f'form "{form.id}" names the question "{name}", which this quiz does not have'
                    yield Report(name.place, message, "name a question of this file")


@check("Q014")
def question_twice_in_form(survey: Survey) -> Iterator[Report]:
    """A form names a question twice.

    It would be asked once all the same; another question was probably meant.

    Wrong: ``questions: [q-gauge, q-disc, q-gauge]``
    Right: each question once
    """
    for quiz in _quizzes(survey):
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
    for quiz in _quizzes(survey):
        points = {question.id: question.points for question in quiz.questions}
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
    """A quiz has forms, and one of its questions is in none of them.

    No learner will ever meet it.

    Wrong: a question ``q-gauge`` that no form names
    Right: name it in a form, or remove it
    """
    for quiz in _quizzes(survey):
        named = {name for form in quiz.forms for name in form.questions}
        for question in quiz.questions if quiz.forms else ():
            if question.id not in named:
                yield Report(question.at("id"), f'no form names the question "{question.id}"', "name it in a form, or remove it")


@check("Q018", "warning", whole=True)
def single_form(survey: Survey) -> Iterator[Report]:
    """A quiz has one form only.

    Every try is then the same, and a list of forms says no more than the list of questions. Mostly a second form is missing.

    Wrong: ``forms: [{id: a, questions: [q-gauge, q-disc]}]``
    Right: a form ``b`` beside it, or no forms
    """
    for quiz in _quizzes(survey):
        if len(quiz.forms) == 1:
            yield Report(quiz.at("forms"), "this quiz has one form only", "add another form, or remove forms")


@check("Q017")
def answer_too_long_to_type(survey: Survey) -> Iterator[Report]:
    """An answer of a short answer question is longer than 60 characters.

    Nobody types a sentence exactly as it stands there; and what is typed has to fit into what an LMS stores.

    Wrong: ``text: with a dial gauge that is held by a stand on the axle beside the wheel``
    Right: ``text: dial gauge``
    """
    for question in survey.questions():
        if isinstance(question, ShortAnswer):
            for answer in question.answers:
                if len(answer.text) > LONGEST_ANSWER:
                    message = f"this answer has {len(answer.text)} characters, {LONGEST_ANSWER} fit"
                    yield Report(answer.at("text"), message, "ask for a word or two, or make it a choice")
