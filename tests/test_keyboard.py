"""The course by keyboard alone: every control is reached by Tab, its focus is seen, and nothing needs a mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, form_of, packages_of, right_answer, words
from hands import run_of, verdict_of
from playwright.sync_api import Page, expect

from coursegen.model import (
    Case,
    Cloze,
    Essay,
    GridRating,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    Quiz,
    ShortAnswer,
    Sorting,
)
from coursegen.score import right_response

Visitor = Callable[..., Watched]

PACKAGES = packages_of(course_of())
WHOLE = PACKAGES[-1]
UNIT_1, UNIT_2 = (next(package for package in PACKAGES if package.units[0].id == name) for name in ("u01", "u02"))


def tab_to(page: Page, player: Player, selector: str, limit: int = 150) -> None:
    """Press Tab until a control has the focus. Wherever the focus comes by, it must be seen, and nothing may cut its ring off."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        found = player.frame.evaluate(
            """(selector) => {
              const element = document.activeElement;
              const ring = (part) => {
                const style = part && getComputedStyle(part);
                return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              };
              const box = element.getBoundingClientRect();
              const { outlineOffset, outlineWidth } = getComputedStyle(element);
              const around = Math.max(0, parseFloat(outlineOffset) + parseFloat(outlineWidth)) - 1;
              const cuts = (part) => {
                const edge = part.getBoundingClientRect();
                return getComputedStyle(part).overflowX !== "visible" && (box.left - around < edge.left || box.right + around > edge.right);
              };
              const above = [];
              for (let part = element.parentElement; part && part !== document.body; part = part.parentElement) above.push(part);
              return {
                hit: element.matches(selector),
                cut: above.some(cuts),
                seen: element === document.body || ring(element) || ring(element.closest("label")),
                what: element.outerHTML.slice(0, 120),
              };
            }""",
            selector,
        )
        assert found["seen"], f"the focus is not seen on {found['what']}"
        assert not found["cut"], f"the ring is cut off on {found['what']}"
        if found["hit"]:
            return
    pytest.fail(f"{selector} is not reached by {limit} tabs")


def answer(page: Page, player: Player, question: Question) -> None:
    """Give the right answer and check it."""
    form = form_of(question)
    put_in(page, player, question, right_response(question))
    if isinstance(question, ShortAnswer | Numerical):
        page.keyboard.press("Enter")
    else:
        tab_to(page, player, f"{form} .cg-check")
        page.keyboard.press("Space" if isinstance(question, MultipleResponse) else "Enter")
    expect(player.frame.locator(f"{form} .cg-result")).to_be_focused()
    expect(player.frame.locator(f"{form} .cg-verdict")).to_have_text(verdict_of(question, right_response(question)))


def put_in(page: Page, player: Player, question: Question, response: list[str]) -> None:
    """Choose, type or put together an answer, without checking it."""
    form = form_of(question)
    if isinstance(question, ShortAnswer | Numerical | Essay):
        tab_to(page, player, f"{form} :is(input, textarea)")
        page.keyboard.type(response[0])
    elif isinstance(question, Ordering):
        arrange(page, player, question, response)
    elif isinstance(question, Matching | Sorting | Cloze):
        for part, _, value in (each.partition(".") for each in response):
            fill(page, player, f"{form} [data-part='{part}']", value)
    elif isinstance(question, MultipleResponse):
        for option in shown(player, form):
            tab_to(page, player, f"{form} input[value='{option}']")
            if option in response:
                page.keyboard.press("Space")
    else:
        choose(page, player, form, response[0])


def fill(page: Page, player: Player, part: str, value: str) -> None:
    """Fill a part of a question: a list, a field or radio buttons."""
    tab_to(page, player, f"{part} :is(select, input)")
    field = player.frame.locator(f"{part} :is(select, input)").first
    if field.get_attribute("type") == "text":
        page.keyboard.type(value)
        return
    if field.get_attribute("type") == "radio":
        page.keyboard.press("Space")
    chosen = player.frame.locator(f"{part} :is(select, input:checked)")
    for _ in range(30):
        if chosen.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"{value} cannot be chosen in {part}")


def arrange(page: Page, player: Player, question: Ordering, wanted: list[str]) -> None:
    """Move each thing up to its place. It may stand before the one that was moved last: so the way begins before the question."""
    form = form_of(question)
    for place, name in enumerate(wanted):
        if moves := player.order(question).index(name) - place:
            while player.frame.evaluate("(form) => document.activeElement.closest(form) !== null", form):
                page.keyboard.press("Shift+Tab")
            tab_to(page, player, f"{form} [data-step='{name}'] .cg-move")
            for _ in range(moves):
                page.keyboard.press("Space")
    assert player.order(question) == wanted


def shown(player: Player, group: str) -> list[str]:
    """The values of the options of a group, in the order on the screen: quizzes shuffle them."""
    found: list[str] = player.frame.locator(f"{group} input").evaluate_all("all => all.map((one) => one.value)")
    return found


def choose(page: Page, player: Player, group: str, value: str) -> None:
    """Choose one of the radio buttons of a group."""
    tab_to(page, player, f"{group} input")
    page.keyboard.press("Space")
    for _ in range(shown(player, group).index(value)):
        page.keyboard.press("ArrowDown")
    expect(player.frame.locator(f"{group} input:checked")).to_have_value(value)


def decide(page: Page, player: Player, case: Case) -> None:
    """Play a case by its best run; after each step the focus is on what has become new."""
    tab_to(page, player, ".cg-case-begins")
    page.keyboard.press("Enter")
    done = run_of(case, True)
    for step in done.steps:
        scene = f"[data-scene='{step.scene}']"
        expect(player.frame.locator(f"{scene} h2")).to_be_focused()
        tab_to(page, player, f"{scene} [data-choice='{step.choice}'] .cg-decide")
        page.keyboard.press("Enter")
        if player.frame.locator(".cg-case-on").is_visible():
            expect(player.frame.locator(f"{scene} [data-choice='{step.choice}'] h3")).to_be_focused()
            tab_to(page, player, ".cg-case-on")
            page.keyboard.press("Space")
    expect(player.frame.locator(f"[data-scene='{done.state.scene}'] h2")).to_be_focused()


def rate(page: Page, player: Player, rating: GridRating) -> None:
    """Give each indicator a level, one of them evidence too, and look at the profile."""
    for number, indicator in enumerate(rating.grid.indicators()):
        field = f"[data-indicator='{indicator.id}']"
        choose(page, player, field, str(number % (len(rating.grid.levels) + 1)))
        if number == 0:
            tab_to(page, player, f"{field} textarea")
            page.keyboard.type("Seen on 5 May.")
    tab_to(page, player, ".cg-grid-show")
    page.keyboard.press("Enter")
    expect(player.frame.locator(".cg-grid-profile h2")).to_be_focused()


def work(page: Page, player: Player, package: Package) -> set[str]:
    """Go through a package by Next and do all there is to do; the kinds of activity and question that were met come back."""
    met: set[str] = set()
    activities = package.activities()
    for place, (name, title, what) in enumerate(activities):
        player.expect_at(name, title)
        if place:
            expect(player.frame.locator("#cg-heading")).to_be_focused()
        met.add(what.kind if what else "about")
        if isinstance(what, Case):
            decide(page, player, what)
        elif isinstance(what, GridRating):
            rate(page, player, what)
        elif isinstance(what, Quiz):
            for question in what.set.pool():
                answer(page, player, question)
                met.add(question.kind)
            tab_to(page, player, ".cg-retry")
        if place + 1 < len(activities):
            tab_to(page, player, "#cg-next")
            page.keyboard.press("Enter")
    return met


def test_a_whole_unit(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_2)
    page, player = lms.page, lms.player.ready()
    tab_to(page, player, ".cg-skip")
    page.keyboard.press("Enter")
    expect(player.frame.locator("#cg-heading")).to_be_focused()
    met = work(page, player, UNIT_2)
    assert met >= {"page", "case", "grid", "quiz", "single-choice", "multiple-response", "true-false", "short-answer"}
    tab_to(page, player, "#cg-back")
    page.keyboard.press("Enter")
    player.expect_at(*UNIT_2.activities()[-2][:2])
    core = lms.leave()["core"]
    assert (core["score"]["raw"], core["lesson_status"]) == ("100", "completed")


def test_an_empty_answer_is_not_taken(site: Site, visitor: Visitor) -> None:
    lms = Lms(visitor(), site, UNIT_1)
    player = lms.player.ready()
    (quiz,) = UNIT_1.quizzes()
    player.go(quiz.id)
    for question in quiz.set.pool():
        if isinstance(question, Ordering):  # it always has an order
            continue
        form = player.form(question)
        form.locator(".cg-check").click()
        if isinstance(question, Matching | Sorting | Cloze):
            expect(form.locator(".cg-hint")).to_contain_text(words("question.open", names=""))
        else:
            typed = isinstance(question, ShortAnswer | Numerical | Essay)
            expect(form.locator(".cg-hint")).to_have_text(words("question.write" if typed else "question.choose"))
        expect(form.locator(".cg-check")).to_be_focused()
        expect(form.locator(".cg-result")).to_be_hidden()
        player.fill(question, right_answer(question))
        expect(form.locator(".cg-hint")).to_be_empty()
    assert lms.interactions() == []


def test_searching(site: Site, visitor: Visitor) -> None:
    page = visitor().page()
    page.goto(site.url(WHOLE.launch))
    player = Player(page).ready()
    tab_to(page, player, "#cg-find", 5)
    page.keyboard.press("Enter")
    expect(page.locator("#cg-search-words")).to_be_focused()
    page.keyboard.type("brake")
    page.keyboard.press("Enter")
    results = page.locator(".cg-results a")
    expect(results.first).to_be_visible()
    place = results.evaluate_all("(all) => all.indexOf(document.activeElement)")
    tab_to(page, player, f".cg-results li:nth-child({place + 2}) a", 5)
    tab_to(page, player, ".cg-results li:last-child a")
    target = results.last.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page.locator(f".cg-item[aria-current=page][href='{target}']")).to_be_attached()
    expect(page.locator("#cg-content .cg-hit")).to_be_focused()


def test_the_menu_by_keyboard_on_a_phone(site: Site, visitor: Visitor) -> None:
    watched = visitor(viewport={"width": 360, "height": 740})
    page = watched.page()
    page.goto(site.url(WHOLE.launch))
    player = Player(page).ready()
    menu = page.locator("#cg-menu")
    expect(page.locator("#cg-nav")).to_be_hidden()
    tab_to(page, player, "#cg-menu", 5)
    page.keyboard.press("Enter")
    expect(page.locator("#cg-nav")).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#cg-nav")).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Space")
    last_unit = WHOLE.units[-1]
    tab_to(page, player, "#cg-nav details:last-of-type > summary")
    page.keyboard.press("Enter")
    goal = next(activity for activity in last_unit.for_learners() if not isinstance(activity, Quiz))
    tab_to(page, player, f".cg-item[href='#/{goal.id}']")
    page.keyboard.press("Enter")
    player.expect_at(goal.id, goal.title)
    expect(page.locator("#cg-nav")).to_be_hidden()
    expect(page.locator("#cg-heading")).to_be_focused()
