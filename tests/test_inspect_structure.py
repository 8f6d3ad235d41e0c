"""Our grammar of manifests agrees with the official schemas: on real manifests, and on those in which one thing was changed."""

from __future__ import annotations

import importlib.util
import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hostile import standard_zip
from lxml import etree
from packages import MODULES, SCHEMAS, members, needs_schemas

from coursegen.build import build
from coursegen.inspection import inspect

OWN = ("manifest", "metadata", "schema", "schemaversion", "organizations", "organization", "item", "title", "resources", "resource", "file")
OURS = ("Z214", "Z211", "Z402")
"""Findings about what a schema knows: how it is built, identifiers by the standard, types of resources."""
CHANGES = 100


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The manifests of the formats for which there are official schemas."""
    folder = tmp_path_factory.mktemp("dist")
    names = ("scorm12", "scorm2004", "cartridge-11")
    built = build(MODULES, folder, names)
    return {package.format.name: etree.fromstring(members(folder / package.name)["imsmanifest.xml"]) for package in built.packages}


def judge() -> Any:
    """The validator beside the official schemas."""
    spec = importlib.util.spec_from_file_location("official", SCHEMAS / "validate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def own(root: Any) -> list[Any]:
    """The elements of the manifest's own namespace."""
    return [each for each in root.iter("*") if etree.QName(each).namespace == etree.QName(root).namespace]


def changed(root: Any, chance: random.Random) -> tuple[Any, str]:
    """A manifest in which one thing is dropped, doubled, moved, renamed or added; and what."""
    made = deepcopy(root)
    element = chance.choice([each for each in own(made) if each is not made])
    name, above = etree.QName(element).localname, element.getparent()
    what = chance.choice(("drop", "double", "move", "rename", "attribute", "without", "foreign", "order"))
    if what == "drop":
        above.remove(element)
    elif what == "double":
        copy = deepcopy(element)
        for number, each in enumerate(own(copy)):
            if each.get("identifier") is not None:
                each.set("identifier", f"twice-{number}")  # that identifiers differ is a rule of its own, and not one of the grammar
        above.insert(chance.randrange(len(above) + 1), copy)
    elif what == "move":
        chance.choice([each for each in own(made) if element not in each.iterancestors() and each is not element]).append(element)
    elif what == "rename":
        element.tag = etree.QName(etree.QName(made).namespace, chance.choice((*OWN, "something")))
    elif what == "attribute":
        element.set(
            chance.choice(("identifier", "href", "type", "default", "structure", "isvisible", "something")), chance.choice(("a", "x-1"))
        )
    elif what == "without" and element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]
    elif what == "foreign":
        etree.SubElement(element, "{http://example.org/ours}note")
    elif what == "order":
        above.append(element)
    return made, f"{what} {name}"


@needs_schemas
@pytest.mark.parametrize("name", ["scorm12", "scorm2004", "cartridge-11"])
def test_the_grammar_agrees_with_the_official_schema(name: str, manifests: dict[str, Any], tmp_path: Path) -> None:
    official, chance = judge(), random.Random(name)
    differ, wrong = [], 0
    for _ in range(CHANGES):
        made, what = changed(manifests[name], chance)
        data = etree.tostring(made)
        said = [each for each in official.problems(data, "manifest") if not beyond(each)]
        file = tmp_path / "package.zip"
        file.write_bytes(standard_zip({"imsmanifest.xml": data}))
        found = [finding for finding in inspect(file).findings if finding.code in OURS]
        wrong += bool(said)
        if bool(said) != bool(found):
            differ.append((what, said[:2], [finding.message for finding in found]))
    assert differ == []
    assert CHANGES / 5 < wrong < CHANGES


def beyond(message: str) -> bool:
    """Whether the schema only misses a description of what is in another namespace, at which our grammar does not look."""
    return "No matching global element declaration" in message


def test_manifests_of_ours_are_built_as_the_standard_says(manifests: dict[str, Any], tmp_path: Path) -> None:
    for root in manifests.values():
        file = tmp_path / "package.zip"
        file.write_bytes(standard_zip({"imsmanifest.xml": etree.tostring(root)}))
        assert not [finding for finding in inspect(file).findings if finding.code in OURS]
