"""What is wrong with the files of a Moodle backup taken one by one: their fields, what these hold, their order and ids."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from backup import NULL, Backup
from make_backup_fields import kind

Check: TypeAlias = Callable[[Backup], Iterator[str]]
FACTS: dict[str, dict[str, dict[str, str]]] = json.loads((Path(__file__).parent / "backup_fields.json").read_text("utf-8"))
BESIDES: dict[str, dict[str, str]] = {
    # Moodle writes it for the tags of questions, since a category may be of another context.
    "tags/tag": {"@contextid": ""},
    # Read before the options of a numerical question; no number in the samples has a unit.
    "question/plugin_qtype_numerical_question": {"numerical_units": "nested"},
    "plugin_qtype_numerical_question/numerical_units": {"numerical_unit": "nested"},
    "numerical_units/numerical_unit": {"@id": "attribute", "multiplier": "number filled", "unit": "char 50 required"},
}
"""What the samples behind the table do not have, and Moodle knows all the same."""
for _key, _more in BESIDES.items():
    FACTS["questions.xml"][_key] = {**_more, **FACTS["questions.xml"].get(_key, {})}
VERSION = "2022112800"
PROMISED = {
    "users": "0", "anonymize": "0", "role_assignments": "0", "activities": "1", "blocks": "0", "filters": "0", "comments": "0",
    "calendarevents": "0", "userscompletion": "0", "logs": "0", "grade_histories": "0", "groups": "0", "customfield": "0",
    "contentbankcontent": "0", "xapistate": "0", "legacyfiles": "0", "files": "1",
}  # fmt: skip
"""The settings of the whole: whatever is 1 must be in the file."""
NEEDED = ("moodle_backup.xml", "files.xml", "questions.xml", "groups.xml", "scales.xml", "outcomes.xml", "roles.xml", "course/course.xml",
          "course/roles.xml")  # fmt: skip


def key(element: Any) -> str:
    """What an element is called in the table."""
    around = element.getparent()
    return element.tag if around is None else f"{around.tag}/{element.tag}"


def rows(backup: Backup) -> Iterator[tuple[str, dict[str, str] | None, Any]]:
    """Every element that holds others, with the name of its file and what the table says of it."""
    for name, root in backup.roots.items():
        known = FACTS.get(kind(name), {})
        for element in root.iter():
            if len(element):
                yield name, known.get(key(element)), element


def only_known_fields(backup: Backup) -> Iterator[str]:
    """Nothing is written that Moodle would not read."""
    for name, known, element in rows(backup):
        if known is None:
            yield f"{name}: <{key(element)}> is not known to hold elements"
            continue
        for tag in [child.tag for child in element] + [f"@{attribute}" for attribute in element.attrib]:
            if tag not in known:
                yield f"{name}: {key(element)} has no {tag}"


def no_field_is_missing(backup: Backup) -> Iterator[str]:
    """Columns without a default have a value, and only those that may be empty have none."""
    for name, known, element in rows(backup):
        for field, said in (known or {}).items():
            values = [child.text or "" for child in element if child.tag == field and not len(child)]
            if said.endswith("required") and not values and element.find(field) is None:
                yield f"{name}: {key(element)} lacks {field}"
            if said == "attribute" and field[1:] not in element.attrib:
                yield f"{name}: {key(element)} lacks {field}"
            if NULL in values and not said.startswith("plain") and not said.endswith("nullable"):
                yield f"{name}: {key(element)}: {field} must have a value"


def columns_hold_their_values(backup: Backup) -> Iterator[str]:
    """Words fit, and numbers are numbers."""
    for name, known, element in rows(backup):
        for child in element:
            said = (known or {}).get(child.tag, "")
            text = child.text or ""
            if len(child) or text == NULL:
                continue
            if length := re.match(r"char (\d+)", said):
                if len(text) > int(length[1]):
                    yield f"{name}: {key(element)}: {child.tag} has {len(text)} characters"
            elif said.startswith("int") and not re.fullmatch(r"-?\d{1,19}", text):
                yield f"{name}: {key(element)}: {child.tag} is no whole number: {text[:40]}"
            elif said.startswith("number") and not re.fullmatch(r"-?\d+(\.\d+)?", text):
                yield f"{name}: {key(element)}: {child.tag} is no number: {text[:40]}"


def scalars_come_first(backup: Backup) -> Iterator[str]:
    """Moodle hands on a row at its first nested element: what follows would be another row of the same id."""
    for name, known, element in rows(backup):
        nested = [len(child) > 0 or (known or {}).get(child.tag) == "nested" for child in element]
        if True in nested and False in nested[nested.index(True) :]:
            late = [child.tag for child, is_nested in zip(element, nested, strict=True) if not is_nested and nested.index(True) >= 0]
            yield f"{name}: {key(element)}: {late[-1]} comes after a nested element"


def no_field_comes_twice(backup: Backup) -> Iterator[str]:
    """A row has each column once."""
    for name, known, element in rows(backup):
        fields = Counter(child.tag for child in element if (known or {}).get(child.tag, "nested") != "nested")
        yield from (f"{name}: {key(element)} has {field} {count} times" for field, count in fields.items() if count > 1)


def no_question_data_is_empty(backup: Backup) -> Iterator[str]:
    """An empty ``<question_hints></question_hints>`` stops Moodle 5; with a line end in it, it does not."""
    for name, known, element in rows(backup):
        if kind(name) == "questions.xml":
            for child in element:
                if (known or {}).get(child.tag) == "nested" and not len(child) and not child.text:
                    yield f"{name}: {key(child)} is empty"


def ids_are_unique(backup: Backup) -> Iterator[str]:
    """No two rows of a kind have one id, in the whole backup; nor two contexts, nor two course modules."""
    found: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for name, root in backup.roots.items():
        for element in root.iter():
            if "id" in element.attrib:
                found[kind(name), key(element)][element.get("id")] += 1
    for activity in backup.activities:
        found["cm",][str(activity.cm)] += 1
        found["context",][str(activity.context)] += 1
    found["context",][backup.root("course/course.xml").get("contextid")] += 1
    found["context",][backup.information.findtext("original_system_contextid")] += 1
    for what, ids in found.items():
        if what == ("gradebook.xml", "grade_settings/grade_setting"):
            continue  # Moodle writes it without one
        for each, count in ids.items():
            if count > 1 or not each.isdigit() or int(each) < 1:
                yield f"{' '.join(what)}: id {each!r} {count} times"


def begins_as_a_backup(backup: Backup) -> Iterator[str]:
    """What Moodle looks for in the first 200 bytes; the versions; what must be there."""
    begin = backup.files["moodle_backup.xml"][:200].decode()
    for said in ('<?xml version="1.0" encoding="UTF-8"?>', "<moodle_backup>", "<information>"):
        if said not in begin:
            yield f"moodle_backup.xml does not begin with {said}"
    for name in NEEDED:
        if not backup.has(name):
            yield f"there is no {name}"
    for field in ("moodle_version", "backup_version"):
        if backup.information.findtext(field) != VERSION:
            yield f"{field} is {backup.information.findtext(field)}"
    for activity in backup.activities:
        if activity.course_module.get("version") != VERSION:
            yield f"{activity.folder} is of version {activity.course_module.get('version')}"
    root = {
        each.findtext("name"): each.findtext("value")
        for each in backup.information.iterfind("settings/setting")
        if each.findtext("level") == "root"
    }
    for setting, promised in PROMISED.items():
        if root.get(setting) != promised:
            yield f"{setting} is {root.get(setting)}"
    for setting, file in (("badges", "badges.xml"), ("competencies", "course/competencies.xml")):
        if (root.get(setting) == "1") != backup.has(file):
            yield f"{setting} is {root.get(setting)}, and {file} is {'there' if backup.has(file) else 'not there'}"


CHECKS: tuple[Check, ...] = (
    only_known_fields, no_field_is_missing, columns_hold_their_values, scalars_come_first, no_field_comes_twice, no_question_data_is_empty,
    ids_are_unique, begins_as_a_backup,
)  # fmt: skip
