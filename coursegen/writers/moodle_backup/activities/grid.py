"""Analysis grids: a page on which one rates, and for a lesson of one's own an assignment that a tutor rates with the same grid.

Moodle keeps the HTML of a page as it is, with its script; but its text filters look at all of it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ....fidelity import Capabilities, changed
from ....model import GridRating, Link
from ....render.templates import markup
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
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SIGN = re.compile(r"[<>&$@()\[\]{}:;|-]|[\u2028\u2029]")


def page(activity: GridRating, room: Room) -> Made:
    """The page to rate on. With a reference, it compares when all is rated."""
    content = room.html(
        "grid.html",
        "content",
        activity=activity,
        given=markup(_inert(json.dumps(_given(activity, room), ensure_ascii=False))),
        script=markup(_FACE.sub(": ", room.templates.script("moodle", "grid.js"))),
    )
    made = pages.of_html(activity.title, content, room)
    return Made(made.fields, rule=Rule(view=room.course.completion.grids == "rated"))


def _given(activity: GridRating, room: Room) -> dict[str, Any]:
    """What the script needs besides the tables."""
    course, templates = room.course, room.templates
    return {
        "grid": f"{course.id}/{activity.id}",
        "title": activity.title,
        "course": course.title,
        "language": course.language,
        "reference": activity.reference.title if activity.reference else None,
        "words": {name: templates.messages[name] for name in _SAID},
        "form": room.html("grid-form.html", hand_in=None if activity.reference else _title(activity, room)),
        "style": templates.style("moodle/grid.css"),
    }


def _inert(written: str) -> str:
    """JSON in which neither Moodle's filters nor a browser find anything to take for markup: signs in its words are escaped."""
    return _STRING.sub(lambda string: _SIGN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", string[0]), written)


def hand_in(activity: GridRating, room: Room) -> Made:
    """The rating as text or files, and the grid as a rubric: a level is worth its place, from 0. Nobody is shown these points."""
    done = room.course.completion.grids == "rated"
    title = _title(activity, room)
    task = room.html("grid-hand-in.html", activity=activity, page=Link(activity.id))
    return Made(
        columns(title, task, room, completes=done),
        handed(hand_in_settings("both", "unlimited", _MOST_FILES, room)),
        (Grade(title, weight=0),),
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
