"""Questions in cartridges, read back with plain lxml: every text, every answer, and the score that each response gets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree, html
from packages import MODULES, course
from questions import HOSTILE, course_of, every_kind, rich
from readback import Record
from readback_qti12 import Q, read, run, undone
from samples import write_course

from coursegen.fidelity import QUESTIONS, losses, native, used
from coursegen.model import (
    Answer,
    Course,
    Element,
    Essay,
    Identifier,
    Media,
    MultipleResponse,
    Option,
    Plain,
    Question,
    Rich,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from coursegen.portable import weighted
from coursegen.render.templates import Templates
from coursegen.score import is_accepted, right
from coursegen.writers import FORMATS

FLAVOURS = ("cartridge", "cartridge-11")
BLOCKS = ("p", "li", "ul", "ol", "div", "td", "th", "tr", "table", "figure", "figcaption", "pre", "br", "h2", "h3")
SEE = re.compile(r" \(see “[^”]+” in “[^”]+”\)")
"""What Moodle gets in place of a link."""


def files_of(made: Course, flavour: str) -> dict[str, bytes]:
    """The files of a cartridge of a course."""
    entries = FORMATS[flavour].entries(made, Templates(made, None), None)
    return {name: data.read_bytes() if isinstance(data, Path) else data for name, data in entries}


def items_of(files: dict[str, bytes]) -> dict[str, Any]:
    """The items of all quizzes by the id of their question."""
    texts = [data for name, data in files.items() if re.search(r"(assessment|quizzes/[^/]+)\.xml$", name)]
    return {str(item.get("ident")).removeprefix("I-"): item for data in texts for item in etree.fromstring(data).iterfind(".//q:item", Q)}


def written(made: Course, flavour: str) -> list[Question]:
    """What a cartridge should hold of the quizzes of a course, in order."""
    kinds = native(FORMATS[flavour].carries, made.moodle.version)
    sets = [quiz.set for unit in made.units for quiz in unit.quizzes()]
    return [each for one in sets for question in weighted(one.pool(), kinds) for each in question.questions]


def said(text: Rich | str | None) -> str:
    """The words of the model, with all blanks alike, and as they look after :func:`words`."""
    return plain(text.text() if isinstance(text, Rich) else text or "")


def plain(text: str) -> str:
    """Words with blanks alike, and without the disguise that keeps words which look like markup alive in Moodle."""
    return " ".join(text.replace("‹", "<").replace("›", ">").replace("\u2060", "").split())


def words(text: str) -> str:
    """The words of a text of a record."""
    root = html.fragment_fromstring(text, create_parent=True)
    for block in root.iter(*BLOCKS):
        block.text = f" {block.text or ''}"
        block.tail = f" {block.tail or ''}"
    return SEE.sub("", plain("".join(root.itertext())))


def expected(question: Question, flavour: str) -> dict[str, list[str]]:
    """The texts of a question by role, from the model alone; what a flavour's table drops is not among them."""
    found: dict[str, list[Rich | str | None]] = {
        "title": [question.name],
        "stem": [question.stem],
        "hints": [*question.hints],
        "general-feedback": [question.feedback],
        "if-right": [getattr(question, "if_right", None)],
        "if-wrong": [getattr(question, "if_wrong", None)],
        "if-partly": [getattr(question, "if_partly", None)],
        "model-answer": [getattr(question, "model_answer", None)],
    }
    if isinstance(question, TrueFalse):
        found |= {"option": ["True", "False"], "option-feedback": [question.if_true, question.if_false]}
    elif isinstance(question, ShortAnswer):
        found["option-feedback"] = [answer.feedback for answer in question.answers if answer.correct]
        found["foreseen-mistakes"] = [answer.feedback for answer in question.answers if not answer.correct]
    elif isinstance(question, (SingleChoice, MultipleResponse)):
        found |= {"option": [each.text for each in question.options], "option-feedback": [each.feedback for each in question.options]}
    table = FORMATS[flavour].carries
    kept = {
        role: [said(text) for text in texts if text] for role, texts in found.items() if role not in table or table[role].how != "dropped"
    }
    return {role: texts for role, texts in kept.items() if texts}


def compare(question: Question, record: Record, flavour: str) -> int:
    """Every text of a question as it was read, in order where learners see an order; how many there were."""
    wanted = expected(question, flavour)
    assert record.kind == question.kind
    got = {role: [plain(text) if role == "title" else words(text) for text in texts] for role, texts in record.texts.items()}
    got.pop("answer", None)  # what is typed is compared by what it is worth
    for role in ("option-feedback", "foreseen-mistakes"):  # their order is that of conditions
        for texts in (wanted, got):
            if role in texts:
                texts[role] = sorted(texts[role])
    assert got == wanted, question.id
    return sum(map(len, wanted.values()))


class Made(NamedTuple):
    course: Course
    flavour: str
    files: dict[str, bytes]

    def pairs(self) -> list[tuple[Question, Record, Any]]:
        """Each question that should be there, with what was read of it and its item."""
        items = items_of(self.files)
        found = written(self.course, self.flavour)
        records = read(self.files)[: len(found)]
        assert [record.ident for record in records] == [question.id for question in found]
        return [(question, record, items[question.id]) for question, record in zip(found, records, strict=True)]


@pytest.fixture(scope="module", params=["modules", "sample", "every kind"])
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Course:
    if request.param == "every kind":
        return course_of(every_kind())
    if request.param == "sample":
        return course(write_course(tmp_path_factory.mktemp("qti") / "source"))
    return course(MODULES)


@pytest.fixture(scope="module", params=FLAVOURS)
def made(source: Course, request: pytest.FixtureRequest) -> Made:
    return Made(source, request.param, files_of(source, request.param))


def test_texts(made: Made) -> None:
    assert sum(compare(question, record, made.flavour) for question, record, _ in made.pairs()) > 20


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:12])
def test_hostile_texts_come_back(hostile: str, flavour: str) -> None:
    """Every text of every kind, with words that look like something else; in Moodle's flavour after what its importer does."""
    one = course_of(every_kind(lambda name: f"{name} {hostile}"))
    found = Made(one, flavour, files_of(one, flavour))
    assert sum(compare(question, record, flavour) for question, record, _ in found.pairs()) > 200


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_bare_hostile_texts_come_back(flavour: str) -> None:
    """The same words alone, ``0`` among them, which Moodle takes for nothing unless it is told otherwise."""
    for hostile in HOSTILE:

        def only(name: str, words: str = hostile) -> str:
            return words if name.startswith(("stem", "told", "general", "hint", "if-")) else name

        one = course_of(every_kind(only))
        found = Made(one, flavour, files_of(one, flavour))
        for question, record, _ in found.pairs():
            compare(question, record, flavour)


def test_points(made: Made) -> None:
    for question, record, _ in made.pairs():
        if isinstance(question, Essay) and made.flavour == "cartridge":
            assert record.points is None  # the profile has no weight of 0
        else:
            assert record.points == question.points


def test_shares_of_a_quiz_stay() -> None:
    """Where a question becomes several, they have together the share of the points that it had."""
    questions = every_kind()
    one = course_of(questions)
    total = sum(question.points for question in questions if question.kind != "rating-scale")
    for flavour in FLAVOURS:
        records = [record for record in read(files_of(one, flavour)) if record.points]
        whole = sum(record.points or 0 for record in records)
        for question in questions:
            mine = [record.points or 0 for record in records if record.ident == question.id or record.ident.startswith(f"{question.id}--")]
            if question.points:
                assert sum(mine) * total == question.points * whole, question.id


def responses(question: Question) -> list[tuple[str, ...]]:
    """Every response to options; to what is typed, those that are written, those that are not, and none."""
    if isinstance(question, TrueFalse):
        return [("true",), ("false",), ()]
    if isinstance(question, ShortAnswer):
        typed = [answer.text for answer in question.answers if not (question.wildcards and "*" in answer.text)]
        cased = [text.upper() for text in typed] if question.case == "ignored" else []
        return [(text,) for text in (*typed, *cased, "something else", "")]
    if isinstance(question, (SingleChoice, MultipleResponse)):
        ids = [option.id for option in question.options]
        sizes = range(len(ids) + 1) if isinstance(question, MultipleResponse) else (0, 1)
        return list(chain.from_iterable(combinations(ids, count) for count in sizes))
    return []


def as_typed(response: Iterable[str], flavour: str) -> list[str]:
    """A response as the conditions of Moodle's flavour spell it: an asterisk of an answer has a backslash before it."""
    return [each.replace("*", "\\*") if flavour == "cartridge-11" else each for each in response]


def test_every_response_gets_its_score(made: Made) -> None:
    """In both flavours a strict engine gives the score that coursegen.score computes, for every possible response."""
    tried = 0
    for question, _, item in made.pairs():
        if made.flavour == "cartridge-11" and getattr(question, "case", "ignored") == "counts":
            item = with_case(item)
        for response in responses(question):
            score, _shown = run(item, as_typed(response, made.flavour) if isinstance(question, ShortAnswer) else response)
            assert score == (100 if right(question, response) else 0), (question.id, response)
            tried += 1
    assert tried > 20


def with_case(item: Any) -> Any:
    """Conditions say that case counts, in Moodle's flavour too, though Moodle does not look at it."""
    assert {entry.get("case") for entry in item.iter(f"{{{Q['q']}}}varequal")} == {"Yes"}
    return item


def test_case_counts_where_it_should() -> None:
    strict = items_of(files_of(course_of(every_kind()), "cartridge"))
    question = next(each for each in every_kind() if each.id == "q-short-strict")
    for typed in ("Brake pad", "Brakepad", "brake pad", "BRAKEPAD", "café", "cafe", "Café", "bolts"):
        assert (run(strict["q-short-strict"], [typed])[0] == 100) == is_accepted(question, typed), typed  # type: ignore[arg-type]
    assert run(strict["q-short"], ["bRAKE PAD"])[0] == 100


def test_every_feedback_is_reached(source: Course) -> None:
    """By the book, each response shows its own feedback, the general one, and what is for right or for wrong answers."""
    for question, _, item in Made(source, "cartridge", files_of(source, "cartridge")).pairs():
        for response in responses(question):
            _, shown = run(item, response)
            good = right(question, response)
            assert ("general_fb" in shown) == bool(question.feedback)
            assert ("correct_fb" in shown) == (good and bool(question.if_right))  # type: ignore[union-attr]
            assert ("general_incorrect_fb" in shown) == (not good and bool(question.if_wrong))  # type: ignore[union-attr]
            assert ("hint" in shown) == (not good and bool(question.hints))
            for part in getattr(question, "options", ()):
                assert (f"option-{part.id}_fb" in shown) == (part.id in response and bool(part.feedback))


# What Moodle's importer makes of an item (docs/moodle-cartridge.md, and its entity11.quiz.class.php)


class Imported(NamedTuple):
    """Answers with their share and feedback, and the general feedback, as Moodle has them."""

    answers: dict[str, tuple[float, list[str]]]
    general: list[str]


def imported(question: Question, item: Any) -> Imported:
    conditions = item.findall("q:resprocessing/q:respcondition", Q)

    def told(condition: Any) -> list[str]:
        return [entry.get("linkrefid", "") for entry in condition.iterfind("q:displayfeedback", Q)]

    def first(condition: Any) -> str | None:
        found = condition.find("q:conditionvar/q:varequal", Q)
        return None if found is None else found.text

    general = [ident for condition in conditions if condition.get("continue") == "Yes" for ident in told(condition)]
    answers: dict[str, tuple[float, list[str]]] = {}
    if isinstance(question, ShortAnswer):
        scoring = next(entry for entry in conditions if entry.findtext("q:setvar", None, Q) == "100")
        for entry in scoring.iterfind("q:conditionvar/q:varequal", Q):
            if entry.text not in (None, "", "0"):
                answers[undone(entry.text)] = (1.0, [])
        for condition in conditions:
            if (
                condition.findtext("q:setvar", None, Q) != "100"
                and (typed := first(condition)) is not None
                and undone(typed) not in answers
            ):
                answers[undone(typed)] = (0.0, told(condition))
        return Imported(answers, general)
    shares: dict[str, float] = {}
    if isinstance(question, MultipleResponse):
        named = [
            entry.text
            for condition in conditions
            if condition.findtext("q:setvar", None, Q) == "100"
            for entry in condition.iter(f"{{{Q['q']}}}varequal")
            if entry.get("case") == "Yes" and etree.QName(entry.getparent()).localname != "not"
        ]
        shares = {ident: 1 / len(named) for ident in named}
    for label in item.iterfind(".//q:response_label", Q):
        ident = label.get("ident", "")
        mine = [condition for condition in conditions if (first(condition) or "").lower() == ident.lower()]
        share = 1.0 if mine and mine[-1].findtext("q:setvar", "", Q) not in ("", "0") else 0.0
        answers[ident] = (shares.get(ident, share), [each for condition in mine for each in told(condition)])
    return Imported(answers, general)


def accepted_by_moodle(answers: dict[str, tuple[float, list[str]]], typed: str) -> tuple[float, list[str]] | None:
    """The answer that Moodle finds for something typed: the first that fits, ``*`` being anything and case nothing."""
    for pattern, found in answers.items():
        bits = re.split(r"(?<!\\)\*+", pattern)
        if re.fullmatch(".*".join(re.escape(bit.replace("\\*", "*")) for bit in bits), typed, re.IGNORECASE):
            return found
    return None


@pytest.fixture(scope="module")
def moodle(source: Course) -> list[tuple[Question, Any, Imported]]:
    found = Made(source, "cartridge-11", files_of(source, "cartridge-11"))
    return [(question, item, imported(question, item)) for question, _, item in found.pairs()]


def test_moodle_finds_the_right_answers(moodle: list[tuple[Question, Any, Imported]]) -> None:
    for question, _, found in moodle:
        shares = {name: share for name, (share, _) in found.answers.items()}
        if isinstance(question, TrueFalse):
            assert shares == {"true": float(question.answer), "false": float(not question.answer)}
        elif isinstance(question, (SingleChoice, MultipleResponse)):
            correct = [option.id for option in question.options if option.correct]
            assert shares == {option.id: (1 / len(correct) if option.correct else 0.0) for option in question.options}
        elif isinstance(question, ShortAnswer):
            for typed in (*(answer.text.replace("*", "9") for answer in question.answers), *(text for (text,) in responses(question)), "0"):
                answer = accepted_by_moodle(found.answers, typed)
                assert bool(answer and answer[0]) == is_accepted(question, typed), (question.id, typed)


def test_moodle_shows_each_feedback_to_whom_it_is_for(moodle: list[tuple[Question, Any, Imported]]) -> None:
    """Nothing but what is for everybody is in the general feedback, unless words before it say for which answer it holds."""
    for question, item, found in moodle:
        labels = {entry.get("ident") for entry in item.iterfind("q:itemfeedback", Q)}
        for number, ident in enumerate(found.general):
            assert ident == "general_fb" or ident.startswith("label-") or found.general[number - 1] == f"label-{ident}"
        assert ("general_fb" in found.general) == bool(question.feedback)
        reached = {*found.general, *(ident for _, told in found.answers.values() for ident in told)}
        assert reached >= labels, question.id  # nothing that is written gets lost
        if isinstance(question, (SingleChoice, TrueFalse)):
            for share, told in found.answers.values():
                assert ("correct_fb" in told) == bool(share and question.if_right)
                assert ("general_incorrect_fb" in told) == bool(not share and question.if_wrong)
        if isinstance(question, ShortAnswer) and question.if_wrong:
            answer = accepted_by_moodle(found.answers, "what nobody foresaw")
            assert answer == (0.0, ["general_incorrect_fb"])


def test_zero_is_an_answer_in_moodle() -> None:
    """Its importer leaves out an answer, an option or a title that is 0 and nothing else."""
    zero = ShortAnswer(
        id=Identifier("q-0"), title=Plain("0"), stem=rich("How many?"), answers=(Answer(id=Identifier("a"), text=Plain("0")),)
    )
    item = items_of(files_of(course_of([zero]), "cartridge-11"))["q-0"]
    assert imported(zero, item).answers == {"0": (1.0, [])}
    assert item.get("title") != "0"
    assert undone(item.get("title")) == "0"


def test_what_accepts_anything() -> None:
    """An accepted answer of * alone: Moodle has it; by the standard nobody could be right, so that the question is left out."""
    anything = ShortAnswer(
        id=Identifier("q-any"), stem=rich("Say something."), answers=(Answer(id=Identifier("a"), text=Plain("*")),), wildcards=True
    )
    one = course_of([anything, *every_kind()[:1]])
    table = FORMATS["cartridge"].carries
    assert [case.how for case in losses("cartridge", table, "4.1", used(one)) if case.owner == "q-any"] == ["dropped"]
    assert set(items_of(files_of(one, "cartridge"))) == {"q-single"}
    found = imported(anything, items_of(files_of(one, "cartridge-11"))["q-any"])
    assert accepted_by_moodle(found.answers, "whatever") == (1.0, [])


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_answers_have_their_blanks_folded(flavour: str) -> None:
    """What is typed is compared letter by letter: blanks at the ends or doubled, and marks apart from their letter, could not be met."""
    texts = {"a": "  brake   pad ", "b": "cafe\u0301", "c": "M 8", "d": " drum  shoe "}
    settings: list[dict[str, Any]] = [{}, {"spacing": "ignored"}, {"accents": "ignored"}]
    for changes in settings:
        answers = tuple(Answer(id=Identifier(name), text=Plain(text), correct=name != "d") for name, text in texts.items())
        question = ShortAnswer(id=Identifier("q-blanks"), stem=rich("What?"), answers=answers, **changes)
        item = items_of(files_of(course_of([question]), flavour))["q-blanks"]
        typed = ["brake pad", "café", "M 8", "drum shoe"]
        typed += ["brakepad", "M8"] if "spacing" in changes else ["cafe"] if "accents" in changes else []
        for each in typed:
            assert is_accepted(question, each) == (each != "drum shoe")
            assert run(item, [each])[0] == (0 if each == "drum shoe" else 100), each


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_media(tmp_path: Path, flavour: str) -> None:
    """Pictures of stems, options, feedback and hints arrive with the same bytes."""
    names = ("stem", "option", "told", "general", "right", "wrong", "hint")
    pictures = {}
    for name in names:
        (tmp_path / f"{name}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode() * 9)
        media = Media(f"u1/{name}.png", tmp_path / f"{name}.png")
        pictures[name] = Rich((f"{name} ", Element("img", (("src", media), ("alt", name)), ())))
    option = Option(id=Identifier("a"), text=pictures["option"], correct=True, feedback=pictures["told"])
    question = SingleChoice(
        id=Identifier("q-media"),
        stem=pictures["stem"],
        options=(option, replace(option, id=Identifier("b"), correct=False, feedback=None)),
        feedback=pictures["general"],
        if_right=pictures["right"],
        if_wrong=pictures["wrong"],
        hints=(pictures["hint"],),
    )
    (record,) = read(files_of(course_of([question]), flavour))
    found = {place: {data.removeprefix(b"\x89PNG\r\n\x1a\n")[:4] for data in entries} for place, entries in record.media.items()}
    assert found["media-stem"] == {b"stem"}
    assert found["media-option"] == {b"opti"}
    assert found["media-feedback"] == {b"told", b"gene", b"righ", b"wron", b"hint"}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_what_the_table_drops_is_not_there(flavour: str) -> None:
    """Labels of a question, and nothing else, have no place: none is in the package, and the table says so of each."""
    labels = {"outcomes": "lo-zq", "competences": "9.87zq", "tags": "tag-zq", "source": "Source zq"}
    questions = every_kind(
        outcomes=(Identifier("lo-zq"),), competences=(Plain("9.87zq"),), tags=(Identifier("tag-zq"),), source=Plain("Source zq")
    )
    files = files_of(course_of(questions), flavour)
    table = FORMATS[flavour].carries
    for feature, word in labels.items():
        assert table[feature].how == "dropped"
        assert not any(word.encode() in data for data in files.values()), feature


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_table_has_every_feature(flavour: str) -> None:
    from coursegen.fidelity import FEATURES

    table = FORMATS[flavour].carries
    assert set(table) == set(FEATURES)
    assert native(table, "4.1") == {"single-choice", "multiple-response", "true-false", "short-answer", "essay"}
    assert all(table[name].how != "substituted" or name in QUESTIONS for name in table)
    assert all(bool(verdict.reason) == (verdict.how != "kept") for verdict in table.values())
