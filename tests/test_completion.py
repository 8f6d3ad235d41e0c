"""Completion: what the shells are given, and what is offered when an author presses Tab."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from samples import write_course

from coursegen.check import all_rules
from coursegen.cli import COMMANDS, main
from coursegen.cli.completion import SHELLS
from coursegen.scaffold import new_course
from coursegen.writers import FORMATS


def offered(*arguments: str) -> dict[str, str | None]:
    """What is offered for the last of the words, with its explanation."""
    *before, begun = arguments
    found = ShellComplete(main, {}, "coursegen", "_COURSEGEN_COMPLETE").get_completions(before, begun)
    return {item.value: item.help for item in found}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert f"_COURSEGEN_COMPLETE={shell}_complete" in result.stdout
    assert result.stderr == ""


def test_another_shell() -> None:
    assert CliRunner().invoke(main, ["completion", "tcsh"]).exit_code == 2


def test_commands_and_their_words(here: Path) -> None:
    assert offered("").keys() == COMMANDS.keys()
    assert offered("ch") == {"check": "Report everything that is wrong with a course."}
    assert offered("new", "").keys() >= {"unit", "page", "quiz", "case"}


def test_formats(here: Path) -> None:
    assert offered("build", "--format", "").keys() == FORMATS.keys()
    assert offered("formats", "gi").keys() == {"gift"}


def test_rules(here: Path) -> None:
    assert offered("rules", "a00").keys() == {rule.code for rule in all_rules() if rule.code.startswith("A00")}
    assert offered("rules", "A001") == {"A001": "picture-without-alternative"}


def test_units(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_course("brakes")
    write_course(here / "other")
    assert offered("new", "page", "--course", "brakes", "--in", "") == {"u01": "Look at a brake", "u02": "Test a brake and decide"}
    monkeypatch.chdir(here / "brakes" / "01-look")
    assert offered("new", "page", "Pads", "--in", "u02").keys() == {"u02"}


def test_units_of_a_course_that_is_broken(here: Path) -> None:
    new_course("brakes")
    (here / "brakes" / "01-look" / "unit.yaml").write_bytes(b"\xff\xfe\x00")
    (here / "brakes" / "course.yaml").write_text("id: [", "utf-8")
    assert offered("new", "page", "--course", "brakes", "--in", "").keys() == {"u02"}


@pytest.mark.parametrize("arguments", [("new", "page", "--in", ""), ("build", "--format", "scorm12-"), ("check", "--format", "js")])
def test_no_course_is_no_fault(here: Path, arguments: tuple[str, ...]) -> None:
    assert offered(*arguments).keys() == {("new"): set(), "build": {"scorm12-unit"}, "check": {"json"}}[arguments[0]]


def test_in_a_shell(here: Path) -> None:
    """The script that bash is given, run by bash."""
    script = CliRunner().invoke(main, ["completion", "bash"]).stdout
    program = here / "bin" / "coursegen"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m coursegen "$@"\n', "utf-8")
    program.chmod(0o755)
    typed = 'COMP_WORDS=(coursegen formats scorm2004); COMP_CWORD=2; _coursegen_completion coursegen; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        ["bash", "-c", f"{script}\n{typed}"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.stdout.split() == ["scorm2004-unit", "scorm2004"]
