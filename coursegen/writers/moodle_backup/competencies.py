"""Links to a competence framework that the site has. Without it they are left out, and Moodle says nothing."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import Activity, Course
from .numbers import Numbers
from .xml import element, listed

_EVIDENCE = 1
"""What completing does for a competence: it is evidence. That somebody is competent, a person says."""


def of_course(course: Course, numbers: Numbers) -> str:
    """``course/competencies.xml``; "" where the course has no framework."""
    if course.framework is None:
        return ""
    framework = course.framework.id
    rows = (
        element(
            "competency",
            {
                "id": numbers.of("competency", code),
                "idnumber": code,
                "ruleoutcome": _EVIDENCE,
                "sortorder": place,
                "frameworkid": numbers.of("competency_framework"),
                "frameworkidnumber": framework,
            },
        )
        for place, code in enumerate(_codes(course, (outcome.id for unit in course.units for outcome in unit.outcomes)))
    )
    settings = element("settings", {"pushratingstouserplans": 1}, id=numbers.of("competency_coursecompsetting"))
    return element("course_competencies", None, settings, listed("competencies", rows), element("user_competencies"))


def of_module(course: Course, activities: Iterable[Activity]) -> str:
    """``competencies.xml`` of an activity; "" where it has none. Moodle 4.1 stops at one without ``overridegrade``."""
    codes = _codes(course, (outcome for activity in activities for outcome in activity.outcomes)) if course.framework else []
    rows = [
        element(
            "competency",
            {
                "idnumber": code,
                "ruleoutcome": _EVIDENCE,
                "sortorder": place,
                "frameworkidnumber": course.framework.id if course.framework else "",
                "overridegrade": 0,
            },
        )
        for place, code in enumerate(codes)
    ]
    return element("course_module_competencies", None, listed("competencies", rows)) if rows else ""


def _codes(course: Course, outcomes: Iterable[str]) -> list[str]:
    """The competences of some outcomes, each once, in the order of the framework."""
    known = {outcome.id: outcome.competences for unit in course.units for outcome in unit.outcomes}
    found = {code for outcome in outcomes for code in known.get(outcome, ())}  # type: ignore[call-overload]
    return [competence.code for competence in course.framework.competences if competence.code in found] if course.framework else []
