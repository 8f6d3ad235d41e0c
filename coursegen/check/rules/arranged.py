"""Rules about things that are matched, sorted or put in order."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Matching, Sorting
from ...readers.source.faults import closest
from ..rule import Report, check
from ..survey import Survey


@check("Q030", whole=True)
def unknown_group(survey: Survey) -> Iterator[Report]:
    """A thing to sort belongs to a group that its question does not have.

    Nobody could put it where it belongs.

    Wrong: ``group: wearing`` when the groups are ``wears`` and ``lasts``
    Right: ``group: wears``
    """
    for question in survey.questions():
        if isinstance(question, Sorting):
            known = [group.id for group in question.groups]
            for item in question.items:
                if item.group not in known:
                    close = closest(item.group, known)
                    meant = f'; did you mean "{close}"?' if close else ""
                    yield Report(item.group.place, f'there is no group "{item.group}"{meant}', f"the groups are: {', '.join(known)}")


@check("Q031", "warning", whole=True)
def group_without_items(survey: Survey) -> Iterator[Report]:
    """Nothing belongs to a group.

    Mostly a thing was forgotten, or names another group. Learners look for what belongs there.

    Wrong: three groups, and things for two of them
    Right: something for each group
    """
    for question in survey.questions():
        if isinstance(question, Sorting):
            used = {item.group for item in question.items}
            if len(used) == 1 or not used.issubset(group.id for group in question.groups):
                continue  # Q032, Q030
            for group in question.groups:
                if group.id not in used:
                    yield Report(group.place, f'nothing belongs to the group "{group.id}"', "add something to sort into it, or remove it")


@check("Q032", whole=True)
def one_for_all(survey: Survey) -> Iterator[Report]:
    """All pairs of a matching have the same match, or all things belong to one group.

    Who puts everything in one place scores full points.

    Wrong: three pairs, each with ``match: wears``
    Right: pairs with at least two different matches
    """
    for question in survey.questions():
        if isinstance(question, Matching) and len({pair.match for pair in question.pairs}) == 1:
            yield Report(question.at("pairs"), "all pairs have the same match", "add a pair with another match")
        elif isinstance(question, Sorting) and len({item.group for item in question.items}) == 1:
            yield Report(question.at("items"), "all items belong to one group", "add something that belongs to another group")
