"""Rich text in QTI 2.1: valid, with all its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import readback_qti21
from lxml import etree
from packages import needs_schemas, validate
from qti21_answers import KINDS, item_of, package, packed, words_of
from questions import course_of

from coursegen.model import (
    Anchor,
    Answer,
    Cloze,
    Element,
    Essay,
    Gloss,
    Identifier,
    Link,
    Media,
    MultipleResponse,
    Node,
    Plain,
    Question,
    Rich,
    SingleChoice,
    TextGap,
)

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


def picture(folder: Path, name: str) -> Media:
    """A file of a course."""
    (folder / name).write_bytes(name.encode())
    return Media(f"01/media/{name}", folder / name)


def el(tag: str, *children: Node, **attributes: Any) -> Element:
    """An element."""
    return Element(tag, tuple((name.replace("_", "-"), value) for name, value in attributes.items()), children)


def odd_text(folder: Path) -> tuple[Node, ...]:
    """A text with every element that a course may have, odd and legal."""
    image, sound, film, other, captions = (picture(folder, name) for name in ("a.png", "b.mp3", "c.mp4", "c.webm", "c.vtt"))
    phrases = [
        el(tag, f"<{tag}>")
        for tag in "b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var".split()
    ]
    rows = (
        el("tr", el("th", "head", scope="col", colspan="2", id="h")),
        el("tr"),
        el("tr", el("td", el("p", "cell"), headers="h"), el("td", "two")),
    )
    return (
        "loose words & ",
        el("em", "with", el("strong", "in"), lang="gl", dir="ltr", id="x", class_="y"),
        el("p", *phrases, el("wbr"), el("br"), el("abbr", "ABS", title="anti-lock <system>")),
        el("p", el("ruby", "漢", el("rt", "kan")), el("ruby", "字", el("rp", "["), el("rt", "ji"), el("rp", "]"))),
        el("h2", "A heading"),
        el("h6", "A small one"),
        el("hr"),
        el("pre", " two\n  lines"),
        el(
            "section",
            el("aside", el("p", "aside"), class_="tip"),
            el("figure", el("img", src=image, alt="a <disc>", width="40"), el("figcaption", "caption")),
        ),
        el("figure", el("figcaption", el("p", "long caption"), el("ul", el("li", "point")))),
        el("details", el("summary", "more"), el("p", "inside"), "words"),
        el("blockquote", "quoted ", el("em", "words"), el("p", "and more"), cite="about:x"),
        el("ul", " ", el("li", "one", el("ol", el("li", "deep"), start="3", reversed="")), " "),
        el("dl", el("div", el("dt", "term"), el("dd", el("p", "meaning"))), el("dt", "other"), el("dd", "x")),
        el("table", el("caption", "table"), el("colgroup", el("col", span="2")), *rows, el("tfoot", el("tr", el("td", "foot")))),
        el("table", el("thead", el("tr", el("th", "only a head")))),
        el("table", el("caption", "without rows"), el("tr")),
        el("address", el("p", "street"), "town"),
        el("address", "here"),
        el("div", "a box ", el("p", "with more")),
        el("ins", el("p", "inserted paragraph")),
        el("del", "deleted"),
        el(
            "p",
            el("a", "to a page", href=Link(Identifier("u1-page"))),
            el("a", "to a term", href=Gloss(Identifier("disc"))),
            el("a", "up", href=Anchor("x")),
        ),
        el("p", el("a", "a file", href=captions), el("a", "the web", href="about:blank")),
        el("a", el("p", "a paragraph to press"), href=captions),
        el("audio", "no sound here", src=sound, controls=""),
        el(
            "video",
            el("source", src=film, type="video/mp4; codecs=x"),
            el("source", src=other),
            el("track", src=captions, label="English"),
            "no film",
            width="320",
        ),
        el("img", src=image),
    )


ODD_WORDS = """
loose words & with in <b> <mark> <var> ABS (anti-lock <system>) 漢 (kan) 字[ji] heading aside caption long point more
inside quoted deep term meaning other table head cell two foot without rows only street town here box inserted deleted
to a page to a term up a file the web paragraph to press no sound here no film English b.mp3
""".split()


@needs_schemas
def test_rich_text_of_every_sort_is_valid_and_keeps_itswords_of(tmp_path: Path) -> None:
    text = Rich(odd_text(tmp_path))
    line = Rich((el("em", "in a line", el("img", src=picture(tmp_path, "d.png"), alt="x")), el("del", "gone"), el("abbr", "a", title="b")))
    changed: list[Question] = []
    for question in KINDS:
        changes: Any = {"stem": text, "feedback": text, "hints": (text,)}
        if isinstance(question, Cloze):
            gaps = [el("p", "gap ", el("mark", f"[[{gap.id}]]")) for gap in question.gaps]
            changes["stem"] = Rich((f"loose [[{question.gaps[0].id}]]", *text.nodes, el("ul", el("li", *gaps[1:]))))
        if isinstance(question, Essay):
            changes["model_answer"] = text
        if isinstance(question, (SingleChoice, MultipleResponse)):
            changes["options"] = tuple(replace(option, text=line, feedback=text) for option in question.options)
        changed.append(replace(question, **changes))
    course = course_of(changed, intro=text)
    files = package(course)
    assert validate(packed(course, tmp_path / "package.zip")).strip() == f"{len(KINDS) + 2} documents valid"
    for record in readback_qti21.read(files):
        for role in ("stem", "general-feedback", "hints"):
            (found,) = record.texts[role]
            said = " ".join(words_of(found).split())
            assert [word for word in ODD_WORDS if word not in said] == [], (record.ident, role)
        assert {b"a.png", b"b.mp3", b"c.mp4", b"c.webm"} <= set(record.media["media-stem"]) & set(record.media["media-feedback"])
    assert {name for name in files if name.startswith("media/")} == {
        f"media/01/media/{name}" for name in ("a.png", "b.mp3", "c.mp4", "c.webm", "c.vtt", "d.png")
    }
    stem = readback_qti21.read(files)[0].texts["stem"][0]
    assert '<a href="media/01/media/c.vtt">a file</a>' in stem
    assert '<em xml:lang="gl">' in stem
    assert "u1-page" not in stem
    assert "__" not in stem


def test_blanks_between_words_and_tags_stay_as_they_are() -> None:
    single = next(each for each in KINDS if isinstance(each, SingleChoice))
    question = replace(single, stem=Rich((el("p", el("b", "a"), el("i", "b"), " ", el("b", "c"), " d"), el("pre", "  x\n\n y"))))
    (stem,) = readback_qti21.read(package(course_of([question])))[0].texts["stem"]
    assert stem == "<p><b>a</b><i>b</i> <b>c</b> d</p> <pre>  x\n\n y</pre>"


def test_a_gap_stands_where_it_stood() -> None:
    gap = TextGap(id=Identifier("g"), answers=(Answer(id=Identifier("a"), text=Plain("disc")),))
    question = Cloze(id=Identifier("q"), stem=Rich((el("p", "The ", el("em", "[[g]]"), " turns, [[h]] not."),)), gaps=(gap,))
    body = etree.fromstring(item_of(question)).find(f"{QTI}itemBody")
    assert body is not None
    field = body.find(f"{QTI}p/{QTI}em/{QTI}textEntryInteraction")
    assert field is not None
    assert "".join(body.itertext()).strip() == "The  turns, [[h]] not."
