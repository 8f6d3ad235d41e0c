"""The course in the player, with a learning platform of either version of SCORM, with a broken one and without one."""

from __future__ import annotations

import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, nearly_right, packages_of, right_answer, some_answer, words
from hands import cases_of, decide, rate, run_of
from playwright.sync_api import expect
from test_tracking import NAMES, RUNTIMES, response_in, result_of

from coursegen.branching import Run, offered, run
from coursegen.build import build
from coursegen.model import Activity, Case, GridRating, MultipleResponse, Numerical, Question, Quiz, ShortAnswer, SingleChoice, TrueFalse
from coursegen.score import key, number_in, points, worth

Visitor = Callable[..., Watched]
Answers = dict[str, "str | list[str]"]

PACKAGES = packages_of(course_of())
WHOLE = PACKAGES[-1]
WELCOME, UNIT_1, UNIT_2 = (next(package for package in PACKAGES if package.units[0].id == name) for name in ("u00", "u01", "u02"))

each_runtime = pytest.mark.parametrize("runtime", RUNTIMES)


def visits(*which: tuple[Any, ...]) -> pytest.MarkDecorator:
    """Cases of a test: a package, a version of SCORM, a platform, and what else the test wants to know."""
    names = [
        " ".join(
            [
                one[0].name.removeprefix("idivet-en-").removesuffix("scorm12").strip("-") or "whole",
                *(getattr(each, "__name__", str(each)) for each in one[1:]),
            ]
        )
        for one in which
    ]
    return pytest.mark.parametrize("visit", which, ids=names)


TYPES = {SingleChoice: "choice", MultipleResponse: "choice", TrueFalse: "true-false", ShortAnswer: "fill-in"}
PRINTABLE = re.compile(r"[!-~]{1,255}")


class Forms(NamedTuple):
    """How a version of SCORM writes spans of time and moments, and how much of what there may be."""

    span: str
    moment: str
    moments: str
    data: int
    location: int
    patterns: int


FORMS = {
    "scorm12": Forms(r"\d{4}(:[0-5]\d){2}", "time", r"([01]\d|2[0-3])(:[0-5]\d){2}", 4096, 255, 10),
    "scorm2004": Forms(r"PT\d+H\d+M\d+(\.\d+)?S", "timestamp", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*", 64_000, 1000, 5),
}


# What must be so


class Plan(NamedTuple):
    """What a learner answers, where questions may be left out, and decides."""

    answers: Answers
    runs: dict[str, Run]

    def without(self, *questions: str) -> Plan:
        """The same with some questions left out."""
        return self._replace(answers={name: given for name, given in self.answers.items() if name not in questions})


def all_right(package: Package) -> Plan:
    return Plan(
        {question.id: right_answer(question) for question in package.questions()},
        {case.id: run_of(case, True) for case in cases_of(package)},
    )


def guessed(package: Package, seed: int, luck: float) -> Plan:
    dice = random.Random(seed)
    answers = {str(question.id): some_answer(question, dice, luck) for question in package.questions()}
    return Plan(answers, {case.id: some_run(case, dice) for case in cases_of(package)})


def some_run(case: Case, dice: random.Random) -> Run:
    """What comes of choosing at random until the story ends."""
    steps: list[tuple[str, str]] = []
    while choices := offered(case.storyline, (done := run(case.storyline, steps)).state):
        steps.append((done.state.scene, dice.choice(choices).id))
    return done


def rounded(share: Fraction) -> float:
    """A share in per cent, rounded to two decimals, halves up."""
    return int(share * 10_000 + Fraction(1, 2)) / 100


def score(package: Package, plan: Plan) -> float | None:
    """The score by what Python makes of the sources: all points of questions and decisions, of those that can be had."""
    tries = [worth(quiz.set, quiz.set.pool(), plan.answers) for quiz in package.quizzes()]
    cases = cases_of(package)
    total = sum(each.total for each in tries) + sum(run_of(case, True).points for case in cases)
    got = sum(Fraction(str(each.points)) for each in tries) + sum(plan.runs[case.id].points for case in cases if case.id in plan.runs)
    return rounded(Fraction(got) / total) if total else None


def passed(quiz: Quiz, plan: Plan) -> bool:
    return worth(quiz.set, quiz.set.pool(), plan.answers).passed


def verdict(question: Question, response: str | list[str]) -> str:
    """What the player says to an answer."""
    earned = points(question, response)
    if 0 < earned < question.points:
        return words("question.partly", points=f"{earned:g}", count=question.points)
    return words("question.right" if earned else "question.wrong")


def kept(lms: Lms, what: str) -> str:
    """What the platform has of something, by the name that NAMES gives it."""
    return lms.kept().get(NAMES[lms.given["runtime"]].get(what, what), "")


def open_on(visit: Sequence[Any], site: Site, visitor: Visitor, saved: Any = None, **options: Any) -> Lms:
    """A learner opens a package (its folder is that of SCORM 1.2) in one version of SCORM on a platform."""
    package, runtime, platform = visit[:3]
    package = package._replace(name=package.name.replace("scorm12", runtime))
    return Lms(visitor(), site, package, saved, runtime=runtime, platform=platform, **options)


def expect_no_error(lms: Lms) -> None:
    """Every call of the API was taken, and nothing was longer than the version of SCORM promises to keep."""
    names, forms = NAMES[lms.given["runtime"]], FORMS[lms.given["runtime"]]
    calls = lms.calls()
    empty = ("0", "403") if names["prefix"] == "" else ("0",)  # SCORM 2004 says so of an element that has no value yet
    assert [call for call in calls if call.error not in (empty if call.name.endswith("GetValue") else ("0",))] == []
    assert [call for call in calls if not call.name.endswith("GetValue") and call.answer != "true"] == []
    assert calls[0].name == names["prefix"] + "Initialize"
    assert calls[-1].name == names["end"]
    assert [call.name for call in calls].count(names["end"]) == 1
    assert max(len(text) for text in lms.written(names["data"])) <= forms.data
    assert max(len(text) for text in lms.written(names["location"])) <= forms.location
    assert all(re.fullmatch(forms.span, text) for text in lms.written(names["time"]))


def expect_interactions(lms: Lms, questions: Sequence[Question], answers: Answers, first: int = 0) -> None:
    """Each answer was reported once, in order, in the words of the version of SCORM."""
    runtime = lms.given["runtime"]
    names, forms = NAMES[runtime], FORMS[runtime]
    ids = {question.id for question in questions}
    answered = [question for question in questions if question.id in answers]
    told = [one for one in lms.interactions() if one["id"] in ids][first:]
    assert [one["id"] for one in told] == [question.id for question in answered]
    for one, question in zip(told, answered, strict=True):
        response = answers[question.id]
        patterns = [text for name, text in one.items() if name.startswith("correct_responses.")]
        if isinstance(question, Numerical):
            expect_number(one, question, response if isinstance(response, str) else response[0], patterns, runtime)
            continue
        assert one["type"] == TYPES[type(question)]
        if isinstance(question, ShortAnswer):
            assert (
                patterns
                == [response_in(question, str(answer.text), runtime) for answer in question.answers if answer.correct][: forms.patterns]
            )
        else:
            assert [parts(text) for text in patterns] == [parts(response_in(question, key(question), runtime))]
        assert PRINTABLE.fullmatch(one["id"])
        assert max(len(text) for text in one.values()) <= 255
        assert one["result"] == result_of(question, response).replace("wrong", names["wrong"])
        assert float(one["weighting"]) == question.points
        assert re.fullmatch(forms.moments, one[forms.moment])
        assert re.fullmatch(forms.span, one["latency"])
        if isinstance(question, ShortAnswer):
            assert one[names["response"]] == response_in(question, " ".join(str(response).split()), runtime)
        else:
            assert parts(one[names["response"]]) == parts(response_in(question, response, runtime))


def expect_number(one: Mapping[str, str], question: Numerical, typed: str, patterns: list[str], runtime: str) -> None:
    """A number is told as one, with the range of the first accepted one, or its middle in SCORM 1.2; what is none as words."""
    number = number_in(typed, question.unit)
    ranges = [(Decimal(each.value), Decimal(each.tolerance)) for each in question.answers if each.correct]
    told = [f"{value}" if runtime == "scorm12" else f"{value - far:f}[:]{value + far:f}" for value, far in ranges]
    if number is None:
        assert (one["type"], patterns) == ("fill-in", [])
    else:
        assert (one["type"], patterns[:1]) == ("numeric", told[:1])
        assert Decimal(one[NAMES[runtime]["response"]]) == number
    assert one["result"] == result_of(question, typed).replace("wrong", NAMES[runtime]["wrong"])
    assert float(one["weighting"]) == question.points


def parts(response: str) -> list[str]:
    """The options that an interaction names, in any order: learners see them shuffled."""
    return sorted(re.split(r"\[,\]|,", response))


def told_ids(package: Package, plan: Plan) -> list[str]:
    """The ids of all interactions of one who goes through a package, in order."""
    ids: list[str] = []
    for _, _, what in package.activities():
        if isinstance(what, Quiz):
            ids += [question.id for question in what.set.pool() if question.id in plan.answers]
        elif isinstance(what, Case):
            ids += [f"{what.id}--{step.scene}" for step in plan.runs[what.id].steps]
        elif isinstance(what, GridRating):
            ids.append(what.id)
    return ids


def walk(player: Player, package: Package, plan: Plan, *, start: int = 0, done: int = 0) -> None:
    """From the activity at ``start``, by Next, through all the rest; of the first quiz, ``done`` questions are answered already."""
    activities = package.activities()
    for place, (activity, title, what) in enumerate(activities[start:], start):
        player.expect_at(activity, title)
        work(player, what, plan, done)
        done = 0
        if place + 1 < len(activities):
            player.next()


def work(player: Player, what: Activity | None, plan: Plan, done: int = 0) -> None:
    """Do in an activity what the plan says, and see that the player says so, too."""
    if isinstance(what, Case):
        decide(player, what, plan.runs[what.id])
    elif isinstance(what, GridRating):
        rate(player, what)
    elif isinstance(what, Quiz):
        for question in what.set.pool()[done:]:
            if question.id in plan.answers:
                response = plan.answers[question.id]
                assert player.answer(question, response) == verdict(question, response), question.id
        if all(question.id in plan.answers for question in what.set.pool()):
            found = worth(what.set, what.set.pool(), plan.answers)
            assert f"({found.percent:g}%)" in player.text(".cg-summary-lines")
            assert player.text(".cg-summary-verdict") == words("quiz.passed" if found.passed else "quiz.notyet")


def looks(player: Player) -> Any:
    """All that an activity shows: what is ticked, written or locked, and all words that can be read."""
    return player.frame.evaluate(
        """() => {
          const content = document.querySelector("#cg-content");
          const inputs = [...content.querySelectorAll("input, textarea")];
          return [inputs.map((i) => [i.value, i.checked, i.disabled || i.readOnly]), content.innerText];
        }"""
    )


# With a learning platform


@visits(
    *((package, "scorm12", "scorm-again") for package in PACKAGES),
    (WHOLE, "scorm12", "strict"),
    (UNIT_1, "scorm2004", "scorm-again"),
    (UNIT_2, "scorm2004", "strict"),
    (WHOLE, "scorm2004", "strict"),
)
def test_all_right_answers_earn_everything(visit: tuple[Package, str, str], site: Site, visitor: Visitor) -> None:
    package = visit[0]
    lms = open_on(visit, site, visitor, mouse=package is UNIT_1)
    player = lms.player.ready()
    player.expect_saved("saved")
    names = NAMES[visit[1]]
    assert lms.written(names["status"]) == ["incomplete"]
    assert kept(lms, "status") == "incomplete"
    plan = all_right(package)
    walk(player, package, plan)
    assert words("end.completed") in player.text("#cg-end")
    player.expect_saved("saved")
    assert kept(lms, "status") == "completed", "completed is told at once, not only at the end"
    lms.leave()
    assert kept(lms, "status") == "completed"
    assert kept(lms, "raw") == ("" if score(package, plan) is None else "100")
    if visit[1] == "scorm2004":
        assert kept(lms, "cmi.success_status") == ("passed" if package.quizzes() else "unknown")
    assert lms.written("cmi.core.exit" if visit[1] == "scorm12" else "cmi.exit")[-1] == "suspend"
    expect_no_error(lms)
    expect_interactions(lms, package.questions(), plan.answers)
    grids = {each.id for _, _, each in package.activities() if isinstance(each, GridRating)}
    told = [one["id"] for one in lms.interactions()]
    evidence = [name for name in told if name.partition("--")[0] in grids and "--" in name]
    assert [name for name in told if name not in evidence] == told_ids(package, plan)
    assert evidence == [] or visit[1] == "scorm12", "only there is too little room for it"


@visits(
    (UNIT_1, "scorm12", "scorm-again", 0.5),
    (UNIT_2, "scorm12", "strict", 0.95),
    (WHOLE, "scorm12", "scorm-again", 0.9),
    (UNIT_1, "scorm2004", "strict", 0.95),
    (UNIT_2, "scorm2004", "scorm-again", 0.5),
)
def test_the_score_is_what_python_counts(visit: tuple[Package, str, str, float], site: Site, visitor: Visitor) -> None:
    package = visit[0]
    plan = guessed(package, 1, visit[3])
    expected = score(package, plan)
    assert expected is not None
    assert 0 < expected < 100, "this seed says nothing"
    lms = open_on(visit, site, visitor)
    walk(lms.player.ready(), package, plan)
    done = all(passed(quiz, plan) for quiz in package.quizzes())
    assert (words("end.completed") in lms.player.text("#cg-end")) == done
    lms.leave()
    assert float(kept(lms, "raw")) == expected
    assert kept(lms, "status") == ("completed" if done else "incomplete")
    expect_no_error(lms)
    expect_interactions(lms, package.questions(), plan.answers)


@each_runtime
def test_what_is_left_out_earns_nothing(runtime: str, site: Site, visitor: Visitor) -> None:
    """One question of each kind is skipped, and the case is left before it ends."""
    skipped = {type(question): question.id for question in UNIT_1.questions()}
    assert len(skipped) == 5
    whole = guessed(UNIT_1, 2, 1.0)
    (case,) = cases_of(UNIT_1)
    short = run(case.storyline, [(step.scene, step.choice) for step in run_of(case, True).steps[:3]])
    plan = whole._replace(runs={case.id: short}).without(*skipped.values())
    lms = open_on((UNIT_1, runtime, "strict"), site, visitor)
    walk(lms.player.ready(), UNIT_1, plan)
    assert words("end.completed") not in lms.player.text("#cg-end")
    lms.leave()
    assert float(kept(lms, "raw")) == score(UNIT_1, plan)
    assert kept(lms, "status") == "incomplete"
    expect_interactions(lms, UNIT_1.questions(), plan.answers)
    expect_no_error(lms)


@each_runtime
def test_the_best_run_of_a_case_counts(runtime: str, site: Site, visitor: Visitor) -> None:
    """Each case is played to each of its endings, to the worst and to the best, in that order and back."""
    lms = open_on((WHOLE, runtime, "strict"), site, visitor)
    player = lms.player.ready()
    best: dict[str, Run] = {}
    for case in cases_of(WHOLE):
        player.go(case.id)
        endings = [scene.id for scene in case.storyline.scenes if scene.ending]
        runs = [found for end in endings for found in [some_run_to(case, end)]]
        for one in [run_of(case, False), *runs, run_of(case, True), run_of(case, False)]:
            decide(player, case, one)
            best[case.id] = max(one, best.get(case.id, one), key=lambda each: each.points)
            player.expect_saved("saved")
            assert float(kept(lms, "raw")) == score(WHOLE, Plan({}, best)), (case.id, one.steps)
    lms.leave()
    expect_no_error(lms)


def some_run_to(case: Case, ending: str) -> Run:
    """A run by chance that comes to an ending."""
    return next(found for seed in range(1000) if (found := some_run(case, random.Random(seed))).state.scene == ending)


@each_runtime
def test_a_new_try_can_only_gain(runtime: str, site: Site, visitor: Visitor) -> None:
    """Near misses too: one option too many, one too few."""
    lms = open_on((UNIT_1, runtime, "strict"), site, visitor)
    first = guessed(UNIT_1, 1, 0.5)
    (quiz,) = UNIT_1.quizzes()
    questions = quiz.set.pool()
    walk(lms.player.ready(), UNIT_1, first)
    nothing = guessed(UNIT_1, 3, 0.0).answers
    several = [question for question in questions if isinstance(question, MultipleResponse)]
    assert {question.credit for question in several} == {"all-or-nothing", "partial"}
    tries = [{**nothing, **{question.id: nearly_right(question, more) for question in several}} for more in (True, False)]
    tries.append(all_right(UNIT_1).answers)
    best = worth(quiz.set, questions, first.answers)
    for answers in tries:
        lms.player.frame.locator(".cg-retry").click()
        expect(lms.player.frame.locator(".cg-question-title").first).to_be_focused()
        expect(lms.player.frame.locator(".cg-result:visible")).to_have_count(0)
        for question in questions:
            assert lms.player.answer(question, answers[question.id]) == verdict(question, answers[question.id]), question.id
        found = worth(quiz.set, questions, answers)
        if found.points > best.points:
            first, best = first._replace(answers=answers), found
        line = words("quiz.best", points=f"{best.points:g}", total=best.total, percent=f"{best.percent:g}", count=best.total)
        assert line in lms.player.text(".cg-summary-lines")
        lms.player.expect_saved("saved")
        assert float(kept(lms, "raw")) == score(UNIT_1, first)
    assert best.percent == 100
    lms.leave()
    assert kept(lms, "status") == "completed"
    assert len([one for one in lms.interactions() if one["id"].startswith("q-")]) == 4 * len(questions)
    expect_interactions(lms, questions, tries[-1], 3 * len(questions))
    expect_no_error(lms)


@visits(
    (WELCOME, "scorm12", "scorm-again", None),
    (UNIT_1, "scorm12", "scorm-again", Quiz),
    (WHOLE, "scorm12", "strict", Case),
    (UNIT_2, "scorm12", "scorm-again", GridRating),
    (UNIT_1, "scorm2004", "strict", Case),
    (UNIT_2, "scorm2004", "scorm-again", GridRating),
    (WHOLE, "scorm2004", "strict", Quiz),
)
def test_leaving_in_the_middle_and_coming_back(visit: tuple[Package, str, str, type | None], site: Site, visitor: Visitor) -> None:
    package, kind = visit[0], visit[3]
    activities = package.activities()
    place = next((place for place, (_, _, what) in enumerate(activities) if kind and isinstance(what, kind)), len(activities) // 2)
    activity, title, what = activities[place]
    plan = guessed(package, 4, 0.6)

    lms = open_on(visit, site, visitor)
    player = lms.player.ready()
    for name, heading, each in activities[:place]:
        player.expect_at(name, heading)
        work(player, each, plan)
        player.next()
    player.expect_at(activity, title)
    done = half(player, what, plan)
    before, progress = looks(player), player.text("#cg-progress-words")
    saved = lms.leave()
    assert kept(lms, "status") == "incomplete"
    assert kept(lms, "location") == activity
    expect_no_error(lms)

    again = open_on(visit, site, visitor, saved)
    player = again.player.ready()
    player.expect_at(activity, title)
    player.expect_notice("resumed")
    assert looks(player) == before
    assert player.text("#cg-progress-words") == progress
    if isinstance(what, Case):
        for step in plan.runs[what.id].steps[done:]:
            press(player, step.scene, step.choice)
        player.next()
        walk(player, package, plan, start=place + 1)
    else:
        walk(player, package, plan, start=place, done=done)
    finished = all(passed(quiz, plan) for quiz in package.quizzes())
    again.leave()
    assert kept(again, "status") == ("completed" if finished else "incomplete")
    expected = score(package, plan)
    assert kept(again, "raw") == "" if expected is None else float(kept(again, "raw")) == expected
    ids = [kept(again, f"cmi.interactions.{nth}.id") for nth in range(len(told_ids(package, plan)))]
    if not any("--" in name and name.partition("--")[0].startswith("u02-version") for name in ids):
        assert ids == told_ids(package, plan), "the new ones follow the old"
    expect_no_error(again)


def half(player: Player, what: Activity | None, plan: Plan) -> int:
    """Do the first half of what there is to do in an activity; how much that was comes back."""
    if isinstance(what, Quiz):
        done = what.set.pool()[: len(what.set.pool()) // 2]
        for question in done:
            player.answer(question, plan.answers[question.id])
        return len(done)
    if isinstance(what, Case):
        player.click(".cg-case-begins")
        steps = plan.runs[what.id].steps[:2]
        for step in steps:
            press(player, step.scene, step.choice)
        return len(steps)
    if isinstance(what, GridRating):
        for number, indicator in enumerate(what.grid.indicators()[:12]):
            player.click(f"[data-indicator='{indicator.id}'] input[value='{number % 5}']")
            player.frame.locator(f"[data-indicator='{indicator.id}'] textarea").fill(f"Evidence {number}")
    return 0


def press(player: Player, scene: str, choice: str) -> None:
    """Take a decision and read on."""
    player.click(f"[data-scene='{scene}'] [data-choice='{choice}'] .cg-decide")
    if player.frame.locator(".cg-case-on").is_visible():
        player.click(".cg-case-on")


@visits(
    (WELCOME, "scorm12", "scorm-again", "kept"),
    (UNIT_1, "scorm12", "scorm-again", "kept"),
    (UNIT_1, "scorm12", "scorm-again", "lost"),
    (UNIT_1, "scorm2004", "scorm-again", "lost"),
    (UNIT_2, "scorm2004", "strict", "kept"),
)
def test_a_finished_attempt_stays_finished(visit: tuple[Package, str, str, str], site: Site, visitor: Visitor) -> None:
    """Looking again, answering anew and worse, even an LMS that lost the answers: completed stays completed, the score too."""
    package, runtime, _, what = visit
    if what == "lost":
        raw = {"raw": "83.33", "min": "0", "max": "100"}
        core = {"lesson_status": "completed", "lesson_location": package.activities()[0][0], "exit": "suspend", "score": raw}
        flat = {"cmi.exit": "suspend", "cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.raw": "83.33"}
        saved: Any = {"core": core, "suspend_data": "", "interactions": []} if runtime == "scorm12" else {"flat": flat}
        was = "83.33"
    else:
        lms = open_on(visit, site, visitor)
        walk(lms.player.ready(), package, all_right(package))
        saved = lms.leave()
        was = kept(lms, "raw")
    again = open_on(visit, site, visitor, saved)
    player = again.player.ready()
    for quiz in package.quizzes():
        player.go(quiz.id)
        if what == "kept":
            player.frame.locator(".cg-retry").click()
        question = quiz.set.pool()[0]
        wrong = some_answer(question, random.Random(5), 0.0)
        expect(player.form(question).locator(".cg-check")).to_be_visible()
        assert player.answer(question, wrong) == words("question.wrong")
    again.leave()
    assert kept(again, "status") == "completed"
    assert kept(again, "raw") == was
    assert set(again.written(NAMES[runtime]["status"])) <= {"completed"}
    assert len(again.interactions()) == len(package.quizzes())
    expect_no_error(again)


@each_runtime
def test_closing_the_platforms_page_ends_the_session(runtime: str, site: Site, visitor: Visitor) -> None:
    lms = open_on((UNIT_1, runtime, "scorm-again"), site, visitor)
    lms.player.ready().next()
    lms.player.expect_at(*UNIT_1.activities()[1][:2])
    lms.page.goto(site.url("lms.html"))
    saved = json.loads(lms.page.evaluate("() => sessionStorage.getItem('finished')"))
    assert saved["flat"][NAMES[runtime]["location"]] == UNIT_1.activities()[1][0]


@each_runtime
def test_in_a_window_of_its_own(runtime: str, site: Site, visitor: Visitor) -> None:
    """Some platforms open a course in a new window; their API is in the window that opened it."""
    watched = visitor()
    page = watched.page()
    page.goto(site.url("lms.html"))
    page.evaluate("(runtime) => open_api({ before: null, mode: 'normal', runtime })", runtime)
    with page.expect_popup() as opened:
        page.evaluate("(address) => { window.popup = open(address, 'course'); }", UNIT_1.launch.replace("scorm12", runtime))
    player = Player(opened.value).ready()
    player.expect_saved("saved")
    player.next()
    player.expect_at(*UNIT_1.activities()[1][:2])
    page.evaluate("() => { popup.location = 'about:blank'; }")
    page.wait_for_function("(end) => calls.at(-1)[0] === end", arg=NAMES[runtime]["end"])
    assert page.evaluate("saved")["flat"][NAMES[runtime]["location"]] == UNIT_1.activities()[1][0]


def test_links_lead_to_anchors_and_history_works(site: Site, visitor: Visitor) -> None:
    lms = open_on((WHOLE, "scorm12", "scorm-again"), site, visitor)
    player = lms.player.ready()
    ids = {activity for activity, _, _ in WHOLE.activities()}
    followed = 0
    for activity, title, _ in WHOLE.activities():
        player.go(activity)
        player.expect_at(activity, title)
        if player.frame.locator(".cg-case").is_visible():
            player.click(".cg-case-reads")  # all scenes, one below the other
        links = player.frame.locator("#cg-content a[href^='#/']:not([href^='#/cg-glossary/'])")
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
    lms.leave()
    expect_no_error(lms)


# With a learning platform that fails (more in test_tracking.py)


@each_runtime
def test_a_platform_that_refuses_values(runtime: str, site: Site, visitor: Visitor) -> None:
    lms = open_on((UNIT_1, runtime, "strict"), site, visitor, clock=True)
    player = lms.player.ready()
    lms.page.clock.run_for(1000)
    player.expect_saved("saved")
    (quiz,) = UNIT_1.quizzes()
    plan = all_right(UNIT_1)
    lms.fail({NAMES[runtime]["prefix"] + "SetValue": "false"})
    player.go(quiz.id)
    lms.page.clock.run_for(1000)
    player.expect_saved("unsaved")
    done = quiz.set.pool()[:3]
    for question in done:
        assert player.answer(question, plan.answers[question.id]) == words("question.right")
    lms.page.clock.run_for(1000)
    player.expect_saved("unsaved")
    assert kept(lms, "location") != quiz.id
    lms.fail({})
    lms.page.clock.fast_forward(31_000)  # it tries again by itself
    player.expect_saved("saved")
    assert kept(lms, "location") == quiz.id
    part = Plan({question.id: plan.answers[question.id] for question in done}, {})
    assert float(kept(lms, "raw")) == score(UNIT_1, part)
    lms.leave()
    assert [kept(lms, f"cmi.interactions.{nth}.id") for nth in range(4)] == [*(question.id for question in done), ""]


@each_runtime
def test_a_platform_that_does_not_open(runtime: str, site: Site, visitor: Visitor) -> None:
    begin = NAMES[runtime]["prefix"] + "Initialize"
    lms = open_on((UNIT_1, runtime, "scorm-again"), site, visitor, faults={begin: "false"})
    player = lms.player.ready()
    player.expect_notice("session.failed")
    player.next()
    player.expect_at(*UNIT_1.activities()[1][:2])
    player.expect_notice("session.failed")
    assert [call.name for call in lms.calls() if call.name != begin] == []
    # The platform's own page is opened again: only it knows what is saved by now.
    with lms.page.expect_navigation():
        player.frame.locator("#cg-notice button").click()
    lms.provide()
    lms.page.evaluate("(address) => launch(address)", UNIT_1.launch.replace("scorm12", runtime))
    frame = lms.page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    Player(frame).ready().expect_saved("saved")


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
    plan = guessed(WHOLE, 6, 0.5)
    for activity, title, what in WHOLE.activities():
        player.expect_at(activity, title)
        if activity == quiz.id:
            break
        work(player, what, plan)
        player.next()
    half(player, quiz, plan)
    before, progress = looks(player), player.text("#cg-progress-words")
    page.close()

    page = watched.page()
    page.goto(address)
    player = Player(page).ready()
    player.expect_at(quiz.id, quiz.title)
    player.expect_notice("resumed")
    assert looks(player) == before
    assert player.text("#cg-progress-words") == progress
    work(player, quiz, plan, len(quiz.set.pool()) // 2)


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


# Size


@each_runtime
def test_the_player_is_small(runtime: str, tmp_path: Path) -> None:
    (whole,) = build(Path(__file__).parent.parent / "modules", tmp_path, (runtime,)).packages
    with zipfile.ZipFile(tmp_path / whole.name) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.startswith("player/")}
    assert {"player/player.js", "player/player.css"} <= set(files)
    sizes = {name: len(zlib.compress(text, 9)) for name, text in files.items()}
    assert min(sizes.values()) > 1000, sizes
    assert sum(sizes.values()) < 40_000, sizes
