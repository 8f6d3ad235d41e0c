"""Case studies of the native backup in a running Moodle: learners play them there, and get the words, the grade and the completion that
are due.

They wait for a Moodle as ``tests/test_moodle.py`` does, with the same environment variables. Its language is English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from backup import Backup
from cases import CASE_FILES
from lessons import MULTIPLE_CHOICE, Answer, Lesson, Page, words_of
from moodle_site import Moodle, waits
from playwright.sync_api import Browser, Dialog
from playwright.sync_api import Page as Tab
from questions import HOSTILE, course_of, rich
from samples import write_course
from test_backup_lesson import backup_of, squeezed
from test_branching import choice, scene, story, variable

from coursegen.archive import write_zip
from coursegen.check import check_source
from coursegen.model import Case, Course, Identifier, Plain, Storyline

pytestmark = waits


def around() -> Storyline:
    """Without points: buttons, what comes of them, and ways back."""
    return story(
        scene(
            "a",
            replace(choice("go", "b"), text=rich("Go & look"), feedback=rich("You walk.")),
            replace(choice("stay", "a"), text=rich("Stay")),
        ),
        scene(
            "b", replace(choice("back", "a"), text=rich("Back"), feedback=rich("Again.")), replace(choice("end", "end"), text=rich("End"))
        ),
        scene("end"),
    )


def hostile() -> Storyline:
    """A scene for each of the words that are hard to write; with points in every other one."""
    words = [*(each[:120] for each in HOSTILE), "Smile :-) \\(x^2\\) $$y$$ (y)"]
    scenes = [
        replace(
            scene(
                f"h{n}",
                replace(choice("x", f"h{n + 1}", n % 2), text=rich(each), feedback=rich(f"feedback {each}")),
                replace(choice("y", f"h{n + 1}"), text=rich(f"other {each}")),
            ),
            title=Plain(f"Title {n} {each}"),
            text=rich(f"Text {each}"),
        )
        for n, each in enumerate(words)
    ]
    ending = replace(scene(f"h{len(words)}"), ending=Plain(f"The end {words[0]}"))
    return story(*scenes, ending, variables=(replace(variable("v"), title=Plain(f"Value {words[1]}")),))


def course_with(folder: Path) -> Course:
    """The sample case, and those above."""
    course, _ = check_source(write_course(folder, CASE_FILES))
    assert course is not None
    stories = {"sample": next(course.units[2].cases()).storyline, "around": around(), "hostile": hostile()}
    cases = tuple(Case(id=Identifier(f"c-{name}"), title=Plain(name), storyline=one) for name, one in stories.items())
    small = course_of(())
    return replace(small, units=(replace(small.units[0], activities=cases),))


class Restored(NamedTuple):
    """A backup in Moodle, with the number of each lesson's course module there."""

    lessons: dict[str, Lesson]
    cms: dict[str, int]
    tab: Tab
    """Where the learner is logged in."""
    url: str


@pytest.fixture(scope="module")
def restored(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restored]:
    moodle, folder = Moodle(), tmp_path_factory.mktemp("lessons")
    backup: Backup = backup_of(course_with(folder / "course"))
    write_zip(folder / "lessons.mbz", backup.files.items(), first="moodle_backup.xml")
    found = moodle.take("restore", folder / "lessons.mbz")
    assert "error" not in found, found["error"]
    assert found["precheck"] == []
    cms = {each["name"]: int(each["cmid"]) for section in found["sections"] for each in section["mods"] if each["type"] == "lesson"}
    office, room = chromium.new_context(), chromium.new_context()
    enrol(moodle.enter(office, moodle.admin), moodle, int(found["course"]["id"]))
    lessons = {each.name: Lesson(each) for each in backup.activities if each.module == "lesson"}
    yield Restored(lessons, cms, moodle.enter(room, moodle.learner), moodle.url)
    office.close()
    room.close()


def enrol(tab: Tab, moodle: Moodle, course: int) -> None:
    """Make the learner a student of a course."""
    tab.goto(f"{moodle.url}/enrol/instances.php?id={course}")
    tab.goto(str(tab.locator('a[href*="/enrol/manual/manage.php"]').first.get_attribute("href")))
    tab.fill("#addselect_searchtext", f"{moodle.learner[0]}@")
    someone = tab.locator("#addselect option", has_text=f"{moodle.learner[0]}@")
    someone.wait_for(state="attached")
    tab.select_option("#addselect", str(someone.get_attribute("value")))
    tab.click("#add")
    tab.locator("#removeselect option", has_text=f"{moodle.learner[0]}@").wait_for(state="attached")


class Player:
    """A learner in a lesson, compared page by page with what the file says."""

    def __init__(self, restored: Restored, name: str) -> None:
        self.tab, self.lesson = restored.tab, restored.lessons[name]
        self.address = f"{restored.url}/mod/lesson/view.php?id={restored.cms[name]}"
        self.page = self.lesson.order[0]
        self.attempts: list[tuple[Page, Answer]] = []
        self.tab.goto(self.address)
        self.compare()

    @property
    def words(self) -> str:
        return squeezed(self.tab.locator("[role=main]").text_content() or "")

    def compare(self) -> None:
        """This is the page, with its title, its words and its answers: buttons in their order, answers in any."""
        for said in (words_of(self.page.title), self.page.words):
            assert squeezed(said) in self.words
        asks = self.page.kind == MULTIPLE_CHOICE
        shown = [
            squeezed(each)
            for each in self.tab.locator(".answeroption label" if asks else ".branchbuttoncontainer button").all_text_contents()
        ]
        expected = [squeezed(words_of(each.text) if asks else each.text) for each in self.page.answers]
        assert (sorted(shown) if asks else shown) == (sorted(expected) if asks else expected)

    def decide(self, place: int) -> None:
        """Take the answer at a place, see what comes of it, and go on."""
        answer = self.page.answers[place]
        self.attempts.append((self.page, answer))
        if self.page.kind == MULTIPLE_CHOICE:
            said = squeezed(words_of(answer.text))
            labels = self.tab.locator(".answeroption label")
            labels.nth([squeezed(each) for each in labels.all_text_contents()].index(said)).click()
            self.tab.locator("[role=main] form [type=submit]").click()
            if answer.response:
                assert squeezed(words_of(answer.response)) in self.words
                self.tab.locator("[role=main] form button[type=submit]").click()
        else:
            self.tab.locator(".branchbuttoncontainer button").nth(place).click()
        self.tab.wait_for_load_state()
        if answer.jump > 0:
            self.page = self.lesson.by_id[answer.jump]
            self.compare()

    def is_done(self) -> bool:
        """Whether Moodle takes it for completed."""
        self.tab.goto(self.address)
        return "Done:" in (self.tab.locator("[data-region=activity-information]").text_content() or "")

    def told(self) -> tuple[int, int, float] | None:
        """The points, of how many, and the grade that the last page tells."""
        said = self.tab.locator("[role=main]").text_content() or ""
        points = re.search(r"Your score is (\d+) \(out of (\d+)\)", said)
        grade = re.search(r"Your current grade is ([\d.]+) out of 100", said)
        return (int(points[1]), int(points[2]), float(grade[1])) if points and grade else None

    def right(self) -> tuple[int, int, float]:
        """What it should tell, by the rules of Moodle for the answers given; tests/test_backup_lesson.py compares those with the course."""
        share = self.lesson.grade(self.attempts)
        assert share is not None
        last = {page.id: answer.score for page, answer in self.attempts if page.kind == MULTIPLE_CHOICE}
        most = sum(max(each.score for each in self.lesson.by_id[ident].answers) for ident in last)
        return sum(last.values()), most, round(float(share), 1)


def names(player: Player) -> list[str]:
    return [words_of(each.text) for each in player.page.answers]


def play(player: Player, *decisions: str) -> None:
    for decision in decisions:
        (place,) = (place for place, said in enumerate(names(player)) if said.startswith(decision))
        player.decide(place)


def test_ways_through_a_case(restored: Restored) -> None:
    """The best way, with a loop; then a worse one, after a break in the middle. The best one counts."""
    player = Player(restored, "sample")
    assert not player.is_done()
    player = Player(restored, "sample")
    play(player, "Begin", "Ask", "Measure", "Go back", "Call her", "Tell her what you know")
    assert "The story ends: A customer who comes back" in player.page.words
    play(player, "Finish")
    assert player.told() == player.right() == (5, 5, 100.0)
    assert player.is_done()

    player = Player(restored, "sample")
    play(player, "Begin", "Order")
    player.tab.goto(player.address)  # the learner has gone, and comes back
    player.tab.locator('a[href*="startlastseen=yes"]').click()
    player.compare()
    play(player, "Call her", "Tell her what you guess", "Finish")
    assert player.told() == player.right() == (1, 5, 20.0)
    assert player.is_done()
    player.tab.goto(f"{restored.url}/grade/report/overview/index.php")
    assert "100.00" in player.tab.locator("[role=main]").inner_text()


def test_a_case_without_points(restored: Restored) -> None:
    """Round and round, and to the end: no grade, and done."""
    player = Player(restored, "around")
    assert not player.is_done()
    player = Player(restored, "around")
    play(player, "Begin", "Go & look", "Go on", "Back", "Go on", "Stay", "Go & look", "Go on", "End", "Finish")
    assert player.told() is None
    assert player.is_done()


@pytest.mark.parametrize("first", [True, False])
def test_hostile_words(first: bool, restored: Restored) -> None:
    """On every kind of page, and what comes of each choice."""
    dialogs: list[str] = []

    def seen(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    restored.tab.on("dialog", seen)
    player = Player(restored, "hostile")
    play(player, "Begin")
    while player.page.answers[0].jump > 0:
        player.decide(0 if first or len(player.page.answers) == 1 else 1)
    player.decide(0)
    assert player.told() == player.right()
    assert dialogs == []
