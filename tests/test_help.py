"""What commands say of themselves: what they do, their exit status, and examples that work."""

from __future__ import annotations

import inspect
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from samples import write_course

from coursegen.cli import COMMANDS, main


def commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every command with the words by which it is called."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        yield inner.command_path, command
        if isinstance(command, click.Group):
            yield from commands(command, inner)


ALL = dict(commands(main, click.Context(main, info_name="coursegen")))


def examples(command: click.Command) -> list[str]:
    """The lines of its help that stand as they are."""
    blocks = re.findall(r"\x08\n((?:.+\n?)+)", inspect.cleandoc(command.help or ""))
    return [line.strip() for block in blocks for line in block.splitlines()]


def called(line: str) -> tuple[str, list[str]]:
    """The command that an example calls, and its arguments; what a shell adds and words beside it are left out."""
    words = shlex.split(re.split(r" {2,}| >>? | \| ", line)[0])
    path = words[0]
    while len(words) > 1 and f"{path} {words[1]}" in ALL:
        path = f"{path} {words.pop(1)}"
    if path == "coursegen new" and len(words) > 1:  # a name follows: of a course
        path += " course"
    return path, words[1:]


@pytest.mark.parametrize("path", list(ALL))
def test_help_has_examples_of_the_command(path: str) -> None:
    lines = examples(ALL[path])
    assert lines
    assert all(line.startswith("coursegen ") for line in lines)
    group = path if isinstance(ALL[path], click.Group) else called(lines[0])[0]
    assert path == group


@pytest.mark.parametrize("path", ["coursegen", *ALL])
def test_examples_name_commands_and_options_that_exist(path: str) -> None:
    for line in examples(ALL.get(path, main)):
        name, arguments = called(line)
        command = ALL[name]
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {"--help", "-h"}
        assert {word.partition("=")[0] for word in arguments if word.startswith("-")} <= known, line


@pytest.mark.parametrize("path", list(ALL))
def test_help_says_the_exit_status(path: str) -> None:
    found = re.search(r"Exit status: 0 [^.]+, 2 wrong usage\.", " ".join((ALL[path].help or "").split()))
    assert found, path


@pytest.mark.parametrize("path", list(ALL))
def test_every_option_says_what_it_does(path: str) -> None:
    for parameter in ALL[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith("."), parameter.name


@pytest.mark.parametrize("path", list(ALL))
def test_help_fits_a_narrow_terminal(path: str) -> None:
    """What is cut in the list of a group ends in dots; and lines that stand as they are would be broken by the terminal."""
    words = path.split()[1:]
    out = CliRunner().invoke(main, [*words, "--help"], terminal_width=80).stdout
    assert "..." not in re.sub(r"\[(ARGS|OPTIONS|COMMAND)\]\.{3}", "", out)
    assert all(len(line) <= 80 for line in examples(ALL[path]))


def test_the_list_of_commands() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for name, words in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(words)}$", result.stdout, re.MULTILINE)
    told = " ".join(result.stdout.split())
    assert "Exit status of all commands: 0 done, 1 something was found or could not be done, 2 wrong usage." in told
    assert "NO_COLOR" in told


def test_without_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert result.stdout.endswith("There is no course in this folder. Make one:  coursegen new my-course\n")
    write_course(tmp_path / "modules")
    assert CliRunner().invoke(main, []).stdout.endswith("There is a course here. Check it:  coursegen check\n")


@pytest.mark.parametrize("name", ["check", "build", "cases"])
def test_a_command_without_a_course_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [name])
    assert result.exit_code == 2
    assert 'Make one with "coursegen new NAME"' in result.stderr


def test_the_course_of_this_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_course(tmp_path)
    write_course(tmp_path / "modules", {"course.yaml": "id: [\n"})
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


@pytest.mark.parametrize(("value", "colour"), [("1", False), ("", None), (None, None)])
def test_no_color(monkeypatch: pytest.MonkeyPatch, value: str | None, colour: bool | None) -> None:
    if value is None:
        monkeypatch.delenv("NO_COLOR", raising=False)
    else:
        monkeypatch.setenv("NO_COLOR", value)
    seen = []
    monkeypatch.setattr(click.Context, "get_help", lambda context: str(seen.append(context.color)))
    assert CliRunner().invoke(main, []).exit_code == 0
    assert seen == [colour]


def test_help_loads_no_command() -> None:
    code = (
        "import sys; from coursegen.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith('coursegen.') and name != 'coursegen.cli'], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
