"""The outline of a package: what the player knows of it before it loads any content (format 2), as a JSON object.

Titles and order of all activities; of what is scored, everything that a score is made of. The player's ``policy.js`` and
``storage.js`` read it, and nothing else tells them of the course.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from .branching import prove
from .model import (
    Activity,
    Case,
    Choice,
    Course,
    File,
    GridRating,
    MultipleResponse,
    Part,
    Question,
    Quiz,
    Rich,
    Scene,
    ShortAnswer,
    TrueFalse,
    Unit,
    WebLink,
    texts,
)
from .render.overview import has_overview
from .score import key, normal
from .suspend_data import ACTIVITY, INDICATOR, SCENE, mark, question_mark, room

FORMAT = 2
Runtime: TypeAlias = Literal["scorm12", "scorm2004"]
GLOSSARY = "cg-glossary"
"""The name of the glossary among the activities of a package, and its address in the player."""
LIMITS: dict[Runtime, int] = {"scorm12": 4096, "scorm2004": 64000}
"""Characters of ``cmi.suspend_data`` that every LMS of the standard keeps."""
_SHORTEST_FIELD, _LONGEST_FIELD, _SLACK = 24, 200, 10


def outline(course: Course, units: Sequence[Unit], title: str, name: str, runtime: Runtime, overview: str = "") -> dict[str, Any]:
    """The outline of the package ``name`` with some units. ``overview`` is the title of the pages about units."""
    made: dict[str, Any] = {
        "format": FORMAT,
        "package": {"id": name, "version": course.version},
        "title": title,
        "course": course.title,
        "language": course.language,
        "completion": {kind: getattr(course.completion, kind) for kind in ("pages", "quizzes", "cases", "grids")},
        "status": course.tracking.scorm12_status,
        "runtime": runtime,
        "dataLimit": LIMITS[runtime],
        "textRoom": 0,
        "glossary": course.glossary is not None,
        "units": [
            {
                "id": unit.id,
                "title": unit.title,
                "minutes": unit.minutes,
                "content": content_file(unit),
                "activities": [
                    *([_overview(course, unit, number == 0, overview)] if has_overview(unit, number == 0) else []),
                    *(_known(_Same(activity)) for activity in unit.for_learners()),
                ],
            }
            for number, unit in enumerate(units)
        ],
    }
    made["textRoom"] = room(made)
    return made


def content_file(unit: Unit) -> str:
    """The file of a package that holds a unit's texts. ``glossary.js`` and ``search.js`` are taken; no id has an underscore."""
    return f"content/unit_{unit.id}.js" if unit.id in ("glossary", "search") else f"content/{unit.id}.js"


def said(parts: Iterable[Part]) -> str:
    """Everything a learner reads in some parts, pictures' alternative texts too."""
    words: list[str] = []
    for part in parts:
        for _, _, text in texts(part):
            words.append(text.text() if isinstance(text, Rich) else text)
            if isinstance(text, Rich):
                words += [alternative for element in text.elements() if (alternative := element.words("alt"))]
    return "\n".join(words)


def _overview(course: Course, unit: Unit, is_first: bool, title: str) -> dict[str, Any]:
    """The page about the unit has the unit's id: ids of units and activities are never the same."""
    spoken = [text.text() for text in (unit.summary, course.description if is_first else None) if text]
    described = (activity.description for activity in unit.activities if isinstance(activity, (WebLink, File)))
    words = "\n".join([*spoken, said(unit.outcomes), *sorted(text.text() for text in described if text)])  # another order is no change
    return _entry(unit.id, words, "page", title, 0)


def _entry(name: str, words: str, kind: str, title: str, minutes: int) -> dict[str, Any]:
    return {"id": name, "mark": mark(name, ACTIVITY), "text": mark(words, 1), "kind": kind, "title": title, "minutes": minutes}


class _Same:
    """An activity as a key that equals only itself: to compare all that two of them say would take as long as to write it down."""

    __slots__ = ("activity",)

    def __init__(self, activity: Activity) -> None:
        self.activity = activity

    def __hash__(self) -> int:
        return id(self.activity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.activity is self.activity


@lru_cache(maxsize=4096)
def _known(same: _Same) -> dict[str, Any]:
    """The entry of an activity, remembered: a rule and several packages ask for it."""
    return _activity(same.activity)


def _activity(activity: Activity) -> dict[str, Any]:
    entry = _entry(activity.id, said([activity]), activity.kind, activity.title, activity.minutes)
    if isinstance(activity, Quiz):
        entry |= _quiz(activity)
    elif isinstance(activity, Case):
        entry |= _case(activity)
    elif isinstance(activity, GridRating):
        entry |= _grid(activity)
    return entry


def _quiz(quiz: Quiz) -> dict[str, Any]:
    settings = quiz.set
    return {
        "passMark": settings.pass_mark,
        "attempts": None if settings.attempts == "unlimited" else settings.attempts,
        "feedback": settings.feedback,
        "draw": None if settings.draw == "all" else settings.draw,
        "shuffleQuestions": settings.shuffle_questions,
        "shuffleOptions": settings.shuffle_options,
        "forms": [list(form.questions) for form in settings.forms],
        "questions": [_question(question) for question in settings.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    if isinstance(question, ShortAnswer):
        accepted = sorted({normal(answer.text) for answer in question.answers if answer.correct})
        return {
            "id": question.id,
            "mark": question_mark(question.id, (question.kind, *accepted)),
            "kind": question.kind,
            "points": question.points,
            "answers": [{"id": answer.id, "text": answer.text, "correct": answer.correct} for answer in question.answers],
            "length": field_length(question),
        }
    right = key(question)
    credit = question.credit if isinstance(question, MultipleResponse) else ""
    entry: dict[str, Any] = {
        "id": question.id,
        "mark": question_mark(question.id, (question.kind, credit, *sorted(right))),
        "kind": question.kind,
        "points": question.points,
        "options": ["true", "false"] if isinstance(question, TrueFalse) else [option.id for option in question.options],
        "right": right,
    }
    if credit == "partial":
        entry["credit"] = credit
    return entry


def field_length(question: ShortAnswer) -> int:
    """How many characters can be typed, as browsers count (UTF-16): some more than the longest answer has, since they are remembered.

    Characters that ``storage.js`` escapes count double.
    """
    longest = max(len(re.sub(r'[~_"\\]', r"~\g<0>", answer.text).encode("utf-16-le")) // 2 for answer in question.answers)
    return max(_SHORTEST_FIELD, longest, min(longest + _SLACK, _LONGEST_FIELD))


def _case(case: Case) -> dict[str, Any]:
    """``longest`` counts decisions: a way without detours has one less than states, since an ending follows the last of them."""
    story = case.storyline
    proof = prove(story)
    return {
        "start": story.first,
        "variables": [{"id": each.id, "start": each.start, "low": each.low, "high": each.high} for each in story.variables],
        "scenes": [_scene(scene) for scene in story.scenes],
        "best": proof.best.points if proof.best else 0,
        "longest": max(0, proof.longest - 1),
    }


def _scene(scene: Scene) -> dict[str, Any]:
    return {
        "id": scene.id,
        "mark": mark(scene.id, SCENE),
        "ending": scene.ending is not None,
        "choices": [_choice(choice) for choice in scene.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    def given(**values: Any) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value is not None}

    return {
        "id": choice.id,
        "to": choice.to,
        "points": choice.points,
        "when": [given(variable=each.variable, atLeast=each.at_least, atMost=each.at_most) for each in choice.when],
        "change": [given(variable=each.variable, by=each.by, to=each.to) for each in choice.change],
    }


def _grid(rating: GridRating) -> dict[str, Any]:
    reference = rating.reference
    levels = {each.indicator: 0 if each.level == "not-applicable" else each.level for each in reference.ratings} if reference else None
    return {
        "levels": len(rating.grid.levels),
        "indicators": [{"id": each.id, "mark": mark(each.id, INDICATOR)} for each in rating.grid.indicators()],
        "reference": levels,
    }
