"""Case studies: a state machine of scenes and choices. What can happen in it is proved by :mod:`coursegen.branching`."""

from typing import Annotated

from .part import AtLeast, Between, Part, part
from .rich import Rich
from .text import Identifier, Plain


@part
class Variable(Part):
    """A whole number that choices change and conditions look at. It never leaves its limits."""

    id: Annotated[Identifier, "permanent; unique in the case"]
    title: Annotated[Plain | None, "what it is called where learners see it; without a title they do not see it"] = None
    start: Annotated[int, "its value at the start", Between(0, 20)] = 0
    low: Annotated[int, "it never falls below", Between(0, 20)] = 0
    high: Annotated[int, "it never rises above", Between(1, 20)] = 1


@part
class Condition(Part):
    """What a variable must be for a choice to be offered."""

    variable: Annotated[Identifier, "a variable of the case"]
    at_least: Annotated[int | None, "its least value", Between(0, 20)] = None
    at_most: Annotated[int | None, "its greatest value", Between(0, 20)] = None


@part
class Change(Part):
    """What a choice does to a variable: ``by`` adds to it, ``to`` sets it."""

    variable: Annotated[Identifier, "a variable of the case"]
    by: Annotated[int | None, "what is added; less than 0 takes away", Between(-20, 20)] = None
    to: Annotated[int | None, "its new value", Between(0, 20)] = None


@part
class Choice(Part):
    """Something the learner can decide in a scene."""

    id: Annotated[Identifier, "permanent; unique in the scene"]
    text: Annotated[Rich, "what the learner decides; one line, without paragraphs or lists"]
    to: Annotated[Identifier, "the scene that follows"]
    points: Annotated[int, "what the decision is worth", Between(0, 99)] = 0
    feedback: Annotated[Rich | None, "what comes of it; shown before the next scene"] = None
    when: Annotated[tuple[Condition, ...], "offered only if all of these hold"] = ()
    change: Annotated[tuple[Change, ...], "what it does to variables"] = ()


@part
class Scene(Part):
    """A situation. It has choices, or it is an ending."""

    id: Annotated[Identifier, "permanent; unique in the case"]
    title: Annotated[Plain, "its heading"]
    text: Annotated[Rich, "what happens"]
    choices: Annotated[tuple[Choice, ...], "what the learner can decide, in the order shown"] = ()
    ending: Annotated[Plain | None, "the name of this ending; the case is over here"] = None


@part
class Storyline(Part):
    """The file of a case study."""

    intro: Annotated[Rich | None, "read before the first scene"] = None
    variables: Annotated[tuple[Variable, ...], "what the case remembers"] = ()
    start: Annotated[Identifier | None, "the scene it begins with; the first if absent"] = None
    scenes: Annotated[tuple[Scene, ...], "its scenes", AtLeast(2)]
    debrief: Annotated[Rich | None, "what to take from it; shown at every ending"] = None

    @property
    def first(self) -> Identifier:
        """The scene that the case begins with."""
        return self.start or self.scenes[0].id
