"""Moodle backups (.mbz), as a zip or a tar.gz. Findings Z601 to Z619.

Facts for the outlook: ``release``, ``backup_version``, ``type`` (course, section, activity), ``users``, ``modules`` (how many of each),
``question_types``, ``settings`` (those of the whole backup).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from ...model.place import Place
from ..limits import MOST_READ
from ..model import Node
from ..names import shown
from ..registry import fault
from ..xml import local, words
from .package import Description, Package, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "moodle_backup.xml"
_HEAD = (b'<?xml version="1.0" encoding="UTF-8"?>', b"<moodle_backup>", b"<information>")
_ROOT = ("files.xml", "questions.xml", "groups.xml", "scales.xml", "outcomes.xml", "roles.xml")
_ACTIVITY = ("module.xml", "roles.xml", "grades.xml", "inforef.xml")
_NULL = "$@NULL@$"
_CONTENT = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{40}")
_PART = re.compile(r"(activities|sections|course)/|files/[0-9a-f]{2}/[0-9a-f]{40}$|[a-z_]+\.(xml|log)$|\.ARCHIVE_INDEX$")
_MODULES = {
    "page": "page", "book": "book", "quiz": "quiz", "lesson": "lesson", "forum": "discussion", "assign": "assignment",
    "workshop": "peer review", "feedback": "survey", "data": "collection", "glossary": "glossary", "url": "link", "resource": "file",
    "folder": "folder", "label": "text", "scorm": "scorm", "h5pactivity": "h5p", "lti": "external tool", "qbank": "question bank",
    "imscp": "content package",
}  # fmt: skip
"""What we call the activities of Moodle."""
TYPES = {
    "truefalse": "true-false", "shortanswer": "short-answer", "numerical": "numerical", "match": "matching", "ordering": "ordering",
    "gapselect": "cloze", "multianswer": "cloze", "ddwtos": "cloze", "essay": "essay", "calculated": "numerical",
    "calculatedsimple": "numerical", "calculatedmulti": "single-choice", "ddimageortext": "drag onto image", "ddmarker": "drag onto image",
    "randomsamatch": "matching",
}  # fmt: skip
"""What we call the question types of Moodle; ``multichoice`` says itself which of two it is."""


@fault("Z601")
def missing(place: Place, name: str) -> tuple[str, str]:
    """A file that Moodle needs for a restore is not in the backup. The restore stops."""
    return f"{name} is missing; Moodle stops the restore there.", "Make the backup again."


@fault("Z602")
def odd_header(place: Place) -> tuple[str, str]:
    """Moodle knows a backup by the first 200 bytes of ``moodle_backup.xml``. Where they are otherwise, it says "unknown format"."""
    return "The begin of moodle_backup.xml is not as Moodle writes it, so that Moodle does not know the backup.", "Make the backup again."


@fault("Z603")
def missing_content(place: Place, name: str) -> tuple[str, str]:
    """``files.xml`` lists a file, and its content is not in the backup. Pictures and files are missing after the restore."""
    return f"The content of {name} is not in the backup.", "Make the backup again, with files."


@fault("Z604")
def wrong_content(place: Place, name: str) -> tuple[str, str]:
    """The content of a file is not what ``files.xml`` says: another size, or another hash."""
    return f"The content of {name} is not what files.xml says.", "Make the backup again."


@fault("Z605", "warning")
def unused_content(place: Place) -> tuple[str, str]:
    """A content is in the backup, and ``files.xml`` does not list it. Moodle leaves it out."""
    return "No file of the course has this content; Moodle leaves it out.", "Nothing, or make the backup again to save room."


@fault("Z606")
def lost_file(place: Place, number: str) -> tuple[str, str]:
    """An activity refers to a file that ``files.xml`` does not list."""
    return f"This refers to file {number}, which files.xml does not list.", "Make the backup again."


@fault("Z607")
def odd_root(place: Place, found: str) -> tuple[str, str]:
    """A file of the backup is something else than its name says."""
    return f"This file is “{found}” and not what its name says.", "Make the backup again."


@fault("Z608", "warning")
def with_users(place: Place) -> tuple[str, str]:
    """The backup has people and what they wrote in it. Think of data protection before you give it to anybody."""
    return "The backup has data of people in it.", "Give it to nobody who may not see that; make a backup without users to pass it on."


def recognise(package: Package) -> bool:
    """Whether the package has the main file of a backup."""
    return package.has(MAIN)


def is_part(path: str) -> bool:
    """Whether a file is one of those that a backup is made of."""
    return bool(_PART.match(path))


def describe(package: Package) -> Description:
    """A backup of Moodle."""
    found = Description("moodle backup")
    data = package.opened.read(MAIN, 200) if package.opened.members[MAIN].size <= 200 else (package.opened.read(MAIN) or b"")[:200]
    if any(part not in (data or b"") for part in _HEAD):
        package.notes.add(odd_header(package.place(MAIN)))
    root = package.xml(MAIN)
    information = None if root is None else root.find("information")
    if root is None or information is None:
        if root is not None:
            package.notes.add(odd_root(package.place(MAIN), local(root)[:60]))
        return found
    found.version = _text(information, "moodle_release")
    found.title = _text(information, "original_course_fullname")
    settings = {
        _text(each, "name"): _text(each, "value") for each in information.iterfind("settings/setting") if _text(each, "level") == "root"
    }
    found.facts |= {
        "release": found.version,
        "backup_version": _text(information, "backup_version"),
        "type": _text(information, "details/detail/type"),
        "settings": settings,
        "users": settings.get("users") == "1",
    }
    if settings.get("users") == "1":
        package.notes.add(with_users(package.place(MAIN)))
    for name in _ROOT:
        if not package.has(name):
            package.notes.add(missing(package.place(), name))
    course = package.xml("course/course.xml")
    if course is not None:
        found.speaks(_text(course, "lang"))
    elif found.facts["type"] == "course":
        package.notes.add(missing(package.place(), "course/course.xml"))
    if found.maker == "" and "coursegen" in _text(information, "original_wwwroot").partition("//")[2]:
        found.maker = "coursegen"
    _contents(package, information, found)
    _questions(package, found)
    _files(package, found)
    return found


def _text(element: _Element, path: str) -> str:
    value = one_line(element.findtext(path))
    return "" if value == _NULL else value


# Sections and activities


def _contents(package: Package, information: _Element, found: Description) -> None:
    below: dict[str, list[Node]] = {}
    modules: Counter[str] = Counter()
    found.activities = Counter()
    for entry in information.iterfind("contents/activities/activity"):
        module, folder = _text(entry, "modulename"), _text(entry, "directory")
        modules[module] += 1
        kind = _MODULES.get(module, module)
        found.activities[kind] += 1
        title = _activity(package, folder, module) or _text(entry, "title")
        below.setdefault(_text(entry, "sectionid"), []).append(Node(title, kind, folder))
    for entry in information.iterfind("contents/sections/section"):
        folder = _text(entry, "directory")
        if not package.has(f"{folder}/section.xml"):
            package.notes.add(missing(package.place(), f"{shown(folder)}/section.xml"))
        root = package.xml(f"{folder}/section.xml")
        title = _section_title(entry, root)
        if root is not None:
            package.scan_texts(f"{folder}/section.xml", root)
        found.tree.append(Node(title, "section", folder, tuple(below.pop(_text(entry, "sectionid"), ()))))
    found.tree += [node for nodes in below.values() for node in nodes]
    found.facts["modules"] = dict(modules)


def _section_title(entry: _Element, root: _Element | None) -> str:
    """The name of a section; where it has none, what Moodle shows."""
    name, number = ("", "") if root is None else (_text(root, "name"), _text(root, "number"))
    return name or ("General" if number == "0" else f"Section {number}" if number else _text(entry, "title"))


def _activity(package: Package, folder: str, module: str) -> str:
    """The title of an activity. Looks through its files."""
    for name in (*_ACTIVITY, f"{module}.xml"):
        if not package.has(f"{folder}/{name}"):
            package.notes.add(missing(package.place(), f"{shown(folder)}/{name}"))
    path = f"{folder}/{module}.xml"
    root = package.xml(path)
    if root is None:
        return ""
    package.scan_texts(path, root)
    if local(root) != "activity":
        package.notes.add(odd_root(package.place(path), local(root)[:60]))
    return next((words(each.find("name")) for each in root if each.find("name") is not None), "")


# Questions


def _questions(package: Package, found: Description) -> None:
    root = package.xml("questions.xml")
    if root is None:
        return
    types: Counter[str] = Counter()
    for question in root.iter("question"):
        package.opened.clock.check()
        kind = _text(question, "qtype")
        if not kind or _text(question, "parent") not in ("", "0") or kind in ("random", "description"):
            continue
        types[kind] += 1
        single = next((words(each) for each in question.iter("single")), "1")
        found.questions[
            ("single-choice" if single == "1" else "multiple-response") if kind == "multichoice" else TYPES.get(kind, kind)
        ] += 1
    found.facts["question_types"] = dict(types)
    package.scan_texts("questions.xml", root)


# Files


def _files(package: Package, found: Description) -> None:
    root = package.xml("files.xml")
    if root is None:
        return
    known, used = set(), set()
    found.media = Counter()
    for row in root.iterfind("file"):
        package.opened.clock.check()
        known.add(row.get("id"))
        name, digest, size = _text(row, "filename"), _text(row, "contenthash").lower(), _text(row, "filesize")
        if name in ("", "."):
            continue
        path = f"files/{digest[:2]}/{digest}"
        where = package.at("files.xml", row)
        if not package.has(path):
            if not _text(row, "repositorytype") and size != "0":
                package.notes.add(missing_content(where, shown(name)))
            continue
        if path not in used:
            _content(package, path, digest, size, name, where)
            found.media[media_type(_text(row, "mimetype"))] += 1
        used.add(path)
    for path in package.opened.members:
        if _CONTENT.fullmatch(path) and path not in used:
            package.notes.add(unused_content(package.place(path)))
        if path.endswith("/inforef.xml"):
            references = package.xml(path)
            for each in references.iterfind("fileref/file/id") if references is not None else ():
                if each.text not in known:
                    package.notes.add(lost_file(package.at(path, each), one_line(each.text, 20)))


def _content(package: Package, path: str, digest: str, size: str, name: str, where: Place) -> None:
    """Whether a content is what its row says."""
    actual = package.opened.members[path].size
    if str(actual) != size:
        package.notes.add(wrong_content(where, shown(name)))
    elif actual <= MOST_READ:
        data = package.opened.read(path)
        if data is not None and hashlib.sha1(data, usedforsecurity=False).hexdigest() != digest:
            package.notes.add(wrong_content(where, shown(name)))


def media_type(mime: str) -> str:
    """The type of a media file in one word."""
    return {"image": "picture", "audio": "sound", "video": "film"}.get(mime.partition("/")[0], "document")
