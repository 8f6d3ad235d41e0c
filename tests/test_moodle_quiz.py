"""Quizzes of the native backup in a running Moodle: every text is in its database, tries earn what is due, draws draw from the right pool.

They wait for a Moodle as ``tests/test_moodle.py`` does, with the same environment variables, and ``attempt COURSE`` of the probe:
every quiz of a course answered right, and left blank, by Moodle's own code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import readback_moodle_backup as readback
from formats import written
from moodle_bank import SLOW, QuizInMoodle, give, words_of
from moodle_records import check, lists, long_entries
from moodle_site import Moodle, waits
from pictures import ALTERNATIVE, with_pictures
from playwright.sync_api import Browser, BrowserContext, Locator
from playwright.sync_api import Page as Tab
from questions import HOSTILE, MOODLE_44, course_of, every_kind, rich
from readback_moodle_xml import shown as undone
from test_moodle import half, texts_shown, wrong

from coursegen.archive import write_zip
from coursegen.model import (
    Bank,
    Course,
    Element,
    Form,
    Identifier,
    Language,
    Link,
    Media,
    Plain,
    Question,
    Rich,
    Take,
    Taken,
    TrueFalse,
)
from coursegen.render.templates import Templates
from coursegen.score import Response, credit, right_response
from coursegen.writers import FORMATS

pytestmark = waits
GAP = re.compile(r"\{[0-9]+:(MULTICHOICE|SHORTANSWER)")
"""How the text of a question begins that is a gap of another one."""


@pytest.fixture(scope="module")
def running() -> Moodle:
    return Moodle()


@pytest.fixture(scope="module")
def desk(running: Moodle, chromium: Browser) -> Iterator[BrowserContext]:
    """Where the administrator is logged in, who may look at everything and try every quiz."""
    context = chromium.new_context()
    running.enter(context, running.admin)
    yield context
    context.close()


class Restored(QuizInMoodle):
    """The one quiz of a course, restored from its backup; ``found`` is what is in the database then."""

    def __init__(self, course: Course, moodle: Moodle, folder: Path, tab: Tab | None = None) -> None:
        file = folder / f"{uuid4().hex[:8]}.mbz"
        write_zip(file, FORMATS["moodle-backup"].entries(course, Templates(course, None), None))
        self.found = moodle.take("restore", file)
        assert "error" not in self.found, self.found["error"]
        assert (self.found["format"], self.found["precheck"]) == ("moodle2", [])
        (self.module,) = (each for section in self.found["sections"] for each in section["mods"] if each["type"] == "quiz")
        self.cmid = int(self.module["cmid"])
        self.url = moodle.url
        if tab is not None:
            self.tab = tab

    def pages(self) -> Iterator[Locator]:
        """A new try: its questions, each on a page of its own; after the last one the summary is open."""
        self.begin()
        while "attempt.php" in self.tab.url:
            (question,) = self.tab.locator(".que").all()
            yield question
            self.tab.locator("#mod_quiz-next-nav").click()
            self.tab.wait_for_load_state()

    def hand_in(self) -> None:
        """From the summary; the review is open then, with all questions."""
        self.tab.wait_for_load_state("networkidle")  # the button asks back only once its script is there
        self.tab.locator("#frm-finishattempt button").click()
        self.tab.locator(".modal button[data-action=save]:visible").click()
        self.tab.wait_for_url("**/mod/quiz/review.php*", timeout=SLOW)
        self.tab.goto(f"{self.tab.url}&showall=1")

    def drawn(self) -> list[str]:
        """The texts of the questions of a new try, which is left blank."""
        texts = [(question.locator(".qtext").text_content() or "").strip() for question in self.pages()]
        self.hand_in()
        return texts


def attempts(moodle: Moodle, quiz: Restored) -> dict[str, dict[str, Any]]:
    found = moodle.probe("attempt", int(quiz.found["course"]["id"]))
    assert not [each for each in found if "error" in each], found
    return {each["mode"]: each for each in found}


@pytest.mark.parametrize("hostile", ["", *HOSTILE], ids=lambda text: text[:12] or "plain")
@pytest.mark.parametrize("shuffled", [False, True], ids=["as written", "shuffled"])
def test_texts_and_grades(hostile: str, shuffled: bool, running: Moodle, tmp_path: Path) -> None:
    """What is in Moodle's database is what the file says, and the file says what the course does; all right is 100 per cent."""
    questions = every_kind(lambda place: hostile if hostile == "0" else f"{place} {hostile}".strip())
    course = replace(course_of(questions, intro=rich(f"Read this. {hostile}"), shuffle_options=shuffled), moodle=MOODLE_44)
    files = written("moodle-backup", course)
    records = {record.ident: record for record in readback.read(files)}
    (quiz,) = readback.quizzes(files)
    restored = Restored(course, running, tmp_path)
    alike = hostile == "0"  # things that say the same cannot be told apart
    assert restored.module["intro"] == quiz.fields["intro"]
    rows = [row for row in restored.found["questions"] if not GAP.match(row["text"])]
    for question, row in zip(questions, rows, strict=True):
        record = records[question.id]
        check(question, record)
        assert [undone(row["name"])] == record.texts["title"]
        assert [re.sub(r"\{#[0-9]+\}", "____", row["text"])] == record.texts["stem"]
        assert [row["generalfeedback"]] == record.texts["general-feedback"]
        if row["qtype"] in ("multichoice", "shortanswer", "numerical"):
            said = record.texts.get("option") or record.texts["answer"]
            shares = [record.scores[each] / 100 for each in said]
            told = record.texts["option-feedback"]
            assert [[each[0], each[2]] for each in row["answers"]] == [list(pair) for pair in zip(said, told, strict=True)]
            assert [each[1] for each in row["answers"]] == pytest.approx(shares, abs=1e-6) or alike
    tries = attempts(running, restored)
    assert float(tries["right"]["grade"]) == pytest.approx(100) or alike, tries["right"]
    marks = [(kind, mark) for _, kind, mark, _ in tries["blank"]["slots"]]
    assert not [each for each in marks if each[1] and each[0] != "ordering"], "an order that nobody has touched is an answer"


ANSWERS: dict[str, Callable[[Question], Response | None]] = {"right": right_response, "half": half, "wrong": wrong}


@pytest.mark.parametrize(
    ("hostile", "language"),
    [("", "en"), (HOSTILE[0], "de"), (HOSTILE[3], "ar"), (HOSTILE[4], "en")],
    ids=["plain", "tags", "signs", "codes"],
)
def test_tries(hostile: str, language: str, running: Moodle, desk: BrowserContext, tmp_path: Path) -> None:
    """In the browser: every text is shown, and each answer earns what it earns in the course."""
    questions = [*every_kind(lambda place: f"{place} {hostile}".strip()), lists(), long_entries()]
    course = replace(course_of(questions, intro=rich("Read this.")), moodle=MOODLE_44, language=Language(language))
    quiz = Restored(course, running, tmp_path, desk.new_page())
    for name in ANSWERS if not hostile else ("right",):
        respond = ANSWERS[name]
        for question, shown in zip(questions, quiz.pages(), strict=True):
            text = words_of(shown.locator(".formulation").text_content() or "")
            for one in () if question.id == "q-lists" else texts_shown(question):
                assert words_of(one) in text, (question.id, one)
            response = respond(question)
            if response is not None:
                give(shown, question, response)
        quiz.hand_in()
        for question, (mark, most) in zip(questions, quiz.marks(), strict=True):
            response = respond(question)
            assert most == question.points
            due = most * credit(question, response) if response is not None else 0
            assert mark == pytest.approx(due, abs=0.01), (name, question.id)
        earned, most = quiz.total()
        assert most == sum(question.points for question in questions)
        assert earned == pytest.approx({"right": most, "wrong": 0}.get(name, sum(mark for mark, _ in quiz.marks())), abs=0.05)
    quiz.tab.close()


def test_a_hint_comes_after_a_wrong_answer_and_costs_nothing(running: Moodle, desk: BrowserContext, tmp_path: Path) -> None:
    """Each kind that is scored: wrong, the first hint, wrong again, the second one, then right, and all points."""
    questions = [question for question in every_kind() if wrong(question) and question.points]
    quiz = Restored(replace(course_of(questions), moodle=MOODLE_44), running, tmp_path, desk.new_page())
    for question, shown in zip(questions, quiz.pages(), strict=True):
        for response, told in ((wrong(question), "hint-one"), (wrong(question), "hint-two"), (right_response(question), "general")):
            assert response is not None
            for box in shown.locator(".answer input[type=checkbox]").all():
                box.set_checked(False)
            give(shown, question, response)
            shown.locator("[type=submit][name$='-submit']").click()
            quiz.tab.wait_for_load_state()
            assert told in shown.locator(".outcome").inner_text(), (question.id, told)
            again = shown.locator("[type=submit][name$='-tryagain']")
            if told != "general":
                again.click()
                quiz.tab.wait_for_load_state()
    quiz.hand_in()
    assert [mark for mark, _ in quiz.marks()] == [question.points for question in questions]
    quiz.tab.close()


def simple(name: str, count: int, points: int = 1) -> list[Question]:
    return [TrueFalse(id=Identifier(f"{name}{n}"), stem=rich(f"{name}{n}"), answer=True, points=points) for n in range(count)]


def test_draws(running: Moodle, desk: BrowserContext, tmp_path: Path) -> None:
    """Each try has so many of each pool as it should, none twice; over several tries they are not always the same."""
    own, easy, rest = simple("own", 8), simple("easy", 6, 3), simple("rest", 2)
    bank = Bank(id=Identifier("bank"), title=Plain("Bank"), questions=(*easy, *rest))
    taken = (Taken(tuple(easy), 2), Taken(tuple(rest), 2))
    course = course_of(own, [bank], draw=3, take=tuple(Take(bank=bank.id) for _ in taken), taken=taken)
    quiz = Restored(course, running, tmp_path, desk.new_page())
    tries = [quiz.drawn() for _ in range(5)]
    for drawn in tries:
        assert [re.sub(r"\d", "", each) for each in drawn] == ["own"] * 3 + ["easy"] * 2 + ["rest"] * 2
        assert len(set(drawn)) == len(drawn)
    assert len({tuple(drawn) for drawn in tries}) > 1
    assert attempts(running, quiz)["right"]["marks"] == "11.00000"
    quiz.tab.close()


def test_parallel_forms(running: Moodle, desk: BrowserContext, tmp_path: Path) -> None:
    """At each place one of what the forms have there."""
    forms = tuple(
        Form(id=Identifier(name), questions=tuple(map(Identifier, row)))
        for name, row in {"a": ("q0", "q1", "q2"), "b": ("q0", "q3", "q4")}.items()
    )
    quiz = Restored(course_of(simple("q", 5), forms=forms), running, tmp_path, desk.new_page())
    tries = [quiz.drawn() for _ in range(6)]
    for first, second, third in tries:
        assert (first, second in ("q1", "q3"), third in ("q2", "q4")) == ("q0", True, True)
    assert len({tuple(drawn) for drawn in tries}) > 1
    assert float(attempts(running, quiz)["right"]["grade"]) == pytest.approx(100)
    quiz.tab.close()


def test_pictures_and_links(running: Moodle, desk: BrowserContext, tmp_path: Path) -> None:
    """Pictures of every text can be loaded, and links lead to the quiz itself."""
    picture = tmp_path / "a b ü.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    link = Element("a", (("href", Link(Identifier("u1-quiz"))),), ("lead",))
    questions: list[Question] = []
    for question in every_kind():
        changed: Any = with_pictures(question, [Media("a b ü.svg", picture)])
        questions.append(replace(changed, feedback=Rich((*changed.feedback.nodes, link))))
    quiz = Restored(replace(course_of(questions), moodle=MOODLE_44), running, tmp_path, desk.new_page())
    for question, shown in zip(questions, quiz.pages(), strict=True):
        give(shown, question, right_response(question))
    quiz.hand_in()
    found, loaded = quiz.pictures(ALTERNATIVE)
    assert found == loaded
    assert found > 2 * len(questions), "in the stem and the feedback of each at least"
    addresses = {each.get_attribute("href") for each in quiz.tab.locator(".generalfeedback a", has_text="lead").all()}
    assert addresses == {f"{quiz.url}/mod/quiz/view.php?id={quiz.cmid}"}
    assert "$@" not in quiz.tab.content()
    assert "PLUGINFILE" not in quiz.tab.content()
    quiz.tab.close()
