"""Case studies: mod_lesson, a page for each state of the story (:mod:`coursegen.moodle.unfolded`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ....fidelity import Verdict, changed
from ....model import Case, Storyline
from ....moodle.unfolded import LIMIT, Page, Unfolded, Way, unfolded
from ..room import Grade, Made, Room, Rule
from ..xml import Scalar, element, listed

CASES: dict[str, Verdict] = {
    "case-study": changed(
        "it is a lesson with a page for each state of the story; Moodle mixes the choices that count, shows other choices as buttons of"
        f" plain words, and does not list the path at the end; one of more than {LIMIT} pages is a text with numbered scenes and no grade"
    )
}
_CONTENT, _MULTIPLE_CHOICE = 20, 3
"""Types of page."""
_END = -9
"""A jump to the end of the lesson, which completes it."""
_PLAIN, _HTML = 0, 1
"""Formats: on buttons Moodle takes words without tags, in answers HTML."""
_CONDITIONS = 'O:8:"stdClass":3:{s:9:"timespent";i:0;s:9:"completed";i:0;s:15:"gradebetterthan";i:0;}'
"""No other lesson has to be done before (PHP's own notation)."""


class _Answer(NamedTuple):
    text: str
    jump: int
    score: int = 0
    response: str = ""
    format: int = _PLAIN


class _Sheet(NamedTuple):
    """A page of the lesson, ready but for its place among the others."""

    number: int
    kind: int
    title: str
    contents: str
    answers: str
    choices: int


def made(case: Case, room: Room) -> Made:
    """A case as a lesson. It is done when an ending was reached; the best try counts."""
    found = unfolded(case.storyline)
    sheets = _Sheets(case.storyline, room).of(found) if found else [_as_text(case, room)]
    finished = room.course.completion.cases == "finished"
    scored = bool(found and found.most)
    fields: dict[str, Scalar] = {
        "course": 1,
        "name": room.name(case.title),
        "intro": "",
        "introformat": 1,
        "practice": 0,
        "modattempts": 0,  # a review shows only the pages with questions, and stumbles over the others
        "usepassword": 0,
        "password": "",
        "dependency": 0,
        "conditions": _CONDITIONS,
        "grade": 100 if scored else 0,
        "custom": 1,
        "ongoing": 0,
        "usemaxgrade": 1,
        "maxanswers": max(5, *(sheet.choices for sheet in sheets)),
        "maxattempts": 0,  # without end, or a way back would come to another page the second time
        "review": 0,
        "nextpagedefault": 0,
        "feedback": 0,  # or Moodle would call a choice without a consequence wrong
        "minquestions": 0,  # a shorter way would have no grade and never be completed
        "maxpages": 0,
        "timelimit": 0,
        "retake": 1,
        "activitylink": 0,
        "mediafile": "",
        "mediaheight": 480,
        "mediawidth": 640,
        "mediaclose": 0,
        "slideshow": 0,
        "width": 640,
        "height": 480,
        "bgcolor": "#FFFFFF",
        "displayleft": 0,
        "displayleftif": 0,
        "progressbar": 0,
        "available": 0,
        "deadline": 0,
        "timemodified": 0,
        "completionendreached": finished,
        "completiontimespent": 0,
        "allowofflineattempts": 0,
    }
    inside = (listed("pages", _chained(sheets)), element("grades"), element("timers"), element("overrides"))
    return Made(fields, inside, (Grade(case.title),) if scored else (), Rule(own=finished))


class _Sheets:
    """The pages of a case that could be unfolded."""

    def __init__(self, story: Storyline, room: Room) -> None:
        self.story = story
        self.room = room

    def of(self, found: Unfolded) -> list[_Sheet]:
        """The page before the story, and its pages."""
        numbers = [self.room.number("lesson_pages", *page.name) for page in found.pages]
        return [self._opening(found, numbers[0]), *(self._page(page, numbers) for page in found.pages)]

    def _opening(self, found: Unfolded, first: int) -> _Sheet:
        """What is read before the first scene: Moodle would show a description above every page."""
        text = self.room.templates.text
        number = self.room.number("lesson_pages")
        contents = self.room.html("case-opening.html", "page_contents", number, story=self.story, scored=found.most > 0)
        return _content(number, text("moodle.case.opening"), contents, [_Answer(text("case.begin"), first)], self.room)

    def _page(self, page: Page, numbers: list[int]) -> _Sheet:
        room, text = self.room, self.room.templates.text
        number = room.number("lesson_pages", *page.name)
        shown = [(variable, value) for variable, value in zip(self.story.variables, page.values, strict=True) if variable.title]
        contents = room.html("case-page.html", "page_contents", number, page=page, scene=page.scene, story=self.story, shown=shown)
        if page.kind == "question":
            return self._question(page, number, contents, numbers)
        if page.kind == "ending":
            return _content(number, page.scene.title, contents, [_Answer(text("moodle.case.finish"), _END)], room)
        if page.kind == "consequence":
            return _content(number, text("case.consequence"), contents, [_Answer(text("case.on"), numbers[page.ways[0].to])], room)
        answers = [_Answer(way.choice.text.text(), numbers[way.to]) for way in page.ways if way.choice]
        return _content(number, page.scene.title, contents, answers, room)

    def _question(self, page: Page, number: int, contents: str, numbers: list[int]) -> _Sheet:
        def answer(way: Way, ident: int) -> _Answer:
            assert way.choice, "only the page of a consequence has a way on without a choice"
            text = self.room.words(way.choice.text, "page_answers", ident)
            response = self.room.blocks(way.choice.feedback, "page_responses", ident)
            return _Answer(text, numbers[way.to], way.score, response, _HTML)

        idents = _idents(number, len(page.ways), self.room)
        answers = [answer(way, ident) for way, ident in zip(page.ways, idents, strict=True)]
        return _Sheet(number, _MULTIPLE_CHOICE, self.room.name(page.scene.title), contents, _answers(answers, idents), len(answers))


def _as_text(case: Case, room: Room) -> _Sheet:
    """A case that is too large for pages: numbered scenes on one page, as on paper."""
    number = room.number("lesson_pages")
    contents = room.html("case-text.html", "page_contents", number, activity=case)
    return _content(number, case.title, contents, [_Answer(room.templates.text("moodle.case.finish"), _END)], room)


def _content(number: int, title: str, contents: str, answers: list[_Answer], room: Room) -> _Sheet:
    """A page with buttons."""
    return _Sheet(number, _CONTENT, room.name(title), contents, _answers(answers, _idents(number, len(answers), room)), len(answers))


def _idents(page: int, count: int, room: Room) -> list[int]:
    """Numbers for answers. They grow, for Moodle shows answers in the order of their numbers."""
    return sorted(room.number("lesson_answers", str(page), str(place)) for place in range(count))


def _answers(answers: list[_Answer], idents: list[int]) -> str:
    rows = (
        element(
            "answer",
            {
                "jumpto": answer.jump,
                "grade": 0,
                "score": answer.score,
                "flags": 0,
                "timecreated": 0,
                "timemodified": 0,
                "answer_text": answer.text,
                "response": answer.response or None,
                "answerformat": answer.format,
                "responseformat": _HTML if answer.response else _PLAIN,
            },
            id=ident,
        )
        for answer, ident in zip(answers, idents, strict=True)
    )
    return listed("answers", rows)


def _chained(sheets: list[_Sheet]) -> Iterable[str]:
    """The pages in their order, each of which names the one before it and the one after it."""
    numbers = [0, *(sheet.number for sheet in sheets), 0]
    for sheet, before, after in zip(sheets, numbers, numbers[2:], strict=False):
        fields: dict[str, Scalar] = {
            "prevpageid": before,
            "nextpageid": after,
            "qtype": sheet.kind,
            "qoption": 0,
            "layout": 0,
            "display": 0,
            "timecreated": 0,
            "timemodified": 0,
            "title": sheet.title,
            "contents": sheet.contents,
            "contentsformat": _HTML,
        }
        yield element("page", fields, sheet.answers, element("branches"), id=sheet.number)
