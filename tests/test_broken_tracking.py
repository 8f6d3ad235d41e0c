"""One fault at a time in what an LMS has to keep: exactly one finding, with its code and place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from samples import FILES, write_course
from test_broken_sources import Case, expect_one_finding, place

from coursegen.suspend_data import ACTIVITY, INDICATOR, QUESTION, SCENE, mark

COURSE, UNIT, QUIZ, TYPED = "course.yaml", "01-brakes/unit.yaml", "01-brakes/quiz.yaml", "02-discs/quiz.yaml"
SECOND = "02-discs/unit.yaml"
CASES: list[Case] = []


def broken(code: str, name: str, changes: Mapping[str, str], says: str = "") -> None:
    """Files in place of those of the course; ``¤`` in one of them is the place of the finding."""
    (at,) = (place(file, text) for file, text in changes.items() if "¤" in text)

    def make(folder: Path) -> None:
        write_course(folder, {file: text.replace("¤", "") for file, text in changes.items()})

    CASES.append(Case(name, make, [(code, at)], says))


def twins(length: int) -> tuple[str, str]:
    """Two ids with one mark, found by trying."""
    seen: dict[str, str] = {}
    number = 0
    while (other := seen.setdefault(mark(f"one-{number}", length), f"one-{number}")) == f"one-{number}":
        number += 1
    return other, f"one-{number}"


def asking(*numbers: int) -> str:
    """Questions of a quiz, each of which may need 471 characters: the ids of its options are as long as ids get."""
    options = "".join(
        f"      - {{id: {'x' * 56}-{letter}, text: {letter}, correct: {str(letter in 'ab').lower()}, feedback: So.}}\n"
        for letter in "abcdefgh"
    )
    head = "    kind: multiple-response\n    stem: Which?\n    outcomes: [lo-2-1]\n    feedback: Those.\n    options:\n"
    return "".join(f"  - id: q-{nth}\n{head}{options}" for nth in numbers)


PACKAGES = "packages: [scorm12-unit, scorm12, cartridge-11, cartridge]\n"


def only(*packages: str) -> str:
    return FILES[COURSE].replace(PACKAGES, f"packages: [{', '.join(packages)}]\n")


ADDED = "  - {KIND, id: u02-more, title: More, minutes: 5, outcomes: [lo-2-1], FILE}\n"


def added(kind: str, file: str, text: str) -> dict[str, str]:
    """An activity more at the end of the second unit, of five minutes; it is the place of the finding."""
    unit, course = FILES[SECOND].replace("minutes: 35", "minutes: 40"), FILES[COURSE].replace("workload: 90", "workload: 95")
    line = ADDED.replace("KIND", f"kind: {kind}").replace("FILE", f"{'grid' if kind == 'grid' else 'file'}: {file}")
    return {COURSE: course, SECOND: unit + line.replace("{", "¤{", 1), f"02-discs/{file}": text}


TWO_QUIZZES = added("quiz", "more.yaml", f"questions:\n{asking(*range(5, 9))}")
assert FILES[TYPED].endswith("\n")
TWO_QUIZZES |= {TYPED: FILES[TYPED] + asking(*range(5)), SECOND: f"¤{TWO_QUIZZES[SECOND].replace('¤', '')}"}
broken("D001", "a unit", {**TWO_QUIZZES, COURSE: TWO_QUIZZES[COURSE].replace(PACKAGES, "packages: [scorm12-unit]\n")}, says='unit "u02"')
LONG = {QUIZ: FILES[QUIZ] + asking(*range(4)), TYPED: FILES[TYPED] + asking(*range(4, 9))}
broken("D001", "the course", {**LONG, COURSE: only("scorm12").replace("packages:", "¤packages:")}, says="leave scorm12 out of packages")
broken(
    "D001",
    "the course, and everything is built",
    {**LONG, COURSE: f"¤{FILES[COURSE].replace(PACKAGES, '')}"},
    says="packages: [scorm12-unit, scorm2004-unit, scorm2004, cartridge-11, cartridge",
)
VERY_LONG = {QUIZ: FILES[QUIZ] + asking(*range(70)), TYPED: FILES[TYPED] + asking(*range(70, 140))}
broken("D001", "all that SCORM 2004 keeps", {**VERY_LONG, COURSE: only("scorm2004").replace("packages:", "¤packages:")}, "64,000")
broken("D001", "a quiz alone", added("quiz", "more.yaml", f"questions:\n{asking(*range(9))}"), says='"More" alone may have to remember')
ROUNDS = "".join(f"      - {{id: {'x' * 50}-{nth}, text: Do {nth}, to: desk, change: [{{variable: v{nth}, by: 1}}]}}\n" for nth in range(2))
COUNTING = f"""\
variables: [{{id: v0, title: A, high: 9}}, {{id: v1, title: B, high: 9}}]
scenes:
  - id: desk
    title: The desk
    text: It is full.
    choices:
{ROUNDS}      - {{id: clear, text: Clear it, to: desk, change: [{{variable: v0, to: 0}}, {{variable: v1, to: 0}}]}}
      - {{id: leave, text: Leave, to: end, when: [{{variable: v0, at_least: 1}}, {{variable: v1, at_least: 1}}]}}
  - {{id: end, title: The end, text: It is over., ending: Over}}
"""
broken("D001", "a case alone", added("case", "case.yaml", COUNTING), says="narrower limits")
names = {mark(f"i-{nth}", INDICATOR): f"i-{nth}" for nth in range(520)}.values()
INDICATORS = "".join(f"      - {{id: {name}, title: It, descriptors: [No, Yes]}}\n" for name in names)
LARGE = (
    f"title: A grid\nlevels: [{{title: Low}}, {{title: High}}]\ndimensions:\n  - id: work\n    title: Work\n    indicators:\n{INDICATORS}"
)
broken("D001", "a grid alone", added("grid", "grid.yaml", LARGE), says="fewer indicators")

ONE, TWO = twins(ACTIVITY)
activities = FILES[UNIT].replace("id: u01-framework", f"id: {ONE}").replace("id: u01-sheet", f"¤id: {TWO}")
broken("D002", "two activities", {UNIT: activities}, says=f'"{TWO}" and "{ONE}"')
ONE, TWO = twins(QUESTION)
questions = FILES[QUIZ].replace("id: q-run-out", f"id: {ONE}").replace("id: q-parts", f"¤id: {TWO}")
broken("D002", "two questions of a quiz", {QUIZ: questions}, says="rename one of the two")
ONE, TWO = twins(SCENE)
MORE = "  - {kind: KIND, id: u01-more, title: More, minutes: 5, outcomes: [lo-1-1], FILE}\n"
minutes = {UNIT: FILES[UNIT].replace("minutes: 55", "minutes: 60"), COURSE: FILES[COURSE].replace("workload: 90", "workload: 95")}
case = f"""\
scenes:
  - id: {ONE}
    title: The door
    text: It is shut.
    choices:
      - {{id: open, text: Open it, to: {TWO}, points: 1, feedback: Good.}}
      - {{id: wait, text: Wait, to: {TWO}, feedback: Well.}}
  - {{¤id: {TWO}, title: The room, text: You are in., ending: In}}
"""
with_case = {**minutes, UNIT: minutes[UNIT] + MORE.replace("KIND", "case").replace("FILE", "file: case.yaml"), "01-brakes/case.yaml": case}
broken("D002", "two scenes of a case", with_case)
ONE, TWO = twins(INDICATOR)
grid = f"""\
title: A grid
levels: [{{title: Low}}, {{title: High}}]
dimensions:
  - id: work
    title: Work
    indicators:
      - {{id: {ONE}, title: One, descriptors: [No, Yes]}}
      - {{¤id: {TWO}, title: Two, descriptors: [No, Yes]}}
"""
with_grid = {**minutes, UNIT: minutes[UNIT] + MORE.replace("KIND", "grid").replace("FILE", "grid: grid.yaml"), "01-brakes/grid.yaml": grid}
broken("D002", "two indicators of a grid", with_grid)

broken("D003", "an activity", {UNIT: FILES[UNIT].replace("id: u01-talk", "¤id: cg-glossary")}, says="another id")
broken("D003", "a unit", {SECOND: FILES[SECOND].replace("id: u02\n", "¤id: cg-glossary\n")}, says="another id")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)
