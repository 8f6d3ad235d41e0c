"""What a format carries of a course: one table for each, and the comparison of a course with it.

A writer declares its table as ``CARRIES``: a verdict for every name in :data:`FEATURES` that its scope has. The same table steers the
writer (which kinds it writes itself), is compared with the course by every build, and is the documentation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from .model import NOWHERE, Place, Question, Quiz
from .portable import Change, Substitute, substitute, weighted
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
    "Special",
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
    exceptions: tuple[Special, ...] = ()

    def but(self, other: Verdict, which: str, holds: Callable[[Question], bool]) -> Verdict:
        """The same, and another verdict for some questions: ``which``, in words, and how to tell them."""
        return self._replace(exceptions=(*self.exceptions, Special(which, holds, other)))

    def of(self, question: Question | None) -> Verdict:
        """The verdict that holds for a question: the first exception that it is, or else this one."""
        return next((each.verdict for each in self.exceptions if question is not None and each.holds(question)), self)


class Special(NamedTuple):
    """Questions of which another verdict holds: which ones, in words that follow the feature's, and how to tell them."""

    which: str
    holds: Callable[[Question], bool]
    verdict: Verdict


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
    "links": "links to other activities and to terms in questions",
    "file-links": "links to files in questions",
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
    "unused-bank-questions": "questions of a bank that no quiz takes",
}
"""What quizzes have."""

ACTIVITIES: dict[str, str] = {
    "quiz": "quizzes",
    "case-study": "case studies with decisions that lead on",
    "grid": "analysis grids to rate on",
    "assignment": "products to hand in",
    "peer-review": "products that learners review for each other",
    "survey": "surveys",
    "repository": "collections of records that learners add to",
    "discussion": "discussions",
    "web-link": "links to the web, as activities",
    "file": "files to download, as activities",
    "tutor-page": "pages for those who teach",
    "book": "pages in a row that are chapters of a book",
    "page-links": "links from page to page",
    "unit-links": "links to another unit",
    "glossary": "terms explained in place",
    "completion": "the completion rule",
    "unit-weight": "units that count more or less than others (weight)",
    "unit-order": "units that open one after the other (order: by-unit)",
    "course-picture": "a picture for course lists",
    "badge": "a badge for who completes the course",
    "theme": "the colours, the logo and the letters of the course",
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
    return _native({kind: verdict(table, kind, moodle) for kind in KINDS & table.keys()})


def _native(verdicts: Capabilities) -> frozenset[str]:
    return frozenset(kind for kind in KINDS & verdicts.keys() if verdicts[kind].how in ("kept", "changed"))


def _version(name: str) -> tuple[int, ...]:
    return tuple(map(int, name.split(".")))


def losses(name: str, table: Capabilities, moodle: str, uses: Iterable[Use]) -> list[Case]:
    """Every use that the format ``name`` changes or drops, in their order. What its table does not have is beyond its scope.

    A question that is dropped is one case, and so is a quiz of which no question is left. Where another question takes a question's place,
    that is a case of its kind; what the other one has is looked at then, and what it lacks is a case each. A twin is what the author
    chose to say elsewhere: what it lacks is named in the case of the kind.
    """
    return list(_Comparison(name, {feature: verdict(table, feature, moodle) for feature in table}, list(uses)).cases())


class _Comparison:
    """The uses of a course beside the verdicts of one format."""

    def __init__(self, name: str, verdicts: Capabilities, uses: list[Use]) -> None:
        self._name = name
        self._verdicts = verdicts
        self._kinds = _native(verdicts)
        self._uses = uses if verdicts.keys() >= KINDS else [use for use in uses if not use.question]
        """All, or those that are not of questions, where a format has none."""
        self._unused = verdicts.get("unused-bank-questions", KEPT).how != "dropped"
        self._stand_ins: dict[str, Substitute | None] = {}

    def cases(self) -> Iterator[Case]:
        rounded = self._rounded()
        told: set[tuple[str, str]] = set()
        gone: set[str] = set()
        for use in self._uses:
            question = use.question
            if use.owner in gone or (use.unused and not self._unused):
                continue
            if use.quiz and "quiz" in self._verdicts and self._is_left_out(use.quiz):
                gone.add(use.owner)
                yield self._case(use, "dropped", "none of its questions can be written")
            elif question and use.feature == question.kind and (instead := self._instead(question)) is not None:
                gone.add(use.owner)
                yield from self._replaced(use, question, instead, rounded)
            else:
                if question and use.feature == question.kind and (reason := rounded.get(question.id) or self._special_points(question)):
                    yield self._case(use, "changed", reason, "points", question.at("points"))
                found = self._verdicts.get(use.feature, KEPT).of(question)
                if found.how != "kept" and not any((feature, use.owner) in told for feature in _REFINED.get(use.feature, ())):
                    told.add((use.feature, use.owner))
                    yield self._case(use, _lost(found), found.reason)

    def _case(self, use: Use, how: Literal["changed", "dropped"], reason: str, feature: str = "", place: Place = NOWHERE) -> Case:
        return Case(self._name, feature or use.feature, how, reason, use.place if place == NOWHERE else place, use.owner)

    def _is_left_out(self, quiz: Quiz) -> bool:
        found = [self._instead(question) for question in quiz.set.pool()]
        return all(instead is not None and not instead.questions for instead in found)

    def _instead(self, question: Question) -> Substitute | None:
        """What takes a question's place; None where the format has the question itself."""
        if question.id not in self._stand_ins:
            self._stand_ins[question.id] = self._substitute(question)
        return self._stand_ins[question.id]

    def _substitute(self, question: Question) -> Substitute | None:
        own = self._verdicts[question.kind].of(question)
        if own.how != "substituted":
            return Substitute((), own.reason) if own.how == "dropped" else None
        kinds = self._kinds - {question.kind}
        while True:
            found = substitute(question, kinds)
            unfit = {each.kind for each in found.questions if self._verdicts[each.kind].of(each).how == "substituted"}
            if not unfit:
                return found
            kinds -= unfit

    def _replaced(self, use: Use, question: Question, found: Substitute, rounded: Mapping[str, str]) -> Iterator[Case]:
        """The cases of a question whose place another one takes, or several, or none."""
        had = features(question)
        have: dict[str, tuple[Place, Verdict]] = {}
        for each in found.questions:
            for feature, place in features(each).items():
                lost = self._verdicts[feature].of(each)
                if feature not in have or have[feature][1].how == "kept":
                    have[feature] = (place, lost)
        lacks = [feature for feature in had if feature != question.kind and feature not in have]
        twin: Question | None = getattr(question, "twin", None)
        if not found.questions or (twin is not None and twin.id == found.questions[0].id):
            without = f"; {', '.join(lacks)}: not in the twin" if found.questions and lacks else ""
            yield self._case(use, "changed" if found.questions else "dropped", found.reason + without)
            lacks = []
        else:
            yield self._case(use, "changed", found.reason)
            if not question.title:
                have.pop("title", None)  # what is derived has a title that no author wrote
        if points := self._points(question, found, rounded):
            have.pop("points", None)
            yield self._case(use, points.how, points.reason, "points", question.at("points"))
        for feature, (place, lost) in have.items():
            if lost.how != "kept":
                yield self._case(use, _lost(lost), lost.reason, feature, place)
        for feature in lacks:
            if change := found.changes.get(feature, _LACKING):
                yield self._case(use, change.how, change.reason, feature, had[feature])

    def _points(self, question: Question, found: Substitute, rounded: Mapping[str, str]) -> Change | None:
        """What becomes of the points of a question by what takes its place."""
        if question.id in rounded:
            return Change("changed", rounded[question.id])
        if not found.questions:
            return None
        worth: Any = {"points": question.points}
        one = found.questions[0]
        kept = self._verdicts["points"].of(replace(one, **worth) if one.points else one)
        how: Literal["changed", "dropped"] = "dropped" if kept.how == "dropped" and question.points > 1 else "changed"
        if kept.how != "kept" and question.points and len(found.questions) > 1:
            return Change(how, f"it becomes {len(found.questions)} questions, and each counts as much as a whole one: {kept.reason}")
        if kept.how != "kept" and one.points and not question.points:
            return Change("changed", f"what takes its place counts, and the question does not: {kept.reason}")
        return None

    def _special_points(self, question: Question) -> str:
        """Why a question of one point, which is no feature, is worth something else; nothing where it is not."""
        usual = self._verdicts["points"]
        found = usual.of(question) if question.points == 1 else usual
        return found.reason if found is not usual else ""

    def _rounded(self) -> dict[str, str]:
        """By id what is said of questions whose share of the points is another: points are whole numbers up to 99.

        Where a format has quizzes, each has points of its own, and so have the questions of banks; elsewhere all questions have one scale.
        """
        if self._verdicts.get("points", KEPT).how != "kept":
            return {}
        everything = {use.owner: use.question for use in self._uses if use.question and (self._unused or not use.unused)}
        if all(question.kind in self._kinds for question in everything.values()):
            return {}
        quizzes = [use.quiz for use in self._uses if use.quiz]
        groups = [list(everything.values())]
        if "quiz" in self._verdicts:
            own = {question.id for quiz in quizzes for question in quiz.set.questions}
            groups = [list(quiz.set.pool()) for quiz in quizzes]
            groups.append([question for question in everything.values() if question.id not in own])
        return {name: reason for group in reversed(groups) for name, reason in self._rounded_in(group)}

    def _rounded_in(self, group: list[Question]) -> Iterator[tuple[str, str]]:
        made = [each for each in weighted(group, self._kinds) if each.points]
        usual = Counter(Fraction(each.points, each.original.points) for each in made).most_common(1)
        before, after = sum(each.original.points for each in made), sum(each.points for each in made)
        for each in made:
            if Fraction(each.points, each.original.points) != usual[0][0]:
                now, was = f"{each.points} of {after} points", f"{each.original.points} of {before}"
                yield each.original.id, f"it is worth {now}, and not {was}: points are whole numbers up to 99"


_LACKING = Change("dropped", "what takes its place has none")


def _lost(found: Verdict) -> Literal["changed", "dropped"]:
    return "dropped" if found.how == "dropped" else "changed"
