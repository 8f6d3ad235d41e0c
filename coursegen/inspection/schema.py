"""The JSON Schema of an inspection, made from the classes themselves (:mod:`coursegen.inspection.model`)."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

from ..finding import Finding, Severity
from . import model

_PLAIN: dict[object, str] = {str: "string", int: "integer", bool: "boolean"}
_FINDING = {
    "file": {"type": "string"},
    "line": {"type": "integer"},
    "column": {"type": "integer"},
    "code": {"type": "string"},
    "severity": {"enum": list(get_args(Severity))},
    "message": {"type": "string"},
    "mend": {"type": "string"},
}


def schema() -> dict[str, Any]:
    """The schema, as data."""
    definitions: dict[str, Any] = {"Finding": _closed("One thing that is wrong, where it is, and how to mend it.", _FINDING)}
    made = _object(model.Inspection, definitions)
    made["properties"] = {"format": {"const": 1}, **made["properties"], "valid": {"type": "boolean"}}
    made["required"] = list(made["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "coursegen inspect", **made, "$defs": definitions}


def _closed(words: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "description": words, "properties": properties, "required": list(properties), "additionalProperties": False}


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    assert is_dataclass(kind)
    return _closed(inspect.cleandoc(kind.__doc__ or ""), {each.name: _of(hints[each.name], definitions) for each in fields(kind)})


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0], definitions)}
    if hint is not Finding and hint.__name__ not in definitions:
        definitions[hint.__name__] = {}
        definitions[hint.__name__] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}
