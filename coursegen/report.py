"""The fidelity report: what the packages of a build do not keep, as JSON for programs and as a page for people.

The same source gives the same bytes: no time, and places by their path in the course's folder. ``docs/formats.md`` tells of both files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .fidelity import ACTIVITIES, FEATURES, QUESTIONS, QUIZZES, Case, Verdict, verdict
from .model import Anchor, Course, Gloss, Link, Media, Place
from .render import theme
from .render.templates import Templates, markup

if TYPE_CHECKING:
    from .writers import Format

JSON, PAGE = "report.json", "report.html"
FILES = (JSON, PAGE)
"""The names of the report's files."""
MOST = 200
"""Places that the page lists for one reason; how many more there are, it says, and all are in the JSON."""
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "What the packages of a build do not keep of the course",
    "type": "object",
    "required": ["course", "language", "version", "formats", "cases"],
    "additionalProperties": False,
    "properties": {
        "course": {"type": "string", "description": "the id of the course"},
        "language": {"type": "string", "description": "its language"},
        "version": {"type": "string", "description": "the version of its content"},
        "formats": {
            "description": "the formats of the build, in the order of `coursegen formats`",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["format", "title", "changed", "dropped"],
                "additionalProperties": False,
                "properties": {
                    "format": {"type": "string", "description": "its name"},
                    "title": {"type": "string", "description": "what it is"},
                    "changed": {"type": "integer", "minimum": 0, "description": "how many cases are changes"},
                    "dropped": {"type": "integer", "minimum": 0, "description": "how many cases are drops"},
                },
            },
        },
        "cases": {
            "description": "everything that is changed or dropped, by format, in the order of the source",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["format", "feature", "how", "reason", "accepted", "id", "file", "line", "column"],
                "additionalProperties": False,
                "properties": {
                    "format": {"type": "string", "description": "the name of the format"},
                    "feature": {"enum": list(FEATURES), "description": "what is changed or dropped"},
                    "how": {"enum": ["changed", "dropped"], "description": "whether it is there in another form, or not there"},
                    "reason": {"type": "string", "description": "in which form it is there, or why it is not"},
                    "accepted": {"type": "boolean", "description": "whether it is dropped and `accept` of the course names the feature"},
                    "id": {"type": "string", "description": "the question, quiz, bank, other activity or unit that has it, or the course"},
                    "file": {"type": "string", "description": "the file it stands in, from the course's folder"},
                    "line": {"type": "integer", "minimum": 0, "description": "from 1; 0 is the file as a whole"},
                    "column": {"type": "integer", "minimum": 0, "description": "from 1; 0 is the file as a whole"},
                },
            },
        },
    },
}
"""The JSON Schema of ``report.json``."""


class Count(NamedTuple):
    """How many cases a format has."""

    changed: int
    dropped: int

    def __str__(self) -> str:
        told = [f"{number} {how}" for how, number in self._asdict().items() if number]
        return ", ".join(told) or "everything kept"


def count(cases: Iterable[Case]) -> Count:
    """How many of some cases are changes, and how many are drops."""
    hows = [case.how for case in cases]
    return Count(hows.count("changed"), hows.count("dropped"))


def write(folder: Path, course: Course, templates: Templates, losses: Mapping[str, Sequence[Case]], formats: Mapping[str, Format]) -> None:
    """Write both files into a folder. ``losses`` are of the formats of this build; ``formats`` are all there are."""
    with (folder / JSON).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_json(course, losses, formats))
    (folder / PAGE).write_text(_page(course, templates, losses, formats), "utf-8", newline="\n")


def _json(course: Course, losses: Mapping[str, Sequence[Case]], formats: Mapping[str, Format]) -> Iterator[str]:
    """The JSON in pieces: a line for each format and each case."""
    words = lru_cache(maxsize=None)(lambda value: json.dumps(value, ensure_ascii=False))
    yield f'{{\n"course": {words(course.id)},\n"language": {words(course.language)},\n"version": {words(course.version)},\n"formats": ['
    for number, (name, cases) in enumerate(losses.items()):
        entry = {"format": name, "title": formats[name].title, **count(cases)._asdict()}
        yield f"{',' if number else ''}\n  {json.dumps(entry, ensure_ascii=False)}"
    yield '\n],\n"cases": ['
    separator = "\n  "
    for cases in losses.values():
        for case in cases:
            file, line, column = _inside(course, case.place)
            accepted = words(case.how == "dropped" and case.feature in course.accept)
            told = f'"format": "{case.format}", "feature": "{case.feature}", "how": "{case.how}", "reason": {words(case.reason)}'
            place = f'"id": {words(case.owner)}, "file": {words(file)}, "line": {line}, "column": {column}'
            yield f'{separator}{{{told}, "accepted": {accepted}, {place}}}'
            separator = ",\n  "
    yield "\n]\n}\n"


def _inside(course: Course, place: Place) -> Place:
    """A place with the path of its file in the course's folder, wherever that is on this machine."""
    return place._replace(file=place.file.removeprefix(course.place.file.removesuffix("course.yaml")))


class _Group(NamedTuple):
    """Cases of one feature and one reason."""

    feature: str
    what: str
    how: str
    reason: str
    places: list[tuple[str, str]]
    more: int


class _Section(NamedTuple):
    """Formats that have the same cases, and what they do not keep."""

    formats: list[Format]
    counted: Count
    groups: list[_Group]


def _page(course: Course, templates: Templates, losses: Mapping[str, Sequence[Case]], formats: Mapping[str, Format]) -> str:
    alike: dict[tuple[Case, ...], list[Format]] = {}
    for name, cases in losses.items():
        alike.setdefault(tuple(case._replace(format="") for case in cases), []).append(formats[name])
    sections = [_Section(names, count(cases), list(_groups(course, cases))) for cases, names in alike.items()]
    # The report is one file for the course's makers: it has the colours, and neither the logo nor the letters.
    own = replace(course.theme, logo=None, fonts=None) if course.theme else None
    built = [(formats[name], section) for name in losses for section in sections if formats[name] in section.formats]
    return templates.render(
        "report/page.html",
        _nowhere,
        course=course,
        built=built,
        sections=sections,
        formats=list(formats.values()),
        matrix=list(matrix(formats.values(), course.moodle.version)),
        accepted=course.accept,
        style=markup(templates.style("page.css", "report") + theme.style(own, _nowhere)),
    )


def _groups(course: Course, cases: Iterable[Case]) -> Iterator[_Group]:
    order = {feature: number for number, feature in enumerate(FEATURES)}

    def kind(case: Case) -> tuple[int, str, str]:
        return order[case.feature], case.how, case.reason

    for (number, how, reason), group in groupby(sorted(cases, key=kind), kind):
        found = list(group)
        feature = list(FEATURES)[number]
        places = [(str(_inside(course, case.place)), case.owner) for case in found[:MOST]]
        yield _Group(feature, FEATURES[feature], how, reason, places, len(found) - len(places))


class Row(NamedTuple):
    """A feature in all formats: None where it is beyond a format's scope."""

    feature: str
    what: str
    verdicts: list[Verdict | None]


def matrix(formats: Iterable[Format], moodle: str) -> Iterator[tuple[str, list[Row]]]:
    """What each format keeps of each feature, in three tables with their titles."""
    tables = [each.carries for each in formats]
    for title, features in (("Questions", QUESTIONS), ("Quizzes", QUIZZES), ("Other parts of a course", ACTIVITIES)):
        rows = [
            Row(feature, what, [verdict(table, feature, moodle) if feature in table else None for table in tables])
            for feature, what in features.items()
        ]
        yield title, rows


def _nowhere(reference: Link | Anchor | Media | Gloss) -> str:
    raise ValueError(f"the report cannot refer to {reference}")
