"""IMS content packaging: organizations, items and resources, for SCORM and Common Cartridge alike.

IMS Content Packaging 1.1.2 (SCORM 1.2) and its profile in Common Cartridge 1.1 and 1.3. A writer says which namespaces and
version its format has; the shape of a manifest is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

MANIFEST = "imsmanifest.xml"
_NCNAME_PREFIXES = {"manifest": "M", "organization": "O", "item": "I", "resource": "R", "media": "F"}


def identifier(kind: str, *names: str) -> str:
    """An identifier of a manifest, from permanent names alone: an XML NCName, other for other names.

    Names are joined by two hyphens, which stand in no id. Only a media file's name can hold other characters than an id; they
    become their code in hexadecimal.
    """
    joined = "--".join(names)
    safe = "".join(c if c.isascii() and (c.isalnum() or c == "-") else f"_{ord(c):02x}" for c in joined)
    return f"{_NCNAME_PREFIXES[kind]}-{safe}"


class Item(NamedTuple):
    """An entry of the table of contents: a heading, or with ``resource`` something to open."""

    identifier: str
    title: str
    resource: str = ""
    items: tuple[Item, ...] = ()


class Resource(NamedTuple):
    """A thing in the package: its files (the first is the one that opens), and attributes beyond identifier and type.

    ``role`` is for whom it is (``Learner`` or ``Instructor``); empty where the format has no roles.
    """

    identifier: str
    type: str
    files: tuple[str, ...]
    href: str = ""
    role: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    dependencies: tuple[str, ...] = ()


class Namespaces(NamedTuple):
    """The namespaces of a format's manifest. ``prefixed`` are declared with the prefix that importers look for literally."""

    default: str
    prefixed: tuple[tuple[str, str], ...] = ()

    def tag(self, name: str) -> str:
        """A name in the manifest's own namespace."""
        return f"{{{self.default}}}{name}"

    @property
    def map(self) -> dict[str | None, str]:
        """The declarations as lxml wants them."""
        return {None: self.default, **dict(self.prefixed)}


def manifest(
    name: str,
    namespaces: Namespaces,
    metadata: tuple[str, str, _Element],
    organizations: Iterable[_Element],
    resources: Iterable[_Element],
    attributes: Sequence[tuple[str, str]] = (),
    default: str = "",
) -> bytes:
    """A manifest file. ``metadata`` is (schema, schemaversion, lom); ``default`` names the organization that opens.

    Raises ValueError when two things have one identifier.
    """
    from lxml import etree

    tag = namespaces.tag
    root = etree.Element(tag("manifest"), nsmap=namespaces.map)
    root.set("identifier", name)
    for key, value in attributes:
        root.set(key, value)
    about = etree.SubElement(root, tag("metadata"))
    etree.SubElement(about, tag("schema")).text = metadata[0]
    etree.SubElement(about, tag("schemaversion")).text = metadata[1]
    about.append(metadata[2])
    contents = etree.SubElement(root, tag("organizations"))
    if default:
        contents.set("default", default)
    contents.extend(list(organizations))
    etree.SubElement(root, tag("resources")).extend(list(resources))
    names = [found for element in root.iter() if (found := element.get("identifier"))]
    if len(names) > len(set(names)):
        raise ValueError(f"identifiers used twice: {sorted({each for each in names if names.count(each) > 1})}")
    return serialize(root)


def item_element(item: Item, namespaces: Namespaces) -> _Element:
    """An item and those below it."""
    from lxml import etree

    tag = namespaces.tag
    element = etree.Element(tag("item"), nsmap=namespaces.map)
    element.set("identifier", item.identifier)
    if item.resource:
        element.set("identifierref", item.resource)
    if item.title:
        etree.SubElement(element, tag("title")).text = item.title
    element.extend([item_element(below, namespaces) for below in item.items])
    return element


def resource_element(resource: Resource, namespaces: Namespaces, metadata: _Element | None = None) -> _Element:
    """A resource with its files and dependencies."""
    from lxml import etree

    tag = namespaces.tag
    element = etree.Element(tag("resource"), nsmap=namespaces.map)
    element.set("identifier", resource.identifier)
    element.set("type", resource.type)
    if resource.href:
        element.set("href", resource.href)
    for key, value in resource.attributes:
        element.set(key, value)
    if metadata is not None:
        etree.SubElement(element, tag("metadata")).append(metadata)
    for name in resource.files:
        etree.SubElement(element, tag("file")).set("href", name)
    for name in resource.dependencies:
        etree.SubElement(element, tag("dependency")).set("identifierref", name)
    return element


def unprefixed(namespace: str) -> dict[str | None, str]:
    """The declaration of one namespace for names without a prefix, as lxml wants it."""
    return {None: namespace}


def serialize(root: _Element) -> bytes:
    """An XML file of a package: UTF-8, declared, indented, the same bytes each time."""
    from lxml import etree

    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    etree.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8") + b"\n"
