"""``coursegen diff``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .place import told as system_told

_EITHER = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("old", type=_EITHER)
@click.argument("new", type=_EITHER)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def command(old: Path, new: Path, shape: str) -> None:
    """Tell what an update changes for learners, and whether those in the middle of the course lose anything.

    OLD is what learners have, NEW is what you want to publish. Each is a SCORM package that coursegen built, or the folder of a course.
    Compare with the package that is published: an attempt is kept by a platform, and by what the package made of it.

    Of other packages (Moodle backups, cartridges, files of questions) platforms make copies. For them you read which parts are others.

    Exit status: 0 safe, 1 learners lose something, 2 wrong usage.

    \b
    coursegen diff published/my-course-en-scorm12.zip .
    coursegen diff published/my-course-en-scorm12.zip dist/my-course-en-scorm12.zip
    coursegen diff ../last-year . --format json
    """
    from ..changes.editions import compared
    from ..changes.snapshot import NotComparableError
    from ..changes.told import told

    try:
        update = compared(old, new)
    except NotComparableError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(system_told(error)) from None
    click.echo(json.dumps(update.to_json(), ensure_ascii=False, indent=2) if shape == "json" else told(update), nl=shape == "json")
    sys.exit(0 if update.verdict in ("safe", "no update") else 1)
