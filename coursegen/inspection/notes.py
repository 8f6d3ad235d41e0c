"""Findings about a package, and a limit to how many: a hostile archive has a hundred thousand of a kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..finding import Finding

MOST = 10
"""Findings of one code that are told in full."""


class Notes:
    """Collects findings; those beyond :data:`MOST` of a code are only counted."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self._seen: set[Finding] = set()
        self._count: Counter[str] = Counter()

    def add(self, finding: Finding) -> None:
        """Note a finding, once."""
        if self._count[finding.code] < MOST:
            if finding in self._seen:
                return
            self._seen.add(finding)
            self._found.append(finding)
        self._count[finding.code] += 1

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    @property
    def more(self) -> dict[str, int]:
        """By code how many findings there are beyond those told."""
        return {code: count - MOST for code, count in self._count.items() if count > MOST}
