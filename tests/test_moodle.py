"""The packages in a running Moodle: everything of the course is there, and learners get the grades that are due.

They wait for a Moodle that may be written into: ``tests/moodle_site.py`` says how it is named.

What is expected is derived from the course alone. What Moodle cannot keep (``docs/moodle.md``, "What becomes of each thing") is told
here function by function; anything else that differs fails.
"""

from __future__ import annotations

import dataclasses
import random
import re
import shutil
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from browser import MODULES, Package, Player, course_of, some_answer, words
from hands import Answers, cases_of, passed, results_of, right_answers, score_of, work_through
from lxml import html
from moodle_bank import QuizInMoodle, give, words_of
from moodle_site import PATIENCE, Moodle, waits
from pictures import ALTERNATIVE, with_pictures
from playwright.sync_api import APIResponse, Browser, BrowserContext, expect
from playwright.sync_api import Page as Tab
from questions import HOSTILE, MOODLE_44, every_kind, rich
from questions import course_of as quiz_of
from samples import FILES, write_course

from coursegen.archive import write_single
from coursegen.build import build
from coursegen.fidelity import native
from coursegen.model import (
    Activity,
    Case,
    ChoiceGap,
    Cloze,
    Course,
    Discussion,
    Element,
    Essay,
    File,
    GridRating,
    Link,
    Matching,
    Media,
    MultipleResponse,
    Node,
    Numerical,
    Ordering,
    Page,
    Plain,
    Question,
    Quiz,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TrueFalse,
    TutorPage,
    Unit,
    WebLink,
    texts,
)
from coursegen.model.rich import PHRASING
from coursegen.portable import weighted
from coursegen.render.templates import Templates
from coursegen.score import Response, credit, right_response
from coursegen.writers import FORMATS

pytestmark = waits

KINDS = {
    Page: "page",
    TutorPage: "page",
    Case: "page",
    GridRating: "page",
    Quiz: "quiz",
    Discussion: "forum",
    WebLink: "url",
    File: "resource",
}
OWN = ("qbank", "Announcements")
"""What Moodle adds by itself: a question bank, and a forum for announcements."""

PICTURE = '<img src="{}media/disc.svg" alt="A disc, 1 &amp; &lt;2&gt; &quot;worn&quot;.">'
HARD = {
    "01-brakes/pages/parts.html": f"""\
<h2 id="disc">Disc &amp; <em>pads</em></h2>
<section><p>Write <code>&lt;strong&gt;</code> or <code>&amp;amp;</code>, and 1 &lt; 2 &gt; 0.</p><hr></section>
<p><mark>Marked</mark> <time datetime="2026-01-01">today</time>, <ruby>read<rt>rid</rt></ruby>, <b>bold</b> <i>next</i>,
a<sub>1</sub>, <kbd>Esc</kbd>.</p>
<table>
  <caption>Parts</caption>
  <tr><th scope="row">Disc</th><td>{PICTURE.format("../")}<br>{PICTURE.format("../")}</td></tr>
</table>
<details>
  <summary>See <em>more</em></summary>
  <aside class="warning"><p>Hot!</p><ul><li>Really</li></ul></aside>
  words alone
</details>
<dl><dt>Run-out</dt><dd>A wobble. See <a href="why.html">why &amp; how</a>.</dd></dl>
<pre>one
  two</pre>
<address>Workshop<br>Street 1</address>
<p dir="ltr">Á ü ñ ł “quotes” 汉字 🚗 <a href="https://example.org/?a=1&amp;b=%20c#d">outside</a></p>
""",
    "01-brakes/quiz.yaml": f"""\
intro: <p>Choose <b>with</b> <i>care</i>. {PICTURE.format("")}</p>
questions:
  - id: q-run-out
    kind: single-choice
    title: Run-out & <wear>
    stem: >-
      <p>Look:<br>{PICTURE.format("")}</p><p><b>Which</b> <i>tool</i>, <code>&lt;b&gt;</code>?
      See <a href="pages/parts.html">the parts</a>.</p>
    points: 3
    outcomes: [lo-1-1]
    options:
      - id: a
        text: '{PICTURE.format("")} <b>dial</b> <i>gauge</i>'
        correct: true
        feedback: '<b>Yes</b> <i>it</i> is. {PICTURE.format("")}'
      - {{id: b, text: 'A ruler &amp; &lt;i&gt;tape&lt;/i&gt;', feedback: No.}}
    feedback: |
      <p>One.</p>
      <ul><li>Two {PICTURE.format("")}</li></ul>
  - id: q-three
    kind: multiple-response
    stem: Which three?
    outcomes: [lo-1-1]
    options:
      - {{id: a, text: One, correct: true, feedback: Yes.}}
      - {{id: b, text: Two, correct: true, feedback: Yes.}}
      - {{id: c, text: Three, correct: true, feedback: Yes.}}
      - {{id: d, text: '0', feedback: No.}}
    feedback: Three.
  - id: q-typed
    kind: short-answer
    stem: Type a sign.
    outcomes: [lo-1-1]
    answers:
      - {{id: a, text: 'a < b & c', feedback: Yes.}}
      - {{id: b, text: '2*3 naïve Ω'}}
      - {{id: c, text: '<b>', correct: false, feedback: That is a tag.}}
    feedback: Signs.
""",
}
HARD["01-brakes/unit.yaml"] = (
    FILES["01-brakes/unit.yaml"]
    .replace("test.</p>", f"test.{PICTURE.format('')}</p>")
    .replace("title: The parts", "title: The parts & <limits>")
)
"""The sample course of the other tests with what is hard for Moodle in its pages, prompts and questions."""


@pytest.fixture(scope="module", params=["modules", "hard"])
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course in modules/, and a small one in which everything is that Moodle's importer is known to stumble over."""
    return MODULES if request.param == "modules" else write_course(tmp_path_factory.mktemp("hard"), HARD)


@pytest.fixture(scope="module")
def course(source: Path) -> Course:
    return course_of(source)


@pytest.fixture(scope="module")
def dist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cartridges of the course, built for these tests."""
    return built(source, tmp_path_factory.mktemp("moodle"), ("cartridge-11", "cartridge"))


def built(source: Path, folder: Path, formats: tuple[str, ...]) -> Path:
    done = build(source, folder, formats)
    assert not done.failed, done.findings
    return folder


def package_of(course: Course, name: str, dist: Path) -> Path:
    """The package of a format that makes one of the whole course."""
    ((file, _),) = FORMATS[name].packages(course)
    return dist / file


# The cartridge, restored once


class Module(NamedTuple):
    """An activity in Moodle beside the one of the course it was made from; the pages that the writer adds have none."""

    found: dict[str, Any]
    unit: Unit
    activity: Activity | None


@pytest.fixture(scope="module")
def restored(moodle: Moodle, course: Course, dist: Path) -> dict[str, Any]:
    found = moodle.take("restore", package_of(course, "cartridge-11", dist))
    assert "error" not in found, found["error"]
    assert found["format"] == "imscc11"
    return dict(found)


@pytest.fixture(scope="module")
def modules(course: Course, restored: dict[str, Any]) -> list[Module]:
    """Every activity, in order; that all are there, and nothing else, is asserted here."""
    made: list[Module] = []
    assert len(restored["sections"]) == len(course.units)
    for unit, section in zip(course.units, restored["sections"], strict=True):
        found = [entry for entry in section["mods"] if entry["type"] not in OWN and entry["name"] not in OWN]
        expected: list[tuple[str, str, bool, Activity | None]] = []
        if unit is course.units[0]:
            expected.append(("page", words("moodle.after"), False, None))
        if said_of_unit(unit):
            expected.append(("page", words("overview.title"), True, None))
        for activity in unit.activities:
            expected.append((KINDS[type(activity)], activity.title, activity.audience == "learners", activity))
        if unit is course.units[-1] and course.glossary:
            expected.append(("page", words("glossary"), True, None))
        assert [(one["type"], undone(one["name"]), bool(int(one["visible"]))) for one in found] == [one[:3] for one in expected], unit.id
        made += [Module(one, unit, entry[3]) for one, entry in zip(found, expected, strict=True)]
    return made


# What the words and references of a text are, in the course and in Moodle


def undone(text: str) -> str:
    """Words without what the writer does to those that look like markup; Moodle would take them for it."""
    return text.replace("‹", "<").replace("›", ">").replace("\u2060", "")


def spoken(alternative: str | None) -> str:
    """An alternative text: straight quotes would end it in Moodle, so that the writer has made them typographic."""
    return undone(alternative or "").translate({0x201C: '"', 0x201D: '"'})


def folded(text: str) -> str:
    return " ".join(undone(text).split())


def said(course: Course, text: Rich | None) -> str:
    """The words of a text as Moodle is to have them: a link to another page is its words, and where it led."""
    places = {activity.id: (unit, activity) for unit, activity in course.activities()}
    out: list[str] = []

    def walk(nodes: Iterable[Node]) -> None:
        for node in nodes:
            if isinstance(node, str):
                out.append(node)
                continue
            block = node.tag not in PHRASING or node.tag == "br"
            out.append(" " if block else "")
            walk(node.children)
            out.append(" " if block else "")
            target = node.get("href")
            if isinstance(target, Link):
                unit, activity = places[target.activity]
                out.append(f" ({words('moodle.see', title=activity.title, unit=unit.title)})")

    walk(text.nodes if text else ())
    return folded("".join(out))


def tree(content: str) -> Any:
    return html.fragment_fromstring(content, create_parent="div")


def read(content: str) -> str:
    """The words of HTML that Moodle has stored."""
    out: list[str] = []

    def walk(element: Any) -> None:
        if isinstance(element.tag, str):
            block = element.tag not in PHRASING or element.tag == "br"
            out.append(" " if block else "")
            out.append(element.text or "")
            for child in element:
                walk(child)
                out.append(child.tail or "")
            out.append(" " if block else "")

    walk(tree(content))
    return folded("".join(out))


def said_of_unit(unit: Unit) -> list[Rich | str]:
    """What there is to say of a unit that Moodle has no other place for."""
    described = [activity.description for activity in unit.activities if isinstance(activity, (WebLink, File)) and activity.description]
    introduced = [quiz.set.intro for quiz in unit.quizzes() if quiz.set.intro]
    summary = [unit.summary] if unit.summary else []
    return [*summary, *(str(outcome.text) for outcome in unit.outcomes), *described, *introduced]


def pictures(text: Rich) -> list[tuple[str, Media]]:
    """The pictures of a text, in order, as (alternative text, file)."""
    found = []
    for element in text.elements():
        source = element.get("src")
        if element.tag == "img" and isinstance(source, Media):
            found.append((str(element.get("alt") or ""), source))
    return found


def files(text: Rich) -> list[Media]:
    """The files that a text leads to or plays."""
    return [value for element in text.elements() if element.tag != "img" for _, value in element.attributes if isinstance(value, Media)]


def outward(text: Rich) -> list[str]:
    """The addresses on the web that a text leads to, in order."""
    return [str(element.get("href")) for element in links(text) if str(element.get("href")).startswith("http")]


def links(text: Rich) -> list[Element]:
    return [element for element in text.elements() if element.tag == "a" and isinstance(element.get("href"), str)]


def same_bytes(answer: APIResponse, media: Media, kind: str = "") -> None:
    assert answer.status == 200, f"{media.path}: {answer.status} {answer.url}"
    assert answer.headers["content-type"].startswith(kind), f"{media.path}: {answer.headers['content-type']}"
    assert answer.body() == media.source.read_bytes(), media.path


# The cartridge


def test_course_and_sections(course: Course, restored: dict[str, Any], modules: list[Module]) -> None:
    assert undone(restored["course"]["fullname"]).startswith(course.title)  # Moodle adds "copy 1" where the name is taken
    assert read(restored["course"]["summary"]) == said(course, course.description)
    # Moodle's importer knows no section names: a unit's title becomes the summary, until a tutor mends it
    assert [undone(section["summary"]) for section in restored["sections"]] == [unit.title for unit in course.units]
    assert all(int(section["visible"]) for section in restored["sections"])
    print(f"\nsections {len(course.units)}; activities {dict(Counter(module.found['type'] for module in modules))}")


def test_pages(course: Course, modules: list[Module], moodle: Moodle, office: BrowserContext) -> None:
    """All words, all pictures with their alternative texts, all files and links; nothing that was not written."""
    count: Counter[str] = Counter()
    for found, _, activity in modules:
        if not isinstance(activity, Page):
            continue
        content = found["content"]
        begin = f"{words('tutors.only')} " if isinstance(activity, TutorPage) else ""
        assert read(content) == begin + said(course, activity.body), activity.id
        stored = [(spoken(image.get("alt")), image.get("src")) for image in tree(content).iter("img")]
        expected = [(spoken(alt), f"@@PLUGINFILE@@/media/{media.path}") for alt, media in pictures(activity.body)]
        assert stored == expected, activity.id
        led = [link.get("href") for link in tree(content).iter("a")]
        assert [address for address in led if not address.startswith("@@PLUGINFILE@@")] == outward(activity.body), activity.id
        for media in files(activity.body):
            assert f"@@PLUGINFILE@@/media/{media.path}" in content, activity.id
        shown = office.request.get(f"{moodle.url}/mod/page/view.php?id={found['cmid']}").text()
        addresses = {address for _, _, address, _ in html.iterlinks(shown)}
        for media in [media for _, media in pictures(activity.body)]:
            same_bytes(office.request.get(served(addresses, media)), media, "image/")
        for media in files(activity.body):
            same_bytes(office.request.get(served(addresses, media)), media)
        count.update(
            pages=1,
            words=len(said(course, activity.body).split()),
            pictures=len(expected),
            files=len(files(activity.body)),
            links=len(outward(activity.body)),
        )
    assert count["pages"] == sum(isinstance(activity, Page) for _, activity in course.activities())
    assert count["pictures"] > 0
    print(f"\n{dict(count)}")


def test_cases_and_grids(course: Course, modules: list[Module]) -> None:
    """They become pages: all scenes with all choices and what comes of them, all indicators with all levels and reasons."""
    count: Counter[str] = Counter()
    for found, _, activity in modules:
        if isinstance(activity, (Case, GridRating)):
            content = read(found["content"])
            for _, name, text in texts(activity):
                if name != "title" or text != activity.title:
                    assert (said(course, text) if isinstance(text, Rich) else folded(text)) in content, f"{activity.id}: {name}"
                    count[activity.kind] += 1
    print(f"\n{dict(count)}")


def served(addresses: Iterable[str], media: Media) -> str:
    (address,) = {address for address in addresses if address.split("?")[0].endswith(f"/media/{media.path}")}
    assert "/pluginfile.php/" in address
    return address


def test_pages_about_units(course: Course, modules: list[Module]) -> None:
    """Title, summary, outcomes, descriptions and introductions stand on a page of their own; the tutor's page names every repair."""
    for found, unit, activity in modules:
        if activity is None and found["name"] == words("glossary"):
            assert course.glossary
            text = read(found["content"])
            for term in course.glossary.terms:
                assert f"{folded(term.term)} {said(course, term.definition)}" in text, term.id
        elif activity is None and int(found["visible"]):
            text = read(found["content"])
            for part in (unit.title, *said_of_unit(unit), course.title, course.description):
                assert (said(course, part) if isinstance(part, Rich) else folded(part)) in text, unit.id
            for each in unit.for_learners():
                assert folded(each.title) in text
            rows = [
                [read(html.tostring(cell, encoding="unicode", with_tail=False)) for cell in row]
                for row in tree(found["content"]).iter("tr")
            ]
            assert [int(row[2]) for row in rows[1:] if row[2] != "–"] == [each.minutes for each in unit.for_learners() if each.minutes]
        elif activity is None:
            text = read(found["content"])
            for each in course.units:
                assert folded(each.title) in text
            for quiz in (quiz for each in course.units for quiz in each.quizzes()):
                total = sum(question.points for question in quiz.set.pool())
                assert f"{folded(quiz.title)} {len(quiz.set.pool())} {total} {quiz.set.pass_mark / 10}" in text


def test_links_discussions_and_files(course: Course, modules: list[Module], moodle: Moodle, office: BrowserContext) -> None:
    count: Counter[str] = Counter()
    for found, _, activity in modules:
        if isinstance(activity, WebLink):
            assert found["externalurl"] == activity.url
        elif isinstance(activity, Discussion):
            assert found["forumtype"] == "general"
            same(course, found["intro"], activity.prompt, activity.id)
        elif isinstance(activity, File):
            same_bytes(office.request.get(f"{moodle.url}/mod/resource/view.php?id={found['cmid']}&redirect=1"), activity.media)
        else:
            continue
        count[activity.kind] += 1
    print(f"\n{dict(count)}")


def same(course: Course, content: str, text: Rich | None, where: str) -> None:
    """The words of a question's or topic's text, and its pictures, which travel in the text itself."""
    assert read(content) == said(course, text), where
    images = [(image.get("alt"), image.get("src")) for image in tree(content).iter("img")]
    expected = pictures(text) if text else []
    assert [spoken(alt) for alt, _ in images] == [spoken(alt) for alt, _ in expected], where
    for (_, source), (_, media) in zip(images, expected, strict=True):
        assert source.startswith("data:image/"), f"{where}: {source[:80]}"
        assert b64decode(source.partition(",")[2]) == media.source.read_bytes(), f"{where}: {media.path}"


def test_questions(course: Course, restored: dict[str, Any], modules: list[Module]) -> None:
    """Every question with its kind, text, mark and feedback, every option with its share and its feedback."""
    count: Counter[str] = Counter()
    remaining = list(restored["questions"])
    for found, _, activity in modules:
        if not isinstance(activity, Quiz):
            continue
        quiz = activity.set
        kinds = native(FORMATS["cartridge-11"].carries, course.moodle.version)
        asked = [each for entry in weighted(quiz.pool(), kinds) for each in entry.questions]
        assert [undone(slot["name"]) for slot in found["slots"]] == [question.name for question in asked]
        assert int(found["attempts"]) == (0 if quiz.attempts == "unlimited" else quiz.attempts)
        assert int(found["timelimit"]) == 0
        bank = [row for row in remaining if undone(row["category"]) == f"Quiz Bank '{activity.title}'"][: len(asked)]
        remaining = [row for row in remaining if row not in bank]  # two quizzes may have the same title
        assert len(bank) == len(asked), activity.id
        for question, row in zip(asked, bank, strict=True):
            where = question.id
            assert undone(row["name"]) == question.name, where
            assert row["mark"] == question.points, where
            same(course, row["text"], question.stem, where)
            same(course, row["generalfeedback"], told_to_all(question), where)
            count[row["qtype"]] += 1
            count["general feedbacks"] += question.feedback is not None
            count.update(KIND_CHECKS[type(question)](course, question, row))
    assert not remaining, f"questions that nobody wrote: {remaining}"
    assert sum(count[kind] for kind in ("multichoice", "truefalse", "shortanswer")) == sum(
        len(quiz.set.pool()) for unit in course.units for quiz in unit.quizzes()
    )
    print(f"\n{dict(count)}")


def told_to_all(question: Question) -> Rich | None:
    """The general feedback, and after words that name it the feedback of each accepted short answer, which Moodle's importer loses."""
    nodes = [*(question.feedback.nodes if question.feedback else ())]
    for answer in question.answers if isinstance(question, ShortAnswer) else ():
        if answer.correct and answer.feedback:
            nodes += [Element("p", (), (words("cartridge.answer", answer=answer.text),)), Element("div", (), answer.feedback.nodes)]
    return Rich(tuple(nodes)) if nodes else None


def check_choice(course: Course, question: Question, row: dict[str, Any]) -> dict[str, int]:
    assert isinstance(question, (SingleChoice, MultipleResponse))
    assert row["qtype"] == "multichoice"
    assert row["single"] == isinstance(question, SingleChoice)
    right = sum(option.correct for option in question.options)
    # Moodle gives each right option an equal share and wrong ones nothing: who ticks all gets the whole mark
    shares = [1 / right if option.correct else 0 for option in question.options]
    assert [share for _, share, _ in row["answers"]] == pytest.approx(shares, abs=1e-4), question.id
    for option, (text, _, feedback) in zip(question.options, row["answers"], strict=True):
        same(course, text, option.text, f"{question.id}: {option.id}")
        same(course, feedback, option.feedback, f"{question.id}: {option.id}: feedback")
    return {"options": len(shares), "feedbacks": sum(option.feedback is not None for option in question.options)}


def check_true_false(course: Course, question: Question, row: dict[str, Any]) -> dict[str, int]:
    assert isinstance(question, TrueFalse)
    assert row["qtype"] == "truefalse"
    told = {answer: (share, read(feedback)) for answer, share, feedback in row["answers"]}
    assert told == {
        "True": (float(question.answer), said(course, question.if_true)),
        "False": (float(not question.answer), said(course, question.if_false)),
    }, question.id
    return {"options": 2, "feedbacks": sum(feedback is not None for feedback in (question.if_true, question.if_false))}


def check_short_answer(course: Course, question: Question, row: dict[str, Any]) -> dict[str, int]:
    assert isinstance(question, ShortAnswer)
    assert row["qtype"] == "shortanswer"
    told = {answer: (share, read(feedback)) for answer, share, feedback in row["answers"]}
    assert told == {
        # the feedback of right answers is in the general feedback. An asterisk is escaped
        answer.text.replace("*", r"\*"): (1.0, "") if answer.correct else (0.0, said(course, answer.feedback))
        for answer in question.answers
    }, question.id
    return {"typed answers": len(told), "feedbacks": sum(answer.feedback is not None for answer in question.answers)}


KIND_CHECKS: dict[type, Callable[[Course, Any, dict[str, Any]], dict[str, int]]] = {
    SingleChoice: check_choice,
    MultipleResponse: check_choice,
    TrueFalse: check_true_false,
    ShortAnswer: check_short_answer,
}


def test_the_newer_cartridge_is_refused(moodle: Moodle, course: Course, dist: Path) -> None:
    """Moodle takes Common Cartridge 1.0 and 1.1 only; that is why there are two."""
    found = moodle.take("restore", package_of(course, "cartridge", dist))
    assert found["format"] == "unknown"
    assert "unable_to_find_conversion_path" in found["error"]


# SCORM packages, played by a learner


RUNTIMES = ("scorm12", "scorm2004")
"""The versions of SCORM; each has a format for units and one for the whole course."""


class Names(NamedTuple):
    """How a version of SCORM calls things."""

    version: str
    status: str
    place: str
    score: str
    wrong: str


NAMES = {
    "scorm12": Names("SCORM_1.2", "cmi.core.lesson_status", "cmi.core.lesson_location", "cmi.core.score.raw", "wrong"),
    "scorm2004": Names("SCORM_1.3", "cmi.completion_status", "cmi.location", "cmi.score.raw", "incorrect"),
}


def packages(course: Course, *runtimes: str) -> list[Package]:
    """The SCORM packages of a course: in each version one for each unit, and the whole."""
    return [
        Package(Path(file).stem, (unit,) if unit else course.units)
        for runtime in runtimes
        for kind in (f"{runtime}-unit", runtime)
        for file, unit in FORMATS[kind].packages(course)
    ]


PACKAGES = packages(course_of(), *RUNTIMES)
WITH_QUIZ = [next(package for package in packages(course_of(), runtime) if package.quizzes()) for runtime in RUNTIMES]


def names_of(package: Package) -> Names:
    return NAMES[package.name.rpartition("-")[2]]


class Learner:
    """The learner at a SCORM activity; each visit has a browser of its own, as at another computer."""

    def __init__(self, moodle: Moodle, chromium: Browser, cmid: int) -> None:
        self.moodle, self.chromium, self.cmid = moodle, chromium, cmid
        self.context: BrowserContext | None = None

    def open(self) -> tuple[Tab, Player]:
        self.context = self.chromium.new_context(viewport={"width": 1280, "height": 900})
        tab = self.moodle.enter(self.context, self.moodle.learner)
        tab.goto(f"{self.moodle.url}/mod/scorm/view.php?id={self.cmid}")
        frame = tab.locator("iframe#scorm_object").element_handle(timeout=PATIENCE).content_frame()
        assert frame is not None
        frame.locator("#cg-content .cg-activity").wait_for(timeout=PATIENCE)  # Moodle shows a page of its own first
        return tab, Player(frame)

    def leave(self, tab: Tab) -> None:
        """Go back to the course, as most do."""
        tab.goto(f"{self.moodle.url}/my/")
        self.close()

    def close(self) -> None:
        if self.context:
            self.context.close()
            self.context = None

    def tracks(self) -> Any:
        return self.moodle.probe("tracks", self.cmid, self.moodle.learner[0])


def play(package: Package, player: Player, answers: Answers, begin: int = 0, end: int | None = None, wise: bool = True) -> None:
    """Work through the activities from one number to another: answer, decide and rate."""
    for name, title, activity in package.activities()[begin:end]:
        if player.frame.locator(f".cg-item[aria-current=page][href='#/{name}']").count() == 0:
            player.go(name)
        player.expect_at(name, title)
        work_through(player, activity, answers, wise)


def told(found: Any) -> dict[str, Any]:
    """The one SCO's data."""
    (data,) = found["tracks"].values()
    return dict(data)


def interactions(data: dict[str, Any]) -> dict[str, str]:
    """The last result told for each thing that was answered or decided, by its id."""
    rows: dict[int, dict[str, str]] = {}
    for element, value in data.items():
        if match := re.fullmatch(r"cmi\.interactions[._]N?(\d+)\.(id|result)", element):
            rows.setdefault(int(match[1]), {})[match[2]] = value
    return {row["id"]: row["result"] for _, row in sorted(rows.items()) if "result" in row}


@pytest.fixture(scope="module")
def scorm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SCORM packages of modules/."""
    return built(MODULES, tmp_path_factory.mktemp("scorm"), tuple(name for name in FORMATS if name.startswith("scorm")))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_right_answers(package: Package, moodle: Moodle, chromium: Browser, scorm: Path) -> None:
    """Everything seen, answered right, decided best and rated, in two visits with the tab closed in between: complete, the full grade."""
    learner = added(package, moodle, chromium, scorm)
    answers = right_answers(package)
    names = names_of(package)
    half = len(package.activities()) // 2
    tab, player = learner.open()
    play(package, player, answers, 0, half + 1)
    player.expect_saved("saved")
    tab.close()
    learner.close()
    first = learner.tracks()
    assert told(first)[names.status] == "incomplete"
    assert told(first)[names.place] == package.activities()[half][0]
    assert not first["completion"]

    tab, player = learner.open()
    player.expect_at(*package.activities()[half][:2])
    play(package, player, answers, half + 1)
    expect(player.frame.locator("#cg-completed")).to_have_text(words("completed"))
    learner.leave(tab)
    check_end(package, answers, learner.tracks())


@pytest.mark.parametrize("package", WITH_QUIZ, ids=lambda package: package.name)
def test_wrong_answers(package: Package, moodle: Moodle, chromium: Browser, scorm: Path) -> None:
    """Everything seen, most answers wrong: not complete, and the grade that is due; a second, right try mends both."""
    learner = added(package, moodle, chromium, scorm)
    dice = random.Random(4)
    answers: Answers = {question.id: some_answer(question, dice, 0.3) for question in package.questions()}
    assert not passed(package, answers)
    tab, player = learner.open()
    play(package, player, answers, wise=False)
    learner.leave(tab)
    check_end(package, answers, learner.tracks(), wise=False)

    better = right_answers(package)
    tab, player = learner.open()
    for _, _, activity in package.activities():
        if isinstance(activity, (Quiz, Case)):
            player.go(activity.id)
            if isinstance(activity, Quiz):
                player.frame.locator(".cg-retry").click()
            work_through(player, activity, better)
    learner.leave(tab)
    check_end(package, better, learner.tracks())


@pytest.mark.parametrize("package", WITH_QUIZ, ids=lambda package: package.name)
def test_a_new_version_is_put_over_the_old(
    package: Package, moodle: Moodle, chromium: Browser, office: BrowserContext, tmp_path: Path
) -> None:
    """Half the activities are done when the course gets a page, and another a new sentence: the learner is told, and goes on from there."""
    runtime = package.name.rpartition("-")[2]
    old = shutil.copytree(MODULES, tmp_path / "old")
    new = shutil.copytree(MODULES, tmp_path / "new")
    renewed(new, package)
    dists = [built(source, tmp_path / f"{source.name}-dist", (f"{runtime}-unit",)) for source in (old, new)]
    learner = added(package, moodle, chromium, dists[0])
    answers = right_answers(package)
    half = len(package.activities()) // 2
    tab, player = learner.open()
    play(package, player, answers, 0, half + 1)
    learner.leave(tab)
    before = told(learner.tracks())
    replace(moodle, office, learner.cmid, dists[1] / f"{package.name}.zip")

    (after,) = (each for each in packages(course_of(new), runtime) if each.name == package.name)
    tab, player = learner.open()
    player.expect_at(*package.activities()[half][:2])
    expect(player.frame.locator("#cg-notice")).to_be_visible()
    done = player.frame.locator(".cg-item[data-state=done]").count()
    assert done >= half, "what was done before is not done any more"
    assert told(learner.tracks())[names_of(package).place] == before[names_of(package).place]
    player.go(NEW_PAGE)
    play(after, player, answers, [name for name, *_ in after.activities()].index(package.activities()[half][0]) + 1)
    expect(player.frame.locator("#cg-completed")).to_have_text(words("completed"))
    learner.leave(tab)
    check_end(after, answers, learner.tracks())


NEW_PAGE = "a-new-page"


def renewed(source: Path, package: Package) -> None:
    """Add a page at the begin of the package's unit, and put a sentence at the begin of its first page."""
    (unit,) = package.units
    (file,) = (path for path in source.glob("*/unit.yaml") if f"id: {unit.id}\n" in path.read_text("utf-8"))
    text = file.read_text("utf-8")
    page = f"activities:\n  - {{kind: page, id: {NEW_PAGE}, title: What is new, minutes: 0, file: pages/new.html}}\n"
    file.write_text(text.replace("activities:\n", page, 1), "utf-8")
    (file.parent / "pages" / "new.html").write_text("<p>This page is new.</p>\n", "utf-8")
    first = next(activity for activity in unit.for_learners() if isinstance(activity, Page))
    (body,) = (path for path in source.rglob("*.html") if path.name == Path(first.body.place.file).name)
    body.write_text("<p>This sentence is new.</p>\n" + body.read_text("utf-8"), "utf-8")


def replace(moodle: Moodle, office: BrowserContext, cmid: int, package: Path) -> None:
    """Put a package in place of an activity's, as a teacher does: settings, delete the file, upload the new one, save."""
    tab = office.new_page()
    tab.goto(f"{moodle.url}/course/modedit.php?update={cmid}")
    manager = tab.locator("#fitem_id_packagefile")
    manager.locator(".fp-file").first.click()
    tab.locator(".fp-file-delete:visible").click()
    tab.locator(".modal button[data-action='save']:visible").click()
    expect(manager.locator(".fp-file:visible")).to_have_count(0)
    manager.locator(".fp-btn-add a").click()
    tab.locator(".fp-repo-name", has_text="Upload a file").click()
    tab.wait_for_timeout(3000)  # the picker writes its form anew, once or twice, and says in no way when it is done
    tab.locator("input[name=repo_upload_file]").set_input_files(package)
    tab.locator(".fp-upload-btn:visible").click()
    expect(manager.locator(".fp-file:visible")).to_have_count(1)
    tab.locator("#id_submitbutton2").click()
    tab.wait_for_url(lambda url: "/modedit.php" not in url)
    tab.close()


def added(package: Package, moodle: Moodle, chromium: Browser, scorm: Path) -> Learner:
    found = moodle.take("scorm", scorm / f"{package.name}.zip")
    assert "error" not in found, found["error"]
    assert found["version"] == names_of(package).version
    assert [sco["launch"] for sco in found["scoes"] if sco["type"] == "sco"] == ["index.html"]
    return Learner(moodle, chromium, found["cmid"])


def check_end(package: Package, answers: Answers, found: Any, wise: bool = True) -> None:
    """Status, score, gradebook and completion, as ``coursegen.score`` and ``coursegen.branching`` have it."""
    names = names_of(package)
    data, score, through = told(found), score_of(package, answers, wise), passed(package, answers)
    assert data[names.status] == ("completed" if through else "incomplete")
    assert bool(found["completion"]) is through
    if names is NAMES["scorm2004"]:  # it keeps the two apart; who may try again has not failed
        assert data.get("cmi.success_status", "unknown") == ("passed" if through else "unknown")
    if score is None:
        assert names.score not in data
        assert float(found["grade"] or 0) == 0
    else:
        assert float(data[names.score]) == score
        assert float(found["grade"]) == pytest.approx(score, abs=0.01)
    expected = results_of(package, answers, names.wrong)
    results = interactions(data)
    assert {name: results.get(name) for name in expected} == expected
    for case in cases_of(package):
        assert any(name.startswith(f"{case.id}--") for name in results), case.id
    print(
        f"\n{package.name}: {data[names.status]}, score {data.get(names.score)}, grade {found['grade']},"
        f" completion {found['completion']}, {len(data.get('cmi.suspend_data', ''))} characters of state"
    )


# The question bank, imported by hand


def half(question: Question) -> Response | None:
    """A response that earns a part, where a question gives one for it; None stands for leaving it open."""
    everything = right_response(question)
    if isinstance(question, (SingleChoice, TrueFalse, ShortAnswer, Numerical)):
        return None
    if isinstance(question, Ordering):
        return [everything[1], everything[0], *everything[2:]]
    if isinstance(question, (Essay, RatingScale)):
        return everything
    return everything[:1] if question.credit == "partial" else None


def wrong(question: Question) -> Response | None:
    """A response that earns nothing."""
    if isinstance(question, SingleChoice):
        return [next(option.id for option in question.options if not option.correct)]
    if isinstance(question, MultipleResponse):
        return [option.id for option in question.options]
    if isinstance(question, TrueFalse):
        return ["true" if not question.answer else "false"]
    if isinstance(question, (ShortAnswer, Numerical)):
        return ["77"]
    if isinstance(question, Ordering):
        everything = right_response(question)
        return [everything[-1], *everything[:-1]]
    return None


@pytest.mark.parametrize("hostile", ["", *HOSTILE], ids=lambda text: text[:12] or "plain")
def test_question_bank(hostile: str, moodle: Moodle, office: BrowserContext, tmp_path: Path) -> None:
    """Moodle's importer takes the file; a quiz of all its questions shows every text, and gives the points that are due."""
    questions = every_kind(lambda place: hostile if hostile == "0" else f"{place} {hostile}".strip())
    course = dataclasses.replace(quiz_of(questions, intro=rich(f"Read this. {hostile}")), moodle=MOODLE_44)
    file = tmp_path / "moodle-questions.xml"
    write_single(file, FORMATS["moodle-xml"].entries(course, Templates(course, None), None))
    tab = office.new_page()
    quiz = QuizInMoodle(tab, moodle.url)
    told = quiz.take(file)
    assert "Error" not in told, told
    assert quiz.fill() == ["u1-quiz", *(question.id for question in questions)]
    alike = hostile == "0"  # options that say the same cannot be told apart
    tries = {"right": right_response} if hostile else {"right": right_response, "half": half, "wrong": wrong}
    for name, respond in tries.items():
        shown = quiz.begin()
        assert len(shown) == len(questions)
        for each, question in zip(shown, questions, strict=True):
            text = words_of(each.locator(".formulation").text_content() or "")
            for one in texts_shown(question):
                assert words_of(one) in text, (question.id, one)
            response = respond(question)
            if response is not None and not (alike and isinstance(question, (Matching, Sorting, Ordering, Cloze))):
                give(each, question, response)
        quiz.hand_in()
        marks = quiz.marks()
        for question, each, (mark, most) in zip(questions, shown, marks, strict=True):
            response = respond(question)
            if alike and isinstance(question, (Matching, Sorting, Ordering, Cloze)):
                continue
            due = most * credit(question, response) if response is not None else 0
            assert mark == pytest.approx(due, abs=0.01), (name, question.id)
            assert response is None or words_of(question.feedback or "") in words_of(each.text_content() or ""), question.id
        if not alike:
            earned, most = quiz.total()
            assert most == pytest.approx(sum(each for _, each in marks))
            assert earned == pytest.approx({"right": most, "wrong": 0}.get(name, sum(mark for mark, _ in marks)), abs=0.05)
    tab.close()


def texts_shown(question: Question) -> Iterator[Rich | str]:
    """What learners read of a question before they answer."""
    if isinstance(question, Cloze):
        yield question.stem.text().partition("[[g1]]")[0]
        yield from (option.text for gap in question.gaps if isinstance(gap, ChoiceGap) for option in gap.options)
        return
    yield question.stem
    if isinstance(question, (SingleChoice, MultipleResponse)):
        yield from (option.text for option in question.options)
    elif isinstance(question, Matching):
        yield from (each for pair in question.pairs for each in (pair.text, pair.match))
        yield from (each.text for each in question.distractors)
    elif isinstance(question, Sorting):
        yield from (each.title for each in question.groups)
        yield from (each.text for each in question.items)
    elif isinstance(question, Ordering):
        yield from (each.text for each in question.items)
    elif isinstance(question, RatingScale):
        yield from (each.text for each in question.levels)


def test_pictures_of_questions(moodle: Moodle, office: BrowserContext, tmp_path: Path) -> None:
    """Two pictures of one name in every text of every kind: learners see them before and after they answer."""
    files = []
    for number, name in enumerate(("a b&'ü.svg", "other/a b&'ü.svg")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{20 + number}" height="20"><rect width="9" height="9"/></svg>')
        files.append(Media(name, path))
    questions = [with_pictures(question, files) for question in every_kind()]
    course = dataclasses.replace(quiz_of(questions), moodle=MOODLE_44)
    file = tmp_path / "moodle-questions.xml"
    write_single(file, FORMATS["moodle-xml"].entries(course, Templates(course, None), None))
    tab = office.new_page()
    quiz = QuizInMoodle(tab, moodle.url)
    assert "Error" not in quiz.take(file)
    quiz.fill()
    asked = sum(1 + len(getattr(each, "options", ())) + len(getattr(each, "pairs", ())) for each in questions)
    asked += sum(len(each.items) for each in questions if isinstance(each, (Sorting, Ordering)))
    for each, question in zip(quiz.begin(), questions, strict=True):
        give(each, question, right_response(question))
    assert quiz.pictures(ALTERNATIVE) == (2 * asked, 2 * asked)
    quiz.hand_in()
    there, loaded = quiz.pictures(ALTERNATIVE)
    assert there == loaded > 2 * asked + 2 * len(questions)  # everybody gets the general feedback, and most more than that
    tab.close()


def test_a_bank_is_imported_twice(moodle: Moodle, office: BrowserContext, tmp_path: Path) -> None:
    """A second import, with other titles, goes through as well: a question or category that is there already stops nothing."""
    tab = office.new_page()
    quiz = QuizInMoodle(tab, moodle.url)
    for title in ("A quiz", "Another title"):
        course = quiz_of(every_kind())
        (activity,) = course.units[0].activities
        unit = dataclasses.replace(course.units[0], activities=(dataclasses.replace(activity, title=Plain(title)),))
        file = tmp_path / "moodle-questions.xml"
        course = dataclasses.replace(course, units=(unit,))
        write_single(file, FORMATS["moodle-xml"].entries(course, Templates(course, None), None))
        assert "Error" not in quiz.take(file)
        assert quiz.fill() == [question.id for question in every_kind()]
    tab.close()
