"""One fault at a time in an analysis grid, its reference or a link to an activity: exactly one finding, with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from grids import GRID, GRID_FILES, PAGE, REFERENCE, UNIT
from samples import FILES, write_course
from test_broken_sources import Case, expect_one_finding, place

from coursegen.check import check_source
from coursegen.model import GridRating

ALL = {**FILES, **GRID_FILES}
CASES: list[Case] = []


def change(code: str, name: str, file: str, old: str, new: str, *, at: tuple[str, str] | None = None, says: str = "") -> None:
    """A file in which one spot is changed; ``¤`` or ``at`` (a file and the words where it is) is the place of the finding."""
    assert ALL[file].count(old) == 1, f"{old!r} stands {ALL[file].count(old)} times in {file}"
    text = ALL[file].replace(old, new)
    expected = place(at[0], ALL[at[0]], at[1]) if at else place(file, text)

    def make(folder: Path) -> None:
        write_course(folder, {**GRID_FILES, file: text.replace("¤", "")})

    CASES.append(Case(name, make, [(code, expected)], says))


# --- the grid ---

JOB = "descriptors: [A list of topics, A job is named, The job leads the lesson]"
change("G001", "too few", GRID, JOB, "¤descriptors: [A list of topics, The job leads the lesson]", says='"Real job" has 2 descriptors')
change("G001", "too many", GRID, JOB, "¤descriptors: [a, b, c, d]", says="the grid has 3 levels")
TEN = "".join(f"  - title: Level {number}\n" for number in range(1, 11))
WORDS = f"descriptors: [{', '.join('abcdefghij')}]"
ten_levels = GRID_FILES[GRID].replace(
    "levels:\n  - title: Improvised\n  - title: Organised\n  - title: Shared & kept\n", f"¤levels:\n{TEN}"
)
for line in {line.strip() for line in ten_levels.splitlines() if "descriptors:" in line}:
    ten_levels = ten_levels.replace(line, WORDS)
change("G002", "ten levels", GRID, GRID_FILES[GRID], ten_levels, says="10 levels")
DESCRIPTORS, STOP = "descriptors: [The tool came first, It is <handy>, It solves a problem]", "- id: stop"
NAMED = "\n        title: Another\n        descriptors: [a, b, c]"
change("G003", "two indicators", GRID, DESCRIPTORS, f"{DESCRIPTORS}\n      - ¤id: job{NAMED}", says="line 12")
change("G003", "in two dimensions", GRID, STOP, f"- ¤id: job{NAMED}\n      {STOP}")
change("G003", "two dimensions", GRID, "- id: safety", "- ¤id: work")
change("G003", "a dimension and an indicator", GRID, "- id: safety", "- ¤id: job", says="line 12")
change("I004", "a dimension", GRID, "competences: [1.1]", "competences: [¤7.1]", says="7.1")
change("H009", "in the grid's own text", GRID, 'id="before">Look', 'id="before">¤<b id="before">Look</b>', says="before")
change("H009", "in the grid and in an activity", UNIT, "<p>Take a lesson", '¤<p id="before">Take a lesson', says="grid.yaml:2:8")
change("A004", "in a text that two activities show", GRID, "Look first", '¤<a href="#before">here</a>')
change("A003", "heading of the grid's text", GRID, '<p id="before">Look', '¤<h2>How</h2><p id="before">Look', says="use h3")
change("A003", "skipped in the grid's text", GRID, '<p id="before">Look', '¤<h4>How</h4><p id="before">Look', says="use h3")
change("A003", "skipped before the grid", UNIT, "<p>Take a lesson", "¤<h3>Yours</h3><p>Take a lesson", says="use h2")
FROM = GRID_FILES[UNIT].index("    minutes: 30")
TO = GRID_FILES[UNIT].index("    about: <p>Take")
TWO = GRID_FILES[UNIT][FROM:TO]
change("P005", "no minutes", UNIT, TWO, TWO.replace("30", "45").replace("    minutes: 15\n", "").replace("- kind", "- ¤kind"))

# --- the reference ---

change("G004", "misspelt", REFERENCE, "indicator: reason", "indicator: ¤resaon", says='did you mean "reason"?')
change("G005", "twice", REFERENCE, "  - indicator: stop", "  - ¤indicator: job\n    level: 2\n  - indicator: stop", says="line 3")
change("G006", "above the scale", REFERENCE, "level: 3", "¤level: 4", says="the grid has 3 levels")
change(
    "G007", "one left out", REFERENCE, "  - indicator: stop\n    level: not-applicable\n", "", at=(REFERENCE, "ratings:"), says="for stop"
)
change("A003", "heading of a reason", REFERENCE, "reason: <p>The", "reason: ¤<h3>Why</h3><p>The", says="cannot have headings")
change("S004", "no level", REFERENCE, "level: 3", "level: ¤high", says="not-applicable")

# --- links to activities ---

change("L016", "misspelt", PAGE, '<a href="../unit.yaml#u03-own">', '¤<a href="../unit.yaml#u03-won">', says='did you mean "u03-own"?')
change(
    "L016", "of another unit", PAGE, '<a href="../unit.yaml#u03-own">', '¤<a href="../unit.yaml#u01-talk">', says="01-brakes/unit.yaml does"
)
change("L016", "of no unit", PAGE, '<a href="../unit.yaml#u03-own">', '¤<a href="../unit.yaml#x">', says="u03-how, u03-sample, u03-own")
change("L016", "a whole unit", PAGE, '<a href="../unit.yaml#u03-own">', '¤<a href="../unit.yaml">', says="whole unit")
change("L016", "in a text of a grid", GRID, '<a href="#before">', '¤<a href="03-lessons/unit.yaml#own">')
change("L004", "a file that activities share", PAGE, '<a href="../unit.yaml#u03-own">', '¤<a href="../../grid.yaml">', says="unit.yaml#")
change("L010", "for tutors", PAGE, "01-brakes/unit.yaml#u01-talk", "01-brakes/unit.yaml#u01-tutor", at=(PAGE, '<a href="../../01'))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)


def test_headings_below_those_of_the_page(tmp_path: Path) -> None:
    """The lesson to rate stands below the page's title, the grid's own text below the grid's."""
    changes = {
        UNIT: GRID_FILES[UNIT].replace("<p>Take a lesson", "<h2>Yours</h2><p>Take a lesson"),
        GRID: GRID_FILES[GRID].replace('<p id="before">Look', '<h3>How</h3><p id="before">Look'),
    }
    _, findings = check_source(write_course(tmp_path, {**GRID_FILES, **changes}))
    assert not findings, "\n".join(map(str, findings))


def test_a_reference_that_two_activities_share(tmp_path: Path) -> None:
    unit = GRID_FILES[UNIT].replace(
        "lesson of your own.</p>\n    grid: ../grid.yaml\n",
        "lesson of your own.</p>\n    grid: ../grid.yaml\n    reference: reference.yaml\n",
    )
    course, findings = check_source(write_course(tmp_path, {**GRID_FILES, UNIT: unit}))
    assert not findings, "\n".join(map(str, findings))
    assert course is not None
    one, other = (activity.reference for activity in course.units[2].activities if isinstance(activity, GridRating))
    assert one is other is not None
    wrong = GRID_FILES[REFERENCE].replace("indicator: reason", "indicator: resaon")
    _, findings = check_source(write_course(tmp_path / "wrong", {**GRID_FILES, UNIT: unit, REFERENCE: wrong}))
    assert [finding.code for finding in findings] == ["G004"]


def test_the_course_itself_is_clean(tmp_path: Path) -> None:
    """One grid that two activities use is no duplicate of anything."""
    _, findings = check_source(write_course(tmp_path, GRID_FILES))
    assert not findings, "\n".join(map(str, findings))
