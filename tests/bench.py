"""Times coursegen on generated courses, beside the least that any tool could take: Python's zipfile over the finished files.
Then weighs the player, and counts what a learning platform has to answer while a unit is worked through.

    make bench

Each command is a process of its own. Its figures are the kernel's (CPU and wall seconds, peak memory); commands take turns, and the
median of the rounds is shown, so that a machine that changes its speed changes it for all. Nothing here can fail: it only tells.
"""

from __future__ import annotations

import gzip
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from browser import ARGUMENTS, MODULES, Lms, Package, Watched, course_of, executable, served
from generate import OF_QUESTIONS, generate, generate_questions
from hands import right_answers, work_through
from packages import members
from playwright.sync_api import sync_playwright
from reload import courses
from reload import measure as measure_waits

from coursegen.build import build
from coursegen.writers import FORMATS

SIZES = {"small": (10, 20), "large": (200, 400), "2,000 pages": (2000, 4000)}
"""Pages and questions, as in the comparison with other tools."""
MANY = (1000, 3000, 10_000)
"""Questions of all kinds, to see how time and memory grow."""
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


def compare(
    commands: dict[str, list[str]], rounds: int, before: dict[str, Callable[[], object]] | None = None
) -> dict[str, tuple[float, float, float]]:
    """The median figures of some commands that take turns, after one round that is not counted.

    What stands in ``before`` is done before the command of its name, and takes no time of it.
    """
    figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            if before and name in before:
                before[name]()
            measured = measure(command)
            if turn:
                figures[name].append(measured)
    return {name: tuple(statistics.median(column) for column in zip(*rows, strict=True)) for name, rows in figures.items()}


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
            build = [*coursegen, "build", str(source), "-o", str(out), "--no-cache"]
            measure(build)
            with zipfile.ZipFile(out / "generated-en-scorm2004.zip") as package:
                package.extractall(plain)
            floor = "floor: zipfile, SCORM 2004"
            commands = {
                floor: [python, "-c", _FLOOR, str(plain), str(folder / "floor.zip")],
                "one SCORM 2004 package": [*build, "-f", "scorm2004"],
                "one Moodle backup": [*build, "-f", "moodle-backup"],
                "check": [*coursegen, "check", str(source)],
                "all packages, one process": [*build, "--jobs", "1"],
                "all packages": build,
            }
            show(f"{size}: {pages} pages, {questions} questions", compare(commands, rounds if pages <= 200 else 3), floor)
        rebuild(folder, coursegen, rounds)
        wait(folder)
        grow(folder, coursegen)
        film(folder, coursegen)
        weigh(folder)
        count_calls(folder)


def rebuild(folder: Path, coursegen: list[str], rounds: int) -> None:
    """The large course for the first time, again, and after an edit of one page; beside MkDocs, which makes a site of the same pages.

    MkDocs writes each page once. coursegen writes each into six packages, with quizzes, and checks them; so one package stands there, too.
    """
    pages, questions = SIZES["large"]
    source, site = folder / "again", folder / "site"
    generate(source, pages, questions)
    (site / "docs").mkdir(parents=True)
    (site / "mkdocs.yml").write_text("site_name: Generated\nplugins: [search]\n", "utf-8")
    (site / "docs" / "index.md").write_text("# Generated\n", "utf-8")
    for unit in sorted(source.glob("unit-*")):
        shutil.copytree(unit / "media", site / "docs" / unit.name / "media")
        (site / "docs" / unit.name / "pages").mkdir()
        for page in unit.glob("pages/*.html"):
            text = page.read_text("utf-8").replace('.html#second"', '.md#second"')
            (site / "docs" / unit.name / "pages" / f"{page.stem}.md").write_text(f"# Page\n\n{text}", "utf-8")
    edited = 0

    def edit() -> None:
        nonlocal edited
        edited += 1
        for page in (source / "unit-003/pages/p3.html", site / "docs/unit-003/pages/p3.md"):
            with page.open("a", encoding="utf-8") as file:
                file.write(f"<p>Edit {edited}.</p>\n")

    build = [*coursegen, "build", str(source), "-o", str(folder / "again-out")]
    kept = [*build, "--cache", str(folder / "cache")]
    one = [*coursegen, "build", str(source), "-o", str(folder / "one-out"), "-f", "scorm2004", "--cache", str(folder / "cache-of-one")]
    commands = {
        "all packages, for the first time": [*build, "--no-cache"],
        "all packages, nothing changed": kept,
        "all packages, one page changed": kept,
        "one SCORM 2004, for the first time": [*one, "--no-cache"],
        "one SCORM 2004, one page changed": one,
    }
    before: dict[str, Callable[[], object]] = {name: edit for name in commands if "one page changed" in name}
    if importlib.util.find_spec("mkdocs"):
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(site / "mkdocs.yml")]
        commands |= {"MkDocs, for the first time": mkdocs, "MkDocs --dirty, one page changed": [*mkdocs, "--dirty"]}
        before["MkDocs, for the first time"] = lambda: shutil.rmtree(site / "site", ignore_errors=True)
        before["MkDocs --dirty, one page changed"] = edit
    before["all packages, nothing changed"] = lambda: measure(kept)
    title = f"Again and again: {pages} pages, {questions} questions"
    show(title, compare(commands, rounds, before), "all packages, for the first time")


def wait(folder: Path) -> None:
    """How long the preview takes after a save: until it tells of it, and until the browser has drawn the page again."""
    print("\nThe preview, after a save")
    (folder / "preview").mkdir()
    for name, source, page, address in courses(folder / "preview"):
        print(f"  {name:34} {measure_waits(source, page, address)}")


def grow(folder: Path, coursegen: list[str]) -> None:
    """Courses of questions of all kinds, in every format: CPU seconds and peak memory.

    Growth is what one more question costs in the largest course, over what it costs in the smallest: 1.00 is a line.
    """
    print(f"\nQuestions of all kinds\n  {'':18}", end="")
    print("".join(f"{f'{number:,}: cpu s':>14} {'MB':>7}" for number in MANY), f"{'growth':>7}")
    for number in MANY:
        generate_questions(folder / f"questions-{number}", number)
    for name in ("check", *OF_QUESTIONS, "all of these"):
        figures = []
        for number in MANY:
            source, out = str(folder / f"questions-{number}"), str(folder / "questions-out")
            chosen = ["-f", name] if name in OF_QUESTIONS else []
            command = [*coursegen, "check", source] if name == "check" else [*coursegen, "build", source, "-o", out, "--no-cache", *chosen]
            cpu, _, peak = measure(command)
            figures.append((cpu, peak))
        slopes = [(figures[step + 1][0] - figures[step][0]) / (MANY[step + 1] - MANY[step]) for step in (0, 1)]
        cells = "".join(f"{cpu:14.2f} {peak:7.1f}" for cpu, peak in figures)
        print(f"  {name:18}{cells} {slopes[1] / slopes[0]:7.2f}")


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
    formats = {"one SCORM 1.2 package, 1 GB film": "scorm12", "one Moodle backup, 1 GB film": "moodle-backup"}
    figures = {
        title: measure([*coursegen, "build", str(source), "-o", str(folder / "film-out"), "--no-cache", "-f", name])
        for title, name in formats.items()
    }
    show("A film", figures, "one SCORM 1.2 package, 1 GB film")


def weigh(folder: Path) -> None:
    """What a learner's browser loads of a unit's package: the player as a web server sends it, and the texts."""
    print("\nA unit's package, gzip, bytes")
    for package in build(MODULES, folder / "weight", ("scorm12-unit", "scorm2004-unit")).packages:
        files = members(folder / "weight" / package.name)
        packed = {name: len(gzip.compress(data, 9)) for name, data in files.items() if name.endswith((".js", ".css", ".html"))}
        player = sum(size for name, size in packed.items() if name.startswith("player/"))
        print(f"  {package.name:34} player {player:7,}  index.html {packed['index.html']:7,}  zip {package.size:9,}")


def count_calls(folder: Path) -> None:
    """Work through a unit once, all right, on the strict platform of the tests: how often it is called, and for how much.

    Answers come faster than a learner's here, and those within a tenth of a second are one commit.
    """
    unit = next(unit for unit in course_of().units if any(unit.quizzes()))
    print(f"\nUnit {unit.id} worked through once: {'':14} {'read':>6} {'write':>6} {'commit':>6} {'characters':>11}")
    with served(folder) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        for runtime in ("scorm12", "scorm2004"):
            ((file, _),) = [each for each in FORMATS[f"{runtime}-unit"].packages(course_of()) if each[1] is unit]
            package = Package(Path(file).stem, (unit,))
            with zipfile.ZipFile(folder / "weight" / file) as archive:
                archive.extractall(folder / package.name)
            lms = Lms(Watched(browser.new_context()), site, package, runtime=runtime, platform="strict")
            lms.player.ready()
            answers = right_answers(package)
            for name, title, activity in package.activities():
                lms.player.go(name)
                lms.player.expect_at(name, title)
                lms.player.expect_saved("saved")
                work_through(lms.player, activity, answers)
                lms.player.expect_saved("saved")
            calls = [call for call in lms.calls() if call.name.removeprefix("LMS") in ("GetValue", "SetValue", "Commit")]
            told = Counter(call.name.removeprefix("LMS") for call in calls)
            size = sum(len(call.arguments[1]) for call in calls if call.name.endswith("SetValue"))
            print(f"  {file:34} {'':7} {told['GetValue']:6} {told['SetValue']:6} {told['Commit']:6} {size:11,}")
        browser.close()


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    main()
