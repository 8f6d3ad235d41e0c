"""Assignments: mod_assign, graded out of 100, by a rubric where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ....fidelity import KEPT, Capabilities
from ....model import Assignment
from ..room import Grade, Made, Room, Rule
from ..xml import Fields, element, listed
from .rubric import GRADING, criteria, grading

ASSIGNMENTS: Capabilities = {"assignment": KEPT}
_MOST = 100
_UNLIMITED = -1
_SUBMISSION, _FEEDBACK = "assignsubmission", "assignfeedback"


def made(activity: Assignment, room: Room) -> Made:
    """An assignment. It is done when it was handed in; or when the grade is the pass mark or more, if the course says so."""
    rule = room.course.completion.assignments
    handed_in = rule == "handed-in"
    attempts = _UNLIMITED if activity.attempts == "unlimited" else activity.attempts
    settings = hand_in_settings(activity.hand_in, activity.most_words, activity.most_files, room)
    rubric = activity.rubric
    return Made(
        columns(activity.title, room.blocks(activity.task), room, completes=handed_in, attempts=attempts),
        handed(settings),
        (Grade(activity.title, _MOST, activity.pass_mark),),
        Rule(grade=rule == "passed", passed=rule == "passed", own=handed_in),
        {GRADING: grading(rubric.title, criteria(rubric), room)} if rubric else {},
    )


def columns(title: str, task: str, room: Room, completes: bool, attempts: int = 1) -> Fields:
    """The columns of ``assign``. A new try opens when a grade is below the pass mark, until there are so many (-1: without end)."""
    return {
        "name": room.name(title),
        "intro": task,
        "introformat": 1,
        "alwaysshowdescription": 1,
        "submissiondrafts": 0,
        "sendnotifications": 0,
        "sendlatenotifications": 0,
        "sendstudentnotifications": 1,
        "duedate": 0,
        "cutoffdate": 0,
        "gradingduedate": 0,
        "allowsubmissionsfromdate": 0,
        "grade": _MOST,
        "timemodified": 0,
        "completionsubmit": completes,
        "requiresubmissionstatement": 0,
        "teamsubmission": 0,
        "requireallteammemberssubmit": 0,
        "teamsubmissiongroupingid": 0,
        "blindmarking": 0,
        "hidegrader": 0,
        "revealidentities": 0,
        "attemptreopenmethod": "untilpass",
        "maxattempts": attempts,
        "markingworkflow": 0,
        "markingallocation": 0,
        "preventsubmissionnotingroup": 0,
        "activity": "",
        "activityformat": 1,
        "timelimit": 0,
        "submissionattachments": 0,
    }


def handed(settings: str) -> tuple[str, ...]:
    """What stands after the columns: nobody's work yet, and the settings of the plugins."""
    return (element("userflags"), element("submissions"), element("grades"), settings, element("overrides"))


def hand_in_settings(way: Literal["text", "files", "both"], words: int | Literal["unlimited"], files: int, room: Room) -> str:
    """How it is handed in, and that teachers answer with comments."""
    return listed("plugin_configs", (_setting(*each, room) for each in _settings(way, words, files)))


def _settings(way: str, words: int | Literal["unlimited"], files: int) -> Iterator[tuple[str, str, str, int | str]]:
    if way != "files":
        yield _SUBMISSION, "onlinetext", "enabled", 1
        yield _SUBMISSION, "onlinetext", "wordlimitenabled", int(words != "unlimited")
        yield _SUBMISSION, "onlinetext", "wordlimit", 0 if words == "unlimited" else words
    if way != "text":
        yield _SUBMISSION, "file", "enabled", 1
        yield _SUBMISSION, "file", "maxfilesubmissions", files
        yield _SUBMISSION, "file", "maxsubmissionsizebytes", 0
        yield _SUBMISSION, "file", "filetypeslist", ""
    yield _FEEDBACK, "comments", "enabled", 1
    yield _FEEDBACK, "comments", "commentinline", 0


def _setting(subtype: str, plugin: str, name: str, value: int | str, room: Room) -> str:
    fields = {"plugin": plugin, "subtype": subtype, "name": name, "value": value}
    return element("plugin_config", fields, id=room.number("assign_plugin_config", subtype, plugin, name))
