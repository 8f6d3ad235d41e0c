"""The preview's own pages: what there is in the course, what to mend, and the frame that the player stands in."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import show as shows
from .atlas import Atlas
from .case_map import Drawing, draw

if TYPE_CHECKING:
    from jinja2 import Environment

    from ..finding import Finding
    from ..model import Activity, Case, Course, Outcome, Unit
    from .studio import State

FRAME = "scorm12"
"""The version of SCORM that the preview opens with; the other is a click away."""
MOST = 500
"""Findings that a page lists. More are counted: who has so many begins with the first."""
SEVERITIES = ("error", "warning", "hint")


class Row(NamedTuple):
    """An activity on the overview."""

    activity: Activity
    kind: str
    address: str
    findings: int
    cells: tuple[str, ...]
    """What it does for each outcome of the table, in words; empty for nothing."""


class Chapter(NamedTuple):
    """A unit on the overview."""

    unit: Unit
    address: str
    outcomes: tuple[Outcome, ...]
    rows: tuple[Row, ...]
    gaps: tuple[str, ...]
    """Outcomes that no activity works towards, or that nothing asks for, in words."""


class Story(NamedTuple):
    """A case study on the overview."""

    case: Case
    address: str
    drawing: Drawing
    titles: dict[str, str]


def overview(state: State) -> str:
    """What there is in the course; with no course, what is in the way of one."""
    if state.show is None:
        return findings(state)
    course = state.show.course
    atlas = Atlas(course)
    counts = Counter(page for finding in state.findings for page in atlas.pages(finding.place))
    units = [_chapter(course, unit, number == 0, counts) for number, unit in enumerate(course.units)]
    stories = [_story(course, unit, case) for unit in course.units for case in unit.cases()]
    files = Counter(finding.place.file for finding in state.findings)
    return _fill("overview.html", state, course=course, units=units, stories=stories, files=sorted(files.items()))


def findings(state: State) -> str:
    """All findings, by file."""
    atlas = Atlas(state.show.course) if state.show else None
    told = [_told(finding, atlas, state, {}) for finding in state.findings[:MOST]]
    files: dict[str, list[dict[str, Any]]] = {}
    for one in told:
        files.setdefault(one["file"], []).append(one)
    return _fill("findings.html", state, files=files, more=len(state.findings) - len(told))


def view(state: State, runtime: str, package: str) -> str | None:
    """The frame with the player of a package; None if there is no such package."""
    course = state.show.course if state.show else None
    if course is None:
        return findings(state)
    names = {shows.COURSE: "Whole course", shows.TUTORS: "Whole course with tutor pages"}
    names |= {f"{shows.UNIT}/{unit.id}": f"Unit: {unit.title}" for unit in course.units}
    if package not in names or runtime not in shows.RUNTIMES:
        return None
    return _fill("view.html", state, course=course, runtime=runtime, package=package, packages=names)


def message(title: str, words: str) -> str:
    """A page with something to say, where there is nothing to show."""
    return _environment().get_template("message.html").render(title=title, words=words)


def status(state: State) -> dict[str, Any]:
    """What a page of the preview has to know to stay up to date."""
    counts: Counter[str] = Counter(finding.severity for finding in state.findings)
    return {
        "number": state.number,
        "shown": state.shown,
        "behind": state.is_behind,
        "checking": state.is_checking,
        "trouble": state.trouble,
        "counts": {severity: counts[severity] for severity in SEVERITIES},
    }


def findings_json(state: State) -> str:
    """The findings with the pages they are about, for the frame."""
    atlas = Atlas(state.show.course) if state.show else None
    lines: dict[str, list[str]] = {}
    told = [_told(finding, atlas, state, lines) for finding in state.findings[:MOST]]
    return json.dumps({**status(state), "findings": told, "more": len(state.findings) - len(told)}, ensure_ascii=False)


def _told(finding: Finding, atlas: Atlas | None, state: State, lines: dict[str, list[str]]) -> dict[str, Any]:
    place = finding.place
    pages = atlas.pages(place) if atlas else []
    course = state.show.course if state.show else None
    mark = atlas.mark(place, pages[0]) if atlas and pages else None
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "place": str(place),
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "mend": finding.mend,
        "source": _source(place.file, place.line, lines),
        "pages": pages,
        "address": _address_of(course, pages[0]) if course and pages else "",
        "mark": mark._asdict() if mark else None,
    }


def _source(file: str, line: int, lines: dict[str, list[str]]) -> str:
    """The line of a source file that a finding is about, if it can be read still."""
    if not line:
        return ""
    if file not in lines:
        try:
            lines[file] = Path(file).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
        except OSError:
            lines[file] = []
    found = lines[file][line - 1].strip() if line <= len(lines[file]) else ""
    return found if len(found) <= 160 else found[:159] + "…"


def _chapter(course: Course, unit: Unit, is_first: bool, counts: Counter[str]) -> Chapter:
    known = {str(outcome.id): outcome for each in course.units for outcome in each.outcomes}
    own = {str(outcome.id) for outcome in unit.outcomes}
    worked = [str(name) for activity in unit.activities for name in _outcomes(activity)]
    columns = tuple(dict.fromkeys([*(str(outcome.id) for outcome in unit.outcomes), *worked]))
    outcomes = tuple(known[name] for name in columns if name in known)
    rows = []
    asked: set[str] = set()
    for activity in unit.activities:
        cells = tuple(_cell(activity, outcome.id) for outcome in outcomes)
        asked |= {outcome.id for outcome, cell in zip(outcomes, cells, strict=True) if cell not in ("", "works on it")}
        address = f"{_package(shows.home(course, activity, unit))}#/{activity.id}"
        rows.append(Row(activity, activity.kind.replace("-", " "), address, counts[activity.id], cells))
    gaps = [f"No activity works on {name}." for name in sorted(own - set(worked))]
    gaps += [f"No question, task or case asks for {name}." for name in sorted(own & set(worked) - asked)]
    home = shows.home(course, unit.activities[0], unit) if unit.activities[0].audience == "learners" else shows.COURSE
    return Chapter(unit, f"{_package(home)}#/{unit.id}", outcomes, tuple(rows), tuple(gaps))


def _outcomes(activity: Activity) -> tuple[str, ...]:
    from ..model import Quiz

    found = list(activity.outcomes)
    if isinstance(activity, Quiz):
        found += [name for question in activity.set.pool() for name in question.outcomes]
    return tuple(found)


def _cell(activity: Activity, outcome: str) -> str:
    """What an activity does for an outcome."""
    from ..model import Quiz

    if isinstance(activity, Quiz):
        count = sum(outcome in question.outcomes for question in activity.set.pool())
        if count:
            return f"{count} question{'s' * (count != 1)}"
    if outcome not in activity.outcomes:
        return ""
    return {"case": "decisions", "grid": "a rating", "assignment": "a product", "peer-review": "a product"}.get(
        activity.kind, "works on it"
    )


def _story(course: Course, unit: Unit, case: Case) -> Story:
    titles = {str(scene.id): str(scene.title) for scene in case.storyline.scenes}
    return Story(case, f"{_package(shows.home(course, case, unit))}#/{case.id}", draw(case.storyline), titles)


def _address_of(course: Course, page: str) -> str:
    """Where a page is shown: the player of the package that has it."""
    for unit in course.units:
        for activity in unit.activities:
            if activity.id == page:
                return f"{_package(shows.home(course, activity, unit))}#/{page}"
        if unit.id == page:
            return f"{_package(shows.home(course, unit.activities[0], unit))}#/{page}"
    return f"{_package(shows.COURSE)}#/{page}"


def _package(name: str) -> str:
    return f"/view/{FRAME}/{name}"


@cache
def _environment() -> Environment:
    """The preview's own templates: a course cannot break them."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from ..render.templates import shipped

    return Environment(
        loader=FileSystemLoader(str(shipped() / "preview")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _fill(name: str, state: State, **values: Any) -> str:
    course = state.show.course if state.show else None
    title = str(course.title) if course else "This course"
    player = _address_of(course, course.units[0].id) if course else "/"
    return _environment().get_template(name).render(status=status(state), title=title, player=player, **values)
