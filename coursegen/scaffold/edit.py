"""Changes in the text of a YAML file: an entry more in a list, another number. Comments, layout and line ends stay as they are.

The marks of PyYAML say where things stand; the text is cut there, and nothing is ever written anew from data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml import Node, SequenceNode


class CannotEdit(Exception):
    """The file is written in a way that we do not change; the words say what to do by hand."""


def append(text: str, key: str, entry: list[str]) -> str:
    """Add an entry to the list under a key of the file. ``entry`` is its lines, without the dash."""
    from yaml import SequenceNode

    found = _value(text, key)
    if not isinstance(found, SequenceNode) or not found.value:
        raise CannotEdit(f'there is no list "{key}" to add to')
    return _append_in_brackets(text, key, found, entry) if found.flow_style else _append_line(text, found, entry)


def _append_in_brackets(text: str, key: str, found: SequenceNode, entry: list[str]) -> str:
    if len(entry) > 1:
        raise CannotEdit(f'the list "{key}" stands in brackets; write each entry on lines of its own, with a dash before it')
    last: int = found.value[-1].end_mark.index
    return f"{text[:last]}, {entry[0]}{text[last:]}"


def _append_line(text: str, found: SequenceNode, entry: list[str]) -> str:
    dash: int = found.start_mark.column
    starts = [_line_start(text, node.start_mark.index) for node in found.value]
    # The list ends where the next key begins. Notes and blank lines before that key belong to it, and not to the last entry.
    end: int = found.end_mark.index
    lines = text[:end].splitlines(keepends=True)
    while lines and _stands_apart(lines[-1], dash):
        lines.pop()
    before = "".join(lines)
    newline = "\r\n" if "\r\n" in text else "\n"
    if not before.endswith("\n"):
        before += newline
    spaced = len(starts) > 1 and not text[: starts[-1]].rstrip(" ").removesuffix("\n").removesuffix("\r").rpartition("\n")[2].strip()
    added = [f"{' ' * dash}{'- ' if number == 0 else '  '}{line}".rstrip() for number, line in enumerate(entry)]
    return before + (newline if spaced else "") + "".join(f"{line}{newline}" for line in added) + text[len("".join(lines)) :]


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _stands_apart(line: str, dash: int) -> bool:
    words = line.lstrip(" ")
    return not words.strip() or (words.startswith("#") and len(line) - len(words) <= dash)


def add_to_number(text: str, key: str, by: int) -> str:
    """Add to a whole number under a key of the file."""
    from yaml import ScalarNode

    found = _value(text, key)
    if not isinstance(found, ScalarNode) or not re.fullmatch("[0-9]{1,9}", found.value):
        raise CannotEdit(f'"{key}" is no whole number')
    return f"{text[: found.start_mark.index]}{int(found.value) + by}{text[found.end_mark.index :]}"


def replace(text: str, key: str, written: str) -> str:
    """Put another value of one line under a key of the file."""
    found = _value(text, key)
    if found is None:
        raise CannotEdit(f'there is no "{key}"')
    return f"{text[: found.start_mark.index]}{written}{text[found.end_mark.index :]}"


def _value(text: str, key: str) -> Node | None:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise CannotEdit("it is not YAML; coursegen check says where") from error
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next((value for name, value in pairs if isinstance(name, yaml.ScalarNode) and name.value == key), None)
