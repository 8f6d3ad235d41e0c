"""What an inspection finds, as data: immutable, and the same as JSON (:mod:`coursegen.inspection.schema` describes it)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from ..finding import Finding

Effect: TypeAlias = Literal["kept", "changed", "lost", "stops"]
Verdict: TypeAlias = Literal["works", "works, with losses", "does not work", "not tried"]


@dataclass(frozen=True, slots=True)
class Node:
    """An entry of the table of contents. ``kind`` is what opens, in words of coursegen; ``target`` is the file or address."""

    title: str
    kind: str = ""
    target: str = ""
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a kind."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in the package: activities and questions by kind, media files by type, and all files."""

    activities: tuple[Count, ...] = ()
    questions: tuple[Count, ...] = ()
    media: tuple[Count, ...] = ()
    files: int = 0

    def number(self, of: Literal["activities", "questions", "media"]) -> int:
        """How many there are altogether."""
        return sum(each.number for each in getattr(self, of))


@dataclass(frozen=True, slots=True)
class FileSize:
    """A file, or a type of files, and its bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes: of the package, of its files unpacked, of the largest files, and by type of file."""

    package: int = 0
    unpacked: int = 0
    largest: tuple[FileSize, ...] = ()
    types: tuple[FileSize, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """Something that a browser fetches from the network when a learner opens the file. ``how`` is the attribute or function."""

    file: str
    line: int
    how: str
    address: str


@dataclass(frozen=True, slots=True)
class Scripts:
    """Scripts that run at a learner's: in pages, in files of their own, and in attributes such as ``onclick``."""

    inline: tuple[Count, ...] = ()
    """By file."""
    files: tuple[str, ...] = ()
    handlers: tuple[Count, ...] = ()
    """By file."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that happens on import. ``effect`` is what becomes of it, ``words`` say it, ``advice`` what to do."""

    effect: Effect
    words: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will happen in one system."""

    consumer: str
    verdict: Verdict
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """A package, looked through."""

    package: str
    container: str
    kind: str = "unknown"
    version: str = ""
    title: str = ""
    maker: str = ""
    """The program that wrote it, where the package tells."""
    also: tuple[str, ...] = ()
    """What else it is to other systems."""
    languages: tuple[str, ...] = ()
    tree: tuple[Node, ...] = ()
    counts: Counts = field(default_factory=Counts)
    sizes: Sizes = field(default_factory=Sizes)
    findings: tuple[Finding, ...] = ()
    more_findings: tuple[Count, ...] = ()
    """By code how many findings there are beyond those told."""
    loads: tuple[Load, ...] = ()
    scripts: Scripts = field(default_factory=Scripts)
    outlook: tuple[Outlook, ...] = ()
    complete: bool = True
    """Whether all of it was looked at."""

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong with it that would stop a system."""
        return self.complete and not any(finding.severity == "error" for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The same as lists, mappings, texts and numbers."""
        made: dict[str, Any] = _plain(self)
        return {"format": 1, **made, "valid": self.valid}


def _plain(value: Any) -> Any:
    if isinstance(value, Finding):
        place = value.place
        return {
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "code": value.code,
            "severity": value.severity,
            "message": value.message,
            "mend": value.mend,
        }
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
