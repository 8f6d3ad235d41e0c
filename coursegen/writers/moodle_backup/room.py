"""What the maker of an activity gets, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from ...archive import Content
from ...model import Course, Media, Node, Rich
from ...moodle.words import name
from ...render.templates import Templates
from .files import Area, Files, Row
from .numbers import Numbers
from .texts import Texts, nodes_of
from .xml import Fields


class Grade(NamedTuple):
    """An item of the gradebook. ``to_pass`` is in points, as ``most`` is."""

    title: str
    most: float = 100
    to_pass: float = 0
    number: int = 0
    weight: float = 1
    """Its share in the unit; with 0 it is shown and counts nothing."""


class Rule(NamedTuple):
    """When Moodle takes an activity for completed: all that is set here must hold. With nothing set, learners tick it by hand."""

    view: bool = False
    grade: bool = False
    passed: bool = False
    own: bool = False
    """A rule of the module, in its own columns."""

    @property
    def is_automatic(self) -> bool:
        """Whether Moodle sees by itself that it is completed."""
        return any(self)


class Category(NamedTuple):
    """A category of questions, as a row of ``questions.xml``."""

    number: int
    xml: str


@dataclass(frozen=True, slots=True)
class Made:
    """An activity as Moodle has it."""

    fields: Fields
    """The columns of the module's table after the id."""
    inside: tuple[str, ...] = ()
    """The elements after the columns."""
    grades: tuple[Grade, ...] = ()
    rule: Rule = field(default_factory=Rule)
    more: Mapping[str, str] = field(default_factory=dict)
    """Further files in the activity's folder: their root elements, by name."""
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What all activities of one backup share."""

    course: Course
    templates: Templates
    numbers: Numbers
    files: Files
    texts: Texts


class Room:
    """Where one activity is made: its numbers, and texts and files that are put in their place."""

    def __init__(self, frame: Frame, ident: str, module: str) -> None:
        self.course = frame.course
        self.templates = frame.templates
        self.activity_id = ident
        self.module = module
        self.cm = frame.numbers.of("course_modules", ident)
        self.instance = frame.numbers.of(module, ident)
        self.context = frame.numbers.of("context", ident)
        self.rows: dict[int, Row] = {}
        """The files that are the activity's own: those of questions come with the questions."""
        self._frame = frame

    def section(self, ident: str) -> int:
        """The number of a section."""
        return self._frame.numbers.of("course_sections", ident)

    def number(self, *names: str) -> int:
        """The number of a part of the activity."""
        return self._frame.numbers.of(self.activity_id, *names)

    def name(self, words: str) -> str:
        """Words as a title: one line that fits the column, in which nothing is taken for markup."""
        return name(words)

    def area(self, area: str = "intro", item: int = 0, component: str = "") -> Area:
        """A place for files in the activity's context."""
        return Area(self.context, component or f"mod_{self.module}", area, item)

    def blocks(self, text: Rich | Iterable[Node] | None, area: str = "intro", item: int = 0, component: str = "") -> str:
        """A text as blocks of HTML; "" where there is none."""
        return self._frame.texts.blocks(nodes_of(text), self.area(area, item, component), self._add)

    def words(self, text: Rich | Iterable[Node] | None, area: str = "intro", item: int = 0, component: str = "") -> str:
        """A text as HTML of one line."""
        return self._frame.texts.words(nodes_of(text), self.area(area, item, component), self._add)

    def html(self, template: str, /, area: str = "intro", item: int = 0, **values: Any) -> str:
        """A template of ``templates/moodle/``, filled. It sees ``course`` and ``t``, ``html`` … (:meth:`Templates.render`)."""
        return self._frame.texts.filled(template, self.area(area, item), self._add, {"course": self.course, **values})

    def guarded(self, markup: str) -> str:
        """HTML that is written already, guarded against Moodle's filters."""
        return self._frame.texts.guarded(markup)

    def file(self, content: Content | Media, area: str, item: int = 0, filename: str = "", path: str = "/", sortorder: int = 0) -> str:
        """Put a file into an area of the activity; its address, after ``@@PLUGINFILE@@``."""
        row = self._frame.files.add(content, self.area(area, item), filename, path, sortorder)
        self._add(row)
        return row.address

    def digest(self, content: Content) -> str:
        """The SHA-1 of a content, in hexadecimal."""
        return self._frame.files.measured(content)[0]

    def link(self, activity: str, anchor: str = "") -> str:
        """The address of another activity, for a place that is no rich text."""
        return self._frame.texts.link(activity, anchor)

    def _add(self, row: Row) -> None:
        if row.area.component != "question" and not row.area.component.startswith("qtype_"):
            self.rows[row.id] = row


Maker: TypeAlias = Callable[[Room], Made]
