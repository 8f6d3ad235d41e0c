"""What answers and tries are worth, and that the player's policy counts the same."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from coursegen.model import Answer, MultipleResponse, Option, QuestionSet, Rich, ShortAnswer, TrueFalse
from coursegen.model.text import Identifier, Plain
from coursegen.score import credit, key, normal, points, right, rounded, worth

POLICY = Path(__file__).parent.parent / "templates" / "player" / "policy.js"
STEM = Rich(("Which?",))


def several(right_ones: int, wrong_ones: int, worth: int = 1, credit: Any = "partial") -> MultipleResponse:
    options = tuple(
        Option(id=Identifier("abcdefgh"[number]), text=Rich((f"Option {number}",)), correct=number < right_ones)
        for number in range(right_ones + wrong_ones)
    )
    return MultipleResponse(id=Identifier("q-several"), stem=STEM, points=worth, options=options, credit=credit)


@pytest.mark.parametrize(
    ("ticked", "earned"),
    [("", 0), ("a", 1), ("ab", 2), ("ac", 0), ("abc", 1), ("abcd", 0), ("c", 0), ("cd", 0), ("acd", 0)],
)
def test_a_part_of_the_points(ticked: str, earned: float) -> None:
    question = several(2, 2, worth=2)
    assert points(question, list(ticked)) == earned
    assert right(question, list(ticked)) == (earned == 2)


def test_all_or_nothing() -> None:
    question = several(2, 2, worth=2, credit="all-or-nothing")
    earned = {ticked: points(question, list(ticked)) for ticked in ("ab", "a", "abc", "abcd", "")}
    assert earned == {"ab": 2, "a": 0, "abc": 0, "abcd": 0, "": 0}
    assert all(isinstance(one, int) for one in earned.values())


def test_thirds_are_rounded_to_two_decimals() -> None:
    question = several(3, 1, worth=2)
    assert [points(question, list(ticked)) for ticked in ("a", "ab", "abc")] == [0.67, 1.33, 2]
    assert rounded(1.005) == 1.01  # as people round, though the number is a little less than it looks


def test_a_try() -> None:
    first, second = several(3, 1, worth=2), TrueFalse(id=Identifier("q-true"), stem=STEM, answer=True)
    settings = QuestionSet(questions=(first, second), pass_mark=56)
    assert worth(settings, settings.questions, {}) == (0, 3, 0, False)
    assert worth(settings, settings.questions, {"q-several": ["a"], "q-true": ["true"]}) == (1.67, 3, 55.67, False)
    assert worth(settings, [first], {"q-several": ["a", "b"], "q-true": ["true"]}) == (1.33, 2, 66.5, True)
    assert worth(settings, settings.questions, {"q-several": ["a", "b", "c"], "q-true": ["true"]}) == (3, 3, 100, True)


SCRIPT = """\
import { creditOf, pointsFor } from "%s";
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map(([question, response]) => [creditOf(question, response), pointsFor(question, response)])));
"""


FOLD = """\
import { foldText } from "%s";
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map(foldText)));
"""


def test_typed_texts_are_folded_as_the_player_folds_them() -> None:
    """Every character that either language might take for a blank, at the ends and between words, alone and twice."""
    odd = [chr(number) for number in range(0x3100) if chr(number).isspace()] + list("\u0085\u180e\u200b\u200d\u2060\ufeff\x1c\x1f")
    texts = [text for one in odd for text in (f"{one}Brake{one}PADS{one}", f"Brake {one}{one}pads", one)]
    program = ["node", "--input-type=module", "-e", FOLD % POLICY.as_uri()]
    told = subprocess.run(program, input=json.dumps(texts), capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == [normal(text) for text in texts]
    assert normal("\ufeffBrake\u3000 pads\u00a0") == "brake pads"
    assert normal("brake\u0085pads") == "brake\u0085pads"


def test_the_player_counts_the_same() -> None:
    """Every response to every question of up to seven options, for several numbers of points; and words typed in many ways."""
    asked: list[tuple[dict[str, Any], list[str]]] = []
    expected: list[list[float]] = []
    for hits, misses, most, kind in itertools.product(range(1, 5), range(1, 4), (1, 3, 7), ("partial", "all-or-nothing")):
        question = several(hits, misses, most, kind)
        ids = [str(option.id) for option in question.options]
        entry = {"id": "q", "kind": question.kind, "points": most, "options": ids, "right": key(question), "credit": kind}
        for size in range(len(ids) + 1):
            for ticked in map(list, itertools.combinations(ids, size)):
                asked.append((entry, ticked))
                expected.append([credit(question, ticked), points(question, ticked)])
    answers = (("a", "Brake pads", True), ("b", "crème", True), ("c", "bolts", False), ("d", "ΣΊΣΥΦΟΣ", True))
    typed = ShortAnswer(
        id=Identifier("q-word"),
        stem=STEM,
        points=3,
        answers=tuple(Answer(id=Identifier(name), text=Plain(text), correct=correct) for name, text, correct in answers),
    )
    entry = {"id": "q", "kind": "short-answer", "points": 3}
    entry["answers"] = [{"id": name, "text": text, "correct": correct} for name, text, correct in answers]
    for text in ("brake  PADS ", "BRAKE PAD", "Crème", "cre\u0300me", "bolts", "σίσυφος", "\u00a0brake\tpads", "brake\u2009pads", ""):
        asked.append((entry, [text]))
        expected.append([credit(typed, text), points(typed, text)])
    assert len(asked) > 1000
    program = ["node", "--input-type=module", "-e", SCRIPT % POLICY.as_uri()]
    told = subprocess.run(program, input=json.dumps(asked), capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == expected
