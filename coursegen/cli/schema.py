"""``coursegen schema``."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import click

KINDS = ("course", "unit", "quiz", "bank", "case", "grid", "reference", "glossary", "framework")
"""Those of :data:`coursegen.readers.source.schema.FILES`, which the command line need not load to name them."""


@click.command()
@click.argument("name", required=False, type=click.Choice(KINDS))
@click.option("--write", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write all schemas and the reference here.")
def command(name: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of a kind of source file, or write all of them with the reference of keys and rules.

    \b
    coursegen schema quiz
    coursegen schema --write docs/reference
    """
    from ..readers.source import schema

    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for each in schema.FILES:
            text = json.dumps(schema.schema(each), ensure_ascii=False, indent=2) + "\n"
            (folder / f"{each}.schema.json").write_text(text, "utf-8", newline="\n")
        (folder / "keys.md").write_text(schema.reference(), "utf-8", newline="\n")
        (folder / "rules.md").write_text(_rules(), "utf-8", newline="\n")
        click.echo(f"{folder}: {len(schema.FILES)} schemas, keys.md, rules.md")
    elif name is not None:
        click.echo(json.dumps(schema.schema(name), ensure_ascii=False, indent=2))
    else:
        raise click.UsageError("name a kind of file, or a folder with --write")


def _rules() -> str:
    from ..check import all_rules

    out = ["# Rules", "", "Made from the rules' own docstrings. `coursegen rules CODE` prints one.", ""]
    for rule in all_rules():
        # A paragraph to each of "Wrong:" and "Right:", which stand on lines of their own in the docstring.
        text = inspect.cleandoc(rule.documentation).replace("``", "`").replace("\nRight:", "\n\nRight:")
        out += [f"## {rule.code} {rule.name} ({rule.severity})", "", text, ""]
    return "\n".join(out)
