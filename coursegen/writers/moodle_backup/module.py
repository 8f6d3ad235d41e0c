"""The folder of an activity: its place in the course, its own data, its grades, and what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...archive import Entry
from ...shortened import shortened
from .activities import Part
from .competencies import of_module
from .gradebook import item
from .plan import Section
from .room import Made, Room
from .xml import Fields, document, element, listed

VERSION = 2022112800
"""Moodle 4.1: what every module declares, so that nothing newer is expected of the site."""
EMPTY_ROLES = element("roles", None, element("role_overrides"), element("role_assignments"))
_LONGEST_ID = 100
_BY_HAND, _AUTOMATIC = 1, 2


def entries(section: Section, part: Part, room: Room, made: Made, category: int | None, places: Iterator[int]) -> Iterator[Entry]:
    """The files of an activity's folder. ``category`` is that of the gradebook which its grades belong to; ``places`` are those in it."""
    folder = f"activities/{part.module}_{room.cm}"
    root = element(part.module, made.fields, *made.inside, id=room.instance)
    activity = element("activity", None, root, id=room.instance, moduleid=room.cm, modulename=part.module, contextid=room.context)
    items = [(room.number("grade_items", str(grade.number)), grade) for grade in made.grades]
    yield f"{folder}/{part.module}.xml", document(activity)
    yield f"{folder}/module.xml", document(_module(section, part, room, made))
    yield f"{folder}/roles.xml", document(EMPTY_ROLES)
    rows = (item(number, grade, part.module, room, category, next(places)) for number, grade in items)
    yield f"{folder}/grades.xml", document(element("activity_gradebook", None, listed("grade_items", rows), element("grade_letters")))
    yield f"{folder}/inforef.xml", document(_references(room.rows, (number for number, _ in items), made))
    if competencies := of_module(room.course, part.activities):
        yield f"{folder}/competencies.xml", document(competencies)
    for name, content in made.more.items():
        yield f"{folder}/{name}", document(content)


def _module(section: Section, part: Part, room: Room, made: Made) -> str:
    """The row of ``course_modules``. A rule about a grade names the item 0; without one the column must be nothing, not 0."""
    rule = made.rule
    visible = not part.is_hidden
    completion = 0 if part.is_hidden else _AUTOMATIC if rule.is_automatic else _BY_HAND
    fields: Fields = {
        "modulename": part.module,
        "sectionid": room.section(section.ident),
        "sectionnumber": section.number,
        "idnumber": shortened(part.ident, _LONGEST_ID, "-"),
        "added": 0,
        "score": 0,
        "indent": 0,
        "visible": visible,
        "visibleoncoursepage": 1,
        "visibleold": visible,
        "groupmode": 0,
        "groupingid": 0,
        "completion": completion,
        "completiongradeitemnumber": 0 if completion and (rule.grade or rule.passed) else None,
        "completionpassgrade": bool(completion and rule.passed),
        "completionview": bool(completion and rule.view),
        "completionexpected": 0,
        "availability": None,
        "showdescription": part.described,
        "downloadcontent": 1,
    }
    return element("module", fields, element("tags"), id=room.cm, version=VERSION)


def _references(files: Iterable[int], grades: Iterable[int], made: Made) -> str:
    """What the activity needs of the files that all share."""
    parts = {
        "fileref": [element("file", {"id": number}) for number in files],
        "grade_itemref": [element("grade_item", {"id": number}) for number in grades],
        "question_categoryref": [element("question_category", {"id": each.number}) for each in made.categories],
    }
    return element("inforef", None, *(listed(name, rows) for name, rows in parts.items() if rows))
