"""Quizzes on paper: for each quiz a document to print and fill in, and a key for who corrects it. HTML that needs nothing else.

Each document brings its own style and no script, so that it can be printed as it is. Where a quiz has parallel forms, each is a paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..fidelity import KEPT, QUESTIONS, Capabilities, changed, dropped
from ..model import Anchor, ChoiceGap, Cloze, Course, Element, Form, Gap, Gloss, Link, Media, Node, Question, Quiz, Rich, Unit
from ..model.rich import fold
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
    "links": changed("links into the course become their words; web addresses are printed"),
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
    """What becomes a document for learners, and another one for who corrects it."""

    unit: Unit
    quiz: Quiz
    form: Form | None
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """The name of its file, without the ending; two hyphens stand in no author's id, so no two papers have the same."""
        name = f"{self.quiz.id}--{self.form.id}" if self.form else str(self.quiz.id)
        return f"{name}--quiz" if f"{name}.html" == INDEX else name

    @property
    def total(self) -> int:
        """The points of all its questions."""
        return sum(question.points for question in self.questions)

    @property
    def needed(self) -> str:
        """The points that pass."""
        return number(self.total * self.quiz.set.pass_mark / 100)

    def draws(self) -> list[Draw]:
        """What is drawn in the course and printed as a whole here."""
        places = {question.id: place for place, question in enumerate(self.questions, 1)}
        groups = [group for group in self.quiz.set.groups() if group.draw < len(group.questions)] if self.form is None else []
        return [Draw(group.draw, ranges([places[question.id] for question in group.questions])) for group in groups]


def entries(course: Course, templates: Templates, unit: Unit | None = None) -> Iterable[Entry]:
    """The files: a list of all papers, each paper and its key, and the media they show."""
    return _Papers(course, templates, (unit,) if unit else course.units).entries()


def papers(unit: Unit) -> Iterator[Paper]:
    """The papers of a unit, in order."""
    for quiz in unit.quizzes():
        asked = {question.id: question for question in quiz.set.pool()}
        for form in quiz.set.forms:
            yield Paper(unit, quiz, form, tuple(asked[name] for name in form.questions if name in asked))
        if not quiz.set.forms:
            yield Paper(unit, quiz, None, tuple(asked.values()))


class _Papers:
    def __init__(self, course: Course, templates: Templates, units: Sequence[Unit]) -> None:
        self.course = course
        self.templates = templates
        self.units = units
        self.files: dict[str, Content] = {}
        self.style = markup(templates.style("page.css") + templates.style("paper/paper.css", "paper"))
        self.outcomes: Mapping[str, str] = {outcome.id: outcome.text for unit in course.units for outcome in unit.outcomes}

    def entries(self) -> Iterable[Entry]:
        listed = [(unit, list(papers(unit))) for unit in self.units]
        self._document(INDEX, "index.html", listed=[(unit, made) for unit, made in listed if made])
        for paper in (paper for _, made in listed for paper in made):
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

    def _address(self, reference: Link | Anchor | Media | Gloss) -> str:
        if not isinstance(reference, Media):
            raise ValueError(f"paper cannot refer to {reference}")
        self.files[f"media/{reference.path}"] = reference.source
        return f"media/{reference.path}"

    def _filled(self, question: Cloze, *, key: bool) -> Rich:
        """The text of a cloze: at each gap its number, and a line; or in the key what is right there."""
        numbers = {gap.id: place for place, gap in enumerate(question.gaps, 1)}

        def fill(gap: Gap) -> tuple[Node, ...]:
            entry = next(each for each in (gap.options if isinstance(gap, ChoiceGap) else gap.answers) if each.correct)
            place = f"({numbers[gap.id]}) "
            words: Node = Element("strong", (), (str(entry.text),)) if key else _LINE
            return (Element("span", (("class", "cg-gap"),), (place, words)),)

        return Rich(question.filled(fill), question.stem.place)

    def _prepare(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """What paper can hold: a link into the course is its words, a recording is its name, nothing is closed, tables have room."""
        return tuple(self._prepared(nodes))

    def _prepared(self, nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            if isinstance(node, str):
                yield node
                continue
            inside = tuple(self._prepared(node.children))
            if node.tag == "a" and isinstance(node.get("href"), (Link, Anchor, Gloss)):
                yield from inside
            elif node.tag in ("audio", "video"):
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
        sources = (each.get("src") for each in (element, *(child for child in element.children if isinstance(child, Element))))
        media = next((source for source in sources if isinstance(source, Media)), None)
        name = element.words("title") or (media.path.rpartition("/")[2] if media else element.tag)
        words = self.templates.text("paper.sound" if element.tag == "audio" else "paper.film", name=name)
        return Element("span", (("class", "cg-recording"),), ("[", Element("a", (("href", media),), (words,)) if media else words, "]"))


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
