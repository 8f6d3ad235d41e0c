"""Where something stands in the author's sources."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A position in a source file, as an editor shows it.

    ``file`` is the path as the author would type it, ``line`` and ``column`` count from 1; 0 means "the file as a whole".
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


NOWHERE = Place("<no file>")
