"""Rules about what a unit is to its course: the general one, books, and what it counts."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Page
from ..rule import Report, check
from ..survey import Survey

_GRADED = frozenset(["quiz", "case", "grid", "assignment", "peer-review"])
"""Kinds of activity that can have a grade in Moodle."""


@check("W001")
def general_and_not_first(survey: Survey) -> Iterator[Report]:
    """A unit that is not the first one is ``general``.

    What stands around all units stands above them: in Moodle it is the part of the course that has no name and is always open.

    Wrong: ``general: true`` in the third unit
    Right: ``general: true`` in the first unit, or in none
    """
    for unit in survey.course.units[1:]:
        if unit.general:
            yield Report(unit.at("general"), "only the first unit can be general", "remove it, or put this unit first in course.yaml")


@check("W002")
def torn_book(survey: Survey) -> Iterator[Report]:
    """Pages of one book do not stand in a row.

    A book is one activity: its chapters follow each other, and nothing of another kind can stand between them.

    Wrong: two pages with ``book: The grid`` and a quiz between them
    Right: the two pages, then the quiz; or two books
    """
    for unit in survey.course.units:
        ended: set[str] = set()
        book: str | None = None
        for activity in unit.activities:
            chapter = activity.book if isinstance(activity, Page) else None
            if chapter != book and book is not None:
                ended.add(book)
            if chapter is not None and chapter in ended and isinstance(activity, Page):
                message = f'another activity stands between this page and the other pages of "{chapter}"'
                yield Report(activity.at("book"), message, "put the pages of a book next to each other, or give this one another book")
            book = chapter


@check("W003")
def tutors_page_in_a_book(survey: Survey) -> Iterator[Report]:
    """A page for tutors is a chapter of a book.

    A book is hidden as a whole or not at all, and learners are to read the others.

    Wrong: ``kind: tutor-page`` with ``book: The grid``
    Right: ``kind: tutor-page`` without ``book``
    """
    for _, activity in survey.course.activities():
        if isinstance(activity, Page) and activity.audience == "tutors" and activity.book:
            yield Report(activity.at("book"), f'"{activity.title}" is for tutors, and a book is for learners', "remove book")


@check("W004", "warning")
def weight_of_nothing(survey: Survey) -> Iterator[Report]:
    """A unit says its weight, and nothing in it has a grade.

    Quizzes, case studies, ratings on a grid, assignments and peer reviews can have one. Without any, the weight counts for nothing.

    Wrong: ``weight: 2`` in a unit of pages and discussions
    Right: the unit without ``weight``, or with a quiz
    """
    for unit in survey.course.units:
        if unit.weight and "weight" in unit.places and not any(activity.kind in _GRADED for activity in unit.activities):
            yield Report(unit.at("weight"), "nothing in this unit has a grade", "remove weight, or write weight: 0")


@check("W005", "warning", whole=True)
def nothing_counts(survey: Survey) -> Iterator[Report]:
    """Every unit has the weight 0.

    The course would have no grade, whatever learners do.

    Wrong: ``weight: 0`` in every unit
    Right: ``weight: 1`` where something is graded
    """
    units = survey.course.units
    if units and not any(unit.weight for unit in units):
        yield Report(units[0].at("weight"), "no unit counts in the grade of the course", "give a unit a weight of 1 or more")
