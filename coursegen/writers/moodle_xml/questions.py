"""Each type of question as an element of Moodle XML. What becomes of which kind is said in :mod:`coursegen.moodle.kinds`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...moodle.embedded import filled
from ...moodle.question import (
    Combined,
    Description,
    Embedded,
    InOrder,
    Markup,
    MoodleQuestion,
    Multichoice,
    OpenText,
    Pairs,
    SelectWords,
    Truth,
    Typed,
    TypedNumber,
    TypedWords,
)
from .xml import cdata, element, field, inside, numbers, text

_CALLED = {"match": "matching", "multianswer": "cloze"}
"""Types with another name in Moodle XML than in Moodle's database."""


def question(made: MoodleQuestion) -> str:
    """The element of a question."""
    stem = made.stem
    if isinstance(made, Embedded):
        gaps = made.gaps
        stem = filled(stem, lambda gap: gaps[gap].code)
    return element(
        "question",
        "\n" + element("name", text(made.name)),
        field("questiontext", stem),
        field("generalfeedback", made.feedback),
        numbers(defaultgrade=made.mark, penalty=0, hidden=0),
        element("idnumber", made.ident),
        *_SPECIAL[type(made)](made),
        *(field("hint", hint) for hint in made.hints),
        element("tags", *(element("tag", text(tag)) for tag in made.tags)) if made.tags else "",
        type=_CALLED.get(made.qtype, made.qtype),
    )


def _combined(told: Combined) -> Iterator[str]:
    yield field("correctfeedback", told.right)
    yield field("partiallycorrectfeedback", told.partly)
    yield field("incorrectfeedback", told.wrong)


def _answer(fraction: str, words: str, feedback: Markup, more: str = "", format: str = "plain_text") -> str:
    return element("answer", words, field("feedback", feedback), more, fraction=fraction, format=format)


def _said(truth: bool) -> str:
    return "true" if truth else "false"


def _multichoice(made: Multichoice) -> Iterator[str]:
    yield element("single", _said(made.single))
    yield element("shuffleanswers", _said(made.shuffled))
    yield element("answernumbering", "none")
    yield element("showstandardinstruction", "0" if made.single else "1")
    yield from _combined(made.combined)
    yield from (_answer(each.fraction, inside(each.text), each.feedback, format="html") for each in made.answers)


def _truth(made: Truth) -> Iterator[str]:
    return (_typed(each) for each in made.answers)


def _typed(answer: Typed, more: str = "") -> str:
    return _answer(answer.fraction, text(answer.words), answer.feedback, more)


def _typed_words(made: TypedWords) -> Iterator[str]:
    yield element("usecase", "1" if made.case_counts else "0")
    yield from (_typed(each) for each in made.answers)


def _typed_number(made: TypedNumber) -> Iterator[str]:
    yield from (_typed(each, element("tolerance", each.tolerance)) for each in made.answers)
    units = [element("unit", numbers(multiplier=1), element("unit_name", cdata(each))) for each in made.units]
    yield element("units", *units) if units else ""
    yield numbers(unitgradingtype=0, unitpenalty=0, showunits=0 if units else 3, unitsleft=0)


def _pairs(made: Pairs) -> Iterator[str]:
    yield element("shuffleanswers", _said(made.shuffled))
    yield from _combined(made.combined)
    yield from (element("subquestion", inside(thing), element("answer", text(match)), format="html") for thing, match in made.pairs)


def _in_order(made: InOrder) -> Iterator[str]:
    yield element("layouttype", "VERTICAL")
    yield element("selecttype", "ALL")
    yield element("selectcount", str(len(made.steps)))
    yield element("gradingtype", "ABSOLUTE_POSITION" if made.partial else "ALL_OR_NOTHING")
    yield element("showgrading", "SHOW")
    yield element("numberingstyle", "none")
    yield from _combined(made.combined)
    for number, step in enumerate(made.steps, 1):
        yield element("answer", inside(step), fraction=str(number), format="html")


def _select_words(made: SelectWords) -> Iterator[str]:
    yield element("shuffleanswers", "1" if made.shuffled else "0")
    yield from _combined(made.combined)
    yield from (element("selectoption", text(words), numbers(group=group)) for group, words in made.options)


def _open_text(made: OpenText) -> Iterator[str]:
    yield element("responseformat", "plain")
    yield element("responserequired", "1")
    yield element("responsefieldlines", str(made.lines))
    yield element("attachments", "0")
    yield field("graderinfo", made.grader)


def _nothing(_: MoodleQuestion) -> Iterator[str]:
    return iter(())


_SPECIAL: dict[type[MoodleQuestion], Callable[[Any], Iterator[str]]] = {
    Description: _nothing,
    Multichoice: _multichoice,
    Truth: _truth,
    TypedWords: _typed_words,
    TypedNumber: _typed_number,
    Pairs: _pairs,
    InOrder: _in_order,
    SelectWords: _select_words,
    Embedded: _nothing,
    OpenText: _open_text,
}
"""What each type has beside what all have."""
