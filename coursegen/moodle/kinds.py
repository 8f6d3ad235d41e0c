"""What each kind of question becomes in Moodle: its type, fractions, feedback, hints, tags and names.

Where Moodle lacks something, the writers' tables and ``docs/moodle.md`` say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..model import (
    ChoiceGap,
    Cloze,
    Element,
    Essay,
    Gap,
    Identifier,
    Matching,
    MultipleResponse,
    Node,
    Numerical,
    Ordering,
    Question,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TrueFalse,
)
from ..portable import substitute
from ..render.html import has_blocks
from ..render.templates import Templates
from ..shortened import shortened
from ..typed_forms import accepted_first, listed, starred
from . import embedded
from .fractions import fractions, whole
from .nodes import anonymous
from .question import (
    Combined,
    Description,
    Embedded,
    InOrder,
    Markup,
    MoodleQuestion,
    Multichoice,
    OpenText,
    Pairs,
    Picked,
    Place,
    SelectWords,
    Truth,
    Typed,
    TypedNumber,
    TypedWords,
    Writer,
    joined,
)
from .special import LONGEST_TAG, is_embedded, is_essay
from .words import name, plain

LONGEST_ID = 100
LONGEST_UNIT = 50
"""Characters that Moodle's columns hold. A longer id stops the import."""
_FIELD_SIZES = (2, 3, *range(5, 45, 5))
"""The numbers of lines that Moodle offers for an essay."""
_STEM = Place("questiontext")
_GENERAL = Place("generalfeedback")


class Kinds:
    """Makes questions of Moodle; ``writer`` writes their texts."""

    def __init__(self, writer: Writer, templates: Templates) -> None:
        self._writer = writer
        self._templates = templates

    def description(self, ident: Identifier, title: str, intro: Rich) -> Description:
        """A text without a question: what stands before the questions of a quiz."""
        return Description(ident=shortened(ident, LONGEST_ID, "-"), name=name(title), stem=self._blocks(intro, _STEM))

    def question(self, question: Question, shuffled: bool) -> MoodleQuestion:
        """The question; ``shuffled`` says whether its options come in another order each time."""
        if isinstance(question, Sorting):
            (question,) = substitute(question, (Matching.kind,)).questions
        if isinstance(question, (SingleChoice, MultipleResponse, RatingScale)):
            return self._choice(question, shuffled)
        if isinstance(question, TrueFalse):
            return self._true_false(question)
        if isinstance(question, ShortAnswer):
            return self._short_answer(question)
        if isinstance(question, Numerical):
            return self._numerical(question)
        if isinstance(question, Matching):
            return self._matching(question, shuffled)
        if isinstance(question, Ordering):
            return self._ordering(question)
        if isinstance(question, Cloze):
            return self._cloze(question, shuffled)
        if isinstance(question, Essay):
            return self._essay(question)
        raise TypeError(f"Moodle has nothing for {question.kind}")

    def _common(self, question: Question, stem: Markup | None = None, told: Iterable[Rich | None] = ()) -> dict[str, Any]:
        """What all have, around what is special to a kind; ``told`` follows the general feedback."""
        hints = () if is_essay(question) else question.hints
        return {
            "ident": shortened(question.id, LONGEST_ID, "-"),
            "name": name(question.name),
            "stem": stem or self._blocks(question.stem, _STEM),
            "feedback": self._feedback(_GENERAL, question.feedback, *told),
            "mark": question.points,
            "hints": tuple(self._blocks(hint, Place("hint", number)) for number, hint in enumerate(hints)),
            "tags": self._tags(question),
        }

    def _tags(self, question: Question) -> tuple[str, ...]:
        source = question.source.replace("<", "‹").replace(">", "›").replace("`", "'") if question.source else ""
        words: list[str] = [
            *question.outcomes,
            *question.competences,
            *question.tags,
            *([question.difficulty] if question.difficulty else []),
        ]
        if source:
            words.append(self._templates.text("moodle.source", source=" ".join(source.split())))
        return tuple(dict.fromkeys(shortened(each, LONGEST_TAG) for each in words))

    def _blocks(self, text: Rich, place: Place) -> Markup:
        return self._writer.blocks(anonymous(text.nodes), place)

    def _words(self, text: Rich, place: Place) -> Markup:
        return self._writer.words(anonymous(text.nodes), place)

    def _feedback(self, place: Place, *told: Rich | None) -> Markup:
        return joined(self._blocks(each, place) for each in told if each)

    def _combined(self, question: Question) -> Combined:
        """Feedback for a right, a partly right and a wrong answer, of the kinds that have a place for it."""
        areas = {"if_right": "correctfeedback", "if_partly": "partiallycorrectfeedback", "if_wrong": "incorrectfeedback"}
        return Combined(*(self._feedback(Place(area), getattr(question, field, None)) for field, area in areas.items()))

    def _told(self, number: int, *feedback: Rich | None) -> Markup:
        """The feedback of an answer."""
        return self._feedback(Place("answerfeedback", number), *feedback)

    def _choice(self, question: SingleChoice | MultipleResponse | RatingScale, shuffled: bool) -> Multichoice:
        """Options in HTML, with pictures. Each level of a scale is right: a single choice needs a right option, and there are no points."""
        shown: list[tuple[Rich, str, Rich | None]]
        if isinstance(question, RatingScale):
            shuffled = False
            shown = [(Rich((level.text,)), "100", None) for level in question.levels]
        else:
            shown = [(each.text, share, each.feedback) for each, share in zip(question.options, fractions(question), strict=True)]
        return Multichoice(
            **self._common(question),
            single=not isinstance(question, MultipleResponse),
            shuffled=shuffled,
            combined=self._combined(question),
            answers=tuple(
                Picked(self._words(text, Place("answer", number)), share, self._told(number, feedback))
                for number, (text, share, feedback) in enumerate(shown)
            ),
        )

    def _true_false(self, question: TrueFalse) -> Truth:
        true, false = (
            Typed(word, whole(says == question.answer), self._told(number, own, _if(question, says == question.answer)))
            for number, (says, word, own) in enumerate(((True, "true", question.if_true), (False, "false", question.if_false)))
        )
        return Truth(**self._common(question), answers=(true, false))

    def _short_answer(self, question: ShortAnswer) -> TypedWords:
        answers = [
            Typed(form, whole(answer.correct), self._told(number, answer.feedback, _if(question, answer.correct)))
            for number, (form, answer) in enumerate(listed(question, lambda form: starred(form, question.wildcards)))
        ]
        return TypedWords(
            **self._common(question, self._field_stem(question)),
            case_counts=question.case == "counts",
            answers=(*answers, *self._anything_else(question, len(answers))),
        )

    def _numerical(self, question: Numerical) -> TypedNumber:
        """The field stands in the text, before the unit: that is what five underscores mean in a question of this type."""
        answers = [
            Typed(
                answer.value,
                whole(answer.correct),
                self._told(number, answer.feedback, _if(question, answer.correct)),
                answer.tolerance.lstrip("-"),
            )
            for number, answer in enumerate(accepted_first(question.answers))
        ]
        unit = question.unit or ""
        # Moodle takes the blanks out of what is typed, and then looks for the unit.
        units = tuple(each for each in dict.fromkeys((unit, "".join(unit.split()))) if each and len(each) <= LONGEST_UNIT)
        return TypedNumber(
            **self._common(question, self._field_stem(question, unit)),
            answers=(*answers, *self._anything_else(question, len(answers))),
            units=units,
        )

    def _field_stem(self, question: ShortAnswer | Numerical, unit: str = "") -> Markup:
        """The text of a question to type in. Five underscores would be the place of the field."""
        stem = self._blocks(question.stem, _STEM)
        markup = re.sub("_(?=_{4})", "&#95;", stem.html)
        if unit:
            markup += f"<p>_____ {self._words(Rich((unit,)), _STEM).html}</p>"
        return stem.become(markup)

    def _anything_else(self, question: ShortAnswer | Numerical, number: int) -> tuple[Typed, ...]:
        """What is told after a wrong answer that nobody foresaw: an asterisk stands for anything."""
        return (Typed("*", "0", self._told(number, question.if_wrong)),) if question.if_wrong else ()

    def _matching(self, question: Matching, shuffled: bool) -> MoodleQuestion:
        if is_embedded(question):
            return self._embedded(question, *embedded.as_gaps(question), shuffled)
        pairs = [(self._words(pair.text, Place("subquestion", number)), plain(pair.match)) for number, pair in enumerate(question.pairs)]
        spare = [(Markup(), plain(each.text)) for each in question.distractors]
        told = (_part((*pair.text.nodes, f" – {pair.match}"), pair.feedback) for pair in question.pairs)
        common = self._common(question, told=told)
        return Pairs(**common, shuffled=shuffled, combined=self._combined(question), pairs=(*pairs, *spare))

    def _ordering(self, question: Ordering) -> InOrder:
        return InOrder(
            **self._common(question, told=(_part(step.text.nodes, step.feedback) for step in question.items)),
            partial=question.credit == "partial",
            combined=self._combined(question),
            steps=tuple(self._words(step.text, Place("answer", number)) for number, step in enumerate(question.items)),
        )

    def _cloze(self, question: Cloze, shuffled: bool) -> MoodleQuestion:
        """Where words are chosen, and no option has feedback, a type that has all combined feedback; else answers embedded in the text."""
        if is_embedded(question):
            return self._embedded(question, embedded.text_of(question), question.gaps, shuffled)
        return self._select_words(question, [gap for gap in question.gaps if isinstance(gap, ChoiceGap)], shuffled)

    def _select_words(self, question: Cloze, gaps: list[ChoiceGap], shuffled: bool) -> SelectWords:
        """``[[n]]`` is the place of the nth option of all, which is the right one there; each gap has its own group of options."""
        options = [(group, option) for group, gap in enumerate(gaps, 1) for option in gap.options]
        places = [
            next(n for n, (group, option) in enumerate(options, 1) if group == own and option.correct) for own in range(1, len(gaps) + 1)
        ]
        text = self._blocks(Rich(embedded.text_of(question)), _STEM)
        stem = embedded.filled(text.become(text.html.replace("[[", "&#91;[")), lambda gap: f"[[{places[gap]}]]")
        return SelectWords(
            **self._common(question, stem),
            shuffled=shuffled,
            combined=self._combined(question),
            options=tuple((group, plain(option.text)) for group, option in options),
        )

    def _embedded(self, question: Cloze | Matching, body: tuple[Node, ...], gaps: tuple[Gap, ...], shuffled: bool) -> Embedded:
        """Answers embedded in the text. The type has no combined feedback: the general one says what it is for."""
        weight = max(1, -(-question.points // len(gaps)))
        told = [
            each
            for key, feedback in (("right", question.if_right), ("partly", question.if_partly), ("wrong", question.if_wrong))
            if feedback
            for each in (self._label(f"if.{key}"), feedback)
        ]
        stem = embedded.with_marks(self._blocks(Rich(body), _STEM))
        found = tuple(embedded.embedded(gap, weight, self._writer, shuffled) for gap in gaps)
        return Embedded(**self._common(question, stem, told), gaps=found)

    def _label(self, key: str) -> Rich:
        return Rich((Element("p", (), (Element("strong", (), (self._templates.text(key),)),)),))

    def _essay(self, question: Essay) -> OpenText:
        model = question.model_answer
        label = self._label("essay.model") if model else None
        return OpenText(
            **self._common(question, told=(label, model)),
            lines=next(size for size in _FIELD_SIZES if size >= question.lines),
            grader=self._feedback(Place("graderinfo"), model),
        )


def _if(question: Question, correct: bool) -> Rich | None:
    """Feedback for a right or a wrong answer, where it has to follow the answer's own."""
    found: Rich | None = getattr(question, "if_right" if correct else "if_wrong")
    return found


def _part(words: tuple[Node, ...], feedback: Rich | None) -> Rich | None:
    """The feedback of a part, after what the part says."""
    if not feedback:
        return None
    if has_blocks(feedback.nodes):
        return Rich((Element("p", (), (*words, ":")), *feedback.nodes))
    return Rich((Element("p", (), (*words, ": ", *feedback.nodes)),))
