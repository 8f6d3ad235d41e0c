"""Rules about the glossary. Links to terms that are not in it are found by the reader."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Element, Gloss, Rich, Term
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated


def _terms(survey: Survey) -> tuple[Term, ...]:
    return survey.course.glossary.terms if survey.course.glossary else ()


def _links(survey: Survey) -> Iterator[tuple[Rich, Element, Gloss]]:
    for text, element in survey.elements["a"]:
        target = element.get("href")
        if isinstance(target, Gloss):
            yield text, element, target


@check("V003")
def duplicate_term_id(survey: Survey) -> Iterator[Report]:
    """Two terms have one id, or a definition uses the id of a term for an element of its own.

    A link to the id could mean either. All terms and definitions stand on one page.

    Wrong: two terms with ``id: blended``
    Right: ``id: blended-learning`` and ``id: blended-course``
    """
    terms = _terms(survey)
    for name, place, first in repeated((term.id, term.at("id")) for term in terms):
        yield Report(place, f'the id "{name}" is used already in the glossary, in line {first.line}', "give this term an id of its own")
    names = {term.id for term in terms}
    for term in terms:
        for name, element in survey.ids[id(term.definition)].items():
            if name in names:
                yield Report(term.definition.place_of(element), f'the id "{name}" is that of a term', "give this element another id")


@check("V004")
def duplicate_term(survey: Survey) -> Iterator[Report]:
    """A term is in the glossary twice; upper and lower case count the same.

    Learners who look it up find two definitions and do not know which one holds.

    Wrong: ``term: Hybrid learning`` and ``term: hybrid learning``
    Right: one of them, with one definition
    """
    for _, place, first in repeated((term.term.casefold(), term.at("term")) for term in _terms(survey)):
        yield Report(place, f"this term is in the glossary already, in line {first.line}", "make one definition of the two")


@check("V005", "warning", whole=True)
def unused_term(survey: Survey) -> Iterator[Report]:
    """No text links to a term.

    A glossary explains words where learners meet them. A term that nothing links to is seen on the page of all terms only.

    Wrong: a term ``hybrid-learning`` that no page names in a link
    Right: ``<a href="../../glossary.yaml#hybrid-learning">hybrid learning</a>`` in the page where the word comes first
    """
    own = {id(term.definition): term.id for term in _terms(survey)}
    used = {target.term for text, _, target in _links(survey) if own.get(id(text)) != target.term}
    for term in _terms(survey):
        if term.id not in used:
            yield Report(term.at("id"), f'no text links to the term "{term.term}"', "link to it where learners first meet it, or remove it")


@check("V006")
def definition_of_itself(survey: Survey) -> Iterator[Report]:
    """A definition links to its own term.

    The link would open what is open already.

    Wrong: ``<a href="glossary.yaml#rubric">rubric</a>`` in the definition of ``rubric``
    Right: the word without a link
    """
    own = {id(term.definition): term for term in _terms(survey)}
    for text, element, target in _links(survey):
        term = own.get(id(text))
        if term is not None and term.id == target.term:
            yield Report(text.place_of(element), f'the definition of "{term.term}" links to itself', "leave the word without a link")


@check("V007")
def reserved_term_id(survey: Survey) -> Iterator[Report]:
    """The id of a term begins with ``cg-``, which the player keeps for itself.

    A term has its place on the page of all terms by its id, and an id that is there twice breaks the player's own links.

    Wrong: ``id: cg-main``
    Right: ``id: main-idea``
    """
    for term in _terms(survey):
        if term.id.startswith("cg-"):
            yield Report(term.at("id"), f'"{term.id}" cannot be the id of a term', "choose another beginning than cg-")
