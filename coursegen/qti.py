"""QTI 1.2.1 as Common Cartridge profiles it: questions, assessments, and the two ways of writing what a response is worth.

Common Cartridge 1.1 and 1.3, chapter on the question and test interoperability profile. A strict :class:`Flavour` follows it; the other
is the pattern that gives the same result in strict engines and survives Moodle's importer, which reads the last condition that names an
option and puts every feedback with ``continue="Yes"`` into the general feedback (``docs/moodle.md``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from .manifest import serialize, unprefixed
from .model import MultipleResponse, Question, Quiz, Rich, ShortAnswer, SingleChoice, TrueFalse
from .score import key

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
Where: TypeAlias = Literal["stem", "option", "feedback"]
RichText: TypeAlias = Callable[[Rich, Where], str]
"""Rich text as the HTML of a place in a question."""

PROFILES: dict[str, str] = {
    SingleChoice.kind: "cc.multiple_choice.v0p1",
    MultipleResponse.kind: "cc.multiple_response.v0p1",
    TrueFalse.kind: "cc.true_false.v0p1",
    ShortAnswer.kind: "cc.fib.v0p1",
}
"""The profile of each kind of question. A kind that is not here cannot be written as QTI 1.2.1."""
RESPONSE = "response"
GENERAL = "general_fb"


@dataclass(frozen=True, slots=True)
class Flavour:
    """How conditions are ordered, for an importer that reads them in its own way."""

    strict: bool
    rich: RichText
    words: Callable[[str], str]
    true_false: tuple[str, str]
    """The words of the two options of a true/false question."""
    typed: Callable[[str], str] = str
    """An accepted answer of a short answer as the importer's comparison takes it."""


@dataclass(frozen=True, slots=True)
class _Label:
    """An option as QTI sees it: its ident, its text as HTML, its feedback as HTML (empty if none)."""

    ident: str
    text: str
    feedback: str


def assessment(quiz: Quiz, flavour: Flavour) -> bytes:
    """The file of a quiz: one assessment with one section."""
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}questestinterop", nsmap=unprefixed(NAMESPACE))
    made = _add(root, "assessment", ident=f"Q-{quiz.id}", title=flavour.words(quiz.title))
    fields = {
        "cc_profile": "cc.exam.v0p1",
        "qmd_assessmenttype": "Examination",
        "qmd_scoretype": "Percentage",
        "cc_maxattempts": str(quiz.set.attempts),
    }
    _metadata(made, fields)
    if quiz.set.intro:  # "rubric" is what the profile has for instructions; Moodle reads past it
        _material(_add(made, "rubric"), flavour.rich(quiz.set.intro, "stem"))
    section = _add(made, "section", ident="root_section")
    for question in quiz.set.questions:
        section.append(item(question, flavour))
    return serialize(root)


def item(question: Question, flavour: Flavour) -> _Element:
    """One question."""
    from lxml import etree

    made = etree.Element(f"{{{NAMESPACE}}}item", nsmap=unprefixed(NAMESPACE))
    made.set("ident", f"I-{question.id}")
    made.set("title", flavour.words(question.name))
    _metadata(_add(made, "itemmetadata"), {"cc_profile": PROFILES[question.kind], "cc_weighting": str(question.points)})
    labels = _labels(question, flavour)
    _presentation(_add(made, "presentation"), question, labels, flavour)
    processing = _add(made, "resprocessing")
    _add(_add(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    general = flavour.rich(question.feedback, "feedback") if question.feedback else ""
    feedbacks = {_own(label): label.feedback for label in labels if label.feedback}
    if flavour.strict:
        _strict_conditions(processing, question, labels, bool(general))
    else:
        _moodle_conditions(processing, question, labels, bool(general))
    if general:
        feedbacks[GENERAL] = general
    for ident, text in feedbacks.items():
        _material(_add(_add(made, "itemfeedback", ident=ident), "flow_mat"), text)
    return made


def _labels(question: Question, flavour: Flavour) -> list[_Label]:
    if isinstance(question, TrueFalse):
        pairs = zip(("true", "false"), flavour.true_false, (question.if_true, question.if_false), strict=True)
        return [_Label(ident, text, flavour.rich(feedback, "feedback") if feedback else "") for ident, text, feedback in pairs]
    if isinstance(question, ShortAnswer):
        return [
            _Label(answer.id, flavour.typed(answer.text), flavour.rich(answer.feedback, "feedback") if answer.feedback else "")
            for answer in question.answers
        ]
    return [
        _Label(option.id, flavour.rich(option.text, "option"), flavour.rich(option.feedback, "feedback") if option.feedback else "")
        for option in question.options
    ]


def _presentation(presentation: _Element, question: Question, labels: list[_Label], flavour: Flavour) -> None:
    _material(presentation, flavour.rich(question.stem, "stem"))
    if isinstance(question, ShortAnswer):
        response = _add(presentation, "response_str", ident=RESPONSE, rcardinality="Single")
        _add(response, "render_fib", prompt="Box")
        return
    cardinality = "Multiple" if isinstance(question, MultipleResponse) else "Single"
    choice = _add(_add(presentation, "response_lid", ident=RESPONSE, rcardinality=cardinality), "render_choice")
    for label in labels:
        _material(_add(choice, "response_label", ident=label.ident), label.text)


def _strict_conditions(processing: _Element, question: Question, labels: list[_Label], general: bool) -> None:
    """General feedback, the feedback of right options, the one condition that scores and ends; then the feedback of wrong options.

    Who gets as far as those has not answered right, so that every response has its own feedback. cc2olx (Open edX) takes each
    option for right that is named before the first condition that ends: so none that is wrong stands there.
    """
    right = key(question)
    if general:
        condition = _condition(processing, "Yes")
        _add(condition[0], "other")
        _feedback(condition, GENERAL)
    _own_feedback(processing, question, [label for label in labels if label.ident in right])
    condition = _condition(processing, "No")
    _right_set(condition[0], question, labels, right)
    _score(condition, 100)
    _own_feedback(processing, question, [label for label in labels if label.ident not in right])


def _own_feedback(processing: _Element, question: Question, labels: list[_Label]) -> None:
    for label in labels:
        if label.feedback:
            condition = _condition(processing, "Yes")
            _equals(condition[0], question, label)
            _feedback(condition, _own(label))


def _moodle_conditions(processing: _Element, question: Question, labels: list[_Label], general: bool) -> None:
    """General feedback alone continues; each option has one condition, which scores and shows its feedback."""
    if general:
        condition = _condition(processing, "Yes")
        _add(condition[0], "other")
        _feedback(condition, GENERAL)
    right = key(question)
    if isinstance(question, MultipleResponse):
        condition = _condition(processing, "No")
        _right_set(condition[0], question, labels, right)
        _score(condition, 100)
    if isinstance(question, ShortAnswer):
        condition = _condition(processing, "No")
        for label in labels:
            if label.ident in right:
                _equals(condition[0], question, label)
        _score(condition, 100)
    for label in labels:
        if isinstance(question, ShortAnswer) and label.ident in right:
            continue
        if isinstance(question, MultipleResponse) and not label.feedback:
            continue
        condition = _condition(processing, "No")
        _equals(condition[0], question, label)
        if not isinstance(question, MultipleResponse):
            _score(condition, 100 if label.ident in right else 0)
        if label.feedback:
            _feedback(condition, _own(label))


def _right_set(parent: _Element, question: Question, labels: list[_Label], right: list[str]) -> None:
    if not isinstance(question, MultipleResponse):
        for label in labels:
            if label.ident in right:
                _equals(parent, question, label)
        return
    both = _add(parent, "and")
    for label in labels:
        _equals(both if label.ident in right else _add(both, "not"), question, label)


def _equals(parent: _Element, question: Question, label: _Label) -> None:
    made = _add(parent, "varequal", respident=RESPONSE)
    if isinstance(question, ShortAnswer):
        made.text = label.text
        made.set("case", "No")
    else:
        made.text = label.ident
        if isinstance(question, MultipleResponse):
            made.set("case", "Yes")  # Moodle finds the right options by this attribute


def _own(label: _Label) -> str:
    """The ident of an option's feedback: none of those with a meaning of their own (``general_fb``, ``correct_fb``), whatever its id."""
    return f"option-{label.ident}_fb"


def _condition(processing: _Element, going_on: Literal["Yes", "No"]) -> _Element:
    condition = _add(processing, "respcondition")
    condition.set("continue", going_on)
    _add(condition, "conditionvar")
    return condition


def _score(condition: _Element, value: int) -> None:
    _add(condition, "setvar", varname="SCORE", action="Set").text = str(value)


def _feedback(condition: _Element, ident: str) -> None:
    _add(condition, "displayfeedback", feedbacktype="Response", linkrefid=ident)


def _metadata(parent: _Element, fields: dict[str, str]) -> None:
    metadata = _add(parent, "qtimetadata")
    for label, entry in fields.items():
        made = _add(metadata, "qtimetadatafield")
        _add(made, "fieldlabel").text = label
        _add(made, "fieldentry").text = entry


def _material(parent: _Element, text: str) -> None:
    _add(_add(parent, "material"), "mattext", texttype="text/html").text = text


def _add(parent: _Element, name: str, **attributes: Any) -> _Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
