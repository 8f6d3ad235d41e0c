"""Every page that a learner can meet, looked at by axe-core, in the light and in the dark, and at the width of a small phone.

axe finds what a program can find. What it cannot (whether words make sense, whether an order is the right one) is no less needed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from random import Random

import pytest
from browser import Package, Player, Site, Watched, course_of, javascript, packages_of, right_answer, some_answer, unpack
from playwright.sync_api import Page, expect
from samples import write_course

from coursegen.check.rules.html import ELEMENTS
from coursegen.model import Course, Quiz
from coursegen.model import Page as CoursePage

Visitor = Callable[..., Watched]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}

EVERYTHING = """\
<section><div>
<h2 id="disc">Disc</h2><h3>Parts</h3><h4>Small parts</h4><h5>Smaller parts</h5><h6>The smallest</h6>
<p>A <b>disc</b> is <i>round</i>, <u>flat</u>, <s>soft</s> <strong>hard</strong> and <em>heavy</em>; <small>mostly</small>,
<abbr title="normally open">NO</abbr> <a href="why.html#heat">heat</a> and <a href="https://example.org/">makers</a>.
H<sub>2</sub>O, m<sup>2</sup>, <code>brake(x)</code>, <kbd>Enter</kbd>, <samp>Error 7</samp>, <var>x</var>, <q>Measure first</q>,
<cite>The brake book</cite>, a <dfn>run-out</dfn> is a wobble, <mark>see here</mark>, <time datetime="2021-04-05">5 April</time>,
<del>old</del> <ins>new</ins>, <span lang="fr">le disque</span>, <bdi>abc</bdi>, <bdo dir="ltr">abc</bdo>,
<ruby>盤<rp>(</rp><rt>disc</rt><rp>)</rp></ruby>, <data value="5">five</data>,
Donaudampfschifffahrts<wbr>gesellschaftskapitänsmützenabzeichenbefestigungsschraubenschlüssel<br>next line.</p>
<ul><li>One<ol start="3"><li>Three</li><li value="7">Seven</li></ol></li><li>Two</li></ul>
<dl><dt>Pad</dt><dd><p>It rubs.</p></dd><dt>Disc</dt><dd>It turns.</dd></dl>
<table>
  <caption>Limits of wear in workshops of every size, with the tool that shows them and who signs the result in the end</caption>
  <colgroup><col><col span="4"></colgroup>
  <thead><tr><th scope="col">Part</th><th scope="col">Measurement</th><th scope="col">Manufacturer</th>
    <th scope="col">Responsibility</th><th scope="col">Documentation</th></tr></thead>
  <tbody><tr><th scope="row">Disc</th><td>0.05&nbsp;mm</td><td>Everybody</td><td>Trainer</td><td>Measurement sheet</td></tr></tbody>
  <tfoot><tr><th scope="row">Sum</th><td>1</td><td>2</td><td>3</td><td>4</td></tr></tfoot>
</table>
<figure>
  <img src="../media/disc.svg" alt="A gauge on a disc." width="900" height="900">
  <figcaption>Figure 1. A gauge, and a caption of some length below it.</figcaption>
</figure>
<p>A brake squeals:</p>
<audio controls src="../media/squeal.wav"></audio>
<p>A brake turns:</p>
<video controls>
  <source src="../media/turn.webm" type="video/webm">
  <track kind="captions" src="../media/turn.vtt" srclang="en" label="English" default>
</video>
<aside class="note"><p>Note: measure twice.</p></aside>
<aside class="tip"><p>Tip: clean first, <a href="why.html">as here</a>.</p></aside>
<aside class="warning"><p>Warning: hot. <a href="why.html">See why</a>.</p></aside>
<aside class="example"><p>Example: a van.</p></aside>
<blockquote cite="https://example.org/book"><p>Measure, then decide. <a href="why.html">Why?</a></p></blockquote>
<details><summary>See an example</summary><p>Inside.</p></details>
<pre>a very long line of code that does not end where the screen of a telephone ends, but goes on() and on()</pre>
<hr>
<address>Workshop, 1 Brake Street</address>
</div></section>
"""
CHANGES = {
    "01-brakes/pages/parts.html": EVERYTHING,
    "01-brakes/media/squeal.wav": "RIFF",
    "01-brakes/media/turn.webm": "webm",
    "01-brakes/media/turn.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nA disc turns.\n",
}


@pytest.fixture(scope="session")
def sample(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The sample course with every element that a page may have, unpacked beside the others."""
    folder = write_course(tmp_path_factory.mktemp("sample"), CHANGES)
    unpack(folder, site.folder, tmp_path_factory.mktemp("sample-dist"))
    return course_of(folder)


@functools.cache
def _axe() -> str:
    return javascript("axe-core/axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What axe-core holds against the page."""
    if page.evaluate("() => typeof axe === 'undefined'"):
        page.evaluate(_axe())
    result = page.evaluate(
        "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })",
        TAGS,
    )
    assert result["passes"], "axe did not look"
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in result["violations"] for node in rule["nodes"]]


def settled(page: Page) -> None:
    """Wait until the layout of a new size has been drawn, with what the player does about it, and pictures are there."""
    page.evaluate(
        """async () => {
          for (const image of document.images) { image.loading = "eager"; await image.decode(); }
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))));
        }"""
    )


def too_wide(page: Page) -> list[str]:
    """What does not fit into the window: the page itself, a table that cannot be scrolled by keyboard, words at the very edge."""
    return page.evaluate(
        """() => {
          const found = [];
          const width = document.scrollingElement.scrollWidth;
          if (width > innerWidth) found.push(`the page is ${width} wide in ${innerWidth}`);
          const bare = [...document.querySelectorAll("main h1, main p")].find((text) => {
            const box = text.getBoundingClientRect();
            return box.width && (box.left < 8 || box.right > innerWidth - 8);
          });
          if (bare) found.push(`no margin beside ${bare.outerHTML.slice(0, 100)}`);
          for (const part of document.querySelectorAll("body *")) {
            const box = part.getBoundingClientRect();
            if (!box.width || getComputedStyle(part).visibility === "hidden" || part.closest(".cg-hidden, .cg-skip")) continue;
            if (box.right <= innerWidth + 1 && box.left >= -1) continue;
            const region = part.closest("[role=region][tabindex='0'][aria-label]");
            if (!region || part === region) found.push(`${part.outerHTML.slice(0, 100)} reaches from ${box.left} to ${box.right}`);
          }
          return found;
        }"""
    )


def look(page: Page, where: str) -> tuple[list[str], int]:
    """All that is wrong with what is shown: at a desk in both schemes, and on a phone; and how often axe looked."""
    wrong: list[str] = []
    for size, scheme in ((DESK, "light"), (DESK, "dark"), (PHONE, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        settled(page)
        wrong += [f"{where}, {scheme}, {size['width']}: {one}" for one in violations(page)]
        wrong += [f"{where}, {size['width']}: {one}" for one in too_wide(page)]
    page.set_viewport_size(DESK)
    return wrong, 3


def in_the_player(package: Package, site: Site, visitor: Visitor) -> None:
    page = visitor(viewport=DESK).page()
    page.goto(site.url(package.launch))
    player = Player(page).ready()
    wrong: list[str] = []
    runs = 0

    def check(where: str) -> None:
        found, times = look(page, where)
        wrong.extend(found)
        nonlocal runs
        runs += times

    dice = Random(7)
    for activity, title, what in package.activities():
        player.go(activity)
        player.expect_at(activity, title)
        page.locator("#cg-content details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        check(activity)
        if isinstance(what, Quiz):
            page.locator(".cg-check").first.click()
            expect(page.locator(".cg-hint").first).not_to_be_empty()
            for number, question in enumerate(what.set.questions):
                player.answer(question, right_answer(question) if number % 2 else some_answer(question, dice, 0.0))
            check(f"{activity}, answered")
    page.set_viewport_size(PHONE)
    page.locator("#cg-menu").click()
    expect(page.locator("#cg-nav")).to_be_visible()
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        settled(page)
        wrong += [f"menu, {scheme}: {one}" for one in violations(page) + too_wide(page)]
    assert wrong == []
    assert runs == 3 * (len(package.activities()) + len(package.quizzes()))


def in_the_cartridge(course: Course, site: Site, visitor: Visitor) -> None:
    page = visitor(viewport=DESK).page()
    folder = site.folder / f"{course.id}-{course.language}"
    files = sorted(folder.rglob("*.html"))
    pages = [activity for _, activity in course.activities() if isinstance(activity, CoursePage)]
    assert len(files) >= len(pages) > 0
    wrong: list[str] = []
    for file in files:
        page.goto(site.url(file.relative_to(site.folder).as_posix()))
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        wrong += look(page, file.name)[0]
    assert wrong == []


def test_the_course_in_the_player(site: Site, visitor: Visitor) -> None:
    in_the_player(packages_of(course_of())[-1], site, visitor)


def test_the_course_in_the_cartridge(site: Site, visitor: Visitor) -> None:
    in_the_cartridge(course_of(), site, visitor)


def test_the_sample_has_every_element(sample: Course) -> None:
    (page,) = [activity for _, activity in sample.activities() if activity.id == "u01-parts"]
    assert isinstance(page, CoursePage)
    assert {element.tag for element in page.body.elements()} == ELEMENTS - {"h1"}


def test_every_element_in_the_player(sample: Course, site: Site, visitor: Visitor) -> None:
    in_the_player(packages_of(sample)[-1], site, visitor)


def test_every_element_in_the_cartridge(sample: Course, site: Site, visitor: Visitor) -> None:
    in_the_cartridge(sample, site, visitor)


def test_axe_sees_what_is_wrong(site: Site, visitor: Visitor) -> None:
    """The looking itself: a page with faults of each sort is not let through."""
    page = visitor(viewport=PHONE).page()
    page.goto(site.url("lms.html"))
    page.set_content(
        "<title></title><img src='data:,'><main><p style='color:#ccc;background:#fff;margin:0 -8px'>pale</p></main>"
        "<div style='width:400px'>wide</div>"
    )
    found = " ".join(violations(page))
    assert any("no margin" in one for one in too_wide(page))
    for rule in ("document-title", "html-has-lang", "image-alt", "color-contrast"):
        assert rule in found
    assert any("400" in one for one in too_wide(page))
