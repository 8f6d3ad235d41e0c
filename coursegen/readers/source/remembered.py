"""What was read of a file stays true while the file is the same, and what it asked of other files has the same answers.

To read a file is a function of its bytes and its name, but for the questions it asks: where an address leads, what a file that it names
holds. The questions follow from the bytes alone. So they are put again each time, and if every answer is as it was, the old value is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol, TypeAlias

from ...finding import Finding
from ...memo import Memo
from ...model.rich import Anchor, Gloss, Link, Media
from ...model.text import SourceText

Report: TypeAlias = Callable[[Finding], None]
Ask: TypeAlias = Callable[..., Any]
"""Puts a question to the rest of the course."""


class Make(Protocol):
    """Makes a value of a file. The order of its questions and reports, and the reports' words, follow from the key alone."""

    def __call__(self, ask: Ask, report: Report) -> Any:
        """The value."""


class _Asked(NamedTuple):
    question: tuple[Any, ...]
    answer: Any


class _Known(NamedTuple):
    """A value, and what happened on the way to it, in order."""

    events: tuple[_Asked | Finding, ...]
    value: Any


def remembered(memo: Memo | None, key: tuple[Any, ...], make: Make, answer: Ask, report: Report) -> Any:
    """What ``make`` makes: the value of last time where the key is known and ``answer`` answers every question as it did.

    What is reported, and in which order, is the same in any case.
    """
    if memo is None:
        return make(answer, report)
    known: _Known | None = memo.get(key)
    if known is None:
        return _first(memo, key, make, answer, report)
    events = tuple(_again(known, answer, report))
    if all(new is old for new, old in zip(events, known.events, strict=True)):
        return known.value
    answers = iter([event.answer for event in events if isinstance(event, _Asked)])
    value = make(lambda *question: next(answers), lambda finding: None)  # they were asked, and reported, just now
    memo.put(key, _Known(events, value))
    return value


def _first(memo: Memo, key: tuple[Any, ...], make: Make, answer: Ask, report: Report) -> Any:
    events: list[_Asked | Finding] = []

    def ask(*question: Any) -> Any:
        events.append(_Asked(question, answer(*question)))
        return events[-1][1]

    def tell(finding: Finding) -> None:
        events.append(finding)
        report(finding)

    value = make(ask, tell)
    memo.put(key, _Known(tuple(events), value))
    return value


def _again(known: _Known, answer: Ask, report: Report) -> Iterator[_Asked | Finding]:
    """The events as they are now: the very same ones where nothing is new."""
    for event in known.events:
        if isinstance(event, Finding):
            report(event)
            yield event
        else:
            now = answer(*event.question)
            yield event if _is_same(now, event.answer) else _Asked(event.question, now)


def _is_same(new: Any, old: Any) -> bool:
    """Whether two answers are the same, with the places that equality leaves out. Parts and texts are so only if they are one object."""
    if new is old:
        return True
    if type(new) is not type(old):
        return False
    if isinstance(new, Media):
        return bool(new == old and new.source == old.source)
    if isinstance(new, Link):
        return bool(new == old and new.activity.place == old.activity.place)
    if isinstance(new, Gloss):
        return bool(new == old and new.term.place == old.term.place)
    if isinstance(new, Anchor):
        return bool(new == old)
    return isinstance(new, str) and not isinstance(new, SourceText) and new == old
