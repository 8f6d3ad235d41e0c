"""Looks through a course for what an author should mend. ``survey`` lays the course out; ``rules`` are grouped by subject."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..finding import RULES, Finding, Rule

if TYPE_CHECKING:
    from ..memo import Memo
    from ..model import Course, PackageName

SUBJECTS = tuple(
    (
        "ids links glossary html access questions typed arranged clozes twins quizzes banks cases grids rubrics surveys repositories "
        "teaching units targets pictures theme tracking formats unfinished settings"
    ).split()
)
"""The modules in ``rules``. A new file of rules is one name here."""


def all_rules() -> list[Rule]:
    """Every rule there is, faults of the readers included, by code."""
    from ..readers.source import faults  # noqa: F401 - registers its rules
    from ..render import faults as template_faults  # noqa: F401 - the same
    from . import settings  # noqa: F401 - the same

    _load()
    return sorted(RULES.values())


def check(course: Course, found: Iterable[Finding] = (), *, hints: bool = False) -> list[Finding]:
    """All findings about a course, sorted by place: what the reader ``found``, and what the rules find; hints only where wanted.

    Rules that count or compare over the whole course are left out when the reader found an error, since they would speak of a
    course that is not the author's.
    """
    from .settings import applied, wanted
    from .survey import Survey

    _load()
    raised = wanted(course)
    findings = list(found)
    survey = Survey(course, findings)
    for rule in list(RULES.values()):
        if rule.check is not None and not (rule.whole and survey.broken) and (hints or rule.severity != "hint" or rule.code in raised):
            findings.extend(rule.check(survey))
    return sorted(set(applied(course, findings, hints=hints)))


def check_source(
    root: str | os.PathLike[str], packages: tuple[PackageName, ...] = (), *, hints: bool = False, memo: Memo | None = None
) -> tuple[Course | None, list[Finding]]:
    """Read a course folder and check it: the course (None if it cannot be read at all) and all findings.

    ``packages`` are wanted in place of those that the course asks for, if any are given. ``hints`` and ``memo`` are those of
    :func:`check` and of the reader.
    """
    from ..readers.source import read

    course, found = read(root, memo)
    if course is not None and packages:
        course = replace(course, packages=packages)
    return course, check(course, found, hints=hints) if course is not None else sorted(set(found))


def _load() -> None:
    for subject in SUBJECTS:
        importlib.import_module(f"{__name__}.rules.{subject}")
