"""Reads the course after every save, and holds what there is to show: the last good state, and all findings of the newest."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from pathlib import Path
from threading import Condition, Event
from typing import TYPE_CHECKING, NamedTuple

from .show import Show
from .watch import Watch

if TYPE_CHECKING:
    from ..finding import Finding
    from ..model import Course
    from ..render.templates import Templates

LOOKING = 0.3
"""Seconds that a browser has to draw a page again before the course is checked: two threads would take each other's time."""


class State(NamedTuple):
    """What there is to show. A new one takes the place of the old, so that readers need no lock."""

    number: int
    """Grows with every change of anything below."""
    shown: int
    """The number of the state in which ``show`` became what it is."""
    show: Show | None
    """The last course that could be shown; None until there is one."""
    findings: tuple[Finding, ...]
    is_behind: bool
    """Whether the sources are newer than what is shown, because they cannot be shown."""
    is_checking: bool
    """Whether the findings are still those of the state before."""
    trouble: str = ""
    """What is wrong with coursegen itself, where no finding can say why the newest sources are not shown."""


class Studio:
    """The course in a folder, kept up to date."""

    def __init__(self, root: Path) -> None:
        from ..memo import Memo

        self.root = root
        self.memo = Memo()
        self.state = State(0, 0, None, (), False, False)
        self.listeners = 0
        self._changed = Condition()
        self._templates: Templates | None = None
        self._watch = Watch(root, lambda: self.listeners > 0)
        self._stop = Event()

    def run(self) -> None:
        """Follow the sources until :meth:`stop`."""
        while not self._stop.wait(self._watch.rest()):
            if changed := self._watch.changed():
                try:
                    self.update(changed)
                except Exception as error:  # the next save may mend it: the preview goes on
                    self._fail(error)

    def stop(self) -> None:
        """End :meth:`run`, and wake all who wait."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()

    def listen(self, more: int) -> None:
        """Count the browsers that follow: while there is one, the folder is looked at more often."""
        with self._changed:
            self.listeners += more

    @property
    def is_over(self) -> bool:
        """Whether the preview is about to end."""
        return self._stop.is_set()

    def wait(self, number: int, timeout: float) -> State:
        """The state, as soon as its number is another one; after ``timeout`` seconds the state as it is."""
        with self._changed:
            self._changed.wait_for(lambda: self.state.number != number or self.is_over, timeout)
            return self.state

    def update(self, changed: set[str] | None = None) -> None:
        """Read the course and show it; then look for findings. ``changed`` are files in the course folder (None: everything is new)."""
        from ..check import check
        from ..readers.source import read

        course, found = read(self.root, self.memo)
        if course is None or any(finding.severity == "error" for finding in found):
            self._publish(findings=check(course, found, hints=True) if course else found, is_behind=True)
            return
        show, trouble = self._try(course, changed)
        if show and self.listeners:
            self._stop.wait(LOOKING)
        findings = check(course, found, hints=True)
        if show:
            trouble = self._complete(show)
            if not trouble and not any(finding.severity == "error" for finding in findings):
                show.approve()
        self._publish(findings=findings + _finding(trouble), is_behind=show is None, trouble=_told(trouble, findings))

    def _try(self, course: Course, changed: set[str] | None) -> tuple[Show | None, Exception | None]:
        """Show a course, if what is being looked at can be made of it; else tell what was in the way."""
        try:
            show = Show(course, self._templates_for(course, changed), self.state.show)
            show.prepare()
        except Exception as error:  # findings that are errors let a writer stumble; what is shown then stays
            return None, error
        self._publish(show=show, is_behind=False, is_checking=True)
        return show, None

    def _complete(self, show: Show) -> Exception | None:
        """What is in the way of showing the pages that nobody looks at now: a course's own templates show it when they are filled."""
        if (self.root / "templates").is_dir():
            try:
                show.complete()
            except Exception as error:
                return error
        return None

    def _templates_for(self, course: Course, changed: set[str] | None) -> Templates:
        """The templates, made anew where they can have changed: filling them for the first time takes longest of all."""
        from ..render.templates import Templates

        kept = self._templates
        is_same = kept is not None and changed is not None and not any(path.startswith("templates/") for path in changed)
        if kept is None or not is_same or kept.language != course.language:
            self._templates = None  # where making them fails, the next save has to make them, too
            kept = Templates(course, self.root / "templates")
        self._templates = kept
        return kept

    def _fail(self, error: Exception) -> None:
        """A mistake of ours: the terminal has the details, the page says that there is one."""
        traceback.print_exception(error)
        self._publish(is_behind=True, trouble=f"{type(error).__name__}: {error}")

    def _publish(
        self,
        *,
        show: Show | None = None,
        findings: Iterable[Finding] | None = None,
        is_behind: bool,
        is_checking: bool = False,
        trouble: str = "",
    ) -> None:
        with self._changed:
            old = self.state
            number = old.number + 1
            shown = number if show else old.shown
            told = old.findings if findings is None else tuple(sorted(set(findings)))
            self.state = State(number, shown, show or old.show, told, is_behind, is_checking, trouble)
            self._changed.notify_all()


def _finding(trouble: Exception | None) -> list[Finding]:
    """The finding in what kept a course from being shown, if it has one: a template of the course is at fault."""
    from ..render.faults import TemplateFault

    return [trouble.finding] if isinstance(trouble, TemplateFault) else []


def _told(trouble: Exception | None, findings: Iterable[Finding]) -> str:
    """What kept a course from being shown, where no finding says it. The terminal then has the details."""
    if trouble is None or _finding(trouble) or any(finding.severity == "error" for finding in findings):
        return ""
    traceback.print_exception(trouble)
    return f"{type(trouble).__name__}: {trouble}"
