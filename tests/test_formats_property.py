"""Random questions of every kind through every writer and back: no crash, and nothing lost that the format's table does not name.

``COURSEGEN_EXAMPLES`` says how many times each format gets a question of each kind (20 in the suite).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

import pytest
from formats import everything, forms, read, scores_agree, squashed, written
from hypothesis import HealthCheck, Phase, given, settings
from questions import course_of
from readback import Record
from strategies import of_every_kind

from coursegen.fidelity import KINDS, Case, losses, used
from coursegen.model import Answer, Cloze, Distractor, NumberAnswer, Pair, Part, Question, Rich, Sortable, Step, texts
from coursegen.writers import FORMATS

EXAMPLES = int(os.environ.get("COURSEGEN_EXAMPLES", "20"))
_FEATURES = {
    "hints": "hints",
    "feedback": "general-feedback",
    "if_right": "if-right",
    "if_partly": "if-partly",
    "if_wrong": "if-wrong",
    "model_answer": "model-answer",
    "if_true": "option-feedback",
    "if_false": "option-feedback",
    "title": "title",
    "source": "source",
    "unit": "unit",
}


_CUT = frozenset(["source", "title"])
"""Texts of which a format may have the beginning only; its reason says so."""


def feature_of(question: Question, owner: Part, name: str) -> str:
    """The feature that a text of a question is; what is asked and answered belongs to its kind."""
    if owner is question:
        return _FEATURES.get(name, question.kind)
    if isinstance(owner, Distractor):
        return "match-distractors"
    if name != "feedback":
        return question.kind
    if isinstance(owner, (Pair, Sortable, Step)):
        return "part-feedback"
    return "foreseen-mistakes" if isinstance(owner, (Answer, NumberAnswer)) and not owner.correct else "option-feedback"


def shown(record: Record) -> str:
    """All that a question says: its texts as they are, and as a browser shows them."""
    return "\0".join(form for text in everything(record) for form in forms(text))


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("name", [name for name in FORMATS if KINDS & FORMATS[name].carries.keys()])
def test_nothing_is_lost_that_the_table_does_not_name(name: str) -> None:
    table = FORMATS[name].carries

    # Nothing is shrunk: it takes minutes with eleven questions at once, and the failing one is told whole.
    @settings(
        max_examples=EXAMPLES,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        deadline=None,
        database=None,
        derandomize=EXAMPLES == 20,
    )
    @given(of_every_kind())
    def run(asked: list[Question]) -> None:
        course = course_of(asked)
        records = read(name, written(name, course))
        cases: dict[str, dict[str, Case]] = {question.id: {} for question in asked}
        for case in losses(name, table, course.moodle.version, used(course)):
            cases.get(case.owner, {})[case.feature] = case
        claimed = 0
        for question in asked:
            mine = [record for record in records if record.ident == question.id or record.ident.startswith(f"{question.id}--")]
            claimed += len(mine)
            kind = cases[question.id].get(question.kind)
            assert bool(mine) is (kind is None or kind.how != "dropped")
            if mine:
                holds(question, mine, cases[question.id])
        assert claimed == len(records)
        if table["points"].how == "kept":
            shares_agree(asked, records, cases)

    run()


def holds(question: Question, records: list[Record], cases: Mapping[str, Case]) -> None:
    """Whether all that a question says is in its records, as far as no case says that something is changed or dropped.

    The words of what is asked and answered are there whatever takes its place, or the reason of the case names them.
    """
    everywhere = "\0".join(map(shown, records))
    kind = cases.get(question.kind)
    named = squashed(kind.reason) if kind else ""
    for owner, name, text in texts(question):
        if isinstance(owner, (Answer, NumberAnswer)) and not (owner.correct or owner.feedback):
            continue  # it is as wrong where it is not mentioned
        feature = feature_of(question, owner, name)
        words = text.text() if isinstance(text, Rich) else text
        pieces = re.split(r"\[\[g[^\]]+\]\]", words) if isinstance(question, Cloze) and name == "stem" else [words]
        how = cases[feature].how if feature in cases and feature != question.kind else "kept"
        for piece in pieces:
            if how == "kept":
                assert squashed(piece) in everywhere + named, (question.id, question.kind, feature, piece, records)
            elif how == "dropped" and (mark := re.search(r"end[0-9]+x$", piece)):
                assert mark[0] not in everywhere, (question.id, question.kind, feature, piece)
            elif (mark := re.search(r"end[0-9]+x$", piece)) and feature not in _CUT:
                assert mark[0] in everywhere, (question.id, question.kind, feature, piece)
    if kind is None:
        (record,) = records
        assert record.kind == question.kind
        if not {"partial-credit", "all-or-nothing"} & cases.keys():
            scores_agree(question, record)


def shares_agree(asked: list[Question], records: list[Record], cases: Mapping[str, Mapping[str, Case]]) -> None:
    """Whether each question has the share of the points that it has in the course, or a case says that it has not."""
    times = set()
    for question in asked:
        mine = [record for record in records if record.ident == question.id or record.ident.startswith(f"{question.id}--")]
        if question.points and mine and "points" not in cases[question.id]:
            times.add(round(sum(record.points or 0 for record in mine) / question.points, 6))
    assert len(times) <= 1, times
