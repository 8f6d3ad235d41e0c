"""Forms of typed answers: each is right by the course's own rules, and what learners are likely to type is among them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from questions import rich

from coursegen.model import Answer, Identifier, Plain, ShortAnswer
from coursegen.score import is_accepted
from coursegen.typed_forms import forms, listed, starred

TEXTS = (
    " two  words ",
    "M8",
    "cafe\u0301 cre\u0300me",
    "a\u00a0b\u3000c\u2003d\ufeff e",
    "été 12 mm",
    "İstanbul ß",
    "a*b \\* c",
    "0",
    "ﬁ x²",
)
RULES = [
    {"case": case, "accents": accents, "spacing": spacing}
    for case, accents, spacing in product(("ignored", "counts"), ("counts", "ignored"), ("counts", "ignored"))
]


def asked(*texts: str, **rules: Any) -> ShortAnswer:
    answers = tuple(Answer(id=Identifier(f"a{number}"), text=Plain(text)) for number, text in enumerate(texts))
    return ShortAnswer(id=Identifier("q"), stem=rich("?"), answers=answers, **rules)


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: "-".join(rules.values()))
@pytest.mark.parametrize("text", TEXTS)
def test_every_form_is_right(text: str, rules: dict[str, Any]) -> None:
    question = asked(text, **rules)
    found = forms(text, question)
    assert found
    assert len(found) == len(set(found))
    for form in found:
        assert is_accepted(question, form), form
        assert form == form.strip()
        assert "  " not in form


def test_what_nobody_can_type_is_folded() -> None:
    assert forms(" e\u0301te\u0301 \u00a0 M8 ", asked("x")) == ["été M8"]


def test_forms_by_the_rules() -> None:
    assert forms("M8", asked("x", spacing="ignored")) == ["M8", "M 8"]
    assert set(forms("à b", asked("x", accents="ignored", spacing="ignored"))) == {"à b", "àb", "a b", "ab"}
    assert forms("a b c d e", asked("x", spacing="ignored")) == ["a b c d e", "abcde"]


def test_no_form_is_listed_twice_and_none_is_empty() -> None:
    question = asked("Disc", "disc", "*", "pad")
    assert [(form, answer.id) for form, answer in listed(question, lambda form: form.replace("*", ""))] == [("Disc", "a0"), ("pad", "a3")]
    assert [form for form, _ in listed(asked("Disc", "disc", case="counts"))] == ["Disc", "disc"]


def test_accepted_answers_come_before_mistakes() -> None:
    wrong = Answer(id=Identifier("w"), text=Plain("disc"), correct=False)
    right = Answer(id=Identifier("r"), text=Plain("Disc"))
    question = ShortAnswer(id=Identifier("q"), stem=rich("?"), answers=(wrong, right))
    assert [(form, answer.correct) for form, answer in listed(question)] == [("Disc", True)]


def test_an_asterisk_is_itself_where_wildcards_are_off() -> None:
    assert starred("a*b", wildcards=True) == "a*b"
    assert starred("a*b", wildcards=False) == "a\\*b"
