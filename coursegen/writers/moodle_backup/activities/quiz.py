"""Quizzes: mod_quiz, with its questions in categories of its own.

Questions that a try draws stand in a category each draw has for itself: by category Moodle draws the same on every release, by tags it
does not (4.1 to 4.2 take the number of a tag on another site).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ....fidelity import native
from ....model import Question, QuestionSet, Quiz
from ....portable import weighted
from ..carries_questions import QUESTIONS_AND_QUIZZES
from ..questions import category, category_number, entries, entry_number
from ..questions import made as made_question
from ..room import Category, Grade, Made, Room, Rule
from ..xml import Scalar, element, listed

_DURING, _AFTER = 0x10000, 0x1110
"""When a review shows something: while one tries; and right after that, later, and when the quiz is closed."""
_BEST = 1
"""The grade is that of the best try, as in the player."""
_WHOLE = 100
"""The grade of a perfect try: a grade is per cent, and so is the mark to pass."""


_DECIMALS = 7
"""What the columns for marks hold."""


class _Pool(NamedTuple):
    """Some questions, and how many of them a try has."""

    questions: tuple[Question, ...]
    draw: int

    @property
    def draws(self) -> bool:
        """Whether a try has not all of them."""
        return self.draw < len(self.questions)

    def marks(self) -> list[float]:
        """What each of its slots counts. Questions of a draw are worth the same (rules Q010 and Q015), but for those that stand at one
        place of parallel forms: there it is the mean, since a slot has one mark whatever is drawn."""
        if not self.draws:
            return [question.points for question in self.questions]
        mean = sum(question.points for question in self.questions) / len(self.questions)
        return [int(mean) if mean.is_integer() else round(mean, _DECIMALS)] * self.draw


def made(quiz: Quiz, room: Room) -> Made:
    """A quiz; what it is worth is per cent."""
    pools = _pools(quiz.set, room)
    total = round(sum(mark for pool in pools for mark in pool.marks()), _DECIMALS)
    rule = _rule(quiz.set, room, bool(total))
    fields: dict[str, Scalar] = {
        "name": room.name(quiz.title),
        "intro": room.blocks(quiz.set.intro),
        "introformat": 1,
        "timeopen": 0,
        "timeclose": 0,
        "timelimit": 0,
        "overduehandling": "autosubmit",
        "graceperiod": 0,
        **_feedback(quiz.set, pools),
        "canredoquestions": 0,
        "attempts_number": 0 if quiz.set.attempts == "unlimited" else quiz.set.attempts,
        "attemptonlast": 0,
        "grademethod": _BEST,
        "decimalpoints": 2,
        "questiondecimalpoints": -1,
        # A page for each question: what is checked or left is saved at once, and nobody loses the place in a long page.
        "questionsperpage": 1,
        "navmethod": "free",
        "shuffleanswers": quiz.set.shuffle_options,
        "sumgrades": total,
        "grade": _WHOLE if total else 0,
        "timecreated": 0,
        "timemodified": 0,
        "password": "",
        "subnet": "",
        "browsersecurity": "-",
        "delay1": 0,
        "delay2": 0,
        "showuserpicture": 0,
        "showblocks": 0,
        "completionattemptsexhausted": 0,
        "completionminattempts": rule.own,
        "allowofflineattempts": 0,
    }
    inside = (
        listed("question_instances", _slots(pools, room)),
        listed("sections", [_section(quiz.set, room)]),
        listed("feedbacks", [_no_words(room)]),
        element("overrides"),
        element("grades"),
        element("attempts"),
    )
    grades = (Grade(quiz.title, _WHOLE, quiz.set.pass_mark),) if total else ()
    return Made(fields, inside, grades, rule, categories=tuple(_categories(quiz, pools, room)))


def _pools(settings: QuestionSet, room: Room) -> list[_Pool]:
    """What a try is made of, in questions that this Moodle has. What became several questions is never drawn: it would come in parts."""
    found = [*_of_forms(settings)] if settings.forms else [_Pool(*group) for group in settings.groups()]
    instead = {
        each.original.id: each.questions for each in weighted(settings.pool(), native(QUESTIONS_AND_QUIZZES, room.course.moodle.version))
    }
    pools = []
    for pool in found:
        if pool.draws:
            whole = tuple(parts[0] for question in pool.questions if len(parts := instead[question.id]) == 1)
            # One without points would leave a try ungraded when it is drawn in the place of one with points.
            scored = tuple(question for question in whole if question.points) or whole
            pools.append(_Pool(scored, min(pool.draw, len(scored))))
        else:
            parts = tuple(part for question in pool.questions for part in instead[question.id])
            pools.append(_Pool(parts, len(parts)))
    return [pool for pool in pools if pool.questions]


def _of_forms(settings: QuestionSet) -> Iterator[_Pool]:
    """Parallel forms, which Moodle does not have: at each place one of the questions that the forms have there is drawn. Where a question
    stands at two places, or the forms are of different length, so many as the shortest form has are drawn from all together."""
    known = {question.id: question for question in settings.pool()}
    rows = [[known[name] for name in dict.fromkeys(form.questions)] for form in settings.forms]
    shortest = min(len(row) for row in rows)
    at_places = [tuple({row[place].id: row[place] for row in rows}.values()) for place in range(shortest)]
    different = {question.id: question for row in rows for question in row}
    if sum(map(len, at_places)) == len(different):
        yield from (_Pool(questions, 1) for questions in at_places)
    else:
        yield _Pool(tuple(different.values()), shortest)


def _rule(settings: QuestionSet, room: Room, is_scored: bool) -> Rule:
    """When the quiz is completed. A grade of 0 cannot be a passing one in Moodle: where nothing has to be earned, a try is enough."""
    if room.course.completion.quizzes == "ignored":
        return Rule()
    if room.course.completion.quizzes == "passed" and is_scored and settings.pass_mark:
        return Rule(passed=True)
    return Rule(own=True)


def _feedback(settings: QuestionSet, pools: Iterable[_Pool]) -> dict[str, Scalar]:
    """How Moodle tells feedback.

    Immediately: each question has a button to check it. Hints exist in "interactive" alone, which shows them one by one after a wrong
    answer and lets try again; no try costs points, as no hint does. At the end: all of it when the try was handed in.
    """
    immediate = settings.feedback == "immediate"
    has_hints = any(question.hints for pool in pools for question in pool.questions)
    always = _DURING | _AFTER
    shown = always if immediate else _AFTER
    return {
        "preferredbehaviour": ("interactive" if has_hints else "immediatefeedback") if immediate else "deferredfeedback",
        "reviewattempt": always,
        "reviewcorrectness": shown,
        "reviewmaxmarks": always,
        "reviewmarks": shown,
        "reviewspecificfeedback": shown,
        "reviewgeneralfeedback": shown,
        "reviewrightanswer": shown,
        "reviewoverallfeedback": _AFTER,
    }


def _slots(pools: Iterable[_Pool], room: Room) -> Iterator[str]:
    """A slot for each question of a try: a certain one, or one that is drawn from a category."""
    slots = [(pool, number, mark) for pool in pools for number, mark in enumerate(pool.marks())]
    for slot, (pool, number, mark) in enumerate(slots, 1):
        name = str(slot)
        used: dict[str, Scalar] = {"usingcontextid": room.context, "component": "mod_quiz", "questionarea": "slot"}
        if pool.draws:
            # As Moodle 4.1 writes it; later ones take it for their own.
            drawn = f'{{"questioncategoryid":"{category_number(_key(pool), room)}","includingsubcategories":false}}'
            used |= {"questionscontextid": room.context, "filtercondition": drawn}
            reference = element("question_set_reference", used, id=room.number("question_set_references", name))
        else:
            question = pool.questions[number]
            used |= {"questionbankentryid": entry_number(question, room), "version": None}
            reference = element("question_reference", used, id=room.number("question_references", name))
        fields: dict[str, Scalar] = {
            "quizid": room.instance,
            "slot": slot,
            "page": slot,
            "displaynumber": None,
            "requireprevious": 0,
            "maxmark": mark,
            "quizgradeitemid": None,
        }
        yield element("question_instance", fields, reference, id=room.number("quiz_slots", name))


def _section(settings: QuestionSet, room: Room) -> str:
    fields: dict[str, Scalar] = {"firstslot": 1, "heading": "", "shufflequestions": settings.shuffle_questions}
    return element("section", fields, id=room.number("quiz_sections"))


def _no_words(room: Room) -> str:
    """The one band of grades that Moodle always has, without words."""
    fields: dict[str, Scalar] = {"feedbacktext": "", "feedbacktextformat": 1, "mingrade": 0, "maxgrade": _WHOLE + 1}
    return element("feedback", fields, id=room.number("quiz_feedback"))


def _categories(quiz: Quiz, pools: Iterable[_Pool], room: Room) -> Iterator[Category]:
    """The top category, below it that of the quiz with the questions that every try has, and one for each draw."""
    top = category("top", "top", 0, (), room)
    own = category_number("quiz", room)
    yield top
    fixed = [question for pool in pools if not pool.draws for question in pool.questions]
    yield category(room.name(quiz.title), "quiz", top.number, _entries(quiz.set, fixed, own, room), room)
    for number, pool in enumerate((pool for pool in pools if pool.draws), 1):
        key = _key(pool)
        title = room.templates.text("moodle.pool", title=quiz.title, number=number)
        yield category(room.name(title), key, own, _entries(quiz.set, pool.questions, category_number(key, room), room), room)


def _key(pool: _Pool) -> str:
    """What a category of a draw is known by: no question is in two of them."""
    return f"draw--{pool.questions[0].id}"


def _entries(settings: QuestionSet, questions: Iterable[Question], number: int, room: Room) -> list[str]:
    return [
        row for question in questions for row in entries(question, made_question(question, settings.shuffle_options, room), number, room)
    ]
