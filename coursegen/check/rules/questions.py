"""Rules about questions of every kind: that each can be answered, is scored and teaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeAlias

from ...model import (
    ChoiceGap,
    Cloze,
    Essay,
    Matching,
    MultipleResponse,
    Node,
    NumberAnswer,
    Numerical,
    Ordering,
    Part,
    Question,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TextGap,
    TrueFalse,
)
from ...score import normal
from ..rule import Report, check
from ..survey import Survey

Picked: TypeAlias = SingleChoice | MultipleResponse | ChoiceGap
Typed: TypeAlias = ShortAnswer | TextGap


def picked(question: Question) -> tuple[Picked, ...]:
    """What options are picked for: the question, or gaps of it."""
    if isinstance(question, Cloze):
        return tuple(gap for gap in question.gaps if isinstance(gap, ChoiceGap))
    return (question,) if isinstance(question, (SingleChoice, MultipleResponse)) else ()


def typed(question: Question) -> tuple[Typed, ...]:
    """What words are typed into: the question, or gaps of it."""
    if isinstance(question, Cloze):
        return tuple(gap for gap in question.gaps if isinstance(gap, TextGap))
    return (question,) if isinstance(question, ShortAnswer) else ()


@check("Q001", whole=True)
def no_right_answer(survey: Survey) -> Iterator[Report]:
    """A question, or a gap of one, has no right answer.

    Nobody could answer it, and a quiz with it might not be passed.

    Wrong: a single choice in which no option has ``correct: true``
    Right: one option with ``correct: true``
    """
    for question in survey.questions():
        for choice in picked(question):
            if not any(option.correct for option in choice.options):
                yield Report(choice.at("options"), "no option is right", "add correct: true to the right one")
        for field in (*typed(question), *((question,) if isinstance(question, Numerical) else ())):
            if not any(answer.correct for answer in field.answers):
                yield Report(field.at("answers"), "no answer is accepted", "add an answer without correct: false")


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
    """Every option of a multiple response, or of a gap, is right, so that ticking everything pays.

    Who knows nothing scores full points.

    Wrong: three options, each with ``correct: true``
    Right: at least one distractor
    """
    for question in survey.questions():
        for choice in picked(question):
            if not isinstance(choice, SingleChoice) and all(option.correct for option in choice.options):
                yield Report(choice.at("options"), "every option is right", "add a wrong option that a learner might believe")


@check("Q004")
def option_without_feedback(survey: Survey) -> Iterator[Report]:
    """An option, of a question or of a gap, has no feedback.

    A learner who picked it should learn why it is right or wrong.

    Wrong: ``{id: b, text: Replace the disc}``
    Right: ``{id: b, text: Replace the disc, feedback: Measure first. The disc may be fine.}``
    """
    for question in survey.questions():
        if isinstance(question, TrueFalse):
            for key in ("if_true", "if_false"):
                if survey.lacks(question, key):
                    yield Report(question.place, f"this question has no {key}", f"add {key}: why that answer is right or wrong")
        for choice in picked(question):
            for option in choice.options:
                if survey.lacks(option, "feedback"):
                    yield Report(option.place, f'option "{option.id}" has no feedback', "add feedback: why it is right or wrong")


@check("Q005")
def question_without_feedback(survey: Survey) -> Iterator[Report]:
    """A question has no general feedback.

    It is what every learner reads after answering, and the only feedback that some targets keep. An essay may have a model answer in
    its place; to an opinion on a scale there is nothing to say.

    Wrong: a question without ``feedback``
    Right: ``feedback: <p>Run-out is measured on the vehicle, with the wheel off.</p>``
    """
    for question in survey.questions():
        if isinstance(question, RatingScale) or (isinstance(question, Essay) and not survey.lacks(question, "model_answer")):
            continue
        if survey.lacks(question, "feedback"):
            yield Report(question.place, "this question has no feedback", "add feedback: what everybody should know after answering")


@check("Q006")
def same_option_twice(survey: Survey) -> Iterator[Report]:
    """Two options, answers, pairs, groups, things to sort or steps of a question say the same.

    One of the two would be right or wrong for no reason that a learner can see. They differ by their words, their case and their markup
    (5 mW is not 5 MW); answers are the same when a typed text would match both, numbers when value and tolerance are the same. Two pairs
    may have the same match; a distractor that is one would be right.

    Wrong: two options ``A gauge``
    Right: different options
    """
    for question in survey.questions():
        for key, what, entries in _to_compare(question):
            seen: set[object] = set()
            for part, shown in entries:
                if shown and shown in seen:
                    yield Report(part.at(key), f"another {what} of this question says the same", "change or remove one")
                seen.add(shown)
        for field in typed(question):
            texts: set[str] = set()
            for answer in field.answers:
                said = normal(answer.text, field)
                if said and said in texts:
                    yield Report(answer.at("text"), "another answer is the same for who types it", "remove one")
                texts.add(said)
        if isinstance(question, Numerical):
            numbers: set[tuple[Decimal, Decimal]] = set()
            for number in question.answers:
                if (named := _number(number)) in numbers:
                    yield Report(number.at("value"), "another answer of this question is the same number", "remove one")
                numbers.update([named] if named else [])
        if isinstance(question, Matching):
            matches = {" ".join(pair.match.split()) for pair in question.pairs}
            for distractor in question.distractors:
                if (words := " ".join(distractor.text.split())) and words in matches:
                    message = f'"{words}" is the match of a pair, so this distractor would be right'
                    yield Report(distractor.at("text"), message, "change or remove it")


Compared: TypeAlias = tuple[str, str, Iterable[tuple[Part, object]]]


def _to_compare(question: Question) -> Iterator[Compared]:
    """What must differ: the key of the words, what the things are called, and the things with what they show."""
    for choice in picked(question):
        yield "text", "option", [(option, _said(option.text)) for option in choice.options]
    if isinstance(question, Matching):
        yield "text", "pair", [(pair, _said(pair.text)) for pair in question.pairs]
        yield "text", "distractor", [(each, _said(each.text)) for each in question.distractors]
    elif isinstance(question, Sorting):
        yield "title", "group", [(group, _said(group.title)) for group in question.groups]
        yield "text", "item", [(item, _said(item.text)) for item in question.items]
    elif isinstance(question, Ordering):
        yield "text", "step", [(step, _said(step.text)) for step in question.items]
    elif isinstance(question, RatingScale):
        yield "text", "level", [(level, _said(level.text)) for level in question.levels]


def _said(words: Rich | str) -> object:
    return _shown(words.nodes) if isinstance(words, Rich) else " ".join(words.split())


def _number(answer: NumberAnswer) -> tuple[Decimal, Decimal] | None:
    """None where it could not be read."""
    return (Decimal(answer.value), abs(Decimal(answer.tolerance))) if answer.value and answer.tolerance else None


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

    An outcome is assessed by the questions that name it. An opinion on a scale assesses nothing, and a twin has the outcomes of its
    question.

    Wrong: a question without ``outcomes``
    Right: ``outcomes: [lo-1-2]``
    """
    for question in survey.asked():
        if not isinstance(question, RatingScale) and survey.lacks(question, "outcomes"):
            yield Report(question.place, "this question names no outcome", "add outcomes: [the id of the outcome it assesses]")


@check("Q041", "warning")
def never_partly_right(survey: Survey) -> Iterator[Report]:
    """A question has ``if_partly``, and gives no points for a part of the answer.

    All its answers are right or wrong, so nobody would ever read it. A multiple response has ``credit: all-or-nothing`` if it says nothing.

    Wrong: ``if_partly`` beside ``credit: all-or-nothing``
    Right: ``if_partly`` beside ``credit: partial``
    """
    for question in survey.questions():
        if getattr(question, "if_partly", None) and getattr(question, "credit", "") == "all-or-nothing":
            yield Report(
                question.at("if_partly"), "this feedback is never shown: credit is all-or-nothing", "add credit: partial, or remove it"
            )
