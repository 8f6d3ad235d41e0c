"""Times coursegen on generated courses, beside the least that any tool could take: Python's zipfile over the finished files.

    make bench

Each command is a process of its own. Its figures are the kernel's (CPU and wall seconds, peak memory); commands take turns, and the
median of the rounds is shown, so that a machine that changes its speed changes it for all. Nothing here can fail: it only tells.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from generate import generate

SIZES = {"small": (10, 20), "large": (200, 400), "2,000 pages": (2000, 4000)}
"""Pages and questions, as in the comparison with other tools."""
_FLOOR = """
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as archive:
    for folder, _, names in os.walk(sys.argv[1]):
        for name in names:
            path = os.path.join(folder, name)
            archive.write(path, os.path.relpath(path, sys.argv[1]))
"""


def measure(command: list[str]) -> tuple[float, float, float]:
    """Run a command: its CPU seconds, wall seconds, and peak memory in MB (10**6 bytes)."""
    before = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        errors = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - before
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit / 1e6


def compare(commands: dict[str, list[str]], rounds: int) -> dict[str, tuple[float, float, float]]:
    """The median figures of some commands that take turns, after one round that is not counted."""
    figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            measured = measure(command)
            if turn:
                figures[name].append(measured)
    return {name: tuple(statistics.median(column) for column in zip(*rows, strict=True)) for name, rows in figures.items()}  # type: ignore[misc]


def show(title: str, figures: dict[str, tuple[float, float, float]], floor: str) -> None:
    """Print a table with each command's ratio to the floor."""
    print(f"\n{title}\n  {'':34} {'cpu s':>8} {'wall s':>8} {'MB':>7} {'wall/floor':>11}")
    for name, (cpu, wall, peak) in figures.items():
        print(f"  {name:34} {cpu:8.3f} {wall:8.3f} {peak:7.1f} {wall / figures[floor][1]:11.2f}")


def main() -> None:
    """Run all comparisons."""
    python = sys.executable
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once and not at every start
    installed = Path(python).with_name("coursegen")
    coursegen = [str(installed)] if installed.exists() else [python, "-m", "coursegen"]
    rounds = int(os.environ.get("ROUNDS", "7"))
    start = {"python3 -c pass": [python, "-c", "pass"], "coursegen --help": [*coursegen, "--help"]}
    show("Start-up", compare(start, rounds), "python3 -c pass")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size, (pages, questions) in SIZES.items():
            source, out, plain = folder / f"{pages}", folder / f"{pages}-out", folder / f"{pages}-plain"
            generate(source, pages, questions)
            build = [*coursegen, "build", str(source), "-o", str(out)]
            measure(build)
            with zipfile.ZipFile(out / "generated-en-scorm12.zip") as package:
                package.extractall(plain)
            floor = "floor: zipfile, SCORM 1.2"
            commands = {
                floor: [python, "-c", _FLOOR, str(plain), str(folder / "floor.zip")],
                "one SCORM 1.2 package": [*build, "-f", "scorm12"],
                "check": [*coursegen, "check", str(source)],
                "all packages": build,
            }
            show(f"{size}: {pages} pages, {questions} questions", compare(commands, rounds if pages <= 200 else 3), floor)
        film(folder, coursegen)


def film(folder: Path, coursegen: list[str]) -> None:
    """A film of 1 GB: the time and the memory it takes to pass through."""
    source = folder / "film"
    generate(source, 1, 1)
    (source / "unit-000" / "media" / "captions.vtt").write_text("WEBVTT\n", "utf-8")
    page = source / "unit-000" / "pages" / "p0.html"
    track = '<track kind="captions" srclang="en" src="../media/captions.vtt">'
    page.write_text(page.read_text("utf-8") + f'<video controls src="../media/film.mp4">{track}</video>\n', "utf-8")
    piece = os.urandom(1_000_000)
    with (source / "unit-000" / "media" / "film.mp4").open("wb") as file:
        for _ in range(1000):
            file.write(piece)
    figures = {
        "one SCORM 1.2 package, 1 GB film": measure([*coursegen, "build", str(source), "-o", str(folder / "film-out"), "-f", "scorm12"])
    }
    show("A film", figures, "one SCORM 1.2 package, 1 GB film")


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    main()
