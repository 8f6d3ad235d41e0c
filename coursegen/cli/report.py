"""Findings as text, JSON or annotations of a GitHub workflow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ..finding import Finding, Severity


def text(findings: Iterable[Finding]) -> str:
    """``file:line:column: code message``, the line of the source, a caret under the place, and how to mend it."""
    files: dict[str, list[str]] = {}
    return "".join(_one(finding, files) for finding in findings)


def _one(finding: Finding, files: dict[str, list[str]]) -> str:
    kind = "" if finding.severity == "error" else f"{finding.severity}: "
    shown = f"{finding.place}: {finding.code} {kind}{finding.message}\n"
    place = finding.place
    if place.file not in files:
        files[place.file] = _lines(place.file)
    lines = files[place.file]
    if 0 < place.line <= len(lines):
        line, column = _window(lines[place.line - 1], max(place.column, 1))
        shown += f"{place.line:6} | {line}\n       | {' ' * (column - 1)}^\n"
    return shown + f"       = {finding.mend}\n"


def _window(line: str, column: int, width: int = 110) -> tuple[str, int]:
    """A long line cut around a column, and the column in what is left; what would move the caret is shown as a space."""
    line = "".join(c if c.isprintable() else " " for c in line)
    if len(line) <= width:
        return line, column
    start = max(0, min(column - width // 2, len(line) - width))
    cut = line[start : start + width]
    return ("…" + cut[1:] if start else cut), column - start


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    except OSError:
        return []


def json(findings: Iterable[Finding]) -> str:
    """A list of objects, for programs."""
    import json

    entries = [
        {
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
            "mend": finding.mend,
        }
        for finding in findings
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def github(findings: Iterable[Finding]) -> str:
    """Workflow commands that annotate the changed lines of a pull request."""
    return "".join(
        f"::{_GITHUB[finding.severity]} file={_property(finding.place.file)},line={max(finding.place.line, 1)},"
        f"col={max(finding.place.column, 1)},title={finding.code}::{_data(f'{finding.message}: {finding.mend}')}\n"
        for finding in findings
    )


_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": text, "json": json, "github": github}


def summary(findings: list[Finding]) -> str:
    """How many errors and warnings, in words; and hints, where there are any."""
    counts = Counter(finding.severity for finding in findings)
    shown: tuple[Severity, ...] = ("error", "warning", "hint") if counts["hint"] else ("error", "warning")
    return ", ".join(f"{counts[severity]} {severity}{'s' * (counts[severity] != 1)}" for severity in shown)
