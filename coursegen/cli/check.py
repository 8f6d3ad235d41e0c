"""``coursegen check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from . import place, report


@click.command()
@place.argument
@click.option("--format", "shape", type=click.Choice(list(report.FORMATS)), default="text", help="How to write the findings.")
@click.option("--strict", is_flag=True, help="Hints count, too: the exit status is 1 if there is one.")
def command(source: Path, shape: str, strict: bool) -> None:
    """Report everything that is wrong with the course in SOURCE (by default this folder, or modules), and how to make it better.

    An error keeps packages from being built. A warning should be mended. A hint makes a good course better.

    Exit status: 0 nothing found or only hints, 1 findings, 2 wrong usage.

    \b
    coursegen check
    coursegen check my-course --format json
    coursegen check --strict
    """
    from ..check import check_source

    _, findings = check_source(source, hints=True)
    click.echo(report.FORMATS[shape](findings), nl=False)
    if shape == "text":
        click.echo(f"{source}: {report.summary(findings) if findings else 'nothing to mend'}", err=True)
    sys.exit(1 if any(strict or finding.severity != "hint" for finding in findings) else 0)
