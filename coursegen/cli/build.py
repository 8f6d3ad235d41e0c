"""``coursegen build``."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

import click

from ..writers import FORMATS
from . import place, report

PATIENCE = 1.0
"""Seconds after which somebody wants to know what is going on."""


@click.command()
@place.argument
@click.option("-o", "--output", default="dist", type=click.Path(file_okay=False, path_type=Path), help="Folder for the packages.")
@click.option(
    *("-f", "--format", "--only", "formats"),
    multiple=True,
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    help="Build this kind only; may be repeated. `coursegen formats` lists them.",
)
@click.option("-u", "--unit", "units", multiple=True, metavar="ID", help="Build the packages of this unit only; may be repeated.")
@click.option("--strict", is_flag=True, help="Build nothing when a format drops something that the course does not accept.")
@click.option(
    *("-j", "--jobs"),
    type=click.IntRange(min=1),
    metavar="N",
    help="Share the work among N processes. The default is one for each processor.",
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    envvar="COURSEGEN_CACHE",
    help="Keep here what a later build can use. The default is COURSEGEN_CACHE, or else your folder for caches.",
)
@click.option("--no-cache", is_flag=True, help="Use nothing of earlier builds, and keep nothing.")
def command(
    source: Path,
    output: Path,
    formats: tuple[str, ...],
    units: tuple[str, ...],
    strict: bool,
    jobs: int | None,
    cache: Path | None,
    no_cache: bool,
) -> None:
    """Check the course in SOURCE (by default this folder, or modules) and build its packages.

    Nothing is written when the check finds an error. What formats change or drop is counted at the end; every case with its place and
    reason is in report.html and report.json beside the packages.

    What did not change since the last build is not made again. The packages are the same, byte for byte, with and without that.

    Exit status: 0 built, 1 not built (there are errors), 2 wrong usage.

    \b
    coursegen build
    coursegen build my-course -o packages -f scorm12
    coursegen build --only scorm12-unit --unit u02
    coursegen build --strict
    """
    from ..build import UnitError, build
    from ..cache.store import usual
    from ..report import count
    from ..workers import processors

    gc.set_threshold(100_000, 50, 50)  # a course is one large tree without rings: to look for rings in it takes time and finds none
    progress = Progress()
    kept = None if no_cache else cache or usual()
    try:
        built = build(source, output, formats, strict=strict, tell=progress.tell, units=units, jobs=jobs or processors(), cache=kept)
    except UnitError as error:
        raise click.BadParameter(str(error), param_hint="--unit") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or output}: {error.strerror or error}") from error
    finally:
        progress.end()
    if built.findings:
        click.echo(report.text(built.findings), nl=False, err=True)
        click.echo(f"{source}: {report.summary(built.findings)}", err=True)
    if built.failed:
        click.echo("Nothing was built.", err=True)
        sys.exit(1)
    if built.left_out:
        click.echo(f"Left out, since they are of whole courses: {', '.join(built.left_out)}.", err=True)
    if not built.packages:
        click.echo("No package of a single unit is wanted: add -f scorm12-unit.", err=True)
        sys.exit(2)
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


class Progress:
    """One line on a terminal that says which package is made, once a build takes long. In a file or a log there is none."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._from = time.monotonic() + PATIENCE

    def tell(self, name: str) -> None:
        """Show the name of a package."""
        if self._shown and time.monotonic() >= self._from:
            click.echo(f"\r\033[K{name}", nl=False, err=True)

    def end(self) -> None:
        """Take the line away."""
        if self._shown and time.monotonic() >= self._from:
            click.echo("\r\033[K", nl=False, err=True)
