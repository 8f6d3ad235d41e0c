"""Gives findings the weight that the course gives them, under ``rules`` in course.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ..finding import RULES, Finding, fault
from ..model import Course, Place, RuleSetting


@fault("X003", "hint")
def idle_setting(_place: Place, code: str) -> tuple[str, str]:
    """A setting of a rule changes no finding.

    What it was made for may have been mended, or its files may have been renamed. A setting that stays silences the next finding unseen.

    Wrong: ``rules: [{rule: Q008, level: "off", files: [01-gone], reason: The pictures come later}]``
    Right: no setting.
    """
    return f"this setting of {code} changes nothing that is found", "take it away, or name the files where the finding is now"


def wanted(course: Course) -> frozenset[str]:
    """The rules that count more than a hint in this course, though they are hints: they are looked for in any case."""
    return frozenset(each.rule for each in course.rules if each.level in ("warning", "error"))


def applied(course: Course, findings: Iterable[Finding], *, hints: bool) -> Iterator[Finding]:
    """The findings as the course weighs them. An error stays one (rule X001 says so). Hints that nobody asked for are left out."""
    folder = PurePosixPath(course.place.file).parent
    used: set[int] = set()
    for finding in findings:
        of_file = [number for number, each in enumerate(course.rules) if each.rule == finding.code and _covers(each, folder, finding)]
        used.update(of_file)
        level = course.rules[of_file[-1]].level if of_file and finding.severity != "error" else finding.severity
        if level != "off" and (hints or level != "hint"):
            yield finding._replace(severity=level)
    if hints:
        for number, each in enumerate(course.rules):
            if number not in used and each.rule in RULES:
                yield idle_setting(each.place, each.rule)


def _covers(setting: RuleSetting, folder: PurePosixPath, finding: Finding) -> bool:
    """Whether a finding stands in one of the setting's files, or below one of its folders."""
    file = PurePosixPath(finding.place.file)
    places = [folder / each.removesuffix("/") for each in setting.files]
    return not places or any(file == each or each in file.parents for each in places)
