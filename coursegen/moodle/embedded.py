"""Answers embedded in a text: the syntax of Moodle's cloze questions, ``{1:MULTICHOICE:=right#feedback~wrong}``.

Moodle finds them with a regular expression, undoes one level of character references in answers and feedback, and then takes a backslash
from before ``}`` and ``#``. So every character that could mean something is written as a reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..model import ChoiceGap, Cloze, Element, Gap, GapOption, Identifier, Matching, Node, Plain, Rich, TextGap
from ..render.html import has_blocks
from ..typed_forms import listed, starred
from .fractions import whole
from .nodes import with_files_inside
from .question import EmbeddedGap, Markup, Picked, Place, Typed, Writer

GAP = "\1{}\1"
"""Stands in the place of a gap until the words are guarded."""
GAPS = re.compile("\1([0-9]+)\1")
_SPECIAL = re.compile(r"""[~=#{}%\\&<>"']""")
_INSIDE = Place("answerfeedback")
"""No file goes there: what is embedded has its files in the text."""


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


def with_marks(text: Markup) -> Markup:
    """A text with the marks of gaps in which nothing else looks like a gap."""
    return text.become(text.html.replace("{", "&#123;"))


def filled(text: Markup, gap: Callable[[int], str]) -> Markup:
    """A text with something in the place of each mark; ``gap`` gets the number of the gap, from 0."""
    return text.become(GAPS.sub(lambda found: gap(int(found[1])), text.html))


def embedded(gap: Gap, weight: int, writer: Writer, shuffled: bool) -> EmbeddedGap:
    """A gap as Moodle has it."""
    if isinstance(gap, TextGap):
        case_counts = gap.case == "counts"
        words = tuple(
            Typed(starred(form, gap.wildcards), whole(answer.correct), _told(answer.feedback, writer)) for form, answer in listed(gap)
        )
        code = _code(weight, "SHORTANSWER_C" if case_counts else "SHORTANSWER", (_alternative(_raw(each.words), each) for each in words))
        return EmbeddedGap(code, weight, case_counts, shuffled=False, answers=words)
    options = tuple(
        Picked(writer.words((option.text,), _INSIDE), whole(option.correct), _told(option.feedback, writer)) for option in gap.options
    )
    kind = "MULTICHOICE_S" if shuffled else "MULTICHOICE"
    code = _code(weight, kind, (_alternative(_coded(each.text.html), each) for each in options))
    return EmbeddedGap(code, weight, case_counts=False, shuffled=shuffled, answers=options)


def _code(weight: int, kind: str, alternatives: Iterable[str]) -> str:
    return f"{{{weight}:{kind}:{'~'.join(alternatives)}}}"


def _told(feedback: Rich | None, writer: Writer) -> Markup:
    return writer.blocks(with_files_inside(feedback.nodes), _INSIDE) if feedback else Markup()


def _alternative(words: str, answer: Typed | Picked) -> str:
    told = f"#{_coded(answer.feedback.html)}" if answer.feedback.html else ""
    return f"{'=' if answer.fraction == whole(True) else ''}{words}{told}"


def _coded(markup: str) -> str:
    """HTML in an answer or its feedback. A backslash is a reference of HTML itself, so that Moodle takes none away."""
    return _references(markup.replace("\\", "&#92;"))


def _raw(words: str) -> str:
    """Words to type. They are no HTML: a backslash that Moodle would take away is there twice."""
    return _references(re.sub(r"\\(?=[#}])", r"\\\\", words))


def _references(words: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", words)
