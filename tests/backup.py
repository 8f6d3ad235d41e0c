"""Reads a Moodle backup for tests: what stands in it, by Moodle's own rules. It knows nothing of our writer."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

NULL = "$@NULL@$"
FILE = "@@PLUGINFILE@@"
LINK = re.compile(r"\$@([A-Z]+)\*(\d+)(?:\*(\d+))?@\$")
"""A link to something that gets another number when it is restored."""


class Row(NamedTuple):
    """A row of ``files.xml``."""

    id: int
    context: int
    component: str
    area: str
    item: int
    path: str
    name: str
    digest: str
    size: int
    sortorder: int


class Activity(NamedTuple):
    """The folder of an activity."""

    folder: str
    module: str
    cm: int
    instance: int
    context: int
    course_module: Any
    """The root of ``module.xml``."""
    data: Any
    """The element with the activity's own row."""

    @property
    def name(self) -> str:
        """Its title."""
        return value(self.data, "name")


class Section(NamedTuple):
    """The folder of a section."""

    folder: str
    id: int
    root: Any

    @property
    def sequence(self) -> list[int]:
        """The numbers of the course modules in it, in order."""
        return [int(each) for each in value(self.root, "sequence").split(",") if each]


class Backup:
    """A backup: its files by name."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)

    @classmethod
    def open(cls, path: Path) -> Backup:
        """Read a zip."""
        with zipfile.ZipFile(path) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return name in self.files

    @cached_property
    def roots(self) -> dict[str, Any]:
        """The root element of every XML file."""
        parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
        named = ((name, content) for name, content in self.files.items() if name.endswith(".xml") and not name.startswith("files/"))
        return {name: etree.fromstring(content, parser) for name, content in named}

    def root(self, name: str) -> Any:
        """The root element of a file."""
        return self.roots[name]

    @cached_property
    def information(self) -> Any:
        """What ``moodle_backup.xml`` says."""
        return self.root("moodle_backup.xml").find("information")

    @cached_property
    def activities(self) -> list[Activity]:
        """The activities, in the order of ``moodle_backup.xml``."""
        return [self._activity(value(each, "directory")) for each in self.information.iterfind("contents/activities/activity")]

    def _activity(self, folder: str) -> Activity:
        module = folder.partition("/")[2].rpartition("_")[0]
        root = self.root(f"{folder}/{module}.xml")
        cm, instance, context = (int(root.get(name)) for name in ("moduleid", "id", "contextid"))
        return Activity(folder, module, cm, instance, context, self.root(f"{folder}/module.xml"), root.find(module))

    @cached_property
    def by_cm(self) -> dict[int, Activity]:
        """The activities by the number of their course module."""
        return {each.cm: each for each in self.activities}

    @cached_property
    def sections(self) -> list[Section]:
        """The sections, in the order of ``moodle_backup.xml``."""
        folders = [value(each, "directory") for each in self.information.iterfind("contents/sections/section")]
        roots = [self.root(f"{folder}/section.xml") for folder in folders]
        return [Section(folder, int(root.get("id")), root) for folder, root in zip(folders, roots, strict=True)]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of ``files.xml``."""
        return [
            Row(
                int(each.get("id")),
                number(each, "contextid"),
                value(each, "component"),
                value(each, "filearea"),
                number(each, "itemid"),
                value(each, "filepath"),
                value(each, "filename"),
                value(each, "contenthash"),
                number(each, "filesize"),
                number(each, "sortorder"),
            )
            for each in self.root("files.xml").iterfind("file")
        ]

    def content(self, row: Row) -> bytes:
        """The bytes of a file."""
        return self.files[f"files/{row.digest[:2]}/{row.digest}"]

    @cached_property
    def questions(self) -> list[Any]:
        """The elements of all questions."""
        return list(self.root("questions.xml").iterfind(".//question_bank_entry/question_version/question_versions/questions/question"))

    def scalars(self) -> Iterator[tuple[str, Any]]:
        """Every element that holds no other, with the name of its file."""
        for name, root in self.roots.items():
            for element in root.iter():
                if not len(element):
                    yield name, element

    def references(self, folder: str) -> dict[str, list[int]]:
        """What ``inforef.xml`` of a folder names: ``file``, ``grade_item``, ``question_category``."""
        name = f"{folder}/inforef.xml"
        found: dict[str, list[int]] = {}
        for each in self.root(name).iterfind("*/*/id") if self.has(name) else ():
            found.setdefault(each.getparent().tag, []).append(int(each.text))
        return found

    def items(self, activity: Activity) -> list[Any]:
        """The items of the gradebook that belong to an activity."""
        return list(self.root(f"{activity.folder}/grades.xml").iterfind("grade_items/grade_item"))


def value(element: Any, field: str) -> str:
    """The text of a field; "" where there is nothing."""
    found = element.findtext(field)
    assert found is not None, f"{element.tag} has no {field}"
    return "" if found == NULL else str(found)


def number(element: Any, field: str) -> int:
    """The whole number of a field."""
    return int(value(element, field))
