"""What the player keeps of an attempt in an LMS's ``cmi.suspend_data``: the marks that stand for ids, and how long it can get.

``templates/player/storage.js`` writes the string. Marks are short hashes of permanent ids, so that a stored attempt depends on no
order and no title; two of one scope that are the same would be mixed up, which a rule forbids.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any

ACTIVITY = 4
"""Characters of an activity's mark; with some 150 activities, one package in 1,500 has two that collide."""
QUESTION = 3
KEY = 2
INDICATOR = 3
SCENE = 3
MOST_TEXT, MOST_TOLD = 4_000, 2_000
"""Characters of all essays and evidence texts that are kept, and of all essays in interactions, though SCORM 2004 has room for more:
Moodle's client sends everything again at each commit, and the last request of a page that closes holds 64 KiB, with all else there is
to send. In it a letter such as é or ж takes six bytes (``%C3%A9``), so these texts take 36 kB at most; a Chinese one nine, so 54 kB."""


def mark(text: str, length: int) -> str:
    """A short hash of a text: so many characters of base64url, 6 bits each."""
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest())[:length].decode()


def question_mark(name: str, key: Iterable[str]) -> str:
    """The mark of a question: of its id, and of its key. When the key changes, an answer stored under the mark applies no more."""
    return mark(name, QUESTION) + mark("\0".join(key), KEY)


def room(outline: Mapping[str, Any]) -> int:
    """The characters that are left for essays and the evidence texts of grids when everything else is as long as it can get."""
    return min(MOST_TEXT, max(0, int(outline["dataLimit"]) - worst(outline)))


def worst(outline: Mapping[str, Any]) -> int:
    """The most characters that an attempt can take, essays and evidence apart: everything seen, and everything answered at length."""
    activities = [activity for unit in outline["units"] for activity in unit["activities"]]
    kinds = {activity["kind"] for activity in activities} & _RECORDS.keys()
    return _FRAME + _SECTION * len(kinds) + sum(map(share, activities)) - len(kinds)  # the first record of a section has no comma


def share(activity: Mapping[str, Any]) -> int:
    """The most characters that one activity adds."""
    seen = ACTIVITY + 1
    record = _RECORDS.get(activity["kind"])
    return seen + (_RECORD + record(activity) if record else 0)


# How storage.js writes: numbers are in base 36, counted tries and runs end at 999, what is reached is in millionths.
_FRAME = len('{"v":2,"at":"aB3x","s":""}')
_SECTION = len(',"q":{}')
_RECORD = len(',"aB3x":""')
_QUIZ = len("rr.9zldr.lfls.3.lfls")
_CASE = len("rr.lfls.2.lfls")
_GRID = len("1..")


def _quiz(quiz: Mapping[str, Any]) -> int:
    """A try has all questions, those of a form, or some that are drawn: then the longest of each group."""
    lengths = {question["id"]: 1 + QUESTION + KEY + _response(question) for question in quiz["questions"]}
    if quiz["forms"]:
        return _QUIZ + max(sum(lengths.get(name, 0) for name in form) for form in quiz["forms"])
    groups = quiz.get("groups") or [{"draw": len(lengths), "questions": list(lengths)}]
    return _QUIZ + sum(sum(sorted((lengths[name] for name in each["questions"]), reverse=True)[: each["draw"]]) for each in groups)


def _response(question: Mapping[str, Any]) -> int:
    """Ids are parted by commas. Of an essay only that it was written: its text takes what room is left."""
    if question["kind"] == "essay":
        return 0
    if question["kind"] == "true-false":
        return 1
    if "parts" in question:
        lengths = [len(part["id"]) + 1 + _longest(part) for part in question["parts"]]
        return sum(lengths) + len(lengths) - 1
    if question["kind"] in ("multiple-response", "ordering"):
        return sum(map(len, question["options"])) + len(question["options"]) - 1
    return _longest(question)


def _longest(field: Mapping[str, Any]) -> int:
    """Of what can be picked or typed for a question or a part of one."""
    return int(field["length"]) if "length" in field else max(map(len, field["options"]))


def _case(case: Mapping[str, Any]) -> int:
    choices = [len(choice["id"]) for scene in case["scenes"] for choice in scene["choices"]]
    return _CASE + int(case["longest"]) * (1 + SCENE + max(choices, default=0))


def _grid(grid: Mapping[str, Any]) -> int:
    return _GRID + 2 * len(grid["indicators"]) * (INDICATOR + 1)  # the levels, and those of an earlier rating


_RECORDS: dict[str, Callable[[Mapping[str, Any]], int]] = {"quiz": _quiz, "case": _case, "grid": _grid}
