"""Quizzes on paper: for each quiz a document to print and fill in, and a key for who corrects it. HTML that needs nothing else.

Each document brings its own style and no script, so that it can be printed as it is. Where a quiz has parallel forms, each is a paper.
Questions of a bank that no paper of a quiz has are a paper of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..fidelity import KEPT, QUESTIONS, Capabilities, changed, dropped
from ..model import Bank, ChoiceGap, Cloze, Course, Element, Form, Gap, Link, Media, Node, Question, Quiz, Rich, Unit
from ..model.rich import fold
from ..render import theme
from ..render.links import Reference, places, worded
from ..render.media import RECORDINGS, file_name, recorded, recording_name
from ..render.templates import markup
from ..score import rounded

if TYPE_CHECKING:
    from ..archive import Content, Entry
    from ..render.templates import Templates

_PICTURES = changed("pictures are printed; sound and film cannot be, so their names are, and the files lie beside the papers")
_ONE_ORDER = dropped("on paper there is one order, that of the source")
CARRIES: Capabilities = {
    **dict.fromkeys(QUESTIONS, KEPT),
    "hints": changed("they stand in the key, for who corrects"),
    **dict.fromkeys(("media-stem", "media-option", "media-feedback"), _PICTURES),
    "links": changed("they become words, and those to activities say where they led"),
    "file-links": changed("the name of the file is printed; the file lies beside the papers"),
    "intro": KEPT,
    "pass-mark": KEPT,
    "attempts": changed("the key says how often"),
    "immediate-feedback": changed("explanations stand in the key"),
    "deferred-feedback": changed("explanations stand in the key"),
    "draw": changed("all questions are printed; the key says how many of them a try has"),
    "forms": KEPT,
    "shuffle-questions": _ONE_ORDER,
    "shuffle-options": _ONE_ORDER,
    "banks": KEPT,
    "unused-bank-questions": KEPT,
}
"""Feedback is kept: the key has it whole, at its place. That learners are not told at once is said once for each quiz."""
INDEX = "index.html"
_LINE = "_" * 20
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Draw(NamedTuple):
    """How many of some questions of a paper, as ``1–4, 6``, a try in the course has."""

    drawn: int
    numbers: str


class Paper(NamedTuple):
    """What becomes a document for learners, and another one for who corrects it: of a quiz, or of what a bank has left."""

    unit: Unit
    source: Quiz | Bank
    form: Form | None
    questions: tuple[Question, ...]

    @property
    def quiz(self) -> Quiz | None:
        """The quiz that it is a paper of."""
        return self.source if isinstance(self.source, Quiz) else None

    @property
    def name(self) -> str:
        """The name of its file, without the ending; two hyphens stand in no author's id, so no two papers have the same."""
        if self.quiz is None:
            return f"bank--{self.source.id}--questions"
        name = f"{self.source.id}--{self.form.id}" if self.form else str(self.source.id)
        return f"{name}--quiz" if f"{name}.html" == INDEX else name

    @property
    def total(self) -> int:
        """The points of all its questions."""
        return sum(question.points for question in self.questions)

    @property
    def needed(self) -> str:
        """The points that pass; empty where nothing has to be reached."""
        return number(self.total * self.quiz.set.pass_mark / 100) if self.quiz and self.total and self.quiz.set.pass_mark else ""

    def draws(self) -> list[Draw]:
        """What is drawn in the course and printed as a whole here."""
        if self.quiz is None or self.form is not None:
            return []
        places = {question.id: place for place, question in enumerate(self.questions, 1)}
        groups = [group for group in self.quiz.set.groups() if group.draw < len(group.questions)]
        return [Draw(group.draw, ranges([places[question.id] for question in group.questions])) for group in groups]


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """The files: a list of all papers, each paper and its key, and the media they show."""
    return _Papers(course, templates, (unit,) if unit else course.units).entries()


def papers(unit: Unit) -> Iterator[Paper]:
    """The papers of the quizzes of a unit, in order."""
    for quiz in unit.quizzes():
        asked = {question.id: question for question in quiz.set.pool()}
        for form in quiz.set.forms:
            yield Paper(unit, quiz, form, tuple(asked[name] for name in form.questions if name in asked))
        if not quiz.set.forms:
            yield Paper(unit, quiz, None, tuple(asked.values()))


def banked(units: Iterable[Unit], course: Course) -> Iterator[Paper]:
    """For each bank of some units a paper of the questions that no paper of a quiz of the course has."""
    asked = {question.id for unit in course.units for paper in papers(unit) for question in paper.questions}
    for unit in units:
        for bank in unit.banks:
            if left := tuple(question for question in bank.questions if question.id not in asked):
                yield Paper(unit, bank, None, left)


class _Papers:
    def __init__(self, course: Course, templates: Templates, units: Sequence[Unit]) -> None:
        self.course = course
        self.templates = templates
        self.units = units
        self.files: dict[str, Content] = {}
        self.style = markup(
            templates.style("page.css") + templates.style("paper/paper.css", "paper") + theme.style(course.theme, self._address)
        )
        self.see = places(course, templates)
        self.outcomes: Mapping[str, str] = {outcome.id: outcome.text for unit in course.units for outcome in unit.outcomes}

    def entries(self) -> Iterable[Entry]:
        listed = [(unit, list(papers(unit))) for unit in self.units]
        banks = list(banked(self.units, self.course))
        self._document(INDEX, "index.html", listed=[(unit, made) for unit, made in listed if made], banks=banks)
        for paper in (*(paper for _, made in listed for paper in made), *banks):
            for key in (False, True):
                name = f"{paper.name}--key.html" if key else f"{paper.name}.html"
                self._document(name, "quiz.html", paper=paper, quiz=paper.quiz, key=key)
        return self.files.items()

    def _document(self, name: str, template: str, **values: Any) -> None:
        written = self.templates.render(
            f"paper/{template}",
            self._address,
            self._prepare,
            course=self.course,
            style=self.style,
            dir=self.templates.direction,
            outcomes=self.outcomes,
            letter=letter,
            number=number,
            filled=self._filled,
            **values,
        )
        self.files[name] = written.encode()

    def _address(self, reference: Reference) -> str:
        if not isinstance(reference, Media):
            raise ValueError(f"paper cannot refer to {reference}")
        self.files[f"media/{reference.path}"] = reference.source
        return f"media/{reference.path}"

    def _filled(self, question: Cloze, *, key: bool) -> Rich:
        """The text of a cloze: at each gap its number, and a line to type on; in the key what is right there.

        A gap with a list has its number alone: its boxes stand below the text, and a line would ask for the answer twice.
        """
        numbers = {gap.id: place for place, gap in enumerate(question.gaps, 1)}

        def fill(gap: Gap) -> tuple[Node, ...]:
            place = f"({numbers[gap.id]})"
            if key:
                inside: tuple[Node, ...] = (f"{place} ", Element("strong", (), (right_in(gap),)))
            else:
                inside = (place,) if isinstance(gap, ChoiceGap) else (f"{place} {_LINE}",)
            listed = isinstance(gap, ChoiceGap) and not key
            return (Element("span", (("class", "cg-gap cg-listed" if listed else "cg-gap"),), inside),)

        return Rich(question.filled(fill), question.stem.place)

    def _prepare(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """What paper can hold: links say in words where they lead, a recording is its name, nothing is closed, tables have room."""
        return tuple(self._prepared(worded(nodes, self._instead)))

    def _instead(self, target: Reference) -> str | None:
        """What follows the words of a link into the course. A link to a file stays: :meth:`_prepared` adds the file's name."""
        if isinstance(target, Media):
            return None
        return f" ({self.see(target)})" if isinstance(target, Link) else ""

    def _prepared(self, nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            if isinstance(node, str):
                yield node
                continue
            inside = tuple(self._prepared(node.children))
            if node.tag == "a" and isinstance(media := node.get("href"), Media):
                yield Element("a", node.attributes, inside)
                if (name := file_name(media)) not in fold(inside):
                    yield f" ({name})"
            elif node.tag in RECORDINGS:
                yield self._recording(node)
            elif node.tag == "details":
                yield Element("details", (*(each for each in node.attributes if each[0] != "open"), ("open", "")), inside)
            elif node.tag == "table":
                caption = next((child for child in inside if isinstance(child, Element) and child.tag == "caption"), None)
                label = fold(caption.children) if caption else self.templates.text("table")
                attributes = (("class", "cg-scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", label))
                yield Element("div", attributes, (Element("table", node.attributes, inside),))
            else:
                # What loads when it is seen may never be seen before it is printed.
                yield Element(node.tag, tuple(each for each in node.attributes if each[0] != "loading"), inside)

    def _recording(self, element: Element) -> Element:
        media, name = recorded(element), recording_name(element)
        words = self.templates.text("paper.sound" if element.tag == "audio" else "paper.film", name=name)
        return Element("span", (("class", "cg-recording"),), ("[", Element("a", (("href", media),), (words,)) if media else words, "]"))


def right_in(gap: Gap) -> str:
    """What is right in a gap: all right options of a list, of words to type the first, as the others stand below."""
    if isinstance(gap, ChoiceGap):
        return " / ".join(option.text for option in gap.options if option.correct)
    return next(str(answer.text) for answer in gap.answers if answer.correct)


def letter(place: int) -> str:
    """The letter of an option or an entry, by its place from 1; after Z comes AA."""
    before, last = divmod(place - 1, len(_LETTERS))
    return (letter(before) if before else "") + _LETTERS[last]


def number(value: float) -> str:
    """A number with two decimals at most, and no more than it needs."""
    return f"{rounded(value):.2f}".rstrip("0").rstrip(".")


def ranges(places: Iterable[int]) -> str:
    """Numbers in words: ``1–4, 6``."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
