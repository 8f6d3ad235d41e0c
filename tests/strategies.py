"""Random questions of every kind, for property-based tests: hostile rich text, few or many options, numbers, credit, labels."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from questions import HOSTILE

from coursegen.model import (
    Answer,
    ChoiceGap,
    Cloze,
    Distractor,
    Element,
    Essay,
    GapOption,
    Group,
    Identifier,
    Matching,
    MultipleResponse,
    Node,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Pair,
    Plain,
    Question,
    RatingLevel,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sortable,
    Sorting,
    Step,
    TextGap,
    TrueFalse,
)
from coursegen.model.text import Code, Number

Draw = Callable[[st.SearchStrategy[Any]], Any]
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
"""What a source may have in a text, and XML can hold."""
_SHORT = [words for words in HOSTILE if len(words) < 200]
_WORDS = st.sampled_from(_SHORT) | st.text(_CHARACTERS, max_size=40)
_INLINE = ("em", "strong", "code", "sub", "q", "kbd")
_WORD = st.text(st.sampled_from("abcdefgäéßñ 12"), min_size=1, max_size=12).map(lambda text: f"w{text}")
"""What one may have to type, with blanks anywhere; no asterisks and no commas, since how formats write those is each one's own affair."""
_SIMPLE = st.integers(-9999, 9999).map(str) | st.decimals(-9999, 9999, places=3).map(str)


def _typed_alike(word: str) -> str:
    """What is left of a word where neither case, accents nor spaces count: two answers of a question never have the same (rule Q006)."""
    return "".join(each for each in unicodedata.normalize("NFKD", word.casefold()) if not (each.isspace() or unicodedata.combining(each)))


class _Maker:
    """Makes the parts of one question. Every text ends with a word of its own, so that none can be taken for another."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self._numbers = itertools.count(1)

    def words(self) -> str:
        text = unicodedata.normalize("NFC", self.draw(_WORDS))
        return f"{text} end{next(self._numbers)}x".strip()

    def plain(self) -> Plain:
        return Plain(self.words())

    def line(self) -> Rich:
        """Words, perhaps with an element in the line."""
        nodes: list[Node] = [self.words()]
        if self.draw(st.booleans()):
            nodes += [" ", Element(self.draw(st.sampled_from(_INLINE)), (), (self.words(),)), " ", self.words()]
        return Rich(tuple(nodes))

    def block(self) -> Rich:
        """Paragraphs and lists, or only a line."""
        shape = self.draw(st.sampled_from(("line", "paragraphs", "list", "preformatted")))
        if shape == "line":
            return self.line()
        if shape == "paragraphs":
            return Rich((Element("p", (), self.line().nodes), Element("p", (), self.line().nodes)))
        if shape == "list":
            items = tuple(Element("li", (), self.line().nodes) for _ in range(2))
            return Rich((Element("p", (), (self.words(),)), Element("ul", (), items)))
        return Rich((Element("p", (), (self.words(),)), Element("pre", (), (self.words(),))))

    def maybe(self, make: Callable[[], Any]) -> Any:
        return make() if self.draw(st.booleans()) else None

    def some(self, make: Callable[[str], Any], low: int, high: int) -> tuple[Any, ...]:
        return tuple(make(f"p{number}") for number in range(self.draw(st.integers(low, high))))

    def common(self, name: str) -> dict[str, Any]:
        hard = self.draw(st.sampled_from((None, "easy", "medium", "hard")))
        return {
            "id": Identifier(name),
            "title": self.maybe(self.plain),
            "stem": self.block(),
            "hints": self.some(lambda _: self.block(), 0, 2),
            "feedback": self.maybe(self.block),
            "outcomes": tuple(self.maybe(lambda: (Identifier("lo-1"),)) or ()),
            "competences": tuple(self.maybe(lambda: (Code("1.1"),)) or ()),
            "difficulty": hard,
            "source": self.maybe(self.plain),
            "tags": tuple(self.maybe(lambda: (Identifier("a-tag"),)) or ()),
        }

    def scored(self, name: str) -> dict[str, Any]:
        told = {"if_right": self.maybe(self.block), "if_wrong": self.maybe(self.block)}
        return self.common(name) | told | {"points": self.draw(st.integers(1, 9))}

    def partly(self, name: str) -> dict[str, Any]:
        credit = self.draw(st.sampled_from(("partial", "all-or-nothing")))
        return self.scored(name) | {"credit": credit, "if_partly": self.maybe(self.block)}

    def option(self, name: str, correct: bool) -> Option:
        return Option(id=Identifier(name), text=self.line(), correct=correct, feedback=self.maybe(self.block))

    def answers(self) -> dict[str, Any]:
        words = self.draw(st.lists(_WORD, min_size=1, max_size=4, unique_by=_typed_alike))
        answers = tuple(
            Answer(
                id=Identifier(f"a{number}"),
                text=Plain(word),
                correct=number == 0 or self.draw(st.booleans()),
                feedback=self.maybe(self.block),
            )
            for number, word in enumerate(words)
        )
        return {
            "answers": answers,
            "case": self.draw(st.sampled_from(("ignored", "counts"))),
            "accents": self.draw(st.sampled_from(("counts", "ignored"))),
            "spacing": self.draw(st.sampled_from(("counts", "ignored"))),
            "wildcards": self.draw(st.booleans()),
        }


def _single(make: _Maker, name: str) -> Question:
    right = make.draw(st.integers(0, 3))
    number = itertools.count()
    options = make.some(lambda each: make.option(each, next(number) == right), right + 1, right + 5)
    return SingleChoice(**make.scored(name), options=(*options, make.option("q", False)))


def _several(make: _Maker, name: str) -> Question:
    right = make.some(lambda each: make.option(f"r{each}", True), 1, 4)
    wrong = make.some(lambda each: make.option(f"w{each}", False), 1, 4)
    return MultipleResponse(**make.partly(name), options=tuple(make.draw(st.permutations([*right, *wrong]))))


def _truth(make: _Maker, name: str) -> Question:
    told = {"if_true": make.maybe(make.block), "if_false": make.maybe(make.block)}
    return TrueFalse(**make.scored(name), answer=make.draw(st.booleans()), **told)


def _typed(make: _Maker, name: str) -> Question:
    return ShortAnswer(**make.scored(name), **make.answers())


def _number(make: _Maker, name: str) -> Question:
    values = make.draw(st.lists(_SIMPLE, min_size=1, max_size=3, unique_by=float))
    answers = tuple(
        NumberAnswer(
            id=Identifier(f"n{number}"),
            value=Number(value),
            tolerance=Number(make.draw(st.sampled_from(("0", "0.5", "0.001", "12")))),
            correct=number == 0 or make.draw(st.booleans()),
            feedback=make.maybe(make.block),
        )
        for number, value in enumerate(values)
    )
    return Numerical(**make.scored(name), answers=answers, unit=make.maybe(lambda: Plain("mm")))


def _matched(make: _Maker, name: str) -> Question:
    pairs = make.some(lambda each: Pair(id=Identifier(each), text=make.line(), match=make.plain(), feedback=make.maybe(make.block)), 2, 6)
    spare = make.some(lambda each: Distractor(id=Identifier(f"x{each}"), text=make.plain()), 0, 2)
    return Matching(**make.partly(name), pairs=pairs, distractors=spare)


def _sorted(make: _Maker, name: str) -> Question:
    groups = make.some(lambda each: Group(id=Identifier(f"g{each}"), title=make.plain()), 2, 5)
    items = make.some(
        lambda each: Sortable(
            id=Identifier(each), text=make.line(), group=make.draw(st.sampled_from(groups)).id, feedback=make.maybe(make.block)
        ),
        2,
        6,
    )
    return Sorting(**make.partly(name), groups=groups, items=items)


def _ordered(make: _Maker, name: str) -> Question:
    steps = make.some(lambda each: Step(id=Identifier(each), text=make.line(), feedback=make.maybe(make.block)), 2, 6)
    return Ordering(**make.partly(name), items=steps)


def _gapped(make: _Maker, name: str) -> Question:
    def gap(each: str) -> ChoiceGap | TextGap:
        if make.draw(st.booleans()):
            return TextGap(id=Identifier(f"g{each}"), **make.answers())
        right = make.draw(st.integers(0, 2))
        options = tuple(
            GapOption(
                id=Identifier(f"o{number}"),
                text=make.plain(),
                correct=number == right or (number < right and make.draw(st.booleans())),
                feedback=make.maybe(make.block),
            )
            for number in range(right + 2)
        )
        return ChoiceGap(id=Identifier(f"g{each}"), options=options)

    gaps = make.some(gap, 1, 4)
    nodes: list[Node] = [make.words()]
    for each in gaps:
        nodes += [f" [[{each.id}]] ", make.words()]
    return Cloze(**(make.partly(name) | {"stem": Rich((Element("p", (), tuple(nodes)),))}), gaps=gaps)


def _essay(make: _Maker, name: str) -> Question:
    return Essay(**make.common(name), model_answer=make.maybe(make.block))


def _rating(make: _Maker, name: str) -> Question:
    levels = make.some(lambda each: RatingLevel(id=Identifier(each), text=make.plain()), 2, 7)
    return RatingScale(**make.common(name), levels=levels)


KINDS: tuple[Callable[[_Maker, str], Question], ...] = (
    _single,
    _several,
    _truth,
    _typed,
    _number,
    _matched,
    _sorted,
    _ordered,
    _gapped,
    _essay,
    _rating,
)


@st.composite
def questions(draw: Draw) -> Question:
    """A question of any kind."""
    return draw(st.sampled_from(KINDS))(_Maker(draw), "q-random")


@st.composite
def of_every_kind(draw: Draw) -> list[Question]:
    """A question of each kind."""
    return [kind(_Maker(draw), f"q-{number}") for number, kind in enumerate(KINDS)]
