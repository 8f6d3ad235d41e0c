"""The folders of the course itself and of its sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...archive import Entry
from ...model import Course
from ...moodle.words import name
from .files import Area, Row
from .header import FORMAT, MADE, Names
from .module import EMPTY_ROLES
from .plan import Section
from .room import Frame
from .tags import tags
from .texts import nodes_of
from .xml import Fields, document, element, listed

_LONGEST_SHORT_NAME = 100
_LONGEST_NAME = 240
"""Characters: the column holds 254 before Moodle 5, and " copy 12" may follow."""


def names(course: Course) -> Names:
    """What the course is called, in full and in lists; a site adds a number where it has one of this name already."""
    short = course.short_name or f"{course.id}-{course.language.lower()}"
    return Names(name(course.title, _LONGEST_NAME), name(short, _LONGEST_SHORT_NAME))


def language(course: Course) -> str:
    """The language as Moodle's packs are called: ``pt_br``; English ones of any country are ``en``."""
    tag = course.language.lower()
    return "en" if tag.split("-")[0] == "en" else tag.replace("-", "_")


def course_entries(frame: Frame, rows: Sequence[Row], competencies: str) -> Iterator[Entry]:
    """The course's own folder. ``rows`` are files that belong to the course as a whole."""
    course, numbers = frame.course, frame.numbers
    context = numbers.of("context", "course")
    files = list(rows)
    summary = frame.texts.blocks(nodes_of(course.description), Area(context, "course", "summary"), files.append)
    if course.picture:
        files.append(frame.files.add(course.picture, Area(context, "course", "overviewfiles")))
    fields: Fields = {
        "shortname": names(course).short,
        "fullname": names(course).full,
        "idnumber": "",
        "summary": summary,
        "summaryformat": 1,
        "format": FORMAT,
        "showgrades": 1,
        "newsitems": 0,
        "startdate": MADE,
        "enddate": 0,
        "marker": 0,
        "maxbytes": 0,
        "legacyfiles": 0,
        "showreports": 0,
        "visible": 1,
        "groupmode": 0,
        "groupmodeforce": 0,
        "defaultgroupingid": 0,
        "lang": language(course),
        "theme": "",
        "timecreated": 0,
        "timemodified": 0,
        "requested": 0,
        "showactivitydates": 0,
        "showcompletionconditions": 1,
        "enablecompletion": 1,
        "completionnotify": 0,
    }
    # Sections fold on one page (coursedisplay 0); hidden ones are not hinted at (hiddensections 1).
    options = (
        element("courseformatoption", {"format": FORMAT, "sectionid": 0, "name": key, "value": value})
        for key, value in (("hiddensections", 1), ("coursedisplay", 0))
    )
    keywords = (
        element("tag", {"name": word.lower(), "rawname": word}, id=numbers.of("tag", word.lower())) for word in tags(course.keywords)
    )
    root = element(
        "course",
        fields,
        element("category", {"name": "coursegen", "description": None}, id=numbers.of("course_categories")),
        listed("tags", keywords),
        element("customfields"),
        listed("courseformatoptions", options),
        id=numbers.of("course"),
        contextid=context,
    )
    yield "course/course.xml", document(root)
    yield "course/roles.xml", document(EMPTY_ROLES)
    yield "course/inforef.xml", document(_references(files))
    if competencies:
        yield "course/competencies.xml", document(competencies)


def section_entries(frame: Frame, section: Section, availability: str | None) -> Iterator[Entry]:
    """The folder of a section: its name, what it is about, and the activities in order."""
    numbers = frame.numbers
    number = numbers.of("course_sections", section.ident)
    files: list[Row] = []
    area = Area(numbers.of("context", "course"), "course", "section", number)
    values = {"course": frame.course, "unit": section.unit, "is_first": section.number == 0}
    summary = frame.texts.filled("section.html", area, files.append, values)
    fields: Fields = {
        "number": section.number,
        "name": name(section.title) or None,
        "summary": summary,
        "summaryformat": 1,
        "sequence": ",".join(str(numbers.of("course_modules", part.ident)) for part in section.parts),
        "visible": 1,
        "availabilityjson": availability,
        "timemodified": 0,
    }
    folder = f"sections/section_{number}"
    yield f"{folder}/section.xml", document(element("section", fields, id=number))
    yield f"{folder}/inforef.xml", document(_references(files))


def _references(files: Sequence[Row]) -> str:
    numbers = dict.fromkeys(row.id for row in files)
    return element("inforef", None, *([listed("fileref", (element("file", {"id": number}) for number in numbers))] if numbers else []))
