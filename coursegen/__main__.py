"""``python -m coursegen``."""

from .cli import main

main(prog_name="coursegen")
