"""Rules about what an LMS keeps of an attempt: it must fit, and nothing in it may be mixed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from ...branching import prove
from ...model import Course, GridRating, PackageName, Part, Unit
from ...outline import GLOSSARY, LIMITS, Runtime, outline
from ...suspend_data import ACTIVITY, INDICATOR, QUESTION, SCENE, mark, share, worst
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated_in

_NAMES: dict[Runtime, str] = {"scorm12": "SCORM 1.2", "scorm2004": "SCORM 2004"}
_HEAVIEST = 3


@check("D001", whole=True)
def attempt_too_long(survey: Survey) -> Iterator[Report]:
    """What the player has to remember of an attempt does not fit what an LMS keeps: 4,096 characters in SCORM 1.2.

    Each activity takes 5 characters (a quiz, a case or a grid 10 to 30 more), each answered question 6 and the ids of its options or
    the length of what can be typed (for each pair, thing or gap of a question its id, too), each decision of a case 4 and its id, each
    indicator of a grid 8. The longest attempt that is possible counts. In SCORM 2004 there are 64,000 characters. Essays and what
    learners write as evidence and essays only fill what is left, and 4,000 characters at most.

    Wrong: ``packages: [scorm12]`` with twenty units of two quizzes each
    Right: ``packages: [scorm12-unit, scorm2004]``, or fewer questions that are drawn from the same pool (``draw: 8``)
    """
    course = survey.course
    if not _provable(course) or any(any(repeated_in(question)) for question in survey.asked()):
        return
    wanted = course.packages or get_args(PackageName)
    whole = {runtime: outline(course, course.units, "", "", runtime) for runtime in LIMITS if runtime in wanted}
    refused = [runtime for runtime, made in whole.items() if worst(made) > LIMITS[runtime]]
    for runtime, limit in LIMITS.items():
        if f"{runtime}-unit" in wanted:
            for unit in course.units:
                made = outline(course, (unit,), "", "", runtime)
                if worst(made) > limit:
                    yield from _alone(course, made, runtime) or [_unit_too_long(unit, made, runtime)]
        if runtime in refused:
            yield from _alone(course, whole[runtime], runtime) or [_course_too_long(course, whole[runtime], runtime, refused)]


_SHORTER = {
    "quiz": "draw fewer of its questions (draw), or shorten the ids of their options",
    "case": "give its variables narrower limits, lead back to fewer scenes, or shorten the ids of its choices",
    "grid": "use a grid with fewer indicators",
}


def _alone(course: Course, made: dict[str, Any], runtime: Runtime) -> list[Report]:
    """The activities that do not even fit by themselves: no other packages would help."""
    parts = {activity.id: activity for _, activity in course.activities()}
    found = []
    for activity in (activity for unit in made["units"] for activity in unit["activities"]):
        length = worst({"units": [{"activities": [activity]}]})
        if length > LIMITS[runtime]:
            message = f'"{activity["title"]}" alone {_says(length, runtime)}'
            found.append(Report(parts[activity["id"]].place, message, _SHORTER[activity["kind"]]))
    return found


def _unit_too_long(unit: Unit, made: dict[str, Any], runtime: Runtime) -> Report:
    weights = {activity["id"]: share(activity) for activity in made["units"][0]["activities"]}
    message = f'the {_NAMES[runtime]} package of unit "{unit.id}" {_says(worst(made), runtime)}; {_most(weights)}'
    mend = "make two units of it, draw fewer questions in its quizzes, or shorten the ids of options and choices"
    return Report(unit.place, message, mend)


def _course_too_long(course: Course, made: dict[str, Any], runtime: Runtime, refused: list[Runtime]) -> Report:
    weights = {unit["id"]: sum(map(share, unit["activities"])) for unit in made["units"]}
    message = f"the {_NAMES[runtime]} package of the course {_says(worst(made), runtime)}; {_most(weights)}"
    if course.packages:
        return Report(course.at("packages"), message, f"leave {runtime} out of packages and take {runtime}-unit, or split the course")
    rest = ", ".join(name for name in get_args(PackageName) if name not in refused)
    return Report(course.place, message, f"write into course.yaml: packages: [{rest}]; or split the course")


def _says(length: int, runtime: Runtime) -> str:
    return f"may have to remember {length:,} characters, an LMS keeps {LIMITS[runtime]:,}"


def _most(weights: dict[str, int]) -> str:
    heaviest = sorted(weights, key=lambda name: -weights[name])[:_HEAVIEST]
    return f"the most is for {', '.join(f'{name} ({weights[name]:,})' for name in heaviest)}"


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

    Marks are short hashes of ids, so that an attempt fits what an LMS keeps. Two that are the same are rare (one large course in a
    hundred has some); what a learner did in one of the two would count for the other. Choose before the course is published: ids stay
    for ever.

    Wrong: ids whose marks are the same
    Right: another id for one of the two
    """
    course = survey.course
    units: list[Part] = list(course.units)
    yield from _collisions([*units, *(activity for _, activity in course.activities())], ACTIVITY)
    for unit in course.units:
        for quiz in unit.quizzes():
            yield from _collisions(quiz.set.pool(), QUESTION)
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
    """A unit or an activity has the id ``cg-glossary``, which is the player's own.

    The glossary has its address in the player, so the activity, or the page about the unit, could never be opened.

    Wrong: ``id: cg-glossary``
    Right: ``id: words-of-the-trade``
    """
    for part in (*survey.course.units, *(activity for _, activity in survey.course.activities())):
        if part.id == GLOSSARY:
            yield Report(part.at("id"), f'the id "{GLOSSARY}" is the player\'s own', "choose another id")
