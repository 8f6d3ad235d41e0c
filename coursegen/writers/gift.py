"""GIFT: questions as one text file, as Moodle's documentation describes it (docs.moodle.org, "GIFT format").

It has names, what is asked, answers with their feedback, a feedback for everybody, categories, ids and tags. It has no quizzes, no
points, no pictures, no hints, and says nothing of how typed words are compared. Where the description is silent, what is written is what
Moodle's importer reads as meant; each such place says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..fidelity import KEPT, Capabilities, changed, dropped, native, substituted
from ..model import (
    Anchor,
    Answer,
    Course,
    Element,
    Essay,
    Gloss,
    Link,
    Matching,
    Media,
    MultipleResponse,
    Node,
    Numerical,
    Question,
    Rich,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
)
from ..portable import substitute
from ..render.html import blocks, escape, has_blocks, html

if TYPE_CHECKING:
    from ..archive import Entry
    from ..render.templates import Templates

_TAG = "it becomes a tag"
_NO_PLACE = "GIFT has no place for it"
_NO_QUIZZES = "GIFT has questions only, and no quizzes"
CARRIES: Capabilities = {
    "single-choice": KEPT,
    "multiple-response": KEPT,
    "true-false": KEPT,
    "short-answer": KEPT,
    "numerical": KEPT,
    "matching": KEPT,
    "ordering": substituted(),
    "sorting": substituted(),
    "cloze": substituted(),
    "essay": KEPT,
    "rating-scale": substituted(),
    "partial-credit": KEPT,
    "all-or-nothing": changed("a part of the right answers earns a part of the points; of several options, a wrong one costs them all"),
    "case": dropped("upper and lower case never differ in GIFT"),
    "accents": changed("each answer is accepted with all its accents, or without any"),
    "spacing": changed("each answer is accepted with all its spaces, or without any"),
    "wildcards": KEPT,
    "foreseen-mistakes": KEPT,
    "tolerance": KEPT,
    "unit": changed("it follows what is asked, in brackets; only the number is typed"),
    "match-distractors": KEPT,
    "points": dropped("GIFT has none; every question is worth the same until a quiz says otherwise"),
    "general-feedback": KEPT,
    "if-right": dropped(_NO_PLACE),
    "if-partly": dropped(_NO_PLACE),
    "if-wrong": dropped(_NO_PLACE),
    "option-feedback": KEPT,
    "part-feedback": changed("it follows the general feedback"),
    "model-answer": changed("it follows the general feedback"),
    "hints": dropped(_NO_PLACE),
    "media-stem": changed("GIFT has no pictures; the words that say what a picture tells take its place"),
    "media-option": changed("GIFT has no pictures; the words that say what a picture tells take its place"),
    "media-feedback": changed("GIFT has no pictures; the words that say what a picture tells take its place"),
    "links": changed("links into the course become their words"),
    "title": KEPT,
    "outcomes": changed(_TAG),
    "competences": changed(_TAG),
    "difficulty": changed(_TAG),
    "source": dropped(_NO_PLACE),
    "tags": KEPT,
    "intro": changed("it becomes a description before the questions"),
    "pass-mark": dropped(_NO_QUIZZES),
    "attempts": dropped(_NO_QUIZZES),
    "immediate-feedback": dropped(_NO_QUIZZES),
    "deferred-feedback": dropped(_NO_QUIZZES),
    "draw": dropped(_NO_QUIZZES),
    "forms": dropped(_NO_QUIZZES),
    "shuffle-questions": dropped(_NO_QUIZZES),
    "shuffle-options": dropped(_NO_QUIZZES),
    "banks": changed("each bank is a category; which quiz takes its questions is not said"),
}
FILE = "questions.gift"
_SPECIAL = re.compile(r"[\\~=#{}:]")
_LINE_END = re.compile(r"\r\n?|\n")
_SPOKEN = frozenset(["audio", "video"])
_LONGEST_NAME = 250
"""Moodle has room for 255 characters in names of categories and in entries to match, and breaks off an import with longer ones.

Names are cut. What is to be matched with longer entries is asked one by one, as in formats without matching, so that nothing is lost.
"""


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """The one file: the questions of each quiz and each bank in a category of their own."""
    kinds = native(CARRIES, course.moodle)
    head = f"// {' '.join(course.title.split())}, {course.version}, {course.language}, {course.licence}"
    parts = [head]
    for each in (unit,) if unit else course.units:
        for quiz in each.quizzes():
            intro = [_description(quiz.id, quiz.title, quiz.set.intro)] if quiz.set.intro else []
            made = [*intro, *_questions(quiz.set.questions, kinds)]
            if made:
                parts += [_category(course.title, each.title, quiz.title), *made]
        for bank in each.banks:
            parts += [_category(course.title, each.title, bank.title), *_questions(bank.questions, kinds)]
    yield FILE, "".join(f"{part}\n\n" for part in parts).encode()


def _questions(questions: Iterable[Question], kinds: frozenset[str]) -> Iterator[str]:
    for question in questions:
        made = (question,) if question.kind in kinds else substitute(question, kinds).questions
        if any(isinstance(each, Matching) and not _fits(each) for each in made):
            made = substitute(question, kinds - {Matching.kind}).questions
        yield from map(_question, made)


def _fits(question: Matching) -> bool:
    return all(len(_named(words)) <= _LONGEST_NAME for words in question.targets().values())


def _category(*names: str) -> str:
    """A category below others. A slash in a name is two; nothing but a backslash is escaped, for Moodle undoes nothing else here."""
    return "$CATEGORY: " + "/".join(["top", *(_fitting(name).replace("\\", "\\\\").replace("/", "//") for name in names)])


def _fitting(name: str) -> str:
    """A name as it fits into Moodle's table, and into a path: it neither begins nor ends with a slash."""
    words = shown = " ".join(name.split())
    for length in range(min(len(words), _LONGEST_NAME), 0, -1):
        shown = _named(words if length == len(words) else f"{words[: length - 1]}…")
        if len(shown) <= _LONGEST_NAME:
            break
    # A word joiner: Moodle takes three slashes together for no border at all.
    return re.sub(r"^/|/$", "\u2060/\u2060", shown)


def _description(ident: str, title: str, text: Rich) -> str:
    """What is read before the questions: a question without an answer."""
    return f"// [id:{ident}]\n::{_escaped(_named(title))}::{_stem(text)}"


def _question(question: Question) -> str:
    labels = [*question.outcomes, *question.competences, *([question.difficulty] if question.difficulty else []), *question.tags]
    comment = " ".join([f"[id:{question.id}]", *(f"[tag:{label}]" for label in dict.fromkeys(labels))])
    stem = _stem(question.stem, question.unit if isinstance(question, Numerical) else None)
    lines = _answers(question)
    if general := _general(question):
        lines.append(f"####{general}")
    begin, end = "#" if isinstance(question, Numerical) else "", ""
    if isinstance(question, (TrueFalse, Essay)):
        inside = "".join(lines)
    else:
        inside, end = "".join(f"\n\t{line}" for line in lines), "\n"
    return f"// {comment}\n::{_escaped(_named(question.name))}::{stem}{{{begin}{inside}{end}}}"


def _stem(text: Rich, unit: str | None = None) -> str:
    words = _html(text)
    if unit:
        words += f"<p>({escape(unit)})</p>" if has_blocks(text.nodes) else f" ({escape(unit)})"
    return f"[html]{_escaped(words)}"


def _answers(question: Question) -> list[str]:
    """What stands in the braces, before the general feedback."""
    if isinstance(question, SingleChoice):
        return [f"{'=' if option.correct else '~'}{_text(option.text)}{_told(option.feedback)}" for option in question.options]
    if isinstance(question, MultipleResponse):
        return list(_several(question))
    if isinstance(question, TrueFalse):
        right, wrong = (question.if_true, question.if_false) if question.answer else (question.if_false, question.if_true)
        feedback = [_told(wrong) or ("#" if right else ""), _told(right)]
        return ["TRUE" if question.answer else "FALSE", *feedback]
    if isinstance(question, ShortAnswer):
        return [
            f"=%{100 if answer.correct else 0}%{words}{_told(answer.feedback)}"
            for answer in _accepted_first(question.answers)
            for words in _forms(answer, question)
        ]
    if isinstance(question, Numerical):
        return [
            f"=%{100 if answer.correct else 0}%{answer.value}:{answer.tolerance.lstrip('-')}{_told(answer.feedback)}"
            for answer in sorted(question.answers, key=lambda answer: not answer.correct)
        ]
    if isinstance(question, Matching):
        pairs = [f"={_text(pair.text)} -> {_escaped(_named(pair.match))}" for pair in question.pairs]
        return pairs + [f"= -> {_escaped(_named(each.text))}" for each in question.distractors]
    return []


def _accepted_first(answers: Iterable[Answer]) -> list[Answer]:
    """The first answer that fits counts, so what is accepted stands before the mistakes (:func:`coursegen.score.answer_for`)."""
    return sorted(answers, key=lambda answer: not answer.correct)


def _several(question: MultipleResponse) -> Iterator[str]:
    """Options with weights: right ones share what there is; wrong ones take it away, so that ticking everything earns nothing.

    With partial credit, wrong ones share too, which is what :func:`coursegen.score.credit` says; else each takes all.
    """
    right = sum(option.correct for option in question.options)
    gains = iter(shares(right))
    costs = iter(shares(len(question.options) - right) if question.credit == "partial" else ["100"] * len(question.options))
    for option in question.options:
        weight = next(gains) if option.correct else f"-{next(costs)}"
        yield f"~%{weight}%{_text(option.text)}{_told(option.feedback)}"


def shares(number: int) -> list[str]:
    """100 per cent in so many weights, of those that Moodle's importer takes: equal ones if it has such, else 10 and 5.

    Above 20 the smallest weight is too large: what comes after the twentieth has none.
    """
    if number <= 10 or number >= 20:
        weight = f"{100 / max(1, min(number, 20)):.5f}".rstrip("0").rstrip(".")
        return [weight] * min(number, 20) + ["0"] * (number - 20)
    return ["10"] * (20 - number) + ["5"] * (2 * number - 20)


def _forms(answer: Answer, question: ShortAnswer) -> list[str]:
    """How an accepted answer is written: also without its accents or spaces, where these do not count."""
    forms = [str(answer.text)]
    if question.accents == "ignored":
        bare = "".join(each for each in unicodedata.normalize("NFD", answer.text) if unicodedata.category(each) != "Mn")
        forms.append(unicodedata.normalize("NFC", bare))
    if question.spacing == "ignored":
        forms += ["".join(form.split()) for form in forms]
    return list(dict.fromkeys(_typed(form, question.wildcards) for form in forms))


def _typed(text: str, wildcards: bool) -> str:
    """An accepted answer: words and not HTML, in which * stands for anything unless a backslash is before it.

    ``->`` would make a matching of the question, and ``&&`` with a number is what Moodle itself puts for an escaped character; neither
    can be escaped. A * in the middle, which may stand for nothing, keeps them apart.
    """
    words = text.strip() if wildcards else text.strip().replace("*", "\\*")
    words = re.sub("&(?=&[01][0-9][0-9];)", "&*", words.replace("->", "-*>"))
    return ("[plain]" if words.startswith("[") else "") + _escaped(words)


def _general(question: Question) -> str:
    """The feedback for everybody, and after it what GIFT has no other place for: a model answer, why pairs belong together."""
    more: list[Rich | None] = []
    if isinstance(question, Essay):
        more = [question.model_answer]
    elif isinstance(question, Matching):
        more = [pair.feedback for pair in question.pairs]
    told = [text for text in (question.feedback, *more) if text]
    if len(told) < 2:
        return "".join(_text(text) for text in told)
    return _begun(_escaped("".join(_html(text, whole=True) for text in told)))


def _told(feedback: Rich | None) -> str:
    return f"#{_text(feedback)}" if feedback else ""


def _text(text: Rich) -> str:
    return _begun(_escaped(_html(text)))


def _begun(words: str) -> str:
    """A text whose first word is in square brackets says what it is, for those could be taken for the name of a format."""
    return f"[html]{words}" if words.startswith("[") else words


def _html(text: Rich, *, whole: bool = False) -> str:
    """A text as HTML without pictures and references; ``whole`` in paragraphs, so that another can follow."""
    nodes = tuple(_worded(text.nodes))
    written = (blocks(nodes, _nowhere) if whole else html(nodes, _nowhere)).strip()
    return written.replace("@@PLUGINFILE@@", "@@PLUGINFILE@&#64;")  # what Moodle puts the address of its files in place of


def _worded(nodes: Iterable[Node]) -> Iterator[Node]:
    """Nodes without what a text file cannot hold: a picture becomes what it tells, a recording its file's name, a link its words."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag == "img":
            yield node.words("alt") or ""
        elif node.tag in _SPOKEN:
            yield f"[{_recording(node)}]"
        elif node.tag == "a" and isinstance(node.get("href"), (Link, Anchor, Media, Gloss)):
            yield from _worded(node.children)
        else:
            yield Element(node.tag, node.attributes, tuple(_worded(node.children)), node.line, node.column)


def _recording(element: Element) -> str:
    """What a recording is called: its title, or the name of its file."""
    sources = (each.get("src") for each in (element, *(child for child in element.children if isinstance(child, Element))))
    file = next((source.path.rpartition("/")[2] for source in sources if isinstance(source, Media)), element.tag)
    return element.words("title") or file


def _named(words: str) -> str:
    """A name or an entry to match. Moodle takes these for HTML: what could be a tag or a reference is written so that it is words."""
    return escape(words) if re.search("<|&[#&A-Za-z0-9]", words) else words


def _escaped(words: str) -> str:
    """Words in which nothing has a meaning in GIFT; a line end is ``\\n``."""
    return _LINE_END.sub(r"\\n", _SPECIAL.sub(r"\\\g<0>", words))


def _nowhere(reference: Link | Anchor | Media | Gloss) -> str:
    raise ValueError(f"a text file cannot refer to {reference}")
