"""Collections of records: mod_data, and a page beside it with the records that the course brings.

Records are data of users, which a backup without users has none of; :mod:`coursegen.writers.moodle_imports` writes a file to import.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ....fidelity import Verdict, changed
from ....model import ChecksField, MenuField, Repository, TextField
from ....moodle.collection import Column, columns, entry
from ....render.html import escape
from ....render.templates import markup
from ..room import Made, Room, Rule
from ..xml import Scalar, element, listed
from .page import of_html

if TYPE_CHECKING:
    from markupsafe import Markup

REPOSITORIES: dict[str, Verdict] = {
    "repository": changed("a database activity, which has a title for each record; records of the course stand on a page beside it")
}
_TYPES = {
    "line": "text", "text": "textarea", "menu": "menu", "checks": "checkbox", "number": "number", "address": "url", "file": "file",
}  # fmt: skip
_SHORT = frozenset(["line", "menu", "checks", "number"])
"""The kinds of field that are shown in the list of all records."""
_PARAMETERS = 10
_SLOT = "\4{}\4"
"""Stands where Moodle puts a field until the template is guarded; no text of a course can hold it."""


def made(repository: Repository, room: Room) -> Made:
    """A collection to read and to add to."""
    rule = room.course.completion.repositories
    contributes = rule == "contributed"
    found = columns(repository.collection, room.templates)
    heading = next(column for column in found if column.own == "title")
    others = [column for column in found if column is not heading]
    fields: dict[str, Scalar] = {
        "name": room.name(repository.title),
        "intro": room.blocks(repository.collection.intro),
        "introformat": 1,
        "comments": 0,
        "timeavailablefrom": 0,
        "timeavailableto": 0,
        "timeviewfrom": 0,
        "timeviewto": 0,
        "requiredentries": 0,
        "requiredentriestoview": 0,
        "maxentries": 0,
        "rssarticles": 0,
        "singletemplate": _template("single", heading, others, room),
        "listtemplate": _template("list", heading, [each for each in others if each.kind in _SHORT], room),
        "listtemplateheader": "",
        "listtemplatefooter": "",
        "addtemplate": _template("add", heading, found, room),
        "rsstemplate": "",
        "rsstitletemplate": "",
        "csstemplate": room.templates.style("moodle/repository/style.css"),
        "jstemplate": "",
        "asearchtemplate": "",
        "approval": repository.collection.approval,
        "manageapproved": 1,
        "scale": 0,
        "assessed": 0,
        "assesstimestart": 0,
        "assesstimefinish": 0,
        "defaultsort": 0,
        "defaultsortdir": 1,
        "editany": 0,
        "notification": 0,
        "timemodified": 0,
        "config": None,
        "completionentries": int(contributes),
    }
    rows = (_field(column, room) for column in found)
    return Made(fields, (listed("fields", rows), element("records")), rule=Rule(view=rule == "seen", own=contributes))


def records(repository: Repository, room: Room) -> Made:
    """A page of the records that the course brings, with their sources."""
    title = room.templates.text("moodle.records", title=repository.title)
    return of_html(title, room.html("records.html", area="content", collection=repository.collection), room)


def _field(column: Column, room: Room) -> str:
    field = column.field
    given: dict[int, Scalar] = {}
    if isinstance(field, (MenuField, ChecksField)):
        given = {1: "\n".join(entry(option) for option in field.options)}
    elif column.kind == "text":
        given = {2: 60, 3: field.lines if isinstance(field, TextField) else 6, 5: 0}
    elif column.kind == "address":
        given = {1: 1}
    elif column.kind == "file":
        given = {3: 0}
    fields: dict[str, Scalar] = {
        "type": _TYPES[column.kind],
        "name": column.name,
        "description": (field.help or "") if field else "",
        "required": column.is_required,
        **{f"param{number}": given.get(number, "") for number in range(1, _PARAMETERS + 1)},
    }
    return element("field", fields, id=room.number("data_fields", column.key))


def _template(name: str, heading: Column, found: Sequence[Column], room: Room) -> str:
    """A template of Moodle's. Where a field comes is written last: nothing in its name is then taken for anything else."""

    def slot(column: Column) -> str:
        return _SLOT.format(column.name.encode().hex())

    filled = room.html(f"repository/{name}.html", heading=heading, columns=found, slot=slot, said=_said)
    return re.sub(_SLOT.format("([0-9a-f]+)"), lambda place: f"[[{bytes.fromhex(place[1]).decode()}]]", filled)


def _said(words: str) -> Markup:
    """Words in which Moodle finds no field and no sign of a template."""
    return markup(escape(words).replace("#", "&#35;").replace("[", "&#91;"))
