"""``coursegen new``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from . import complete, place

_LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"


class New(click.Group):
    """A group whose first word may also be the name of a course: ``new brakes`` is ``new course brakes``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["course", *args]
        return super().parse_args(ctx, args)


@click.group(cls=New, no_args_is_help=True, subcommand_metavar="NAME | COMMAND …")
def command() -> None:
    """Make a new course, or add a unit, a page, a quiz or a case to one.

    `coursegen new NAME` makes a small course in a new folder. It has every kind of activity, and it builds at once.

    The other commands add something to the course in this folder. They fill in ids, and keep minutes right.
    New texts say TODO: where you decide. `coursegen check` finds these.

    Exit status: 0 made, 1 not made (nothing was changed), 2 wrong usage.

    \b
    coursegen new brakes
    coursegen new "Brakes for beginners" --language en-GB
    coursegen new unit "Mend a brake"
    coursegen new page "How pads wear" --in u01
    """


@command.command()
@click.argument("name")
@click.option("--title", default="", help="Title of the course; made from NAME if absent.")
@click.option("--language", default="en", show_default=True, help="Language that you will write in, such as en, de or pt-BR.")
def course(name: str, title: str, language: str) -> None:
    """Make a sample course in a new folder.

    NAME is the folder. It may also be a title: "Brakes for beginners" becomes the folder brakes-for-beginners.

    Exit status: 0 made, 1 not made (nothing was changed), 2 wrong usage.

    \b
    coursegen new brakes
    coursegen new "Bremsen prüfen" --language de
    """
    from ..scaffold import Refused, new_course

    if not re.fullmatch(_LANGUAGE, language):
        raise click.BadParameter("write a language tag such as en, de or pt-BR", param_hint="--language")
    if not name.strip() or "\0" in name:
        raise click.BadParameter("write a name for the course", param_hint="NAME")
    try:
        made = new_course(name.strip(), language, title)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(place.told(error)) from error
    shown = made.folder.as_posix()
    click.echo(f"{shown}: a sample course with 2 units, {made.files} files. Title: {made.title}. Id: {made.id}.")
    if language.split("-")[0].lower() != "en":
        own = f"{shown}/templates/messages/{language.split('-')[0].lower()}.json"
        click.echo("The texts of the sample are in English: write yours in their place.")
        click.echo(f"The player has words of its own (Next, Check, …). Put them into {own}.")
    click.echo("\nNext:\n")
    for line, words in (
        (f"cd {_quoted(shown)}", ""),
        ("coursegen serve", "look at the course in your browser"),
        ("coursegen build", "make the packages, in the folder dist"),
    ):
        click.echo(f"  {line:24}{words}".rstrip())


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


def _adds(kind: str, words: str, example: str, *, to_unit: bool = True) -> None:
    """A command that adds one kind of thing."""

    def run(title: str, folder: Path | None, unit: str = "") -> None:
        from ..scaffold import Refused, add

        try:
            added = add(kind, title, folder or place.course_here(), unit or ("" if folder else _unit_here()))
        except Refused as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(place.told(error)) from error
        click.echo(f"{kind} {added.id}" + (f" in {added.unit}" if added.unit else ""))
        for path in added.new:
            click.echo(f"  new      {path.as_posix()}")
        for path in added.changed:
            click.echo(f"  changed  {path.as_posix()}")
        click.echo("Now write your own words where the new files say TODO: (coursegen check finds them).")

    run.__doc__ = f"""{words}

    Exit status: 0 added, 1 not added (nothing was changed), 2 wrong usage.

    \b
    {example}
    """
    parameters: list[click.Parameter] = [
        click.Argument(["title"]),
        click.Option(
            ["--course", "folder"],
            is_eager=True,  # so that completing --in knows it
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Folder of the course; this folder, one above it, or modules if absent.",
        ),
    ]
    if to_unit:
        help_text = "Id of the unit; the unit of this folder, or the last one, if absent."
        parameters.append(click.Option(["--in", "unit"], default="", help=help_text, shell_complete=complete.unit_ids))
    command.add_command(click.Command(kind, callback=run, params=parameters, help=run.__doc__))


_adds("unit", "Add a unit at the end of the course. It begins with a page and a quiz.", 'coursegen new unit "Mend a brake"', to_unit=False)
_adds("page", "Add a page to a unit. It comes after the other activities.", 'coursegen new page "How pads wear" --in u01')
_adds("quiz", "Add a quiz to a unit. It begins with one question.", 'coursegen new quiz "Pads" --in u01')
_adds("case", "Add a case study to a unit. It begins with one decision.", 'coursegen new case "A soft brake" --in u01')


def _unit_here() -> str:
    """The id of the unit whose folder this is, or one above; empty elsewhere."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "course.yaml").exists():
            return ""
        if (folder / "unit.yaml").is_file():
            return complete.id_in(folder / "unit.yaml")
    return ""
