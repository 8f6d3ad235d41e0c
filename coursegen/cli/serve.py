"""``coursegen serve``."""

from __future__ import annotations

from pathlib import Path

import click

from . import place


@click.command()
@place.argument
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port of the preview; 0 takes any that is free."
)
@click.option("--open", "opens", is_flag=True, help="Open the preview in a browser.")
def command(source: Path, port: int, opens: bool) -> None:
    """Show the course in SOURCE (by default this folder, or modules) in a browser, and follow every save.

    The preview has an overview, each page in the player that learners get, a strict LMS beside it, and all findings. Only this
    machine can open it. Ctrl+C ends it.

    Exit status: 0 ended, 1 the port is taken, 2 wrong usage.

    \b
    coursegen serve
    coursegen serve my-course --open
    coursegen serve --port 8001
    """
    from ..serve.server import Server, serve
    from ..serve.studio import Studio

    studio = Studio(source)
    try:
        server = Server(studio, port)
    except (OSError, OverflowError) as error:
        words = f"Port {port} cannot be used: {getattr(error, 'strerror', None) or error}. Perhaps a preview runs already."
        raise click.ClickException(
            f"{words} Close it, or take another port: coursegen serve --port {port + 1 if port < 65535 else 0}"
        ) from error
    studio.update()
    click.echo(f"Preview of {source}: {server.address}")
    click.echo("Save a file, and the page follows. Ctrl+C ends the preview.")
    if opens:
        click.launch(server.address)
    serve(studio, server)
