"""Follows a page of the documentation word for word: types what it says to type, edits what it says to edit, looks for what it says.

The words that it knows, and that a page must use:

- a block ``sh``: typed into one shell, one block after the other;
- "You see:" and a block ``text``: each line is in what the last block printed;
- "Open `FILE`. Find this:" and a block, then "Put this in its place" and a block: the one, which is there once, becomes the other;
- "Open `FILE`. Put this in place of all that is there" and a block: the file becomes the block.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OPEN = re.compile(r"Open `([^`]+)`[^.]*\.")


class Step(NamedTuple):
    """One thing to do. ``kind`` is ``type``, ``see``, ``replace`` or ``write``; ``file`` and ``old`` are those of an edit."""

    kind: str
    text: str
    file: str = ""
    old: str = ""


def steps(page: str) -> list[Step]:
    """What a page tells a reader to do, in order. Raises ValueError for a block that its words say nothing of."""
    found: list[Step] = []
    start, file, old = 0, "", ""
    for block in _BLOCK.finditer(page):
        words, text = page[start : block.start()], block[2]
        start = block.end()
        last = words.strip().rsplit("\n\n", 1)[-1]
        opened = _OPEN.findall(last)
        file = opened[-1] if opened else file
        if block[1] == "sh":
            found.append(Step("type", text))
        elif last.endswith("You see:"):
            found.append(Step("see", text))
        elif last.endswith("Find this:"):
            old = text
        elif "Put this in its place" in last and old:
            found.append(Step("replace", text, file, old))
            old = ""
        elif "Put this in place of all that is there" in last and opened:
            found.append(Step("write", text, file))
        else:
            raise ValueError(f"a block that no reader knows what to do with, after: {last[-80:]}")
    return found


def edit(folder: Path, step: Step) -> None:
    """Do an edit. Raises ValueError where the old text is not there just once."""
    path = folder / step.file
    text = path.read_text("utf-8")  # it is there, or the page is wrong
    if step.kind == "replace" and text.count(step.old) != 1:
        raise ValueError(f"{step.file} has this {text.count(step.old)} times: {step.old}")
    path.write_text(text.replace(step.old, step.text) if step.kind == "replace" else step.text, "utf-8", newline="\n")
