"""Response processing that gives the same score in a strict engine and survives Moodle's importer.

The importer takes the last condition that names an option, and adds every feedback with ``continue="Yes"`` to the general feedback
(docs/moodle-cartridge.md). So each option has one condition, which scores and shows all that is said to who picks it. What Moodle has no
other place for stands in the general feedback, after words that say for which answer it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Essay, MultipleResponse, Rich, ShortAnswer
from .parts import GENERAL, RIGHT, WRONG, Asked, Label, equals, right_set
from .xml import add, condition, score, show

if TYPE_CHECKING:
    from lxml.etree import _Element

PARTLY, MODEL = "partly_fb", "model_fb"
"""Idents of feedback for which the profile has none, or has one with rules of its own (``solution``)."""
ANYTHING = "*"
"""An answer that fits whatever was typed, in Moodle."""


def stem(found: Asked) -> str:
    """What is asked; below it each hint, folded up: no element for hints is read."""
    question, flavour = found.question, found.flavour
    text = flavour.rich(question.stem, "stem")
    for number, hint in enumerate(question.hints, 1):
        title = flavour.rich(Rich((flavour.say("help.title", number=number, count=len(question.hints)),)), "option")
        text += f"<details><summary>{title}</summary>{found.html(hint)}</details>"
    return text


def conditions(processing: _Element, found: Asked) -> None:
    """General feedback alone continues; each option has one condition."""
    question = found.question
    told = [GENERAL] if found.keep(GENERAL, found.html(question.feedback)) else []
    told += _told_to_all(found)
    if told:
        made, variables = condition(processing, "Yes")
        add(variables, "other")
        for ident in told:
            show(made, ident)
    if isinstance(question, Essay):
        return
    if isinstance(question, (MultipleResponse, ShortAnswer)):
        made, variables = condition(processing, "No")
        right_set(variables, found)
        score(made, 100)
    if not isinstance(question, MultipleResponse):
        found.keep(RIGHT, found.html(question.if_right))
        found.keep(WRONG, found.html(question.if_wrong))
    for label in found.labels:
        _label(processing, found, label)
    if isinstance(question, ShortAnswer) and question.if_wrong:
        made, variables = condition(processing, "No")
        equals(variables, found, Label("", ANYTHING, "", right=False))
        add(variables, "other")  # what a strict engine goes by; Moodle reads the asterisk
        score(made, 0)
        show(made, WRONG)


def _label(processing: _Element, found: Asked, label: Label) -> None:
    """The condition of an option or of a foreseen mistake, unless nothing is to say in it."""
    several, typed = isinstance(found.question, MultipleResponse), isinstance(found.question, ShortAnswer)
    if (typed and label.right) or (several and not label.feedback):
        return
    made, variables = condition(processing, "No")
    equals(variables, found, label)
    if not several:
        score(made, 100 if label.right else 0)
        said = RIGHT if label.right else WRONG
        if said in found.feedback:
            show(made, said)
    if found.keep(label.told, label.feedback):
        show(made, label.told)


def _told_to_all(found: Asked) -> list[str]:
    """Idents of texts that are for some answers and have no place but the general feedback, each after words that say for which."""
    question = found.question
    texts: list[tuple[str, str, str]] = []
    if isinstance(question, Essay):
        texts.append((MODEL, found.words("essay.model"), found.html(question.model_answer)))
    elif isinstance(question, MultipleResponse):
        texts.append((RIGHT, found.words("if.right"), found.html(question.if_right)))
        texts.append((PARTLY, found.words("if.partly"), found.html(question.if_partly)))
        texts.append((WRONG, found.words("if.wrong"), found.html(question.if_wrong)))
    elif isinstance(question, ShortAnswer):
        texts.append((RIGHT, found.words("if.right"), found.html(question.if_right)))
        for answer in question.answers:
            if answer.correct and answer.feedback:
                told = Label(answer.id, "", found.html(answer.feedback), right=True)
                texts.append((told.told, found.words("cartridge.answer", answer=answer.text), told.feedback))
    idents = []
    for ident, words, text in texts:
        if text:
            found.keep(f"label-{ident}", words)
            found.keep(ident, text)
            idents += [f"label-{ident}", ident]
    return idents
