"""A legal course in which everything is odd: hard ids, every reference in every text, right to left, no sparing of anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from kinds import KIND_FILES
from lxml import etree
from packages import course, members, needs_schemas, validate
from samples import FILES, write_course

from coursegen.build import build

ALL = (
    '<p>Text <img src="{up}media/disc.svg" alt="A &quot;disc&quot;"> <a href="{up}files/measurements.csv">the table</a>, '
    '<a href="{up}pages/parts.html#disc">the disc</a>, <a href="{up}quiz.yaml">the quiz</a> '
    "&lt;b&gt;&lt;/script&gt; &amp;amp; ]]&gt; ~=#{{}} 🔧<br>second line</p>"
)
HERE = ALL.format(up="")
COURSE = ALL.format(up="01-brakes/")
CODE = '<pre><code>one\n        two {x}</code></pre><img src="media/disc.svg" alt="">'
AGAIN = "  - kind: file\n    id: after-import\n    title: The same again\n    file: files/measurements.csv\n"


def block(text: str, indent: int) -> str:
    return "|\n" + " " * indent + text


UNIT = (
    FILES["01-brakes/unit.yaml"]
    .replace("summary: What brakes do.", f"summary: {block(HERE, 2)}")
    .replace("id: u01-talk", "id: u01-overview")  # the page about the unit must not have its identifier
    .replace("id: u01-framework", "id: style")
    .replace("title: Why brakes matter", 'title: "<b>Why</b> & \\"how\\" 🔧 لماذا"')
    .replace("description: A table to fill in", f"description: {block(HERE, 6)}")
    .replace("      <p>Describe your last brake test.</p>", f"      {HERE}")
    .replace("  - kind: tutor-page\n", f"{AGAIN}  - kind: tutor-page\n")
)
QUIZ = (
    FILES["01-brakes/quiz.yaml"]
    .replace("intro: <p>Choose what you would do.</p>", f"intro: {block(HERE, 2)}")
    .replace("    title: Run-out\n    stem: <p>Which tool measures <strong>run-out</strong>?</p>", f"    stem: {block(HERE, 6)}")
    .replace("id: b\n        text: A ruler", 'id: general\n        text: <img src="media/disc.svg" alt="A ruler">')
    .replace('"A ruler is <em>far</em> too coarse."', block(HERE, 10))
    .replace("stem: Which two wear?", f"stem: {block(CODE, 6)}")
)
WHY = """<h2 id="main">A &amp; B</h2>
<figure><img src="../media/disc.svg" alt="A disc"><figcaption><p>One.</p><p>Two.</p></figcaption></figure>
<details><summary><h3>See</h3></summary><details><summary>More</summary><table><tr><th>a</th></tr><tr><td><table><tr><th>b</th></tr></table></td></tr></table></details></details>
<video controls src="../media/film.mp4"><track kind="captions" srclang="ar" src="../media/film.vtt"></video>
<p><a href="#main">up</a>, <a href="parts.html#disc">the disc</a>, <mark>marked</mark> <q>said</q> H<sub>2</sub>O<br>and on</p>
<aside><p>A note <span lang="en" dir="ltr">in English</span></p></aside><pre>  two
    four</pre>
"""
ODD_KINDS = (
    KIND_FILES["04-kinds/quiz.yaml"]
    .replace("A <em>caliper</em>", """'<img src="../01-brakes/media/disc.svg" alt="&quot;A&quot; disc"> &lt;b&gt; {{x}} ~=#'""")
    .replace("match: run-out", 'match: "<b>run</b> & \\"out\\" 🔧 لماذا"')
    .replace("title: It wears", 'title: "]]> <i>wears</i> -- & {0}"')
    .replace("text: Measure}", "text: 'Measure <code>a < b</code> <bdi>לא</bdi>'}")
    .replace("<em>[[much]]</em> mm", "<ul><li>([[much]])[[none]] ]] [[</li></ul> mm")
    .replace("<p>It is", "<div>It is")
    .replace("at most.</p>", "at most.</div>")
    .replace("text: 0.05,", "text: '</option> \"0.05\" &amp;',")
    .replace("text: Not sure", "text: '<Not> & \"sure\"'")
    .replace("unit: mm", "unit: '<µm> & \"x\"'")
    .replace(
        "    lines: 4\n    model_answer: What was measured, and what it means.\n",
        f"    model_answer: {block(ALL.format(up='../01-brakes/'), 6)}\n",
    )
    .replace("hints: [Look at the rim.,", "hints: ['<p>Look</p><ul><li>at the rim</li></ul>',")
)
CHANGES = {
    **KIND_FILES,
    "04-kinds/quiz.yaml": ODD_KINDS,
    "course.yaml": KIND_FILES["course.yaml"]
    .replace("language: en", "language: ar")
    .replace("description: <p>A course about <strong>brakes</strong> and discs.</p>", f"description: {block(COURSE, 2)}")
    .replace("name: Workshop team\n    url: https://example.org/team", "name: Team; one, two")
    .replace("scorm12_status: completed", "scorm12_status: passed-failed")
    .replace("quizzes: passed", "quizzes: ignored")
    .replace("keywords: [brakes, discs]\n", ""),
    "01-brakes/unit.yaml": UNIT,
    "01-brakes/quiz.yaml": QUIZ,
    "01-brakes/pages/why.html": WHY,
    "01-brakes/media/film.mp4": "film",
    "01-brakes/media/film.vtt": "WEBVTT\n",
    "02-discs/unit.yaml": FILES["02-discs/unit.yaml"],
    "02-discs/pages/wear.html": FILES["02-discs/pages/wear.html"].replace('id="limits"', 'id="limits" title="&lt;i&gt;"'),
}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd course")  # with a blank in its path
    write_course(folder / "source", CHANGES)
    result = build(folder / "source", folder / "dist")
    assert [str(finding) for finding in result.findings if finding.severity == "error"] == []
    assert len(result.packages) == 6
    return folder / "dist"


SEARCH = "content/search.js"
"""Holds words and no HTML: what is a tag or an entity elsewhere is a sign like any other there."""


def fragments(dist: Path) -> Iterator[tuple[str, str]]:
    """Every piece of HTML in every package, with a name for it."""
    for package in sorted(dist.glob("sample-*")):
        for name, data in members(package).items():
            text = data.decode("utf-8", "replace")
            if name.startswith("content/") and name != SEARCH:
                pages = json.loads(text[text.index("(") + 1 : text.rindex(")")])
                yield from ((f"{package.name}: {page}", html) for page, html in pages.items())
            elif name.endswith(".html") and name != "index.html":
                yield f"{package.name}: {name}", text[text.index("<body>") + 6 : text.rindex("</body>")]
            elif name.endswith(".xml"):
                root = etree.fromstring(data)
                kinds = ["{*}mattext", "{*}text", *(["{*}string"] if "moodle" in package.name else [])]  # in 1.3 descriptions are words
                for element in root.iter(*kinds):
                    if element.text and "<" in element.text and element.get("texttype") != "text/plain":
                        yield f"{package.name}: {name}:{element.sourceline}", element.text


BLOCKS = {"p", "div", "ul", "ol", "table", "h2", "h3", "pre", "figure", "details", "aside", "dl", "section"}
LINES = {"p", "h2", "h3", "strong", "em", "span", "code", "label", "b"}


def as_xml(text: str) -> str:
    """HTML of the templates as XML: attributes without a value get one, inputs are closed."""

    def closed(found: re.Match[str]) -> str:
        tag = re.sub(r"\s(hidden|novalidate|download|controls|selected|disabled|data-[a-z-]+)(?=[\s/>])", r' \1=""', found.group())
        return tag[:-1].rstrip("/") + "/>" if tag.startswith("<input") else tag

    return re.sub(r"<[a-z][^>]*>", closed, text)


def test_every_fragment_is_well_formed_and_nested(dist: Path) -> None:
    seen = 0
    for name, text in fragments(dist):
        text = as_xml(text)
        try:
            root = etree.fromstring(f"<root>{text}</root>")
        except etree.XMLSyntaxError as error:
            pytest.fail(f"{name}: {error}\n{text[:2000]}")
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), f"{name}: {ids}"
        for element in root.iter(*LINES):
            inside = {inner.tag for inner in element.iterdescendants()} & BLOCKS
            assert not inside, f"{name}: {inside} in <{element.tag}>"
        seen += 1
    assert seen > 60


def test_words_to_search_for_are_words(dist: Path) -> None:
    """They are what a learner reads, not how it is written in HTML."""
    seen = 0
    for package in sorted(dist.glob("sample-ar*scorm12.zip")):
        text = members(package)[SEARCH].decode()
        words = json.loads(text[text.index("(") + 1 : text.rindex(")")])
        for name in ("u01-quiz", "u01-overview") if "u01-quiz" in words else ():
            assert "the quiz <b></script> &amp; ]]> ~=#{} 🔧 second line" in words[name]
            assert "<a" not in words[name]
            seen += 1
    assert seen == 4, "the unit's package and the whole course's"


@needs_schemas
def test_it_is_valid(dist: Path) -> None:
    for package in [*dist.glob("*.zip"), dist / "sample-ar-cc11.imscc"]:
        assert re.fullmatch(r"\d+ documents valid\n", validate(package)), package


def test_no_feedback_is_lost_to_the_id_general(dist: Path) -> None:
    for package, name in (("sample-ar.imscc", "assessments/u01-quiz/assessment.xml"), ("sample-ar-cc11.imscc", "quizzes/u01-quiz.xml")):
        root = etree.fromstring(members(dist / package)[name])
        item = next(root.iter("{*}item"))
        idents = [feedback.get("ident") for feedback in item.iter("{*}itemfeedback")]
        assert sorted(map(str, idents)) == ["general_fb", "option-a_fb", "option-general_fb"]


def test_lines_of_code_survive(dist: Path) -> None:
    root = etree.fromstring(members(dist / "sample-ar-cc11.imscc")["quizzes/u01-quiz.xml"])
    stem = list(root.iter("{*}item"))[1].findtext("{*}presentation/{*}material/{*}mattext")
    assert stem is not None
    assert "<p><code>one</code></p><p><code>\u00a0\u00a0two {x}</code></p>" in stem


def test_direction_and_language_travel(dist: Path) -> None:
    moodle = members(dist / "sample-ar-cc11.imscc")
    assert b'<div lang="ar" dir="rtl">' in moodle["pages/u01-why.html"]
    assert b'<div lang="en" dir="ltr">' in moodle["pages/after-import--moodle.html"]
    quiz = moodle["quizzes/u01-quiz.xml"].decode()
    assert '&lt;div dir="rtl"&gt;' in quiz
    assert '&lt;span dir="rtl"&gt;' in quiz
    assert b'<html lang="ar" dir="rtl">' in members(dist / "sample-ar-scorm12.zip")["index.html"]


def test_authors_and_licence_are_named(dist: Path) -> None:
    for package in dist.glob("sample-*"):
        manifest = members(package)["imsmanifest.xml"].decode()
        assert "FN:Team\\; one\\, two" in manifest
        assert "CC-BY-4.0" in manifest
    for name, text in fragments(dist):
        if name.endswith(("u01.html", ": u01")):
            assert "Team; one, two" in text, name
            assert "Trainers" in text, name


def test_names_of_questions_are_never_empty(tmp_path: Path) -> None:
    picture = FILES["01-brakes/quiz.yaml"].replace("stem: Which two wear?", 'stem: <img src="media/disc.svg" alt="Two parts">')
    write_course(tmp_path, {"01-brakes/quiz.yaml": picture})
    quiz = next(course(tmp_path).units[0].quizzes())
    assert quiz.set.questions[1].name == "Two parts"


def test_links_out_of_a_units_package_are_words(dist: Path) -> None:
    alone = members(dist / "sample-ar-u01-scorm12.zip")["content/u01.js"].decode()
    whole = members(dist / "sample-ar-scorm12.zip")["content/u01.js"].decode()
    targets = set(re.findall(r'href=\\"#/([a-z0-9-]+)', alone))
    assert targets <= {"u01", "u01-why", "u01-parts", "u01-quiz", "u01-overview", "style", "u01-sheet", "after-import"}
    assert "u01-parts" in targets
    assert set(re.findall(r'href=\\"#/([a-z0-9-]+)', whole)) >= targets
