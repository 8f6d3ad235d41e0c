"""The source format as JSON Schema (2020-12) and as a reference in Markdown, both from the model's own definitions."""

from __future__ import annotations

import re
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
from .bind import Field, fields_of, members

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
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **root, "$defs": dict(sorted(definitions.items()))}


def _part(kind: type[Part], definitions: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {"kind": {"const": kind.kind}} if kind.kind else {}
    required = ["kind"] if kind.kind else []
    for field in fields_of(kind):
        properties[field.key] = {**_field(field, definitions), "description": field.meaning}
        if field.required:
            required.append(field.key)
    return {
        "type": "object",
        "description": _summary(kind),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


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
    return choices[0] if len(choices) == 1 else {"anyOf": choices}


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
