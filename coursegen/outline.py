"""The outline of a package: what the player knows of it before it loads any content (format 2), as a JSON object.

Titles and order of all activities; of what is scored, everything that a score is made of. The player's ``policy.js`` and
``storage.js`` read it, and nothing else tells them of the course.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from .branching import prove
from .model import (
    Activity,
    Answer,
    BaseQuestion,
    Case,
    Choice,
    ChoiceGap,
    Cloze,
    Course,
    Essay,
    File,
    GridRating,
    Matching,
    MultipleResponse,
    NumberAnswer,
    Numerical,
    Ordering,
    Part,
    Question,
    Quiz,
    RatingScale,
    Rich,
    Scene,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TextGap,
    TrueFalse,
    Unit,
    WebLink,
    parts,
    texts,
)
from .render.overview import has_overview
from .score import Typed, key, normal
from .suspend_data import ACTIVITY, INDICATOR, MOST_TOLD, SCENE, mark, question_mark, room

FORMAT = 2
Runtime: TypeAlias = Literal["scorm12", "scorm2004"]
GLOSSARY = "cg-glossary"
"""The name of the glossary among the activities of a package, and its address in the player."""
LIMITS: dict[Runtime, int] = {"scorm12": 4096, "scorm2004": 64000}
"""Characters of ``cmi.suspend_data`` that every LMS of the standard keeps."""
_SHORTEST_FIELD, _LONGEST_FIELD, _SLACK, _MORE_SLACK = 24, 200, 10, 40
_LINE, _LONGEST_ESSAY = 250, 4000
"""Characters of an essay: so many for each line of its field, which grows; at most what a ``long-fill-in`` of SCORM 2004 has."""
_RULES = {"case": "ignored", "accents": "counts", "spacing": "counts", "wildcards": False}
"""How typed words are compared if a question does not say it."""
_EXACT = Context(prec=60)
"""Exact for sums of any two numbers of a course, which have 15 digits each."""


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
    _tell(made["units"])
    return made


def _tell(units: list[dict[str, Any]]) -> None:
    """Gives each essay ``told``: how much of it its interaction has at most. Entries are shared by packages, so these get their own."""
    questions = [question for unit in units for entry in unit["activities"] for question in entry.get("questions", ())]
    essays = {question["id"] for question in questions if question["kind"] == "essay"}
    if not essays:
        return
    told = {"told": MOST_TOLD // len(essays)}
    for unit in units:
        unit["activities"] = [
            entry | {"questions": [each | told if each["id"] in essays else each for each in entry["questions"]]}
            if "questions" in entry
            else entry
            for entry in unit["activities"]
        ]


def content_file(unit: Unit) -> str:
    """The file of a package that holds a unit's texts. ``glossary.js`` and ``search.js`` are taken; no id has an underscore."""
    return f"content/unit_{unit.id}.js" if unit.id in ("glossary", "search") else f"content/{unit.id}.js"


def said(roots: Iterable[Part]) -> str:
    """Everything a learner reads in some parts, pictures' alternative texts too. Twins and what is for teachers alone are not read."""
    words: list[str] = []
    for root in roots:
        unread = {id(below) for part in parts(root) if (twin := getattr(part, "twin", None)) for below in parts(twin)}
        for owner, name, text in texts(root):
            if id(owner) in unread or (isinstance(owner, BaseQuestion) and name in ("title", "source")):
                continue
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
    taken = [question for group in activity.set.taken for question in group.questions] if isinstance(activity, Quiz) else []
    entry = _entry(activity.id, said([activity, *taken]), activity.kind, activity.title, activity.minutes)
    if isinstance(activity, Quiz):
        entry |= _quiz(activity)
    elif isinstance(activity, Case):
        entry |= _case(activity)
    elif isinstance(activity, GridRating):
        entry |= _grid(activity)
    return entry


def _quiz(quiz: Quiz) -> dict[str, Any]:
    """``groups`` are there when a try has not all questions: what it is made of. No question is in two (rule B006)."""
    settings = quiz.set
    entry: dict[str, Any] = {
        "passMark": settings.pass_mark,
        "attempts": None if settings.attempts == "unlimited" else settings.attempts,
        "feedback": settings.feedback,
        "shuffleQuestions": settings.shuffle_questions,
        "shuffleOptions": settings.shuffle_options,
        "forms": [list(form.questions) for form in settings.forms],
        "questions": [_question(question) for question in settings.pool()],
    }
    if settings.draws():
        entry["groups"] = [{"draw": each.draw, "questions": [question.id for question in each.questions]} for each in settings.groups()]
    return entry


def _question(question: Question) -> dict[str, Any]:
    credit = getattr(question, "credit", "")
    entry: dict[str, Any] = {
        "id": question.id,
        "mark": question_mark(question.id, (question.kind, *_key(question, credit))),
        "kind": question.kind,
        "points": question.points,
    }
    if question.outcomes:
        entry["outcomes"] = list(question.outcomes)
    if isinstance(question, ShortAnswer):
        entry |= _typed(question)
    elif isinstance(question, Numerical):
        entry |= _number(question)
    elif isinstance(question, Essay):
        entry["length"] = min(_LINE * question.lines, _LONGEST_ESSAY)
    elif isinstance(question, (Matching, Sorting, Cloze)):
        entry["parts"] = _parts(question)
    else:
        entry["options"] = _options(question)
        if not isinstance(question, RatingScale):
            entry["right"] = key(question)
    if credit == "partial":
        entry["credit"] = credit
    return entry


def _key(question: Question, credit: str) -> list[str]:
    """What decides whether an answer is right: when it changes, the question gets another mark, and answers under the old one fall away."""
    if isinstance(question, ShortAnswer):
        return _accepted(question)
    if isinstance(question, Numerical):
        ranges = {"..".join(_range(answer)) for answer in question.answers if answer.correct}
        return [*sorted(ranges), *([question.unit] if question.unit else [])]
    if isinstance(question, Ordering):
        return [credit, *key(question)]
    if isinstance(question, Matching):  # an entry of its list has the id of a pair, whatever that pair's words are now
        return [credit, *sorted(f"{pair.id}.{' '.join(pair.match.split())}" for pair in question.pairs)]
    if isinstance(question, Cloze):
        typed = [f"{gap.id}.{text}" for gap in question.gaps if isinstance(gap, TextGap) for text in _accepted(gap)]
        picked = {
            f"{gap.id}.{option.id}" for gap in question.gaps if isinstance(gap, ChoiceGap) for option in gap.options if option.correct
        }
        return [credit, *sorted(picked), *typed]
    return [] if isinstance(question, (Essay, RatingScale)) else [credit, *sorted(key(question))]


def _accepted(typed: Typed) -> list[str]:
    """The texts that are accepted, and the rules by which they are compared where they are not the usual ones."""
    rules = [f"{name}={value}" for name, value in _rules(typed).items()]
    return [*sorted({normal(answer.text, typed) for answer in typed.answers if answer.correct}), *rules]


def _rules(typed: Typed) -> dict[str, str | bool]:
    return {name: value for name, usual in _RULES.items() if (value := getattr(typed, name)) != usual}


def _options(question: SingleChoice | MultipleResponse | TrueFalse | Ordering | RatingScale) -> list[str]:
    """What is picked or put in order, as it is shown first."""
    if isinstance(question, TrueFalse):
        return ["true", "false"]
    if isinstance(question, Ordering):
        return [step.id for step in question.scrambled()]
    return [option.id for option in (question.levels if isinstance(question, RatingScale) else question.options)]


def _parts(question: Matching | Sorting | Cloze) -> list[dict[str, Any]]:
    """The parts that a question is answered in: pairs to match, things to sort, gaps to fill."""
    if isinstance(question, Matching):
        targets = list(question.targets())
        return [{"id": pair, "options": targets, "right": [target]} for pair, target in question.key().items()]
    if isinstance(question, Sorting):
        groups = [group.id for group in question.groups]
        return [{"id": item.id, "options": groups, "right": [item.group]} for item in question.items]
    return [_gap(gap) for gap in question.gaps]


def _gap(gap: ChoiceGap | TextGap) -> dict[str, Any]:
    if isinstance(gap, TextGap):
        return {"id": gap.id, **_typed(gap)}
    right = [option.id for option in gap.options if option.correct]
    return {"id": gap.id, "options": [option.id for option in gap.options], "right": right}


def _typed(typed: Typed) -> dict[str, Any]:
    answers = [{"id": answer.id, "text": answer.text, "correct": answer.correct} for answer in typed.answers]
    return {"answers": answers, "length": field_length(typed), **_rules(typed)}


def _number(question: Numerical) -> dict[str, Any]:
    answers: list[dict[str, Any]] = []
    for answer in question.answers:
        low, high = _range(answer)
        answers.append({"id": answer.id, "low": low, "high": high, "correct": answer.correct})
    unit = {"unit": question.unit} if question.unit else {}
    return {"answers": answers, **unit, "length": field_length(question)}


def _range(answer: NumberAnswer) -> tuple[str, str]:
    """The lowest and the highest number that an answer means, exactly; the same number is the same text."""
    value, far = Decimal(answer.value), Decimal(answer.tolerance).copy_abs()
    return _plain(_EXACT.subtract(value, far)), _plain(_EXACT.add(value, far))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def field_length(question: Typed | Numerical) -> int:
    """How many characters can be typed, as browsers count (UTF-16): some more than the longest answer has, since they are remembered.

    Characters that ``storage.js`` escapes count double. A number may have its unit; where ``*`` stands for anything, anything needs room.
    """
    slack = _MORE_SLACK if not isinstance(question, Numerical) and question.wildcards else _SLACK
    longest = max(len(re.sub(r'[~_,"\\]', r"~\g<0>", text).encode("utf-16-le")) // 2 for text in _typable(question))
    return max(_SHORTEST_FIELD, longest, min(longest + slack, _LONGEST_FIELD))


def _typable(question: Typed | Numerical) -> list[str]:
    unit = f" {question.unit}" if isinstance(question, Numerical) and question.unit else ""
    return [f"{answer.text if isinstance(answer, Answer) else answer.value}{unit}" for answer in question.answers]


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
