"""The faults that an inspection can find, by code. They are about packages, not about sources, and have a list of their own.

A fault is one function with a code: it words what was found, and its docstring is its documentation, as with the rules of the check.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from ..finding import Finding, Rule, Severity
from ..model.place import Place

Arguments = ParamSpec("Arguments")
FAULTS: dict[str, Rule] = {}
"""Every fault whose module was loaded; :func:`all_faults` loads all."""
Words = Callable[Concatenate[Place, Arguments], tuple[str, str]]


def fault(code: str, severity: Severity = "error") -> Callable[[Words[Arguments]], Callable[Concatenate[Place, Arguments], Finding]]:
    """Register a function that words a fault: it takes the place and details, and returns the message and how to mend it.

    Raises ValueError for a code that is taken.
    """

    def decorate(function: Words[Arguments]) -> Callable[Concatenate[Place, Arguments], Finding]:
        def report(place: Place, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Finding:
            return Finding(place, code, *function(place, *args, **kwargs), severity)

        if code in FAULTS:
            raise ValueError(f"fault {code} is defined twice")
        FAULTS[code] = Rule(code, function.__name__.replace("_", "-"), severity, function.__doc__ or "", None, False)
        report.__doc__ = function.__doc__
        return report

    return decorate


def all_faults() -> list[Rule]:
    """Every fault, by code."""
    package = importlib.import_module(__package__ or "")
    for module in pkgutil.walk_packages(package.__path__, f"{__package__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return sorted(FAULTS.values())
