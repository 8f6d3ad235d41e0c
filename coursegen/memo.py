"""What was computed before, by content: a key says everything that a value depends on, so that a value never gets old.

In memory, for a program that reads a course again and again (the preview). Everything works the same without one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import RLock
from typing import Any, TypeVar, cast

Made = TypeVar("Made")
MOST = 50_000
"""How many values are kept: those of a course of thousands of pages and of its last edits. The least used goes first."""
_ABSENT: Any = object()


class Memo:
    """Values by key. A key is a tuple that begins with the name of what is computed; several threads may use one memo.

    Whoever computes a value says in its key all that it depends on, and treats what it gets as frozen.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._values: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = RLock()

    def once(self, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        """The value of a key: the one that is known, else what ``make`` makes. An exception of ``make`` is passed on, and not kept."""
        value = self.get(key, _ABSENT)
        if value is _ABSENT:
            value = make()
            self.put(key, value)
        return cast(Made, value)

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """The value of a key, if it is known."""
        with self._lock:
            if key not in self._values:
                return default
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: tuple[Any, ...], value: Any) -> None:
        """Keep a value, in the place of another of this key."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
