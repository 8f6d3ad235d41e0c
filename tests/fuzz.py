"""Long fuzzing of ``inspect`` and of the reader of sources: packages and course files changed at random.

    python tests/fuzz.py 100000
    python tests/fuzz.py 100000 --seed 7 --jobs 2 --keep failures
    python tests/fuzz.py 1 --seed 7 --only inspect --first 4711        one input again, by its number

Every input follows from the seed and its number, so that a failure can be had again. An input fails when something is raised, when it
takes more than 10 seconds, or when nothing is said of something that cannot be read. Failures are kept as files with what was raised.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

from hostile import HOSTILE
from mutation import changed, edited, some_edits
from samples import write_course
from test_fuzz_reader import ALL, CHANGES, NEWER, PIECES, SOURCES, grafted
from test_inspect_fuzz import seeds, survive

from coursegen.check import check_source

SECONDS = 10
_LIGHT = sorted(name for name, each in HOSTILE.items() if not each.heavy)


class HangError(BaseException):
    """An input takes too long. No ``except Exception`` catches it."""


def package(chance: random.Random) -> tuple[str, bytes]:
    """The name and the bytes of a package."""
    if not chance.randrange(10):
        name = chance.choice(_LIGHT)
        return f"hostile {name}", edited(HOSTILE[name].make(), some_edits(chance))
    name = chance.choice(sorted(seeds()))
    return name, changed(seeds()[name], chance)


def source(chance: random.Random) -> tuple[str, bytes]:
    """The path and the bytes of a file of a course."""
    if chance.randrange(2):
        path = chance.choice(NEWER)
        changes = [(chance.randrange(10_000), chance.randrange(10_000), chance.random() < 0.5) for _ in range(chance.randint(1, 3))]
        return path, grafted(path, changes)
    path = chance.choice(SOURCES)
    edits = [(chance.randrange(1 << 30), chance.choice((0, 1, 5, 40)), chance.choice(PIECES)) for _ in range(chance.randint(1, 4))]
    return path, edited(ALL[path], edits)


def survive_source(folder: Path, path: str, data: bytes) -> None:
    """Check a course with one file of these bytes; the file is then as it was."""
    (folder / path).write_bytes(data)
    try:
        course, findings = check_source(folder)
        assert course is not None or findings
        for finding in findings:
            assert finding.message
            assert finding.mend
            str(finding).encode()
    finally:
        (folder / path).write_bytes(ALL[path])


def run(task: tuple[str, int, int, int, str]) -> tuple[Counter[str], float, list[str]]:
    """Try some inputs: how many of each kind, how long the longest took, and what failed."""
    only, seed, first, count, keep = task
    counted: Counter[str] = Counter()
    failures: list[str] = []
    longest = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = write_course(Path(name), CHANGES)
        for number in range(first, first + count):
            chance = random.Random(f"{seed}-{number}")
            of_package = only == "inspect" or (only == "both" and number % 2 == 0)
            label, data = (package if of_package else source)(chance)
            begin = time.monotonic()
            why = _tried(partial(survive, data) if of_package else partial(survive_source, folder, label, data))
            longest = max(longest, time.monotonic() - begin)
            counted["inspect" if of_package else "source"] += 1
            if why:
                Path(keep).mkdir(parents=True, exist_ok=True)
                (Path(keep) / f"{seed}-{number}.bin").write_bytes(data)
                (Path(keep) / f"{seed}-{number}.txt").write_text(f"{label}\n\n{why}", "utf-8")
                failures.append(f"{seed}-{number} {label}: {why.strip().splitlines()[-1]}")
    return counted, longest, failures


def _tried(work: Callable[[], None]) -> str:
    """What was raised; "" if nothing was."""

    def hang(number: int, frame: FrameType | None) -> None:
        raise HangError(f"more than {SECONDS} s")

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, hang)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        work()
    except (Exception, HangError):
        return traceback.format_exc()
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many inputs")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="inputs follow from it (by default: from the time)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--only", choices=["inspect", "source", "both"], default="both")
    parser.add_argument("--keep", default=Path(tempfile.gettempdir()) / "coursegen-fuzz", help="folder for inputs that failed")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    seeds()
    step = 500
    tasks = [
        (asked.only, asked.seed, at, min(step, asked.first + asked.count - at), asked.keep)
        for at in range(asked.first, asked.first + asked.count, step)
    ]
    counted: Counter[str] = Counter()
    longest, failures, begin = 0.0, [], time.monotonic()
    with multiprocessing.Pool(asked.jobs) as pool:
        for done, seconds, failed in pool.imap_unordered(run, tasks):
            counted += done
            longest = max(longest, seconds)
            failures += failed
            for each in failed:
                print(f"FAILED {each}", flush=True)
            if counted.total() % 10_000 < step:
                print(f"{counted.total():,} inputs, {len(failures)} failed, {time.monotonic() - begin:.0f} s", flush=True)
    print(f"{', '.join(f'{number:,} {kind}' for kind, number in sorted(counted.items()))}: {len(failures)} failed; longest {longest:.2f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
