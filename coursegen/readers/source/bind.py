"""From YAML nodes to parts of the model, by the model's own definitions.

What is wrong is reported and replaced by an empty value, so that one reading finds all there is to find; a course with errors is
never built.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import partial
from inspect import get_annotations
from typing import Annotated, Any, Literal, NamedTuple, Protocol, TypeAlias, Union, get_args, get_origin

from ...finding import Finding
from ...model.part import FOUND, AtLeast, Between, Part, Stored, is_part
from ...model.place import Place
from ...model.rich import Rich
from ...model.text import Plain, SourceText
from ...model.theme import Colour
from . import faults
from .yaml import Mapping, Node, Scalar, Sequence

_WHITE_SPACE = re.compile("[ \t\n\r\f]+")
_TO_FOLD = re.compile("[\t\n\r\f]|  ")

MISSED: Any = object()
"""What a converter returns when there is nothing to use."""


class Context(Protocol):
    """What the binder needs to know of the file it is in."""

    report: Callable[[Finding], None]

    def rich(self, scalar: Scalar, key: str) -> Rich:
        """The rich text of a scalar."""

    def stored(self, what: str, kind: Any, scalar: Scalar) -> Any:
        """The value that stands in a file of its own."""


Convert: TypeAlias = Callable[[Node, Context], Any]


class Field(NamedTuple):
    """A field of a part as the binder sees it."""

    name: str
    key: str
    type: Any
    meaning: str
    limits: tuple[Any, ...]
    stored: str
    required: bool
    convert: Convert


_FIELDS: dict[type[Part], tuple[Field, ...]] = {}


def fields_of(kind: type[Part]) -> tuple[Field, ...]:
    """The fields of a part that authors write, in the order of its definition; found once a class."""
    if kind not in _FIELDS:
        _FIELDS[kind] = _fields_of(kind)
    return _FIELDS[kind]


def _fields_of(kind: type[Part]) -> tuple[Field, ...]:
    hints: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        hints |= get_annotations(base)
    found = []
    for field in fields(kind):
        if FOUND in field.metadata:
            continue
        hint = hints[field.name]
        inner, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        stored = next((note for note in notes if isinstance(note, Stored)), None)
        key = (stored.key if stored else "") or field.name
        limits = tuple(note for note in notes if isinstance(note, (Between, AtLeast)))
        found.append(
            Field(
                field.name,
                key,
                inner,
                next((note for note in notes if isinstance(note, str)), ""),
                limits,
                stored.what if stored else "",
                field.default is MISSING and field.default_factory is MISSING,
                converter(inner, key, limits),
            )
        )
    return tuple(found)


def members(kind: Any) -> tuple[Any, ...]:
    """The members of a union; a type alone is its own only member."""
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def what(kind: type[Part]) -> str:
    """What a part is called in messages: ``SingleChoice`` is "a single choice"."""
    name = kind.kind.replace("-", " ") or "".join(f" {c.lower()}" if c.isupper() else c for c in kind.__name__).strip()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def bind(node: Node, kind: type[Part], context: Context) -> Any:
    """Make a part from a mapping; MISSED, and a report, when the node is not one."""
    if not isinstance(node, Mapping):
        return _misshapen(what(kind).split(" ", 1)[1], "a mapping (key: value)", node, context)
    entries, keys = node.entries, node.keys
    known = fields_of(kind)
    values: dict[str, Any] = {"place": node.place, "places": keys}
    missing: list[Field] = []
    taken = 1 if kind.kind and "kind" in entries else 0
    for field in known:
        child = entries.get(field.key)
        if child is None:
            if field.required:
                missing.append(field)
                values[field.name] = _placeholder(field.type, node.place)
            continue
        taken += 1
        value = _stored(child, field, context) if field.stored else field.convert(child, context)
        if value is MISSED:
            value = _placeholder(field.type, child.place)
        values[field.name] = value
    meant: set[str] = set()
    if taken < len(entries):
        names = sorted({field.key for field in known} | ({"kind"} if kind.kind else set()))
        for key in entries:
            if key not in names:
                meant.add(faults.closest(key, names))
                context.report(faults.unknown_key(keys[key], key, names, what(kind)))
    for field in missing:
        if field.key not in meant:  # a misspelt key is one fault and not two
            context.report(faults.missing_key(node.place, field.key, what(kind), field.meaning))
    if any(value is MISSED for value in values.values()):
        return MISSED
    return kind(**values)


def _placeholder(kind: Any, place: Place) -> Any:
    """An empty value of a type; MISSED where there is none, which drops the part."""
    for member in members(kind):
        if member is type(None):
            return None
        if get_origin(member) is tuple:
            return ()
        if get_origin(member) is Literal:
            return get_args(member)[0]
        if member is Rich:
            return Rich((), place)
        if member in (int, bool):
            return member()
        if isinstance(member, type) and issubclass(member, SourceText):
            return member("", place)
    return MISSED


def _stored(node: Node, field: Field, context: Context) -> Any:
    if get_origin(field.type) is tuple:
        if not isinstance(node, Sequence):
            return _misshapen(field.key, "a list of paths", node, context)
        _count(node, field.key, field.limits, context)
        kind = get_args(field.type)[0]
        found = [_stored_one(item, field, kind, context) for item in node.items]
        return tuple(value for value in found if value is not MISSED)
    kind = next(member for member in members(field.type) if member is not type(None))
    return _stored_one(node, field, kind, context)


def _stored_one(node: Node, field: Field, kind: Any, context: Context) -> Any:
    if not isinstance(node, Scalar):
        context.report(faults.wrong_shape(node.place, field.key, "a path", _shape(node)))
        return MISSED
    if not node.value:
        context.report(faults.empty(node.place, field.key))
        return MISSED
    return context.stored(field.stored, kind, node)


def converter(kind: Any, key: str, limits: tuple[Any, ...] = ()) -> Convert:
    """What makes a value of a type from a node: MISSED, and a report, when the node does not fit. Made once a field."""
    if kind is Rich or kind == Rich | None:
        return partial(_rich, key)
    if get_origin(kind) is tuple:
        return partial(_list, key, converter(get_args(kind)[0], key), limits)
    choices = [member for member in members(kind) if member is not type(None)]
    if all(is_part(member) for member in choices):
        return partial(_part, key, choices)
    for member in choices:
        if isinstance(member, type) and issubclass(member, SourceText):
            return partial(_words, key, member)
    return partial(_plain_value, key, choices, limits)


def _rich(key: str, node: Node, context: Context) -> Any:
    if not isinstance(node, Scalar):
        context.report(faults.wrong_shape(node.place, key, "a text", _shape(node)))
        return MISSED
    if not node.value.strip():
        context.report(faults.empty(node.place, key))
        return MISSED
    if node.is_cut:
        context.report(faults.text_before_comment(node.place))
    return context.rich(node, key)


def _list(key: str, convert: Convert, limits: tuple[Any, ...], node: Node, context: Context) -> Any:
    if not isinstance(node, Sequence):
        return _misshapen(key, "a list", node, context)
    _count(node, key, limits, context)
    found = [convert(item, context) for item in node.items]
    return tuple([value for value in found if value is not MISSED])


def _count(node: Sequence, key: str, limits: tuple[Any, ...], context: Context) -> None:
    for limit in limits:
        if isinstance(limit, AtLeast) and len(node.items) < limit.least:
            context.report(faults.too_few(node.place, key, limit.least))


def _part(key: str, choices: list[type[Part]], node: Node, context: Context) -> Any:
    if len(choices) == 1:
        return bind(node, choices[0], context)
    noun = {"activities": "activity", "questions": "question", "gaps": "gap", "items": "item", "fields": "field"}.get(key, key)
    if not isinstance(node, Mapping):
        return _misshapen(noun, "a mapping (key: value)", node, context)
    named = node.entries.get("kind")
    if named is None:
        known = ", ".join(choice.kind for choice in choices)
        context.report(faults.missing_key(node.place, "kind", f"{'an' if noun[0] in 'aeio' else 'a'} {noun}", f"one of {known}"))
        return MISSED
    for choice in choices:
        if isinstance(named, Scalar) and named.value == choice.kind:
            return bind(node, choice, context)
    shown = named.value if isinstance(named, Scalar) else _shape(named)
    context.report(faults.unknown_kind(named.place, shown, [choice.kind for choice in choices], noun))
    return MISSED


def _words(key: str, kind: type[SourceText], node: Node, context: Context) -> Any:
    if not isinstance(node, Scalar):
        return _not_scalar(key, node, context)
    value = fold(node.value) if kind is Plain else node.value
    if not value:
        # A colour without quotes is a comment.
        context.report(faults.empty(node.place, key, kind.explanation) if kind is Colour else faults.empty(node.place, key))
        return MISSED
    if kind.pattern and not kind.pattern.fullmatch(value):
        context.report(faults.bad_form(node.place, key, value, kind.explain(value)))
        return MISSED
    if node.is_cut and kind is Plain:
        context.report(faults.text_before_comment(node.place))
    return kind(value, node.place)


def fold(text: str) -> str:
    """A text in one line. No-break and thin spaces are not folded: authors mean them."""
    if not _TO_FOLD.search(text):
        return text.strip(" ")
    return " ".join(_WHITE_SPACE.split(text)).strip(" ")


def _plain_value(key: str, choices: list[Any], limits: tuple[Any, ...], node: Node, context: Context) -> Any:
    if not isinstance(node, Scalar):
        return _not_scalar(key, node, context)
    expected = []
    for member in choices:
        if member is bool:
            if node.value in ("true", "false"):
                return node.value == "true"
            expected.append("true or false")
        elif member is int:
            low, high = next(((limit.low, limit.high) for limit in limits if isinstance(limit, Between)), (0, 10**9))
            digits = node.value[1:] if low < 0 and node.value.startswith("-") else node.value
            if digits.isascii() and digits.isdigit() and len(digits) < 10 and low <= int(node.value) <= high:
                return int(node.value)
            expected.append(f"a whole number from {low} to {high}")
        elif get_origin(member) is Literal:
            if node.value in get_args(member):
                return node.value
            expected.extend(get_args(member))
    context.report(faults.wrong_value(node.place, key, " or ".join(expected), node.value))
    return MISSED


def _misshapen(key: str, expected: str, node: Node, context: Context) -> Any:
    """Report what is no list or mapping. Nothing at all is not a text in a wrong place: it was to be written later."""
    if isinstance(node, Scalar) and not node.value.strip():
        context.report(faults.empty(node.place, key, expected))
    else:
        context.report(faults.wrong_shape(node.place, key, expected, _shape(node)))
    return MISSED


def _not_scalar(key: str, node: Node, context: Context) -> Any:
    context.report(faults.wrong_shape(node.place, key, "one value", _shape(node)))
    return MISSED


def _shape(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping (key: value)"
    return "a list" if isinstance(node, Sequence) else "a text"
