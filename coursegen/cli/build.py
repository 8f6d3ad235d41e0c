"""``coursegen build``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..writers import FORMATS
from . import report


@click.command()
@click.argument("source", default="modules", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", default="dist", type=click.Path(file_okay=False, path_type=Path), help="Folder for the packages.")
@click.option("-f", "--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Build this kind only; may be repeated.")
@click.option("--strict", is_flag=True, help="Build nothing when a format drops something that the course does not accept.")
def command(source: Path, output: Path, formats: tuple[str, ...], strict: bool) -> None:
    """Check the course in SOURCE (by default: modules) and build its packages.

    Nothing is written when the check finds an error. What formats change or drop is counted at the end; every case with its place and
    reason is in report.html and report.json beside the packages. Exit status: 0 built, 1 findings that are errors, 2 wrong usage.

    \b
    coursegen build
    coursegen build my-course -o packages -f scorm12
    coursegen build --strict
    """
    from ..build import build
    from ..report import count

    tell = (lambda name: click.echo(f"\r\033[K{name}", nl=False, err=True)) if sys.stderr.isatty() else None
    try:
        built = build(source, output, formats, strict=strict, tell=tell)
    except OSError as error:
        raise click.ClickException(f"{error.filename or output}: {error.strerror or error}") from error
    finally:
        if tell:
            click.echo("\r\033[K", nl=False, err=True)
    if built.findings:
        click.echo(report.text(built.findings), nl=False, err=True)
        click.echo(f"{source}: {report.summary(built.findings)}", err=True)
    if built.failed:
        click.echo("Nothing was built.", err=True)
        sys.exit(1)
    rows = [("file", "format", "language", "units", "questions", "size")]
    rows += [
        (package.name, package.format.title, package.language, str(package.units), str(package.questions), f"{package.size / 1000:.0f} kB")
        for package in built.packages
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if column > 2 else cell.ljust(width) for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
    click.echo()
    for name, cases in built.losses.items():
        click.echo(f"{name}: {count(cases)}")
