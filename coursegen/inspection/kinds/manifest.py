"""Reads ``imsmanifest.xml``: what SCORM, cartridges and QTI packages have in common. Findings Z201 to Z219."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...model.place import Place
from ..model import Node
from ..registry import fault
from ..scan.collected import is_remote
from ..xml import local, namespace, words
from .package import Description, Package
from .structure import check_structure

if TYPE_CHECKING:
    from lxml.etree import _Element

MANIFEST = "imsmanifest.xml"
_NCNAME = re.compile(r"[^\W\d][\w.\-·]*")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_UNLISTED = (".xsd", ".dtd", "/.ds_store", "thumbs.db")
"""Ends of files that a package may have without naming them."""
_DEEPEST = 60


@fault("Z201")
def manifest_elsewhere(place: Place) -> tuple[str, str]:
    """The manifest is not at the top of the archive. Most systems look there only: somebody packed the folder in place of what is in it."""
    return "imsmanifest.xml is in a folder and not at the top of the archive.", "Pack what is in the folder, and not the folder itself."


@fault("Z202")
def missing_file(place: Place, name: str, nearly: str) -> tuple[str, str]:
    """The manifest names a file that is not in the package. Upper and lower case count."""
    hint = f"Write it as the file is called: {nearly}." if nearly else "Put the file into the package, or take it out of the manifest."
    return f"The manifest names {name}, which is not in the package.", hint


@fault("Z203", "warning")
def unlisted_file(place: Place) -> tuple[str, str]:
    """A file is in the package, and the manifest does not name it. Some systems do not take it over."""
    return "The manifest does not name this file; some systems leave it out.", "Name it in a resource, or leave it out of the package."


@fault("Z204")
def lost_reference(place: Place, name: str) -> tuple[str, str]:
    """An entry of the manifest refers to an identifier that is not there, so that nothing opens."""
    return f"This refers to “{name}”, and nothing has this identifier.", "Mend the identifier, or take the entry out."


@fault("Z205")
def identifier_twice(place: Place, name: str) -> tuple[str, str]:
    """Two things of the manifest have the same identifier. A system takes one of them for the other."""
    return f"The identifier “{name}” is there twice.", "Give each its own identifier."


@fault("Z206")
def path_outside(place: Place, name: str) -> tuple[str, str]:
    """A path of the manifest leads out of the package."""
    return f"The path {name} leads out of the package.", "Put the file into the package, and name it by its path from the top."


@fault("Z207", "warning")
def no_version(place: Place, what: str) -> tuple[str, str]:
    """The manifest does not say which format it is in (``metadata/schema`` and ``schemaversion``). Systems then guess."""
    return f"The manifest does not say its {what}; systems have to guess.", "Add schema and schemaversion to its metadata."


@fault("Z208")
def odd_namespace(place: Place, found: str) -> tuple[str, str]:
    """The manifest is not in the namespace of its format, so that a system sees nothing in it."""
    return f"The manifest is in the namespace “{found}”, which is not that of its version.", "Export the package again, for one version."


@fault("Z209")
def nothing_to_open(place: Place) -> tuple[str, str]:
    """The table of contents of the manifest has no entry."""
    return "The table of contents is empty: there is nothing to open.", "Export the package again."


@fault("Z210", "warning")
def no_title(place: Place) -> tuple[str, str]:
    """An entry of the table of contents has no title, so that learners see an empty line or an identifier."""
    return "This entry has no title.", "Add a title."


@fault("Z211", "warning")
def odd_identifier(place: Place, name: str) -> tuple[str, str]:
    """An identifier begins with a digit or has a blank or another sign in it that the standard does not allow."""
    return f"“{name}” is not an identifier by the standard.", "Begin with a letter; then letters, digits, hyphens and points."


@fault("Z212")
def no_file(place: Place, name: str) -> tuple[str, str]:
    """A resource that the table of contents opens has no file."""
    return f"The resource “{name}” is to be opened and names no file.", "Add its href, and the file."


@fault("Z213")
def no_such_default(place: Place, name: str) -> tuple[str, str]:
    """``organizations`` names a default that is not there."""
    return f"The table of contents “{name}” that is to be used is not there.", "Name one that is there."


@dataclass
class Resource:
    """A resource: its files are paths in the package."""

    identifier: str
    type: str
    href: str
    files: list[str]
    element: _Element
    needs: list[str] = field(default_factory=list)

    @property
    def opens(self) -> str:
        """The file that opens."""
        return self.href or (self.files[0] if self.files else "")


class Manifest:
    """A manifest that was read. ``folder`` is where it lies, with "/" at its end; "" at the top.

    ``others`` says which files of the package belong to something else.
    """

    def __init__(self, package: Package, root: _Element, path: str, others: Callable[[str], bool] = lambda path: False) -> None:
        self.package, self.root, self.path = package, root, path
        self._others = others
        self._folded: dict[str, str] = {}
        self.folder = path[: -len(MANIFEST)]
        self.namespace = namespace(root)
        metadata = next(self._below(root, "metadata"), None)
        self.schema = words(next(self._below(metadata, "schema"), None)) if metadata is not None else ""
        self.version = words(next(self._below(metadata, "schemaversion"), None)) if metadata is not None else ""
        self.metadata = metadata
        self.resources: dict[str, Resource] = {}
        self.names: dict[str, _Element] = {}
        self._read_resources()

    @staticmethod
    def _below(element: _Element, name: str) -> Iterator[_Element]:
        return (each for each in element if local(each) == name)

    def elements(self, *names: str) -> Iterator[_Element]:
        """The elements of a path below the root, whatever their namespace."""
        found = [self.root]
        for name in names:
            found = [each for parent in found for each in self._below(parent, name)]
        return iter(found)

    def _read_resources(self) -> None:
        for holder in self.elements("resources"):
            for element in self._below(holder, "resource"):
                self.package.opened.clock.check()
                base = "".join(each.get(_BASE) or "" for each in (self.root, holder, element))
                href = element.get("href") or ""
                resource = Resource(
                    element.get("identifier") or "",
                    element.get("type") or "",
                    self._path(base, href),
                    [self._path(base, each.get("href") or "") for each in self._below(element, "file") if each.get("href")],
                    element,
                    [each.get("identifierref") or "" for each in self._below(element, "dependency")],
                )
                self.resources.setdefault(resource.identifier, resource)

    def _path(self, base: str, href: str) -> str:
        """The path of a file in the package; an address on the web stays as it is. What cannot be found keeps its words."""
        href = href.strip()
        if not href or is_remote(href):
            return href
        for form in (href, href.partition("#")[0].partition("?")[0]):
            for written in (form, unquote(form)):
                path = posixpath.normpath(posixpath.join(self.folder, base, written.replace("\\", "/")))
                if self.package.has(path):
                    return path
        return posixpath.normpath(posixpath.join(self.folder, base, href))

    # The table of contents

    @property
    def organization(self) -> _Element | None:
        """The table of contents that is used: the default, else the first."""
        found = list(self.elements("organizations", "organization"))
        default = next((each.get("default") for each in self.elements("organizations")), None)
        return next((each for each in found if each.get("identifier") == default), found[0] if found else None)

    def items(self) -> Iterator[_Element]:
        """Every entry of every table of contents, in order."""
        for organization in self.elements("organizations", "organization"):
            yield from (each for each in organization.iter() if local(each) == "item")

    def tree(self, kind: Callable[[Resource | None, _Element], str], element: _Element | None = None, depth: int = 0) -> tuple[Node, ...]:
        """The table of contents; ``kind`` says what an entry is."""
        top = self.organization if element is None else element
        if top is None or depth > _DEEPEST:
            return ()
        return tuple(self._node(item, kind, depth) for item in self._below(top, "item"))

    def _node(self, item: _Element, kind: Callable[[Resource | None, _Element], str], depth: int) -> Node:
        resource = self.resources.get(item.get("identifierref") or "")
        title = words(next(self._below(item, "title"), None))
        return Node(title, kind(resource, item), resource.opens if resource else "", self.tree(kind, item, depth + 1))

    # Labels

    def label(self, description: Description) -> None:
        """Title and languages, from the metadata and the table of contents."""
        organization = self.organization
        if self.metadata is not None:
            for name in ("general", "technical"):
                for general in (each for each in self.metadata.iter() if local(each) == name):
                    self._general(general, description)
        if not description.title and organization is not None:
            description.title = words(next(self._below(organization, "title"), None))

    def _general(self, general: _Element, description: Description) -> None:
        for each in general.iter():
            if local(each) == "title" and not description.title:
                first = next((below for below in each if local(below) in ("string", "langstring")), each)
                description.title = words(first)
                description.speaks(first.get("language") or first.get(_LANGUAGE))
            elif local(each) == "language":
                description.speaks(words(each))

    # Whether it is sound

    def check(self) -> None:
        """The rules that every manifest has to keep."""
        add = self.package.notes.add

        def at(element: _Element) -> Place:
            return self.package.at(self.path, element)

        if self.folder:
            add(manifest_elsewhere(self.package.place(self.path)))
        for what, value in (("schema", self.schema), ("schemaversion", self.version)):
            if not value:
                add(no_version(at(self.root if self.metadata is None else self.metadata), what))
        check_structure(self.package, self.path, self.root)
        self._check_identifiers()
        for resource in self.resources.values():
            self._check_files(resource)
            for name in resource.needs:
                if name not in self.resources:
                    add(lost_reference(at(resource.element), name))
        for item in self.items():
            reference = item.get("identifierref")
            if reference and reference not in self.resources:
                add(lost_reference(at(item), reference))
            elif reference and not self.resources[reference].opens:
                add(no_file(at(item), reference))
        default = next((each.get("default") for each in self.elements("organizations")), None)
        if default and all(each.get("identifier") != default for each in self.elements("organizations", "organization")):
            add(no_such_default(at(next(self.elements("organizations"))), default))
        self._check_listed()

    def _check_identifiers(self) -> None:
        seen: set[str] = set()
        for element in self.root.iter():
            name = element.get("identifier")
            if name is None or namespace(element) != self.namespace:
                continue
            if name in seen:
                self.package.notes.add(identifier_twice(self.package.at(self.path, element), name[:100]))
            elif not _NCNAME.fullmatch(name):
                self.package.notes.add(odd_identifier(self.package.at(self.path, element), name[:100]))
            seen.add(name)

    def _check_files(self, resource: Resource) -> None:
        self.package.opened.clock.check()
        for path in dict.fromkeys([resource.href, *resource.files]):
            if not path or is_remote(path) or self.package.has(path):
                continue
            where = self.package.at(self.path, resource.element)
            if path.startswith(("../", "/")) or path == "..":
                self.package.notes.add(path_outside(where, path[:200]))
                continue
            if not self._folded:
                self._folded = {each.casefold(): each for each in self.package.opened.members}
            self.package.notes.add(missing_file(where, path[:200], self._folded.get(path.casefold(), "")))

    def _check_listed(self) -> None:
        named = {path for resource in self.resources.values() for path in (resource.href, *resource.files)}
        for path in self.package.opened.members:
            if path not in named and not path.endswith(MANIFEST) and not f"/{path.lower()}".endswith(_UNLISTED) and not self._others(path):
                self.package.notes.add(unlisted_file(self.package.place(path)))

    def check_contents(self) -> None:
        """The rules of a package that has a table of contents."""
        items = list(self.items())
        if not any(item.get("identifierref") for item in items):
            self.package.notes.add(nothing_to_open(self.package.at(self.path, self.root)))
        for item in items:
            if not words(next(self._below(item, "title"), None)) and item.get("identifierref"):
                self.package.notes.add(no_title(self.package.at(self.path, item)))


def find(package: Package) -> str | None:
    """The path of the manifest: at the top, else in the folder that is least deep."""
    found = sorted((path for path in package.opened.members if f"/{path}".endswith(f"/{MANIFEST}")), key=lambda path: path.count("/"))
    return found[0] if found else None
