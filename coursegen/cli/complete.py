"""What the shell offers when an author presses Tab. Nothing here may fail: a shell has nowhere to show it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from . import place

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def unit_ids(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Ids of units, with their titles. Read from the files as they stand, so that an error elsewhere does not matter."""
    from click import ClickException
    from click.shell_completion import CompletionItem

    given = context.params.get("folder") or context.params.get("source")
    try:
        folder = Path(given) if given else place.course_here()
        files = sorted(folder.glob("*/unit.yaml"))
    except (ClickException, OSError):
        return []
    found = [(id_in(file), _value(file, "title")) for file in files]
    return [CompletionItem(name, help=title or None) for name, title in found if name and name.startswith(begun)]


def rule_codes(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Codes of rules, with their names."""
    from click.shell_completion import CompletionItem

    from ..check import all_rules

    return [CompletionItem(rule.code, help=rule.name) for rule in all_rules() if rule.code.startswith(begun.upper())]


def id_in(file: Path) -> str:
    """The id that a unit's file has; empty if it cannot be found."""
    return _value(file, "id")


def _value(file: Path, key: str) -> str:
    try:
        text = file.read_text("utf-8-sig", "replace")
    except OSError:
        return ""
    found = re.search(rf"^{key}:[ ]*(.*?)[ ]*(?:#.*)?$", text, re.MULTILINE)
    return found[1].strip("\"'") if found else ""
