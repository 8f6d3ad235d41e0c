"""A comparison in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Change, Effect, Update

_MARKS = {"break": "LOST", "loss": "lost", "more": "to do", "note": "note"}


def told(update: Update) -> str:
    """The verdict first; then what learners lose or gain, with the cure; then what they see otherwise."""
    return "\n".join(_lines(update)) + "\n"


def _lines(update: Update) -> Iterator[str]:
    versions = [f" ({version})" if version else "" for version in (update.old_version, update.new_version)]
    yield f"{update.old}{versions[0]} -> {update.new}{versions[1]}, {update.kind}"
    yield ""
    yield _VERDICTS[update.verdict] if update.changes or update.effects else "safe: nothing that learners see has changed."
    for effect in sorted(update.effects, key=lambda each: list(_MARKS).index(each.level)):
        yield from _effect(effect)
    yield ""
    if not update.changes:
        yield "Learners see no change."
        return
    yield f"What learners see ({len(update.changes)} {'change' if len(update.changes) == 1 else 'changes'}):"
    for change in update.changes:
        yield f"  {change.what:9} {_place(change)}{change.words}"


_VERDICTS = {
    "safe": "safe: nobody loses an answer, a place or a result.",
    "answers are lost": "not safe: the update goes in, but learners lose something that they did.",
    "no update": "no update: a platform makes a copy of such a package, and nobody loses anything.",
    "attempts are lost": "not safe: learners cannot go on where they were.",
}


def _place(of: Change | Effect) -> str:
    where = " ".join(each for each in (of.activity, of.part) if each)
    return f"{where}: " if where else ""


def _effect(effect: Effect) -> Iterator[str]:
    yield f"  {_MARKS[effect.level]:5} {_place(effect)}{effect.words}."
    if effect.mend:
        yield f"        {effect.mend}"
