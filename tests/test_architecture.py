"""The arrows of docs/architecture.md, held against the code's own imports."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import coursegen

ROOT = Path(coursegen.__file__).parent


def allowed() -> dict[str, set[str]]:
    """What each house may import of ours, besides itself: the table of docs/architecture.md."""
    text = (ROOT.parent / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)(?:/|\.py)` \| [^|]+ \| ([a-z_, ]+) \|$", text, re.MULTILINE)
    found = {house: set() if names == "nothing" else set(names.split(", ")) for house, names in rows}
    return found | {"__main__": {"cli"}, "__init__": set(), "cli": found["cli"] | {"__init__"}}


ALLOWED = allowed()


def imports(path: Path) -> set[str]:
    """The modules of coursegen that a file imports, with dots below the package; a package's face is ``__init__`` of it."""
    package = ("coursegen", *path.relative_to(ROOT).with_suffix("").parts)[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        base = package[: len(package) - node.level + 1] if node.level else ()
        target = (*base, *(node.module or "").split(".")) if node.module else base
        if target[:1] != ("coursegen",):
            continue
        below = ROOT.joinpath(*target[1:])
        for alias in node.names:
            is_module = (below / alias.name).is_dir() or (below / f"{alias.name}.py").is_file()
            found.add(".".join((*target[1:], alias.name) if is_module else target[1:]) or "__init__")
    return found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_arrows_run_one_way(path: Path) -> None:
    house = path.relative_to(ROOT).with_suffix("").parts[0]
    for target in imports(path):
        other = target.split(".")[0]
        assert other == house or other in ALLOWED[house], f"{path.relative_to(ROOT)} imports {target}"


def test_the_table_names_every_house() -> None:
    houses = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert set(ALLOWED) == houses


def test_no_writer_knows_another() -> None:
    for path in (ROOT / "writers").rglob("*.py"):
        parts = path.relative_to(ROOT / "writers").with_suffix("").parts
        if parts in (("__init__",), ("combined",)):  # the registry; and packages that are made of others
            continue
        for target in imports(path):
            if target.startswith("writers."):
                assert target.split(".")[1] == parts[0], f"{path} imports {target}"


def test_the_two_cartridges_do_not_know_each_other() -> None:
    for name, other in (("moodle", "standard"), ("standard", "moodle")):
        assert f"writers.cartridge.{other}" not in imports(ROOT / "writers" / "cartridge" / f"{name}.py")


def test_starting_up_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, coursegen.cli; print([name for name in ('lxml', 'jinja2', 'yaml', 'coursegen.model') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_circular_imports() -> None:
    """Not even for types: every module knows only what is below it."""
    graph = {}
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        graph[name] = imports(path)
    below: dict[str, set[str]] = {}

    def reach(name: str, above: tuple[str, ...]) -> set[str]:
        assert name not in above, " -> ".join([*above, name])
        if name not in below:
            found = set()
            for target in graph.get(name, set()):
                found |= {target} | reach(target, (*above, name))
            below[name] = found
        return below[name]

    assert len(graph) > 40
    for name in graph:
        reach(name, ())
