"""Reads a course folder: YAML for what is said about a course, HTML fragments for its pages.

``yaml`` text to nodes with places · ``bind`` nodes to parts · ``html`` fragments to rich text · ``files`` the folder ·
``references`` where links lead · ``remembered`` what was read before · ``faults`` what can be wrong. Two passes: the first finds
which activity each file belongs to, so that the second can resolve every link as it meets it.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_left
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...finding import Finding
from ...model.activity import Activity
from ...model.course import Course
from ...model.part import is_part
from ...model.place import Place
from ...model.rich import Node as RichNode
from ...model.rich import Rich
from ...model.text import Identifier
from . import faults, html
from .banks import Banks, with_banks
from .bind import MISSED, bind, fields_of, fold, members
from .files import Folder, decoded
from .references import References
from .remembered import Ask, Make, Report, remembered
from .yaml import Mapping, Node, Scalar, Sequence, compose

if TYPE_CHECKING:
    from ...memo import Memo

COURSE_FILE = "course.yaml"
UNIT_FILE = "unit.yaml"


def read(root: str | os.PathLike[str], memo: Memo | None = None, seen: set[str] | None = None) -> tuple[Course | None, list[Finding]]:
    """Read the course in the folder ``root``.

    Returns the course and what is wrong with the sources. With an error among the findings the course is incomplete (or None):
    good enough to look for more findings in, never to be built. With a ``memo`` only files that changed since it was used last are
    parsed; course and findings are the same, and what did not change is the very same object as last time.
    To ``seen`` the paths are added of all files that the course is made of, as they are in the folder.
    """
    reading = _Reading(Path(root), Path(root).as_posix(), memo)
    result = reading.course()
    if seen is not None:
        seen.update(reading.folder.found)
    return result


class _Reading:
    def __init__(self, root: Path, shown: str, memo: Memo | None) -> None:
        self.memo = memo
        self.findings: list[Finding] = []
        self.folder = Folder(root, shown, self.findings.append)
        self.references = References(self.folder, self.findings.append)
        self.nodes: dict[str, Node | None] = {}
        self.digests: dict[str, bytes] = {}
        self.used: dict[str, Place] = {}
        self.shared: dict[str, Any] = {}
        self.banks = Banks()

    def course(self) -> tuple[Course | None, list[Finding]]:
        place = Place(self.folder.name(COURSE_FILE))
        if not self.folder.has(COURSE_FILE):
            self.findings.append(faults.not_a_course(place))
            return None, self.findings
        if self.folder.find("", COURSE_FILE, place) is None:
            return None, self.findings
        node = self.node(COURSE_FILE, place)
        if node is None:
            return None, self.findings
        self.used[COURSE_FILE] = place
        self._find_terms(node)
        self._find_activities(node)
        course = self.bound(node, Course, COURSE_FILE)
        if course is MISSED:
            return None, self.findings
        course = with_banks(course, self.banks, self.findings)
        if not any(finding.severity == "error" for finding in self.findings):
            self._find_unlisted_pages()
            self._find_unlisted_units()
        return course, self.findings

    def node(self, path: str, place: Place) -> Node | None:
        """The YAML of a file, read once."""
        if path not in self.nodes:
            data = self.folder.data(path, place)
            self.nodes[path] = self.made("yaml", path, data, partial(self._composed, path, data)) if data is not None else None
        return self.nodes[path]

    def _composed(self, path: str, data: bytes, ask: Ask, report: Report) -> Node | None:
        shown = self.folder.name(path)
        found: list[Finding] = []
        text = decoded(data, shown, found.append)
        node = compose(text, shown, found.append) if text is not None else None
        if node is None and not found:
            found.append(faults.empty(Place(shown, 1, 1), path))
        for finding in found:
            report(finding)
        return node

    def bound(self, node: Node, kind: Any, path: str) -> Any:
        """The part that a YAML file says, which :meth:`node` has read; MISSED where it says none."""
        return self.made(f"bind {kind.__name__}", path, None, lambda ask, report: bind(node, kind, _File(self, path, ask, report)))

    def made(self, what: str, path: str, data: bytes | None, make: Make) -> Any:
        """What is made of a file's bytes: what it was last time where nothing that it depends on is new. No ``data`` are those known."""
        if self.memo is not None and data is not None:
            self.digests[path] = hashlib.sha256(data).digest()
        key = (what, path, self.folder.name(path), self.digests.get(path))
        return remembered(self.memo, key, make, _Rest(self, path).answer, self.findings.append)

    def _find_terms(self, course: Node) -> None:
        """Before any text is read: where the glossary is, and which terms texts can refer to."""
        glossary = course.entries.get("glossary") if isinstance(course, Mapping) else None
        if glossary is None:
            return
        named = glossary.value if isinstance(glossary, Scalar) else ""
        path = self.folder.silent().find("", named, glossary.place) if named else None
        terms = _items(self.node(path, glossary.place), "terms") if path else []
        self.references.complete &= bool(terms)  # else nobody knows which links to YAML files are to the glossary
        if not path:
            return
        self.references.glossary = path
        entries = [term.entries for term in terms if isinstance(term, Mapping)]
        names = [entry.get("id") for entry in entries]
        self.references.terms = frozenset(name.value for name in names if isinstance(name, Scalar))

    def _find_activities(self, course: Node) -> None:
        """The first pass: which activities there are, and what files are theirs. What is wrong here is reported by the second."""
        silent = self.folder.silent()
        for unit in _items(course, "units"):
            directory = silent.find("", unit.value, unit.place, folder=True) if isinstance(unit, Scalar) and unit.value else None
            path = silent.find(directory, UNIT_FILE, unit.place) if directory else None
            activities = _items(self.node(path, unit.place), "activities") if path else []
            self.references.complete &= bool(activities)
            self._find_banks(self.node(path, unit.place) if path else None, directory or "", silent)
            named = self.references.units.setdefault(path, {}) if path else {}
            for activity in activities:
                self._find_activity(activity, directory or "", named, silent)

    def _find_banks(self, unit: Node | None, directory: str, silent: Folder) -> None:
        """Also in the first pass: which banks there are, and which questions in them."""
        named = unit.entries.get("banks") if isinstance(unit, Mapping) else None
        self.banks.complete &= isinstance(unit, Mapping) and (named is None or isinstance(named, Sequence))
        for bank in _items(unit, "banks"):
            path = silent.find(directory, bank.value, bank.place) if isinstance(bank, Scalar) and bank.value else None
            self.banks.add(self.node(path, bank.place) if path else None)

    def _find_activity(self, activity: Node, directory: str, named: dict[str, Identifier], silent: Folder) -> None:
        entries = activity.entries if isinstance(activity, Mapping) else {}
        kind, name, file = entries.get("kind"), entries.get("id"), entries.get("file")
        if isinstance(name, Scalar):
            named.setdefault(name.value, Identifier(name.value, name.place))
        else:
            self.references.complete = False
        if isinstance(kind, Scalar) and kind.value in _KINDS_WITHOUT_SOURCE:
            return
        if isinstance(kind, Scalar) and isinstance(name, Scalar) and isinstance(file, Scalar) and file.value:
            if found := silent.find(directory, file.value, file.place):
                self.references.activities.setdefault(found, Identifier(name.value, name.place))
                return
        self.references.complete = False

    def _find_unlisted_pages(self) -> None:
        known = self.used.keys() | self.references.refused
        folders = [path.rpartition("/")[0] for path in self.used if path.rpartition("/")[2] == UNIT_FILE]
        for path in sorted({page for folder in folders for page in self.folder.pages(folder)} - known):
            self.findings.append(faults.unlisted_page(Place(self.folder.name(path)), path))

    def _find_unlisted_units(self) -> None:
        for directory in self.folder.folders_with(UNIT_FILE):
            if f"{directory}/{UNIT_FILE}" not in self.used:
                self.findings.append(faults.unlisted_unit(Place(self.folder.name(f"{directory}/{UNIT_FILE}")), directory))


_KINDS_WITHOUT_SOURCE = frozenset(
    kind.kind
    for kind in members(Activity)
    if not any(field.stored in ("page", "quiz", "case", "survey", "repository") for field in fields_of(kind))
)


def _items(node: Node | None, key: str) -> list[Node]:
    found = node.entries.get(key) if isinstance(node, Mapping) else None
    return found.items if isinstance(found, Sequence) else []


class _File:
    """The binder's context: one source file. What it needs to know of others it asks."""

    def __init__(self, reading: _Reading, path: str, ask: Ask, report: Report) -> None:
        self.file = reading.folder.name(path)
        self.ask = ask
        self.report: Report = report

    def rich(self, scalar: Scalar, key: str) -> Rich:
        if "<" not in scalar.value and "&" not in scalar.value:
            return Rich((fold(scalar.value),), scalar.place)
        text = scalar.value.rstrip("\n")
        return Rich(self.parse(text, _locator(text, scalar), scalar.place, key), scalar.place)

    def parse(self, text: str, locate: html.Locate, place: Place, what: str) -> tuple[RichNode, ...]:
        reported: list[Finding] = []

        def report(finding: Finding) -> None:
            reported.append(finding)
            self.report(finding)

        nodes = html.parse(text, self.file, locate, partial(self.ask, "refer"), report)
        if any(not isinstance(node, str) or node.strip() for node in nodes):
            return nodes
        if not reported:  # nothing but comments
            self.report(faults.empty(place, what))
        return ()

    def stored(self, what: str, kind: Any, scalar: Scalar) -> Any:
        return self.ask("stored", what, kind, scalar)


class _Rest:
    """What the rest of a course answers one source file."""

    def __init__(self, reading: _Reading, path: str) -> None:
        self.reading = reading
        self.report: Report = reading.findings.append
        self.directory = path.rpartition("/")[0]
        self.refer = reading.references.from_folder(self.directory)

    def answer(self, what: str, *question: Any) -> Any:
        return self.refer(*question) if what == "refer" else self._stored(*question)

    def _stored(self, what: str, kind: Any, scalar: Scalar) -> Any:
        if what == "unit":
            return self._unit(kind, scalar)
        if what == "file":
            return self.reading.references.file(self.directory, scalar.value, scalar.place) or MISSED
        if what in ("grid", "reference", "rubric", "example"):
            return self._shared(kind, scalar)
        path = self._source(scalar)
        if path is None:
            return MISSED
        if what == "page":
            return self._page(path, scalar.place)
        assert is_part(kind)
        return self._bound(kind, path, scalar.place)

    def _bound(self, kind: Any, path: str, place: Place) -> Any:
        node = self.reading.node(path, place)
        return self.reading.bound(node, kind, path) if node is not None else MISSED

    def _unit(self, kind: Any, scalar: Scalar) -> Any:
        directory = self.reading.folder.find(self.directory, scalar.value, scalar.place, folder=True, holds=UNIT_FILE)
        if directory is None or (path := self.reading.folder.find(directory, UNIT_FILE, scalar.place)) is None:
            return MISSED
        if not self._first_use(path, directory, scalar.place):
            return MISSED
        return self._bound(kind, path, scalar.place)

    def _shared(self, kind: Any, scalar: Scalar) -> Any:
        """A part that several activities may use: it is read once, and is the same object wherever it is used."""
        path = self.reading.folder.find(self.directory, scalar.value, scalar.place)
        if path is None:
            return MISSED
        if path not in self.reading.shared:
            if not self._first_use(path, path, scalar.place):
                return MISSED
            self.reading.shared[path] = self._bound(kind, path, scalar.place)
        return self.reading.shared[path]

    def _source(self, scalar: Scalar) -> str | None:
        path = self.reading.folder.find(self.directory, scalar.value, scalar.place)
        return path if path is not None and self._first_use(path, path, scalar.place) else None

    def _first_use(self, path: str, shown: str, place: Place) -> bool:
        if path in self.reading.used:
            self.report(faults.used_twice(place, shown, str(self.reading.used[path])))
            return False
        self.reading.used[path] = place
        return True

    def _page(self, path: str, place: Place) -> Any:
        data = self.reading.folder.data(path, place)
        if data is None:
            return MISSED

        def make(ask: Ask, report: Report) -> Any:
            file = _File(self.reading, path, ask, report)
            text = decoded(data, file.file, report)
            if text is None:
                return MISSED
            start = Place(file.file, 1, 1)
            if not text.strip():
                report(faults.empty(start, path))
                return MISSED
            return Rich(file.parse(text, html.lines(text), start, path), start)

        return self.reading.made("page", path, data, make)


def _locator(text: str, scalar: Scalar) -> html.Locate:
    """Finds a tag's place in the file from its place in a YAML value: the nth ``<`` of one is the nth ``<`` of the other.

    So it is with ``&``. Where one of them is written as an escape, every tag has the place of the value.
    """
    raw, place = scalar.raw, scalar.place
    body = raw.find("\n") if scalar.style in ("|", ">") else 0  # a comment may follow the | and hold anything
    in_raw = html.lines(raw)
    marks: dict[str, tuple[list[int], list[int]]] = {}

    def locate(index: int) -> tuple[int, int]:
        mark = text[index]
        if mark not in marks:
            pattern = re.compile(re.escape(mark))
            marks[mark] = [found.start() for found in pattern.finditer(text)], [found.start() for found in pattern.finditer(raw, body)]
        here, there = marks[mark]
        if len(here) != len(there):
            return place.line, place.column
        line, column = in_raw(there[bisect_left(here, index)])
        return place.line + line - 1, column if line > 1 else place.column + column - 1

    return locate


__all__ = ["COURSE_FILE", "UNIT_FILE", "read"]
