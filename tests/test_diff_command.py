"""``coursegen diff`` as it is called: packages and sources, what it prints, and files that are none of ours."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from edits import CASE, COURSE, GRID, QUIZ, SOURCE, UNIT, WHY, put
from generate import generate_whole
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages import members

from coursegen.changes import shape, snapshot
from coursegen.changes.compare import compare
from coursegen.changes.snapshot import of_package
from coursegen.changes.told import told as told_in_words
from coursegen.cli import main
from coursegen.library import check, read, write

COPIED = ("moodle-backup", "moodle-cartridge", "cartridge-11", "cartridge", "moodle-xml", "gift", "qti21")
FORMATS_COMPARED = ("scorm12", "scorm2004", "scorm12-unit", "scorm2004-unit", "paper", *COPIED)


def diff(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["diff", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def changed(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """The course in a folder of its own, with some words replaced."""
    source = dict(SOURCE)
    for file, old, new in edits:
        assert old in source[file], old
        source[file] = source[file].replace(old, new)
    return put(folder, source)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("course"), SOURCE)


@pytest.fixture(scope="module")
def published(course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("published")
    source = read(course)
    return {name: write(source, name, folder)[0] for name in FORMATS_COMPARED}


@pytest.mark.parametrize("name", ["scorm12", "scorm2004", "scorm12-unit", "scorm2004-unit"])
def test_a_package_and_its_source_are_the_same(published: dict[str, Path], course: Path, name: str) -> None:
    for old, new in ((published[name], course), (course, published[name]), (published[name], published[name])):
        result = diff(old, new)
        assert result.exit_code == 0, result.output
        assert "safe: nothing that learners see has changed." in result.stdout.splitlines()


def test_a_safe_update(published: dict[str, Path], tmp_path: Path) -> None:
    new = changed(tmp_path, (QUIZ, "text: A dial gauge", "text: A gauge with a dial"), (WHY, "Brakes turn motion", "Brakes change motion"))
    result = diff(published["scorm12"], new)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[2] == "safe: nobody loses an answer, a place or a result."
    assert "  reworded  u01-why: “turn” is “change” now" in lines
    assert "  reworded  u01-quiz q-run-out: option a: “gauge with a” was added, “gauge” is gone" in lines


def test_an_update_that_loses_answers(published: dict[str, Path], tmp_path: Path) -> None:
    new = changed(tmp_path, (QUIZ, "{id: a, text: Pads", "{id: pads, text: Pads"))
    result = diff(published["scorm12"], new)
    assert result.exit_code == 1
    assert "not safe: the update goes in, but learners lose something that they did." in result.stdout
    assert "lost  u01-quiz q-parts: every answer given so far is lost, because an option that was right has another id" in result.stdout
    assert "note  u01-quiz q-parts: pads: it has the words of a, which is gone" in result.stdout
    assert "If it is the same, its id must stay a" in result.stdout


def told(old: Path, new: Path) -> dict[str, Any]:
    result = diff(old, new, "--format", "json")
    made: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (0 if made["verdict"] in ("safe", "no update") else 1)
    return made


def test_as_json(published: dict[str, Path], tmp_path: Path) -> None:
    new = changed(tmp_path, (QUIZ, "answer: true", "answer: true") if "answer: true" in SOURCE[QUIZ] else (COURSE, "1.10", "1.11"))
    made = told(published["scorm2004"], new)
    assert (made["format"], made["verdict"], made["kind"], made["grade"]) == (1, "safe", "SCORM 2004", "stays")
    assert (made["old_version"], made["new_version"]) == ("1.10", "1.11")
    assert {fate["keeps"] for fate in made["fates"]} == {"all"}
    assert {each["reopens"] for each in made["reopens"]} == {"never"}


def test_what_learners_see(published: dict[str, Path], tmp_path: Path) -> None:
    new = changed(
        tmp_path,
        (COURSE, "title: Brakes & discs", "title: Brakes, and discs"),
        (UNIT, "title: Why brakes matter\n    minutes: 10", "title: Why we brake\n    minutes: 15"),
        (UNIT, "minutes: 55", "minutes: 60"),
        (COURSE, "workload: 205", "workload: 210"),
        ("01-brakes/media/disc.svg", "<title>Disc</title>", "<title>A disc</title>"),
        (QUIZ, "pass_mark: 70", "pass_mark: 60"),
        (CASE, "Call her", "Ring her"),
        (GRID, "Stop points", "Points to stop"),
    )
    seen = {(each["what"], each["activity"], each["part"], each["words"]) for each in told(published["scorm12"], new)["changes"]}
    assert {
        ("retitled", "", "", "the course is called “Brakes, and discs” instead of “Brakes & discs”"),
        ("retitled", "u01-why", "", "“Why brakes matter” is called “Why we brake”"),
        ("changed", "u01-why", "", "15 min instead of 10"),
        ("replaced", "", "", "media/01-brakes/media/disc.svg has another content"),
        ("changed", "u01-quiz", "", "pass mark: 60 % instead of 70 %"),
        ("reworded", "u03-case", "workshop", "choice call: “Call” is “Ring” now"),
        ("reworded", "u05-own", "stop", "“Stop points” is “Points to stop” now"),
    } <= seen


def test_probable_slips(published: dict[str, Path], tmp_path: Path) -> None:
    new = changed(
        tmp_path,
        (UNIT, "id: u01-why", "id: u01-because"),
        (QUIZ, "id: q-run-out", "id: q-tool"),
        (CASE, "      - id: ask\n", "      - id: question\n"),
        (QUIZ, "{id: c, text: Bolts,", "{id: c, text: The springs of the engine,"),
        (QUIZ, "text: Discs,", "text: Wheels and discs,"),
    )
    effects = {(each["activity"], each["part"], each["words"]) for each in told(published["scorm12"], new)["effects"]}
    assert ("u01-because", "", "it has the words of u01-why, which is gone") in effects
    assert ("u01-quiz", "q-tool", "q-tool: it has the words of q-run-out, which is gone") in effects
    assert ("u03-case", "desk", "question: it has the words of ask, which is gone") in effects
    assert not [each for each in effects if "says something else" in each[2]], "one word is no proof"


def test_an_id_that_names_something_else(published: dict[str, Path], tmp_path: Path) -> None:
    new = changed(tmp_path, (QUIZ, "text: A dial gauge", "text: Nothing but your own eyes"))
    effects = told(published["scorm12"], new)["effects"]
    assert [each["words"] for each in effects if each["part"] == "q-run-out"] == [
        "a says something else now (“Nothing but your own eyes” instead of “A dial gauge”), and answers with it stay"
    ]


def test_another_version_of_scorm(published: dict[str, Path]) -> None:
    made = told(published["scorm12"], published["scorm2004"])
    assert made["verdict"] == "attempts are lost"
    assert "another version of SCORM" in made["effects"][0]["words"]


def test_a_unit_and_the_course(published: dict[str, Path]) -> None:
    made = told(published["scorm12-unit"], published["scorm12"])
    assert made["verdict"] == "attempts are lost"
    assert "sample-en-u01 is now sample-en" in made["effects"][0]["words"]


def test_two_sources(course: Path, tmp_path: Path) -> None:
    made = told(course, changed(tmp_path, ("02-discs/quiz.yaml", "answer: false", "answer: true")))
    assert [(each["activity"], each["part"], each["keeps"]) for each in made["fates"] if each["keeps"] != "all"] == [
        ("u02-quiz", "q-same", "none")
    ]


@pytest.mark.parametrize("name", COPIED)
def test_packages_of_which_platforms_make_copies(published: dict[str, Path], course: Path, tmp_path: Path, name: str) -> None:
    package = published[name]
    same = told(package, course)
    assert (same["verdict"], same["changes"]) == ("no update", [])
    edits = [(UNIT, "title: Check yourself", "title: Test yourself"), (QUIZ, "title: Run-out", "title: Measuring run-out")]
    made = told(package, changed(tmp_path, *edits, (WHY, "Brakes turn motion", "Brakes change motion")))
    assert made["verdict"] == "no update"
    words = " ".join(each["words"] for each in made["changes"])
    assert ("yourself" if name != "gift" else "Measuring run-out") in words
    if name in ("moodle-backup", "cartridge-11", "cartridge"):
        assert {"what": "changed", "activity": "", "part": "", "words": "page “Why brakes matter”"} in made["changes"]
        assert any("“Check yourself” is called “Test yourself”" in each["words"] for each in made["changes"])
    result = diff(package, package)
    assert result.exit_code == 0
    assert "no update: a platform makes a copy of such a package, and nobody loses anything." in result.stdout


def test_packages_of_two_kinds(published: dict[str, Path], course: Path) -> None:
    for old, new, words in (
        (published["moodle-backup"], published["cartridge"], "only packages of one kind can be compared"),
        (published["scorm12"], published["moodle-backup"], "is no SCORM package of coursegen"),
        (published["paper"], course, "is no SCORM package of coursegen"),
    ):
        result = diff(old, new)
        assert result.exit_code == 2
        assert words in result.stderr


def test_words_are_those_that_learners_read(published: dict[str, Path]) -> None:
    """Not those of the player's own buttons and lines, nor what is for paper alone."""
    found = of_package(published["scorm12"]).texts["u03-case"]
    assert found["scene", "bench", "text"] == "At the bench The run-out is 0.09 mm."
    assert found["scene", "bench", "choice", "back"] == "Go back to the lift"
    assert found["scene", "desk", "text"] == "At the desk She points at the car. <#/u01-parts/disc> The disc is what you think of."


def test_what_other_formats_cannot_have_is_no_hindrance(tmp_path: Path) -> None:
    """A course that is too long for one SCORM 1.2 package is published in units, or as SCORM 2004."""
    generate_whole(tmp_path / "course", 20)
    source = read(tmp_path / "course")
    package = write(source._replace(course=replace(source.course, packages=("scorm2004",))), "scorm2004", tmp_path)[0]
    assert {each.code for each in check(source) if each.severity == "error"} == {"D001"}
    assert diff(package, tmp_path / "course").exit_code == 0


def test_a_source_with_an_error(course: Path, published: dict[str, Path], tmp_path: Path) -> None:
    result = diff(published["scorm12"], changed(tmp_path, (QUIZ, "id: q-parts", "id: q-run-out")))
    assert result.exit_code == 2
    assert "no package can be made of" in result.stderr
    assert "q-run-out" in result.stderr


def test_a_template_with_an_error(published: dict[str, Path], tmp_path: Path) -> None:
    new = changed(tmp_path)
    (new / "templates/activity").mkdir(parents=True)
    (new / "templates/activity/page.html").write_text("{% if %}", "utf-8")
    result = diff(published["scorm12"], new)
    assert result.exit_code == 2
    assert "page.html" in result.stderr


def test_a_folder_without_a_course(published: dict[str, Path], tmp_path: Path) -> None:
    assert diff(published["scorm12"], tmp_path).exit_code == 2
    assert diff(published["scorm12"], tmp_path / "nothing").exit_code == 2


def rewritten(package: Path, target: Path, **files: bytes | None) -> Path:
    """A package with some files replaced; None leaves one out. Names have an underscore for the point."""
    given = {name.replace("_", ".", 1): content for name, content in files.items()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (members(package) | given).items():
            if content is not None:
                archive.writestr(name, content)
    return target


def outline(package: Path, **values: object) -> bytes:
    """The page that opens, with some entries of the outline replaced."""
    page = members(package)["index.html"].decode()
    start = page.index(">", page.index('id="cg-outline"')) + 1
    end = page.index("</script>", start)
    return (page[:start] + json.dumps(json.loads(page[start:end]) | values) + page[end:]).encode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"format": 1}, "another version of coursegen"),
        ({"units": 3}, "outline.units is no list"),
        (
            {"units": [{"id": "u", "title": "U", "content": "content/u.js", "activities": [{"id": "a"}]}]},
            "outline.units[0].activities[0].mark",
        ),
        ({"completion": {}}, "outline.completion.pages is no text"),
        ({"textRoom": True}, "outline.textRoom is no number"),
        (
            {
                "units": [
                    {
                        "id": "u",
                        "title": "U",
                        "content": "content/u.js",
                        "activities": [
                            {
                                "id": "a",
                                "mark": "aaaa",
                                "text": "a",
                                "kind": "case",
                                "title": "A",
                                "minutes": 0,
                                "start": "nowhere",
                                "variables": [],
                                "scenes": [],
                                "best": 0,
                            }
                        ],
                    }
                ]
            },
            "a names what is not there",
        ),
    ],
)
def test_an_outline_that_is_damaged(published: dict[str, Path], course: Path, tmp_path: Path, values: dict[str, Any], words: str) -> None:
    package = rewritten(published["scorm12"], tmp_path / "damaged.zip", index_html=outline(published["scorm12"], **values))
    for arguments in ((package, course), (course, package)):
        result = diff(*arguments)
        assert result.exit_code == 2
        assert words in result.stderr


def test_packages_that_are_damaged(published: dict[str, Path], course: Path, tmp_path: Path) -> None:
    whole = published["scorm12"]
    content = {f"content/u0{number}.js": b"alert(1)" for number in range(1, 6)}
    page = members(whole)["index.html"]
    for name, package, words in (
        ("page", rewritten(whole, tmp_path / "page.zip", index_html=None), "no SCORM package of coursegen"),
        ("manifest", rewritten(whole, tmp_path / "manifest.zip", imsmanifest_xml=None), "no SCORM package of coursegen"),
        ("json", rewritten(whole, tmp_path / "json.zip", index_html=page.replace(b'{"format"', b'{{"format"')), "is damaged"),
        ("deep", rewritten(whole, tmp_path / "deep.zip", index_html=page.replace(b'{"format"', b"[" * 100_000)), "is damaged"),
    ):
        result = diff(package, course)
        assert (result.exit_code, words in result.stderr) == (2, True), (name, result.stderr)
    foreign = tmp_path / "content.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        for path, content_ in (members(whole) | content).items():
            archive.writestr(path, content_)
    assert diff(foreign, course).exit_code == 0, "who edits the texts of a package changes no attempt"


def test_files_that_are_no_package(course: Path, published: dict[str, Path], tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(published["scorm12"].read_bytes()[:2000])
    words = tmp_path / "words.txt"
    words.write_text("Nothing.", "utf-8")
    empty = tmp_path / "empty.zip"
    empty.write_bytes(b"")
    for path in (cut, words, empty):
        result = diff(path, course)
        assert result.exit_code == 2
        assert path.name in result.stderr
        assert "Traceback" not in result.output


def test_a_package_that_takes_too_long(published: dict[str, Path], course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "SECONDS", -1.0)
    result = diff(published["scorm12"], course)
    assert result.exit_code == 2
    assert "takes too long" in result.stderr


def test_a_package_with_too_much_text(published: dict[str, Path], course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MOST_TEXTS", 1000)
    result = diff(published["scorm12"], course)
    assert result.exit_code == 2
    assert "more text than any course" in result.stderr


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**12) | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(["id", "to", "mark", "options"]), each, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_an_outline_has_it_is_compared_or_refused(published: dict[str, Path], data: st.DataObject) -> None:
    """One spot of a true outline is replaced by anything, or taken out."""
    old = of_package(published["scorm12"])
    made = json.loads(json.dumps(old.outline))
    here = made
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        below = here[key]
        if not below or not isinstance(below, (dict, list)) or data.draw(st.integers(0, 5)) == 0:
            break
        here = below
    if data.draw(st.booleans()):
        here[key] = data.draw(JSON)
    else:
        del here[key]
    if made.get("format") == 2 and not shape.faults(made):
        new = replace(old, outline=made)
        for one, other in ((old, new), (new, old)):
            try:
                assert told_in_words(compare(one, other))
            except snapshot.NotComparableError:
                assert made["units"] != old.outline["units"] or made["glossary"] != old.outline["glossary"]
