"""The process in which :mod:`coursegen.inspection.guarded` looks through a package: FILE, text or json, colour or plain."""

from __future__ import annotations

import sys

from ..model.place import Place
from .faults import out_of_memory
from .guarded import limit_memory, told
from .limits import MEMORY
from .looking import inspect
from .model import Inspection


def main(path: str, shape: str, colour: str) -> int:
    """Look through the package and print what is found. Ends with 1 where there is something to mind."""
    limit_memory(MEMORY)
    try:
        found = inspect(path)
        text = told(found, shape, colour == "colour").encode("utf-8", "replace")
    except MemoryError:
        found = Inspection(path, "none", findings=(out_of_memory(Place(path)),), complete=False)
        text = told(found, shape, colour == "colour").encode("utf-8", "replace")
    sys.stdout.buffer.write(text)
    return 1 if found.findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
