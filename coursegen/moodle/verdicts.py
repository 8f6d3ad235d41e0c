"""What Moodle makes of questions whatever file they come in: verdicts that tables of several Moodle formats have in common."""

from __future__ import annotations

from decimal import Decimal

from ..fidelity import KEPT, Capabilities, changed, substituted
from ..model import MultipleResponse, Numerical, Question, ShortAnswer
from .fractions import are_equal
from .special import EMBEDDED, has_long_tags, is_embedded, is_ordering


def _has_spaces(question: Question) -> bool:
    return isinstance(question, ShortAnswer) and any(answer.correct and len(answer.text.split()) > 1 for answer in question.answers)


def _has_signs(question: Question) -> bool:
    """Whether one could type a comma or a minus and be right."""
    return isinstance(question, Numerical) and any(
        Decimal(answer.tolerance) or "." in answer.value or answer.value.startswith("-") for answer in question.answers
    )


def _has_uneven_shares(question: Question) -> bool:
    return isinstance(question, MultipleResponse) and not are_equal(question)


SHORT_ANSWER = KEPT.but(changed("two spaces are not taken for one in what is typed"), "with a space in an accepted answer", _has_spaces)
NUMERICAL = KEPT.but(
    changed("a comma before decimals counts only where the language of the site has it, and a minus has to be typed as a hyphen"),
    "with decimals, with a tolerance or below zero",
    _has_signs,
)
PARTIAL_CREDIT = KEPT.but(
    changed("Moodle has no equal shares for so many: some count 10 per cent, others 5 or nothing"),
    "of questions with 11 to 19 right or wrong options, or more than 20",
    _has_uneven_shares,
)
_COMBINED = KEPT.but(changed("a part of the general feedback, after words that say when it holds"), EMBEDDED, is_embedded)
IN_ITS_OWN_TYPES: Capabilities = {
    "single-choice": KEPT,
    "multiple-response": KEPT,
    "true-false": KEPT,
    "short-answer": SHORT_ANSWER,
    "numerical": NUMERICAL,
    "matching": KEPT.but(
        changed("a text with a list beside each thing, each worth a whole number of points"),
        "with an entry of more than 255 characters",
        is_embedded,
    ),
    "ordering": substituted(since="4.4"),
    "sorting": changed("a matching: each thing with its group").but(
        changed("a text with the list of groups beside each thing, each worth a whole number of points"),
        "with a group of more than 255 characters",
        is_embedded,
    ),
    "cloze": KEPT.but(
        changed("embedded answers, each worth a whole number of points"),
        "with a gap to type in, with feedback or several right options in a gap, or with more than 8 gaps",
        is_embedded,
    ),
    "essay": KEPT,
    "rating-scale": changed("a single choice without points, in which every level counts as right"),
    "partial-credit": PARTIAL_CREDIT,
    "all-or-nothing": changed(
        "a part of the answer earns a part of the points; in questions with several right options a wrong one takes all points away"
    ).but(KEPT, "of putting in order", is_ordering),
    "case": KEPT,
    "accents": changed("each answer is accepted as it is written, and without any accents"),
    "spacing": changed("each answer is accepted with spaces and without, at up to three places; other spaces count"),
    "wildcards": KEPT,
    "foreseen-mistakes": KEPT,
    "tolerance": KEPT,
    "unit": changed("it stands after the field, and may be typed; a wrong unit is not looked at"),
    "match-distractors": KEPT,
    "general-feedback": KEPT,
    **dict.fromkeys(("if-right", "if-partly", "if-wrong"), _COMBINED),
    "option-feedback": KEPT,
    "part-feedback": changed("a part of the general feedback").but(changed("feedback of the right entry in a list"), EMBEDDED, is_embedded),
    "model-answer": changed("a part of the general feedback, and a note for who grades"),
    "media-stem": KEPT,
    "media-option": KEPT,
    "media-feedback": KEPT,
    "file-links": KEPT,
    "title": KEPT,
    "outcomes": changed("tags"),
    "competences": changed("tags"),
    "difficulty": changed("a tag"),
    "source": changed("a tag, cut at 50 characters"),
    "tags": KEPT.but(changed("cut at 50 characters"), "of more than 50 characters", has_long_tags),
}
"""What becomes of questions where they can be of any of Moodle's types (:mod:`coursegen.moodle.kinds`), in a bank or in a quiz."""
