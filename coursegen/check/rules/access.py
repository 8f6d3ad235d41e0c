"""Rules that keep pages usable for everybody (WCAG 2.2, levels A and AA, as far as a program can see)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import (
    Choice,
    Collection,
    Element,
    Example,
    Grid,
    GridRating,
    Handed,
    Language,
    Option,
    Page,
    Pair,
    Part,
    Questionnaire,
    Record,
    ReferenceRating,
    Rich,
    Scene,
    Sortable,
    Step,
    Storyline,
    SurveyText,
    Term,
)
from ...model.rich import fold
from ..rule import Report, check
from ..survey import HEADINGS, Label, Survey

_EMPTY_LINKS = frozenset(
    "here|click here|click|more|read more|see more|link|this link|this|this page|page|go|download|details|"
    "ici|cliquez ici|lire la suite|plus|qui|clicca qui|leggi|altro|aquí|haga clic aquí|más|leer más|aquí mesmo|máis|"
    "tästä|lue lisää|linkki|täältä".split("|")
)

_NONE = 6
"""Below a heading of this level there is none."""


def _alternative(nodes: tuple[object, ...]) -> str:
    """The words of nodes as a screen reader speaks them: text, and the alternatives of pictures."""
    words = [fold(tuple(node for node in nodes if isinstance(node, (str, Element))))]
    for node in nodes:
        if isinstance(node, Element):
            for element in (node, *Rich(node.children).elements()):
                words.append(element.words("aria-label") or (element.words("alt") or "" if element.tag == "img" else ""))
    return " ".join(" ".join(words).split())


@check("A001")
def picture_without_alternative(survey: Survey) -> Iterator[Report]:
    """A picture has no text alternative (WCAG 1.1.1).

    ``alt`` tells who cannot see the picture what it says. A picture that only decorates has ``alt=""``.

    Wrong: ``<img src="../media/disc.svg">``
    Right: ``<img src="../media/disc.svg" alt="A gauge rests on a brake disc.">``
    """
    for text, element in survey.elements["img"]:
        if element.get("alt") is None:
            mend = 'add alt="…": what the picture tells; alt="" if it only decorates'
            yield Report(text.place_of(element), "this picture has no text alternative", mend)


@check("A002", "warning")
def empty_alternative_words(survey: Survey) -> Iterator[Report]:
    """A text alternative is a file name or begins with "image of".

    A screen reader says already that it is a picture.

    Wrong: ``alt="disc.svg"``
    Right: ``alt="A gauge rests on a brake disc."``
    """
    for text, element in survey.elements["img"]:
        words = (element.words("alt") or "").strip().lower()
        if re.fullmatch(r"[\w.-]+\.(svg|png|jpe?g|gif|webp)", words) or re.match(r"(image|picture|photo|graphic) of\b", words):
            yield Report(
                text.place_of(element),
                f'"{words}" does not say what the picture tells',
                "write what a learner should take from the picture",
            )


@check("A003")
def heading_order(survey: Survey) -> Iterator[Report]:
    """Headings skip a level, or a page begins with another heading than h2 (WCAG 1.3.1, 2.4.6).

    The title of the page is the h1. In a case study the title of a scene is an h2, and so is the heading of the debrief; on a grid
    the grid's title is one; so are "How to review" and the name of an example: what stands below them begins with h3. A definition of the
    glossary, a reason of a reference rating, the comment of an example and what is not known of a record have no headings: each is shown
    in several places. People who listen to a page move from heading to heading.

    Wrong: ``<h2>Brakes</h2> … <h4>Discs</h4>``
    Right: ``<h2>Brakes</h2> … <h3>Discs</h3>``
    """
    above = {id(text): level for owner, name, text in survey.rich if (level := _level_above(owner, name))}
    for text, headings in survey.headings:
        title = before = above.get(id(text), 0)
        if title == _NONE:
            for element in headings:
                message = "this text is shown in several places, and cannot have headings"
                yield Report(text.place_of(element), message, "make it a paragraph, with <strong> where a word matters")
            continue
        for element in headings:
            level = int(element.tag[1])
            if level == 1:
                yield Report(text.place_of(element), "a page has no h1 of its own: its title is the h1", f"use h{max(title, 1) + 1}")
            elif level <= title:
                yield Report(text.place_of(element), f"the title above this text is a heading of level {title}", f"use h{title + 1}")
            elif before and level > before + 1:
                message = f"a heading of level {level} follows one of level {before}"
                yield Report(text.place_of(element), message, f"use h{before + 1}")
            before = level


def _level_above(owner: Part, name: str) -> int:
    """The level of the heading that a text stands below; 0 where none is sure, and the lowest where no heading can stand."""
    if isinstance(owner, (Term, ReferenceRating, Record)) or (isinstance(owner, Example) and name == "comment"):
        return _NONE
    if isinstance(owner, (Scene, Choice, Grid, Example)) or name in ("debrief", "reviewing"):
        return 2
    return 1 if isinstance(owner, (Page, Storyline, GridRating, Handed, Questionnaire, SurveyText, Collection)) else 0


@check("A004")
def link_text(survey: Survey) -> Iterator[Report]:
    """A link has no words, or words that say nothing alone (WCAG 2.4.4).

    Many people hear a page's links as a list.

    Wrong: ``The grid is <a href="grid.html">here</a>.``
    Right: ``<a href="grid.html">The analysis grid</a> has 8 dimensions.``
    """
    for text, element in survey.elements["a"]:
        if element.get("href") is None:
            continue
        words = _alternative(element.children) or element.words("aria-label") or ""
        bare = words.strip(" .:…»>→").lower()
        if not words:
            yield Report(text.place_of(element), "this link has no words", "write where it leads between <a> and </a>")
        elif bare in _EMPTY_LINKS:
            yield Report(text.place_of(element), f'"{words}" does not say where the link leads', "make the name of the thing the link")
        elif re.fullmatch(r"(https?://|www\.)\S+", bare):
            yield Report(text.place_of(element), "an address is used as the words of a link", "write the name of the page instead")


@check("A005")
def language_tag(survey: Survey) -> Iterator[Report]:
    """A ``lang`` attribute is not a language tag (WCAG 3.1.2; BCP 47).

    Screen readers choose the voice by it.

    Wrong: ``<span lang="french">atelier</span>``
    Right: ``<span lang="fr">atelier</span>``
    """
    assert Language.pattern is not None
    for text, element in survey.attributed:
        for name, value in element.attributes:
            if name == "lang" and not (isinstance(value, str) and Language.pattern.fullmatch(value)):
                yield Report(text.place_of(element), f'"{value}" is not a language tag', "use a tag such as fr, it, es, gl, fi or en")


@check("A006")
def table_without_headers(survey: Survey) -> Iterator[Report]:
    """A table has no header cells (WCAG 1.3.1).

    Without them a listener hears numbers and does not know of what.

    Wrong: ``<table><tr><td>Level</td>…``
    Right: ``<table><tr><th scope="col">Level</th>…``
    """
    for text, element in survey.elements["table"]:
        if not _has_headers(element.children):
            yield Report(text.place_of(element), "this table has no header cells", 'make the cells of the first row <th scope="col">')


def _has_headers(nodes: tuple[object, ...]) -> bool:
    """Whether there is a header cell; those of a table in a cell are its own."""
    return any(isinstance(node, Element) and (node.tag == "th" or (node.tag != "table" and _has_headers(node.children))) for node in nodes)


@check("A007")
def film_without_captions(survey: Survey) -> Iterator[Report]:
    """A video has no captions (WCAG 1.2.2).

    Who cannot hear, or sits in a loud workshop, reads what is said.

    Wrong: ``<video controls src="../media/gauge.mp4"></video>``
    Right: ``<video controls src="../media/gauge.mp4"><track kind="captions" srclang="en" src="../media/gauge.vtt"></video>``
    """
    for text, element in survey.elements["video"]:
        tracks = [inner for inner in Rich(element.children).elements() if inner.tag == "track"]
        if not any(track.words("kind") in ("captions", "subtitles") for track in tracks):
            yield Report(text.place_of(element), "this video has no captions", 'add <track kind="captions" srclang="…" src="….vtt"> inside')


@check("A008")
def empty_heading(survey: Survey) -> Iterator[Report]:
    """A heading has no words (WCAG 2.4.6).

    It stands in the list of headings by which people move through a page, and says nothing there.

    Wrong: ``<h2></h2>``
    Right: ``<h2>Three questions</h2>``
    """
    for tag in HEADINGS:
        for text, element in survey.elements.get(tag, ()):
            if not _alternative(element.children):
                yield Report(text.place_of(element), "this heading has no words", "write the heading, or remove it")


@check("A009")
def media_without_controls(survey: Survey) -> Iterator[Report]:
    """A sound or film cannot be paused (WCAG 1.4.2, 2.2.2).

    A sound that nobody can stop talks over a screen reader.

    Wrong: ``<audio src="../media/noise.mp3"></audio>``
    Right: ``<audio controls src="../media/noise.mp3"></audio>``
    """
    for tag in ("audio", "video"):
        for text, element in survey.elements.get(tag, ()):
            if element.get("controls") is None:
                yield Report(text.place_of(element), f"this {tag} has no controls", "add the attribute controls")


@check("A010")
def option_without_words(survey: Survey) -> Iterator[Report]:
    """A label has neither words nor a picture with an alternative (WCAG 3.3.2, 4.1.2).

    Labels are the texts of options, pairs, things to sort or to put in order, and of the choices of case studies. They name a button or
    a field, and a screen reader would speak an empty one.

    Wrong: ``text: <img src="media/a.svg" alt="">``
    Right: ``text: <img src="media/a.svg" alt="A worn disc with a deep groove">``
    """
    for part, text in survey.labels():
        said = text.nodes[:1]
        if said and not (isinstance(said[0], str) and not said[0].isspace()) and not _alternative(text.nodes):
            yield Report(
                part.at("text"), f"this {noun(part).split()[1]} has no words", "write some, or give its picture a text alternative"
            )


def noun(part: Label) -> str:
    """What a part with a label is called."""
    return {Option: "an option", Choice: "a choice", Pair: "a pair", Sortable: "an item", Step: "a step"}[type(part)]
