"""Links to the web and files to download: mod_url and mod_resource."""

from __future__ import annotations

from ....model import File, WebLink
from ..room import Made, Room
from ..xml import Fields
from .page import seen

_OPTIONS = 'a:1:{s:10:"printintro";i:1;}'
"""The description is shown beside the link or file (PHP's own notation)."""
_OPEN = 5
"""How a link is shown: it opens, and no frame of Moodle is around it. Many sites refuse to be shown in one."""


def link(activity: WebLink, room: Room) -> Made:
    """A page elsewhere."""
    fields: Fields = {
        "name": room.name(activity.title),
        "intro": room.blocks(activity.description),
        "introformat": 1,
        "externalurl": activity.url.replace("$@", "$%40"),  # else Moodle would look for a link to an activity
        "display": _OPEN,
        "displayoptions": _OPTIONS,
        "parameters": "a:0:{}",
        "timemodified": 0,
    }
    return Made(fields, rule=seen(room))


def file(activity: File, room: Room) -> Made:
    """A file. The first in the order of the area is the one that opens."""
    room.file(activity.media, "content", sortorder=1)
    fields: Fields = {
        "name": room.name(activity.title),
        "intro": room.blocks(activity.description),
        "introformat": 1,
        "tobemigrated": 0,
        "legacyfiles": 0,
        "legacyfileslast": None,
        "display": 0,
        "displayoptions": _OPTIONS,
        "filterfiles": 0,
        "revision": 1,
        "timemodified": 0,
    }
    return Made(fields, rule=seen(room))
