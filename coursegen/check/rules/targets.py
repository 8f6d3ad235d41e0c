"""Rules about the limits of the targets: what an LMS would cut, refuse or show otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ...model import Badge, Bank, Course, Element, Example, Node, Page, Rubric, SurveyItem, SurveyOption, Unit, WebLink
from ...model.activity import BaseActivity
from ...model.collection import BaseField
from ...model.question import BaseQuestion
from ...render.templates import shipped
from ..rule import Report, check
from ..survey import Survey

LONGEST_TITLE = 240
"""Characters. Moodle 4.1 stops the import at 255; a quiz needs 13 of them for "Quiz Bank ''"."""
LONGEST_UNIT_TITLE = 200
"""Characters: the schema of SCORM 1.2 has no place for more in the title of an organization."""
LONGEST_VERSION = 20
"""Characters: the same schema's limit for the version of a manifest."""
LONGEST_COURSE_TITLE = 94
"""Bytes of UTF-8: where Moodle cuts the short name it makes of the title."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.[a-z0-9]+")
_FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]*")
_TAG_LIKE = re.compile(r"<[A-Za-z/!?]|&(?:#?[A-Za-z0-9]+);")
_TITLES = (
    ((Unit, BaseActivity, BaseQuestion, Bank, Rubric, Example, BaseField, Badge), "title"),
    (Page, "book"),
    (Course, "short_name"),
    (SurveyItem, "question"),
    (SurveyOption, "text"),
)
"""What Moodle has in a column of 255 characters, by its key: names of things, and what conditions of a survey compare with."""
_SHOWN = frozenset(["img", "audio", "video"])


@check("T001")
def title_too_long(survey: Survey) -> Iterator[Report]:
    """A title is longer than 240 characters, or that of a unit than 200.

    Moodle 4.1 stores 255, and stops the whole import at a longer one. A unit is a SCORM package of its own, and the schema of SCORM 1.2
    stops at 200. The same holds for the short name of the course, the words of a book, and what a survey asks and offers.

    Wrong: a title that is a paragraph
    Right: a title of a few words
    """
    for part in survey.parts:
        for kind, key in _TITLES:
            title = getattr(part, key) if isinstance(part, kind) else None
            longest = LONGEST_UNIT_TITLE if isinstance(part, Unit) else LONGEST_TITLE
            if title and len(title) > longest:
                what = "title" if key == "title" else "text"
                yield Report(part.at(key), f"this {what} has {len(title)} characters, {longest} fit", "shorten it")


@check("T002")
def course_title_too_long(survey: Survey) -> Iterator[Report]:
    """The course's title is longer than 94 bytes of UTF-8.

    Moodle makes the short name of it, cuts it there, and leaves it empty if it cuts through an accent.

    Wrong: a title of 120 characters
    Right: a title of 60 characters
    """
    size = len(survey.course.title.encode())
    if size > LONGEST_COURSE_TITLE:
        yield Report(
            survey.course.at("title"), f"the title has {size} bytes, {LONGEST_COURSE_TITLE} fit", "shorten it; an accented letter counts 2"
        )


@check("T003")
def file_name(survey: Survey) -> Iterator[Report]:
    """A file that learners get has a name that not every LMS can carry.

    Names have lower-case letters, digits, ``-`` and ``_``, and one dot; folders the same without the dot. Moodle loses pictures with
    a space or an accent in their name, and mixes up names that begin alike (``a.png`` and ``a.png.jpg``).

    Wrong: ``media/Schéma frein.svg``
    Right: ``media/schema-frein.svg``
    """
    seen: set[str] = set()
    for media, place in survey.media():
        if media.path in seen:
            continue
        seen.add(media.path)
        *folders, name = media.path.split("/")
        if len(media.path) > 120 or not _NAME.fullmatch(name) or not all(_FOLDER.fullmatch(folder) for folder in folders):
            mend = "rename it: lower-case letters, digits, - and _, one dot, 120 characters at most"
            yield Report(place, f'the file name "{media.path}" is not safe everywhere', mend)


@check("T004")
def nothing_to_read(survey: Survey) -> Iterator[Report]:
    """A page or another text has tags and neither words nor pictures.

    Moodle's import of a cartridge stops at a page that is empty, and nobody can answer a question that asks nothing.

    Wrong: a page with ``<p></p>`` only
    Right: a page with a sentence
    """
    labels = {id(text) for _, text in survey.labels()}
    for _, _, text in survey.rich:
        if id(text) in labels:
            continue  # A010 asks more of these
        if text and not _shows_something(text.nodes):
            yield Report(text.place, "there is nothing to read here", "write the text, or remove it")


def _shows_something(nodes: tuple[Node, ...]) -> bool:
    for node in nodes:
        if isinstance(node, str):
            if not node.isspace():
                return True
        elif node.tag in _SHOWN or _shows_something(node.children):
            return True
    return False


@check("T005", "warning")
def looks_like_markup(survey: Survey) -> Iterator[Report]:
    """A text shows markup, such as ``&lt;b&gt;``, to the reader.

    Moodle's cartridge import undoes one level of escaping, so the words would turn into markup. The Moodle cartridge therefore carries
    ``‹b›`` in its place; all other packages are exact.

    Wrong: ``Write &lt;strong&gt; around it``
    Right: ``Write the tag strong around it``
    """
    if survey.course.packages and "cartridge-11" not in survey.course.packages:
        return
    for owner, name, text in survey.rich:
        holder = _shows_markup(text.nodes)
        if holder is not False:
            place = text.place_of(holder) if holder else text.place if isinstance(owner, Page) else owner.at(name)
            message = "this text shows markup to the reader; the Moodle cartridge will show ‹ › instead of < >"
            yield Report(place, message, "say it in words, or accept it")


def _shows_markup(nodes: tuple[Node, ...], around: Element | None = None) -> Element | Literal[False] | None:
    """The element whose own words show markup, None where the words stand in no element; False where there are no such words."""
    for node in nodes:
        if isinstance(node, str):
            if ("<" in node or "&" in node) and _TAG_LIKE.search(node):
                return around
        elif node.children and (found := _shows_markup(node.children, node)) is not False:
            return found
    return False


@check("T006", "warning")
def plain_http(survey: Survey) -> Iterator[Report]:
    """A link activity leads to an ``http://`` address.

    Moodle shows such links in a frame, and a browser refuses an unencrypted page in an encrypted one.

    Wrong: ``url: http://example.org/``
    Right: ``url: https://example.org/``
    """
    for part in survey.parts:
        if isinstance(part, WebLink) and part.url.startswith("http:"):
            yield Report(
                part.at("url"), "this address is not encrypted; browsers will not show it inside an LMS", "use https:// if the site has it"
            )


@check("T007")
def version_too_long(survey: Survey) -> Iterator[Report]:
    """The version of the course is longer than 20 characters.

    It is the version of the SCORM packages too, and the schema of SCORM 1.2 stops there.

    Wrong: ``version: 2026-11-23, the second printing``
    Right: ``version: 2.0.1``
    """
    version = survey.course.version
    if len(version) > LONGEST_VERSION:
        message = f"the version has {len(version)} characters, {LONGEST_VERSION} fit"
        yield Report(survey.course.at("version"), message, "shorten it, to such as 1.2.0 or 2026-11-23")


@check("T008", "warning")
def language_without_texts(survey: Survey) -> Iterator[Report]:
    """There are no interface texts in the course's language.

    The player's own words (Next, Check, Menu) would be English around a course in another language.

    Wrong: ``language: fr`` without a file of French texts
    Right: ``templates/messages/fr.json`` in the course folder, with the texts in French
    """
    language = survey.course.language
    if not language:
        return
    folders = (Path(survey.course.place.file).parent / "templates", shipped())
    names = dict.fromkeys((language.split("-")[0].lower(), language))
    if not any((folder / "messages" / f"{name}.json").is_file() for folder in folders for name in names):
        mend = f"write templates/messages/{next(iter(names))}.json in the course folder, with the keys of coursegen's en.json"
        yield Report(survey.course.at("language"), f'there are no interface texts for "{language}": the player will speak English', mend)


@check("T009", "warning")
def failed_while_tries_are_left(survey: Survey) -> Iterator[Report]:
    """SCORM 1.2 is told passed or failed, and answering every question completes the course.

    Whoever has answered everything and not passed is told to have failed. Moodle opens the next visit of a failed attempt for review
    only, so that the tries which are left count no more.

    Wrong: ``quizzes: answered`` with ``scorm12_status: passed-failed``
    Right: ``quizzes: passed`` with ``scorm12_status: passed-failed``
    """
    course = survey.course
    if course.completion.quizzes == "answered" and course.tracking.scorm12_status == "passed-failed":
        message = "who has answered every question and not passed counts as failed in SCORM 1.2, also with tries left"
        yield Report(course.tracking.at("scorm12_status"), message, "write quizzes: passed, or scorm12_status: completed")
