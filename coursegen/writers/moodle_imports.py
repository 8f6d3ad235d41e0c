"""What Moodle takes only by hand, one file a thing: a competence framework, a glossary, the records of collections.

Backups carry none of them without the data of users. Each file is imported on a page of Moodle of its own; ``docs/moodle.md`` says where.
"""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence

from ..archive import Entry
from ..fidelity import Capabilities, changed
from ..model import Competence, Course, Framework, Glossary, Media, Repository, Unit
from ..moodle.collection import cell, columns
from ..moodle.texts import Texts
from ..moodle.words import name, plain
from ..render.html import escape
from ..render.templates import Templates

CARRIES: Capabilities = {
    "glossary": changed("entries of a glossary of Moodle, which links terms by itself; links in them become words"),
    "repository": changed("the records that the course brings, without files"),
}
_FRAMEWORK, _GLOSSARY = "framework.csv", "glossary.xml"
_LONGEST_SHORT_NAME = 100
_HEAD = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values", "Scale configuration",
    "Rule type", "Rule outcome", "Rule config", "Cross-referenced competency ID numbers", "Exported ID", "Is framework", "Taxonomy",
)  # fmt: skip
"""The columns of Moodle's importer, which goes by their order."""
_SCALE = [{"scaleid": "1"}, {"id": 2, "scaledefault": 1, "proficient": 0}, {"id": 3, "scaledefault": 0, "proficient": 1}]
"""The second value of the scale is what is first offered, the third means proficient."""


def names(course: Course) -> tuple[str, ...]:
    """The files that a course has."""
    found = [_FRAMEWORK] if course.framework else []
    found += [_GLOSSARY] if course.glossary else []
    return (*found, *(_records_name(each) for each in _repositories(course)))


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterator[Entry]:
    """Each of the files, with its name."""
    texts = Texts(course, templates)
    if course.framework:
        yield _FRAMEWORK, _framework(course.framework, templates)
    if course.glossary:
        yield _GLOSSARY, _glossary(course, course.glossary, templates, texts)
    for repository in _repositories(course):
        yield _records_name(repository), _records(repository, templates, texts)


def _repositories(course: Course) -> Iterator[Repository]:
    return (each for _, each in course.activities() if isinstance(each, Repository) and each.collection.records)


def _records_name(repository: Repository) -> str:
    return f"records-{repository.id}.csv"


def _framework(framework: Framework, templates: Templates) -> bytes:
    """The framework as Moodle's importer of frameworks takes it (tool_lpimportcsv)."""
    scale = ",".join(templates.text(f"moodle.scale.{step}").replace(",", " ") for step in ("no", "partly", "yes"))
    parents = {each.code: _parent(each.code, framework.competences) for each in framework.competences}
    levels = "domain,competency,competency,competency" if any(parents.values()) else "competency,competency,competency,competency"
    source = f"<p>{_without_backslashes(escape(framework.source))}</p>"
    first = ("", framework.id, _short(framework.title), source, "1", scale, json.dumps(_SCALE), "", "", "", "", "", "1", levels)
    rows = [
        (parents[each.code], each.code, _short(each.title), _rest(each.title), "1", "", "", "", "0", "null", "", str(number), "", "")
        for number, each in enumerate(framework.competences, 1)
    ]
    return _table([_HEAD, first, *rows])


def _parent(code: str, competences: Sequence[Competence]) -> str:
    """The entry that a code belongs to: ``1`` for ``1.3``, where the framework has it; none is made up.

    Moodle compares codes as numbers: it would put what belongs to ``1.1`` under ``1.10``, too. Under neither, then.
    """
    codes = {str(each.code) for each in competences}
    begin = code
    while separator := re.search(r"[._-][A-Za-z0-9]+\Z", begin):
        begin = begin[: separator.start()]
        if begin in codes and not any(_number(each) == _number(begin) is not None for each in codes - {begin}):
            return begin
    return ""


def _number(code: str) -> float | None:
    """What number PHP takes a code for, if it does."""
    return float(code) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?(?:[eE][0-9]+)?", code) else None


def _short(title: str) -> str:
    """A title in the room that Moodle has for it."""
    words = " ".join(title.split())
    end = len(words)
    while len(made := _without_backslashes(plain(words[:end].rstrip() + ("…" if end < len(words) else "")))) > _LONGEST_SHORT_NAME:
        end -= 1
    return made


def _rest(title: str) -> str:
    """The whole of a title that was cut, as a description."""
    return "" if len(_without_backslashes(plain(title))) <= _LONGEST_SHORT_NAME else f"<p>{_without_backslashes(escape(title))}</p>"


def _without_backslashes(markup: str) -> str:
    """HTML for a table: PHP takes a quotation mark after a backslash for a part of the value."""
    return re.sub(r'\\(?="|\Z)', "&#92;", markup)


def _records(repository: Repository, templates: Templates, texts: Texts) -> bytes:
    """Records as the import of entries of a database activity takes them."""
    rows = []
    found = columns(repository.collection, templates)
    for record in repository.collection.records:
        unknown = texts.blocks(record.unknown.nodes, None).replace("\\", "&#92;") if record.unknown else ""
        rows.append([cell(record, column, unknown) for column in found])
    kept = [place for place, column in enumerate(found) if column.kind != "file"]
    return _table([[found[place].name for place in kept], *([row[place] for place in kept] for row in rows)])


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _glossary(course: Course, glossary: Glossary, templates: Templates, texts: Texts) -> bytes:
    """The glossary as Moodle exports and imports it."""
    about = {
        "NAME": name(templates.text("glossary")),
        "INTRO": "",
        "INTROFORMAT": "1",
        "ALLOWDUPLICATEDENTRIES": "0",
        "DISPLAYFORMAT": "dictionary",
        "SHOWSPECIAL": "1",
        "SHOWALPHABET": "1",
        "SHOWALL": "1",
        "ALLOWCOMMENTS": "0",
        "USEDYNALINK": "1",
        "DEFAULTAPPROVAL": "1",
        "GLOBALGLOSSARY": "0",
        "ENTBYPAGE": "50",
    }
    parts = []
    for term in glossary.terms:
        files: dict[str, Media] = {}
        said = {
            # Moodle takes a single 0 for nothing.
            "CONCEPT": name(term.term) if term.term != "0" else "&#48;",
            "DEFINITION": texts.blocks(term.definition.nodes, files),
            "FORMAT": "1",
            "USEDYNALINK": "1",
            "CASESENSITIVE": "0",
            "FULLMATCH": "1",
            "TEACHERENTRY": "1",
        }
        shown = _tag("ENTRYFILES", *(_file(file, media) for file, media in files.items())) if files else ""
        parts.append(_tag("ENTRY", *_fields(said), shown))
    info = _tag("INFO", *_fields(about), _tag("ENTRIES", *parts))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_tag("GLOSSARY", info)}'.encode()


def _file(filename: str, media: Media) -> str:
    content = b64encode(media.source.read_bytes()).decode()
    return _tag("FILE", *_fields({"FILENAME": filename, "FILEPATH": "/", "CONTENTS": content}))


def _fields(values: dict[str, str]) -> Iterator[str]:
    return (_tag(key, _characters(words)) for key, words in values.items())


def _tag(key: str, *inside: str) -> str:
    return f"<{key}>{''.join(inside)}</{key}>\n"


def _characters(words: str) -> str:
    """Words in XML. Moodle's parser loses a blank between two references, so there are none."""
    return "<![CDATA[" + words.replace("]]>", "]]]]><![CDATA[>") + "]]>" if words else ""
