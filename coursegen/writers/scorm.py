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
from ..model import Activity, Anchor, Course, Link, Media, Node, Question, Quiz, ShortAnswer, Unit
from ..render.links import unlinked
from ..render.overview import has_overview
from ..render.script import join
from ..render.templates import Templates, safe_json, script_json
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
    units = (unit,) if unit else course.units
    files: dict[str, Content] = {}
    inside = frozenset(activity.id for each in units for activity in each.for_learners())
    for each in units:
        files[f"content/{each.id}.js"] = _content(course, each, templates, files, inside, each is units[0])
    title = unit.title if unit else course.title
    package = f"{course.id}-{course.language.lower()}" + (f"-{unit.id}" if unit else "")
    shell = templates.render(
        "player/index.html",
        _nowhere,
        course=course,
        title=title,
        language=course.language,
        dir=templates.direction,
        outline=_markup(safe_json(_outline(course, units, package, title, templates))),
        messages=_markup(safe_json({key: text for key, text in templates.messages.items() if not key.startswith(_NOT_PLAYERS)})),
    )
    files[LAUNCH] = shell.encode()
    files["player/player.js"] = join("main.js", lambda name: templates.file(f"player/{name}").read_text("utf-8")).encode()
    files["player/page.css"] = templates.file("page.css").read_bytes()
    for name in templates.names("player", ".css"):
        files[name] = templates.file(name).read_bytes()
    files[MANIFEST] = _manifest(course, unit, title, package, sorted(files))
    return files.items()


def _nowhere(reference: Link | Anchor | Media) -> str:
    raise ValueError(f"the player's page cannot refer to {reference}")


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _content(course: Course, unit: Unit, templates: Templates, files: dict[str, Content], inside: frozenset[str], is_first: bool) -> bytes:
    """The unit's activities as HTML in a script: a script loads from a disk too, where a request would be refused."""
    pages: dict[str, str] = {}

    def prepare(nodes: Iterable[Node]) -> tuple[Node, ...]:
        return unlinked(nodes, lambda link: link.activity in inside)  # other units are not in a unit's package

    def write(name: str, template: str, **values: Any) -> None:
        def address(reference: Link | Anchor | Media) -> str:
            if isinstance(reference, Link):
                return f"#/{reference.activity}" + (f"/{reference.anchor}" if reference.anchor else "")
            if isinstance(reference, Anchor):
                return f"#/{name}/{reference.name}"
            files[f"media/{reference.path}"] = reference.source
            return f"media/{reference.path}"

        pages[name] = templates.render(f"activity/{template}.html", address, prepare, course=course, unit=unit, **values)

    if has_overview(unit):
        write(unit.id, "overview", to=lambda activity: f"#/{activity.id}", about_course=is_first)
    for activity in unit.for_learners():
        write(activity.id, activity.kind, activity=activity)
    return f"coursegenContent({script_json(pages)});\n".encode()


def _outline(course: Course, units: tuple[Unit, ...], package: str, title: str, templates: Templates) -> dict[str, Any]:
    """What the player knows of the package before it loads any content."""
    return {
        "format": 1,
        "package": {"id": package, "version": course.version},
        "title": title,
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
                "activities": [*_overview(unit, templates), *(_entry(activity) for activity in unit.for_learners())],
            }
            for unit in units
        ],
    }


def _overview(unit: Unit, templates: Templates) -> list[dict[str, Any]]:
    """The page about the unit has the unit's id: ids of units and activities are never the same."""
    title = templates.text("overview.title")
    return [{"id": unit.id, "kind": "page", "title": title, "minutes": 0}] if has_overview(unit) else []


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


def _manifest(course: Course, unit: Unit | None, title: str, package: str, files: list[str]) -> bytes:
    names = (course.id, unit.id) if unit else (course.id,)
    resource = Resource(
        identifier("resource", *names),
        "webcontent",
        (LAUNCH, *(name for name in files if name != LAUNCH)),
        LAUNCH,
        attributes=((f"{{{dict(SCORM12.prefixed)['adlcp']}}}scormtype", "sco"),),
    )
    organization = item_element(Item("", title, items=(Item(identifier("item", *names), title, resource.identifier),)), SCORM12)
    organization.tag = SCORM12.tag("organization")
    organization.set("identifier", identifier("organization", *names))
    return manifest(
        identifier("manifest", package),
        SCORM12,
        ("ADL SCORM", "1.2", lom.scorm12(course, unit)),
        [organization],
        [resource_element(resource, SCORM12)],
        (("version", course.version),),
        identifier("organization", *names),
    )
