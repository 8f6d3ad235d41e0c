"""Answers embedded in a text: the syntax of Moodle's cloze questions, ``{1:MULTICHOICE:=right#feedback~wrong}``.

Moodle finds them with a regular expression, undoes one level of character references in answers and feedback, and then takes a backslash
from before ``}`` and ``#``. So every character that could mean something is written as a reference.
"""

from __future__ import annotations

import re

from ...model import ChoiceGap, Cloze, Element, Gap, GapOption, Identifier, Matching, Node, Plain, Rich, TextGap
from ...render.html import has_blocks
from ...typed_forms import listed, starred
from .texts import Texts

GAP = "\1{}\1"
"""Stands in the place of a gap until the words are guarded."""
GAPS = re.compile("\1([0-9]+)\1")
_SPECIAL = re.compile(r"""[~=#{}%\\&<>"']""")


def text_of(question: Cloze) -> tuple[Node, ...]:
    """The text of a cloze with a mark in the place of each gap."""
    numbers = {gap.id: number for number, gap in enumerate(question.gaps)}
    return question.filled(lambda gap: (GAP.format(numbers[gap.id]),))


def as_gaps(question: Matching) -> tuple[tuple[Node, ...], tuple[Gap, ...]]:
    """A matching as a text with a list beside each thing, for entries that are too long for a matching in Moodle."""
    targets, key = question.targets(), question.key()
    stem = question.stem.nodes if has_blocks(question.stem.nodes) else (Element("p", (), question.stem.nodes),)
    lines = tuple(Element("p", (), (*pair.text.nodes, " ", GAP.format(number))) for number, pair in enumerate(question.pairs))
    gaps = tuple(
        ChoiceGap(
            id=pair.id,
            options=tuple(
                GapOption(
                    id=Identifier(each),
                    text=Plain(words),
                    correct=key[pair.id] == each,
                    feedback=pair.feedback if key[pair.id] == each else None,
                )
                for each, words in targets.items()
            ),
        )
        for pair in question.pairs
    )
    return (*stem, *lines), gaps


def embed(markup: str, gaps: tuple[Gap, ...], weight: int, texts: Texts, shuffled: bool) -> str:
    """HTML with the marks of gaps, as the text of a cloze question. What looks like a gap in it and is none stays words."""
    return GAPS.sub(lambda found: _gap(gaps[int(found[1])], weight, texts, shuffled), markup.replace("{", "&#123;"))


def _gap(gap: Gap, weight: int, texts: Texts, shuffled: bool) -> str:
    if isinstance(gap, TextGap):
        kind = "SHORTANSWER_C" if gap.case == "counts" else "SHORTANSWER"
        answers = [(_raw(starred(form, gap.wildcards)), answer.correct, answer.feedback) for form, answer in listed(gap)]
    else:
        kind = "MULTICHOICE_S" if shuffled else "MULTICHOICE"
        answers = [(_coded(texts.words((option.text,), None)), option.correct, option.feedback) for option in gap.options]
    return f"{{{weight}:{kind}:{'~'.join(_alternative(*answer, texts) for answer in answers)}}}"


def _alternative(words: str, correct: bool, feedback: Rich | None, texts: Texts) -> str:
    told = f"#{_coded(texts.blocks(feedback.nodes, None))}" if feedback else ""
    return f"{'=' if correct else ''}{words}{told}"


def _coded(markup: str) -> str:
    """HTML in an answer or its feedback. A backslash is a reference of HTML itself, so that Moodle takes none away."""
    return _references(markup.replace("\\", "&#92;"))


def _raw(words: str) -> str:
    """Words to type. They are no HTML: a backslash that Moodle would take away is there twice."""
    return _references(re.sub(r"\\(?=[#}])", r"\\\\", words))


def _references(words: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", words)
