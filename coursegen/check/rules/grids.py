"""Rules about analysis grids and reference ratings: that a rating fits its grid."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Grid, GridRating, Reference, ReferenceRating
from ...readers.source.faults import closest
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated

MOST_LEVELS = 9
"""A level is one digit in what an LMS keeps of a rating."""


def _grids(survey: Survey) -> Iterator[Grid]:
    return (part for part in survey.parts if isinstance(part, Grid))


def _references(survey: Survey) -> Iterator[tuple[GridRating, Reference]]:
    return ((rating, rating.reference) for rating in survey.ratings() if rating.reference is not None)


def _entries(survey: Survey) -> Iterator[tuple[GridRating, ReferenceRating]]:
    return ((rating, entry) for rating, reference in _references(survey) for entry in reference.ratings)


@check("G001", whole=True)
def descriptors_and_levels(survey: Survey) -> Iterator[Report]:
    """An indicator has more or fewer descriptors than the grid has levels.

    Each level needs its words: a level without them cannot be chosen for a reason, and words without a level cannot be chosen at all.

    Wrong: three ``descriptors`` in a grid with four ``levels``
    Right: four ``descriptors``, the lowest level first
    """
    for grid in _grids(survey):
        for indicator in grid.indicators():
            if len(indicator.descriptors) != len(grid.levels):
                message = f'"{indicator.title}" has {len(indicator.descriptors)} descriptors, the grid has {len(grid.levels)} levels'
                yield Report(indicator.at("descriptors"), message, "write one descriptor for each level, the lowest first")


@check("G002")
def too_many_levels(survey: Survey) -> Iterator[Report]:
    """A grid has more than 9 levels.

    Nobody can tell so many apart, and an LMS keeps one digit for each level.

    Wrong: a scale from 1 to 10
    Right: a scale of 4 levels with clear words for each
    """
    for grid in _grids(survey):
        if len(grid.levels) > MOST_LEVELS:
            yield Report(grid.at("levels"), f"this grid has {len(grid.levels)} levels, {MOST_LEVELS} fit", "join levels that are close")


@check("G003")
def duplicate_grid_id(survey: Survey) -> Iterator[Report]:
    """Two dimensions or indicators of a grid have one id.

    Ratings are stored by these ids, so nobody could tell which indicator was rated.

    Wrong: two indicators with ``id: a1``
    Right: ``id: a1`` and ``id: a2``
    """
    for grid in _grids(survey):
        named = [(part.id, part.at("id")) for part in grid.dimensions]
        named += [(part.id, part.at("id")) for part in grid.indicators()]
        for name, place, first in repeated(sorted(named, key=lambda entry: entry[1])):
            yield Report(place, f'the id "{name}" is used already in this grid, in line {first.line}', "give this one an id of its own")


@check("G004", whole=True)
def unknown_indicator(survey: Survey) -> Iterator[Report]:
    """A reference rating names an indicator that the grid does not have.

    Mostly it is misspelt, and the indicator that is meant has then nothing to compare with.

    Wrong: ``indicator: a9`` when the grid has a1 to a3
    Right: the id of an indicator of the grid
    """
    for rating, entry in _entries(survey):
        known = [indicator.id for indicator in rating.grid.indicators()]
        if entry.indicator not in known:
            meant = closest(entry.indicator, known)
            mend = f'did you mean "{meant}"?' if meant else "name an indicator of the grid"
            yield Report(entry.indicator.place, f'the grid has no indicator "{entry.indicator}"', mend)


@check("G005")
def rated_twice(survey: Survey) -> Iterator[Report]:
    """A reference rates an indicator twice.

    Only one of the two levels can be shown, and they may differ.

    Wrong: two ratings with ``indicator: a1``
    Right: one rating for each indicator
    """
    for _, reference in _references(survey):
        for name, place, first in repeated((entry.indicator, entry.at("indicator")) for entry in reference.ratings):
            yield Report(place, f'"{name}" is rated already, in line {first.line}', "keep one of the two")


@check("G006", whole=True)
def level_above_scale(survey: Survey) -> Iterator[Report]:
    """A reference gives a level that the grid does not have.

    A profile has no place for it.

    Wrong: ``level: 5`` on a grid with four levels
    Right: ``level: 4``
    """
    for rating, entry in _entries(survey):
        highest = len(rating.grid.levels)
        if isinstance(entry.level, int) and entry.level > highest:
            yield Report(entry.at("level"), f"the grid has {highest} levels, and this is level {entry.level}", f"write 1 to {highest}")


@check("G007", "warning", whole=True)
def indicator_without_reference(survey: Survey) -> Iterator[Report]:
    """A reference leaves an indicator out.

    Learners who compare find nothing there, and cannot tell whether it was forgotten. What cannot be rated in this lesson is
    ``level: not-applicable``, with the reason.

    Wrong: a reference with 23 ratings on a grid of 24 indicators
    Right: a rating for each, ``level: not-applicable`` where the lesson has nothing of the kind
    """
    for rating, reference in _references(survey):
        rated = {entry.indicator for entry in reference.ratings}
        asked = [indicator.id for indicator in rating.grid.indicators()]
        missing = [name for name in asked if name not in rated]
        if missing and rated.issubset(asked):  # else one may be misspelt, which G004 reports
            names = ", ".join(missing)
            yield Report(reference.at("ratings"), f"the reference has no level for {names}", "add a rating for each, or not-applicable")
