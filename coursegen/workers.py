"""Several processes for one pile of tasks. It is for tasks that leave their work in files and return little.

Processes are forked, so that each has all that was read. Where that is not safe (Windows, macOS, a program with threads) there is one.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
_MOST = 4000
"""Tasks whose numbers a pipe surely holds."""
_DIGITS = 2


def processors() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew(Generic[Result]):
    """A context in which helpers have begun with the tasks; they end with it, whether they are done or not.

    The tasks have no order. A task that a helper could not do is done again here, and all others with it in their order, so that what
    it raises is what it would raise without helpers.
    """

    def __init__(self, tasks: Sequence[Callable[[], Result]], jobs: int) -> None:
        self._tasks = tasks
        self._helpers: list[tuple[int, int]] = []
        self._numbers = -1
        helpers = min(jobs, len(tasks)) - 1
        if helpers > 0 and len(tasks) <= _MOST and _can_fork():
            self._numbers, write = os.pipe()
            os.write(write, b"".join(number.to_bytes(_DIGITS, "big") for number in range(len(tasks))))
            os.close(write)
            sys.stdout.flush()
            sys.stderr.flush()
            for _ in range(helpers):
                self._fork()

    def __enter__(self) -> Crew[Result]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._dismiss()

    def results(self) -> list[Result]:
        """Work along until all is done; what the tasks return, in their order."""
        if self._helpers:
            found: dict[int, Result] = {}
            with suppress(Exception):  # whatever it is, it is raised again below
                found.update(self._mine())
                while self._helpers:
                    found.update(_received(*self._helpers[-1]))
                    os.close(self._helpers.pop()[1])
            self._dismiss()
            if len(found) == len(self._tasks):
                return [found[number] for number in range(len(self._tasks))]
        return [task() for task in self._tasks]

    def _mine(self) -> list[tuple[int, Result]]:
        """Take one task after the other, as long as there are some."""
        done = []
        while number := os.read(self._numbers, _DIGITS):
            place = int.from_bytes(number, "big")
            done.append((place, self._tasks[place]()))
        return done

    def _fork(self) -> None:
        read, write = os.pipe()
        process = os.fork()
        if process:
            os.close(write)
            self._helpers.append((process, read))
            return
        status = 1
        try:  # whatever happens, a helper ends here: the program goes on in one process alone
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it all hears of it, and ends its helpers
            with os.fdopen(write, "wb") as out:
                pickle.dump(self._mine(), out)
            status = 0
        finally:
            os._exit(status)

    def _dismiss(self) -> None:
        """End the helpers that are still there."""
        helpers, self._helpers = self._helpers, []
        for process, _ in helpers:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for process, pipe in helpers:
            os.close(pipe)
            with suppress(ChildProcessError):
                os.waitpid(process, 0)
        if self._numbers >= 0:
            os.close(self._numbers)
            self._numbers = -1


def _can_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _received(process: int, pipe: int) -> list[tuple[int, Any]]:
    """What a helper did; an exception where it could not do all."""
    with open(pipe, "rb", closefd=False) as results:
        written = results.read()
    done: list[tuple[int, Any]] = pickle.loads(written)  # of a helper that failed it is cut off, or nothing
    os.waitpid(process, 0)
    return done
