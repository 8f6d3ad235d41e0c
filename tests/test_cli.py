"""The command line: what it prints, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from samples import write_course

from coursegen.check import all_rules
from coursegen.cli import COMMANDS, main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_clean_course(here: Path) -> None:
    write_course(here / "modules")
    status, out, err = run("check")
    assert (status, out) == (0, "")
    assert "nothing to mend" in err


def test_findings_as_text(here: Path) -> None:
    write_course(here / "modules", {"01-brakes/pages/why.html": '<p>Über\n  <img src="../media/nothing.svg"></p>'})
    status, out, _ = run("check", "modules")
    assert status == 1
    lines = out.splitlines()
    assert lines[0].startswith("modules/01-brakes/pages/why.html:2:3: A001 ")
    assert lines[1] == '     2 |   <img src="../media/nothing.svg"></p>'
    assert lines[2] == "       |   ^"
    assert lines[3].startswith('       = add alt="…"')
    assert any(line.startswith("modules/01-brakes/pages/why.html:2:3: L001 ") for line in lines)


def test_a_long_line_is_cut_around_the_place(here: Path) -> None:
    page = "<p>" + "word " * 400 + '<a href="nowhere.html">the next one</a>' + " word" * 400 + "</p>"
    write_course(here / "modules", {"01-brakes/pages/why.html": page})
    _, out, _ = run("check")
    found = next(index for index, line in enumerate(out.splitlines()) if ": L001 " in line)
    shown, caret = out.splitlines()[found + 1 : found + 3]
    assert len(shown) < 130
    assert shown[caret.index("^") :].startswith('<a href="nowhere.html">')


def test_findings_as_json(here: Path) -> None:
    write_course(here / "modules", {"01-brakes/pages/why.html": '<p>x <a href="nowhere.html">the next one</a></p>'})
    status, out, _ = run("check", "--format", "json")
    assert status == 1
    found = json.loads(out)
    assert {"file": "modules/01-brakes/pages/why.html", "line": 1, "column": 6, "code": "L001", "severity": "error"}.items() <= found[
        0
    ].items()
    assert found[0]["message"]
    assert found[0]["mend"]


def test_findings_as_annotations(here: Path) -> None:
    write_course(here / "modules", {"01-brakes/pages/why.html": '<p>x <a href="nowhere%.html">100 % of it</a></p>'})
    status, out, _ = run("check", "--format", "github")
    assert status == 1
    first = out.splitlines()[0]
    assert first.startswith("::error file=modules/01-brakes/pages/why.html,line=1,col=6,title=L001::")
    assert "nowhere%25.html" in first


def test_findings_are_sorted(here: Path) -> None:
    write_course(here / "modules", {"01-brakes/pages/why.html": "<p>x</i></p>\n\n<h4>y</h4><script></script>", "course.yaml": "id: X\n"})
    _, out, _ = run("check", "--format", "json")
    places = [(entry["file"], entry["line"], entry["column"]) for entry in json.loads(out)]
    assert len(places) > 3
    assert places == sorted(places)


def test_wrong_usage(here: Path) -> None:
    assert run("check", "nowhere")[0] == 2
    assert run("check", "--format", "xml")[0] == 2
    assert run("rules", "X999")[0] == 2
    assert run("schema")[0] == 2
    assert run("bake")[0] == 2


def test_a_folder_without_a_course(here: Path) -> None:
    (here / "modules").mkdir()
    status, out, _ = run("check")
    assert status == 1
    assert "course.yaml" in out


def test_build_ends_with_a_table(here: Path) -> None:
    write_course(here / "modules")
    status, out, _ = run("build")
    assert status == 0
    lines = out.splitlines()
    assert lines[0].split() == ["file", "format", "language", "units", "questions", "size"]
    assert len(lines) == 6
    sizes = {path.name: path.stat().st_size for path in (here / "dist").iterdir()}
    for line in lines[1:]:
        assert line.endswith(f" {sizes[line.split()[0]] / 1000:.0f} kB")


def test_build_with_an_error(here: Path) -> None:
    write_course(here / "modules", {"01-brakes/pages/why.html": '<p><img src="../media/disc.svg"></p>'})
    status, out, err = run("build")
    assert (status, out) == (1, "")
    assert "A001" in err
    assert "Nothing was built." in err
    assert not (here / "dist").exists()


def test_build_where_it_may_not_write(here: Path) -> None:
    write_course(here / "modules")
    (here / "dist").write_text("a file")
    status, _, err = run("build")
    assert status != 0
    assert "Traceback" not in err
    assert "dist" in err


def test_every_rule_is_documented() -> None:
    status, out, _ = run("rules")
    assert status == 0
    codes = [rule.code for rule in all_rules()]
    assert [line.split()[0] for line in out.splitlines()] == codes
    assert len(codes) > 60
    for code in codes:
        status, out, _ = run("rules", code.lower())
        assert status == 0
        assert out.startswith(code)
        assert "\nWrong: " in out
        assert "\nRight: " in out


def test_help_names_every_command() -> None:
    status, out, _ = run("--help")
    assert status == 0
    for name, words in COMMANDS.items():
        assert name in out
        assert words.split(".")[0] in out
        status, out_one, _ = run(name, "--help")
        assert status == 0
        assert f"coursegen {name}" in out_one


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "coursegen", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("coursegen, version ")
