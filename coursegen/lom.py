"""Learning object metadata (IEEE 1484.12.1) of a course or unit, in the bindings that packages use.

``scorm12``: IMS Learning Resource Metadata 1.2.1, as SCORM 1.2 (CAM 2.2) has it. ``scorm2004``: LOM 1.0 in its own binding.
``cartridge``: the loose profile of Common Cartridge, of which Moodle reads the title and the description only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from .model import Author, Course, Unit

if TYPE_CHECKING:
    from lxml.etree import _Element

IMSMD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
_IN_SCORM12 = {"author": "Author", "learner": "Learner", "training": "Vocational Training"}
"""Terms of LOM 1.0 as the older vocabulary of SCORM 1.2 has them."""


def duration(minutes: int) -> str:
    """Minutes as an ISO 8601 duration: 90 is ``PT1H30M``."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def scorm12(course: Course, unit: Unit | None) -> _Element:
    """The ``lom`` of a SCORM 1.2 manifest: of the course, or of one unit of it."""
    from lxml import etree

    lom = etree.Element(f"{{{IMSMD}}}lom", nsmap={"imsmd": IMSMD})

    def add(parent: _Element, name: str, text: str | None = None) -> _Element:
        element = etree.SubElement(parent, f"{{{IMSMD}}}{name.lower()}")
        element.text = text
        return element

    def words(parent: _Element, name: str, text: str, language: str = course.language) -> None:
        entry = add(add(parent, name), "langstring", text)
        entry.set("{http://www.w3.org/XML/1998/namespace}lang", language)

    def term(parent: _Element, name: str, value: str) -> None:
        element = add(parent, name)
        words(element, "source", "LOMv1.0", "x-none")
        words(element, "value", _IN_SCORM12.get(value, value), "x-none")

    def person(parent: _Element, author: Author) -> None:
        add(add(parent, "centity"), "vcard", vcard(author))

    _describe(lom, course, unit, _Binding(add, words, term, person, "datetime"))
    return lom


def scorm2004(course: Course, unit: Unit | None) -> _Element:
    """The ``lom`` of a SCORM 2004 manifest: of the course, or of one unit of it."""
    from lxml import etree

    lom = etree.Element(f"{{{LOM}}}lom", nsmap={"lom": LOM})

    def add(parent: _Element, name: str, text: str | None = None) -> _Element:
        element = etree.SubElement(parent, f"{{{LOM}}}{name}")
        element.text = text
        return element

    def words(parent: _Element, name: str, text: str) -> None:
        add(add(parent, name), "string", text).set("language", course.language)

    def term(parent: _Element, name: str, value: str) -> None:
        element = add(parent, name)
        add(element, "source", "LOMv1.0")
        add(element, "value", value)

    def person(parent: _Element, author: Author) -> None:
        add(parent, "entity", vcard(author))

    _describe(lom, course, unit, _Binding(add, words, term, person, "duration"))
    return lom


class _Binding(NamedTuple):
    """How one binding writes an element, words in the course's language, a term of LOM's vocabulary, a person; its word for a span."""

    add: Callable[..., _Element]
    words: Callable[[_Element, str, str], None]
    term: Callable[[_Element, str, str], None]
    person: Callable[[_Element, Author], None]
    span: str


def _describe(lom: _Element, course: Course, unit: Unit | None, binding: _Binding) -> None:
    add, words, term, person, span = binding
    general = add(lom, "general")
    words(general, "title", f"{course.title}: {unit.title}" if unit else course.title)
    add(general, "language", course.language)
    words(general, "description", (unit.summary if unit and unit.summary else course.description).text())
    for keyword in course.keywords:
        words(general, "keyword", keyword)
    life = add(lom, "lifeCycle")
    words(life, "version", course.version)
    for author in course.authors:
        contribute = add(life, "contribute")
        term(contribute, "role", "author")
        person(contribute, author)
    add(add(lom, "technical"), "format", "text/html")
    educational = add(lom, "educational")
    term(educational, "intendedEndUserRole", "learner")
    term(educational, "context", "training")
    add(add(educational, "typicalLearningTime"), span, duration(unit.minutes if unit else course.workload))
    add(educational, "language", course.language)
    rights = add(lom, "rights")
    term(rights, "cost", "no")
    term(rights, "copyrightAndOtherRestrictions", "yes")
    words(rights, "description", licence(course))


def cartridge(course: Course, namespace: str, description: str) -> _Element:
    """The ``lom`` of a cartridge's manifest. ``description`` may be HTML: Moodle shows it as the course's summary."""
    from lxml import etree

    lom = etree.Element(f"{{{namespace}}}lom", nsmap={"lomimscc": namespace})

    def add(parent: _Element, name: str, text: str | None = None) -> _Element:
        element = etree.SubElement(parent, f"{{{namespace}}}{name}")
        element.text = text
        return element

    def words(parent: _Element, name: str, text: str) -> None:
        add(add(parent, name), "string", text).set("language", course.language)

    general = add(lom, "general")
    words(general, "title", course.title)
    add(general, "language", course.language)
    words(general, "description", description)
    for keyword in course.keywords:
        words(general, "keyword", keyword)
    life = add(lom, "lifeCycle")
    for author in course.authors:
        contribute = add(life, "contribute")
        add(add(contribute, "role"), "value", "author")
        add(contribute, "entity", vcard(author))
    rights = add(lom, "rights")
    add(add(rights, "copyrightAndOtherRestrictions"), "value", "yes")
    words(rights, "description", licence(course))
    return lom


def role(namespace: str, value: str) -> _Element:
    """The ``lom`` of a cartridge's resource that says for whom it is: ``Learner``, ``Instructor`` or ``Mentor``."""
    from lxml import etree

    lom = etree.Element(f"{{{namespace}}}lom", nsmap={"lom": namespace})
    educational = etree.SubElement(lom, f"{{{namespace}}}educational")
    intended = etree.SubElement(educational, f"{{{namespace}}}intendedEndUserRole")
    etree.SubElement(intended, f"{{{namespace}}}source").text = "IMSGLC_CC_Rolesv1p1"
    etree.SubElement(intended, f"{{{namespace}}}value").text = value
    return lom


def vcard(author: Author) -> str:
    """An author as LOM wants persons and organisations: a vCard (RFC 2426), its special characters escaped."""
    name = author.name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    address = f"URL:{author.url}\n" if author.url else ""
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:{name};;;;\n{address}END:VCARD"


def licence(course: Course) -> str:
    """The licence in words: its name, and its address where there is one."""
    return f"{course.licence}, {course.licence_url}" if course.licence_url else course.licence
