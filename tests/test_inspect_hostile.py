"""Files that mean harm: an inspection says what is wrong, within 200 MB and 10 seconds, and writes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hostile import GOOD, HOSTILE, good, standard_zip

from coursegen.inspection import inspect, open_package
from coursegen.inspection.guarded import run
from coursegen.inspection.limits import Clock

MEMORY = 200_000_000
SECONDS = 10.0
HEAVY = sorted(name for name, each in HOSTILE.items() if each.heavy)
LIGHT = sorted(set(HOSTILE) - set(HEAVY))


class Weighed(NamedTuple):
    """What a process told, how long it took, and the most memory it had."""

    told: Any
    status: int
    seconds: float
    memory: int
    errors: str


_SCALES = """
import json, resource, subprocess, sys, time
begin = time.monotonic()
done = subprocess.run([sys.executable, "-m", "coursegen.inspection", sys.argv[1], "json", "plain"], capture_output=True, text=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
told = json.loads(done.stdout) if done.stdout else None
print(json.dumps([told, done.returncode, time.monotonic() - begin, usage.ru_maxrss, done.stderr]))
"""


def weigh(path: Path) -> Weighed:
    """Inspect a file in a process of its own. A small process starts and weighs it: the memory of who starts a process counts as its."""
    done = subprocess.run([sys.executable, "-c", _SCALES, str(path)], capture_output=True, text=True, check=True)
    told, status, seconds, memory, errors = json.loads(done.stdout)
    return Weighed(told, status, seconds, memory * (1 if sys.platform == "darwin" else 1024), errors)


def codes(told: Any) -> set[str]:
    return {finding["code"] for finding in told["findings"]}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_ones_are_survived(name: str, tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    file.write_bytes(HOSTILE[name].make())
    found = weigh(file)
    assert found.errors == ""
    assert found.status == 1
    assert codes(found.told) & HOSTILE[name].codes
    assert found.memory < MEMORY, f"{found.memory / 1e6:.0f} MB"
    assert found.seconds < SECONDS, f"{found.seconds:.1f} s"


@pytest.mark.parametrize("name", LIGHT)
def test_each_is_told(name: str, tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    file.write_bytes(HOSTILE[name].make())
    found = inspect(file)
    assert {finding.code for finding in found.findings} & HOSTILE[name].codes
    if any(finding.severity == "error" and finding.code < "Z2" for finding in found.findings):
        assert {each.verdict for each in found.outlook} <= {"does not work"}
    assert not any("\x1b" in finding.message + str(finding.place) for finding in found.findings)


def test_nothing_is_wrong_with_the_good_one(tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    for made in (good(), standard_zip(GOOD)):
        file.write_bytes(made)
        found = inspect(file)
        assert found.findings == ()
        assert (found.kind, found.version, found.title) == ("scorm", "1.2", "Brakes")


def test_what_is_not_safe_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    for name in ("path-up", "link-in-a-zip", "path-with-nul"):
        file.write_bytes(HOSTILE[name].make())
        with open_package(file) as opened:
            assert set(opened.members) == set(GOOD)


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for name in LIGHT:
        (tmp_path / "package.zip").write_bytes(HOSTILE[name].make())
        inspect(tmp_path / "package.zip")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["package.zip", "work"]


def test_the_clock_ends_an_inspection(tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    file.write_bytes(good())
    found = inspect(file, seconds=0)
    assert [finding.code for finding in found.findings] == ["Z005"]
    assert not found.complete


def test_the_process_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the clock is not asked: a pipe that nobody writes to is waited for in the system."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes in folders")
    os.mkfifo(tmp_path / "pipe.zip")
    monkeypatch.setattr("coursegen.inspection.guarded.STOP", 0.7)
    begin = time.monotonic()
    told = run(str(tmp_path / "pipe.zip"))
    assert time.monotonic() - begin < 5
    assert not told.sound
    assert "Z007" in told.text


def test_memory_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(package: object) -> None:
        raise MemoryError

    monkeypatch.setattr("coursegen.inspection.looking.kinds.describe", greedy)
    file = tmp_path / "package.zip"
    file.write_bytes(good())
    assert [finding.code for finding in inspect(file).findings] == ["Z006"]


def test_a_package_in_a_package_is_opened_once_only(tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    inner = standard_zip({"inner.zip": standard_zip(GOOD), **GOOD})
    file.write_bytes(standard_zip({"outer.zip": inner}))
    with open_package(file, Clock()) as opened:
        inside = opened.inside("outer.zip")
        assert inside is not None
        assert inside.read("index.html") == GOOD["index.html"]
        assert inside.inside("inner.zip") is None
