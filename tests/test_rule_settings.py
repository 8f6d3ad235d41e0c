"""``rules`` in course.yaml: what a finding counts in this course."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from samples import FILES, write_course

from coursegen.check import check_source
from coursegen.cli import main
from coursegen.finding import Finding

COURSE, PAGE, OTHER = "course.yaml", "01-brakes/pages/why.html", "01-brakes/pages/parts.html"
TO_DO = "<p>TODO: say more.</p>\n"


def found(folder: Path, settings: str, *, hints: bool = True) -> list[Finding]:
    """The findings about a course with two things to do (warnings T012), and settings."""
    changes = {name: FILES[name] + TO_DO for name in (PAGE, OTHER)}
    write_course(folder, {**changes, COURSE: f"{FILES[COURSE].rstrip()}\nrules:\n{settings}" if settings else FILES[COURSE]})
    return check_source(folder, hints=hints)[1]


def levels(findings: list[Finding]) -> list[tuple[str, str]]:
    """Of each finding the page and the severity."""
    return [(Path(each.place.file).name, each.severity) for each in findings if each.code == "T012"]


def setting(level: str, files: str = "", rule: str = "T012") -> str:
    """A setting as an author writes it."""
    return f"  - {{rule: {rule}, level: {level}{f', files: [{files}]' if files else ''}, reason: We know.}}\n"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", [("parts.html", "warning"), ("why.html", "warning")]),
        (setting("hint"), [("parts.html", "hint"), ("why.html", "hint")]),
        (setting("off"), []),
        (setting('"off"'), []),
        (setting("error", PAGE), [("parts.html", "warning"), ("why.html", "error")]),
        (setting("off", "01-brakes/pages/"), []),
        (setting("off", "01-brakes/page"), [("parts.html", "warning"), ("why.html", "warning")]),
        (setting("off") + setting("error", PAGE), [("why.html", "error")]),
    ],
)
def test_a_finding_counts_as_the_course_says(settings: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert levels(found(tmp_path, settings)) == expected


def test_hints_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    assert levels(found(tmp_path, setting("hint"), hints=False)) == []


def test_an_error_stays_an_error(tmp_path: Path) -> None:
    findings = found(tmp_path, setting("hint", rule="S001") + "unknown: 1\n")
    told = [each for each in findings if each.code in ("S001", "X001")]
    assert [(each.code, each.severity) for each in told] == [("X001", "error"), ("S001", "error")]
    assert told[0].place.line == 1 + FILES[COURSE].rstrip().count("\n") + 2


def test_a_rule_that_there_is_not(tmp_path: Path) -> None:
    findings = found(tmp_path, setting("off", rule="Q999"))
    assert [each.code for each in findings if each.code.startswith("X")] == ["X002"]


def test_a_setting_that_changes_nothing(tmp_path: Path) -> None:
    idle = [each for each in found(tmp_path, setting("off", "02-discs") + setting("off", PAGE)) if each.code == "X003"]
    assert len(idle) == 1
    assert idle[0].severity == "hint"
    assert idle[0].place.line == 1 + FILES[COURSE].rstrip().count("\n") + 2


def test_every_setting_has_a_reason(tmp_path: Path) -> None:
    findings = found(tmp_path, "  - {rule: T012, level: off}\n")
    assert [each.severity for each in findings if "reason" in each.message] == ["error"]


def test_a_raised_warning_stops_a_build(tmp_path: Path) -> None:
    found(tmp_path / "course", setting("error"))
    result = CliRunner().invoke(main, ["build", str(tmp_path / "course"), "-f", "scorm12", "-o", str(tmp_path / "dist")])
    assert result.exit_code == 1
    assert "T012" in result.output
    assert not list((tmp_path / "dist").glob("*.zip"))
