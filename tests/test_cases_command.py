"""``coursegen cases``: what it tells of a course with a case, without one, and with a broken one."""

from __future__ import annotations

from pathlib import Path

from cases import CASE, CASE_FILES
from click.testing import CliRunner
from samples import write_course

from coursegen.cli import main


def run(source: Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["cases", str(source)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_case_is_told(tmp_path: Path) -> None:
    status, out, err = run(write_course(tmp_path, CASE_FILES))
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "u03-case: The brakes pull",
        "  7 scenes, 9 choices, 19 states; every state leads to an ending",
        "  best score 5 points:",
        "    desk: ask (2) > workshop: look > bench: back > workshop: call > phone: plain (3) > done",
        "  worst score 1 point:",
        "    desk: replace > workshop: call > phone: guess (1) > lost",
        "  ending done (A customer who comes back), 4 decisions:",
        "    desk: ask (2) > workshop: look > bench: back > workshop: finish > done",
        "  ending lost (A customer in doubt), 3 decisions:",
        "    desk: ask (2) > workshop: call > phone: guess (1) > lost",
        "  ending away (A customer lost), 3 decisions:",
        "    desk: ask (2) > workshop: call > phone: hope > away",
    ]


def test_a_case_without_points(tmp_path: Path) -> None:
    text = "".join(line for line in CASE_FILES[CASE].splitlines(keepends=True) if "points:" not in line)
    status, out, _ = run(write_course(tmp_path, {**CASE_FILES, CASE: text}))
    assert status == 0
    assert out.splitlines()[2] == "  not scored"


def test_one_of_each_is_counted_as_one(tmp_path: Path) -> None:
    scenes = "[{id: desk, title: A, text: a, choices: [{id: go, text: Go, to: end}]}, {id: end, title: B, text: b, ending: C}]"
    _, out, _ = run(write_course(tmp_path, {**CASE_FILES, CASE: f"scenes: {scenes}\n"}))
    assert out.splitlines()[1] == "  2 scenes, 1 choice, 2 states; every state leads to an ending"


def test_a_course_without_a_case(tmp_path: Path) -> None:
    assert run(write_course(tmp_path)) == (0, "This course has no case study.\n", "")


def test_a_broken_case_is_told_as_findings(tmp_path: Path) -> None:
    broken = CASE_FILES[CASE].replace("to: bench", "to: banch")
    for text, code in ((broken, "C001"), ("scenes: [", "Y003"), ("", "S005")):
        status, out, err = run(write_course(tmp_path, {**CASE_FILES, CASE: text}))
        assert (status, out) == (1, "")
        assert f": {code} " in err
        assert "Traceback" not in err


def test_a_folder_that_is_no_course(tmp_path: Path) -> None:
    status, _, err = run(tmp_path)
    assert status == 1
    assert "L015" in err
