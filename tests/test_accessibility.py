"""Every page that a learner can meet, in every state of it that the other tests of views do not look at (test_aids.py, test_case_view.py,
test_grid_view.py, test_quiz_view.py): looked at by axe-core, in the light and in the dark, at a desk and on a small phone. Nothing is
wider than the screen there, however large the learner has made the text.

axe finds what a program can find. What it cannot (whether words make sense, whether an order is the right one) is no less needed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, javascript, packages_of, right_answer, some_answer, unpack, words
from cases import CASE_FILES
from hands import decide, rate, run_of
from playwright.sync_api import Frame, Page, ViewportSize, expect
from samples import FILES, write_course
from test_updates import EDITS

from coursegen.check.rules.html import ELEMENTS
from coursegen.model import Activity, Case, Course, Gloss, GridRating, Quiz
from coursegen.model import Page as CoursePage

Visitor = Callable[..., Watched]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}

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


def violations(page: Page | Frame) -> list[str]:
    """What axe-core holds against the page."""
    if page.evaluate("() => typeof axe === 'undefined'"):
        page.evaluate(_axe())
    result = page.evaluate(
        "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })",
        TAGS,
    )
    assert result["passes"], "axe did not look"
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in result["violations"] for node in rule["nodes"]]


def settled(page: Page | Frame) -> None:
    """Wait until the layout of a new size has been drawn, with what the player does about it, and pictures are there."""
    page.evaluate(
        """async () => {
          for (const image of document.images) { image.loading = "eager"; await image.decode(); }
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))));
        }"""
    )


def too_wide(page: Page | Frame) -> list[str]:
    """What does not fit into the window: the page itself, a table that cannot be scrolled by keyboard, words at the very edge."""
    return page.evaluate(
        """() => {
          const found = [];
          const width = document.scrollingElement.scrollWidth;
          if (width > innerWidth) found.push(`the page is ${width} wide in ${innerWidth}`);
          const bare = [...document.querySelectorAll("main h1, main p")].find((text) => {
            const box = text.getBoundingClientRect();
            return box.width && !text.closest("[role=region]") && (box.left < 8 || box.right > innerWidth - 8);
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


def look(page: Page, where: str, frame: Frame | None = None) -> list[str]:
    """All that is wrong with what is shown, in the page or in a frame of it: at a desk and on a phone, in both schemes, and with the
    largest text and wide spacing."""
    shown = frame or page
    wrong: list[str] = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            settled(shown)
            wrong += [f"{where}, {scheme}, {size['width']}: {one}" for one in violations(shown)]
        wrong += [f"{where}, {size['width']}: {one}" for one in too_wide(shown)]
    shown.evaluate("() => Object.assign(document.documentElement.dataset, { cgSize: '4', cgSpacing: 'wide' })")
    settled(shown)
    wrong += [f"{where}, largest: {one}" for one in too_wide(shown)]
    shown.evaluate("() => Object.assign(document.documentElement.dataset, { cgSize: '', cgSpacing: '' })")
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    return wrong


class Looker:
    """Takes a page through its states, looks at each, and remembers what is wrong with them."""

    def __init__(self, page: Page, look: Callable[[Page, str], list[str]] = look) -> None:
        self.page = page
        self.look_at = look
        self.player = Player(page)
        self.wrong: list[str] = []
        self.states: list[str] = []

    def look(self, state: str) -> None:
        self.states.append(state)
        self.wrong += self.look_at(self.page, state)

    def visit(self, activity: str, title: str, what: Activity | None) -> None:
        """Look at an activity as it is at first, and at what becomes of it."""
        self.player.go(activity)
        if what:  # the page about a unit has the interface's title, in whatever language that is
            self.player.expect_at(activity, title)
        self.page.locator("#cg-content > .cg-activity").wait_for()
        self.page.locator("#cg-content details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        self.look(activity)
        if isinstance(what, Quiz):
            self.answer(what)
        elif isinstance(what, Case):
            self.play(what)
        elif isinstance(what, GridRating) and not any("rated" in state for state in self.states):  # the others look the same
            self.rate(what)

    def answer(self, quiz: Quiz) -> None:
        dice = Random(7)
        self.page.locator(".cg-check").first.click()
        expect(self.page.locator(".cg-hint").first).not_to_be_empty()
        for number, question in enumerate(quiz.set.pool()):
            self.player.answer(question, right_answer(question) if number % 2 else some_answer(question, dice, 0.0))
        self.look(f"{quiz.id}, answered")

    def play(self, case: Case) -> None:
        done = run_of(case, True)
        self.player.click(".cg-case-begins")
        self.look(f"{case.id}, a scene")
        self.player.click(f"[data-scene='{done.steps[0].scene}'] [data-choice='{done.steps[0].choice}'] .cg-decide")
        self.look(f"{case.id}, a consequence")
        self.player.click(".cg-case-on")
        decide(self.player, case, done._replace(steps=done.steps[1:]))
        self.page.locator(".cg-case-path details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        self.look(f"{case.id}, ended")
        self.player.click(".cg-case-reads")
        self.look(f"{case.id}, as a text")

    def rate(self, rating: GridRating) -> None:
        """The profile of a part, of all (beside the reference if there is one), and beside one's own earlier rating."""
        self.page.locator("[data-indicator] input").first.check()
        self.player.click(".cg-grid-show")
        self.look(f"{rating.id}, begun")
        rate(self.player, rating)
        self.player.click(".cg-grid-keep")
        self.look(f"{rating.id}, rated, asked whether to keep it")
        self.player.click(".cg-grid-yes")
        rate(self.player, rating)
        self.look(f"{rating.id}, rated again")

    def use_aids(self, word: str) -> None:
        """The panels of the header, and a term in the page that is shown."""
        self.page.locator("#cg-display").click()
        self.look("display")
        self.page.locator("#cg-find").click()
        self.page.locator("#cg-search-words").fill(word)
        self.page.keyboard.press("Enter")
        self.page.locator(".cg-results a").first.wait_for()
        self.look("search")
        self.page.keyboard.press("Escape")
        self.page.locator("#cg-content .cg-term-link:visible").first.click()
        expect(self.page.locator(".cg-gloss")).to_be_visible()
        self.look("a term")

    def open_menu(self) -> None:
        self.page.set_viewport_size(PHONE)
        self.page.locator("#cg-menu").click()
        expect(self.page.locator("#cg-nav")).to_be_visible()
        self.page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            settled(self.page)
            self.wrong += [f"menu, {scheme}: {one}" for one in violations(self.page) + too_wide(self.page)]

    def visit_all(self, package: Package) -> None:
        """Every activity, then the panels and a term, on the first page that has one."""
        for activity, title, what in package.activities():
            self.visit(activity, title, what)
        for activity, _, what in package.activities():
            if isinstance(what, CoursePage) and any(isinstance(element.get("href"), Gloss) for element in what.body.elements()):
                self.player.go(activity)
                self.use_aids("lesson")
                return


def in_the_player(package: Package, site: Site, visitor: Visitor) -> Looker:
    page = visitor(viewport=DESK).page()
    page.goto(site.url(package.launch))
    looker = Looker(page)
    looker.player.ready()
    looker.visit_all(package)
    looker.open_menu()
    assert looker.wrong == []
    return looker


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
        wrong += look(page, file.name)
    assert wrong == []


def test_the_course_in_the_player(site: Site, visitor: Visitor) -> None:
    package = packages_of(course_of())[-1]
    looker = in_the_player(package, site, visitor)
    kinds = [what.kind for _, _, what in package.activities() if what]
    aids = ["display", "search", "a term"]
    assert looker.states[-3:] == aids
    assert "grid" in kinds
    assert len(looker.states) == len(package.activities()) + kinds.count("quiz") + 4 * kinds.count("case") + 3 + len(aids)


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


def test_notices_of_the_platform(site: Site, visitor: Visitor) -> None:
    package = next(one for one in packages_of(course_of()) if one.quizzes())
    wrong: list[str] = []
    watched = visitor(viewport=DESK)

    def check(lms: Lms, notice: str) -> None:
        lms.player.expect_notice(notice)
        frame = lms.player.frame
        assert isinstance(frame, Frame)
        wrong.extend(look(lms.page, notice, frame))

    check(Lms(watched, site, package, faults={"LMSInitialize": "false"}), "session.failed")
    lost = Lms(watched, site, package, platform="strict")
    lost.player.ready().expect_saved("saved")
    lost.fail({"LMSCommit": "lost", "LMSFinish": "lost"})
    lost.player.next()
    lost.player.expect_saved("unsaved")
    again = Lms(watched, site, package, lost.leave(), platform="strict")
    check(again, "copy.offer")
    again.player.frame.locator("#cg-notice button").first.click()
    again.player.expect_saved("saved")
    other = Lms(watched, site, package, again.saved(), platform="strict")
    other.player.ready().expect_saved("saved")
    check(again, "session.elsewhere")
    other.player.frame.evaluate(
        "() => { for (const name of ['pagehide', 'pageshow']) dispatchEvent(new PageTransitionEvent(name, { persisted: true })); }"
    )
    check(other, "session.ended")
    assert wrong == []


def test_a_notice_of_a_part_that_does_not_load(site: Site, visitor: Visitor) -> None:
    watched = visitor(viewport=DESK)
    page = watched.page()
    page.route("**/content/*.js", lambda route: route.abort())
    page.goto(site.url(packages_of(course_of())[-1].launch))
    Player(page).expect_notice("load.failed")
    assert look(page, "load.failed") == []
    watched.faults = [fault for fault in watched.faults if "net::ERR_FAILED" not in fault]  # as ordered


def test_the_notice_of_what_has_changed(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    """Parts that are new, reworded, lost and removed, told all at once."""
    source = {**FILES, **CASE_FILES}
    edited = functools.reduce(lambda files, edit: edit(files), EDITS, source)
    packages = []
    for name, files in (("before", source), ("after", edited)):
        folder = write_course(tmp_path / name, {**dict.fromkeys(FILES), **files})
        unpack(folder, site.folder / name, tmp_path / f"dist-{name}")
        package = packages_of(course_of(folder))[-1]
        packages.append(package._replace(name=f"{name}/{package.name}"))
    before, after = packages
    page = visitor(viewport=DESK).page()
    page.goto(site.url(before.launch))
    player = Player(page).ready()
    for activity, title, what in before.activities():
        player.go(activity)
        player.expect_at(activity, title)
        if isinstance(what, Quiz):
            for question in what.set.pool():
                player.answer(question, right_answer(question))
        elif isinstance(what, Case):
            decide(player, what, run_of(what, True))
    page.goto(site.url(after.launch))
    expect(page.locator("#cg-notice")).to_contain_text(words("changes.title"))
    expect(page.locator("#cg-notice ul")).to_have_count(3)
    expect(page.locator("#cg-notice")).to_contain_text(words("changes.removed", count=1))
    assert look(page, "changes") == []
    page.locator("#cg-notice button").click()
    expect(page.locator("#cg-notice")).to_be_empty()
    expect(page.locator("#cg-notice")).to_be_hidden()
    expect(page.locator("#cg-heading")).to_be_focused()


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
