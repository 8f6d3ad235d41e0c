"""``coursegen completion``."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print what your shell needs to complete commands, formats, rules and units when you press Tab.

    Do this once. Then open a new terminal.

    Exit status: 0 printed, 2 wrong usage.

    \b
    coursegen completion bash >> ~/.bashrc
    coursegen completion zsh >> ~/.zshrc
    coursegen completion fish > ~/.config/fish/completions/coursegen.fish
    """
    from click.shell_completion import ShellComplete, get_completion_class

    from . import main

    found = get_completion_class(shell)
    assert found is not None  # click brings all three
    # Not bash's own way, which looks for a bash on this machine first: the text may be for another one.
    click.echo(ShellComplete.source(found(main, {}, "coursegen", "_COURSEGEN_COMPLETE")))
