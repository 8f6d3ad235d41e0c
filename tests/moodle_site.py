"""A running Moodle to test against: the probe that runs its own code, and browsers in which somebody is logged in.

Tests wait for a Moodle that may be written into (each run makes new courses), told by environment variables:

``COURSEGEN_MOODLE_URL``       its address
``COURSEGEN_MOODLE_PROBE``     a command line that runs Moodle's own code; ``restore FILE``, ``scorm FILE``, ``tracks CMID USER`` are
                               appended, and it prints JSON
``COURSEGEN_MOODLE_DROP``      a folder that both the tests and Moodle's user can read, where packages are put for the probe
``COURSEGEN_MOODLE_USER``      an administrator, and
``COURSEGEN_MOODLE_PASSWORD``  the password
``COURSEGEN_MOODLE_LEARNER``   the learner that the probe enrols, as ``name:password`` (``probelearner:Probe-1234!x`` if absent)
``COURSEGEN_MOODLE_CRON``      a command line that lets Moodle do what it does in the background (absent if its cron runs every minute)
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

NEEDED = ("URL", "PROBE", "DROP", "USER", "PASSWORD")
MISSING = [f"COURSEGEN_MOODLE_{name}" for name in NEEDED if not os.environ.get(f"COURSEGEN_MOODLE_{name}")]
waits = pytest.mark.skipif(
    bool(MISSING), reason=f"WAITS FOR A RUNNING MOODLE: set {', '.join(MISSING)}; the head of tests/moodle_site.py says to what"
)
"""The mark of tests that need a Moodle."""
PATIENCE = 30_000


class Moodle:
    """The Moodle to test against."""

    def __init__(self) -> None:
        value = os.environ.get
        self.url = value("COURSEGEN_MOODLE_URL", "").rstrip("/")
        self.command = shlex.split(value("COURSEGEN_MOODLE_PROBE", ""))
        self.drop = Path(value("COURSEGEN_MOODLE_DROP", ""))
        self.admin = (value("COURSEGEN_MOODLE_USER", ""), value("COURSEGEN_MOODLE_PASSWORD", ""))
        self.cron = shlex.split(value("COURSEGEN_MOODLE_CRON", ""))
        name, _, password = value("COURSEGEN_MOODLE_LEARNER", "probelearner:Probe-1234!x").partition(":")
        self.learner = (name, password)

    def probe(self, command: str, *arguments: str | int) -> Any:
        """What the probe answers; it may say more before its JSON."""
        done = subprocess.run([*self.command, command, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=600)
        start = re.search(r"^[{\[]$", done.stdout, re.MULTILINE)
        assert start, f"{command}: no JSON\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return json.JSONDecoder().raw_decode(done.stdout[start.start() :])[0]

    def take(self, command: str, package: Path) -> Any:
        """Give a package to the probe, through the folder that both can read."""
        dropped = self.drop / f"{uuid.uuid4().hex[:8]}-{package.name}"
        shutil.copyfile(package, dropped)
        dropped.chmod(0o644)
        try:
            return self.probe(command, str(dropped))
        finally:
            dropped.unlink()

    def background(self) -> None:
        """Let it do what it puts off, where its cron does not run by itself."""
        if self.cron:
            subprocess.run(self.cron, capture_output=True, check=True, timeout=600)

    def enter(self, context: BrowserContext, user: tuple[str, str]) -> Tab:
        """A tab in which somebody has logged in."""
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        tab.goto(f"{self.url}/login/index.php")
        tab.wait_for_load_state("networkidle")  # the form's script may still empty the fields
        tab.fill("#username", user[0])
        tab.fill("#password", user[1])
        tab.click("#loginbtn")
        tab.wait_for_url(lambda url: "/login/" not in url)
        return tab


@pytest.fixture(scope="module")
def moodle() -> Moodle:
    """The site."""
    return Moodle()


@pytest.fixture(scope="module")
def office(moodle: Moodle, chromium: Browser) -> Iterator[BrowserContext]:
    """Where the administrator is logged in."""
    context = chromium.new_context()
    moodle.enter(context, moodle.admin)
    yield context
    context.close()
