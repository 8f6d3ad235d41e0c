"""An inspection for people: what is in the package, then what to mind."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from .model import Count, Inspection, Node, Outlook

_WIDTH = 110
_MOST_LINES = 200
"""Lines of the tree that are shown."""
_MOST_LOADS = 20
_BOLD, _RED, _YELLOW, _GREEN, _DIM, _PLAIN = "\033[1m", "\033[31m", "\033[33m", "\033[32m", "\033[2m", "\033[0m"
_COLOURS = {"error": _RED, "warning": _YELLOW, "stops": _RED, "lost": _YELLOW, "changed": _YELLOW, "kept": _GREEN}


class Writer:
    """Writes an inspection; with ``colour`` for a terminal that has colours."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def text(self, found: Inspection) -> str:
        """All of it."""
        return "\n".join(self._lines(found)) + "\n"

    def _in(self, colour: str, words: str) -> str:
        return f"{colour}{words}{_PLAIN}" if self._colour else words

    def _lines(self, found: Inspection) -> Iterator[str]:
        yield self._in(_BOLD, clean(found.title or found.package))
        yield f"  {clean(found.package)}: {what(found)}, {_bytes(found.sizes.package)}"
        if found.languages:
            yield f"  language: {clean(', '.join(found.languages))}"
        if found.maker:
            yield f"  made by: {clean(found.maker)}"
        if found.tree:
            yield from self._titled("What is in it", self._tree(found.tree))
        yield from self._titled("How much", self._counts(found))
        yield from self._titled("What to mend", self._findings(found))
        yield from self._titled("What is loaded from the network", self._loads(found))
        yield from self._titled("Scripts", self._scripts(found))
        for outlook in found.outlook:
            yield from self._titled(f"In {outlook.consumer}: {outlook.verdict}", self._outlook(outlook))

    def _titled(self, title: str, lines: Iterable[str]) -> Iterator[str]:
        yield ""
        yield self._in(_BOLD, title)
        yield from (f"  {line}" for line in lines)

    def _tree(self, nodes: tuple[Node, ...]) -> Iterator[str]:
        lines = [*_branches(nodes, "")]
        for before, node in lines[:_MOST_LINES]:
            yield f"{before}{clean(node.title) or '(no title)'}{self._in(_DIM, f'  [{clean(node.kind)}]') if node.kind else ''}"
        if len(lines) > _MOST_LINES:
            yield f"… and {len(lines) - _MOST_LINES:,} more"

    def _counts(self, found: Inspection) -> Iterator[str]:
        counts = found.counts
        for name, kinds in (("activities", counts.activities), ("questions", counts.questions), ("media", counts.media)):
            if kinds:
                yield f"{name}: {_listed(kinds)}" if len(kinds) == 1 else f"{name}: {_sum(kinds):,} ({_listed(kinds)})"
        yield f"{counts.files:,} file{'s' * (counts.files != 1)}, {_bytes(found.sizes.unpacked)} unpacked"
        if len(found.sizes.largest) > 1:
            yield "largest: " + ", ".join(f"{clean(each.name)} {_bytes(each.size)}" for each in found.sizes.largest[:3])

    def _findings(self, found: Inspection) -> Iterator[str]:
        if not found.findings:
            yield "nothing"
        for finding in sorted(found.findings, key=lambda each: each.severity != "error"):
            head = f"{finding.severity} {finding.code}"
            where = str(finding.place).removeprefix(f"{found.package}!").removeprefix(f"{found.package}:")
            at = "" if where == found.package else f" {clean(where)}:"
            yield from self._wrapped(f"{head}{at} {clean(finding.message)} {clean(finding.mend)}", head, _COLOURS.get(finding.severity, ""))
        for count in found.more_findings:
            yield f"… and {count.number:,} more of {count.kind}"

    def _wrapped(self, words: str, head: str, colour: str) -> Iterator[str]:
        first, *others = textwrap.wrap(words, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        yield first.replace(head, self._in(colour, head), 1)
        yield from others

    def _loads(self, found: Inspection) -> Iterator[str]:
        if not found.loads:
            yield "nothing"
        for load in found.loads[:_MOST_LOADS]:
            where = f"{load.file}:{load.line}" if load.line else load.file
            yield clean(f"{load.address}  ({load.how}, {where})")
        if len(found.loads) > _MOST_LOADS:
            yield f"… and {len(found.loads) - _MOST_LOADS} more"

    def _scripts(self, found: Inspection) -> Iterator[str]:
        scripts = found.scripts
        if scripts.files:
            shown = ", ".join(clean(path) for path in scripts.files[:8])
            yield f"{len(scripts.files)} files: {shown}{', …' if len(scripts.files) > 8 else ''}"
        for name, counts in (("in pages", scripts.inline), ("in attributes", scripts.handlers)):
            if counts:
                yield f"{sum(each.number for each in counts)} {name}: {_listed(counts[:8])}{', …' if len(counts) > 8 else ''}"
        if not scripts.files and not scripts.inline and not scripts.handlers:
            yield "none"

    def _outlook(self, outlook: Outlook) -> Iterator[str]:
        for point in outlook.points:
            advice = f" {clean(point.advice)}" if point.advice else ""
            yield from self._wrapped(f"{point.effect}: {clean(point.words)}{advice}", point.effect, _COLOURS[point.effect])


def what(found: Inspection) -> str:
    """What kind of package it is, in words."""
    names = {"scorm": "SCORM", "qti": "QTI", "gift": "GIFT", "moodle xml": "Moodle XML", "moodle backup": "Moodle backup"}
    name = " ".join(part for part in (names.get(found.kind, found.kind), clean(found.version)) if part)
    return f"{name}, and {clean(' and '.join(found.also))} at the same time" if found.also else name


def clean(text: str) -> str:
    """A stranger's text, fit for a terminal: nothing that moves the cursor or changes colours."""
    return "".join(c if c.isprintable() else " " for c in text)


def _branches(nodes: tuple[Node, ...], before: str) -> Iterator[tuple[str, Node]]:
    for number, node in enumerate(nodes):
        last = number == len(nodes) - 1
        yield f"{before}{'└ ' if last else '├ '}", node
        yield from _branches(node.children, f"{before}{'  ' if last else '│ '}")


def _sum(counts: Iterable[Count]) -> int:
    return sum(each.number for each in counts)


def _listed(counts: Iterable[Count]) -> str:
    return ", ".join(f"{each.number:,} {clean(each.kind)}" for each in counts)


def _bytes(size: int) -> str:
    return f"{size:,} bytes" if size < 10_000 else f"{size / 1000:,.0f} kB" if size < 10_000_000 else f"{size / 1e6:,.0f} MB"
