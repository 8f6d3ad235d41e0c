"""``coursegen inspect``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


@click.command()
@click.argument("package", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of --format json, and look at nothing.")
@click.option("--explain", metavar="CODE", help="Say what a finding with CODE means (for example Z202), and look at nothing.")
def command(package: Path | None, shape: str, schema: bool, explain: str | None) -> None:
    """Tell what is in PACKAGE, whether it is sound, and what will happen when a system imports it.

    PACKAGE is a file for a learning platform, of coursegen or of any other program: SCORM, Common Cartridge, a Moodle backup (.mbz), QTI,
    Moodle XML or GIFT. Nothing is unpacked to the disk, so that it is safe to look at a file that you do not trust.

    Exit status: 0 nothing to mend, 1 something to mend, 2 wrong usage.

    \b
    coursegen inspect dist/my-course-en.mbz
    coursegen inspect downloaded.imscc --format json
    coursegen inspect --explain Z202
    """
    if explain is not None:
        click.echo(_explained(explain.upper()))
        return
    if schema:
        import json

        from ..inspection.schema import schema as made

        click.echo(json.dumps(made(), ensure_ascii=False, indent=2))
        return
    if package is None:
        raise click.UsageError("give the package to look at, for example: coursegen inspect course.zip")
    from ..inspection.guarded import run

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    told = run(package.as_posix(), shape, colour)
    click.echo(told.text, nl=False)
    sys.exit(0 if told.sound else 1)


def _explained(code: str) -> str:
    """What a finding means, in the words of its documentation."""
    import inspect

    from ..inspection.registry import all_faults

    found = {each.code: each for each in all_faults()}.get(code)
    if found is None:
        raise click.UsageError(f"there is no finding {code} of inspect; the others are told by 'coursegen rules'")
    return f"{found.code} {found.name} ({found.severity})\n\n{inspect.cleandoc(found.documentation)}"
