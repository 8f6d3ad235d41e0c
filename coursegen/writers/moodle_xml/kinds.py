"""Each kind of question as an element of Moodle XML. Where Moodle lacks something, ``CARRIES`` and ``docs/moodle.md`` say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...fractions import fractions, whole
from ...model import (
    ChoiceGap,
    Cloze,
    Element,
    Essay,
    Gap,
    Identifier,
    Matching,
    Media,
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
from ...portable import substitute
from ...render.html import has_blocks
from ...render.templates import Templates
from ...shortened import shortened
from ...typed_forms import accepted_first, listed, starred
from . import embedded
from .special import LONGEST_TAG, is_embedded, is_essay
from .texts import Texts, cdata, element, name, plain, text

LONGEST_ID = 100
LONGEST_UNIT = 50
"""Characters that Moodle's columns hold. A longer id stops the import."""
_FIELD_SIZES = (2, 3, *range(5, 45, 5))
"""The numbers of lines that Moodle offers for an essay."""


class Kinds:
    """Writes questions of one course."""

    def __init__(self, texts: Texts, templates: Templates) -> None:
        self._texts = texts
        self._templates = templates

    def description(self, ident: Identifier, title: str, intro: Rich) -> str:
        """A text without a question: what stands before the questions of a quiz."""
        return element(
            "question",
            "\n" + element("name", text(name(title))),
            self._texts.field("questiontext", intro),
            self._texts.field("generalfeedback"),
            _numbers(defaultgrade=0, penalty=0, hidden=0),
            element("idnumber", shortened(ident, LONGEST_ID, "-")),
            type="description",
        )

    def question(self, question: Question, shuffled: bool) -> str:
        """The element of a question; ``shuffled`` says whether its options come in another order each time."""
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
        raise TypeError(f"no Moodle XML for {question.kind}")

    def _whole(self, question: Question, qtype: str, *content: str, stem: str = "", feedback: Iterable[Rich | None] = ()) -> str:
        """What all have, around what is special to a kind. No hint costs points, so the penalty is 0."""
        return element(
            "question",
            "\n" + element("name", text(name(question.name))),
            element("questiontext", stem, format="html") if stem else self._texts.field("questiontext", question.stem),
            self._texts.field("generalfeedback", question.feedback, *feedback),
            _numbers(defaultgrade=question.points, penalty=0, hidden=0),
            element("idnumber", shortened(question.id, LONGEST_ID, "-")),
            *content,
            *(self._texts.field("hint", hint) for hint in question.hints if not is_essay(question)),
            self._tags(question),
            type=qtype,
        )

    def _tags(self, question: Question) -> str:
        source = question.source.replace("<", "‹").replace(">", "›").replace("`", "'") if question.source else ""
        words: list[str] = [
            *question.outcomes,
            *question.competences,
            *question.tags,
            *([question.difficulty] if question.difficulty else []),
        ]
        if source:
            words.append(self._templates.text("moodle.source", source=" ".join(source.split())))
        tags = dict.fromkeys(shortened(each, LONGEST_TAG) for each in words)
        return element("tags", *(element("tag", text(tag)) for tag in tags)) if tags else ""

    def _combined(self, question: Question) -> Iterator[str]:
        """Feedback for a right, a partly right and a wrong answer, of the kinds that have a place for it."""
        for tag, field in (("correctfeedback", "if_right"), ("partiallycorrectfeedback", "if_partly"), ("incorrectfeedback", "if_wrong")):
            yield self._texts.field(tag, getattr(question, field, None))

    def _answer(self, fraction: str, words: str, *feedback: Rich | None, more: str = "", format: str = "plain_text") -> str:
        return element("answer", words, self._texts.field("feedback", *feedback), more, fraction=fraction, format=format)

    def _choice(self, question: SingleChoice | MultipleResponse | RatingScale, shuffled: bool) -> str:
        """Options in HTML, with pictures. Each level of a scale is right: a single choice needs a right option, and there are no points."""
        if isinstance(question, RatingScale):
            answers = [self._answer("100", text(self._texts.words((level.text,), None)), format="html") for level in question.levels]
        else:
            options = zip(question.options, fractions(question), strict=True)
            answers = [self._answer(share, self._texts.inside(each.text), each.feedback, format="html") for each, share in options]
        several = isinstance(question, MultipleResponse)
        settings = (
            element("single", "false" if several else "true"),
            element("shuffleanswers", "true" if shuffled and not isinstance(question, RatingScale) else "false"),
            element("answernumbering", "none"),
            element("showstandardinstruction", "1" if several else "0"),
        )
        return self._whole(question, "multichoice", *settings, *self._combined(question), *answers)

    def _true_false(self, question: TrueFalse) -> str:
        told = ((True, "true", question.if_true), (False, "false", question.if_false))
        answers = (
            self._answer(whole(says == question.answer), text(word), own, _if(question, says == question.answer))
            for says, word, own in told
        )
        return self._whole(question, "truefalse", *answers)

    def _short_answer(self, question: ShortAnswer) -> str:
        answers = [
            self._answer(whole(answer.correct), text(form), answer.feedback, _if(question, answer.correct))
            for form, answer in listed(question, lambda form: starred(form, question.wildcards))
        ]
        return self._whole(
            question,
            "shortanswer",
            element("usecase", "1" if question.case == "counts" else "0"),
            *answers,
            *self._anything_else(question),
            stem=self._stem(question),
        )

    def _numerical(self, question: Numerical) -> str:
        """The field stands in the text, before the unit: that is what five underscores mean in a question of this type."""
        answers = [
            self._answer(
                whole(answer.correct),
                text(answer.value),
                answer.feedback,
                _if(question, answer.correct),
                more=element("tolerance", answer.tolerance.lstrip("-")),
            )
            for answer in accepted_first(question.answers)
        ]
        unit = question.unit or ""
        # Moodle takes the blanks out of what is typed, and then looks for the unit.
        names = [each for each in dict.fromkeys((unit, "".join(unit.split()))) if each and len(each) <= LONGEST_UNIT]
        units = [element("unit", _numbers(multiplier=1), element("unit_name", cdata(each))) for each in names]
        settings = _numbers(unitgradingtype=0, unitpenalty=0, showunits=0 if units else 3, unitsleft=0)
        return self._whole(
            question,
            "numerical",
            *answers,
            *self._anything_else(question, _numbers(tolerance=0)),
            element("units", *units) if units else "",
            settings,
            stem=self._stem(question, unit),
        )

    def _stem(self, question: ShortAnswer | Numerical, unit: str = "") -> str:
        """The text of a question to type in. Five underscores would be the place of the field."""
        files: dict[str, Media] = {}
        markup = re.sub("_(?=_{4})", "&#95;", self._texts.blocks(question.stem.nodes, files))
        if unit:
            markup += f"<p>_____ {self._texts.words((unit,), None)}</p>"
        return self._texts.with_files(markup, files)

    def _anything_else(self, question: ShortAnswer | Numerical, more: str = "") -> Iterator[str]:
        """What is told after a wrong answer that nobody foresaw: an asterisk stands for anything."""
        if question.if_wrong:
            yield self._answer("0", text("*"), question.if_wrong, more=more)

    def _matching(self, question: Matching, shuffled: bool) -> str:
        if is_embedded(question):
            return self._embedded(question, *embedded.as_gaps(question), shuffled)
        pairs = [(self._texts.inside(pair.text), str(pair.match)) for pair in question.pairs]
        spare = [(text(""), str(each.text)) for each in question.distractors]
        parts = [element("subquestion", words, element("answer", text(plain(match))), format="html") for words, match in (*pairs, *spare)]
        told = (self._part((*pair.text.nodes, f" – {pair.match}"), pair.feedback) for pair in question.pairs)
        settings = element("shuffleanswers", "true" if shuffled else "false")
        return self._whole(question, "matching", settings, *self._combined(question), *parts, feedback=told)

    def _ordering(self, question: Ordering) -> str:
        settings = (
            element("layouttype", "VERTICAL"),
            element("selecttype", "ALL"),
            element("selectcount", str(len(question.items))),
            element("gradingtype", "ABSOLUTE_POSITION" if question.credit == "partial" else "ALL_OR_NOTHING"),
            element("showgrading", "SHOW"),
            element("numberingstyle", "none"),
        )
        answers = (
            element("answer", self._texts.inside(step.text), fraction=str(number), format="html")
            for number, step in enumerate(question.items, 1)
        )
        told = (self._part(step.text.nodes, step.feedback) for step in question.items)
        return self._whole(question, "ordering", *settings, *self._combined(question), *answers, feedback=told)

    def _part(self, words: tuple[Node, ...], feedback: Rich | None) -> Rich | None:
        """The feedback of a part, after what the part says."""
        if not feedback:
            return None
        if has_blocks(feedback.nodes):
            return Rich((Element("p", (), (*words, ":")), *feedback.nodes))
        return Rich((Element("p", (), (*words, ": ", *feedback.nodes)),))

    def _cloze(self, question: Cloze, shuffled: bool) -> str:
        """Where words are chosen, and no option has feedback, a type that has all combined feedback; else answers embedded in the text."""
        if is_embedded(question):
            return self._embedded(question, embedded.text_of(question), question.gaps, shuffled)
        return self._select_words(question, [gap for gap in question.gaps if isinstance(gap, ChoiceGap)], shuffled)

    def _select_words(self, question: Cloze, gaps: list[ChoiceGap], shuffled: bool) -> str:
        """``[[n]]`` is the place of the nth option of all, which is the right one there; each gap has its own group of options."""
        options = [(group, option) for group, gap in enumerate(gaps, 1) for option in gap.options]
        places = [
            next(n for n, (group, option) in enumerate(options, 1) if group == own and option.correct) for own in range(1, len(gaps) + 1)
        ]
        files: dict[str, Media] = {}
        markup = self._texts.blocks(embedded.text_of(question), files).replace("[[", "&#91;[")
        markup = embedded.GAPS.sub(lambda found: f"[[{places[int(found[1])]}]]", markup)
        listed = (element("selectoption", text(plain(option.text)), _numbers(group=group)) for group, option in options)
        settings = element("shuffleanswers", "1" if shuffled else "0")
        stem = self._texts.with_files(markup, files)
        return self._whole(question, "gapselect", settings, *self._combined(question), *listed, stem=stem)

    def _embedded(self, question: Cloze | Matching, body: tuple[Node, ...], gaps: tuple[Gap, ...], shuffled: bool) -> str:
        """Answers embedded in the text. The type has no combined feedback: the general one says what it is for."""
        files: dict[str, Media] = {}
        markup = self._texts.blocks(body, files)
        weight = max(1, -(-question.points // len(gaps)))
        told = (
            each
            for key, feedback in (("right", question.if_right), ("partly", question.if_partly), ("wrong", question.if_wrong))
            if feedback
            for each in (self._label(f"if.{key}"), feedback)
        )
        stem = self._texts.with_files(embedded.embed(markup, gaps, weight, self._texts, shuffled), files)
        return self._whole(question, "cloze", stem=stem, feedback=told)

    def _label(self, key: str) -> Rich:
        return Rich((Element("p", (), (Element("strong", (), (self._templates.text(key),)),)),))

    def _essay(self, question: Essay) -> str:
        model = question.model_answer
        label = self._label("essay.model") if model else None
        settings = (
            element("responseformat", "plain"),
            element("responserequired", "1"),
            element("responsefieldlines", str(next(size for size in _FIELD_SIZES if size >= question.lines))),
            element("attachments", "0"),
            self._texts.field("graderinfo", model),
        )
        return self._whole(question, "essay", *settings, feedback=(label, model))


def _if(question: Question, correct: bool) -> Rich | None:
    """Feedback for a right or a wrong answer, where it has to follow the answer's own."""
    found: Rich | None = getattr(question, "if_right" if correct else "if_wrong")
    return found


def _numbers(**values: int) -> str:
    return "".join(element(tag, str(value)) for tag, value in values.items())
