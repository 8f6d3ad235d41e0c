"""YAML as authors write it, with places, and with text left as text.

The events of PyYAML (libyaml where it is there) are turned into three kinds of node. No scalar is resolved: ``no`` and ``1.10``
stay the words they are until the model's types say what is expected. What makes YAML dangerous or surprising is refused:
aliases, tags, several documents, duplicate keys, tabs, absurd nesting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import yaml

from ...finding import Finding
from ...model.place import Place
from . import faults
from .files import FORBIDDEN

DEEPEST = 24
"""How many lists and mappings may stand in each other; a course needs 8."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar:
    """A piece of text. ``raw`` is how it stands in the file, quotes and indentation included."""

    __slots__ = ("place", "raw", "style", "value")

    def __init__(self, value: str, place: Place, style: str, raw: str) -> None:
        self.value = value
        self.place = place
        self.style = style
        self.raw = raw


class Sequence:
    """A list."""

    __slots__ = ("items", "place")

    def __init__(self, place: Place) -> None:
        self.items: list[Node] = []
        self.place = place


class Mapping:
    """Keys and values. Keys keep their own place."""

    __slots__ = ("entries", "keys", "place")

    def __init__(self, place: Place) -> None:
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, Place] = {}
        self.place = place


Node: TypeAlias = Scalar | Sequence | Mapping


def compose(text: str, file: str, report: Callable[[Finding], None]) -> Node | None:
    """Parse one file. What is wrong is reported; None when there is nothing to go on with."""
    if "\t" in text:
        at = text.index("\t")
        report(faults.tab(Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))))
        return None
    try:
        return _Composer(text, file, report).compose()
    except yaml.MarkedYAMLError as error:
        report(faults.syntax(Place(file, *_position(error, text)), error.problem or "it cannot be read", error.context or ""))
    except yaml.YAMLError:
        report(faults.syntax(Place(file, 1, 1), "it cannot be read", ""))
    except _Refused:
        pass
    return None


def _position(error: Any, text: str) -> tuple[int, int]:
    """Where a syntax error is: where a bracket or quote was opened, if it is not closed in its line; else where it was met."""
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    end = len(text.rstrip())
    if opened and opened.index < end and opened.line < mark.line and ("flow" in error.context or "quoted" in error.context):
        mark = opened
    if mark.index < end:
        return mark.line + 1, mark.column + 1
    return text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)


class _Refused(Exception):
    """The file was reported and is not read on."""


class _Composer:
    def __init__(self, text: str, file: str, report: Callable[[Finding], None]) -> None:
        self.text = text
        self.file = file
        self.report = report
        self.loader = _Loader(text)

    def compose(self) -> Node | None:
        root: Node | None = None
        stack: list[Node] = []
        pending: list[tuple[str, Place] | None] = []
        get_event = self.loader.get_event
        while True:
            event = get_event()
            kind = event.__class__
            if kind is yaml.ScalarEvent:
                node: Node = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._refuse_properties(event)
                place = self._place(event)
                if len(stack) >= DEEPEST:
                    self.report(faults.too_deep(place, DEEPEST))
                    raise _Refused
                node = Mapping(place) if kind is yaml.MappingStartEvent else Sequence(place)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
                pending.pop()
                continue
            elif kind is yaml.AliasEvent:
                self.report(faults.alias(self._place(event), f"*{event.anchor}"))
                raise _Refused
            elif kind is yaml.DocumentStartEvent:
                if root is not None:
                    self.report(faults.several_documents(self._place(event)))
                    raise _Refused
                continue
            elif kind is yaml.StreamEndEvent:
                return root
            else:
                continue
            if not stack:
                root = node
            else:
                self._attach(stack[-1], node, pending)
            if not isinstance(node, Scalar):
                stack.append(node)
                pending.append(None)

    def _attach(self, parent: Node, node: Node, pending: list[tuple[str, Place] | None]) -> None:
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        assert isinstance(parent, Mapping)
        waiting = pending[-1]
        if waiting is None:
            if not isinstance(node, Scalar):
                self.report(faults.odd_key(node.place))
                raise _Refused
            pending[-1] = (node.value, node.place)
            return
        pending[-1] = None
        key, place = waiting
        if key in parent.entries:
            self.report(faults.duplicate_key(place, key, parent.keys[key]))
            return
        parent.entries[key] = node
        parent.keys[key] = place

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        value, style, start = event.value, event.style or "", event.start_mark
        place = Place(self.file, start.line + 1, start.column + 1)
        if style == '"' and (found := FORBIDDEN.search(value)):  # written as an escape, such as "\0"
            self.report(faults.control_character(place, found.group()))
            raise _Refused
        raw = self.text[start.index : event.end_mark.index] if "<" in value else ""
        return Scalar(value, place, style, raw)

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self.report(faults.alias(self._place(event), f"&{event.anchor}"))
            raise _Refused
        if event.tag is not None:
            self.report(faults.tag(self._place(event), event.tag))
            raise _Refused

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)
