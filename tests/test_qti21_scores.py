"""Items of QTI 2.1: an engine gives the points and the feedback that :mod:`coursegen.score` gives."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from qti21_answers import KINDS, item_of, responses, told, translated
from qti21_engine import Value, answer
from questions import rich

from coursegen.model import (
    Answer,
    Identifier,
    MultipleResponse,
    NumberAnswer,
    Numerical,
    Option,
    Plain,
    Question,
    ShortAnswer,
)
from coursegen.model.text import Number
from coursegen.score import answer_for, points

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


@pytest.mark.parametrize("question", KINDS, ids=lambda question: str(question.id))
@pytest.mark.parametrize("worth_of_it", [1, 2, 3, 7])
def test_every_response_earns_what_it_earns_in_the_player_and_is_told_the_same(question: Question, worth_of_it: int) -> None:
    changes: Any = {"points": worth_of_it} if question.points else {}
    asked = replace(question, **changes)
    item = item_of(asked)
    for response in responses(asked):
        if response == [""]:
            continue  # a field that was left empty is answered with nothing, below
        result = answer(item, translated(asked, item, response))
        assert result.outcomes["SCORE"] == points(asked, response), response
        assert result.outcomes["MAXSCORE"] == asked.points
        assert sorted(result.feedback.values()) == told(asked, response), response


@pytest.mark.parametrize("question", KINDS, ids=lambda question: str(question.id))
def test_nothing_earns_nothing(question: Question) -> None:
    result = answer(item_of(question), {})
    assert result.outcomes["SCORE"] == 0
    assert "if-right" not in result.feedback.values()
    assert "general" in result.feedback.values()


@pytest.mark.parametrize("question", [each for each in KINDS if each.points], ids=lambda question: str(question.id))
def test_the_correct_response_of_an_item_is_right(question: Question) -> None:
    item = item_of(question)
    given_ones: dict[str, Value] = {}
    for each in etree.fromstring(item).iterfind(f"{QTI}responseDeclaration"):
        values = tuple(value.text or "" for value in each.iterfind(f"{QTI}correctResponse/{QTI}value"))
        single = float(values[0]) if each.get("baseType") == "float" else values[0]
        given_ones[each.get("identifier", "")] = single if each.get("cardinality") == "single" else values
    assert answer(item, given_ones).outcomes["SCORE"] == question.points


@pytest.mark.parametrize("numbers", [(2, 3), (3, 5), (1, 7), (7, 2)])
def test_shares_of_several_options_are_those_of_the_score(numbers: tuple[int, int]) -> None:
    right, wrong = numbers
    options = tuple(
        Option(id=Identifier(f"{number}"), text=rich(f"option {number}"), correct=number < right) for number in range(right + wrong)
    )
    question = MultipleResponse(id=Identifier("q"), stem=rich("?"), options=options, credit="partial", points=5)
    item = item_of(question)
    for size in range(right + wrong + 1):
        for ticked in itertools.islice(itertools.combinations([option.id for option in options], size), 60):
            result = answer(item, translated(question, item, list(ticked)))
            assert result.outcomes["SCORE"] == points(question, list(ticked)), ticked


LETTERS = "aAbBeéÉè \u00a0.-[]^$\\?1"


@st.composite
def typed_question(draw: st.DrawFn) -> tuple[ShortAnswer, list[str]]:
    """A question with answers of few letters, and words that are near to them."""
    answers = draw(st.lists(st.text(f"{LETTERS}*", min_size=1, max_size=6), min_size=1, max_size=4))
    question = ShortAnswer(
        id=Identifier("q"),
        stem=rich("?"),
        answers=tuple(
            Answer(
                id=Identifier(f"a{number}"), text=Plain(text), correct=number == 0 or draw(st.booleans()), feedback=rich(f"told-{number}")
            )
            for number, text in enumerate(answers)
        ),
        case=draw(st.sampled_from(["ignored", "counts"])),
        accents=draw(st.sampled_from(["ignored", "counts"])),
        spacing=draw(st.sampled_from(["ignored", "counts"])),
        wildcards=draw(st.booleans()),
    )
    near = []
    for text in answers:
        forms = [text, text.upper(), text.lower(), f" {text}\u3000", text.replace("*", "x"), text.replace("*", "")]
        near.append(draw(st.sampled_from(forms)))
    return question, [*near, *draw(st.lists(st.text(LETTERS, max_size=6), max_size=4))]


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
@given(typed_question())
def test_typed_words_are_compared_as_in_the_player(case: tuple[ShortAnswer, list[str]]) -> None:
    question, words = case
    item = item_of(question)
    for typed in words:
        result = answer(item, {"RESPONSE": typed})
        found = answer_for(question, typed)
        assert result.outcomes["SCORE"] == points(question, typed), (question, typed)
        assert list(result.feedback.values()) == ([found.feedback.text()] if found and found.feedback else []), (question, typed)


@pytest.mark.parametrize(
    ("text", "rules", "typed", "accepted"),
    [
        ("café", {}, "cafe\u0301", True),
        ("cafe\u0301", {}, "CAFÉ", True),
        ("café", {}, "cafe", False),
        ("café", {"accents": "ignored"}, "càfe\u0301", True),
        ("Straße", {}, "STRASSE", False),
        ("οδός", {}, "ΟΔΌΣ", True),
        ("ветер", {}, "ВЕТЕР", True),
        ("שָׁלוֹם", {"accents": "ignored"}, "שלום", True),
        ("漢字", {}, "漢字", True),
        ("😀 ok", {}, "😀  OK", True),
        ("5 > 3 & 2 < 4", {}, "5 > 3 & 2 < 4", True),
        ("brake *", {"wildcards": True}, "brake ", False),
        ("brake * pad", {"wildcards": True}, "brake   pad", False),
        ("brake*pad", {"wildcards": True}, "brakepad", True),
        ("3 \\* 4", {"wildcards": True}, "3 * 4", True),
        ("3 \\* 4", {"wildcards": True}, "3 x 4", False),
    ],
)
def test_typed_words_of_many_scripts(text: str, rules: dict[str, Any], typed: str, accepted: bool) -> None:
    question = ShortAnswer(id=Identifier("q"), stem=rich("?"), answers=(Answer(id=Identifier("a"), text=Plain(text)),), **rules)
    assert points(question, typed) == accepted
    assert answer(item_of(question), {"RESPONSE": typed}).outcomes["SCORE"] == accepted


@pytest.mark.parametrize(
    ("value", "tolerance"),
    [("0.3", "0.1"), ("1.1", "0.05"), ("100000000000.001", "0.002"), ("-0.7", "0.1"), ("2.675", "0.005"), ("0", "0")],
)
def test_the_limits_of_a_number_are_exact(value: str, tolerance: str) -> None:
    near = NumberAnswer(id=Identifier("a"), value=Number(value), tolerance=Number(tolerance))
    question = Numerical(id=Identifier("q"), stem=rich("?"), answers=(near,))
    item = item_of(question)
    low, high = Decimal(value) - Decimal(tolerance), Decimal(value) + Decimal(tolerance)
    step = Decimal(1).scaleb(min(Decimal(value).adjusted(), 0) - 3) if len(value) < 10 else Decimal("0.001")
    for number in (low - step, low, low + step, high - step, high, high + step):
        assert answer(item, {"RESPONSE": float(number)}).outcomes["SCORE"] == points(question, format(number, "f")), number
