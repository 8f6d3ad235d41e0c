"""Backup XML: an element for each row, its columns first, and then what hangs on it.

Moodle's parser hands on a row when its first nested element begins, so scalars stand before nested elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Fields: TypeAlias = Mapping[str, Scalar]
"""The columns of a row."""
NULL = "$@NULL@$"
"""What Moodle writes for a column that has nothing."""
LINK = "\3"
"""Stands for ``$@`` and ``@$`` around a link until it is written; no text of a course can hold it."""
_LINKS = re.compile(f"{LINK}([^{LINK}]*){LINK}")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def escape(words: str) -> str:
    """Words as character data or as the value of an attribute."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("\r", "&#13;")


def scalar(value: Scalar) -> str:
    """The value of a column. Words that look like "nothing" or a link get a blank of no width in them, so that they stay words."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return str(int(value))
    return _LINKS.sub(r"$@\1@$", escape(str(value).replace("$@", "$\u200b@")))


def element(tag: str, fields: Fields | None = None, *inside: str, **attributes: Scalar) -> str:
    """A row: its columns, then nested elements that are XML already. One without content is left with a line end.

    An empty ``<x></x>`` makes Moodle 5 stumble in question data; a line end in it does not.
    """
    said = "".join(f' {name.rstrip("_")}="{escape(str(value))}"' for name, value in attributes.items())
    columns = "".join(f"<{name}>{scalar(value)}</{name}>" for name, value in (fields or {}).items())
    return f"<{tag}{said}>{columns}{''.join(inside) or ('' if columns else chr(10))}</{tag}>\n"


def listed(tag: str, each: Iterable[str]) -> str:
    """Rows under one element."""
    return element(tag, None, *each)


def document(root: str) -> bytes:
    """A file of the backup."""
    return (HEAD + root).encode()
