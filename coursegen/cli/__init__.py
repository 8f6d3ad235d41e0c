"""The command line: a file a command, loaded when it is called, so that ``coursegen --help`` answers at once."""

from __future__ import annotations

import gc
import importlib
import os
from typing import TYPE_CHECKING

import click

from .. import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "new": "Make a new course, or add a unit, a page, a quiz or a case.",
    "serve": "Show a course in a browser, and follow every save.",
    "build": "Check a course and build its packages.",
    "check": "Report everything that is wrong with a course.",
    "cases": "Tell what can happen in the case studies of a course.",
    "rules": "List the rules, or explain one.",
    "inspect": "Tell what is in a package, and what a system will make of it.",
    "diff": "Tell what an update does to the work of learners.",
    "formats": "Tell what each format keeps of a course, changes and drops.",
    "schema": "Print the JSON Schemas or the reference of the source format.",
    "completion": "Print what your shell needs to complete commands.",
}
"""Each command is a module here with a function ``command``; the words are its line in the list."""


class Lazy(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, without a load of any; and the options of the group."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=words) for name, words in COMMANDS.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Lazy, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="coursegen", prog_name="coursegen")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Make a course in YAML and HTML, check it, and build packages that an LMS imports.

    \b
    coursegen new brakes       a sample course to begin with
    coursegen check            what is wrong, with file, line and column
    coursegen build            all packages, in the folder dist
    coursegen build --help     what a command does, with examples

    Commands take the course in this folder, or in the folder modules. You may name another one.

    Exit status of all commands: 0 done, 1 something was found or could not be done, 2 wrong usage.

    With NO_COLOR=1 nothing is printed in colour.
    """
    # A build makes hundreds of thousands of objects that live to its end, and hardly a cycle: looking for some again and again, and
    # a last time before leaving, would cost a fifth of its time.
    gc.set_threshold(200_000, 50, 1000)
    ctx.call_on_close(gc.freeze)
    if os.environ.get("NO_COLOR"):  # https://no-color.org: any value but an empty one
        ctx.color = False
    if ctx.invoked_subcommand is None:
        click.echo(f"{ctx.get_help()}\n\n{_first_step()}")


def _first_step() -> str:
    """What to do in this folder, for who types nothing but the program's name."""
    from . import place

    if (place.source() / place.COURSE).is_file():
        return "There is a course here. Check it:  coursegen check"
    return "There is no course in this folder. Make one:  coursegen new my-course"
