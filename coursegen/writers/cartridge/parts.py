"""What both cartridges are made of: a plan of items and resources, discussion topics and web links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ... import lom, qti
from ...archive import Content
from ...manifest import Item, Namespaces, Resource, identifier, item_element, manifest, resource_element, serialize, unprefixed
from ...model import Activity, Course, Discussion, Media, Page, Question, QuestionSet, Quiz, Unit, WebLink
from ...portable import Weighted, weighted

_SHEETS = {
    "case": "activity/case-linear.html",
    "grid": "activity/grid-sheet.html",
    "assignment": "activity/assignment.html",
    "peer-review": "activity/peer-review.html",
    "survey": "activity/survey.html",
    "repository": "activity/repository.html",
}
"""What is a page in a cartridge, since there is no player in it, and no activity of that kind."""


def page_template(activity: Activity) -> str:
    """The template of an activity that is a page in a cartridge; empty for one that is something else."""
    return f"activity/{activity.kind}.html" if isinstance(activity, Page) else _SHEETS.get(activity.kind, "")


@dataclass(frozen=True, slots=True)
class Version:
    """The namespaces and type names of a version of Common Cartridge."""

    number: str
    common: str
    """The part of names that tells the version: ``imsccv1p1``."""
    assessment: str
    bank: str
    topic: str
    web_link: str

    @property
    def namespaces(self) -> Namespaces:
        """Those of the manifest. Moodle reads the default one within the first 1,024 bytes."""
        return Namespaces(
            f"http://www.imsglobal.org/xsd/{self.common}/imscp_v1p1",
            (("lom", self.lom("resource")), ("lomimscc", self.lom("manifest"))),
        )

    def lom(self, what: str) -> str:
        """The namespace of the metadata of the manifest or of a resource."""
        return f"http://ltsc.ieee.org/xsd/{self.common}/LOM/{what}"


CC11 = Version(
    "1.1.0",
    "imsccv1p1",
    "imsqti_xmlv1p2/imscc_xmlv1p1/assessment",
    "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank",
    "imsdt_v1p1",
    "imswl_v1p1",
)
CC13 = Version(
    "1.3.0",
    "imsccv1p3",
    "imsqti_xmlv1p2/imscc_xmlv1p3/assessment",
    "imsqti_xmlv1p2/imscc_xmlv1p3/question-bank",
    "imsdt_v1p3",
    "imswl_v1p3",
)


class Group(NamedTuple):
    """Questions of a quiz, each with what is written of it, and how many of them a try has."""

    questions: tuple[Weighted, ...]
    draw: int

    def written(self) -> tuple[Question, ...]:
        """The questions as the cartridge has them."""
        return tuple(each for found in self.questions for each in found.questions)

    def split(self) -> tuple[Question, ...]:
        """Questions of the course of which several others were made: whatever draws single questions cannot draw them."""
        return tuple(found.original for found in self.questions if len(found.questions) > 1)


class Held(NamedTuple):
    """A course as a cartridge holds it; and by the id of each quiz the groups that its tries are made of."""

    course: Course
    groups: dict[str, tuple[Group, ...]]


def held(course: Course, kinds: Collection[str], flavour: qti.Flavour) -> Held:
    """Each quiz with the questions that can be written, the same points apart.

    A quiz has no draws any more: all its questions are its own. One without a question that can be written is left out, for an
    assessment without an item is valid nowhere and ends Moodle's import.
    """
    groups: dict[str, tuple[Group, ...]] = {}
    units = []
    for unit in course.units:
        activities: list[Activity] = []
        for activity in unit.activities:
            if not isinstance(activity, Quiz):
                activities.append(activity)
            elif found := _possible(activity.set.pool(), kinds, flavour):
                questions = tuple(each for entry in found.values() for each in entry.questions)
                activities.append(replace(activity, set=replace(activity.set, questions=questions, take=(), taken=(), draw="all")))
                groups[activity.id] = tuple(_groups(activity.set, found))
        units.append(replace(unit, activities=tuple(activities)))
    return Held(replace(course, units=tuple(units)), groups)


def _groups(asked: QuestionSet, found: Mapping[str, Weighted]) -> Iterator[Group]:
    for group in asked.groups():
        if questions := tuple(found[each.id] for each in group.questions if each.id in found):
            yield Group(questions, min(group.draw, len(questions)))


def _possible(questions: Iterable[Question], kinds: Collection[str], flavour: qti.Flavour) -> dict[str, Weighted]:
    """By the id of each question what can be written of it; those of which nothing can are not there."""
    found = {}
    for entry in weighted(questions, kinds):
        if possible := tuple(each for each in entry.questions if qti.askable(each, flavour)):
            found[str(entry.original.id)] = entry._replace(questions=possible)
    return found


def written(questions: Iterable[Question], kinds: Collection[str], flavour: qti.Flavour) -> tuple[Question, ...]:
    """The questions as they can be written: themselves, or what takes their place, or nothing."""
    return tuple(each for entry in _possible(questions, kinds, flavour).values() for each in entry.questions)


@dataclass(slots=True)
class Plan:
    """A cartridge being put together: its files, resources, and the items of each unit."""

    version: Version
    files: dict[str, Content] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=list)
    sections: list[Item] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)
    """The identifier of the resource of each media file, by its path in the cartridge."""

    def add(self, resource: Resource, content: Content) -> None:
        """Add a resource of one file."""
        self.resources.append(resource)
        self.files[resource.files[0]] = content

    def add_media(self, path: str, media: Media) -> str:
        """Add a picture or file, once; its resource's identifier."""
        if path not in self.media:
            self.media[path] = identifier("media", media.path)
            self.add(Resource(self.media[path], "webcontent", (path,), path), media.source)
        return self.media[path]

    def manifest(self, course: Course, description: str) -> bytes:
        """The manifest of all that was added."""
        namespaces = self.version.namespaces
        organization = item_element(
            Item(identifier("organization", course.id), "", items=(Item("root", "", items=tuple(self.sections)),)), namespaces
        )
        organization.tag = namespaces.tag("organization")
        organization.set("structure", "rooted-hierarchy")
        return manifest(
            identifier("manifest", course.id, course.language.lower()),
            namespaces,
            ("IMS Common Cartridge", self.version.number, lom.cartridge(course, self.version.lom("manifest"), description)),
            [organization],
            [
                resource_element(entry, namespaces, lom.role(self.version.lom("resource"), entry.role) if entry.role else None)
                for entry in sorted(self.resources, key=lambda entry: entry.identifier)
            ],
        )


def topic(discussion: Discussion, version: Version, title: str, text: str) -> bytes:
    """A discussion topic (Common Cartridge, section on discussion topics); ``text`` is HTML."""
    from lxml import etree

    namespace = f"http://www.imsglobal.org/xsd/{version.common}/{version.topic}"
    root = etree.Element(f"{{{namespace}}}topic", nsmap=unprefixed(namespace))
    etree.SubElement(root, f"{{{namespace}}}title").text = title
    body = etree.SubElement(root, f"{{{namespace}}}text")
    body.set("texttype", "text/html")
    body.text = text
    return serialize(root)


def web_link(link: WebLink, version: Version, title: str) -> bytes:
    """A web link (Common Cartridge, section on web links)."""
    from lxml import etree

    namespace = f"http://www.imsglobal.org/xsd/{version.common}/{version.web_link}"
    root = etree.Element(f"{{{namespace}}}webLink", nsmap=unprefixed(namespace))
    etree.SubElement(root, f"{{{namespace}}}title").text = title
    address = etree.SubElement(root, f"{{{namespace}}}url")
    address.set("href", link.url)
    address.set("target", "_blank")
    return serialize(root)


def type_of(namespace: str) -> str:
    """The type of a topic's or web link's resource: ``imsdt_xmlv1p1`` for ``imsdt_v1p1``."""
    return namespace.replace("_v", "_xmlv")


def section(unit: Unit, title: str, items: Iterable[Item]) -> Item:
    """The items of a unit under its heading."""
    return Item(identifier("item", unit.id), title, items=tuple(items))
