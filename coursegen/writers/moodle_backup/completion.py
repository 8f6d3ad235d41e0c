"""When a learner has completed the course: every activity that counts; and when a unit opens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from .numbers import Numbers
from .xml import Fields, element

_ACTIVITIES, _COURSES, _ROLES = 4, 8, 7
_ALL = 1


def course_completion(counted: Iterable[tuple[str, int]], numbers: Numbers) -> str:
    """``completion.xml``: all of these activities, as (module, number of its course module)."""
    criteria = (_criterion(module, cm, numbers) for module, cm in counted)
    methods = (
        element(
            "course_completion_aggr_methd", {"course": numbers.of("course"), "criteriatype": kind, "method": _ALL, "value": None}, id=number
        )
        for kind, number in (
            (kind, numbers.of("course_completion_aggr_methd", str(kind))) for kind in (None, _ACTIVITIES, _COURSES, _ROLES)
        )
    )
    return element("course_completion", None, *criteria, *methods)


def _criterion(module: str, cm: int, numbers: Numbers) -> str:
    fields: Fields = {
        "course": numbers.of("course"),
        "criteriatype": _ACTIVITIES,
        "module": module,
        "moduleinstance": cm,
        "courseinstanceshortname": None,
        "enrolperiod": None,
        "timeend": None,
        "gradepass": None,
        "role": None,
        "roleshortname": None,
    }
    number = numbers.of("course_completion_criteria", str(cm))
    return element("course_completion_criteria", fields, element("course_completion_crit_completions"), id=number)


def opens_after(counted: Sequence[int]) -> str | None:
    """The condition of a section that opens when these course modules are completed; nothing where none of them count."""
    if not counted:
        return None
    conditions = [{"type": "completion", "cm": cm, "e": 1} for cm in counted]
    return json.dumps({"op": "&", "c": conditions, "showc": [True] * len(conditions)})
