"""Moodle XML: every text, answer, fraction, feedback, tag and picture that is written is what the model has."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import moodle_records
import pytest
import readback_moodle_xml as readback
from moodle_records import combined, fold, meant, said
from pictures import with_pictures
from questions import HOSTILE, MOODLE_44, course_of, every_kind, renamed, rich
from readback import Record
from samples import write_course

from coursegen.build import build
from coursegen.fidelity import QUESTIONS, QUIZZES
from coursegen.model import (
    Answer,
    Bank,
    ChoiceGap,
    Cloze,
    Course,
    Element,
    GapOption,
    Gloss,
    Identifier,
    Link,
    Matching,
    Media,
    MultipleResponse,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Pair,
    Plain,
    Question,
    QuestionSet,
    Quiz,
    Rich,
    ShortAnswer,
    Sorting,
    Take,
    Taken,
    TextGap,
    TrueFalse,
)
from coursegen.model.text import Code, Number
from coursegen.render.templates import Templates
from coursegen.writers import FORMATS
from coursegen.writers.moodle_xml import CARRIES


def written(course: Course) -> bytes:
    ((name, content),) = FORMATS["moodle-xml"].entries(course, Templates(course, None), None)
    assert name.endswith(".xml")
    assert isinstance(content, bytes)
    return content


def records(course: Course) -> dict[str, Record]:
    """What is read back, by permanent id, each of which is there once."""
    found = readback.read({"bank.xml": written(course)})
    assert len({record.ident for record in found}) == len(found)
    return {record.ident: record for record in found}


def one(question: Question, **settings: Any) -> Record:
    return records(replace(course_of([question]), moodle=MOODLE_44, **settings))[question.id]


# Every text of every kind


@pytest.mark.parametrize("hostile", ["", *HOSTILE], ids=lambda words: words[:12] or "plain")
def test_every_text_of_every_kind(hostile: str) -> None:
    def words(place: str) -> str:
        return hostile if hostile == "0" else f"{place} {hostile}".strip()

    questions = every_kind(words)
    found = records(replace(course_of(questions, intro=rich(words("intro"))), moodle=MOODLE_44))
    assert list(found) == ["u1-quiz", *(question.id for question in questions)]
    assert said(found["u1-quiz"].texts["stem"][0]) == fold(words("intro"))
    assert found["u1-quiz"].kind == "description"
    for question in questions:
        check(question, found[question.id])


def check(question: Question, record: Record) -> None:
    """One question, against what was read back."""
    as_lists = isinstance(question, (Matching, Sorting)) and moodle_records.becomes_lists(question)
    assert record.points == (len(moodle_records.parts(question)[0]) if as_lists else question.points), question.id  # type: ignore[arg-type]
    moodle_records.check(question, record)


# Fractions


@pytest.mark.parametrize("credit", ["partial", "all-or-nothing"])
def test_fractions_of_several_right_options(credit: Any) -> None:
    """All right options earn everything, and ticking all options nothing, for any number of right and wrong ones."""
    questions = [
        MultipleResponse(
            id=Identifier(f"q-{right}-{wrong}"),
            stem=rich("?"),
            credit=credit,
            options=tuple(Option(id=Identifier(f"o{n}"), text=rich(f"o{n}"), correct=n < right) for n in range(right + wrong)),
        )
        for right, wrong in product(range(1, 31), repeat=2)
    ]
    for question, record in zip(questions, records(course_of(questions)).values(), strict=True):
        right = [record.scores[meant(option.text)] for option in question.options if option.correct]
        wrong = [record.scores[meant(option.text)] for option in question.options if not option.correct]
        assert sum(right) == pytest.approx(100, abs=0.001)
        assert sum(right) + sum(wrong) <= 0.001
        if credit == "all-or-nothing":
            assert set(wrong) == {-100}
        elif len(wrong) <= 10:
            assert wrong == pytest.approx([-100 / len(wrong)] * len(wrong), abs=0.001)
        if len(right) <= 10:
            assert right == pytest.approx([100 / len(right)] * len(right), abs=0.001)


# Words that mean something to Moodle


CODES = (":-)", ":)", "8-)", "(y)", "( )", ";-)", r"\(", r"\[", "$$", r"\begin", "@@PLUGINFILE@@")
IN_STEMS = {"short-answer": ("_____",), "numerical": ("_____",)}
LITERAL = (":-) 8-) (y) ( ) &;-) :)-)", r"\(x\) \[y\] $$z$$ \begin{a}", "@@PLUGINFILE@@/a.png", "_" * 9, "{#1} {1:MC:=a}", "[[1]] [[2]]")


@pytest.mark.parametrize("words", LITERAL)
def test_words_that_moodle_would_take_for_something(words: str) -> None:
    for question in every_kind(lambda place: f"{place} {words}"):
        check(question, one(question))
    gaps = tuple(gap(name, "a", "b") for name in ("g", "h"))
    question = Cloze(id=Identifier("q-lists"), stem=rich(f"{words} [[g]] {words} [[h]] {words}"), gaps=gaps)
    found = one(question)
    assert said(found.texts["stem"][0]) == f"{words} ____ {words} ____ {words}"
    for record in records(replace(course_of([*every_kind(lambda place: f"{place} {words}"), question]), moodle=MOODLE_44)).values():
        for role in ("stem", "general-feedback", "hints", "if-right", "if-partly", "if-wrong", "option-feedback", "pair", "step"):
            for text in record.texts.get(role, ()):
                codes = (*CODES, *(IN_STEMS.get(record.kind, ()) if role == "stem" else ()))
                assert not [code for code in codes if code in text.replace("_____ mm", "")]


def gap(name: str, *words: str, told: str = "") -> ChoiceGap:
    options = tuple(
        GapOption(id=Identifier(f"o{n}"), text=Plain(each), correct=n == 0, feedback=rich(told) if told else None)
        for n, each in enumerate(words)
    )
    return ChoiceGap(id=Identifier(name), options=options)


def test_lists_without_feedback_are_select_missing_words() -> None:
    """All gaps are lists: the type of question that has combined feedback, and points as they are."""
    question = Cloze(
        id=Identifier("q-lists"),
        stem=rich("A [[g]] and [[h]], not [[1]]."),
        gaps=(gap("g", "<b>right</b> &lt;", "wrong"), gap("h", "wrong", "right")),
        points=3,
        if_right=rich("good"),
        if_partly=rich("so so"),
        if_wrong=rich("bad"),
    )
    found = one(question)
    combined(question, found)
    assert found.points == 3
    assert said(found.texts["stem"][0]) == "A ____ and ____, not [[1]]."
    assert found.scores == {"0.<b>right</b> &lt;": 100, "0.wrong": 0, "1.wrong": 100, "1.right": 0}


def test_a_text_with_gaps_is_worth_a_whole_number_for_each() -> None:
    gaps = tuple(gap(name, "a", "b", told="because") for name in ("g", "h", "i"))
    stem_words = rich("[[g]] [[h]] [[i]]")
    worth = {points: one(Cloze(id=Identifier("q"), stem=stem_words, gaps=gaps, points=points)).points for points in (1, 3, 4, 99)}
    assert worth == {1: 3, 3: 3, 4: 6, 99: 99}


@pytest.mark.parametrize("words", [r"\}", r"\#", r"a\\#b\\}", "~=%50%#{}", "&amp;#35;", "*", r"\*", "a\\"])
def test_answers_embedded_in_a_text(words: str) -> None:
    answers = (Answer(id=Identifier("a"), text=Plain(words)), Answer(id=Identifier("b"), text=Plain("no"), correct=False))
    question = Cloze(
        id=Identifier("q"), stem=rich("[[g]] [[h]]"), gaps=(TextGap(id=Identifier("g"), answers=answers), gap("h", words, "x"))
    )
    found = one(question)
    assert found.texts["answer"] == [words.replace("*", "\\*"), "no"]
    assert [said(text) for text in found.texts["option"]] == [words, "x"]


# Answers to type


def answers_of(words: str, **rules: Any) -> list[str]:
    question = ShortAnswer(id=Identifier("q"), stem=rich("?"), answers=(Answer(id=Identifier("a"), text=Plain(words)),), **rules)
    return one(question).texts["answer"]


def test_forms_of_answers() -> None:
    assert answers_of(" M  8 *") == ["M 8 \\*"]
    assert answers_of("cafe\u0301") == ["café"]
    assert answers_of("a\u00a0\u3000b") == ["a b"]
    assert answers_of("M 8 *", wildcards=True) == ["M 8 *"]
    assert answers_of("été", accents="ignored") == ["été", "ete"]
    assert answers_of("M8", spacing="ignored") == ["M8", "M 8"]
    assert set(answers_of("M 8 x", spacing="ignored")) == {"M 8 x", "M8x", "M8 x", "M 8x"}
    assert answers_of("a b c d e", spacing="ignored") == ["a b c d e", "abcde"]
    assert set(answers_of("à b", spacing="ignored", accents="ignored")) == {"à b", "àb", "a b", "ab"}


def test_accepted_answers_come_first() -> None:
    """Moodle takes the first that fits; here an accepted one goes before a mistake."""
    answers = (
        Answer(id=Identifier("a"), text=Plain("*"), correct=False),
        Answer(id=Identifier("b"), text=Plain("disc")),
        Answer(id=Identifier("c"), text=Plain("DISC"), correct=False),
    )
    assert one(ShortAnswer(id=Identifier("q"), stem=rich("?"), answers=answers, wildcards=True)).texts["answer"] == ["disc", "*"]


def test_units_are_found_with_blanks_and_without() -> None:
    answers = (NumberAnswer(id=Identifier("a"), value=Number("1")),)
    question = Numerical(id=Identifier("q"), stem=rich("?"), answers=answers, unit=Plain("m / s"))
    assert one(question).texts["unit"] == ["m / s", "m/s"]
    assert one(replace(question, unit=Plain("m" * 51))).texts["unit"] == []  # longer than Moodle's column


# Pictures, links


def test_pictures_travel_with_each_text(tmp_path: Path) -> None:
    """The bytes of a picture are in every text that shows it, under a name that Moodle takes."""
    names = ("a b&'ü.svg", "other/a b&'ü.svg")
    files = []
    for number, name in enumerate(names):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"<svg>%d</svg>" % number)
        files.append(Media(name, path))
    expected = [path.source.read_bytes() for path in files]
    questions = [with_pictures(question, files) for question in every_kind()]
    for question in questions:
        found = one(question)
        assert found.media["media-stem"][:2] == expected
        places = {"media-option": len(found.texts.get("option", ())) if found.kind in ("single-choice", "multiple-response") else 0}
        places["media-option"] += len(found.texts.get("pair", ())) + len(found.texts.get("step", ()))
        assert found.media.get("media-option", []) == expected * places["media-option"]
        assert found.media["media-feedback"][:2] == expected
        assert set(found.media["media-feedback"]) == set(expected)
        check(question, found)


def test_links_within_the_course_become_words() -> None:
    course = course_of([])
    nodes = (
        Element("a", (("href", Link(Identifier("u1-quiz"), "x")),), ("the quiz",)),
        " ",
        Element("a", (("href", Gloss(Identifier("disc"))),), ("disc",)),
        " ",
        Element("a", (("href", "https://example.org/?a=1&b=2"),), ("out",)),
    )
    question = TrueFalse(id=Identifier("q"), stem=Rich(nodes), answer=True)
    (found,) = records(course_of([question])).values()
    assert said(found.texts["stem"][0]) == f"the quiz (see “A quiz” in “{course.units[0].title}”) disc out"
    assert found.texts["stem"][0].count("<a ") == 1
    assert 'href="https://example.org/?a=1&amp;b=2"' in found.texts["stem"][0]


# Names, tags, categories


def test_tags() -> None:
    common: dict[str, Any] = {"outcomes": (Identifier("lo-1"),), "competences": (Code("1.1"),), "difficulty": "hard"}
    long = [Identifier("t" * length) for length in (50, 60, 61)]
    common |= {"tags": (Identifier("lo-1"), *long), "source": Plain("Bosch <Handbook>, 5")}
    for record in records(course_of(every_kind(**common))).values():
        first, second, whole, *cut, hard, source = record.texts["tags"]
        assert [first, second, whole, hard, source] == ["lo-1", "1.1", long[0], "hard", "source: Bosch ‹Handbook›, 5"]
        assert len(set(cut)) == 2, "two that begin alike stay two"
        assert all(len(tag) == 50 and tag.startswith("t" * 40) and "…" in tag for tag in cut)


def test_ids_that_are_too_long_for_the_column_are_cut() -> None:
    questions = [TrueFalse(id=Identifier("i" * length), stem=rich("?"), answer=True) for length in (100, 101, 102)]
    whole, *cut = records(course_of(questions))
    assert whole == "i" * 100
    assert all(len(name) == 100 and name.startswith("iii") for name in cut)


@pytest.mark.parametrize("title", ["x" * 300, "<" * 200, "& < " * 100])
def test_names_that_are_too_long_are_cut(title: str) -> None:
    (found,) = records(course_of([TrueFalse(id=Identifier("q"), title=Plain(title), stem=rich("?"), answer=True)])).values()
    (name,) = found.texts["title"]
    assert name.endswith("…")
    assert title.startswith(name[:-1])
    assert len(name) > 40


def test_every_question_is_once_in_the_category_of_its_quiz_or_bank() -> None:
    own, *rest = every_kind()
    banked = [renamed(question, f"b-{number}") for number, question in enumerate(rest)]
    bank = Bank(id=Identifier("bank"), title=Plain("/A <b>bank</b> & more/"), questions=tuple(banked))
    course = course_of([own], [bank])
    taken = (Taken(tuple(banked), 3),)
    second = Quiz(
        id=Identifier("q2"), title=Plain("Second"), set=QuestionSet(take=(Take(bank=bank.id),), taken=taken, shuffle_options=True)
    )
    unit = replace(course.units[0], title=Plain("1/2"), activities=(*course.units[0].activities, second))
    course = replace(course, units=(unit,), title=Plain("A // B"))
    found = records(course)
    assert found[own.id].texts["category"] == ["top", "A // B", "1/2", "A quiz"]
    assert {tuple(found[question.id].texts["category"]) for question in banked if question.id in found} == {
        ("top", "A // B", "1/2", "/A <b>bank</b> & more/")
    }
    assert set(found) == {own.id, *(question.id for question in banked)}
    assert found[own.id].texts["shuffle-options"] == ["false"]
    assert {record.texts["shuffle-options"][0] for record in found.values() if record.kind == "multiple-response"} == {"true"}


def test_a_category_has_no_id_of_its_own() -> None:
    """Moodle stops with an error of its database where a category of another name has that id already."""
    assert b"<idnumber>u1-quiz" not in written(course_of(every_kind()))


# What takes another place, bytes, the table


def test_ordering_before_moodle_4_4() -> None:
    questions = every_kind()
    found = records(course_of(questions))
    for question in questions:
        if isinstance(question, Ordering):
            assert found[question.id].kind == "single-choice"
            assert len(found[question.id].texts["option"]) > 2
        else:
            check(question, found[question.id])


def test_entries_that_are_too_long_to_match_are_lists_in_a_text() -> None:
    """Moodle keeps 255 characters of what is matched, and a longer one would stop the import."""
    pairs = tuple(
        Pair(id=Identifier(name), text=rich(name), match=Plain(f"{name} {'<' * 80}"), feedback=rich(f"told {name}")) for name in "abc"
    )
    question = Matching(id=Identifier("q"), stem=rich("Which? [[a]]"), pairs=pairs, points=6)
    found = one(question)
    assert (found.kind, found.points) == ("cloze", 6)
    assert said(found.texts["stem"][0]) == "Which? [[a]] a ____ b ____ c ____"
    right = [key for key, score in found.scores.items() if score == 100]
    assert [said(key.partition(".")[2]) for key in right] == [pair.match for pair in pairs]
    assert sorted(text for text in map(said, found.texts["option-feedback"]) if text) == ["told a", "told b", "told c"]


def test_the_same_course_gives_the_same_bytes() -> None:
    for words in HOSTILE:
        assert written(course_of(every_kind(lambda place, words=words: f"{place} {words}"))) == written(  # type: ignore[misc]
            course_of(every_kind(lambda place, words=words: f"{place} {words}"))  # type: ignore[misc]
        )


def test_the_table_names_everything() -> None:
    assert set(CARRIES) == set(QUESTIONS | QUIZZES)


def test_build(tmp_path: Path) -> None:
    """The sample course, through all of the build."""
    done = build(write_course(tmp_path / "source"), tmp_path / "dist", ("moodle-xml",))
    assert not done.failed, done.findings
    (package,) = done.packages
    assert package.name.endswith("-moodle-questions.xml")
    found = readback.read({package.name: (tmp_path / "dist" / package.name).read_bytes()})
    assert len([record for record in found if record.kind != "description"]) == package.questions
