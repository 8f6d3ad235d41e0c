"""Random questions of every kind through every writer and back: no crash, and nothing lost that the format's table does not name.

``COURSEGEN_EXAMPLES`` says how many times each format gets a question of each kind (20 in the suite).
"""

from __future__ import annotations

import os
import re

import pytest
from formats import everything, forms, read, scores_agree, squashed, written
from hypothesis import HealthCheck, Phase, given, settings
from questions import course_of
from readback import Record
from strategies import of_every_kind

from coursegen.fidelity import losses, native, used, verdict
from coursegen.model import Answer, Cloze, Distractor, NumberAnswer, Pair, Part, Question, Rich, Sortable, Step, texts
from coursegen.portable import substitute
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


@pytest.mark.parametrize("name", FORMATS)
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
        kinds = native(table, course.moodle)
        records = {record.ident: record for record in read(name, written(name, course))}
        cases = {(case.owner, case.feature): case.how for case in losses(name, table, course.moodle, used(course))}
        expected = 0
        for question in asked:
            own = (question,) if question.kind in kinds else substitute(question, kinds).questions
            expected += len(own)
            assert bool(own) is (cases.get((question.id, question.kind)) != "dropped")
            for each in own:
                told = {feature: how for (owner, feature), how in cases.items() if owner == question.id}
                holds(each, records[each.id], told, verdict(table, each.kind, course.moodle).how == "kept")
        assert len(records) == expected

    run()


def holds(question: Question, record: Record, cases: dict[str, str], kept: bool) -> None:
    """Whether a question is all there, as far as ``cases`` do not say that something is changed or dropped."""
    everywhere = shown(record)
    for owner, name, text in texts(question):
        if isinstance(owner, (Answer, NumberAnswer)) and not (owner.correct or owner.feedback):
            continue  # it is as wrong where it is not mentioned
        feature = feature_of(question, owner, name)
        words = text.text() if isinstance(text, Rich) else text
        pieces = re.split(r"\[\[g[^\]]+\]\]", words) if isinstance(question, Cloze) and name == "stem" else [words]
        how = cases.get(feature, "kept") if feature != question.kind else "kept"
        for piece in pieces:
            if how == "kept":
                assert squashed(piece) in everywhere, (question.id, question.kind, feature, piece, record)
            elif how == "dropped" and (mark := re.search(r"end[0-9]+x$", piece)):
                assert mark[0] not in everywhere, (question.id, question.kind, feature, piece)
    if kept:
        assert record.kind == question.kind
        if not {"partial-credit", "all-or-nothing"} & cases.keys():
            scores_agree(question, record)
