"""Packages stay light: what the player weighs, and that making it lighter changes nothing."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path

from packages import MODULES, course, members
from samples import write_course

from coursegen.build import build
from coursegen.render import lighter
from coursegen.render.templates import Templates, shipped

PLAYER = shipped() / "player"
TREES = """
const { parse } = require("internal/deps/acorn/acorn/dist/acorn"); // node's own
const tree = (text) => JSON.stringify(
  parse(text, { ecmaVersion: "latest", sourceType: "module" }),
  (key, value) => (key === "start" || key === "end" ? undefined : value),
);
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(pairs.map(([text, light]) => tree(text) === tree(light))));
"""
LIGHT = 40_000
"""Bytes of all scripts and styles of a package, without the course's texts, as a web server sends them."""


def test_a_package_is_light(tmp_path: Path) -> None:
    """Everything that is loaded before a word of the course can be read."""
    for package in build(MODULES, tmp_path, ("scorm12-unit", "scorm2004-unit")).packages:
        player = {name: data for name, data in members(tmp_path / package.name).items() if name.startswith("player/")}
        assert set(player) == {"player/player.js", "player/player.css"}
        packed = sum(len(gzip.compress(data, 9, mtime=0)) for data in player.values())
        assert packed <= LIGHT, {name: len(gzip.compress(data, 9, mtime=0)) for name, data in player.items()}


def test_no_comment_travels(tmp_path: Path) -> None:
    (package,) = build(MODULES, tmp_path, ("scorm12",)).packages
    files = members(tmp_path / package.name)
    comments = re.findall(r"(?m)^[ \t]*//.*", files["player/player.js"].decode())
    assert comments == []
    assert b"/*" not in files["player/player.css"]


def test_styles_without_comments() -> None:
    """Strings stay, and so do blanks that part words from each other."""
    sheet = """/* one */\n.a > .b, .a :hover { content: "/* no: { comment */"; margin: calc(1px + 2px) 0/* x */auto; }\n"""
    light = lighter.style(sheet)
    assert "one" not in light
    assert '"/* no: { comment */"' in light
    assert ".a :hover" in light
    assert "calc(1px + 2px) 0 auto" in light.replace("/**/", " ")


def test_lighter_modules_mean_the_same() -> None:
    """Each module of the player, made lighter, has the same syntax tree. (A template within a template would not: rjsmin cannot.)"""
    names = sorted(path.relative_to(PLAYER).as_posix() for path in PLAYER.rglob("*.js"))
    pairs = [[(text := (PLAYER / name).read_text("utf-8")), lighter.script(text)] for name in names]
    done = subprocess.run(["node", "--expose-internals", "-e", TREES], input=json.dumps(pairs), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(names) > 20
    assert json.loads(done.stdout) == [True] * len(names)


def test_a_courses_own_modules_stay_as_written(tmp_path: Path) -> None:
    own = "// Mine.\nexport const FIRST  =  1;\n"
    (tmp_path / "player" / "views").mkdir(parents=True)
    (tmp_path / "player" / "routes.js").write_text((PLAYER / "routes.js").read_text("utf-8") + own, "utf-8")
    joined = Templates(course(MODULES), tmp_path).script("player", "play-scorm12.js")
    assert "// Mine.\nconst FIRST  =  1;\n" in joined


def test_a_courses_own_styles_stand_in_for_ours(tmp_path: Path) -> None:
    """One of the same name takes the place of ours; others come after it, by name. A view's style can so be replaced alone."""
    own = {"templates/player/player.css": ".own { top: 0 }\n", "templates/player/a-mine.css": ".mine { top: 0 }\n"}
    write_course(tmp_path / "source", own)
    (package,) = build(tmp_path / "source", tmp_path / "dist", ("scorm12",)).packages
    style = members(tmp_path / "dist" / package.name)["player/player.css"].decode()
    assert ".own { top: 0 }\n.mine { top: 0 }\n" in style
    assert ".cg-question" in style
    assert ".cg-skip" not in style


def test_a_style_that_is_not_utf_8_is_a_finding(tmp_path: Path) -> None:
    write_course(tmp_path / "source")
    (tmp_path / "source" / "templates" / "player").mkdir(parents=True)
    (tmp_path / "source" / "templates" / "player" / "mine.css").write_bytes(b'.a { content: "\xe9" }')
    result = build(tmp_path / "source", tmp_path / "dist", ("scorm12",))
    assert [finding.code for finding in result.findings] == ["L013"]
