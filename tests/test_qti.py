"""Questions in cartridges, read back with plain lxml: every text, every answer, and the score that each response gets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain, combinations
from pathlib import Path

import pytest
from lxml import etree
from lxml.etree import _Element
from packages import MODULES, course, members
from samples import write_course

from coursegen.build import build
from coursegen.model import MultipleResponse, Question, Rich, ShortAnswer, TrueFalse
from coursegen.score import right

Q = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}


@pytest.fixture(scope="module", params=["modules", "sample"])
def items(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Question, _Element, _Element]]:
    """Each question of a course with its item in the 1.3 cartridge and in Moodle's."""
    folder = tmp_path_factory.mktemp(f"qti-{request.param}")
    source = MODULES
    if request.param == "sample":
        source = folder / "source"
        write_course(source)
    build(source, folder / "dist", ("cartridge", "cartridge-moodle"))
    model = course(source)
    strict = members(folder / "dist" / f"{model.id}-en.imscc")
    moodle = members(folder / "dist" / f"{model.id}-en-moodle.imscc")
    found = []
    for unit in model.units:
        for quiz in unit.quizzes():
            one = etree.fromstring(strict[f"assessments/{quiz.id}/assessment.xml"])
            other = etree.fromstring(moodle[f"quizzes/{quiz.id}.xml"])
            pairs = zip(one.iterfind(".//q:item", Q), other.iterfind(".//q:item", Q), strict=True)
            found += [(question, *pair) for question, pair in zip(quiz.set.questions, pairs, strict=True)]
    assert found
    return found


def field(item: _Element, label: str) -> str | None:
    for entry in item.iterfind("q:itemmetadata/q:qtimetadata/q:qtimetadatafield", Q):
        if entry.findtext("q:fieldlabel", None, Q) == label:
            return entry.findtext("q:fieldentry", None, Q)
    return None


def words(html: str | None) -> str:
    """The words of a text in an item, as the model counts white space."""
    assert html
    root = etree.fromstring(f"<div>{html}</div>")  # what is written is XML as well
    for block in root.iter("p", "li", "ul", "ol", "div", "td", "th", "tr", "table", "figure", "figcaption", "pre", "br", "h2", "h3"):
        block.text = f" {block.text or ''}"
        block.tail = f" {block.tail or ''}"
    return " ".join("".join(root.itertext()).replace("\u00a0", " ").split())


def said(text: Rich) -> str:
    return " ".join(text.text().replace("\u00a0", " ").split())


def feedback(item: _Element) -> dict[str, str]:
    return {
        entry.get("ident", ""): words(entry.findtext("q:flow_mat/q:material/q:mattext", None, Q))
        for entry in item.iterfind("q:itemfeedback", Q)
    }


def expected_feedback(question: Question) -> dict[str, str]:
    found: dict[str, Rich | None] = {"general_fb": question.feedback}
    if isinstance(question, TrueFalse):
        found |= {"option-true_fb": question.if_true, "option-false_fb": question.if_false}
    for part in (*getattr(question, "options", ()), *getattr(question, "answers", ())):
        found[f"option-{part.id}_fb"] = part.feedback
    return {ident: said(text) for ident, text in found.items() if text}


def test_texts(items: list[tuple[Question, _Element, _Element]]) -> None:
    for question, *both in items:
        for item in both:
            assert item.get("title") == question.name
            assert field(item, "cc_weighting") == str(question.points)
            stem = words(item.findtext("q:presentation/q:material/q:mattext", None, Q))
            assert re.sub(r" \(see “[^”]+” in “[^”]+”\)", "", stem) == said(question.stem)  # what Moodle gets in place of a link
            labels = {
                label.get("ident"): words(label.findtext("q:material/q:mattext", None, Q))
                for label in item.iterfind(".//q:response_label", Q)
            }
            if isinstance(question, TrueFalse):
                assert labels == {"true": "True", "false": "False"}
            elif isinstance(question, ShortAnswer):
                assert labels == {}
            else:
                assert labels == {option.id: said(option.text) for option in question.options}
                assert list(labels) == [option.id for option in question.options]
            assert feedback(item) == expected_feedback(question)


def holds(condition: _Element, given: frozenset[str], typed: bool) -> bool:
    """A condition of QTI 1.2.1 for a response."""
    name = etree.QName(condition).localname
    if name in ("conditionvar", "and"):
        inner = [holds(child, given, typed) for child in condition]
        # Several conditions directly in a conditionvar are alternatives in the cartridge's profile of fill-in questions.
        return any(inner) if typed and name == "conditionvar" else all(inner)
    if name == "or":
        return any(holds(child, given, typed) for child in condition)
    if name == "not":
        return not holds(condition[0], given, typed)
    if name == "other":
        return True
    assert name == "varequal"
    value = condition.text or ""
    if typed:
        return {" ".join(text.split()).lower() for text in given} == {" ".join(value.split()).lower()}
    return value in given


def run(item: _Element, given: Iterable[str], typed: bool) -> tuple[float, list[str]]:
    """What a strict engine does with a response: the score, and the feedback shown."""
    response, score, shown = frozenset(given), 0.0, []
    for condition in item.iterfind("q:resprocessing/q:respcondition", Q):
        variables = condition.find("q:conditionvar", Q)
        assert variables is not None
        if not holds(variables, response, typed):
            continue
        for setvar in condition.iterfind("q:setvar", Q):
            assert (setvar.get("varname"), setvar.get("action")) == ("SCORE", "Set")
            score = float(setvar.text or "nan")
        shown += [entry.get("linkrefid", "") for entry in condition.iterfind("q:displayfeedback", Q)]
        if condition.get("continue") != "Yes":
            break
    return score, shown


def responses(question: Question) -> list[tuple[str, ...]]:
    if isinstance(question, TrueFalse):
        return [("true",), ("false",)]
    if isinstance(question, ShortAnswer):
        typed = [answer.text for answer in question.answers]
        return [(text,) for text in (*typed, *(text.upper() for text in typed), "something else", "")]
    ids = [option.id for option in question.options]
    if isinstance(question, MultipleResponse):
        return list(chain.from_iterable(combinations(ids, count) for count in range(len(ids) + 1)))
    return [(ident,) for ident in ids]


def test_every_response_gets_its_score(items: list[tuple[Question, _Element, _Element]]) -> None:
    """In both flavours a strict engine gives the score that coursegen.score computes, for every possible response."""
    tried = 0
    for question, *both in items:
        typed = isinstance(question, ShortAnswer)
        for item in both:
            for response in responses(question):
                score, _ = run(item, response, typed)
                answer = response[0] if typed else response
                assert score == (100 if right(question, answer) else 0), (question.id, response)
                # Cartridges have no partial credit: there, only the right set earns points.
                assert (question.points if right(question, answer) else 0) == question.points * score / 100
                tried += 1
    assert tried > 20


def test_every_feedback_is_reached(items: list[tuple[Question, _Element, _Element]]) -> None:
    """In the strict flavour each response shows its own feedback and the general one."""
    for question, strict, _ in items:
        for response in responses(question):
            _, shown = run(strict, response, isinstance(question, ShortAnswer))
            assert ("general_fb" in shown) == bool(question.feedback)
            for part in getattr(question, "options", ()):
                assert (f"option-{part.id}_fb" in shown) == (part.id in response and bool(part.feedback))


def moodle_fractions(question: Question, item: _Element) -> dict[str, float]:
    """What Moodle's importer makes of an item (docs/moodle.md): the fraction of each option or answer."""
    conditions = item.findall("q:resprocessing/q:respcondition", Q)
    if isinstance(question, ShortAnswer):
        for condition in conditions:
            if condition.findtext("q:setvar", None, Q) == "100":
                return {entry.text or "": 1.0 for entry in condition.iterfind("q:conditionvar/q:varequal", Q)}
        return {}
    idents = [label.get("ident", "") for label in item.iterfind(".//q:response_label", Q)]
    if isinstance(question, MultipleResponse):
        scoring = [entry for entry in conditions if entry.findtext("q:setvar", None, Q) == "100"]
        named = [
            entry.text
            for condition in scoring
            for entry in condition.iter(f"{{{Q['q']}}}varequal")
            if entry.get("case") == "Yes" and etree.QName(entry.getparent()).localname != "not"
        ]
        return {ident: 1 / len(named) if ident in named else 0.0 for ident in idents}
    fractions = dict.fromkeys(idents, 0.0)
    for condition in conditions:
        first = condition.find("q:conditionvar/q:varequal", Q)
        if first is not None and first.text in fractions:
            fractions[first.text] = 1.0 if condition.findtext("q:setvar", "", Q) not in ("", "0") else 0.0
    return fractions


def test_moodle_finds_the_right_answers(items: list[tuple[Question, _Element, _Element]]) -> None:
    for question, _, item in items:
        fractions = moodle_fractions(question, item)
        if isinstance(question, ShortAnswer):
            assert set(fractions) == {answer.text for answer in question.answers if answer.correct}
        elif isinstance(question, TrueFalse):
            assert fractions == {"true": float(question.answer), "false": float(not question.answer)}
        else:
            correct = [option.id for option in question.options if option.correct]
            assert fractions == {option.id: (1 / len(correct) if option.correct else 0.0) for option in question.options}


def test_moodle_leaks_no_feedback(items: list[tuple[Question, _Element, _Element]]) -> None:
    """Moodle puts every feedback with continue="Yes" into the general feedback: so only that one may have it."""
    for _, _, item in items:
        going_on = [
            entry.get("linkrefid")
            for condition in item.iterfind("q:resprocessing/q:respcondition", Q)
            if condition.get("continue") == "Yes"
            for entry in condition.iterfind("q:displayfeedback", Q)
        ]
        assert going_on in ([], ["general_fb"])


HOSTILE: dict[str, Callable[[str], str]] = {
    "markup as words": lambda text: f"{text} &lt;b&gt;bold&lt;/b&gt;",
    "an entity as words": lambda text: f"{text} &amp;amp; &amp;lt;",
    "the end of a CDATA section": lambda text: f"{text} ]]&gt;",
    "quotes": lambda text: f"{text} \" ' “ ” «»",
    "right to left": lambda text: f"{text} العربية עברית",
    "emoji and combining accents": lambda text: f"{text} 🔧👩🏽‍🔧 e\u0301 ñ",
    "GIFT and YAML": lambda text: f"{text} ~ = # {{ }} : - ? *",
    "10,000 characters": lambda text: text + " long" * 2000,
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_texts_come_back(tmp_path: Path, name: str) -> None:
    """In the 1.3 cartridge any text is read back as it is in the model."""
    import yaml

    write_course(tmp_path / "source")
    for path in (tmp_path / "source").rglob("quiz*.yaml"):
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        for question in data["questions"]:
            question["stem"] = HOSTILE[name](question["stem"])
            question["feedback"] = HOSTILE[name](question["feedback"])
            for option in question.get("options", []):
                option["text"] = HOSTILE[name](option["text"])
                option["feedback"] = HOSTILE[name](option["feedback"])
        path.write_text(yaml.dump(data, allow_unicode=True, sort_keys=False, width=10**6), "utf-8")
    model = course(tmp_path / "source")
    result = build(tmp_path / "source", tmp_path / "dist", ("cartridge",))
    files = members(tmp_path / "dist" / result.packages[0].name)
    compared = 0
    for unit in model.units:
        for quiz in unit.quizzes():
            root = etree.fromstring(files[f"assessments/{quiz.id}/assessment.xml"])
            for question, item in zip(quiz.set.questions, root.iterfind(".//q:item", Q), strict=True):
                assert words(item.findtext("q:presentation/q:material/q:mattext", None, Q)) == said(question.stem)
                assert feedback(item) == expected_feedback(question)
                compared += 1
    assert compared >= 4
