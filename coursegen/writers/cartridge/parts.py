"""What both cartridges are made of: a plan of items and resources, discussion topics and web links."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from ... import lom, qti
from ...archive import Content
from ...manifest import Item, Namespaces, Resource, identifier, item_element, manifest, resource_element, serialize, unprefixed
from ...model import Activity, Course, Discussion, Media, Page, Question, QuestionSet, Quiz, Unit, WebLink
from ...portable import weighted

_SHEETS = {"case": "activity/case-linear.html", "grid": "activity/grid-sheet.html"}
"""What has a form on paper, for there is no player in a cartridge."""


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


def held(course: Course, kinds: Collection[str], flavour: qti.Flavour) -> Course:
    """The course as a cartridge holds it: each quiz with the questions that can be written, the same points apart.

    A quiz has no draws by bank any more: all its questions are its own. One without a question that can be written is left out, for an
    assessment without an item is valid nowhere and ends Moodle's import.
    """
    units = []
    for unit in course.units:
        activities: list[Activity] = []
        for activity in unit.activities:
            if not isinstance(activity, Quiz):
                activities.append(activity)
            elif questions := written(activity.set.pool(), kinds, flavour):
                activities.append(replace(activity, set=_flat(activity.set, questions)))
        units.append(replace(unit, activities=tuple(activities)))
    return replace(course, units=tuple(units))


def _flat(found: QuestionSet, questions: tuple[Question, ...]) -> QuestionSet:
    draw: int | Literal["all"] = sum(group.draw for group in found.groups()) if found.draws() else "all"
    return replace(found, questions=questions, take=(), taken=(), draw=draw)


def written(questions: Iterable[Question], kinds: Collection[str], flavour: qti.Flavour) -> tuple[Question, ...]:
    """The questions as they can be written: themselves, or what takes their place, or nothing."""
    return tuple(each for question in weighted(questions, kinds) for each in question.questions if qti.askable(each, flavour))


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
