"""Common Cartridge 1.3 by the standard, for Canvas, Brightspace, Blackboard, Sakai and Open edX.

Pages are whole documents that link each other by relative path. All they need is below ``web_resources/``, the one folder that every
importer copies; ``docs/other-lms.md`` tells what was tried.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Any

from ... import qti
from ...archive import Entry
from ...fidelity import KEPT, Capabilities, changed, dropped, substituted
from ...manifest import MANIFEST, Item, Resource, identifier
from ...model import Activity, Anchor, Course, Element, Gloss, Link, Media, Node, Question, Rich, ShortAnswer, Unit
from ...model.rich import fold
from ...render import theme
from ...render.html import blocks, html
from ...render.links import unlinked
from ...render.overview import has_overview
from ...render.templates import Templates, markup
from ...typed_forms import listed
from .base import Cartridge
from .parts import CC13, page_template, section, written

_NOWHERE = "the standard has no place for it"
_LINKS = "those to pages and files stay; one to a quiz, a discussion or a web link becomes words"


def _typed(text: str, wildcards: bool) -> str:
    """An accepted answer: fill-in questions know no pattern, so that an asterisk which stands for anything is left out."""
    if not wildcards:
        return text
    return " ".join(re.sub(r"(\\)?\*", lambda found: "*" if found[1] else "", text).split())


def _is_anything(question: Question) -> bool:
    """Whether nobody could be right: nothing is left of what is accepted."""
    return isinstance(question, ShortAnswer) and not any(
        answer.correct for _, answer in listed(question, lambda form: _typed(form, question.wildcards))
    )


CARRIES: Capabilities = {
    "single-choice": KEPT,
    "multiple-response": KEPT,
    "true-false": KEPT,
    "short-answer": KEPT.but(
        dropped("fill-in questions know no pattern, and without the * nothing is left"), "that accept * alone", _is_anything
    ),
    "numerical": substituted(),
    "matching": substituted(),
    "ordering": substituted(),
    "sorting": substituted(),
    "cloze": substituted(),
    "essay": changed("a teacher grades it; there is no weight of 0, so that it may count 1 point"),
    "rating-scale": substituted(),
    "partial-credit": dropped("only an answer that is right as a whole earns points"),
    "all-or-nothing": KEPT,
    "case": KEPT,
    "accents": changed("an answer is accepted as it is written and without any accents, in no other way"),
    "spacing": changed("an answer is accepted with spaces and without, at up to three places; other spaces count"),
    "wildcards": dropped("an answer is accepted without its * and in no other way"),
    "foreseen-mistakes": KEPT,
    "tolerance": dropped("there are no numbers to type"),
    "unit": changed("it stands beside the number in what takes the question's place"),
    "match-distractors": changed("they are wrong options of the questions that take its place"),
    "points": KEPT,
    "general-feedback": KEPT,
    "if-right": KEPT,
    "if-partly": dropped("no answer is partly right here"),
    "if-wrong": KEPT,
    "option-feedback": KEPT,
    "part-feedback": changed("it is feedback in the questions that take its place"),
    "model-answer": KEPT,
    "hints": changed("they are shown after an answer that is not right, where a system shows hints at all"),
    "media-stem": KEPT,
    "media-option": KEPT,
    "media-feedback": KEPT,
    "links": changed(_LINKS),
    "file-links": KEPT,
    "title": KEPT,
    "outcomes": dropped(_NOWHERE),
    "competences": dropped(_NOWHERE),
    "difficulty": dropped(_NOWHERE),
    "source": dropped(_NOWHERE),
    "tags": dropped(_NOWHERE),
    "intro": KEPT,
    "pass-mark": dropped(_NOWHERE),
    "attempts": changed("the standard has 1 to 5 tries or no limit: more than 5 become 5"),
    "immediate-feedback": dropped("when feedback is shown is a setting of the system"),
    "deferred-feedback": dropped("when feedback is shown is a setting of the system"),
    "draw": dropped("every try has all questions"),
    "forms": dropped("every try has the questions of all forms"),
    "shuffle-questions": dropped(_NOWHERE),
    "shuffle-options": dropped(_NOWHERE),
    "banks": changed("each quiz has copies of its own, and all banks are one question bank"),
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
    "tutor-page": changed("it is marked for instructors; a system that does not know roles shows it to learners"),
    "book": changed("its chapters are pages, and nothing says that they are one book"),
    "page-links": changed(_LINKS),
    "unit-links": changed(_LINKS),
    "glossary": changed("it is a page at the end, to which its terms lead"),
    "completion": dropped(_NOWHERE),
    "unit-weight": dropped(_NOWHERE),
    "unit-order": dropped(_NOWHERE),
    "course-picture": dropped(_NOWHERE),
    "badge": dropped(_NOWHERE),
    "theme": KEPT,
}
"""What the cartridge holds; a system may take less of it."""
ROOT = "web_resources"
STYLE = f"{ROOT}/style/page.css"
GLOSSARY = f"{ROOT}/glossary.html"
BASE = "$IMS-CC-FILEBASE$"
"""In texts that are not files, what stands for the folder of the cartridge's web content."""


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """The files of the cartridge of the whole course."""
    return _Cartridge(course, templates).entries()


class _Cartridge(Cartridge):
    version = CC13
    carries = CARRIES
    quizzes = "assessments/{}/assessment.xml"

    def __init__(self, course: Course, templates: Templates) -> None:
        super().__init__(course, templates)
        self.pages = {
            activity.id: f"{ROOT}/{unit.id}/{activity.id}.html" for unit, activity in course.activities() if page_template(activity)
        }

    def new_flavour(self) -> qti.Flavour:
        return qti.Flavour(strict=True, rich=self.text, words=str, say=self.templates.text, typed=_typed)

    def title(self, text: str) -> str:
        return text

    def entries(self) -> Iterable[Entry]:
        fonts: set[str] = set()
        own = theme.style(self.course.theme, lambda media: self._address(media, posixpath.dirname(STYLE), fonts))
        style = self.templates.file("page.css").read_bytes() + own.encode()
        self.plan.add(
            Resource(identifier("resource", "page", "style"), "webcontent", (STYLE,), STYLE, dependencies=tuple(sorted(fonts))), style
        )
        for unit in self.course.units:
            items = [self._overview(unit)] if has_overview(unit, unit is self.course.units[0]) else []
            items += [self.item(unit, activity) for activity in unit.activities]
            if unit is self.course.units[-1] and self.course.glossary:
                items.append(self._glossary())
            self.plan.sections.append(section(unit, unit.title, items))
        self._bank()
        yield MANIFEST, self.plan.manifest(self.course, self.course.description.text())
        yield from self.plan.files.items()

    def page(self, resource: str, unit: Unit, activity: Activity, template: str, role: str) -> None:
        self._page(resource, self.pages[activity.id], unit, activity.title, template, role, activity=activity)

    def _bank(self) -> None:
        """All questions of all banks as one question bank: the standard allows one, to which no item refers (CC 1.1 to 1.3).

        They are weighed together, so that the shares of questions of several banks agree.
        """
        banks = [bank for unit in self.course.units for bank in unit.banks]
        if questions := written((each for bank in banks for each in bank.questions), self.kinds, self.flavour):
            name = "banks/question-bank.xml"
            text = qti.bank(f"B-{self.course.id}", ", ".join(bank.title for bank in banks), questions, self.flavour)
            self.plan.add(Resource(identifier("resource", "question", "bank"), CC13.bank, (name,)), text)

    def _overview(self, unit: Unit) -> Item:
        title = self.templates.text("overview.title")
        resource = identifier("resource", unit.id)
        self._page(resource, f"{ROOT}/{unit.id}/{unit.id}.html", unit, title, "activity/overview.html")
        return Item(identifier("item", unit.id, "overview"), title, resource)

    def _glossary(self) -> Item:
        """All terms on a page at the end of the last unit."""
        title = self.templates.text("glossary")
        resource = identifier("resource", "page", "glossary")
        self._page(resource, GLOSSARY, None, title, "activity/glossary.html", glossary=self.course.glossary)
        return Item(identifier("item", "page", "glossary"), title, resource)

    def _page(self, resource: str, path: str, unit: Unit | None, title: str, template: str, role: str = "", **values: Any) -> None:
        used: set[str] = set()

        def address(reference: Link | Anchor | Media | Gloss) -> str:
            return self._address(reference, posixpath.dirname(path), used)

        body = self.templates.render(
            template,
            address,
            self._prepare,
            course=self.course,
            unit=unit,
            to=None,
            about_course=unit is self.course.units[0],
            rule=(),
            whole_course=True,
            words=None,
            room=True,
            **values,
        )
        own = self.course.theme
        document = self.templates.render(
            "cartridge/page.html",
            address,
            course=self.course,
            unit=unit,
            title=title,
            body=markup(body),
            style=posixpath.relpath(STYLE, posixpath.dirname(path)),
            logo=address(own.logo.file) if own and own.logo else "",
            dir=self.templates.direction,
        )
        dependencies = (identifier("resource", "page", "style"), *sorted(used))
        self.plan.add(Resource(resource, "webcontent", (path,), path, role, dependencies=dependencies), document.encode())

    def _address(self, reference: Link | Anchor | Media | Gloss, folder: str, used: set[str]) -> str:
        """Addresses in pages: relative, so that links work wherever the files are copied together."""
        if isinstance(reference, Anchor):
            return f"#{reference.name}"
        if isinstance(reference, Media):
            path = f"{ROOT}/media/{reference.path}"
            used.add(self.plan.add_media(path, reference))
            return posixpath.relpath(path, folder)
        if isinstance(reference, Gloss):
            return f"{posixpath.relpath(GLOSSARY, folder)}#{reference.term}"
        target = posixpath.relpath(self.pages[reference.activity], folder)
        return f"{target}#{reference.anchor}" if reference.anchor else target

    def _prepare(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """What stands in a page of its own: links to what is no file (a quiz) become their words, tables get room to scroll."""
        return self._with_room(unlinked(nodes, lambda link: link.activity in self.pages))

    def _with_room(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        made: list[Node] = []
        for node in nodes:
            if not isinstance(node, str) and node.children:
                node = Element(node.tag, node.attributes, self._with_room(node.children))
                made.append(self._scrolling(node) if node.tag == "table" else node)
            else:
                made.append(node)
        return tuple(made)

    def _scrolling(self, table: Element) -> Element:
        """A table in a region that scrolls by itself, so that the page does not (WCAG 1.4.10), also by keyboard (2.1.1)."""
        caption = next((child for child in table.children if isinstance(child, Element) and child.tag == "caption"), None)
        label = fold(caption.children) if caption else self.templates.text("table")
        attributes = (("class", "cg-scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", label))
        return Element("div", attributes, (table,))

    def text(self, text: Rich, where: qti.Where) -> str:
        """A text of a question or topic, which is in no folder: its addresses begin with the token for the web content."""
        nodes = self._prepare(text.nodes)
        return self.directed(html(nodes, self._token) if where == "option" else blocks(nodes, self._token), where)

    def _token(self, reference: Link | Anchor | Media | Gloss) -> str:
        if isinstance(reference, Anchor):
            return f"#{reference.name}"
        if isinstance(reference, Media):
            path = f"{ROOT}/media/{reference.path}"
            self.plan.add_media(path, reference)
            anchor = ""
        elif isinstance(reference, Gloss):
            path, anchor = GLOSSARY, reference.term
        else:
            path, anchor = self.pages[reference.activity], reference.anchor
        return f"{BASE}/{path.removeprefix(f'{ROOT}/')}" + (f"#{anchor}" if anchor else "")
