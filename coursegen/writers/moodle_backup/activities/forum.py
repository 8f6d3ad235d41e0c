"""Discussions: mod_forum."""

from __future__ import annotations

from ....model import Discussion
from ..room import Made, Room
from ..xml import Fields, element
from .page import seen


def made(discussion: Discussion, room: Room) -> Made:
    """A forum in which each learner can begin a discussion; the prompt stands above them all. Nobody is subscribed who does not want to."""
    fields: Fields = {
        "type": "general",
        "name": room.name(discussion.title),
        "intro": room.blocks(discussion.prompt),
        "introformat": 1,
        "duedate": 0,
        "cutoffdate": 0,
        "assessed": 0,
        "assesstimestart": 0,
        "assesstimefinish": 0,
        "scale": 0,
        "maxbytes": 0,
        "maxattachments": 9,
        "forcesubscribe": 0,
        "trackingtype": 1,
        "rsstype": 0,
        "rssarticles": 0,
        "timemodified": 0,
        "warnafter": 0,
        "blockafter": 0,
        "blockperiod": 0,
        "completiondiscussions": 0,
        "completionreplies": 0,
        "completionposts": 0,
        "displaywordcount": 0,
        "lockdiscussionafter": 0,
        "grade_forum": 0,
    }
    return Made(fields, (element("discussions"),), rule=seen(room))
