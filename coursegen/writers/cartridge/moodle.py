"""Common Cartridge 1.1 as Moodle 4.1 to 5.1 imports it. Every decision here answers a fact in ``docs/moodle.md``.

Depth is exactly three: course, unit (a section), activity. Pages carry no links to each other, since none would work; each unit begins
with a page about it, since Moodle drops the unit's name, summary and outcomes, and the descriptions of links, files and quizzes.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Any

from ... import qti
from ...archive import Entry
from ...manifest import MANIFEST, Item, Resource, identifier
from ...model import Activity, Anchor, Course, Discussion, File, Gloss, Link, Media, Node, Quiz, Rich, Unit, WebLink
from ...render.html import has_blocks, html
from ...render.overview import has_overview
from ...render.templates import Templates
from ...render.templates import markup as as_html
from . import markup
from .parts import CC11, Plan, page_template, section, topic, type_of, web_link

LARGEST_EMBEDDED = 1_000_000
"""Bytes. A larger picture of a stem or prompt travels as a file: Moodle keeps the text in one database field."""


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """The files of the cartridge of the whole course."""
    return _Cartridge(course, templates).entries()


class _Cartridge:
    def __init__(self, course: Course, templates: Templates) -> None:
        self.course = course
        self.templates = templates
        self.plan = Plan(CC11)
        self.places = {activity.id: (unit, activity) for unit, activity in course.activities()}

    def entries(self) -> Iterable[Entry]:
        for number, unit in enumerate(self.course.units):
            items = [self._after_import()] if number == 0 else []
            if number == 0 or _has_more(unit):
                items.append(self._overview(unit))
            items += [self._item(activity) for activity in unit.activities]
            if unit is self.course.units[-1] and self.course.glossary:
                items.append(self._glossary())
            self.plan.sections.append(section(unit, markup.defuse(unit.title), items))
        yield MANIFEST, self.plan.manifest(self.course, self._question_text(self.course.description, "feedback"))
        yield from self.plan.files.items()

    def _item(self, activity: Activity) -> Item:
        title = markup.defuse(activity.title)
        resource = identifier("resource", activity.id)
        role = "Instructor" if activity.audience == "tutors" else ""
        if template := page_template(activity):
            self._page(resource, activity.id, title, template, role, activity=activity)
        elif isinstance(activity, Quiz):
            name = f"quizzes/{activity.id}.xml"
            self.plan.add(Resource(resource, CC11.assessment, (name,)), qti.assessment(activity, self._flavour()))
        elif isinstance(activity, Discussion):
            name = f"topics/{activity.id}.xml"
            text = topic(activity, CC11, title, self._question_text(activity.prompt, "stem"))
            self.plan.add(Resource(resource, type_of(CC11.topic), (name,)), text)
        elif isinstance(activity, WebLink):
            name = f"links/{activity.id}.xml"
            self.plan.add(Resource(resource, type_of(CC11.web_link), (name,)), web_link(activity, CC11, title))
        elif isinstance(activity, File):  # a copy of its own: two activities may not share a resource
            name = f"files/{activity.id}/{posixpath.basename(activity.media.path)}"
            self.plan.add(Resource(resource, "webcontent", (name,), name), activity.media.source)
        else:
            raise TypeError(f"no cartridge for {activity.kind}")
        return Item(identifier("item", activity.id), title, resource)

    def _page(self, resource: str, name: str, title: str, template: str, role: str = "", language: str = "", **values: Any) -> None:
        path = f"pages/{name}.html"
        body = self.templates.render(template, self._address, self._prepare, course=self.course, words=markup.defuse, **values)
        text = self.templates.render(
            "cartridge/moodle.html",
            self._address,
            title=title,
            body=as_html(body),
            language=language or self.course.language,
            dir="ltr" if language else self.templates.direction,
        )
        self.plan.add(Resource(resource, "webcontent", (path,), path, role), text.encode())

    def _overview(self, unit: Unit) -> Item:
        title = self.templates.text("overview.title")
        self._page(identifier("resource", unit.id), unit.id, title, "cartridge/moodle-overview.html", unit=unit)
        return Item(identifier("item", unit.id, "overview"), title, identifier("resource", unit.id))

    def _after_import(self) -> Item:
        """A page that only tutors see: what to do in Moodle after this import, since no cartridge can say it to Moodle itself."""
        title = self.templates.text("moodle.after")
        name = "after-import--moodle"
        self._page(identifier("resource", name), name, title, "cartridge/moodle-after-import.html", "Instructor", "en")
        return Item(identifier("item", name), title, identifier("resource", name))

    def _glossary(self) -> Item:
        """All terms at the end of the last section: a section of its own would have no name."""
        title = self.templates.text("glossary")
        name = "page--glossary"
        self._page(identifier("resource", name), name, title, "cartridge/moodle-glossary.html", glossary=self.course.glossary)
        return Item(identifier("item", name), title, identifier("resource", name))

    def _prepare(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        return markup.page(nodes, self._say)

    def _flavour(self) -> qti.Flavour:
        words = (self.templates.text("option.true"), self.templates.text("option.false"))
        return qti.Flavour(strict=False, rich=self._question_text, words=markup.defuse, true_false=words, typed=markup.typed)

    def _question_text(self, text: Rich, where: qti.Where) -> str:
        nodes = markup.question(text.nodes, self._say)
        written = html(nodes, self._beside if where == "stem" else self._embed)
        rtl = self.templates.direction == "rtl"
        if where == "option":
            if rtl:
                return f'<span dir="rtl">{written}</span>'
            return "<span>0</span>" if written == "0" else written  # Moodle takes a bare 0 for nothing at all
        written = written if has_blocks(nodes) else f"<p>{written}</p>"
        return f'<div dir="rtl">{written}</div>' if rtl else written

    def _say(self, link: Link) -> str:
        unit, activity = self.places[link.activity]
        return self.templates.text("moodle.see", title=activity.title, unit=unit.title)

    def _address(self, reference: Link | Anchor | Media | Gloss) -> str:
        """Addresses in pages: media beside the pages' folder, with a slash in the path, as Moodle's rewriting needs."""
        if not isinstance(reference, Media):
            raise TypeError(f"{reference} should have become words")
        path = f"media/{reference.path}"
        self.plan.add_media(path, reference)
        return f"../{path}"

    def _beside(self, reference: Link | Anchor | Media | Gloss) -> str:
        """Addresses in stems and prompts: Moodle would turn those of files into ones that hold in this one course only."""
        if isinstance(reference, Media) and reference.source.stat().st_size > LARGEST_EMBEDDED:
            return self._address(reference)  # quizzes and topics stand in folders of the same depth as pages
        return self._embed(reference)

    def _embed(self, reference: Link | Anchor | Media | Gloss) -> str:
        if not isinstance(reference, Media):
            raise TypeError(f"{reference} should have become words")
        return markup.embedded(reference)


def _has_more(unit: Unit) -> bool:
    """Whether the page about a unit is needed: Moodle's cartridge import also drops summaries of units and introductions of quizzes."""
    return has_overview(unit) or any(quiz.set.intro for quiz in unit.quizzes())
