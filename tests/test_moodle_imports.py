"""Files that Moodle takes by hand: read as its importers read them, they say what the course says."""

from __future__ import annotations

import html
import json
import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from questions import HOSTILE, course_of, rich
from test_backup_survey import (
    HOSTILE_TITLES,
    LISTED,
    PLAIN_TITLES,
    WORDS,
    activity_of,
    backup_of,
    collected,
    course_with,
    names_of,
    repository,
    shown,
    with_records,
)

from coursegen.model import (
    Code,
    Collection,
    Competence,
    Course,
    Element,
    FieldValue,
    Framework,
    Gloss,
    Glossary,
    Identifier,
    LineField,
    Link,
    Media,
    Plain,
    Record,
    Rich,
    Term,
)
from coursegen.render.templates import Templates
from coursegen.writers.moodle_imports import entries, names

Table = list[list[str]]


def files_of(course: Course) -> dict[str, bytes]:
    found = dict(entries(course, Templates(course, None)))
    assert tuple(found) == names(course)
    assert all(isinstance(content, bytes) for content in found.values())
    return {name: content for name, content in found.items() if isinstance(content, bytes)}


def table(content: bytes) -> Table:
    """Rows as PHP's ``fgetcsv`` reads them: after a backslash a quotation mark is a part of the value, and so is the backslash."""
    text = content.decode()
    rows: Table = [[]]
    place = 0
    while place < len(text):
        assert text[place] == '"', text[place : place + 20]
        found = re.compile(r'"((?:\\.|""|[^"\\])*)"(,|\n)', re.DOTALL).match(text, place)
        assert found is not None, text[place : place + 40]
        rows[-1].append(found[1].replace('""', '"'))
        if found[2] == "\n":
            rows.append([])
        place = found.end()
    assert rows.pop() == []
    return rows


def framework(*competences: tuple[str, str], title: str = "Frame", source: str = "A source") -> Framework:
    entries = tuple(Competence(code=Code(code), title=Plain(words)) for code, words in competences)
    return Framework(id=Identifier("frame"), title=Plain(title), source=Plain(source), competences=entries)


def framework_of(given: Framework) -> Table:
    return table(files_of(course_with(framework=given))["framework.csv"])


def test_a_course_has_only_the_files_it_has_something_for() -> None:
    assert names(course_of(())) == ()
    empty = repository(collected(PLAIN_TITLES))
    assert names(course_with(empty)) == ()
    full = course_with(with_records(), framework=framework(("1", "One")), glossary=glossary(("a", "A", rich("x"))))
    assert names(full) == ("framework.csv", "glossary.xml", "records-u1-practice.csv")


def test_a_framework_with_its_areas() -> None:
    head, first, *rows = framework_of(framework(("1", "Area"), ("1.1", "Measure"), ("2.1", "Plan"), ("1.1.2", "Deep"), ("A-1", "No area")))
    assert len(head) == 14
    assert {len(row) for row in (first, *rows)} == {14}
    assert first[:5] == ["", "frame", "Frame", "<p>A source</p>", "1"]
    assert first[12:] == ["1", "domain,competency,competency,competency"]
    steps, scale = first[5].split(","), json.loads(first[6])
    assert [each["id"] for each in scale[1:]] == [2, 3]
    assert len(steps) == 3
    assert "scaleid" in scale[0]
    assert [row[:3] for row in rows] == [
        ["", "1", "Area"], ["1", "1.1", "Measure"], ["", "2.1", "Plan"], ["1.1", "1.1.2", "Deep"], ["", "A-1", "No area"],
    ]  # fmt: skip
    assert {row[12] for row in rows} == {""}
    assert [row[11] for row in rows] == ["1", "2", "3", "4", "5"]


def test_codes_that_moodle_takes_for_one_number_have_nothing_below_them() -> None:
    *_, deep, ten, deeper = framework_of(framework(("1", "a"), ("1.1", "b"), ("1.1.1", "c"), ("1.10", "d"), ("1.10.1", "e")))
    assert [row[0] for row in (deep, ten, deeper)] == ["1", "1", "1"]


@pytest.mark.parametrize("words", [*WORDS, HOSTILE[-1], "ends in a backslash \\", 'a \\" in the middle', "<" * 120])
def test_a_framework_says_what_the_author_wrote(words: str) -> None:
    _, first, row = framework_of(framework(("1", words), title=words, source=words))
    line = " ".join(words.split())
    for name in (first[2], row[2]):
        assert len(name) <= 100
        assert not re.search("<[a-z!/]", name)
        said = html.unescape(name) if re.search("<|&[A-Za-z0-9#]+;", name) else name
        assert said == line or (said.endswith("…") and line.startswith(said[:-1]))
    assert shown(first[3]) == words
    assert row[3] == "" if html.unescape(row[2]) == line else shown(row[3]) == words


def glossary(*terms: tuple[str, str, Rich]) -> Glossary:
    return Glossary(terms=tuple(Term(id=Identifier(name), term=Plain(term), definition=text) for name, term, text in terms))


def root_of(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(huge_tree=True))


def parsed(element: Any) -> Any:
    """XML as Moodle's parser gives it: pieces of text that are blank get lost (lib/classes/xml_parser.php)."""
    return {child.tag: (child.text or "") if not len(child) else parsed(child) for child in element}


def terms_of(given: Glossary, **settings: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    root = root_of(files_of(course_with(glossary=given, **settings))["glossary.xml"])
    assert root.tag == "GLOSSARY"
    (info,) = root
    (together,) = info.iterfind("ENTRIES")
    return parsed(info), [parsed(entry) for entry in together]


@pytest.mark.parametrize("words", [*WORDS, "a  \n b"])
def test_terms_arrive_as_they_are(words: str) -> None:
    info, (entry,) = terms_of(glossary(("a", words, rich(words))))
    assert info["NAME"] == "Glossary"
    assert entry["CONCEPT"] not in ("", "0")
    said = html.unescape(entry["CONCEPT"]) if re.search("<|&[A-Za-z0-9#]+;", entry["CONCEPT"]) else entry["CONCEPT"]
    assert said == " ".join(words.split())
    assert shown(entry["DEFINITION"]) == words
    settings = {name: entry[name] for name in ("FORMAT", "USEDYNALINK", "CASESENSITIVE", "FULLMATCH")}
    assert settings == {"FORMAT": "1", "USEDYNALINK": "1", "CASESENSITIVE": "0", "FULLMATCH": "1"}


def test_a_long_term_is_cut() -> None:
    _, (entry,) = terms_of(glossary(("a", HOSTILE[-1], rich("x"))))
    assert len(entry["CONCEPT"]) <= 255
    assert entry["CONCEPT"].endswith("…")


def test_links_in_definitions_become_words_and_pictures_travel(tmp_path: Path) -> None:
    source = tmp_path / "a picture.png"
    source.write_bytes(b"\x89PNG picture")
    linked = Element("a", (("href", Link(Identifier("u1-practice"))),), ("good practice",))
    other = Element("a", (("href", Gloss(Identifier("b"))),), ("another term",))
    picture = Element("img", (("src", Media("media/ä b.png", source)), ("alt", "It"), ("id", "own")))
    given = glossary(("a", "A", Rich((linked, " and ", other, picture))), ("b", "B", rich("It.")))
    root = root_of(files_of(replace(course_with(with_records()), glossary=given))["glossary.xml"])
    first = root.find("INFO/ENTRIES/ENTRY")
    definition = first.findtext("DEFINITION")
    assert shown(definition) == "good practice (see “Good practice” in “Brakes”) and another term"
    assert "<a" not in definition
    assert "id=" not in definition
    (file,) = first.iterfind("ENTRYFILES/FILE")
    assert f'src="@@PLUGINFILE@@/{file.findtext("FILENAME")}"' in definition
    assert re.fullmatch(r"[A-Za-z0-9._-]+\.png", file.findtext("FILENAME"))
    assert file.findtext("FILEPATH") == "/"
    assert b64decode(file.findtext("CONTENTS")) == b"\x89PNG picture"


@pytest.mark.parametrize("titles", [PLAIN_TITLES, HOSTILE_TITLES], ids=["plain", "hostile"])
def test_records_stand_under_the_names_that_the_backup_gives_to_fields(titles: tuple[str, ...]) -> None:
    course = course_with(with_records(titles))
    head, row = table(files_of(course)["records-u1-practice.csv"])
    data = activity_of(backup_of(course), "data").data
    fields = [name for name, field in zip(names_of(data), data.iterfind("fields/field"), strict=True) if field.findtext("type") != "file"]
    assert head == fields
    assert len(row) == len(head) == 10
    title, line, text, menu, checks, count, address, source, place, unknown = row
    assert [shown(each) for each in (title, line, source)] == ["Brakes <at> home", WORDS[0], "Report & more, 2021"]
    assert text == "<p>First line<br />second &lt;line&gt;</p><p>Another part</p>"
    lists = [
        field.findtext("param1").split("\n") for field in data.iterfind("fields/field") if field.findtext("type") in ("menu", "checkbox")
    ]
    assert menu == lists[0][2]
    assert checks.split("##") == lists[1][1:7]
    assert [html.unescape(each) for each in checks.split("##")] == list(LISTED[1:7])
    assert count == "12.5"
    assert address == "https://example.org/film?a=1&b=2 The &lt;film&gt;"
    assert place == "https://example.org/report"
    assert shown(unknown) == "Nobody <counted> it."


def test_what_a_record_does_not_say_is_empty() -> None:
    fields = (LineField(id=Identifier("a"), title=Plain("A")), LineField(id=Identifier("b"), title=Plain("B")))
    values = (FieldValue(field=Identifier("b"), text=Plain("said")),)
    one = Record(id=Identifier("r1"), title=Plain("First"), values=values)
    two = Record(id=Identifier("r2"), title=Plain("Second"), values=values, source=Plain("A book"))
    found = table(files_of(course_with(repository(Collection(fields=fields, records=(one, two)))))["records-u1-practice.csv"])
    assert found == [["Title", "A", "B", "Source"], ["First", "", "said", ""], ["Second", "", "said", "A book"]]


def test_a_field_of_the_author_is_filled_from_the_record_itself() -> None:
    fields = (LineField(id=Identifier("a"), title=Plain("Title")), LineField(id=Identifier("b"), title=Plain("source")))
    own = FieldValue(field=Identifier("b"), text=Plain("own words"))
    one = Record(id=Identifier("r1"), title=Plain("First"), values=(own,), source=Plain("A book"))
    found = table(files_of(course_with(repository(Collection(fields=fields, records=(one,)))))["records-u1-practice.csv"])
    assert found == [["Title", "source"], ["First", "own words"]]


@pytest.mark.parametrize("words", [*WORDS, "ends in \\", 'a \\" b', "=1+1"])
def test_words_of_a_record_arrive_as_they_are(words: str) -> None:
    fields = (LineField(id=Identifier("a"), title=Plain("A")),)
    one = Record(id=Identifier("r1"), title=Plain(words), values=(FieldValue(field=Identifier("a"), text=Plain(words)),))
    _, row = table(files_of(course_with(repository(Collection(fields=fields, records=(one,)))))["records-u1-practice.csv"])
    assert [shown(each) for each in row] == [words, words]


def test_two_builds_are_the_same_bytes() -> None:
    course = course_with(with_records(), framework=framework(("1", "One")), glossary=glossary(("a", "A", rich("x"))))
    assert files_of(course) == files_of(course)
