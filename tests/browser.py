"""A real browser, the packages as a learner's LMS serves them, and hands to work the player with. Fixtures of the browser tests."""

from __future__ import annotations

import functools
import json
import os
import random
import shutil
import sys
import threading
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Locator, Page, WebError, expect, sync_playwright

from coursegen.build import build
from coursegen.check import check_source
from coursegen.model import (
    Activity,
    ChoiceGap,
    Cloze,
    Course,
    Essay,
    Gap,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    Quiz,
    RatingScale,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TrueFalse,
    Unit,
)
from coursegen.render.overview import has_overview
from coursegen.score import key, right_response
from coursegen.writers import FORMATS

HERE = Path(__file__).parent
MODULES = HERE.parent / "modules"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 10_000
"""Milliseconds that anything may take before a test gives up."""


@functools.cache
def course_of(folder: Path = MODULES) -> Course:
    """The course in a folder; an error in its sources is an error here."""
    course, findings = check_source(folder)
    errors = [str(finding) for finding in findings if finding.severity == "error"]
    assert course is not None, errors
    assert not errors, errors
    return course


class Package(NamedTuple):
    """A SCORM package, by its folder below the site, and the units in it."""

    name: str
    units: tuple[Unit, ...]

    def activities(self) -> list[tuple[str, str, Activity | None]]:
        """Every page that the player shows, in order, as (id, title, activity); a page about a unit has none."""
        pages: list[tuple[str, str, Activity | None]] = []
        for unit in self.units:
            if has_overview(unit):
                pages.append((unit.id, words("overview.title"), None))
            pages += [(activity.id, activity.title, activity) for activity in unit.for_learners()]
        return pages

    def quizzes(self) -> list[Quiz]:
        return [quiz for unit in self.units for quiz in unit.quizzes()]

    def questions(self) -> list[Question]:
        return [question for quiz in self.quizzes() for question in quiz.set.pool()]

    @property
    def launch(self) -> str:
        return f"{self.name}/index.html"


def packages_of(course: Course) -> list[Package]:
    """The SCORM packages of a course: one for each unit, and the whole."""
    return [
        Package(Path(file).stem, (unit,) if unit else course.units)
        for kind in ("scorm12-unit", "scorm12")
        for file, unit in FORMATS[kind].packages(course)
    ]


@functools.cache
def _messages() -> dict[str, Any]:
    messages: dict[str, Any] = json.loads((HERE.parent / "templates" / "messages" / "en.json").read_text("utf-8"))
    return messages


def words(key: str, **values: Any) -> str:
    """The player's own words for something, so that no test depends on how they are put."""
    text = _messages()[key]
    if isinstance(text, dict):
        text = text["one" if values["count"] == 1 else "other"]
    return str(text).format(**values)


# Answers


def right_answer(question: Question) -> str | list[str]:
    """What a learner who knows it chooses, types or puts together; of what is never scored, something."""
    response = right_response(question)
    return response[0] if isinstance(question, ShortAnswer | Numerical | Essay) else response


def wrong_answer(question: Question) -> str | list[str]:
    """An answer that earns nothing; of what is never scored, something."""
    return _astray(question, 0)


def partly_right(question: MultipleResponse | Matching | Sorting | Ordering | Cloze) -> str | list[str]:
    """An answer of which only the first part is right."""
    return _astray(question, 1)


def _astray(question: Question, right: int) -> str | list[str]:
    """An answer of which the first parts are right, and all others wrong."""
    known = right_response(question)
    if isinstance(question, ShortAnswer):
        return next((str(each.text) for each in question.answers if not each.correct), "no idea")
    if isinstance(question, Numerical):
        return next((str(each.value) for each in question.answers if not each.correct), "987654")
    if isinstance(question, Essay | RatingScale):
        return right_answer(question)
    if isinstance(question, TrueFalse):
        return ["false" if question.answer else "true"]
    if isinstance(question, SingleChoice | MultipleResponse):
        return known[:right] or [next(option.id for option in question.options if not option.correct)]
    if isinstance(question, Ordering):
        return [*known[:right], *known[right + 1 :], known[right]]
    if isinstance(question, Cloze):
        others = [f"{gap.id}.{_wrong_filling(gap)}" for gap in question.gaps]
    elif isinstance(question, Matching):
        others = [f"{pair}.{next(each for each in question.targets() if each != target)}" for pair, target in question.key().items()]
    else:
        others = [f"{item.id}.{next(group.id for group in question.groups if group.id != item.group)}" for item in question.items]
    return [*known[:right], *others[right:]]


def _wrong_filling(gap: Gap) -> str:
    return next(option.id for option in gap.options if not option.correct) if isinstance(gap, ChoiceGap) else "no idea"


def some_answer(question: Question, dice: random.Random, luck: float) -> str | list[str]:
    """What a learner who guesses ticks or types: right, nearly right or wrong."""
    lucky = dice.random() < luck
    if isinstance(question, ShortAnswer):
        texts = [str(answer.text) for answer in question.answers if answer.correct == lucky] or ["no idea"]
        text = dice.choice(texts)
        return dice.choice([text, text.upper(), f"  {text} ", text.replace(" ", "   ")])
    if lucky:
        return right_answer(question)
    if isinstance(question, SingleChoice):
        return [dice.choice([option.id for option in question.options if not option.correct])]
    if isinstance(question, MultipleResponse):
        return nearly_right(question, dice.random() < 0.5)
    return _astray(question, dice.choice([0, 1]))


def nearly_right(question: MultipleResponse, more: bool) -> list[str]:
    """The right options and one too many, or all but one of them."""
    right = key(question)
    wrong = next(option.id for option in question.options if not option.correct)
    return [*right, wrong] if more else right[1:] or [wrong]


# The browser


def executable() -> str:
    """Chromium on this machine. Without it the tests fail: what they look after would go unwatched."""
    found = shutil.which(os.environ.get("COURSEGEN_CHROMIUM") or "chromium")
    if not found:
        pytest.fail("no browser: install Chromium (Debian: apt install chromium), or set COURSEGEN_CHROMIUM to its program", pytrace=False)
    return found


def javascript(path: str) -> Path:
    """A file of the JavaScript packages that the tests use."""
    file = HERE / "node_modules" / path
    if not file.is_file():
        pytest.fail(f"{file.relative_to(HERE)} is missing: run .ci/setup test", pytrace=False)
    return file


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = executable()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


class Watched:
    """A browser context in which nothing may go wrong unseen: errors and requests to elsewhere are held against the test."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.faults: list[str] = []
        self.requests: list[str] = []
        context.set_default_timeout(PATIENCE)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", lambda request: self.requests.append(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"page: {error.error}")

    def page(self) -> Page:
        return self.context.new_page()

    def close(self) -> None:
        self.context.close()
        elsewhere = [url for url in self.requests if urlsplit(url).scheme not in ("data", "file") and urlsplit(url).hostname != "127.0.0.1"]
        assert self.requests, "no request was seen: the watch does not work"
        assert not elsewhere, elsewhere
        assert not self.faults, self.faults


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """Makes browser contexts, each with a memory of its own; at the end they must have kept to themselves."""
    made: list[Watched] = []

    def make(**options: Any) -> Watched:
        made.append(Watched(chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options})))
        return made[-1]

    yield make
    for watched in made:
        watched.close()


# The site


class Site(NamedTuple):
    """The unpacked packages, in a folder and on the web."""

    folder: Path
    address: str

    def url(self, path: str) -> str:
        return f"{self.address}/{path}"


class _Quiet(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        """A browser asks for a favicon by itself where a page names none: there is none, and that is no fault."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is none; anything else is told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The packages of modules/, built once, each in a folder, served as by an LMS."""
    folder = tmp_path_factory.mktemp("site")
    unpack(MODULES, folder, tmp_path_factory.mktemp("dist"))
    with served(folder) as found:
        yield found


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """A folder on the web, with a learning platform in it."""
    for name in ("lms.html", "strict.js"):
        shutil.copy(HERE / name, folder)
    for name in ("scorm12.js", "scorm2004.js"):
        shutil.copy(javascript(f"scorm-again/dist/{name}"), folder)
    with _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


def unpack(source: Path, folder: Path, dist: Path) -> None:
    """Build the course in ``source`` and unpack its SCORM packages and its cartridge below ``folder``."""
    built = build(source, dist, ("scorm12-unit", "scorm12", "scorm2004-unit", "scorm2004", "cartridge"))
    assert not built.failed, built.findings
    for package in built.packages:
        with zipfile.ZipFile(dist / package.name) as archive:
            archive.extractall(folder / Path(package.name).stem)


# A learner's hands


def form_of(question: Question) -> str:
    """The selector of a question."""
    return f"form[data-question='{question.id}']"


class Player:
    """The player in a frame or a window, worked as a learner would: by mouse, or at once, which is a hundred times faster."""

    def __init__(self, frame: Frame | Page, mouse: bool = False) -> None:
        self.frame = frame
        self.mouse = mouse

    def click(self, selector: str) -> None:
        if self.mouse:
            self.frame.locator(selector).click()
        else:
            self.frame.locator(selector).evaluate("(it) => { if (!it.checkVisibility()) throw new Error('hidden'); it.click(); }")

    def ready(self) -> Player:
        """Wait until something can be read."""
        self.frame.locator("#cg-content > *").first.wait_for()
        return self

    def text(self, selector: str) -> str:
        return self.frame.locator(selector).inner_text().strip()

    def expect_saved(self, state: str) -> None:
        """Wait until the player says that it stands so with saving."""
        expect(self.frame.locator("#cg-saved")).to_have_text(words(f"saved.{state}"))

    def expect_notice(self, key: str) -> None:
        """Wait until a notice is shown."""
        expect(self.frame.locator("#cg-notice p:not(.cg-buttons)")).to_have_text(words(key))

    def expect_at(self, activity: str, title: str) -> None:
        """Wait until an activity is there, its words too."""
        expect(self.frame.locator(f".cg-item[aria-current=page][href='#/{activity}']")).to_be_attached()
        expect(self.frame.locator("#cg-heading")).to_have_text(title)
        expect(self.frame.locator("#cg-content > .cg-activity")).to_have_count(1)

    def next(self) -> None:
        self.click("#cg-next")

    def go(self, activity: str) -> None:
        """Follow the menu to an activity; the menu is opened and its unit unfolded where they must be."""
        menu = self.frame.locator("#cg-menu")
        if menu.is_visible() and menu.get_attribute("aria-expanded") == "false":
            menu.click()
        item = self.frame.locator(f".cg-item[href='#/{activity}']")
        if not item.is_visible():
            self.frame.locator("#cg-nav details", has=item).locator("summary").click()
        self.click(f".cg-item[href='#/{activity}']")
        expect(self.frame.locator(f".cg-item[aria-current=page][href='#/{activity}']")).to_be_attached()

    def form(self, question: Question) -> Locator:
        return self.frame.locator(form_of(question))

    def fill(self, question: Question, response: str | Collection[str]) -> None:
        """Choose, type or put together an answer, without checking it."""
        given = [response] if isinstance(response, str) else list(response)
        if isinstance(question, Ordering):
            self._arrange(question, given)
        elif isinstance(question, ShortAnswer | Numerical | Essay):
            self.form(question).locator("input[type=text], textarea").fill(given[0])
        elif isinstance(question, Matching | Sorting | Cloze):
            for part, _, value in (each.partition(".") for each in given):
                self._fill_part(f"{form_of(question)} [data-part='{part}']", value)
        else:
            for option in given:
                self.click(f"{form_of(question)} input[value='{option}']")

    def _fill_part(self, part: str, value: str) -> None:
        place = self.frame.locator(part)
        if place.locator("select").count():
            place.locator("select").select_option(value)
        elif place.locator("input[type=text]").count():
            place.locator("input[type=text]").fill(value)
        else:
            self.click(f"{part} input[value='{value}']")

    def order(self, question: Question) -> list[str]:
        """The things of an ordering as they stand."""
        found: list[str] = self.form(question).locator("[data-step]").evaluate_all("all => all.map(one => one.dataset.step)")
        return found

    def _arrange(self, question: Question, wanted: list[str]) -> None:
        """Move each thing up to its place; who finds them there moves one to and fro, else nothing was answered."""
        step = f"{form_of(question)} [data-step='%s'] .cg-move"
        if self.order(question) == wanted:
            self.click(f"{step % wanted[0]}.cg-down")
        for place, name in enumerate(wanted):
            for _ in range(self.order(question).index(name) - place):
                self.click(f"{step % name}:not(.cg-down)")

    def answer(self, question: Question, response: str | Collection[str]) -> str:
        """Answer and check; what the player says to it comes back."""
        self.fill(question, response)
        self.click(f"{form_of(question)} .cg-check")
        expect(self.form(question).locator(".cg-result")).to_be_visible()
        return self.form(question).locator(".cg-verdict").inner_text().strip()

    def shown(self) -> list[dict[str, Any]]:
        """What a quiz shows: of each question what is ticked or typed, what is locked, and all words that can be read."""
        found: list[dict[str, Any]] = self.frame.evaluate(
            """() => [...document.querySelectorAll("form[data-question]")].map((form) => ({
              question: form.dataset.question,
              inputs: [...form.querySelectorAll("input, select, textarea")]
                .map((i) => [i.value, i.checked, i.disabled || i.readOnly || !i.checkVisibility()]),
              words: form.innerText,
            }))"""
        )
        return found


# A learning platform


class Call(NamedTuple):
    """A call of the API: its name, what it was given, what it answered and the error code after it."""

    name: str
    arguments: list[str]
    answer: str
    error: str


class Lms:
    """A learning platform with one learner, who opens a package; ``saved`` is what it kept of an earlier visit."""

    def __init__(
        self,
        watched: Watched,
        site: Site,
        package: Package,
        saved: Any = None,
        *,
        mode: str = "normal",
        faults: dict[str, str] | None = None,
        api: bool = True,
        clock: bool = False,
        mouse: bool = False,
        runtime: str = "scorm12",
        platform: str = "scorm-again",
    ) -> None:
        """``runtime`` is scorm12 or scorm2004; ``platform`` scorm-again, or strict (tests/strict.js)."""
        self.page = watched.page()
        if clock:
            self.page.clock.install()
        self.page.goto(site.url("lms.html"))
        self.given = {"before": saved, "mode": mode, "runtime": runtime, "platform": platform}
        self.fail(faults or {})
        if api:
            self.provide()
        self.page.evaluate("(address) => launch(address)", package.launch)
        frame = self.page.locator("iframe").element_handle().content_frame()
        assert frame is not None
        self.player = Player(frame, mouse)

    def provide(self) -> None:
        """Put the API in place."""
        self.page.evaluate("(given) => open_api(given)", self.given)

    def fail(self, faults: dict[str, str]) -> None:
        """From now on, functions of the API refuse ("false"), throw ("throw"), or send what does not arrive ("lost", and "lie" if they
        call it a success; the strict platform only)."""
        self.page.evaluate("(given) => { faults = given; }", faults)

    def calls(self) -> list[Call]:
        return [Call(*call) for call in self.page.evaluate("calls")]

    def saved(self) -> Any:
        return self.page.evaluate("saved")

    def kept(self) -> dict[str, str]:
        """What the platform's server has, by element."""
        found: dict[str, str] = (self.saved() or {"flat": {}})["flat"]
        return found

    def leave(self) -> Any:
        """Leave the course; what the LMS keeps comes back."""
        self.page.evaluate("leave()")
        return self.saved()

    def written(self, element: str) -> list[str]:
        """Every value that was written to an element, in order."""
        return [call.arguments[1] for call in self.calls() if call.name.endswith("SetValue") and call.arguments[0] == element]

    def interactions(self) -> list[dict[str, str]]:
        """The interactions that were written, in order; the rest of an element's name is the key."""
        found: dict[int, dict[str, str]] = {}
        for call in self.calls():
            if call.name.endswith("SetValue") and call.arguments[0].startswith("cmi.interactions."):
                index, _, rest = call.arguments[0].removeprefix("cmi.interactions.").partition(".")
                found.setdefault(int(index), {})[rest] = call.arguments[1]
        return list(found.values())
