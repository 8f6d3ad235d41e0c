"""YAML as authors write it, with places, and with text left as text.

The events of PyYAML (libyaml where it is there) are turned into three kinds of node. No scalar is resolved: ``no`` and ``1.10``
stay the words they are until the model's types say what is expected. What makes YAML dangerous or surprising is refused:
aliases, tags, several documents, duplicate keys, tabs, absurd nesting.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import yaml

from ...finding import Finding
from ...model.place import Place
from . import faults
from .files import FORBIDDEN

DEEPEST = 24
"""How many lists and mappings may stand in each other; a course needs 8."""

_COMMENT = re.compile(" +#")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar:
    """A piece of text.

    ``raw`` is how it stands in the file, quotes and indentation included; ``is_cut`` whether a comment follows in its line.
    """

    __slots__ = ("is_cut", "place", "raw", "style", "value")

    def __init__(self, value: str, place: Place, style: str, raw: str, is_cut: bool = False) -> None:
        self.is_cut = is_cut
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
    """Keys and values. Keys keep their own place. ``key`` is the one whose value has not been met yet, while reading."""

    __slots__ = ("entries", "key", "keys", "place")

    def __init__(self, place: Place) -> None:
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, Place] = {}
        self.key: Scalar | None = None
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
        problem, context = error.problem or "it cannot be read", error.context or ""
        report(faults.syntax(Place(file, *_position(error, text)), problem, context, _quote_before(error, text)))
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


def _quote_before(error: Any, text: str) -> str:
    """The quote that words follow in its line, as in ``title: "Why" brakes``; empty where they follow none."""
    mark = error.problem_mark
    if mark is None or "quoted" in (error.context or ""):
        return ""
    line = text[text.rfind("\n", 0, mark.index) + 1 : mark.index].rstrip(" ")
    return line[-1] if line.endswith(('"', "'")) else ""


class _Refused(Exception):
    """The file was reported and is not read on."""


class _Composer:
    def __init__(self, text: str, file: str, report: Callable[[Finding], None]) -> None:
        self.text = text
        self.file = file
        self.report = report
        self.has_comments = " #" in text
        self.loader = _Loader(text)

    def compose(self) -> Node | None:
        root: Node | None = None
        above: list[Sequence | Mapping] = []
        get_event, scalar_event = self.loader.get_event, yaml.ScalarEvent
        while True:
            event = get_event()
            kind = event.__class__
            if kind is scalar_event:
                node: Node = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                node = self._container(event, kind, len(above))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                above.pop()
                continue
            elif kind is yaml.AliasEvent:
                self.report(faults.alias(self._place(event), f"*{event.anchor}"))
                raise _Refused
            elif kind is yaml.DocumentStartEvent and root is not None:
                self.report(faults.several_documents(self._place(event)))
                raise _Refused
            elif kind is yaml.StreamEndEvent:
                return root
            else:
                continue
            if not above:
                root = node
            else:
                parent = above[-1]
                if isinstance(parent, Sequence):
                    parent.items.append(node)
                else:
                    self._attach(parent, node)
            if not isinstance(node, Scalar):
                above.append(node)

    def _container(self, event: Any, kind: type, depth: int) -> Sequence | Mapping:
        self._refuse_properties(event)
        place = self._place(event)
        if depth >= DEEPEST:
            self.report(faults.too_deep(place, DEEPEST))
            raise _Refused
        return Mapping(place) if kind is yaml.MappingStartEvent else Sequence(place)

    def _attach(self, parent: Mapping, node: Node) -> None:
        """Take a node as a key, or as the value of the key before it."""
        key = parent.key
        if key is None:
            if not isinstance(node, Scalar):
                self.report(faults.odd_key(node.place))
                raise _Refused
            parent.key = node
            return
        parent.key = None
        if key.value in parent.entries:
            self.report(faults.duplicate_key(key.place, key.value, parent.keys[key.value]))
            return
        parent.entries[key.value] = node
        parent.keys[key.value] = key.place

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        value, style, start = event.value, event.style or "", event.start_mark
        place = Place(self.file, start.line + 1, start.column + 1)
        if style == '"' and (found := FORBIDDEN.search(value)):  # written as an escape, such as "\0"
            self.report(faults.control_character(place, found.group()))
            raise _Refused
        raw = self.text[start.index : event.end_mark.index] if "<" in value or "&" in value else ""
        is_cut = self.has_comments and not style and self._comment_follows(event.end_mark.index)
        return Scalar(value, place, style, raw, is_cut)

    def _comment_follows(self, end: int) -> bool:
        return _COMMENT.match(self.text, end) is not None

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
