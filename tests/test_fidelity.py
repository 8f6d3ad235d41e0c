"""The tables of what formats keep are true: for every format and feature, what is read back from a package agrees with the verdict.

A course that has a feature and one that differs in nothing else are written. What is kept is read back where it belongs; what is
changed is there, or the question that takes its place; what is dropped is not there, and the questions are written as without it.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import readback_scorm
from features import MARK, SAID, SPOKEN, Sample, samples
from formats import READERS, everything, read, says, scores_agree, written
from questions import MOODLE_44, course_of, every_kind, rich
from readback import Record

from coursegen.fidelity import ACTIVITIES, FEATURES, KINDS, QUESTIONS, QUIZZES, Case, losses, native, used, verdict
from coursegen.model import Bank, Course, Identifier, Ordering, Place, Plain, Question, Quiz
from coursegen.outline import GLOSSARY
from coursegen.writers import FORMATS

_OTHER = {
    "partial-credit": "all-or-nothing",
    "all-or-nothing": "partial-credit",
    "immediate-feedback": "deferred-feedback",
    "deferred-feedback": "immediate-feedback",
}
"""Features of which there is always one or the other: a format that does not tell them apart writes the same for both."""
_CREDIT = frozenset(["partial-credit", "all-or-nothing"])
_WRITTEN_ALL_THE_SAME = {
    ("cartridge-11", "case"): "the file says that case counts, and the importer does not read it",
    ("cartridge", "wildcards"): "without its asterisk an answer is another text",
}
"""What is dropped and yet changes a file, and why."""
_LINK = re.compile(rf'<a [^>]*href=\\?"([^"\\]+)\\?"[^>]*>{MARK}')
"""A link in HTML, or in HTML in a script."""


def asked(name: str, course: Course) -> dict[str, bytes]:
    """The files of a package that questions of the format's own kinds are in.

    In a cartridge other pages may tell in words what its quizzes lack. The outline of a SCORM package has a mark of each activity's words,
    by which the player sees that an author has changed some.
    """
    kinds = native(FORMATS[name].carries, course.moodle.version)
    unit = course.units[0]
    activities = tuple(
        replace(each, set=replace(each.set, questions=tuple(question for question in each.set.questions if question.kind in kinds)))
        if isinstance(each, Quiz)
        else each
        for each in unit.activities
    )
    files = written(name, replace(course, units=(replace(unit, activities=activities), *course.units[1:])))
    if name.startswith("cartridge"):
        return {path: data for path, data in files.items() if b"ims_qtiasiv1p2" in data and path != "imsmanifest.xml"}
    return {path: re.sub(rb'("mark":"[^"]+","text":)"[^"]+"', rb"\1", data) for path, data in files.items()}


def holds(files: dict[str, bytes], mark: bytes = MARK.encode()) -> bool:
    """Whether a mark is anywhere in a package, be it in a file that is embedded."""
    return any(mark in data or any(mark in _decoded(each) for each in re.findall(rb"[A-Za-z0-9+/=]{24,}", data)) for data in files.values())


def _decoded(text: bytes) -> bytes:
    from base64 import b64decode

    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


@pytest.mark.parametrize("name", FORMATS)
def test_every_table_is_whole(name: str) -> None:
    scope = set(FORMATS[name].carries)
    assert scope in (set(QUESTIONS | QUIZZES), set(FEATURES)) or scope < set(ACTIVITIES)
    for feature, found in FORMATS[name].carries.items():
        assert found.how != "substituted" or feature in KINDS
        assert bool(found.reason) == (found.how != "kept")
        assert not found.reason.endswith("."), feature
    assert name in READERS


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_is_found_in_a_course_that_has_it(feature: str, tmp_path: Path) -> None:
    sample = samples(feature, tmp_path)
    assert feature in {use.feature for use in used(sample.course)}
    assert feature not in {use.feature for use in used(sample.without)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("feature", FEATURES)
def test_the_table_is_true(name: str, feature: str, tmp_path: Path) -> None:
    table = FORMATS[name].carries
    if feature not in table:
        assert feature in ACTIVITIES or not KINDS & table.keys(), "a feature that the table forgets"
        return
    for moodle in {"4.1", table[feature].since or "4.1"}:
        sample = samples(feature, tmp_path)
        course, without = (replace(each, moodle=replace(each.moodle, version=moodle)) for each in (sample.course, sample.without))
        found = verdict(table, feature, moodle)
        assert found.how == "dropped" or (name, feature) not in _WRITTEN_ALL_THE_SAME
        files, plain = written(name, course), written(name, without)
        assert not sample.said or holds(plain) is sample.in_both
        cases = [case for case in told(name, course) if case.feature == feature]
        _is_told(name, feature, sample, course, files)
        if found.how == "kept":
            _is_kept(name, feature, course, without, files, plain)
        elif found.how == "dropped":
            assert not holds(files)
            assert (asked(name, course) == asked(name, without)) is ((name, feature) not in _WRITTEN_ALL_THE_SAME)
        elif found.how == "changed":
            if sample.said:
                assert holds(files)
            elif files == plain:
                assert table[_OTHER[feature]].how == "changed", "what is written is one or the other, and not neither"
        else:
            (case,) = cases
            assert holds(files) is (case.how == "changed")


def told(name: str, course: Course) -> list[Case]:
    return losses(name, FORMATS[name].carries, course.moodle.version, used(course))


def _is_told(name: str, feature: str, sample: Sample, course: Course, files: dict[str, bytes]) -> None:
    """Each use has the case that its verdict says; where another question takes the place of the one that uses it, the words are there,
    or a case says that they are not."""
    table = FORMATS[name].carries
    everything_told = told(name, course)
    hows = [(case.owner, case.how) for case in everything_told if case.feature == feature]
    lost = {case.owner for case in everything_told if case.feature in KINDS and case.how == "dropped"}
    kinds = native(table, course.moodle.version)
    records = read(name, files) if any(use.question for use in used(course)) else []
    for use in used(course):
        if use.feature != feature:
            continue
        mine = [how for owner, how in hows if owner == use.owner]
        if use.question is None or use.question.kind in kinds:
            found = verdict(table, feature, course.moodle.version).of(use.question)
            above = feature == "unit-links" and ("page-links", use.owner) in {(case.feature, case.owner) for case in everything_told}
            assert mine == ([] if found.how == "kept" or above else [found.how]), use.owner
        elif use.owner in lost:
            assert mine == (["dropped"] if feature in KINDS else [])
        elif sample.said and feature != "title":  # the title of parts is made of the stem where there is none
            assert len(mine) <= 1
            instead = [each for each in records if each.ident == use.owner or each.ident.startswith(f"{use.owner}--")]
            assert any(says(everything(each)) for each in instead) is (mine != ["dropped"]), use.owner


def _is_kept(name: str, feature: str, course: Course, without: Course, files: dict[str, bytes], plain: dict[str, bytes]) -> None:
    table = FORMATS[name].carries
    if feature in _CREDIT:
        assert files != plain or table[_OTHER[feature]].how != "kept"
    elif feature in QUIZZES and feature != "banks" and name.startswith("cartridge"):
        assert feature == "intro" or asked(name, course) != asked(name, without), "only told in words"
    else:
        assert files != plain
    records = {record.ident: record for record in read(name, files)}
    questions = [use.question for use in used(course) if use.question and use.feature == feature]
    own = [question for question in questions if question.kind in native(table, course.moodle.version)]
    assert own or feature in KINDS or not questions, "a feature that no kind of the format has is not kept"
    kept = [
        each
        for each in own
        if verdict(table, each.kind, course.moodle.version).of(each).how == "kept"
        and verdict(table, feature, course.moodle.version).of(each).how == "kept"
    ]
    times = {(records[each.id].points or 0) / each.points for each in kept if each.points}
    for question in own:
        record = records[question.id]
        if question in kept:
            _question_is_kept(feature, question, record, course)
        elif feature in SPOKEN:
            assert says(everything(record)), question.id
    assert feature != "points" or len(times) == 1, "the shares of the points are kept; a format may multiply all"
    if feature in SPOKEN:
        assert holds(files)
    if feature in ("page-links", "unit-links"):
        assert any(_LINK.search(html.unescape(data.decode("utf-8", "replace"))) for data in files.values())
    if READERS[name] == "scorm":
        _scorm_keeps(feature, course, files)


def _question_is_kept(feature: str, question: Question, record: Record, course: Course) -> None:
    texts = record.texts
    if feature in KINDS:
        assert record.kind == question.kind
        assert says(texts["stem"])
    elif feature.startswith("media-"):
        assert any(MARK.encode() in data for data in record.media[feature]), question.id
    elif feature == "points":
        assert record.points is not None, question.id
    elif feature == "outcomes":
        known = {outcome.id: outcome.text for unit in course.units for outcome in unit.outcomes}
        assert {MARK, known[Identifier(MARK)]} & set(texts["outcomes"])
    elif feature in ("competences", "difficulty", "source", "tags"):
        wanted = {"difficulty": "hard", "source": SAID}.get(feature, MARK)
        assert says(texts.get(feature, []), wanted), question.id
    elif feature in _CREDIT:
        scores_agree(question, record)
    elif feature == "unit":
        assert says(everything(record), MARK)
    elif feature in ("links", "file-links"):
        assert any(_LINK.search(text) for text in texts["stem"])
    elif feature in ("foreseen-mistakes", "match-distractors"):
        assert says(everything(record))
    elif feature in SPOKEN:
        # A format without a feedback for all right answers may tell it with each of them.
        told = texts.get(feature, []) or (texts.get("option-feedback", []) if feature in ("if-right", "if-wrong") else [])
        assert says(told), (question.id, texts)


def _scorm_keeps(feature: str, course: Course, files: dict[str, bytes]) -> None:
    """Settings of quizzes in the outline, links in the pages."""
    (quiz,) = readback_scorm.quizzes(files).values()
    settings = next(course.units[0].quizzes()).set
    assert [each["id"] for each in quiz["questions"]] == [question.id for question in settings.pool()]
    assert quiz["passMark"] == settings.pass_mark
    assert quiz["attempts"] == (None if settings.attempts == "unlimited" else settings.attempts)
    assert quiz["feedback"] == settings.feedback
    assert quiz["shuffleQuestions"] is settings.shuffle_questions
    assert quiz["shuffleOptions"] is settings.shuffle_options
    assert quiz["forms"] == [list(form.questions) for form in settings.forms]
    drawn = [{"draw": each.draw, "questions": [question.id for question in each.questions]} for each in settings.groups()]
    assert quiz.get("groups") == (drawn if settings.draws() else None)
    pages = readback_scorm.pages(files)
    if feature in ("page-links", "unit-links", "links"):
        (target,) = {_LINK.search(page)[1] for page in pages.values() if MARK in page}  # type: ignore[index]
        assert target == ("#/u2-page" if feature == "unit-links" else "#/u1-page")
    elif feature == "glossary":
        assert f'href="#/{GLOSSARY}/disc"' in pages["u1-more"]
    elif feature == "completion":
        known = readback_scorm.outline(files)["completion"]
        assert known == {each: getattr(course.completion, each) for each in ("pages", "quizzes", "cases", "grids")}


def test_a_link_to_another_unit_becomes_words_in_the_package_of_a_unit(tmp_path: Path) -> None:
    files = written("scorm12-unit", samples("unit-links", tmp_path).course)
    page = readback_scorm.pages(files)["u1-more"]
    assert MARK in page
    assert "<a" not in page


def test_places_are_those_of_the_fields() -> None:
    question = next(each for each in every_kind() if isinstance(each, Ordering))
    place, hints = Place("quiz.yaml", 7, 3), Place("quiz.yaml", 9, 5)
    course = course_of([replace(question, place=place, places={"hints": hints})])
    found = {case.feature: case for case in told("gift", course) if case.owner == question.id}
    assert found["ordering"].place == place
    assert found["hints"].place == hints
    assert found["if-partly"].how == "dropped"
    assert found["ordering"].how == "changed"
    assert found["ordering"].reason == "it becomes a choice among orders"


def test_a_question_that_is_dropped_is_one_case() -> None:
    rating = next(each for each in every_kind() if each.kind == "rating-scale")
    assert [case.feature for case in told("gift", course_of([rating])) if case.owner == rating.id] == ["rating-scale"]


def test_a_question_of_several_quizzes_is_told_once() -> None:
    course = course_of(every_kind())
    unit = course.units[0]
    again = replace(next(unit.quizzes()), id=Identifier("u1-again"))
    twice = replace(course, units=(replace(unit, activities=(*unit.activities, again)),))
    owners = {question.id for question in every_kind()}
    assert [each for each in told("gift", course) if each.owner in owners] == [each for each in told("gift", twice) if each.owner in owners]


def test_newer_moodle_keeps_what_older_ones_lack() -> None:
    ordering = next(each for each in every_kind() if isinstance(each, Ordering))
    course = course_of([ordering])
    assert "ordering" in {case.feature for case in told("moodle-xml", course)}
    assert "ordering" not in {case.feature for case in told("moodle-xml", replace(course, moodle=MOODLE_44))}


def of(kind: str, **changes: Any) -> Question:
    made: Question = replace(next(each for each in every_kind() if each.kind == kind), **changes)
    return made


def features_of(name: str, course: Course, owner: str) -> dict[str, str]:
    return {case.feature: case.how for case in told(name, course) if case.owner == owner}


def test_what_a_substitute_lacks_is_told() -> None:
    matching = next(each for each in every_kind() if each.id == "q-match-part")
    found = features_of("cartridge", course_of([matching]), matching.id)
    assert found["matching"] == "changed"
    assert found["if-partly"] == "dropped"
    assert found["part-feedback"] == found["match-distractors"] == "changed"
    assert "partial-credit" not in found, "each part earns its share"
    whole = next(each for each in every_kind() if each.id == "q-match-all")
    assert features_of("cartridge", course_of([whole]), whole.id)["all-or-nothing"] == "changed"
    ordering = next(each for each in every_kind() if each.id == "q-order-part")
    for name in ("gift", "moodle-xml"):
        found = features_of(name, course_of([ordering]), ordering.id)
        assert found["partial-credit"] == found["if-partly"] == "dropped"
    assert features_of("cartridge", course_of([of("numerical")]), "q-number")["tolerance"] == "dropped"


def test_a_twin_is_one_case_that_names_what_it_lacks() -> None:
    twin = of("true-false", id=Identifier("q-twin"), hints=(), if_right=None, title=None)
    course = course_of([of("numerical", twin=twin)])
    (case,) = (case for case in told("cartridge", course) if case.feature == "numerical")
    assert case.how == "changed"
    assert "words of its own" in case.reason
    for feature in ("hints", "if-right", "title", "tolerance", "unit"):
        assert feature in case.reason
    assert not {"tolerance", "if-right"} & features_of("cartridge", course, case.owner).keys()


def test_a_quiz_of_which_nothing_is_left_is_one_case() -> None:
    course = course_of([of("rating-scale")], intro=rich("read this"), attempts=3)
    for name in ("cartridge", "cartridge-11"):
        assert features_of(name, course, "u1-quiz") == {"quiz": "dropped"}
    assert "quiz" not in features_of("scorm12", course, "u1-quiz")
    assert "intro" in features_of("gift", course, "u1-quiz")


def test_questions_that_no_quiz_takes_are_one_case() -> None:
    bank = Bank(id=Identifier("bank"), title=Plain("A bank"), questions=(of("essay"), of("cloze")))
    course = course_of([of("single-choice")], [bank])
    found = [case for case in told("scorm12", course) if case.owner != "q-single"]
    assert [(case.feature, case.how, case.owner) for case in found] == [("unused-bank-questions", "dropped", "bank")]
    assert features_of("cartridge", course, "q-essay")


def test_shares_of_points_that_change_are_told() -> None:
    heavy, light = of("single-choice", points=50), of("matching", points=1)
    course = course_of([heavy, light])
    (case,) = (case for case in told("cartridge", course) if case.feature == "points")
    assert (case.owner, case.how) == (light.id, "changed")
    assert "3 of 102" in case.reason
    assert "1 of 51" in case.reason
    exact = course_of([of("single-choice", points=5), light])
    assert "points" not in {case.feature for case in told("cartridge", exact)}
    for name in ("cartridge-11", "gift"):
        (case,) = (case for case in told(name, course_of([of("cloze", points=1)])) if case.feature == "points")
        assert case.how == "changed"
