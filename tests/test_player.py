"""The player against a learning platform (scorm-again), against a broken one and without one; by mouse and by keyboard."""

from __future__ import annotations

import json
import math
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, form_of, nearly_right, packages_of, right_answer, some_answer, words
from playwright.sync_api import Page, expect

from coursegen.build import build
from coursegen.model import MultipleResponse, Question, Quiz, ShortAnswer, SingleChoice, TrueFalse
from coursegen.score import key, points, right

Visitor = Callable[..., Watched]
Answers = dict[str, "str | list[str]"]

PACKAGES = packages_of(course_of())
WITH_QUIZ = [package for package in PACKAGES if package.quizzes()]
WHOLE = PACKAGES[-1]
UNIT_1 = next(package for package in PACKAGES if package.units[0].id == "u01")

each_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
each_quiz_package = pytest.mark.parametrize("package", WITH_QUIZ, ids=lambda package: package.name)

VERDICT = {True: words("question.right"), False: words("question.wrong")}
TYPES = {SingleChoice: "choice", MultipleResponse: "choice", TrueFalse: "true-false", ShortAnswer: "fill-in"}
TIME = re.compile(r"([01]\d|2[0-3])(:[0-5]\d){2}")
PRINTABLE = re.compile(r"[!-~]{1,255}")
TIMESPAN = re.compile(r"\d{4}(:[0-5]\d){2}")


# What must be so


def all_right(package: Package) -> Answers:
    return {question.id: right_answer(question) for question in package.questions()}


def guessed(package: Package, seed: int, luck: float) -> Answers:
    dice = random.Random(seed)
    return {question.id: some_answer(question, dice, luck) for question in package.questions()}


def rounded(share: Fraction) -> float:
    """A share in per cent, rounded to two decimals, halves up."""
    return math.floor(share * 10_000 + Fraction(1, 2)) / 100


def share(questions: list[Question] | tuple[Question, ...], answers: Answers) -> Fraction:
    got = sum(points(question, answers[question.id]) for question in questions)
    return Fraction(got, sum(question.points for question in questions))


def passed(quiz: Quiz, answers: Answers) -> bool:
    return rounded(share(quiz.set.questions, answers)) >= quiz.set.pass_mark


def expect_no_error(lms: Lms) -> None:
    """Every call of the API was taken, and nothing was longer than SCORM 1.2 promises to keep."""
    calls = lms.calls()
    assert [call for call in calls if call.error != "0"] == []
    assert [call for call in calls if call.name != "LMSGetValue" and call.answer != "true"] == []
    assert calls[0].name == "LMSInitialize"
    assert max(len(text) for text in lms.written("cmi.suspend_data")) <= 4096
    assert max(len(text) for text in lms.written("cmi.core.lesson_location")) <= 255
    assert all(TIMESPAN.fullmatch(text) for text in lms.written("cmi.core.session_time"))


def expect_interactions(lms: Lms, questions: list[Question], answers: Answers, first: int = 0) -> None:
    """Each answer was reported once, in order, in the words of SCORM 1.2."""
    told = lms.interactions()[first:]
    assert [one["id"] for one in told] == [question.id for question in questions]
    for one, question in zip(told, questions, strict=True):
        response = answers[question.id]
        assert one["type"] == TYPES[type(question)]
        patterns = [text for name, text in one.items() if name.startswith("correct_responses.")]
        assert patterns == (
            [str(answer.text) for answer in question.answers if answer.correct][:10]
            if isinstance(question, ShortAnswer)
            else [key(question)[0][0] if isinstance(question, TrueFalse) else ",".join(key(question))]
        )
        assert PRINTABLE.fullmatch(one["id"])
        assert max(len(text) for text in one.values()) <= 255
        assert one["result"] == ("correct" if right(question, response) else "wrong")
        assert float(one["weighting"]) == question.points
        assert TIME.fullmatch(one["time"])
        assert TIMESPAN.fullmatch(one["latency"])
        if isinstance(response, str):
            assert one["student_response"] == " ".join(response.split())
        elif isinstance(question, TrueFalse):
            assert one["student_response"] == response[0][0]
        else:
            assert sorted(one["student_response"].split(",")) == sorted(response)


def walk(player: Player, package: Package, answers: Answers, *, start: int = 0, done: int = 0) -> None:
    """From the activity at ``start``, by Next, through all the rest; of the first quiz, ``done`` questions are answered already."""
    activities = package.activities()
    for place, (activity, title, what) in enumerate(activities[start:], start):
        player.expect_at(activity, title)
        if isinstance(what, Quiz):
            for question in what.set.questions[done:]:
                assert player.answer(question, answers[question.id]) == VERDICT[right(question, answers[question.id])], question.id
            done = 0
            percent = rounded(share(what.set.questions, answers))
            assert f"({percent:g}%)" in player.text(".cg-summary-lines")
            assert player.text(".cg-summary-verdict") == words("quiz.passed" if passed(what, answers) else "quiz.notyet")
        if place + 1 < len(activities):
            player.next()


# With a learning platform


@each_package
def test_all_right_answers_earn_everything(package: Package, site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, package, mouse=True)
    player = lms.player.ready()
    player.expect_saved("saved")
    assert lms.written("cmi.core.lesson_status") == ["incomplete"]
    assert lms.saved()["core"]["lesson_status"] == "incomplete"
    answers = all_right(package)
    walk(player, package, answers)
    assert words("end.completed") in player.text("#cg-end")
    assert lms.saved()["core"]["lesson_status"] == "completed", "completed is told at once, not only at the end"
    saved = lms.leave()
    assert saved["core"]["lesson_status"] == "completed"
    assert saved["core"]["score"]["raw"] == ("100" if answers else "")
    assert saved["core"]["exit"] == "suspend"
    assert [call.name for call in lms.calls()].count("LMSFinish") == 1
    assert lms.calls()[-1].name == "LMSFinish"
    expect_no_error(lms)
    expect_interactions(lms, package.questions(), answers)


@each_quiz_package
@pytest.mark.parametrize(("seed", "luck"), [(1, 0.5), (2, 0.95)], ids=["half", "most"])
def test_the_score_is_what_python_counts(package: Package, seed: int, luck: float, site: Site, visitor: Visitor) -> None:
    answers = guessed(package, seed, luck)
    expected = rounded(share(package.questions(), answers))
    assert 0 < expected < 100, "this seed says nothing"
    lms = Lms(visitor(), site, package)
    walk(lms.player.ready(), package, answers)
    done = all(passed(quiz, answers) for quiz in package.quizzes())
    assert (words("end.completed") in lms.player.text("#cg-end")) == done
    saved = lms.leave()
    assert float(saved["core"]["score"]["raw"]) == expected
    assert saved["core"]["lesson_status"] == ("completed" if done else "incomplete")
    expect_no_error(lms)
    expect_interactions(lms, package.questions(), answers)


def test_a_new_try_can_only_gain(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1)
    first = guessed(UNIT_1, 1, 0.5)
    (quiz,) = UNIT_1.quizzes()
    walk(lms.player.ready(), UNIT_1, first)
    tries: list[tuple[Answers, Answers]] = []
    everything = all_right(UNIT_1)
    nothing = guessed(UNIT_1, 3, 0.0)
    several = [question for question in quiz.set.questions if isinstance(question, MultipleResponse)]
    assert several
    for more in (True, False):  # ticking one too many earns nothing, nor does one too few
        nothing |= {question.id: nearly_right(question, more) for question in several}
        tries.append((dict(nothing), first))
    tries.append((everything, everything))
    for answers, best in tries:
        lms.player.frame.locator(".cg-retry").click()
        expect(lms.player.frame.locator(".cg-question-title").first).to_be_focused()
        expect(lms.player.frame.locator(".cg-result:visible")).to_have_count(0)
        for question in quiz.set.questions:
            assert lms.player.answer(question, answers[question.id]) == VERDICT[answers is everything], question.id
        best_score = rounded(share(UNIT_1.questions(), best))
        total = sum(question.points for question in quiz.set.questions)
        got = sum(points(question, best[question.id]) for question in quiz.set.questions)
        line = words("quiz.best", points=got, total=total, percent=f"{best_score:g}", count=total)
        assert line in lms.player.text(".cg-summary-lines")
        assert float(lms.saved()["core"]["score"]["raw"]) == best_score
    assert lms.leave()["core"]["lesson_status"] == "completed"
    assert len(lms.interactions()) == 4 * len(quiz.set.questions)
    expect_interactions(lms, list(quiz.set.questions), everything, 3 * len(quiz.set.questions))
    expect_no_error(lms)


@each_package
def test_leaving_in_the_middle_and_coming_back(package: Package, site: Site, visitor: Visitor) -> None:
    activities = package.activities()
    place = next((place for place, (_, _, what) in enumerate(activities) if isinstance(what, Quiz)), len(activities) // 2)
    answers = guessed(package, 4, 0.6)
    what = activities[place][2]
    questions = list(what.set.questions) if isinstance(what, Quiz) else []
    done = questions[: len(questions) // 2]

    lms = Lms(visitor(), site, package)
    player = lms.player.ready()
    for activity, title, _ in activities[:place]:
        player.expect_at(activity, title)
        player.next()
    player.expect_at(*activities[place][:2])
    for question in done:
        player.answer(question, answers[question.id])
    before, progress = player.shown(), player.text("#cg-progress-words")
    saved = lms.leave()
    assert saved["core"]["lesson_status"] == "incomplete"
    assert saved["core"]["lesson_location"] == activities[place][0]
    expect_no_error(lms)

    again = Lms(visitor(), site, package, saved)
    player = again.player.ready()
    player.expect_at(*activities[place][:2])
    player.expect_notice("resumed")
    assert player.shown() == before
    assert player.text("#cg-progress-words") == progress
    assert len(player.shown()) == len(questions)
    walk(player, package, answers, start=place, done=len(done))
    finished = all(passed(quiz, answers) for quiz in package.quizzes())
    last = again.leave()
    assert last["core"]["lesson_status"] == ("completed" if finished else "incomplete")
    assert (
        last["core"]["score"]["raw"] == ""
        if not answers
        else float(last["core"]["score"]["raw"]) == rounded(share(package.questions(), answers))
    )
    assert [one["id"] for one in last["interactions"]] == [question.id for question in package.questions()], "the new ones follow the old"
    expect_no_error(again)


@each_package
@pytest.mark.parametrize("lost", [False, True], ids=["kept", "lost"])
def test_a_finished_attempt_stays_finished(package: Package, lost: bool, site: Site, visitor: Visitor) -> None:
    """Looking again, answering anew and worse, even an LMS that lost the answers: completed stays completed, the score too."""
    score = {"raw": "83.33" if package.quizzes() else "", "min": "0", "max": "100"}
    core = {"lesson_status": "completed", "lesson_location": package.activities()[0][0], "exit": "suspend", "score": score}
    if lost:
        saved = {"core": core, "suspend_data": "", "interactions": []}
    else:
        lms = Lms(visitor(), site, package)
        walk(lms.player.ready(), package, all_right(package))
        saved = lms.leave()
    again = Lms(visitor(), site, package, saved)
    player = again.player.ready()
    for quiz in package.quizzes():
        player.go(quiz.id)
        if not lost:
            player.frame.locator(".cg-retry").click()
        question = quiz.set.questions[0]
        wrong = some_answer(question, random.Random(5), 0.0)
        expect(player.form(question).locator(".cg-check")).to_be_visible()
        assert player.answer(question, wrong) == VERDICT[False]
    last = again.leave()
    assert last["core"]["lesson_status"] == "completed"
    assert last["core"]["score"]["raw"] == saved["core"]["score"]["raw"]
    assert set(again.written("cmi.core.lesson_status")) <= {"completed"}
    assert len(again.interactions()) == len(package.quizzes())
    expect_no_error(again)


def test_a_review_records_nothing(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1, mode="review")
    player = lms.player.ready()
    player.expect_saved("unrecorded")
    (quiz,) = UNIT_1.quizzes()
    player.go(quiz.id)
    question = quiz.set.questions[0]
    assert player.answer(question, right_answer(question)) == VERDICT[True]
    lms.leave()
    assert [call for call in lms.calls() if call.name in ("LMSSetValue", "LMSCommit")] == []
    assert lms.calls()[-1].name == "LMSFinish"


def test_closing_the_platforms_page_ends_the_session(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1)
    lms.player.ready().next()
    lms.player.expect_at(*UNIT_1.activities()[1][:2])
    lms.page.goto(site.url("lms.html"))
    saved = json.loads(lms.page.evaluate("() => sessionStorage.getItem('finished')"))
    assert saved["core"]["lesson_location"] == UNIT_1.activities()[1][0]


def test_in_a_window_of_its_own(site: Site, visitor: Visitor) -> None:
    """Some platforms open a course in a new window; their API is in the window that opened it."""
    watched = visitor()
    page = watched.page()
    page.goto(site.url("lms.html"))
    page.evaluate("() => open_api({ before: null, mode: 'normal' })")
    with page.expect_popup() as opened:
        page.evaluate("(address) => { window.popup = open(address, 'course'); }", UNIT_1.launch)
    player = Player(opened.value).ready()
    player.expect_saved("saved")
    player.next()
    player.expect_at(*UNIT_1.activities()[1][:2])
    page.evaluate("() => { popup.location = 'about:blank'; }")
    page.wait_for_function("() => calls.at(-1)[0] === 'LMSFinish'")
    assert page.evaluate("saved")["core"]["lesson_location"] == UNIT_1.activities()[1][0]


def test_links_lead_to_anchors_and_history_works(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, WHOLE)
    player = lms.player.ready()
    ids = {activity for activity, _, _ in WHOLE.activities()}
    followed = 0
    for activity, title, _ in WHOLE.activities():
        player.go(activity)
        player.expect_at(activity, title)
        links = player.frame.locator("#cg-content a[href^='#/']")
        for address in [link.get_attribute("href") or "" for link in links.all()]:
            target, _, anchor = address.removeprefix("#/").partition("/")
            assert target in ids, f"{activity}: {address}"
            link = player.frame.locator(f"#cg-content a[href='{address}']").first
            if not link.is_visible():  # in a closed disclosure
                player.frame.locator("#cg-content details:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
            link.click()
            expect(player.frame.locator(f".cg-item[aria-current=page][href='#/{target}']")).to_be_attached()
            if anchor:
                expect(player.frame.locator(f"#cg-content [id='{anchor}']")).to_be_focused()
            followed += 1
            player.go(activity)
    assert followed >= 5
    player.go(WHOLE.activities()[0][0])
    player.next()
    player.expect_at(*WHOLE.activities()[1][:2])
    player.frame.evaluate("() => history.back()")
    player.expect_at(*WHOLE.activities()[0][:2])
    expect_no_error(lms)


# With a learning platform that fails


@pytest.mark.parametrize("function", ["LMSCommit", "LMSSetValue"])
@pytest.mark.parametrize("fault", ["false", "throw"])
def test_a_platform_that_stops_saving(function: str, fault: str, site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1, clock=True)
    player = lms.player.ready()
    player.expect_saved("saved")
    (quiz,) = UNIT_1.quizzes()
    answers = all_right(UNIT_1)
    lms.fail({function: fault})
    player.go(quiz.id)
    player.expect_saved("unsaved")
    for question in quiz.set.questions[:3]:
        assert player.answer(question, answers[question.id]) == VERDICT[True]
    player.expect_saved("unsaved")
    assert lms.saved()["core"]["lesson_location"] != quiz.id
    lms.fail({})
    lms.page.clock.fast_forward(31_000)  # it tries again by itself
    player.expect_saved("saved")
    assert lms.saved()["core"]["lesson_location"] == quiz.id
    assert lms.saved()["core"]["score"]["raw"] == "25"
    saved = lms.leave()
    assert '"q-' in saved["suspend_data"]
    ids = [one["id"] for one in saved["interactions"]]
    assert ids == [question.id for question in quiz.set.questions[:3]]


@pytest.mark.parametrize("fault", ["false", "throw"])
def test_a_platform_that_does_not_open(fault: str, site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1, faults={"LMSInitialize": fault})
    player = lms.player.ready()
    player.expect_notice("session.failed")
    player.expect_saved("failed")
    player.next()
    player.expect_at(*UNIT_1.activities()[1][:2])
    player.expect_notice("session.failed")
    assert [call.name for call in lms.calls() if call.name != "LMSInitialize"] == []
    assert player.frame.evaluate("() => localStorage.length") == 0, "on a shared computer the next learner would find it"
    lms.fail({})
    player.frame.locator("#cg-notice button").click()
    player.expect_saved("saved")


@pytest.mark.parametrize("function", ["LMSGetValue", "LMSGetLastError", "LMSFinish"])
def test_a_platform_that_throws_elsewhere(function: str, site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1, faults={function: "throw"})
    player = lms.player.ready()
    player.expect_saved("saved")
    player.next()
    player.expect_at(*UNIT_1.activities()[1][:2])
    assert lms.leave()["core"]["lesson_location"] == UNIT_1.activities()[1][0]
    assert any(call.answer == "throw" for call in lms.calls())


def test_a_platform_that_is_late(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1, api=False)
    lms.player.frame.wait_for_function("() => document.readyState === 'complete'")
    lms.provide()
    lms.player.ready()
    lms.player.expect_saved("saved")
    assert lms.calls()[0].name == "LMSInitialize"
    assert lms.leave()["core"]["lesson_status"] == "incomplete"


def test_a_frame_without_a_platform(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1, api=False)
    lms.player.ready().expect_saved("local")
    assert lms.calls() == []


def test_coming_back_to_a_page_that_was_left(site: Site, visitor: Visitor) -> None:
    """A browser may bring a left page back as it was. Its session has ended; the learner is told, and nothing is lost silently."""
    lms = Lms(visitor(), site, UNIT_1)
    player = lms.player.ready()
    player.frame.evaluate(
        """() => {
          window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
          window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }"""
    )
    player.expect_notice("session.ended")
    player.next()
    player.expect_at(*UNIT_1.activities()[1][:2])
    player.expect_notice("session.ended")
    assert lms.calls()[-1].name == "LMSFinish"


# Without a learning platform


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_without_a_platform_the_browser_remembers(scheme: str, site: Site, visitor: Visitor) -> None:
    address = site.url(WHOLE.launch) if scheme == "http" else (site.folder / WHOLE.launch).as_uri()
    watched = visitor()
    page = watched.page()
    page.goto(address)
    player = Player(page).ready()
    player.expect_saved("local")
    quiz = WHOLE.quizzes()[0]
    answers = guessed(WHOLE, 6, 0.5)
    for activity, title, _ in WHOLE.activities():
        player.expect_at(activity, title)
        if activity == quiz.id:
            break
        player.next()
    for question in quiz.set.questions[:6]:
        assert player.answer(question, answers[question.id]) == VERDICT[right(question, answers[question.id])]
    before, progress = player.shown(), player.text("#cg-progress-words")
    page.close()

    page = watched.page()
    page.goto(address)
    player = Player(page).ready()
    player.expect_at(quiz.id, quiz.title)
    player.expect_notice("resumed")
    assert player.shown() == before
    assert player.text("#cg-progress-words") == progress
    for question in quiz.set.questions[6:]:
        player.answer(question, answers[question.id])
    assert f"({rounded(share(quiz.set.questions, answers)):g}%)" in player.text(".cg-summary-lines")


def test_a_browser_that_keeps_nothing(site: Site, visitor: Visitor) -> None:
    watched = visitor()
    watched.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page = watched.page()
    page.goto(site.url(UNIT_1.launch))
    player = Player(page).ready()
    player.expect_saved("nowhere")
    player.next()
    player.expect_at(*UNIT_1.activities()[1][:2])


def test_a_part_that_does_not_load(site: Site, visitor: Visitor) -> None:
    watched = visitor()
    page = watched.page()
    page.route("**/content/*.js", lambda route: route.abort())
    page.goto(site.url(UNIT_1.launch))
    Player(page).expect_notice("load.failed")
    page.unroute("**/content/*.js")
    page.locator("#cg-notice button").click()
    Player(page).expect_at(*UNIT_1.activities()[0][:2])
    expect(page.locator("#cg-notice")).to_be_hidden()
    assert [fault for fault in watched.faults if "net::ERR_FAILED" not in fault] == []
    watched.faults.clear()  # the browser itself tells of the request that was refused on purpose


# By keyboard


def tab_to(page: Page, player: Player, selector: str, limit: int = 60) -> None:
    """Press Tab until a control has the focus. Wherever the focus comes by, it must be seen."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        found = player.frame.evaluate(
            """(selector) => {
              const element = document.activeElement;
              const ring = (part) => {
                const style = part && getComputedStyle(part);
                return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              };
              return {
                hit: element.matches(selector),
                seen: element === document.body || ring(element) || ring(element.closest("label")),
                what: element.outerHTML.slice(0, 120),
              };
            }""",
            selector,
        )
        assert found["seen"], f"the focus is not seen on {found['what']}"
        if found["hit"]:
            return
    pytest.fail(f"{selector} is not reached by {limit} tabs")


def answer_by_keyboard(page: Page, player: Player, question: Question, response: Any) -> None:
    form = form_of(question)
    if isinstance(question, ShortAnswer):
        tab_to(page, player, f"{form} input")
        page.keyboard.type(response)
        page.keyboard.press("Enter")
    elif isinstance(question, MultipleResponse):
        for option in question.options:
            tab_to(page, player, f"{form} input[value='{option.id}']")
            if option.id in response:
                page.keyboard.press("Space")
        tab_to(page, player, f"{form} .cg-check")
        page.keyboard.press("Space")
    else:
        ids = [option.id for option in question.options] if isinstance(question, SingleChoice) else ["true", "false"]
        tab_to(page, player, f"{form} input")
        page.keyboard.press("Space")
        for _ in range(ids.index(response[0])):
            page.keyboard.press("ArrowDown")
        tab_to(page, player, f"{form} .cg-check")
        page.keyboard.press("Enter")
    expect(player.frame.locator(f"{form} .cg-result")).to_be_focused()
    expect(player.frame.locator(f"{form} .cg-verdict")).to_have_text(VERDICT[right(question, response)])


def test_unit_1_by_keyboard(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1)
    page, player = lms.page, lms.player.ready()
    tab_to(page, player, ".cg-skip", 3)
    page.keyboard.press("Enter")
    expect(player.frame.locator("#cg-heading")).to_be_focused()
    activities = UNIT_1.activities()
    for activity, title, what in activities:
        player.expect_at(activity, title)
        if isinstance(what, Quiz):
            break
        tab_to(page, player, "#cg-next", 120)
        page.keyboard.press("Enter")
    (quiz,) = UNIT_1.quizzes()
    kinds: set[type] = set()
    for question in quiz.set.questions:
        kinds.add(type(question))
        answer_by_keyboard(page, player, question, right_answer(question))
    assert kinds == {SingleChoice, MultipleResponse, TrueFalse, ShortAnswer}
    tab_to(page, player, ".cg-retry")
    tab_to(page, player, "#cg-back")
    page.keyboard.press("Enter")
    player.expect_at(*activities[-2][:2])
    assert lms.leave()["core"]["score"]["raw"] == "100"
    expect_no_error(lms)


def test_an_empty_answer_is_not_taken(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1)
    player = lms.player.ready()
    (quiz,) = UNIT_1.quizzes()
    player.go(quiz.id)
    for question in quiz.set.questions:
        form = player.form(question)
        form.locator(".cg-check").click()
        expect(form.locator(".cg-hint")).to_have_text(words("question.write" if isinstance(question, ShortAnswer) else "question.choose"))
        expect(form.locator("input").first).to_be_focused()
        expect(form.locator(".cg-result")).to_be_hidden()
        player.fill(question, right_answer(question))
        expect(form.locator(".cg-hint")).to_be_empty()
    assert lms.interactions() == []


def test_the_menu_by_keyboard_on_a_phone(site: Site, visitor: Visitor) -> None:
    watched = visitor(viewport={"width": 360, "height": 740})
    page = watched.page()
    page.goto(site.url(WHOLE.launch))
    player = Player(page).ready()
    menu = page.locator("#cg-menu")
    expect(page.locator("#cg-nav")).to_be_hidden()
    tab_to(page, player, "#cg-menu", 5)
    page.keyboard.press("Enter")
    expect(page.locator("#cg-nav")).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#cg-nav")).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Space")
    last_unit = WHOLE.units[-1]
    tab_to(page, player, "#cg-nav details:last-of-type > summary")
    page.keyboard.press("Enter")
    goal = next(activity for activity in last_unit.for_learners() if not isinstance(activity, Quiz))
    tab_to(page, player, f".cg-item[href='#/{goal.id}']")
    page.keyboard.press("Enter")
    player.expect_at(goal.id, goal.title)
    expect(page.locator("#cg-nav")).to_be_hidden()
    expect(page.locator("#cg-heading")).to_be_focused()


# Size


def test_the_player_is_small(tmp_path: Path) -> None:
    (whole,) = build(Path(__file__).parent.parent / "modules", tmp_path, ("scorm12",)).packages
    with zipfile.ZipFile(tmp_path / whole.name) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.startswith("player/")}
    assert {"player/player.js", "player/player.css"} <= set(files)
    sizes = {name: len(zlib.compress(text, 9)) for name, text in files.items()}
    assert min(sizes.values()) > 1000, sizes
    assert sum(sizes.values()) < 40_000, sizes
