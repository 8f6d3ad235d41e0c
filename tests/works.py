"""The sample course with what learners hand in, review, answer and collect, a book, and all that the course itself can have."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from questions import Words
from samples import FILES

from coursegen.model import (
    Activity,
    Address,
    AddressField,
    AskNumber,
    AskText,
    Assignment,
    ChecksField,
    ChooseOne,
    ChooseSeveral,
    Collection,
    Criterion,
    Element,
    Entry,
    Example,
    ExampleRating,
    FieldValue,
    FileField,
    Identifier,
    LineField,
    MenuField,
    NumberField,
    OnlyIf,
    PageBreak,
    PeerReview,
    Plain,
    Questionnaire,
    Rated,
    Record,
    RecordField,
    Repository,
    Rich,
    Rubric,
    RubricLevel,
    Survey,
    SurveyOption,
    SurveyText,
    TextField,
)

UNIT = "05-work/unit.yaml"
RUBRIC = "05-work/rubric.yaml"
EXAMPLE = "05-work/example.yaml"
SURVEY = "05-work/survey.yaml"
PRACTICES = "05-work/practices.yaml"
BADGE, PICTURE = "media/badge.png", "media/course.jpg"


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\x99" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def with_work(course: str, before: int) -> str:
    """A ``course.yaml`` of so many minutes with this unit more, and all that stands for the course itself."""
    return (
        course.replace("title: Brakes & discs\n", "title: Brakes & discs\nshort_name: BRAKES\n")
        .replace(f"workload: {before}", f"workload: {before + 150}")
        .replace("audience: Trainers\n", f"audience: Trainers\npicture: {PICTURE}\n")
        .replace("completion:\n", OF_THE_COURSE)
        + "  - 05-work\n"
    )


OF_THE_COURSE = f"""\
badge:
  title: Brake & disc
  description: Can test a brake.
  image: {BADGE}
moodle:
  version: 4.1
  units: activities
  order: by-unit
completion:
  assignments: passed
  peer_reviews: graded
  surveys: answered
  repositories: contributed
"""
WORK_FILES: dict[str, str | bytes] = {
    "course.yaml": with_work(FILES["course.yaml"], 90),
    BADGE: png(64, 64),
    PICTURE: b"\xff\xd8\xff\xe0 a picture",
    UNIT: """\
id: u05
title: Your own work
minutes: 150
weight: 3
outcomes:
  - id: lo-5-1
    text: plan a brake test
    competences: [1.1]
activities:
  - kind: page
    id: u05-before
    title: Before the test
    minutes: 5
    book: A brake test
    file: pages/before.html
  - kind: page
    id: u05-after
    title: After the test
    minutes: 5
    book: A brake test
    file: pages/after.html
  - kind: assignment
    id: u05-plan
    title: Plan of a test
    minutes: 60
    outcomes: [lo-5-1]
    task: |
      <h2>Your plan</h2>
      <p>Plan a brake test & say <a href="pages/before.html">why</a>. Hand in one page.</p>
    hand_in: both
    most_words: 300
    most_files: 1
    rubric: rubric.yaml
    pass_mark: 50
    attempts: 2
  - kind: peer-review
    id: u05-review
    title: Review a plan
    minutes: 60
    outcomes: [lo-5-1]
    task: <p>Hand in the plan that you have mended.</p>
    hand_in: files
    most_files: 2
    rubric: rubric.yaml
    reviewing: <h3>With care</h3><p>Write what you saw, and one thing to try.</p>
    example: example.yaml
  - kind: survey
    id: u05-survey
    title: What you think
    minutes: 5
    file: survey.yaml
  - kind: repository
    id: u05-practices
    title: Good practices
    minutes: 15
    file: practices.yaml
""",
    "05-work/pages/before.html": "<p>Ask first. Then <a href='after.html'>look back</a>.</p>\n",
    "05-work/pages/after.html": "<p>Write down what you measured, and <a href='../unit.yaml#u05-plan'>plan the next one</a>.</p>\n",
    RUBRIC: """\
title: Rubric for plans
criteria:
  - id: goal
    title: Goal & reason
    levels:
      - {id: none, points: 0, text: There is no goal.}
      - {id: named, points: 2, text: A goal is <named>.}
      - {id: measured, points: 3, text: "The goal can be measured, with a number and a date."}
  - id: safety
    title: Safety
    levels:
      - {id: none, points: 0, text: Nothing is said of it.}
      - {id: stop, points: 2, text: It says when to stop.}
""",
    EXAMPLE: """\
title: A plan of last year
text: |
  <h3>Plan</h3>
  <p>We test the brakes on Monday, and stop at 0.05 mm.</p>
ratings:
  - {criterion: goal, level: named}
  - {criterion: safety, level: stop}
comment: <p>You say <em>when</em> to stop. How will you know that the test was a success?</p>
""",
    SURVEY: """\
intro: <p>For the team of this course. The answers are kept for a year.</p>
thanks: <p>Thank you. They help who comes after you.</p>
several_times: true
items:
  - kind: one
    id: role
    question: What do you do?
    required: true
    options:
      - {id: trainer, text: I train & teach}
      - {id: other, text: Something <else>}
  - kind: scale
    id: sure
    question: How sure are you?
    levels: [Not at all, A little, Very]
  - kind: page-break
    id: next
  - kind: text
    id: lead
    text: <h2>Your workshop</h2><p>The last questions.</p>
  - kind: number
    id: years
    question: For how many years?
    low: 0
    high: 60
    only_if: {item: role, option: trainer}
  - kind: several
    id: tools
    question: Which tools do you use?
    options:
      - {id: gauge, text: Gauge}
      - {id: film, text: Film}
  - kind: words
    id: wish
    question: What should be better?
    lines: 3
""",
    PRACTICES: """\
intro: <p>Collected by trainers.</p>
approval: true
fields:
  - {kind: line, id: where, title: Where, required: true}
  - {kind: text, id: what, title: What was done, help: "In your own words. No names.", lines: 5}
  - {kind: menu, id: country, title: Country, options: [Spain, Italy & Malta, Finland]}
  - {kind: checks, id: places, title: Places of learning, options: [Workshop, Home, Company]}
  - {kind: number, id: learners, title: Learners}
  - {kind: address, id: site, title: Site}
  - {kind: file, id: sheet, title: Sheet}
records:
  - id: gauge-film
    title: Films of the gauge
    source: Report of a project, page 7
    url: https://example.org/report?a=1&b=2
    unknown: <p>How many learners saw the films.</p>
    values:
      - {field: where, text: A workshop <in> the north}
      - {field: what, text: Learners film what they measure.}
      - {field: country, text: Italy & Malta}
      - {field: places, entries: [Workshop, Home]}
      - {field: learners, text: "12.5"}
      - {field: site, url: "https://example.org/films"}
  - id: diary
    title: A diary of tests
    values:
      - {field: where, text: Somewhere else}
""",
}


def every_work(words: Words = str) -> list[Activity]:
    """An activity of each of these kinds. ``words`` makes every text that a learner reads, of the name of its place."""

    def plain(place: str) -> Plain:
        return Plain(" ".join(words(place).split()))

    def text(place: str) -> Rich:
        return Rich((Element("p", (), (words(place),)),))

    def common(name: str) -> dict[str, Any]:
        return {"id": Identifier(name), "title": plain(f"title-of-{name}"), "minutes": 5}

    levels = tuple(
        RubricLevel(id=Identifier(name), points=points, text=plain(f"level-{name}"))
        for name, points in (("low", 0), ("mid", 2), ("high", 5))
    )
    criteria = tuple(Criterion(id=Identifier(name), title=plain(f"criterion-{name}"), levels=levels) for name in ("one", "two"))
    rubric = Rubric(title=plain("rubric"), criteria=criteria)
    ratings = tuple(ExampleRating(criterion=each.id, level=Identifier("mid")) for each in criteria)
    example = Example(title=plain("example"), text=text("example-text"), ratings=ratings, comment=text("comment"))
    options = tuple(SurveyOption(id=Identifier(name), text=plain(f"option-{name}")) for name in ("a", "b"))
    only_if = OnlyIf(item=Identifier("one"), option=Identifier("b"))
    items: tuple[Entry, ...] = (
        ChooseOne(id=Identifier("one"), question=plain("asked-one"), options=options, required=True),
        ChooseOne(id=Identifier("row"), question=plain("asked-row"), options=options, layout="row"),
        PageBreak(id=Identifier("next")),
        SurveyText(id=Identifier("text"), text=text("between"), only_if=only_if),
        ChooseSeveral(id=Identifier("several"), question=plain("asked-several"), options=options, only_if=only_if),
        Rated(id=Identifier("scale"), question=plain("asked-scale"), levels=(plain("scale-low"), plain("scale-high"))),
        AskText(id=Identifier("words"), question=plain("asked-words"), lines=2),
        AskNumber(id=Identifier("number"), question=plain("asked-number"), low=-3, high=7),
    )
    entries = (plain("entry-a"), plain("entry-b"))
    fields: tuple[RecordField, ...] = (
        LineField(id=Identifier("line"), title=plain("field-line"), help=plain("help-line"), required=True),
        TextField(id=Identifier("text"), title=plain("field-text")),
        MenuField(id=Identifier("menu"), title=plain("field-menu"), options=entries),
        ChecksField(id=Identifier("checks"), title=plain("field-checks"), options=entries),
        NumberField(id=Identifier("number"), title=plain("field-number")),
        AddressField(id=Identifier("address"), title=plain("field-address")),
        FileField(id=Identifier("file"), title=plain("field-file")),
    )
    values = (
        FieldValue(field=Identifier("line"), text=plain("value-line")),
        FieldValue(field=Identifier("text"), text=plain("value-text")),
        FieldValue(field=Identifier("menu"), text=entries[0]),
        FieldValue(field=Identifier("checks"), entries=entries),
        FieldValue(field=Identifier("number"), text=Plain("-1.5")),
        FieldValue(field=Identifier("address"), url=Address("https://example.org/a?b=1&c=2")),
    )
    address = Address("https://example.org/source")
    records = (
        Record(
            id=Identifier("r1"), title=plain("record-1"), values=values, source=plain("source-1"), url=address, unknown=text("unknown-1")
        ),
        Record(id=Identifier("r2"), title=plain("record-2"), values=values[:1], source=plain("source-2")),
        Record(id=Identifier("r3"), title=plain("record-3"), values=values[:1], url=address),
    )
    return [
        Assignment(**common("w-assignment"), task=text("task"), rubric=rubric, attempts=2, most_words=200),
        Assignment(**common("w-open"), task=text("open-task"), hand_in="text", pass_mark=0),
        PeerReview(
            **common("w-review"), task=text("review-task"), rubric=rubric, reviewing=text("reviewing"), example=example, hand_in="files"
        ),
        Survey(**common("w-survey"), form=Questionnaire(intro=text("intro"), thanks=text("thanks"), items=items)),
        Repository(**common("w-records"), collection=Collection(intro=text("of-records"), fields=fields, records=records, approval=True)),
    ]
