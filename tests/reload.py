"""How long an author waits after a save: until the preview's server tells of it, and until the browser has drawn the page again.

``python tests/reload.py`` prints both for modules/ and for a large course. ``measure`` is for the benchmark and the tests.
"""

from __future__ import annotations

import http.client
import json
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from coursegen.serve.server import Server
from coursegen.serve.studio import Studio

HERE = Path(__file__).parent
REST = 0.7
"""Seconds between two saves: a course is checked after each, and no author saves faster."""


class Waits(NamedTuple):
    """Seconds after each save until the event, and until the page was drawn again."""

    server: list[float]
    browser: list[float]

    def __str__(self) -> str:
        return f"event {statistics.median(self.server) * 1000:.0f} ms, page {statistics.median(self.browser) * 1000:.0f} ms (medians)"


@contextmanager
def previewed(folder: Path) -> Iterator[Server]:
    """The preview of a course, on any free port."""
    studio = Studio(folder)
    server = Server(studio, 0)
    studio.update()
    threads = [threading.Thread(target=run, daemon=True) for run in (studio.run, server.serve_forever)]
    for thread in threads:
        thread.start()
    try:
        yield server
    finally:
        studio.stop()
        server.shutdown()
        server.server_close()
        for thread in threads:
            thread.join(5)


class Events:
    """A client of the stream of events, without a browser."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        self._connection.request("GET", "/events")
        self._answer = self._connection.getresponse()

    def next(self) -> dict[str, Any]:
        """The next state that the server tells of."""
        while True:
            line = self._answer.readline()
            if not line:
                raise EOFError
            if line.startswith(b"data: "):
                state: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return state

    def until(self, **wanted: object) -> dict[str, Any]:
        """The first state that is as wanted."""
        while True:
            state = self.next()
            if all(state[key] == value for key, value in wanted.items()):
                return state

    def shown_after(self, number: int) -> dict[str, Any]:
        """The first state that shows something newer."""
        while True:
            state = self.next()
            if state["shown"] > number:
                return state

    def close(self) -> None:
        self._connection.close()


def measure(folder: Path, page: Path, address: str, saves: int = 9) -> Waits:
    """Save a page of the course in ``folder`` some times, with the page open at ``address`` of the preview."""
    from browser import ARGUMENTS, executable
    from playwright.sync_api import sync_playwright

    waits = Waits([], [])
    text = page.read_text("utf-8")
    with previewed(folder) as server, sync_playwright() as playwright:
        events = Events(server)
        shown = events.next()["shown"]
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(server.address.rstrip("/") + address)
        tab.locator("html[data-shown]").wait_for(state="attached")
        tab.evaluate(
            """() => new MutationObserver(() => requestAnimationFrame(() => { document.body.dataset.drawn = Date.now(); }))
              .observe(document.documentElement, { attributeFilter: ["data-shown"] })"""
        )
        for number in range(saves):
            time.sleep(REST)
            tab.evaluate("() => { delete document.body.dataset.drawn; }")
            page.write_text(f"{text}<p>Save {number}.</p>\n", "utf-8")
            start = time.time()
            shown = events.shown_after(shown)["shown"]
            waits.server.append(time.time() - start)
            tab.locator("body[data-drawn]").wait_for(state="attached")
            waits.browser.append(tab.evaluate("() => Number(document.body.dataset.drawn)") / 1000 - start)
        browser.close()
        events.close()
    return waits


def courses(folder: Path) -> Iterator[tuple[str, Path, Path, str]]:
    """The courses to measure: name, folder, a page in it, its address in the preview."""
    from generate import generate

    shutil.copytree(HERE.parent / "modules", folder / "modules")
    yield "modules", folder / "modules", folder / "modules/01-start/pages/timeline.html", "/view/scorm12/course#/u01-timeline"
    generate(folder / "large", 200, 400)
    yield "200 pages, 400 questions", folder / "large", folder / "large/unit-003/pages/p7.html", "/view/scorm12/unit/u3#/u3-p7"
    yield "the same as a whole", folder / "large", folder / "large/unit-003/pages/p7.html", "/view/scorm2004/course#/u3-p7"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for name, *course in courses(Path(made)):
            sys.stdout.write(f"{name}: {measure(*course)}\n")
            sys.stdout.flush()
