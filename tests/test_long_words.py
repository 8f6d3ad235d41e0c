"""The player in languages that need more room or run the other way: every text of the interface made longer by two fifths, as Finnish
is, and the same from right to left. Nothing is cut off, and no page scrolls sideways."""

from __future__ import annotations

import json
import math
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import HERE, MODULES, Site, Watched, course_of, packages_of
from playwright.sync_api import Page
from test_accessibility import Looker, settled, too_wide

from coursegen.build import build

Visitor = Callable[..., Watched]

WIDTHS = (320, 768, 870)


def longer(text: Any) -> Any:
    """A text whose words have two fifths more letters, with its placeholders as they are; the same of each plural form."""
    if isinstance(text, dict):
        return {form: longer(each) for form, each in text.items()}
    parts = re.split(r"(\{\w+\})", text)
    return "".join(part if part.startswith("{") else re.sub(r"[^\W\d_]+", lambda found: _stretched(found[0]), part) for part in parts)


def _stretched(word: str) -> str:
    return word + (word.lower() * 2)[: math.ceil(0.4 * len(word))]


def cut(page: Page) -> list[str]:
    """Words that do not fit into what they stand in: hidden, or beyond the edge of a button, a label or a cell."""
    return page.evaluate(
        """() => {
          const found = [];
          for (const part of document.querySelectorAll("body *")) {
            if (!part.checkVisibility() || part.closest(".cg-hidden, .cg-skip, svg")) continue;
            const { overflowX, overflowY } = getComputedStyle(part);
            const hides = overflowX === "hidden" || overflowX === "clip" || overflowY === "hidden" || overflowY === "clip";
            const holds = part.matches("button, a, label, summary, legend, h1, h2, h3, td, th, .cg-badge");
            if (!hides && !holds) continue;
            const inline = getComputedStyle(part).display === "inline";
            if (inline || (part.scrollWidth <= part.clientWidth + 1 && (!hides || part.scrollHeight <= part.clientHeight + 1))) continue;
            found.push(`${part.outerHTML.slice(0, 120)} holds ${part.scrollWidth} in ${part.clientWidth}`);
          }
          return found;
        }"""
    )


def look(page: Page, state: str) -> list[str]:
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        settled(page)
        wrong += [f"{state}, {width}: {one}" for one in too_wide(page) + cut(page)]
    return wrong


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The texts of the interface, longer."""
    english: dict[str, Any] = json.loads((HERE.parent / "templates" / "messages" / "en.json").read_text("utf-8"))
    return {key: longer(text) for key, text in english.items()}


def test_texts_are_longer_and_keep_what_is_filled_in(words: dict[str, Any]) -> None:
    assert longer("{done} of {of} done") == "{done} ofo {of} donedo"
    assert longer({"one": "{count} part", "other": "{count} parts"}) == {"one": "{count} partpa", "other": "{count} partspa"}
    english = json.loads((HERE.parent / "templates" / "messages" / "en.json").read_text("utf-8"))
    for key, text in english.items():
        if isinstance(text, str):
            before, after = (re.findall(r"[^\W\d_]", re.sub(r"\{\w+\}", "", one)) for one in (text, words[key]))
            assert len(after) >= 1.4 * len(before)


def test_what_is_cut_is_seen(visitor: Visitor, site: Site) -> None:
    """The looking itself: words in a box that is too small are found, hidden or beyond its edge, and so is nothing else."""
    page = visitor().page()
    page.goto(site.url("lms.html"))
    page.set_content(
        "<div style='width: 5em; overflow: hidden; white-space: nowrap'>these are too many</div>"
        "<p style='height: 1em; line-height: 1.5; overflow: hidden'>these are<br>too high</p>"
        "<button style='width: 4em; overflow-wrap: normal; padding: 0'>Unbreakableness</button><button>fits</button><p>fits</p>"
    )
    assert [one.split(">")[1].split("<")[0] for one in cut(page)] == ["these are too many", "these are", "Unbreakableness"]


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_nothing_is_cut(language: str, words: dict[str, Any], visitor: Visitor, tmp_path: Path) -> None:
    source = tmp_path / "modules"
    shutil.copytree(MODULES, source)
    text = (source / "course.yaml").read_text("utf-8")
    assert "language: en\n" in text
    (source / "course.yaml").write_text(text.replace("language: en\n", f"language: {language}\n"), "utf-8")
    messages = source / "templates" / "messages" / f"{language}.json"
    messages.parent.mkdir(parents=True)
    messages.write_text(json.dumps(words), "utf-8")
    built = build(source, tmp_path / "dist", ("scorm12",))
    assert not built.failed, built.findings
    with zipfile.ZipFile(tmp_path / "dist" / built.packages[0].name) as archive:
        archive.extractall(tmp_path / "package")
    page = visitor().page()
    page.goto((tmp_path / "package" / "index.html").as_uri())
    looker = Looker(page, look)
    looker.player.ready()
    assert page.locator("#cg-next .cg-pager-word").inner_text() == longer("Next")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    package = packages_of(course_of(source))[-1]
    page.set_viewport_size({"width": 870, "height": 800})
    looker.visit_all(package)
    assert looker.wrong == []
    assert len(looker.states) > len(package.activities()) + 10
