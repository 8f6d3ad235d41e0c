"""Attempts survive an update: a learner begins, the course is edited and built anew, and the learner comes back; five times over.

What the platform is told at each visit is held against the edited sources: the answers that still apply, and their score.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from browser import Lms, Package, Site, Watched, course_of, right_answer, unpack, words
from cases import CASE, CASE_FILES
from playwright.sync_api import expect
from samples import FILES, write_course

from coursegen.branching import prove
from coursegen.model import Course, Question

Visitor = Callable[..., Watched]

WHY, PARTS, QUIZ, QUIZ_2, UNIT, COURSE = (
    "01-brakes/pages/why.html",
    "01-brakes/pages/parts.html",
    "01-brakes/quiz.yaml",
    "02-discs/quiz.yaml",
    "01-brakes/unit.yaml",
    "course.yaml",
)
NEW_PAGE = "01-brakes/pages/new.html"
NEW_QUESTION = """
  - id: q-new
    kind: true-false
    stem: <p>Brakes turn motion into heat.</p>
    answer: true
    outcomes: [lo-1-1]
    if_true: They do.
    if_false: They do.
    feedback: <p>Heat it is.</p>
"""


def edited(source: dict[str, str], file: str, *changes: tuple[str, str]) -> dict[str, str]:
    """The sources with words of one file replaced; each must be there."""
    text = source[file]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return {**source, file: text}


def _page_added_and_one_reworded(source: dict[str, str]) -> dict[str, str]:
    source = {**source, NEW_PAGE: "<p>Drums are brakes too.</p>\n"}
    entry = "  - kind: page\n    id: u01-new\n    title: Drums\n    minutes: 5\n    file: pages/new.html\n"
    source = edited(source, UNIT, ("activities:\n", f"activities:\n{entry}"), ("minutes: 55", "minutes: 60"))
    source = edited(source, COURSE, ("workload: 120", "workload: 125"))
    return edited(source, WHY, ("Brakes turn motion into heat.", "Brakes change motion into heat."))


def _renamed_and_moved(source: dict[str, str]) -> dict[str, str]:
    source = edited(source, UNIT, ("title: Why brakes matter", "title: Why we brake"))
    source = edited(source, COURSE, ("  - 01-brakes\n  - 02-discs\n", "  - 02-discs\n  - 01-brakes\n"))
    first = source[QUIZ].index("  - id: q-parts")
    return {**source, QUIZ: source[QUIZ].replace(source[QUIZ][first:], "").replace("questions:\n", f"questions:\n{source[QUIZ][first:]}\n")}


def _question_added_and_options_reworded(source: dict[str, str]) -> dict[str, str]:
    source = edited(source, QUIZ, ("text: A dial gauge", "text: A gauge with a dial"), ("points: 2", "points: 3"))
    return {**source, QUIZ: source[QUIZ].rstrip() + "\n" + NEW_QUESTION}


def _keys_mended(source: dict[str, str]) -> dict[str, str]:
    wears = "{id: b, text: Discs, correct: true, feedback: 'They <b>do</b>, slowly.'}"
    source = edited(source, QUIZ, (wears, "{id: b, text: Discs, feedback: Too slowly to count.}"))
    return edited(source, QUIZ_2, ("answer: false", "answer: true"))


def _scene_lost_and_page_removed(source: dict[str, str]) -> dict[str, str]:
    text = source[UNIT]
    start, end = text.index("  - kind: page\n    id: u01-parts"), text.index("  - kind: quiz")
    source = {**source, UNIT: text[:start] + text[end:].replace('<li>See <a href="pages/parts.html#disc">the disc</a>.</li>', "")}
    source = {name: body for name, body in source.items() if name != PARTS}
    source = edited(source, UNIT, ("minutes: 60", "minutes: 45"))
    source = edited(source, COURSE, ("workload: 125", "workload: 110"))
    source = edited(source, WHY, ('<a href="parts.html#disc">The disc</a>', "The disc"))
    return edited(source, CASE, ('<a href="../01-brakes/pages/parts.html#disc">The disc</a>', "The disc"), ("id: ask\n", "id: question\n"))


EDITS = (
    _page_added_and_one_reworded,
    _renamed_and_moved,
    _question_added_and_options_reworded,
    _keys_mended,
    _scene_lost_and_page_removed,
)


class Version(NamedTuple):
    """An edition of the course as the platform serves it."""

    package: Package
    course: Course

    def question(self, name: str) -> Question:
        return next(question for question in self.package.questions() if question.id == name)


@pytest.fixture(scope="module", params=["scorm12", "scorm2004"])
def editions(request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Version]]:
    """The course before and after each edit, built and unpacked side by side."""
    runtime: str = request.param
    source = {**FILES, **CASE_FILES}
    found = []
    for nth, edit in enumerate((lambda same: same, *EDITS)):
        source = edit(source)
        folder = tmp_path_factory.mktemp(f"{runtime}-{nth}")
        write_course(folder, {**dict.fromkeys(FILES), **source})
        below = site.folder / f"updates-{runtime}-{nth}"
        unpack(folder, below, tmp_path_factory.mktemp("dist"))
        course = course_of(folder)
        found.append(Version(Package(f"{below.name}/sample-en-{runtime}", course.units), course))
    return runtime, found


class Visits:
    """A learner who comes back to each edition with what the platform has kept."""

    def __init__(self, watched: Watched, site: Site, runtime: str) -> None:
        self.watched, self.site, self.runtime = watched, site, runtime
        self.saved: Any = None

    def begin(self, version: Version) -> Lms:
        self.lms = Lms(self.watched, self.site, version.package, self.saved, runtime=self.runtime, platform="strict")
        self.lms.player.ready().expect_saved("saved")
        return self.lms

    def score(self) -> float:
        return float(self.lms.kept()["cmi.core.score.raw" if self.runtime == "scorm12" else "cmi.score.raw"])

    def notice(self) -> str:
        return self.lms.player.text("#cg-notice")

    def locked(self, version: Version, activity: str) -> dict[str, bool]:
        """Which questions of a quiz are answered for good."""
        self.lms.player.go(activity)
        return {shown["question"]: all(locked for _, _, locked in shown["inputs"]) for shown in self.lms.player.shown()}

    def end(self) -> None:
        self.lms.player.expect_saved("saved")
        self.saved = self.lms.leave()


def best_of(version: Version) -> int:
    """The points that the case can bring."""
    return prove(next(case for unit in version.course.units for case in unit.cases()).storyline).best.points


def test_an_attempt_goes_through_a_series_of_edits(visitor: Visitor, site: Site, editions: tuple[str, list[Version]]) -> None:
    runtime, (first, grown, moved, scored, mended, cut) = editions
    learner = Visits(visitor(), site, runtime)

    def per_cent(version: Version, quiz: float, word: int, case: int) -> float:
        """The score: the first quiz by its share, the second and the case by their points."""
        one, two = (
            [question.points for question in quiz.set.questions]
            for quiz in version.package.quizzes()[:: 1 if version is first or version is grown else -1]
        )
        return round(100 * (quiz * sum(one) + word + case) / (sum(one) + sum(two) + best_of(version)) + 1e-9, 2)

    # Two pages, the first quiz without a mistake, half of the second, and the first decision of the case.
    player = learner.begin(first).player
    for page in ("u01-why", "u01-parts", "u01-quiz"):
        player.go(page)
    for name in ("q-run-out", "q-parts"):
        player.answer(first.question(name), right_answer(first.question(name)))
    player.go("u02-quiz")
    player.answer(first.question("q-same"), right_answer(first.question("q-same")))
    player.go("u03-case")
    player.frame.locator(".cg-case button:visible").first.click()
    player.frame.get_by_role("button", name="Ask when it pulls").click()
    learner.end()
    assert learner.score() == per_cent(first, 1, 1, 2)

    # A page is new, another was reworded: that is told, and nothing is lost.
    player = learner.begin(grown).player
    player.expect_at("u03-case", "The brakes pull")
    assert words("changes.title") in learner.notice()
    assert {"Drums", "Why brakes matter"} <= set(learner.notice().splitlines())
    assert words("changes.removed", count=1) not in learner.notice()
    assert learner.score() == per_cent(grown, 1, 1, 2)
    assert learner.locked(grown, "u01-quiz") == {"q-run-out": True, "q-parts": True}
    player.go("u01-new")
    learner.end()

    # Units and questions change places, a page changes its name.
    player = learner.begin(moved).player
    player.expect_at("u01-new", "Drums")
    assert words("changes.added", count=1) not in learner.notice(), "what was new is known now"
    assert learner.score() == per_cent(moved, 1, 1, 2)
    assert learner.locked(moved, "u01-quiz") == {"q-parts": True, "q-run-out": True}
    expect(player.frame.locator(".cg-item[href='#/u01-why']")).to_have_attribute("data-state", "done")
    expect(player.frame.locator(".cg-item[href='#/u01-why'] .cg-item-title")).to_have_text("Why we brake")
    learner.end()

    # A question is new, another is worth more: the quiz is open again, what was reached in it stays reached.
    player = learner.begin(scored).player
    assert "Check yourself" in learner.notice()
    assert learner.score() == per_cent(scored, 1, 1, 2)
    assert learner.locked(scored, "u01-quiz") == {"q-parts": True, "q-run-out": True, "q-new": False}
    expect(player.frame.locator(".cg-item[href='#/u01-quiz']")).to_have_attribute("data-state", "done")
    learner.end()

    # The keys of two answered questions were wrong: their answers are gone, and nothing else.
    player = learner.begin(mended).player
    assert {"Check yourself", "Wear or not"} <= set(learner.notice().splitlines())
    assert learner.score() == per_cent(mended, 1, 0, 2)
    assert learner.locked(mended, "u01-quiz") == {"q-parts": False, "q-run-out": True, "q-new": False}
    assert learner.locked(mended, "u02-quiz") == {"q-same": False, "q-word": False}
    player.answer(mended.question("q-same"), right_answer(mended.question("q-same")))
    learner.end()

    # A decision and a page are no longer there.
    player = learner.begin(cut).player
    assert words("changes.removed", count=1) in learner.notice()
    assert "The brakes pull" in learner.notice().splitlines()
    assert learner.score() == per_cent(cut, 1, 1, 0)
    player.go("u03-case")
    player.frame.locator(".cg-case button:visible").first.click()
    expect(player.frame.get_by_role("heading", name="At the desk")).to_be_visible()
    learner.end()

    # And when nothing has changed, nothing is told.
    player = learner.begin(cut).player
    assert words("changes.title") not in learner.notice()
    assert learner.score() == per_cent(cut, 1, 1, 0)
