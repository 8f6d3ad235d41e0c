"""SCORM 1.2 and 2004. Findings Z301 to Z309.

Facts for the outlook: ``scos``, ``assets`` (how many), ``sequencing``, ``map_info``, ``schemas``, ``ours``, ``longest_title``,
``schemaversion``, ``prefix`` (of ADL's namespace), ``entities`` (titles with ``&``).
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from ...model.place import Place
from ..model import Node
from ..registry import fault
from ..xml import local, words
from .manifest import Manifest, Resource, odd_namespace
from .package import Description, Package, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACES = {"1.2": "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "2004": "http://www.imsglobal.org/xsd/imscp_v1p1"}
_ADL = {"1.2": "http://www.adlnet.org/xsd/adlcp_rootv1p2", "2004": "http://www.adlnet.org/xsd/adlcp_v1p3"}
VERSIONS = {
    "1.2": "1.2",
    "CAM 1.3": "2004 2nd Edition",
    "1.3": "2004",
    "2004 2nd Edition": "2004 2nd Edition",
    "2004 3rd Edition": "2004 3rd Edition",
    "2004 4th Edition": "2004 4th Edition",
}
"""What ``schemaversion`` may be."""


@fault("Z301", "warning")
def not_tracked(place: Place, name: str) -> tuple[str, str]:
    """A resource that opens is an asset, or says nothing: a system shows it and records nothing."""
    return f"The resource “{name}” is not marked as a SCO: it is shown, and nothing is recorded.", 'Write adlcp:scormtype="sco".'


@fault("Z302")
def odd_version(place: Place, found: str) -> tuple[str, str]:
    """``schemaversion`` is none of the versions there are. Systems take the package for SCORM 1.2 or refuse it."""
    return f"“{found}” is no version of SCORM.", "Write 1.2, 2004 3rd Edition or 2004 4th Edition."


@fault("Z303")
def odd_case(place: Place, found: str, right: str) -> tuple[str, str]:
    """The attribute that marks a SCO is ``scormtype`` in SCORM 1.2 and ``scormType`` in 2004; a system sees the right one only."""
    return f"The attribute is written {found}; in this version it is {right}.", f"Write {right}."


def recognise(manifest: Manifest) -> bool:
    """Whether the manifest is one of SCORM."""
    spaces = {*manifest.root.nsmap.values()}
    return "scorm" in manifest.schema.lower() or any("adlcp" in str(space).lower() for space in spaces)


def describe(package: Package, manifest: Manifest) -> Description:
    """A SCORM package. Where its content is our player's, what is in that, too."""
    early = manifest.namespace == NAMESPACES["1.2"] or manifest.version == "1.2"
    family = "1.2" if early else "2004"
    found = Description("scorm", VERSIONS.get(manifest.version, family))
    types = Counter[str]()

    def kind(resource: Resource | None, item: _Element) -> str:
        if resource is None:
            return "section"
        marked = scorm_type(resource.element)
        return "sco" if marked == "sco" else "asset"

    manifest.label(found)
    found.tree = list(manifest.tree(kind))
    for item in manifest.items():
        resource = manifest.resources.get(item.get("identifierref") or "")
        if resource:
            types[kind(resource, item)] += 1
    manifest.check()
    manifest.check_contents()
    _check(package, manifest, family)
    found.facts |= {
        "scos": types["sco"],
        "assets": types["asset"],
        "sequencing": any(local(each) in ("preConditionRule", "postConditionRule", "exitConditionRule") for each in manifest.root.iter()),
        "map_info": any(local(each) == "mapInfo" for each in manifest.root.iter()),
        "schemas": any(path.lower().endswith(".xsd") for path in package.opened.members),
        "longest_title": max((len(words(each)) for each in manifest.root.iter() if local(each) == "title"), default=0),
        "schemaversion": manifest.version,
        "prefix": next((prefix for prefix, space in manifest.root.nsmap.items() if space == _ADL[family]), "adlcp"),
        "entities": any("&" in words(each) for each in manifest.root.iter() if local(each) == "title"),
    }
    outlines = [made for resource in manifest.resources.values() if (made := _outline(package, resource.href)) is not None]
    if outlines:
        _ours(outlines, found)
    return found


def scorm_type(resource: _Element) -> str:
    """What a resource is marked as, however the attribute is written."""
    return next((str(value).lower() for key, value in resource.attrib.items() if str(key).rpartition("}")[2].lower() == "scormtype"), "")


def _check(package: Package, manifest: Manifest, family: str) -> None:
    add, root = package.notes.add, package.at(manifest.path, manifest.root)
    if manifest.namespace != NAMESPACES[family]:
        add(odd_namespace(root, manifest.namespace))
    if manifest.version and manifest.version not in VERSIONS:
        add(odd_version(root, manifest.version[:60]))
    right = f"{{{_ADL[family]}}}{'scormtype' if family == '1.2' else 'scormType'}"
    used = {item.get("identifierref") for item in manifest.items()}
    for resource in manifest.resources.values():
        where = package.at(manifest.path, resource.element)
        for key in resource.element.attrib:
            if str(key).rpartition("}")[2].lower() == "scormtype" and key != right:
                add(odd_case(where, str(key).rpartition("}")[2], f"adlcp:{right.rpartition('}')[2]}"))
        if resource.identifier in used and scorm_type(resource.element) != "sco":
            add(not_tracked(where, resource.identifier[:100]))


# Our own player: what a package holds is in the outline of its page


def _outline(package: Package, page: str) -> dict[str, Any] | None:
    """What our player knows before it loads content; None for other packages."""
    if not page.lower().endswith((".html", ".htm")) or not package.has(page):
        return None
    text = package.text(page) or ""
    start = text.find('id="cg-outline"')
    begin, end = text.find(">", start) + 1, text.find("</script", start)
    if start < 0 or not 0 < begin < end:
        return None
    try:
        made = json.loads(text[begin:end])
    except (ValueError, RecursionError):
        return None
    return made if isinstance(made, dict) else None


def _ours(outlines: list[dict[str, Any]], found: Description) -> None:
    """Units, activities and questions of outlines. They are a stranger's data, too: whatever is odd in them is left out."""
    units = [unit for outline in outlines for unit in _list(outline, "units")]
    if not units:
        return
    found.maker = "coursegen"
    found.facts["ours"] = True
    found.speaks(*(_text(outline, "language") for outline in outlines))
    activities = [activity for unit in units for activity in _list(unit, "activities")]
    found.activities = Counter(_text(activity, "kind") for activity in activities)
    for activity in activities:
        found.questions.update(_text(question, "kind") for question in _list(activity, "questions"))
    below = tuple(
        Node(
            _text(unit, "title"),
            "unit",
            "",
            tuple(Node(_text(each, "title"), _text(each, "kind"), _text(each, "id")) for each in _list(unit, "activities")),
        )
        for unit in units
    )
    below = below[0].children if len(below) == 1 else below
    if len(found.tree) == 1 and not found.tree[0].children:
        only = found.tree[0]
        found.tree = [Node(only.title, only.kind, only.target, below)]


def _list(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = holder.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    return one_line(value) if isinstance(value, str) else ""
