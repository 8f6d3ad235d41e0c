"""``coursegen rules``."""

from __future__ import annotations

import inspect

import click

from . import complete


@click.command()
@click.argument("code", required=False, shell_complete=complete.rule_codes)
def command(code: str | None) -> None:
    """List every rule of the check, or explain the one with CODE.

    Exit status: 0 listed, 2 wrong usage.

    \b
    coursegen rules
    coursegen rules A001
    """
    from ..check import all_rules

    known = {rule.code: rule for rule in all_rules()}
    if code is None:
        for rule in known.values():
            click.echo(f"{rule.code}  {rule.severity[0].upper()}  {rule.name:28}  {rule.documentation.strip().splitlines()[0]}")
        return
    found = known.get(code.upper())
    if found is None:
        raise click.UsageError(f"there is no rule {code}; run 'coursegen rules' for the list")
    click.echo(f"{found.code} {found.name} ({found.severity})\n\n{inspect.cleandoc(found.documentation)}")
