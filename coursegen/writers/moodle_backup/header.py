"""``moodle_backup.xml``: what the backup holds, and what of it to restore."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import md5
from typing import NamedTuple

from ...model import Course
from ...moodle.words import name
from .module import VERSION
from .numbers import Numbers
from .plan import Section
from .xml import HEAD, Fields, element, listed

RELEASE = "4.1"
MADE = 1640995200
"""1 January 2022, and not today: the same source has the same bytes. Moodle wants a date of the backup; and the course begins then until
who restores it chooses a day, since the pages that ask for one would show 1 January 1970 for none."""
FORMAT = "topics"


class Names(NamedTuple):
    """What the course is called."""

    full: str
    short: str


def header(course: Course, names: Names, sections: Iterable[Section], numbers: Numbers, file: str, given: frozenset[str]) -> bytes:
    """The file that makes a zip a backup. ``given`` names the optional parts that it has: ``badges``, ``competencies``."""
    sections = tuple(sections)
    identity = md5(f"{course.id} {course.language} {course.version}".encode(), usedforsecurity=False).hexdigest()
    information: Fields = {
        "name": file,
        "moodle_version": VERSION,
        "moodle_release": RELEASE,
        "backup_version": VERSION,
        "backup_release": RELEASE,
        "backup_date": MADE,
        "mnet_remoteusers": 0,
        "include_files": 1,
        "include_file_references_to_external_content": 0,
        "original_wwwroot": "https://coursegen.invalid",
        "original_site_identifier_hash": md5(b"coursegen", usedforsecurity=False).hexdigest(),
        "original_course_id": numbers.of("course"),
        "original_course_format": FORMAT,
        "original_course_fullname": names.full,
        "original_course_shortname": names.short,
        "original_course_startdate": MADE,
        "original_course_enddate": 0,
        "original_course_contextid": numbers.of("context", "course"),
        "original_system_contextid": numbers.of("context", "system"),
    }
    detail = element(
        "detail",
        {"type": "course", "format": "moodle2", "interactive": 1, "mode": 10, "execution": 1, "executiontime": 0},
        backup_id=identity,
    )
    contents = element(
        "contents",
        None,
        listed("activities", _activities(sections, numbers)),
        listed("sections", _sections(sections, numbers)),
        element("course", {"courseid": numbers.of("course"), "title": names.short, "directory": "course"}),
    )
    settings = listed("settings", _settings(sections, numbers, file, given))
    # Moodle looks for these elements within the first 200 bytes.
    inside = element("information", information, listed("details", [detail]), contents, settings)
    return f"{HEAD}<moodle_backup>\n{inside}</moodle_backup>\n".encode()


def _activities(sections: Iterable[Section], numbers: Numbers) -> Iterator[str]:
    for section in sections:
        for part in section.parts:
            cm = numbers.of("course_modules", part.ident)
            yield element(
                "activity",
                {
                    "moduleid": cm,
                    "sectionid": numbers.of("course_sections", section.ident),
                    "modulename": part.module,
                    "title": name(part.title),
                    "directory": f"activities/{part.module}_{cm}",
                },
            )


def _sections(sections: Iterable[Section], numbers: Numbers) -> Iterator[str]:
    for section in sections:
        number = numbers.of("course_sections", section.ident)
        title = name(section.title) or str(section.number)
        yield element("section", {"sectionid": number, "title": title, "directory": f"sections/section_{number}"})


def _settings(sections: Iterable[Section], numbers: Numbers, file: str, given: frozenset[str]) -> Iterator[str]:
    """No users: a teacher may restore it, and everything that is not data of users comes."""
    root: Fields = {
        "filename": file, "users": 0, "anonymize": 0, "role_assignments": 0, "activities": 1, "blocks": 0, "files": 1, "filters": 0,
        "comments": 0, "badges": int("badges" in given), "calendarevents": 0, "userscompletion": 0, "logs": 0, "grade_histories": 0,
        "groups": 0, "competencies": int("competencies" in given), "customfield": 0, "contentbankcontent": 0, "xapistate": 0,
        "legacyfiles": 0,
    }  # fmt: skip
    for key, value in root.items():
        yield element("setting", {"level": "root", "name": key, "value": value})
    for section in sections:
        yield from _included("section", f"section_{numbers.of('course_sections', section.ident)}")
    for section in sections:
        for part in section.parts:
            yield from _included("activity", f"{part.module}_{numbers.of('course_modules', part.ident)}")


def _included(level: str, key: str) -> Iterator[str]:
    for name_, value in (("included", 1), ("userinfo", 0)):
        yield element("setting", {"level": level, level: key, "name": f"{key}_{name_}", "value": value})
