"""Questions in which things are put together, in groups or in order: ``matchInteraction`` and ``orderInteraction``."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Matching, Ordering, Rich, Sorting
from ...render.html import escape
from ...score import key
from .parts import Made, Words, mapping, named, response
from .processing import RESPONSE, Branch, all_right, count, first_of, mapped, match, parts_right, value, variable
from .xml import element, lines


def matching(question: Matching, words: Words) -> Made:
    """Each thing is matched with one entry of a list; several may have the same."""
    told = named("part", ((pair.id, pair.feedback) for pair in question.pairs))
    first = {f"I-{pair.id}": words.inline(pair.text) for pair in question.pairs}
    second = {f"T-{name}": escape(text) for name, text in question.targets().items()}
    return _paired(question, first, second, [f"I-{pair} T-{target}" for pair, target in question.key().items()], dict(told.values()))


def sorting(question: Sorting, words: Words) -> Made:
    """Things are matched with their groups."""
    told = named("part", ((item.id, item.feedback) for item in question.items))
    first = {f"I-{item.id}": words.inline(item.text) for item in question.items}
    second = {f"G-{group.id}": escape(group.title) for group in question.groups}
    return _paired(question, first, second, [f"I-{item.id} G-{item.group}" for item in question.items], dict(told.values()))


def _paired(
    question: Matching | Sorting, first: Mapping[str, str], second: Mapping[str, str], right: list[str], told: Mapping[str, Rich]
) -> Made:
    partial = question.credit == "partial"
    worth = mapping({pair: question.points / len(right) for pair in right}) if partial else ""
    sets = (
        lines("simpleMatchSet", *(element("simpleAssociableChoice", text, identifier=name, matchMax=most) for name, text in each.items()))
        for each, most in ((first, 1), (second, 0))
    )
    body = lines("matchInteraction", *sets, responseIdentifier=RESPONSE, shuffle=False, maxAssociations=len(first))
    declared = response(RESPONSE, "multiple", "directedPair", right, worth)
    return Made([declared], body, [mapped() if partial else all_right(question.points)], always=told)


def ordering(question: Ordering, words: Words, shuffle: bool) -> Made:
    """Things that are shown in another order are put in the right one. With partial credit those count that stand at their place."""
    told = named("part", ((step.id, step.feedback) for step in question.items))
    choices = (element("simpleChoice", words.inline(step.text), identifier=f"O-{step.id}") for step in question.scrambled())
    right = [f"O-{name}" for name in key(question)]
    rules = [all_right(question.points)]
    partial = question.credit == "partial"
    if partial:
        places = (match(element("index", variable(RESPONSE), n=place), value("identifier", name)) for place, name in enumerate(right, 1))
        rules = [*(first_of([Branch(place, [count()])]) for place in places), parts_right(question.points, len(right), partial)]
    return Made(
        [response(RESPONSE, "ordered", "identifier", right)],
        lines("orderInteraction", *choices, responseIdentifier=RESPONSE, shuffle=shuffle),
        rules,
        always=dict(told.values()),
        counts=partial,
    )
