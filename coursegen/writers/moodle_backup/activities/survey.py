"""Surveys: mod_feedback.

Moodle keeps the settings of an item and its options in one text, with signs between them (``r>>>>>one|two<<<<<1``, ``1####low|2####high``),
and shows each option as HTML. So a sign that an author wrote is a character reference there: learners see what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from ....fidelity import KEPT, Verdict
from ....model import Element, Node, Survey
from ....model.survey import (
    AskNumber,
    AskText,
    ChooseOne,
    ChooseSeveral,
    Entry,
    OnlyIf,
    PageBreak,
    Questionnaire,
    Rated,
    SurveyItem,
    SurveyText,
)
from ....render.html import escape
from ..room import Made, Room, Rule
from ..xml import Scalar, element, listed

LONGEST = 255
"""Characters: what the columns for a question and for the answer that a condition names hold in Moodle 4."""
SURVEYS: dict[str, Verdict] = {"survey": KEPT}
_KIND = {"list": "r", "row": "r", "menu": "d"}
_SIGNS = re.compile(r"\||#(?=#)|(?<=#)#")
_MOST_REFERENCES = 20
_HIDE_NOTHING_CHOSEN = "h"
_LINE, _TEXT = "30|255", "60|{}"
"""Columns and the longest text of a line; columns and lines of a text."""


def made(survey: Survey, room: Room) -> Made:
    """A survey with its items, conditions and pages."""
    form = survey.form
    completes = room.course.completion.surveys == "answered"
    fields: dict[str, Scalar] = {
        "name": room.name(survey.title),
        "intro": room.blocks(form.intro),
        "introformat": 1,
        "anonymous": 1 if form.anonymous else 2,
        "email_notification": 0,
        "multiple_submit": form.several_times,
        "autonumbering": 0,
        "site_after_submit": "",
        "page_after_submit": room.blocks(form.thanks, "page_after_submit"),
        "page_after_submitformat": 1,
        "publish_stats": 0,
        "timeopen": 0,
        "timeclose": 0,
        "timemodified": 0,
        "completionsubmit": completes,
    }
    return Made(fields, (listed("items", _Items(form, room).rows()), element("completeds")), rule=Rule(own=completes))


class _Row(NamedTuple):
    """An item of Moodle. The number of the item follows from its key."""

    key: str
    kind: str
    name: str = ""
    presentation: str = ""
    only_if: OnlyIf | None = None
    item: SurveyItem | None = None
    """What is answered here."""


class _Items:
    """Writes the items of one survey."""

    def __init__(self, form: Questionnaire, room: Room) -> None:
        self._form = form
        self._room = room
        conditions = [entry.only_if for entry in form.items if not isinstance(entry, PageBreak) and entry.only_if]
        named = {(condition.item, condition.option) for condition in conditions}
        self._options = {
            entry.id: self._distinct(entry, [option for item, option in named if item == entry.id])
            for entry in form.items
            if isinstance(entry, ChooseOne)
        }

    def rows(self) -> Iterator[str]:
        """The items as rows of the backup."""
        found = (row for entry in self._form.items for row in self._rows(entry))
        return (self._xml(row, position) for position, row in enumerate(found, 1))

    def _xml(self, row: _Row, position: int) -> str:
        depends = row.only_if
        fields: dict[str, Scalar] = {
            "template": 0,
            "name": row.name,
            # Who edits a condition in Moodle picks its item by this label, and who reads the answers finds the item by it.
            "label": row.item.id if row.item else "",
            "presentation": row.presentation,
            "typ": row.kind,
            "hasvalue": row.item is not None,
            "position": position,
            "required": row.item is not None and row.item.required,
            "dependitem": self._number(depends.item) if depends else 0,
            "dependvalue": self._options[depends.item][depends.option] if depends else "",
            "options": _HIDE_NOTHING_CHOSEN if isinstance(row.item, (ChooseOne, Rated)) else "",
        }
        return element("item", fields, id=self._number(row.key))

    def _number(self, key: str) -> int:
        return self._room.number("feedback_item", key)

    def _rows(self, entry: Entry) -> list[_Row]:
        """The items of Moodle that an item is: one; and before it a text, where the question is too long for Moodle."""
        if isinstance(entry, PageBreak):
            return [_Row(entry.id, "pagebreak")]
        if isinstance(entry, SurveyText):
            return [self._text(entry.id, entry.text.nodes, entry.only_if)]
        kind, presentation = self._asked(entry)
        name = self._fitting(_line(entry.question))
        row = _Row(entry.id, kind, name, presentation, entry.only_if, entry)
        return [*self._in_full(entry, name), row]

    def _in_full(self, item: SurveyItem, name: str) -> Iterator[_Row]:
        """What is too long for Moodle 4, and therefore stands above the item: the question, or options that conditions name."""
        if name != self._written(item.question):
            yield self._text(f"{item.id} question", (item.question,), item.only_if)
        if isinstance(item, ChooseOne) and any(unescape(self._options[item.id][each.id]) != _line(each.text) for each in item.options):
            lines = tuple(Element("li", (), (option.text,)) for option in item.options)
            yield self._text(f"{item.id} options", (Element("ul", (), lines),), item.only_if)

    def _text(self, key: str, nodes: tuple[Node, ...], only_if: OnlyIf | None) -> _Row:
        return _Row(key, "label", presentation=self._room.blocks(nodes, "item", self._number(key)), only_if=only_if)

    def _asked(self, item: SurveyItem) -> tuple[str, str]:
        """The kind of an item in Moodle, and what it is like there."""
        if isinstance(item, ChooseOne):
            options = "|".join(self._options[item.id].values())
            return "multichoice", f"{_KIND[item.layout]}>>>>>{options}{'<<<<<1' if item.layout == 'row' else ''}"
        if isinstance(item, ChooseSeveral):
            return "multichoice", f"c>>>>>{'|'.join(self._written(option.text) for option in item.options)}"
        if isinstance(item, Rated):
            return "multichoicerated", "r>>>>>" + "|".join(f"{n}####{self._written(level)}" for n, level in enumerate(item.levels, 1))
        if isinstance(item, AskNumber):
            return "numeric", f"{item.low}|{item.high}"
        if isinstance(item, AskText):
            return ("textfield", _LINE) if item.lines == 1 else ("textarea", _TEXT.format(item.lines))
        raise TypeError(f"nothing in Moodle for {item.kind}")

    def _distinct(self, item: ChooseOne, named: Iterable[str]) -> dict[str, str]:
        """The options of an item by id; those that conditions name fit there, and are like no other.

        Moodle compares whole texts, and ``1`` with ``1.0`` as numbers. With its first characters as references an option is
        another text, and the same to learners.
        """
        found: dict[str, str] = {option.id: self._written(option.text) for option in item.options}
        words: dict[str, str] = {option.id: _line(option.text) for option in item.options}
        for option in sorted(named):
            others = [text for other, text in found.items() if other != option]
            tries = (self._fitting(words[option], count) for count in range(_MOST_REFERENCES + 1))
            found[option] = next((each for each in tries if not any(_are_same(each, other) for other in others)), found[option])
        return found

    def _fitting(self, words: str, references: int = 0) -> str:
        """Words as HTML, the first characters as references, cut where they are longer than the columns of Moodle 4."""
        begin = "".join(f"&#{ord(character)};" for character in words[:references])
        rest = words[references:]
        made, end = begin + self._written(rest), len(rest)
        while len(made) > LONGEST:
            end -= 1
            made = begin + self._written(rest[:end].rstrip() + "…")
        return made

    def _written(self, words: str) -> str:
        """Words as HTML in which none of Moodle's signs is left."""
        return self._room.guarded(_SIGNS.sub(lambda found: f"&#{ord(found[0])};", escape(_line(words))))


def _are_same(one: str, other: str) -> bool:
    """Whether PHP takes two texts for the same."""
    return one == other or (_is_number(one) and _is_number(other) and float(one) == float(other))


def _is_number(words: str) -> bool:
    return re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", words) is not None


def _line(words: str) -> str:
    """Words in one line. Blanks of other kinds stay."""
    return re.sub("[ \t\r\n\f\v]+", " ", words).strip(" ")
