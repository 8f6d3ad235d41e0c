"""The files of a backup: each content once, under its SHA-1, and a row for every place that has it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from mimetypes import MimeTypes
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from ...archive import Content, Entry, Zipped
from ...model import Media
from ...shortened import shortened
from .numbers import Numbers
from .xml import document, element

_TYPES = MimeTypes()
"""Python's own table: that of the machine differs from one to the next."""
_REFUSED = re.compile(r"""[\x00-\x1f\x7f&<>"'`|:\\/]+|\.\.+""")
"""What Moodle takes out of file names (PARAM_FILE in lib/classes/param.php); a name that it changed would be found no more."""
_LONGEST_AUTHOR = 255
_LONGEST = 200
"""Bytes of a name: it may grow by nine characters of a digest, and the column holds 255 characters."""


class Area(NamedTuple):
    """A place for files in Moodle: the area of a component, and whose files they are in it."""

    context: int
    component: str
    area: str
    item: int = 0


class Row(NamedTuple):
    """A row of ``files.xml``. ``name`` is that in Moodle; ``size`` in bytes."""

    id: int
    area: Area
    path: str
    name: str
    digest: str
    size: int
    sortorder: int

    @property
    def address(self) -> str:
        """What follows ``@@PLUGINFILE@@`` in a text."""
        return quote(f"{self.path}{self.name}")


class Files:
    """All files of one backup."""

    def __init__(self, numbers: Numbers, author: str, licence: str | None) -> None:
        self._numbers = numbers
        self._author = author
        self._licence = licence
        self._rows: dict[tuple[Area, str, str], Row] = {}
        self._contents: dict[str, Content] = {}
        self._known: dict[Path | Zipped, tuple[str, int]] = {}

    def add(self, content: Content | Media, area: Area, name: str = "", path: str = "/", sortorder: int = 0) -> Row:
        """Put a file into an area. Another file of the same name there gets the beginning of its digest before its name.

        Raises OSError when the file cannot be read.
        """
        if isinstance(content, Media):
            name = name or content.path.rpartition("/")[2]
            content = content.source
        digest, size = self.measured(content)
        self._contents.setdefault(digest, content)
        name = clean(name)
        if (area, path, name) in self._rows and self._rows[area, path, name].digest != digest:
            name = f"{digest[:8]}-{name}"
        key = (area, path, name)
        if key not in self._rows:
            number = self._numbers.of("files", *map(str, area), path, name)
            self._rows[key] = Row(number, area, path, name, digest, size, sortorder)
        return self._rows[key]

    def measured(self, content: Content) -> tuple[str, int]:
        """SHA-1 and size in bytes; a file of the course is read once."""
        if isinstance(content, bytes):
            return hashlib.sha1(content, usedforsecurity=False).hexdigest(), len(content)
        if content not in self._known:
            digest = hashlib.sha1(usedforsecurity=False)
            if isinstance(content, Zipped):
                size = content.measure(digest)
            else:
                with content.open("rb") as file:
                    hashlib.file_digest(file, lambda: digest)
                size = content.stat().st_size
            self._known[content] = digest.hexdigest(), size
        return self._known[content]

    def xml(self) -> bytes:
        """``files.xml``."""
        return document(element("files", None, *(self._row(row) for row in self._rows.values())))

    def _row(self, row: Row) -> str:
        return element(
            "file",
            {
                "contenthash": row.digest,
                "contextid": row.area.context,
                "component": row.area.component,
                "filearea": row.area.area,
                "itemid": row.area.item,
                "filepath": row.path,
                "filename": row.name,
                "userid": None,
                "filesize": row.size,
                "mimetype": _TYPES.guess_type(row.name)[0] or "document/unknown",
                "status": 0,
                "timecreated": 0,
                "timemodified": 0,
                "source": row.name,
                "author": shortened(self._author, _LONGEST_AUTHOR),
                "license": self._licence,
                "sortorder": row.sortorder,
                "repositorytype": None,
                "repositoryid": None,
                "reference": None,
            },
            id=row.id,
        )

    def entries(self) -> Iterator[Entry]:
        """The contents, each once."""
        for digest, content in self._contents.items():
            yield f"files/{digest[:2]}/{digest}", content


def clean(name: str) -> str:
    """A file name that Moodle leaves alone."""
    name = _REFUSED.sub("-", name).strip() or "file"
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    while len(f"{stem}{dot}{suffix}".encode()) > _LONGEST and len(stem) > 1:
        stem = stem[:-1]
    return f"{stem}{dot}{suffix}"
