"""The JSON Schemas agree with the reader, and the reference names every key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from packages import MODULES
from samples import FILES as SAMPLE
from samples import write_course

from coursegen.check import check_source
from coursegen.cli import main
from coursegen.readers.source.bind import fields_of
from coursegen.readers.source.schema import FILES, reference, schema


def kinds(folder: Path) -> list[tuple[str, Path]]:
    """The YAML files of a course with the kind of each."""
    names = {"course.yaml": "course", "unit.yaml": "unit"}
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        guess = "quiz" if "questions:" in path.read_text("utf-8") else "framework"
        found.append((names.get(path.name, guess), path))
    return found


@pytest.mark.parametrize("name", list(FILES))
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("which", ["modules", "sample"])
def test_what_the_reader_takes_the_schema_takes(tmp_path: Path, which: str) -> None:
    folder = MODULES
    if which == "sample":
        folder = tmp_path
        write_course(folder)
    found = kinds(folder)
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
        ("course", "course.yaml", "units:\n  - 01-brakes\n  - 02-discs\n", "units: []\n"),
        ("framework", "framework.yaml", "id: frame\n", ""),
    ]


@pytest.mark.parametrize(("kind", "file", "old", "new"), faults())
def test_what_the_reader_refuses_the_schema_refuses(tmp_path: Path, kind: str, file: str, old: str, new: str) -> None:
    assert old in SAMPLE[file]
    changed = SAMPLE[file].replace(old, new, 1)
    write_course(tmp_path, {file: changed})
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
    assert names == {"course.schema.json", "unit.schema.json", "quiz.schema.json", "framework.schema.json", "keys.md", "rules.md"}
