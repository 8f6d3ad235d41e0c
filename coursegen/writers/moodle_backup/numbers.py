"""The numbers that a backup has for ids. Moodle gives everything new ones; in the file they must be unique and hold together."""

from __future__ import annotations

from hashlib import sha256
from itertools import count

_LOWEST = 1000
_ROOM = 1_000_000_000


class Numbers:
    """Numbers that follow from permanent ids: an edit of a course moves no other number, and the same source has the same ones."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, ...], int] = {}
        self._taken: set[int] = set()

    def of(self, *names: str) -> int:
        """The number of a thing: ``of("lesson_pages", case.id, scene.id)``; the same for the same names. Unique in the whole backup."""
        if names not in self._made:
            written = "\n".join(names).encode()
            found = (_LOWEST + int.from_bytes(sha256(b"%d %s" % (attempt, written)).digest()[:8], "big") % _ROOM for attempt in count())
            number = next(each for each in found if each not in self._taken)
            self._made[names] = number
            self._taken.add(number)
        return self._made[names]
