"""What becomes of the stored tries of a quiz (``decodeQuiz`` and ``responseIn`` of ``storage.js``, ``assessQuiz`` of ``policy.js``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from .model import Effect, Fate, Reopens

Entry = Mapping[str, Any]
_WHY = {
    "kind": "it is a question of another kind now",
    "credit": "its points are given in another way now",
    "right": "another answer is right now",
    "answers": "other answers are accepted now",
    "parts": "its parts or their right answers are others now",
}
_KEEP = "If the old answers still say what they said, undo this change. If the question now asks something else, give it a new id."


def fates(old: Entry, new: Entry) -> list[Fate]:
    """What becomes of the answers to each question of the old quiz."""
    now = {question["id"]: question for question in new["questions"]}
    elsewhere = _set_aside(old, new)
    return [_fate(old["id"], question, now.get(question["id"]), question["id"] in elsewhere) for question in old["questions"]]


def _fate(quiz: str, old: Entry, new: Entry | None, is_elsewhere: bool) -> Fate:
    if new is None or old["mark"] != new["mark"]:
        return Fate(quiz, old["id"], "none")
    gone = _gone(old, new)
    return Fate(quiz, old["id"], "some" if gone or is_elsewhere else "all", () if is_elsewhere else gone)


def _gone(old: Entry, new: Entry) -> tuple[str, ...]:
    """The values that could be chosen and cannot be any more. Typed answers and essays always can be given."""
    if "parts" in old:
        options = {part["id"]: part.get("options") for part in new["parts"]}
        return tuple(
            f"{part['id']}.{option}"
            for part in old["parts"]
            for option in part.get("options", ())
            if part["id"] not in options or option not in (options[part["id"]] or ())
        )
    return tuple(option for option in old.get("options", ()) if option not in new["options"])


def _set_aside(old: Entry, new: Entry) -> set[str]:
    """Questions of forms that a running try may lack now. Which form a try has follows from its number and the number of forms."""
    if not new["forms"]:
        return set()
    before = old["forms"] or [[question["id"] for question in old["questions"]]]
    same = len(before) == len(new["forms"]) and old["forms"]
    pairs = zip(before, new["forms"], strict=True) if same else product(before, new["forms"])
    return {name for form, other in pairs for name in set(form) - set(other)}


def reopens(old: Entry, new: Entry, found: list[Fate]) -> Reopens:
    """Which finished tries open again. A try that is to be handed in opens when it loses an answer; another one when it lacks one."""
    now = {question["id"] for question in new["questions"]}
    can_lose = any(fate.keeps != "all" for fate in found if fate.part in now)
    if new["feedback"] == "deferred":
        return "always" if old["feedback"] != "deferred" else "lost" if can_lose else "never"
    if drawn(old) != drawn(new) or old["feedback"] == "deferred":
        return "maybe"
    if not (new["forms"] or "groups" in new) and now - {question["id"] for question in old["questions"]}:
        return "always"
    return "lost" if can_lose else "never"


def drawn(quiz: Entry) -> tuple[Any, ...]:
    """What decides which questions a try has, if it does not have all."""
    groups = [(group["draw"], sorted(group["questions"])) for group in quiz["groups"]] if "groups" in quiz else None
    return [sorted(form) for form in quiz["forms"]], groups


def effects(old: Entry, new: Entry, found: list[Fate], again: Reopens) -> Iterator[Effect]:
    """The same in words, with what else the settings of a quiz do to those who are in the middle of it."""
    name = old["id"]
    now = {question["id"]: question for question in new["questions"]}
    before = {question["id"]: question for question in old["questions"]}
    for fate in found:
        yield from _answers(fate, before[fate.part], now.get(fate.part))
    for question in (each for each in new["questions"] if each["id"] not in before):
        yield Effect(
            "more", name, question["id"], "it is new: who has ended the quiz keeps the result, a running try has one more question"
        )
    yield from _tries(name, again)
    yield from _settings(old, new)


def _answers(fate: Fate, old: Entry, new: Entry | None) -> Iterator[Effect]:
    name, part = fate.activity, fate.part
    if new is None:
        undo = "If it was given another id by mistake, give it its old one. If it is meant to go, nothing is to be done."
        yield Effect("loss", name, part, "it is not asked any more: answers to it, and their points in a running try, fall away", undo)
        return
    if fate.keeps == "none":
        why = _why(old, new)
        yield Effect("loss", name, part, f"every answer given so far is lost, because {why}", _KEEP)
    elif fate.without:
        gone = ", ".join(fate.without)
        keep = "Leave the option in, or give it its old id if it only has other words."
        yield Effect("loss", name, part, f"answers with {gone} are lost, because that cannot be chosen any more", keep)
    elif fate.keeps == "some":
        keep = "Leave the forms as they are while somebody is in the middle of one."
        yield Effect("loss", name, part, "running tries of a form that does not have it any more lose their answer to it", keep)
    if old["points"] != new["points"]:
        words = f"it counts {new['points']:g} instead of {old['points']:g}: running tries are counted anew, finished ones keep their result"
        yield Effect("note", name, part, words)


def _why(old: Entry, new: Entry) -> str:
    """Why the answers to a question do not stand."""
    if old["kind"] == new["kind"] and old.get("options") and set(old.get("right", ())) - set(new["options"]):
        return "an option that was right has another id or is gone"
    same = "the words of what belongs together have changed" if old["kind"] == "matching" else "what decides about its answers has changed"
    return next((words for key, words in _WHY.items() if old.get(key) != new.get(key)), same)


def _tries(name: str, again: Reopens) -> Iterator[Effect]:
    words = {
        "lost": "a finished try that loses an answer opens again for it; what it was worth stays as the best result so far",
        "always": "finished tries open again for what they lack now; what they were worth stays as the best result so far",
        "maybe": "a finished try may open again for what it lacks now; what it was worth stays as the best result so far",
    }
    if again != "never":
        yield Effect("more", name, "", words[again])


def _settings(old: Entry, new: Entry) -> Iterator[Effect]:
    name = old["id"]
    if new["passMark"] > old["passMark"]:
        undo = "Leave the pass mark as it was until this group has finished."
        words = f"who passed with less than {new['passMark']:g} % and has not finished the course has not passed any more"
        yield Effect("loss", name, "", words, undo)
    elif new["passMark"] < old["passMark"]:
        yield Effect("note", name, "", f"{new['passMark']:g} % is enough now: who reached it has passed at the next visit")
    if not _scored(old) and _scored(new):
        words = f"nothing counted before, and now {new['passMark']:g} % are needed: who has answered may not have passed any more"
        yield Effect("loss", name, "", words, "Publish it with points as a quiz of its own, with a new id.")
    if new["feedback"] != old["feedback"]:
        is_deferred = new["feedback"] == "deferred"
        words = "it has to be handed in now: answers stay and can be changed, and count when that is done"
        yield Effect("more", name, "", words if is_deferred else "answers that were not handed in yet are final now, and count")
    most, least = (float("inf") if each["attempts"] is None else each["attempts"] for each in (old, new))
    if least < most:
        yield Effect(
            "loss", name, "", f"there are {least:g} tries only: who has used more has none left", "Leave the number of tries as it was."
        )
    elif least > most:
        yield Effect("note", name, "", "there are more tries: who had none left can try again")
    if drawn(old)[1] != drawn(new)[1]:
        yield Effect("note", name, "", "other questions are drawn: a running try keeps those that it has answered")


def _scored(quiz: Entry) -> bool:
    return any(question["points"] for question in quiz["questions"])


def costs(fate: Fate, quiz: Entry) -> bool:
    """Whether the answers that are lost can have brought points: without partial credit a wrong value brings none."""
    question = next(each for each in quiz["questions"] if each["id"] == fate.part)
    if not question["points"]:
        return False
    if fate.keeps == "none" or not fate.without or question.get("credit") == "partial":
        return True
    right = {f"{part['id']}.{each}" for part in question.get("parts", ()) for each in part.get("right", ())}
    return bool(set(fate.without) & (right | set(question.get("right", ()))))
