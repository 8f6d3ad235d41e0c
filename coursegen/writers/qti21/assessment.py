"""Tests: a quiz is a part of a test, its questions in sections (QTI 2.1, Assessment Test, Section and Item Information Model, section 4).

A section is named after its quiz; in it are the groups that questions are drawn from, or the forms, of which one is taken. Outcomes say
the points, their maximum for the questions that came, the per cent and whether that passes, as :func:`coursegen.score.worth` does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...model import Course, Question, QuestionSet, Quiz
from .parts import Words
from .processing import MAXSCORE, SCORE, number, rounded, set_to, variable
from .xml import document, element, lines

Item = Callable[[Question, bool], str]
"""The name of the file of a question, whose options are shuffled or not."""
PERCENT, PASS = "PERCENT", "PASS"


class _Part(NamedTuple):
    """A quiz in a test."""

    quiz: Quiz
    item: Item
    words: Words
    before: str = ""
    """What its questions' names begin with, where other quizzes are in the test that may have the same."""


class _Section(NamedTuple):
    """Questions of a quiz, and how many of them a try has."""

    title: str
    questions: Sequence[Question]
    draw: int


def test_of_quiz(quiz: Quiz, item: Item, words: Words) -> bytes:
    """The test that a quiz is."""
    outcomes, processing = _worth(quiz.set, "", "")
    return _test(f"T-{quiz.id}", quiz.title, outcomes, [_part(_Part(quiz, item, words))], processing)


def test_of_course(course: Course, quizzes: Sequence[Quiz], item: Item, words: Words) -> bytes:
    """All quizzes as parts of one test, for systems that take one test of a package. It is passed when all of them are."""
    outcomes, processing = [], []
    for quiz in quizzes:
        declared, rules = _worth(quiz.set, f"--{quiz.id}", f"S-{quiz.id}")
        outcomes += declared
        processing += rules
    outcomes += [_number(SCORE), _number(MAXSCORE), _boolean(PASS)]
    passed = element("and", *(variable(f"{PASS}--{quiz.id}") for quiz in quizzes))
    processing += [set_to(SCORE, rounded(_sum(SCORE, ""))), set_to(MAXSCORE, _sum(MAXSCORE, "")), set_to(PASS, passed)]
    parts = [_part(_Part(quiz, item, words, f"{quiz.id}--")) for quiz in quizzes]
    return _test(f"C-{course.id}", course.title, outcomes, parts, processing)


def _test(name: str, title: str, outcomes: Sequence[str], parts: Sequence[str], processing: Sequence[str]) -> bytes:
    return document(
        lines("assessmentTest", *outcomes, *parts, lines("outcomeProcessing", *processing), identifier=name, title=title),
    )


def _part(part: _Part) -> str:
    """A quiz. Every question can be answered once in a try; feedback comes at once, or when the whole part is handed in."""
    control = element("itemSessionControl", maxAttempts=1, showFeedback=True, allowReview=True, showSolution=True, allowSkipping=True)
    submission = "individual" if part.quiz.set.feedback == "immediate" else "simultaneous"
    section, quiz = _quiz(part), part.quiz
    return lines("testPart", control, section, identifier=f"P-{quiz.id}", navigationMode="nonlinear", submissionMode=submission)


def _quiz(part: _Part) -> str:
    """The section that a learner sees, with the introduction; sections for groups and forms are in it, and not seen.

    Where questions are shuffled, those of all groups are mixed, but not those of forms, of which there is one.
    """
    quiz, words = part.quiz, part.words
    settings = quiz.set
    intro = ""
    if settings.intro:
        intro = element("rubricBlock", words.blocks(settings.intro.nodes), view="candidate", xml_lang=words.course.language)
    ordering = element("ordering", shuffle=True) if settings.shuffle_questions else ""
    forms, groups = _forms(settings), _groups(quiz, words.course)
    if forms:
        control = [element("selection", select=1), intro]
        inside = [_inner(part, number, form, ordering, True) for number, form in forms.items()]
    elif len(groups) == 1:
        control = [_selection(groups[0]), ordering, intro]
        inside = _references(part, groups[0].questions)
    else:
        control = [ordering, intro]
        inside = [_inner(part, str(number), group, ordering, not ordering) for number, group in enumerate(groups, 1)]
    return lines("assessmentSection", *control, *inside, identifier=f"S-{quiz.id}", title=quiz.title, visible=True)


def _inner(part: _Part, name: str, section: _Section, ordering: str, together: bool) -> str:
    return lines(
        "assessmentSection",
        _selection(section),
        ordering,
        *_references(part, section.questions, f"{name}--" if part.quiz.set.forms else ""),
        identifier=f"S-{part.quiz.id}--{name}",
        title=section.title,
        visible=False,
        keepTogether=together,
    )


def _selection(section: _Section) -> str:
    return element("selection", select=section.draw) if section.draw < len(section.questions) else ""


def _references(part: _Part, questions: Sequence[Question], form: str = "") -> list[str]:
    """The items by their files. A name is there once in a test, although forms and quizzes share questions."""
    files = [(question.id, part.item(question, part.quiz.set.shuffle_options)) for question in questions]
    return [element("assessmentItemRef", identifier=f"Q-{part.before}{form}{name}", href=file) for name, file in files]


def _forms(settings: QuestionSet) -> dict[str, _Section]:
    """The forms by id."""
    known = {question.id: question for question in settings.pool()}
    found = {form.id: [known[name] for name in form.questions] for form in settings.forms}
    return {name: _Section(name, questions, len(questions)) for name, questions in found.items()}


def _groups(quiz: Quiz, course: Course) -> list[_Section]:
    """The groups with their banks' titles. What two groups have is in the first, as no try has a question twice."""
    titles = {question.id: bank.title for unit in course.units for bank in unit.banks for question in bank.questions}
    found: list[_Section] = []
    seen: set[str] = set()
    for group in quiz.set.groups():
        questions = [question for question in group.questions if question.id not in seen]
        seen.update(question.id for question in questions)
        if questions:
            title = titles.get(questions[0].id, quiz.title)
            found.append(_Section(title, questions, min(group.draw, len(questions))))
    return found


def _worth(settings: QuestionSet, suffix: str, section: str) -> tuple[list[str], list[str]]:
    """The outcomes of a quiz, and the rules that compute them; a quiz that is worth nothing is passed."""
    score, maximum, percent, passed = (f"{name}{suffix}" for name in (SCORE, MAXSCORE, PERCENT, PASS))
    share = element("divide", element("product", number(100), variable(score)), variable(maximum))
    rules = [
        set_to(score, rounded(_sum(SCORE, section))),
        set_to(maximum, _sum(MAXSCORE, section)),
        lines(
            "outcomeCondition",
            lines("outcomeIf", element("gt", variable(maximum), number(0)), set_to(percent, rounded(share))),
            lines("outcomeElse", set_to(percent, number(100))),
        ),
        set_to(passed, element("gte", variable(percent), number(settings.pass_mark))),
    ]
    return [_number(score), _number(maximum), _number(percent), _boolean(passed)], rules


def _sum(name: str, section: str) -> str:
    """An outcome of all items that came, added up."""
    return element("sum", element("testVariables", variableIdentifier=name, sectionIdentifier=section or None, baseType="float"))


def _number(name: str) -> str:
    default = element("defaultValue", element("value", "0"))
    return element("outcomeDeclaration", default, identifier=name, cardinality="single", baseType="float")


def _boolean(name: str) -> str:
    default = element("defaultValue", element("value", "false"))
    return element("outcomeDeclaration", default, identifier=name, cardinality="single", baseType="boolean")
