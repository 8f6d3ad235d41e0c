"""Writes courses in any format and reads them back, with what tests of several formats ask of the records."""

from __future__ import annotations

import functools
import html
import importlib
import re

import pytest
from features import SAID
from jinja2 import Environment
from questions import course_of, every_kind
from readback import Record

from coursegen.model import Course, Question, Unit
from coursegen.render.templates import Templates
from coursegen.score import credit
from coursegen.writers import FORMATS

READERS = {
    "moodle-backup": "moodle_backup",
    "moodle-cartridge": "moodle_backup",
    "moodle-imports": "moodle_imports",
    "scorm12-unit": "scorm",
    "scorm12": "scorm",
    "scorm2004-unit": "scorm",
    "scorm2004": "scorm",
    "cartridge-11": "qti12",
    "cartridge": "qti12",
    "moodle-xml": "moodle_xml",
    "gift": "gift",
    "qti21": "qti21",
    "paper": "paper",
}
"""For each format the reader of its packages, ``tests/readback_*.py``."""


class _Ready(Templates):
    """The shipped templates, compiled and joined once for all courses of the tests."""

    @property
    def environment(self) -> Environment:
        return _first().environment

    def script(self, folder: str, entry: str) -> str:
        return _first().script(folder, entry)

    def style(self, first: str, folder: str = "") -> str:
        return _first().style(first, folder)


@functools.cache
def _first() -> Templates:
    return Templates(course_of(every_kind()), None)


def written(name: str, course: Course, unit: Unit | None = None) -> dict[str, bytes]:
    """The files of a package; of the first unit where a format has one for each."""
    chosen = FORMATS[name]
    if chosen.per_unit and unit is None:
        unit = course.units[0]
    files = dict(chosen.entries(course, _Ready(course, None), unit))
    if name == "moodle-cartridge":  # the table says what Moodle has, which reads the backup in it and nothing else
        files = {path: files[path] for path, _ in FORMATS["moodle-backup"].entries(course, _Ready(course, None), unit)}
    return {path: content if isinstance(content, bytes) else content.read_bytes() for path, content in files.items()}


def read(name: str, files: dict[str, bytes]) -> list[Record]:
    """What the format's reader finds in a package."""
    found: list[Record] = importlib.import_module(f"readback_{READERS[name]}").read(files)
    return found


def words(text: str) -> str:
    """The words of a text that may be HTML, with blanks folded."""
    return " ".join(html.unescape(re.sub(r"</?[a-z][^<>]*>", " ", text)).split())


def squashed(text: str) -> str:
    """A text without blanks, and without what a cartridge for Moodle writes in place of what looks like markup (rule T005)."""
    return re.sub(r"[\s\u2060]", "", text).replace("‹", "<").replace("›", ">")


def forms(text: str) -> tuple[str, str]:
    """A text as it is, and as a browser shows it, without blanks: a reader may give words or HTML."""
    return squashed(text), squashed(html.unescape(re.sub(r"</?[a-z][^<>]*>", "", text)))


def says(texts: list[str], wanted: str = SAID) -> bool:
    """Whether one of some texts holds all of some words, as HTML or as they are."""
    return any(squashed(wanted) in form for text in texts for form in forms(text))


def everything(record: Record) -> list[str]:
    """All texts of a question."""
    return [text for texts in record.texts.values() for text in texts]


def scores_agree(question: Question, record: Record) -> None:
    """Where a format says what an option earns: all right ones together earn everything, and each what it earns in the player."""
    options = getattr(question, "options", ()) if record.scores else ()
    whole = 100 if any(abs(share) > 1 for share in record.scores.values()) else 1  # some formats say it in per cent
    shares = {form: share / whole for text, share in record.scores.items() for form in forms(text)}
    earned = [(option, shares[squashed(option.text.text())]) for option in options]
    if all(share == option.correct for option, share in earned):
        return  # it is said which ones are right, and the share of each elsewhere
    right, wrong = ([option.id for option, _ in earned if option.correct is which] for which in (True, False))
    for response in (right, [*right, *wrong], [*right, *wrong[:1]], [*right[:1], *wrong[:1]]):
        if getattr(question, "credit", "") == "partial" or response == right:
            share = sum(share for option, share in earned if option.id in response)
            assert max(0.0, share) == pytest.approx(credit(question, response), abs=1e-3), (question.id, response)
    for option, share in earned:
        if getattr(question, "credit", "") == "partial" or not option.correct:
            assert max(0.0, share) == pytest.approx(credit(question, [option.id]), abs=1e-3), (question.id, option.id)
