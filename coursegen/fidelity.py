"""What a format carries of a course: one table for each, and the comparison of a course with it.

A writer declares its table as ``CARRIES``: a verdict for every name in :data:`FEATURES` that its scope has. The same table steers the
writer (which kinds it writes itself), is compared with the course by every build, and is the documentation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias, get_args

from .model import NOWHERE, Place, Question
from .portable import substitute
from .usage import Use, features, used

__all__ = [
    "ACTIVITIES",
    "FEATURES",
    "KEPT",
    "KINDS",
    "QUESTIONS",
    "QUIZZES",
    "Capabilities",
    "Case",
    "How",
    "Use",
    "Verdict",
    "changed",
    "dropped",
    "losses",
    "native",
    "substituted",
    "used",
    "verdict",
]

How: TypeAlias = Literal["kept", "changed", "substituted", "dropped"]


class Verdict(NamedTuple):
    """What becomes of a feature: ``substituted`` is for kinds of question only, and means :func:`coursegen.portable.substitute`.

    ``since`` is the oldest Moodle from which on it is kept; before, the verdict holds.
    """

    how: How
    reason: str = ""
    since: str = ""


KEPT = Verdict("kept")
Capabilities: TypeAlias = Mapping[str, Verdict]


def changed(reason: str) -> Verdict:
    """It is there in another form; ``reason`` says in which, after the feature's name and a colon."""
    return Verdict("changed", reason)


def dropped(reason: str) -> Verdict:
    """It is not there; ``reason`` says why, after the feature's name and a colon."""
    return Verdict("dropped", reason)


def substituted(since: str = "") -> Verdict:
    """The format lacks this kind of question: its twin or a substitute takes its place."""
    return Verdict("substituted", "its portable twin or the best honest substitute takes its place", since)


QUESTIONS: dict[str, str] = {
    "single-choice": "questions with one right option",
    "multiple-response": "questions with several right options",
    "true-false": "statements that are true or false",
    "short-answer": "words to type",
    "numerical": "numbers to type",
    "matching": "things to match",
    "ordering": "things to put in order",
    "sorting": "things to sort into groups",
    "cloze": "texts with gaps",
    "essay": "texts of one's own",
    "rating-scale": "opinions on a scale",
    "partial-credit": "a part of the points for a part of the answer (credit: partial)",
    "all-or-nothing": "no points for a part of the answer (credit: all-or-nothing)",
    "case": "upper and lower case differ (case: counts)",
    "accents": "accents do not count (accents: ignored)",
    "spacing": "spaces do not count (spacing: ignored)",
    "wildcards": "* in an answer stands for anything (wildcards: true)",
    "foreseen-mistakes": "wrong answers with a feedback of their own, of questions to type in",
    "tolerance": "how far a number may be off",
    "unit": "the unit of a number",
    "match-distractors": "entries to match that belong to nothing",
    "points": "what a question is worth (points other than 1)",
    "general-feedback": "feedback for everybody (feedback)",
    "if-right": "feedback after a right answer (if_right)",
    "if-partly": "feedback after a partly right answer (if_partly)",
    "if-wrong": "feedback after a wrong answer (if_wrong)",
    "option-feedback": "feedback of what was picked or typed",
    "part-feedback": "feedback of pairs, things sorted and things put in order",
    "model-answer": "a model answer to compare one's text with",
    "hints": "help on request",
    "media-stem": "pictures and sound in what is asked",
    "media-option": "pictures and sound in options",
    "media-feedback": "pictures and sound in feedback, hints and model answers",
    "links": "links to other activities, files and terms in questions",
    "title": "a question's short name for teachers",
    "outcomes": "the outcomes that a question assesses",
    "competences": "a question's own competences",
    "difficulty": "how hard a question is",
    "source": "where a question comes from",
    "tags": "words to find a question by",
}
"""What questions have, with what it is in words."""

QUIZZES: dict[str, str] = {
    "intro": "what is read before the first question",
    "pass-mark": "the per cent of the points that pass",
    "attempts": "how often a learner may try, where that is limited",
    "immediate-feedback": "feedback after each answer",
    "deferred-feedback": "feedback when the whole try is handed in",
    "draw": "questions drawn anew for each try",
    "forms": "parallel forms",
    "shuffle-questions": "questions in another order each try",
    "shuffle-options": "options in another order each try",
    "banks": "questions that quizzes take from a bank",
}
"""What quizzes have."""

ACTIVITIES: dict[str, str] = {
    "case-study": "case studies with decisions that lead on",
    "grid": "analysis grids to rate on",
    "discussion": "discussions",
    "web-link": "links to the web, as activities",
    "file": "files to download, as activities",
    "tutor-page": "pages for those who teach",
    "page-links": "links from page to page",
    "unit-links": "links to another unit",
    "glossary": "terms explained in place",
    "completion": "the completion rule",
}
"""What a course has beside questions."""

FEATURES: dict[str, str] = QUESTIONS | QUIZZES | ACTIVITIES

KINDS: frozenset[str] = frozenset(each.kind for each in get_args(Question))
"""The features that are kinds of question."""
_REFINED = {"unit-links": ("page-links", "links")}
"""Features that are a part of others: where one of those is not kept, it has been told."""


class Case(NamedTuple):
    """What a format does not keep: a feature that a course uses at a place, and the reason in words."""

    format: str
    feature: str
    how: Literal["changed", "dropped"]
    reason: str
    place: Place
    owner: str
    """The id of the question, quiz, activity or unit that has it, or that of the course."""


def verdict(table: Capabilities, feature: str, moodle: str) -> Verdict:
    """What becomes of a feature in a course whose oldest Moodle is ``moodle``."""
    found = table[feature]
    return KEPT if found.since and _version(moodle) >= _version(found.since) else found


def native(table: Capabilities, moodle: str) -> frozenset[str]:
    """The kinds of question that a format writes itself, as they are or changed: what takes the place of others is of these."""
    return frozenset(kind for kind in KINDS if verdict(table, kind, moodle).how in ("kept", "changed"))


def _version(name: str) -> tuple[int, ...]:
    return tuple(map(int, name.split(".")))


def losses(name: str, table: Capabilities, moodle: str, uses: Iterable[Use]) -> list[Case]:
    """Every use that the format ``name`` changes or drops, in their order. What its table does not have is beyond its scope.

    A question that is dropped is one case. Where another one takes its place, that is a case of its kind, and what the other one has is
    looked at then: what it does not have went with the kind.
    """
    verdicts = {feature: verdict(table, feature, moodle) for feature in table}
    kinds = native(table, moodle)
    cases: list[Case] = []
    told: set[tuple[str, str]] = set()
    gone: Question | None = None
    for use in uses:
        found = verdicts.get(use.feature, KEPT)
        if found.how == "kept" or (gone is not None and use.question is gone):
            continue
        if found.how == "substituted" and use.question is not None:
            gone = use.question
            cases += _replaced(name, verdicts, use, gone, kinds)
        elif not any((feature, use.owner) in told for feature in _REFINED.get(use.feature, ())):
            how = _lost(found)
            cases.append(Case(name, use.feature, how, found.reason, use.place, use.owner))
            told.add((use.feature, use.owner))
            if how == "dropped" and use.feature in KINDS:
                gone = use.question
    return cases


def _lost(found: Verdict) -> Literal["changed", "dropped"]:
    return "dropped" if found.how == "dropped" else "changed"


def _replaced(name: str, verdicts: Capabilities, use: Use, question: Question, kinds: frozenset[str]) -> Iterator[Case]:
    """The cases of a question whose place another one takes, or several, or none."""
    instead, reason = substitute(question, kinds)
    yield Case(name, use.feature, "changed" if instead else "dropped", reason, use.place, use.owner)
    found: dict[str, Place] = {}
    for each in instead:
        for feature, place in features(each).items():
            found.setdefault(feature, use.place if place == NOWHERE else place)
    if not (question.title or getattr(question, "twin", None)):  # what is derived has a title that no author wrote
        found.pop("title", None)
    for feature, place in found.items():
        if (lost := verdicts[feature]).how != "kept":
            yield Case(name, feature, _lost(lost), lost.reason, place, use.owner)
