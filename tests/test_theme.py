"""A course's own colours, logo and letters: what is checked of them, and what packages have of them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from samples import FILES, write_course

from coursegen.build import build
from coursegen.check import check_source
from coursegen.colour import contrast, nearest
from coursegen.model.theme import Colour, Colours, Theme
from coursegen.palette import PAIRS, SCHEMES, SHIPPED, VARIABLES, Scheme, palette
from coursegen.render.templates import shipped

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="#8a1f5c"/></svg>\n'
THEME = """\
theme:
  light:
    accent: "#8a1f5c"
  logo:
    file: media/logo.svg
    text: Workshop school
  fonts:
    regular: media/letters.woff2
"""


def themed(folder: Path, theme: str = THEME) -> Path:
    changes = {"course.yaml": FILES["course.yaml"] + theme, "media/logo.svg": LOGO, "media/letters.woff2": "wOF2 and the rest"}
    return write_course(folder, changes)


def codes(folder: Path) -> list[str]:
    return [finding.code for finding in check_source(folder)[1]]


def files(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_the_nearest_shade_passes_and_the_one_before_does_not() -> None:
    found = nearest("#7fcbd3", [("#ffffff", 4.5)])
    assert 4.5 <= contrast(found, "#ffffff") < 4.7
    assert nearest("#808080", [("#ffffff", 15), ("#000000", 15)]) == ""


def test_the_colours_are_those_of_the_style_sheet() -> None:
    sheet = (shipped() / "page.css").read_text("utf-8")
    said = re.findall(r"^  (--cg-[\w-]+): var\(--cg-if-light, (#\w{6})\) var\(--cg-if-dark, (#\w{6})\);", sheet, re.MULTILINE)
    assert {variable: (light, dark) for variable, light, dark in said} == {
        variable: (SHIPPED["light"][name], SHIPPED["dark"][name]) for name, variable in VARIABLES.items()
    }


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_shipped_colours_can_be_told_apart(scheme: Scheme) -> None:
    assert list(palette(Theme(), scheme).low()) == []


@pytest.mark.parametrize("accent", ["#8a1f5c", "#b00020", "#0055aa", "#005a2b", "#3b2f8f", "#000000", "#444444"])
def test_an_accent_that_is_right_in_the_light_is_enough(accent: str) -> None:
    for scheme in SCHEMES:
        assert list(palette(Theme(light=Colours(accent=Colour(accent), notice=Colour(accent))), scheme).low()) == []


def test_every_pair_is_of_colours_that_style_sheets_use() -> None:
    folder = shipped()
    paths = [folder / "page.css", *(path for name in ("player", "paper", "report") for path in (folder / name).glob("*.css"))]
    sheets = "".join(path.read_text("utf-8") for path in paths)
    for name in {name for pair in PAIRS for name in pair}:
        assert f"var({VARIABLES[name]})" in sheets
    grounds = set(re.findall(r"background: var\((--cg-(?!if)[\w-]+)\)", sheets))
    # A bar is filled with the accent over a line; its share is said in words beside it. A checked box is words' colour on the page.
    known = {VARIABLES[below] for _, below in PAIRS} | {"--cg-line", "--cg-ink"}
    assert grounds <= known


def test_a_pale_accent_is_refused_with_its_ratio_and_a_better_one(tmp_path: Path) -> None:
    folder = themed(tmp_path, THEME.replace("#8a1f5c", "#e38fc0"))
    found = [finding for finding in check_source(folder)[1] if finding.code == "O001"]
    assert len(found) == 1
    assert found[0].message.startswith("light: accent #e38fc0 on ")
    assert "to 1; 4.5 to 1 is needed" in found[0].message
    assert found[0].place.line == FILES["course.yaml"].count("\n") + 3
    better = found[0].mend.split('"')[1]
    assert codes(themed(tmp_path, THEME.replace("#8a1f5c", better))) == []


def test_a_theme_in_order_has_no_finding(tmp_path: Path) -> None:
    assert codes(themed(tmp_path)) == []


def test_packages_have_colours_logo_and_letters(tmp_path: Path) -> None:
    build(themed(tmp_path / "course"), tmp_path / "dist", ("scorm12", "cartridge", "paper"))
    for name, media, sheet, page, beside in (
        ("scorm12.zip", "media/media", "player/player.css", "index.html", "../media/media"),
        (".imscc", "web_resources/media/media", "web_resources/style/page.css", "web_resources/u01/u01-why.html", "../media/media"),
        ("paper.zip", "media/media", "u01-quiz.html", "u01-quiz.html", "media/media"),
    ):
        package = files(next((tmp_path / "dist").glob(f"*{name}")))
        assert package[f"{media}/logo.svg"] == LOGO.encode()
        assert f"{media}/letters.woff2" in package
        assert f'url("{beside}/letters.woff2")'.encode() in package[sheet]
        assert b"--cg-teal:var(--cg-if-light,#8a1f5c)" in package[sheet]
        assert b'alt="Workshop school"' in package[page]
        if name != "paper.zip":
            assert f'href="{media}/letters.woff2"'.encode() in package["imsmanifest.xml"]


def test_a_course_without_a_theme_has_nothing_of_it(tmp_path: Path) -> None:
    build(write_course(tmp_path / "course"), tmp_path / "dist", ("scorm12",))
    package = files(next((tmp_path / "dist").rglob("*scorm12*.zip")))
    assert b"cg-logo" not in package["index.html"] + package["player/player.css"]
    assert b"@media screen{:root" not in package["player/player.css"]
