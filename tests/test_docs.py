"""The documentation: it is built, every link in it leads somewhere, and what it quotes is what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
import yaml
from lxml import html
from packages import REPOSITORY

from coursegen.cli import COMMANDS, main
from coursegen.cli.commands import reference

DOCS = REPOSITORY / "docs"
EXAMPLES = DOCS / "examples"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from a copy with the reference of this code."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(DOCS, folder / "docs", ignore=shutil.ignore_patterns("reference"))
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    for arguments in (["coursegen", "schema", "--write", str(folder / "docs/reference")], ["mkdocs", "build", "--strict"]):
        done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, check=False, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "build/docs"


@cache
def _page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


@cache
def _ids(path: Path) -> frozenset[str]:
    return frozenset(_page(path).xpath("//@id | //a/@name"))


def test_every_link_leads_somewhere(site: Path) -> None:
    wrong = []
    count = 0
    for path in sorted(site.rglob("*.html")):
        if path.name in ("404.html", "search.html"):
            continue
        for address in _page(path).xpath("//a/@href | //img/@src | //link/@href | //script/@src"):
            target, anchor = urldefrag(address)
            if re.match(r"[a-z]+:", target):
                continue
            count += 1
            file = (path.parent / unquote(target)).resolve() if target else path
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file() or (anchor and file.suffix == ".html" and anchor not in _ids(file)):
                wrong.append(f"{path.relative_to(site)}: {address}")
    assert wrong == []
    assert count > 500


def test_nothing_is_loaded_from_the_network(site: Path) -> None:
    """A reader without a connection, or with one that is not to be told, sees all of it."""
    loaded = [
        f"{path.relative_to(site)}: {address}"
        for path in site.rglob("*.html")
        for address in _page(path).xpath("//img/@src | //link[@rel='stylesheet']/@href | //script/@src | //iframe/@src")
        if re.match(r"(https?:)?//", address)
    ]
    assert loaded == []
    assert not [path for path in site.rglob("*.css") if re.search(r"url\([\"']?(https?:)?//", path.read_text("utf-8"))]


def test_links_from_the_readme_and_other_pages_of_the_repository() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "dist/README.md"):
        path = REPOSITORY / name
        for address in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
            target = urldefrag(address)[0]
            if target and not re.match(r"[a-z]+:", target):
                assert (path.parent / target).exists(), f"{name}: {address}"


def test_every_command_is_in_the_reference() -> None:
    text = reference(main)
    for name in COMMANDS:
        assert f"\n## coursegen {name}\n" in text


def test_every_command_that_the_pages_name_is_there() -> None:
    """In blocks of code and in pieces of it."""
    named = set()
    for path in [*DOCS.rglob("*.md"), REPOSITORY / "README.md"]:
        if "reference" in path.parts:
            continue
        text = path.read_text("utf-8")
        code = [*re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL), *re.findall(r"`(coursegen [^`]+)`", text)]
        for name in re.findall(r"^coursegen ([a-z]+)\b", "\n".join(code), re.MULTILINE):
            assert name in COMMANDS, f"{path.name}: coursegen {name}"
            named.add(name)
    assert named == set(COMMANDS)


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_examples_are_what_the_page_shows(path: Path) -> None:
    text = path.read_text("utf-8")
    assert f"```yaml\n{text}```" in (DOCS / "how-to/ci.md").read_text("utf-8")
    assert yaml.safe_load(text)


def test_commands_of_the_examples_are_right(tmp_path: Path) -> None:
    """Every command that the examples run, run: on a course as ``coursegen new`` makes it."""
    from click.testing import CliRunner

    from coursegen.scaffold import new_course

    new_course(tmp_path / "my-course")
    commands = {line for path in EXAMPLES.iterdir() for line in re.findall(r"coursegen (?:check|build) .*", path.read_text("utf-8"))}
    assert len(commands) >= 3
    for command in sorted(commands):
        arguments = [str(tmp_path / word) if word in ("my-course", "packages") else word for word in command.split()[1:]]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, f"{command}: {done.output}"


def test_the_hook_is_right() -> None:
    [hook] = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"].split()[0] == "coursegen"
    assert hook["entry"].split()[1] in COMMANDS
