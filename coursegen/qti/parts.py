"""What a question consists of, as QTI sees it: labels of options or of what may be typed, with their feedback; and the flavour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..model import Answer, Essay, MultipleResponse, Question, Rich, ShortAnswer, SingleChoice, TrueFalse
from ..score import key
from ..typed_forms import listed
from .xml import RESPONSE, add, material

if TYPE_CHECKING:
    from lxml.etree import _Element

Native: TypeAlias = SingleChoice | MultipleResponse | TrueFalse | ShortAnswer | Essay
"""The kinds of question that the profile has and we write; for others something takes their place before they come here."""
Where: TypeAlias = Literal["stem", "option", "feedback"]
RichText: TypeAlias = Callable[[Rich, Where], str]
"""Rich text as the HTML of a place in a question."""

GENERAL, RIGHT, WRONG = "general_fb", "correct_fb", "general_incorrect_fb"
"""The idents that the profile gives a meaning."""
HINT, SOLUTION = "hint", "solution"


@dataclass(frozen=True, slots=True)
class Flavour:
    """How a question is written: by the book, or so that Moodle's importer understands it."""

    strict: bool
    rich: RichText
    words: Callable[[str], str]
    """Plain words, such as a title."""
    say: Callable[..., str]
    """An interface text by its key."""
    typed: Callable[[str, bool], str]
    """A form of an answer as the comparison of typed words takes it; the second value says whether ``*`` stands for anything."""


@dataclass(frozen=True, slots=True)
class Label:
    """An option, or one way to type an answer. Several labels of one answer have its ident and feedback."""

    ident: str
    text: str
    feedback: str
    """As HTML; empty if there is none."""
    right: bool

    @property
    def told(self) -> str:
        """The ident of its feedback: none of those with a meaning of their own, whatever the option's id."""
        return f"option-{self.ident}_fb"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way into an item: its labels, and the feedback that its conditions have shown so far."""

    question: Native
    flavour: Flavour
    labels: list[Label]
    feedback: dict[str, str] = field(default_factory=dict)
    """HTML by ident."""

    def html(self, text: Rich | None) -> str:
        """A text of the feedback as HTML; empty if there is none."""
        return self.flavour.rich(text, "feedback") if text else ""

    def words(self, key: str, **values: object) -> str:
        """An interface text in a paragraph of its own, as HTML."""
        return self.flavour.rich(Rich((self.flavour.say(key, **values),)), "feedback")

    def keep(self, ident: str, text: str) -> bool:
        """Take a text into the item's feedback, if there is one."""
        if text:
            self.feedback[ident] = text
        return bool(text)


def asked(question: Native, flavour: Flavour) -> Asked:
    """A question with its labels."""
    found = Asked(question, flavour, [])
    if isinstance(question, TrueFalse):
        for ident, told in (("true", question.if_true), ("false", question.if_false)):
            words = flavour.rich(Rich((flavour.say(f"option.{ident}"),)), "option")
            found.labels.append(Label(ident, words, found.html(told), ident in key(question)))
    elif isinstance(question, ShortAnswer):
        for form, answer in _forms(question, flavour):
            found.labels.append(Label(answer.id, form, found.html(answer.feedback), answer.correct))
    elif not isinstance(question, Essay):
        for option in question.options:
            found.labels.append(Label(option.id, flavour.rich(option.text, "option"), found.html(option.feedback), option.correct))
    return found


def _forms(question: ShortAnswer, flavour: Flavour) -> Iterator[tuple[str, Answer]]:
    """What may be typed, with the answer that it is: accepted ones first."""
    return listed(question, lambda form: flavour.typed(form, question.wildcards))


def askable(question: Question, flavour: Flavour) -> bool:
    """Whether somebody can be right: a flavour may leave nothing of the accepted answers (``*`` alone)."""
    return not isinstance(question, ShortAnswer) or any(answer.correct for _, answer in _forms(question, flavour))


def equals(parent: _Element, found: Asked, label: Label) -> None:
    """The condition that a label was picked or typed."""
    made = add(parent, "varequal", respident=RESPONSE)
    if isinstance(found.question, ShortAnswer):
        made.text = label.text
        made.set("case", "Yes" if found.question.case == "counts" else "No")
    else:
        made.text = label.ident
        if isinstance(found.question, MultipleResponse):
            made.set("case", "Yes")  # Moodle finds the right options by this attribute


def right_set(parent: _Element, found: Asked) -> None:
    """The condition that a response is right: of several options the exact set, of others any label that is right."""
    if isinstance(found.question, MultipleResponse):
        both = add(parent, "and")
        for label in found.labels:
            equals(both if label.right else add(both, "not"), found, label)
    else:
        for label in found.labels:
            if label.right:
                equals(parent, found, label)


def write_feedback(item: _Element, feedback: dict[str, str]) -> None:
    """The texts that conditions show (``itemfeedback``), in the form that every importer reads."""
    for ident, text in feedback.items():
        material(add(add(item, "itemfeedback", ident=ident), "flow_mat"), text)
