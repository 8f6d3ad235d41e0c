"""SCORM 1.2 and 2004: one SCO with the player, for one unit or the whole course.

The two versions differ in the manifest (Content Aggregation Model 1.2, and 1.3 of SCORM 2004), in what the outline tells the
player, and in the player's script, which has the dialect of its version alone; everything else is the same bytes. What Moodle makes
of it is in ``docs/moodle.md``. One organization, one item, one resource: several SCOs would each have a score, and most LMSs take the
highest of them for the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import lom
from ..archive import Content, Entry
from ..fidelity import FEATURES, KEPT, Capabilities, changed, dropped
from ..manifest import MANIFEST, Item, Namespaces, Resource, identifier, item_element, manifest, resource_element
from ..model import Anchor, Course, Gloss, Link, Media, Unit
from ..outline import GLOSSARY, Runtime, content_file, outline
from ..render import theme
from ..render.links import unlinked
from ..render.overview import completion_rule, has_overview
from ..render.search import searchable
from ..render.templates import Prepare, Templates, markup, safe_json, script_json

if TYPE_CHECKING:
    from lxml.etree import _Element


class Edition(NamedTuple):
    """What tells a version of SCORM from the other in a manifest."""

    namespaces: Namespaces
    schemaversion: str
    scormtype: str
    """The attribute of a resource that says that it is a SCO."""
    runtime: Runtime
    lom: Callable[[Course, Unit | None], _Element]
    sequencing: bool = False


SCORM12 = Edition(
    Namespaces(
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        (("adlcp", "http://www.adlnet.org/xsd/adlcp_rootv1p2"), ("imsmd", lom.IMSMD)),
    ),
    "1.2",
    "scormtype",
    "scorm12",
    lom.scorm12,
)
SCORM2004 = Edition(
    Namespaces(
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        (("adlcp", "http://www.adlnet.org/xsd/adlcp_v1p3"), ("imsss", "http://www.imsglobal.org/xsd/imsss"), ("lom", lom.LOM)),
    ),
    "2004 4th Edition",
    "scormType",
    "scorm2004",
    lom.scorm2004,
    sequencing=True,
)
_NO_PLACE = dropped("it is for teachers, and SCORM has no place for it")
_NOT_IN_SCORM = dropped("SCORM has no place for it")
CARRIES: Capabilities = {
    **dict.fromkeys(FEATURES, KEPT),
    **dict.fromkeys(("title", "competences", "difficulty", "source", "tags"), _NO_PLACE),
    "unused-bank-questions": dropped("a package is for learners, and asks what its quizzes ask"),
    "tutor-page": dropped("SCORM knows no roles, so that learners would see it"),
    "assignment": changed("it is a page that says what to do and how it is graded; the trainer says where to hand it in"),
    "peer-review": changed("it is a page that says what to do and how to review; the trainer says where to hand it in"),
    "survey": changed("it is a page to read or to print; the trainer says where to answer"),
    "repository": changed("it is a page with all records; the trainer says where to add one"),
    "book": changed("its chapters are pages, and nothing says that they are one book"),
    "unit-weight": dropped("a package has one score, of all its points"),
    "unit-order": dropped("the units can be opened in any order"),
    "course-picture": _NOT_IN_SCORM,
    "badge": _NOT_IN_SCORM,
}
"""The player carries every kind of question. Outcomes become the objectives of interactions."""
CARRIES_OF_UNIT: Capabilities = {**CARRIES, "unit-links": changed("they become their words, since the other unit is another package")}
LAUNCH = "index.html"
_CONTROLS = ("tracked", "completionSetByContent", "objectiveSetByContent")
"""The SCO itself tells whether it is completed and passed. More of sequencing is not used: Moodle ignores most, and gets some wrong."""
_NOT_PLAYERS = (
    *("assignment.", "cartridge.", "handed.", "if.", "linear.", "moodle.", "overview.", "paper.", "quiz.how", "records.", "review."),
    *("rubric.", "sheet.", "survey.", "tutors."),
)
"""Interface texts that only pages made at build time have."""


def scorm12(course: Course, templates: Templates, unit: Unit | None) -> Iterable[Entry]:
    """The files of a SCORM 1.2 package: the manifest, the page that opens, the player, the content of each unit, the media."""
    return _Package(course, templates, unit, SCORM12).entries()


def scorm2004(course: Course, templates: Templates, unit: Unit | None) -> Iterable[Entry]:
    """The same as SCORM 2004, of the edition that the course names."""
    edition = SCORM2004._replace(schemaversion=f"2004 {course.tracking.scorm2004_edition} Edition")
    return _Package(course, templates, unit, edition).entries()


class Pieces:
    """The files of a package, each made when it is first asked for: for a preview, where somebody looks at one page of many.

    They are the same bytes as those of the package. The manifest, which no browser asks for, is left out.
    """

    def __init__(self, course: Course, templates: Templates, unit: Unit | None, runtime: Runtime) -> None:
        self._package = _Package(course, templates, unit, SCORM12 if runtime == "scorm12" else SCORM2004)
        self._texts = self._package.texts()
        self._makers = self._package.shell() | self._texts

    @property
    def paths(self) -> tuple[str, ...]:
        """All files but the media."""
        return tuple(self._makers)

    def file(self, path: str) -> Content | None:
        """The content of a file; None where the package has no such file."""
        files = self._package.files
        if path not in files and path in self._makers:
            files[path] = self._makers[path]()
        elif path not in files and path.startswith("media/"):  # which there are shows when the texts are made that refer to them
            for name in self._texts:
                self.file(name)
        return files.get(path)


class _Package:
    def __init__(self, course: Course, templates: Templates, unit: Unit | None, edition: Edition) -> None:
        self.course = course
        self.templates = templates
        self.unit = unit
        self.edition = edition
        self.units = (unit,) if unit else course.units
        self.title = unit.title if unit else course.title
        self.name = f"{course.id}-{course.language.lower()}" + (f"-{unit.id}" if unit else "")
        self.files: dict[str, Content] = {}
        if course.theme:
            self.files |= {f"media/{media.path}": media.source for _, _, media in course.theme.media()}
        inside = frozenset(activity.id for each in self.units for activity in each.for_learners())
        self.prepare: Prepare | None = (lambda nodes: unlinked(nodes, lambda link: link.activity in inside)) if unit else None
        """In a unit's package links to other units lead nowhere, and become their words."""

    def entries(self) -> Iterable[Entry]:
        self.files = dict(self.templates.once(f"scorm {self.name}", self._contents))
        self.files |= {path: make() for path, make in self.shell().items()}
        self.files[MANIFEST] = self._manifest()
        return self.files.items()

    def shell(self) -> dict[str, Callable[[], bytes]]:
        """How the page that opens and the player are made, which differ between the versions."""
        return {LAUNCH: self._launch, "player/player.js": self._script, "player/player.css": self._style}

    def texts(self) -> dict[str, Callable[[], bytes]]:
        """How the files are made that both versions have: the texts of each unit, the glossary, the words to search."""
        made: dict[str, Callable[[], bytes]] = {content_file(unit): partial(self._content, unit) for unit in self.units}
        if self.course.glossary:
            made["content/glossary.js"] = self._glossary
        made["content/search.js"] = self._search
        return made

    def _contents(self) -> dict[str, Content]:
        """The texts, and the media that they refer to."""
        for path, make in self.texts().items():
            self.files[path] = make()
        return self.files

    def _script(self) -> bytes:
        return self.templates.script("player", f"play-{self.edition.runtime}.js").encode()

    def _style(self) -> bytes:
        own = theme.style(self.course.theme, lambda media: f"../media/{media.path}")
        return (self.templates.style("page.css") + self.templates.style("player/player.css", "player") + own).encode()

    def _glossary(self) -> bytes:
        page = self._page(self.units[0], GLOSSARY, "glossary", glossary=self.course.glossary)
        return _call("coursegenContent", {GLOSSARY: page})

    def _search(self) -> bytes:
        return _call("coursegenSearch", self._searchable())

    def _content(self, unit: Unit) -> bytes:
        """The unit's activities as HTML in a script: a script loads from a disk too, where a request would be refused."""
        pages: dict[str, str] = {}
        is_first = unit is self.units[0]
        if has_overview(unit, is_first):
            rule = completion_rule(self.course, self.units) if is_first else ()
            values = {"to": lambda activity: f"#/{activity.id}", "about_course": is_first, "words": None}
            values |= {"rule": rule, "whole_course": len(self.units) > 1}
            pages[unit.id] = self._page(unit, unit.id, "overview", **values)
        for activity in unit.for_learners():
            pages[activity.id] = self._page(unit, activity.id, activity.kind, activity=activity, words=None, room=False)
        return _call("coursegenContent", pages)

    def _page(self, unit: Unit, name: str, template: str, **values: Any) -> str:
        def address(reference: Link | Anchor | Media | Gloss) -> str:
            if isinstance(reference, Link):
                return f"#/{reference.activity}" + (f"/{reference.anchor}" if reference.anchor else "")
            if isinstance(reference, Anchor):
                return f"#/{name}/{reference.name}"
            if isinstance(reference, Gloss):
                return f"#/{GLOSSARY}/{reference.term}"
            self.files[f"media/{reference.path}"] = reference.source
            return f"media/{reference.path}"

        return self.templates.render(f"activity/{template}.html", address, self.prepare, course=self.course, unit=unit, **values)

    def _searchable(self) -> dict[str, str]:
        """The words by which each activity of the package is found."""
        words: dict[str, str] = {}
        for unit in self.units:
            is_first = unit is self.units[0]
            if has_overview(unit, is_first):
                words[unit.id] = searchable(unit, self.course if is_first else None)
            words |= {activity.id: searchable(activity) for activity in unit.for_learners()}
        if self.course.glossary:
            words[GLOSSARY] = searchable(self.course.glossary)
        return words

    def _launch(self) -> bytes:
        texts = {key: text for key, text in self.templates.messages.items() if not key.startswith(_NOT_PLAYERS)}
        overview = self.templates.text("overview.title")
        known = outline(self.course, self.units, self.title, self.name, self.edition.runtime, overview)
        shell = self.templates.render(
            "player/index.html",
            _media,
            course=self.course,
            title=self.title,
            language=self.course.language,
            dir=self.templates.direction,
            outline=markup(safe_json(known)),
            messages=markup(safe_json(texts)),
        )
        return shell.encode()

    def _manifest(self) -> bytes:
        edition = self.edition
        names = (self.course.id, self.unit.id) if self.unit else (self.course.id,)
        resource = Resource(
            identifier("resource", *names),
            "webcontent",
            (LAUNCH, *(name for name in sorted(self.files) if name != LAUNCH)),
            LAUNCH,
            attributes=((f"{{{dict(edition.namespaces.prefixed)['adlcp']}}}{edition.scormtype}", "sco"),),
        )
        item = Item(identifier("item", *names), self.title, resource.identifier)
        organization = item_element(Item("", self.title, items=(item,)), edition.namespaces)
        organization.tag = edition.namespaces.tag("organization")
        organization.set("identifier", identifier("organization", *names))
        if edition.sequencing:
            _sequence(organization[-1], edition.namespaces, "deliveryControls", _CONTROLS)
            _sequence(organization, edition.namespaces, "controlMode", ("choice", "flow"))
        return manifest(
            identifier("manifest", self.name),
            edition.namespaces,
            ("ADL SCORM", edition.schemaversion, edition.lom(self.course, self.unit)),
            [organization],
            [resource_element(resource, edition.namespaces)],
            (("version", self.course.version),),
            identifier("organization", *names),
        )


def _sequence(element: _Element, namespaces: Namespaces, part: str, allowed: tuple[str, ...]) -> None:
    """Add a sequencing element with one part, in which some attributes are true."""
    from lxml import etree

    space = f"{{{dict(namespaces.prefixed)['imsss']}}}"
    added = etree.SubElement(etree.SubElement(element, f"{space}sequencing"), f"{space}{part}")
    for name in allowed:
        added.set(name, "true")


def _call(function: str, value: Any) -> bytes:
    """A script that hands a value to a function of the player."""
    return f"{function}({script_json(value)});\n".encode()


def _media(reference: Link | Anchor | Media | Gloss) -> str:
    if not isinstance(reference, Media):
        raise ValueError(f"the player's page cannot refer to {reference}")
    return f"media/{reference.path}"
