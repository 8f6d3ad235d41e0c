"""Questions and quizzes in Moodle's own backup: every text, share, mark and picture is what the model has, and draws are as they should."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import readback_moodle_backup as readback
from backup import Backup
from backup_shape import rows
from formats import written
from moodle_records import check, combined, lists, long_entries, meant, said
from pictures import with_pictures
from questions import HOSTILE, MOODLE_44, course_of, every_kind, renamed, rich
from readback import Record
from readback_moodle_backup import Quiz

from coursegen.fidelity import QUESTIONS, QUIZZES
from coursegen.model import (
    Bank,
    ChoiceGap,
    Cloze,
    Completion,
    Course,
    Element,
    Form,
    Identifier,
    Link,
    Media,
    MultipleResponse,
    Option,
    Ordering,
    Plain,
    Question,
    QuestionSet,
    Rich,
    SingleChoice,
    Take,
    Taken,
    TrueFalse,
)
from coursegen.score import credit, key
from coursegen.writers.moodle_backup.carries_questions import QUESTIONS_AND_QUIZZES

ALWAYS, AFTER = "69904", "4368"
"""Moodle's review bits: while one tries and after it, and only after it."""


def backup(course: Course) -> dict[str, bytes]:
    return written("moodle-backup", course)


def records(course: Course) -> dict[str, Record]:
    """What is read back, by permanent id, each of which is there once."""
    found = readback.read(backup(course))
    assert len({record.ident for record in found}) == len(found)
    return {record.ident: record for record in found}


def one(question: Question) -> Record:
    return records(replace(course_of([question]), moodle=MOODLE_44))[question.id]


def quiz_of(questions: list[Question], **settings: Any) -> Quiz:
    (found,) = readback.quizzes(backup(course_of(questions, **settings)))
    return found


def simple(count: int, points: int = 1) -> list[Question]:
    return [TrueFalse(id=Identifier(f"q{n}"), stem=rich(f"Question {n}?"), answer=True, points=points) for n in range(count)]


# Questions


@pytest.mark.parametrize("hostile", ["", *HOSTILE], ids=lambda words: words[:12] or "plain")
def test_every_text_of_every_kind(hostile: str) -> None:
    def words(place: str) -> str:
        return hostile if hostile == "0" else f"{place} {hostile}".strip()

    questions = every_kind(words)
    course = replace(course_of(questions, intro=rich(words("intro"))), moodle=MOODLE_44)
    found = records(course)
    assert list(found) == [question.id for question in questions]
    for question in questions:
        check(question, found[question.id])
        assert found[question.id].points == question.points
    (quiz,) = readback.quizzes(backup(course))
    assert said(quiz.fields["intro"]) == " ".join(words("intro").split())


def test_lists_in_a_text() -> None:
    """Lists without feedback are the type with feedback for the whole; entries that are too long to match are embedded answers."""
    question, long = lists(), long_entries()
    found = records(course_of([question, long]))
    combined(question, found[question.id])
    assert said(found[question.id].texts["stem"][0]) == "A ____ and ____, not [[1]]."
    assert found[question.id].scores == {"0.<b>right</b> &lt;": 100, "0.wrong": 0, "1.yes": 100, "1.no": 0, "1.never": 0}
    assert (found[question.id].points, found[long.id].points) == (3, 5)
    check(long, found[long.id])
    right = [words for words, share in found[long.id].scores.items() if share == 100]
    assert [said(words.partition(".")[2]) for words in right] == [pair.match for pair in long.pairs]


def test_ordering_before_moodle_4_4() -> None:
    questions = every_kind()
    found = records(course_of(questions))
    for question in questions:
        if isinstance(question, Ordering):
            assert found[question.id].kind == "single-choice"
        else:
            check(question, found[question.id])


@pytest.mark.parametrize("right", range(1, 13))
@pytest.mark.parametrize("wrong", range(1, 13))
def test_shares_earn_what_the_course_says(right: int, wrong: int) -> None:
    """Every set of options up to two right and two wrong ones, and all of them, by the fractions that were written."""
    question = MultipleResponse(
        id=Identifier("q"),
        stem=rich("?"),
        credit="partial",
        options=tuple(Option(id=Identifier(f"o{n}"), text=rich(f"o{n}"), correct=n < right) for n in range(right + wrong)),
    )
    shares = one(question).scores
    by_id: dict[str, float] = {option.id: shares[said(option.text.text())] / 100 for option in question.options}
    equal = right <= 10 and wrong <= 10
    ids = [option.id for option in question.options]
    for hits, misses in product(range(min(right, 2) + 1), range(min(wrong, 2) + 1)):
        response = [*ids[:hits], *ids[right : right + misses]]
        earned = max(0.0, sum(by_id[each] for each in response))
        if equal:
            assert earned == pytest.approx(credit(question, response), abs=1e-4)
    assert sum(by_id[each] for each in key(question)) == pytest.approx(1, abs=1e-5)
    assert sum(by_id.values()) <= 1e-5, "ticking everything pays nothing"


def test_marks_of_embedded_answers_do_not_change_the_quiz() -> None:
    """Two gaps are worth a whole number each in the question; in the quiz it counts what the course says."""
    question = replace(next(each for each in every_kind() if isinstance(each, Cloze)), points=3)
    quiz = quiz_of([question, *simple(1)])
    assert [slot.mark for slot in quiz.slots] == [3, 1]
    assert quiz.fields["sumgrades"] == "4"


def test_pictures_travel_with_each_text(tmp_path: Path) -> None:
    names = ("a b&'ü.svg", "other/a b&'ü.svg")
    files = []
    for number, name in enumerate(names):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"<svg>%d</svg>" % number)
        files.append(Media(name, path))
    expected = [path.source.read_bytes() for path in files]
    questions = [with_pictures(question, files) for question in every_kind()]
    for ident, found in records(replace(course_of(questions), moodle=MOODLE_44)).items():
        assert found.media["media-stem"][:2] == expected, ident
        assert found.media["media-feedback"][:2] == expected
        assert set(found.media["media-feedback"]) == set(expected)
        shown = len(found.texts.get("pair", ())) + len(found.texts.get("step", ()))
        shown += len(found.texts["option"]) if found.kind in ("single-choice", "multiple-response") else 0
        assert found.media.get("media-option", []) == expected * shown


def linked(words: str) -> Rich:
    return Rich((Element("a", (("href", Link(Identifier("u1-quiz"))),), (words,)), "."))


def test_links_work_where_moodle_looks_for_them() -> None:
    """In what is told after things were put in order it does not: there a link is words."""
    fields: dict[str, Any] = {name: linked(name) for name in ("stem", "feedback", "if_right", "if_wrong")}
    scored = [question for question in every_kind() if question.points and not isinstance(question, Cloze)]
    for question in [replace(question, hints=(linked("hint"),), **fields) for question in scored]:
        found = one(question)
        for role in ("stem", "general-feedback", "hints"):
            assert '<a href="$@QUIZVIEWBYID*' in found.texts[role][0], (question.id, role)
        told = [*found.texts["if-right"], *found.texts["if-wrong"]] or found.texts["option-feedback"]
        assert told
        for text in told:
            assert ("$@QUIZVIEWBYID*" in text) is not isinstance(question, Ordering), question.id
            assert ("A quiz" in text) is isinstance(question, Ordering)


def test_links_in_embedded_answers() -> None:
    cloze = next(each for each in every_kind() if isinstance(each, Cloze))
    gap, other = cloze.gaps
    assert isinstance(gap, ChoiceGap)
    options = tuple(replace(option, feedback=linked("why")) for option in gap.options)
    found = one(replace(cloze, gaps=(replace(gap, options=options), other)))
    assert sum('<a href="$@QUIZVIEWBYID*' in text for text in found.texts["option-feedback"]) == len(options)


def test_shuffled_options() -> None:
    for shuffled in (True, False):
        course = course_of(every_kind(), shuffle_options=shuffled)
        (quiz,) = readback.quizzes(backup(course))
        assert quiz.fields["shuffleanswers"] == str(int(shuffled))
        for record in readback.read(backup(course)):
            expected = str(int(shuffled and record.kind != "rating-scale"))
            assert record.texts.get("shuffle-options", [expected]) == [expected], record.ident


# Quizzes


def test_settings() -> None:
    quiz = quiz_of(simple(3, points=2), pass_mark=55, attempts=4, shuffle_questions=True)
    fields = quiz.fields
    assert (fields["grade"], fields["sumgrades"], fields["attempts_number"], fields["grademethod"]) == ("100", "6", "4", "1")
    assert quiz.activity.data.findtext("sections/section/shufflequestions") == "1"
    assert quiz_of(simple(1)).fields["attempts_number"] == "0"
    assert quiz_of(simple(1)).activity.data.findtext("sections/section/shufflequestions") == "0"


def test_feedback_is_shown_when_it_should_be() -> None:
    """While one tries only where feedback is immediate; several tries only where there are hints."""
    hinted = [replace(question, hints=(rich("Look."),)) for question in simple(1)]
    now, then = quiz_of(simple(1)).fields, quiz_of(hinted, feedback="deferred").fields
    assert now["preferredbehaviour"] == "immediatefeedback"
    assert quiz_of(hinted).fields["preferredbehaviour"] == "interactive"
    assert then["preferredbehaviour"] == "deferredfeedback"
    for name in ("correctness", "marks", "specificfeedback", "generalfeedback", "rightanswer"):
        assert (now[f"review{name}"], then[f"review{name}"]) == (ALWAYS, AFTER), name
    assert now["reviewattempt"] == then["reviewattempt"] == ALWAYS


@pytest.mark.parametrize(
    ("rule", "settings", "expected"),
    [
        ("passed", {"pass_mark": 60}, ("2", "0", "1", "0")),
        ("passed", {"pass_mark": 0}, ("2", None, "0", "1")),
        ("answered", {}, ("2", None, "0", "1")),
        ("ignored", {}, ("1", None, "0", "0")),
    ],
)
def test_completion(rule: Any, settings: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    course = replace(course_of(simple(1), **settings), completion=Completion(quizzes=rule))
    (quiz,) = readback.quizzes(backup(course))
    module = quiz.activity.course_module
    item = module.findtext("completiongradeitemnumber")
    found = (module.findtext("completion"), None if item == "$@NULL@$" else item, module.findtext("completionpassgrade"))
    assert (*found, quiz.fields["completionminattempts"]) == expected


def test_a_quiz_in_which_nothing_can_be_earned_has_no_grade() -> None:
    """Moodle would show 0 per cent of nothing, which nobody could pass."""
    files = backup(course_of([each for each in every_kind() if not each.points]))
    (quiz,) = readback.quizzes(files)
    assert quiz.fields["grade"] == quiz.fields["sumgrades"] == "0"
    assert quiz.fields["completionminattempts"] == "1"
    assert Backup(files).items(quiz.activity) == []


def test_the_mark_to_pass_is_in_the_gradebook() -> None:
    files = backup(course_of(simple(2), pass_mark=65))
    (quiz,) = readback.quizzes(files)
    (item,) = Backup(files).items(quiz.activity)
    assert (item.findtext("grademax"), item.findtext("gradepass")) == ("100", "65")


# Draws, banks, forms


def slots(quiz: Quiz) -> list[tuple[float, list[str], bool]]:
    return [(slot.mark, slot.questions, slot.drawn) for slot in quiz.slots]


def test_draws() -> None:
    """Own questions, all of a bank, and two draws: each draw has a category of its own."""
    own, easy, hard, rest = (
        [renamed(question, f"{name}{n}") for n, question in enumerate(simple(count, points))]
        for name, count, points in (("own", 4, 1), ("easy", 3, 2), ("hard", 5, 3), ("rest", 2, 1))
    )
    bank = Bank(id=Identifier("bank"), title=Plain("Bank"), questions=(*easy, *hard, *rest))
    taken = (Taken(tuple(easy), 2), Taken(tuple(hard), 1), Taken(tuple(rest), 2))
    course = course_of(own, [bank], draw=3, take=tuple(Take(bank=bank.id) for _ in taken), taken=taken)
    (quiz,) = readback.quizzes(backup(course))
    names = {name: [question.id for question in group] for name, group in (("own", own), ("easy", easy), ("hard", hard))}
    assert slots(quiz) == [
        *[(1, names["own"], True)] * 3,
        *[(2, names["easy"], True)] * 2,
        (3, names["hard"], True),
        *[(1, [question.id], False) for question in rest],
    ]
    assert quiz.fields["sumgrades"] == "12"


def test_unused_questions_of_banks_are_left_out() -> None:
    used, unused = (renamed(question, f"b{n}") for n, question in enumerate(simple(2)))
    bank = Bank(id=Identifier("bank"), title=Plain("Bank"), questions=(used, unused))
    course = course_of(simple(1), [bank], take=(Take(bank=bank.id),), taken=(Taken((used,), 1),))
    assert set(records(course)) == {"q0", "b0"}


def test_a_bank_of_two_quizzes_is_copied() -> None:
    """Numbers and stamps of the copies differ, which the reader checks."""
    course = course_of(simple(2))
    unit = course.units[0]
    again = replace(next(unit.quizzes()), id=Identifier("again"), set=QuestionSet(questions=tuple(simple(2)), draw=1))
    found = readback.read(backup(replace(course, units=(replace(unit, activities=(*unit.activities, again)),))))
    assert [record.ident for record in found] == ["q0", "q1", "q0", "q1"]


def form(name: str, *questions: str) -> Form:
    return Form(id=Identifier(name), questions=tuple(Identifier(each) for each in questions))


def test_parallel_forms_draw_at_each_place() -> None:
    """What stands at a place in all forms is no draw; elsewhere one of what the forms have there is drawn, and counts the mean."""
    questions = [renamed(simple(1, n % 3 + 1)[0], f"q{n}") for n in range(5)]
    quiz = quiz_of(questions, forms=(form("a", "q0", "q1", "q2"), form("b", "q0", "q3", "q4")))
    assert slots(quiz) == [(1, ["q0"], False), (1.5, ["q1", "q3"], True), (2.5, ["q2", "q4"], True)]


def test_forms_that_cannot_be_laid_side_by_side() -> None:
    for forms in (
        (form("a", "q0", "q1", "q2"), form("b", "q3", "q4")),
        (form("a", "q0", "q1"), form("b", "q1", "q2"), form("c", "q3", "q4")),
    ):
        assert (
            slots(quiz_of(simple(5), forms=forms)) == [(1, ["q0", "q1", "q2", "q3", "q4"], True)] * 2
            or slots(quiz_of(simple(5), forms=forms)) == [(1, ["q0", "q1", "q3", "q2", "q4"], True)] * 2
        )


def test_a_question_without_points_is_not_drawn_in_the_place_of_one_with_points() -> None:
    """The try would wait for somebody to grade it."""
    essay = next(each for each in every_kind() if each.kind == "essay")
    quiz = quiz_of([*simple(3), essay], forms=(form("a", "q0", "q1"), form("b", "q2", "q-essay")))
    assert slots(quiz) == [(1, ["q0", "q2"], True), (1, ["q1"], False)]


# The file, the table


def test_every_row_has_its_own_number() -> None:
    course = replace(course_of(every_kind(), shuffle_options=True), moodle=MOODLE_44)
    found = [(path, row.get("id")) for path, _, row in rows(Backup(backup(course))) if "question" in path and row.get("id")]
    assert found
    assert len(set(found)) == len(found)


def test_the_same_course_gives_the_same_bytes() -> None:
    course = replace(course_of(every_kind(), draw=5), moodle=MOODLE_44)
    assert backup(course) == backup(course)


def test_the_table_names_everything() -> None:
    assert set(QUESTIONS_AND_QUIZZES) == set(QUESTIONS | QUIZZES)


def test_names_and_ids_fit_the_columns() -> None:
    question = SingleChoice(
        id=Identifier("i" * 130),
        title=Plain("<" * 400),
        stem=rich("?"),
        options=(Option(id=Identifier("a"), text=rich("a"), correct=True), Option(id=Identifier("b"), text=rich("b"))),
    )
    (found,) = records(course_of([question], draw=1)).values()
    assert len(found.ident) == 100
    assert found.texts["title"][0].endswith("…")
    assert meant("i" * 90) in found.ident
