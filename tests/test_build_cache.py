"""A build that uses what earlier ones left makes the same packages, byte for byte; whatever was edited, damaged or lost in between."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import write_course
from test_memo import MORE

from coursegen import build as building
from coursegen.build import SUMS, Built, UnitError, build
from coursegen.cache import inputs
from coursegen.cache.inputs import Digests
from coursegen.cache.store import Store, usual
from coursegen.cli import main
from coursegen.workers import Crew

FORMATS = ("scorm12-unit", "scorm2004-unit", "scorm12", "cartridge", "moodle-backup", "moodle-imports", "gift")
PAGES = ("01-brakes/pages/why.html", "01-brakes/pages/parts.html", "01-brakes/pages/tutor.html", "02-discs/pages/wear.html")
COURSE = {**MORE, "01-brakes/media/film.mp4": None}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def seen(built: Built) -> tuple[Any, ...]:
    return built.packages, built.findings, built.losses, built.left_out


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the packages that are written."""
    made: list[str] = []
    put = building.put

    def counting(*rest: Any) -> Any:
        made.append(rest[4].name)
        return put(*rest)

    monkeypatch.setattr(building, "put", counting)
    return made


def _insert(text: str) -> Callable[[str], str]:
    return lambda old: old + text


edits = st.one_of(
    st.tuples(
        st.sampled_from(PAGES),
        st.sampled_from(
            [
                _insert("<p>One more.</p>\n"),
                _insert('<p>See <a href="../../02-discs/pages/wear.html">wear</a>.</p>\n'),
                _insert('<p>A <a href="../../glossary.yaml#pad">pad</a>.</p>\n'),
                _insert('<p><img src="../../01-brakes/media/disc.svg" alt="A disc."></p>\n'),
                lambda old: old.replace("<p>", "<p>Now ", 1),
                lambda old: "<p>All new.</p>\n",
                lambda old: old + "<p>Not closed.",
            ]
        ),
    ),
    st.tuples(st.just("01-brakes/media/disc.svg"), st.just(lambda old: old.replace("Disc", "A disc"))),
    st.tuples(st.just("01-brakes/files/measurements.csv"), st.just(_insert("pad,1\n"))),
    st.tuples(st.just("02-discs/quiz.yaml"), st.just(lambda old: old.replace("What wears", "Say what wears"))),
    st.tuples(st.just("02-discs/unit.yaml"), st.just(lambda old: old.replace("title: Wear\n", "title: Wear and more\n"))),
    st.tuples(st.just("glossary.yaml"), st.just(lambda old: old.replace("It presses.", "It grips."))),
    st.tuples(st.just("course.yaml"), st.just(lambda old: old.replace("version: 1.10", "version: 1.11"))),
    st.tuples(st.just("templates/activity/discussion.html"), st.just(_insert("<p>{{ activity.title }}</p>"))),
    st.tuples(st.just("templates/messages/en.json"), st.just(lambda old: '{"menu": "All"}' if not old else '{"menu": "Parts"}')),
    st.tuples(st.just("01-brakes/pages/unlisted.html"), st.just(_insert("<p>Nobody lists this.</p>\n"))),
)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.one_of(edits, st.just(None)), min_size=2, max_size=5), st.sampled_from([1, 2]))
def test_any_series_of_edits_is_built_as_if_for_the_first_time(series: list[Any], jobs: int) -> None:
    """None is to take everything back."""
    with tempfile.TemporaryDirectory() as name:
        source, cache, one, two = (Path(name) / each for each in ("source", "cache", "one", "two"))
        write_course(source, COURSE)
        for edit in (("course.yaml", str), *series):
            if edit is None:
                write_course(source, COURSE)
            else:
                path = source / edit[0]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(edit[1](path.read_text("utf-8") if path.exists() else ""), "utf-8")
            again = build(source, one, FORMATS, cache=cache, jobs=jobs)
            assert seen(again) == seen(build(source, two, FORMATS))
            if not again.failed:
                assert files(one) == files(two)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_course(tmp_path / "source", COURSE)


def test_nothing_is_read_where_nothing_changed(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(source, tmp_path / "dist", FORMATS, cache=tmp_path / "cache")
    before = files(tmp_path / "dist")
    monkeypatch.setattr(building, "read", None)
    monkeypatch.setattr(building, "put", None)
    assert seen(build(source, tmp_path / "dist", FORMATS, cache=tmp_path / "cache")) == seen(first)
    (tmp_path / "dist" / "sample-en.imscc").unlink()
    (tmp_path / "dist" / "sample-en.mbz").write_bytes(b"damaged")
    (tmp_path / "dist" / SUMS).unlink()
    build(source, tmp_path / "dist", FORMATS, cache=tmp_path / "cache")
    assert files(tmp_path / "dist") == before
    build(source, tmp_path / "elsewhere", FORMATS, cache=tmp_path / "cache")
    assert files(tmp_path / "elsewhere") == before


def test_an_edited_page_makes_the_packages_anew_that_show_it(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(source, tmp_path / "dist", FORMATS, cache=tmp_path / "cache")
    made = counted(monkeypatch)
    page = source / "02-discs/pages/wear.html"
    page.write_text(page.read_text("utf-8") + "<p>More.</p>\n", "utf-8")
    build(source, tmp_path / "dist", FORMATS, cache=tmp_path / "cache")
    assert sorted(made) == sorted(
        ["sample-en-u02-scorm12.zip", "sample-en-u02-scorm2004.zip", "sample-en-scorm12.zip", "sample-en.mbz", "sample-en.imscc"]
    )


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:40] + b"?" + data[41:]])
def test_a_damaged_cache_is_none(source: Path, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    build(source, tmp_path / "dist", FORMATS, cache=tmp_path / "cache")
    before = files(tmp_path / "dist")
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(damage(path.read_bytes()))
    (tmp_path / "dist" / "sample-en.mbz").unlink()
    build(source, tmp_path / "dist", FORMATS, cache=tmp_path / "cache")
    assert files(tmp_path / "dist") == before


def test_a_cache_that_cannot_be_is_none(source: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    assert build(source, tmp_path / "dist", ("gift",), cache=tmp_path / "cache").packages


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has other rights")
def test_a_cache_that_others_can_write_to_is_not_used(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(source, tmp_path / "dist", ("gift",), cache=tmp_path / "cache")
    (tmp_path / "cache" / "1").chmod(0o777)
    made = counted(monkeypatch)
    build(source, tmp_path / "dist", ("gift",), cache=tmp_path / "cache")
    assert made


def test_films_are_not_kept_twice(source: Path, tmp_path: Path) -> None:
    (source / "01-brakes/media/film.mp4").write_bytes(os.urandom(3_000_000))
    (source / "01-brakes/media/film.vtt").write_text("WEBVTT\n", "utf-8")
    page = source / PAGES[0]
    film = '<video controls src="../media/film.mp4"><track kind="captions" srclang="en" src="../media/film.vtt"></video>'
    page.write_text(page.read_text("utf-8") + film, "utf-8")
    formats = ("scorm12", "cartridge", "moodle-backup")
    build(source, tmp_path / "dist", formats, cache=tmp_path / "cache")
    before = files(tmp_path / "dist")
    assert sum(path.stat().st_size for path in (tmp_path / "cache").rglob("*")) < 1_500_000 < len(before["sample-en.mbz"])
    for path in (tmp_path / "dist").iterdir():
        path.unlink()
    build(source, tmp_path / "dist", formats, cache=tmp_path / "cache")
    assert files(tmp_path / "dist") == before


def test_what_was_written_to_during_a_build_is_not_kept(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = source / PAGES[0]
    old = page.read_text("utf-8")
    put = building.put

    def late(*rest: Any) -> Any:
        page.write_text(old + "<p>Late.</p>\n", "utf-8")
        return put(*rest)

    page.write_text(old + "<p>Soon.</p>\n", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(building, "put", late)
        build(source, tmp_path / "dist", ("scorm12",), cache=tmp_path / "cache")
    page.write_text(old + "<p>Soon.</p>\n", "utf-8")
    made = counted(monkeypatch)
    build(source, tmp_path / "dist", ("scorm12",), cache=tmp_path / "cache")
    assert made


def test_a_write_in_the_same_tick_is_seen(tmp_path: Path) -> None:
    """The clock of the disk stood still between two writes of the same size."""
    (tmp_path / "page.html").write_text("one", "utf-8")
    before = inputs.tree(tmp_path, tmp_path / "dist", Digests(None, ""))
    assert inputs.unchanged(before, tmp_path, tmp_path / "dist")
    (tmp_path / "page.html").write_text("two", "utf-8")
    before.stamps["page.html"] = inputs.Stamp.of((tmp_path / "page.html").stat())
    assert not inputs.unchanged(before, tmp_path, tmp_path / "dist")


@pytest.mark.parametrize("what", ["version", "date", "formats", "strict"])
def test_everything_that_a_package_depends_on_is_looked_at(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    build(source, tmp_path / "dist", ("gift",), cache=tmp_path / "cache")
    made = counted(monkeypatch)
    if what == "version":
        monkeypatch.setattr(inputs, "tool", lambda *rest: "another")
    elif what == "date":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    formats = ("gift", "moodle-xml") if what == "formats" else ("gift",)
    build(source, tmp_path / "dist", formats, cache=tmp_path / "cache", strict=what == "strict")
    assert "sample-en-questions.gift" in made or what == "strict"


def test_the_tool_is_its_code_and_its_templates(tmp_path: Path) -> None:
    def tool() -> str:
        return inputs.tool(Digests(None, ""), tmp_path)

    before = tool()
    (tmp_path / "page.html").write_text("<p>", "utf-8")
    assert tool() != before
    assert tool() == tool()


@pytest.mark.skipif(os.name == "nt", reason="there every file is hashed every time")
def test_a_write_that_hides_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same size, and the time of the last write set back: the system has noted the change all the same."""
    monkeypatch.setattr(inputs, "_RACY", -(10**18))  # no need to wait: every stamp is old enough
    store, path = Store(tmp_path / "cache"), tmp_path / "film.mp4"
    path.write_bytes(b"one")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    first = Digests(store, "x")
    digest = first.of(str(path))
    first.keep()
    monkeypatch.setattr(inputs.hashlib, "file_digest", None)  # type: ignore[attr-defined]
    assert Digests(store, "x").of(str(path)) == digest
    monkeypatch.undo()
    path.write_bytes(b"two")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert Digests(store, "x").of(str(path)) != digest


def test_a_file_of_a_moment_ago_is_hashed_again(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "cache"), tmp_path / "page.html"
    path.write_bytes(b"one")
    first = Digests(store, "x")
    first.of(str(path))
    first.keep()
    assert str(path) not in Digests(store, "x")._known


def test_the_least_used_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(10):
        store.put(f"{number:064}", bytes(1000))
    for number in range(10):
        os.utime(next(tmp_path.rglob(f"*{number:062}")), (number, number))
    assert store.get(f"{0:064}") is not None  # used now
    store.trim(5000)
    assert [number for number in range(10) if store.get(f"{number:064}") is not None] == [0, 8, 9]


def test_a_course_with_its_packages_in_it(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual way: in the folder of the course, into its ``dist``."""
    monkeypatch.chdir(source)
    build("", "dist", ("gift",), cache=tmp_path / "cache")
    made = counted(monkeypatch)
    build("", "dist", ("gift",), cache=tmp_path / "cache")
    assert not made


def test_a_course_with_a_link_to_a_folder_is_not_kept(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shared").mkdir()
    try:
        (source / "templates").symlink_to(tmp_path / "shared", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    build(source, tmp_path / "dist", ("gift",), cache=tmp_path / "cache")
    made = counted(monkeypatch)
    build(source, tmp_path / "dist", ("gift",), cache=tmp_path / "cache")
    assert made


def test_two_builds_at_once(source: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "coursegen",
        "build",
        str(source),
        "--cache",
        str(tmp_path / "cache"),
        *("-f", "scorm12", "-f", "gift"),
    ]
    runs = [subprocess.Popen([*command, "-o", str(tmp_path / name)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for name in "ab"]
    assert [run.wait(60) for run in runs] == [0, 0]
    build(source, tmp_path / "c", ("scorm12", "gift"))
    assert files(tmp_path / "a") == files(tmp_path / "b") == files(tmp_path / "c")


def test_any_number_of_processes_makes_the_same(source: Path, tmp_path: Path) -> None:
    results = {jobs: seen(build(source, tmp_path / str(jobs), FORMATS, jobs=jobs)) for jobs in (1, 2, 5)}
    assert results[1] == results[2] == results[5]
    assert files(tmp_path / "1") == files(tmp_path / "2") == files(tmp_path / "5")


def test_an_error_leaves_no_folder(source: Path, tmp_path: Path) -> None:
    """Several processes begin while the course is still checked; what they made goes again."""
    unit = source / "01-brakes/unit.yaml"
    unit.write_text(unit.read_text("utf-8").replace("id: u01-why", "id: u01-talk"), "utf-8")
    assert build(source, tmp_path / "new" / "dist", FORMATS, jobs=3).failed
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("path", ["templates/messages/en.json", "templates/activity/discussion.html"])
def test_a_wrong_template_is_the_same_finding_with_many_processes(source: Path, tmp_path: Path, path: str) -> None:
    (source / path).parent.mkdir(parents=True)
    (source / path).write_text("{% if %}", "utf-8")
    one, many = (build(source, tmp_path / "dist", FORMATS, jobs=jobs, cache=tmp_path / "cache") for jobs in (1, 3))
    assert [finding.code for finding in one.findings] == ["L013"]
    assert seen(one) == seen(many)


def test_what_a_helper_cannot_do_is_done_again_in_order(tmp_path: Path) -> None:
    here = os.getpid()

    def task(number: int) -> int:
        if os.getpid() != here:
            os._exit(3)
        return number

    with Crew([lambda each=each: task(each) for each in range(9)], 3) as crew:  # type: ignore[misc]
        assert crew.results() == list(range(9))

    def fail(number: int) -> int:
        raise ValueError(number)

    with Crew([lambda each=each: fail(each) for each in range(9)], 3) as crew, pytest.raises(ValueError, match=r"^0$"):  # type: ignore[misc]
        crew.results()


def test_units_alone(source: Path, tmp_path: Path) -> None:
    built = build(source, tmp_path / "dist", FORMATS, units=("u02",))
    assert [package.name for package in built.packages] == ["sample-en-u02-scorm12.zip", "sample-en-u02-scorm2004.zip"]
    assert built.left_out == ("scorm12", "moodle-backup", "moodle-imports", "cartridge", "gift")
    whole = build(source, tmp_path / "whole", FORMATS)
    assert set(built.packages) <= set(whole.packages)
    with pytest.raises(UnitError, match="there is no unit u03; there are u01, u02"):
        build(source, tmp_path / "dist", FORMATS, units=("u03",))


def test_the_command(source: Path, tmp_path: Path) -> None:
    def run(*options: str) -> Any:
        return CliRunner().invoke(main, ["build", str(source), "-o", str(tmp_path / "dist"), "--cache", str(tmp_path / "cache"), *options])

    result = run("--only", "scorm12-unit", "--only", "scorm12", "--unit", "u02", "--jobs", "2")
    assert result.exit_code == 0, result.output
    assert "Left out, since they are of whole courses: scorm12." in result.output
    assert sorted(path.name for path in (tmp_path / "dist").iterdir() if path.suffix == ".zip") == ["sample-en-u02-scorm12.zip"]
    assert run("--unit", "u03").exit_code == 2
    assert run("-f", "gift", "--unit", "u02").exit_code == 2
    assert run("--jobs", "0").exit_code == 2
    assert run("-f", "gift", "--no-cache").exit_code == 0


def test_the_usual_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for system, folder in (("linux", tmp_path / "coursegen"), ("win32", tmp_path / "coursegen" / "Cache")):
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
        assert usual() == folder
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert usual() == Path.home() / ".cache" / "coursegen"

    def nobody() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nobody)
    assert usual() is None
