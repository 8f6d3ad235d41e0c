"""An inspection in a process of its own, which is stopped when it takes too long or too much memory: for files of strangers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from ..model.place import Place
from . import faults
from .limits import STOP
from .model import Inspection

_ROOT = Path(__file__).parents[2]
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from coursegen.inspection.__main__ import main; sys.exit(main(*sys.argv[2:]))"
"""What the process runs. With ``-P``, so that it imports nothing from the folder where it is started: that may be full of downloads."""


class Told(NamedTuple):
    """What an inspection says, and whether there is anything to mind."""

    text: str
    sound: bool


def run(path: str, shape: str = "text", colour: bool = False) -> Told:
    """Look through a package, and tell it as text or JSON."""
    command = [sys.executable, "-P", "-c", _PROGRAM, str(_ROOT), path, shape, "colour" if colour else "plain"]
    why = ""
    try:
        done = subprocess.run(command, capture_output=True, timeout=STOP, check=False)
        if done.returncode in (0, 1) and done.stdout:
            return Told(done.stdout.decode("utf-8", "replace"), done.returncode == 0)
        why = "it broke down"
    except subprocess.TimeoutExpired:
        why = f"it took more than {STOP:.0f} seconds"
    found = Inspection(path, "none", findings=(faults.stopped(Place(path), why),), complete=False)
    return Told(told(found, shape, colour), False)


def told(found: Inspection, shape: str, colour: bool) -> str:
    """An inspection as text or JSON."""
    if shape == "json":
        import json

        return json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n"
    from .text import Writer

    return Writer(colour).text(found)


def limit_memory(most: int) -> None:
    """Let this process ask for no more memory than that, where the system has such a limit."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    except (ImportError, AttributeError, ValueError, OSError):
        pass  # Windows has no such limit, and macOS does not take every one; the limits of reading hold there as well
