"""The command line: what it prints, and its exit status."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from kinds import KIND_FILES, QUIZ
from lxml import html
from packages import course
from samples import write_course

from coursegen import report
from coursegen.build import SUMS
from coursegen.check import all_rules
from coursegen.cli import COMMANDS, main
from coursegen.fidelity import FEATURES
from coursegen.writers import FORMATS


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
    table, told = (part.splitlines() for part in out.split("\n\n"))
    assert table[0].split() == ["file", "format", "language", "units", "questions", "size"]
    sizes = {path.name: path.stat().st_size for path in (here / "dist").iterdir()}
    assert {line.split()[0] for line in table[1:]} == sizes.keys() - {SUMS, *report.FILES}
    for line in table[1:]:
        assert line.endswith(f" {sizes[line.split()[0]] / 1000:.0f} kB")
    wanted = course(here / "modules").packages
    assert [line.split(":")[0] for line in told] == [name for name in FORMATS if name in wanted]
    for line in told:
        assert re.fullmatch(r"[a-z0-9-]+: (everything kept|([0-9]+ changed)?(, )?([0-9]+ dropped)?)", line)


def test_the_report_counts_what_the_build_counts(here: Path) -> None:
    write_course(here / "modules", KIND_FILES)
    status, out, _ = run("build", *(f"--format={name}" for name in FORMATS))
    assert status == 0
    found = json.loads((here / "dist" / "report.json").read_text("utf-8"))
    Draft202012Validator(report.SCHEMA).validate(found)
    assert [entry["format"] for entry in found["formats"]] == list(FORMATS)
    for entry in found["formats"]:
        cases = [case for case in found["cases"] if case["format"] == entry["format"]]
        counted = report.Count(*(sum(case["how"] == how for case in cases) for how in ("changed", "dropped")))
        assert counted == (entry["changed"], entry["dropped"])
        assert f"\n{entry['format']}: {counted}\n" in out
    assert [case["format"] for case in found["cases"]] == sorted((case["format"] for case in found["cases"]), key=list(FORMATS).index)


def test_every_case_of_the_report_leads_to_its_place(here: Path) -> None:
    write_course(here / "modules", KIND_FILES)
    assert run("build", "-f", "gift", "-f", "cartridge-11")[0] == 0
    cases = json.loads((here / "dist" / "report.json").read_text("utf-8"))["cases"]
    lines = {case["file"]: (here / "modules" / case["file"]).read_text("utf-8").splitlines() for case in cases}
    hints = [case for case in cases if case["feature"] == "hints"]
    assert hints
    for case in cases:
        assert 1 <= case["line"] <= len(lines[case["file"]])
    for case in hints:
        assert lines[case["file"]][case["line"] - 1][case["column"] - 1 :].startswith("hints:")


def test_the_report_is_the_same_wherever_the_course_lies(here: Path) -> None:
    write_course(here / "modules", KIND_FILES)
    write_course(here / "else" / "where", KIND_FILES)
    assert run("build", "-f", "gift", "-f", "scorm12-unit")[0] == 0
    assert run("build", str(here / "else" / "where"), "-o", "other", "-f", "gift", "-f", "scorm12-unit")[0] == 0
    for name in report.FILES:
        text = (here / "dist" / name).read_text("utf-8")
        assert text == (here / "other" / name).read_text("utf-8")
        assert str(here) not in text


def test_the_page_of_the_report(here: Path) -> None:
    write_course(here / "modules", KIND_FILES)
    assert run("build", *(f"--format={name}" for name in FORMATS))[0] == 0
    page = (here / "dist" / "report.html").read_text("utf-8")
    root = html.fromstring(page)
    assert root.xpath("//script | //link | //*[@src] | //a[not(starts-with(@href, '#'))]") == []
    assert {name[1:] for name in root.xpath("//a/@href")} <= set(root.xpath("//@id"))
    assert root.xpath("//table")[0].xpath("tbody/tr/th/descendant::text()") == list(FORMATS)
    cases = json.loads((here / "dist" / "report.json").read_text("utf-8"))["cases"]
    places = {f"{case['file']}:{case['line']}:{case['column']}" for case in cases}
    assert set(root.xpath("//li/code/text()")) == places
    told = {words.strip() for words in root.xpath("//table//th[@scope='row']/text()")}
    assert set(FEATURES) <= told


def test_strict_builds_nothing_that_loses_something(here: Path) -> None:
    write_course(here / "modules", KIND_FILES)
    status, out, err = run("build", "--strict", "-f", "gift")
    assert (status, out) == (1, "")
    assert not (here / "dist").exists()
    assert "Nothing was built." in err
    case = next(
        line for line in err.splitlines() if line.endswith(': F001 "q-limit": gift drops help on request: GIFT has no place for it')
    )
    assert re.match(rf"modules/{QUIZ}:[0-9]+:5: ", case)
    assert "add hints to accept in course.yaml, or leave the format out of packages" in err


def test_strict_takes_what_the_course_accepts(here: Path) -> None:
    write_course(here / "modules", KIND_FILES)
    status, _, _ = run("build", "-f", "gift")
    assert status == 0
    cases = json.loads((here / "dist" / "report.json").read_text("utf-8"))["cases"]
    names = sorted({case["feature"] for case in cases if case["how"] == "dropped"})
    assert len(names) > 3
    head = KIND_FILES["course.yaml"]
    write_course(here / "modules", {**KIND_FILES, "course.yaml": f"accept: [{', '.join(names[1:])}]\n{head}"})
    status, _, err = run("build", "--strict", "-f", "gift", "-o", "out")
    assert status == 1
    assert set(re.findall("add ([a-z-]+) to accept", err)) == {names[0]}
    write_course(here / "modules", {**KIND_FILES, "course.yaml": f"accept: [{', '.join(names)}]\n{head}"})
    assert run("build", "--strict", "-f", "gift", "-o", "out")[0] == 0
    cases = json.loads((here / "out" / "report.json").read_text("utf-8"))["cases"]
    assert {case["accepted"] for case in cases if case["how"] == "dropped"} == {True}
    assert {case["accepted"] for case in cases if case["how"] == "changed"} == {False}


def test_one_finding_for_formats_that_drop_something_alike(here: Path) -> None:
    write_course(here / "modules", KIND_FILES)
    _, _, err = run("build", "--strict", "-f", "scorm12", "-f", "scorm2004", "-f", "scorm12-unit")
    found = [line for line in err.splitlines() if ": F001 " in line]
    assert found
    assert all("scorm12-unit, scorm12 and scorm2004 drop " in line for line in found)
    assert len(found) == len(set(found))


def test_formats_are_told() -> None:
    status, out, _ = run("formats")
    assert status == 0
    for feature, words in FEATURES.items():
        assert re.search(rf"^{feature} .*{re.escape(words)}$", out, re.MULTILINE)
    for name, each in FORMATS.items():
        status, told, _ = run("formats", name)
        assert status == 0
        assert set(re.findall(r"^  ([a-z-]+) +(?:kept|changed|replaced|dropped) ", told, re.MULTILINE)) == set(each.carries)
        assert all(found.reason in told for found in each.carries.values())
    assert "ordering            replaced" in run("formats", "moodle-xml")[1]
    assert "ordering            kept" in run("formats", "moodle-xml", "--moodle", "4.4")[1]


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
