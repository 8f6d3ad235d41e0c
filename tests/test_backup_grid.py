"""Analysis grids, assignments and peer reviews in Moodle's backup: what stands in the file, and the page of a grid in a browser."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import backup_activities
import backup_shape
import backup_texts
import backup_whole
import pytest
from backup import LINK, Activity, Backup, number, value
from browser import Site, Watched, served, words
from grids import GRID_FILES
from lxml import html as pages
from playwright.sync_api import Locator, Page, expect
from questions import HOSTILE
from samples import write_course
from test_accessibility import settled, too_wide, violations
from works import WORK_FILES, with_work

from coursegen.check import check_source
from coursegen.model import Assignment, Course, GridRating, PeerReview, Plain, Rich
from coursegen.model.rich import Element, Link
from coursegen.moodle.words import guarded
from coursegen.render.templates import Templates
from coursegen.writers.moodle_backup import entries

Visitor = Callable[..., Watched]
EVIDENCE = "The plan <b>, page 1 \\(x\\) :-)"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The sample course with two grids, an assignment and a peer review."""
    folder = tmp_path_factory.mktemp("course")
    write_course(folder, {**WORK_FILES, **GRID_FILES, "course.yaml": with_work(GRID_FILES["course.yaml"], 145)})
    found, findings = check_source(folder)
    assert found is not None, [str(finding) for finding in findings]
    return found


def backup_of(course: Course) -> Backup:
    files = {}
    for name, content in entries(course, Templates(course, None)):
        assert isinstance(content, (bytes, Path)), name
        files[name] = content if isinstance(content, bytes) else content.read_bytes()
    return Backup(files)


@pytest.fixture(scope="module")
def backup(course: Course) -> Backup:
    return backup_of(course)


def changed(course: Course, kind: type, **changes: Any) -> Course:
    """The course with other settings of each activity of a kind."""

    def of(activity: Any) -> Any:
        return replace(activity, **changes) if issubclass(type(activity), kind) else activity

    return replace(course, units=tuple(replace(unit, activities=tuple(map(of, unit.activities))) for unit in course.units))


def named(backup: Backup, module: str, title: str) -> Activity:
    (found,) = (each for each in backup.activities if each.module == module and html.unescape(each.name) == title)
    return found


def ours(backup: Backup) -> Iterator[Activity]:
    return (each for each in backup.activities if each.module in ("assign", "workshop") or "cg-grid" in _content(each))


def _content(activity: Activity) -> str:
    return value(activity.data, "content") if activity.module == "page" else ""


def test_nothing_is_wrong_by_the_rules_of_moodle(backup: Backup) -> None:
    """Fields, their order and values, references: all that can be told without a Moodle."""
    folders = [each.folder for each in ours(backup)]
    assert len(folders) == 5
    for house in (backup_shape, backup_activities, backup_texts, backup_whole):
        for check in house.CHECKS:
            assert [said for said in check(backup) if any(folder in said for folder in folders)] == [], check.__name__


# Grids


def test_only_a_lesson_of_ones_own_is_handed_in(backup: Backup) -> None:
    titles = [(each.module, each.name) for each in ours(backup)][:3]
    assert titles == [
        ("page", "Rate a sample lesson"),
        ("page", "Rate your own lesson"),
        ("assign", words("moodle.handIn", title="Rate your own lesson")),
    ]


def given(content: str) -> dict[str, Any]:
    """What stands beside the script, as a browser reads it."""
    found: dict[str, Any] = json.loads(pages.fromstring(content).find_class("cg-grid-given")[0].text or "")
    return found


def test_the_page_is_readable_without_a_script(backup: Backup) -> None:
    """The grid and the reference as tables, and an edit in Moodle's own editor loses neither the script nor what it needs."""
    tree = pages.fromstring(_content(named(backup, "page", "Rate a sample lesson")))
    rows = [[cell.text_content() for cell in row] for row in tree.iterfind(".//tr[@data-indicator]")]
    assert rows[1] == ["Reason for digital", "The tool came first", "It is <handy>", "It solves a problem"]
    assert len(rows) == 3
    (reference,) = tree.find_class("cg-grid-reference")
    compared = [(row.get("data-rated"), row.get("data-level")) for row in reference.iterfind(".//tr[@data-rated]")]
    assert compared == [("job", "3"), ("reason", "1"), ("stop", "0")]
    assert "Nobody says why." in reference.text_content()
    assert not list(tree.iter("style", "template", "iframe", "link"))
    assert not [each for each in tree.iter() for key, text in each.items() if key.startswith("data-") and '"' in text]


def test_moodle_finds_nothing_to_change_in_the_script(backup: Backup) -> None:
    """No filter, no address of a file, no link: the scripts are the same after all of them."""
    scripts = [each for page in ours(backup) for each in re.findall(r"(?s)<script[^>]*>(.*?)</script>", _content(page))]
    assert len(scripts) == 4
    for script in scripts:
        assert guarded(script) == script
        assert not [sign for sign in ("$@", "@@", "[[", "$$", r"\(", r"\[", "://", "<!--") if sign in script]
    assert len({script for script in scripts if "use strict" in script}) == 1


@pytest.mark.parametrize("hostile", [*HOSTILE[:-1], '</script><!-- :-) \\(x\\) $$y$$ $@PAGEVIEWBYID*1@$ \u2028 "'])
def test_every_word_of_a_grid_arrives(course: Course, hostile: str) -> None:
    plain = Plain(hostile)
    (rating,) = (each for _, each in course.activities() if isinstance(each, GridRating) and each.reference)
    assert rating.reference
    grid = rating.grid
    indicator = replace(grid.dimensions[0].indicators[0], title=plain, descriptors=(plain,) * 3)
    dimension = replace(grid.dimensions[0], title=plain, indicators=(indicator, *grid.dimensions[0].indicators[1:]))
    other = replace(
        grid, title=plain, levels=(replace(grid.levels[0], title=plain), *grid.levels[1:]), dimensions=(dimension, *grid.dimensions[1:])
    )
    made = replace(changed(course, GridRating, title=plain, grid=other), title=plain)
    made = changed(made, GridRating, reference=replace(rating.reference, title=plain))
    content = _content(next(each for each in ours(backup_of(made)) if each.module == "page"))
    tree = pages.fromstring(content)
    row = next(tree.iterfind(".//tr[@data-indicator]"))
    assert [cell.text_content() for cell in row] == [hostile] * 4
    assert tree.find_class("cg-grid-title")[0].text_content() == hostile
    assert next(tree.iterfind(".//thead//th[2]")).text_content() == f"1 {hostile}"
    said = given(content)
    assert (said["title"], said["course"], said["reference"]) == (hostile,) * 3
    assert not LINK.search("".join(each.text or "" for each in tree.iter("script")))


def test_the_grid_is_the_rubric(backup: Backup) -> None:
    assign = named(backup, "assign", words("moodle.handIn", title="Rate your own lesson"))
    criteria = rubric(backup, assign)
    assert [title for title, _ in criteria] == ["Real job", "Reason for digital", "Stop points"]
    assert criteria[0][1] == [
        (0, "1 Improvised: A list of topics"),
        (1, "2 Organised: A job is named"),
        (2, "3 Shared & kept: The job leads the lesson"),
    ]
    options = json.loads(backup.root(f"{assign.folder}/grading.xml").findtext(".//options"))
    assert (options["showscoreteacher"], options["showscorestudent"]) == ("0", "0")
    (link,) = LINK.findall(value(assign.data, "intro"))
    assert backup.by_cm[int(link[1])].name == "Rate your own lesson"
    assert words("moodle.handIn", title="Rate your own lesson") in given(_content(named(backup, "page", "Rate your own lesson")))["form"]


@pytest.mark.parametrize(("rule", "expected"), [("rated", "1"), ("ignored", "0")])
def test_what_counts_of_a_grid(course: Course, rule: Any, expected: str) -> None:
    backup = backup_of(replace(course, completion=replace(course.completion, grids=rule)))
    assert value(named(backup, "page", "Rate your own lesson").course_module, "completionview") == expected
    assign = named(backup, "assign", words("moodle.handIn", title="Rate your own lesson"))
    assert value(assign.data, "completionsubmit") == expected
    assert value(assign.course_module, "completion") == {"1": "2", "0": "1"}[expected]


# Assignments and peer reviews


def rubric(backup: Backup, assign: Activity) -> list[tuple[str, list[tuple[float, str]]]]:
    """The criteria of an assignment, with the points and words of their levels, as Moodle shows them."""
    return [
        (
            shown(value(row, "description")),
            [(float(value(level, "score")), shown(value(level, "definition"))) for level in row.iter("level")],
        )
        for row in backup.root(f"{assign.folder}/grading.xml").iter("criterion")
    ]


def shown(words: str) -> str:
    """Words as ``s()`` of Moodle shows them: escaped, but for numeric references."""
    return html.unescape(re.sub(r"&amp;(#(?:\d+|x[0-9a-f]+);)", r"&\1", html.escape(words), flags=re.IGNORECASE))


def settings(assign: Activity) -> dict[str, str]:
    return {f"{value(each, 'plugin')} {value(each, 'name')}": value(each, "value") for each in assign.data.iter("plugin_config")}


def test_an_assignment(backup: Backup) -> None:
    assign = named(backup, "assign", "Plan of a test")
    assert rubric(backup, assign) == [
        (
            "Goal & reason",
            [(0, "There is no goal."), (2, "A goal is <named>."), (3, "The goal can be measured, with a number and a date.")],
        ),
        ("Safety", [(0, "Nothing is said of it."), (2, "It says when to stop.")]),
    ]
    assert settings(assign) == {
        "onlinetext enabled": "1", "onlinetext wordlimitenabled": "1", "onlinetext wordlimit": "300", "file enabled": "1",
        "file maxfilesubmissions": "1", "file maxsubmissionsizebytes": "0", "file filetypeslist": "", "comments enabled": "1",
        "comments commentinline": "0",
    }  # fmt: skip
    assert (number(assign.data, "maxattempts"), value(assign.data, "attemptreopenmethod")) == (2, "untilpass")
    (item,) = backup.items(assign)
    assert (float(value(item, "grademax")), float(value(item, "gradepass"))) == (100, 50)
    module = assign.course_module
    assert (value(module, "completionpassgrade"), value(module, "completiongradeitemnumber")) == ("1", "0")
    assert number(assign.data, "completionsubmit") == 0
    assert "<h2>Your plan</h2>" in value(assign.data, "intro")


@pytest.mark.parametrize(("way", "plugins"), [("text", {"onlinetext"}), ("files", {"file"}), ("both", {"onlinetext", "file"})])
def test_how_it_is_handed_in(course: Course, way: Any, plugins: set[str]) -> None:
    made = changed(course, Assignment, hand_in=way, most_words="unlimited", most_files=20, attempts="unlimited", rubric=None)
    made = replace(made, completion=replace(made.completion, assignments="handed-in"))
    backup = backup_of(made)
    assign = named(backup, "assign", "Plan of a test")
    found = settings(assign)
    assert {name.split()[0] for name in found if name.endswith(" enabled")} == plugins | {"comments"}
    assert found.get("onlinetext wordlimitenabled", "0") == "0"
    assert found.get("file maxfilesubmissions", "20") == "20"
    assert (number(assign.data, "maxattempts"), number(assign.data, "completionsubmit")) == (-1, 1)
    assert not backup.has(f"{assign.folder}/grading.xml")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_word_of_a_rubric_arrives(course: Course, hostile: str) -> None:
    plain = Plain(hostile)
    (activity,) = (each for _, each in course.activities() if isinstance(each, PeerReview))
    first = activity.rubric.criteria[0]
    criterion = replace(first, title=plain, levels=tuple(replace(level, text=plain) for level in first.levels))
    own = replace(activity.rubric, title=plain, criteria=(criterion, *activity.rubric.criteria[1:]))
    backup = backup_of(changed(changed(course, PeerReview, rubric=own), Assignment, rubric=own))
    assert rubric(backup, named(backup, "assign", "Plan of a test"))[0] == (hostile, [(level.points, hostile) for level in first.levels])
    row = next(named(backup, "workshop", "Review a plan").data.iter("workshopform_rubric_dimension"))
    said = [value(row, "description"), *(value(level, "definition") for level in row.iterfind("workshopform_rubric_level"))]
    assert {pages.fromstring(f"<div>{each}</div>").text_content() for each in said} == {hostile}


def test_no_face_is_found_in_what_moodle_purifies(course: Course) -> None:
    """In workshops references become signs before the filters look."""
    text = Rich((Element("p", (("title", "a > :-)"),), ("Done :-) \\(x\\)",)),))
    (activity,) = (each for _, each in course.activities() if isinstance(each, PeerReview))
    assert activity.example
    example = replace(activity.example, text=text, comment=text)
    data = named(backup_of(changed(course, PeerReview, task=text, reviewing=text, example=example)), "workshop", "Review a plan").data
    places = ("instructauthors", "instructreviewers", "examplesubmissions/examplesubmission/content")
    for place in (*places, "examplesubmissions/examplesubmission/referenceassessment/feedbackauthor"):
        tree = pages.fromstring(f"<div>{value(data, place)}</div>")
        (paragraph,) = tree.iter("p")
        assert (paragraph.text_content(), paragraph.get("title")) == ("Done :-) \\(x\\)", "a > :-)")
        assert not [words for words in tree.itertext() if re.search(r":-\)|\\[()]", words)], place


def test_a_peer_review(backup: Backup) -> None:
    workshop = named(backup, "workshop", "Review a plan")
    data = workshop.data
    assert (number(data, "phase"), value(data, "strategy"), number(data, "useexamples")) == (10, "rubric", 1)
    assert (number(data, "submissiontypetext"), number(data, "submissiontypefile"), number(data, "nattachments")) == (0, 2, 2)
    assert "the plan that you have mended" in value(data, "instructauthors")
    assert "one thing to try" in value(data, "instructreviewers")
    assert [float(value(item, "grademax")) for item in backup.items(workshop)] == [80, 20]
    assert value(workshop.course_module, "completiongradeitemnumber") == "0"
    (example,) = data.iterfind("examplesubmissions/examplesubmission")
    review = example.find("referenceassessment")
    assert float(value(review, "grade")) == pytest.approx(100 * (2 + 2) / (3 + 2))
    assert "will you know" in value(review, "feedbackauthor")


def test_a_peer_review_says_what_moodle_does_not_hold(course: Course) -> None:
    made = changed(course, PeerReview, hand_in="both", most_words=300, most_files=20, example=None)
    data = named(backup_of(made), "workshop", "Review a plan").data
    assert words("moodle.peer.words", count=300) in value(data, "instructauthors")
    assert (number(data, "submissiontypetext"), number(data, "submissiontypefile"), number(data, "nattachments")) == (1, 1, 7)
    assert number(data, "useexamples") == 0
    assert not list(data.iter("examplesubmission"))


def test_links_of_an_example_are_words(course: Course) -> None:
    """Moodle would leave them as they are in the file."""
    (activity,) = (each for _, each in course.activities() if isinstance(each, PeerReview))
    assert activity.example
    text = Rich((Element("p", (), ("See ", Element("a", (("href", Link(activity.id)),), ("the task",)))),))
    made = changed(course, PeerReview, example=replace(activity.example, text=text, comment=text), reviewing=text)
    data = named(backup_of(made), "workshop", "Review a plan").data
    example = next(data.iter("examplesubmission"))
    assert value(example, "content") == value(example, "referenceassessment/feedbackauthor") == "<p>See the task</p>"
    assert LINK.search(value(data, "instructreviewers"))


# The page in a browser

AROUND = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Moodle</title><style>:root {{ color-scheme: light dark }} *, ::before {{ box-sizing: border-box }}
body {{ margin: 1rem; background: Canvas; color: CanvasText }}</style>
<script>var M = {{ cfg: {{ userId: {user} }} }}; var modules = 0; function define() {{ modules += 1; }} define.amd = {{}};</script></head>
<body><main id="region-main"><h1>{title}</h1><div class="no-overflow" style="overflow: auto">{content}</div></main></body></html>"""


@pytest.fixture(scope="module")
def moodle(backup: Backup, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Pages with what Moodle shows of the two grids, for two users."""
    folder = tmp_path_factory.mktemp("moodle")
    for title, name in (("Rate a sample lesson", "sample"), ("Rate your own lesson", "own")):
        content = LINK.sub("#", _content(named(backup, "page", title)))
        for user in (5, 6):
            (folder / f"{name}-{user}.html").write_text(AROUND.format(user=user, title=title, content=content), "utf-8")
    with served(folder) as found:
        yield found


class Rating:
    """A learner who rates on the page."""

    def __init__(self, page: Page, moodle: Site, name: str = "sample-5") -> None:
        self.page = page
        self.moodle = moodle
        self.open(name)

    def open(self, name: str) -> Rating:
        self.page.goto(self.moodle.url(f"{name}.html"))
        self.part("rated").wait_for()
        return self

    def part(self, name: str) -> Locator:
        return self.page.locator(f".cg-grid-{name}")

    def field(self, indicator: str) -> Locator:
        return self.page.locator(f"fieldset[data-indicator='{indicator}']")

    def rate(self, **levels: int) -> Rating:
        for indicator, level in levels.items():
            self.field(indicator).locator(f"input[value='{level}']").check()
        return self

    def rows(self) -> list[list[str]]:
        found: list[list[str]] = (
            self.part("table")
            .locator("tr")
            .evaluate_all("rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s+/g, ' ').trim()))")
        )
        return found


@pytest.fixture
def visit(visitor: Visitor, moodle: Site) -> Callable[..., Rating]:
    def make(name: str = "sample-5", watched: Watched | None = None, **options: Any) -> Rating:
        return Rating((watched or visitor(**options)).page(), moodle, name)

    return make


def test_the_profile_and_the_comparison(visit: Callable[..., Rating]) -> None:
    """The reference comes when all is rated, and how far each level is from it."""
    at = visit().rate(job=2)
    at.part("show").click()
    expect(at.part("profile").locator("h2")).to_be_focused()
    expect(at.part("compare")).to_have_text(words("grid.later", of=3, title="Three trainers of the workshop"))
    assert "complaint" not in at.page.locator(".cg-grid").inner_text()
    at.part("open").click()
    expect(at.field("reason").locator("input").first).to_be_focused()
    at.rate(reason=3, stop=2)
    expect(at.part("rated")).to_have_text(words("grid.rated", rated=3, of=3))
    assert at.rows() == [
        [words(f"grid.{key}") for key in ("indicator", "mine", "reference", "reason", "evidence")],
        ["Work task"],
        ["Real job", "2 Organised", f"3 Shared & kept {words('moodle.grid.near')}", "The complaint of a customer leads the lesson.", ""],
        ["Reason for digital", "3 Shared & kept", f"1 Improvised {words('moodle.grid.far')}", "Nobody says why.", ""],
        ["Safety"],
        ["Stop points", "2 Organised", f"{words('grid.na')} {words('moodle.grid.unlike')}", "", ""],
    ]
    at.rate(job=3, stop=0)
    counts = [f"{words(f'moodle.grid.{found}')}: {count}" for found, count in (("same", 2), ("near", 0), ("far", 1))]
    expect(at.part("counts").locator("li")).to_have_text(counts)


def test_by_keyboard_alone(visit: Callable[..., Rating]) -> None:
    at = visit("own-5")
    keys = at.page.keyboard
    at.field("job").locator("input").first.focus()
    for indicator in ("job", "reason", "stop"):
        keys.press("Space")
        keys.press("ArrowRight")
        expect(at.field(indicator).locator("input[value='2']")).to_be_checked()
        keys.press("Tab")
        keys.type("Page 1")
        keys.press("Tab")
    expect(at.part("show")).to_be_focused()
    keys.press("Enter")
    expect(at.part("profile").locator("h2")).to_be_focused()
    assert at.rows()[2] == ["Real job", "2 Organised", "Page 1"]
    assert at.page.evaluate("() => modules") == 0, "it has nothing to do with the loader of Moodle"
    expect(at.part("next")).to_have_text(words("moodle.grid.handIn", title=words("moodle.handIn", title="Rate your own lesson")))


def test_entries_stay_where_they_belong(visit: Callable[..., Rating], visitor: Visitor) -> None:
    """A return finds them, though Moodle has emptied localStorage meanwhile; the other grid and another user do not."""
    watched = visitor()
    at = visit(watched=watched).rate(job=2)
    at.field("job").locator("textarea").fill(EVIDENCE)
    at.page.evaluate("() => localStorage.clear()")
    at.page.close()
    again = visit(watched=watched)
    expect(again.field("job").locator("input[value='2']")).to_be_checked()
    expect(again.field("job").locator("textarea")).to_have_value(EVIDENCE)
    second = visit(watched=watched)
    second.rate(reason=1)
    expect(again.field("reason").locator("input[value='1']")).to_be_checked()
    for other in ("own-5", "sample-6"):
        expect(again.open(other).part("rated")).to_have_text(words("grid.rated", rated=0, of=3))


def test_deleting_all_entries(visit: Callable[..., Rating], visitor: Visitor) -> None:
    watched = visitor()
    at = visit(watched=watched)
    expect(at.part("delete")).to_be_hidden()
    at.rate(job=2, reason=1, stop=1)
    at.part("show").click()
    at.part("delete").click()
    expect(at.part("sure")).to_be_focused()
    at.part("sure-no").click()
    expect(at.part("delete")).to_be_focused()
    at.part("delete").click()
    at.part("sure-yes").click()
    expect(at.part("rated")).to_have_text(words("moodle.grid.deleted"))
    expect(at.part("profile")).to_be_hidden()
    expect(at.part("title")).to_be_focused()
    expect(visit(watched=watched).part("rated")).to_have_text(words("grid.rated", rated=0, of=3))


def test_rating_again(visit: Callable[..., Rating]) -> None:
    at = visit("own-5").rate(job=2, reason=1, stop=1)
    at.part("show").click()
    at.part("keep").click()
    at.part("again-yes").click()
    expect(at.part("rated")).to_have_text(words("grid.rated", rated=0, of=3))
    at.rate(job=3)
    at.part("show").click()
    assert at.rows()[2] == ["Real job", "3 Shared & kept", "2 Organised", ""]


def test_the_text_and_the_file(visit: Callable[..., Rating]) -> None:
    """What can be handed in has all of it, in words."""
    at = visit(permissions=["clipboard-read", "clipboard-write"]).rate(job=2, reason=3, stop=0)
    at.field("job").locator("textarea").fill(EVIDENCE)
    at.part("show").click()
    at.part("copy").click()
    expect(at.part("copied")).to_have_text(words("moodle.grid.copied"))
    text = at.page.evaluate("() => navigator.clipboard.readText()")
    assert text.startswith("Rate a sample lesson\nBrakes & discs, ")
    mine, other = words("grid.mine"), words("grid.reference")
    assert f"- Real job\n  {mine}: 2 Organised\n  {other}: 3 Shared & kept\n  {words('grid.evidence')}: {EVIDENCE}\n" in text
    expect(at.part("text").locator("textarea")).to_have_value(text)
    with at.page.expect_download() as waiting:
        at.part("save").click()
    assert waiting.value.suggested_filename == "u03-sample.html"
    saved = pages.fromstring(waiting.value.path().read_bytes())
    assert EVIDENCE in saved.text_content()
    assert not list(saved.iter("script", "link", "img"))


def test_a_browser_that_refuses_everything(visit: Callable[..., Rating], visitor: Visitor) -> None:
    """No clipboard and no database: one can rate, is told, and can copy by hand."""
    watched = visitor()
    watched.context.add_init_script("IDBFactory.prototype.open = () => { throw new Error('no') }; delete Navigator.prototype.clipboard;")
    at = visit(watched=watched)
    expect(at.part("where")).to_have_text(words("saved.nowhere"))
    at.rate(job=2, reason=1, stop=1)
    at.part("show").click()
    at.part("copy").click()
    expect(at.part("copied")).to_have_text(words("moodle.grid.uncopied"))
    chosen = "() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd); }"
    assert at.page.evaluate(chosen).startswith("Rate a sample lesson\n")


def test_on_paper(visit: Callable[..., Rating]) -> None:
    at = visit().rate(job=2, reason=1, stop=1)
    at.part("show").click()
    at.page.emulate_media(media="print")
    expect(at.part("table")).to_be_visible()
    for name in ("fields", "save", "delete", "where"):
        expect(at.part(name)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(visit: Callable[..., Rating], scheme: str) -> None:
    at = visit(color_scheme=scheme)
    at.page.set_viewport_size({"width": 320, "height": 700})
    settled(at.page)
    assert violations(at.page) == []
    at.rate(job=2, reason=1, stop=1)
    for name in ("show", "copy", "keep", "delete"):
        at.part(name).click()
    for width in (320, 1280):
        at.page.set_viewport_size({"width": width, "height": 700})
        settled(at.page)
        assert too_wide(at.page) == []
        assert violations(at.page) == []


def test_where_no_script_runs(visitor: Visitor, moodle: Site) -> None:
    watched = visitor(java_script_enabled=False)
    page = watched.page()
    page.goto(moodle.url("sample-5.html"))
    expect(page.get_by_role("cell", name="The job leads the lesson")).to_be_visible()
    expect(page.get_by_text("Nobody says why.")).to_be_hidden()
    page.get_by_text(words("sheet.reference"), exact=True).click()
    expect(page.get_by_text("Nobody says why.")).to_be_visible()
