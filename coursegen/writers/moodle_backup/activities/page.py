"""Pages, and books of several: mod_page and mod_book."""

from __future__ import annotations

from collections.abc import Sequence

from ....model import Page
from ..room import Made, Room, Rule
from ..xml import Fields, element, listed

_OPTIONS = 'a:2:{s:10:"printintro";s:1:"0";s:17:"printlastmodified";s:1:"0";}'
"""Neither the description nor a date above the text (PHP's own notation)."""


def made(page: Page, room: Room) -> Made:
    """A page, its HTML as the author wrote it."""
    return of_html(page.title, room.blocks(page.body, "content"), room)


def of_html(title: str, content: str, room: Room) -> Made:
    """A page of HTML that is ready. A page counts as done when it was opened."""
    fields: Fields = {
        "name": room.name(title),
        "intro": "",
        "introformat": 1,
        "content": content,
        "contentformat": 1,
        "legacyfiles": 0,
        "legacyfileslast": None,
        "display": 5,
        "displayoptions": _OPTIONS,
        "revision": 1,
        "timemodified": 0,
    }
    return Made(fields, rule=seen(room))


def seen(room: Room) -> Rule:
    """The rule for what is read: opened, unless the course says that pages do not count."""
    return Rule(view=room.course.completion.pages == "seen")


def book(title: str, pages: Sequence[Page], room: Room) -> Made:
    """Pages as the chapters of one book."""
    chapters = (_chapter(page, number, room) for number, page in enumerate(pages, 1))
    fields: Fields = {
        "name": room.name(title),
        "intro": "",
        "introformat": 1,
        "numbering": 0,
        "navstyle": 1,
        "customtitles": 0,
        "timecreated": 0,
        "timemodified": 0,
    }
    return Made(fields, (listed("chapters", chapters), element("chaptertags")), rule=seen(room))


def chapter_number(page: Page, room: Room) -> int:
    """The number of a page's chapter in its book."""
    return room.number("book_chapters", page.id)


def _chapter(page: Page, number: int, room: Room) -> str:
    chapter = chapter_number(page, room)
    fields: Fields = {
        "pagenum": number,
        "subchapter": 0,
        "title": room.name(page.title),
        "content": room.blocks(page.body, "chapter", chapter),
        "contentformat": 1,
        "hidden": 0,
        "timemodified": 0,
        "importsrc": "",
    }
    return element("chapter", fields, id=chapter)
