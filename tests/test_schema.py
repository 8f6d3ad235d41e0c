"""The JSON Schemas agree with the reader, and the reference names every key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from grids import GRID, GRID_FILES, REFERENCE, UNIT
from jsonschema import Draft202012Validator
from kinds import BANK, DRAWN, KIND_FILES, QUIZ
from packages import MODULES
from samples import FILES as SAMPLE
from samples import write_course
from works import PRACTICES, RUBRIC, SURVEY, WORK_FILES, with_work
from works import UNIT as WORK

from coursegen.check import check_source
from coursegen.cli import main
from coursegen.cli.schema import KINDS
from coursegen.readers.source.bind import fields_of
from coursegen.readers.source.schema import FILES, reference, schema

KEYS = {
    "activities": "unit",
    "questions": "quiz",
    "take": "quiz",
    "scenes": "case",
    "dimensions": "grid",
    "criteria": "rubric",
    "text": "example",
    "ratings": "reference",
    "items": "survey",
    "fields": "repository",
    "terms": "glossary",
    "units": "course",
}
"""A key that files of a kind have, and no others; but a bank, which has an id, has questions as a quiz has."""
MORE: dict[str, str | bytes] = {
    **GRID_FILES,
    **KIND_FILES,
    **WORK_FILES,
    "course.yaml": with_work(
        GRID_FILES["course.yaml"]
        .replace("framework:", "glossary: glossary.yaml\nframework:")
        .replace("145", "180")
        .replace("  - 03-lessons\n", "  - 03-lessons\n  - 04-kinds\n"),
        180,
    ),
    UNIT: GRID_FILES[UNIT].replace("minutes: 55", "minutes: 60", 1)
    + "  - kind: case\n    id: u03-case\n    title: A noise\n    minutes: 5\n    file: case.yaml\n",
    "glossary.yaml": "terms:\n  - {id: disc, term: Disc, definition: The part that the pads hold.}\n",
    "03-lessons/case.yaml": """\
variables:
  - {id: trust, title: Trust, high: 2}
scenes:
  - id: yard
    title: In the yard
    text: A customer hears a noise.
    choices:
      - {id: listen, text: Listen, to: end, points: 1, change: [{variable: trust, by: 1}], feedback: Good.}
      - {id: guess, text: Guess, to: end, when: [{variable: trust, at_most: 1}], feedback: You may be wrong.}
  - id: end
    title: The end
    text: The noise is found.
    ending: Found
""",
}
"""The sample with the kinds of file that it has not."""


def kinds(folder: Path) -> list[tuple[str, Path]]:
    """The YAML files of a course with the kind of each."""
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        keys = yaml.safe_load(path.read_text("utf-8"))
        kind = next((kind for key, kind in KEYS.items() if key in keys), "framework")
        found.append(("bank" if kind == "quiz" and "id" in keys else kind, path))
    return found


@pytest.mark.parametrize("name", list(FILES))
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("which", ["modules", "sample"])
def test_what_the_reader_takes_the_schema_takes(tmp_path: Path, which: str) -> None:
    folder = MODULES
    if which == "sample":
        folder = tmp_path
        write_course(folder, MORE)
        assert [finding for finding in check_source(folder)[1] if finding.severity == "error"] == []
    found = kinds(folder)
    if which == "sample":
        assert {kind for kind, _ in found} == set(FILES)
    for kind, path in found:
        errors = [error.message for error in Draft202012Validator(schema(kind)).iter_errors(yaml.safe_load(path.read_text("utf-8")))]
        assert errors == [], path


def faults() -> list[Any]:
    return [
        ("unit", "01-brakes/unit.yaml", "    title: Why brakes matter\n", "    titel: Why brakes matter\n"),
        ("unit", "01-brakes/unit.yaml", "id: u01\n", "id: U 01\n"),
        ("unit", "01-brakes/unit.yaml", "minutes: 55", "minutes: an hour"),
        ("course", "course.yaml", "  pages: seen", "  pages: maybe"),
        ("course", "course.yaml", "language: en", "language: english please"),
        ("course", "course.yaml", "units:\n  - 01-brakes\n  - 02-discs\n  - 03-lessons\n  - 04-kinds\n  - 05-work\n", "units: []\n"),
        ("course", "course.yaml", "  order: by-unit", "  order: by-week"),
        ("course", "course.yaml", "  surveys: answered", "  surveys: seen"),
        ("course", "course.yaml", "  description: Can test a brake.\n", ""),
        ("unit", WORK, "weight: 3", "weight: 101"),
        ("unit", WORK, "hand_in: both", "hand_in: paper"),
        ("unit", WORK, "attempts: 2", "attempts: 0"),
        ("rubric", RUBRIC, "points: 3", "points: 100"),
        ("survey", SURVEY, "kind: words", "kind: essay"),
        ("survey", SURVEY, "levels: [Not at all, A little, Very]", "levels: [Very]"),
        ("repository", PRACTICES, "lines: 5", "lines: 1"),
        ("repository", PRACTICES, "kind: checks", "kind: boxes"),
        ("framework", "framework.yaml", "id: frame\n", ""),
        ("case", "03-lessons/case.yaml", "high: 2", "high: 21"),
        ("case", "03-lessons/case.yaml", "points: 1", "points: -1"),
        ("grid", GRID, "  - title: Organised\n  - title: Shared & kept\n", ""),
        ("reference", REFERENCE, "level: not-applicable", "level: none"),
        ("reference", REFERENCE, "level: 3", "level: 0"),
        ("glossary", "glossary.yaml", "term: Disc, ", ""),
        ("bank", BANK, "title: Brake tests\n", ""),
        ("bank", BANK, "kind: true-false", "kind: true-or-false"),
        ("quiz", DRAWN, "tags: [easy]", "tags: [very easy]"),
        ("quiz", DRAWN, "draw: 1", "draw: 0"),
        ("quiz", QUIZ, "value: 22.4", "value: 22,4"),
        ("quiz", QUIZ, "group: lasts", "groups: lasts"),
        ("quiz", QUIZ, "- kind: choice", "- kind: pick"),
        ("quiz", QUIZ, "lines: 4", "lines: 1"),
        ("quiz", QUIZ, "case: counts", "case: yes"),
        ("quiz", QUIZ, "kind: single-choice", "kind: numerical"),
    ]


@pytest.mark.parametrize(("kind", "file", "old", "new"), faults())
def test_what_the_reader_refuses_the_schema_refuses(tmp_path: Path, kind: str, file: str, old: str, new: str) -> None:
    text = {**SAMPLE, **MORE}[file]
    assert isinstance(text, str)
    assert old in text
    changed = text.replace(old, new, 1)
    write_course(tmp_path, {**MORE, file: changed})
    assert any(finding.code.startswith("S") for finding in check_source(tmp_path)[1])
    assert list(Draft202012Validator(schema(kind)).iter_errors(yaml.safe_load(changed)))


def test_the_reference_names_every_key() -> None:
    text = reference()
    for name, (kind, _) in FILES.items():
        assert f"## {name}:" in text
        for field in fields_of(kind):
            assert f"| `{field.key}` |" in text
            assert field.meaning
            assert field.meaning in text


def test_the_authors_guide_names_every_key() -> None:
    """docs/source-format.md is written by hand: it must not forget a key that the definitions have."""
    guide = (MODULES.parent / "docs" / "source-format.md").read_text("utf-8")
    for key in set(re.findall(r"^\| `(\w+)` \|", reference(), re.MULTILINE)):
        assert re.search(rf"\b{key}\b", guide), key


def test_writing_them(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--write", str(tmp_path / "reference")])
    assert result.exit_code == 0
    names = {path.name for path in (tmp_path / "reference").iterdir()}
    assert names == {*(f"{name}.schema.json" for name in FILES), "keys.md", "rules.md", "formats.md", "commands.md", "report.schema.json"}


@pytest.mark.parametrize("name", list(FILES))
def test_printing_one(name: str) -> None:
    result = CliRunner().invoke(main, ["schema", name])
    assert result.exit_code == 0
    assert json.loads(result.output) == schema(name)


def test_every_kind_can_be_named() -> None:
    assert set(KINDS) == set(FILES)
