"""SCORM 1.2: one SCO with the player, for one unit or the whole course.

Content Aggregation Model 1.2 for the manifest; what Moodle makes of it is in ``docs/moodle.md``. One organization, one item, one
resource: several SCOs would each have a score, and most LMSs take the highest of them for the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .. import lom
from ..archive import Content, Entry
from ..manifest import MANIFEST, Item, Namespaces, Resource, identifier, item_element, manifest, resource_element
from ..model import Activity, Anchor, Course, Link, Media, Question, Quiz, ShortAnswer, Unit
from ..render.links import unlinked
from ..render.overview import has_overview
from ..render.templates import Prepare, Templates, markup, safe_json, script_json
from ..score import key

SCORM12 = Namespaces(
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    (("adlcp", "http://www.adlnet.org/xsd/adlcp_rootv1p2"), ("imsmd", lom.IMSMD)),
)
LAUNCH = "index.html"
_NOT_PLAYERS = ("moodle.", "overview.", "tutors.")
"""Interface texts that only pages made at build time have."""


def entries(course: Course, templates: Templates, unit: Unit | None) -> Iterable[Entry]:
    """The files of a package: the manifest, the page that opens, the player, the content of each unit, the media."""
    return _Package(course, templates, unit).entries()


class _Package:
    def __init__(self, course: Course, templates: Templates, unit: Unit | None) -> None:
        self.course = course
        self.templates = templates
        self.unit = unit
        self.units = (unit,) if unit else course.units
        self.title = unit.title if unit else course.title
        self.name = f"{course.id}-{course.language.lower()}" + (f"-{unit.id}" if unit else "")
        self.files: dict[str, Content] = {}
        inside = frozenset(activity.id for each in self.units for activity in each.for_learners())
        self.prepare: Prepare | None = (lambda nodes: unlinked(nodes, lambda link: link.activity in inside)) if unit else None
        """In a unit's package links to other units lead nowhere, and become their words."""

    def entries(self) -> Iterable[Entry]:
        for unit in self.units:
            self.files[f"content/{unit.id}.js"] = self._content(unit)
        self.files[LAUNCH] = self._launch()
        self.files["player/player.js"] = self.templates.script("player", "main.js").encode()
        self.files["player/page.css"] = self.templates.file("page.css").read_bytes()
        for name in self.templates.names("player", ".css"):
            self.files[name] = self.templates.file(name).read_bytes()
        self.files[MANIFEST] = self._manifest()
        return self.files.items()

    def _content(self, unit: Unit) -> bytes:
        """The unit's activities as HTML in a script: a script loads from a disk too, where a request would be refused."""
        pages: dict[str, str] = {}
        is_first = unit is self.units[0]
        if has_overview(unit, is_first):
            values = {"to": lambda activity: f"#/{activity.id}", "about_course": is_first, "words": None}
            pages[unit.id] = self._page(unit, unit.id, "overview", **values)
        for activity in unit.for_learners():
            pages[activity.id] = self._page(unit, activity.id, activity.kind, activity=activity)
        return f"coursegenContent({script_json(pages)});\n".encode()

    def _page(self, unit: Unit, name: str, template: str, **values: Any) -> str:
        def address(reference: Link | Anchor | Media) -> str:
            if isinstance(reference, Link):
                return f"#/{reference.activity}" + (f"/{reference.anchor}" if reference.anchor else "")
            if isinstance(reference, Anchor):
                return f"#/{name}/{reference.name}"
            self.files[f"media/{reference.path}"] = reference.source
            return f"media/{reference.path}"

        return self.templates.render(f"activity/{template}.html", address, self.prepare, course=self.course, unit=unit, **values)

    def _launch(self) -> bytes:
        texts = {key: text for key, text in self.templates.messages.items() if not key.startswith(_NOT_PLAYERS)}
        shell = self.templates.render(
            "player/index.html",
            _nowhere,
            course=self.course,
            title=self.title,
            language=self.course.language,
            dir=self.templates.direction,
            outline=markup(safe_json(self._outline())),
            messages=markup(safe_json(texts)),
        )
        return shell.encode()

    def _outline(self) -> dict[str, Any]:
        """What the player knows of the package before it loads any content."""
        course = self.course
        return {
            "format": 1,
            "package": {"id": self.name, "version": course.version},
            "title": self.title,
            "course": course.title,
            "language": course.language,
            "completion": {"pages": course.completion.pages, "quizzes": course.completion.quizzes},
            "status": course.tracking.scorm12_status,
            "units": [
                {
                    "id": unit.id,
                    "title": unit.title,
                    "minutes": unit.minutes,
                    "content": f"content/{unit.id}.js",
                    "activities": [*self._overview(unit), *(_entry(activity) for activity in unit.for_learners())],
                }
                for unit in self.units
            ],
        }

    def _overview(self, unit: Unit) -> list[dict[str, Any]]:
        """The page about the unit has the unit's id: ids of units and activities are never the same."""
        title = self.templates.text("overview.title")
        return [{"id": unit.id, "kind": "page", "title": title, "minutes": 0}] if has_overview(unit, unit is self.units[0]) else []

    def _manifest(self) -> bytes:
        names = (self.course.id, self.unit.id) if self.unit else (self.course.id,)
        resource = Resource(
            identifier("resource", *names),
            "webcontent",
            (LAUNCH, *(name for name in sorted(self.files) if name != LAUNCH)),
            LAUNCH,
            attributes=((f"{{{dict(SCORM12.prefixed)['adlcp']}}}scormtype", "sco"),),
        )
        item = Item(identifier("item", *names), self.title, resource.identifier)
        organization = item_element(Item("", self.title, items=(item,)), SCORM12)
        organization.tag = SCORM12.tag("organization")
        organization.set("identifier", identifier("organization", *names))
        return manifest(
            identifier("manifest", self.name),
            SCORM12,
            ("ADL SCORM", "1.2", lom.scorm12(self.course, self.unit)),
            [organization],
            [resource_element(resource, SCORM12)],
            (("version", self.course.version),),
            identifier("organization", *names),
        )


def _nowhere(reference: Link | Anchor | Media) -> str:
    raise ValueError(f"the player's page cannot refer to {reference}")


def _entry(activity: Activity) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": activity.id, "kind": activity.kind, "title": activity.title, "minutes": activity.minutes}
    if isinstance(activity, Quiz):
        entry["passMark"] = activity.set.pass_mark
        entry["attempts"] = None if activity.set.attempts == "unlimited" else activity.set.attempts
        entry["questions"] = [_question(question) for question in activity.set.questions]
    return entry


def _question(question: Question) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": question.id, "kind": question.kind, "points": question.points}
    if isinstance(question, ShortAnswer):
        entry["answers"] = [{"id": answer.id, "text": answer.text, "correct": answer.correct} for answer in question.answers]
    else:
        entry["right"] = key(question)
    return entry
