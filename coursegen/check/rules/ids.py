"""Rules about identifiers and what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...fidelity import FEATURES
from ...model import Bank, ChoiceGap, Dimension, Outcome, Place, Question, TextGap, Unit
from ...model.activity import BaseActivity
from ...model.question import BaseQuestion
from ...readers.source.faults import closest
from ..rule import Report, check
from ..survey import Survey


def repeated(entries: Iterable[tuple[str, Place]]) -> Iterator[tuple[str, Place, Place]]:
    """The names that were there before, each with its place and that of the first."""
    first: dict[str, Place] = {}
    for name, place in entries:
        if not name:
            continue
        if name in first:
            yield name, place, first[name]
        else:
            first[name] = place


@check("I001")
def duplicate_id(survey: Survey) -> Iterator[Report]:
    """Two units, outcomes, activities, banks or questions have one id. A twin is a question, too.

    Attempts, links and package identifiers hang on ids. Two things with one id would be mixed up in an LMS.

    Wrong: two pages with ``id: brakes``
    Right: ``id: brakes`` and ``id: brakes-practice``
    """
    named = (Unit, Outcome, BaseActivity, Bank, BaseQuestion)
    entries = [(part.id, part.at("id")) for part in survey.parts if isinstance(part, named)]
    for name, place, first in repeated(entries):
        yield Report(place, f'the id "{name}" is used already, at {first}', "give this one an id of its own")


@check("I002")
def duplicate_option_id(survey: Survey) -> Iterator[Report]:
    """Two options, answers, pairs, groups, steps, levels or gaps of a question have one id, or two entries of one gap.

    Learners' answers are stored by these ids, so nobody could tell which one was picked. All things of a question share its ids: groups
    and what is sorted into them, pairs and distractors.

    Wrong: two options with ``id: a``
    Right: ``id: a`` and ``id: b``
    """
    for question in survey.questions():
        for holder in (question, *getattr(question, "gaps", ())):
            what = "question" if holder is question else "gap"
            for name, place, first in repeated_in(holder):
                message = f'the id "{name}" is used already in this {what}, in line {first.line}'
                yield Report(place, message, "give this one an id of its own")


_PARTS = ("options", "answers", "pairs", "distractors", "groups", "items", "levels", "gaps")


def repeated_in(holder: Question | ChoiceGap | TextGap) -> Iterator[tuple[str, Place, Place]]:
    """The ids that two parts of a question, or of a gap, have: as of :func:`repeated`."""
    return repeated((part.id, part.at("id")) for name in _PARTS for part in getattr(holder, name, ()))


@check("I003", whole=True)
def unknown_outcome(survey: Survey) -> Iterator[Report]:
    """An activity or question names an outcome that no unit has.

    Mostly it is misspelt, and the outcome that is meant is then neither worked for nor assessed.

    Wrong: ``outcomes: [lo-1-9]`` when there is no such outcome
    Right: the id of an outcome in a ``unit.yaml``
    """
    known = {outcome.id for outcome in survey.outcomes()}
    for part in survey.parts:
        if isinstance(part, (BaseActivity, BaseQuestion)):
            for outcome in part.outcomes:
                if outcome not in known:
                    yield Report(
                        outcome.place, f'there is no outcome "{outcome}"', "name an outcome of a unit, or add it to the unit's outcomes"
                    )


@check("I004", whole=True)
def unknown_competence(survey: Survey) -> Iterator[Report]:
    """An outcome, a question, or a dimension of an analysis grid names a competence that the course's framework does not have.

    Reports on competences would show a code that nobody can look up.

    Wrong: ``competences: [7.1]`` with DigCompEdu, which ends at 6.5
    Right: ``competences: [6.5]``
    """
    framework = survey.course.framework
    known = {competence.code for competence in framework.competences} if framework else set()
    for part in survey.parts:
        for code in part.competences if isinstance(part, (Outcome, Dimension, BaseQuestion)) else ():
            if code not in known:
                why = f"{framework.title} has no competence {code}" if framework else "the course names no framework"
                yield Report(code.place, why, "name a code of the framework, or add the framework to course.yaml")


@check("I005")
def duplicate_competence(survey: Survey) -> Iterator[Report]:
    """A competence framework has one code twice.

    An outcome that names it could mean either.

    Wrong: two competences with ``code: 1.1``
    Right: each code once
    """
    framework = survey.course.framework
    for name, place, first in repeated([(entry.code, entry.at("code")) for entry in framework.competences] if framework else []):
        yield Report(place, f"the code {name} is here already, in line {first.line}", "keep one of the two")


@check("I006")
def unknown_feature(survey: Survey) -> Iterator[Report]:
    """The course accepts the loss of something that is no feature of a format.

    Mostly it is misspelt, and ``--strict`` would go on to refuse what was to be accepted.

    Wrong: ``accept: [hint]``
    Right: ``accept: [hints]``
    """
    for name in survey.course.accept:
        if name and name not in FEATURES:
            close = closest(name, FEATURES)
            meant = f'; did you mean "{close}"?' if close else ""
            yield Report(name.place, f'there is no feature "{name}"{meant}', "write a name that coursegen formats lists")
