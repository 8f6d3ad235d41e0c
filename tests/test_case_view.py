"""A case study in a browser: every way through a small one, resumed, replayed, read as a text, by keyboard alone, on a small screen.

What a run is worth on the screen and for the LMS is held against :mod:`coursegen.branching`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, packages_of, unpack, words
from cases import CASE, CASE_FILES, best
from playwright.sync_api import Locator, Page, expect
from samples import write_course
from test_accessibility import settled, too_wide, violations

from coursegen.branching import offered, run
from coursegen.model import Case, Choice, Course, Scene, Storyline

Visitor = Callable[..., Watched]
Path_ = list[tuple[str, str]]

PHONE = {"width": 320, "height": 640}


class Story:
    """The case of the sample, and where its package lies."""

    def __init__(self, course: Course, address: str) -> None:
        self.package: Package = next(one for one in packages_of(course) if len(one.units) == 1 and one.units[0].id == "u03")
        (case,) = (activity for activity in self.package.units[0].activities if isinstance(activity, Case))
        self.case = case
        self.storyline: Storyline = case.storyline
        self.launch = f"{address}/{self.package.launch}"
        self.scenes: dict[str, Scene] = {scene.id: scene for scene in case.storyline.scenes}

    def offers(self, path: Path_) -> list[Choice]:
        return list(offered(self.storyline, run(self.storyline, path).state))

    def choice(self, scene: str, name: str) -> Choice:
        return next(choice for choice in self.scenes[scene].choices if choice.id == name)

    def paths(self, path: Path_ | None = None) -> Iterator[Path_]:
        """Every run to an ending in which no state comes twice."""
        path = path or []
        states = [run(self.storyline, path[:count]).state for count in range(len(path) + 1)]
        if states[-1] in states[:-1]:
            return
        if self.scenes[states[-1].scene].ending is not None:
            yield path
        for choice in self.offers(path):
            yield from self.paths([*path, (states[-1].scene, choice.id)])

    def percent(self, points: int) -> str:
        return f"{float(round(Fraction(100 * points, best(self.storyline)), 2)):g}"


@pytest.fixture(scope="module")
def story(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Story:
    source = write_course(
        tmp_path_factory.mktemp("case"), {**CASE_FILES, "course.yaml": CASE_FILES["course.yaml"].replace("id: sample", "id: with-case")}
    )
    unpack(source, site.folder, tmp_path_factory.mktemp("dist"))
    return Story(course_of(source), site.address)


class Visit:
    """A learner in the case, by itself or in the frame of an LMS."""

    def __init__(self, story: Story, player: Player) -> None:
        self.story = story
        self.player = player
        self.frame = player.frame
        self.at_case()

    def at_case(self) -> None:
        self.player.expect_at(self.story.case.id, self.story.case.title)
        self.frame.locator(".cg-case.cg-playing").wait_for()

    @property
    def scene(self) -> Locator:
        """The one scene that is shown."""
        shown = self.frame.locator(".cg-scene:visible")
        expect(shown).to_have_count(1)
        return shown

    def at(self) -> str:
        return str(self.scene.get_attribute("data-scene"))

    def button(self, name: str) -> Locator:
        return self.frame.locator(f".cg-case-{name}")

    def begin(self) -> None:
        self.button("begins").click()

    def buttons(self) -> list[str]:
        """The ids of the choices that can be pressed."""
        return list(self.scene.locator("li:has(button.cg-decide:visible)").evaluate_all("all => all.map(one => one.dataset.choice)"))

    def decide(self, name: str) -> None:
        """Press a choice; its consequence is shown and read on from, where it has one."""
        scene = self.at()
        choice = self.story.choice(scene, name)
        self.scene.locator(f"[data-choice={name}] button").click()
        if choice.feedback:
            told = self.scene.locator(f"[data-choice={name}] .cg-consequence")
            expect(told.locator("h3.cg-in-play")).to_be_focused()
            expect(told).to_contain_text(choice.feedback.text())
            assert self.at() == scene
            expect(self.frame.locator(".cg-choices li:visible")).to_have_count(1)
            expect(self.frame.locator(".cg-decide:visible")).to_have_count(0)
            self.button("on").click()
        expect(self.scene.locator("h2")).to_be_focused()

    def play(self, path: Path_) -> None:
        for scene, choice in path:
            assert self.at() == scene
            self.decide(choice)

    def expect_state(self, path: Path_) -> None:
        """The scene, the choices and the variables on the screen are those that Python says."""
        state = run(self.story.storyline, path).state
        assert self.at() == state.scene
        assert self.buttons() == [choice.id for choice in self.story.offers(path)]
        expected = [
            words("case.state", title=variable.title, value=value, high=variable.high)
            for variable, value in zip(self.story.storyline.variables, state.values, strict=True)
            if variable.title
        ]
        assert self.frame.locator(".cg-case-state li:visible").all_inner_texts() == expected

    def expect_end(self, path: Path_) -> None:
        """The ending, the points and the path on the screen are those that Python says."""
        story = self.story
        done = run(story.storyline, path)
        total = best(story.storyline)
        assert self.at() == done.state.scene
        ending = story.scenes[done.state.scene].ending
        expect(self.scene.locator(".cg-ending")).to_have_text(words("case.ending", name=ending))
        line = words("case.points", points=done.points, count=total, percent=story.percent(done.points))
        expect(self.frame.locator(".cg-case-points p").first).to_have_text(line)
        expect(self.frame.locator(".cg-debrief")).to_be_visible()
        steps = self.frame.locator(".cg-case-path > ol > li")
        expect(steps).to_have_count(len(path))
        for number, (step, one) in enumerate(zip(done.steps, steps.all(), strict=True)):
            choice = story.choice(step.scene, step.choice)
            expect(one.locator("p").first).to_have_text(f"{story.scenes[step.scene].title}: {choice.text.text()}")
            most = max(each.points for each in story.offers(path[:number]))
            expect(one.locator("> p")).to_have_count(1 + (most > 0))
            if most:
                expect(one.locator("p").nth(1)).to_have_text(words("case.path.points", points=step.points, count=most))
            expect(one.locator("details")).to_have_count(1 if choice.feedback else 0)
            if choice.feedback:
                assert " ".join(str(one.locator("details").text_content()).split()).endswith(choice.feedback.text())


@pytest.fixture
def alone(story: Story, visitor: Visitor) -> Callable[..., tuple[Watched, Page, Visit]]:
    """A learner without an LMS; the browser remembers."""

    def make(**options: Any) -> tuple[Watched, Page, Visit]:
        watched = visitor(**options)
        page = watched.page()
        return watched, page, opened(page, story)

    return make


def opened(page: Page, story: Story) -> Visit:
    page.goto(f"{story.launch}#/{story.case.id}")
    return Visit(story, Player(page))


# Every path


def test_every_path_is_told_and_scored_as_python_says(story: Story, alone: Callable[..., tuple[Watched, Page, Visit]]) -> None:
    """One run after the other, each played again from the end of the one before."""
    paths = list(story.paths())
    assert len(paths) == 9
    assert {run(story.storyline, path).state.scene for path in paths} == {scene.id for scene in story.storyline.scenes if scene.ending}
    assert {run(story.storyline, path).points for path in paths} == {1, 2, 3, 5}
    _, page, visit = alone()
    visit.begin()
    most = 0
    for number, path in enumerate(paths):
        for count, (_, choice) in enumerate(path):
            visit.expect_state(path[:count])
            visit.decide(choice)
        visit.expect_end(path)
        most = max(most, run(story.storyline, path).points)
        lines = page.locator(".cg-case-points p")
        expect(lines).to_have_count(1 + (number > 0))
        if number:
            expect(lines.nth(1)).to_have_text(words("case.best", points=most, count=best(story.storyline), percent=story.percent(most)))
        visit.button("again").click()
        expect(visit.scene.locator("h2")).to_be_focused()
    visit.expect_state([])


def test_the_lms_is_told_the_best_run(story: Story, site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, story.package)
    lms.player.ready().go(story.case.id)
    visit = Visit(story, lms.player)
    paths = sorted(story.paths(), key=lambda path: run(story.storyline, path).points)
    worst_one, best_one = paths[0], paths[-1]
    visit.begin()
    for number, path in enumerate((worst_one, best_one, worst_one)):
        if number:
            visit.button("again").click()
        visit.play(path)
        expected = run(story.storyline, path if number == 0 else best_one).points
        lms.player.expect_saved("saved")
        assert float(lms.written("cmi.core.score.raw")[-1]) == float(story.percent(expected))
    told = [interaction["id"] for interaction in lms.interactions()]
    assert [name.removeprefix(f"{story.case.id}--") for name in told] == [
        scene for path in (worst_one, best_one, worst_one) for scene, _ in path
    ]
    assert lms.written("cmi.core.lesson_status")[-1] == "completed"


# Coming back


def test_the_same_scene_after_a_return(story: Story, alone: Callable[..., tuple[Watched, Page, Visit]]) -> None:
    watched, page, visit = alone()
    path = [("desk", "replace"), ("workshop", "look"), ("bench", "back")]
    expect(page.locator(".cg-scene:visible")).to_have_count(0)
    visit.begin()
    for count in range(len(path) + 1):
        visit.expect_state(path[:count])
        page.close()
        page = watched.page()
        visit = opened(page, story)
        if count:
            expect(visit.button("begins")).to_be_hidden()
        else:
            visit.begin()  # nothing was decided, so it is as at the beginning
        visit.expect_state(path[:count])
        if count < len(path):
            visit.decide(path[count][1])
    rest = [("workshop", "call"), ("phone", "plain")]
    visit.play(rest)
    visit.expect_end(path + rest)
    page.close()
    visit = opened(watched.page(), story)
    visit.expect_end(path + rest)


def test_leaving_at_a_consequence_leads_on(story: Story, alone: Callable[..., tuple[Watched, Page, Visit]]) -> None:
    watched, page, visit = alone()
    visit.begin()
    visit.scene.locator("[data-choice=ask] button").click()
    expect(visit.button("on")).to_be_visible()
    page.close()
    visit = opened(watched.page(), story)
    visit.expect_state([("desk", "ask")])


def test_an_earlier_best_run_still_counts(story: Story, alone: Callable[..., tuple[Watched, Page, Visit]]) -> None:
    watched, page, visit = alone()
    paths = sorted(story.paths(), key=lambda path: run(story.storyline, path).points)
    visit.begin()
    visit.play(paths[-1])
    visit.button("again").click()
    page.close()
    page = watched.page()
    visit = opened(page, story)
    visit.play(paths[0])
    total = best(story.storyline)
    expect(page.locator(".cg-case-points p").nth(1)).to_have_text(words("case.best", points=total, count=total, percent="100"))


# Reading


def test_the_case_as_a_text(story: Story, alone: Callable[..., tuple[Watched, Page, Visit]]) -> None:
    _, page, visit = alone()
    visit.begin()
    visit.decide("ask")
    visit.button("reads").click()
    expect(page.locator(".cg-linear")).to_be_focused()
    expect(page.locator(".cg-scene:visible")).to_have_count(len(story.storyline.scenes))
    expect(page.locator(".cg-choices li:visible")).to_have_count(sum(len(scene.choices) for scene in story.storyline.scenes))
    expect(page.locator(".cg-decide, .cg-in-play:visible")).to_have_count(0)
    text = page.locator(".cg-linear").inner_text()
    for number, scene in enumerate(story.storyline.scenes, 1):
        assert f"{number}. {scene.title}" in text
        for choice in scene.choices:
            assert choice.text.text() in text
    assert violations(page) == []
    page.locator("[data-scene=workshop] [data-choice=call] .cg-goto").click()
    expect(page.locator("[data-scene=phone] h2")).to_be_focused()
    assert page.url.endswith(f"#/{story.case.id}")
    expect(visit.button("reads")).to_have_text(words("case.play"))
    visit.button("reads").click()
    visit.expect_state([("desk", "ask")])  # looking is no deciding
    assert visit.buttons() == ["look", "call"]


def test_printing_prints_the_text(story: Story, alone: Callable[..., tuple[Watched, Page, Visit]]) -> None:
    _, page, visit = alone()
    page.evaluate(
        """() => { window.print = () => {
          window.printed = [...document.querySelectorAll(".cg-scene")].filter((one) => one.checkVisibility()).length;
          dispatchEvent(new Event("afterprint"));
        }; }"""
    )
    visit.begin()
    visit.decide("ask")
    visit.button("prints").click()
    assert page.evaluate("printed") == len(story.storyline.scenes)
    visit.expect_state([("desk", "ask")])
    expect(visit.button("prints")).to_be_focused()
    page.emulate_media(media="print")
    expect(page.locator(".cg-case .cg-buttons:visible")).to_have_count(0)


# Everybody


def test_by_keyboard_alone(story: Story, alone: Callable[..., tuple[Watched, Page, Visit]]) -> None:
    _, page, visit = alone()

    def press(target: Locator) -> None:
        for _ in range(40):
            if target.evaluate("(one) => one === document.activeElement"):
                page.keyboard.press("Enter")
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by Tab")

    path = [("desk", "ask"), ("workshop", "look"), ("bench", "back"), ("workshop", "call"), ("phone", "plain")]
    press(visit.button("begins"))
    for scene, name in path:
        expect(visit.scene.locator("h2")).to_be_focused()
        press(visit.scene.locator(f"[data-choice={name}] button"))
        if story.choice(scene, name).feedback:
            press(visit.button("on"))
    visit.expect_end(path)
    press(visit.button("again"))
    expect(visit.scene.locator("h2")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_every_moment_is_usable(story: Story, alone: Callable[..., tuple[Watched, Page, Visit]], theme: str, size: dict[str, int]) -> None:
    _, page, visit = alone(color_scheme=theme, viewport=size)

    def look() -> None:
        settled(page)
        assert violations(page) == []
        assert too_wide(page) == []
        small = page.locator(".cg-case button:visible").evaluate_all(
            "all => all.filter((one) => one.getBoundingClientRect().height < 44).length"
        )
        assert small == 0
        names = page.locator(".cg-activity [id]").evaluate_all("all => all.map((one) => one.id)")
        assert len(names) == len(set(names))

    look()
    visit.begin()
    look()
    visit.scene.locator("[data-choice=ask] button").click()
    look()
    visit.button("on").click()
    look()
    visit.play([("workshop", "call"), ("phone", "hope")])
    page.locator(".cg-case-path details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    look()
    visit.button("reads").click()
    look()


def test_a_case_without_points_says_nothing_of_points(visitor: Visitor, tmp_path: Path) -> None:
    text = "".join(line for line in CASE_FILES[CASE].splitlines(keepends=True) if "points:" not in line)
    source = write_course(tmp_path / "source", {**CASE_FILES, CASE: text})
    unpack(source, tmp_path / "site", tmp_path / "dist")
    story = Story(course_of(source), (tmp_path / "site").as_uri())
    page = visitor().page()
    visit = opened(page, story)
    assert words("case.how.points") not in page.locator(".cg-case").inner_text()
    visit.begin()
    visit.play([("desk", "ask"), ("workshop", "call"), ("phone", "guess")])
    expect(page.locator(".cg-ending:visible")).to_have_count(1)
    expect(page.locator(".cg-case-points")).to_be_hidden()
    expect(page.locator(".cg-case-path > ol > li")).to_have_count(3)
    assert page.locator(".cg-case-path > ol > li > p").count() == 3
