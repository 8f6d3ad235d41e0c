"""``coursegen new``: the sample is whole and clean, what is added fits, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from samples import write_course

from coursegen.build import build
from coursegen.check import check_source
from coursegen.cli import main
from coursegen.model import Activity, Course, PackageName, Question, Rich
from coursegen.model.rich import fold
from coursegen.model.walk import parts, texts
from coursegen.readers.source import read
from coursegen.scaffold import KINDS, Refused, add, edit, new_course, writing
from coursegen.scaffold.names import LONGEST, free, scalar, slug, title_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def sample(here: Path) -> Path:
    return new_course("brakes").folder


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def course_in(folder: Path) -> Course:
    course, findings = read(folder)
    assert course is not None
    assert findings == []
    return course


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def codes(folder: Path) -> set[str]:
    return {finding.code for finding in check_source(folder)[1]}


# The sample


def test_the_sample_has_no_findings_not_even_hints(sample: Path) -> None:
    assert check_source(sample, hints=True)[1] == []


def test_the_sample_has_every_kind_of_activity_and_question(sample: Path) -> None:
    course = course_in(sample)
    assert len(course.units) == 2
    assert {type(activity) for _, activity in course.activities()} == set(get_args(Activity))
    assert {type(part) for part in parts(course) if isinstance(part, Question)} == set(get_args(Question))
    assert course.glossary
    assert any(
        rich.text() and "img" in {element.tag for element in rich.elements()} for _, _, rich in texts(course) if isinstance(rich, Rich)
    )


def test_a_strict_build_of_all_formats(sample: Path, tmp_path: Path) -> None:
    built = build(sample, tmp_path / "dist", strict=True)
    assert not built.failed
    assert {package.format.name for package in built.packages} == set(get_args(PackageName))


def test_the_sample_accepts_no_loss_that_does_not_happen(sample: Path, tmp_path: Path) -> None:
    built = build(sample, tmp_path / "dist")
    dropped = {case.feature for cases in built.losses.values() for case in cases if case.how == "dropped"}
    assert set(course_in(sample).accept) == dropped


def test_the_texts_of_the_sample_are_plain(sample: Path) -> None:
    """A2 to B1: short sentences. What is no sentence (a title, an entry of a list) counts with its words, too."""
    counts = []
    for _, _, text in texts(course_in(sample)):
        blocks = [str(text)]
        if isinstance(text, Rich):
            blocks = [fold(each.children) for each in text.elements() if each.tag in ("p", "li", "th", "td", "h2", "caption", "summary")]
            blocks = blocks or [text.text()]
        counts += [len(part.split()) for block in blocks for part in re.split(r"(?<=[.?!:])[”\s]+", block) if part.strip()]
    assert len(counts) > 200
    assert sum(counts) / len(counts) <= 12
    assert max(counts) <= 25


def test_the_sample_speaks_of_nothing_invented_without_saying_so(sample: Path) -> None:
    course = course_in(sample)
    assert "invented" in course.description.text()
    for case in (case for unit in course.units for case in unit.cases()):
        assert case.storyline.intro is not None
        assert case.storyline.intro.text().startswith("Illustrative")


def test_comments_teach(sample: Path) -> None:
    for path in sorted(sample.rglob("*.yaml")):
        notes = [line for line in path.read_text("utf-8").splitlines()[1:] if line.lstrip().startswith("#")]
        assert notes, path


def test_what_new_says(here: Path) -> None:
    status, out, _ = run("new", "Brakes for beginners", "--title", "All about brakes")
    assert status == 0
    assert out.startswith("brakes-for-beginners: a sample course with 2 units")
    assert [line.split("  ")[1] for line in out.splitlines() if line.startswith("  ")] == [
        "cd brakes-for-beginners",
        "coursegen serve",
        "coursegen build",
    ]
    course = course_in(here / "brakes-for-beginners")
    assert (course.id, course.title) == ("brakes-for-beginners", "All about brakes")
    assert (here / "brakes-for-beginners" / "README.md").read_text("utf-8").startswith("# All about brakes\n")


def test_its_commands_work_as_they_are_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "brakes")
    monkeypatch.chdir(here / "brakes")
    assert run("check")[0] == 0
    assert run("build", "-f", "gift")[0] == 0
    assert (here / "brakes" / "dist" / "report.html").is_file()


@pytest.mark.parametrize(
    ("name", "language", "folder", "title"),
    [
        ("brakes", "en", "brakes", "Brakes"),
        ("my-first_course", "en", "my-first_course", "My first course"),
        ("Bremsen prüfen", "de", "bremsen-pruefen", "Bremsen prüfen"),
        ("Jarrujen säätö", "fi", "jarrujen-saato", "Jarrujen säätö"),
        ("Les freins d’abord", "fr", "les-freins-dabord", "Les freins d’abord"),
        ("Тормоза", "ru", "course", "Тормоза"),
    ],
)
def test_names_become_folders_ids_and_titles(here: Path, name: str, language: str, folder: str, title: str) -> None:
    status, _, _ = run("new", name, "--language", language)
    assert status == 0
    course = course_in(here / folder)
    assert (course.id, course.title, course.language) == (slug(folder, language), title, language)


def test_a_course_called_like_a_command(here: Path) -> None:
    assert run("new", "course", "unit")[0] == 0
    assert course_in(here / "unit").id == "unit"


def test_a_course_in_another_folder_and_in_this_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("new", "courses/brakes")[0] == 0
    assert course_in(here / "courses" / "brakes").id == "brakes"
    (here / "Empty one" / ".git").mkdir(parents=True)
    monkeypatch.chdir(here / "Empty one")
    assert run("new", ".")[0] == 0
    assert (course_in(Path()).id, course_in(Path()).title) == ("empty-one", "Empty one")


def test_nothing_is_overwritten(here: Path) -> None:
    (here / "full").mkdir()
    (here / "full" / "notes.txt").write_text("mine")
    (here / "a-file").write_text("mine")
    before = snapshot(here)
    for name, says in (("full", "not empty"), ("a-file", "is a file")):
        status, _, err = run("new", name)
        assert status == 1
        assert says in err
    assert snapshot(here) == before


@pytest.mark.parametrize(
    "arguments",
    [("new", " "), ("new", "x", "--language", "english please"), ("new",), ("new", "page"), ("new", "page", "x", "--in")],
)
def test_wrong_usage(here: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2
    assert snapshot(here) == {}


def test_a_title_that_no_package_could_carry(here: Path) -> None:
    status, _, err = run("new", "x", "--title", "ä" * 48)
    assert status == 1
    assert "96 bytes, and 94 fit" in err
    assert snapshot(here) == {}


# Additions


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_added_is_clean_but_for_what_the_author_decides(sample: Path, kind: str) -> None:
    minutes = course_in(sample).workload
    added = add(kind, "Pads: how they wear", sample)
    assert codes(sample) == {"T012"}
    assert {finding.place.file for finding in check_source(sample)[1]} <= {path.as_posix() for path in added.new}
    course = course_in(sample)
    assert course.workload > minutes
    if kind == "unit":
        assert (course.units[-1].id, course.units[-1].title) == (added.id, "Pads: how they wear")
    else:
        last = course.units[-1].activities[-1]
        assert (last.kind, last.id, last.title, added.unit) == (kind, added.id, "Pads: how they wear", "u02")


def test_one_of_each_after_another_and_twice(sample: Path) -> None:
    for kind in (*KINDS, *KINDS):
        add(kind, "Wear", sample)
    assert codes(sample) == {"T012"}
    course = course_in(sample)
    assert [unit.id for unit in course.units] == ["u01", "u02", "u03", "u04"]
    built = build(sample, sample / "dist", strict=True)
    assert not built.failed


def test_only_lines_are_added_and_sums_changed(sample: Path) -> None:
    before = {name: content.decode() for name, content in snapshot(sample).items()}
    add("page", "Pads", sample, "u01")
    after = {name: content.decode() for name, content in snapshot(sample).items()}
    assert {name for name in before if before[name] != after[name]} == {"course.yaml", "01-look/unit.yaml"}
    assert after["course.yaml"] == before["course.yaml"].replace("workload: 135", "workload: 140")
    new = """\
  - kind: page
    id: u01-pads
    title: Pads
    minutes: 5
    outcomes: [lo-1-1]
    file: pages/pads.html
"""
    assert after["01-look/unit.yaml"] == before["01-look/unit.yaml"].replace("minutes: 50", "minutes: 55") + new


def test_where_it_goes(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, out, _ = run("new", "page", "Pads", "--course", "brakes", "--in", "u01")
    assert status == 0
    assert "new      brakes/01-look/pages/pads.html" in out
    monkeypatch.chdir(Path("brakes") / "01-look" / "pages")
    status, out, _ = run("new", "quiz", "Pads")
    assert status == 0
    assert out.startswith("quiz u01-pads-2 in u01\n")
    status, _, err = run("new", "page", "Pads", "--in", "u09")
    assert status == 1
    assert 'there is no unit "u09". The units of this course: u01, u02' in err


def test_a_course_in_modules(here: Path) -> None:
    write_course(here / "modules")
    status, out, err = run("new", "page", "Pads")
    assert status == 0, err
    assert "modules/" in out
    assert codes(here / "modules") == {"T012"}


def test_without_a_course(here: Path) -> None:
    status, _, err = run("new", "page", "Pads")
    assert status == 1
    assert 'Make one with "coursegen new NAME"' in err


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("brackets", "units:\n  - 01-look\n  - 02-test\n", "units: [01-look, 02-test]\n"),
        ("brackets with a comma and a note", "units:\n  - 01-look\n  - 02-test\n", "units: [ 01-look,\n  02-test, ]\n# the end\n"),
        ("not indented", "units:\n  - 01-look\n  - 02-test\n", "units:\n- 01-look\n- 02-test\n"),
        ("no line end", "  - 02-test\n", "  - 02-test"),
        ("a note and blank lines at the end", "  - 02-test\n", "  - 02-test\n\n# That is all.\n\n"),
        ("apart", "  - 01-look\n  - 02-test\n", "  - 01-look\n\n  # the second\n\n  - 02-test\n"),
        (
            "not the last key",
            "units:\n  - 01-look\n  - 02-test\n",
            "units:\n  - 01-look\n  - 02-test\n\n# Who it is for\nshort_name: Brakes\n",
        ),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_layouts_are_kept(sample: Path, name: str, old: str, new: str, ends: str) -> None:
    path = sample / "course.yaml"
    text = path.read_text("utf-8")
    assert old in text
    changed = text.replace(old, new).replace("\n", ends)
    path.write_bytes(b"\xef\xbb\xbf" + changed.encode())
    added = add("unit", "Wear", sample)
    assert codes(sample) == {"T012"}
    after = path.read_bytes().decode("utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert ("\r\n" in after) == (ends == "\r\n")
    assert after.count("\n") == after.count(ends)
    assert [unit.id for unit in course_in(sample).units][-1] == added.id
    kept = iter(after.replace("workload: 150", "workload: 135").replace(", 03-wear", "").splitlines())
    assert all(line in kept for line in changed.splitlines())


def test_a_new_entry_follows_the_last_one() -> None:
    text = "list:\n  - a: 1\n    # of a\n\n  # of all\n\n# of last\nlast: 1\n"
    assert edit.append(text, "list", ["b: 1", "c: 1"]) == text.replace("# of a\n", "# of a\n  - b: 1\n    c: 1\n")
    spaced = "list:\n  - a\n\n  - b\n"
    assert edit.append(spaced, "list", ["c"]) == spaced + "\n  - c\n"


def test_who_may_read_a_file_stays(sample: Path) -> None:
    path = sample / "course.yaml"
    path.chmod(0o640)
    before = path.stat().st_mode
    add("page", "Pads", sample)
    assert path.stat().st_mode == before


def test_a_layout_that_is_not_changed(sample: Path) -> None:
    path = sample / "01-look" / "unit.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    entries = ", ".join(yaml.safe_dump(entry, default_flow_style=True, width=10**6).strip() for entry in data.pop("activities"))
    path.write_text(yaml.safe_dump(data) + f"activities: [{entries}]\n", "utf-8")
    before = snapshot(sample)
    with pytest.raises(Refused, match='the list "activities" stands in brackets'):
        add("page", "Wear", sample, "u01")
    assert snapshot(sample) == before


def test_a_course_that_cannot_be_read(sample: Path) -> None:
    (sample / "course.yaml").write_text("id: [", "utf-8")
    before = snapshot(sample)
    status, _, err = run("new", "page", "Wear", "--course", "brakes")
    assert status == 1
    assert "Mend this first: coursegen check brakes" in err
    assert snapshot(sample) == before


def test_errors_of_before_do_not_stand_in_the_way(sample: Path) -> None:
    (sample / "01-look" / "pages" / "parts.html").write_text("<p><b>oops</p>", "utf-8")
    before = codes(sample)
    add("page", "Wear", sample, "u02")
    assert codes(sample) >= before


def test_a_course_that_would_get_an_error_stays_as_it_was(sample: Path) -> None:
    """Here the workload would be more than a course can say."""
    path = sample / "course.yaml"
    path.write_text(path.read_text("utf-8").replace("workload: 135", "workload: 599995"), "utf-8")
    before = snapshot(sample)
    with pytest.raises(Refused, match="Nothing was changed"):
        add("unit", "Wear", sample)
    assert snapshot(sample) == before
    assert not (sample / "03-wear").exists()


@pytest.mark.parametrize("failing", range(5))
def test_all_or_nothing(sample: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    before = snapshot(sample)
    folders = sorted(path for path in sample.rglob("*") if path.is_dir())
    real, calls = writing.os.replace, 0

    def replace(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == failing + 1:
            raise OSError(28, "No space left on device", str(target))
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(writing.os, "replace", replace)
        status, _, err = run("new", "unit", "Wear", "--course", "brakes")
    if failing == 4:  # four files: all of them were written
        assert status == 0
        return
    assert status == 1
    assert "No space left on device" in err
    assert snapshot(sample) == before
    assert sorted(path for path in sample.rglob("*") if path.is_dir()) == folders


def test_an_addition_follows_the_courses_own_ids(sample: Path) -> None:
    path = sample / "02-test" / "unit.yaml"
    path.write_text(path.read_text("utf-8").replace("id: u02\n", "id: testing-a-brake-with-a-long-name\n"), "utf-8")
    added = add("case", "A very long title " * 10, sample)
    assert len(added.id) <= LONGEST
    assert codes(sample) == {"T012"}


# The pieces


@given(st.text())
@example("a: b # c")
@example("[x]")
@example('say "yes"')
@example("C:\\brakes")
@example("no")
@example("- x")
def test_any_title_is_read_back(words: str) -> None:
    title = " ".join(words.split())
    if title and title.isprintable():
        assert yaml.safe_load(f"title: {scalar(title)}") == {"title": title}


@given(st.text(), st.sampled_from(["en", "de", "fi", "tr"]))
def test_a_slug_is_an_id(words: str, language: str) -> None:
    made = slug(words, language)
    assert made == "" or re.fullmatch(r"(?!.{61})[a-z0-9]+(?:-[a-z0-9]+)*", made)


@given(st.from_regex(r"[a-z]{1,60}", fullmatch=True), st.integers(0, 12))
def test_free_names(name: str, others: int) -> None:
    taken: set[str] = set()
    for _ in range(others):
        taken.add(free(name, taken))
    assert len(taken) == others
    assert all(len(each) <= LONGEST for each in taken)


def test_titles_of_names() -> None:
    assert title_of("my-course") == "My course"
    assert title_of("ABC of brakes") == "ABC of brakes"


_BLOCK = st.lists(
    st.sampled_from(["a: 1", "t: |\n      # no note\n      words\n      # nor this", "b: [1,\n      2]", "c: >-\n      x\n\n      y"]),
    min_size=1,
    unique=True,
)
_NOTE = st.sampled_from(["", "\n", "  # a note\n", "    # deeper\n", "# outside\n"])


@given(st.lists(st.tuples(_BLOCK, _NOTE), min_size=1, max_size=4), st.sampled_from(["", "last: 1\n", "\n# z\nlast: 1\n"]), st.booleans())
def test_an_entry_more_and_nothing_less(entries: list[tuple[list[str], str]], tail: str, windows: bool) -> None:
    text = "first: 1\nlist:\n"
    for keys, note in entries:
        text += f"  - {keys[0]}\n" + "".join(f"    {key}\n" for key in keys[1:]) + note
    text += tail
    if windows:
        text = text.replace("\n", "\r\n")
    before = yaml.safe_load(text)
    after = edit.append(text, "list", ["kind: page", "id: new"])
    read_back = yaml.safe_load(after)
    assert read_back["list"] == [*before["list"], {"kind": "page", "id": "new"}]
    assert {key: value for key, value in read_back.items() if key != "list"} == {
        key: value for key, value in before.items() if key != "list"
    }
    lines = iter(after.splitlines())
    assert all(line in lines for line in text.splitlines())
