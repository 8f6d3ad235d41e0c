"""How a rule is made: a function that looks through a survey and yields reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ..finding import Finding, Severity, register
from ..model import Place
from .survey import Survey


class Report(NamedTuple):
    """What a rule says; its code and severity are added by :func:`check`."""

    place: Place
    message: str
    mend: str


def check(
    code: str, severity: Severity = "error", *, whole: bool = False
) -> Callable[[Callable[[Survey], Iterable[Report]]], Callable[[Survey], Iterator[Finding]]]:
    """Register a function that looks through a course and yields reports; ``whole`` as in :class:`coursegen.finding.Rule`."""

    def decorate(function: Callable[[Survey], Iterable[Report]]) -> Callable[[Survey], Iterator[Finding]]:
        def run(survey: Survey) -> Iterator[Finding]:
            for place, message, mend in function(survey):
                yield Finding(place, code, message, mend, severity)

        register(code, function, severity, run, whole)
        run.__doc__ = function.__doc__
        return run

    return decorate
