"""``coursegen schema``."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click

from . import commands, place

KINDS = tuple("course unit quiz bank case grid reference rubric example survey repository glossary framework".split())
"""Those of :data:`coursegen.readers.source.schema.FILES`, which the command line need not load to name them."""


@click.command()
@click.argument("name", required=False, type=click.Choice(KINDS), metavar="[KIND]")
@click.option("--write", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write all schemas and the reference here.")
@click.option(
    "--editor",
    "workspace",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Set up this folder for VS Code: schemas in .schemas, settings in .vscode.",
)
def command(name: str | None, folder: Path | None, workspace: Path | None) -> None:
    """Print the JSON Schema of a KIND of source file, set up an editor with all of them, or write them with the reference.

    Kinds: course, unit, quiz, bank, case, grid, reference, rubric, example, survey, repository, glossary, framework.

    With the schemas an editor offers keys while you type, says what each means, and marks slips.

    Exit status: 0 done, 1 not done (nothing was changed), 2 wrong usage.

    \b
    coursegen schema --editor .
    coursegen schema quiz
    coursegen schema --write docs/reference
    """
    if (name is not None) + (folder is not None) + (workspace is not None) != 1:
        raise click.UsageError("name a kind of file, or a folder with --editor or --write")
    if workspace is not None:
        _set_up(workspace)
        return
    from .. import report
    from ..readers.source import schema

    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for each in schema.FILES:
            text = json.dumps(schema.schema(each), ensure_ascii=False, indent=2) + "\n"
            (folder / f"{each}.schema.json").write_text(text, "utf-8", newline="\n")
        (folder / "keys.md").write_text(schema.reference(), "utf-8", newline="\n")
        (folder / "rules.md").write_text(_rules(), "utf-8", newline="\n")
        group = click.get_current_context().find_root().command
        (folder / "commands.md").write_text(commands.reference(cast(click.Group, group)), "utf-8", newline="\n")
        (folder / "formats.md").write_text("\n".join(_formats()) + "\n", "utf-8", newline="\n")
        text = json.dumps(report.SCHEMA, ensure_ascii=False, indent=2) + "\n"
        (folder / "report.schema.json").write_text(text, "utf-8", newline="\n")
        click.echo(f"{folder}: {len(schema.FILES) + 1} schemas, commands.md, keys.md, rules.md, formats.md")
    elif name is not None:
        click.echo(json.dumps(schema.schema(name), ensure_ascii=False, indent=2))


def _set_up(workspace: Path) -> None:
    from ..scaffold import Refused, set_up

    try:
        written = set_up(workspace)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(place.told(error)) from error
    click.echo(f"{workspace.as_posix()}: {len(written)} files in .schemas and .vscode")
    click.echo("Open this folder in VS Code, and install the extension YAML (redhat.vscode-yaml).")


def _rules() -> str:
    from ..check import all_rules

    out = ["# Rules", "", "Made from the rules' own docstrings. `coursegen rules CODE` prints one.", ""]
    for rule in all_rules():
        # A paragraph to each of "Wrong:" and "Right:", which stand on lines of their own in the docstring.
        text = inspect.cleandoc(rule.documentation).replace("``", "`").replace("\nRight:", "\n\nRight:")
        out += [f"## {rule.code} {rule.name} ({rule.severity})", "", text, ""]
    return "\n".join(out)


def _formats() -> Iterator[str]:
    """The tables of what formats keep: all in one, and the reasons of each."""
    from ..report import matrix
    from ..writers import FORMATS

    words = {"kept": "kept", "changed": "changed", "substituted": "replaced", "dropped": "dropped"}
    yield "# What formats keep of a course"
    yield ""
    yield "Made from the tables of the writers, which steer them; tests hold them against what is read back from packages."
    yield "`coursegen formats NAME` prints one. *Replaced*: the question's portable twin takes its place, or the best that can honestly"
    yield "be made of it. An empty cell is beyond what the format is for. The tables are those for Moodle 4.1; the lists below say where a"
    yield "newer one keeps more. Where there is a †, they say for which questions it is another way."
    for title, rows in matrix(FORMATS.values(), "4.1"):
        yield f"\n## {title}\n"
        yield f"| feature | what it is | {' | '.join(f'`{name}`' for name in FORMATS)} |"
        yield f"|---|---|{'---|' * len(FORMATS)}"
        for row in rows:
            cells = " | ".join(f"{words[found.how]}{' †' if found.exceptions else ''}" if found else "" for found in row.verdicts)
            yield f"| `{row.feature}` | {row.what.replace('*', chr(92) + '*')} | {cells} |"
    for name, each in FORMATS.items():
        yield f"\n## {name}\n\n{each.title}, for {each.consumer}. What it does not keep as it is:\n"
        for feature, found in each.carries.items():
            if found.how != "kept" or found.exceptions:
                since = f" Kept for Moodle {found.since} and newer." if found.since else ""
                reason = f": {found.reason.replace('*', chr(92) + '*')}" if found.reason else ""
                yield f"- `{feature}` {words[found.how]}{reason}.{since}"
            for special in found.exceptions:
                reason = f": {special.verdict.reason.replace('*', chr(92) + '*')}" if special.verdict.reason else ""
                yield f"  - {special.which} {words[special.verdict.how]}{reason}."
