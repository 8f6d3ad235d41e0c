"""Questions as a reader of one of Moodle's own formats finds them, held against those of the course: every text, answer and share.

The formats differ in syntax and in what they keep around the questions; what a question becomes is the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from lxml import html as lxml_html
from questions import rich
from readback import Record

from coursegen.model import (
    ChoiceGap,
    Cloze,
    Essay,
    GapOption,
    Identifier,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Pair,
    Plain,
    Question,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TrueFalse,
)

LABELS = {"model": "Compare with a model answer", "right": "If your answer is right:", "partly": "If a part of your answer is right:"}
LABELS["wrong"] = "If your answer is not right:"


def said(markup: str) -> str:
    """The words that a browser shows, each block on its own."""
    root = lxml_html.fromstring(f"<div>{markup}</div>")
    for block in root.iter("p", "div", "li"):
        block.tail = f" {block.tail or ''}"
    return " ".join(root.text_content().split())


def meant(*texts: Rich | str | None) -> str:
    """The words of some texts, one after the other."""
    return " ".join(" ".join(words for each in texts if each and (words := each if isinstance(each, str) else each.text())).split())


def fold(words: str) -> str:
    return " ".join(words.split())


def check(question: Question, record: Record) -> None:
    """One question, against what was read back; what it counts apart."""
    texts = record.texts
    title = fold(question.title or question.name)
    assert texts["title"] == [title] if len(title) <= 255 else texts["title"][0].startswith(title[:200])
    hints = () if isinstance(question, Essay) else question.hints  # Moodle reads none of essays
    assert [said(hint) for hint in texts["hints"]] == [meant(hint) for hint in hints]
    CHECKS[type(question)](question, record)


def stem(question: Question, record: Record, *more: str) -> None:
    assert said(record.texts["stem"][0]) == meant(question.stem, *more), question.id


def general(question: Question, record: Record, *more: Rich | str | None) -> None:
    assert said(record.texts["general-feedback"][0]) == meant(question.feedback, *more), question.id


def combined(question: Any, record: Record) -> None:
    for role, field in (("if-right", "if_right"), ("if-partly", "if_partly"), ("if-wrong", "if_wrong")):
        assert [said(text) for text in record.texts[role]] == [meant(text) for text in [getattr(question, field, None)] if text]


def choice(question: SingleChoice | MultipleResponse, record: Record) -> None:
    assert record.kind == question.kind
    stem(question, record)
    general(question, record)
    combined(question, record)
    assert [said(text) for text in record.texts["option"]] == [meant(option.text) for option in question.options]
    assert [said(text) for text in record.texts["option-feedback"]] == [meant(option.feedback) for option in question.options]


def true_false(question: TrueFalse, record: Record) -> None:
    stem(question, record)
    general(question, record)
    assert record.scores == {"true": 100 * question.answer, "false": 100 * (not question.answer)}
    own = {True: question.if_true, False: question.if_false}
    expected = [meant(own[says], question.if_right if says == question.answer else question.if_wrong) for says in (True, False)]
    assert [said(text) for text in record.texts["option-feedback"]] == expected


def typed(question: ShortAnswer | Numerical, record: Record) -> None:
    general(question, record)
    *told, last = [said(text) for text in record.texts["option-feedback"]]
    assert record.texts["answer"][-1] == "*"
    assert record.scores["*"] == 0
    assert last == meant(question.if_wrong)
    accepted = {meant(each.feedback, question.if_right) for each in question.answers if each.correct}
    mistakes = {meant(each.feedback, question.if_wrong) for each in question.answers if not each.correct}
    assert set(told) == accepted | mistakes
    for words, feedback in zip(record.texts["answer"][:-1], told, strict=True):
        assert feedback in (accepted if record.scores[words] == 100 else mistakes)


def short_answer(question: ShortAnswer, record: Record) -> None:
    typed(question, record)
    stem(question, record)
    assert record.texts["case"] == ["1" if question.case == "counts" else "0"]
    star = "*" if question.wildcards else "\\*"
    assert {"Brake pad", f"café {star}", "bolts"} <= set(record.texts["answer"])
    assert ({"Brakepad", f"cafe {star}", f"cafe{star}"} <= set(record.texts["answer"])) == (question.accents == "ignored")


def numerical(question: Numerical, record: Record) -> None:
    typed(question, record)
    stem(question, record, *(["_____", question.unit] if question.unit else []))
    assert record.texts["answer"][:-1] == [answer.value for answer in question.answers]
    assert [Decimal(each) for each in record.texts["tolerance"][:-1]] == [Decimal(answer.tolerance) for answer in question.answers]
    assert record.texts["unit"] == ([question.unit] if question.unit else [])


def parts(question: Matching | Sorting) -> tuple[list[tuple[Rich, str, Rich | None]], list[str]]:
    """What is put together, and what is listed beside that."""
    if isinstance(question, Matching):
        return [(pair.text, pair.match, pair.feedback) for pair in question.pairs], [each.text for each in question.distractors]
    titles = {group.id: group.title for group in question.groups}
    return [(item.text, titles[item.group], item.feedback) for item in question.items], []


def becomes_lists(question: Matching | Sorting) -> bool:
    """Whether an entry to match is longer than Moodle's column."""
    return any(len(words) > 255 for _, words, _ in parts(question)[0])


def matching(question: Matching | Sorting, record: Record) -> None:
    pairs, spare = parts(question)
    if becomes_lists(question):
        assert record.kind == "cloze"
        labelled(question, record)
        assert said(record.texts["stem"][0]) == meant(question.stem, *(f"{text.text()} ____" for text, _, _ in pairs))
        listed = {fold(words) for words in (*(match for _, match, _ in pairs), *spare)}
        assert {said(words) for words in record.texts["option"]} == listed
        return
    assert record.kind == "matching"
    stem(question, record)
    combined(question, record)
    general(question, record, *(f"{text.text()} – {match}: {feedback.text()}" for text, match, feedback in pairs if feedback))
    assert [said(text) for text in record.texts["pair"]] == [meant(text) for text, _, _ in pairs]
    assert [fold(words) for words in record.texts["match"]] == [fold(match) for _, match, _ in pairs]
    assert [fold(words) for words in record.texts["match-distractors"]] == [fold(words) for words in spare]


def ordering(question: Ordering, record: Record) -> None:
    stem(question, record)
    combined(question, record)
    general(question, record, *(f"{step.text.text()}: {step.feedback.text()}" for step in question.items if step.feedback))
    assert [said(text) for text in record.texts["step"]] == [meant(step.text) for step in question.items]
    assert record.texts["credit"] == ["ABSOLUTE_POSITION" if question.credit == "partial" else "ALL_OR_NOTHING"]


def labelled(question: Cloze | Matching | Sorting, record: Record) -> None:
    told = ((LABELS["right"], question.if_right), (LABELS["partly"], question.if_partly), (LABELS["wrong"], question.if_wrong))
    general(question, record, *(f"{label} {text.text()}" for label, text in told if text))


def cloze(question: Cloze, record: Record) -> None:
    labelled(question, record)
    assert said(record.texts["stem"][0]) == meant(Rich(question.filled(lambda gap: ("____",))))
    scores: dict[str, float] = {}
    options: list[str] = []
    answers: list[str] = []
    told: list[str] = []
    for number, gap in enumerate(question.gaps):
        for entry in gap.options if isinstance(gap, ChoiceGap) else gap.answers:
            (options if isinstance(gap, ChoiceGap) else answers).append(fold(entry.text))
            scores[f"{number}.{fold(entry.text)}"] = 100 * entry.correct
            told.append(meant(entry.feedback))
    assert [said(words) for words in record.texts["option"]] == options
    assert record.texts["answer"] == answers
    assert [said(words) for words in record.texts["option-feedback"]] == told
    assert {f"{key.partition('.')[0]}.{said(key.partition('.')[2])}": score for key, score in record.scores.items()} == scores


def essay(question: Essay, record: Record) -> None:
    stem(question, record)
    general(question, record, LABELS["model"], question.model_answer)
    assert said(record.texts["model-answer"][0]) == meant(question.model_answer)
    assert int(record.texts["lines"][0]) >= question.lines


def rating(question: RatingScale, record: Record) -> None:
    stem(question, record)
    general(question, record)
    assert record.kind == "rating-scale"
    assert [said(text) for text in record.texts["option"]] == [fold(level.text) for level in question.levels]


CHECKS: dict[type, Callable[[Any, Record], None]] = {
    SingleChoice: choice,
    MultipleResponse: choice,
    TrueFalse: true_false,
    ShortAnswer: short_answer,
    Numerical: numerical,
    Matching: matching,
    Sorting: matching,
    Ordering: ordering,
    Cloze: cloze,
    Essay: essay,
    RatingScale: rating,
}


# Questions that become another type than most of their kind


def lists() -> Cloze:
    """A text in which all gaps are lists without feedback: the type that has feedback for the whole."""
    words = {"g": ("<b>right</b> &lt;", "wrong"), "h": ("yes", "no", "never")}
    gaps = tuple(
        ChoiceGap(
            id=Identifier(name),
            options=tuple(GapOption(id=Identifier(f"o{n}"), text=Plain(each), correct=n == 0) for n, each in enumerate(listed)),
        )
        for name, listed in words.items()
    )
    return Cloze(
        id=Identifier("q-lists"),
        stem=rich("A [[g]] and [[h]], not [[1]]."),
        gaps=gaps,
        points=3,
        hints=(rich("hint-one"),),
        feedback=rich("general"),
        if_right=rich("good"),
        if_partly=rich("so so"),
        if_wrong=rich("bad"),
    )


def long_entries() -> Matching:
    """A matching of which the entries are longer than Moodle's column: it becomes lists in a text."""
    pairs = tuple(
        Pair(id=Identifier(name), text=rich(name), match=Plain(f"{name} {'<' * 260}"), feedback=rich(f"told {name}")) for name in "abc"
    )
    return Matching(id=Identifier("q-long"), stem=rich("Which? [[a]]"), pairs=pairs, points=5, feedback=rich("general"))
