"""A rating on an analysis grid in a browser: levels, evidence, the profile, the comparison, a second rating, the file, paper, keyboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, packages_of, unpack, words
from grids import GRID_FILES, REFERENCE
from playwright.sync_api import Locator, Page, expect
from samples import write_course
from test_accessibility import settled, too_wide, violations

from coursegen.model import GridRating

Visitor = Callable[..., Watched]
INDICATORS = ("job", "reason", "stop")
LEVELS = {"job": 2, "reason": 3, "stop": 0}
LONG = "x" * 300
ARABIC = {"course.yaml": GRID_FILES["course.yaml"].replace("language: en", "language: ar")}


class Course:
    """The sample course with a grid: the package of its third unit, unpacked below ``folder``."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        self.package: Package = next(one for one in packages_of(course_of(source)) if one.units[0].id == "u03" and len(one.units) == 1)
        self.ratings = {one.id: one for one in self.package.units[0].activities if isinstance(one, GridRating)}

    @property
    def launch(self) -> str:
        return (self.folder / self.package.launch).as_uri()

    def served(self, site: Site) -> str:
        """Where the package is on the web, beside a learning platform."""
        shutil.copytree(self.folder / self.package.name, site.folder / self.package.name, dirs_exist_ok=True)
        return site.url(self.package.launch)


def made(tmp_path_factory: pytest.TempPathFactory, changes: dict[str, str | None]) -> Course:
    source, folder = tmp_path_factory.mktemp("grids"), tmp_path_factory.mktemp("unpacked")
    write_course(source, {**GRID_FILES, **changes})
    unpack(source, folder, tmp_path_factory.mktemp("dist"))
    return Course(source, folder)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return made(tmp_path_factory, {})


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return made(tmp_path_factory, {**ARABIC})


class Rating:
    """A learner who rates a lesson, in a page or in a frame of an LMS."""

    def __init__(self, player: Player, page: Page) -> None:
        self.player = player
        self.page = page
        self.frame = player.frame

    def ready(self) -> Rating:
        self.frame.locator(".cg-grid").wait_for()
        return self

    def field(self, indicator: str) -> Locator:
        return self.frame.locator(f"[data-indicator='{indicator}']")

    def rate(self, levels: dict[str, int]) -> Rating:
        for indicator, level in levels.items():
            self.field(indicator).locator(f"input[value='{level}']").check()
        return self

    def write(self, indicator: str, text: str) -> None:
        """Write a line of evidence and go on."""
        area = self.field(indicator).locator("textarea")
        area.fill(text)
        area.blur()

    def press(self, name: str) -> None:
        self.frame.locator(f".cg-grid-{name}").click()

    def show(self) -> Rating:
        self.press("show")
        expect(self.profile).to_be_visible()
        return self

    @property
    def profile(self) -> Locator:
        return self.frame.locator(".cg-grid-profile")

    @property
    def progress(self) -> Locator:
        return self.frame.locator(".cg-grid-rated")

    def table(self) -> list[list[str]]:
        """The words of the table, row by row."""
        found: list[list[str]] = self.frame.locator(".cg-grid-table tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim().replace(/\\s+/g, ' ')))"
        )
        return found

    def marks(self, name: str) -> list[float]:
        """How far along its line each mark of the chart stands, of the width of its drawing."""
        found: list[float] = self.frame.locator(f".cg-grid-row .cg-grid-{name}-mark").evaluate_all(
            """marks => marks.map((mark) => {
              const [box, line] = [mark.firstElementChild, mark.ownerSVGElement].map((part) => part.getBoundingClientRect());
              return Math.round(1000 * (box.x + box.width / 2 - line.x) / line.width) / 1000;
            })"""
        )
        return found

    def shown(self) -> object:
        """Everything that follows from the record."""
        return self.frame.evaluate(
            """() => ({
              chosen: [...document.querySelectorAll("[data-indicator] input:checked")].map((input) => [input.name, input.value]),
              written: [...document.querySelectorAll("[data-indicator] textarea")].map((area) => area.value),
              words: document.querySelector(".cg-grid").innerText,
            })"""
        )


@pytest.fixture
def visit(course: Course, visitor: Visitor) -> Callable[..., Rating]:
    """Opens a rating without an LMS; what the browser remembers lies in its context."""

    def make(name: str = "u03-sample", watched: Watched | None = None, at: Course = course, launch: str = "", **options: object) -> Rating:
        page = (watched or visitor(**options)).page()
        page.goto(f"{launch or at.launch}#/{name}")
        return Rating(Player(page), page).ready()

    return make


HEAD = [words(f"grid.{key}") for key in ("indicator", "mine", "evidence")]
COMPARED = [words(f"grid.{key}") for key in ("indicator", "mine", "reference", "reason", "evidence")]
AGAIN = [words(f"grid.{key}") for key in ("indicator", "mine", "reference", "reason", "earlier", "evidence")]


def test_the_profile_of_a_part(visit: Callable[..., Rating]) -> None:
    """It can be looked at any time. The reference is not shown before all is rated."""
    at = visit()
    expect(at.progress).to_have_text("0 of 3 rated")
    expect(at.profile).to_be_hidden()
    at.rate({"job": 2})
    expect(at.progress).to_have_text("1 of 3 rated")
    at.show()
    expect(at.profile.locator("h2")).to_be_focused()
    unrated = words("grid.unrated")
    assert at.table() == [
        HEAD,
        ["Work task"],
        ["Real job", "2 Organised", ""],
        ["Reason for digital", unrated, ""],
        ["Safety"],
        ["Stop points", unrated, ""],
    ]
    assert at.player.text(".cg-grid-compare") == words("grid.later", of=3, title="Three trainers of the workshop")
    assert at.marks("mine") == [0.375]
    assert at.marks("reference") == []
    expect(at.frame.locator(".cg-grid-keep")).to_be_hidden()
    assert "complaint" not in at.frame.locator(".cg-grid").inner_text()


def test_the_whole_profile(visit: Callable[..., Rating]) -> None:
    """All rated: the chart and the table have the reference, its reasons and the evidence, and nothing is added up."""
    at = visit().rate(LEVELS)
    at.write("job", "  The plan,\n page 1 <b>  ")
    at.show()
    assert at.table() == [
        COMPARED,
        ["Work task"],
        ["Real job", "2 Organised", "3 Shared & kept", "The complaint of a customer leads the lesson.", "The plan, page 1 <b>"],
        ["Reason for digital", "3 Shared & kept", "1 Improvised", "Nobody says why.", ""],
        ["Safety"],
        ["Stop points", words("grid.na"), words("grid.na"), "", ""],
    ]
    assert at.marks("mine") == [0.375, 0.625, 0.875]
    assert at.marks("reference") == [0.625, 0.125, 0.875]
    assert at.player.text(".cg-grid-compare") == words("grid.compare", title="Three trainers of the workshop")
    told = at.profile.inner_text().lower()
    assert not re.search(r"\b(total|average|mean|sum|score|percent)\b|%", told)


def test_a_change_is_in_the_profile_at_once(visit: Callable[..., Rating]) -> None:
    at = visit().rate(LEVELS).show()
    at.rate({"job": 1})
    assert at.table()[2][1] == "1 Improvised"
    assert at.marks("mine")[0] == 0.125


def test_a_return_finds_everything(visit: Callable[..., Rating], visitor: Visitor) -> None:
    watched = visitor()
    at = visit(watched=watched).rate(LEVELS)
    at.write("stop", "There is no practice in it.")
    at.show()
    before = at.shown()
    at.page.close()
    again = visit(watched=watched)
    expect(again.profile).to_be_visible()
    assert again.shown() == before


def test_evidence_is_kept_after_a_pause(visit: Callable[..., Rating], visitor: Visitor) -> None:
    """Not at every key, and without leaving the field."""
    watched = visitor()
    at = visit(watched=watched)
    at.frame.evaluate(
        """() => {
          window.writes = 0;
          const set = Storage.prototype.setItem;
          Storage.prototype.setItem = function (...it) { window.writes += 1; set.apply(this, it); };
        }"""
    )
    at.field("job").locator("textarea").press_sequentially("The plan of the lesson, page 1", delay=10)
    assert at.frame.evaluate("() => window.writes") == 0
    at.frame.wait_for_function("() => window.writes > 0")
    assert at.field("job").locator("textarea").evaluate("(area) => area === document.activeElement")
    at.page.close()
    assert visit(watched=watched).field("job").locator("textarea").input_value() == "The plan of the lesson, page 1"


def test_what_was_just_typed_is_kept_when_the_page_goes(visit: Callable[..., Rating], visitor: Visitor) -> None:
    watched = visitor()
    at = visit(watched=watched)
    at.field("reason").locator("textarea").press_sequentially("Nobody said")
    at.page.goto("about:blank")
    assert visit(watched=watched).field("reason").locator("textarea").input_value() == "Nobody said"


def test_keeping_a_rating_and_rating_again(visit: Callable[..., Rating], visitor: Visitor) -> None:
    """The levels become the earlier ones. It is asked first, since the evidence goes."""
    watched = visitor()
    at = visit(watched=watched).rate(LEVELS)
    at.write("job", "The plan.")
    at.show()
    at.press("keep")
    expect(at.frame.locator(".cg-grid-again")).to_be_focused()
    expect(at.frame.locator(".cg-grid-again")).to_have_accessible_name(words("grid.keep.lead"))
    at.press("no")
    expect(at.frame.locator(".cg-grid-keep")).to_be_focused()
    assert at.field("job").locator("textarea").input_value() == "The plan."
    at.press("keep")
    at.press("yes")
    expect(at.progress).to_have_text("0 of 3 rated")
    expect(at.profile).to_be_hidden()
    expect(at.frame.locator(".cg-grid-title")).to_be_focused()
    assert at.field("job").locator("textarea").input_value() == ""
    at.rate({"job": 3, "reason": 3, "stop": 1}).show()
    assert at.table()[0] == AGAIN
    assert [row[4] for row in at.table() if len(row) == 6][1:] == ["2 Organised", "3 Shared & kept", words("grid.na")]
    assert at.marks("earlier") == [0.375, 0.625, 0.875]
    before = at.shown()
    at.page.close()
    assert visit(watched=watched).shown() == before


def test_each_activity_has_its_own_rating(visit: Callable[..., Rating]) -> None:
    """One grid, two activities; the second has no reference."""
    at = visit().rate(LEVELS)
    at.player.go("u03-own")
    expect(at.progress).to_have_text("0 of 3 rated")
    at.rate({"job": 1, "reason": 1, "stop": 1}).show()
    assert at.table()[0] == HEAD
    assert at.player.text(".cg-grid-compare") == ""
    at.player.go("u03-sample")
    expect(at.field("job").locator("input[value='2']")).to_be_checked()


def test_the_way_to_what_is_not_rated(visit: Callable[..., Rating]) -> None:
    at = visit().rate({"job": 1})
    at.press("open")
    expect(at.field("reason").locator("input").first).to_be_focused()
    expect(at.progress).to_have_text("1 of 3 rated")
    at.rate(LEVELS)
    expect(at.frame.locator(".cg-grid-open")).to_be_hidden()


def test_the_file(visit: Callable[..., Rating]) -> None:
    """A page in words, with all evidence, that can be read without the course."""
    at = visit().rate(LEVELS)
    at.write("job", "The plan <b> & page 1")
    at.show()
    with at.page.expect_download() as waiting:
        at.press("save")
    download = waiting.value
    assert download.suggested_filename == "u03-sample.html"
    text = download.path().read_text("utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en"')
    page = at.page.context.new_page()
    page.set_content(text)
    assert page.locator("h1").inner_text() == "Rate a sample lesson"
    for said in ("The plan <b> & page 1", "3 Shared & kept", "Nobody says why.", "3 of 3 rated", "Brakes & discs", "Three trainers"):
        expect(page.locator("body")).to_contain_text(said)
    assert page.locator("script, link, img, [src], [href]").count() == 0


def test_on_paper(visit: Callable[..., Rating]) -> None:
    """Before the profile is shown, the form; then the profile alone. No buttons, and no colour that is needed."""
    at = visit().rate(LEVELS)
    at.page.emulate_media(media="print")
    expect(at.field("job")).to_be_visible()
    expect(at.frame.locator(".cg-grid-show")).to_be_hidden()
    at.page.emulate_media(media="screen")
    at.show()
    at.page.emulate_media(media="print")
    expect(at.field("job")).to_be_hidden()
    expect(at.frame.locator(".cg-grid-table")).to_be_visible()
    expect(at.frame.locator(".cg-grid-save")).to_be_hidden()
    shapes = at.frame.locator(".cg-grid-key svg svg > *").evaluate_all("all => all.map((one) => one.localName + one.getAttribute('d'))")
    assert len(shapes) == len(set(shapes)) == 2


def test_the_print_button(visit: Callable[..., Rating]) -> None:
    at = visit().rate(LEVELS).show()
    at.frame.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    at.press("print")
    assert at.frame.evaluate("() => window.printed") == 1


def test_by_keyboard_alone(visit: Callable[..., Rating]) -> None:
    """From the first level to a new rating with Tab, arrows, Enter and Space."""
    at = visit()
    keys = at.page.keyboard
    at.field("job").locator("input").first.focus()
    keys.press("ArrowRight")
    expect(at.field("job").locator("input[value='2']")).to_be_checked()
    keys.press("Tab")
    keys.type("The plan.")
    for indicator in ("reason", "stop"):
        keys.press("Tab")
        keys.press("Space")
        expect(at.field(indicator).locator("input[value='1']")).to_be_checked()
        keys.press("Tab")
    keys.press("Tab")
    expect(at.frame.locator(".cg-grid-show")).to_be_focused()
    keys.press("Enter")
    expect(at.profile.locator("h2")).to_be_focused()
    assert at.table()[2][1:3] == ["2 Organised", "3 Shared & kept"]
    for _ in range(3):
        keys.press("Tab")
    expect(at.frame.locator(".cg-grid-keep")).to_be_focused()
    keys.press("Enter")
    expect(at.frame.locator(".cg-grid-again")).to_be_focused()
    keys.press("Tab")
    expect(at.frame.locator(".cg-grid-yes")).to_be_focused()
    keys.press("Enter")
    expect(at.progress).to_have_text("0 of 3 rated")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(visit: Callable[..., Rating], course: Course, site: Site, scheme: str) -> None:
    at = visit(launch=course.served(site), color_scheme=scheme).rate(LEVELS).show()
    settled(at.page)
    assert violations(at.page) == []
    at.press("keep")
    at.page.set_viewport_size({"width": 320, "height": 700})
    settled(at.page)
    assert too_wide(at.page) == []
    assert violations(at.page) == []


def test_forced_colours(visit: Callable[..., Rating]) -> None:
    """The marks of the chart are drawn in a colour of the system's."""
    at = visit(forced_colors="active").rate(LEVELS).show()
    fill = at.frame.locator(".cg-grid-row .cg-grid-mine-mark").first.evaluate("(mark) => getComputedStyle(mark).fill")
    ink = at.frame.locator("body").evaluate("(body) => getComputedStyle(body).color")
    assert fill == ink


def test_from_right_to_left(visit: Callable[..., Rating], arabic: Course) -> None:
    """The lowest level is where reading begins, in the chart as in the row of numbers above it."""
    at = visit(at=arabic).rate(LEVELS).show()
    assert at.marks("mine") == [0.625, 0.375, 0.125]
    numbers = (
        at.frame.locator(".cg-grid-scale").first.locator("span").evaluate_all("all => all.map((one) => one.getBoundingClientRect().x)")
    )
    assert numbers == sorted(numbers, reverse=True)
    at.page.set_viewport_size({"width": 320, "height": 700})
    settled(at.page)
    assert too_wide(at.page) == []


def test_what_an_lms_gets(course: Course, site: Site, visitor: Visitor) -> None:
    """The levels as one interaction when the profile of a whole rating is shown; again only if something has changed."""
    course.served(site)
    lms = Lms(visitor(), site, course.package)
    lms.player.ready().go("u03-sample")
    at = Rating(lms.player, lms.page).ready().rate({"job": 2, "reason": 3}).show()
    assert lms.interactions() == []
    at.rate({"stop": 0}).show()
    at.show()
    at.rate({"job": 3}).show()
    saved = lms.leave()  # a platform may be told of what happens with a delay, and of everything when it is left
    assert [told["student_response"] for told in lms.interactions()] == ["job=2 reason=3 stop=0", "job=3 reason=3 stop=0"]
    assert {(told["type"], told["result"]) for told in lms.interactions()} == {("fill-in", "neutral")}
    assert set(lms.written("cmi.core.score.raw")) <= {""}, "a rating has no score"
    again = Lms(visitor(), site, course.package, saved)
    back = Rating(again.player.ready(), again.page).ready()
    expect(back.field("job").locator("input[value='3']")).to_be_checked()
    expect(back.profile).to_be_visible()


def test_evidence_that_the_lms_has_no_room_for(tmp_path_factory: pytest.TempPathFactory, site: Site, visitor: Visitor) -> None:
    """It is said beside the line, and the file has it all."""
    many = made(tmp_path_factory, {"grid.yaml": long_grid(), REFERENCE: None, "03-lessons/unit.yaml": without_reference()})
    shutil.copytree(many.folder / many.package.name, site.folder / "long", dirs_exist_ok=True)
    lms = Lms(visitor(), site, many.package._replace(name="long"))
    lms.player.ready().go("u03-sample")
    at = Rating(lms.player, lms.page).ready()
    names = [f"i{number}" for number in range(1, 25)]
    for name in names:
        at.rate({name: 1})
        at.write(name, LONG)
    here = at.frame.locator(".cg-grid-here:visible")
    assert 0 < here.count() < len(names)
    for name in names:
        said = words("grid.here") if at.field(name).locator(".cg-grid-here").is_visible() else ""
        expect(at.field(name).locator("textarea")).to_have_accessible_description(said)
    assert max(len(text) for text in lms.written("cmi.suspend_data")) <= 4096
    at.show()
    with lms.page.expect_download() as waiting:
        at.press("save")
    assert waiting.value.path().read_text("utf-8").count(LONG) == len(names)


def long_grid() -> str:
    """A grid of 24 indicators, as that of the course has."""
    indicator = "      - {{id: i{0}, title: Indicator {0}, descriptors: [Low, Middle, High]}}\n"
    return (
        "title: Long\nlevels: [{title: Low}, {title: Middle}, {title: High}]\ndimensions:\n  - id: all\n    title: All\n    indicators:\n"
        + "".join(indicator.format(number) for number in range(1, 25))
    )


def without_reference() -> str:
    return GRID_FILES["03-lessons/unit.yaml"].replace("    reference: reference.yaml\n", "")
