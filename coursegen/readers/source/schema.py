"""The source format as JSON Schema (2020-12) and as a reference in Markdown, both from the model's own definitions."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin

from ...model.activity import Bank, QuestionSet
from ...model.case import Storyline
from ...model.collection import Collection
from ...model.course import Course, Framework, Unit
from ...model.glossary import Glossary
from ...model.grid import Grid, Reference
from ...model.part import AtLeast, Between, Part, is_part
from ...model.rich import Rich
from ...model.rubric import Example, Rubric
from ...model.survey import Questionnaire
from ...model.text import SourceText
from . import hover
from .bind import Field, fields_of, members, what

FILES: dict[str, tuple[type[Part], str]] = {
    "course": (Course, "course.yaml"),
    "unit": (Unit, "unit.yaml"),
    "quiz": (QuestionSet, "the file of a quiz"),
    "bank": (Bank, "a question bank"),
    "case": (Storyline, "the file of a case study"),
    "grid": (Grid, "an analysis grid"),
    "reference": (Reference, "a reference rating on a grid"),
    "rubric": (Rubric, "a rubric"),
    "example": (Example, "an example to practise reviewing on"),
    "survey": (Questionnaire, "the file of a survey"),
    "repository": (Collection, "the file of a repository"),
    "glossary": (Glossary, "the glossary"),
    "framework": (Framework, "the competence framework"),
}
"""The kinds of file that authors write, with the part that each holds."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file (a key of :data:`FILES`)."""
    kind, title = FILES[name]
    definitions: dict[str, Any] = {}
    root = _part(kind, definitions)
    root["title"] = f"{title[0].upper()}{title[1:]}" if " " in title else title
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": dict(sorted(definitions.items()))}


def _part(kind: type[Part], definitions: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {"kind": {"const": kind.kind, "description": _summary(kind)}} if kind.kind else {}
    required = ["kind"] if kind.kind else []
    for field in fields_of(kind):
        made = _field(field, definitions)
        _explain(made, hover.found(hover.CHOICES, kind.__name__, field.key) or {})
        properties[field.key] = {"title": _title(field.key), **made, "description": field.meaning, **_shown(kind, field)}
        if field.required:
            required.append(field.key)
    return {
        "title": _title(what(kind).split(" ", 1)[1]),
        "type": "object",
        "description": _summary(kind),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _title(name: str) -> str:
    """A key or a kind as a heading: ``pass_mark`` is "Pass mark"."""
    words = name.replace("_", " ").replace("-", " ")
    return words[0].upper() + words[1:]


def _shown(kind: type[Part], field: Field) -> dict[str, Any]:
    """What an editor shows of a key besides its meaning: an example, and what it is when the author says nothing."""
    shown: dict[str, Any] = {}
    example = hover.found(hover.EXAMPLES, kind.__name__, field.key)
    inner = get_args(field.type)[0] if get_origin(field.type) is tuple else field.type
    # A key may have words in one part, and parts or a choice in another, which show what they are by themselves.
    if example is not None and (field.stored or not all(is_part(each) or get_origin(each) is Literal for each in members(inner))):
        shown["examples"] = [example]
    default = next(each.default for each in fields(kind) if each.name == field.name)
    if isinstance(default, (bool, int, str)):
        shown["default"] = default
    return shown


def _explain(made: dict[str, Any], meanings: dict[str, str]) -> None:
    """Say what each word of a choice means, wherever in a definition the choice is."""
    for each in (made, made.get("items", {}), *made.get("anyOf", [])):
        if "enum" in each:
            each["enumDescriptions"] = [meanings.get(str(value), "") for value in each["enum"]]


def _field(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    if field.stored:
        path = {"type": "string", "minLength": 1}
        return {"type": "array", "items": path, **_limits(field)} if get_origin(field.type) is tuple else path
    made = {**_type(field.type, definitions), **_limits(field)}
    for limit in field.limits:
        if isinstance(limit, Between):
            for choice in made.get("anyOf", [made]):
                if choice.get("type") == "integer":
                    choice |= {"minimum": limit.low, "maximum": limit.high}
    return made


def _limits(field: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for limit in field.limits:
        if isinstance(limit, AtLeast):
            limits["minItems"] = limit.least
    return limits


def _type(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _type(get_args(kind)[0], definitions)}
    choices = [_one(member, definitions) for member in members(kind) if member is not type(None)]
    if len(choices) == 1:
        return choices[0]
    kinds = [member for member in members(kind) if is_part(member)]
    return _by_kind(kinds) if kinds else {"anyOf": choices}


def _by_kind(kinds: list[type[Part]]) -> dict[str, Any]:
    """One of several parts, by its ``kind``.

    The last alternative takes what has no kind, or none that is known, so that editors say just this, and not "none fits".
    """
    names = [kind.kind for kind in kinds]
    offered = {"title": "Kind", "description": "what it is", "enum": names, "enumDescriptions": [_summary(kind) for kind in kinds]}
    unknown = {"not": {"properties": {"kind": {"enum": names}}, "required": ["kind"]}}
    return {
        "type": "object",
        "properties": {"kind": offered},
        "required": ["kind"],
        "anyOf": [*({"$ref": f"#/$defs/{kind.__name__}"} for kind in kinds), unknown],
    }


def _one(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if get_origin(kind) is Literal:
        values = get_args(kind)
        # An editor's YAML reader takes 4.1 for a number.
        return {"enum": [*values, *(float(value) for value in values if re.fullmatch(r"[0-9]+\.[0-9]+", value))]}
    if kind is bool:
        return {"type": "boolean"}
    if kind is int:
        return {"type": "integer"}
    if is_part(kind):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _part(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    # An editor's YAML reader takes 1.10 for a number and no for false; coursegen reads both as the words they are.
    written: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    if kind is Rich:
        return written
    if isinstance(kind, type) and issubclass(kind, SourceText):
        if kind.pattern is not None:
            written["pattern"] = f"^(?:{kind.pattern.pattern})$"
        return written
    raise TypeError(f"no schema for {kind}")


def reference() -> str:
    """Every key of every file, as tables in Markdown."""
    out = ["# Keys", "", "Made from the program's own definitions. How to use them: [the source format](../source-format.md).", ""]
    seen: set[type[Part]] = set()
    for name, (kind, title) in FILES.items():
        out += [f"## {name}: {title}", ""]
        _tables(kind, out, seen)
    return "\n".join(out)


def _tables(kind: type[Part], out: list[str], seen: set[type[Part]]) -> None:
    if kind in seen:
        return
    seen.add(kind)
    heading = f"`kind: {kind.kind}`" if kind.kind else kind.__name__
    out += [f"### {heading}", "", _summary(kind), "", "| key | value | meaning |", "|---|---|---|"]
    below: list[type[Part]] = []
    for field in fields_of(kind):
        must = "" if field.required else " (may be absent)"
        out.append(f"| `{field.key}` | {_words(field)}{must} | {field.meaning} |")
        if not field.stored:
            inner = get_args(field.type)[0] if get_origin(field.type) is tuple else field.type
            below += [member for member in members(inner) if is_part(member)]
    out.append("")
    for part in below:
        _tables(part, out, seen)


def _words(field: Field) -> str:
    kind = field.type
    if field.stored:
        return "list of paths" if get_origin(kind) is tuple else "path"
    if get_origin(kind) is tuple:
        inner = [_name(member) for member in members(get_args(kind)[0])]
        return f"list of {' or '.join(inner)}"
    return " or ".join(_name(member) for member in members(kind) if member is not type(None)) + "".join(
        f", {limit.low} to {limit.high}" for limit in field.limits if isinstance(limit, Between)
    )


def _name(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return " or ".join(f"`{value}`" for value in get_args(kind))
    if is_part(kind):
        return str(kind.kind or kind.__name__)
    names: dict[str, str] = {"int": "whole number", "bool": "`true` or `false`", "Rich": "rich text", "Plain": "text", "Identifier": "id"}
    name: str = kind.__name__
    return names.get(name, name.lower())


def _summary(kind: type[Part]) -> str:
    return " ".join((kind.__doc__ or "").strip().split("\n\n")[0].split())
