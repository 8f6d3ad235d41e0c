"""What learning platforms are told, in both versions of SCORM, and that nothing is lost when something fails.

A small course is played against scorm-again and against a strict platform of our own (``strict.js``). What they hold at the end is
compared with what Python computes from the sources.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, unpack, words
from cases import CASE_FILES, best
from playwright.sync_api import Error, expect
from samples import FILES, write_course

from coursegen.branching import run
from coursegen.model import Case, MultipleResponse, Question, Quiz, ShortAnswer, TrueFalse
from coursegen.score import Response, key, points

Visitor = Callable[..., Watched]
Answers = Mapping[str, "Response | None"]

RUNTIMES = ("scorm12", "scorm2004")
PLATFORMS = ("strict", "scorm-again")
NAMES = {
    "scorm12": {
        "data": "cmi.suspend_data",
        "location": "cmi.core.lesson_location",
        "status": "cmi.core.lesson_status",
        "raw": "cmi.core.score.raw",
        "time": "cmi.core.session_time",
        "response": "student_response",
        "wrong": "wrong",
        "prefix": "LMS",
        "end": "LMSFinish",
    },
    "scorm2004": {
        "data": "cmi.suspend_data",
        "location": "cmi.location",
        "status": "cmi.completion_status",
        "raw": "cmi.score.raw",
        "time": "cmi.session_time",
        "response": "learner_response",
        "wrong": "incorrect",
        "prefix": "",
        "end": "Terminate",
    },
}

# The first quiz gives partial credit and tells at once; the second is handed in. Each kind of question is in one of them.
COURSE = {
    **CASE_FILES,
    "01-brakes/quiz.yaml": FILES["01-brakes/quiz.yaml"].replace(
        "kind: multiple-response", "kind: multiple-response\n    credit: partial\n    points: 3"
    ),
    "02-discs/quiz.yaml": FILES["02-discs/quiz.yaml"].replace("attempts: 3", "attempts: 1\nfeedback: deferred"),
}

ONCE: Answers = {"q-run-out": ["a"], "q-parts": ["a"], "q-same": ["false"], "q-word": None}
PLANS: dict[str, Answers] = {
    "right": {"q-run-out": ["a"], "q-parts": ["a", "b"], "q-same": ["false"], "q-word": " PADS "},
    "wrong": {"q-run-out": ["b"], "q-parts": ["a", "b", "c"], "q-same": ["true"], "q-word": "bolts"},
    "partial": {"q-run-out": ["a"], "q-parts": ["a"], "q-same": ["true"], "q-word": "{lang=xx}[,] é\u2028"},
    "skipped": {"q-run-out": None, "q-parts": ["b"], "q-same": None, "q-word": "brake pads"},
    "once": ONCE,
}

each_runtime = pytest.mark.parametrize("runtime", RUNTIMES)


class Tracked(NamedTuple):
    """A package on a platform of one version of SCORM."""

    package: Package
    runtime: str

    @property
    def quizzes(self) -> list[Quiz]:
        return self.package.quizzes()

    @property
    def case(self) -> Case:
        return next(case for unit in self.package.units for case in unit.cases())

    def question(self, name: str) -> Question:
        return next(question for question in self.package.questions() if question.id == name)

    def total(self) -> int:
        return sum(question.points for question in self.package.questions()) + best(self.case.storyline)

    def score(self, answers: Answers, case: int = 0) -> float:
        """The score that the answers and the points of a run of the case make."""
        got = sum(
            (Fraction(str(points(self.question(name), given))) for name, given in answers.items() if given is not None), Fraction(case)
        )
        return float(round(100 * got / self.total() + Fraction(1, 10**9), 2))


@pytest.fixture(scope="module")
def built(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tracked]:
    """The course's package for each version."""
    source = write_course(tmp_path_factory.mktemp("tracking"), COURSE)
    below = site.folder / "tracking"
    unpack(source, below, tmp_path_factory.mktemp("dist"))
    course = course_of(source)
    return {runtime: Tracked(Package(f"{below.name}/sample-en-{runtime}", course.units), runtime) for runtime in RUNTIMES}


@pytest.fixture
def opened(built: dict[str, Tracked], site: Site, visitor: Visitor) -> Callable[..., Visit]:
    """Opens the course on a platform: ``opened(runtime)``; with ``after=visit`` in the same browser, as the platform has it now."""

    def make(runtime: str, platform: str = "strict", *, after: Visit | None = None, **options: Any) -> Visit:
        watched = after.watched if after else visitor()
        if after and "saved" not in options:
            options["saved"] = after.saved
        return Visit(built[runtime], watched, Lms(watched, site, built[runtime].package, runtime=runtime, platform=platform, **options))

    return make


class Visit:
    """A learner who is in the course."""

    def __init__(self, tracked: Tracked, watched: Watched, lms: Lms) -> None:
        self.tracked, self.watched, self.lms = tracked, watched, lms
        self.names = NAMES[tracked.runtime]
        self.saved: Any = None
        """What the platform had when the visit ended."""

    @property
    def player(self) -> Player:
        return self.lms.player

    def begun(self) -> Visit:
        """Wait until the course is there and the platform knows of the visit."""
        self.player.ready().expect_saved("saved")
        return self

    def kept(self, what: str) -> str | None:
        return self.lms.kept().get(self.names.get(what, what))

    def function(self, name: str) -> str:
        return self.names["end"] if name == "Terminate" else self.names["prefix"] + name

    def fail(self, **faults: str) -> None:
        self.lms.fail({self.function(name): fault for name, fault in faults.items()})

    def called(self, name: str) -> int:
        return [call.name for call in self.lms.calls()].count(self.function(name))

    def answer(self, name: str, given: Response) -> None:
        """Answer one question of the quiz that is shown."""
        question = self.tracked.question(name)
        self.player.fill(question, given)
        if isinstance(given, str):
            self.player.form(question).locator("input").blur()  # on to the next
        check = self.player.form(question).locator(".cg-check")
        if check.is_visible():
            check.click()
            expect(self.player.form(question).locator(".cg-result")).to_be_visible()

    def play(self, answers: Answers) -> None:
        """Answer both quizzes and hand the second in, with what is left out left out."""
        for quiz in self.tracked.quizzes:
            self.player.go(quiz.id)
            for question in quiz.set.questions:
                given = answers[question.id]
                if given is not None:
                    self.answer(question.id, given)
            if quiz.set.feedback == "deferred":
                hand_in = self.player.frame.locator(".cg-hand-in")
                hand_in.click()
                if any(answers[question.id] is None for question in quiz.set.questions):
                    hand_in.click()  # yes, as it is
                expect(hand_in).to_be_hidden()

    def begin_case(self) -> None:
        self.player.go(self.tracked.case.id)
        self.player.frame.locator(".cg-case-begins").click()

    def decide(self, *choices: str) -> None:
        """Take decisions in the scenes that are shown, and read on where something comes of them."""
        for choice in choices:
            self.player.frame.locator(f".cg-scene:visible [data-choice={choice}] button.cg-decide").click()
            onward = self.player.frame.locator(".cg-case-on:visible")
            if onward.count():
                onward.click()

    def see_all(self) -> None:
        """Look at every page."""
        for activity, title, _ in self.tracked.package.activities():
            self.player.go(activity)
            self.player.expect_at(activity, title)

    def leave(self) -> Visit:
        self.player.expect_saved("saved")
        self.saved = self.lms.leave()
        return self

    def kill(self) -> None:
        """The tab crashes; what the platform has is what has reached it."""
        self.saved = self.lms.saved()
        with pytest.raises(Error, match="crash"):
            self.lms.page.goto("chrome://crash")
        self.lms.page.close()

    def expect_taken(self) -> None:
        """The platform refused nothing."""
        refused = [call for call in self.lms.calls() if call.answer == "false" or (call.error != "0" and "GetValue" not in call.name)]
        assert refused == []

    def set_hidden(self, hidden: bool) -> None:
        """Another tab comes to the front, or goes."""
        self.player.frame.evaluate(
            """(hidden) => {
              Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            hidden,
        )

    def copies(self) -> list[str]:
        """What of the attempt lies in the browser's storage."""
        found: list[str] = self.player.frame.evaluate("() => Object.keys(localStorage).filter((key) => key.endsWith(':unsaved'))")
        return found


def result_of(question: Question, given: Response) -> str:
    """What an answer is, in words or points."""
    got = points(question, given)
    return "correct" if got == question.points else "wrong" if got == 0 else f"{got:g}"


def response_in(question: Question, given: Response, runtime: str) -> str:
    """An answer as a version of SCORM writes it."""
    if isinstance(question, ShortAnswer):
        assert isinstance(given, str)
        text = " ".join(given.split())
        if runtime == "scorm12":
            return text
        text = re.sub(r"\[([,.:])\]", r"[ \1 ]", text)
        return f" {text}" if text.startswith("{") else text
    if isinstance(question, TrueFalse):
        (value,) = list(given)
        return value[0] if runtime == "scorm12" else value
    return ("," if runtime == "scorm12" else "[,]").join(given)


# What the platform is told


@each_runtime
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("plan", PLANS)
def test_the_score_is_what_python_computes(plan: str, platform: str, runtime: str, opened: Callable[..., Visit]) -> None:
    answers = PLANS[plan]
    visit = opened(runtime, platform).begun()
    visit.play(answers)
    visit.leave()
    raw = visit.kept("raw")
    assert raw is not None
    assert float(raw) == visit.tracked.score(answers)
    if runtime == "scorm2004":
        assert float(visit.kept("cmi.score.scaled") or "") == round(visit.tracked.score(answers) / 100, 4)
        assert [visit.kept(f"cmi.score.{name}") for name in ("min", "max")] == ["0", "100"]
    told = {one["id"]: one for one in visit.lms.interactions()}
    for name, given in answers.items():
        if given is None:
            assert name not in told or visit.names["response"] not in told[name]
            continue
        question = visit.tracked.question(name)
        assert told[name]["result"] == result_of(question, given).replace("wrong", visit.names["wrong"])
        expected = response_in(question, given, runtime)
        if isinstance(question, MultipleResponse):
            separator = "," if runtime == "scorm12" else "[,]"
            assert sorted(told[name][visit.names["response"]].split(separator)) == sorted(expected.split(separator))
        else:
            assert told[name][visit.names["response"]] == expected
        assert told[name]["weighting"] == str(question.points)
        if not isinstance(question, ShortAnswer):
            assert told[name]["correct_responses.0.pattern"] == response_in(question, key(question), runtime)
    visit.expect_taken()


@each_runtime
@pytest.mark.parametrize("first", ["ask", "replace"])
def test_decisions_are_told_and_count(first: str, runtime: str, opened: Callable[..., Visit]) -> None:
    visit = opened(runtime).begun()
    visit.begin_case()
    visit.decide(first, "look", "back")
    visit.leave()
    case = visit.tracked.case
    path = [("desk", first), ("workshop", "look"), ("bench", "back")]
    assert float(visit.kept("raw") or "") == visit.tracked.score({}, run(case.storyline, path).points)
    told = visit.lms.interactions()
    assert [(one["id"], one[visit.names["response"]]) for one in told] == [(f"{case.id}--{scene}", choice) for scene, choice in path]
    assert [one["result"] for one in told] == ["correct" if first == "ask" else visit.names["wrong"], "neutral", "neutral"]
    assert told[0]["correct_responses.0.pattern"] == "ask"
    assert not any(name.startswith("correct") or name == "weighting" for name in told[1])
    visit.expect_taken()


def test_scorm_2004_tells_both_statuses(opened: Callable[..., Visit]) -> None:
    def statuses(visit: Visit) -> tuple[str | None, str | None]:
        return visit.kept("cmi.completion_status"), visit.kept("cmi.success_status")

    visit = opened("scorm2004").begun()
    assert statuses(visit) == ("incomplete", "unknown")
    visit.play(PLANS["wrong"])  # the second quiz gives one try
    visit.player.expect_saved("saved")
    assert statuses(visit)[0] == "incomplete"
    good = opened("scorm2004").begun()
    good.see_all()
    good.play(PLANS["right"])
    good.begin_case()
    good.decide("ask", "look", "back")
    good.player.expect_saved("saved")
    progress = float(good.kept("cmi.progress_measure") or "")
    assert 0.5 < progress < 1, "the case has not ended"
    assert statuses(good)[0] == "incomplete"
    good.decide("finish")
    good.player.expect_saved("saved")
    assert statuses(good) == ("completed", "passed")
    assert good.kept("cmi.progress_measure") == "1"
    good.leave()
    good.expect_taken()
    again = opened("scorm2004", after=good).begun()
    again.player.go(again.tracked.quizzes[0].id)
    again.player.frame.locator(".cg-retry").first.click()
    again.answer("q-run-out", ["b"])
    score = good.kept("raw")
    again.leave()
    assert statuses(again) == ("completed", "passed"), "never back"
    assert again.kept("raw") == score
    again.expect_taken()


@each_runtime
@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_attempt_goes_on(platform: str, runtime: str, opened: Callable[..., Visit]) -> None:
    visit = opened(runtime, platform).begun()
    visit.player.go("u01-quiz")
    visit.answer("q-run-out", ["a"])
    shown = visit.player.shown()
    visit.leave()
    again = opened(runtime, platform, after=visit).begun()
    again.player.expect_at("u01-quiz", "Check yourself")
    assert again.player.shown() == shown
    again.answer("q-parts", ["b"])
    again.leave()
    assert [again.lms.kept()[f"cmi.interactions.{nth}.id"] for nth in (0, 1)] == ["q-run-out", "q-parts"]
    assert float(again.kept("raw") or "") == again.tracked.score({"q-run-out": ["a"], "q-parts": ["b"]})
    again.expect_taken()


@each_runtime
def test_a_review_tells_nothing(runtime: str, opened: Callable[..., Visit]) -> None:
    visit = opened(runtime, mode="review")
    visit.player.ready().expect_saved("unrecorded")
    visit.player.go("u01-quiz")
    visit.answer("q-run-out", ["a"])
    visit.lms.leave()
    assert (visit.called("SetValue"), visit.called("Commit"), visit.called("Terminate")) == (0, 0, 1)


@each_runtime
def test_few_calls_and_none_that_blocks(runtime: str, opened: Callable[..., Visit]) -> None:
    """A step in the course is at most one commit, and the next page is there before it."""
    visit = opened(runtime).begun()
    before = (visit.called("SetValue"), visit.called("Commit"))
    pages = visit.tracked.package.activities()
    during = visit.lms.page.evaluate(
        "() => { const before = calls.length; frames[0].document.querySelector('#cg-next').click(); return calls.length - before; }"
    )
    assert during == 0
    for activity, title, _ in pages[2:]:
        visit.player.expect_saved("saved")
        visit.player.next()
        visit.player.expect_at(activity, title)
    visit.player.expect_saved("saved")
    assert visit.called("Commit") - before[1] <= len(pages) - 1
    assert visit.called("SetValue") - before[0] <= 4 * (len(pages) - 1)
    assert visit.called("GetValue") <= 9


# When something fails


@each_runtime
@pytest.mark.parametrize("fault", ["false", "throw", "lost"])
def test_a_network_that_goes_and_comes_back(fault: str, runtime: str, opened: Callable[..., Visit]) -> None:
    visit = opened(runtime).begun()
    assert visit.copies() == []
    visit.player.go("u01-quiz")
    visit.player.expect_saved("saved")
    visit.fail(Commit=fault)
    visit.answer("q-run-out", ["a"])
    visit.player.expect_saved("unsaved")
    assert len(visit.copies()) == 1
    visit.answer("q-parts", ["a", "b"])
    visit.player.expect_saved("unsaved")
    assert visit.kept("raw") is None
    visit.fail()
    visit.player.frame.evaluate("() => window.dispatchEvent(new Event('online'))")
    visit.player.expect_saved("saved")
    assert visit.copies() == []
    assert float(visit.kept("raw") or "") == visit.tracked.score({"q-run-out": ["a"], "q-parts": ["a", "b"]})
    assert [visit.lms.kept()[f"cmi.interactions.{nth}.result"] for nth in (0, 1)] == ["correct", "correct"]
    visit.leave()
    visit.lms.page.close()
    again = opened(runtime, after=visit).begun()
    expect(again.player.frame.locator("#cg-notice")).not_to_contain_text(words("copy.offer"))


def after_a_lost_answer(runtime: str, opened: Callable[..., Visit]) -> Visit:
    """The visit after one whose answer could not be saved before its tab was killed: what is on the device is offered."""
    visit = opened(runtime).begun()
    visit.player.go("u01-quiz")
    visit.player.expect_saved("saved")
    visit.fail(Commit="lost", Terminate="lost")
    visit.answer("q-run-out", ["a"])
    visit.player.expect_saved("unsaved")
    visit.kill()
    again = opened(runtime, after=visit)
    again.player.ready().expect_notice("copy.offer")
    return again


@each_runtime
@pytest.mark.parametrize("use", [True, False], ids=["used", "left"])
def test_a_tab_that_is_killed_while_nothing_can_be_saved(use: bool, runtime: str, opened: Callable[..., Visit]) -> None:
    """As when the learner was logged out meanwhile: no commit is taken any more, until the course is opened anew."""
    again = after_a_lost_answer(runtime, opened)
    again.player.frame.locator("#cg-notice button", has_text=words("copy.use" if use else "copy.leave")).click()
    again.player.expect_saved("saved")
    assert again.kept("raw") == (f"{again.tracked.score({'q-run-out': ['a']}):g}" if use else None)
    assert [shown[1] for shown in again.player.shown()[0]["inputs"]] == [use, False]
    again.player.frame.wait_for_function("() => !Object.keys(localStorage).some((key) => key.endsWith(':unsaved'))")
    again.leave()
    again.expect_taken()
    last = opened(runtime, after=again).begun()
    expect(last.player.frame.locator("#cg-notice")).not_to_contain_text(words("copy.offer"))


@each_runtime
def test_going_on_before_the_copy_is_decided_about(runtime: str, opened: Callable[..., Visit]) -> None:
    """What the learner does now stays, what the copy has is added: at this visit, or at a later one."""
    again = after_a_lost_answer(runtime, opened)
    again.answer("q-run-out", ["b"])
    again.answer("q-parts", ["a", "b"])
    again.player.expect_saved("saved")
    again.leave()
    later = opened(runtime, after=again)
    later.player.ready().expect_notice("copy.offer")
    later.player.frame.locator("#cg-notice button").first.click()
    later.player.expect_saved("saved")
    assert [shown[1] for shown in later.player.shown()[0]["inputs"]] == [False, True], "what was answered last is right"
    assert float(later.kept("raw") or "") >= later.tracked.score({"q-run-out": ["a"]}), "and no point is lost that was told"
    later.player.frame.wait_for_function("() => !Object.keys(localStorage).some((key) => key.endsWith(':unsaved'))")


@each_runtime
def test_a_tab_that_is_killed_right_after_an_answer(runtime: str, opened: Callable[..., Visit]) -> None:
    visit = opened(runtime).begun()
    visit.player.go("u01-quiz")
    visit.player.expect_saved("saved")
    visit.player.frame.evaluate("() => { window.setTimeout = () => 0; }")  # dead before the commit
    visit.answer("q-run-out", ["a"])
    visit.player.expect_saved("saving")
    visit.kill()
    again = opened(runtime, after=visit)
    again.player.ready().expect_notice("copy.offer")
    again.player.frame.locator("#cg-notice button").first.click()
    again.player.expect_saved("saved")
    assert float(again.kept("raw") or "") == again.tracked.score({"q-run-out": ["a"]})


@each_runtime
def test_hidden_while_the_network_is_gone(runtime: str, opened: Callable[..., Visit]) -> None:
    """What a browser sends while a page is hidden has no answer; Moodle calls it a success."""
    visit = opened(runtime).begun()
    visit.player.go("u01-quiz")
    visit.player.expect_saved("saved")
    visit.player.frame.evaluate("() => { window.setTimeout = () => 0; }")
    visit.answer("q-run-out", ["a"])
    visit.fail(Commit="lie")
    visit.set_hidden(True)
    assert visit.kept("raw") is None
    visit.player.expect_saved("saving")
    visit.fail()
    visit.set_hidden(False)
    visit.player.expect_saved("saved")
    assert float(visit.kept("raw") or "") == visit.tracked.score({"q-run-out": ["a"]})
    assert visit.kept("cmi.interactions.0.result") == "correct"
    visit.expect_taken()


@each_runtime
def test_two_tabs(runtime: str, opened: Callable[..., Visit]) -> None:
    first = opened(runtime).begun()
    first.player.go("u01-quiz")
    first.player.expect_saved("saved")
    first.saved = first.lms.saved()
    # The first has something that the platform cannot tell the second.
    first.player.frame.evaluate("() => { window.setTimeout = () => 0; }")
    first.answer("q-run-out", ["a"])
    second = opened(runtime, after=first)
    first.player.expect_notice("session.elsewhere")
    first.player.expect_saved("elsewhere")
    assert first.called("Terminate") == 1
    second.player.ready()
    if second.player.frame.locator("#cg-notice", has_text=words("copy.offer")).count():
        second.player.frame.locator("#cg-notice button").first.click()
    second.player.expect_saved("saved")
    second.player.go("u01-quiz")
    assert [shown[1] for shown in second.player.shown()[0]["inputs"]] == [True, False]
    calls = len(first.lms.calls())
    first.answer("q-parts", ["a"])
    first.player.expect_notice("session.elsewhere")
    assert len(first.lms.calls()) == calls
    second.answer("q-parts", ["a", "b"])
    second.leave()
    assert float(second.kept("raw") or "") == second.tracked.score({"q-run-out": ["a"], "q-parts": ["a", "b"]})
    first.expect_taken()
    second.expect_taken()


def test_two_tabs_without_a_platform(built: dict[str, Tracked], site: Site, visitor: Visitor) -> None:
    watched = visitor()
    pages = [watched.page(), watched.page()]
    players = []
    for page in pages:
        page.goto(site.url(built["scorm12"].package.launch))
        players.append(Player(page).ready())
    first, second = players
    first.expect_notice("session.elsewhere")
    second.expect_saved("local")
    second.next()
    second.expect_at("u01-why", "Why brakes matter")
    first.frame.locator("#cg-notice button", has_text=words("session.here")).click()
    second.expect_notice("session.elsewhere")
    expect(first.frame.locator(".cg-item[href='#/u01-why']")).to_have_attribute("data-state", "done")


@each_runtime
def test_leaving_twice_ends_once(runtime: str, opened: Callable[..., Visit]) -> None:
    visit = opened(runtime).begun()
    visit.player.frame.evaluate("() => { for (const _ of [1, 2]) window.dispatchEvent(new PageTransitionEvent('pagehide')); }")
    visit.player.expect_saved("ended")
    visit.lms.leave()
    assert visit.called("Terminate") == 1
    visit.expect_taken()


@each_runtime
def test_a_clock_that_is_put_back(runtime: str, opened: Callable[..., Visit]) -> None:
    visit = opened(runtime).begun()
    visit.player.frame.evaluate(
        """() => {
          const Real = Date;
          const back = 400 * 24 * 3600 * 1000;
          window.Date = class extends Real {
            constructor(...given) { super(...(given.length ? given : [Real.now() - back])); }
            static now() { return Real.now() - back; }
          };
        }"""
    )
    visit.player.go("u01-quiz")
    visit.answer("q-run-out", ["a"])
    visit.leave()
    hours = r"0000:0\d:\d\d" if runtime == "scorm12" else r"PT0H\dM\d+S"
    assert re.fullmatch(hours, visit.lms.written(visit.names["time"])[-1])
    assert re.fullmatch(hours, visit.lms.interactions()[0]["latency"])
    visit.expect_taken()


@each_runtime
def test_a_browser_that_stores_nothing(runtime: str, built: dict[str, Tracked], site: Site, visitor: Visitor) -> None:
    watched = visitor()
    watched.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    tracked = built[runtime]
    visit = Visit(tracked, watched, Lms(watched, site, tracked.package, runtime=runtime, platform="strict")).begun()
    visit.player.go("u01-quiz")
    visit.player.expect_saved("saved")
    visit.fail(Commit="lost")
    visit.answer("q-run-out", ["a"])
    visit.player.expect_saved("unsaved")
    visit.fail()
    visit.player.frame.evaluate("() => window.dispatchEvent(new Event('online'))")
    visit.player.expect_saved("saved")
    assert float(visit.kept("raw") or "") == tracked.score({"q-run-out": ["a"]})


@each_runtime
def test_a_platform_that_is_late_or_does_not_open(runtime: str, opened: Callable[..., Visit]) -> None:
    late = opened(runtime, api=False)
    late.player.frame.wait_for_function("() => document.readyState === 'complete'")
    late.lms.provide()
    late.begun().leave()
    assert late.kept("status") == "incomplete"
    for fault in ("false", "throw"):
        shut = opened(runtime, faults={late.function("Initialize"): fault})
        shut.player.ready().expect_notice("session.failed")
        shut.player.expect_saved("failed")
        assert shut.player.frame.evaluate("() => localStorage.length") == 0, "on a shared computer the next learner would find it"


@each_runtime
@pytest.mark.parametrize("function", ["GetValue", "SetValue", "GetLastError", "Terminate"])
def test_a_platform_that_throws(function: str, runtime: str, opened: Callable[..., Visit]) -> None:
    visit = opened(runtime).begun()
    visit.fail(**{function: "throw"})
    visit.player.go("u01-parts")
    visit.player.expect_at("u01-parts", "The parts")
    visit.player.expect_saved("unsaved" if function == "SetValue" else "saved")
    visit.fail()
    visit.player.go("u01-quiz")
    visit.leave()
    assert visit.kept("location") == "u01-quiz"
