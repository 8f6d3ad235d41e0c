"""Whatever stands in the files of a course, the reader says what is wrong; it never raises and never hangs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from samples import FILES, write_course

from coursegen.check import check_source

SOURCES = sorted(FILES)
PIECES = [
    *b"\x00 \xff \xc3 \t \r \n \" ' < > & [ ] { } : , - # | * ! % @ ` ? ~ \\ / .".split(b" "),
    *(b"<b>", b"</b>", b"<p>", b"</p>", b"<a href=", b"<!--", b"-->", b"<script>", b"</script>", b"<svg>", b"<!DOCTYPE", b"<?", b"</"),
    *(b"&lt;", b"&#", b"&#x", b"&#0;", b"&amp;", b"../", b"%2e", b"%00", b"%", b"//", b"javascript:", b"#", b"?"),
    *(b"&a ", b"*a ", b"!!x ", b"---\n", b"...\n", b"<<: ", b"? ", b"- ", b": ", b" |\n", b" >\n", b'"\\0"', b'"\\ud800"'),
    *(b"\xef\xbb\xbf", "\u2028".encode(), "\x85".encode(), "😀é".encode(), b"\xed\xa0\x80", b"{a: " * 30, b"[" * 30, b"<i>" * 70),
    *(b"kind: page", b"file: quiz.yaml", b"file: unit.yaml", b"units: [.]", b"id: u01-why", b"correct: true", b"outcomes: []"),
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
        folder = write_course(Path(name))
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
    check(path, mutated(FILES[path].encode(), changes))


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.sampled_from(SOURCES), st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)))
def test_random_files(path: str, data: bytes) -> None:
    check(path, data)
