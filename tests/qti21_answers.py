"""Questions for the tests of QTI 2.1, all responses to them, and what each is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import readback_qti21
from lxml import etree
from qti21_engine import Value
from questions import Words, course_of, every_kind, renamed, rich

from coursegen.archive import write_zip
from coursegen.model import (
    Bank,
    ChoiceGap,
    Cloze,
    Course,
    Essay,
    Form,
    Identifier,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Plain,
    Question,
    RatingScale,
    ShortAnswer,
    SingleChoice,
    Sorting,
    Taken,
    TrueFalse,
)
from coursegen.render.templates import Templates
from coursegen.score import answer_for, credit, right_response
from coursegen.writers import FORMATS

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


KINDS = every_kind()
TYPED = ("", "Brake pad", "  brake \u00a0 PAD ", "brakepad", "cafe\u0301 *", "CAFÉ *", "cafe x", "caf", "Café", "bolts", "bol ts", "Bolts")
NUMBERS = ("", "12.25", "12.75", "12.7501", "12.2499", "12.5", "125", "-3", "3", "0", "-12.5")


def package(course: Course) -> dict[str, bytes]:
    """The files of a course's package."""
    found = dict(FORMATS["qti21"].entries(course, Templates(course, None), None))
    return {name: content if isinstance(content, bytes) else content.read_bytes() for name, content in found.items()}


def packed(course: Course, target: Path) -> Path:
    """A course's package as a zip."""
    write_zip(target, package(course).items())
    return target


def item_of(question: Question) -> bytes:
    """The item of a question."""
    return readback_qti21.items(package(course_of([question])))[question.id]


def marked(words: str) -> Words:
    """Makes texts that are these words with a name before and after them."""
    return lambda name: f"{name} {words} {name}"


def quizzes() -> Course:
    """A course with two quizzes that share questions of a bank: drawn, shuffled, in forms."""
    single, several, order = (next(each for each in KINDS if isinstance(each, kind)) for kind in (SingleChoice, MultipleResponse, Ordering))
    banked = tuple(renamed(single, f"q-bank-{number}") for number in range(4))
    course = course_of(
        [single, several, order],
        [Bank(id=Identifier("bank"), title=Plain("Tools & <more>"), questions=(*banked, renamed(single, "q-unused")))],
        intro=rich("Read <this> first."),
        taken=(Taken(banked, 2),),
        draw=2,
        shuffle_questions=True,
        shuffle_options=True,
        feedback="deferred",
        pass_mark=50,
    )
    (unit,) = course.units
    forms = (Form(id=Identifier("a"), questions=(single.id, several.id)), Form(id=Identifier("b"), questions=(single.id, order.id)))
    first = next(unit.quizzes())
    again = replace(first.set, forms=forms, draw="all", taken=(), shuffle_options=False, feedback="immediate", intro=None)
    second = replace(first, id=Identifier("u1-again"), title=Plain("In forms"), set=again)
    return replace(course, units=(replace(unit, activities=(first, second)),))


def responses(question: Question) -> Iterator[Sequence[str]]:
    """All responses there are to a question, or for what is typed many."""
    match question:
        case SingleChoice():
            yield from ([], *([option.id] for option in question.options))
        case MultipleResponse():
            ids = [option.id for option in question.options]
            yield from (list(each) for size in range(len(ids) + 1) for each in itertools.combinations(ids, size))
        case TrueFalse():
            yield from ([], ["true"], ["false"])
        case ShortAnswer():
            yield from ([text] for text in TYPED)
        case Numerical():
            yield from ([text] for text in NUMBERS)
        case Matching():
            yield from _all_pairs([pair.id for pair in question.pairs], list(question.targets()))
        case Sorting():
            yield from _all_pairs([item.id for item in question.items], [group.id for group in question.groups])
        case Ordering():
            yield from (list(each) for each in itertools.permutations(step.id for step in question.items))
        case Cloze():
            for one, other in itertools.product(("", "a", "b"), ("", "disc", " DISC ", "drum", "dis c", "x")):
                yield [f"{gap}.{filling}" for gap, filling in (("g1", one), ("g2", other)) if filling]
        case Essay() | RatingScale():
            yield from ([], right_response(question))


def _all_pairs(first: list[str], second: list[str]) -> Iterator[list[str]]:
    for chosen_ones in itertools.product(["", *second], repeat=len(first)):
        yield [f"{one}.{other}" for one, other in zip(first, chosen_ones, strict=True) if other]


def translated(question: Question, item: bytes, response: Sequence[str]) -> dict[str, Value]:
    """A response as the item's own: choices are found by their words."""
    root = etree.fromstring(item)
    body = root.find(f"{QTI}itemBody")
    assert body is not None
    names = [each.get("responseIdentifier", "") for each in body.iter() if each.get("responseIdentifier")]
    by_words = {
        "".join(each.itertext()): each.get("identifier", "") for each in body.iter(f"{QTI}simpleChoice", f"{QTI}simpleAssociableChoice")
    }
    if isinstance(question, Cloze):
        fillings = dict(each.partition(".")[::2] for each in response)
        given_ones: dict[str, Value] = {}
        for gap, name in zip(question.gaps, names, strict=True):
            listed = {"".join(each.itertext()): each.get("identifier") for each in body.iter(f"{QTI}inlineChoice")}
            filling = fillings.get(gap.id, "")
            words = {option.id: option.text for option in gap.options} if isinstance(gap, ChoiceGap) else {}
            given_ones[name] = listed[words[Identifier(filling)]] if filling and isinstance(gap, ChoiceGap) else filling
        return given_ones
    (name,) = names
    match question:
        case SingleChoice() | MultipleResponse():
            ids = {option.id: by_words[option.text.text()] for option in question.options}
            picked = tuple(ids[Identifier(each)] for each in response)
            return {name: picked if isinstance(question, MultipleResponse) else (picked or ("",))[0]}
        case TrueFalse():
            return {name: by_words[response[0].capitalize()] if response else ""}
        case Numerical():
            return {name: float(response[0]) if response[0] else ""}
        case Matching():
            one, other = {pair.id: by_words[pair.text.text()] for pair in question.pairs}, question.targets()
            return {name: tuple(f"{one[Identifier(p)]} {by_words[other[t]]}" for p, t in (each.split(".") for each in response))}
        case Sorting():
            one, groups = (
                {each.id: by_words[each.text.text()] for each in question.items},
                {each.id: each.title for each in question.groups},
            )
            pairs = (each.split(".") for each in response)
            return {name: tuple(f"{one[Identifier(i)]} {by_words[groups[Identifier(g)]]}" for i, g in pairs)}
        case Ordering():
            ids = {step.id: by_words[step.text.text()] for step in question.items}
            return {name: tuple(ids[Identifier(each)] for each in response)}
        case RatingScale():
            ids = {level.id: by_words[level.text] for level in question.levels}
        case _:
            ids = {}
    return {name: ids.get(Identifier(response[0]), response[0]) if response else ""}


def told(question: Question, response: Sequence[str]) -> list[str]:
    """The feedback that a response gets in a course whose texts are their own names."""
    found = ["general"]
    share = credit(question, response)
    if question.points:
        found.append("if-right" if share == 1 else "if-partly" if share and hasattr(question, "if_partly") else "if-wrong")
    match question:
        case SingleChoice() | MultipleResponse() | TrueFalse():
            found += [f"told-{each}" for each in response]
        case ShortAnswer() | Numerical():
            typed = answer_for(question, response[0])
            found += [typed.feedback.text()] if typed and typed.feedback else []
        case Cloze():
            for gap in question.gaps:
                filling = next((each.partition(".")[2] for each in response if each.startswith(f"{gap.id}.")), "")
                if isinstance(gap, ChoiceGap):
                    found += [f"told-{gap.id}-{filling}"] if filling else []
                elif entry := answer_for(gap, filling):
                    found += [f"told-{gap.id}-{entry.id}"]
        case Matching() | Sorting() | Ordering():
            found += [f"part-{part.id}" for part in (question.pairs if isinstance(question, Matching) else question.items)]
        case Essay():
            found.append("model")
    return sorted(found)


def words_of(text: str) -> str:
    """The words of a piece of XML, or words as they are (titles, labels, answers)."""
    try:
        return "".join(etree.fromstring(f"<x>{text}</x>").itertext())
    except etree.XMLSyntaxError:
        return text
