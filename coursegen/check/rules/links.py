"""Rules about links inside the course. Files that are not there are found by the reader."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Anchor, Link, Page
from ...model.activity import BaseActivity
from ..rule import Report, check
from ..survey import Survey


@check("L009")
def no_such_anchor(survey: Survey) -> Iterator[Report]:
    """A link leads to an anchor that is not there.

    An anchor is the ``id`` of an element of the page that is linked to. A quiz or a case study has none.

    Wrong: ``<a href="grid.html#level-5">level 5</a>`` when no element of the page has ``id="level-5"``
    Right: ``<a href="grid.html#level-4">level 4</a>``
    """
    for text, element in survey.elements["a"]:
        target = element.get("href")
        if isinstance(target, Anchor):
            known, name, where = survey.ids[id(text)], target.name, "this text"
        elif isinstance(target, Link) and target.anchor:
            activity = survey.activities.get(target.activity)
            if activity is None or (isinstance(activity, Page) and not activity.body):
                continue  # it could not be read, and that was reported
            known = survey.ids[id(activity.body)] if isinstance(activity, Page) else {}
            name, where = target.anchor, f'"{activity.title}"'
        else:
            continue
        if name not in known:
            mend = f'add id="{name}" to the element that is meant, or mend the link'
            if isinstance(target, Link) and not isinstance(survey.activities[target.activity], Page):
                mend = f"a link can lead to the activity only; leave out #{name}"
            yield Report(text.place_of(element), f'there is no anchor "{name}" in {where}', mend)


@check("L010")
def link_to_tutors_page(survey: Survey) -> Iterator[Report]:
    """A learners' text links to a page for tutors.

    Learners cannot open it: an LMS hides it, and SCORM packages do not have it.

    Wrong: ``<a href="tutor.html">the tutor's page</a>`` in a learners' page
    Right: the sentence without the link
    """
    hidden = {id(text) for owner, _, text in survey.rich if isinstance(owner, BaseActivity) and owner.audience == "tutors"}
    for text, element in survey.elements["a"]:
        target = element.get("href")
        if isinstance(target, Link) and id(text) not in hidden:
            activity = survey.activities.get(target.activity)
            if activity is not None and activity.audience == "tutors":
                yield Report(text.place_of(element), f'"{activity.title}" is for tutors, learners cannot open it', "remove the link")
