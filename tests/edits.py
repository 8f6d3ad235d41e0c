"""A course with everything that keeps something of learners, and edits of it: what authors do between two editions."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from cases import CASE, CASE_FILES
from grids import GRID_FILES
from kinds import DRAWN, FORMS, KIND_FILES
from kinds import QUIZ as KINDS
from samples import FILES, write_course

COURSE, QUIZ, SECOND, WHY = "course.yaml", "01-brakes/quiz.yaml", "02-discs/quiz.yaml", "01-brakes/pages/why.html"
UNIT, LESSONS = "01-brakes/unit.yaml", "05-lessons/unit.yaml"
GRID = "grid.yaml"
_LESSONS = {path.replace("03-lessons", "05-lessons"): text.replace("u03", "u05") for path, text in GRID_FILES.items() if path != COURSE}
_UNITS = "  - 02-discs\n  - 03-customer\n  - 04-kinds\n  - 05-lessons\n"
SOURCE: dict[str, str] = {
    **FILES,
    **KIND_FILES,
    **CASE_FILES,
    **_LESSONS,
    FORMS: KIND_FILES[FORMS]
    .replace("[q-roller, q-sides]", "[q-roller, q-sides, q-fade]")
    .replace("[q-roller]", "[q-roller, q-fade]")
    .replace("[q-sides]", "[q-sides, q-fade]"),
    COURSE: FILES[COURSE].replace("  - 02-discs\n", _UNITS).replace("workload: 90", "workload: 205"),
}
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
_PARTS = SOURCE[QUIZ][SOURCE[QUIZ].index("  - id: q-parts") :]
_RUN_OUT = SOURCE[QUIZ][SOURCE[QUIZ].index("  - id: q-run-out") : SOURCE[QUIZ].index("  - id: q-parts")]
_WEAR = SOURCE["02-discs/unit.yaml"][
    SOURCE["02-discs/unit.yaml"].index("  - kind: page") : SOURCE["02-discs/unit.yaml"].index("  - kind: quiz")
]
_SCALE = SOURCE[KINDS][SOURCE[KINDS].index("  - id: q-sure") :]
_STOP = SOURCE[GRID][SOURCE[GRID].index("      - id: stop") :]
_PLAIN = "        feedback: She understands.\n        when: [{variable: measured, at_least: 1}]"
SAFE, LOST, BROKEN = "safe", "answers are lost", "attempts are lost"
Grade: TypeAlias = Literal["stays", "falls", "may fall"]
STAYS: Grade = "stays"
FALLS: Grade = "falls"
"""It is said that it may fall, and for somebody it does."""
MAY: Grade = "may fall"
"""It is said that it may fall; learners for whom it does are rare, or there are none in this course."""


class Edit(NamedTuple):
    """An edit: in which file which words become which others; and what ``coursegen diff`` says of it."""

    name: str
    verdict: str
    grade: Grade
    """What becomes of the grade of attempts that are not finished."""
    changes: tuple[tuple[str, str, str], ...]


def _edit(name: str, verdict: str, grade: Grade, *changes: tuple[str, str, str]) -> Edit:
    return Edit(name, verdict, grade, changes)


EDITS = (
    _edit("an option reworded", SAFE, STAYS, (QUIZ, "text: A dial gauge", "text: A gauge with a dial")),
    _edit("a stem reworded", SAFE, STAYS, (QUIZ, "Which two wear?", "Which of these wear?")),
    _edit("feedback reworded", SAFE, STAYS, (QUIZ, "They do not.", "They stay.")),
    _edit("a page reworded", SAFE, STAYS, (WHY, "Brakes turn motion", "Brakes change motion")),
    _edit("a page retitled", SAFE, STAYS, (UNIT, "title: Why brakes matter", "title: Why we brake")),
    _edit("units moved", SAFE, STAYS, (COURSE, "  - 01-brakes\n  - 02-discs\n", "  - 02-discs\n  - 01-brakes\n")),
    _edit("questions moved", SAFE, STAYS, (QUIZ, _RUN_OUT + _PARTS, _PARTS.rstrip() + "\n\n" + _RUN_OUT)),
    _edit("the version", SAFE, STAYS, (COURSE, "version: 1.10", "version: 1.11")),
    _edit("a page under another id", SAFE, STAYS, (UNIT, "id: u01-why", "id: u01-because")),
    _edit(
        "a wrong option added",
        SAFE,
        STAYS,
        (QUIZ, "    feedback: <p>Run-out", "      - {id: c, text: A thumb, feedback: No.}\n    feedback: <p>Run-out"),
    ),
    _edit(
        "a foreseen mistake added",
        SAFE,
        STAYS,
        (SECOND, "      - {id: c, text: bolts", "      - {id: d, text: nuts, correct: false, feedback: No.}\n      - {id: c, text: bolts"),
    ),
    _edit(
        "a question added",
        SAFE,
        FALLS,
        (QUIZ, "      discs <strong>slowly</strong>.\n", f"      discs <strong>slowly</strong>.\n{NEW_QUESTION}"),
    ),
    _edit("shuffled", SAFE, STAYS, (QUIZ, "pass_mark: 70", "pass_mark: 70\nshuffle_questions: true\nshuffle_options: true")),
    _edit("a lower pass mark", SAFE, STAYS, (QUIZ, "pass_mark: 70", "pass_mark: 30")),
    _edit("more tries", SAFE, STAYS, (SECOND, "attempts: 3", "attempts: unlimited")),
    _edit("another points", SAFE, FALLS, (QUIZ, "    points: 2\n", "    points: 3\n")),
    _edit("handed in", SAFE, FALLS, (QUIZ, "pass_mark: 70", "pass_mark: 70\nfeedback: deferred")),
    _edit("a unit retitled", SAFE, STAYS, (UNIT, "title: Brakes\n", "title: All about brakes\n")),
    _edit("drawn questions more", SAFE, FALLS, (DRAWN, "tags: [easy], draw: 1", "tags: [easy], draw: 2")),
    _edit("a lower least", SAFE, STAYS, (CASE, "at_most: 0", "at_most: 1")),
    _edit("a scene reworded", SAFE, STAYS, (CASE, "The run-out is 0.09 mm.", "It runs out by 0.09 mm.")),
    _edit(
        "a level more",
        SAFE,
        STAYS,
        (GRID, "  - title: Shared & kept\n", "  - title: Shared & kept\n  - title: Taught\n"),
        *[(GRID, old, old[:-1] + ", Taught]") for old in ("The job leads the lesson]", "It solves a problem]", "People stop and check]")],
    ),
    _edit("completion asks less", SAFE, STAYS, (COURSE, "  quizzes: passed", "  quizzes: answered")),
    _edit("a scale reworded", SAFE, STAYS, (KINDS, "{id: a, text: Not sure}", "{id: a, text: Unsure}")),
    _edit("an item reworded", SAFE, STAYS, (KINDS, "text: A bolt, group: lasts", "text: A nut, group: lasts")),
    _edit(
        "a key mended",
        LOST,
        FALLS,
        (QUIZ, "text: Discs, correct: true", "text: Discs"),
        (QUIZ, "text: Bolts,", "text: Bolts, correct: true,"),
    ),
    _edit("true is false", LOST, FALLS, (SECOND, "answer: false", "answer: true")),
    _edit(
        "a typed answer added",
        LOST,
        MAY,
        (SECOND, "      - {id: b, text: brake pads}", "      - {id: b, text: brake pads}\n      - {id: d, text: linings}"),
    ),
    _edit(
        "an option removed",
        LOST,
        STAYS,
        (QUIZ, "      - {id: c, text: Bolts, feedback: They do not.}\n", "      - {id: d, text: Screws, feedback: They do not.}\n"),
    ),
    _edit("a right option renamed", LOST, FALLS, (QUIZ, "{id: a, text: Pads", "{id: pads, text: Pads")),
    _edit("a question removed", LOST, FALLS, (QUIZ, _PARTS, "")),
    _edit("a question renamed", LOST, FALLS, (QUIZ, "id: q-run-out", "id: q-tool")),
    _edit("partial credit", LOST, FALLS, (KINDS, "    credit: all-or-nothing\n", "    credit: partial\n")),
    _edit("words of a pair", LOST, FALLS, (KINDS, "match: run-out", "match: the run-out")),
    _edit("a distractor removed", LOST, STAYS, (KINDS, "    distractors:\n      - {id: x, text: noise}\n", "")),
    _edit(
        "an item elsewhere",
        LOST,
        FALLS,
        (KINDS, "text: A bolt, group: lasts", "text: A bolt, group: wears"),
        (KINDS, "text: A pad, group: wears", "text: A pad, group: lasts"),
    ),
    _edit(
        "another order",
        LOST,
        FALLS,
        (
            KINDS,
            "      - {id: measure, text: Measure}\n      - {id: decide, text: Decide}\n",
            "      - {id: decide, text: Decide}\n      - {id: measure, text: Measure}\n",
        ),
    ),
    _edit("an option of a gap", LOST, MAY, (KINDS, "{id: b, text: 0.5,", "{id: c, text: 0.5,")),
    _edit("a gap's text", LOST, FALLS, (KINDS, "{id: a, text: dial gauge}", "{id: a, text: gauge}")),
    _edit("a tolerance", LOST, FALLS, (KINDS, "value: 22.4, tolerance: 0.1", "value: 22.4, tolerance: 0.2")),
    _edit("case counts not", LOST, FALLS, (KINDS, "    case: counts\n", "")),
    _edit("a scale loses a level", LOST, STAYS, (KINDS, "{id: b, text: Sure}", "{id: c, text: Very sure}")),
    _edit(
        "an essay removed",
        LOST,
        STAYS,
        (KINDS, SOURCE[KINDS][SOURCE[KINDS].index("  - id: q-words") : SOURCE[KINDS].index("  - id: q-sure")], ""),
    ),
    _edit(
        "other forms",
        LOST,
        FALLS,
        (
            FORMS,
            "  - id: a\n    questions: [q-roller, q-fade]\n  - id: b\n    questions: [q-sides, q-fade]\n",
            "  - id: a\n    questions: [q-sides, q-fade]\n  - id: b\n    questions: [q-roller, q-fade]\n",
        ),
    ),
    _edit("a form more", LOST, FALLS, (FORMS, "  - id: b\n", "  - id: c\n    questions: [q-roller, q-fade]\n  - id: b\n")),
    _edit("a higher pass mark", LOST, STAYS, (QUIZ, "pass_mark: 70", "pass_mark: 90")),
    _edit("fewer tries", LOST, STAYS, (SECOND, "attempts: 3", "attempts: 1")),
    _edit("a quiz renamed", LOST, FALLS, (UNIT, "id: u01-quiz", "id: u01-check")),
    _edit("a scene renamed", LOST, MAY, (CASE, "id: workshop", "id: garage"), (CASE, "to: workshop", "to: garage")),
    _edit("a choice renamed", LOST, FALLS, (CASE, "      - id: ask\n", "      - id: question\n")),
    _edit("limits of a variable", SAFE, STAYS, (CASE, "high: 3", "high: 2"), (CASE, "trust, by: 1}", "trust, by: 5}")),
    _edit("a condition that never mattered", SAFE, STAYS, (CASE, "at_least: 1, at_most: 2", "at_least: 2, at_most: 2")),
    _edit("a condition", LOST, MAY, (CASE, _PLAIN, _PLAIN[:-1] + ", {variable: trust, at_least: 1}]")),
    _edit("a variable begins otherwise", LOST, MAY, (CASE, "    start: 1\n", "    start: 2\n")),
    _edit("points of a choice", SAFE, FALLS, (CASE, "        points: 3\n", "        points: 2\n")),
    _edit(
        "an indicator renamed",
        LOST,
        STAYS,
        (GRID, "      - id: stop\n", "      - id: halt\n"),
        ("05-lessons/reference.yaml", "indicator: stop", "indicator: halt"),
    ),
    _edit("another course", BROKEN, MAY, (COURSE, "id: sample\n", "id: brakes\n")),
)
"""The verdicts are said by hand, from what the documentation promises; the tests hold them against the player, too."""


def edited(source: dict[str, str], edit: Edit) -> dict[str, str] | None:
    """The sources after an edit; None where another edit has taken away the words that it is about."""
    made = dict(source)
    for file, old, new in edit.changes:
        if made[file].count(old) < 1:
            return None
        made[file] = made[file].replace(old, new)
    return made


def put(folder: Path, source: dict[str, str]) -> Path:
    """Write the sources into a folder."""
    return write_course(folder, {**dict.fromkeys(FILES), **source})
