"""What the manifest says about a question for those who look for one: LOM 1.0 (IEEE 1484.12.1) beside its resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lom import LOM
from ...model import Course, Question

if TYPE_CHECKING:
    from lxml.etree import _Element

ITEM_FORMAT = "text/x-imsqti-item-xml"
TEST_FORMAT = "text/x-imsqti-test-xml"
_DIFFICULTY = {"easy": "easy", "medium": "medium", "hard": "difficult"}
"""Terms of the vocabulary of LOM (5.8)."""


def about(question: Question, course: Course) -> _Element:
    """The labels of a question: tags as keywords, its difficulty, what it is based on, its outcomes and competences."""
    from lxml import etree

    lom = etree.Element(f"{{{LOM}}}lom", nsmap={"lom": LOM})

    def add(parent: _Element, name: str, text: str | None = None) -> _Element:
        made = etree.SubElement(parent, f"{{{LOM}}}{name}")
        made.text = text
        return made

    def words(parent: _Element, name: str, text: str) -> None:
        add(add(parent, name), "string", text).set("language", course.language)

    def term(parent: _Element, name: str, text: str) -> None:
        made = add(parent, name)
        add(made, "source", "LOMv1.0")
        add(made, "value", text)

    def classified(purpose: str, source: str, entries: dict[str, str]) -> None:
        if entries:
            made = add(lom, "classification")
            term(made, "purpose", purpose)
            for code, text in entries.items():
                path = add(made, "taxonPath")
                words(path, "source", source)
                taxon = add(path, "taxon")
                add(taxon, "id", code)
                words(taxon, "entry", text)

    general = add(lom, "general")
    words(general, "title", question.name)
    for tag in question.tags:
        words(general, "keyword", tag)
    add(add(lom, "technical"), "format", ITEM_FORMAT)
    if question.difficulty:
        term(add(lom, "educational"), "difficulty", _DIFFICULTY[question.difficulty])
    if question.source:
        relation = add(lom, "relation")
        term(relation, "kind", "isbasedon")
        words(add(relation, "resource"), "description", question.source)
    outcomes = {outcome.id: outcome.text for unit in course.units for outcome in unit.outcomes}
    classified("educational objective", course.title, {name: outcomes.get(name, name) for name in question.outcomes})
    framework = course.framework
    titles = {each.code: each.title for each in framework.competences} if framework else {}
    classified(
        "competency", framework.title if framework else course.title, {code: titles.get(code, code) for code in question.competences}
    )
    return lom
