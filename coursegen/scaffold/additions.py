"""Adds a unit, a page, a quiz or a case to a course: new files, and the lines that name them, with sums kept right.

What the author has to decide says ``TODO:`` in the new files. The check finds these words (rule T012).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import edit, editor
from .names import free, scalar, slug
from .writing import Refused, write

if TYPE_CHECKING:
    from ..finding import Finding
    from ..model import Course, Unit

KINDS = ("unit", "page", "quiz", "case")
MINUTES = {"unit": 15, "page": 5, "quiz": 10, "case": 10}
LONGEST_TITLE = {"unit": 200}
"""What titles may have, in letters (rule T001); 240 for all else."""


class Added(NamedTuple):
    """What was added."""

    id: str
    unit: str
    new: list[Path]
    changed: list[Path]


class _Draft(NamedTuple):
    """What is to be written, before it is."""

    id: str
    unit: str
    new: dict[Path, str]
    edits: dict[Path, Callable[[str], str]]


def add(kind: str, title: str, folder: Path, unit: str = "") -> Added:
    """Add something to the course in a folder, to the unit with an id (the last one if empty). Raises Refused, and OSError."""
    from ..check import check_source

    title = " ".join(title.split())
    longest = LONGEST_TITLE.get(kind, 240)
    if not title or not title.isprintable() or len(title) > longest:
        raise Refused(f"a title has 1 to {longest} letters, on one line")
    course, findings = check_source(folder)
    if course is None:
        raise Refused(f"{findings[0].place}: {findings[0].message}. Mend this first: coursegen check {folder.as_posix()}")
    draft = _unit(course, title, folder) if kind == "unit" else _activity(course, kind, title, folder, unit)
    changed = {}
    for path, change in draft.edits.items():
        try:
            changed[path] = _edited(path, change)
        except edit.CannotEdit as error:
            raise Refused(f"{path.as_posix()}: {error}") from error
    new = {path: _headed(path, text, folder).encode() for path, text in draft.new.items()}
    write(new, changed, lambda: _verify(folder, findings))
    return Added(draft.id, draft.unit, list(new), list(changed))


def _verify(folder: Path, before: list[Finding]) -> None:
    """Raise Refused where the course has an error that it had not."""
    from ..check import check_source

    def errors(findings: list[Finding]) -> Counter[tuple[str, str]]:
        return Counter((finding.code, finding.message) for finding in findings if finding.severity == "error")

    _, after = check_source(folder)
    if caused := errors(after) - errors(before):
        code, message = next(iter(caused))
        raise Refused(f"it would not fit into this course ({code}: {message}). Nothing was changed.")


def _unit(course: Course, title: str, folder: Path) -> _Draft:
    taken = _ids(course)
    used = [re.fullmatch("u([0-9]+)", unit.id) for unit in course.units]
    used += [re.match("([0-9]+)-", _folder(unit).name) for unit in course.units]
    number = max((int(found[1]) for found in used if found), default=len(course.units)) + 1
    name = free(f"u{number:02}", taken)
    inside = free(f"{number:02}-{slug(title, course.language, 40) or 'unit'}", {path.name for path in folder.iterdir()})
    outcome = free(f"lo-{number}-1", taken)
    values = {"id": name, "title": scalar(title), "outcome": outcome, "first": "start", "anchor": "first"}
    question = {"question": free(f"q-{name}-1", taken), "outcome": outcome}
    at = folder / inside
    return _Draft(
        name,
        "",
        {
            at / "unit.yaml": _filled("unit.yaml", values),
            at / "pages" / "start.html": _filled("page.html", values),
            at / "quiz.yaml": _filled("quiz.yaml", question),
        },
        {folder / "course.yaml": lambda text: edit.append(edit.add_to_number(text, "workload", MINUTES["unit"]), "units", [inside])},
    )


def _activity(course: Course, kind: str, title: str, folder: Path, wanted: str) -> _Draft:
    unit = next((unit for unit in course.units if unit.id == wanted), None) if wanted else course.units[-1] if course.units else None
    if unit is None:
        known = ", ".join(unit.id for unit in course.units) or "none"
        raise Refused(f'there is no unit "{wanted}". The units of this course: {known}')
    taken = _ids(course)
    at = _folder(unit)
    short = slug(title, course.language, 40) or kind
    name = free(f"{unit.id[:19]}-{short}", taken)
    file = _file(kind, short, at)
    outcome = str(unit.outcomes[0].id) if unit.outcomes else ""
    values = {"question": free(f"q-{name}"[:60].rstrip("-"), taken), "outcome": outcome, "anchor": "first"}
    text = _filled("page.html" if kind == "page" else f"{kind}.yaml", values)
    entry = [f"kind: {kind}", f"id: {name}", f"title: {scalar(title)}", f"minutes: {MINUTES[kind]}"]
    entry += [f"outcomes: [{outcome}]"] if outcome else []
    entry.append(f"file: {file}")

    def change(text: str) -> str:
        return edit.append(edit.add_to_number(text, "minutes", MINUTES[kind]), "activities", entry)

    return _Draft(
        name,
        str(unit.id),
        {at / file: text if outcome else text.replace("    outcomes: []\n", "")},
        {at / "unit.yaml": change, folder / "course.yaml": lambda text: edit.add_to_number(text, "workload", MINUTES[kind])},
    )


def _file(kind: str, short: str, at: Path) -> str:
    """The file of an activity, from its unit's folder: quiz.yaml, and for the next one a name after its title."""
    if kind == "page":
        names = {path.stem for path in (at / "pages").glob("*")}
        return f"pages/{free(short, names)}.html"
    names = {path.stem for path in at.glob("*")}
    return f"{kind}.yaml" if kind not in names else f"{free(f'{kind}-{short}', names)}.yaml"


def _folder(unit: Unit) -> Path:
    return Path(unit.place.file).parent


def _ids(course: Course) -> set[str]:
    """All ids that must be unique in the course."""
    from ..model.walk import parts

    return {str(part.id) for part in parts(course) if hasattr(part, "id")}


def _filled(name: str, values: dict[str, str]) -> str:
    from ..render.templates import shipped

    text = (shipped() / "scaffold" / "add" / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _headed(path: Path, text: str, folder: Path) -> str:
    """With the line for editors, where the course has the schemas."""
    if path.suffix != ".yaml" or not (folder / editor.FOLDER).is_dir():
        return text
    return editor.headline(path.stem.split("-")[0], path.relative_to(folder)) + text


def _edited(path: Path, change: Callable[[str], str]) -> bytes:
    """The bytes of a file after a change; a mark at its beginning (BOM) stays."""
    content = path.read_bytes()
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    try:
        return mark + change(content[len(mark) :].decode()).encode()
    except UnicodeDecodeError as error:
        raise edit.CannotEdit("it is not UTF-8; coursegen check says where") from error
