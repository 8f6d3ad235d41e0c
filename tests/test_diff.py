"""``coursegen diff`` says what the player does: learners begin with one edition and come back to another, by the player's own modules."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from edits import EDITS, SAFE, SOURCE, Edit, edited, put
from formats import _Ready as Ready
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursegen.changes.compare import compare
from coursegen.changes.model import Fate, Update
from coursegen.changes.snapshot import Snapshot, of_source
from coursegen.readers.source import read
from coursegen.render import templates

LEARNERS = Path(__file__).parent / "learners.mjs"


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> Iterator[None]:
    """Templates are compiled once for all editions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "Templates", Ready)
        yield


def snapshot(folder: Path, source: dict[str, str]) -> Snapshot:
    course, findings = read(put(folder, source))
    assert course is not None
    assert [str(each) for each in findings if each.severity == "error"] == []
    return of_source(folder, course)


def learners(pairs: Iterable[tuple[Snapshot, Iterable[Snapshot]]], number: int, seed: int = 1) -> list[list[dict[str, Any]]]:
    """For each pair of an edition and others: what learners had, and what they have in each of the others."""
    asked = {"pairs": [{"old": old.outline, "others": [each.outline for each in others]} for old, others in pairs]}
    done = subprocess.run(
        ["node", str(LEARNERS)], input=json.dumps(asked | {"number": number, "seed": seed}), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot(tmp_path_factory.mktemp("base"), SOURCE)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Snapshot]:
    found = {}
    for edit in EDITS:
        source = edited(SOURCE, edit)
        assert source is not None, edit.name
        found[edit.name] = snapshot(tmp_path_factory.mktemp("edit"), source)
    return found


@pytest.fixture(scope="module")
def visits(base: Snapshot, editions: dict[str, Snapshot]) -> list[dict[str, Any]]:
    return learners([(base, editions.values())], number=80)[0]


def chosen(response: list[str]) -> set[str]:
    return set(response)


class Held:
    """A prediction held against what the player does with one learner; counts what that learner lost."""

    def __init__(self, update: Update, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self.update, self.before, self.after = update, before, after
        self.fates = {(fate.activity, fate.part): fate for fate in update.fates}
        self.lost = 0

    def hold(self) -> int:
        for name, quiz in self.before["quizzes"].items():
            if any(fate.activity == name for fate in self.update.fates):
                self._quiz(name, quiz, self.after["quizzes"][name])
            else:
                self._gone(name, "quizzes", quiz["answers"])
        for name, case in self.before["cases"].items():
            self._case(name, case, self.after["cases"].get(name, {"path": [], "complete": False}))
        for name, grid in self.before["grids"].items():
            self._grid(name, grid, self.after["grids"].get(name, {"levels": {}, "complete": False}))
        self._results()
        return self.lost

    def _gone(self, name: str, kind: str, had: Mapping[str, Any]) -> None:
        assert name not in self.after[kind]
        assert any(effect.activity == name and effect.level == "loss" for effect in self.update.effects)
        self.lost += len(had)

    def _quiz(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        kept = {}
        for question, response in before["answers"].items():
            fate = self.fates[name, question]
            kept[question] = question in after["answers"]
            assert kept[question] in _kept(fate, chosen(response)), (name, question, response)
            if kept[question]:
                assert after["answers"][question] == response
        self.lost += list(kept.values()).count(False)
        if before["finished"]:
            opens = not after["finished"]
            removed = {each.part for each in self.update.changes if each.activity == name and each.what == "removed"}
            loses = any(not stays for question, stays in kept.items() if question not in removed)
            wanted = {"never": {False}, "always": {True}, "lost": {loses}, "maybe": {False, True}}[dict(self.update.reopens)[name]]
            assert opens in wanted, name
        if before["complete"]:
            assert after["complete"], name

    def _case(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        path, stays = before["path"], after["path"]
        assert path[: len(stays)] == stays
        if len(stays) < len(path):
            self.lost += 1
            at = path[len(stays)]
            assert at["choice"] in self.fates[name, at["scene"]].without
        if before["complete"]:
            assert after["complete"], name

    def _grid(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        for indicator, level in before["levels"].items():
            stays = indicator in after["levels"]
            assert stays in _kept(self.fates[name, indicator], {str(level)}), (name, indicator, level)
            self.lost += not stays
        if before["complete"] and not after["complete"]:
            assert any(effect.activity == name and effect.level in ("more", "loss") for effect in self.update.effects)

    def _results(self) -> None:
        assert self.after["finished"]["completed"], "who has completed the course stays so"
        assert self.after["finished"]["passed"]
        assert self.after["finished"]["score"] >= 80
        if self.update.grade == "stays":
            assert (self.after["score"] or 0) >= (self.before["score"] or 0) - 0.02
            for name, quiz in self.before["quizzes"].items():
                if not any(effect.level == "loss" and effect.activity == name for effect in self.update.effects):
                    assert self.after["quizzes"][name]["passed"] >= quiz["passed"]
        if self.update.verdict == SAFE:
            assert self.lost == 0
            for name, quiz in self.before["quizzes"].items():
                if quiz["finished"]:
                    assert self.after["quizzes"][name]["passed"] >= quiz["passed"], name
                if quiz["left"] != 0:
                    assert self.after["quizzes"][name]["left"] != 0, name


def _kept(fate: Fate, values: set[str]) -> set[bool]:
    """Whether an answer with some values is predicted to stand; both where it depends on the try."""
    if fate.keeps == "some" and not fate.without:
        return {True, False}
    return {fate.keeps == "all" or (fate.keeps == "some" and not values & set(fate.without))}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name.replace(" ", "-"))
def test_an_edit_does_what_is_said(edit: Edit, base: Snapshot, editions: dict[str, Snapshot], visits: list[dict[str, Any]]) -> None:
    update = compare(base, editions[edit.name])
    assert (update.verdict, update.grade) == (edit.verdict, "stays" if edit.grade == "stays" else "may fall"), update.effects
    nth = list(editions).index(edit.name)
    lost = sum(Held(update, visit["before"], visit["after"][nth]).hold() for visit in visits)
    claims = [fate for fate in update.fates if fate.keeps != "all"]
    renamed = [effect for effect in update.effects if effect.level == "loss" and "gone" in effect.words]
    assert bool(lost) == bool(claims or renamed), "an answer that is said to be lost is lost by somebody"
    if edit.grade == "falls":
        assert any((visit["after"][nth]["score"] or 0) < (visit["before"]["score"] or 0) for visit in visits)
    worse = [visit for visit in visits if _stands_worse(visit["before"], visit["after"][nth])]
    if edit.name in ("a higher pass mark", "fewer tries"):
        assert worse


def _stands_worse(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a pass or the last try is gone."""
    pairs = [(quiz, after["quizzes"][name]) for name, quiz in before["quizzes"].items() if name in after["quizzes"]]
    return any(now["passed"] < quiz["passed"] or (quiz["left"] and not now["left"]) for quiz, now in pairs)


def test_taking_an_edit_back_does_what_is_said(base: Snapshot, editions: dict[str, Snapshot]) -> None:
    found = learners([(edition, [base]) for edition in editions.values()], number=15, seed=7)
    for edition, visits in zip(editions.values(), found, strict=True):
        update = compare(edition, base)
        for visit in visits:
            Held(update, visit["before"], visit["after"][0]).hold()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(EDITS), min_size=2, max_size=6, unique=True), st.integers(1, 2**31))
def test_edits_together_do_what_is_said(tmp_path_factory: pytest.TempPathFactory, base: Snapshot, edits: list[Edit], seed: int) -> None:
    source = SOURCE
    for edit in edits:
        source = edited(source, edit) or source
    made = snapshot(tmp_path_factory.mktemp("both"), source)
    pairs = ((base, made), (made, base))
    for (old, new), visits in zip(pairs, learners([(old, [new]) for old, new in pairs], number=12, seed=seed), strict=True):
        update = compare(old, new)
        for visit in visits:
            Held(update, visit["before"], visit["after"][0]).hold()


def test_there_are_many_edits() -> None:
    assert len({edit.name for edit in EDITS}) == len(EDITS) >= 50
