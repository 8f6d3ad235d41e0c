"""Whatever the bytes of a package are, an inspection ends soon, says what it has found, and raises nothing."""

from __future__ import annotations

import io
import json
import random
import time
from functools import cache
from pathlib import Path

from hostile import standard_zip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutation import PIECES, SEEDS, Files, changed, edited
from packages import members
from samples import write_course
from test_fuzz_reader import CHANGES

from coursegen.build import build
from coursegen.inspection.limits import Clock
from coursegen.inspection.looking import look_through
from coursegen.inspection.opened import Opened
from coursegen.inspection.text import Writer
from coursegen.writers import FORMATS

SECONDS = 10.0


@cache
def seeds() -> dict[str, bytes | Files]:
    """The packages of a course with every kind of question and activity, of all formats, and a small one made by hand."""
    import tempfile

    found = dict(SEEDS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_course(folder / "source", CHANGES)
        for package in build(folder / "source", folder / "dist", tuple(FORMATS)).packages:
            path = folder / "dist" / package.name
            found[f"{package.format.name}-{path.name}"] = members(path) if path.suffix in (".zip", ".imscc", ".mbz") else path.read_bytes()
    return found


def survive(data: bytes) -> None:
    """Inspect bytes, and tell what was found in every form."""
    begin = time.monotonic()
    with Opened("package.zip", io.BytesIO(data), Clock()) as opened:
        found = look_through(opened)
    for finding in found.findings:
        assert finding.message
        assert finding.mend
        assert finding.place.line >= 0
    json.dumps(found.to_json()).encode()
    Writer(True).text(found).encode("utf-8", "replace")
    assert found.kind != "unknown" or found.findings
    assert time.monotonic() - begin < SECONDS


def test_nothing_is_wrong_before_anything_is_changed() -> None:
    for name, package in seeds().items():
        with Opened(name, io.BytesIO(package if isinstance(package, bytes) else standard_zip(package)), Clock()) as opened:
            assert look_through(opened).findings == (), name


@settings(deadline=None, max_examples=300, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 62), st.integers(0, 1 << 30))
def test_real_packages_that_are_changed(seed: int, which: int) -> None:
    known = list(seeds().values())
    survive(changed(known[which % len(known)], random.Random(seed)))


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 60), st.one_of(st.sampled_from(PIECES), st.binary(max_size=8))), max_size=5))
def test_a_small_package_with_edits(edits: list[tuple[int, int, bytes]]) -> None:
    """Hypothesis makes a failing one of these small."""
    from hostile import good

    survive(edited(good(), edits))


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)))
def test_any_bytes(data: bytes) -> None:
    survive(data)
    survive(b"PK\x03\x04" + data + b"PK\x05\x06" + data[:18])
    survive(b"<" + data)
    survive(b"::a::" + data)
