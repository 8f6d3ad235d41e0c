"""The tutorial, as its reader follows it: from the built wheel, in an empty environment, outside the repository."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from packages import REPOSITORY
from tutorial import Step, edit, steps

from coursegen import __version__

PAGE = (REPOSITORY / "docs/tutorial.md").read_text("utf-8")
WHEEL = f"coursegen-{__version__}-py3-none-any.whl"
END = "--- end of output ---"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what is in the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    copy.mkdir()
    for name in ("coursegen", "templates"):
        shutil.copytree(REPOSITORY / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, copy)
    made = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert (folder / WHEEL).is_file()
    return folder / WHEEL


class Terminal:
    """A shell that goes on from one block to the next."""

    def __init__(self, folder: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("COURSEGEN", "PYTHON", "VIRTUAL_ENV"))}
        environment |= {"HOME": str(folder), "PIP_CONSTRAINT": str(REPOSITORY / "constraints.txt"), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        environment["PYTHONUNBUFFERED"] = "1"
        if "PIP_CACHE_DIR" not in environment:
            environment["PIP_CACHE_DIR"] = str(Path.home() / ".cache" / "pip")
        self.process = subprocess.Popen(
            ["sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder, env=environment
        )

    def type(self, text: str) -> str:
        """What a block prints, with the exit status of its last command at the end."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{text}\necho; echo '{END}'\n")
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline()) and line.strip() != END:
            lines.append(line)
        return "".join(lines)

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def preview(terminal: Terminal) -> str:
    """``coursegen serve`` runs until it is ended: what it prints, after its first page was opened and Ctrl+C was pressed."""
    where = terminal.type("pwd -P; command -v coursegen").split()
    process = subprocess.Popen(
        [where[1], "serve", "--port", "0"], cwd=where[0], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    try:
        printed = process.stdout.readline()
        address = next(word for word in printed.split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert "Safe brakes" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
    finally:
        process.kill()
        process.stdout.close()
    assert process.returncode == 0, rest
    return printed + rest


def test_the_tutorial(wheel: Path, tmp_path: Path) -> None:
    shutil.copy(wheel, tmp_path)
    terminal = Terminal(tmp_path)
    printed = ""
    try:
        for step in steps(PAGE):
            where = Path(terminal.type("pwd -P").strip())
            if step.kind == "type":
                printed = preview(terminal) if step.text.strip() == "coursegen serve" else terminal.type(step.text)
                assert "Traceback" not in printed, printed
            elif step.kind == "see":
                assert [line for line in step.text.splitlines() if line not in printed] == [], printed
            else:
                edit(where, step)
    finally:
        terminal.close()
    made = {path.name for path in (tmp_path / "my-course/dist").iterdir()}
    assert {"my-course-en.mbz", "my-course-en-scorm12.zip", "report.html"} <= made
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith(".")) == [WHEEL, "my-course", "tools"]


def test_every_block_of_the_tutorial_is_done() -> None:
    kinds = [step.kind for step in steps(PAGE)]
    assert kinds.count("type") >= 12
    assert kinds.count("see") >= 10
    assert kinds.count("replace") + kinds.count("write") >= 5


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("Look at this:\n\n```html\n<p>\n```\n", "no reader knows"),
        ("Put this in its place:\n\n```html\n<p>\n```\n", "no reader knows"),
        ("Put this in place of all that is there:\n\n```html\n<p>\n```\n", "no reader knows"),
    ],
)
def test_a_page_that_cannot_be_followed(page: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        steps(page)


def test_an_edit_of_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>One.</p>\n", "utf-8")
    with pytest.raises(ValueError, match="0 times"):
        edit(tmp_path, Step("replace", "<p>New.</p>\n", "a.html", "<p>Two.</p>\n"))
