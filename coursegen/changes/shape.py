"""Whether an outline that came from a file is one that the player could use: whoever looks into it later need not be careful."""

from __future__ import annotations

from typing import Any

_IDS = [str]
_TYPED = {"id": str, "?options": _IDS, "?right": _IDS, "?answers": [dict]}
_QUESTION = {**_TYPED, "mark": str, "kind": str, "points": float, "?parts": [_TYPED]}
_CHANGE = {"variable": str, "?by": int, "?to": int}
_WHEN = {"variable": str, "?atLeast": int, "?atMost": int}
_CHOICE = {"id": str, "to": str, "points": float, "when": [_WHEN], "change": [_CHANGE]}
_QUIZ = {
    "passMark": float,
    "attempts": (int, None),
    "feedback": str,
    "shuffleQuestions": bool,
    "shuffleOptions": bool,
    "forms": [_IDS],
    "questions": [_QUESTION],
    "?groups": [{"draw": int, "questions": _IDS}],
}
_CASE = {
    "start": str,
    "variables": [{"id": str, "start": int, "low": int, "high": int}],
    "scenes": [{"id": str, "mark": str, "ending": bool, "choices": [_CHOICE]}],
    "best": float,
}
_GRID = {"levels": int, "indicators": [{"id": str, "mark": str}]}
_MOST_LEVELS = 9
"""A level is kept as one digit."""
_KINDS: dict[str, dict[str, Any]] = {"quiz": _QUIZ, "case": _CASE, "grid": _GRID}
_ACTIVITY = {"id": str, "mark": str, "text": str, "kind": str, "title": str, "minutes": float}
_OUTLINE = {
    "package": {"id": str, "version": str},
    "title": str,
    "course": str,
    "language": str,
    "completion": {"pages": str, "quizzes": str, "cases": str, "grids": str},
    "status": str,
    "runtime": str,
    "textRoom": float,
    "glossary": bool,
    "units": [{"id": str, "title": str, "content": str, "activities": [_ACTIVITY]}],
}


def faults(outline: Any) -> str:
    """What an outline lacks, in words; empty if it lacks nothing."""
    if wrong := _wrong(outline, _OUTLINE, "outline"):
        return wrong
    for unit in outline["units"]:
        for activity in unit["activities"]:
            if wrong := _wrong(activity, _KINDS.get(activity["kind"], {}), activity["id"]):
                return wrong
            if activity["kind"] == "case" and (wrong := _broken(activity)):
                return wrong
            if activity["kind"] == "grid" and not 0 < activity["levels"] <= _MOST_LEVELS:
                return f"{activity['id']} has {activity['levels']} levels"
    return ""


def _wrong(value: Any, shape: Any, where: str) -> str:
    """The first thing in a value that has another shape."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return f"{where} is no object"
        wanted = {name.removeprefix("?"): below for name, below in shape.items() if name[0] != "?" or name[1:] in value}
        return next((wrong for name, below in wanted.items() if (wrong := _wrong(value.get(name), below, f"{where}.{name}"))), "")
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{where} is no list"
        return next((wrong for number, each in enumerate(value) if (wrong := _wrong(each, shape[0], f"{where}[{number}]"))), "")
    if isinstance(shape, tuple):
        return "" if value is None else _wrong(value, shape[0], where)
    kinds = (int, float) if shape is float else shape
    fits = isinstance(value, kinds) and (shape is bool or not isinstance(value, bool))
    return "" if fits else f"{where} is no {_NAMES[shape]}"


_NAMES = {str: "text", int: "whole number", float: "number", bool: "yes or no", dict: "object"}


def _broken(case: dict[str, Any]) -> str:
    """Whether a case names something that it has not."""
    scenes = {scene["id"] for scene in case["scenes"]}
    variables = {each["id"] for each in case["variables"]}
    choices = [choice for scene in case["scenes"] for choice in scene["choices"]]
    to = {case["start"], *(choice["to"] for choice in choices)} - scenes
    unknown = {each["variable"] for choice in choices for each in (*choice["when"], *choice["change"])} - variables
    no_change = any("by" not in each and "to" not in each for choice in choices for each in choice["change"])
    return f"{case['id']} names what is not there" if to or unknown or no_change else ""
