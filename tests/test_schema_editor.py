"""The schemas as an editor uses them: words for every key, slips at their place, and the settings that name them."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator, Draft202012Validator, ValidationError
from packages import MODULES
from samples import write_course
from test_schema import MORE, kinds

from coursegen.cli import main
from coursegen.readers.source.hover import CHOICES, EXAMPLES
from coursegen.readers.source.schema import FILES, schema
from coursegen.scaffold import add, new_course
from coursegen.scaffold.editor import FOLDER, SETTINGS, associations


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return new_course("brakes").folder


def properties(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of a schema that an author writes, with its definition."""
    found = schema(name)
    for part, each in [(FILES[name][0].__name__, found), *found["$defs"].items()]:
        for key, made in each["properties"].items():
            yield f"{part}.{key}", made


def schema_of(path: Path) -> Path:
    """The schema that a file names at its head."""
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
    assert found, path
    return path.parent / found[1]


@pytest.mark.parametrize("name", list(FILES))
def test_every_key_has_a_title_and_a_meaning(name: str) -> None:
    for where, made in properties(name):
        assert made.get("description"), where
        assert made.get("title") or "const" in made, where


@pytest.mark.parametrize("name", list(FILES))
def test_every_key_has_an_example_or_a_list_to_choose_from(name: str) -> None:
    for where, made in properties(name):
        text = json.dumps(made)
        assert "examples" in made or any(word in text for word in ('"enum"', '"const"', '"default"', '"$ref"')), where


@pytest.mark.parametrize("name", list(FILES))
def test_examples_and_defaults_are_right(name: str) -> None:
    definitions = schema(name)["$defs"]
    for where, made in properties(name):
        for value in [*made.get("examples", []), *([made["default"]] if "default" in made else [])]:
            assert Draft202012Validator({**made, "$defs": definitions}).is_valid(value), (where, value)


@pytest.mark.parametrize("name", list(FILES))
def test_every_word_of_a_choice_has_a_meaning(name: str) -> None:
    def choices(made: Any) -> Iterator[dict[str, Any]]:
        if isinstance(made, dict):
            if "enum" in made:
                yield made
            for key, value in made.items():
                if key != "not":  # only tells that a kind is none of these
                    yield from choices(value)
        elif isinstance(made, list):
            for value in made:
                yield from choices(value)

    for made in choices(schema(name)):
        assert len(made["enumDescriptions"]) == len(made["enum"])
        assert all(made["enumDescriptions"]), made


def test_no_words_for_keys_that_are_gone() -> None:
    known = {where for name in FILES for where, _ in properties(name)}
    known |= {where.partition(".")[2] for where in known}
    assert {*EXAMPLES, *CHOICES} <= known


def told(error: ValidationError) -> Iterator[ValidationError]:
    """What editors show of an error: where parts of several kinds may stand, what is wrong with the one of this kind."""
    if error.validator != "anyOf" or "kind" not in error.schema.get("properties", {}):
        yield error
        return
    names = error.schema["properties"]["kind"]["enum"]
    for below in error.context or []:
        if below.schema_path[0] == names.index(error.instance["kind"]):
            yield from told(below)


SLIPS = [
    ("01-look/unit.yaml", "    titel: Start here", "    title: Start here", ("activities", 0), "titel"),
    ("01-look/unit.yaml", "    minutes: ten", "    minutes: 5", ("activities", 0, "minutes"), "ten"),
    ("01-look/unit.yaml", "  - kind: pages", "  - kind: page", ("activities", 0, "kind"), "pages"),
    ("01-look/unit.yaml", "id: U01", "id: u01", ("id",), "U01"),
    ("01-look/quiz.yaml", "        corect: true", "        correct: true", ("questions", 0, "options", 0), "corect"),
    ("01-look/quiz.yaml", "    answer: perhaps", "    answer: true", ("questions", 2, "answer"), "perhaps"),
    ("01-look/quiz.yaml", "pass_mark: 160", "pass_mark: 60", ("pass_mark",), "160"),
    ("02-test/quiz.yaml", "value: 0.3 mm", "value: 0.3", ("questions", 0, "answers", 0, "value"), "0.3 mm"),
    ("02-test/case.yaml", "        too: found", "        to: found", ("scenes", 0, "choices", 0), "too"),
    ("02-test/survey.yaml", "  - kind: number-line", "  - kind: scale", ("items", 0, "kind"), "number-line"),
    ("course.yaml", "  pages: sene", "  pages: seen", ("completion", "pages"), "sene"),
    ("course.yaml", "packages: [scorm, ", "packages: [", ("packages", 0), "scorm"),
    ("glossary.yaml", "    termm: Rim", "    term: Rim", ("terms", 1), "termm"),
]


@pytest.mark.parametrize(("file", "wrong", "right", "path", "says"), SLIPS)
def test_a_slip_is_shown_where_it_is(sample: Path, file: str, wrong: str, right: str, path: tuple[Any, ...], says: str) -> None:
    text = (sample / file).read_text("utf-8")
    assert right in text
    changed = yaml.safe_load(text.replace(right, wrong, 1))
    validator = Draft202012Validator(json.loads(schema_of(sample / file).read_text("utf-8")))
    errors = [each for error in validator.iter_errors(changed) for each in told(error)]
    assert [tuple(error.absolute_path) for error in errors if says in error.message] == [path]
    assert {tuple(error.absolute_path) for error in errors} == {path}


def test_every_file_of_the_sample_fits_the_schema_it_names(sample: Path) -> None:
    for kind in ("unit", "page", "quiz", "case"):
        add(kind, "Wear", sample)
    seen = set()
    for path in sorted(sample.rglob("*.yaml")):
        named = schema_of(path)
        seen.add(named.name)
        assert Draft202012Validator(json.loads(named.read_text("utf-8"))).is_valid(yaml.safe_load(path.read_text("utf-8"))), path
    assert seen == {f"{name}.schema.json" for name in FILES if name != "framework"}


@pytest.mark.parametrize("which", ["modules", "sample"])
def test_older_editors_read_the_same(sample: Path, which: str) -> None:
    """Many editors know JSON Schema up to draft 7: what they do not know must not matter."""
    for kind, path in kinds(MODULES if which == "modules" else sample):
        made = {**schema(kind), "$schema": "http://json-schema.org/draft-07/schema#"}
        Draft7Validator.check_schema(made)
        assert list(Draft7Validator(made).iter_errors(yaml.safe_load(path.read_text("utf-8")))) == [], path
        assert not Draft7Validator(made).is_valid({"nothing": 1})


def files_for(folder: Path) -> dict[str, set[str]]:
    """Which schemas the settings of a folder name for each YAML file in it."""
    named = json.loads((folder / SETTINGS).read_text("utf-8"))["yaml.schemas"]
    assert all((folder / schema).is_file() for schema in named)
    return {
        path.relative_to(folder).as_posix(): {
            Path(schema).name for schema, patterns in named.items() if any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns)
        }
        for path in folder.rglob("*.yaml")
    }


def test_the_settings_say_the_same_as_the_files(sample: Path) -> None:
    add("quiz", "Wear", sample)
    for name, schemas in files_for(sample).items():
        assert schemas == {schema_of(sample / name).name}, name


def test_setting_up_a_folder(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--editor", str(tmp_path)])
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {f"{name}.schema.json" for name in FILES}
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert CliRunner().invoke(main, ["schema", "--editor", str(tmp_path)]).exit_code == 0
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("inside", ["", "modules"])
def test_files_with_names_of_their_own(tmp_path: Path, inside: str) -> None:
    write_course(tmp_path / inside, MORE)
    assert CliRunner().invoke(main, ["schema", "--editor", str(tmp_path)]).exit_code == 0
    found = files_for(tmp_path)
    for kind, path in kinds(tmp_path / inside):
        assert found[path.relative_to(tmp_path).as_posix()] == {f"{kind}.schema.json"}, path


def test_settings_of_other_things_are_kept(tmp_path: Path) -> None:
    settings = tmp_path / SETTINGS
    settings.parent.mkdir()
    settings.write_text('{"editor.wordWrap": "on", "yaml.schemas": {"mine.json": "mine.yaml"}}', "utf-8")
    assert CliRunner().invoke(main, ["schema", "--editor", str(tmp_path)]).exit_code == 0
    found = json.loads(settings.read_text("utf-8"))
    assert found["editor.wordWrap"] == "on"
    assert found["yaml.schemas"] == {"mine.json": "mine.yaml", **associations()}


@pytest.mark.parametrize("text", ['{\n  // a note\n  "editor.wordWrap": "on"\n}', "[]", '{"yaml.schemas": []}'])
def test_settings_that_cannot_be_read_are_not_touched(tmp_path: Path, text: str) -> None:
    settings = tmp_path / SETTINGS
    settings.parent.mkdir()
    settings.write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["schema", "--editor", str(tmp_path)])
    assert result.exit_code == 1
    assert '"./.schemas/unit.schema.json"' in result.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [settings]
    assert settings.read_text("utf-8") == text


@pytest.mark.parametrize(
    "arguments", [(), ("quiz", "--editor", "."), ("--write", "x", "--editor", "."), ("--editor", "nowhere"), ("essay",)]
)
def test_one_thing_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["schema", *arguments]).exit_code == 2
    assert list(tmp_path.iterdir()) == []
