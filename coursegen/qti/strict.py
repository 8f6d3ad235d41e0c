"""Response processing by the book (Common Cartridge, profile of QTI; ASI 1.2.1, response processing)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Essay
from .parts import GENERAL, HINT, RIGHT, SOLUTION, WRONG, Asked, Label, equals, right_set, write_feedback
from .xml import add, condition, material, score, show

if TYPE_CHECKING:
    from lxml.etree import _Element


def conditions(processing: _Element, found: Asked) -> None:
    """General feedback, the feedback of right options, the one condition that scores and ends; then what wrong answers get.

    Who gets as far as those has not answered right, so that every response has its own feedback. cc2olx (Open edX) takes each
    option for right that is named before the first condition that ends: so none that is wrong stands there.
    """
    question = found.question
    if found.keep(GENERAL, found.html(question.feedback)):
        made, variables = condition(processing, "Yes")
        add(variables, "other")
        show(made, GENERAL)
    if isinstance(question, Essay):
        if question.model_answer or question.hints:
            made, variables = condition(processing, "No")
            add(variables, "other")
            if question.model_answer:
                show(made, SOLUTION, "Solution")
            if question.hints:
                show(made, HINT, "Hint")
        return
    _own(processing, found, [label for label in found.labels if label.right])
    made, variables = condition(processing, "No")
    right_set(variables, found)
    score(made, 100)
    if found.keep(RIGHT, found.html(question.if_right)):
        show(made, RIGHT)
    wrong = found.keep(WRONG, found.html(question.if_wrong))
    if wrong or question.hints:
        made, variables = condition(processing, "Yes")
        add(variables, "other")
        if wrong:
            show(made, WRONG)
        if question.hints:
            show(made, HINT, "Hint")
    _own(processing, found, [label for label in found.labels if not label.right])


def _own(processing: _Element, found: Asked, labels: list[Label]) -> None:
    for label in labels:
        if found.keep(label.told, label.feedback):
            made, variables = condition(processing, "Yes")
            equals(variables, found, label)
            show(made, label.told)


def feedback(item: _Element, found: Asked) -> None:
    """The feedback of an item, its hints, and the model answer of an essay as its solution."""
    write_feedback(item, found.feedback)
    question = found.question
    if question.hints:
        hint = add(add(item, "itemfeedback", ident=HINT), "hint", feedbackstyle="Complete")
        for text in question.hints:
            material(add(add(hint, "hintmaterial"), "flow_mat"), found.html(text))
    if isinstance(question, Essay) and question.model_answer:
        solution = add(add(item, "itemfeedback", ident=SOLUTION), "solution", feedbackstyle="Complete")
        material(add(add(solution, "solutionmaterial"), "flow_mat"), found.html(question.model_answer))
