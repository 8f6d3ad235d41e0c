"""Questions of a quiz as rows of ``questions.xml``. What becomes of which kind is said in :mod:`coursegen.moodle.kinds`.

Each stands in a category of the quiz's own context, with its files in areas of the component ``question``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from ...model import Link, Node, Ordering, Question
from ...moodle.embedded import filled
from ...moodle.kinds import Kinds
from ...moodle.question import (
    Combined,
    Embedded,
    EmbeddedGap,
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
)
from ...render.links import Reference, places, worded
from .room import Category, Room
from .tags import tags
from .xml import Scalar, element, listed

_MODULE = 70
"""The level of a context that is an activity's."""
_COMBINED = frozenset(["correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"])
_COMPONENTS = {"subquestion": "qtype_match", "graderinfo": "qtype_essay"}
"""Whose an area for files is, where it is the type's own."""
_PLAIN, _HTML = 0, 1
"""Formats of texts: words as they are, and HTML."""
_NO_UNITS, _TYPED_UNITS = 3, 0
_ABSOLUTE_POSITION, _ALL_OR_NOTHING = 0, -1
_LONGEST_STAMP = 255


class _QuizTexts:
    """Writes the texts of one question; their files go into the areas that Moodle has for them."""

    def __init__(self, question: Question, room: Room) -> None:
        self._question = question
        self._room = room

    def blocks(self, nodes: tuple[Node, ...], place: Place) -> Markup:
        """Nodes as blocks of HTML."""
        return Markup(self._room.blocks(self._linked(nodes, place), *self._area(place)))

    def words(self, nodes: tuple[Node, ...], place: Place) -> Markup:
        """Nodes as HTML of one line."""
        return Markup(self._room.words(self._linked(nodes, place), *self._area(place)))

    def _area(self, place: Place) -> tuple[str, int, str]:
        name = self._question.id
        parts = {
            "answer": ("question_answers", name, str(place.part)),
            "answerfeedback": ("question_answers", name, str(place.part)),
            "hint": ("question_hints", name, str(place.part)),
            "subquestion": ("qtype_match_subquestions", name, str(place.part)),
        }
        return place.area, self._room.number(*parts.get(place.area, ("question", name))), _COMPONENTS.get(place.area, "question")

    def _linked(self, nodes: tuple[Node, ...], place: Place) -> tuple[Node, ...]:
        """Moodle does not look for links in what it tells after things were put in order: there they become words."""
        if isinstance(self._question, Ordering) and place.area in _COMBINED:
            return worded(nodes, self._instead)
        return nodes

    def _instead(self, target: Reference) -> str | None:
        return f" ({places(self._room.course, self._room.templates)(target)})" if isinstance(target, Link) else None


def made(question: Question, shuffled: bool, room: Room) -> MoodleQuestion:
    """A question of the course as Moodle has it."""
    return Kinds(_QuizTexts(question, room), room.templates).question(question, shuffled)


def category(name: str, key: str, parent: int, entries: Iterable[str], room: Room) -> Category:
    """A category. Without a parent it is the top one, which every context has once."""
    number = category_number(key, room)
    fields: dict[str, Scalar] = {
        "name": name,
        "contextid": room.context,
        "contextlevel": _MODULE,
        "contextinstanceid": room.cm,
        "info": "",
        "infoformat": _HTML,
        "stamp": _stamp(number, room),
        "parent": parent,
        "sortorder": 999,
        "idnumber": None,
    }
    return Category(number, element("question_category", fields, listed("question_bank_entries", entries), id=number))


def category_number(key: str, room: Room) -> int:
    """The number of a category."""
    return room.number("question_categories", key)


def entry_number(question: Question, room: Room) -> int:
    """The number by which a quiz refers to a question."""
    return room.number("question_bank_entries", question.id)


def entries(question: Question, made: MoodleQuestion, category: int, room: Room) -> list[str]:
    """The entry of a question in its category; of answers embedded in a text, an entry for each follows it."""
    row = _Row(question, made, room)
    found = [_entry(entry_number(question, room), category, made.ident, row.xml(), room)]
    if isinstance(made, Embedded):
        for number, gap in enumerate(made.gaps):
            part = room.number("question_bank_entries", question.id, str(number))
            found.append(_entry(part, category, None, row.gap(number, gap), room))
    return found


def _entry(number: int, category: int, ident: str | None, question: str, room: Room) -> str:
    version = element(
        "question_versions",
        {"version": 1, "status": "ready"},
        listed("questions", [question]),
        id=room.number("question_versions", str(number)),
    )
    fields: dict[str, Scalar] = {"questioncategoryid": category, "idnumber": ident, "ownerid": None}
    return element("question_bank_entry", fields, listed("question_version", [version]), id=number)


def _stamp(number: int, room: Room) -> str:
    """What tells a question or a category from all others, on any site."""
    return f"coursegen.invalid+{room.course.id}"[: _LONGEST_STAMP - 16] + f"+{number}"


class _Row:
    """Writes one question."""

    def __init__(self, question: Question, made: MoodleQuestion, room: Room) -> None:
        self._question = question
        self._made = made
        self._room = room
        self._number = self._id("question")

    def _id(self, table: str, *names: str) -> int:
        return self._room.number(table, self._question.id, *names)

    def xml(self) -> str:
        """The question itself."""
        made = self._made
        stem = filled(made.stem, lambda gap: f"{{#{gap + 1}}}") if isinstance(made, Embedded) else made.stem
        # The mark of embedded answers is the sum of theirs; what the question counts in the quiz is up to the quiz.
        mark = sum(gap.weight for gap in made.gaps) if isinstance(made, Embedded) else made.mark
        special = [*_SPECIAL[type(made)](self, made)]
        hints = [self._hint(number, hint) for number, hint in enumerate(made.hints)]
        return element(
            "question",
            self._fields(stem.html, made.feedback.html, mark, made.qtype),
            element(f"plugin_qtype_{made.qtype}_question", None, *special),
            *([listed("question_hints", hints)] if hints else []),
            *self._tags(),
            id=self._number,
        )

    def gap(self, number: int, gap: EmbeddedGap) -> str:
        """An answer that is embedded in the text: a question of its own, with its own notation as the text."""
        name = str(number)
        ident = self._id("question", name)
        given: tuple[Picked | Typed, ...] = gap.answers
        typed = all(isinstance(answer, Typed) for answer in given)
        qtype = TypedWords.qtype if typed else Multichoice.qtype
        answers = listed("answers", (self._answer(place, answer, name) for place, answer in enumerate(given)))
        if typed:
            special = element(TypedWords.qtype, {"usecase": gap.case_counts}, id=self._id("qtype_shortanswer_options", name))
        else:
            fields = _multichoice_fields(single=True, shuffled=gap.shuffled, told=Combined())
            special = element(Multichoice.qtype, fields, id=self._id("qtype_multichoice_options", name))
        return element(
            "question",
            self._fields(gap.code, "", gap.weight, qtype, self._number, ident),
            element(f"plugin_qtype_{qtype}_question", None, answers, special),
            id=ident,
        )

    def _fields(self, text: str, feedback: str, mark: int, qtype: str, parent: int = 0, number: int = 0) -> dict[str, Scalar]:
        return {
            "parent": parent,
            "name": self._made.name,
            "questiontext": text,
            "questiontextformat": _HTML,
            "generalfeedback": feedback,
            "generalfeedbackformat": _HTML,
            "defaultmark": mark,
            "penalty": 0,
            "qtype": qtype,
            "length": 1,
            "stamp": _stamp(number or self._number, self._room),
            "timecreated": 0,
            "timemodified": 0,
            "createdby": None,
            "modifiedby": None,
        }

    def _hint(self, number: int, hint: Markup) -> str:
        fields: dict[str, Scalar] = {"hint": hint.html, "hintformat": _HTML, "shownumcorrect": 0, "clearwrong": 0, "options": None}
        return element("question_hint", fields, id=self._id("question_hints", str(number)))

    def _tags(self) -> list[str]:
        rows = [
            element("tag", {"name": tag.lower(), "rawname": tag}, id=self._id("tag", tag), contextid=self._room.context)
            for tag in tags(self._made.tags)
        ]
        return [listed("tags", rows)] if rows else []

    def _answers(self, answers: Iterable[Picked | Typed]) -> str:
        return listed("answers", (self._answer(number, answer) for number, answer in enumerate(answers)))

    def _answer(self, number: int, answer: Picked | Typed, *gap: str) -> str:
        picked = isinstance(answer, Picked)
        words = answer.text.html if isinstance(answer, Picked) else answer.words
        share = f"{Decimal(answer.fraction) / 100:.7f}"
        return self._answer_row(number, words, _HTML if picked else _PLAIN, share, answer.feedback.html, _HTML, *gap)

    def _answer_row(self, number: int, words: str, format: int, fraction: str, feedback: str, told: int, *gap: str) -> str:
        fields: dict[str, Scalar] = {
            "answertext": words,
            "answerformat": format,
            "fraction": fraction,
            "feedback": feedback,
            "feedbackformat": told,
        }
        return element("answer", fields, id=self.answer_number(number, *gap))

    def answer_number(self, number: int, *gap: str) -> int:
        """The number of an answer, by which its files are found, too."""
        return self._id("question_answers", *gap, str(number))

    def multichoice(self, made: Multichoice) -> Iterable[str]:
        """Options to pick from."""
        yield self._answers(made.answers)
        fields = _multichoice_fields(made.single, made.shuffled, made.combined)
        yield element("multichoice", fields, id=self._id("qtype_multichoice_options"))

    def truth(self, made: Truth) -> Iterable[str]:
        """A statement. Moodle shows the words of the site's language for the two answers."""
        yield self._answers(made.answers)
        fields: dict[str, Scalar] = {
            "trueanswer": self.answer_number(0),
            "falseanswer": self.answer_number(1),
            "showstandardinstruction": 0,
        }
        yield element("truefalse", fields, id=self._id("question_truefalse"))

    def typed_words(self, made: TypedWords) -> Iterable[str]:
        """Words to type."""
        yield self._answers(made.answers)
        yield element("shortanswer", {"usecase": made.case_counts}, id=self._id("qtype_shortanswer_options"))

    def typed_number(self, made: TypedNumber) -> Iterable[str]:
        """A number to type, and what it is off is a row of its own."""
        yield self._answers(made.answers)
        units = [
            element("numerical_unit", {"multiplier": 1, "unit": unit}, id=self._id("question_numerical_units", unit)) for unit in made.units
        ]
        if units:
            yield listed("numerical_units", units)
        options: dict[str, Scalar] = {
            "showunits": _TYPED_UNITS if units else _NO_UNITS,
            "unitsleft": 0,
            "unitgradingtype": 0,
            "unitpenalty": 0,
        }
        yield listed("numerical_options", [element("numerical_option", options, id=self._id("question_numerical_options"))])
        rows = (
            element(
                "numerical_record",
                {"answer": self.answer_number(number), "tolerance": answer.tolerance},
                id=self._id("question_numerical", str(number)),
            )
            for number, answer in enumerate(made.answers)
        )
        yield listed("numerical_records", rows)

    def pairs(self, made: Pairs) -> Iterable[str]:
        """Things to match."""
        fields: dict[str, Scalar] = {"shuffleanswers": made.shuffled, **_combined(made.combined), "shownumcorrect": 0}
        yield element("matchoptions", fields, id=self._id("qtype_match_options"))
        rows = (
            element(
                "match",
                {"questiontext": thing.html, "questiontextformat": _HTML, "answertext": match},
                id=self._id("qtype_match_subquestions", str(number)),
            )
            for number, (thing, match) in enumerate(made.pairs)
        )
        yield listed("matches", rows)

    def in_order(self, made: InOrder) -> Iterable[str]:
        """Things in the right order: the fraction of an answer is its place."""
        yield listed(
            "answers",
            (self._answer_row(number, step.html, _HTML, f"{number + 1}.0000000", "", _HTML) for number, step in enumerate(made.steps)),
        )
        fields: dict[str, Scalar] = {
            "layouttype": 0,
            "selecttype": 0,
            "selectcount": len(made.steps),
            "gradingtype": _ABSOLUTE_POSITION if made.partial else _ALL_OR_NOTHING,
            "showgrading": 1,
            "numberingstyle": "none",
            **_combined(made.combined),
            "shownumcorrect": 0,
        }
        yield element("ordering", fields, id=self._id("qtype_ordering_options"))

    def select_words(self, made: SelectWords) -> Iterable[str]:
        """A text with lists: the number of an option's list stands where other types have feedback."""
        yield listed(
            "answers",
            (
                self._answer_row(number, words, _PLAIN, "0.0000000", str(group), _PLAIN)
                for number, (group, words) in enumerate(made.options)
            ),
        )
        fields: dict[str, Scalar] = {"shuffleanswers": made.shuffled, **_combined(made.combined), "shownumcorrect": 0}
        yield element("gapselect", fields, id=self._id("question_gapselect"))

    def embedded(self, made: Embedded) -> Iterable[str]:
        """A text with embedded answers, each of which is a question."""
        parts = ",".join(str(self._id("question", str(number))) for number in range(len(made.gaps)))
        yield element("multianswer", {"question": self._number, "sequence": parts}, id=self._id("question_multianswer"))

    def open_text(self, made: OpenText) -> Iterable[str]:
        """A text of one's own."""
        fields: dict[str, Scalar] = {
            "responseformat": "plain",
            "responserequired": 1,
            "responsefieldlines": made.lines,
            "minwordlimit": None,
            "maxwordlimit": None,
            "attachments": 0,
            "attachmentsrequired": 0,
            "graderinfo": made.grader.html,
            "graderinfoformat": _HTML,
            "responsetemplate": "",
            "responsetemplateformat": _HTML,
            "filetypeslist": "",
            "maxbytes": 0,
        }
        yield element("essay", fields, id=self._id("qtype_essay_options"))


_SPECIAL: dict[type[MoodleQuestion], Callable[[_Row, Any], Iterable[str]]] = {
    Multichoice: _Row.multichoice,
    Truth: _Row.truth,
    TypedWords: _Row.typed_words,
    TypedNumber: _Row.typed_number,
    Pairs: _Row.pairs,
    InOrder: _Row.in_order,
    SelectWords: _Row.select_words,
    Embedded: _Row.embedded,
    OpenText: _Row.open_text,
}
"""What each type has beside what all have."""


def _combined(told: Combined) -> dict[str, Scalar]:
    return {
        "correctfeedback": told.right.html,
        "correctfeedbackformat": _HTML,
        "partiallycorrectfeedback": told.partly.html,
        "partiallycorrectfeedbackformat": _HTML,
        "incorrectfeedback": told.wrong.html,
        "incorrectfeedbackformat": _HTML,
    }


def _multichoice_fields(single: bool, shuffled: bool, told: Combined) -> dict[str, Scalar]:
    return {
        "layout": 0,
        "single": single,
        "shuffleanswers": shuffled,
        **_combined(told),
        "shownumcorrect": 0,
        "answernumbering": "none",
        "showstandardinstruction": not single,
    }
