"""What becomes of the stored ratings of an analysis grid (``decodeGrid`` of ``storage.js``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .model import Effect, Fate

Entry = Mapping[str, Any]


def fates(old: Entry, new: Entry) -> list[Fate]:
    """What becomes of the rating of each indicator; ``without`` are the levels that there are no more."""
    now = {indicator["id"] for indicator in new["indicators"]}
    gone = tuple(str(level) for level in range(new["levels"] + 1, old["levels"] + 1))
    return [
        Fate(old["id"], each["id"], "none" if each["id"] not in now else "some" if gone else "all", gone if each["id"] in now else ())
        for each in old["indicators"]
    ]


def effects(old: Entry, new: Entry, found: list[Fate]) -> Iterator[Effect]:
    """The same in words."""
    before = {fate.part for fate in found}
    for fate in found:
        if fate.keeps == "none":
            keep = "If it was given another id by mistake, give it its old one."
            yield Effect(
                "loss", fate.activity, fate.part, "it is gone, and with it how learners rated it and the evidence they wrote", keep
            )
    gone = next((fate.without for fate in found if fate.without), ())
    if gone:
        words = f"ratings at level {', '.join(gone)} are lost, because there are fewer levels"
        yield Effect("loss", old["id"], "", words, "Leave the number of levels as it was.")
    elif new["levels"] > old["levels"]:
        yield Effect("note", old["id"], "", "there are more levels: ratings stay, though they may mean something else on the longer scale")
    for each in new["indicators"]:
        if each["id"] not in before:
            yield Effect("more", old["id"], each["id"], "it is new: who had rated everything has one more to rate")
