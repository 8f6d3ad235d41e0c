"""What a format carries of a course: one table for each, and the comparison of a course with it.

A writer declares its table as ``CARRIES``: a verdict for every name in :data:`FEATURES` that its scope has. The same table steers the
writer (which kinds it writes itself), is compared with the course by every build, and is the documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

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
    "glossary": "terms explained in place",
    "completion": "the completion rule",
}
"""What a course has beside questions."""

FEATURES: dict[str, str] = QUESTIONS | QUIZZES | ACTIVITIES
