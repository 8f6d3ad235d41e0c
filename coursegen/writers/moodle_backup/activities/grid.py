"""Analysis grids: a page on which one rates, and for a lesson of one's own an assignment that a tutor rates with the same grid.

Moodle keeps the HTML of a page as it is, with its script; but its text filters look at all of it.
"""

from __future__ import annotations

import re

from ....fidelity import Capabilities, changed
from ....model import GridRating, Link
from ....render.templates import markup, script_json
from ..room import Grade, Made, Room, Rule
from . import page as pages
from .assignment import columns, hand_in_settings, handed
from .rubric import GRADING, Criterion, Level, grading

GRIDS: Capabilities = {
    "grid": changed(
        "a page: ratings stay in the learner's browser, and Moodle knows only that it was opened; a rating of one's own lesson "
        "is handed in as an assignment, whose rubric has no “not applicable”"
    )
}
_MOST_FILES = 3
_SAID = (
    *(f"grid.{name}" for name in ("indicator", "mine", "reference", "reason", "earlier", "evidence", "unrated", "na", "na.short")),
    *(f"grid.{name}" for name in ("rated", "compare", "later")),
    *(f"moodle.grid.{name}" for name in ("same", "near", "far", "unlike", "where", "deleted", "copied", "uncopied")),
    "saved.nowhere",
)
"""The interface texts that the script says; all others stand in the template."""
_FACE = re.compile(r":(?=[(\[])")
"""What Moodle's filter for emoticons could take for one; a blank after the colon means the same to a browser."""


def page(activity: GridRating, room: Room) -> Made:
    """The page to rate on. With a reference, it compares when all is rated."""
    templates = room.templates
    content = room.html(
        "grid.html",
        "content",
        activity=activity,
        hand_in=None if activity.reference else _title(activity, room),
        words=script_json({name: templates.messages[name] for name in _SAID}),
        style=markup(templates.style("moodle/grid.css")),
        script=markup(_FACE.sub(": ", templates.script("moodle", "grid.js"))),
    )
    made = pages.of_html(activity.title, content, room)
    return Made(made.fields, rule=Rule(view=room.course.completion.grids == "rated"))


def hand_in(activity: GridRating, room: Room) -> Made:
    """The rating as text or files, and the grid as a rubric: a level is worth its place, from 0. Nobody is shown these points."""
    done = room.course.completion.grids == "rated"
    title = _title(activity, room)
    task = room.html("grid-hand-in.html", activity=activity, page=Link(activity.id))
    return Made(
        columns(title, task, room, completes=done),
        handed(hand_in_settings("both", "unlimited", _MOST_FILES, room)),
        (Grade(title),),
        Rule(own=done),
        {GRADING: grading(activity.grid.title, _criteria(activity), room, shows_points=False)},
    )


def _title(activity: GridRating, room: Room) -> str:
    return room.templates.text("moodle.handIn", title=activity.title)


def _criteria(activity: GridRating) -> tuple[Criterion, ...]:
    """A criterion for each indicator."""
    levels = activity.grid.levels
    return tuple(
        Criterion(
            indicator.id,
            indicator.title,
            tuple(
                Level(str(place), place, f"{place + 1} {level.title}: {words}")
                for place, (level, words) in enumerate(zip(levels, indicator.descriptors, strict=True))
            ),
        )
        for indicator in activity.grid.indicators()
    )
