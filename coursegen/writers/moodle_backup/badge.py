"""The badge for who completes the course. It arrives switched off: an administrator enables it."""

from __future__ import annotations

from ...model import Badge, Course
from ...moodle.words import LONGEST_NAME, name
from ...shortened import shortened
from .files import Area, Files, Row
from .numbers import Numbers
from .xml import Fields, element, listed

_OVERALL, _COURSE = 0, 4
_ALL, _OF_COURSE = 1, 2


def badge(course: Course, given: Badge, context: int, files: Files, numbers: Numbers, message: str) -> tuple[str, list[Row]]:
    """``badges.xml``, and the rows of the picture, which the course's own references name."""
    number = numbers.of("badge")
    area = Area(context, "badges", "badgeimage", number)
    rows = [files.add(given.image, area, f"f{size}.png") for size in (1, 2, 3)]
    author = course.authors[0]
    fields: Fields = {
        "name": name(given.title),
        "description": given.description,
        "timecreated": 0,
        "timemodified": 0,
        "usercreated": None,
        "usermodified": None,
        "issuername": shortened(author.name, LONGEST_NAME),
        "issuerurl": (author.url or "").replace("$@", "$%40"),
        "issuercontact": None,
        "expiredate": None,
        "expireperiod": None,
        "type": _OF_COURSE,
        "courseid": numbers.of("course"),
        "message": message,
        "messagesubject": name(given.title),
        "attachment": 1,
        "notification": 0,
        "status": 0,
        "nextcron": None,
        "version": course.version,
        "language": course.language.split("-")[0].lower(),
        "imagecaption": "",
    }
    parameter: Fields = {
        "critid": numbers.of("badge_criteria", "course"),
        "name": f"course_{numbers.of('course')}",
        "value": numbers.of("course"),
        "criteriatype": _COURSE,
    }
    criteria = (
        _criterion(number, numbers.of("badge_criteria", "overall"), _OVERALL),
        _criterion(
            number, numbers.of("badge_criteria", "course"), _COURSE, element("parameter", parameter, id=numbers.of("badge_criteria_param"))
        ),
    )
    nothing = (element(tag) for tag in ("alignments", "relatedbadges", "manual_awards", "tags"))
    return element("badges", None, element("badge", fields, listed("criteria", criteria), *nothing, id=number)), rows


def _criterion(badge_number: int, number: int, kind: int, *parameters: str) -> str:
    fields: Fields = {"badgeid": badge_number, "criteriatype": kind, "method": _ALL, "description": "", "descriptionformat": 1}
    return element("criterion", fields, listed("parameters", parameters), id=number)
