"""GIFT: questions as one text file, as Moodle's documentation describes it (docs.moodle.org, "GIFT format").

It has names, what is asked, answers with their feedback, a feedback for everybody, categories, ids and tags. It has no quizzes, no
points, no pictures, no hints, and says nothing of how typed words are compared. Where the description is silent, what is written is what
Moodle's importer reads as meant; each such place says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..fidelity import KEPT, Capabilities, changed, dropped, native, substituted
from ..model import (
    Course,
    Element,
    Essay,
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
from ..model.rich import fold
from ..moodle.fractions import fractions, whole
from ..moodle.verdicts import NUMERICAL, PARTIAL_CREDIT, SHORT_ANSWER
from ..portable import substitute
from ..render.direction import directed
from ..render.html import blocks, escape, has_blocks, html
from ..render.links import Reference, places, worded
from ..render.media import RECORDINGS, file_name, recording_name
from ..shortened import shortened
from ..typed_forms import accepted_first, listed, starred

if TYPE_CHECKING:
    from ..archive import Entry
    from ..render.templates import Templates

_TAG = "it becomes a tag"
_NO_PLACE = "GIFT has no place for it"
_NO_MEDIA = changed("GIFT has no pictures, sound or film; what a picture tells, or the name of a recording, takes its place")
_NO_QUIZZES = "GIFT has questions only, and no quizzes"
CARRIES: Capabilities = {
    "single-choice": KEPT,
    "multiple-response": KEPT,
    "true-false": KEPT,
    "short-answer": SHORT_ANSWER,
    "numerical": NUMERICAL,
    "matching": KEPT.but(
        substituted(), "with an entry of more than 250 characters", lambda each: isinstance(each, Matching) and not _fits(each)
    ),
    "ordering": substituted(),
    "sorting": substituted(),
    "cloze": substituted(),
    "essay": changed("Moodle counts it 1 point; set it to 0 in the quiz"),
    "rating-scale": substituted(),
    "partial-credit": PARTIAL_CREDIT,
    "all-or-nothing": changed("a part of the right answers earns a part of the points; of several options, a wrong one costs them all"),
    "case": dropped("upper and lower case never differ in GIFT"),
    "accents": changed("each answer is accepted as it is written, and without any accents"),
    "spacing": changed("each answer is accepted with spaces and without, at up to three places; other spaces count"),
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
    **dict.fromkeys(("media-stem", "media-option", "media-feedback"), _NO_MEDIA),
    "links": changed("they become words, and those to activities say where they led"),
    "file-links": changed("they become words and the name of the file; the file is not there"),
    "title": KEPT,
    "outcomes": changed(_TAG),
    "competences": changed(_TAG),
    "difficulty": changed(_TAG),
    "source": dropped(_NO_PLACE),
    "tags": KEPT.but(
        changed("cut at 50 characters"), "of more than 50 characters", lambda each: any(len(tag) > _LONGEST_TAG for tag in each.tags)
    ),
    "intro": changed("it becomes a description before the questions"),
    "pass-mark": dropped(_NO_QUIZZES),
    "attempts": dropped(_NO_QUIZZES),
    "immediate-feedback": dropped(_NO_QUIZZES),
    "deferred-feedback": dropped(_NO_QUIZZES),
    "draw": dropped(_NO_QUIZZES),
    "forms": dropped(_NO_QUIZZES),
    "shuffle-questions": dropped(_NO_QUIZZES),
    "shuffle-options": dropped("GIFT has no place for it; the setting that the site has for new questions counts"),
    "banks": changed("each bank is a category; which quiz takes its questions is not said"),
    "unused-bank-questions": KEPT,
}
FILE = "questions.gift"
_SPECIAL = re.compile(r"[\\~=#{}:]")
_LINE_END = re.compile(r"\r\n?|\n")
_LONGEST_ID = 100
_LONGEST_TAG = 50
"""What Moodle's columns hold. A longer id stops the import; of tags it takes the beginning, so that two could become one."""
_LONGEST_NAME = 250
"""Moodle has room for 255 characters in names of categories and in entries to match, and breaks off an import with longer ones.

Names are cut. What is to be matched with longer entries is asked one by one, as in formats without matching, so that nothing is lost.
"""


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """The one file: the questions of each quiz and each bank in a category of their own."""
    maker = _Questions(course, templates)
    head = f"// {' '.join(course.title.split())}, {course.version}, {course.language}, {course.licence}"
    parts = [head]
    for each in (unit,) if unit else course.units:
        for quiz in each.quizzes():
            intro = [maker.description(quiz.id, quiz.title, quiz.set.intro)] if quiz.set.intro else []
            parts += _in_category([*intro, *maker.all(quiz.set.questions)], course.title, each.title, quiz.title)
        for bank in each.banks:
            parts += _in_category(maker.all(bank.questions), course.title, each.title, bank.title)
    yield FILE, "".join(f"{part}\n\n" for part in parts).encode()


def _in_category(made: list[str], *names: str) -> list[str]:
    """Questions after their category; no category without a question."""
    return [_category(*names), *made] if made else []


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


class _Questions:
    """Writes questions of one course."""

    def __init__(self, course: Course, templates: Templates) -> None:
        self._kinds = native(CARRIES, course.moodle.version)
        self._direction = templates.direction
        self._see = places(course, templates)

    def all(self, questions: Iterable[Question]) -> list[str]:
        """Each question, or what takes its place."""
        return [self._question(each) for question in questions for each in self._written(question)]

    def _written(self, question: Question) -> tuple[Question, ...]:
        made = (question,) if question.kind in self._kinds else substitute(question, self._kinds).questions
        if any(isinstance(each, Matching) and not _fits(each) for each in made):
            return substitute(question, self._kinds - {Matching.kind}).questions
        return made

    def description(self, ident: str, title: str, text: Rich) -> str:
        """What is read before the questions: a question without an answer."""
        return f"// [id:{_ident(ident)}]\n::{_escaped(_named(title))}::{self._stem(text)}"

    def _question(self, question: Question) -> str:
        labels = [*question.outcomes, *question.competences, *([question.difficulty] if question.difficulty else []), *question.tags]
        tags = dict.fromkeys(shortened(label, _LONGEST_TAG) for label in labels)
        comment = " ".join([f"[id:{_ident(question.id)}]", *(f"[tag:{tag}]" for tag in tags)])
        stem = self._stem(question.stem, question.unit if isinstance(question, Numerical) else None)
        lines = self._answers(question)
        if general := self._general(question):
            lines.append(f"####{general}")
        begin, end = "#" if isinstance(question, Numerical) else "", ""
        if isinstance(question, (TrueFalse, Essay)):
            inside = "".join(lines)
        else:
            inside, end = "".join(f"\n\t{line}" for line in lines), "\n"
        return f"// {comment}\n::{_escaped(_named(question.name))}::{stem}{{{begin}{inside}{end}}}"

    def _stem(self, text: Rich, unit: str | None = None) -> str:
        nodes = self._nodes(text)
        if unit:
            nodes += (Element("p", (), (f"({unit})",)),) if has_blocks(nodes) else (f" ({unit})",)
        return f"[html]{_escaped(self._html(nodes))}"

    def _answers(self, question: Question) -> list[str]:
        """What stands in the braces, before the general feedback."""
        if isinstance(question, SingleChoice):
            return [
                f"{'=' if option.correct else '~'}{self._text(option.text)}{self._told(option.feedback)}" for option in question.options
            ]
        if isinstance(question, MultipleResponse):
            options = zip(fractions(question), question.options, strict=True)
            return [f"~%{share}%{self._text(option.text)}{self._told(option.feedback)}" for share, option in options]
        if isinstance(question, TrueFalse):
            right, wrong = (question.if_true, question.if_false) if question.answer else (question.if_false, question.if_true)
            feedback = [self._told(wrong) or ("#" if right else ""), self._told(right)]
            return ["TRUE" if question.answer else "FALSE", *feedback]
        if isinstance(question, ShortAnswer):
            return [
                f"=%{whole(answer.correct)}%{words}{self._told(answer.feedback)}"
                for words, answer in listed(question, lambda form: _typed(form, question.wildcards))
            ]
        if isinstance(question, Numerical):
            return [
                f"=%{whole(answer.correct)}%{answer.value}:{answer.tolerance.lstrip('-')}{self._told(answer.feedback)}"
                for answer in accepted_first(question.answers)
            ]
        if isinstance(question, Matching):
            pairs = [f"={self._text(pair.text)} -> {_escaped(_named(pair.match))}" for pair in question.pairs]
            return pairs + [f"= -> {_escaped(_named(each.text))}" for each in question.distractors]
        return []

    def _general(self, question: Question) -> str:
        """The feedback for everybody, and after it what GIFT has no other place for: a model answer, why pairs belong together."""
        more: list[Rich | None] = []
        if isinstance(question, Essay):
            more = [question.model_answer]
        elif isinstance(question, Matching):
            more = [pair.feedback for pair in question.pairs]
        told = [text for text in (question.feedback, *more) if text]
        if len(told) < 2:
            return "".join(self._text(text) for text in told)
        markup = "".join(blocks(self._nodes(text), _nowhere).strip() for text in told)
        return _begun(_escaped(_ready(directed(markup, self._direction))))

    def _told(self, feedback: Rich | None) -> str:
        return f"#{self._text(feedback)}" if feedback else ""

    def _text(self, text: Rich) -> str:
        return _begun(_escaped(self._html(self._nodes(text))))

    def _html(self, nodes: tuple[Node, ...]) -> str:
        return _ready(directed(html(nodes, _nowhere).strip(), self._direction, "div" if has_blocks(nodes) else "span"))

    def _nodes(self, text: Rich) -> tuple[Node, ...]:
        """A text without what a file of words cannot hold. A picture that tells nothing has its name where else nothing would be left."""
        nodes = worded(text.nodes, self._instead)
        told = tuple(_without_media(nodes, named=False))
        return told if fold(told) else tuple(_without_media(nodes, named=True))

    def _instead(self, target: Reference) -> str:
        if isinstance(target, Link):
            return f" ({self._see(target)})"
        return f" ({file_name(target)})" if isinstance(target, Media) else ""


def _without_media(nodes: Iterable[Node], named: bool) -> Iterator[Node]:
    """A picture becomes what it tells, or if ``named`` its file's name; a recording becomes its name."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag == "img":
            source = node.get("src")
            yield node.words("alt") or (f"[{file_name(source)}]" if named and isinstance(source, Media) else "")
        elif node.tag in RECORDINGS:
            yield f"[{recording_name(node)}]"
        else:
            yield Element(node.tag, node.attributes, tuple(_without_media(node.children, named)), node.line, node.column)


def _ident(ident: str) -> str:
    return shortened(ident, _LONGEST_ID, "-")


def _typed(form: str, wildcards: bool) -> str:
    """A form of an answer to type: words and not HTML, in which * stands for anything unless a backslash is before it.

    ``->`` would make a matching of the question, and ``&&`` with a number is what Moodle itself puts for an escaped character; neither
    can be escaped. A * in the middle, which may stand for nothing, keeps them apart.
    """
    words = re.sub("&(?=&[01][0-9][0-9];)", "&*", starred(form, wildcards).replace("->", "-*>"))
    return ("[plain]" if words.startswith("[") else "") + _escaped(words)


def _begun(words: str) -> str:
    """A text whose first word is in square brackets says what it is, for those could be taken for the name of a format."""
    return f"[html]{words}" if words.startswith("[") else words


def _ready(markup: str) -> str:
    return markup.replace("@@PLUGINFILE@@", "@@PLUGINFILE@&#64;")  # what Moodle puts the address of its files in place of


def _named(words: str) -> str:
    """A name or an entry to match. Moodle takes these for HTML: what could be a tag or a reference is written so that it is words."""
    return escape(words) if re.search("<|&[#&A-Za-z0-9]", words) else words


def _escaped(words: str) -> str:
    """Words in which nothing has a meaning in GIFT; a line end is ``\\n``."""
    return _LINE_END.sub(r"\\n", _SPECIAL.sub(r"\\\g<0>", words))


def _nowhere(reference: Reference) -> str:
    raise ValueError(f"a text file cannot refer to {reference}")
