"""IMS Common Cartridge 1.0 to 1.3, and thin ones. Findings Z401 to Z419.

Facts for the outlook: ``types`` (resource types and how many), ``profiles`` (kinds of QTI items), ``depth`` of the table of contents,
``banks``, ``twice`` (quizzes that two entries open), ``longest_title``, ``page_links`` (pages that link pages), ``late_namespace``.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ...model.place import Place
from ..model import Node
from ..registry import fault
from ..scan.collected import is_remote
from ..xml import local, namespace, words
from . import qti12
from .manifest import Manifest, Resource, odd_namespace
from .package import Description, Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = re.compile(r"http://www\.imsglobal\.org/xsd/imscc(?:v1p(\d))?/imscp_v1p1")
_KINDS = (
    (re.compile(r"imsqti_xmlv1p2/.*assessment"), "quiz"),
    (re.compile(r"imsqti_xmlv1p2/.*question-bank"), "question bank"),
    (re.compile(r"imsdt_"), "discussion"),
    (re.compile(r"imswl_"), "link"),
    (re.compile(r"imsbasiclti_|imslti_"), "external tool"),
    (re.compile(r"assignment_"), "assignment"),
    (re.compile(r"associatedcontent/"), "file"),
    (re.compile(r"webcontent"), "file"),
)
_PAGE = (".html", ".htm", ".xhtml")


@fault("Z401")
def versions_differ(place: Place, space: str, version: str) -> tuple[str, str]:
    """The namespace of the manifest and its ``schemaversion`` name two versions. Systems go by one or the other."""
    return f"The namespace is that of version {space}, and schemaversion says {version}.", "Export the cartridge again, for one version."


@fault("Z402", "warning")
def unknown_type(place: Place, name: str) -> tuple[str, str]:
    """A resource has a type that the standard does not know. Systems leave it out."""
    return f"“{name}” is no type of resource that a cartridge can have; systems leave it out.", "Export it as a page, file, quiz or link."


@fault("Z403")
def opened_twice(place: Place, name: str) -> tuple[str, str]:
    """Two entries open the same quiz. Moodle's import stops then."""
    return f"The quiz “{name}” is opened by two entries; imports stop there.", "Keep one of the two entries."


@fault("Z404")
def odd_organization(place: Place, why: str) -> tuple[str, str]:
    """The table of contents of a cartridge has one root entry without a title, and says that it is a ``rooted-hierarchy``."""
    return f"The table of contents is not as the standard wants it: {why}.", "Export the cartridge again."


@fault("Z405")
def no_address(place: Place) -> tuple[str, str]:
    """A web link has no address."""
    return "This web link has no address.", "Add url with its href."


@fault("Z406")
def wrong_root(place: Place, found: str, wanted: str) -> tuple[str, str]:
    """A file is not what the type of its resource says."""
    return f"This file is a “{found}”, and its resource says it is a {wanted}.", "Export the cartridge again."


def recognise(manifest: Manifest) -> bool:
    """Whether the manifest is one of a cartridge."""
    schema = manifest.schema.lower()
    return "cartridge" in schema or (bool(_SPACE.match(manifest.namespace)) and "content" not in schema)


def kind(resource: Resource | None, item: _Element | None = None) -> str:
    """What an entry opens."""
    if resource is None:
        return "section"
    found = next((name for pattern, name in _KINDS if pattern.match(resource.type)), "other")
    return "page" if found == "file" and resource.type == "webcontent" and resource.opens.lower().endswith(_PAGE) else found


def describe(package: Package, manifest: Manifest) -> Description:
    """A cartridge."""
    thin = "thin" in manifest.schema.lower()
    space = _SPACE.match(manifest.namespace)
    short = f"1.{space[1] or 0}" if space else ""
    found = Description("thin common cartridge" if thin else "common cartridge", manifest.version.removesuffix(".0") or short)
    manifest.label(found)
    manifest.check()
    if not thin or any(manifest.items()):
        manifest.check_contents()
    if space is None:
        package.notes.add(odd_namespace(package.at(manifest.path, manifest.root), manifest.namespace))
    elif manifest.version and not manifest.version.startswith(short):
        package.notes.add(versions_differ(package.at(manifest.path, manifest.root), short, manifest.version[:40]))
    tree = manifest.tree(kind)
    found.tree = list(tree[0].children if len(tree) == 1 and not tree[0].title and tree[0].kind == "section" else tree)
    _organization(package, manifest)
    uses = Counter(item.get("identifierref") for item in manifest.items() if item.get("identifierref"))
    for resource in manifest.resources.values():
        _resource(package, manifest, resource, uses[resource.identifier], found)
    kinds = Counter(kind(resource) for resource in manifest.resources.values())
    found.facts |= {
        "types": dict(Counter(resource.type for resource in manifest.resources.values())),
        "banks": kinds["question bank"],
        "depth": _depth(found.tree),
        "twice": any(number > 1 and kind(manifest.resources.get(name or "")) == "quiz" for name, number in uses.items()),
        "longest_title": max((len(words(each)) for each in manifest.root.iter() if local(each) == "title"), default=0),
        "namespace": manifest.namespace,
        "prefixed": manifest.root.prefix is not None,
    }
    return found


def _depth(nodes: list[Node]) -> int:
    return 1 + max((_depth(list(node.children)) for node in nodes), default=0) if nodes else 0


def _organization(package: Package, manifest: Manifest) -> None:
    organizations = list(manifest.elements("organizations", "organization"))
    for organization in organizations:
        where = package.at(manifest.path, organization)
        tops = [each for each in organization if local(each) == "item"]
        if organization.get("structure") != "rooted-hierarchy":
            package.notes.add(odd_organization(where, "it does not say that it is a rooted-hierarchy"))
        if len(tops) != 1:
            package.notes.add(odd_organization(where, f"it has {len(tops)} root entries"))
    if len(organizations) > 1:
        package.notes.add(odd_organization(package.at(manifest.path, organizations[1]), "there are two"))


def _resource(package: Package, manifest: Manifest, resource: Resource, uses: int, found: Description) -> None:
    name = kind(resource)
    where = package.at(manifest.path, resource.element)
    if name == "other":
        package.notes.add(unknown_type(where, resource.type[:100]))
    if name in ("quiz", "question bank", "discussion", "link", "external tool"):
        if name == "quiz" and uses > 1:
            package.notes.add(opened_twice(where, resource.identifier[:100]))
        path = next((each for each in (resource.href, *resource.files) if each.lower().endswith(".xml")), resource.opens)
        root = None if is_remote(path) else package.xml(path)
        if root is not None:
            _content(package, path, root, name, found)


def _content(package: Package, path: str, root: _Element, name: str, found: Description) -> None:
    wanted = {"quiz": "questestinterop", "question bank": "questestinterop", "discussion": "topic", "link": "webLink"}.get(name)
    if wanted and local(root) != wanted:
        package.notes.add(wrong_root(package.at(path, root), local(root)[:60], wanted))
        return
    if wanted == "questestinterop":
        qti12.count(package, path, root, found)
    elif name == "link":
        address = next((each.get("href") for each in root.iter() if local(each) == "url"), None)
        if not address:
            package.notes.add(no_address(package.at(path, root)))
    else:
        package.scan_texts(path, root)
    found.facts.setdefault("content_namespaces", set()).add(namespace(root))
