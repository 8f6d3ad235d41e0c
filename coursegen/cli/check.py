"""``coursegen check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from . import report


@click.command()
@click.argument("source", default="modules", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "shape", type=click.Choice(list(report.FORMATS)), default="text", help="How to write the findings.")
def command(source: Path, shape: str) -> None:
    """Report everything that is wrong with the course in SOURCE (by default: modules).

    Exit status: 0 nothing found, 1 findings, 2 wrong usage.

    \b
    coursegen check
    coursegen check my-course --format json
    """
    from ..check import check_source

    _, findings = check_source(source)
    click.echo(report.FORMATS[shape](findings), nl=False)
    if shape == "text":
        click.echo(f"{source}: {report.summary(findings) if findings else 'nothing to mend'}", err=True)
    sys.exit(1 if findings else 0)
