"""Every kind of question as learners meet it, in both versions of SCORM: answered right, wrong and partly, checked one by one or handed
in together, come back to, by keyboard alone, with hints. What the platform is told is held against :mod:`coursegen.score`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import NamedTuple

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, form_of, partly_right, right_answer, unpack, words, wrong_answer
from hands import Answers, answer_all, results_of, score_of, verdict_of
from played import PLAYED_FILES
from playwright.sync_api import Locator, Page, expect
from questions import HOSTILE, every_kind
from questions import course_of as course_with
from samples import write_course
from test_accessibility import DESK, PHONE, settled, too_wide, violations
from test_keyboard import answer, tab_to

from coursegen.model import (
    Cloze,
    Essay,
    Matching,
    MultipleResponse,
    Ordering,
    Question,
    Quiz,
    RatingScale,
    Sorting,
    Taken,
)
from coursegen.render.templates import Templates
from coursegen.score import points, right_response

Visitor = Callable[..., Watched]

RUNTIMES = ("scorm12", "scorm2004")
SCORE = {"scorm12": "cmi.core.score.raw", "scorm2004": "cmi.score.raw"}
WRONG = {"scorm12": "wrong", "scorm2004": "incorrect"}
PARTLY = (MultipleResponse, Matching, Sorting, Ordering, Cloze)
each_runtime = pytest.mark.parametrize("runtime", RUNTIMES)


class Played(NamedTuple):
    """The unit's package in both versions."""

    packages: dict[str, Package]

    def quiz(self, name: str) -> Quiz:
        return next(quiz for quiz in self.packages["scorm12"].quizzes() if quiz.id == f"u03-{name}")

    def question(self, name: str) -> Question:
        return next(question for question in self.packages["scorm12"].questions() if question.id == f"q-{name}")


@pytest.fixture(scope="module")
def played(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Played:
    source, folder = write_course(tmp_path_factory.mktemp("played"), PLAYED_FILES), tmp_path_factory.mktemp("unpacked")
    unpack(source, folder, tmp_path_factory.mktemp("dist"))
    units = tuple(unit for unit in course_of(source).units if unit.id == "u03")
    packages = {}
    for runtime in RUNTIMES:
        (built,) = folder.glob(f"*u03*-{runtime}")
        name = f"played-{runtime}"  # other tests serve a third unit, too
        shutil.copytree(built, site.folder / name)
        packages[runtime] = Package(name, units)
    return Played(packages)


class Visit:
    """A learner who looks at one quiz, without an LMS."""

    def __init__(self, watched: Watched, site: Site, played: Played, name: str) -> None:
        self.played = played
        self.quiz = played.quiz(name)
        self.page: Page = watched.page()
        self.player = Player(self.page)
        self.page.goto(f"{site.url(played.packages['scorm12'].launch)}#/{self.quiz.id}")
        self.wait()

    def wait(self) -> None:
        self.player.expect_at(self.quiz.id, self.quiz.title)
        self.page.locator(".cg-question").first.wait_for()

    def come_back(self) -> None:
        self.page.reload()
        self.wait()

    def question(self, kind: str) -> Question:
        return self.played.question(f"{self.quiz.id.removeprefix('u03-')}-{kind}")

    def form(self, kind: str) -> Locator:
        return self.player.form(self.question(kind))

    def check(self, kind: str) -> None:
        self.form(kind).locator(".cg-check").click()


@pytest.fixture
def visit(played: Played, site: Site, visitor: Visitor) -> Callable[[str], Visit]:
    return lambda name: Visit(visitor(), site, played, name)


def partial(question: Question) -> str | list[str]:
    return partly_right(question) if isinstance(question, PARTLY) else right_answer(question)


ANSWERS: dict[str, Callable[[Question], str | list[str]]] = {"right": right_answer, "wrong": wrong_answer, "partly": partial}


def shown_with(form: Locator, attribute: str) -> list[str]:
    """The values of an attribute of what can be read in a question's result."""
    found: list[str] = form.locator(f".cg-result [{attribute}]:not(.cg-solution, .cg-model):visible").evaluate_all(
        "(all, name) => all.map(one => one.getAttribute(name))", attribute
    )
    return found


# On a platform


@each_runtime
@pytest.mark.parametrize("plan", list(ANSWERS))
def test_what_is_answered_is_told_and_scored(plan: str, runtime: str, played: Played, site: Site, visitor: Visitor) -> None:
    """A whole visit, and one after it: the score, the verdicts and the interactions are those of coursegen.score."""
    package = played.packages[runtime]
    answers: Answers = {question.id: ANSWERS[plan](question) for question in package.questions()}
    lms = Lms(visitor(), site, package, runtime=runtime, platform="strict")
    player = lms.player.ready()
    shown: dict[str, object] = {}
    for quiz in package.quizzes():
        player.go(quiz.id)
        answer_all(player, quiz, answers)
        for question in quiz.set.pool():
            assert player.text(f"{form_of(question)} .cg-verdict") == verdict_of(question, answers[question.id]), question.id
        shown[quiz.id] = player.shown()
    player.expect_saved("saved")
    assert float(lms.kept()[SCORE[runtime]]) == score_of(package, answers)
    saved = lms.leave()
    assert {one["id"].rpartition(":")[2]: one["result"] for one in lms.interactions()} == results_of(package, answers, WRONG[runtime])
    again = Lms(visitor(), site, package, saved, runtime=runtime, platform="strict").player.ready()
    for quiz in package.quizzes():
        again.go(quiz.id)
        again.frame.locator(".cg-checked").first.wait_for()
        assert again.shown() == shown[quiz.id]


@each_runtime
def test_half_an_answer_waits_on_the_platform(runtime: str, played: Played, site: Site, visitor: Visitor) -> None:
    """Answers that were begun and not handed in: parts of them, an order, a text of several lines."""
    package = played.packages[runtime]
    quiz = next(quiz for quiz in package.quizzes() if quiz.set.feedback == "deferred")
    given: Answers = {
        "q-later-match": ["pad.disc"],
        "q-later-sort": ["caliper.stays"],
        "q-later-order": ["write", "look", "measure", "decide"],
        "q-later-cloze": ["tool.a, b. c_~"],
        "q-later-number": "12,4 mm",
        "q-later-essay": 'First "look".\n\nThen, měř \\ 2.',
        "q-later-rate": ["l3"],
    }
    lms = Lms(visitor(), site, package, runtime=runtime, platform="strict")
    player = lms.player.ready()
    player.go(quiz.id)
    for question in quiz.set.pool():
        if question.id in given:
            player.fill(question, given[question.id])
            hint = words("question.begun" if isinstance(question, Matching | Sorting | Cloze) else "question.kept")
            expect(player.form(question).locator(".cg-hint")).to_have_text(hint)
    player.frame.locator(".cg-place").evaluate("(it) => { it.textContent = ''; }")  # told once, of the last move
    before = player.shown()
    player.expect_saved("saved")
    again = Lms(visitor(), site, package, lms.leave(), runtime=runtime, platform="strict").player.ready()
    again.go(quiz.id)
    again.frame.locator(".cg-kept:not(:empty)").first.wait_for()
    assert again.shown() == before
    assert len(before) == len(quiz.set.pool())


def test_a_text_without_room_is_told_of(played: Played, site: Site, visitor: Visitor) -> None:
    """SCORM 1.2 keeps 4,096 characters: what is too long for it is told while it is written, and when it has gone."""
    package = played.packages["scorm12"]
    lms = Lms(visitor(), site, package, platform="strict")
    player = lms.player.ready()
    essays = [(quiz, question) for quiz in package.quizzes() for question in quiz.set.pool() if isinstance(question, Essay)]
    told = []
    for quiz, question in essays:
        player.go(quiz.id)
        player.fill(question, "\\" * 1000)  # twice as long where it is stored
        if quiz.set.feedback == "immediate":
            player.click(f"{form_of(question)} .cg-check")
        else:
            expect(player.form(question).locator(".cg-hint")).to_have_text(words("question.kept"))
        told.append(player.form(question).locator(".cg-no-room").is_visible())
    assert not told[0]
    assert told[-1], "all of them found room: this test says nothing"
    expect(player.form(essays[-1][1]).locator(".cg-no-room")).to_have_text(words("essay.room"))
    player.expect_saved("saved")
    again = Lms(visitor(), site, package, lms.leave(), platform="strict").player.ready()
    for (quiz, question), lost in zip(essays, told, strict=True):
        again.go(quiz.id)
        form = again.form(question)
        form.wait_for()
        expect(form.locator(".cg-no-room")).to_have_text(words("essay.lost") if lost else "")
        assert (form.locator("textarea").input_value() == "") == lost


# One by one


@pytest.mark.parametrize("plan", list(ANSWERS))
def test_what_is_said_to_an_answer(plan: str, visit: Callable[[str], Visit]) -> None:
    """The texts for right, partly and wrong, for what was picked or typed, the solution, and what everybody reads."""
    at = visit("now")
    told = 0
    for question in at.quiz.set.pool():
        response = ANSWERS[plan](question)
        at.player.answer(question, response)
        form = at.player.form(question)
        expect(form.locator(".cg-result")).to_be_focused()
        earned = points(question, response)
        name = "right" if earned == question.points else "partly" if earned else "wrong"
        wanted = [name] if question.points and getattr(question, f"if_{name}", None) else []
        assert shown_with(form, "data-if") == wanted, question.id
        told += len(wanted)
        expect(form.locator(".cg-general")).to_be_visible()
        always = any(part.feedback for part in [*getattr(question, "pairs", []), *getattr(question, "items", [])])
        expect(form.locator(".cg-solution")).to_be_visible(visible=bool(question.points) and (always or earned < question.points))
        assert all(locked for one in at.player.shown() if one["question"] == question.id for _, _, locked in one["inputs"])
        expect(form.locator("button:visible")).to_have_count(0)
    assert told > 3


def test_feedback_of_gaps_and_numbers_is_of_what_was_typed(visit: Callable[[str], Visit]) -> None:
    at = visit("now")
    number, cloze = at.question("number"), at.question("cloze")
    at.player.answer(number, "37,5 mm")
    assert shown_with(at.form("number"), "data-option") == ["b"]
    expect(at.form("number").locator(".cg-solution")).to_have_text(f"{words('question.solution', count=1)} 12.5 ± 0.25 mm")
    at.player.answer(cloze, ["part.disc", "tool.Ruler ", "unit.MM"])
    assert shown_with(at.form("cloze"), "data-option") == ["part.disc", "tool.b"]
    marks = at.form("cloze").locator(".cg-mark").all_inner_texts()
    assert marks == [words("question.right"), words("question.wrong"), words("question.wrong")]
    assert at.form("cloze").locator(".cg-given").all_inner_texts() == ["disc", "Ruler", "MM"]
    assert at.form("cloze").locator(".cg-solution li").all_inner_texts() == ["disc", "gauge", "mm"]


def test_each_part_says_whether_it_is_right(visit: Callable[[str], Visit]) -> None:
    """In words beside a drawing, at the part itself; the right answer is below, the whole of it."""
    at = visit("now")
    for kind in ("match", "sort", "shelves", "order", "cloze"):
        question = at.question(kind)
        response = partial(question)
        at.player.answer(question, response)
        right = [one == other for one, other in zip(response, right_response(question), strict=True)]
        marks = at.form(kind).locator(".cg-mark")
        assert marks.all_inner_texts() == [words("question.right" if each else "question.wrong") for each in right]
        assert True in right
        assert False in right
        assert marks.locator("svg").count() == len(right)
        expect(at.form(kind).locator(".cg-solution")).to_be_visible()
    match = at.question("match")
    assert isinstance(match, Matching)
    lines = at.form("match").locator(".cg-solution li").all_inner_texts()
    assert [line.split("\n")[0] for line in lines] == [f"{pair.text.text()}: {pair.match}" for pair in match.pairs]
    assert at.form("order").locator(".cg-solution li").first.inner_text().split() == ["Look", "It", "costs", "nothing."]


def test_what_is_missing_is_named(visit: Callable[[str], Visit]) -> None:
    at = visit("now")
    match, sort, cloze = at.form("match"), at.form("sort"), at.form("cloze")
    match.locator("select").first.select_option("disc")
    sort.locator("[data-part=pads] input").first.check()
    sort.locator("[data-part=discs] input").first.check()
    cloze.locator("input").first.fill("gauge")
    for kind, names in (
        ("match", "The pad and its backing plate, The bolt"),
        ("sort", "Bolts, The caliper"),
        ("cloze", "Gap 1 of 3, Gap 3 of 3"),
    ):
        at.check(kind)
        expect(at.form(kind).locator(".cg-hint")).to_have_text(words("question.open", names=names))
        expect(at.form(kind).locator(".cg-check")).to_be_focused()
        expect(at.form(kind).locator(".cg-result")).to_be_hidden()
    at.form("number").locator("input").fill("twelve")
    at.check("number")
    expect(at.form("number").locator(".cg-hint")).to_have_text(words("question.number.unit", unit="mm"))
    at.check("rate")
    expect(at.form("rate").locator(".cg-hint")).to_have_text(words("question.choose"))
    at.check("essay")
    expect(at.form("essay").locator(".cg-hint")).to_have_text(words("question.write"))
    match.locator("select").nth(1).select_option("disc")
    expect(match.locator(".cg-hint")).to_be_empty()


def test_what_is_never_scored_is_never_right_or_wrong(visit: Callable[[str], Visit]) -> None:
    at = visit("view")
    assert words("quiz.passmark", percent=50) not in at.page.locator(".cg-rules").inner_text()
    for question in at.quiz.set.pool():
        assert isinstance(question, Essay | RatingScale)
        expect(at.player.form(question).locator(".cg-points")).to_have_text(words("question.unscored"))
        at.player.answer(question, right_answer(question))
    expect(at.page.locator(".cg-summary-verdict")).to_have_text(words("quiz.finished"))
    shown = at.page.locator(".cg-quiz").inner_text()
    for name in ("right", "wrong"):
        assert words(f"question.{name}") not in shown
    assert "%" not in at.page.locator(".cg-summary").inner_text()
    expect(at.page.locator(".cg-model")).to_contain_text("They measure it themselves")


# Hints


def test_hints_come_one_after_the_other(visit: Callable[[str], Visit]) -> None:
    at = visit("now")
    form = at.form("single")
    button = form.locator(".cg-helps > button")
    expect(form.locator(".cg-help:visible")).to_have_count(0)
    button.click()
    expect(form.locator(".cg-help").first).to_be_focused()
    expect(button).to_have_text(words("help.next", number=2, count=2))
    button.click()
    expect(form.locator(".cg-help").nth(1)).to_be_focused()
    expect(form.locator(".cg-help").nth(1)).to_contain_text("It costs no money.")
    expect(button).to_be_hidden()
    at.player.answer(at.question("single"), ["a"])
    expect(form.locator(".cg-verdict")).to_have_text(words("question.right"))
    expect(form.locator(".cg-help:visible")).to_have_count(2)  # what was read can be read again
    line = words("quiz.answered", answered=1, count=12)
    expect(at.page.locator(".cg-summary-lines p").first).to_have_text(line)


# Orders


def test_an_order_is_made_with_buttons(visit: Callable[[str], Visit]) -> None:
    """The focus stays, the new place is told, and a button that leads nowhere says so."""
    at = visit("now")
    question, form = at.question("order"), at.form("order")
    before = at.player.order(question)
    last = form.locator(f"[data-step={before[-1]}]")
    up, down = last.locator(".cg-move").first, last.locator(".cg-down")
    expect(down).to_have_attribute("aria-disabled", "true")
    up.focus()
    for place in (3, 2, 1):
        at.page.keyboard.press("Enter")
        expect(up).to_be_focused()
        name = last.locator(".cg-part-words").inner_text()
        expect(form.locator(".cg-place")).to_have_text(words("order.place", name=name, number=place, count=4))
    expect(up).to_have_attribute("aria-disabled", "true")
    at.page.keyboard.press("Enter")
    expect(up).to_be_focused()
    assert at.player.order(question) == [before[-1], *before[:-1]]
    expect(up).to_have_accessible_name(f"{words('order.up')} {last.locator('.cg-part-words').inner_text()}")


def test_an_order_that_nobody_touched(visit: Callable[[str], Visit]) -> None:
    """Handed in later it is no answer; who has it checked answers with it."""
    at = visit("later")
    expect(at.form("order").locator(".cg-hint")).to_be_empty()
    at.page.locator(".cg-hand-in").click()
    at.page.locator(".cg-hand-in").click()
    expect(at.form("order").locator(".cg-verdict")).to_have_text(words("question.unanswered"))
    assert at.form("order").locator(".cg-mark").all_inner_texts() == [words("question.unanswered")] * 4
    at = visit("now")
    question = at.question("order")
    order = at.player.order(question)
    at.check("order")
    expect(at.form("order").locator(".cg-verdict")).to_have_text(verdict_of(question, order))


# Handed in together


def test_parts_that_were_left_open(visit: Callable[[str], Visit]) -> None:
    """A question begun is told of before handing in, and marked as open where it is."""
    at = visit("later")
    answers = {question.id: right_answer(question) for question in at.quiz.set.pool()}
    match = at.question("match")
    answers[match.id] = ["disc.disc"]
    for question in at.quiz.set.pool():
        at.player.fill(question, answers[question.id])
    at.page.locator(".cg-hand-in").click()
    expect(at.page.locator(".cg-hand-open p")).to_have_text(words("quiz.hand.open", count=1))
    at.page.locator(".cg-hand-in").click()
    expect(at.form("match").locator(".cg-verdict")).to_have_text(words("question.partly", points="1", count=3))
    marks = at.form("match").locator(".cg-mark").all_inner_texts()
    assert marks == [words("question.right"), words("question.unanswered"), words("question.unanswered")]
    before = at.player.shown()
    at.come_back()
    assert at.player.shown() == before


# By keyboard


def test_every_kind_by_keyboard(visit: Callable[[str], Visit]) -> None:
    at = visit("now")
    for question in at.quiz.set.pool():
        if question.hints:
            tab_to(at.page, at.player, f"{form_of(question)} .cg-helps > button")
            at.page.keyboard.press("Enter")
            expect(at.player.form(question).locator(".cg-help").first).to_be_focused()
        answer(at.page, at.player, question)
    expect(at.page.locator(".cg-summary-verdict")).to_have_text(words("quiz.passed"))


# What is lacking, and what is too long


def test_what_can_never_be_right_is_not_called_kept(visit: Callable[[str], Visit]) -> None:
    at = visit("later")
    form, line = at.form("number"), at.page.locator(".cg-summary-lines p").first
    at.player.fill(at.question("number"), "1,25 cm")
    expect(form.locator(".cg-hint")).to_have_text(words("question.number.unit", unit="mm"))
    expect(line).to_have_text(words("quiz.answered", answered=0, count=12))
    at.player.fill(at.question("match"), ["disc.disc"])
    expect(line).to_have_text(words("quiz.answered", answered=0, count=12))
    at.player.fill(at.question("number"), "12,5 mm")
    expect(form.locator(".cg-hint")).to_have_text(words("question.kept"))
    at.page.locator(".cg-hand-in").click()
    expect(at.page.locator(".cg-hand-open p")).to_have_text(words("quiz.hand.open", count=11))
    expect(line).to_have_text(words("quiz.answered", answered=1, count=12))


def test_an_essay_is_never_cut(visit: Callable[[str], Visit]) -> None:
    """What is too long is told of; it is not saved, and not handed in, until it is shorter."""
    text = "m" * 1007
    at = visit("now")
    form = at.form("essay")
    expect(form.locator(".cg-limit")).to_have_text(words("essay.limit", count="1,000"))
    expect(form.locator("[id$=--final]")).to_have_text(words("essay.final"))
    for how in ("while it is written", "when it is to be saved"):
        form.locator("textarea").fill(text)
        if how != "while it is written":
            at.check("essay")
        expect(form.locator(".cg-hint")).to_have_text(words("essay.long", count=7))
        assert form.locator("textarea").input_value() == text
        expect(form.locator(".cg-result")).to_be_hidden()
    at.player.answer(at.question("essay"), text[7:])
    expect(form.locator(".cg-verdict")).to_have_text(words("question.saved"))
    expect(form.locator("[id$=--final]")).to_be_hidden()
    at = visit("later")
    form = at.form("essay")
    at.player.fill(at.question("essay"), text)
    expect(form.locator(".cg-hint")).to_have_text(words("essay.long", count=7))
    at.come_back()
    assert form.locator("textarea").input_value() == text
    expect(form.locator(".cg-hint")).to_have_text(words("essay.long", count=7))
    for _ in range(2):
        at.page.locator(".cg-hand-in").click()
        expect(form.locator(".cg-hint")).to_be_focused()
    at.player.fill(at.question("essay"), text[7:])
    expect(form.locator(".cg-hint")).to_have_text(words("question.kept"))
    at.page.locator(".cg-hand-in").click()
    expect(at.page.locator(".cg-hand-open")).to_be_focused()


def test_room_is_told_of_while_a_text_is_written(played: Played, site: Site, visitor: Visitor) -> None:
    package = played.packages["scorm12"]
    lms = Lms(visitor(), site, package, platform="strict")
    player = lms.player.ready()
    essays: dict[str, Essay] = {
        quiz.id: question for quiz in package.quizzes() for question in quiz.set.pool() if isinstance(question, Essay)
    }
    for name in ("u03-later", "u03-view"):
        player.go(name)
        player.fill(essays[name], "\\" * 1000)
        if name == "u03-later":
            expect(player.form(essays[name]).locator(".cg-hint")).to_have_text(words("question.kept"))
    form = player.form(essays["u03-view"])
    expect(form.locator(".cg-no-room")).to_have_text(words("essay.room"))
    expect(form.locator(".cg-no-room")).to_have_role("status")
    expect(form.locator(".cg-check")).to_be_visible()


def test_a_long_choice_can_be_read_as_a_whole(visit: Callable[[str], Visit]) -> None:
    at = visit("later")
    place = at.form("match").locator(".cg-control").last
    below = "(it) => getComputedStyle(it, '::after').content"
    long = "A torque wrench that was calibrated in this year"
    list_ = place.locator("select")
    list_.select_option("disc")
    assert place.evaluate(below) == "none"
    list_.select_option("bolt")
    assert place.evaluate(below) == f'"{long}"'
    at.come_back()
    assert place.evaluate(below) == f'"{long}"'


def test_a_survey_says_nothing_of_right_answers(visit: Callable[[str], Visit]) -> None:
    at = visit("view")
    told = at.page.locator(".cg-rules li").all_inner_texts()
    assert words("quiz.how.survey.immediate") in told
    assert words("quiz.how.immediate") not in told
    assert words("quiz.how.unlimited") not in told
    rate = next(question for question in at.quiz.set.pool() if isinstance(question, RatingScale))
    button = at.player.form(rate).locator(".cg-check")
    expect(button).to_have_accessible_description(words("question.final"))


# Looked at


@pytest.mark.parametrize("plan", list(ANSWERS))
def test_every_kind_can_be_seen_and_read(plan: str, visit: Callable[[str], Visit]) -> None:
    """By axe, in both schemes, at a desk and on a small phone; nothing is too wide, with the largest text too, and targets are large."""
    at = visit("now")
    at.page.locator(".cg-helps > button").first.click()

    def look(state: str) -> None:
        for size in (DESK, PHONE):
            at.page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                at.page.emulate_media(color_scheme=scheme)
                settled(at.page)
                assert violations(at.page) == [], f"{state}, {scheme}, {size}"
            assert too_wide(at.page) == [], f"{state}, {size}"
        at.page.evaluate("() => Object.assign(document.documentElement.dataset, { cgSize: '4', cgSpacing: 'wide' })")
        settled(at.page)
        assert too_wide(at.page) == [], f"{state}, largest"
        at.page.evaluate("() => Object.assign(document.documentElement.dataset, { cgSize: '', cgSpacing: '' })")

    look("before")
    small = at.page.locator(".cg-question :is(button, label.cg-option, select, textarea, input[type=text])").evaluate_all(
        "all => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
    )
    assert small == []
    for kind in ("match", "cloze"):
        at.check(kind)
    look("asked for more")
    for question in at.quiz.set.pool():
        at.player.answer(question, ANSWERS[plan](question))
    look("settled")


def test_a_part_is_named_by_its_words(visit: Callable[[str], Visit]) -> None:
    at = visit("now")
    names = {
        "match": ["The disc", "The pad and its backing plate", "The bolt"],
        "shelves": ["Pads", "Hoses", "Bolts", "A drum"],
        "cloze": [words("gap.name", number=number, count=3) for number in (1, 2, 3)],
    }
    for kind, wanted in names.items():
        fields = at.form(kind).locator("select, input")
        assert fields.count() == len(wanted)
        for number, name in enumerate(wanted):
            expect(fields.nth(number)).to_have_accessible_name(name)
    groups = at.form("sort").get_by_role("radiogroup")
    assert [groups.nth(number).get_attribute("aria-labelledby") for number in range(4)] == [
        f"cg-q-now-sort--{name}" for name in ("pads", "bolts", "discs", "caliper")
    ]
    expect(at.form("number").locator("input")).to_have_accessible_name(f"{words('question.number.answer')} mm")
    expect(at.form("number").locator("input")).to_have_attribute("inputmode", "decimal")


def test_on_paper_lists_are_what_can_be_chosen(visit: Callable[[str], Visit]) -> None:
    at = visit("now")
    at.page.evaluate("window.print = () => {}")
    at.page.goto(at.page.url.replace(f"#/{at.quiz.id}", "#/u03"))
    at.page.get_by_role("button", name=words("print.unit")).click()
    paper = at.page.locator(".cg-paper")
    expect(paper).to_contain_text("A worn 1[disc / bolt] is measured")
    at.page.emulate_media(media="print")
    for name in ("order", "essay", "rate"):
        unseen = paper.locator(f"[data-question=q-now-{name}] .cg-before")
        assert unseen.count()
        expect(unseen.filter(visible=True)).to_have_count(0)
    expect(paper.locator("select, button, .cg-help, .cg-solution")).to_have_count(0)


# As it is written


@pytest.mark.parametrize("hostile", HOSTILE, ids=[str(number) for number in range(len(HOSTILE))])
def test_every_text_is_that_text(hostile: str, visitor: Visitor, site: Site) -> None:
    """Whatever an author writes is read as it was written, in every place of every kind; none of it becomes markup."""
    course = course_with(every_kind(lambda place: f"{place} {hostile}"))
    (unit,) = course.units
    page = visitor().page()
    page.goto(site.url("lms.html"))  # a page of the site: what it loads is watched
    page.set_content(
        Templates(course, None).render("activity/quiz.html", lambda _: "#", activity=unit.activities[0], unit=unit, course=course)
    )
    found = " ".join(page.evaluate("document.body.textContent").split())
    told = "stem hint-one hint-two general if-right if-wrong if-partly option-a told-a told-true"
    for place in f"{told} pair-a match-a spare group-g item-a step-a part-a gap-a told-g1-b told-g2-b model level-1".split():
        assert " ".join(f"{place} {hostile}".split()) in found, place
    expect(page.locator("script, .cg-question b")).to_have_count(0)
    assert " ".join(f"pair-a {hostile}".split()) in [
        " ".join(name.split()) for name in page.locator("[data-name]").evaluate_all("all => all.map((one) => one.dataset.name)")
    ]


def test_a_rule_tells_of_a_draw_from_groups() -> None:
    """Own questions and those of banks count together; a question that may come from both is one."""
    questions = every_kind()
    course = course_with(questions[:5], draw=3, taken=(Taken(tuple(questions[4:10]), 2),))
    (unit,) = course.units
    text = Templates(course, None).render("activity/quiz.html", lambda _: "#", activity=unit.activities[0], unit=unit, course=course)
    assert f"<li>{words('quiz.how.draw', count=5, of=10)}</li>" in text
    assert text.count("<form ") == 10
