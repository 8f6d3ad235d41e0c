"""What stands where: sections of Moodle, and the activities in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, TypeAlias

from ...archive import Entry
from ...model import Course, Unit
from ...render.templates import Templates
from .activities import Part, page, parts, scorm
from .numbers import Numbers
from .room import Made, Room
from .texts import Target

GLOSSARY = "page--glossary"
PackageOf: TypeAlias = Callable[[Unit], Iterable[Entry]]
"""Makes the SCORM package of a unit."""
_IN_PACKAGE = frozenset(["page", "quiz", "lesson", "url", "resource", "book"])
"""Modules of which the player has the activity itself."""


class Section(NamedTuple):
    """A section of the course page. Section 0 is the one above all units."""

    number: int
    ident: str
    title: str
    unit: Unit | None
    parts: tuple[Part, ...]


def sections(course: Course, templates: Templates, package: PackageOf | None) -> tuple[Section, ...]:
    """The sections: first what is around the units, then a section for each unit."""
    units = list(course.units)
    general = units.pop(0) if units[0].general else None
    first = tuple(_of_unit(general, templates, None)) if general else ()
    if course.glossary:
        first += (Part(GLOSSARY, "page", templates.text("glossary"), partial(_glossary, templates), ()),)
    found = [Section(0, general.id if general else "section--0", "", general, first)]
    found += (Section(number, unit.id, unit.title, unit, tuple(_of_unit(unit, templates, package))) for number, unit in enumerate(units, 1))
    return tuple(found)


def _of_unit(unit: Unit, templates: Templates, package: PackageOf | None) -> Iterator[Part]:
    made = tuple(parts(unit, templates))
    if package is None:
        yield from made
        return
    inside = [part for part in made if part.module in _IN_PACKAGE and not part.is_hidden and part.activities]
    activities = tuple(activity for part in inside for activity in part.activities)
    yield Part(f"scorm--{unit.id}", "scorm", unit.title, partial(scorm.made, unit, package), activities)
    yield from (part for part in made if part not in inside)


def targets(found: Iterable[Section], numbers: Numbers) -> Iterator[tuple[str, Target]]:
    """Where links to each activity of the course lead."""
    for section in found:
        for part in section.parts:
            cm = numbers.of("course_modules", part.ident)
            for activity in part.activities:
                chapter = numbers.of(part.ident, "book_chapters", activity.id) if part.module == "book" else 0
                yield activity.id, Target(part.module, cm, chapter)


def _glossary(templates: Templates, room: Room) -> Made:
    """The terms on a page: entries of a glossary would be data of users, which no teacher may restore."""
    return page.of_html(templates.text("glossary"), room.html("glossary.html", "content", glossary=room.course.glossary), room)


__all__ = ["GLOSSARY", "PackageOf", "Section", "sections", "targets"]
