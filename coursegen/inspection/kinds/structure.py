"""How a manifest is built: a grammar of ours for IMS content packaging 1.1.2 (SCORM 1.2), 1.1.4 (SCORM 2004, QTI) and Common Cartridge.

What stands in which element, in which order, with which attributes; metadata in other namespaces are not looked at. In the tests it
agrees with the official schemas on changed manifests. It says what is wrong in words, which a validator for schemas does not.
Finding Z214.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ...model.place import Place
from ..registry import fault
from ..xml import local, namespace
from .package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

MANY = 1_000_000


@fault("Z214", "warning")
def odd_structure(place: Place, why: str) -> tuple[str, str]:
    """The manifest is not built as the standard says. Moodle refuses a cartridge for that; other systems mostly do not mind."""
    return f"The manifest is not built as the standard says: {why}.", "Export the package again, or ask the maker of the program."


class Shape(NamedTuple):
    """How an element is built: its children in order as (name, at least, at most), and its attributes."""

    children: tuple[tuple[str, int, int], ...] = ()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    values: Mapping[str, frozenset[str]] = {}
    """For some attributes the values that are allowed."""
    others: bool = True
    """Whether elements of other namespaces may stand in it, after its own."""
    words: bool = False
    """Whether words stand in it."""
    labelled: bool = False
    """Whether it has exactly one element of another namespace, the metadata (LOM)."""


_TRUTH = frozenset({"true", "false", "1", "0"})
_METADATA = ("metadata", 0, 1)
_RESOURCE = (_METADATA, ("file", 0, MANY), ("dependency", 0, MANY))


def _packaging(items: int) -> dict[str, Shape]:
    """IMS content packaging; ``items`` is how many entries a table of contents has at least."""
    entry = (("title", 0, 1), ("item", 0, MANY), _METADATA)
    manifest = (_METADATA, ("organizations", 1, 1), ("resources", 1, 1), ("manifest", 0, MANY))
    return {
        "manifest": Shape(manifest, ("identifier",), ("version",)),
        "metadata": Shape((("schema", 0, 1), ("schemaversion", 0, 1))),
        "schema": Shape(others=False, words=True),
        "schemaversion": Shape(others=False, words=True),
        "organizations": Shape((("organization", 0, MANY),), (), ("default",)),
        "organization": Shape((("title", 0, 1), ("item", items, MANY), _METADATA), ("identifier",), ("structure",)),
        "title": Shape(others=False, words=True),
        "item": Shape(entry, ("identifier",), ("identifierref", "isvisible", "parameters"), {"isvisible": _TRUTH}),
        "resources": Shape((("resource", 0, MANY),)),
        "resource": Shape(_RESOURCE, ("identifier", "type"), ("href",)),
        "file": Shape((_METADATA,), ("href",)),
        "dependency": Shape((), ("identifierref",)),
    }


def _cartridge(newer: bool) -> dict[str, Shape]:
    """Common Cartridge; from 1.2 on there is more that may stand in it."""
    manifest = (("metadata", 1, 1), ("organizations", 1, 1), ("resources", 1, 1))
    uses = frozenset({"lessonplan", "syllabus", "unspecified", "assignment"} if newer else {"lessonplan", "syllabus", "unspecified"})
    return {
        **_packaging(1),
        "manifest": Shape(manifest, ("identifier",)),
        "manifest metadata": Shape((("schema", 1, 1), ("schemaversion", 1, 1)), labelled=not newer),
        "metadata": Shape(),
        "resource metadata": Shape(labelled=not newer),
        "organizations": Shape((("organization", 0, 1),), others=newer),
        "organization": Shape(
            (("title", 0, 1), ("item", 1, 1), _METADATA),
            ("identifier", "structure"),
            values={"structure": frozenset({"rooted-hierarchy"})},
            others=newer,
        ),
        "organization item": Shape((("item", 0, MANY), _METADATA), ("identifier",), others=newer),
        "item": Shape((("title", 1, 1), ("item", 0, MANY), _METADATA), ("identifier",), ("identifierref",), others=newer),
        "resources": Shape((("resource", 0, MANY),), others=newer),
        "resource": Shape(_RESOURCE, ("identifier", "type"), ("href", "intendeduse"), {"intendeduse": uses}, others=newer),
        "file": Shape((_METADATA,), ("href",), others=newer),
        "dependency": Shape((), ("identifierref",), others=newer),
    }


SCORM12, PACKAGING, CARTRIDGE, NEWER_CARTRIDGE = _packaging(0), _packaging(1), _cartridge(False), _cartridge(True)
GRAMMARS: dict[str, dict[str, Shape]] = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": SCORM12,
    "http://www.imsglobal.org/xsd/imscp_v1p1": PACKAGING,
    "http://www.imsglobal.org/xsd/imscc/imscp_v1p1": CARTRIDGE,
    "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1": CARTRIDGE,
    "http://www.imsglobal.org/xsd/imsccv1p2/imscp_v1p1": NEWER_CARTRIDGE,
    "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1": NEWER_CARTRIDGE,
}
"""By the namespace of the manifest."""


def check_structure(package: Package, path: str, root: _Element) -> None:
    """Note where a manifest is not built as its standard says; one of another namespace is not looked at."""
    space = namespace(root)
    grammar = GRAMMARS.get(space)
    if grammar is None:
        return
    if local(root) != "manifest":
        package.notes.add(odd_structure(package.at(path, root), f"it begins with <{local(root)[:60]}>"))
        return
    waiting: list[tuple[_Element, str]] = [(root, "")]
    while waiting:
        element, above = waiting.pop()
        package.opened.clock.check()
        name = local(element)
        shape = grammar.get(f"{above} {name}") or grammar[name]
        for why in (*_attributes(element, shape), *_children(element, shape, space)):
            package.notes.add(odd_structure(package.at(path, element), why))
        waiting += [(child, name) for child in element if namespace(child) == space and local(child) in grammar]


def _attributes(element: _Element, shape: Shape) -> list[str]:
    name = local(element)
    found = [f"<{name}> has no {each}" for each in shape.required if element.get(each) is None]
    for key, value in element.attrib.items():
        if str(key).startswith("{"):
            continue
        if key not in shape.required and key not in shape.optional:
            found.append(f"<{name}> cannot have “{str(key)[:60]}”")
        elif key in shape.values and value not in shape.values[str(key)]:
            found.append(f"{key} of <{name}> cannot be “{str(value)[:60]}”")
    return found


def _children(element: _Element, shape: Shape, space: str) -> list[str]:
    """Its children against those that may stand there, each at its turn; those of other namespaces come last."""
    name, turn, count = local(element), 0, 0
    found: list[str] = []
    foreign = False
    if not shape.words and ((element.text or "").strip() or any((child.tail or "").strip() for child in element)):
        found.append(f"there are words in <{name}>")
    if shape.labelled and [local(child) for child in element if namespace(child) != space] != ["lom"]:
        found.append(f"<{name}> does not have one <lom>")
    for child in element:
        if namespace(child) != space:
            foreign = True
            if not shape.others and not found:
                found.append(f"<{local(child)[:60]}> cannot stand in <{name}>")
            continue
        while turn < len(shape.children) and shape.children[turn][0] != local(child):
            found += _too_few(name, shape.children[turn], count)
            turn, count = turn + 1, 0
        if turn == len(shape.children) or foreign:
            return [*found, f"<{local(child)[:60]}> cannot stand at this place in <{name}>"]
        count += 1
        if count > shape.children[turn][2]:
            return [*found, f"<{name}> has more than one <{local(child)}>"]
    for expected in shape.children[turn:]:
        found += _too_few(name, expected, count)
        count = 0
    return found


def _too_few(name: str, expected: tuple[str, int, int], count: int) -> list[str]:
    return [f"<{name}> has no <{expected[0]}>"] if count < expected[1] else []
