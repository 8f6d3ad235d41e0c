"""GIFT: every text, answer, weight and feedback read back from the file, for every kind and with hostile words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from questions import HOSTILE, course_of, every_kind, rich
from readback import Record
from readback_gift import read

from coursegen.fidelity import QUESTIONS, QUIZZES
from coursegen.model import (
    Anchor,
    Answer,
    Bank,
    Course,
    Element,
    Essay,
    Identifier,
    Language,
    Link,
    Matching,
    Media,
    MultipleResponse,
    Node,
    NumberAnswer,
    Numerical,
    Option,
    Plain,
    Question,
    Rich,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from coursegen.model.text import Number
from coursegen.portable import substitute
from coursegen.render.templates import Templates
from coursegen.score import credit, normal
from coursegen.writers.gift import CARRIES, entries

KINDS = ("single-choice", "multiple-response", "true-false", "short-answer", "numerical", "matching", "essay")
MOODLE_FRACTIONS = (
    "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5 0".split()
)  # Moodle's question/engine/bank.php


def written(course: Course) -> bytes:
    ((name, content),) = entries(course, Templates(course, None))
    assert name == "questions.gift"
    assert isinstance(content, bytes)
    return content


def records(course: Course) -> dict[str, Record]:
    found = read({"questions.gift": written(course)})
    assert len({record.ident for record in found}) == len(found)
    return {record.ident: record for record in found}


def words(text: str) -> str:
    """The words of an HTML text that has no elements but paragraphs."""
    return html.unescape(re.sub(r"</?p>", "", text))


def whole(*texts: Rich | None) -> str:
    def inside(nodes: tuple[Node, ...]) -> str:
        return "".join(node if isinstance(node, str) else inside(node.children) for node in nodes)

    return "".join(inside(text.nodes).strip() for text in texts if text)


def expected_answers(question: Question) -> dict[str, list[str]]:
    """What the model says, role by role."""
    if isinstance(question, (SingleChoice, MultipleResponse)):
        return {
            "option": [whole(option.text) for option in question.options],
            "option-feedback": [whole(option.feedback) for option in question.options],
        }
    if isinstance(question, TrueFalse):
        told = [whole(question.if_false), whole(question.if_true)]
        return {"answer": [str(question.answer).lower()], "option-feedback": told if question.answer else told[::-1]}
    if isinstance(question, Matching):
        return {
            "pair": [*(whole(pair.text) for pair in question.pairs), *("" for _ in question.distractors)],
            "match": [*(pair.match.strip() for pair in question.pairs), *(each.text.strip() for each in question.distractors)],
        }
    if isinstance(question, Numerical):
        ordered = sorted(question.answers, key=lambda answer: not answer.correct)
        return {
            "answer": [f"{answer.value}±{answer.tolerance}" for answer in ordered],
            "option-feedback": [whole(answer.feedback) for answer in ordered],
        }
    return {}


def expected_general(question: Question) -> str:
    more: list[Rich | None] = []
    if isinstance(question, Essay):
        more = [question.model_answer]
    elif isinstance(question, Matching):
        more = [pair.feedback for pair in question.pairs]
    return whole(question.feedback, *more)


@pytest.mark.parametrize("first", [True, False], ids=["begins", "ends"])
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_every_text_arrives(hostile: str, first: bool) -> None:
    def made(name: str) -> str:
        return f"{hostile} {name}" if first else f"{name}\n{hostile}"

    questions = every_kind(made, outcomes=(Identifier("lo-1"),), difficulty="hard", tags=(Identifier("a-tag"),))
    found = records(course_of(questions))
    kinds = [kind for kind in KINDS if kind != "matching" or len(hostile) < 250]
    expected = [
        each for question in questions for each in ([question] if question.kind in kinds else substitute(question, kinds).questions)
    ]
    assert list(found) == [question.id for question in expected]
    assert len(expected) > len(questions)
    for question in expected:
        record = found[question.id]
        assert record.kind == question.kind
        assert words(record.texts["title"][0]) == question.name
        unit = " (mm)" if isinstance(question, Numerical) and question.unit else ""
        assert words(record.texts["stem"][0]) == whole(question.stem) + unit
        assert [words(text) for text in record.texts["general-feedback"]] == [expected_general(question)]
        assert record.texts["tags"] == ["lo-1", "hard", "a-tag"]
        for role, texts in expected_answers(question).items():
            assert [words(text) for text in record.texts[role]] == texts, (question.id, role)
    lost = [question for question in questions if not any(name.startswith(question.id) for name in found)]
    assert [question.kind for question in lost] == ["rating-scale"]


@pytest.mark.parametrize("text", [*HOSTILE, "[html] first", "[x", "a -> b", "&&058;", "a\\*b", "\\", "%50%", "T", "TRUE", "=", "//"])
def test_every_answer_to_type_arrives(text: str) -> None:
    answers = (
        Answer(id=Identifier("a"), text=Plain("bolts"), correct=False, feedback=rich("told-a")),
        Answer(id=Identifier("b"), text=Plain(text), feedback=rich("told-b")),
    )
    question = ShortAnswer(id=Identifier("q"), stem=rich("stem"), answers=answers)
    record = records(course_of([question]))["q"]
    assert record.kind == "short-answer"
    accepted, mistake = record.texts["answer"]
    typed = normal(text, replace(question, case="counts"))
    assert re.fullmatch(moodle_pattern(accepted), typed)
    assert re.fullmatch(moodle_pattern(accepted), f"{typed} more") is None
    assert mistake == "bolts"
    assert record.texts["option-feedback"] == ["told-b", "told-a"]
    assert list(record.scores.values()) == [1, 0]


def moodle_pattern(answer: str) -> str:
    """How Moodle compares a typed text with an answer: * stands for anything, unless a backslash is before it."""
    return ".*".join(re.escape(piece.replace("\\*", "*")) for piece in re.split(r"(?<!\\)\*", answer))


def test_rules_of_comparison_are_written_as_forms() -> None:
    strict, loose = (question for question in every_kind() if question.id in ("q-short", "q-short-strict"))
    found = records(course_of([strict, loose]))
    assert found["q-short"].scores == {"Brake pad": 1, "café \\*": 1, "bolts": 0}
    answers = (Answer(id=Identifier("a"), text=Plain(" e\u0301t\u00e9\u00a0  M8 ")),)
    blanks = ShortAnswer(id=Identifier("q"), stem=rich("?"), answers=answers)
    assert records(course_of([blanks]))["q"].scores == {"été M8": 1}
    assert records(course_of([replace(blanks, spacing="ignored")]))["q"].scores.keys() == {"été M8", "étéM8", "été M 8", "étéM 8"}
    assert found["q-short-strict"].scores == {"Brake pad": 1, "Brakepad": 1, "café *": 1, "cafe *": 1, "café*": 1, "cafe*": 1, "bolts": 0}


def test_a_single_choice_has_one_right_option() -> None:
    (question,) = (question for question in every_kind() if question.kind == "single-choice")
    assert records(course_of([question]))["q-single"].scores == {"option-a": 0, "option-b": 1, "option-c": 0}


def several(right: int, wrong: int, how: Any) -> MultipleResponse:
    options = tuple(Option(id=Identifier(f"o{n}"), text=rich(f"o{n}"), correct=n < right) for n in range(right + wrong))
    return MultipleResponse(id=Identifier("q"), stem=rich("stem"), options=options, credit=how)


@pytest.mark.parametrize("how", ["partial", "all-or-nothing"])
@pytest.mark.parametrize("wrong", [1, 2, 3, 6, 7, 9, 13, 20, 25])
@pytest.mark.parametrize("right", [1, 2, 3, 6, 7, 9, 11, 13, 20])
def test_weights_of_several_options(right: int, wrong: int, how: str) -> None:
    """Ticking what is right earns everything, ticking everything nothing; every weight is one that Moodle takes."""
    question = several(right, wrong, how)
    scores = records(course_of([question]))["q"].scores
    gains = [weight for weight in scores.values() if weight > 0]
    costs = [weight for weight in scores.values() if weight < 0]
    assert sum(gains) == pytest.approx(1, abs=1e-6)
    assert sum(gains) + sum(costs) <= 1e-6
    assert {f"{abs(weight) * 100:.5f}" for weight in scores.values()} <= {f"{float(each):.5f}" for each in MOODLE_FRACTIONS}
    if how == "partial" and max(right, wrong) <= 10:
        for hits in range(right + 1):
            for misses in range(wrong + 1):
                ticked = [f"o{n}" for n in (*range(hits), *range(right, right + misses))]
                there = min(1.0, max(0.0, sum(scores[name] for name in ticked)))
                assert there == pytest.approx(credit(question, ticked), abs=1e-5)
    if how == "all-or-nothing":
        assert all(weight == -1 for weight in costs)


def test_more_right_options_than_there_are_weights() -> None:
    scores = records(course_of([several(23, 1, "partial")]))["q"].scores
    assert list(scores.values()) == [0.05] * 20 + [0] * 3 + [-1]


def test_every_wrong_option_costs_something() -> None:
    scores = records(course_of([several(1, 25, "partial")]))["q"].scores
    assert list(scores.values()) == [1] + [-0.05] * 25


def test_true_false_without_feedback() -> None:
    def feedback(if_true: str, if_false: str, general: str) -> dict[str, list[str]]:
        texts = {"if_true": if_true, "if_false": if_false, "feedback": general}
        told: Any = {name: rich(text) for name, text in texts.items() if text}
        question = TrueFalse(id=Identifier("q"), stem=rich("stem"), answer=True, **told)
        return records(course_of([question]))["q"].texts

    assert feedback("", "", "g")["option-feedback"] == []
    assert feedback("t", "", "g")["option-feedback"] == ["", "t"]
    assert feedback("", "f", "g")["option-feedback"] == ["f"]
    assert "general-feedback" not in feedback("t", "f", "")


def test_media_and_links_become_words(tmp_path: Path) -> None:
    picture = Element("img", (("src", Media("a.png", tmp_path)), ("alt", "A gauge: 5 = {five}")))
    sound = Element("audio", (("controls", ""),), (Element("source", (("src", Media("m/noise.mp3", tmp_path)),)),))
    film = Element("video", (("title", "A test"), ("src", Media("m/test.mp4", tmp_path))))
    link = Element("a", (("href", Link(Identifier("u1-quiz"))),), ("inside",))
    sheet = Element("a", (("href", Media("m/a b.pdf", tmp_path)),), ("sheet",))
    anchor = Element("a", (("href", Anchor("here")),), ("here",))
    web = Element("a", (("href", "https://example.org/?a=1"),), ("outside",))
    stem = Rich((Element("p", (), (picture, " ", sound, " ", film, " ", link, " ", sheet, " ", anchor, " ", web)),))
    question = Numerical(id=Identifier("q"), stem=stem, answers=(NumberAnswer(id=Identifier("a"), value=Number("5")),), unit=Plain("°C"))
    assert records(course_of([question]))["q"].texts["stem"] == [
        '<p>A gauge: 5 = {five} [noise.mp3] [A test] inside (see “A quiz” in “Brakes”) sheet (a b.pdf) here <a href="https://example.org/?a=1">outside</a></p><p>(°C)</p>'
    ]


def test_an_option_that_is_a_picture_without_words_has_its_name(tmp_path: Path) -> None:
    pictures = [Element("img", (("src", Media(f"m/{name}.png", tmp_path)), ("alt", ""))) for name in "ab"]
    options = (
        Option(id=Identifier("a"), text=Rich((pictures[0],)), correct=True),
        Option(id=Identifier("b"), text=Rich((pictures[1], " words"))),
    )
    found = records(course_of([SingleChoice(id=Identifier("q"), stem=rich("?"), options=options)]))["q"]
    assert found.texts["option"] == ["[a.png]", "words"]


def test_words_from_right_to_left_say_so() -> None:
    (question,) = (question for question in every_kind() if question.kind == "single-choice")
    course = replace(course_of([replace(question, feedback=Rich((Element("p", (), ("told",)),)))]), language=Language("ar"))
    found = records(course)["q-single"].texts
    assert found["option"] == [f'<span dir="rtl">option-{name}</span>' for name in "abc"]
    assert found["stem"] == ['<span dir="rtl">stem</span>']
    assert found["general-feedback"] == ['<div dir="rtl"><p>told</p></div>']


def test_ids_and_tags_that_are_too_long_for_moodle_are_cut() -> None:
    """A longer id would stop the import; of two tags that begin alike Moodle would make one."""
    long = [Identifier("i" * length) for length in (100, 101, 102)]
    questions = [TrueFalse(id=name, stem=rich("?"), answer=True, tags=tuple(Identifier(each[1:]) for each in long)) for name in long]
    found = records(course_of(questions))
    whole, *cut = found
    assert whole == long[0]
    assert all(len(name) == 100 for name in cut)
    for record in found.values():
        assert len(set(record.texts["tags"])) == 3
        assert all(len(tag) == 50 for tag in record.texts["tags"])


def test_a_bank_of_which_nothing_is_left_has_no_category() -> None:
    (scale,) = (question for question in every_kind() if question.kind == "rating-scale")
    bank = Bank(id=Identifier("bank"), title=Plain("A bank"), questions=(scale,))
    assert b"$CATEGORY" not in written(course_of([], [bank]))


def test_categories(tmp_path: Path) -> None:
    kinds = every_kind()
    bank = Bank(id=Identifier("bank"), title=Plain("A bank / of b\\c: x" + "y" * 300), questions=(kinds[1],))
    course = course_of([kinds[0]], [bank], intro=rich("Read {this}"))
    found = list(records(course).values())
    assert [record.ident for record in found] == ["u1-quiz", "q-single", "q-true"]
    assert (found[0].kind, found[0].texts["stem"], found[0].texts["title"]) == ("description", ["Read {this}"], ["A quiz"])
    assert found[1].texts["category"] == ["top/Every kind/Brakes/A quiz"]
    (last,) = found[2].texts["category"]
    assert last.startswith("top/Every kind/Brakes/A bank // of b\\\\c: xyyy")
    assert last.endswith("y…")
    assert len(last.rpartition("Brakes/")[2]) < 255


@pytest.mark.parametrize("title", ["/", "a/", "/a", "<b>a/b</b>", "a // b"])
def test_slashes_do_not_make_other_categories(title: str) -> None:
    course = course_of(every_kind()[:1])
    unit = replace(course.units[0], title=Plain(title))
    (record,) = records(replace(course, units=(unit,))).values()
    path = re.split(r"(?<!/)/(?!/)", record.texts["category"][0])  # Moodle's question/format.php
    assert len(path) == 4
    assert html.unescape(path[2].replace("//", "/").replace("\u2060", "")) == title


def test_an_empty_quiz_has_no_category() -> None:
    assert written(course_of([])).decode() == "// Every kind, 1.0.0, en, CC0-1.0\n\n"


def test_two_runs_give_the_same_bytes() -> None:
    course = course_of(every_kind())
    assert written(course) == written(course)


@pytest.mark.parametrize("table", [QUESTIONS, QUIZZES])
def test_the_table_has_every_feature(table: dict[str, str]) -> None:
    assert not set(table) - set(CARRIES)
    assert all(bool(verdict.reason) == (verdict.how != "kept") for verdict in CARRIES.values())


@pytest.mark.parametrize(
    ("feature", "has"),
    [
        ("hints", lambda text: "hint-one" in text),
        ("if-right", lambda text: "if-right" in text),
        ("if-partly", lambda text: "if-partly" in text),
        ("if-wrong", lambda text: "if-wrong" in text),
        ("source", lambda text: "where-from" in text),
        ("part-feedback", lambda text: "part-a" in text),
        ("model-answer", lambda text: "model" in text),
    ],
)
def test_what_is_dropped_is_not_there(feature: str, has: Callable[[str], bool]) -> None:
    text = written(course_of(every_kind(source=Plain("where-from")))).decode()
    assert has(text) == (CARRIES[feature].how != "dropped")
