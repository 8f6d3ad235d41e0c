"""What stands in for a question where its kind is lacking: nothing invented, the key kept, the proportions of the quiz kept."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from questions import every_kind, renamed

from coursegen.model import (
    Answer,
    ChoiceGap,
    Cloze,
    Element,
    Identifier,
    Matching,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Plain,
    Question,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TextGap,
    texts,
)
from coursegen.model.text import Number
from coursegen.portable import substitute, weighted
from coursegen.score import credit, key, right_response

BASIC = ("single-choice", "multiple-response", "true-false", "short-answer")
QUESTIONS = {question.id: question for question in every_kind()}
LACKING = [question for question in QUESTIONS.values() if question.kind not in BASIC]


def said(question: Question) -> set[str]:
    return {text.text() if isinstance(text, Rich) else str(text) for _, _, text in texts(question)}


@pytest.mark.parametrize("question", LACKING, ids=lambda question: question.id)
def test_a_substitute_is_of_a_kind_that_the_format_has(question: Question) -> None:
    made = substitute(question, BASIC)
    assert made.reason
    assert bool(made.questions) == (question.kind not in ("essay", "rating-scale"))
    for each in made.questions:
        assert each.kind in BASIC
        assert credit(each, right_response(each)) == 1
        assert each.feedback == question.feedback or question.feedback.text() in each.feedback.text()  # type: ignore[union-attr]
        assert each.hints == question.hints
        assert each.place == question.place
    assert len({each.id for each in made.questions}) == len(made.questions)


def test_every_part_of_a_matching_becomes_a_choice_with_the_whole_list() -> None:
    question = QUESTIONS["q-match-part"]
    assert isinstance(question, Matching)
    made = substitute(question, BASIC).questions
    assert [each.id for each in made] == ["q-match-part--a", "q-match-part--b", "q-match-part--c"]
    for pair, each in zip(question.pairs, made, strict=True):
        assert isinstance(each, SingleChoice)
        assert pair.text.text() in each.stem.text()
        assert question.stem.text() in each.stem.text()
        assert [option.text.text() for option in each.options] == ["match-a", "match-b", "match-c", "spare"]
        (right,) = (option for option in each.options if option.correct)
        assert (right.text.text(), right.feedback) == (pair.match, pair.feedback)


def test_a_sorting_becomes_a_matching_where_there_is_one() -> None:
    question = QUESTIONS["q-sort-all"]
    assert isinstance(question, Sorting)
    (made,) = substitute(question, (*BASIC, "matching")).questions
    assert isinstance(made, Matching)
    assert made.credit == "all-or-nothing"
    assert [(pair.text.text(), pair.match) for pair in made.pairs] == [
        ("item-a", "group-g"),
        ("item-b", "group-g"),
        ("item-c", "group-h"),
        ("item-d", "group-h"),
    ]
    empty = replace(question, items=question.items[:2])
    (made,) = substitute(empty, (*BASIC, "matching")).questions
    assert isinstance(made, Matching)
    assert [spare.text for spare in made.distractors] == ["group-h"]  # a group without things is still there to pick


@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_an_ordering_becomes_a_choice_among_orders(count: int) -> None:
    question = QUESTIONS["q-order-part"]
    assert isinstance(question, Ordering)
    items = tuple(replace(question.items[0], id=Identifier(f"s{number}"), text=Rich((f"step {number}",))) for number in range(count))
    (made,) = substitute(replace(question, items=items), BASIC).questions
    assert isinstance(made, SingleChoice)
    shown = [option.text.text() for option in made.options]
    assert len(set(shown)) == len(shown) == min(4, 2 if count == 2 else 4)
    (right,) = (option for option in made.options if option.correct)
    assert right.text.text() == "; ".join(f"{number + 1}. step {number}" for number in range(count))
    assert "part-a" in made.feedback.text()  # type: ignore[union-attr]


def test_the_order_shown_first_is_never_the_right_one() -> None:
    question = QUESTIONS["q-order-part"]
    assert isinstance(question, Ordering)
    for number in range(60):
        scrambled = replace(question, id=Identifier(f"q-{number}"), items=question.items[: 2 + number % 3]).scrambled()
        assert scrambled != list(question.items[: 2 + number % 3])
        assert {step.id for step in scrambled} == {step.id for step in question.items[: 2 + number % 3]}


def test_each_gap_becomes_a_question_of_its_own() -> None:
    question = QUESTIONS["q-cloze-part"]
    assert isinstance(question, Cloze)
    choice, typed = substitute(question, BASIC).questions
    assert choice.stem.text() == "stem one ____ two […] end [[none]]."
    assert typed.stem.text() == "stem one […] two ____ end [[none]]."
    assert isinstance(choice, SingleChoice)
    assert isinstance(typed, ShortAnswer)
    assert [(option.text.text(), option.correct) for option in choice.options] == [("gap-a", True), ("gap-b", False)]
    assert typed.answers == question.gaps[1].answers  # type: ignore[union-attr]


def test_a_gap_with_two_right_options_is_asked_with_one() -> None:
    gap = QUESTIONS["q-cloze-part"].gaps[0]  # type: ignore[union-attr]
    assert isinstance(gap, ChoiceGap)
    both = replace(gap, options=(*gap.options, replace(gap.options[0], id=Identifier("z"), text=Plain("also"))))
    question = replace(QUESTIONS["q-cloze-part"], gaps=(both,))  # type: ignore[call-arg]
    (made,) = substitute(question, BASIC).questions
    assert isinstance(made, SingleChoice)
    assert [option.text.text() for option in made.options] == ["gap-a", "gap-b"]
    assert "“also”" in substitute(question, BASIC).reason
    assert made.feedback is not None
    assert "told-g1-a" in made.feedback.text()  # that of the one left out, which says the same


def test_gaps_in_markup_are_found_and_other_brackets_left() -> None:
    inside = Element("p", (), ("a ", Element("strong", (), ("[[g]]",)), " b [[x]]"))
    answers = (Answer(id=Identifier("a"), text=Plain("pad")),)
    question = Cloze(id=Identifier("q"), stem=Rich((inside,)), gaps=(TextGap(id=Identifier("g"), answers=answers),))
    assert Rich(question.filled(lambda gap: (f"<{gap.id}>",))).text() == "a <g> b [[x]]"
    assert question.name == "a ____ b [[x]]"


def number(*answers: NumberAnswer, unit: str | None = None) -> Numerical:
    return Numerical(id=Identifier("q"), stem=Rich(("How much?",)), answers=answers, unit=Plain(unit) if unit else None)


def told(name: str, value: str, tolerance: str = "0", correct: bool = True) -> NumberAnswer:
    return NumberAnswer(id=Identifier(name), value=Number(value), tolerance=Number(tolerance), correct=correct)


def test_an_exact_number_becomes_words_to_type() -> None:
    (made,) = substitute(number(told("a", "12.50"), unit="mm"), BASIC).questions
    assert isinstance(made, ShortAnswer)
    for typed in ("12.50", "12.5", "12,5", "12,50 mm", "12.5 MM", "12.5mm"):
        assert credit(made, typed) == 1
    assert made.stem.text() == "How much? (mm)"
    (below,) = substitute(number(told("a", "-3.5")), BASIC).questions
    for typed in ("-3.5", "\u22123.5", "\u22123,5"):
        assert credit(below, typed) == 1
    assert credit(made, "12.6") == 0


def test_a_number_with_a_tolerance_becomes_a_choice_or_nothing() -> None:
    (made,) = substitute(number(told("a", "12.5", "0.2"), told("b", "125", correct=False), unit="mm"), BASIC).questions
    assert isinstance(made, SingleChoice)
    assert [(option.text.text(), option.correct) for option in made.options] == [("12.5 mm", True), ("125 mm", False)]
    also = told("c", "13", "0.2")
    several = substitute(
        number(told("a", "12.5", "0.2"), replace(also, feedback=Rich(("why 13",))), told("b", "125", correct=False)), BASIC
    )
    (made,) = several.questions
    assert isinstance(made, SingleChoice)
    assert [option.text.text() for option in made.options] == ["12.5", "125"]
    assert "“13”" in several.reason
    assert made.feedback is not None
    assert made.feedback.text() == "why 13"
    left_out = substitute(number(told("a", "12.5", "0.2")), BASIC)
    assert left_out.questions == ()
    assert "twin" in left_out.reason


def test_a_twin_goes_first_and_takes_the_labels_of_its_question() -> None:
    options = (Option(id=Identifier("a"), text=Rich(("yes",)), correct=True), Option(id=Identifier("b"), text=Rich(("no",))))
    twin = SingleChoice(id=Identifier("q-twin"), stem=Rich(("Or?",)), options=options, points=9)
    for question in LACKING:
        changes: Any = {"twin": twin, "outcomes": (Identifier("lo-1"),), "tags": (Identifier("t"),)}
        (made,) = substitute(replace(question, **changes), BASIC).questions
        assert isinstance(made, SingleChoice)
        assert (made.id, made.options) == ("q-twin", options)
        assert (made.outcomes, made.tags) == (("lo-1",), ("t",))
        assert made.points == (question.points or 9)
    assert substitute(replace(LACKING[0], twin=twin), ["true-false"]).questions == ()  # type: ignore[call-arg]


def test_a_quiz_keeps_its_proportions() -> None:
    made = weighted(QUESTIONS.values(), BASIC)
    shares = [Fraction(sum(each.points for each in entry.questions), entry.original.points) for entry in made if entry.questions]
    assert len(set(shares)) == 1
    for entry in made:
        assert len({each.points for each in entry.questions}) <= 1
        assert all(1 <= each.points <= 99 for each in entry.questions)


def test_points_beyond_the_format_are_rounded_and_never_lost() -> None:
    heavy = replace(QUESTIONS["q-single"], points=50)  # type: ignore[call-arg]
    uneven = renamed(QUESTIONS["q-match-part"], "q-uneven")
    made = weighted([heavy, uneven], BASIC)
    assert [[each.points for each in entry.questions] for entry in made] == [[75], [1, 1, 1]]
    light = replace(uneven, points=1)  # type: ignore[call-arg]
    made = weighted([heavy, light], BASIC)
    assert [[each.points for each in entry.questions] for entry in made] == [[99], [1, 1, 1]]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 99), st.integers(2, 9)), min_size=1, max_size=5), st.integers(1, 99))
def test_no_whole_points_have_shares_that_differ_less(sizes: list[tuple[int, int]], own: int) -> None:
    """Against every multiple of the points that could be meant, rounded."""
    pair = QUESTIONS["q-match-part"].pairs[0]  # type: ignore[union-attr]
    asked: list[Question] = [replace(QUESTIONS["q-single"], points=own)]  # type: ignore[call-arg]
    for number, (points, parts) in enumerate(sizes):
        pairs = tuple(replace(pair, id=Identifier(f"p{each}")) for each in range(parts))
        changes: Any = {"id": Identifier(f"q-{number}"), "points": points, "pairs": pairs}
        asked.append(replace(QUESTIONS["q-match-part"], **changes))
    made = weighted(asked, BASIC)
    total = sum(each.points for each in asked)
    counts = [len(entry.questions) for entry in made]

    def error(worth: list[int]) -> Fraction:
        return sum(
            (abs(Fraction(now, sum(worth)) - Fraction(each.points, total)) for now, each in zip(worth, asked, strict=True)), Fraction()
        )

    assert all(1 <= one.points <= 99 for entry in made for one in entry.questions)
    for factor in range(1, 100):
        parts_worth = [max(1, (2 * each.points * factor + count) // (2 * count)) for each, count in zip(asked, counts, strict=True)]
        if max(parts_worth) <= 99:
            worth = [one * count for one, count in zip(parts_worth, counts, strict=True)]
            assert error([entry.points for entry in made]) <= error(worth)


def test_what_a_format_has_is_left_alone() -> None:
    for entry in weighted(QUESTIONS.values(), {question.kind for question in QUESTIONS.values()}):
        assert entry.questions == (entry.original,)


@pytest.mark.parametrize("question", LACKING, ids=lambda question: question.id)
def test_nothing_is_invented(question: Question) -> None:
    """Every option and typed answer of a substitute is made of words of the question."""
    spoken = " ".join(said(question))
    for each in substitute(question, BASIC).questions:
        options = getattr(each, "options", ())
        if question.kind == "ordering":
            assert all(step in option.text.text() for option in options for step in ("step-a", "step-b", "step-c", "step-d"))
        elif question.kind != "numerical":
            assert all(option.text.text() in spoken for option in options)
            assert all(answer.text in spoken for answer in getattr(each, "answers", ()))
        assert key(each)
