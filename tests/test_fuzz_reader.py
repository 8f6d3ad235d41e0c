"""Whatever stands in the files of a course, the reader says what is wrong; it never raises and never hangs."""

from __future__ import annotations

import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds import KIND_FILES
from samples import FILES, write_course
from works import WORK_FILES, with_work

from coursegen.check import check_source

CHANGES: dict[str, str | bytes] = {**KIND_FILES, **WORK_FILES, "course.yaml": with_work(KIND_FILES["course.yaml"], 120)}
ALL = {path: text if isinstance(text, bytes) else text.encode() for path, text in {**FILES, **CHANGES}.items()}
SOURCES = sorted(ALL)
PIECES = [
    *b"\x00 \xff \xc3 \t \r \n \" ' < > & [ ] { } : , - # | * ! % @ ` ? ~ \\ / .".split(b" "),
    *(b"<b>", b"</b>", b"<p>", b"</p>", b"<a href=", b"<!--", b"-->", b"<script>", b"</script>", b"<svg>", b"<!DOCTYPE", b"<?", b"</"),
    *(b"&lt;", b"&#", b"&#x", b"&#0;", b"&amp;", b"../", b"%2e", b"%00", b"%", b"//", b"javascript:", b"#", b"?"),
    *(b"&a ", b"*a ", b"!!x ", b"---\n", b"...\n", b"<<: ", b"? ", b"- ", b": ", b" |\n", b" >\n", b'"\\0"', b'"\\ud800"'),
    *(b"\xef\xbb\xbf", "\u2028".encode(), "\x85".encode(), "😀é".encode(), b"\xed\xa0\x80", b"{a: " * 30, b"[" * 30, b"<i>" * 70),
    *(b"kind: page", b"file: quiz.yaml", b"file: unit.yaml", b"units: [.]", b"id: u01-why", b"correct: true", b"outcomes: []"),
    *(b"kind: cloze", b"kind: numerical", b"kind: essay", b"[[tool]]", b"[[", b"]]", b"twin: {}", b"twin:", b"draw: 2", b"draw: 0"),
    *(b"id: a", b"id: q-roller", b"bank: tests", b"tags: []", b"tags: [easy]", b"questions: []", b"take: []", b"banks: []", b"gaps: []"),
    *(b"-0", b"1e9", b"9" * 16, b"tolerance: -1", b"correct: false", b"group: wears", b"wildcards: true", b"*" * 40, b"*a" * 20, b"\\*"),
]

Edit = tuple[int, int, bytes]
edits = st.tuples(
    st.integers(0, 3000), st.integers(0, 40), st.one_of(st.sampled_from(PIECES), st.binary(max_size=6), st.text(max_size=4).map(str.encode))
)


def mutated(data: bytes, changes: list[Edit]) -> bytes:
    """Bytes with some stretches replaced by others."""
    for at, length, piece in changes:
        at %= len(data) + 1
        data = data[:at] + piece + data[at + length :]
    return data


def check(path: str, data: bytes) -> None:
    """A course with one file of these bytes can be checked."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_course(Path(name), CHANGES)
        (folder / path).write_bytes(data)
        course, findings = check_source(folder)
        assert course is not None or findings
        for finding in findings:
            assert finding.message
            assert finding.mend
            assert finding.place.line >= 0
            str(finding).encode()


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.sampled_from(SOURCES), st.lists(edits, min_size=1, max_size=4))
def test_mutated_files(path: str, changes: list[Edit]) -> None:
    check(path, mutated(ALL[path], changes))


NEWER = [path for path in CHANGES if path.startswith(("04-kinds/", "05-work/")) and path.endswith(".yaml")]
TREES = {path: yaml.load(ALL[path], yaml.BaseLoader) for path in NEWER}
ODD = [
    "",
    "*",
    "\\\\*",
    "*a" * 12,
    "-0",
    "0.000000000000001",
    "999999999999999",
    "true",
    "all",
    "[[tool]]",
    "\u0301",
    "a",
    "q-own",
    "numerical",
]
Change = tuple[int, int, bool]


def spots(tree: Any) -> list[tuple[Any, Any]]:
    """Every place in a tree of lists and mappings, as (what it is in, where)."""
    found: list[tuple[Any, Any]] = []
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        found += [(tree, key), *spots(tree[key])]
    return found


def grafted(path: str, changes: list[Change]) -> bytes:
    """A file in which something stands in the place of something else, or beside it: of this file or of another, or odd texts."""
    tree = deepcopy(TREES[path])
    others = [holder[key] for each in TREES.values() for holder, key in spots(each)] + ODD * 20
    for at, which, beside in changes:
        places = spots(tree)
        holder, key = places[at % len(places)]
        graft = deepcopy(others[which % len(others)])
        if beside and isinstance(holder, list):
            holder.insert(key, graft)
        elif beside and isinstance(holder[key], str):
            del holder[key]
        else:
            holder[key] = graft
        if not spots(tree):
            break
    text: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    return text.encode()


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.sampled_from(NEWER), st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999), st.booleans()), min_size=1, max_size=3))
def test_things_in_other_places(path: str, changes: list[Change]) -> None:
    """Always YAML, and often something that can be read: keys, ids and parts of one question in another."""
    check(path, grafted(path, changes))


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.sampled_from(SOURCES), st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)))
def test_random_files(path: str, data: bytes) -> None:
    check(path, data)
