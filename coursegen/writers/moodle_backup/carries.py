"""What a course keeps, changes and loses on its way into Moodle's own format. Each activity's own file says what becomes of it."""

from __future__ import annotations

from ...fidelity import KEPT, Capabilities, changed, dropped
from .activities import assignment, grid, lesson, peer_review, repository, survey
from .carries_questions import QUESTIONS_AND_QUIZZES

CARRIES: Capabilities = {
    **QUESTIONS_AND_QUIZZES,
    "quiz": KEPT,
    **lesson.CASES,
    **grid.GRIDS,
    **assignment.ASSIGNMENTS,
    **peer_review.ASSIGNMENTS,
    **survey.SURVEYS,
    **repository.REPOSITORIES,
    "discussion": KEPT,
    "web-link": KEPT,
    "file": KEPT,
    "tutor-page": KEPT,
    "book": KEPT,
    "page-links": KEPT,
    "unit-links": KEPT,
    "glossary": changed("a page, where links to terms lead; the import files have it as a glossary of Moodle"),
    "completion": KEPT,
    "unit-weight": KEPT,
    "unit-order": KEPT,
    "course-picture": KEPT,
    "theme": dropped("the theme of the Moodle site says how pages look"),
    "badge": changed("it arrives switched off, until an administrator enables it"),
}
