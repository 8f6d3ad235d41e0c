"""Reading aids in the player: terms explained in place, search, a unit on paper, one's own display, reading aloud."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from browser import Player, Watched, words
from playwright.sync_api import Page, expect
from samples import FILES, write_course
from test_accessibility import settled, too_wide, violations

from coursegen.build import build

Visitor = Callable[..., Watched]

GLOSSARY = """\
terms:
  - id: run-out
    term: Run-out
    definition: <p>The wobble of a disc. A <a href="glossary.yaml#dial-gauge">dial gauge</a> shows it.</p>
  - id: dial-gauge
    term: Dial gauge
    definition: A tool that shows <em>hundredths</em> of a millimetre.
  - id: pad
    term: Brake pad
    definition: <p>It rubs. See <a href="02-discs/pages/wear.html">how discs wear</a>.</p>
"""
WEAR = """\
<p>A disc wears slowly. <span lang="fr">Le maître d’apprentissage</span> says: 0.05 mm is too much! Ask him.</p>
<p class="later" hidden>Nobody hears this.</p>
<ul><li>The <a href="../../glossary.yaml#run-out">run-out</a><ul><li>of discs</li></ul></li></ul>
<table><caption>Limits</caption><tr><th scope="col"><a href="../../glossary.yaml#pad">Brake pad</a></th></tr><tr><td>2 mm</td></tr></table>
<h2 id="limits">Limits</h2>
<details><summary>See an example</summary><p>A zebrafish, for example.</p></details>
<p lang="es">El disco gira.</p>
"""
CHANGES = {
    "course.yaml": FILES["course.yaml"].replace("units:\n", "glossary: glossary.yaml\nunits:\n"),
    "glossary.yaml": GLOSSARY,
    "01-brakes/pages/why.html": FILES["01-brakes/pages/why.html"]
    + '<p>The <a href="../../glossary.yaml#run-out">run-out</a> of a disc is small.</p>\n<p id="after">Then on.</p>\n',
    "02-discs/pages/wear.html": WEAR.replace(" hidden", ""),
}
VOICES = """
const voices = [];
const said = [];
const speech = {
  onvoiceschanged: null,
  getVoices: () => voices,
  speak(one) { said.push([one.text, one.lang, one.voice.name]); speech.now = one; },
  cancel() { said.push("hush"); const one = speech.now; speech.now = null; if (one && one.onerror) one.onerror({ error: "canceled" }); },
};
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
window.said = said;
window.voice = (lang, localService = true) => {
  voices.push({ name: lang, lang, localService });
  if (speech.onvoiceschanged) speech.onvoiceschanged();
};
window.spoken = () => speech.now.onend();
"""
NARROW = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture(scope="module")
def launch(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a package with a glossary, on the disk."""
    folder = tmp_path_factory.mktemp("aids")
    built = build(write_course(folder / "course", CHANGES), folder / "dist", ("scorm12",))
    assert not built.failed, built.findings
    with zipfile.ZipFile(folder / "dist" / built.packages[0].name) as archive:
        archive.extractall(folder / "package")
    return (folder / "package" / "index.html").as_uri()


def at(page: Page, launch: str, activity: str) -> Page:
    page.goto(f"{launch}#/{activity}")
    Player(page).ready()
    return page


def focused(page: Page, attribute: str) -> Any:
    return page.evaluate("(name) => document.activeElement[name]", attribute)


# Terms


def test_a_term_is_explained_in_place(launch: str, visitor: Visitor) -> None:
    page = at(visitor().page(), launch, "u01-why")
    before = page.locator("#cg-progress-words").inner_text()
    term = page.get_by_role("button", name="run-out", exact=True)
    expect(term).to_have_attribute("aria-expanded", "false")
    term.focus()
    page.keyboard.press("Enter")
    note = page.locator(".cg-gloss")
    expect(note).to_contain_text("The wobble of a disc.")
    expect(note).to_be_focused()
    expect(term).to_have_attribute("aria-expanded", "true")
    assert note.evaluate("(note) => note.previousElementSibling.innerText") == "The run-out of a disc is small."
    assert note.evaluate("(note) => note.nextElementSibling.id") == "after"
    assert page.url == f"{launch}#/u01-why"

    note.get_by_role("link", name="dial gauge").click()
    expect(page.locator(".cg-gloss")).to_contain_text("hundredths of a millimetre")
    expect(page.locator(".cg-gloss")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".cg-gloss")).to_have_count(0)
    expect(term).to_be_focused()
    expect(term).to_have_attribute("aria-expanded", "false")

    page.keyboard.press("Space")
    expect(page.locator(".cg-gloss")).to_contain_text("The wobble")
    page.get_by_role("button", name=words("glossary.close")).click()
    expect(term).to_be_focused()
    term.click()
    term.click()
    expect(page.locator(".cg-gloss")).to_have_count(0)
    assert page.locator("#cg-progress-words").inner_text() == before


def test_a_note_stands_where_html_allows_it(launch: str, visitor: Visitor) -> None:
    page = at(visitor(**NARROW).page(), launch, "u02-wear")
    for name, tag, following in (("run-out", "LI", "UL"), ("Brake pad", "TH", None)):
        page.get_by_role("button", name=name, exact=True).click()
        note = page.locator(".cg-gloss")
        expect(note).to_have_count(1)
        expect(note).to_be_focused()
        assert note.evaluate("(note) => note.parentElement.tagName") == tag
        assert note.evaluate("(note) => note.nextElementSibling && note.nextElementSibling.tagName") == following
        settled(page)
        assert too_wide(page) == []
    page.get_by_role("link", name="how discs wear").click()


def test_all_terms_on_one_page(launch: str, visitor: Visitor) -> None:
    page = at(visitor().page(), launch, "u01-why")
    before = page.locator("#cg-progress-words").inner_text()
    page.get_by_role("link", name=words("glossary"), exact=True).click()
    expect(page.locator("#cg-heading")).to_have_text(words("glossary"))
    assert page.locator(".cg-term dfn").all_inner_texts() == ["Brake pad", "Dial gauge", "Run-out"]
    expect(page.locator(".cg-all-terms")).to_have_attribute("aria-current", "page")
    page.locator(".cg-term a", has_text="dial gauge").click()
    assert page.url.endswith("#/cg-glossary/dial-gauge")
    expect(page.locator("#dial-gauge")).to_be_focused()
    expect(page.locator(".cg-gloss")).to_have_count(0)
    assert page.locator("#cg-progress-words").inner_text() == before
    page.reload()
    Player(page).ready()
    expect(page.locator("#cg-heading")).to_have_text(words("glossary"))
    page.go_back()
    page.go_back()
    expect(page.locator("#cg-heading")).to_have_text("Why brakes matter")
    expect(page.locator(".cg-all-terms")).not_to_have_attribute("aria-current", "page")


def test_definitions_that_cannot_be_loaded(launch: str, visitor: Visitor) -> None:
    watched = visitor()
    watched.context.route("**/glossary.js", lambda route: route.abort())
    page = at(watched.page(), launch, "u01-why")
    page.get_by_role("button", name="run-out", exact=True).click()
    expect(page.locator("#cg-notice")).to_contain_text(words("load.failed"))
    assert page.url.endswith("#/cg-glossary/run-out")
    watched.faults = [fault for fault in watched.faults if "ERR_FAILED" not in fault]


# Search


def look_for(page: Page, typed: str) -> list[str]:
    """What is found, by titles."""
    if page.locator("#cg-search").is_hidden():
        page.locator("#cg-find").click()
    page.locator("#cg-search-words").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.cg-found').textContent")
    return page.locator(".cg-results a > span:first-child").all_inner_texts()


def test_search(launch: str, visitor: Visitor) -> None:
    watched = visitor()
    page = at(watched.page(), launch, "u01-why")
    assert not any("search.js" in url for url in watched.requests), "the texts are not loaded before somebody searches"
    page.locator("#cg-find").click()
    assert focused(page, "id") == "cg-search-words"
    page.keyboard.type("MAITRE disc")  # no Enter: it searches as one types
    expect(page.locator(".cg-found")).to_have_text(words("search.count", count=1))
    expect(page.locator(".cg-results a")).to_contain_text("Wear")
    expect(page.locator(".cg-results a")).to_contain_text("Discs")
    expect(page.locator(".cg-results a")).to_have_accessible_name(re.compile("Wear ?, Discs"))
    assert {mark.lower() for mark in page.locator(".cg-results mark").all_inner_texts()} == {"maître", "disc"}
    assert sum("search.js" in url for url in watched.requests) == 1
    page.keyboard.press("ArrowDown")
    expect(page.locator(".cg-results a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    assert focused(page, "id") == "cg-search-words"
    page.keyboard.press("Escape")
    assert focused(page, "id") == "cg-find"
    expect(page.locator("#cg-search")).to_be_hidden()


def test_a_result_leads_to_the_words(launch: str, visitor: Visitor) -> None:
    page = at(visitor().page(), launch, "u01-why")
    assert look_for(page, "zebrafish") == ["Wear"]
    page.keyboard.press("Enter")
    hit = page.locator("mark.cg-hit")
    expect(hit).to_have_text("zebrafish")
    expect(hit).to_be_focused()
    expect(hit).to_be_visible()  # its disclosure has opened
    assert page.url.endswith("#/u02-wear")
    expect(page.locator("#cg-search")).to_be_hidden()
    assert look_for(page, "slowly") == ["Wear"]
    page.keyboard.press("Enter")
    expect(hit).to_have_text("slowly")
    assert look_for(page, "dial hundredths") == [words("glossary")]
    page.keyboard.press("Enter")
    expect(page.locator("#cg-heading")).to_have_text(words("glossary"))
    expect(hit).to_be_focused()
    assert look_for(page, "peers") == ["Tell your peers"]  # a title has no words on the page
    page.keyboard.press("Enter")
    expect(page.locator("#cg-heading")).to_be_focused()
    expect(hit).to_have_count(0)


def test_search_gives_no_answer_away(launch: str, visitor: Visitor) -> None:
    page = at(visitor().page(), launch, "u01-why")
    assert look_for(page, "run-out measures") == ["Check yourself"]
    assert look_for(page, "coarse") == []  # feedback
    assert look_for(page, "bolts") == []  # an option
    assert page.locator(".cg-found").inner_text() == words("search.none")


# Paper


def test_a_unit_on_paper(launch: str, visitor: Visitor) -> None:
    watched = visitor()
    watched.context.add_init_script("window.print = () => { window.papers = (window.papers || 0) + 1; }")
    page = at(watched.page(), launch, "u01")
    page.locator("#cg-content").get_by_role("button", name=words("print.unit")).click()
    page.wait_for_function("() => window.papers === 1")
    page.emulate_media(media="print")
    paper = page.locator(".cg-paper")
    expect(paper).to_be_visible()
    titles = ["Why brakes matter", "The parts", "Check yourself", "Tell your peers", "The frame of skills", "Measurements"]
    assert paper.locator("h1").all_inner_texts() == [words("overview.title"), *titles]
    assert paper.locator(".cg-question").count() == 2
    assert paper.locator("input[type=checkbox]").count() == 3
    text = paper.inner_text()
    assert "Pads" in text
    for key in ("too coarse", "They do, slowly", words("question.check"), words("quiz.result")):
        assert key not in text, key
    assert paper.locator("button, [id], [hidden]").count() == 0
    for screen in ("#cg-content", "#cg-nav", ".cg-tools", ".cg-footer"):
        expect(page.locator(screen)).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(paper).to_have_count(0)
    expect(page.locator("#cg-content")).to_be_visible()

    at(page, launch, "u02-wear").locator("#cg-display").click()
    page.locator("#cg-settings").get_by_role("button", name=words("print.unit")).click()
    page.wait_for_function("() => window.papers === 2")
    page.emulate_media(media="print")
    expect(page.get_by_text("A zebrafish, for example.").last).to_be_visible()


# Display


def test_the_learners_own_display(launch: str, visitor: Visitor) -> None:
    watched = visitor(color_scheme="light")
    page = at(watched.page(), launch, "u01-why")
    look = "() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.fontSize, s.letterSpacing]; }"
    light = page.evaluate(look)
    page.locator("#cg-display").click()
    for name in ("display.theme.dark", "display.size.largest", "display.spacing.wide"):
        page.get_by_label(words(name)).check()
    dark = page.evaluate(look)
    assert dark[0] != light[0]
    assert float(dark[1][:-2]) == pytest.approx(1.5 * float(light[1][:-2]), abs=0.1)
    assert float(dark[2][:-2]) == pytest.approx(0.12 * float(dark[1][:-2]), abs=0.1)
    paragraph = page.locator("#cg-content p").first
    spacing = paragraph.evaluate(
        "(p) => { const s = getComputedStyle(p); return [s.lineHeight, s.wordSpacing, s.marginBottom].map(parseFloat); }"
    )
    assert [round(value / float(dark[1][:-2]), 2) for value in spacing] == [1.8, 0.16, 2.0]
    joined = """(p) => {
      const quote = p.ownerDocument.createElement("span");
      quote.dir = "rtl";
      quote.innerHTML = "<b>سلام</b>";
      p.append(quote);
      const found = [quote, quote.firstChild].map((one) => getComputedStyle(one).letterSpacing);
      quote.remove();
      return found;
    }"""
    assert paragraph.evaluate(joined) == ["normal", "normal"], "letters of cursive scripts stay joined"

    # Before anything is drawn: the player's script does not even come.
    watched.context.route("**/player.js", lambda route: route.abort())
    page.reload()
    assert page.evaluate(look) == dark
    watched.context.unroute("**/player.js")
    watched.faults = [fault for fault in watched.faults if "ERR_FAILED" not in fault]

    page.reload()
    Player(page).ready()
    page.locator("#cg-display").click()
    expect(page.get_by_label(words("display.theme.dark"))).to_be_checked()
    page.emulate_media(color_scheme="dark")
    page.get_by_label(words("display.theme.light")).check()
    assert page.evaluate(look)[0] == light[0]
    page.get_by_label(words("display.theme.device")).check()
    assert page.evaluate(look)[0] == dark[0]
    page.keyboard.press("Escape")
    assert focused(page, "id") == "cg-display"


def test_a_display_without_a_memory(launch: str, visitor: Visitor) -> None:
    watched = visitor()
    watched.context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });")
    page = at(watched.page(), launch, "u01-why")
    page.locator("#cg-display").click()
    page.get_by_label(words("display.theme.dark")).check()
    assert page.evaluate("document.documentElement.dataset.cgTheme") == "dark"


def test_one_panel_at_a_time(launch: str, visitor: Visitor) -> None:
    page = at(visitor(**NARROW).page(), launch, "u01-why")
    panels = {"#cg-menu": "#cg-nav", "#cg-find": "#cg-search", "#cg-display": "#cg-settings"}
    for button in ("#cg-menu", "#cg-find", "#cg-display", "#cg-find", "#cg-menu", "#cg-display", "#cg-menu"):
        page.locator(button).click()
        for other, panel in panels.items():
            expect(page.locator(panel)).to_be_visible(visible=other == button)
            expect(page.locator(other)).to_have_attribute("aria-expanded", "true" if other == button else "false")


# Reading aloud


def reading(visitor: Visitor, launch: str, activity: str) -> Page:
    watched = visitor()
    watched.context.add_init_script(VOICES)
    return at(watched.page(), launch, activity)


def test_no_voice_no_button(launch: str, visitor: Visitor) -> None:
    page = reading(visitor, launch, "u02-wear")
    box = page.locator("#cg-aloud")
    expect(box).to_be_hidden()
    page.evaluate("voice('fr-FR')")
    page.evaluate("voice('en-US', false)")  # in the web: it would be told what is read
    expect(box).to_be_hidden()
    page.locator("#cg-display").click()
    expect(page.locator("#cg-aloud-panel")).to_be_hidden()
    page.evaluate("voice('en_GB')")  # voices come late
    expect(box).to_be_visible()
    expect(page.locator("#cg-aloud-panel")).to_be_visible()


def test_reading_aloud(launch: str, visitor: Visitor) -> None:
    page = reading(visitor, launch, "u02-wear")
    for language in ("en-GB", "fr-FR"):
        page.evaluate("(language) => voice(language)", language)
    page.evaluate("document.querySelector('.later').hidden = true")
    start, stop = page.locator("#cg-aloud button").all()
    assert stop.is_hidden()
    start.click()
    expect(start).to_have_text(words("aloud.pause"))
    marks = []
    for _ in range(11):
        marks.append(page.locator(".cg-spoken").evaluate_all("all => all.map((one) => one.tagName)"))
        page.evaluate("spoken()")
    assert page.evaluate("said.slice(0, 12)") == [
        ["Wear", "en", "en-GB"],
        ["A disc wears slowly.", "en", "en-GB"],
        ["Le maître d’apprentissage", "fr", "fr-FR"],
        ["says: 0.05 mm is too much!", "en", "en-GB"],
        ["Ask him.", "en", "en-GB"],
        ["The run-out", "en", "en-GB"],
        ["of discs", "en", "en-GB"],
        ["Limits", "en", "en-GB"],
        ["Brake pad", "en", "en-GB"],
        ["2 mm", "en", "en-GB"],
        ["Limits", "en", "en-GB"],
        ["See an example", "en", "en-GB"],
    ]
    assert [tag for (tag,) in marks] == ["H1", "P", "P", "P", "P", "LI", "LI", "CAPTION", "TH", "TD", "H2"]
    page.evaluate("spoken()")  # what is in the closed disclosure is not read
    assert page.evaluate("said[12]") == ["El disco gira.", "es", "en-GB"]
    expect(page.locator(".cg-spoken")).to_be_in_viewport()
    page.evaluate("spoken()")
    expect(page.locator(".cg-spoken")).to_have_count(0)
    expect(start).to_have_text(words("aloud.start"))
    assert stop.is_hidden()


def test_pause_and_stop(launch: str, visitor: Visitor) -> None:
    page = reading(visitor, launch, "u02-wear")
    page.evaluate("voice('en')")
    start, stop = page.locator("#cg-aloud button").all()
    start.click()
    page.evaluate("spoken()")
    start.click()
    expect(start).to_have_text(words("aloud.continue"))
    assert page.evaluate("said.slice(1)") == [["A disc wears slowly.", "en", "en"], "hush"]
    start.click()
    assert page.evaluate("said.slice(3)") == [["A disc wears slowly.", "en", "en"]]
    stop.click()
    assert page.evaluate("said[4]") == "hush"
    expect(start).to_be_focused()
    expect(page.locator(".cg-spoken")).to_have_count(0)
    start.click()
    page.locator("#cg-next").click()
    expect(page.locator("#cg-heading")).to_have_text("Wear or not")
    assert page.evaluate("said.slice(5)") == [["Wear", "en", "en"], "hush"]
    expect(start).to_have_text(words("aloud.start"))


# Everybody


@pytest.mark.parametrize("size", ["", "4"])
def test_axe_and_width(launch: str, visitor: Visitor, size: str) -> None:
    watched = visitor(**NARROW)
    watched.context.add_init_script(VOICES)
    page = at(watched.page(), launch, "u02-wear")
    page.evaluate("voice('en')")
    if size:
        page.evaluate(
            "(size) => { const { dataset } = document.documentElement; dataset.cgSize = size; dataset.cgSpacing = 'wide'; }", size
        )
    wrong: list[str] = []

    def check(where: str) -> None:
        for scheme in ("light", "dark"):
            for width in (320, 870):
                page.set_viewport_size({"width": width, "height": 700})
                page.emulate_media(color_scheme=scheme)
                settled(page)
                wrong.extend(f"{where}, {scheme}, {width}: {one}" for one in violations(page) + too_wide(page))

    page.locator("#cg-display").click()
    check("display")
    assert look_for(page, "slowly") == ["Wear"]
    check("search")
    page.keyboard.press("Enter")
    check("hit")
    page.get_by_role("button", name="run-out", exact=True).click()
    expect(page.locator(".cg-gloss")).to_be_visible()
    check("term")
    page.locator("#cg-aloud button").first.click()
    check("aloud")
    at(page, launch, "cg-glossary")
    check("glossary")
    assert wrong == []
    # axe asks for the style sheets, which a page on a disk may not do.
    refused = ("XMLHttpRequest", "ERR_FAILED", "preload assets")
    watched.faults = [fault for fault in watched.faults if not any(told in fault for told in refused)]


def test_from_right_to_left(launch: str, visitor: Visitor) -> None:
    page = at(visitor(**NARROW).page(), launch, "u01-why")
    page.evaluate("document.documentElement.dir = 'rtl'")
    for button in ("#cg-display", "#cg-find"):
        page.locator(button).click()
        settled(page)
        assert too_wide(page) == []
    first, last = page.locator("#cg-menu").bounding_box(), page.locator("#cg-display").bounding_box()
    assert first
    assert last
    assert first["x"] > last["x"]
