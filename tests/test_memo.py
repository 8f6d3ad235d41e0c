"""What was read before never shows: a course read with a memo is the course that is in the folder, with its findings and places."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import FILES, write_course

from coursegen.finding import Finding
from coursegen.memo import Memo
from coursegen.model import Course
from coursegen.readers.source import read
from coursegen.readers.source.remembered import remembered

GLOSSARY = "terms:\n  - {id: disc, term: Disc, definition: It turns.}\n  - {id: pad, term: Pad, definition: It presses.}\n"
MORE: dict[str, str] = {
    "course.yaml": FILES["course.yaml"].replace("framework: framework.yaml\n", "framework: framework.yaml\nglossary: glossary.yaml\n"),
    "glossary.yaml": GLOSSARY,
    "01-brakes/bank.yaml": "id: bank\ntitle: Bank\nquestions:\n  - {id: b1, kind: short-answer, stem: What?, outcomes: [lo-1-1], "
    "answers: [{id: a, text: pad}], feedback: So.}\n",
    "01-brakes/unit.yaml": FILES["01-brakes/unit.yaml"].replace("minutes: 55\n", "minutes: 55\nbanks: [bank.yaml]\n"),
    "02-discs/quiz.yaml": FILES["02-discs/quiz.yaml"].replace("attempts: 3\n", "attempts: 3\ntake: [{bank: bank}]\n"),
    "02-discs/pages/wear.html": (
        '<p>A <a href="../../glossary.yaml#disc">disc</a> and a <a href="../../glossary.yaml#pad">pad</a> wear.</p>\n'
        '<h2 id="limits">Limits</h2>\n<p><img src="../../01-brakes/media/disc.svg" alt="A disc."></p>\n'
    ),
}
"""The sample with a glossary and a bank, so that files ask others more."""
ALL = {**FILES, **MORE}
PATHS = sorted(ALL)
PIECES = (
    *('<a href="parts.html#disc">', "</p>", "<p>", '<a href="../../glossary.yaml#pad">x</a>', '<a href="../unit.yaml#u01-talk">x</a>'),
    *('<img src="../media/new.png" alt="A.">', "<script>", "&amp;", "\n", "\u00e9", ": ", "  - ", "u02-wear", "pages/why.html", "\t", "x"),
    *("grid.yaml", "take: [{bank: bank, questions: [b1]}]\n", "pad", "<b>", "\x00", "\r\n"),
)

numbers = st.integers(0, 10_000)
edits = st.one_of(
    st.tuples(st.just("insert"), st.sampled_from(PATHS), numbers, st.sampled_from(PIECES)),
    st.tuples(st.just("cut"), st.sampled_from(PATHS), numbers, st.integers(1, 30)),
    st.tuples(st.just("replace"), st.sampled_from(PATHS), st.sampled_from(PATHS), st.none()),
    st.tuples(st.just("delete"), st.sampled_from(PATHS), st.none(), st.none()),
    st.tuples(st.just("rename"), st.sampled_from(PATHS), st.sampled_from([*PATHS, "01-brakes/pages/New.html", "x.yaml"]), st.none()),
    st.tuples(
        st.just("add"), st.sampled_from(["01-brakes/media/new.png", "01-brakes/pages/more.html", "03/unit.yaml"]), st.none(), st.none()
    ),
    st.tuples(st.just("mend"), st.sampled_from(PATHS), st.none(), st.none()),
    st.tuples(st.just("mend all"), st.none(), st.none(), st.none()),
)


def apply(folder: Path, edit: tuple[Any, ...]) -> None:
    """Do to the course what an author could do."""
    what, path, one, two = edit
    file = folder / path if path else folder
    if what == "mend all":
        write_course(folder, MORE)
    elif what == "mend":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(ALL[path].encode())
    elif what == "add":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<p>More.</p>\n", "utf-8")
    elif not file.is_file():
        return
    elif what == "delete":
        file.unlink()
    elif what == "rename":
        (folder / one).parent.mkdir(parents=True, exist_ok=True)
        file.replace(folder / one)
    elif what == "replace":
        file.write_bytes(ALL[one].encode())
    else:
        data = file.read_bytes()
        at = one % (len(data) + 1)
        file.write_bytes(data[:at] + (two.encode() + data[at:] if what == "insert" else data[at + two :]))


def told(course: Course | None, findings: list[Finding]) -> tuple[str, list[Finding]]:
    """All that a course says, places and files on disk included, as words; and its findings."""
    words: list[str] = []
    _tell(course, words)
    return "\n".join(words), findings


def _tell(value: Any, words: list[str]) -> None:
    if isinstance(value, (list, tuple)):
        words.append(f"{type(value).__name__} {len(value)}")
        for each in value:
            _tell(each, words)
    elif isinstance(value, dict):
        words.append(f"dict {len(value)}")
        for key, each in value.items():
            words.append(repr(key))
            _tell(each, words)
    elif isinstance(value, Path):
        words.append(str(value))
    elif slots := [name for cls in type(value).__mro__ for name in getattr(cls, "__slots__", ())]:
        words.append(f"{type(value).__name__} {value!s}" if isinstance(value, str) else type(value).__name__)
        for name in slots:
            words.append(name)
            _tell(getattr(value, name, None), words)
    else:
        words.append(repr(value))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(edits, min_size=1, max_size=2), min_size=1, max_size=7))
def test_any_series_of_edits_is_read_as_if_for_the_first_time(series: list[list[tuple[Any, ...]]]) -> None:
    memo = Memo()
    with tempfile.TemporaryDirectory() as name:
        folder = write_course(Path(name), MORE)
        assert told(*read(folder, memo)) == told(*read(folder))
        for group in series:
            for edit in group:
                apply(folder, edit)
            assert told(*read(folder, memo)) == told(*read(folder))


def test_the_course_of_these_tests_is_clean(tmp_path: Path) -> None:
    course, findings = read(write_course(tmp_path, MORE))
    assert course is not None
    assert not findings


def test_what_did_not_change_is_the_same_object(tmp_path: Path) -> None:
    memo = Memo()
    first, _ = read(write_course(tmp_path, MORE), memo)
    page = tmp_path / "01-brakes/pages/why.html"
    page.write_text(page.read_text("utf-8") + "<p>More.</p>\n", "utf-8")
    second, _ = read(tmp_path, memo)
    assert first is not None
    assert second is not None
    assert second.units[1].activities[0] is first.units[1].activities[0]
    changed, same = zip(first.units[0].activities[:2], second.units[0].activities[:2], strict=True)
    assert same[1].body is same[0].body  # type: ignore[union-attr]
    assert changed[1].body is not changed[0].body  # type: ignore[union-attr]


def test_nothing_is_parsed_where_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memo = Memo()
    write_course(tmp_path, MORE)
    expected = told(*read(tmp_path, memo))
    monkeypatch.setattr("coursegen.readers.source.html.parse", None)
    monkeypatch.setattr("coursegen.readers.source.compose", None)
    assert told(*read(tmp_path, memo)) == expected


def test_a_memo_keeps_the_newest_only() -> None:
    memo = Memo(most=2)
    for key in ("a", "b", "a", "c"):
        memo.once((key,), lambda key=key: f"{key}!")  # type: ignore[misc]
    assert [memo.get((key,)) for key in "abc"] == ["a!", None, "c!"]


def test_what_raises_is_not_kept() -> None:
    memo = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.once(("x",), lambda: 1 // 0)
    assert memo.once(("x",), lambda: 1) == 1


def test_another_answer_makes_the_value_anew() -> None:
    memo, reported = Memo(), list[Finding]()
    answers = {"a": "1"}

    def read_with(answer: dict[str, str]) -> Any:
        return remembered(memo, ("x",), lambda ask, report: (ask("a"), object()), lambda what: answer[what], reported.append)

    first = read_with(answers)
    assert read_with(answers) is first
    changed = read_with({"a": "2"})
    assert changed[0] == "2"
    assert read_with(answers)[0] == "1"
