"""What each kind of activity becomes in Moodle: usually one activity there, sometimes two, and several pages can be one book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from ....model import (
    Activity,
    Assignment,
    Case,
    Discussion,
    File,
    GridRating,
    Page,
    PeerReview,
    Quiz,
    Repository,
    Survey,
    Unit,
    WebLink,
)
from ....render.templates import Templates
from ..room import Maker
from . import assignment, forum, grid, lesson, page, peer_review, quiz, reference, repository, survey


class Part(NamedTuple):
    """An activity of Moodle to be made."""

    ident: str
    """Permanent: its numbers follow from it, and it is the ID number that teachers see."""
    module: str
    title: str
    make: Maker
    activities: tuple[Activity, ...]
    """The activities of the course that are in it: links to them lead here."""
    described: bool = False
    """Whether its description is on the course page, too."""

    @property
    def is_hidden(self) -> bool:
        """Whether only teachers see it."""
        return any(activity.audience == "tutors" for activity in self.activities)


def parts(unit: Unit, templates: Templates) -> Iterator[Part]:
    """What the activities of a unit become, in order."""
    for book, together in groupby(unit.activities, _book):
        if book:
            pages = [each for each in together if isinstance(each, Page)]
            yield Part(f"book--{pages[0].id}", "book", book, partial(page.book, book, pages), tuple(pages))
        else:
            for activity in together:
                yield from _parts(activity, templates)


def _book(activity: Activity) -> str:
    """The book that a page is a chapter of; pages for tutors are hidden and stay by themselves."""
    return activity.book or "" if isinstance(activity, Page) and activity.audience == "learners" else ""


def _parts(activity: Activity, templates: Templates) -> Sequence[Part]:
    one = partial(_one, activity)
    if isinstance(activity, Page):
        return [one("page", partial(page.made, activity))]
    if isinstance(activity, Quiz):
        return [one("quiz", partial(quiz.made, activity))]
    if isinstance(activity, Case):
        return [one("lesson", partial(lesson.made, activity))]
    if isinstance(activity, GridRating):
        rated = one("page", partial(grid.page, activity))
        if activity.reference:
            return [rated]
        title = templates.text("moodle.handIn", title=activity.title)
        return [rated, Part(f"{activity.id}--hand-in", "assign", title, partial(grid.hand_in, activity), ())]
    if isinstance(activity, Discussion):
        return [one("forum", partial(forum.made, activity))]
    if isinstance(activity, Assignment):
        return [one("assign", partial(assignment.made, activity))]
    if isinstance(activity, PeerReview):
        return [one("workshop", partial(peer_review.made, activity))]
    if isinstance(activity, Survey):
        return [one("feedback", partial(survey.made, activity))]
    if isinstance(activity, Repository):
        collected = one("data", partial(repository.made, activity))
        if not activity.collection.records:
            return [collected]
        title = templates.text("moodle.records", title=activity.title)
        return [Part(f"{activity.id}--records", "page", title, partial(repository.records, activity), ()), collected]
    if isinstance(activity, WebLink):
        return [one("url", partial(reference.link, activity), described=bool(activity.description))]
    if isinstance(activity, File):
        return [one("resource", partial(reference.file, activity), described=bool(activity.description))]
    raise TypeError(f"nothing in Moodle for {activity.kind}")


def _one(activity: Activity, module: str, make: Maker, described: bool = False) -> Part:
    return Part(activity.id, module, activity.title, make, (activity,), described)
