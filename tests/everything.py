"""A course with every kind of activity and question and all that a course can have, in which every text is made by a function.

For tests of writers: a text can be hostile, or say where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pictures import with_pictures
from questions import Words, course_of, every_kind, rich
from works import png

from coursegen.model import (
    AddressField,
    AskNumber,
    AskText,
    Assignment,
    Author,
    Badge,
    Bank,
    Case,
    ChecksField,
    Choice,
    ChooseOne,
    ChooseSeveral,
    Collection,
    Competence,
    Course,
    Criterion,
    Dimension,
    Discussion,
    Element,
    Example,
    ExampleRating,
    FieldValue,
    File,
    FileField,
    Framework,
    Gloss,
    Glossary,
    Grid,
    GridRating,
    Identifier,
    Indicator,
    Level,
    LineField,
    Link,
    Media,
    MenuField,
    Moodle,
    NumberField,
    OnlyIf,
    Outcome,
    Page,
    PageBreak,
    PeerReview,
    Plain,
    Questionnaire,
    Quiz,
    Rated,
    Record,
    Reference,
    ReferenceRating,
    Repository,
    Rich,
    Rubric,
    RubricLevel,
    Scene,
    Storyline,
    Survey,
    SurveyOption,
    SurveyText,
    Taken,
    Term,
    TextField,
    TutorPage,
    Unit,
    Variable,
    WebLink,
)
from coursegen.model.text import Address, Code


class _Maker:
    def __init__(self, words: Words, folder: Path) -> None:
        self.words = words
        self.file = folder / "a b&'ü.png"
        self.file.write_bytes(png(64, 64))

    def plain(self, place: str) -> Plain:
        return Plain(self.words(place))

    def line(self, place: str) -> Rich:
        return rich(self.words(place))

    def text(self, place: str) -> Rich:
        """A paragraph with a picture, a link to a page, one to a chapter and one to a term."""
        return Rich(
            (
                Element("h3", (), (self.words(f"{place}-heading"),)),
                Element(
                    "p",
                    (),
                    (
                        self.words(place),
                        Element("img", (("src", self.media), ("alt", self.words(f"{place}-picture")))),
                        *(
                            Element("a", (("href", target),), (self.words(f"{place}-link"),))
                            for target in (Link(Identifier("e-page"), "a-place"), Link(Identifier("e-second")), Gloss(Identifier("term")))
                        ),
                    ),
                ),
            )
        )

    @property
    def media(self) -> Media:
        return Media("media/a b&'ü.png", self.file)

    def common(self, name: str) -> dict[str, Any]:
        return {"id": Identifier(f"e-{name}"), "title": self.plain(f"title-{name}"), "minutes": 1, "outcomes": (Identifier("lo-e"),)}


def everything(words: Words, folder: Path, **changes: Any) -> Course:
    """The course. ``folder`` gets its files; ``changes`` are fields of the course."""
    make = _Maker(words, folder)
    plain, text = make.plain, make.text
    banked = [with_pictures(replace_id(each, f"{each.id}-bank"), [make.media]) for each in every_kind(words)]
    general = Unit(id=Identifier("general"), title=plain("general"), minutes=1, general=True, activities=(_page(make, "welcome"),))
    unit = Unit(
        id=Identifier("everything"),
        title=plain("unit"),
        minutes=30,
        weight=3,
        summary=text("unit-summary"),
        outcomes=(Outcome(id=Identifier("lo-e"), text=plain("outcome"), competences=(Code("1.1"),)),),
        activities=tuple(_activities(make)),
        banks=(Bank(id=Identifier("bank"), title=plain("bank"), questions=tuple(banked)),),
    )
    made = course_of(every_kind(words), intro=text("quiz-intro"))
    questions = replace(made.units[0], title=plain("unit-questions"), activities=tuple(_quizzes(make, made, banked)))
    course = replace(
        made,
        title=plain("course"),
        short_name=plain("short"),
        description=text("course-description"),
        authors=(Author(name=plain("author"), url=Address("https://example.org/$@PAGEVIEWBYID*5@$?a=1&b=%20")),),
        keywords=(plain("keyword"), Plain("b"), Plain("B"), Plain("0"), Plain("<>")),
        audience=plain("audience"),
        picture=make.media,
        badge=Badge(title=plain("badge"), description=plain("badge-description"), image=make.media),
        framework=Framework(
            id=Identifier("frame"),
            title=plain("framework"),
            source=plain("framework-source"),
            competences=(Competence(code=Code("1.1"), title=plain("competence")),),
        ),
        glossary=Glossary(terms=(Term(id=Identifier("term"), term=plain("term"), definition=text("definition")),)),
        moodle=Moodle(order="by-unit"),
        units=(general, unit, questions),
    )
    return replace(course, **changes)


def replace_id(part: Any, name: str) -> Any:
    """The same part of a course under another id."""
    return replace(part, id=Identifier(name))


def _page(make: _Maker, name: str, **more: Any) -> Page:
    place = Element("p", (("id", "a-place"),), ("a place",))
    return Page(**make.common(name), body=Rich((*make.text(name).nodes, place)), **more)


def _quizzes(make: _Maker, made: Course, banked: list[Any]) -> Iterator[Quiz]:
    (quiz,) = made.units[0].quizzes()
    yield replace(quiz, title=make.plain("title-quiz"))
    drawn = replace(quiz.set, questions=(), taken=(Taken(tuple(banked), 3),), feedback="deferred", attempts=2)
    yield replace(quiz, id=Identifier("u1-drawn"), title=make.plain("title-drawn"), set=drawn)


def _activities(make: _Maker) -> Iterator[Any]:
    plain, line, text = make.plain, make.line, make.text
    yield _page(make, "page")
    yield _page(make, "first", book=plain("book"))
    yield _page(make, "second", book=plain("book"))
    yield TutorPage(**make.common("tutor"), body=text("tutor"))
    yield _case(make)
    yield from _grids(make)
    yield Discussion(**make.common("discussion"), prompt=text("prompt"))
    rubric = Rubric(
        title=plain("rubric"),
        criteria=tuple(
            Criterion(
                id=Identifier(name),
                title=plain(f"criterion-{name}"),
                levels=tuple(
                    RubricLevel(id=Identifier(f"l{points}"), points=points, text=plain(f"level-{name}-{points}")) for points in (0, 1, 3)
                ),
            )
            for name in ("a", "b")
        ),
    )
    yield Assignment(**make.common("plan"), task=text("task"), rubric=rubric, most_words=100)
    yield Assignment(**make.common("sheet"), task=text("task-of-files"), hand_in="files")
    ratings = tuple(ExampleRating(criterion=Identifier(name), level=Identifier("l1")) for name in ("a", "b"))
    example = Example(title=plain("example"), text=text("example-text"), ratings=ratings, comment=text("example-comment"))
    yield PeerReview(**make.common("review"), task=text("task-review"), rubric=rubric, reviewing=text("reviewing"), example=example)
    yield Survey(**make.common("survey"), form=_survey(make))
    yield Repository(**make.common("collection"), collection=_collection(make))
    yield WebLink(**make.common("link"), url=Address("https://example.org/$@PAGEVIEWBYID*5@$?a=1&b=%20c#d"), description=text("link"))
    yield File(**make.common("file"), media=make.media, description=line("file"))


def _case(make: _Maker) -> Case:
    choice = Choice(id=Identifier("go"), text=make.line("choice"), to=Identifier("end"), points=2, feedback=make.text("feedback"))
    other = Choice(id=Identifier("stay"), text=make.line("choice-other"), to=Identifier("middle"), feedback=make.text("feedback-other"))
    last = Choice(id=Identifier("on"), text=make.line("choice-last"), to=Identifier("end"), points=1)
    scenes = (
        Scene(id=Identifier("begin"), title=make.plain("scene"), text=make.text("scene"), choices=(choice, other)),
        Scene(id=Identifier("middle"), title=make.plain("scene-middle"), text=make.text("scene-middle"), choices=(last, choice)),
        Scene(id=Identifier("end"), title=make.plain("scene-end"), text=make.text("scene-end"), ending=make.plain("ending")),
    )
    variables = (Variable(id=Identifier("time"), title=make.plain("variable"), high=3),)
    story = Storyline(intro=make.text("case-intro"), variables=variables, scenes=scenes, debrief=make.text("debrief"))
    return Case(**make.common("case"), storyline=story)


def _grids(make: _Maker) -> Iterator[GridRating]:
    indicator = Indicator(id=Identifier("i"), title=make.plain("indicator"), descriptors=(make.plain("low"), make.plain("high")))
    dimension = Dimension(id=Identifier("d"), title=make.plain("dimension"), competences=(Code("1.1"),), indicators=(indicator,))
    levels = (Level(title=make.plain("level-low")), Level(title=make.plain("level-high")))
    grid = Grid(title=make.plain("grid"), intro=make.text("grid-intro"), levels=levels, dimensions=(dimension,))
    yield GridRating(**make.common("grid"), grid=grid, about=make.text("grid-about"))
    rating = ReferenceRating(indicator=Identifier("i"), level=2, reason=make.text("reason"))
    yield GridRating(**make.common("rated"), grid=grid, reference=Reference(title=make.plain("reference"), ratings=(rating,)))


def _survey(make: _Maker) -> Questionnaire:
    options = tuple(SurveyOption(id=Identifier(name), text=make.plain(f"survey-{name}")) for name in ("a", "b"))

    def asked(name: str) -> dict[str, Any]:
        return {"id": Identifier(name), "question": make.plain(f"survey-{name}")}

    items = (
        ChooseOne(**asked("one"), options=options, required=True),
        ChooseOne(**asked("row"), options=options, layout="row"),
        ChooseOne(**asked("menu"), options=options, layout="menu"),
        PageBreak(id=Identifier("break")),
        SurveyText(id=Identifier("text"), text=make.text("survey-text")),
        ChooseSeveral(**asked("several"), options=options, only_if=OnlyIf(item=Identifier("one"), option=Identifier("b"))),
        Rated(**asked("scale"), levels=(make.plain("survey-low"), make.plain("survey-high"))),
        AskText(**asked("words")),
        AskText(**asked("word"), lines=1),
        AskNumber(**asked("number"), low=-3, high=12),
    )
    return Questionnaire(intro=make.text("survey-intro"), thanks=make.text("survey-thanks"), items=items)


def _collection(make: _Maker) -> Collection:
    kinds = {
        "line": LineField, "text": TextField, "number": NumberField, "address": AddressField, "file": FileField, "menu": MenuField,
        "checks": ChecksField,
    }  # fmt: skip
    entries = (make.plain("entry-a"), make.plain("entry-b"))
    fields = tuple(
        kind(
            id=Identifier(name),
            title=Plain(f"{make.words('field')} {name}"),
            help=make.plain("field-help"),
            **({"options": entries} if name in ("menu", "checks") else {}),
        )
        for name, kind in kinds.items()
    )
    values = (
        FieldValue(field=Identifier("line"), text=make.plain("value-line")),
        FieldValue(field=Identifier("text"), text=make.plain("value-text")),
        FieldValue(field=Identifier("number"), text=Plain("12.5")),
        FieldValue(field=Identifier("address"), url=Address("https://example.org/?a=1&b=2")),
        FieldValue(field=Identifier("menu"), text=entries[0]),
        FieldValue(field=Identifier("checks"), entries=entries),
    )
    record = Record(
        id=Identifier("record"),
        title=make.plain("record"),
        values=values,
        source=make.plain("record-source"),
        url=Address("https://example.org/"),
        unknown=make.text("record-unknown"),
    )
    return Collection(intro=make.text("collection-intro"), fields=fields, records=(record,))
