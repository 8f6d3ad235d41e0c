"""The QTI 2.1 package: valid, whole, with every text; its tests are graded as :mod:`coursegen.score` does."""

from __future__ import annotations

import importlib.util
import itertools
import random
import re
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import readback_qti21
from hypothesis import HealthCheck, given, settings
from lxml import etree
from packages import SCHEMAS, needs_schemas, validate
from qti21_answers import KINDS, marked, package, packed, quizzes, responses, translated, words_of
from qti21_engine import Value, answer, chosen, grade
from questions import HOSTILE, course_of, every_kind, renamed, rich
from strategies import of_every_kind

from coursegen.model import (
    ChoiceGap,
    Cloze,
    Essay,
    Identifier,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    Quiz,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    Taken,
    TrueFalse,
)
from coursegen.score import worth

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


@needs_schemas
@pytest.mark.parametrize("words", ["", *HOSTILE], ids=range(len(HOSTILE) + 1))
def test_every_kind_is_valid(words: str, tmp_path: Path) -> None:
    course = course_of(every_kind(marked(words)), intro=rich(marked(words)("intro")))
    said = validate(packed(course, tmp_path / "package.zip"))
    assert said.strip() == f"{len(KINDS) + 2} documents valid"


@needs_schemas
def test_quizzes_are_valid(tmp_path: Path) -> None:
    course = quizzes()
    said = validate(packed(course, tmp_path / "package.zip"))
    # three tests, a manifest, eight questions of which three are there once with their options shuffled and once not
    assert said.strip() == f"{3 + 1 + 8 + 3} documents valid"


@pytest.fixture(scope="module")
def schemas() -> ModuleType:
    """The validator beside the official schemas, in this process."""
    found = importlib.util.spec_from_file_location("validate_schemas", SCHEMAS / "validate.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


@needs_schemas
def test_random_questions_are_valid(schemas: ModuleType) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(of_every_kind())
    def run(asked: list[Question]) -> None:
        for name, data in package(course_of(asked)).items():
            assert schemas.problems(data, name) == []

    run()


@pytest.mark.parametrize("words", ["", *HOSTILE], ids=range(len(HOSTILE) + 1))
def test_every_text_is_read_back(words: str) -> None:
    make = marked(words)
    read = {record.ident: record for record in readback_qti21.read(package(course_of(every_kind(make))))}
    assert list(read) == [each.id for each in KINDS]
    for question in every_kind(make):
        record = read[question.id]
        assert record.kind == question.kind
        assert record.points == question.points
        for role, wanted in expected_texts(question).items():
            found = [" ".join(words_of(text).split()) for text in record.texts[role]]
            assert found == [" ".join(text.split()) for text in wanted], (question.id, role)


def expected_texts(question: Question) -> dict[str, list[str]]:
    """For each role what a question says."""

    def texts(entries: Sequence[Any], name: str = "text") -> list[str]:
        return [found.text() if isinstance(found, Rich) else found for each in entries if (found := getattr(each, name))]

    stem = question.stem if not isinstance(question, Cloze) else Rich(question.filled(lambda gap: ("____",)))
    found = {"stem": [stem.text()], "hints": [each.text() for each in question.hints]}
    if question.feedback:
        found["general-feedback"] = [question.feedback.text()]
    for name in ("right", "partly", "wrong"):
        if text := getattr(question, f"if_{name}", None):
            found[f"if-{name}"] = [text.text()]
    match question:
        case SingleChoice() | MultipleResponse():
            found |= {"option": texts(question.options), "option-feedback": texts(question.options, "feedback")}
        case TrueFalse():
            assert question.if_true
            assert question.if_false
            found |= {"option": ["True", "False"], "option-feedback": [question.if_true.text(), question.if_false.text()]}
        case ShortAnswer() | Numerical():
            found["option-feedback"] = texts(question.answers, "feedback") if question.answers[0].feedback else []
            found = {role: wanted for role, wanted in found.items() if wanted}
        case Matching():
            found |= {
                "pair": texts(question.pairs),
                "match": texts(question.pairs, "match"),
                "part-feedback": texts(question.pairs, "feedback"),
            }
            found["match-distractors"] = texts(question.distractors)
        case Sorting():
            titles = {group.id: group.title for group in question.groups}
            found |= {"item": texts(question.items), "group": [titles[each.group] for each in question.items]}
            found["part-feedback"] = texts(question.items, "feedback")
        case Ordering():
            found |= {"step": texts(question.items), "part-feedback": texts(question.items, "feedback")}
        case Cloze():
            choices = [each for gap in question.gaps if isinstance(gap, ChoiceGap) for each in gap.options]
            entries = [each for gap in question.gaps for each in (gap.options if isinstance(gap, ChoiceGap) else gap.answers)]
            found |= {"option": texts(choices), "option-feedback": texts(entries, "feedback")}
        case Essay():
            assert question.model_answer
            found["model-answer"] = [question.model_answer.text()]
        case RatingScale():
            found["option"] = texts(question.levels)
    return found


def test_the_same_bytes_every_time() -> None:
    assert package(quizzes()) == package(quizzes())
    assert package(course_of(every_kind())) == package(course_of(every_kind()))


def test_no_addresses_besides_namespaces() -> None:
    for name, data in package(quizzes()).items():
        rest = re.sub(rb' xmlns(:\w+)?="[^"]*"', b"", data)
        assert not re.search(rb"https?:|\.\./", rest), name


def test_all_files_lie_in_the_archive_as_the_manifest_says(tmp_path: Path) -> None:
    with zipfile.ZipFile(packed(quizzes(), tmp_path / "package.zip")) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    tests = list(readback_qti21.resources(files, "test"))
    assert [each.get("href") for each in tests] == ["course.xml", "test-u1-quiz.xml", "test-u1-again.xml"]
    for each in tests:
        root = etree.fromstring(files[each.get("href", "")])
        asked = {one.get("href", "") for one in root.iter(f"{QTI}assessmentItemRef")}
        assert asked <= set(files)
        needed = {need.get("identifierref") for need in each.iterfind(f"{readback_qti21.PACKAGE}dependency")}
        assert {one.get("identifier") for one in readback_qti21.resources(files, "item") if one.get("href") in asked} == needed
        names = [one.get("identifier") for one in root.iter() if one.get("identifier")]
        refs = [one.get("identifier", "") for one in root.iter(f"{QTI}assessmentItemRef", f"{QTI}assessmentSection", f"{QTI}testPart")]
        assert len(refs) == len(set(refs))
        assert all(readback_qti21.IDENTIFIER.fullmatch(name or "") for name in names)


def test_each_question_is_there_once_but_for_the_order_of_its_options() -> None:
    files = package(quizzes())
    found = readback_qti21.items(files)
    assert sorted(found) == sorted(
        [f"q-bank-{number}" for number in range(4)] + ["q-unused"]
        + [f"{name}{end}" for name in ("q-single", "q-several-all", "q-order-all") for end in ("", "--in-order")]
    )  # fmt: skip
    for name, data in found.items():
        shuffled = not name.endswith("--in-order") and name != "q-unused"
        assert {each.get("shuffle") for each in etree.fromstring(data).iter() if each.get("shuffle")} == {"true" if shuffled else "false"}


def test_a_scale_and_lists_of_parts_are_never_shuffled() -> None:
    found = readback_qti21.items(package(course_of(KINDS, shuffle_options=True)))
    for question in KINDS:
        shuffle = {each.get("shuffle") for each in etree.fromstring(found[question.id]).iter() if each.get("shuffle")}
        assert shuffle <= ({"true"} if isinstance(question, (SingleChoice, MultipleResponse, Ordering)) else {"false"})


def outcomes_of_try(
    files: dict[str, bytes], test: str, luck: random.Random
) -> tuple[dict[str, Value], dict[str, dict[str, str]], list[etree._Element]]:
    """A try of a test, every question answered at random: the outcomes, the responses in the model's words by quiz, and what came."""
    root = etree.fromstring(files[test])
    given_ones: dict[str, dict[str, Any]] = {}
    results = {}
    came = [
        each
        for part in root.iter(f"{QTI}testPart")
        for section in part.iterfind(f"{QTI}assessmentSection")
        for each in chosen(section, luck)
    ]
    known = {question.id: question for quiz in quizzes().units[0].quizzes() for question in quiz.set.pool()}
    for reference in came:
        data = files[reference.get("href", "")]
        name = etree.fromstring(data).get("identifier", "").partition("-")[2].partition("--")[0]
        question = known[Identifier(name)]
        response = luck.choice(list(responses(question)))
        results[reference.get("identifier", "")] = answer(data, translated(question, data, response)).outcomes
        part = next(each for each in reference.iterancestors(f"{QTI}testPart")).get("identifier", "").partition("-")[2]
        given_ones.setdefault(part, {})[name] = response
    return grade(files[test], results), given_ones, came


@pytest.mark.parametrize("test", ["test-u1-quiz.xml", "test-u1-again.xml", "course.xml"])
def test_a_try_is_worth_what_it_is_worth_in_the_player(test: str) -> None:
    course = quizzes()
    files = package(course)
    known = {quiz.id: quiz for quiz in course.units[0].quizzes()}
    seen = set()
    for seed in range(60):
        outcomes, given_ones, _ = outcomes_of_try(files, test, random.Random(seed))
        passed = []
        for name, answers in given_ones.items():
            settings_of_it = known[Identifier(name)].set
            pool = {question.id: question for question in settings_of_it.pool()}
            expected = worth(settings_of_it, [pool[Identifier(each)] for each in answers], answers)
            suffix = f"--{name}" if test == "course.xml" else ""
            found = [outcomes[f"{each}{suffix}"] for each in ("SCORE", "MAXSCORE", "PERCENT", "PASS")]
            assert found == [expected.points, expected.total, expected.percent, expected.passed]
            passed.append(expected.passed)
        assert outcomes["PASS"] is all(passed)
        seen.add(outcomes["PASS"])
    assert seen == {True, False}


def test_tries_are_made_of_what_the_quiz_says() -> None:
    files = package(quizzes())
    own, banked, orders, forms = set(), set(), set(), set()
    for seed in range(60):
        _, given_ones, came = outcomes_of_try(files, "test-u1-quiz.xml", random.Random(seed))
        asked = list(given_ones["u1-quiz"])
        own.add(tuple(sorted(each for each in asked if "bank" not in each)))
        banked.add(tuple(sorted(each for each in asked if "bank" in each)))
        orders.add(tuple("bank" in each for each in asked))
        assert len(came) == len(asked) == 4
        _, again, _ = outcomes_of_try(files, "test-u1-again.xml", random.Random(seed))
        forms.add(frozenset(again["u1-again"]))
    assert own == {tuple(sorted(each)) for each in itertools.combinations(["q-single", "q-several-all", "q-order-all"], 2)}
    assert len(banked) == 6
    assert len(orders) == 6, "questions of both groups are mixed"
    assert forms == {frozenset(["q-single", "q-several-all"]), frozenset(["q-single", "q-order-all"])}


def test_settings_of_quizzes() -> None:
    files = package(quizzes())
    drawn, again = (etree.fromstring(files[f"test-{name}.xml"]) for name in ("u1-quiz", "u1-again"))
    parts = [root.find(f"{QTI}testPart") for root in (drawn, again)]
    assert [part.get("submissionMode") for part in parts if part is not None] == ["simultaneous", "individual"]
    for part in parts:
        assert part is not None
        control = part.find(f"{QTI}itemSessionControl")
        assert control is not None
        assert (control.get("maxAttempts"), control.get("showFeedback")) == ("1", "true")
    rubric = drawn.find(f".//{QTI}rubricBlock")
    assert rubric is not None
    assert (rubric.get("view"), "".join(rubric.itertext())) == ("candidate", "Read <this> first.")
    titles = [each.get("title") for each in drawn.iter(f"{QTI}assessmentSection")]
    assert titles == ["A quiz", "A quiz", "Tools & <more>"]


def test_a_quiz_that_is_worth_nothing_is_passed() -> None:
    files = package(course_of([each for each in KINDS if not each.points]))
    outcomes = grade(files["test-u1-quiz.xml"], {})
    assert outcomes["PASS"] is True


def test_what_two_draws_could_give_comes_once() -> None:
    single = next(each for each in KINDS if isinstance(each, SingleChoice))
    first, second, third = (renamed(single, f"q-{name}") for name in "abc")
    course = course_of([], taken=(Taken((first, second), 1), Taken((second, third), 2)))
    root = etree.fromstring(package(course)["test-u1-quiz.xml"])
    groups = [
        [each.get("href") for each in section.iterfind(f"{QTI}assessmentItemRef")] for section in root.iter(f"{QTI}assessmentSection")
    ]
    assert groups == [[], ["item-q-a.xml", "item-q-b.xml"], ["item-q-c.xml"]]


def test_a_course_without_questions_is_an_empty_package() -> None:
    course = course_of([])
    (unit,) = course.units
    assert isinstance(unit.activities[0], Quiz)
    assert list(package(replace(course, units=(replace(unit, activities=()),)))) == ["imsmanifest.xml"]
