"""A new course: the sample, with a name, a title and a language of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from . import edit, editor
from .names import scalar, slug, title_of
from .writing import Refused, write

LONGEST_TITLE = 94
"""Bytes that a course's title may have (rule T002)."""
BESIDE = {"README.md": "README.md", "gitignore": ".gitignore", "editorconfig": ".editorconfig"}
"""Files that are no part of the course, and what they are called in it: with a dot they would hold in our own folder."""


class Made(NamedTuple):
    """A new course."""

    folder: Path
    id: str
    title: str
    files: int


def new_course(name: str, language: str = "en", title: str = "") -> Made:
    """Make the sample course. ``name`` is its folder, or words that become one. Raises Refused, and OSError."""
    typed = Path(name)
    last = typed.name or typed.resolve().name
    if not typed.name or re.fullmatch("[a-z0-9]+(?:[-_.][a-z0-9]+)*", last):
        folder = typed
    else:
        folder = typed.with_name(slug(last, language) or "course")
    permanent = slug(last, language) or "course"
    chosen = " ".join(title.split()) or title_of(last)
    if len(chosen.encode()) > LONGEST_TITLE:
        raise Refused(f"the title has {len(chosen.encode())} bytes, and {LONGEST_TITLE} fit. Choose a shorter one with --title")
    if not chosen.isprintable():
        raise Refused("the title has a character that cannot be shown: leave it out")
    if folder.is_file():
        raise Refused(f"{folder.as_posix()} is a file: choose another name")
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        raise Refused(f"{folder.as_posix()} is there already and not empty: choose another name, or another folder")
    files = {folder / path: content for path, content in _files(permanent, chosen, language).items()}
    write(files, {})
    return Made(folder, permanent, chosen, len(files))


def _files(permanent: str, title: str, language: str) -> dict[Path, bytes]:
    from ..render.templates import shipped

    source = shipped() / "scaffold"
    files: dict[Path, bytes] = {}
    for path in sorted((source / "course").rglob("*")):
        if path.is_file():
            inside = path.relative_to(source / "course")
            text = path.read_text("utf-8")
            if inside.name == "course.yaml":
                for key, written in (("id", permanent), ("title", scalar(title)), ("language", language)):
                    text = edit.replace(text, key, written)
            files[inside] = (_headline(inside) + text).encode()
    for name, shown in BESIDE.items():
        text = (source / "beside" / name).read_text("utf-8")
        files[Path(shown)] = (text.replace("# Bicycle brakes", f"# {title}", 1) if name == "README.md" else text).encode()
    return files | editor.schema_files() | editor.settings()


def _headline(inside: Path) -> str:
    """The line for editors, in YAML files. In the sample each file is called after its kind."""
    return editor.headline(inside.stem, inside) if inside.suffix == ".yaml" else ""
