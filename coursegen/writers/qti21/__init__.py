"""QTI 2.1: a content package with an item for each question and a test for each quiz, for TAO, OpenOLAT, ONYX and other test systems.

IMS Question and Test Interoperability 2.1 (Information Model, Implementation Guide), packaged as IMS Content Packaging 1.1.4. All files lie
side by side, so that no address leads out of a folder. What systems make of it is in ``docs/other-lms.md``.

``package`` the files and the manifest · ``assessment`` tests · ``item`` a question · ``choices``, ``arranged``, ``fields`` its kinds ·
``processing`` what an answer earns · ``patterns`` words that are typed · ``markup`` rich text · ``metadata`` labels · ``parts``, ``xml``
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...fidelity import KEPT, Capabilities, changed, dropped
from ...model import Course, Unit

if TYPE_CHECKING:
    from ...archive import Entry
    from ...render.templates import Templates

CARRIES: Capabilities = {
    "single-choice": KEPT,
    "multiple-response": KEPT,
    "true-false": KEPT,
    "short-answer": KEPT,
    "numerical": changed("the test system reads the number; a comma before the decimals may not be understood"),
    "matching": KEPT,
    "ordering": KEPT,
    "sorting": KEPT,
    "cloze": KEPT,
    "essay": KEPT,
    "rating-scale": KEPT,
    "partial-credit": KEPT,
    "all-or-nothing": KEPT,
    "case": KEPT,
    "accents": KEPT,
    "spacing": KEPT,
    "wildcards": KEPT,
    "foreseen-mistakes": KEPT,
    "tolerance": KEPT,
    "unit": changed("it stands beside the field; a number that is typed with it may not be understood"),
    "match-distractors": KEPT,
    "points": KEPT,
    "general-feedback": KEPT,
    "if-right": KEPT,
    "if-partly": KEPT,
    "if-wrong": KEPT,
    "option-feedback": KEPT,
    "part-feedback": KEPT,
    "model-answer": KEPT,
    "hints": KEPT,
    "media-stem": KEPT,
    "media-option": KEPT,
    "media-feedback": KEPT,
    "links": changed("they become their words"),
    "file-links": KEPT,
    "title": KEPT,
    "outcomes": KEPT,
    "competences": KEPT,
    "difficulty": KEPT,
    "source": KEPT,
    "tags": KEPT,
    "intro": KEPT,
    "pass-mark": KEPT,
    "attempts": dropped("the test system says how often a test may be taken"),
    "immediate-feedback": KEPT,
    "deferred-feedback": KEPT,
    "draw": KEPT,
    "forms": changed("each try has one at random, perhaps the same one again"),
    "shuffle-questions": KEPT,
    "shuffle-options": KEPT,
    "banks": KEPT,
    "unused-bank-questions": KEPT,
}


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """The files of the package of the whole course."""
    from .package import package

    return package(course, templates)
