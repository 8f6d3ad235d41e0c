"""What the reader makes of clean sources: places, trees, references and texts as the author wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from kinds import BANK, DRAWN, KIND_FILES
from kinds import QUIZ as KINDS
from samples import FILES, write_course

from coursegen.check import all_rules, check_source
from coursegen.finding import Finding
from coursegen.model import (
    Anchor,
    ChoiceGap,
    Cloze,
    Course,
    Element,
    File,
    Link,
    Matching,
    Media,
    MultipleResponse,
    Numerical,
    Ordering,
    Page,
    Place,
    Question,
    Quiz,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    Taken,
    TextGap,
    TrueFalse,
    TutorPage,
    WebLink,
    parts,
    texts,
    words,
)
from coursegen.model.rich import fold

UNIT, QUIZ, WHY = "01-brakes/unit.yaml", "01-brakes/quiz.yaml", "01-brakes/pages/why.html"


def read(folder: Path, changes: Mapping[str, str | None] | None = None) -> Course:
    """The course with some files changed; it must be clean."""
    course, findings = check_source(write_course(folder, changes))
    assert not findings, "\n".join(map(str, findings))
    assert course is not None
    return course


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return read(tmp_path_factory.mktemp("course"))


def page(folder: Path, html: str) -> tuple[object, ...]:
    """The nodes of a page."""
    body = "02-discs/pages/wear.html"
    activity = read(folder, {body: f'<h2 id="limits">Limits</h2>{html}'}).units[1].activities[0]
    assert isinstance(activity, Page)
    return activity.body.nodes[1:]


def stem(folder: Path, written: str) -> Rich:
    """The rich text of a stem that is written so."""
    changed = FILES[QUIZ].replace("stem: Which two wear?", f"stem: {written}")
    quiz = read(folder, {QUIZ: changed}).units[0].activities[2]
    assert isinstance(quiz, Quiz)
    return quiz.set.questions[1].stem


def relative(place: Place) -> Place:
    """A place with the file's last step only."""
    return place._replace(file=place.file.rpartition("/")[2])


def tag(name: str, *children: str | Element, **attributes: object) -> Element:
    return Element(name, tuple(attributes.items()), children)  # type: ignore[arg-type]


LINKED = (tag("a", tag("p", "A block"), href=Anchor("limits")), tag("ins", tag("p", "b")))

# --- the whole ---


def test_sample_is_clean_and_complete(course: Course) -> None:
    kinds = {activity.kind for _, activity in course.activities()}
    assert kinds == {"page", "tutor-page", "quiz", "discussion", "link", "file"}
    quizzes = [activity for _, activity in course.activities() if isinstance(activity, Quiz)]
    questions = [question for quiz in quizzes for question in quiz.set.questions]
    assert [type(question) for question in questions] == [SingleChoice, MultipleResponse, TrueFalse, ShortAnswer]
    assert [quiz.set.attempts for quiz in quizzes] == ["unlimited", 3]
    assert [unit.minutes for unit in course.units] == [55, 35]
    assert course.framework is not None
    assert [competence.code for competence in course.framework.competences] == ["1.1", "1.2"]
    assert course.packages == ("scorm12-unit", "scorm12", "cartridge-11", "cartridge")


def test_reads_the_same_from_elsewhere(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    here, findings = check_source(".")
    assert not findings
    assert here == course
    assert here is not None
    assert here.place == Place("course.yaml", 1, 1)


def test_crlf_and_byte_order_mark_change_nothing(course: Course, tmp_path: Path) -> None:
    changed = {path: "\ufeff" + text.replace("\n", "\r\n") for path, text in FILES.items() if path.endswith((".yaml", ".html"))}
    other = read(tmp_path, changed)
    assert other == course
    mine = [(type(part), part.place.line, part.place.column) for part in parts(course)]
    assert [(type(part), part.place.line, part.place.column) for part in parts(other)] == mine


# --- places ---


def test_places_of_parts(course: Course) -> None:
    unit = course.units[0]
    assert relative(course.place) == Place("course.yaml", 1, 1)
    assert relative(course.at("workload")) == Place("course.yaml", 12, 1)
    assert relative(course.authors[0].place) == Place("course.yaml", 6, 5)
    assert relative(unit.place) == Place("unit.yaml", 1, 1)
    assert relative(unit.activities[0].place) == Place("unit.yaml", 10, 5)
    assert relative(unit.activities[0].at("file")) == Place("unit.yaml", 15, 5)
    assert relative(unit.activities[0].title.place) == Place("unit.yaml", 12, 12)
    assert relative(unit.outcomes[0].competences[0].place) == Place("unit.yaml", 8, 19)


def test_key_that_is_not_written_has_the_place_of_its_part(course: Course) -> None:
    assert course.units[1].at("summary") == course.units[1].place


def test_places_in_flow_style(course: Course) -> None:
    quiz = course.units[0].activities[2]
    assert isinstance(quiz, Quiz)
    question = quiz.set.questions[1]
    assert isinstance(question, MultipleResponse)
    assert relative(question.options[1].place) == Place("quiz.yaml", 27, 9)
    assert relative(question.options[1].at("correct")) == Place("quiz.yaml", 27, 30)


def place_of_only(text: Rich, tag: str) -> Place:
    (element,) = (element for element in text.elements() if element.tag == tag)
    return relative(text.place_of(element))


def test_places_of_elements(course: Course) -> None:
    why, _, quiz, talk, *_ = course.units[0].activities
    assert isinstance(why, Page)
    assert place_of_only(why.body, "img") == Place("why.html", 5, 3)
    assert place_of_only(talk.prompt, "em") == Place("unit.yaml", 36, 26)  # type: ignore[union-attr]
    assert isinstance(quiz, Quiz)
    first, second = quiz.set.questions
    assert isinstance(first, SingleChoice)
    assert isinstance(second, MultipleResponse)
    assert place_of_only(first.stem, "strong") == Place("quiz.yaml", 8, 34)
    assert first.options[1].feedback is not None
    assert place_of_only(first.options[1].feedback, "em") == Place("quiz.yaml", 18, 31)
    assert second.options[1].feedback is not None
    assert place_of_only(second.options[1].feedback, "b") == Place("quiz.yaml", 27, 61)
    assert second.feedback is not None
    assert place_of_only(second.feedback, "strong") == Place("quiz.yaml", 31, 13)


# --- trees ---


def test_tree_of_a_page(course: Course) -> None:
    _, parts_page, *_ = course.units[0].activities
    assert isinstance(parts_page, Page)
    elements = [node for node in parts_page.body.nodes if isinstance(node, Element)]
    assert elements[0] == tag("h2", "Disc", id="disc")
    assert elements[-1] == tag("ol", tag("li", "Look"), tag("li", "Measure", tag("br"), "twice"))
    head = elements[1].children[3]
    assert head == tag("thead", tag("tr", tag("th", "Part", scope="col"), tag("th", "Limit", scope="col")))


@pytest.mark.parametrize(
    ("html", "nodes"),
    [
        ("<p>a <em>b <strong>c</strong></em> d</p>", (tag("p", "a ", tag("em", "b ", tag("strong", "c")), " d"),)),
        ("<p>a&nbsp;b</p>", (tag("p", "a\u00a0b"),)),
        ("<p>1 &lt; 2 &amp; 3 > 2</p>", (tag("p", "1 < 2 & 3 > 2"),)),
        ("<p>1 < 2 <3 &amp; x &</p>", (tag("p", "1 < 2 <3 & x &"),)),
        ("<p>&eacute;&#233;&#xE9;&#128512;</p>", (tag("p", "ééé😀"),)),
        ("<p>&<!-- -->lt 1</p>", (tag("p", "&lt 1"),)),
        ("<a href='#limits'><p>A block</p></a><ins><p>b</p></ins>", LINKED),
        ("<p>&#0;&#xD800;</p>", (tag("p", "\ufffd\ufffd"),)),
        (f"<p>&#{'9' * 9000};</p>", (tag("p", "\ufffd"),)),
        ("<P CLASS='a' Lang=fr>x</P>", (tag("p", "x", **{"class": "a", "lang": "fr"}),)),
        ("<p title=\"a > b 'c' &quot;d&quot; &copy=1&amp;x\">x</p>", (tag("p", "x", title="a > b 'c' \"d\" &copy=1&x"),)),
        ("<p>a<br>b<br/>c<br />d</p>", (tag("p", "a", tag("br"), "b", tag("br"), "c", tag("br"), "d"),)),
        ("<p>a<span/>b</p>", (tag("p", "a", tag("span"), "b"),)),
        ("<p>a<!-- <b> -- x -->b<!---->c</p>", (tag("p", "abc"),)),
        ("<p\n  class = 'a'\n  id='b'\n>x</p\n>", (tag("p", "x", **{"class": "a", "id": "b"}),)),
        ("<p>  a\n  b  </p>\n\n<hr>", (tag("p", "  a\n  b  "), "\n\n", tag("hr"))),
        ("<pre>a\n  b</pre>", (tag("pre", "a\n  b"),)),
        ("<details open><summary>s</summary>t</details>", (tag("details", tag("summary", "s"), "t", open=""),)),
    ],
)
def test_trees(html: str, nodes: tuple[object, ...], tmp_path: Path) -> None:
    assert page(tmp_path, html) == nodes


def test_escaped_markup_is_text(tmp_path: Path) -> None:
    course, findings = check_source(write_course(tmp_path, {WHY: "<p>&lt;b&gt; &amp;amp; x</p>"}))
    assert [finding.code for finding in findings] == ["T005"]  # a warning: the Moodle cartridge cannot carry it
    assert course is not None
    why = course.units[0].activities[0]
    assert isinstance(why, Page)
    assert why.body.nodes == (tag("p", "<b> &amp; x"),)


@pytest.mark.parametrize(
    ("written", "nodes"),
    [
        ("Which  two\n      wear?", ("Which two wear?",)),
        ('" Which\\ttwo? "', ("Which two?",)),
        ('"Which\\u00a0two\\u202f?"', ("Which\u00a0two\u202f?",)),
        ("|\n      Which\n\n      two?\n", ("Which two?",)),
        ("1 > 0", ("1 > 0",)),
        ("1 < 2", ("1 < 2",)),
        ("Nuts &amp; bolts", ("Nuts & bolts",)),
        ("Nuts & bolts", ("Nuts & bolts",)),
        ("'It''s <b>so</b>'", ("It's ", tag("b", "so"))),
        ('"A \\"<b>so</b>\\""', ('A "', tag("b", "so"), '"')),
        ("|\n      <p>a</p>\n      <p>b</p>\n", (tag("p", "a"), "\n", tag("p", "b"))),
        (">\n      <p>a\n      b</p>\n", (tag("p", "a b"),)),
    ],
)
def test_rich_text_in_yaml(written: str, nodes: tuple[object, ...], tmp_path: Path) -> None:
    assert stem(tmp_path, written).nodes == nodes


def test_plain_text_is_folded_and_never_html(tmp_path: Path) -> None:
    title = '"  1 <\\n 2 &amp; <b>x</b>\\u00a0! "'
    course = read(tmp_path, {"course.yaml": FILES["course.yaml"].replace("title: Brakes & discs", f"title: {title}")})
    assert course.title == "1 < 2 &amp; <b>x</b>\u00a0!"


# --- references ---


def test_references(course: Course, tmp_path: Path) -> None:
    why = course.units[0].activities[0]
    assert isinstance(why, Page)
    found = [element.get("href") for element in why.body.elements() if element.tag == "a"]
    csv = Media("01-brakes/files/measurements.csv", tmp_path)
    assert found == [Link("u01-parts", "disc"), csv, Link("u02-wear", "limits"), Anchor("heat"), "https://example.org/?a=1&b=2"]  # type: ignore[arg-type]
    (picture,) = (element.get("src") for element in why.body.elements() if element.tag == "img")
    assert isinstance(picture, Media)
    assert picture.path == "01-brakes/media/disc.svg"
    assert picture.source.read_text(encoding="utf-8") == FILES["01-brakes/media/disc.svg"]


def test_file_and_link_activities(course: Course) -> None:
    _, _, _, _, link, file, tutor = course.units[0].activities
    assert isinstance(link, WebLink)
    assert link.url == "https://example.org/frame"
    assert isinstance(file, File)
    assert file.media.path == "01-brakes/files/measurements.csv"
    assert isinstance(tutor, TutorPage)
    assert tutor.audience == "tutors"


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("../quiz.yaml", Link("u02-quiz")),  # type: ignore[arg-type]
        ("wear.html", Link("u02-wear")),  # type: ignore[arg-type]
        ("./../pages/wear.html#limits", Link("u02-wear", "limits")),  # type: ignore[arg-type]
        ("#limits", Anchor("limits")),
        ("#caf%C3%A9", Anchor("café")),
        (" ../../01-brakes/media/disc.svg ", Media("01-brakes/media/disc.svg", Path())),
        ("..%2F..%2F01-brakes/media/d%69sc.svg", Media("01-brakes/media/disc.svg", Path())),
        ("mailto:team@example.org", "mailto:team@example.org"),
        ("https://example.org/a%20b?c=d&copy=e#f", "https://example.org/a%20b?c=d&copy=e#f"),
    ],
)
def test_where_links_lead(address: str, value: object, tmp_path: Path) -> None:
    (paragraph,) = page(tmp_path, f'<p><a href="{address}">where this leads</a> <b id="café">x</b></p>')
    assert isinstance(paragraph, Element)
    link = paragraph.children[0]
    assert isinstance(link, Element)
    assert link.get("href") == value


# --- the walk ---


def test_walk(course: Course) -> None:
    names = [type(part).__name__ for part in parts(course.units[1])]
    assert names == ["Unit", "Outcome", "Page", "Quiz", "QuestionSet", "TrueFalse", "ShortAnswer", "Answer", "Answer", "Answer"]
    found = [(type(owner).__name__, name) for owner, name, _ in texts(course.units[1])]
    assert found[:5] == [("Unit", "title"), ("Outcome", "text"), ("Page", "title"), ("Page", "body"), ("Quiz", "title")]
    assert ("ShortAnswer", "stem") in found
    assert ("Answer", "feedback") in found
    assert words(course.units[1].outcomes[0]) == 6
    assert words(course.units[1].activities[0]) == len(
        "Wear A disc wears slowly, says le maître d’apprentissage. Limits See an example 0.05 mm, and 1 < 2.".split()
    )


def test_words_of_rich_text() -> None:
    assert fold((tag("p", "one", tag("b", "two")), tag("p", "three"), "four", tag("br"), "five")) == "onetwo three four five"


def test_equality_ignores_places() -> None:
    assert Element("p", (), ("a",), 1, 1) == Element("p", (), ("a",), 9, 9)
    assert hash(Element("p", (), ("a",), 1, 1)) == hash(Element("p", (), ("a",), 9, 9))
    assert Rich(("a",), Place("a", 1, 1)) == Rich(("a",), Place("b", 2, 2))
    assert Element("p") != Element("b")
    assert Element("p", (("id", "a"),)) != Element("p", (("id", "b"),))


def test_equality_of_courses(course: Course, tmp_path: Path) -> None:
    moved = {path: "\n\n" + text if path.endswith(".yaml") else text for path, text in FILES.items()}
    other = read(tmp_path, moved)
    assert other == course
    assert other.place != course.place
    changed = {"course.yaml": FILES["course.yaml"].replace("audience: Trainers", "audience: Trainees")}
    assert read(tmp_path, changed) != course


# --- kinds of question, and banks ---


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return read(tmp_path_factory.mktemp("kinds"), dict(KIND_FILES))


def asked(course: Course, number: int) -> Quiz:
    """A quiz of the unit with every kind of question."""
    return list(course.units[2].quizzes())[number]


def test_every_kind_is_read(kinds: Course) -> None:
    limit, pairs, sort, order, gaps, typed, words, sure = asked(kinds, 0).set.questions
    assert isinstance(limit, Numerical)
    assert [(each.value, each.tolerance, each.correct) for each in limit.answers] == [
        ("22.4", "0.1", True),
        ("22.4", "1", False),
        ("-3", "0", False),
    ]
    assert limit.hints == (Rich(("Look at the rim.",)), Rich(("It is ", tag("em", "stamped"), " there.")))
    assert (limit.unit, limit.difficulty, limit.source, limit.tags, limit.competences) == (
        "mm",
        "hard",
        "The makers' handbook",
        ("limits",),
        ("1.2",),
    )
    assert limit.labels() == {"lo-4-1", "1.2", "limits", "hard"}
    assert isinstance(limit.twin, SingleChoice)
    assert isinstance(pairs, Matching)
    assert (pairs.credit, pairs.points) == ("all-or-nothing", 2)
    assert list(pairs.targets().values()) == ["noise", "run-out", "thickness"]
    assert pairs.key() == {"a": "a", "b": "b", "c": "b"}
    assert isinstance(sort, Sorting)
    assert [item.group for item in sort.items] == ["wears", "lasts"]
    assert isinstance(order, Ordering)
    assert [step.id for step in order.items] == ["look", "measure", "decide"]
    assert isinstance(gaps, Cloze)
    assert [type(gap) for gap in gaps.gaps] == [TextGap, ChoiceGap]
    assert fold(gaps.filled(lambda gap: (f"({gap.id})",))) == "Run-out is measured with a (tool). It is (much) mm at most."
    assert isinstance(typed, ShortAnswer)
    assert (typed.case, typed.accents, typed.spacing, typed.wildcards) == ("counts", "ignored", "counts", True)
    assert (words.kind, words.points, sure.kind, sure.points) == ("essay", 0, "rating-scale", 0)


def test_places_of_hints_and_twins(kinds: Course) -> None:
    limit = asked(kinds, 0).set.questions[0]
    assert isinstance(limit, Numerical)
    assert place_of_only(limit.hints[1], "em") == Place("quiz.yaml", 10, 37)
    assert relative(limit.answers[1].at("correct")) == Place("quiz.yaml", 13, 44)
    assert limit.twin is not None
    assert relative(limit.twin.place) == Place("quiz.yaml", 20, 7)


def test_what_quizzes_take(kinds: Course) -> None:
    (bank,) = kinds.units[2].banks
    roller, sides, fade = bank.questions
    drawn, forms = asked(kinds, 1).set, asked(kinds, 2).set
    assert drawn.taken == (Taken((roller, sides), 1), Taken((fade,), 1))
    assert drawn.taken[0].questions[0] is roller, "the same question, and no copy"
    assert [question.id for question in drawn.pool()] == ["q-own", "q-roller", "q-sides", "q-fade"]
    assert drawn.draws()
    assert forms.pool() == (roller, sides)
    assert not forms.draws()


def test_named_questions_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    changed = {DRAWN: KIND_FILES[DRAWN].replace("{bank: tests, tags: [easy], draw: 1}", "{bank: tests, questions: [q-sides, q-roller]}")}
    assert [question.id for question in asked(read(tmp_path, {**KIND_FILES, **changed}), 1).set.pool()][1:3] == ["q-sides", "q-roller"]


def test_a_bank_may_be_in_another_unit_than_the_quiz(tmp_path: Path) -> None:
    unit = "04-kinds/unit.yaml"
    changes = {
        unit: KIND_FILES[unit].replace("banks: [bank.yaml]\n", ""),
        "02-discs/unit.yaml": FILES["02-discs/unit.yaml"].replace("outcomes:\n  - id", "banks: [bank.yaml]\noutcomes:\n  - id", 1),
        "02-discs/bank.yaml": KIND_FILES[BANK],
    }
    assert len(asked(read(tmp_path, {**{path: text for path, text in KIND_FILES.items() if path != BANK}, **changes}), 1).set.pool()) == 4


NO_FAULTS = [
    ("text: A pad,", 'text: <img src="../01-brakes/media/disc.svg" alt="A pad">,'),
    ("{id: a, value: 22.4, tolerance: 0.1,", "{id: d, value: 22.4, correct: true}\n      - {id: a, value: 22.4, tolerance: 0.1,"),
    ("value: -3, correct", "value: 24.4, tolerance: 1, correct"),
    ("value: -3, correct", "value: -3.00000000000000, correct"),
    ("unit: mm", 'unit: "°C"'),
    ('text: "*pads"', 'text: "pads*"'),
    ('text: "*discs*"', r'text: "5 \\\\* 4"'),
    ("<em>[[much]]</em>", "<strong>[<a href='../01-brakes/pages/parts.html'>see the parts</a>] [[much]]</strong>"),
    ("feedback: Decide last.", "feedback: In a cloze [[tool]] is a gap."),
    ("stem: How sure are you?", "stem: How sure are you? [[tool]]"),
    ("match: thickness}\n      - {id: c", "match: Thickness}\n      - {id: c"),
    ("stem: What does each tool", "stem: <a href='#tool'>What</a> does each tool"),
]


@pytest.mark.parametrize(("old", "new"), NO_FAULTS)
def test_what_is_no_fault_in_a_question(old: str, new: str, tmp_path: Path) -> None:
    assert KIND_FILES[KINDS].count(old) == 1
    read(tmp_path, {**KIND_FILES, KINDS: KIND_FILES[KINDS].replace(old, new)})


GUIDE = (Path(__file__).parent.parent / "docs" / "source-format.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE.split("\n## A quiz\n")[1].split("\n## A case study\n")[0], re.DOTALL)


def test_examples_of_the_guide_are_clean(tmp_path: Path) -> None:
    """Each is a whole file: all quizzes in one course, with the bank. Every kind is shown."""
    banks = [text for text in EXAMPLES if text.startswith("id:")]
    quizzes = [text for text in EXAMPLES if not text.startswith("id:")]
    assert (len(banks), len(quizzes)) == (1, 15)
    entry = "  - {{kind: quiz, id: quiz-{0}, title: Example {0}, minutes: 1, outcomes: [lo-1-2, lo-1-3], file: quiz-{0}.yaml}}\n"
    unit = (
        "id: u01\ntitle: Examples\nminutes: 15\nbanks: [bank.yaml]\noutcomes:\n  - {id: lo-1-2, text: plan}\n  - {id: lo-1-3, text: aim}\n"
    )
    files = {
        "course.yaml": FILES["course.yaml"].replace("workload: 90", "workload: 15").replace("  - 02-discs\n", ""),
        "framework.yaml": "id: frame\ntitle: Frame\nsource: Nowhere\ncompetences: [{code: 3.1, title: Teaching}]\n",
        "01-brakes/unit.yaml": unit + "activities:\n" + "".join(entry.format(number) for number in range(15)),
        "01-brakes/bank.yaml": banks[0],
        **{f"01-brakes/quiz-{number}.yaml": text for number, text in enumerate(quizzes)},
    }
    gone = {path: None for path in FILES if path not in files}
    course = read(tmp_path, {**gone, **files})
    kinds = {question.kind for quiz in course.units[0].quizzes() for question in quiz.set.pool()}
    assert kinds == {kind.kind for kind in get_args(Question)}


# --- text stays text ---

SURPRISES = ["no", "yes", "on", "1.10", "08", "010", "2021-04-05", "12:30", "~", "null", "0x1F", "1e3", "=", "<<", ".inf", "true", "1_000"]


@pytest.mark.parametrize("text", SURPRISES)
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    changes: dict[str, str | None] = {
        QUIZ: FILES[QUIZ].replace("text: A ruler", f"text: {text}").replace("They do not.", text),
        UNIT: FILES[UNIT].replace("title: The parts", f"title: {text}"),
        "02-discs/quiz.yaml": FILES["02-discs/quiz.yaml"].replace("text: brake pads", f"text: {text}"),
        "course.yaml": FILES["course.yaml"].replace("version: 1.10", f"version: {text}").replace("[brakes,", f"[{text},"),
    }
    course = read(tmp_path, changes)
    first, second = (activity for _, activity in course.activities() if isinstance(activity, Quiz))
    single, multiple = first.set.questions
    short = second.set.questions[1]
    assert isinstance(single, SingleChoice)
    assert isinstance(multiple, MultipleResponse)
    assert isinstance(short, ShortAnswer)
    assert single.options[1].text.nodes == (text,)
    assert multiple.options[2].feedback == Rich((text,))
    assert short.answers[1].text == text
    assert course.units[0].activities[1].title == text
    assert course.version == text
    assert course.keywords[0] == text


# --- findings ---


def test_every_rule_is_documented() -> None:
    for rule in all_rules():
        summary, *_, example = rule.documentation.strip().split("\n\n")
        assert summary[0].isupper(), rule.code
        assert rule.documentation.count("\n\n") >= 2, f"{rule.code} does not say why"
        assert "Wrong: " in example, rule.code
        assert "\n    Right: " in example, rule.code


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    changes: dict[str, str | None] = {
        "course.yaml": FILES["course.yaml"].replace("language: en", "language: in English"),
        UNIT: FILES[UNIT].replace("minutes: 15", "minutes: fifteen").replace("title: Brakes\n", "titel: Brakes\n"),
        QUIZ: FILES[QUIZ].replace("correct: true\n", "correct: yes\n"),
        WHY: FILES[WHY].replace("disc.svg", "disk.svg") + "<p>Text <b>bold</p>",
        "01-brakes/pages/tutor.html": None,
    }
    _, findings = check_source(write_course(tmp_path, changes))
    assert sorted(finding.code for finding in findings) == ["H002", "L001", "L001", "S001", "S004", "S004", "S008"]
    assert findings == sorted(findings)


def test_what_is_no_fault(tmp_path: Path) -> None:
    """Near misses of rules: case tells options apart, feedback may link, ids are unique for a page and no more, ids have 60 characters."""
    quiz = FILES[QUIZ].replace("text: A ruler", "text: A DIAL GAUGE").replace("text: Bolts", 'text: <img src="media/disc.svg" alt="Bolts">')
    unit = FILES[UNIT].replace("summary: What", 'summary: <b id="what">What</b>').replace("<p>Describe", '<p id="what">Describe')
    changes: dict[str, str | None] = {
        QUIZ: quiz.replace("They do not.", '<a href="pages/parts.html">The parts</a> tell it').replace("q-parts", "q" * 60),
        UNIT: unit.replace("title: Brakes\n", f"title: {'x' * 200}\n").replace("title: The parts", f"title: {'x' * 240}"),
        WHY: FILES[WHY] + '<p><a href="mailto:a@example.org,b@example.org?subject=x">write to the team</a></p>',
        "course.yaml": FILES["course.yaml"].replace("language: en", "language: gl-ES").replace("1.10", "12345678901234567890"),
        "templates/messages/gl.json": "{}",
    }
    read(tmp_path, changes)


def test_unreadable_unit_hides_no_links(tmp_path: Path) -> None:
    for text in ("title: [", "id: x\tx", "", "- a", "id: u02\nactivities: none"):
        _, findings = check_source(write_course(tmp_path, {"02-discs/unit.yaml": text}))
        assert not [finding for finding in findings if finding.code in ("L004", "L009", "L011")]


def test_no_course_at_all(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        course, findings = check_source(folder)
        assert course is None
        (finding,) = findings
        assert isinstance(finding, Finding)
        assert (finding.code, finding.place) == ("L015", Place(f"{folder.as_posix()}/course.yaml"))


def test_a_question_without_competences_is_found_by_those_of_its_outcomes(tmp_path: Path) -> None:
    bank = """\
id: bank
title: A bank
questions:
  - {id: q-one, kind: true-false, stem: One., answer: true, outcomes: [lo-1-1], if_true: Yes., if_false: No.,
     feedback: So it is.}
  - {id: q-two, kind: true-false, stem: Two., answer: true, outcomes: [lo-1-1], competences: ["1.2"],
     if_true: Yes., if_false: No., feedback: So.}
"""
    unit = FILES["01-brakes/unit.yaml"].replace("activities:", "banks: [bank.yaml]\nactivities:", 1)
    takes = 'take: [{bank: bank, tags: ["1.1"]}, {bank: bank, questions: [q-two]}]'
    quiz = FILES["01-brakes/quiz.yaml"].replace("questions:", f"{takes}\nquestions:", 1)
    course = read(tmp_path, {"01-brakes/bank.yaml": bank, "01-brakes/unit.yaml": unit, "01-brakes/quiz.yaml": quiz})
    found, named = next(course.units[0].quizzes()).set.taken
    assert [[question.id for question in each.questions] for each in (found, named)] == [["q-one"], ["q-two"]]
