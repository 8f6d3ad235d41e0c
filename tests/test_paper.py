"""Quizzes on paper: every text read back from paper and key, nothing given away, and documents that print and are accessible."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import Watched
from playwright.sync_api import ViewportSize
from questions import HOSTILE, course_of, every_kind, renamed, rich
from readback import Record
from readback_paper import document, read
from test_accessibility import DESK, PHONE, violations

from coursegen.archive import write_zip
from coursegen.fidelity import KINDS, QUESTIONS, QUIZZES
from coursegen.model import (
    Anchor,
    Answer,
    Bank,
    ChoiceGap,
    Cloze,
    Course,
    Element,
    Essay,
    Form,
    GapOption,
    Identifier,
    Language,
    Link,
    Matching,
    Media,
    MultipleResponse,
    Node,
    Numerical,
    Ordering,
    Plain,
    Question,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    Take,
    Taken,
    TextGap,
    TrueFalse,
)
from coursegen.render.templates import Templates
from coursegen.writers.paper import CARRIES, entries, letter, number, ranges

Visitor = Callable[..., Watched]
GIVEN_AWAY = ("told-", "general", "if-right", "if-partly", "if-wrong", "hint-", "part-", "model", "title")


def files(course: Course) -> dict[str, bytes]:
    """The files of the package, media read from the disk."""
    made = dict(entries(course, Templates(course, None)))
    return {name: content if isinstance(content, bytes) else content.read_bytes() for name, content in made.items()}


def records(course: Course) -> dict[str, Record]:
    found = read(files(course))
    assert len({record.ident for record in found}) == len(found)
    return {record.ident: record for record in found}


def text_of(content: bytes) -> str:
    return str(document(content).body.text_content())


def words(text: str) -> str:
    """The words of an HTML text that has no elements but paragraphs and the places of gaps."""
    return html.unescape(re.sub(r"</?p>|</?span[^>]*>", "", text)).strip()


def whole(text: Rich | str | None) -> str:
    def inside(nodes: tuple[Node, ...]) -> str:
        return "".join(node if isinstance(node, str) else inside(node.children) for node in nodes)

    return "" if text is None else (text if isinstance(text, str) else inside(text.nodes)).strip()


def wholes(*texts: Rich | str | None) -> list[str]:
    return [whole(text) for text in texts if text]


def expected(question: Question) -> dict[str, list[str]]:
    """What the model says of a kind, role by role; of what is right, ``key``."""
    if isinstance(question, (SingleChoice, MultipleResponse)):
        return {
            "option": wholes(*(option.text for option in question.options)),
            "option-feedback": wholes(*(option.feedback for option in question.options)),
        }
    if isinstance(question, TrueFalse):
        return {"option": ["True", "False"], "option-feedback": wholes(question.if_true, question.if_false)}
    if isinstance(question, ShortAnswer):
        return {
            "answer": [answer.text for answer in question.answers],
            "option-feedback": wholes(*(answer.feedback for answer in question.answers)),
        }
    if isinstance(question, Numerical):
        return {"option-feedback": wholes(*(answer.feedback for answer in question.answers)), "unit": wholes(question.unit)}
    if isinstance(question, Matching):
        return {
            "pair": wholes(*(pair.text for pair in question.pairs)),
            "match": sorted(wholes(*(pair.match for pair in question.pairs), *(each.text for each in question.distractors))),
            "part-feedback": wholes(*(pair.feedback for pair in question.pairs)),
            "key": wholes(*(pair.match for pair in question.pairs)),
        }
    if isinstance(question, Ordering):
        shown = question.scrambled()
        return {
            "step": wholes(*(step.text for step in shown)),
            "part-feedback": wholes(*(step.feedback for step in shown)),
            "key": wholes(*(step.text for step in question.items)),
        }
    if isinstance(question, Sorting):
        titles = {group.id: group.title for group in question.groups}
        return {
            "group": wholes(*titles.values()),
            "item": wholes(*(item.text for item in question.items)),
            "part-feedback": wholes(*(item.feedback for item in question.items)),
            "key": wholes(*(titles[item.group] for item in question.items)),
        }
    if isinstance(question, Cloze):
        entries: list[list[Any]] = [list(gap.options if isinstance(gap, ChoiceGap) else gap.answers) for gap in question.gaps]
        return {
            "option": [entry.text for gap, listed in zip(question.gaps, entries, strict=True) if gap.kind == "choice" for entry in listed],
            "option-feedback": wholes(*(entry.feedback for listed in entries for entry in listed)),
            "key": [
                " / ".join([entry.text for entry in listed if entry.correct][: None if gap.kind == "choice" else 1])
                for gap, listed in zip(question.gaps, entries, strict=True)
            ],
            "gap": [f"({place})" + (f" {'_' * 20}" if gap.kind == "text" else "") for place, gap in enumerate(question.gaps, 1)],
        }
    if isinstance(question, RatingScale):
        return {"option": wholes(*(level.text for level in question.levels))}
    return {"lines": [str(question.lines)], "model-answer": wholes(question.model_answer)}


@pytest.mark.parametrize("first", [True, False], ids=["begins", "ends"])
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_every_text_arrives(hostile: str, first: bool) -> None:
    def made(name: str) -> str:
        return f"{hostile} {name}" if first else f"{name}\n{hostile}"

    labels: dict[str, Any] = {"outcomes": (Identifier("lo-1"),), "tags": (Identifier("a-tag"), Identifier("b-tag"))}
    questions = every_kind(made, **labels, difficulty="hard", source=Plain(made("source")))
    found = records(course_of(questions))
    assert list(found) == [question.id for question in questions]
    assert {question.kind for question in questions} == KINDS
    for question in questions:
        record = found[question.id]
        assert (record.kind, record.points) == (question.kind, question.points)
        for role, texts in expected(question).items():
            read_back = [words(text) for text in record.texts[role]]
            assert (sorted(read_back) if role == "match" else read_back) == texts, (question.id, role)
        if not isinstance(question, Cloze):
            assert [words(text) for text in record.texts["stem"]] == [whole(question.stem)]
        for role, text in (
            ("general-feedback", question.feedback),
            ("if-right", getattr(question, "if_right", None)),
            ("if-partly", getattr(question, "if_partly", None)),
            ("if-wrong", getattr(question, "if_wrong", None)),
        ):
            assert [words(each) for each in record.texts.get(role, [])] == wholes(text), (question.id, role)
        assert [words(each) for each in record.texts["hints"]] == wholes(*question.hints)
        assert [words(each) for each in record.texts["title"]] == wholes(question.title)
        assert record.texts["source"] == wholes(question.source)
        assert (record.texts["outcomes"], record.texts["tags"]) == (["lo-1"], ["a-tag", "b-tag"])
        assert record.texts["difficulty"] == ["hard"]
        if isinstance(question, (SingleChoice, MultipleResponse)):
            right = {whole(option.text): float(option.correct) for option in question.options}
            assert {words(text): score for text, score in record.scores.items()} == right


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_a_cloze_is_its_text_with_lines(hostile: str) -> None:
    (question,) = (each for each in every_kind(lambda name: f"{name} {hostile}") if each.id == "q-cloze-part")
    (stem,) = records(course_of([question]))["q-cloze-part"].texts["stem"]
    assert words(stem) == f"stem {hostile} one (1) two (2) {'_' * 20} end [[none]]."


def test_hostile_titles() -> None:
    for hostile in HOSTILE:
        course = course_of(every_kind()[:1], intro=rich(hostile))
        unit = course.units[0]
        quiz = replace(unit.activities[0], title=Plain(hostile))
        course = replace(course, title=Plain(hostile), units=(replace(unit, title=Plain(hostile), activities=(quiz,)),))
        for name, content in files(course).items():
            assert document(content).find(".//title").text.count(hostile) == (1 if name == "index.html" else 2)
            assert hostile in document(content).find(".//h1").text_content() or name == "index.html"
            assert text_of(content).count(hostile) >= 3
            assert document(content).find(".//script") is None


def test_answers_and_how_they_are_compared() -> None:
    found = records(course_of(every_kind()))
    assert found["q-short"].scores == {"Brake pad": 1, "café *": 1, "bolts": 0}
    assert found["q-short"].texts["rules"] == []
    (rules,) = found["q-short-strict"].texts["rules"]
    assert rules == "Upper and lower case must be right. Accents do not count. Spaces do not count. * stands for any words, or for none."
    assert found["q-number"].scores == {"12.5 ± 0.25\u00a0mm": 1, "125\u00a0mm": 0}
    assert found["q-number-exact"].scores == {"-3": 1}
    assert found["q-true"].scores == {"True": 0, "False": 1}


def test_how_points_are_given() -> None:
    found = records(course_of(every_kind()))
    for name in ("several", "match", "sort", "order", "cloze"):
        assert found[f"q-{name}-all"].texts["credit"] == ["Points only if all of it is right."]
    assert found["q-several-part"].texts["credit"] == [
        "Points for each right option that is ticked: 1. For each wrong one, 1 less. Never less than 0."
    ]
    assert found["q-match-part"].texts["credit"] == ["Points for each right part: 0.67."]
    assert found["q-sort-part"].texts["credit"] == ["Points for each right part: 0.5."]
    assert found["q-cloze-part"].texts["credit"] == ["Points for each right part: 1."]
    assert found["q-single"].texts["credit"] == []


def test_learners_are_told_how_points_are_given() -> None:
    found = document(files(course_of(every_kind()))["u1-quiz.html"])
    told = {section.get("data-question"): section.find_class("cg-points")[0].text for section in found.iter("section")}
    for kind in ("match", "sort", "order"):
        assert told[f"q-{kind}-all"].endswith(": only when all parts are right")
        assert told[f"q-{kind}-part"].endswith(": each right part earns a share")
    assert told["q-cloze-part"] == "2 points: each right part earns a share"
    assert (told["q-single"], told["q-essay"]) == ("2 points", "No points")


def listed_gap(name: str, *right: str) -> ChoiceGap:
    """A gap with a list of four, of which some are right."""
    return ChoiceGap(
        id=Identifier(name),
        options=tuple(GapOption(id=Identifier(f"{name}-{each}"), text=Plain(each), correct=each in right) for each in "abcd"),
    )


def test_a_gap_with_a_list_is_asked_for_once() -> None:
    typed = TextGap(id=Identifier("t"), answers=(Answer(id=Identifier("x"), text=Plain("disc")),))
    lists = (listed_gap("g", "a", "c"), listed_gap("h", "b"))
    made = {
        "Tick one box for each gap.": Cloze(id=Identifier("q1"), stem=rich("[[g]] and [[h]]."), gaps=lists),
        "Fill in the gaps. Where a gap has boxes below, tick one.": Cloze(
            id=Identifier("q2"), stem=rich("[[t]] and [[g]]."), gaps=(typed, lists[0])
        ),
        "Fill in the gaps.": Cloze(id=Identifier("q3"), stem=rich("[[t]]."), gaps=(typed,)),
    }
    course = course_of(list(made.values()))
    found = records(course)
    assert [words(each) for question in ("q1", "q2", "q3") for each in found[question].texts["stem"]] == [
        "(1) and (2).",
        f"(1) {'_' * 20} and (2).",
        f"(1) {'_' * 20}.",
    ]
    assert [found[question].texts["key"] for question in ("q1", "q2", "q3")] == [["a / c", "b"], ["disc", "a / c"], ["disc"]]
    sections = list(document(files(course)["u1-quiz.html"]).iter("section"))
    assert [section.find_class("cg-how")[0].text for section in sections] == list(made)
    assert [len(section.find_class("cg-choices")) for section in sections] == [2, 1, 0]


def test_the_paper_gives_nothing_away() -> None:
    made = files(course_of(every_kind(difficulty="hard", source=Plain("where-from")), attempts=3))
    paper, key = made["u1-quiz.html"], made["u1-quiz--key.html"]
    for mark in (*GIVEN_AWAY, "where-from", "lo-1", "Brake pad", "12.5", "disc", "3 times"):
        assert mark not in text_of(paper).replace("Brakes", ""), mark
    for mark in (*GIVEN_AWAY, "where-from", "Brake pad", "12.5", "disc", "3 times"):
        assert mark in text_of(key), mark
    for name in ("cg-ticked", "cg-right", "☒"):
        assert name not in paper.decode().partition("</style>")[2]


def test_points_and_pass_mark() -> None:
    course = course_of(every_kind(), pass_mark=55)
    made = files(course)
    total = sum(question.points for question in course.units[0].quizzes().__next__().set.pool())
    assert total == 32
    for name in ("u1-quiz.html", "u1-quiz--key.html"):
        assert "18 questions, 32 points in total. To pass, you need 17.6 of 32 points (55%)." in " ".join(text_of(made[name]).split())
    assert "(18 questions, 32 points)" in " ".join(text_of(made["index.html"]).split())


def test_a_quiz_without_points_has_no_pass_mark() -> None:
    made = files(course_of([each for each in every_kind() if each.points == 0]))
    assert "To pass" not in text_of(made["u1-quiz.html"])
    assert document(made["u1-quiz.html"]).find_class("cg-reached") == []
    for name in ("index.html", "u1-quiz.html", "u1-quiz--key.html"):
        assert "0 point" not in text_of(made[name])


def test_a_pass_mark_of_nothing_is_not_told() -> None:
    made = files(course_of(every_kind(), pass_mark=0))
    for name in ("u1-quiz.html", "u1-quiz--key.html"):
        assert "18 questions, 32 points in total." in text_of(made[name])
        assert "To pass" not in text_of(made[name])


def test_parallel_forms_are_papers_of_their_own() -> None:
    kinds = every_kind()[:3]
    forms = (
        Form(id=Identifier("a"), questions=(Identifier("q-single"), Identifier("q-true"))),
        Form(id=Identifier("b"), questions=(Identifier("q-short"), Identifier("q-single"))),
    )
    made = files(course_of(kinds, forms=forms))
    names = {f"u1-quiz--{form}{key}.html" for form in "ab" for key in ("", "--key")}
    assert set(made) == {"index.html", *names}
    asked = [(record.texts["paper"][0], record.ident) for record in read(made)]
    assert asked == [
        ("u1-quiz--a.html", "q-single"),
        ("u1-quiz--a.html", "q-true"),
        ("u1-quiz--b.html", "q-short"),
        ("u1-quiz--b.html", "q-single"),
    ]
    assert document(made["u1-quiz--b.html"]).find(".//h1").text == "A quiz, form b"
    links = [link.get("href") for link in document(made["index.html"]).iter("a")]
    assert sorted(links) == sorted(names)


def test_the_key_says_what_is_drawn() -> None:
    kinds = every_kind()
    bank = Bank(id=Identifier("bank"), title=Plain("Bank"), questions=tuple(renamed(kinds[1], f"b{n}") for n in range(4)))
    taken = Taken(bank.questions[:3], 2)
    course = course_of(kinds[:4], [bank], draw=3, take=(Take(bank=bank.id, draw=2),), taken=(taken, Taken(bank.questions[2:], 2)))
    made = files(course)
    assert [record.ident for record in read(made)] == [*(kind.id for kind in kinds[:4]), "b0", "b1", "b2", "b3"]
    said = [each.text for each in document(made["u1-quiz--key.html"]).find_class("cg-draw")]
    assert said == [
        "In the course, a try has 3 of these questions, drawn anew each time: 1–4.",
        "In the course, a try has 2 of these questions, drawn anew each time: 5–7.",
    ]
    assert "drawn" not in text_of(made["u1-quiz.html"])


def test_what_no_quiz_takes_is_a_paper_of_its_own() -> None:
    kinds = every_kind()
    questions = tuple(renamed(kinds[1], f"b{n}") for n in range(4))
    bank = Bank(id=Identifier("bank"), title=Plain("Bank <1>"), questions=questions)
    whole_bank = Bank(id=Identifier("used"), title=Plain("Used"), questions=(renamed(kinds[0], "c0"),))
    taken = (Taken(questions[:3], 2), Taken(whole_bank.questions, 1))
    course = course_of(kinds[:1], [bank, whole_bank], take=(Take(bank=bank.id, draw=2), Take(bank=whole_bank.id)), taken=taken)
    made = files(course)
    assert [(record.texts["paper"][0], record.ident) for record in read(made)] == [
        ("bank--bank--questions.html", "b3"),
        *(("u1-quiz.html", each) for each in (kinds[0].id, "b0", "b1", "b2", "c0")),
    ]
    left = document(made["bank--bank--questions.html"])
    assert left.find(".//h1").text == "Bank <1>"
    assert "To pass" not in left.text_content()
    index = document(made["index.html"])
    assert [each.text for each in index.iter("h2")] == [course.units[0].title, "Question banks"]
    assert {"bank--bank--questions.html", "bank--bank--questions--key.html"} <= {link.get("href") for link in index.iter("a")}
    assert "Bank <1> (1 question, 2 points)" in " ".join(index.text_content().split())
    assert "Question banks" not in text_of(files(course_of(kinds[:1]))["index.html"])


def test_only_a_bank() -> None:
    """A course without a quiz has its questions on paper, too."""
    bank = Bank(id=Identifier("bank"), title=Plain("Bank"), questions=tuple(every_kind()))
    course = course_of([], [bank])
    course = replace(course, units=(replace(course.units[0], activities=()),))
    assert [record.ident for record in read(files(course))] == [question.id for question in bank.questions]
    assert [each.text for each in document(files(course)["index.html"]).iter("h2")] == ["Question banks"]


def test_a_quiz_may_be_called_index() -> None:
    course = course_of(every_kind()[:1])
    unit = course.units[0]
    course = replace(course, units=(replace(unit, activities=(replace(unit.activities[0], id=Identifier("index")),)),))
    assert set(files(course)) == {"index.html", "index--quiz.html", "index--quiz--key.html"}


def test_media_and_links(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"picture")
    (tmp_path / "b.mp3").write_bytes(b"sound")
    (tmp_path / "c.csv").write_bytes(b"table")
    picture = Element("img", (("src", Media("m/a.png", tmp_path / "a.png")), ("alt", "A gauge"), ("loading", "lazy")))
    sound = Element("audio", (("controls", ""), ("src", Media("m/b.mp3", tmp_path / "b.mp3"))))
    film = Element("video", (("title", "A test"),), (Element("source", (("src", Media("m/b.mp3", tmp_path / "b.mp3")),)),))
    sheet = Element("a", (("href", Media("m/c.csv", tmp_path / "c.csv")),), ("a sheet",))
    link = Element("a", (("href", Link(Identifier("u1-quiz"))),), ("inside",))
    anchor = Element("a", (("href", Anchor("here")),), ("here",))
    web = Element("a", (("href", "https://example.org/"),), ("outside",))
    closed = Element("details", (), (Element("summary", (), ("more",)), "there"))
    table = Element("table", (), (Element("caption", (), ("Limits",)), Element("tr", (), (Element("td", (), ("1",)),))))
    named = Element("a", (("href", Media("m/c.csv", tmp_path / "c.csv")),), ("c.csv, a sheet",))
    stem = Rich((picture, sound, film, sheet, named, link, anchor, web, closed, table))
    question = Essay(id=Identifier("q"), stem=stem)
    course = course_of([question])
    made = files(course)
    assert (made["media/m/a.png"], made["media/m/b.mp3"], made["media/m/c.csv"]) == (b"picture", b"sound", b"table")
    (read_back,) = read(made)[0].texts["stem"]
    assert read_back == (
        '<img src="media/m/a.png" alt="A gauge"><span class="cg-recording">[<a href="media/m/b.mp3">Sound: b.mp3</a>]</span>'
        '<span class="cg-recording">[<a href="media/m/b.mp3">Film: A test</a>]</span><a href="media/m/c.csv">a sheet</a> (c.csv)'
        f'<a href="media/m/c.csv">c.csv, a sheet</a>inside (see “A quiz” in “{course.units[0].title}”)here'
        '<a href="https://example.org/">outside</a><details open=""><summary>more</summary>there</details>'
        '<div class="cg-scroll" role="region" tabindex="0" aria-label="Limits">'
        "<table><caption>Limits</caption><tr><td>1</td></tr></table></div>"
    )


@pytest.mark.parametrize("table", [QUESTIONS, QUIZZES])
def test_the_table_has_every_feature(table: dict[str, str]) -> None:
    assert not set(table) - set(CARRIES)
    assert all(bool(verdict.reason) == (verdict.how != "kept") for verdict in CARRIES.values())


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    course = course_of(every_kind())
    for name in ("1.zip", "2.zip"):
        write_zip(tmp_path / name, entries(course, Templates(course, None)))
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_what_points_on_points_the_way_one_reads() -> None:
    """The arrow from a thing to what belongs to it is no mirrored character: a text from right to left needs the other one."""
    course = replace(course_of(every_kind()), language=Language("ar"))
    made = files(course)["u1-quiz--key.html"].decode()
    assert '<html lang="ar" dir="rtl">' in made
    assert re.search(r'\[dir="rtl"\] \.cg-goes::before ?\{ ?content: ?"\\2190', made)


def test_small_things() -> None:
    assert [letter(place) for place in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]
    assert [number(value) for value in (2, 14.7, 2 / 3, 10, 0.125)] == ["2", "14.7", "0.67", "10", "0.13"]
    assert [ranges(places) for places in ([3, 1, 2], [1, 3, 4, 7], [5], [])] == ["1–3", "1, 3–4, 7", "5", ""]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper with a question of every kind, as files."""
    made = tmp_path_factory.mktemp("paper")
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenbefestigungsschraubenschlüssel"
    questions = every_kind(lambda name: f"{name} {long}", outcomes=(Identifier("lo-1"),), difficulty="easy")
    for name, content in files(course_of(questions, attempts=2, intro=rich("Write clearly."))).items():
        (made / name).write_bytes(content)
    return made


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "u1-quiz", "u1-quiz--key"])
def test_on_a_screen(visitor: Visitor, folder: Path, name: str, scheme: str, size: ViewportSize) -> None:
    watched = visitor(viewport=size, color_scheme=scheme)
    page = watched.page()
    page.goto((folder / f"{name}.html").as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() == 1
    assert watched.requests == [(folder / f"{name}.html").as_uri()]


def test_on_paper(visitor: Visitor, folder: Path) -> None:
    """No question is torn, and there is room to write: lines are 8 mm apart at least, as handwriting needs."""
    page = visitor(viewport={"width": 673, "height": 1000}).page()  # 178 mm, what A4 has between our margins
    page.goto((folder / "u1-quiz.html").as_uri())
    page.emulate_media(media="print")
    styles = page.evaluate("[...document.querySelectorAll('.cg-question:not(.cg-essay)')].map(q => getComputedStyle(q).breakInside)")
    assert styles == ["avoid"] * 17
    millimetre = 96 / 25.4
    heights = page.evaluate("[...document.querySelectorAll('.cg-lines > div')].map(line => line.getBoundingClientRect().height)")
    assert len(heights) == 8
    assert min(heights) >= 8 * millimetre
    widths = page.evaluate("[...document.querySelectorAll('.cg-fill .cg-write')].map(line => line.getBoundingClientRect().width)")
    assert len(widths) == 4
    assert min(widths) >= 30 * millimetre
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert re.search(rb"/Type\s*/Pages", page.pdf(prefer_css_page_size=True))
