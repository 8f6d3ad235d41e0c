"""The gradebook: a category for each unit with grades, and the units' weights."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import Course
from ...moodle.words import name
from .numbers import Numbers
from .plan import Section
from .room import Grade, Room
from .xml import Fields, element, listed

_WEIGHTED_MEAN = 10
_TOP = "course"


def category_of(section: Section, numbers: Numbers) -> int:
    """The number of a section's category."""
    return numbers.of("grade_categories", section.ident)


def gradebook(course: Course, graded: Iterable[Section], numbers: Numbers) -> str:
    """``gradebook.xml``: the weighted mean of the units, in each the mean of its grades. Empty where nothing is graded."""
    found = [section for section in graded if section.unit]
    top = numbers.of("grade_categories", _TOP)
    rows = [_category(top, None, "?")]
    rows += (_category(category_of(section, numbers), top, name(section.title)) for section in found)
    # The column course of the first item is the course itself; Moodle puts in the new number.
    items = [_item(numbers.of("grade_items", _TOP), "course", numbers.of("course"), 1, 0)]
    items += (
        _item(numbers.of("grade_items", "category", section.ident), "category", category_of(section, numbers), place, section.unit.weight)
        for place, section in enumerate(found, 2)
        if section.unit
    )
    settings = element("grade_settings", None, element("grade_setting", {"name": "minmaxtouse", "value": 1}, id=""))
    return element(
        "gradebook",
        None,
        element("attributes"),
        listed("grade_categories", rows),
        listed("grade_items", items),
        element("grade_letters"),
        settings,
    )


def _category(number: int, parent: int | None, title: str) -> str:
    fields: Fields = {
        "parent": parent,
        "depth": 2 if parent else 1,
        "path": f"/{parent}/{number}/" if parent else f"/{number}/",
        "fullname": title,
        "aggregation": _WEIGHTED_MEAN,
        "keephigh": 0,
        "droplow": 0,
        "aggregateonlygraded": 1,
        "aggregateoutcomes": 0,
        "timecreated": 0,
        "timemodified": 0,
        "hidden": 0,
    }
    return element("grade_category", fields, id=number)


def item(number: int, grade: Grade, module: str, room: Room, category: int | None, place: int) -> str:
    """The row of an activity's grade; ``place`` is that in the gradebook. In a weighted mean a weight of 0 leaves it out."""
    return _row(
        number,
        {
            "categoryid": category,
            "itemname": room.name(grade.title),
            "itemtype": "mod",
            "itemmodule": module,
            "iteminstance": room.instance,
            "itemnumber": grade.number,
        },
        grade.most,
        grade.to_pass,
        grade.weight,
        place,
    )


def _item(number: int, kind: str, instance: int, place: int, weight: int) -> str:
    fields: Fields = {
        "categoryid": None,
        "itemname": None if kind == "course" else "",
        "itemtype": kind,
        "itemmodule": None,
        "iteminstance": instance,
        "itemnumber": None,
    }
    return _row(number, fields, 100, 0, weight, place)


def _row(number: int, what: Fields, most: float, to_pass: float, weight: float, place: int) -> str:
    fields: Fields = {
        **what,
        "iteminfo": None,
        "idnumber": "",
        "calculation": None,
        "gradetype": 1,
        "grademax": most,
        "grademin": 0,
        "scaleid": None,
        "outcomeid": None,
        "gradepass": to_pass,
        "multfactor": 1,
        "plusfactor": 0,
        "aggregationcoef": weight,
        "aggregationcoef2": 0,
        "weightoverride": 0,
        "sortorder": place,
        "display": 0,
        "decimals": None,
        "hidden": 0,
        "locked": 0,
        "locktime": 0,
        "needsupdate": 0,
        "timecreated": 0,
        "timemodified": 0,
    }
    return element("grade_item", fields, element("grade_grades"), id=number)
