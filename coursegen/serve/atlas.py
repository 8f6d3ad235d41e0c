"""Which page of the player a finding is about, and which element of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..model.walk import parts

if TYPE_CHECKING:
    from ..model import Activity, Course, Place, Rich

WORDS = 80
"""Characters by which an element is known again."""


class Mark(NamedTuple):
    """An element of a page: how a script finds it again in what the player shows."""

    question: str
    """The question it is in, if it is in one."""
    tag: str
    """Its tag; empty for the whole question."""
    number: int
    """Which one it is among the elements of this tag in its text, from 0."""
    words: str
    """How its words begin; for what has none, its alternative text."""


class Atlas:
    """The pages of a course by the places of its sources."""

    def __init__(self, course: Course) -> None:
        self._by_file: dict[str, dict[str, None]] = {}
        self._by_line: dict[str, list[tuple[int, str]]] = {}
        self._activities: dict[str, Activity] = {}
        for number, unit in enumerate(course.units):
            lines = self._by_line.setdefault(unit.place.file, [(0, str(unit.id))])
            if number == 0:
                self._by_line[course.place.file] = [(0, str(unit.id))]  # the first unit's page tells of the course
            for activity in unit.activities:
                lines.append((activity.place.line, str(activity.id)))
                self._activities[activity.id] = activity
                for file in _files(activity):
                    if file != unit.place.file:
                        self._by_file.setdefault(file, {})[str(activity.id)] = None
        if course.glossary:
            self._by_file[course.glossary.place.file] = {"glossary": None}

    def pages(self, place: Place) -> list[str]:
        """The ids of the pages that show what stands at a place; none for what learners do not see."""
        if place.file in self._by_line:
            return [next(name for line, name in reversed(self._by_line[place.file]) if line <= place.line)]
        return list(self._by_file.get(place.file, ()))

    def mark(self, place: Place, page: str) -> Mark | None:
        """The element at a place, or the last one that begins before it in the same text; None where no element can be told."""
        activity = self._activities.get(page)
        if activity is None or not place.line:
            return None
        question = ""
        for part in parts(activity):
            if _is_question(part) and part.place.file == place.file and part.place.line <= place.line:
                question = str(part.id)  # type: ignore[attr-defined]
        found: Mark | None = None
        for text in _texts(activity):
            if text.place.file == place.file and text.place[1:] <= place[1:]:
                found = _element(text, place, question) or found
        return found or (Mark(question, "", 0, "") if question else None)


def _element(text: Rich, place: Place, question: str) -> Mark | None:
    counts: dict[str, int] = {}
    found = None
    for element in text.elements():
        number = counts.get(element.tag, 0)
        counts[element.tag] = number + 1
        if (element.line, element.column) <= place[1:]:
            found = element, number
    if found is None:
        return None
    from ..model.rich import fold

    element, number = found
    words = fold(element.children) or element.words("alt") or ""
    return Mark(question, element.tag, number, words[:WORDS])


def _files(activity: Activity) -> Iterator[str]:
    for part in parts(activity):
        yield part.place.file
    for text in _texts(activity):
        yield text.place.file


def _texts(activity: Activity) -> Iterator[Rich]:
    from ..model import Rich
    from ..model.walk import texts

    return (text for _, _, text in texts(activity) if isinstance(text, Rich))


def _is_question(part: object) -> bool:
    from ..model.question import BaseQuestion

    return isinstance(part, BaseQuestion)
