"""coursegen in a program: the same findings and the same bytes as from the command line, and nothing half-done."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from packages import REPOSITORY
from samples import write_course

from coursegen.build import SUMS, build
from coursegen.check import check_source
from coursegen.library import CourseError, check, read, write
from coursegen.report import FILES
from coursegen.writers import FORMATS


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_course(tmp_path / "my-course")
    return tmp_path / "my-course"


def test_same_bytes_as_build(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "dist", tuple(FORMATS))
    course = read(source)
    made = [path for name in FORMATS for path in write(course, name, tmp_path / "packages")]
    assert sorted(path.name for path in made) == sorted({path.name for path in (tmp_path / "dist").iterdir()} - {*FILES, SUMS})
    assert sorted(made) == sorted((tmp_path / "packages").iterdir())
    assert all(path.read_bytes() == (tmp_path / "dist" / path.name).read_bytes() for path in made)


def test_same_findings_as_check(source: Path) -> None:
    page = next(source.rglob("*.html"))
    page.write_text(page.read_text("utf-8") + '<p><img src="nowhere.svg"></p>\n', "utf-8")
    found = check(read(source))
    assert found == check_source(source)[1]
    assert any(finding.severity == "error" for finding in found)


def test_a_course_with_an_error_is_not_written(source: Path, tmp_path: Path) -> None:
    page = next(source.rglob("*.html"))
    page.write_text('<p><img src="nowhere.svg"></p>\n', "utf-8")
    with pytest.raises(CourseError, match=r"nowhere\.svg") as refused:
        write(read(source), "scorm12", tmp_path / "packages")
    assert {finding.severity for finding in refused.value.findings} == {"error"}
    assert not (tmp_path / "packages").exists()


def test_a_folder_without_a_course(tmp_path: Path) -> None:
    empty = read(tmp_path)
    assert empty.course is None
    assert [finding.place.line for finding in check(empty)] == [0]
    with pytest.raises(CourseError, match=r"course\.yaml"):
        write(empty, "scorm12", tmp_path / "packages")


def test_a_template_that_fails(source: Path, tmp_path: Path) -> None:
    own = source / "templates" / "activity"
    own.mkdir(parents=True)
    (own / "page.html").write_text("{{ nobody.knows() }}", "utf-8")
    with pytest.raises(CourseError, match=r"page\.html"):
        write(read(source), "scorm12", tmp_path / "packages")
    assert list((tmp_path / "packages").iterdir()) == []


def test_no_such_format(source: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="scorm2004"):
        write(read(source), "scorm13", tmp_path / "packages")


def test_a_changed_course(source: Path, tmp_path: Path) -> None:
    before = read(source)
    assert before.course is not None
    changed = before._replace(course=replace(before.course, title="Another title"))
    [package] = write(changed, "scorm12", tmp_path / "packages")
    [same] = write(before, "scorm12", tmp_path / "before")
    assert package.name == same.name
    assert package.read_bytes() != same.read_bytes()


def test_the_page_that_teaches_it(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What ``docs/how-to/library.md`` says runs, one block after the other."""
    monkeypatch.chdir(tmp_path)
    text = (REPOSITORY / "docs/how-to/library.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 3
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    assert len(list((tmp_path / "packages").glob("*-scorm12.zip"))) == 1
    assert "-scorm12.zip" in capsys.readouterr().out
