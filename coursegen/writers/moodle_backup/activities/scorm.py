"""A unit as its SCORM package: mod_scorm, for courses that prefer the player (``moodle: {units: scorm}``)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable

from ....archive import Entry, Zipped
from ....manifest import MANIFEST, identifier
from ....model import Case, Quiz, Unit
from ..room import Grade, Made, Room, Rule
from ..xml import Fields, element, listed

_COMPLETED, _COMPLETED_OR_PASSED = 4, 6
_HIGHEST, _LEARNING_OBJECTS = 1, 0
"""How Moodle makes a grade: the highest score; or, where a package has none, 1 when it is completed."""


def made(unit: Unit, package: Callable[[Unit], Iterable[Entry]], room: Room) -> Made:
    """The package with the settings that docs/moodle.md recommends: no preview, no list of contents, attempts that go on."""
    entries = tuple(package(unit))
    zipped = Zipped(tuple((name, content) for name, content in entries if not isinstance(content, Zipped)), MANIFEST)
    room.file(zipped, "package", filename="package.zip")
    digest = room.digest(zipped)
    for name, content in sorted(entries):
        folder, _, file = name.rpartition("/")
        room.file(content, "content", filename=file, path=posixpath.join("/", folder, ""))
    launch = room.number("scorm_scoes", "item")
    scored = _is_scored(unit)
    fields: Fields = {
        "name": room.name(unit.title),
        "scormtype": "local",
        "reference": "package.zip",
        "intro": "",
        "introformat": 1,
        "version": "SCORM_1.2",
        "maxgrade": 100,
        "grademethod": _HIGHEST if scored else _LEARNING_OBJECTS,
        "whatgrade": 0,
        "maxattempt": 0,
        "forcecompleted": 0,
        "forcenewattempt": 0,
        "lastattemptlock": 0,
        "masteryoverride": 1,
        "displayattemptstatus": 1,
        "displaycoursestructure": 0,
        "updatefreq": 0,
        "sha1hash": digest,
        "md5hash": "",
        "revision": 1,
        "launch": launch,
        "skipview": 2,
        "hidebrowse": 1,
        "hidetoc": 3,
        "nav": 0,
        "navpositionleft": -100,
        "navpositiontop": -100,
        "auto": 0,
        "popup": 0,
        "options": "",
        "width": 100,
        "height": 800,
        "timeopen": 0,
        "timeclose": 0,
        "timemodified": 0,
        "completionstatusrequired": _COMPLETED if room.course.tracking.scorm12_status == "completed" else _COMPLETED_OR_PASSED,
        "completionscorerequired": None,
        "completionstatusallscos": 0,
        "autocommit": 1,
    }
    grade = Grade(unit.title, 100 if scored else 1, weight=1 if scored else 0)
    return Made(fields, (_scoes(unit, launch, room),), (grade,), Rule(own=True))


def _is_scored(unit: Unit) -> bool:
    return any(
        isinstance(activity, Quiz)
        or (isinstance(activity, Case) and any(choice.points for scene in activity.storyline.scenes for choice in scene.choices))
        for activity in unit.for_learners()
    )


def _scoes(unit: Unit, launch: int, room: Room) -> str:
    """The organization and the one item of the package, as Moodle would read them from its manifest."""
    names = (room.course.id, unit.id)
    organization = identifier("organization", *names)
    shared: Fields = {"manifest": identifier("manifest", f"{room.course.id}-{room.course.language.lower()}-{unit.id}")}
    first: Fields = {**shared, "organization": "", "parent": "/", "identifier": organization, "launch": "", "scormtype": ""}
    second: Fields = {
        **shared,
        "organization": organization,
        "parent": organization,
        "identifier": identifier("item", *names),
        "launch": "index.html",
        "scormtype": "sco",
    }
    facts = (
        element("sco_data", {"name": name, "value": value}, id=room.number("scorm_scoes_data", name))
        for name, value in (("isvisible", "true"), ("parameters", ""))
    )
    return listed(
        "scoes",
        (
            element("sco", {**first, "title": room.name(unit.title), "sortorder": 1}, element("sco_datas"), id=room.number("scorm_scoes")),
            element("sco", {**second, "title": room.name(unit.title), "sortorder": 2}, listed("sco_datas", facts), id=launch),
        ),
    )
