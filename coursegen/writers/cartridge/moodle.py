"""Common Cartridge 1.1 as Moodle 4.1 to 5.1 imports it. Every decision here answers a fact in ``docs/moodle-cartridge.md``.

Depth is exactly three: course, unit (a section), activity. Pages carry no links to each other, since none would work; each unit begins
with a page about it, since Moodle drops the unit's name, summary and outcomes, and the descriptions of links, files and quizzes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from ... import qti
from ...archive import Entry
from ...fidelity import KEPT, Capabilities, changed, dropped, substituted
from ...manifest import MANIFEST, Item, Resource, identifier
from ...model import Activity, Anchor, Course, Gloss, Link, Media, Node, Quiz, Rich, Unit
from ...render.html import has_blocks, html
from ...render.links import places
from ...render.media import data_address
from ...render.overview import has_overview
from ...render.templates import Templates
from ...render.templates import markup as as_html
from . import markup
from .base import Cartridge
from .parts import CC11, Group, section, written

_NOWHERE = "the importer has no place for it"
_LINKS = "words that say where it led, without a link; those to files of a page stay"
CARRIES: Capabilities = {
    "single-choice": KEPT,
    "multiple-response": KEPT,
    "true-false": KEPT,
    "short-answer": KEPT,
    "numerical": substituted(),
    "matching": substituted(),
    "ordering": substituted(),
    "sorting": substituted(),
    "cloze": substituted(),
    "essay": changed("a try has no grade until a teacher grades it, or sets its mark to 0"),
    "rating-scale": substituted(),
    "partial-credit": changed("each right option earns its share, a wrong one costs nothing: who ticks all gets everything"),
    "all-or-nothing": changed("each right option earns its share, a wrong one costs nothing: who ticks all gets everything"),
    "case": dropped("the importer takes upper and lower case for the same"),
    "accents": changed("an answer is accepted as it is written and without any accents, in no other way"),
    "spacing": changed("an answer is accepted with spaces and without, at up to three places; other spaces count"),
    "wildcards": KEPT,
    "foreseen-mistakes": KEPT,
    "tolerance": dropped("there are no numbers to type"),
    "unit": changed("it stands beside the number in what takes the question's place"),
    "match-distractors": changed("they are wrong options of the questions that take its place"),
    "points": changed("in the question bank; in the quiz each question counts 1 until its mark is set by hand"),
    "general-feedback": KEPT,
    "if-right": changed("it is with the right option, or in the general feedback after words that say when it holds"),
    "if-partly": changed("it is in the general feedback after words that say when it holds"),
    "if-wrong": changed("it is with each wrong option, or in the general feedback after words that say when it holds"),
    "option-feedback": changed("that of an accepted word is in the general feedback, which names the word; others stay as they are"),
    "part-feedback": changed("it is feedback in the questions that take its place"),
    "model-answer": changed("it is in the general feedback"),
    "hints": changed("they are folded up below what is asked"),
    "media-stem": KEPT,
    "media-option": KEPT,
    "media-feedback": KEPT,
    "links": changed("words that say where it led, without a link"),
    "file-links": changed("they become their words; the file is not there"),
    "title": KEPT,
    "outcomes": dropped(_NOWHERE),
    "competences": dropped(_NOWHERE),
    "difficulty": dropped(_NOWHERE),
    "source": dropped(_NOWHERE),
    "tags": dropped(_NOWHERE),
    "intro": changed("it is on the page about the unit"),
    "pass-mark": changed("the page for tutors says it, to be set by hand"),
    "attempts": KEPT,
    "immediate-feedback": changed("learners see none until it is set by hand, as the page for tutors says"),
    "deferred-feedback": changed("learners see none until it is set by hand, as the page for tutors says"),
    "draw": dropped("every try has all questions; the page for tutors says what can be done by hand"),
    "forms": dropped("every try has the questions of all forms; the page for tutors says what can be done by hand"),
    "shuffle-questions": dropped("they come in the order of the file"),
    "shuffle-options": dropped("they come in the order of the file"),
    "banks": changed("each quiz has copies of its own, and the banks are called Quiz Bank 1, 2 and so on"),
    "unused-bank-questions": KEPT,
    "quiz": KEPT,
    "case-study": changed("it is a page with numbered scenes"),
    "grid": changed("it is a page with tables to fill in"),
    "assignment": changed("it is a page that says what to do and how it is graded; the trainer says where to hand it in"),
    "peer-review": changed("it is a page that says what to do and how to review; the trainer says where to hand it in"),
    "survey": changed("it is a page to read or to print; the trainer says where to answer"),
    "repository": changed("it is a page with all records; the trainer says where to add one"),
    "discussion": KEPT,
    "web-link": KEPT,
    "file": KEPT,
    "tutor-page": KEPT,
    "book": changed("its chapters are pages, and nothing says that they are one book"),
    "page-links": changed(_LINKS),
    "unit-links": changed(_LINKS),
    "glossary": changed("it is a page at the end, and terms in texts are words"),
    "completion": dropped("the page for tutors says how to set it by hand"),
    "unit-weight": dropped(_NOWHERE),
    "unit-order": dropped(_NOWHERE),
    "course-picture": dropped(_NOWHERE),
    "badge": dropped(_NOWHERE),
    "theme": dropped("the theme of the Moodle site says how pages look"),
}
"""What Moodle has after the import, before anything is set by hand."""
LARGEST_EMBEDDED = 1_000_000
"""Bytes. A larger picture of a stem or prompt travels as a file: Moodle keeps the text in one database field."""


def entries(course: Course, templates: Templates, unit: Unit | None = None, beside_backup: bool = False) -> Iterable[Entry]:
    """The files of the cartridge of the whole course. ``beside_backup``: Moodle will not read it, for it has a backup in the same file."""
    return _Cartridge(course, templates).entries(beside_backup)


class _Cartridge(Cartridge):
    version = CC11
    carries = CARRIES
    quizzes = "quizzes/{}.xml"

    def __init__(self, course: Course, templates: Templates) -> None:
        super().__init__(course, templates)
        self.there = {activity.id for _, activity in self.course.activities()}
        self.see = places(self.course, templates)

    def new_flavour(self) -> qti.Flavour:
        return qti.Flavour(strict=False, rich=self.text, words=markup.title, say=self.templates.text, typed=markup.typed)

    def title(self, text: str) -> str:
        return markup.defuse(text)

    def entries(self, beside_backup: bool) -> Iterable[Entry]:
        for number, unit in enumerate(self.course.units):
            items = [self._after_import()] if number == 0 and not beside_backup else []
            if number == 0 or _has_more(unit):
                items.append(self._overview(unit))
            items += [self.item(unit, activity) for activity in unit.activities]
            if unit is self.course.units[-1] and self.course.glossary:
                items.append(self._glossary())
            self.plan.sections.append(section(unit, self.title(unit.title), items))
            self._banks(unit)
        yield MANIFEST, self.plan.manifest(self.course, self.text(self.course.description, "feedback"))
        yield from self.plan.files.items()

    def page(self, resource: str, unit: Unit, activity: Activity, template: str, role: str) -> None:
        self._page(resource, activity.id, self.title(activity.title), template, role, activity=activity)

    def _page(self, resource: str, name: str, title: str, template: str, role: str = "", language: str = "", **values: Any) -> None:
        path = f"pages/{name}.html"
        body = self.templates.render(template, self._address, self._prepare, course=self.course, words=markup.defuse, room=False, **values)
        text = self.templates.render(
            "cartridge/moodle.html",
            self._address,
            title=title,
            body=as_html(body),
            language=language or self.course.language,
            dir="ltr" if language else self.templates.direction,
        )
        self.plan.add(Resource(resource, "webcontent", (path,), path, role), text.encode())

    def _banks(self, unit: Unit) -> None:
        """Question banks, which no item refers to: Moodle makes a category of each, "Quiz Bank" and a number."""
        for bank in unit.banks:
            if questions := written(bank.questions, self.kinds, self.flavour):
                name = f"banks/{bank.id}.xml"
                text = qti.bank(f"B-{bank.id}", bank.title, questions, self.flavour)
                self.plan.add(Resource(identifier("resource", "bank", bank.id), CC11.bank, (name,)), text)

    def _overview(self, unit: Unit) -> Item:
        title = self.templates.text("overview.title")
        self._page(identifier("resource", unit.id), unit.id, title, "cartridge/moodle-overview.html", unit=unit)
        return Item(identifier("item", unit.id, "overview"), title, identifier("resource", unit.id))

    def _after_import(self) -> Item:
        """A page that only tutors see: what to do in Moodle after this import, since no cartridge can say it to Moodle itself."""
        title = self.templates.text("moodle.after")
        name = "after-import--moodle"
        self._page(
            identifier("resource", name), name, title, "cartridge/moodle-after-import.html", "Instructor", "en", chosen=self._chosen()
        )
        return Item(identifier("item", name), title, identifier("resource", name))

    def _chosen(self) -> list[_Chosen]:
        """What tries have of the quizzes that do not ask all their questions."""
        found: list[_Chosen] = []
        for unit in self.course.units:
            for quiz in unit.quizzes():
                groups = self.groups[quiz.id]
                if quiz.set.forms:
                    found.append(_Chosen(unit, quiz, None, "all"))
                elif any(group.draw < len(group.questions) for group in groups):
                    found += (_Chosen(unit, quiz, group, _advice(group, groups)) for group in groups)
        return found

    def _glossary(self) -> Item:
        """All terms at the end of the last section: a section of its own would have no name."""
        title = self.templates.text("glossary")
        name = "page--glossary"
        self._page(identifier("resource", name), name, title, "cartridge/moodle-glossary.html", glossary=self.course.glossary)
        return Item(identifier("item", name), title, identifier("resource", name))

    def _prepare(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        return markup.page(nodes, self._say)

    def text(self, text: Rich, where: qti.Where) -> str:
        nodes = markup.question(text.nodes, self._say)
        made = html(nodes, self._beside if where == "stem" else self._embed)
        if where != "option" and not has_blocks(nodes):
            made = f"<p>{made}</p>"
        elif made == "0" and self.templates.direction == "ltr":
            made = "<span>0</span>"  # Moodle takes a bare 0 for nothing at all
        return self.directed(made, where)

    def _say(self, link: Link) -> str:
        """Where a link led; nothing of a quiz that is left out."""
        return self.see(link) if link.activity in self.there else ""

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
        return data_address(reference)


class _Chosen(NamedTuple):
    """What a try has of a quiz: some questions of a group, or those of a form where there is no group."""

    unit: Unit
    quiz: Quiz
    group: Group | None
    drawn: Literal["all", "by Moodle", "split", "shared"]
    """Whether Moodle can draw from the group; not so where one question became several, or is in another group, too."""


def _advice(group: Group, groups: tuple[Group, ...]) -> Literal["all", "by Moodle", "split", "shared"]:
    if group.draw == len(group.questions):
        return "all"
    others = {question.id for each in groups if each is not group for question in each.written()}
    if any(question.id in others for question in group.written()):
        return "shared"
    return "split" if group.split() else "by Moodle"


def _has_more(unit: Unit) -> bool:
    """Whether the page about a unit is needed: Moodle's cartridge import also drops summaries of units and introductions of quizzes."""
    return has_overview(unit) or any(quiz.set.intro for quiz in unit.quizzes())
