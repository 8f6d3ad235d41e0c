"""QTI 1.2.1 as Common Cartridge profiles it: assessments, question banks and their items, in two flavours.

Common Cartridge 1.1 and 1.3, chapter on the question and test interoperability profile. ``strict`` follows it; ``moodle`` is the pattern
that gives the same score in strict engines and survives Moodle's importer.

``parts`` what a question consists of · ``strict``, ``moodle`` conditions and feedback · ``xml`` elements
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..manifest import serialize
from ..model import Essay, MultipleResponse, Question, QuestionSet, Quiz, ShortAnswer, SingleChoice, TrueFalse
from . import moodle, strict
from .parts import Asked, Flavour, Native, RichText, Where, askable, asked, write_feedback
from .xml import RESPONSE, add, element, material, metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["PROFILES", "Flavour", "RichText", "Where", "askable", "assessment", "bank"]

PROFILES: dict[str, str] = {
    SingleChoice.kind: "cc.multiple_choice.v0p1",
    MultipleResponse.kind: "cc.multiple_response.v0p1",
    TrueFalse.kind: "cc.true_false.v0p1",
    ShortAnswer.kind: "cc.fib.v0p1",
    Essay.kind: "cc.essay.v0p1",
}
"""The profile of each kind of question. The one for patterns is never used: converters that lack it drop the whole quiz."""

MOST_ATTEMPTS = 5
"""The profile's greatest number of tries, where they are limited; Moodle takes any number."""


def assessment(quiz: Quiz, questions: Iterable[Question], flavour: Flavour) -> bytes:
    """The file of a quiz: one assessment with one section. There must be a question."""
    asked_for = list(questions)
    root = element("questestinterop")
    made = add(root, "assessment", ident=f"Q-{quiz.id}", title=flavour.words(quiz.title))
    metadata(made, _settings(quiz.set, asked_for, flavour))
    if quiz.set.intro:  # "rubric" is what the profile has for instructions; Moodle reads past it
        material(add(made, "rubric"), flavour.rich(quiz.set.intro, "stem"))
    _items(add(made, "section", ident="root_section"), asked_for, flavour)
    return serialize(root)


def _settings(settings: QuestionSet, questions: list[Question], flavour: Flavour) -> dict[str, str]:
    fields = {
        "cc_profile": "cc.exam.v0p1",
        "qmd_assessmenttype": "Examination",
        "qmd_scoretype": "Percentage",
        "cc_maxattempts": str(settings.attempts),
    }
    if flavour.strict and isinstance(settings.attempts, int):
        fields["cc_maxattempts"] = str(min(settings.attempts, MOST_ATTEMPTS))
    if flavour.strict and any(question.hints for question in questions):
        fields["qmd_hintspermitted"] = "Yes"
    if flavour.strict and any(isinstance(question, Essay) and question.model_answer for question in questions):
        fields["qmd_solutionspermitted"] = "Yes"
    return fields


def bank(ident: str, title: str, questions: Iterable[Question], flavour: Flavour) -> bytes:
    """The file of a question bank. There must be a question."""
    root = element("questestinterop")
    made = add(root, "objectbank", ident=ident)
    metadata(made, {"bank_title": flavour.words(title)})  # the profile names no field for it; Canvas reads this one
    _items(made, questions, flavour)
    return serialize(root)


def _items(parent: _Element, questions: Iterable[Question], flavour: Flavour) -> None:
    for question in questions:
        if not isinstance(question, Native):
            raise TypeError(f"no profile of QTI 1.2.1 for {question.kind}")
        parent.append(_item(question, flavour))


def _item(question: Native, flavour: Flavour) -> _Element:
    made = element("item")
    made.set("ident", f"I-{question.id}")
    made.set("title", flavour.words(question.name))
    fields = {"cc_profile": PROFILES[question.kind], "cc_weighting": str(question.points)}
    if isinstance(question, Essay):
        fields["qmd_computerscored"] = "No"
    if flavour.strict and not question.points:  # the profile has weights from 1 on; Moodle takes 0
        del fields["cc_weighting"]
    metadata(add(made, "itemmetadata"), fields)
    found = asked(question, flavour)
    _presentation(add(made, "presentation"), found)
    processing = element("resprocessing")
    add(add(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    (strict if flavour.strict else moodle).conditions(processing, found)
    if len(processing) > 1:
        made.append(processing)
    if flavour.strict:
        strict.feedback(made, found)
    else:
        write_feedback(made, found.feedback)
    return made


def _presentation(presentation: _Element, found: Asked) -> None:
    question, flavour = found.question, found.flavour
    material(presentation, flavour.rich(question.stem, "stem") if flavour.strict else moodle.stem(found))
    if isinstance(question, (ShortAnswer, Essay)):
        response = add(presentation, "response_str", ident=RESPONSE, rcardinality="Single")
        size = {"rows": str(question.lines)} if isinstance(question, Essay) else {}
        add(response, "render_fib", prompt="Box", **size)
        return
    cardinality = "Multiple" if isinstance(question, MultipleResponse) else "Single"
    choice = add(add(presentation, "response_lid", ident=RESPONSE, rcardinality=cardinality), "render_choice")
    for label in found.labels:
        material(add(choice, "response_label", ident=label.ident), label.text)
