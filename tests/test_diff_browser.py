"""What ``coursegen diff`` says, and what a learner then finds in a real browser, on a platform that is as strict as the standard."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from browser import Lms, Package, Site, Watched, course_of, right_answer, unpack
from edits import EDITS, SOURCE, edited, put

from coursegen.changes.compare import compare
from coursegen.changes.snapshot import Snapshot, of_source

NAMES = ("an option reworded", "a key mended", "a question added", "a question removed", "a right option renamed", "handed in")


class Edition(NamedTuple):
    """An edition of the course as the platform serves it, and as it is compared."""

    package: Package
    snapshot: Snapshot


@pytest.fixture(scope="module")
def editions(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    edits = {edit.name: edit for edit in EDITS}
    found = {}
    for nth, name in enumerate(("", *NAMES)):
        source = edited(SOURCE, edits[name]) if name else SOURCE
        assert source is not None
        folder = put(tmp_path_factory.mktemp(f"diff-{nth}"), source)
        below = site.folder / f"diff-{nth}"
        unpack(folder, below, tmp_path_factory.mktemp("dist"))
        course = course_of(folder)
        found[name] = Edition(Package(f"{below.name}/sample-en-scorm12", course.units), of_source(folder, course))
    return found


def test_a_learner_finds_what_was_said(visitor: Callable[..., Watched], site: Site, editions: dict[str, Edition]) -> None:
    watched = visitor()
    first = editions[""]
    lms = Lms(watched, site, first.package, None, platform="strict")
    lms.player.ready().expect_saved("saved")
    lms.player.go("u01-quiz")
    for question in next(quiz for quiz in first.package.quizzes() if quiz.id == "u01-quiz").set.questions:
        lms.player.answer(question, right_answer(question))
    lms.player.expect_saved("saved")
    saved = lms.leave()
    for name in NAMES:
        edition = editions[name]
        update = compare(first.snapshot, edition.snapshot)
        lms = Lms(watched, site, edition.package, saved, platform="strict")
        lms.player.ready()
        lms.player.go("u01-quiz")
        shown = {each["question"]: any(checked for _, checked, _ in each["inputs"]) for each in lms.player.shown()}
        said = {fate.part: fate.keeps == "all" for fate in update.fates if fate.activity == "u01-quiz"}
        assert {question: shown.get(question, False) for question in said} == said, name
        lms.leave()
