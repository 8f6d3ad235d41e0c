"""Rules about what an LMS keeps of an attempt: it must fit, and nothing in it may be mixed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from ...branching import prove
from ...model import Course, GridRating, PackageName, Part, Unit
from ...outline import LIMITS, Runtime, outline
from ...suspend_data import ACTIVITY, INDICATOR, QUESTION, SCENE, mark, share, worst
from ..rule import Report, check
from ..survey import Survey

_NAMES: dict[Runtime, str] = {"scorm12": "SCORM 1.2", "scorm2004": "SCORM 2004"}
_HEAVIEST = 3
RESERVED = "cg-glossary"
"""The address of the glossary in the player."""


@check("D001", whole=True)
def attempt_too_long(survey: Survey) -> Iterator[Report]:
    """What the player has to remember of an attempt does not fit what an LMS keeps: 4,096 characters in SCORM 1.2.

    Each activity takes 5 characters, each answered question 6 and the ids of its options or the length of what can be typed (twice),
    each decision of a case 4 and its id, each indicator of a grid 8. The longest attempt that is possible counts. In SCORM 2004
    there are 64,000 characters. What learners write as evidence only fills what is left.

    Wrong: ``packages: [scorm12]`` with twenty units of two quizzes each
    Right: ``packages: [scorm12-unit, scorm2004]``, or fewer questions that are drawn from the same pool (``draw: 8``)
    """
    course = survey.course
    if not _provable(course):
        return
    wanted = course.packages or get_args(PackageName)
    for runtime, limit in LIMITS.items():
        if f"{runtime}-unit" in wanted:
            for unit in course.units:
                yield from _too_long(course, (unit,), runtime, limit, unit)
        if runtime in wanted:
            yield from _too_long(course, course.units, runtime, limit, course)


def _too_long(course: Course, units: tuple[Unit, ...], runtime: Runtime, limit: int, part: Unit | Course) -> Iterator[Report]:
    made = outline(course, units, "", "", runtime)
    length = worst(made)
    if length <= limit:
        return
    what = (
        f'the {_NAMES[runtime]} package of unit "{part.id}"' if isinstance(part, Unit) else f"the {_NAMES[runtime]} package of the course"
    )
    if isinstance(part, Unit):
        weights = {activity["id"]: share(activity) for activity in made["units"][0]["activities"]}
        mend = "make two units of it, draw fewer questions in its quizzes, or shorten the ids of options and choices"
    else:
        weights = {unit["id"]: sum(map(share, unit["activities"])) for unit in made["units"]}
        mend = f"leave {runtime} out of packages and take {runtime}-unit, or split the course"
    heaviest = sorted(weights, key=lambda name: -weights[name])[:_HEAVIEST]
    most = ", ".join(f"{name} ({weights[name]:,})" for name in heaviest)
    message = f"{what} may have to remember {length:,} characters, an LMS keeps {limit:,}; the most is for {most}"
    yield Report(part.place if isinstance(part, Unit) else part.at("packages"), message, mend)


def _provable(course: Course) -> bool:
    """Whether all cases lead somewhere; rules of their own tell of those that do not."""
    try:
        for unit in course.units:
            for case in unit.cases():
                prove(case.storyline)
    except KeyError:
        return False
    return True


@check("D002")
def marks_collide(survey: Survey) -> Iterator[Report]:
    """Two ids have the same mark, by which the player remembers them.

    Marks are short hashes of ids, so that an attempt fits what an LMS keeps. Two that are the same are rare (one course in a thousand
    has some); what a learner did in one of the two would count for the other. Choose before the course is published: ids stay for ever.

    Wrong: ids whose marks are the same
    Right: another id for one of the two
    """
    course = survey.course
    units: list[Part] = list(course.units)
    yield from _collisions([*units, *(activity for _, activity in course.activities())], ACTIVITY)
    for unit in course.units:
        for quiz in unit.quizzes():
            yield from _collisions(quiz.set.questions, QUESTION)
        for case in unit.cases():
            yield from _collisions(case.storyline.scenes, SCENE)
        for activity in unit.activities:
            if isinstance(activity, GridRating):
                yield from _collisions(activity.grid.indicators(), INDICATOR)


def _collisions(parts: Iterable[Part], length: int) -> Iterator[Report]:
    first: dict[str, str] = {}
    for part in parts:
        name: str = getattr(part, "id")  # noqa: B009 - every part that is given has one; not every part has
        other = first.setdefault(mark(name, length), name)
        if other != name:
            yield Report(part.at("id"), f'the ids "{name}" and "{other}" have the same mark', "rename one of the two")


@check("D003")
def reserved_id(survey: Survey) -> Iterator[Report]:
    """An activity has the id ``cg-glossary``, which is the player's own.

    The glossary has its address in the player, so the activity could never be opened.

    Wrong: ``id: cg-glossary``
    Right: ``id: words-of-the-trade``
    """
    for part in (*survey.course.units, *(activity for _, activity in survey.course.activities())):
        if part.id == RESERVED:
            yield Report(part.at("id"), f'the id "{RESERVED}" is the player\'s own', "choose another id")
