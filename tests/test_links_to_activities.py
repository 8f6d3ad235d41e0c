"""Links by an activity's id: the way to activities that have no source file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from grids import GRID, GRID_FILES, PAGE, UNIT
from samples import FILES, write_course

from coursegen.check import check_source
from coursegen.model import Course, Grid, GridRating, Link, Page


def read(folder: Path, changes: dict[str, str | None] | None = None) -> Course:
    """The course with the grid, with some files changed; it must be clean."""
    course, findings = check_source(write_course(folder, {**GRID_FILES, **(changes or {})}))
    assert not findings, "\n".join(map(str, findings))
    assert course is not None
    return course


def links(course: Course) -> list[object]:
    """Where the links of the page lead."""
    page = course.units[2].activities[0]
    assert isinstance(page, Page)
    return [element.get("href") for element in page.body.elements() if element.tag == "a"]


def test_they_lead_to_the_activity(tmp_path: Path) -> None:
    assert links(read(tmp_path)) == [Link("u03-sample"), Link("u03-own"), Link("u01-talk")]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["u01-why", "u01-quiz", "u01-talk", "u01-framework", "u01-sheet"])
def test_any_kind_of_activity(tmp_path: Path, name: str) -> None:
    found = links(read(tmp_path, {PAGE: f'<p><a href="../../01-brakes/unit.yaml#{name}">the way there</a></p>'}))
    assert found == [Link(name)]  # type: ignore[arg-type]


def test_from_a_text_in_yaml(tmp_path: Path) -> None:
    """Relative to the folder of the file that the text stands in: of a shared grid, its own."""
    grid = GRID_FILES[GRID].replace('<a href="#before">', '<a href="03-lessons/unit.yaml#u03-own">')
    unit = GRID_FILES[UNIT].replace("Take a lesson", '<a href="unit.yaml#u03-sample">After the sample</a> take a lesson')
    own = read(tmp_path, {GRID: grid, UNIT: unit}).units[2].activities[2]
    assert isinstance(own, GridRating)
    assert own.grid.intro is not None
    assert own.about is not None
    found = [element.get("href") for text in (own.grid.intro, own.about) for element in text.elements() if element.tag == "a"]
    assert found == [Link("u03-own"), Link("u03-sample")]  # type: ignore[arg-type]


def test_a_percent_sign_in_the_path(tmp_path: Path) -> None:
    assert links(read(tmp_path, {PAGE: '<p><a href="..%2Funit.yaml#u03%2Down">your own</a></p>'})) == [Link("u03-own")]  # type: ignore[arg-type]


def test_the_place_of_a_fault(tmp_path: Path) -> None:
    """Line and column, what was meant, and nothing else of that course."""
    _, findings = check_source(
        write_course(tmp_path, {**GRID_FILES, PAGE: '<p>one</p>\n<p>then <a href="../unit.yaml#u03-won">own</a></p>'})
    )
    (finding,) = findings
    assert (finding.code, finding.place.line, finding.place.column) == ("L016", 2, 9)
    assert 'did you mean "u03-own"?' in finding.message


def test_a_unit_that_cannot_be_read_is_the_only_fault(tmp_path: Path) -> None:
    """Nobody knows then which activities it has: links to them are not reported on top."""
    broken = FILES["01-brakes/unit.yaml"].replace("    id: u01-talk\n", "")
    _, findings = check_source(write_course(tmp_path, {**GRID_FILES, "01-brakes/unit.yaml": broken}))
    assert [finding.code for finding in findings] == ["S002"]


def test_one_grid_is_one_object(tmp_path: Path) -> None:
    _, sample, own = read(tmp_path).units[2].activities
    assert isinstance(sample, GridRating)
    assert isinstance(own, GridRating)
    assert sample.grid is own.grid
    assert isinstance(sample.grid, Grid)
    assert [indicator.id for indicator in own.grid.indicators()] == ["job", "reason", "stop"]
    assert own.grid.indicators()[1].descriptors[1] == "It is <handy>"
