"""What coursegen tells an author: findings, and the rules they come from.

A rule is one function with a code. Its docstring is its documentation: what is meant, why, and an example. A *fault* is reported
by a reader at the moment it cannot go on; a *check* looks at a course that was read. Both are registered here, so that
``coursegen rules`` and the documentation list them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Concatenate, Literal, NamedTuple, ParamSpec, TypeAlias

from .model.place import Place

Severity: TypeAlias = Literal["error", "warning", "hint"]
"""An error keeps packages from being built. A warning should be mended. A hint makes a good course better; it is looked for when asked."""
Arguments = ParamSpec("Arguments")


class Finding(NamedTuple):
    """One thing that is wrong, where it is, and how to mend it."""

    place: Place
    code: str
    message: str
    mend: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"


class Rule(NamedTuple):
    """A registered rule."""

    code: str
    name: str
    severity: Severity
    documentation: str
    check: Callable[[Any], Iterator[Finding]] | None
    """What looks through a course laid out for it (:mod:`coursegen.check.rule`); None for a fault, which its reader reports."""
    whole: bool
    """Whether the rule needs a course that was read without an error, because it counts or compares."""


RULES: dict[str, Rule] = {}
"""Every rule by its code."""


def register(
    code: str,
    function: Callable[..., Any],
    severity: Severity,
    run: Callable[[Any], Iterator[Finding]] | None = None,
    whole: bool = False,
) -> None:
    """Add a rule. Raises ValueError for a code that is taken."""
    if code in RULES:
        raise ValueError(f"rule {code} is defined twice")
    name = function.__name__.replace("_", "-")
    RULES[code] = Rule(code, name, severity, function.__doc__ or "", run, whole)


def fault(
    code: str, severity: Severity = "error"
) -> Callable[[Callable[Concatenate[Place, Arguments], tuple[str, str]]], Callable[Concatenate[Place, Arguments], Finding]]:
    """Register a function that words what a reader found: it takes the place and details, and returns message and mend."""

    def decorate(
        function: Callable[Concatenate[Place, Arguments], tuple[str, str]],
    ) -> Callable[Concatenate[Place, Arguments], Finding]:
        def report(place: Place, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Finding:
            message, mend = function(place, *args, **kwargs)
            return Finding(place, code, message, mend, severity)

        register(code, function, severity)
        report.__doc__ = function.__doc__
        return report

    return decorate
