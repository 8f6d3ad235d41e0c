"""Collections of records in Moodle's database activity: what its fields are called there, and what a record says in each.

The backup makes the activity and the file of records is imported into it, so both take the names from here. Moodle finds a field in its
templates by ``[[name]]``, and writes names and entries of lists into pages as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from ..model import Collection, Record, RecordField
from ..render.html import escape
from ..render.templates import Templates
from .words import guarded

Own: TypeAlias = Literal["title", "source", "url", "unknown"]
_KINDS: dict[Own, str] = {"title": "line", "source": "line", "url": "address", "unknown": "text"}
_LONGEST = 100
_LOOK_ALIKES = str.maketrans("<>&[]#\\|", "‹›＆（）＃＼｜")
"""What would be a tag, a reference, a sign of a template or the end of a value in a table, and what looks like it."""


class Column(NamedTuple):
    """A field in Moodle. ``field`` is None where it holds what every record has of its own: its title, where it was published …"""

    name: str
    """What it is called in Moodle."""
    title: str
    """What is read beside it."""
    kind: str
    key: str
    """What its number follows from."""
    field: RecordField | None = None
    own: Own | None = None
    """What of a record itself it holds, where the record says nothing in the field."""

    @property
    def is_required(self) -> bool:
        """Whether every record must have it."""
        return self.own == "title" if self.field is None else self.field.required


def columns(collection: Collection, templates: Templates) -> list[Column]:
    """The fields in Moodle: a title, those of the author, and what the records of the course have beside them.

    A field of the author's with one of these names takes its place.
    """
    titles: dict[Own, str] = {
        "title": templates.text("moodle.recordTitle"),
        "source": templates.text("records.source"),
        "url": templates.text("moodle.recordUrl"),
        "unknown": templates.text("records.unknown"),
    }
    authors = {field.title.casefold() for field in collection.fields}
    wanted: list[Own] = ["title", *(key for key in ("source", "url", "unknown") if any(getattr(each, key) for each in collection.records))]
    owners: dict[str, Own] = {titles[own].casefold(): own for own in wanted}
    added = {own: Column("", titles[own], _KINDS[own], f"own {own}", own=own) for own in wanted if titles[own].casefold() not in authors}
    found = [added.pop("title")] if "title" in added else []
    found += [Column("", each.title, each.kind, each.id, each, owners.get(each.title.casefold())) for each in collection.fields]
    return list(_named([*found, *added.values()]))


def _named(found: Iterable[Column]) -> Iterable[Column]:
    """Columns with a name each: Moodle takes upper and lower case for the same."""
    taken: set[str] = set()
    for column in found:
        words = " ".join(column.title.translate(_LOOK_ALIKES).split())[:_LONGEST].rstrip()
        name, number = words, 1
        while name.casefold() in taken:
            number += 1
            name = f"{words} {number}"
        taken.add(name.casefold())
        yield column._replace(name=name)


def entry(words: str) -> str:
    """An entry of a list. Moodle writes it into a page as it is, and sends it back as it was written.

    It joins entries with ``##``, and undoes references that are numbers, so there are names instead.
    """
    words = re.sub("&(?=[A-Za-z#])", "&amp;", " ".join(words.split())).replace("<", "&lt;")
    return words.replace("##", "&num;&num;").replace("\\", "&bsol;").replace("$$", "&dollar;&dollar;")


def cell(record: Record, column: Column, unknown: str) -> str:
    """What a record says in a field, as Moodle's import of entries takes it. ``unknown`` is what is not known about it, as HTML."""
    value = next((each for each in record.values if column.field is not None and each.field == column.field.id), None)
    if value is None:
        if column.own is None:
            return ""
        return unknown if column.own == "unknown" else _said(getattr(record, column.own), column.kind)
    if value.url:
        return f"{value.url} {_said(value.text, 'line')}".rstrip()
    if column.kind in ("menu", "checks"):
        return "##".join(entry(each) for each in value.entries or (value.text or "",))
    return _said(value.text or ", ".join(value.entries), column.kind)


def _said(words: str | None, kind: str) -> str:
    """Words as Moodle shows them, where it looks for tags and references."""
    if not words or kind in ("number", "address"):
        return words or ""
    made = guarded(escape(words)).replace("\\", "&#92;")
    if kind != "text":
        return made
    return "".join(f"<p>{'<br />'.join(part.split(chr(10)))}</p>" for part in re.split("\n{2,}", made.strip()))
