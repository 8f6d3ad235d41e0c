"""A rubric as Moodle grades by it: ``grading.xml`` beside an assignment.

Moodle makes a grade of the points: none at all is 0, all of them are the whole grade. Its words are plain text there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from ....model import Rubric
from ....shortened import shortened
from ..room import Room
from ..xml import Fields, element, listed

GRADING = "grading.xml"
_READY = 20
_LONGEST_NAME = 255
_REFERENCE = re.compile(r"&(?=#(?:\d+|x[0-9a-f]+);)", re.IGNORECASE)


class Level(NamedTuple):
    """How far something meets a criterion."""

    ident: str
    points: int
    words: str


class Criterion(NamedTuple):
    """A row of the table, its levels in order."""

    ident: str
    title: str
    levels: tuple[Level, ...]


def criteria(rubric: Rubric) -> tuple[Criterion, ...]:
    """The criteria of a rubric."""
    return tuple(
        Criterion(each.id, each.title, tuple(Level(level.id, level.points, level.text) for level in each.levels))
        for each in rubric.criteria
    )


def grading(title: str, rows: Iterable[Criterion], room: Room, shows_points: bool = True) -> str:
    """The areas of ``grading.xml``: submissions are graded by this rubric. ``shows_points``: teachers and learners see the numbers."""
    definition: Fields = {
        "method": "rubric",
        "name": shortened(title, _LONGEST_NAME),
        "description": "",
        "descriptionformat": 1,
        "status": _READY,
        "timecreated": 0,
        "timemodified": 0,
        "options": _options(shows_points),
    }
    written = listed("criteria", (_criterion(place, row, room) for place, row in enumerate(rows, 1)))
    rubric = element("plugin_gradingform_rubric_definition", None, written)
    defined = listed("definitions", [element("definition", definition, rubric, id=room.number("grading_definitions"))])
    area = element("area", {"areaname": "submissions", "activemethod": "rubric"}, defined, id=room.number("grading_areas"))
    return listed("areas", [area])


def _options(shows_points: bool) -> str:
    """Settings of the rubric. Learners see it before they hand in; remarks can be written to each criterion, and learners read them."""
    points = str(int(shows_points))
    return json.dumps(
        {
            "sortlevelsasc": "1",
            "lockzeropoints": "1",
            "alwaysshowdefinition": "1",
            "showdescriptionteacher": "1",
            "showdescriptionstudent": "1",
            "showscoreteacher": points,
            "showscorestudent": points,
            "enableremarks": "1",
            "showremarksstudent": "1",
        }
    )


def _criterion(place: int, row: Criterion, room: Room) -> str:
    levels = (
        element(
            "level",
            {"score": level.points, "definition": plain(level.words), "definitionformat": 1},
            id=room.number("gradingform_rubric_levels", row.ident, level.ident),
        )
        for level in row.levels
    )
    fields: Fields = {"sortorder": place, "description": plain(row.title), "descriptionformat": 1}
    return element("criterion", fields, listed("levels", levels), id=room.number("gradingform_rubric_criteria", row.ident))


def plain(words: str) -> str:
    """Words where Moodle shows plain text, but takes numeric references for their characters (``s()`` in lib/weblib.php)."""
    return _REFERENCE.sub("&#38;", words)
