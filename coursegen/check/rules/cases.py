"""Rules about case studies: that every scene can be met and left, that every run ends, and that points mean something.

The first rules look at what is written. Those from C008 on look at every state that the case can come to, and only where the first
have found nothing: :mod:`coursegen.branching` proves nothing of a storyline that lacks scenes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...branching import LIMIT, Proof, Run, prove
from ...model import Change, Choice, Condition, Scene, Storyline, Variable
from ...moodle.unfolded import LIMIT as MOST_PAGES
from ...moodle.unfolded import unfolded
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated

_IN_LESSONS = frozenset(["moodle-backup", "moodle-cartridge"])
"""Formats in which a case study is a lesson of Moodle."""
_ANOTHER_ID = "give this one an id of its own"


@check("C001", whole=True)
def unknown_scene(survey: Survey) -> Iterator[Report]:
    """A case study begins with a scene, or a choice leads to one, that is not there.

    The story would stop there. Mostly the id is misspelt.

    Wrong: ``to: work-shop`` when there is no scene with this id
    Right: ``to: workshop``
    """
    return _each(survey, _unknown_scenes)


def _unknown_scenes(storyline: Storyline) -> Iterator[Report]:
    known = {scene.id for scene in storyline.scenes}
    for name in (storyline.start, *(choice.to for _, choice in _choices(storyline))):
        if name is not None and name not in known:
            yield Report(name.place, f'there is no scene "{name}" in this case', "name a scene of the case, or add it")


@check("C002", whole=True)
def unknown_variable(survey: Survey) -> Iterator[Report]:
    """A condition or a change names a variable that the case does not have.

    Nothing remembers what it is to look at. Mostly the name is misspelt.

    Wrong: ``change: [{variable: trust, by: 1}]`` without such a variable
    Right: the same, and ``variables: [{id: trust, high: 3}]``
    """
    return _each(survey, _unknown_variables)


def _unknown_variables(storyline: Storyline) -> Iterator[Report]:
    known = {variable.id for variable in storyline.variables}
    for _, choice in _choices(storyline):
        named: tuple[Condition | Change, ...] = (*choice.when, *choice.change)
        for part in named:
            if part.variable not in known:
                mend = "name a variable of the case, or add it to the variables"
                yield Report(part.variable.place, f'there is no variable "{part.variable}" in this case', mend)


@check("C003", whole=True)
def variable_limits(survey: Survey) -> Iterator[Report]:
    """The limits of a variable leave it no room, or it starts outside them.

    A variable that cannot change remembers nothing. Without ``low`` and ``high`` it goes from 0 to 1.

    Wrong: ``{id: trust, start: 3, high: 2}``
    Right: ``{id: trust, start: 1, high: 3}``
    """
    return _each(survey, _variable_limits)


def _variable_limits(storyline: Storyline) -> Iterator[Report]:
    for variable in storyline.variables:
        if variable.low >= variable.high:
            place = variable.at("low" if "low" in variable.places else "high")
            message = f'"{variable.id}" cannot change: it stays between {variable.low} and {variable.high}'
            yield Report(place, message, "make high greater than low")
        elif not variable.low <= variable.start <= variable.high:
            message = f'"{variable.id}" starts at {variable.start}, and stays between {variable.low} and {variable.high}'
            yield Report(variable.at("start"), message, "mend start, low or high")


@check("C004", whole=True)
def condition_limits(survey: Survey) -> Iterator[Report]:
    """A condition says nothing, or can never hold.

    With ``at_least``, ``at_most`` or both it says what a variable must be; several conditions of a choice must hold together.

    Wrong: ``when: [{variable: trust, at_least: 3, at_most: 1}]``
    Right: ``when: [{variable: trust, at_least: 1, at_most: 3}]``
    """
    return _each(survey, _condition_limits)


def _condition_limits(storyline: Storyline) -> Iterator[Report]:
    variables = _with_room(storyline)
    for _, choice in _choices(storyline):
        left = {name: (variable.low, variable.high) for name, variable in variables.items()}
        for condition in choice.when:
            if condition.at_least is None and condition.at_most is None:
                yield Report(condition.place, "this condition says nothing", "add at_least or at_most")
            elif condition.variable in left:
                low, high = left[condition.variable]
                left[condition.variable] = low, high = _narrowed(condition, low, high)
                if low > high:
                    yield Report(condition.place, *_never(variables[condition.variable]))
                    break  # what comes after it makes it no better


def _narrowed(condition: Condition, low: int, high: int) -> tuple[int, int]:
    return (
        low if condition.at_least is None else max(low, condition.at_least),
        high if condition.at_most is None else min(high, condition.at_most),
    )


def _never(variable: Variable) -> tuple[str, str]:
    return (
        f'this can never hold: "{variable.id}" stays between {variable.low} and {variable.high}, and all conditions of a choice count',
        "mend the numbers, or the limits of the variable",
    )


@check("C005", whole=True)
def unclear_change(survey: Survey) -> Iterator[Report]:
    """A change says both or neither of ``by`` and ``to``, adds 0, or sets a value that the variable cannot have.

    ``by`` adds to a variable, ``to`` sets it.

    Wrong: ``change: [{variable: trust, by: 1, to: 2}]``
    Right: ``change: [{variable: trust, by: 1}]``
    """
    return _each(survey, _unclear_changes)


def _unclear_changes(storyline: Storyline) -> Iterator[Report]:
    variables = _with_room(storyline)
    for _, choice in _choices(storyline):
        for change in choice.change:
            if (change.by is None) == (change.to is None):
                said = "neither by nor to" if change.by is None else "both by and to"
                yield Report(change.place, f"this change says {said}", "write by to add to the variable, or to to set it")
            elif change.by == 0:
                yield Report(change.at("by"), "this changes nothing", "write another number, or remove the change")
            elif change.to is not None and change.variable in variables:
                low, high = variables[change.variable].low, variables[change.variable].high
                if not low <= change.to <= high:
                    message = f'"{change.variable}" cannot become {change.to}: it stays between {low} and {high}'
                    yield Report(change.at("to"), message, "mend the number, or the limits of the variable")


@check("C006", whole=True)
def scene_without_way_on(survey: Survey) -> Iterator[Report]:
    """A scene has neither choices nor an ending, or both.

    A scene asks for a decision, or the case is over there.

    Wrong: a scene with ``id``, ``title`` and ``text`` only
    Right: the same with ``choices``, or with ``ending: The customer comes back``
    """
    return _each(survey, _without_way_on)


def _without_way_on(storyline: Storyline) -> Iterator[Report]:
    for scene in storyline.scenes:
        if scene.ending is not None and scene.choices:
            yield Report(scene.at("ending"), f'scene "{scene.id}" is an ending, and has choices', "remove one or the other")
        elif scene.ending is None and not scene.choices:
            yield Report(scene.place, f'scene "{scene.id}" has no choices, and is no ending', "add choices, or ending: and its name")


@check("C007", whole=True)
def case_without_ending(survey: Survey) -> Iterator[Report]:
    """A case study has no ending.

    Learners could never finish it.

    Wrong: scenes that all have choices
    Right: at least one scene with ``ending: The customer comes back``
    """
    return _each(survey, _without_ending)


def _without_ending(storyline: Storyline) -> Iterator[Report]:
    if all(scene.ending is None for scene in storyline.scenes):
        yield Report(storyline.at("scenes"), "no scene of this case is an ending", "add a scene with ending: and its name")


@check("C014")
def duplicate_case_id(survey: Survey) -> Iterator[Report]:
    """Two scenes or variables of a case, or two choices of a scene, have one id.

    Learners' decisions are stored by these ids, and the story is held together by them.

    Wrong: two scenes with ``id: workshop``
    Right: ``id: workshop`` and ``id: workshop-again``
    """
    return _each(survey, _duplicate_ids)


def _duplicate_ids(storyline: Storyline) -> Iterator[Report]:
    groups: list[tuple[str, tuple[Scene | Variable | Choice, ...]]] = [("case", storyline.scenes), ("case", storyline.variables)]
    groups += [("scene", scene.choices) for scene in storyline.scenes]
    for where, group in groups:
        for name, place, first in repeated((entry.id, entry.at("id")) for entry in group):
            yield Report(place, f'the id "{name}" is used already in this {where}, in line {first.line}', _ANOTHER_ID)


_STRUCTURE = (
    _unknown_scenes,
    _unknown_variables,
    _variable_limits,
    _condition_limits,
    _unclear_changes,
    _without_way_on,
    _without_ending,
    _duplicate_ids,
)
"""What must be right before anything can be proved."""


@check("C008", whole=True)
def unreachable_scene(survey: Survey) -> Iterator[Report]:
    """No run of a case study comes to a scene.

    Nobody would ever read it: no choice leads to it, or only choices that are never offered.

    Wrong: a scene that no choice names in ``to``
    Right: ``to: workshop`` in a choice that is offered
    """
    for storyline, proof in _proved(survey):
        targets = {choice.to for _, choice in _choices(storyline)}
        for scene in storyline.scenes:
            if scene.id in proof.unreached:
                why = "the choices that lead here are never offered" if scene.id in targets else "no choice leads here"
                yield Report(scene.place, f'scene "{scene.id}" is never met: {why}', "let a choice lead to it, or remove it")


@check("C009", whole=True)
def dead_end(survey: Survey) -> Iterator[Report]:
    """A learner can come to a scene in which no choice is offered.

    The conditions of all its choices fail, and the case stops without an ending.

    Wrong: a scene whose only choice has ``when: [{variable: trust, at_least: 2}]``, met with a trust of 1
    Right: another choice without ``when``
    """
    for storyline, proof in _proved(survey):
        for run in proof.dead_ends:
            message = f"nothing can be chosen here on this way: {run.told}{_with_values(storyline, run)}"
            yield Report(_scene(storyline, run).at("choices"), message, "add a choice without when, or widen a condition")


@check("C010", whole=True)
def no_way_to_an_ending(survey: Survey) -> Iterator[Report]:
    """A learner can come to scenes from which no ending can be reached.

    They lead to each other, for ever.

    Wrong: two scenes whose choices all lead to the other one
    Right: a choice in one of them that leads on
    """
    for storyline, proof in _proved(survey):
        for run in proof.circles:
            message = f"no ending can be reached from here on this way: {run.told}{_with_values(storyline, run)}"
            yield Report(_scene(storyline, run).place, message, "add a choice that leads on to an ending")


@check("C011", "warning", whole=True)
def choice_never_offered(survey: Survey) -> Iterator[Report]:
    """A choice is offered in no run.

    Its scene can be met, but never with its conditions fulfilled.

    Wrong: ``when: [{variable: trust, at_least: 2}]`` when nothing before gives more than 1
    Right: ``at_least: 1``, or a choice before that gives 2
    """
    for storyline, proof in _proved(survey):
        for scene, choice in _choices(storyline):
            if (scene.id, choice.id) in proof.unoffered:
                yield Report(choice.place, f'choice "{choice.id}" is never offered', "mend its conditions, or remove it")


@check("C012", whole=True)
def points_twice(survey: Survey) -> Iterator[Report]:
    """A scene whose choices have points can be met twice in one run.

    Who goes round would collect the points again and again, and nobody could say what the best run is worth.

    Wrong: ``points: 1`` in a scene to which a later scene leads back
    Right: a way back to a scene after it, or points elsewhere
    """
    for storyline, proof in _proved(survey):
        for run in proof.repeated:
            scene = _scene(storyline, run)
            place = next(choice for choice in scene.choices if choice.points).at("points")
            message = f'the points of scene "{scene.id}" can be collected twice: {run.told}'
            yield Report(place, message, "lead back to a scene after it, or remove the points")


@check("C013", whole=True)
def too_many_states(survey: Survey) -> Iterator[Report]:
    """A case study can come to more than 20,000 states: scenes, times what its variables can be there.

    Nobody could say any more whether every way through it comes to an ending, and no proof would end in time.

    Wrong: six variables from 0 to 20
    Right: two variables from 0 to 3
    """
    for storyline in _sound(survey):
        if not prove(storyline).complete:
            message = f"this case has more than {LIMIT:,} states"
            yield Report(storyline.at("scenes"), message, "use fewer variables, or narrower limits (low, high)")


@check("C015", "warning")
def choice_without_feedback(survey: Survey) -> Iterator[Report]:
    """A choice in a scene with points has no feedback.

    At the end learners see which of their decisions were best. They should learn why. Where a scene has no points the next scene may
    well be all there is to say.

    Wrong: ``{id: replace, text: Replace the disc, to: workshop, points: 0}`` beside a choice with points
    Right: the same with ``feedback: Nobody has measured it yet.``
    """
    for storyline in _storylines(survey):
        for scene in storyline.scenes:
            if any(choice.points for choice in scene.choices):
                for choice in scene.choices:
                    if survey.lacks(choice, "feedback"):
                        mend = "add feedback: what comes of it, and why it is good or not"
                        yield Report(choice.place, f'choice "{choice.id}" has no feedback', mend)


@check("C016", "warning", whole=True)
def variable_without_use(survey: Survey) -> Iterator[Report]:
    """No condition looks at a variable, and learners do not see it, since it has no title.

    Whatever choices make of it, nobody would notice. Mostly a condition is missing.

    Wrong: ``variables: [{id: trust}]`` when no ``when`` names ``trust``
    Right: the same, and ``when: [{variable: trust, at_least: 1}]`` in a choice
    """
    for storyline in _sound(survey):
        looked_at = {condition.variable for _, choice in _choices(storyline) for condition in choice.when}
        for variable in storyline.variables:
            if variable.id not in looked_at and not variable.title:
                message = f'no condition looks at "{variable.id}", and learners do not see it'
                yield Report(variable.place, message, "name it in a condition, give it a title, or remove it")


@check("C017", "warning", whole=True)
def too_large_for_a_lesson(survey: Survey) -> Iterator[Report]:
    """A case study is too large for a lesson of Moodle.

    A lesson has no variables, so it needs a page for each scene with each value that learners see or that matters later. Beyond 300 pages
    the backup for Moodle has the case as one text with numbered scenes, without points. The SCORM packages have all of it. The rule
    looks only at courses that are built for Moodle's backup with activities (``moodle: {units: activities}``).

    Wrong: twenty scenes, and three variables from 0 to 3 with titles
    Right: one variable from 0 to 3 with a title
    """
    course = survey.course
    if course.moodle.units == "scorm" or (course.packages and _IN_LESSONS.isdisjoint(course.packages)):
        return
    for storyline, _ in _proved(survey):
        if unfolded(storyline) is None:
            message = f"as a lesson of Moodle this case has more than {MOST_PAGES} pages; it becomes a text there, without points"
            mend = "use fewer variables, or narrower limits; a variable without a title costs pages only where it matters later"
            yield Report(storyline.at("scenes"), message, mend)


def _with_values(storyline: Storyline, run: Run) -> str:
    values = [f"{variable.id} {value}" for variable, value in zip(storyline.variables, run.state.values, strict=True)]
    return f" (with {', '.join(values)})" if values else ""


def _scene(storyline: Storyline, run: Run) -> Scene:
    return next(scene for scene in storyline.scenes if scene.id == run.state.scene)


def _with_room(storyline: Storyline) -> dict[str, Variable]:
    """The variables by id, without those whose own limits are wrong: what is said of them would be said of the wrong limits."""
    return {variable.id: variable for variable in storyline.variables if variable.low < variable.high}


def _each(survey: Survey, faults: Callable[[Storyline], Iterator[Report]]) -> Iterator[Report]:
    return (report for storyline in _storylines(survey) for report in faults(storyline))


def _storylines(survey: Survey) -> Iterator[Storyline]:
    return (part for part in survey.parts if isinstance(part, Storyline))


def _choices(storyline: Storyline) -> Iterator[tuple[Scene, Choice]]:
    return ((scene, choice) for scene in storyline.scenes for choice in scene.choices)


def _sound(survey: Survey) -> Iterator[Storyline]:
    """The storylines of which something can be proved."""
    for storyline in _storylines(survey):
        if storyline.scenes and not any(True for faults in _STRUCTURE for _ in faults(storyline)):
            yield storyline


def _proved(survey: Survey) -> Iterator[tuple[Storyline, Proof]]:
    for storyline in _sound(survey):
        proof = prove(storyline)
        if proof.complete:
            yield storyline, proof
