"""The glossary: what the reader makes of links to terms. What the rules say about terms is in test_broken_glossary.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import FILES, write_course

from coursegen.check import check_source
from coursegen.finding import Finding
from coursegen.model import Course, Element, Gloss, Page
from coursegen.render.html import html
from coursegen.render.links import unlinked

WHY, WEAR = "01-brakes/pages/why.html", "02-discs/pages/wear.html"
GLOSSARY = """\
terms:
  - id: run-out
    term: Run-out
    definition: <p>The wobble of a disc. A <a href="glossary.yaml#dial-gauge">dial gauge</a> shows it.</p>
  - id: dial-gauge
    term: Dial gauge
    definition: A tool that shows hundredths of a millimetre.
"""
LINKED = FILES[WHY] + '<p><a href="../../glossary.yaml#run-out">Run-out</a> is a wobble.</p>\n'
CHANGES = {
    "course.yaml": FILES["course.yaml"].replace("units:\n", "glossary: glossary.yaml\nunits:\n"),
    "glossary.yaml": GLOSSARY,
    WHY: LINKED,
}


def read(folder: Path, changes: dict[str, str] | None = None) -> tuple[Course, list[Finding]]:
    course, findings = check_source(write_course(folder, CHANGES | (changes or {})))
    assert course is not None
    return course, findings


def last_link(course: Course) -> Element:
    page = course.units[0].activities[0]
    assert isinstance(page, Page)
    return [element for element in page.body.elements() if element.tag == "a"][-1]


def test_a_link_to_a_term(tmp_path: Path) -> None:
    course, findings = read(tmp_path)
    assert findings == []
    assert course.glossary is not None
    assert [(term.id, term.term) for term in course.glossary.terms] == [("run-out", "Run-out"), ("dial-gauge", "Dial gauge")]
    assert last_link(course).get("href") == Gloss(course.glossary.terms[0].id)
    (link,) = [element for element in course.glossary.terms[0].definition.elements() if element.tag == "a"]
    assert link.get("href") == Gloss(course.glossary.terms[1].id)


def test_a_term_is_no_activity_that_a_target_may_lack(tmp_path: Path) -> None:
    course, _ = read(tmp_path)
    page = course.units[0].activities[0]
    assert isinstance(page, Page)
    assert unlinked(page.body.nodes, lambda link: False)[-2] == page.body.nodes[-2]
    assert html(page.body.nodes[-2:-1], lambda target: f"#{target.term}" if isinstance(target, Gloss) else "") == (
        '<p><a href="#run-out">Run-out</a> is a wobble.</p>'
    )


def test_a_glossary_of_another_name_in_a_folder(tmp_path: Path) -> None:
    changes = {
        "course.yaml": CHANGES["course.yaml"].replace("glossary: glossary.yaml", "glossary: words/all.yml"),
        "words/all.yml": GLOSSARY.replace("glossary.yaml#", "all.yml#"),
        WHY: LINKED.replace("glossary.yaml", "words/all.yml"),
    }
    del (rest := dict(CHANGES))["glossary.yaml"]
    course, findings = check_source(write_course(tmp_path, rest | changes))
    assert findings == []
    assert course is not None
    assert isinstance(last_link(course).get("href"), Gloss)


def test_a_glossary_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    _, findings = read(tmp_path, {"glossary.yaml": "terms: [\n"})
    assert [finding.code for finding in findings] == ["Y003"]


def test_a_glossary_that_is_not_there(tmp_path: Path) -> None:
    _, findings = read(tmp_path, {"course.yaml": CHANGES["course.yaml"].replace("glossary: glossary.yaml", "glossary: glosary.yaml")})
    assert [(finding.code, finding.place.file.rpartition("/")[2]) for finding in findings] == [("L001", "course.yaml")]


COURSE = CHANGES["course.yaml"]


@pytest.mark.parametrize("named", ["[glossary.yaml]", "", "framework.yaml", "01-brakes/unit.yaml"])
def test_a_glossary_that_is_named_wrongly_makes_no_fault_in_texts(tmp_path: Path, named: str) -> None:
    """What links lead to is right, and so they are right."""
    _, findings = read(tmp_path, {"course.yaml": COURSE.replace("glossary: glossary.yaml", f"glossary: {named}")})
    assert findings
    assert {finding.place.file.rpartition("/")[2] for finding in findings} <= {"course.yaml", "framework.yaml", "unit.yaml"}, findings


@pytest.mark.parametrize("wrong", ["Run-Out", "run--out", "run_out"])
def test_an_id_that_is_none_is_not_suggested(tmp_path: Path, wrong: str) -> None:
    glossary = GLOSSARY.replace("id: run-out", f"id: {wrong}")
    _, findings = read(tmp_path, {"glossary.yaml": glossary})
    assert [finding.code for finding in findings] == ["V001", "S008"]
    assert wrong not in f"{findings[0].message} {findings[0].mend}"
    _, findings = read(tmp_path, {"glossary.yaml": glossary, WHY: LINKED.replace("#run-out", f"#{wrong}")})
    assert [finding.code for finding in findings] == ["S008"]
