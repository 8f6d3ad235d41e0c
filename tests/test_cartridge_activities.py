"""Case studies, ratings on grids and the glossary in both cartridges, where there is no player: as pages to read and print; quizzes and
question banks as resources; the schemas and a converter as judges."""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from browser import words
from cases import CASE, CASE_FILES
from features import BARE
from grids import GRID_FILES
from lxml import etree, html, isoschematron
from packages import REPOSITORY, SCHEMAS, course, members, needs_schemas, validate
from questions import course_of, every_kind, renamed
from readback_qti12 import read
from samples import FILES, write_course

from coursegen.archive import write_zip
from coursegen.build import build
from coursegen.model import Bank, Case, Course, Discussion, Element, GridRating, Identifier, Link, Page, Plain, Rich, Storyline, Taken
from coursegen.model.text import Language
from coursegen.render.templates import Templates
from coursegen.writers import FORMATS

WHY = "01-brakes/pages/why.html"
GLOSSARY = """\
terms:
  - id: run-out
    term: Run-out <b> & so on
    definition: The wobble of a disc. A <a href="glossary.yaml#gauge">gauge</a> shows it.
  - id: gauge
    term: Dial gauge
    definition: <p>A tool. <img src="01-brakes/media/disc.svg" alt="A disc."></p>
"""
CHANGES = {
    **CASE_FILES,
    "course.yaml": CASE_FILES["course.yaml"].replace("units:\n", "glossary: glossary.yaml\nunits:\n"),
    "glossary.yaml": GLOSSARY,
    WHY: FILES[WHY]
    + '<p>Measure the <a href="../../glossary.yaml#run-out">run-out</a>, then <a href="../../03-customer/case.yaml">try a case</a>.</p>\n',
    "01-brakes/quiz.yaml": FILES["01-brakes/quiz.yaml"].replace(
        "Which two wear?", 'Which two wear, by <a href="../glossary.yaml#run-out">run-out</a>?'
    ),
    CASE: CASE_FILES[CASE]
    .replace("Trust of the customer", 'Trust <i> & "more"')
    .replace("title: At the bench", "title: At the <bench>")
    .replace("ending: A customer in doubt", "ending: A customer <in doubt> & gone")
    .replace("The run-out is", 'The <a href="../glossary.yaml#run-out">run-out</a> is'),
}


class Built(NamedTuple):
    course: Course
    moodle: dict[str, bytes]
    standard: dict[str, bytes]
    dist: Path

    @property
    def story(self) -> Storyline:
        (case,) = (activity for _, activity in self.course.activities() if isinstance(activity, Case))
        return case.storyline


def built_from(folder: Path, changes: dict[str, str]) -> Built:
    source = write_course(folder / "source", changes)
    result = build(source, folder / "dist", ("cartridge-11", "cartridge"))
    assert not result.failed, result.findings
    made = folder / "dist"
    return Built(course(source), members(made / "sample-en-cc11.imscc"), members(made / "sample-en.imscc"), made)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_from(tmp_path_factory.mktemp("cartridges"), CHANGES)


def page(files: dict[str, bytes], name: str) -> Any:
    """A page as a tree; it is XML as well."""
    etree.fromstring(files[name].removeprefix(b"<!DOCTYPE html>\n"))
    return html.document_fromstring(files[name].decode())


def said(element: Any) -> str:
    return " ".join(element.text_content().split())


def defused(text: str) -> str:
    """How words that look like markup reach Moodle."""
    return re.sub(r"<(\w[^<>]*)>", r"‹\1›", text)


CASE_13, CASE_11 = "web_resources/u03/u03-case.html", "pages/u03-case.html"
GLOSSARY_13, GLOSSARY_11 = "web_resources/glossary.html", "pages/page--glossary.html"


@pytest.mark.parametrize("kind", ["moodle", "standard"])
def test_every_word_of_a_case_is_there_in_order(built: Built, kind: str) -> None:
    text = said(page(getattr(built, kind), CASE_11 if kind == "moodle" else CASE_13).find(".//body"))
    show = defused if kind == "moodle" else str
    story = built.story
    numbers = {scene.id: (number, show(scene.title)) for number, scene in enumerate(story.scenes, 1)}
    assert story.intro is not None
    assert story.debrief is not None
    expected = [story.intro.text(), words("linear.how", number=1)]
    for variable in story.variables:
        name = show(variable.title or words("linear.unnamed", number=1))
        expected.append(words("linear.variable", name=name, start=variable.start, low=variable.low, high=variable.high))
    for scene in story.scenes:
        expected.append(f"{numbers[scene.id][0]}. {numbers[scene.id][1]} {scene.text.text().split('.')[0].split('The disc')[0]}")
        for choice in scene.choices:
            number, title = numbers[choice.to]
            expected += [choice.text.text(), choice.feedback.text() if choice.feedback else ""]
            expected.append(words("linear.points", count=choice.points) if choice.points else "")
            expected.append(words("linear.to", number=number, title=title))
        if scene.ending:
            expected.append(words("case.ending", name=show(scene.ending)))
    expected += [words("case.debrief"), story.debrief.text()]
    place = 0
    for part in expected:
        found = text.find(part, place)
        assert found >= 0, (part, text[place : place + 300])
        place = found + len(part)


def test_conditions_and_changes_are_told_in_words(built: Built) -> None:
    text = said(page(built.standard, CASE_13).find(".//body"))
    trust, note = 'Trust <i> & "more"', words("linear.unnamed", number=1)
    assert f"Measure the run-out {words('linear.when', conditions=words('linear.is', name=note, value=0))}" in text
    both = words("linear.and").join([words("linear.is", name=note, value=1), words("linear.least", name=trust, value=1)])
    assert f"Finish the work {words('linear.when', conditions=both)}" in text
    assert words("linear.when", conditions=words("linear.between", name=trust, low=1, high=2)) in text
    assert f"{words('linear.add', name=trust, value=1)} {words('linear.points', count=2)}. Go on" in text
    assert f"{words('linear.take', name=trust, value=1)} Go on" in text
    assert f"{words('linear.set', name=note, value=1)} Go on" in text


def test_numbers_of_a_case_lead_to_their_scenes(built: Built) -> None:
    tree = page(built.standard, CASE_13)
    links = tree.xpath("//a[@class='cg-goto']")
    assert len(links) == sum(len(scene.choices) for scene in built.story.scenes)
    for link in links:
        (target,) = tree.xpath("//*[@id=$name]", name=link.get("href").removeprefix("#"))
        number, title = said(target).split(". ", 1)
        assert said(link) == words("linear.to", number=number, title=title)


def test_nothing_in_moodle_that_would_be_dead_there(built: Built) -> None:
    text = built.moodle[CASE_11].decode()
    assert not re.search(r'href="#|\sid="|\sdata-|<button|\shidden', text)
    once = html.fromstring(text).text_content()  # Moodle undoes one level of escaping and reads what is left as markup
    assert not re.search(r"<\w", once)
    assert "‹bench›" in once


def test_links_to_a_case(built: Built) -> None:
    assert 'href="../u03/u03-case.html"' in built.standard["web_resources/u01/u01-why.html"].decode()
    said_in_moodle = said(page(built.moodle, "pages/u01-why.html").find(".//body"))
    assert f"then try a case ({words('moodle.see', title='The brakes pull', unit='A customer')})." in said_in_moodle


def items(files: dict[str, bytes]) -> list[list[str]]:
    """The titles of each unit's items."""
    root = etree.fromstring(files["imsmanifest.xml"])
    units = root.findall(".//{*}organization/{*}item/{*}item")
    return [[title.text or "" for title in unit.findall("{*}item/{*}title")] for unit in units]


def test_the_glossary_is_the_last_page(built: Built) -> None:
    for files in (built.moodle, built.standard):
        assert items(files)[-1][-2:] == ["The brakes pull", words("glossary")]
        assert sum(title == words("glossary") for unit in items(files) for title in unit) == 1


def test_links_to_terms_in_the_standard_cartridge(built: Built) -> None:
    tree = page(built.standard, GLOSSARY_13)
    assert [said(term) for term in tree.xpath("//dt")] == ["Dial gauge", "Run-out <b> & so on"]
    assert {element.get("id") for element in tree.xpath("//*[@id]")} >= {"run-out", "gauge"}
    assert tree.xpath("//dd//a/@href") == ["glossary.html#gauge"]
    for name in ("web_resources/u01/u01-why.html", CASE_13):
        assert page(built.standard, name).xpath("//a[text()='run-out']/@href") == ["../glossary.html#run-out"]
    quiz = etree.fromstring(built.standard["assessments/u01-quiz/assessment.xml"])
    assert '<a href="$IMS-CC-FILEBASE$/glossary.html#run-out">run-out</a>' in "".join(quiz.itertext())


def test_terms_are_words_in_moodle(built: Built) -> None:
    for name, data in built.moodle.items():
        assert b"glossary.yaml" not in data, name
        assert b"#run-out" not in data, name
    assert "Measure the run-out, then" in said(page(built.moodle, "pages/u01-why.html").find(".//body"))
    tree = page(built.moodle, GLOSSARY_11)
    assert [said(term) for term in tree.xpath("//dt")] == ["Dial gauge", "Run-out ‹b› & so on"]
    assert [said(meaning) for meaning in tree.xpath("//dd")] == ["A tool.", "The wobble of a disc. A gauge shows it."]
    assert tree.xpath("//dl/*[not(self::dt or self::dd)]") == []


def test_a_course_without_a_glossary_has_no_page_of_it(tmp_path: Path) -> None:
    made = built_from(tmp_path, CASE_FILES)
    for files in (made.moodle, made.standard):
        assert not [name for name in files if "glossary" in name]
        assert items(files)[-1][-1] == "The brakes pull"


def test_a_grid_is_a_page(tmp_path: Path) -> None:
    made = built_from(tmp_path, GRID_FILES)
    ratings = [activity for _, activity in made.course.activities() if isinstance(activity, GridRating)]
    assert len(ratings) == 2
    for rating in ratings:
        for files, name in ((made.moodle, f"pages/{rating.id}.html"), (made.standard, f"web_resources/u03/{rating.id}.html")):
            text = said(page(files, name).find(".//body"))
            for indicator in rating.grid.indicators():
                for descriptor in indicator.descriptors:
                    assert (defused(descriptor) if files is made.moodle else descriptor) in text


@needs_schemas
def test_the_moodle_cartridge_is_valid(built: Built) -> None:
    (line,) = validate(built.dist / "sample-en-cc11.imscc").splitlines()
    assert re.fullmatch(r"\d+ documents valid", line)


AFTER = "pages/after-import--moodle.html"
QUIZ, DISCS = "01-brakes/quiz.yaml", "02-discs/quiz.yaml"


def test_tutors_are_told_how_each_quiz_behaves(built: Built, tmp_path: Path) -> None:
    """A quiz that is handed in as a whole has another behaviour in Moodle; where there is none, one sentence is enough."""
    assert 'set "How questions behave" to "Immediate feedback"' in said(page(built.moodle, AFTER))
    assert "Deferred feedback" not in said(page(built.moodle, AFTER))
    mixed = page(built_from(tmp_path, {DISCS: f"feedback: deferred\n{FILES[DISCS]}"}).moodle, AFTER)
    assert "to what the table says" in said(mixed)
    assert [said(cell) for cell in mixed.xpath("//tr/td[4]")] == ["Immediate feedback", "Deferred feedback"]


def test_tutors_are_told_of_questions_that_moodle_does_not_choose(built: Built, tmp_path: Path) -> None:
    assert "ask only some of their questions" not in said(page(built.moodle, AFTER))
    forms = "forms: [{id: one, questions: [q-same]}, {id: two, questions: [q-word]}]\n"
    drawing = re.sub("points: .*", "points: 1", FILES[QUIZ])
    after = page(built_from(tmp_path, {QUIZ: f"draw: 1\n{drawing}", DISCS: forms + FILES[DISCS]}).moodle, AFTER)
    assert "In Moodle these quizzes hold all questions" in said(after)
    drawn, formed = [[said(cell) for cell in row] for row in after.xpath("//table[.//th[.='In each try']]//tr[td]")]
    assert drawn[0].endswith(": Check yourself")
    assert drawn[2] == "1 of 2 at random"
    assert "add 1 random question of this category" in drawn[3]
    assert formed[0].endswith(": Wear or not")
    assert formed[1:3] == ["2", "those of one form, of 2"]


# Quizzes and question banks

CHOICE = "cc.multiple_choice.v0p1"
CC2OLX = os.environ.get("COURSEGEN_CC2OLX", "")
BANKS = tuple(
    Bank(
        id=Identifier(name),
        title=Plain(f"Bank {name}"),
        questions=tuple(renamed(each, f"{each.id}-{name}") for each in every_kind()[:count]),
    )
    for name, count in (("one", 99), ("two", 3))
)


def cartridge(made: Course, flavour: str, folder: Path) -> tuple[Path, dict[str, bytes]]:
    """A cartridge of a course, as a file and as its files."""
    path = folder / f"{flavour}.imscc"
    write_zip(path, FORMATS[flavour].entries(made, Templates(made, None), None))
    return path, members(path)


def resources(files: dict[str, bytes], kind: str) -> dict[str, str]:
    """The files of resources of a kind, with the identifier of each."""
    root: Any = etree.fromstring(files["imsmanifest.xml"])
    found = [entry for entry in root.iterfind("{*}resources/{*}resource") if entry.get("type", "").endswith(f"/{kind}")]
    return {entry.find("{*}file").get("href"): entry.get("identifier", "") for entry in found}


@pytest.mark.parametrize(("flavour", "version", "banks"), [("cartridge", 3, 1), ("cartridge-11", 1, 2)])
def test_banks(tmp_path: Path, flavour: str, version: int, banks: int) -> None:
    """By the standard a cartridge has one question bank at most; Moodle makes a category of each. No item refers to one."""
    made = course_of(every_kind(), BANKS)
    _, files = cartridge(made, flavour, tmp_path)
    found = resources(files, "question-bank")
    assert len(found) == banks
    root = etree.fromstring(files["imsmanifest.xml"])
    types = {entry.get("type") for entry in root.iter("{*}resource") if entry.get("identifier") in found.values()}
    assert types == {f"imsqti_xmlv1p2/imscc_xmlv1p{version}/question-bank"}
    assert not {item.get("identifierref") for item in root.iter("{*}item")} & set(found.values())
    in_banks = [record.ident for record in read(files) if record.ident.split("--")[0].endswith(("-one", "-two"))]
    in_quiz = [record.ident for record in read(files) if record.ident not in in_banks]
    assert len(in_banks) == len(set(in_banks)) == len(in_quiz) + 3
    titles = [
        etree.fromstring(files[name]).findtext(".//{*}objectbank/{*}qtimetadata/{*}qtimetadatafield/{*}fieldentry", "") for name in found
    ]
    assert sorted(titles) == (["Bank one", "Bank two"] if banks == 2 else ["Bank one, Bank two"])


@pytest.mark.parametrize("flavour", ["cartridge", "cartridge-11"])
def test_a_quiz_has_each_question_of_its_banks_once(tmp_path: Path, flavour: str) -> None:
    own, (first, *others) = every_kind()[:2], BANKS[0].questions[:4]
    taken = (Taken((first, *others), 2), Taken((first,), 1))
    _, files = cartridge(course_of(own, BANKS[:1], taken=taken), flavour, tmp_path)
    (name,) = resources(files, "assessment")
    idents = [item.get("ident") for item in etree.fromstring(files[name]).iter("{*}item")]
    assert idents == [f"I-{each.id}" for each in (*own, first, *others)]


@pytest.mark.parametrize("flavour", ["cartridge", "cartridge-11"])
def test_a_quiz_of_which_nothing_can_be_written_is_left_out(tmp_path: Path, flavour: str) -> None:
    """An assessment without a question is not valid, and Moodle's import would end with it; so would an empty bank."""
    scale = next(each for each in every_kind() if each.kind == "rating-scale")
    made = course_of([scale], [Bank(id=Identifier("scales"), title=Plain("Scales"), questions=(renamed(scale, "q-other"),))])
    talk = Discussion(id=Identifier("u1-talk"), title=Plain("Talk"), prompt=Rich(("What do you think?",)))
    unit = replace(made.units[0], activities=(*made.units[0].activities, talk))
    _, files = cartridge(replace(made, units=(unit,)), flavour, tmp_path)
    assert not resources(files, "assessment")
    assert not resources(files, "question-bank")
    assert "Talk" in items(files)[0]
    assert "A quiz" not in items(files)[0]
    assert b"A quiz" not in b"".join(files.values())  # nor does a page promise it


def test_tutors_are_told_the_marks_of_what_takes_the_place(tmp_path: Path) -> None:
    """The page after the import counts the questions that are there, with the points they have there."""
    made = course_of(every_kind(), BANKS[:1], taken=(Taken(BANKS[0].questions[:2], 1),))
    _, files = cartridge(made, "cartridge-11", tmp_path)
    records = [record for record in read(files) if record.ident.endswith("-one") is False or record.ident in ("q-single-one", "q-true-one")]
    (name,) = resources(files, "assessment")
    count = len(list(etree.fromstring(files[name]).iter("{*}item")))
    total = sum(int(record.points or 0) for record in records[:count])
    after = page(files, AFTER)
    (row,) = after.xpath("//table[.//th[.='Total of marks']]//tr[td]")
    assert [said(cell) for cell in row][1:3] == [str(count), str(total)]


@needs_schemas
def test_every_kind_is_valid(tmp_path: Path) -> None:
    """Both versions have the same profile of QTI; its schema is there with version 1.1."""
    made = course_of(every_kind(), BANKS, intro=Rich(("Read this.",)))
    path, _ = cartridge(made, "cartridge-11", tmp_path)
    assert re.fullmatch(r"4 documents valid", validate(path).strip())
    _, files = cartridge(made, "cartridge", tmp_path)
    for name in (*resources(files, "assessment"), *resources(files, "question-bank")):
        (tmp_path / "one.xml").write_bytes(files[name])
        assert validate(tmp_path / "one.xml").strip() == "1 documents valid"


# The rules of the profile of QTI that no schema can say: Schematron inside the official schema

BROKEN_RULES = {
    "cartridge": {
        "4d": "a choice has three options at least: one of two options that are not true and false is none of the other kinds either",
    },
    "cartridge-11": {
        "4d": "the same",
        "1i": "tries are 1 to 5 or unlimited: Moodle takes more, and is the only one who reads this file",
        "2c": "a weight is 1 at least: Moodle takes 0 for the mark of an essay",
    },
}
"""The rules that a cartridge breaks on purpose, with the reason; docs/other-lms.md lists them."""


def rules() -> Any:
    """The rules of the official schema, as a validator."""
    schematron = "{http://purl.oclc.org/dsdl/schematron}"
    source = etree.parse(SCHEMAS / "cc11" / "ccv1p1_qtiasiv1p2p1_v1p0.xsd")
    made = etree.Element(f"{schematron}schema")
    made.extend([*source.iter(f"{schematron}ns"), *source.iter(f"{schematron}pattern")])
    # The rules have titles in an attribute that ISO's Schematron no longer knows.
    return isoschematron.Schematron(made, store_report=True, validate_schema=False)


def broken(files: dict[str, bytes]) -> Counter[str]:
    """The rules that quizzes and question banks of a cartridge break, with how often."""
    found: Counter[str] = Counter()
    judge = rules()
    names = [*resources(files, "assessment"), *resources(files, "question-bank")]
    assert names
    for name in names:
        judge.validate(etree.fromstring(files[name]))
        assert judge.validation_report.find(".//{*}fired-rule") is not None
        for text in judge.validation_report.iterfind(".//{*}failed-assert/{*}text"):
            found[re.findall(r"RULE (\w+)\]", text.text)[0]] += 1
    return found


@needs_schemas
@pytest.mark.parametrize("flavour", BROKEN_RULES)
def test_the_rules_of_the_profile(tmp_path: Path, flavour: str) -> None:
    """Every kind with all that it can have and with nothing, a twin, more tries than the profile knows: only what we say is broken."""
    twin = renamed(next(each for each in every_kind() if each.kind == "single-choice"), "q-twin")
    scale: Any = next(each for each in every_kind() if each.kind == "rating-scale")
    scale = replace(scale, id=Identifier("q-scale"), twin=twin)
    bare = [renamed(each, f"{each.id}-bare") for each in BARE.values()]
    made = course_of([*every_kind(), *bare, scale], BANKS, intro=Rich(("Read this.",)), attempts=7)
    _, files = cartridge(made, flavour, tmp_path)
    points = {record.ident: record.points for record in read(files)}
    assert points["q-twin"] == (None if flavour == "cartridge" else 0)
    assert set(broken(files)) == set(BROKEN_RULES[flavour])
    kinds = ("true-false", "short-answer", "multiple-response")
    sound = course_of([twin, *(each for each in every_kind() if each.kind in kinds)], attempts=5)
    assert not broken(cartridge(sound, flavour, tmp_path)[1])


@needs_schemas
def test_a_choice_of_two_is_all_that_breaks_its_rule(tmp_path: Path) -> None:
    _, files = cartridge(course_of(every_kind()), "cartridge", tmp_path)
    (name,) = resources(files, "assessment")
    choices = [item for item in etree.fromstring(files[name]).iter("{*}item") if item.findtext(".//{*}fieldentry") == CHOICE]
    assert broken(files) == {"4d": sum(len(list(item.iter("{*}response_label"))) == 2 for item in choices)}


def test_docs_name_every_rule_that_is_broken() -> None:
    text = (REPOSITORY / "docs" / "other-lms.md").read_text("utf-8")
    for flavour, found in BROKEN_RULES.items():
        for rule in found:
            assert re.search(rf"^\| {rule} \|.*`{flavour}`", text, re.MULTILINE), (flavour, rule)


# What tries have of a quiz, and what is left out


def test_tutors_are_told_of_each_group_of_questions(tmp_path: Path) -> None:
    """What a try has of the quiz's own questions and of each bank; what was split cannot be drawn, nor what is in two groups."""
    bank: dict[str, Any] = {each.id: each for each in BANKS[0].questions}

    def taken(*names: str, draw: int) -> Taken:
        return Taken(tuple(replace(bank[f"{name}-one"], title=Plain(f"Name of {name}")) for name in names), draw)

    groups = (
        taken("q-single", "q-true", "q-short", draw=2),
        taken("q-match-part", "q-essay", draw=1),
        taken("q-sort-all", "q-number", draw=1),
        taken("q-number", "q-number-exact", draw=1),
        taken("q-several-all", "q-rating", draw=1),
    )
    _, files = cartridge(course_of(every_kind()[:2], BANKS[:1], taken=groups), "cartridge-11", tmp_path)
    found = page(files, AFTER).xpath("//table[.//th[.='In each try']]//tr[td]")
    first, drawn, split, shared, again, left = [[said(cell) for cell in row] for row in found]
    assert first[1:] == ["titletitle", "all of these", "Leave them as they are."]
    assert drawn[1:3] == ["Name of q-singleName of q-trueName of q-short", "2 of 3 at random"]
    assert "add 2 random questions of this category" in drawn[3]
    assert split[1].count("Name of q-match-part") == 3
    assert split[2] == "1 of 2 at random"
    assert 'several questions stand for one question of the course: "Name of q-match-part".' in split[3]
    assert "in another row, too" in shared[3]
    assert "in another row, too" in again[3]
    assert left[1:3] == ["Name of q-several-all", "all of these"]  # the scale cannot be written, so that nothing is left to draw


def test_no_words_lead_to_a_quiz_that_is_left_out(tmp_path: Path) -> None:
    scale = next(each for each in every_kind() if each.kind == "rating-scale")
    made = course_of([scale])
    link = Element("a", (("href", Link(Identifier("u1-quiz"))),), ("Check yourself",))
    other = Element("a", (("href", Link(Identifier("u1-page"))),), ("Read",))
    text = Page(id=Identifier("u1-page"), title=Plain("A page"), body=Rich((Element("p", (), (link, " now. ", other)),)))
    unit = replace(made.units[0], activities=(*made.units[0].activities, text))
    _, files = cartridge(replace(made, units=(unit,)), "cartridge-11", tmp_path)
    assert said(page(files, "pages/u1-page.html").find(".//p")) == "Check yourself now. Read (see “A page” in “Brakes”)"


def test_questions_of_all_banks_are_weighed_together(tmp_path: Path) -> None:
    """They are one object bank by the standard: what is split in one bank multiplies the points of all."""
    match, single = (next(each for each in every_kind() if each.id == name) for name in ("q-match-part", "q-single"))
    banks = [Bank(id=Identifier(each.id[2:]), title=Plain("Bank"), questions=(each,)) for each in (match, single)]
    other = renamed(every_kind()[1], "q-other")
    _, files = cartridge(course_of([other], banks), "cartridge", tmp_path)
    points = {record.ident: record.points for record in read(files)}
    parts = [worth for name, worth in points.items() if name.startswith("q-match-part--")]
    assert sum(worth or 0 for worth in parts) == points["q-single"] == 6


@pytest.mark.parametrize("flavour", ["cartridge", "cartridge-11"])
def test_questions_say_their_direction(tmp_path: Path, flavour: str) -> None:
    """A quiz does not say its language: each text from right to left says so itself; other texts say nothing."""
    made = course_of(every_kind())
    for language, tags in (("ar", {"div", "span"}), ("en", {None})):
        _, files = cartridge(replace(made, language=Language(language)), flavour, tmp_path)
        texts = [
            text for record in read(files) for role, found in record.texts.items() if role not in ("title", "answer") for text in found
        ]
        assert len(texts) > 100
        found = [re.fullmatch(r'<(div|span) dir="rtl">.*</\1>', text, re.DOTALL) for text in texts]
        assert {each[1] if each else None for each in found} == tags


@pytest.mark.skipif(not CC2OLX, reason="WAITS FOR cc2olx: set COURSEGEN_CC2OLX to its command")
def test_open_edx_takes_every_kind(tmp_path: Path) -> None:
    """The converter ends with 0 even where it fails: what it made is looked at."""
    path, files = cartridge(course_of(every_kind(), BANKS), "cartridge", tmp_path)
    subprocess.run([CC2OLX, "-r", "folder", "-i", path, "-o", tmp_path / "olx"], check=True, capture_output=True)
    (made,) = (tmp_path / "olx").glob("*.tar.gz")
    with tarfile.open(made) as archive:
        texts = [archive.extractfile(entry).read() for entry in archive if entry.name.endswith((".xml", ".html"))]  # type: ignore[union-attr]
    assert not any(b"MISSING CONTENT" in text for text in texts)
    (name,) = resources(files, "assessment")
    count = len(list(etree.fromstring(files[name]).iter("{*}item")))
    assert sum(text.count(b"<problem") + text.count(b"<openassessment") for text in texts) == count
