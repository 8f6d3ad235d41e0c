"""What becomes of questions and quizzes: in a course of Moodle a quiz is a quiz."""

from __future__ import annotations

from ...fidelity import KEPT, Capabilities, changed, dropped
from ...model import Link, Ordering, Question, Rich
from ...moodle.special import is_essay
from ...moodle.verdicts import IN_ITS_OWN_TYPES


def _has_links_after(question: Question) -> bool:
    """Whether there is a link in what is told after things were put in order."""
    if not isinstance(question, Ordering):
        return False
    told: list[Rich] = [each for each in (question.if_right, question.if_partly, question.if_wrong) if each]
    return any(isinstance(element.get("href"), Link) for each in told for element in each.elements())


QUESTIONS_AND_QUIZZES: Capabilities = {
    **IN_ITS_OWN_TYPES,
    "points": KEPT,
    "hints": changed(
        "shown one by one after a wrong answer, each with another try that costs no points; where feedback comes at the end, not at all"
    ).but(dropped("Moodle shows none there"), "of essays", is_essay),
    "links": KEPT.but(changed("they become words"), "in feedback to things put in order", _has_links_after),
    "intro": KEPT,
    "pass-mark": KEPT,
    "attempts": KEPT,
    "immediate-feedback": KEPT,
    "deferred-feedback": KEPT,
    "draw": KEPT,
    "forms": changed(
        "each question of a try is drawn from those that the forms have at its place, so that forms are mixed; where a question stands at"
        " two places, or forms are of different length, all questions are drawn from together"
    ),
    "shuffle-questions": KEPT,
    "shuffle-options": KEPT,
    "banks": changed("a quiz has a copy of each question that it takes"),
    "unused-bank-questions": dropped("questions are in the quizzes that ask them"),
}
