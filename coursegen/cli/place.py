"""Where the course is that a command is about, if the author does not say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

COURSE = "course.yaml"
MODULES = Path("modules")


def source() -> Path:
    """The default of SOURCE: this folder if it has a course, else ``modules``."""
    return Path() if Path(COURSE).is_file() else MODULES


class _Folder(click.Path):
    """A folder that is there; where none was named and none was found, the author reads what to do."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == MODULES and not MODULES.is_dir():
            self.fail('there is no course in this folder. Make one with "coursegen new NAME", or name the folder of yours', param, ctx)
        return super().convert(value, param, ctx)


argument = click.argument("source", default=source, type=_Folder(exists=True, file_okay=False, path_type=Path))
"""SOURCE, the folder of the course, as most commands take it."""


def course_here() -> Path:
    """The folder of the course, as seen from here: this folder, the nearest one above it, or ``modules`` in this folder."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / COURSE).is_file():
            return Path(os.path.relpath(folder, here))
    if (MODULES / COURSE).is_file():
        return MODULES
    raise click.ClickException(
        'there is no course in this folder. Make one with "coursegen new NAME", go to the folder of yours, or name it with --course'
    )


def told(error: OSError) -> str:
    """An error of the system, in words."""
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
