"""What the outlooks of all systems use."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Effect, Inspection, Outlook, Point, Verdict

_ORDER: tuple[Effect, ...] = ("stops", "lost", "changed", "kept")


def outlook(consumer: str, points: Iterable[Point], tried: bool = True) -> Outlook:
    """An outlook whose verdict follows from its points."""
    found = tuple(sorted(points, key=lambda point: _ORDER.index(point.effect)))
    effects = {point.effect for point in found}
    verdict: Verdict = "does not work" if "stops" in effects else "works, with losses" if "lost" in effects else "works"
    return Outlook(consumer, verdict if tried or verdict == "does not work" else "not tried", found)


def refused(consumer: str, words: str, advice: str) -> Outlook:
    """The outlook of a system that cannot take this kind of package."""
    return Outlook(consumer, "does not work", (Point("stops", words, advice),))


def has(inspection: Inspection, *codes: str) -> bool:
    """Whether one of some findings is there."""
    return any(finding.code in codes for finding in inspection.findings)


def how_many(inspection: Inspection, *kinds: str) -> int:
    """How many activities of some kinds there are."""
    return sum(count.number for count in inspection.counts.activities if count.kind in kinds)
