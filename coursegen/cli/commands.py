"""The reference of commands, made from the commands themselves: ``coursegen schema --write`` puts it beside that of keys and rules."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click


def reference(group: click.Group) -> str:
    """All commands of a group as Markdown: what each does, its arguments and options, its examples."""
    context = click.Context(group, info_name="coursegen")
    head = ["# Commands", "", "Made from the commands' own words. `coursegen COMMAND --help` prints one.", ""]
    return "\n".join([*head, *_group(group, context, 2)]) + "\n"


def _group(group: click.Group, context: click.Context, level: int) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        yield from _command(command, inner, level)
        if isinstance(command, click.Group):
            yield from _group(command, inner, level + 1)


def _command(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield f"{'#' * level} {context.command_path}"
    yield ""
    yield f"`{' '.join([context.command_path, *command.collect_usage_pieces(context)])}`"
    yield ""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith("\b"):
            yield from ("```", *paragraph.removeprefix("\b").strip("\n").splitlines(), "```", "")
        else:
            yield " ".join(paragraph.split())
            yield ""
    told = (parameter.get_help_record(context) for parameter in command.params)
    options = [record for record in told if record and record[1]]
    if options:
        yield "| option | what it does |"
        yield "|---|---|"
        yield from (f"| `{_cell(names)}` | {_cell(words)} |" for names, words in options)
        yield ""


def _cell(words: str) -> str:
    """A line of a table: a bar would end the cell."""
    return " ".join(words.split()).replace("|", "\\|")
