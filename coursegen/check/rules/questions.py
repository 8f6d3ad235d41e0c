"""Rules about questions: that each can be answered, is scored, and teaches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import MultipleResponse, Node, ShortAnswer, SingleChoice, TrueFalse
from ...score import normal
from ..rule import Report, check
from ..survey import Survey


@check("Q001", whole=True)
def no_right_answer(survey: Survey) -> Iterator[Report]:
    """A question has no right answer.

    Nobody could answer it, and a quiz with it might not be passed.

    Wrong: a single choice in which no option has ``correct: true``
    Right: one option with ``correct: true``
    """
    for question in survey.questions():
        if isinstance(question, (SingleChoice, MultipleResponse)) and not any(option.correct for option in question.options):
            yield Report(question.at("options"), "no option is right", "add correct: true to the right one")
        elif isinstance(question, ShortAnswer) and not any(answer.correct for answer in question.answers):
            yield Report(question.at("answers"), "no answer is accepted", "add an answer without correct: false")


@check("Q002")
def several_right_answers(survey: Survey) -> Iterator[Report]:
    """A single choice has several right options.

    Only one can be picked. LMSs differ in which of them they then count.

    Wrong: ``kind: single-choice`` with two options that have ``correct: true``
    Right: ``kind: multiple-response``
    """
    for question in survey.questions():
        if isinstance(question, SingleChoice):
            right = [option for option in question.options if option.correct]
            for option in right[1:]:
                message = "a single choice has one right option, and this is another"
                yield Report(option.at("correct"), message, "remove correct, or make it a multiple-response")


@check("Q003", whole=True)
def only_right_options(survey: Survey) -> Iterator[Report]:
    """Every option of a multiple response is right, so that ticking everything pays.

    Who knows nothing scores full points.

    Wrong: three options, each with ``correct: true``
    Right: at least one distractor
    """
    for question in survey.questions():
        if isinstance(question, MultipleResponse) and all(option.correct for option in question.options):
            yield Report(question.at("options"), "every option is right", "add a wrong option that a learner might believe")


@check("Q004")
def option_without_feedback(survey: Survey) -> Iterator[Report]:
    """An option has no feedback.

    A learner who picked it should learn why it is right or wrong.

    Wrong: ``{id: b, text: Replace the disc}``
    Right: ``{id: b, text: Replace the disc, feedback: Measure first. The disc may be fine.}``
    """
    for question in survey.questions():
        if isinstance(question, TrueFalse):
            for key in ("if_true", "if_false"):
                if survey.lacks(question, key):
                    yield Report(question.place, f"this question has no {key}", f"add {key}: why that answer is right or wrong")
    for _, option in survey.options():
        if survey.lacks(option, "feedback"):
            yield Report(option.place, f'option "{option.id}" has no feedback', "add feedback: why it is right or wrong")


@check("Q005")
def question_without_feedback(survey: Survey) -> Iterator[Report]:
    """A question has no general feedback.

    It is what every learner reads after answering, and the only feedback that some targets keep.

    Wrong: a question without ``feedback``
    Right: ``feedback: <p>Run-out is measured on the vehicle, with the wheel off.</p>``
    """
    for question in survey.questions():
        if survey.lacks(question, "feedback"):
            yield Report(question.place, "this question has no feedback", "add feedback: what everybody should know after answering")


@check("Q006")
def same_option_twice(survey: Survey) -> Iterator[Report]:
    """Two options or answers of a question say the same.

    One of the two would be right or wrong for no reason that a learner can see. Options differ by their words, their case and their
    markup (5 mW is not 5 MW); answers are the same when a typed text would match both.

    Wrong: two options ``A gauge``
    Right: different options
    """
    for question in survey.questions():
        if isinstance(question, (SingleChoice, MultipleResponse)):
            seen: set[tuple[object, ...]] = set()
            for option in question.options:
                shown = _shown(option.text.nodes)
                if shown and shown in seen:
                    yield Report(option.at("text"), "another option of this question says the same", "change or remove one")
                seen.add(shown)
        elif isinstance(question, ShortAnswer):
            typed: set[str] = set()
            for answer in question.answers:
                said = normal(answer.text)
                if said and said in typed:
                    yield Report(answer.at("text"), "another answer of this question is the same (case does not count)", "remove one")
                typed.add(said)


def _shown(nodes: tuple[Node, ...]) -> tuple[object, ...]:
    """Words and structure, to be compared: where a line ends and in what order attributes stand does not count."""
    if len(nodes) == 1 and isinstance(nodes[0], str):
        return (" ".join(nodes[0].split()),)
    made = _folded(nodes)
    if made and isinstance(made[0], str):
        made[0] = made[0].lstrip(" ")
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip(" ")
    return tuple(filter(None, made))


def _folded(nodes: tuple[Node, ...]) -> list[object]:
    return [
        re.sub(r"\s+", " ", node) if isinstance(node, str) else (node.tag, frozenset(node.attributes), tuple(_folded(node.children)))
        for node in nodes
    ]


@check("Q007", "warning")
def question_without_outcome(survey: Survey) -> Iterator[Report]:
    """A question names no outcome, so nobody knows what it shows.

    An outcome is assessed by the questions that name it.

    Wrong: a question without ``outcomes``
    Right: ``outcomes: [lo-1-2]``
    """
    for question in survey.questions():
        if survey.lacks(question, "outcomes"):
            yield Report(question.place, "this question names no outcome", "add outcomes: [the id of the outcome it assesses]")
