"""QTI 2.1 and 2.2: a package, a test or an item. Findings Z511 to Z519."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...model.place import Place
from ..model import Node
from ..registry import fault
from ..xml import local, namespace, words
from .manifest import Manifest
from .package import Description, Package, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = re.compile(r"http://www\.imsglobal\.org/xsd/imsqti(?:asi)?_v(\d)p(\d)")
_TYPE = re.compile(r"imsqti_(item|test)_xmlv(\d)p(\d)")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS = {
    "textEntryInteraction": "short-answer",
    "inlineChoiceInteraction": "cloze",
    "matchInteraction": "matching",
    "associateInteraction": "matching",
    "gapMatchInteraction": "cloze",
    "orderInteraction": "ordering",
    "extendedTextInteraction": "essay",
    "uploadInteraction": "essay",
    "hotspotInteraction": "hotspot",
    "hottextInteraction": "hottext",
    "sliderInteraction": "slider",
}


@fault("Z511")
def no_declaration(place: Place, name: str) -> tuple[str, str]:
    """An interaction stores its answer under a name that the item does not declare, so that the answer is lost."""
    return f"An answer is stored as “{name}”, which the item does not declare.", "Add a responseDeclaration of this name."


@fault("Z512")
def no_item(place: Place, name: str) -> tuple[str, str]:
    """A test refers to an item that is not in the package."""
    return f"The test asks {name}, which is not in the package.", "Put the item into the package, or take it out of the test."


@fault("Z513")
def not_qti(place: Place, found: str) -> tuple[str, str]:
    """A file that the manifest names as an item or a test is something else."""
    return f"This file is to be an item or a test, and is “{found}”.", "Export the package again."


@fault("Z514", "warning")
def no_right_answer(place: Place) -> tuple[str, str]:
    """An item has points, and no right answer and no way to score, so that nobody earns them."""
    return "This item has points, and does not say which answer earns them.", "Add correctResponse or responseProcessing."


def recognise(root: _Element) -> bool:
    """Whether a file is an item or a test of QTI 2."""
    return local(root) in ("assessmentItem", "assessmentTest") and bool(_SPACE.match(namespace(root)))


def recognise_package(manifest: Manifest) -> bool:
    """Whether a manifest names items or tests of QTI 2."""
    return any(_TYPE.match(resource.type) for resource in manifest.resources.values())


def describe_package(package: Package, manifest: Manifest) -> Description:
    """A package of items and tests."""
    version = next((f"{type_[2]}.{type_[3]}" for each in manifest.resources.values() if (type_ := _TYPE.match(each.type))), "2.1")
    found = Description("qti", version)
    manifest.label(found)
    manifest.check()
    items: dict[str, Node] = {}
    tests: list[tuple[str, _Element]] = []
    for resource in manifest.resources.values():
        matched = _TYPE.match(resource.type)
        root = package.xml(resource.opens) if matched else None
        if root is None or matched is None:
            continue
        if not recognise(root):
            package.notes.add(not_qti(package.at(resource.opens, root), local(root)[:60]))
        elif local(root) == "assessmentTest":
            tests.append((resource.opens, root))
        else:
            items[resource.opens] = _item(package, resource.opens, root, found)
    asked = [_test(package, path, root, items) for path, root in tests]
    used = {path for path, root in tests for path in _asked(path, root)}
    found.activities = Counter({"quiz": len(tests)})
    found.tree = asked + [node for path, node in items.items() if path not in used]
    return found


def describe(package: Package, path: str, root: _Element) -> Description:
    """An item or a test by itself."""
    matched = _SPACE.match(namespace(root))
    found = Description("qti", f"{matched[1]}.{matched[2]}" if matched else "2.1", one_line(root.get("title")), activities=Counter())
    if local(root) == "assessmentItem":
        found.tree = [_item(package, path, root, found)]
    else:
        found.tree = [Node(one_line(root.get("title")), "quiz", path)]
    found.speaks(root.get(_LANGUAGE))
    return found


def _item(package: Package, path: str, root: _Element, found: Description) -> Node:
    names = [local(each) for each in root.iter()]
    interactions = [each for each in root.iter() if local(each).endswith("Interaction")]
    declared = {each.get("identifier"): each for each in root if local(each) == "responseDeclaration"}
    for each in interactions:
        if (each.get("responseIdentifier") or "") not in declared:
            package.notes.add(no_declaration(package.at(path, each), one_line(each.get("responseIdentifier"), 60)))
    kind = _kind(interactions, declared)
    outcomes = {each.get("identifier"): words(each) for each in root if local(each) == "outcomeDeclaration"}
    if (
        "SCORE" in outcomes
        and outcomes.get("MAXSCORE") not in ("0", "0.0")
        and kind not in ("essay", "text")
        and not {"correctResponse", "mapping", "responseProcessing"} & set(names)
    ):
        package.notes.add(no_right_answer(package.at(path, root)))
    if kind != "text":
        found.questions[kind] += 1
    found.speaks(root.get(_LANGUAGE))
    package.scan_texts(path, root)
    for each in root.iter():
        for key in ("src", "data"):
            if each.get(key):
                package.scan.load(path, each.sourceline or 0, f"{local(each)} {key}", each.get(key) or "")
    return Node(one_line(root.get("title") or root.get("identifier")), kind, path)


def _kind(interactions: list[_Element], declared: dict[str | None, _Element]) -> str:
    """What learners have to do."""
    if not interactions:
        return "text"
    first = local(interactions[0])
    if first == "choiceInteraction":
        names = {(each.get("identifier") or "").lower() for each in interactions[0].iter() if local(each) == "simpleChoice"}
        if names == {"true", "false"}:
            return "true-false"
        declaration = declared.get(interactions[0].get("responseIdentifier"))
        return "multiple-response" if declaration is not None and declaration.get("cardinality") == "multiple" else "single-choice"
    if first == "textEntryInteraction":
        if len(interactions) > 1:
            return "cloze"
        declaration = declared.get(interactions[0].get("responseIdentifier"))
        return "numerical" if declaration is not None and declaration.get("baseType") in ("float", "integer") else "short-answer"
    return _KINDS.get(first, "other")


def _asked(path: str, root: _Element) -> list[str]:
    """The files of the items that a test asks."""
    folder = posixpath.dirname(path)
    return [
        posixpath.normpath(posixpath.join(folder, unquote(each.get("href") or "")))
        for each in root.iter()
        if local(each) == "assessmentItemRef"
    ]


def _test(package: Package, path: str, root: _Element, items: dict[str, Node]) -> Node:
    below = []
    for name in _asked(path, root):
        if name in items:
            below.append(items[name])
        elif not package.has(name):
            package.notes.add(no_item(package.at(path, root), name[:200]))
    return Node(one_line(root.get("title") or root.get("identifier")), "quiz", path, tuple(below))
