"""The command line: a file a command, loaded when it is called, so that ``coursegen --help`` answers at once."""

from __future__ import annotations

import gc
import importlib

import click

from .. import __version__

COMMANDS = {
    "build": "Check a course and build its packages.",
    "check": "Report everything that is wrong with a course.",
    "cases": "Tell what can happen in the case studies of a course.",
    "rules": "List the rules, or explain one.",
    "formats": "Tell what each format keeps of a course, changes and drops.",
    "schema": "Print the JSON Schemas or the reference of the source format.",
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="coursegen", prog_name="coursegen")
def main() -> None:
    """Compile a course from YAML and HTML into packages that an LMS imports.

    \b
    coursegen check modules          what is wrong, with file, line and column
    coursegen build modules -o dist  all packages into dist
    coursegen rules A001             what a rule means
    """
    # A build makes hundreds of thousands of objects that live to its end, and hardly a cycle: looking for some again and again, and
    # a last time before leaving, would cost a fifth of its time.
    gc.set_threshold(200_000, 50, 1000)
    click.get_current_context().call_on_close(gc.freeze)
