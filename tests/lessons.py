"""A lesson of Moodle read from a backup, and played and graded as Moodle does (mod/lesson/locallib.php). It knows nothing of our writer."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from backup import Activity, number, value
from lxml import html

CONTENT, MULTIPLE_CHOICE = 20, 3
END = -9


class Answer(NamedTuple):
    """An answer or a button."""

    id: int
    text: str
    """HTML in an answer, words on a button."""
    jump: int
    score: int
    response: str


class Page(NamedTuple):
    """A page, with its answers in the order of their numbers, as Moodle has them."""

    id: int
    kind: int
    title: str
    contents: str
    answers: tuple[Answer, ...]

    @property
    def words(self) -> str:
        """What can be read on it, without the buttons."""
        return words_of(self.contents)

    @property
    def listed(self) -> list[str]:
        """The entries of the list of values."""
        found = html.fragment_fromstring(self.contents, create_parent="div").xpath('.//ul[@class="list-unstyled"]/li')
        return [each.text_content() for each in found]


class Lesson:
    """A lesson: its pages from the first to the last."""

    def __init__(self, activity: Activity) -> None:
        self.row = activity.data
        found = {int(each.get("id")): each for each in self.row.iterfind("pages/page")}
        self.pages = {number(each, "prevpageid"): _page(ident, each) for ident, each in found.items()}
        assert len(self.pages) == len(found), "two pages have the same one before them"
        place, order = 0, []
        while place in self.pages:
            order.append(self.pages[place])
            place = order[-1].id
        assert len(order) == len(found), "the chain of pages is broken"
        assert [number(found[page.id], "nextpageid") for page in order] == [*(page.id for page in order[1:]), 0]
        self.order = order
        self.by_id = {page.id: page for page in order}

    def grade(self, attempts: Iterable[tuple[Page, Answer]]) -> Fraction | None:
        """Per cent of the points, as ``lesson_grade`` has it for own scores: of each page with a question that was answered the last answer
        counts, and the best that there is on it. None where no question was met."""
        last = {page.id: answer for page, answer in attempts if page.kind == MULTIPLE_CHOICE}
        if not last:
            return None
        most = sum(max(answer.score for answer in self.by_id[ident].answers) for ident in last)
        earned = sum(answer.score for answer in last.values())
        return Fraction(100 * earned, most) if most else Fraction(0)


def _page(ident: int, element: Any) -> Page:
    answers = (
        Answer(int(each.get("id")), value(each, "answer_text"), number(each, "jumpto"), number(each, "score"), value(each, "response"))
        for each in element.iterfind("answers/answer")
    )
    return Page(ident, number(element, "qtype"), value(element, "title"), value(element, "contents"), tuple(sorted(answers)))


def words_of(markup: str) -> str:
    """The words of some HTML, with white space folded."""
    return " ".join(html.fragment_fromstring(markup, create_parent="div").text_content().split()) if markup else ""
