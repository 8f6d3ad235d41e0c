"""Rules about rubrics and examples: that levels lead upwards, and that an example is rated by its rubric."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Example, ExampleRating, PeerReview, Rubric
from ...readers.source.faults import closest
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated


def _rubrics(survey: Survey) -> Iterator[Rubric]:
    return (part for part in survey.parts if isinstance(part, Rubric))


def _examples(survey: Survey) -> Iterator[tuple[Rubric, Example]]:
    return ((part.rubric, part.example) for part in survey.parts if isinstance(part, PeerReview) and part.example is not None)


def _ratings(survey: Survey) -> Iterator[tuple[Rubric, ExampleRating]]:
    return ((rubric, rating) for rubric, example in _examples(survey) for rating in example.ratings)


@check("R001", whole=True)
def points_do_not_rise(survey: Survey) -> Iterator[Report]:
    """A level of a criterion is not worth more than the one before it.

    Levels stand in order, the lowest first. Two that are worth the same are one level in every sum, and an order that turns round leads
    whoever grades to the wrong one.

    Wrong: levels with ``points: 0``, ``points: 2`` and ``points: 1``
    Right: ``points: 0``, ``points: 1`` and ``points: 2``
    """
    for rubric in _rubrics(survey):
        for criterion in rubric.criteria:
            for before, level in zip(criterion.levels, criterion.levels[1:], strict=False):
                if level.points <= before.points:
                    message = f'level "{level.id}" of "{criterion.title}" is worth {level.points}, the one before it {before.points}'
                    yield Report(level.at("points"), message, "put the lowest level first, and give each one more points than the last")
                    break


@check("R002", whole=True)
def lowest_level_with_points(survey: Survey) -> Iterator[Report]:
    """The lowest level of a criterion is worth more than 0.

    Moodle counts the points above the lowest level, others count them all: the same work would get two grades.

    Wrong: levels with ``points: 1``, ``points: 2`` and ``points: 3``
    Right: ``points: 0``, ``points: 1`` and ``points: 2``
    """
    for rubric in _rubrics(survey):
        for criterion in rubric.criteria:
            points = [level.points for level in criterion.levels]
            if points == sorted(set(points)) and points[0] > 0:  # another order is R001
                message = f'the lowest level of "{criterion.title}" is worth {points[0]}'
                yield Report(criterion.levels[0].at("points"), message, "write 0, and take as much from the levels above it")


@check("R003")
def duplicate_rubric_id(survey: Survey) -> Iterator[Report]:
    """Two criteria of a rubric have one id, or two levels of a criterion.

    Grades and the rating of an example name them by their ids.

    Wrong: two criteria with ``id: goal``
    Right: ``id: goal`` and ``id: task``
    """
    for rubric in _rubrics(survey):
        for name, place, first in repeated((criterion.id, criterion.at("id")) for criterion in rubric.criteria):
            yield Report(place, f'the id "{name}" is used already in this rubric, in line {first.line}', "give this one an id of its own")
        for criterion in rubric.criteria:
            for name, place, first in repeated((level.id, level.at("id")) for level in criterion.levels):
                message = f'the id "{name}" is used already in this criterion, in line {first.line}'
                yield Report(place, message, "give this one an id of its own")


@check("R004", whole=True)
def unknown_criterion(survey: Survey) -> Iterator[Report]:
    """The rating of an example names a criterion that the rubric does not have.

    Mostly it is misspelt, and the criterion that is meant has then nothing to compare with.

    Wrong: ``criterion: gaol`` when the rubric has ``goal``
    Right: ``criterion: goal``
    """
    for rubric, rating in _ratings(survey):
        known = [criterion.id for criterion in rubric.criteria]
        if rating.criterion not in known:
            meant = closest(rating.criterion, known)
            mend = f'did you mean "{meant}"?' if meant else "name a criterion of the rubric"
            yield Report(rating.criterion.place, f'the rubric has no criterion "{rating.criterion}"', mend)


@check("R005", whole=True)
def unknown_level(survey: Survey) -> Iterator[Report]:
    """The rating of an example names a level that its criterion does not have.

    Mostly it is misspelt; nobody can compare a level with it.

    Wrong: ``level: good`` when the criterion has ``low`` and ``high``
    Right: ``level: high``
    """
    for rubric, rating in _ratings(survey):
        criterion = next((each for each in rubric.criteria if each.id == rating.criterion), None)
        known = [level.id for level in criterion.levels] if criterion else []
        if criterion and rating.level not in known:
            mend = f"its levels are {', '.join(known)}"
            yield Report(rating.level.place, f'"{criterion.title}" has no level "{rating.level}"', mend)


@check("R006")
def criterion_rated_twice(survey: Survey) -> Iterator[Report]:
    """An example is rated twice on one criterion.

    Only one of the two levels can be the reference, and they may differ.

    Wrong: two ratings with ``criterion: goal``
    Right: one rating for each criterion
    """
    for _, example in _examples(survey):
        for name, place, first in repeated((rating.criterion, rating.at("criterion")) for rating in example.ratings):
            yield Report(place, f'"{name}" is rated already, in line {first.line}', "keep one of the two")


@check("R007", whole=True)
def criterion_without_rating(survey: Survey) -> Iterator[Report]:
    """An example has no level on a criterion.

    Who practises compares with the reference on every criterion, and Moodle takes a reference that is whole only.

    Wrong: an example with two ratings, on a rubric with three criteria
    Right: a rating for each criterion
    """
    for rubric, example in _examples(survey):
        known = [criterion.id for criterion in rubric.criteria]
        rated = {rating.criterion for rating in example.ratings}
        missing = [name for name in known if name not in rated]
        if missing and rated.issubset(known):  # else one may be misspelt, which R004 reports
            yield Report(example.at("ratings"), f"the example has no level for {', '.join(missing)}", "add a rating for each criterion")
