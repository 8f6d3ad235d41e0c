"""Which pages of a course are looked at: a package of one unit is made of that unit's pages, and an edit of others leaves it as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from ..model import Course, Page, Place, Rich, TutorPage, Unit
from ..model.activity import Activity
from ..model.rich import Node
from ..render.templates import Templates

Made = TypeVar("Made")
_nodes = cast(Any, Rich.__dict__["nodes"])
_touched: set[str] = set()
"""The files of the pages looked at since :func:`touching` began."""


class Watched(Rich):
    """The text of a page; that somebody looks into it is noted."""

    __slots__ = ()

    def __init__(self, nodes: tuple[Node, ...], place: Place) -> None:
        _nodes.__set__(self, nodes)
        cast(Any, Rich.__dict__["place"]).__set__(self, place)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """What the page says."""
        _touched.add(self.place.file)
        return cast("tuple[Node, ...]", _nodes.__get__(self))


@contextmanager
def touching() -> Iterator[set[str]]:
    """The files of the pages that are looked at in here."""
    global _touched
    outer, inner = _touched, set[str]()
    _touched = inner
    try:
        yield inner
    finally:
        _touched = outer
        outer |= inner


class WatchedTemplates(Templates):
    """Templates that note, for what is made once, the pages it was made of: each package that has it depends on them."""

    def __init__(self, course: Course, own: Path | None) -> None:
        super().__init__(course, own)
        self._pages: dict[str, set[str]] = {}

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        if name not in self._pages:
            with touching() as pages:
                made = super().once(name, make)
            self._pages[name] = pages
            return made
        _touched.update(self._pages[name])
        return super().once(name, make)


def watched(course: Course) -> Course:
    """The course, with the texts of its pages watched."""
    return replace(course, units=tuple(map(_unit, course.units)))


def _unit(unit: Unit) -> Unit:
    return replace(unit, activities=tuple(map(_activity, unit.activities)))


def _activity(activity: Activity) -> Activity:
    if isinstance(activity, (Page, TutorPage)):
        return replace(activity, body=Watched(activity.body.nodes, activity.body.place))
    return activity


def pages(course: Course) -> Iterator[str]:
    """The files of the watched texts."""
    for _, activity in course.activities():
        if isinstance(activity, (Page, TutorPage)):
            yield activity.body.place.file
