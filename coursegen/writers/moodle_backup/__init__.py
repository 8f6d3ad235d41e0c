"""Moodle's own backup of a course, which restores as if the course had been made by hand there.

It follows no standard: what Moodle does with each byte is in ``docs/moodle.md``. The file is declared as of Moodle 4.1 and without users,
so that a teacher may restore it on every release since. One file a subject: ``header`` what there is · ``plan`` what stands where ·
``course`` course and sections · ``module`` an activity's folder · ``activities/`` what is in it · ``questions`` · ``files`` · ``texts`` ·
``gradebook``, ``completion``, ``competencies``, ``badge`` · ``numbers`` for ids · ``xml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from ...archive import Entry
from ...model import Course, Unit
from ...render.templates import Templates
from .activities import Part
from .badge import badge
from .carries import CARRIES
from .competencies import of_course
from .completion import course_completion, opens_after
from .course import course_entries, names, section_entries
from .files import Files, Row
from .gradebook import category_of, gradebook
from .header import header
from .licences import licence
from .module import entries as module_entries
from .numbers import Numbers
from .plan import GLOSSARY, PackageOf, Section, sections, targets
from .room import Category, Frame, Room
from .texts import Target, Texts
from .xml import document, element

FIRST = "moodle_backup.xml"
_EMPTY = {
    "groups.xml": element("groups", None, element("groupings")),
    "scales.xml": element("scales_definition"),
    "outcomes.xml": element("outcomes_definition"),
    "roles.xml": element("roles_definition"),
}
"""Files that Moodle wants to see although there is nothing in them."""


def entries(course: Course, templates: Templates, unit: Unit | None = None, package: PackageOf | None = None) -> Iterable[Entry]:
    """The files of the backup of the whole course. ``package`` makes the SCORM package of a unit, for courses that want those."""
    return _Backup(course, templates, package if course.moodle.units == "scorm" else None).entries()


class _Backup:
    def __init__(self, course: Course, templates: Templates, package: PackageOf | None) -> None:
        self.course = course
        self.numbers = Numbers()
        files = Files(self.numbers, ", ".join(author.name for author in course.authors), licence(course.licence))
        self.frame = Frame(course, templates, self.numbers, files, Texts(course, templates, files))
        self.sections = sections(course, templates, package)
        self.frame.texts.targets.update(targets(self.sections, self.numbers))
        if course.glossary:
            self.frame.texts.glossary = Target("page", self.numbers.of("course_modules", GLOSSARY))
        self.categories: list[Category] = []
        self.counted: dict[str, list[tuple[str, int]]] = {}
        """By section what a learner has to complete, as (module, number of its course module)."""

    def entries(self) -> Iterator[Entry]:
        graded = []
        places = count(len(self.sections) + 2)  # in the gradebook, after the course and the units
        for section in self.sections:
            made = [(part, room, part.make(room)) for part, room in self._rooms(section)]
            has_grades = any(each.grades for _, _, each in made)
            if has_grades and section.unit and section.number:
                graded.append(section)
            category = self._category(section, has_grades)
            for part, room, each in made:
                self.categories += each.categories
                if each.rule.is_automatic and not part.is_hidden:
                    self.counted.setdefault(section.ident, []).append((part.module, room.cm))
                yield from module_entries(section, part, room, each, category, places)
        yield from self._of_course(graded)
        yield from ((name, document(root)) for name, root in _EMPTY.items())
        yield "questions.xml", document(element("question_categories", None, *(each.xml for each in self.categories)))
        yield "files.xml", self.frame.files.xml()
        yield from self.frame.files.entries()

    def _rooms(self, section: Section) -> Iterator[tuple[Part, Room]]:
        return ((part, Room(self.frame, part.ident, part.module)) for part in section.parts)

    def _category(self, section: Section, has_grades: bool) -> int | None:
        if not has_grades:
            return None
        return category_of(section, self.numbers) if section.number else self.numbers.of("grade_categories", "course")

    def _of_course(self, graded: list[Section]) -> Iterator[Entry]:
        course, numbers = self.course, self.numbers
        competencies = of_course(course, numbers)
        rows: list[Row] = []
        if course.badge:
            message = self.frame.templates.text("moodle.badgeMessage")
            xml, rows = badge(course, course.badge, numbers.of("context", "course"), self.frame.files, numbers, message)
            yield "badges.xml", document(xml)
        yield from course_entries(self.frame, rows, competencies)
        before: list[int] = []
        for section in self.sections:
            by_unit = course.moodle.order == "by-unit"
            yield from section_entries(self.frame, section, opens_after(before) if by_unit else None)
            if section.number:
                before = [cm for _, cm in self.counted.get(section.ident, [])] or before
        yield "gradebook.xml", document(gradebook(course, graded, numbers))
        if counted := [each for found in self.counted.values() for each in found]:
            yield "completion.xml", document(course_completion(counted, numbers))
        given = {"badges"} if course.badge else set()
        given |= {"competencies"} if competencies else set()
        yield FIRST, header(course, names(course), self.sections, numbers, self._file(), frozenset(given))

    def _file(self) -> str:
        return f"{self.course.id}-{self.course.language.lower()}.mbz"


__all__ = ["CARRIES", "entries"]
