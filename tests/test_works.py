"""What learners hand in, review, answer and collect, where a package has only pages: every word is there, nothing pretends to be kept, and
the examples of the authors' guide are clean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import readback_scorm
import yaml
from browser import Site, Watched, course_of, packages_of, unpack
from browser import words as message
from formats import squashed, written
from jsonschema import Draft202012Validator
from lxml import html
from packages import MODULES
from questions import HOSTILE
from questions import course_of as quiz_of
from samples import FILES, write_course
from test_accessibility import in_the_cartridge, in_the_player
from works import WORK_FILES, every_work

from coursegen.check import check_source
from coursegen.fidelity import losses, used
from coursegen.model import Assignment, Course, PeerReview, Plain, Repository, Survey, texts
from coursegen.outline import outline
from coursegen.readers.source.schema import schema
from coursegen.render.search import searchable
from coursegen.writers import FORMATS

Visitor = Callable[..., Watched]
PAGES = {"scorm12": "", "scorm2004": "", "cartridge-11": "pages/{}.html", "cartridge": "web_resources/u1/{}.html"}
"""Formats in which these activities are pages, with the path of one; SCORM packages have them in a script."""


def made(words: Callable[[str], str] = str) -> Course:
    """A course with these activities and no question."""
    course = quiz_of([])
    unit = replace(course.units[0], activities=tuple(every_work(words)))
    return replace(course, units=(unit,))


def page(course: Course, name: str, activity: str) -> Any:
    files = written(name, course)
    if not PAGES[name]:
        return html.fragment_fromstring(readback_scorm.pages(files)[activity], "div")
    return html.document_fromstring(files[PAGES[name].format(activity)].decode()).find(".//body")


def shown(element: Any) -> str:
    return squashed("".join(element.itertext()))


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", PAGES)
def test_every_word_is_on_its_page(name: str, hostile: str) -> None:
    course = made(lambda place: f"{place} {hostile}")
    files = written(name, course)
    for activity in course.units[0].activities:
        if PAGES[name]:
            root = html.document_fromstring(files[PAGES[name].format(activity.id)].decode()).find(".//body")
        else:
            root = html.fragment_fromstring(readback_scorm.pages(files)[activity.id], "div")
        assert not root.xpath(".//script | .//b")
        text = shown(root)
        for owner, field, words in texts(activity):
            if owner is not activity or field != "title":
                assert squashed(words if isinstance(words, Plain) else words.text()) in text, (activity.id, field)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_pretends_to_be_kept(name: str) -> None:
    """No fields and no buttons, and words that say where to go with an answer."""
    course = made()
    where = {"assignment": "handed.where", "peer-review": "handed.where", "survey": "survey.where", "repository": "records.where"}
    for activity in course.units[0].activities:
        root = page(course, name, activity.id)
        assert not root.xpath(".//input | .//textarea | .//select | .//button | .//form")
        assert squashed(message(where[activity.kind])) in shown(root)


def test_what_is_asked_of_a_product() -> None:
    course = made()
    first, second, review = (shown(page(course, "scorm12", name)) for name in ("w-assignment", "w-open", "w-review"))
    for key, values in (
        ("handed.both", {"count": 3}),
        ("handed.words", {"count": 200}),
        ("assignment.tries", {"count": 2}),
        ("assignment.passmark", {"percent": 60}),
        ("rubric.total", {"count": 10}),
    ):
        assert squashed(message(key, **values)) in first
        assert squashed(message(key, **values)) not in second
    assert squashed(message("handed.text")) in second
    assert squashed(message("assignment.unlimited")) in second
    assert squashed(message("handed.files", count=3)) in review
    assert squashed(message("rubric.total", count=10)) in review


@pytest.mark.parametrize("name", PAGES)
def test_a_rubric_is_a_table(name: str) -> None:
    """A heading for each criterion over the rows of its levels, the lowest first; two columns, so that it fits a phone."""
    table = page(made(), name, "w-assignment").find(".//table")
    assert table.findtext("caption") == "rubric"
    assert [cell.get("scope") for cell in table.findall("thead/tr/th")] == ["col", "col"]
    bodies = table.findall("tbody")
    assert [body.findtext("tr/th[@scope='rowgroup']") for body in bodies] == ["criterion-one", "criterion-two"]
    rows = [[cell.text for cell in row] for row in bodies[1].findall("tr")[1:]]
    assert rows == [["0", "level-low"], ["2", "level-mid"], ["5", "level-high"]]
    assert all(row[0].get("scope") == "row" for body in bodies for row in body.findall("tr")[1:])


def test_the_reference_of_an_example_follows_it() -> None:
    root = page(made(), "scorm12", "w-review")
    rows = [[cell.text for cell in row] for row in root.findall(".//table")[1].findall("tbody/tr")]
    assert rows == [[name, f"level-mid ({message('question.points', count=2)})"] for name in ("criterion-one", "criterion-two")]
    text = shown(root)
    assert text.index("example-text") < text.index(squashed(message("review.compare"))) < text.index("comment")


def test_items_of_a_survey_are_numbered_and_say_when_they_hold() -> None:
    text = shown(page(made(), "scorm12", "w-survey"))
    asked = ("one", "row", "several", "scale", "words", "number")
    places = [text.index(f"{number}.asked-{name}") for number, name in enumerate(asked, 1)]
    assert places == sorted(places)
    condition = squashed(message("survey.only", number=1, option="option-b"))
    assert text.count(condition) == 2
    assert text.index(condition) < text.index("between")
    for key, values in (("survey.scale", {"count": 2}), ("survey.number", {"low": -3, "high": 7}), ("survey.anonymous", {})):
        assert squashed(message(key, **values)) in text
    assert text.count(squashed(message("survey.required"))) == 1


def test_a_condition_on_words_in_braces() -> None:
    """Interface texts have places in braces; the words of an option that look like one stay what they are."""
    text = shown(page(made(lambda place: f"{place} {{number}} {{option}}"), "scorm12", "w-survey"))
    assert squashed("“option-b {number} {option}” in question 1") in text


def test_records_say_where_they_come_from() -> None:
    root = page(made(), "cartridge", "w-records")
    lists = root.findall(".//dl")
    said = [{shown(dt): shown(dt.getnext()) for dt in each.findall("dt")} for each in lists]
    source, unknown = squashed(message("records.source")), squashed(message("records.unknown"))
    assert [each.get(source) for each in said] == ["source-1", "source-2", "record-3"]
    assert [unknown in each for each in said] == [True, False, False]
    assert said[0]["field-checks"] == "entry-aentry-b"
    links = [[link.get("href") for link in each.iter("a")] for each in lists]
    assert links == [["https://example.org/a?b=1&c=2", "https://example.org/source"], [], ["https://example.org/source"]]


def test_the_player_finds_them() -> None:
    found = {activity.id: searchable(activity) for activity in made().units[0].activities}
    assert {"task", "criterion-one"} <= set(found["w-assignment"].split())
    assert {"reviewing", "criterion-two", "example-text"} <= set(found["w-review"].split())
    assert {"intro", "asked-number", "between"} <= set(found["w-survey"].split())
    assert "option-a" not in found["w-survey"]
    assert {"field-line", "record-2", "value-text", "entry-b", "unknown-1"} <= set(found["w-records"].split())


def test_the_player_notices_words_that_have_changed() -> None:
    """Each activity has a mark of all its words, so that learners are told of what was reworded."""

    def marks(course: Course) -> dict[str, str]:
        (unit,) = outline(course, course.units, "", "", "scorm12")["units"]
        return {activity["id"]: activity["text"] for activity in unit["activities"]}

    before = marks(made())
    changed = marks(made(lambda place: "other" if place in ("level-mid", "asked-words", "unknown-1") else place))
    names = {name for name in before if name.startswith("w-") and before[name] != changed[name]}
    assert names == {"w-assignment", "w-review", "w-survey", "w-records"}


# --- features ---


@pytest.fixture
def course(tmp_path: Path) -> Course:
    found, findings = check_source(write_course(tmp_path, WORK_FILES))
    assert found is not None
    assert not findings
    return found


def test_a_book_is_told_once(course: Course) -> None:
    """A case for each book, and not for each chapter; two books in a row are two."""
    unit = course.units[-1]
    before, after, *others = unit.activities
    table = FORMATS["scorm12"].carries

    def books(*chapters: str | None) -> list[str]:
        pages = tuple(
            replace(page, book=Plain(book) if book else None)
            for page, book in zip((before, after, replace(after, id=before.id + "-more")), chapters, strict=True)
        )
        changed = replace(course, units=(*course.units[:-1], replace(unit, activities=(*pages, *others))))
        return [case.owner for case in losses("scorm12", table, "4.1", used(changed)) if case.feature == "book"]

    assert books("One", "One", "One") == ["u05-before"]
    assert books("One", "One", "Two") == ["u05-before", "u05-before-more"]
    assert books(None, None, None) == []


def test_weights_that_are_all_the_same_are_no_feature(course: Course) -> None:
    def weighed(*weights: int) -> bool:
        units = tuple(replace(unit, weight=weight) for unit, weight in zip(course.units, weights, strict=True))
        return "unit-weight" in {use.feature for use in used(replace(course, units=units))}

    assert not weighed(1, 1, 1)
    assert not weighed(5, 5, 5)
    assert weighed(1, 1, 2)
    assert weighed(0, 1, 1)


# --- the authors' guide ---

GUIDE = (MODULES.parent / "docs" / "source-format.md").read_text("utf-8")


def examples(after: str, before: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", GUIDE.split(f"\n## {after}\n")[1].split(f"\n## {before}\n")[0], re.DOTALL)


def test_examples_of_the_guide_are_clean(tmp_path: Path) -> None:
    """Every kind, with its files, in one course; and the book."""
    handed, rubric, example, survey, practices = examples("What learners hand in", "Rich text")
    book = examples("unit.yaml", "A quiz")[1]
    assert "book:" in book
    unit = f"""\
id: u01
title: Examples
minutes: 125
general: true
outcomes:
  - {{id: lo-1-1, text: plan}}
activities:
{book}{handed}  - {{kind: survey, id: u01-survey, title: A survey, minutes: 5, file: survey.yaml}}
  - {{kind: repository, id: u01-practices, title: Practices, minutes: 5, file: practices.yaml}}
"""
    files = {
        "course.yaml": FILES["course.yaml"].replace("workload: 90", "workload: 125").replace("  - 02-discs\n", ""),
        "framework.yaml": FILES["framework.yaml"],
        "01-brakes/unit.yaml": unit,
        "01-brakes/rubric.yaml": rubric,
        "01-brakes/example.yaml": example,
        "01-brakes/survey.yaml": survey,
        "01-brakes/practices.yaml": practices,
        "01-brakes/pages/before.html": "<p>Text</p>",
        "01-brakes/pages/after.html": "<p>Text</p>",
    }
    course, findings = check_source(write_course(tmp_path, {**dict.fromkeys(FILES), **files}))
    assert not findings, "\n".join(map(str, findings))
    assert course is not None
    kinds = [type(activity) for activity in course.units[0].activities[2:]]
    assert kinds == [Assignment, PeerReview, Survey, Repository]


def test_the_guides_course_has_its_form() -> None:
    """``course.yaml`` and ``unit.yaml`` of the guide name files that are not there: they are held against the schemas."""
    course, unit = examples("course.yaml", "unit.yaml")[0], examples("unit.yaml", "A quiz")[0]
    for kind, text in (("course", course), ("unit", unit)):
        errors = [error.message for error in Draft202012Validator(schema(kind)).iter_errors(yaml.safe_load(text))]
        assert errors == []
    keys = yaml.safe_load(course)
    assert {"short_name", "picture", "badge", "moodle"} <= keys.keys()
    assert set(keys["packages"]) == set(FORMATS)


# --- in a browser ---


@pytest.fixture(scope="module")
def sample(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The sample with these kinds, unpacked beside the other courses under an id of its own."""
    yaml_file = WORK_FILES["course.yaml"]
    assert isinstance(yaml_file, str)
    folder = write_course(tmp_path_factory.mktemp("works"), {**WORK_FILES, "course.yaml": yaml_file.replace("id: sample", "id: works")})
    unpack(folder, site.folder, tmp_path_factory.mktemp("works-dist"))
    return course_of(folder)


def test_their_pages_in_the_player(sample: Course, site: Site, visitor: Visitor) -> None:
    package = next(one for one in packages_of(sample) if [unit.id for unit in one.units] == ["u05"])
    looker = in_the_player(package, site, visitor)
    assert {"u05-plan", "u05-review", "u05-survey", "u05-practices"} <= set(looker.states)


def test_their_pages_in_the_cartridge(sample: Course, site: Site, visitor: Visitor) -> None:
    in_the_cartridge(sample, site, visitor)
    names = {file.stem for file in (site.folder / "works-en").rglob("*.html")}
    assert {"u05-plan", "u05-review", "u05-survey", "u05-practices"} <= names
