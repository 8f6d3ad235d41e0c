"""One fault at a time in a clean course: exactly one finding each, with its code and its place.

In the text that a case writes, ``¤`` marks the place where the finding is expected; it is taken out before the file is written.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from samples import FILES, write_course

from coursegen.check import all_rules, check_source
from coursegen.model import Place

COURSE, FRAME = "course.yaml", "framework.yaml"
UNIT, QUIZ = "01-brakes/unit.yaml", "01-brakes/quiz.yaml"
WHY, PARTS, TUTOR = "01-brakes/pages/why.html", "01-brakes/pages/parts.html", "01-brakes/pages/tutor.html"
SVG, CSV = "01-brakes/media/disc.svg", "01-brakes/files/measurements.csv"
UNIT2, QUIZ2, WEAR = "02-discs/unit.yaml", "02-discs/quiz.yaml", "02-discs/pages/wear.html"


class Case(NamedTuple):
    name: str
    make: Callable[[Path], None]
    expected: list[tuple[str, Place]]
    says: str


CASES: list[Case] = []


def place(file: str, text: str, needle: str = "¤") -> Place:
    """Where the needle stands in a text, counted as an editor does."""
    before = text[: text.index(needle)].replace("\r\n", "\n").removeprefix("\ufeff")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def edited(file: str, old: str, new: str) -> str:
    assert FILES[file].count(old) == 1, f"{old!r} stands {FILES[file].count(old)} times in {file}"
    return FILES[file].replace(old, new)


def whole(
    code: str,
    name: str,
    file: str,
    text: str,
    *,
    at: Place | tuple[str, str] | None = None,
    says: str = "",
    add: dict[str, str] | None = None,
) -> None:
    """A file with another text. ``at`` is for findings elsewhere: a place, or a file of the sample and the words where it is."""
    expected = Place(*at) if isinstance(at, Place) else place(at[0], FILES[at[0]], at[1]) if at else place(file, text)
    clean = text.replace("¤", "")

    def make(folder: Path) -> None:
        write_course(folder, {file: clean, **(add or {})})

    CASES.append(Case(name, make, [(code, expected)], says))


def change(
    code: str,
    name: str,
    file: str,
    old: str,
    new: str,
    *,
    at: Place | tuple[str, str] | None = None,
    says: str = "",
    add: dict[str, str] | None = None,
) -> None:
    """A file in which one spot is changed."""
    whole(code, name, file, edited(file, old, new), at=at, says=says, add=add)


def page(code: str, name: str, html: str, *, says: str = "", add: dict[str, str] | None = None) -> None:
    """HTML added at the end of a page."""
    whole(code, name, WHY, FILES[WHY] + html, says=says, add=add)


def files(code: str, name: str, make: Callable[[Path], None], at: Place, says: str = "") -> None:
    """A course whose files are changed by a function."""

    def both(folder: Path) -> None:
        write_course(folder)
        make(folder)

    CASES.append(Case(name, both, [(code, at)], says))


def replace_bytes(file: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        data = (folder / file).read_bytes()
        assert data.count(old) == 1
        (folder / file).write_bytes(data.replace(old, new))

    return make


# --- YAML and encoding ---

files("Y001", "Latin-1 in YAML", replace_bytes(UNIT, b"title: Brakes\n", b"title: Fr\xe9in\n"), Place(UNIT, 2, 10), "0xe9")
files("Y001", "Latin-1 in HTML", replace_bytes(WEAR, "’".encode(), b"\x92"), Place(WEAR, 1, 57), "0x92")
files(
    "Y001",
    "Latin-1 after CRLF and a BOM",
    lambda folder: (folder / WEAR).write_bytes(b"\xef\xbb\xbf<p>a</p>\r\n<h2 id='limits'>caf\xe9</h2>"),
    Place(WEAR, 2, 20),
)
files("Y001", "UTF-16", lambda folder: (folder / FRAME).write_bytes(FILES[FRAME].encode("utf-16")), Place(FRAME, 1, 1), "0xff")
files("Y001", "only a byte", lambda folder: (folder / COURSE).write_bytes(b"\xff"), Place(COURSE, 1, 1))
change("Y002", "tab as indentation", UNIT, "  - kind: discussion", "¤\t- kind: discussion")
change("Y002", "tab in a text", QUIZ, "text: A ruler", "text: A¤\truler")
change("Y002", "tab in one unit hides no page of it", UNIT2, "title: Discs", "title:¤\tDiscs")
change("Y003", "colon in a text", QUIZ, "text: A ruler", "text: A ruler¤: long", says="in quotes")
change("Y003", "list never closed", FRAME, "title: Frame of skills", "title: ¤[", says="flow sequence")
change("Y003", "quote never closed", QUIZ, 'far</em> too coarse."', "far</em> too coarse.", at=(QUIZ, '"A ruler is'), says="quoted scalar")
change("Y003", "bad escape", UNIT, "title: The parts", 'title: "The ¤\\parts"')
change("Y003", "percent sign first", UNIT, "title: The parts", "title: ¤%parts")
change("Y003", "wrong indentation", COURSE, "language: en", " ¤language: en", at=Place(COURSE, 3, 10))
change("Y003", "words after a quote", UNIT, "title: The parts", 'title: "The" ¤parts', says="put the whole text in quotes: '")
change("Y003", "apostrophe in quotes", UNIT, "title: The parts", "title: 'The disc'¤s parts'", says="It's a brake")
change("Y003", "no comma", COURSE, "keywords: [brakes, discs]", 'keywords: ["brakes" ¤"discs"]', says="a comma between")
change("Y003", "entry without a hyphen", FRAME, "  - code: 1.2", "  ¤code: 1.2", says="indent this line")
change("Y003", "only a brace", FRAME, FILES[FRAME], "{¤")
change("Y004", "key twice in a block", UNIT, "title: The parts\n", "title: The parts\n    ¤title: Again\n", says="line 18")
change("Y004", "key twice in flow", QUIZ, "{id: c, text: Bolts,", "{id: c, text: Bolts, ¤text: Nuts,")
change("Y005", "alias", UNIT, "title: The parts", "title: ¤*name")
change("Y005", "anchor", UNIT, "title: The parts", "title: ¤&name The parts")
change("Y005", "anchor on a list", COURSE, "keywords: [brakes", "keywords: ¤&k [brakes")
whole(
    "Y005",
    "billion laughs",
    FRAME,
    'a: ¤&a ["lol"]\n' + "".join(f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
)
whole("Y006", "100,000 brackets", FRAME, "[" * 24 + "¤" + "[" * 100_000)
whole("Y006", "100,000 brackets in a key", FRAME, "title: " + "[" * 23 + "¤" + "[" * 100_000 + "]" * 100_023)
whole("Y006", "nested mappings", FRAME, "{a: " * 24 + "¤" + "{a: " * 1000)
change("Y007", "list as a key", COURSE, "audience: Trainers", "¤[audience]: Trainers")
change("Y007", "template braces", COURSE, "audience: Trainers", "audience: {¤{name}}")
change("Y008", "tag", UNIT, "title: The parts", "title: ¤!important The parts", says="!important")
change("Y008", "Python tag", COURSE, "audience: Trainers", 'audience: ¤!!python/object/apply:os.system ["true"]')
change("Y008", "binary", UNIT, "title: The parts", "title: ¤!!binary aGk=")
whole("Y009", "two documents", FRAME, FILES[FRAME] + "¤---\nid: other\n")
change("Y010", "NUL in YAML", UNIT, "title: The parts", "title: The ¤\0parts", says="U+0000")
change("Y010", "NUL in HTML", WEAR, "wears slowly", "wears ¤\0slowly")
change("Y010", "form feed", QUIZ, "text: A ruler", "text: A ¤\fruler", says="U+000C")
change("Y010", "line separator", WEAR, "wears slowly", "wears ¤\u2028slowly", says="U+2028")
change("Y010", "escaped NUL in a title", UNIT, "title: The parts", 'title: ¤"The \\0 parts"')
change("Y010", "escaped bell in rich text", QUIZ, 'feedback: "A ruler is', 'feedback: ¤"A \\a ruler is')

page("Y010", "reference to a form feed", "<p>one¤&#12;two &#38; three</p>", says="U+000C")
page("Y010", "reference to a form feed after a comment", "<p>one<!-- &#12; -->two ¤&#x0C</p>")
page("Y010", "reference that Python drops", "<p>one¤&#1;two</p>", says="U+0001")
page("Y010", "reference in an alternative", '<p>¤<img src="../media/disc.svg" alt="A&#12;disc"></p>')
page("Y010", "reference in an address", '<p>¤<a href="parts&#xFFFF;.html">the parts</a></p>', says="U+FFFF")
change("Y010", "reference in YAML", QUIZ, "text: A ruler", "text: A &amp; ¤&#12;ruler")
change("Y010", "reference in a block scalar", UNIT, "<em>measure</em>?", "<em>measure</em>¤&#12;?")

# --- structure ---

change("S001", "misspelt key", UNIT, "summary: What", "¤sumary: What", says='did you mean "summary"?')
change("S001", "misspelt key that must be there", UNIT, "title: The parts", "¤titel: The parts", says='did you mean "title"?')
change(
    "S001", "misspelt key in an option", QUIZ, "text: A ruler\n", "text: A ruler\n        ¤corect: false\n", says='did you mean "correct"?'
)
change("S001", "comma in flow text", QUIZ, "feedback: They do not.}", "feedback: They do not, ¤ever.}", says='"ever."')
change("S001", "merge key", UNIT, "title: The parts\n", "title: The parts\n    ¤<<: {minutes: 5}\n")
change("S001", "minutes in an outcome", UNIT, "competences: [1.1]", "competences: [1.1]\n    ¤minutes: 5")
change("S002", "question without stem", QUIZ, "stem: Which two wear?\n    ", "", at=(QUIZ, "id: q-parts"), says='no "stem"')
change("S002", "activity without kind", UNIT, "  - kind: link\n    id: u01", "  - ¤id: u01", says="an activity")
change("S002", "page without file", UNIT, "    file: pages/tutor.html\n", "", at=(UNIT, "kind: tutor-page"))
change("S002", "course without title", COURSE, "title: Brakes & discs\n", "", at=Place(COURSE, 1, 1))
change("S002", "answer without text", QUIZ2, "{id: b, text: brake pads}", "¤{id: b}")
change("S003", "text for a list", UNIT, "    competences: [1.1]", "    competences: ¤1.1", says='"competences" should be a list')
change("S003", "list for a text", UNIT, "title: The parts", "title: ¤[The parts]")
change("S003", "list for rich text", QUIZ, "intro: <p>Choose what you would do.</p>", "intro: ¤[Choose]")
change("S003", "list for a choice", COURSE, "pages: seen", "pages: ¤[seen]")
change("S003", "list in packages", COURSE, "[scorm12-unit,", "[¤[scorm12-unit],")
change("S003", "list for a path", UNIT, "file: pages/tutor.html", "file: ¤[pages/tutor.html]")
change("S003", "mapping for a number", QUIZ, "points: 2", "points: ¤{right: 2}")
change("S003", "text for a part", COURSE, "completion:\n  pages: seen\n  quizzes: passed", "completion: ¤seen")
change("S003", "text for an activity", UNIT, "  - kind: link\n", "  - ¤a link\n  - kind: link\n")
change("S003", "text for an option", QUIZ, "      - {id: c, text: Bolts, feedback: They do not.}", "      - ¤Bolts")
change("S003", "text for feedback of a question", QUIZ, "feedback: <p>Run-out is measured with a dial gauge.</p>", "feedback: ¤{a: b}")
change("S003", "text for outcomes of a question", QUIZ2, "outcomes: [lo-2-1]\n    if_true", "outcomes: ¤lo-2-1\n    if_true")
change("S003", "a file that is a text", FRAME, FILES[FRAME], "¤just words")
change("S003", "a file that is a list", UNIT, FILES[UNIT], "¤- a\n- b\n")
change("S004", "minutes in words", UNIT, "minutes: 15", "minutes: ¤fifteen", says="a whole number from 0 to 6000")
change("S004", "minutes negative", UNIT, "minutes: 15", "minutes: ¤-15")
change("S004", "minutes with a fraction", UNIT, "minutes: 15", "minutes: ¤15.0")
change("S004", "minutes in Arabic digits", UNIT, "minutes: 15", "minutes: ¤١٥")
change("S004", "a number of 10,000 digits", UNIT, "minutes: 15", "minutes: ¤" + "9" * 10_000)
change("S004", "yes for true", QUIZ, "correct: true\n", "correct: ¤yes\n", says="true or false")
change("S004", "True for false", QUIZ2, "answer: false", "answer: ¤False")
change("S004", "attempts 11", QUIZ2, "attempts: 3", "attempts: ¤11", says="1 to 10 or unlimited")
change("S004", "unknown package", COURSE, "scorm12, cartridge-11", "¤scorm-12, cartridge-11")
change("S005", "empty title", UNIT, "title: The parts", "title:¤")
change("S005", "empty quotes", UNIT, "title: The parts", 'title: ¤""')
change("S005", "only spaces", QUIZ, "text: A ruler", 'text: ¤"  "')
change("S005", "only a comment", QUIZ, "stem: Which two wear?", "stem: ¤<!-- to do -->")
change("S005", "empty path", UNIT, "file: pages/tutor.html", "file:¤")
change("S005", "empty feedback", QUIZ, "feedback: <p>Run-out is measured with a dial gauge.</p>", "feedback:¤")
change("S005", "empty list", COURSE, "keywords: [brakes, discs]", "keywords:¤", says="write a list")
change("S005", "empty mapping", COURSE, "completion:\n  pages: seen\n  quizzes: passed", "completion:¤", says="write a mapping")
change("S005", "empty entry of a list", FRAME, "    title: Decide\n", "    title: Decide\n  -¤\n")
change("S005", "empty activity", UNIT, "  - kind: link\n", "  -¤\n  - kind: link\n", says='"activity" is empty')
whole("S005", "empty page", PARTS, "", at=Place(PARTS, 1, 1), says=PARTS)
whole("S005", "page of a comment", TUTOR, "¤<!-- to do -->\n")
whole("S005", "empty quiz", QUIZ2, "¤")
whole("S005", "quiz of a comment", QUIZ2, "¤# to do\n")
whole("S005", "empty course", COURSE, "¤")
change("S006", "unknown kind of question", QUIZ, "kind: single-choice", "kind: ¤singel-choice", says='did you mean "single-choice"?')
change("S006", "unknown kind of activity", UNIT, "kind: discussion", "kind: ¤forum", says="activity")
change("S006", "kind is a list", UNIT, "kind: discussion", "kind: ¤[page]")
change(
    "S007",
    "one option",
    QUIZ,
    FILES[QUIZ][FILES[QUIZ].index("      - id: b") : FILES[QUIZ].index("    feedback: <p>Run")],
    "",
    at=(QUIZ, "- id: a\n"),
)
change("S007", "no units", COURSE, "units:\n  - 01-brakes\n  - 02-discs\n", "units: ¤[]\n")
change("S008", "id with a capital", UNIT, "id: u01-parts", "id: ¤U01-parts", says="lower-case")
change("S008", "id with a space", QUIZ, "id: q-parts", "id: ¤q parts")
change("S008", "language in words", COURSE, "language: en", "language: ¤English language")
change("S008", "address without scheme", UNIT, "url: https://example.org/frame", "url: ¤example.org/frame")
change("S008", "javascript for a link activity", UNIT, "url: https://example.org/frame", "url: ¤javascript:alert(1)")
change("S008", "address with a space", COURSE, "https://example.org/team", "¤https://example.org/our team", says="a space cannot stand")
change("S008", "id of 61 characters", UNIT, "id: u01-parts", "id: ¤" + "x" * 61, says="60 characters at most")

# --- files and links ---

change(
    "L001",
    "misspelt picture",
    WHY,
    '<img src="../media/disc.svg"',
    '¤<img src="../media/disk.svg"',
    says='did you mean "01-brakes/media/disc.svg"?',
)
change("L001", "misspelt page", UNIT, "file: pages/parts.html", "file: ¤pages/part.html", says="01-brakes/pages/parts.html")
change("L001", "misspelt unit", COURSE, "  - 02-discs", "  - ¤02-disks")
change("L001", "NUL in a link", WHY, '<a href="parts.html#disc">', '¤<a href="parts%00.html#disc">')
page("L001", "path without end", f'<p>¤<a href="{"a/" * 100_000}">the end</a></p>')
page("L001", "newline in javascript", '<p>¤<a href="java&#10;script:alert(1)">a step on</a></p>')
page("L001", "site without https", '<p>¤<a href="www.example.org">the makers</a></p>', says="did you mean https://www.example.org?")
page("L001", "site and path", '<p>¤<a href="example.org/a?b=1#c">the makers</a></p>', says="did you mean https://example.org/a?b=1#c?")
files("L015", "no course.yaml", lambda folder: (folder / COURSE).unlink(), Place(COURSE), "this folder is not a course")
files("L001", "no unit.yaml", lambda folder: (folder / UNIT2).unlink(), Place(COURSE, 23, 5))
change("L002", "unit outside", COURSE, "  - 02-discs\n", "  - 02-discs\n  - ¤../other\n")
page("L002", "picture outside", '<p>¤<img src="../../../holiday.jpg" alt=""></p>')
page("L002", "percent-encoded way out", '<p>¤<img src="%2e%2e/%2e%2e%2f../holiday.jpg" alt=""></p>')
page("L002", "from the root", '<p>¤<a href="/etc/passwd">the list of users</a></p>')
page("L002", "backslashes", '<p>¤<a href="..\\..\\..\\secret.txt">the secret</a></p>')
change("L003", "case of a picture", WHY, '<img src="../media/disc.svg"', '¤<img src="../media/Disc.svg"', says="01-brakes/media/disc.svg")
change("L003", "case of a folder", WHY, '<a href="../files/', '¤<a href="../Files/')
change("L003", "case of a page", UNIT, "file: pages/parts.html", "file: ¤pages/Parts.html")
page("L004", "draft", '<p>¤<a href="draft.html">the draft</a></p>', add={"01-brakes/pages/draft.html": "<p>Draft</p>"})
page("L004", "course.yaml", '<p>¤<a href="../../course.yaml">the course</a></p>')
page("L005", "javascript", '<p>¤<a href="javascript:next()">the next step</a></p>', says="javascript is not")
page("L005", "javascript with entities", '<p>¤<a href="&#106;ava&#x73;cript:next()">the next step</a></p>')
page("L005", "capital JavaScript", "<p>¤<a href=' JavaScript:next()'>the next step</a></p>", says="javascript is not")
page("L005", "data", '<p>¤<a href="data:text/html,x">the data</a></p>')
page("L005", "file", '<p>¤<a href="file:///C:/x.doc">the document</a></p>')
page("L005", "drive", '<p>¤<a href="C:\\x.doc">the document</a></p>')
page("L005", "protocol-relative link", '<p>¤<a href="//example.org/x">the site</a></p>')
page(
    "L005",
    "space in an address",
    '<p>¤<a href="https://example.org/a b">the site</a></p>',
    says="a space cannot stand in an address: write %20",
)
page(
    "L005",
    "accent in an address",
    '<p>¤<a href="https://example.org/é">the site</a></p>',
    says='"é" cannot stand in an address: write %C3%A9',
)
page(
    "L005",
    "accent in a site",
    '<p>¤<a href="https://frën.org/">the site</a></p>',
    says='"ë" cannot stand in the name of a site: write xn--',
)
page("L005", "capital HTTPS", '<p>¤<a href="HTTPS://example.org/">the site</a></p>', says="lower case")
page("L005", "mailto without an address", '<p>¤<a href="mailto:">the team</a></p>', says="team@example.org")
page("L005", "mailto with a blank", '<p>¤<a href="mailto:the team@example.org">the team</a></p>')
page("L005", "empty link", '<p>¤<a href="">the site</a></p>')
page("L005", "query", '<p>¤<a href="parts.html?print=1">the parts</a></p>')
page("L005", "picture in the page", '<p>¤<img src="data:image/png;base64,AAAA" alt=""></p>')
page("L005", "picture without address", '<p>¤<img src="" alt=""></p>')
change("L005", "javascript in a block scalar", UNIT, '<a href="pages/parts.html#disc">', '¤<a href="javascript:x()">')
files(
    "L006", "page is a folder", lambda folder: ((folder / TUTOR).unlink(), (folder / TUTOR).mkdir())[0], Place(UNIT, 52, 11), "not a file"
)
change("L006", "unit is a file", COURSE, "  - 02-discs\n", "  - 02-discs\n  - ¤framework.yaml\n", says="not a folder")
change("L006", "unit.yaml for its folder", COURSE, "  - 02-discs", "  - ¤02-discs/unit.yaml", says="name the unit's folder: 02-discs")
change("L006", "the course for a unit", COURSE, "  - 02-discs\n", "  - 02-discs\n  - ¤.\n", says="the course folder itself")
page("L006", "link to the course folder", '<p>¤<a href="../..">the whole course</a></p>', says="the course folder itself")
page("L006", "link to a folder", '<p>¤<a href="../media">all pictures</a></p>')
files("L006", "pipe", lambda folder: ((folder / QUIZ2).unlink(), os.mkfifo(folder / QUIZ2))[0], Place(UNIT2, 20, 11), "not a file")
change("L007", "page twice", UNIT, "file: pages/tutor.html", "file: ¤pages/why.html", says=f"{UNIT}:15:11")
change("L007", "unit twice", COURSE, "  - 02-discs\n", "  - 02-discs\n  - ¤01-brakes\n")
change("L007", "course as framework", COURSE, "framework: framework.yaml", "framework: ¤course.yaml")
page("L008", "remote picture", '<p>¤<img src="https://example.org/x.png" alt=""></p>')
page("L008", "protocol-relative picture", '<p>¤<img src="//example.org/x.png" alt=""></p>')
page(
    "L008",
    "remote poster",
    '<video controls src="../media/a.mp4" poster="../media/disc.svg">¤<track kind="captions" src="HTTP://e.org/a.vtt"></video>',
    add={"01-brakes/media/a.mp4": "x"},
)
change("L009", "anchor of another page", WHY, '<a href="parts.html#disc">', '¤<a href="parts.html#disk">', says='"disk" in "The parts"')
change("L009", "anchor of this page", WHY, '<a href="#heat">', '¤<a href="#cold">', says="this text")
page("L009", "anchor in a quiz", '<p>¤<a href="../quiz.yaml#q-parts">the second question</a></p>', says="leave out #q-parts")
page("L010", "link to the tutor's page", '<p>¤<a href="tutor.html">the tutor’s page</a></p>')
change("L009", "anchor taken away", WEAR, '<h2 id="limits">', "<h2>", at=(WHY, '<a href="../../02-discs/'))
files("L011", "forgotten page", lambda folder: (folder / "02-discs/pages/new.HTML").write_text("x"), Place("02-discs/pages/new.HTML"))
page(
    "L012",
    "program",
    '<p>¤<a href="../files/calculator.exe">the calculator</a></p>',
    says=".exe",
    add={"01-brakes/files/calculator.exe": ""},
)
change(
    "L012",
    "script as a file",
    UNIT,
    "  - kind: tutor-page",
    "  - {kind: file, id: u01-run, title: Run, file: ¤files/run.js}\n  - kind: tutor-page",
    add={"01-brakes/files/run.js": ""},
)
change(
    "L012",
    "HTML as a file",
    UNIT,
    "  - kind: tutor-page",
    "  - {kind: file, id: u01-run, title: Run, file: ¤pages/run.html}\n  - kind: tutor-page",
    add={"01-brakes/pages/run.html": "<p>x</p>"},
)
page("L012", "PHP as a picture", '<p>¤<img src="../media/x.PHP" alt=""></p>', says=".php", add={"01-brakes/media/x.PHP": ""})

# --- symbolic links and rights ---


def _link(file: str, target: Callable[[Path], Path]) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        outside = folder.parent / f"{folder.name}-outside"
        outside.mkdir(exist_ok=True)
        (outside / "secret.yaml").write_text("id: secret")
        (folder / file).unlink()
        (folder / file).symlink_to(target(folder))

    return make


files("L002", "link out", _link(FRAME, lambda folder: folder.parent / f"{folder.name}-outside/secret.yaml"), Place(COURSE, 14, 12))
files("L002", "link to a sibling with the same beginning", _link(FRAME, lambda folder: Path(f"{folder}-outside")), Place(COURSE, 14, 12))
files("L006", "link to nothing", _link(FRAME, lambda folder: folder / "nothing.yaml"), Place(COURSE, 14, 12))
files("L006", "link to itself", _link(FRAME, lambda folder: folder / FRAME), Place(COURSE, 14, 12))
files(
    "L002",
    "name of a file behind a link out",
    lambda folder: (
        (folder / "away").symlink_to(folder.parent),
        replace_bytes(COURSE, b"framework.yaml", b"away/framework.yml")(folder),
    )[0],
    Place(COURSE, 14, 12),
)

# --- HTML ---

page("H001", "stray end tag", "<p>Text¤</b></p>", says="</b>")
page("H001", "end tag of a void element", "<p>one<br>two¤</br></p>")
page("H001", "end tag twice", "<div><p>Text</p></div>¤</div>")
page("H002", "phrase not closed", "<p>Text ¤<b>bold</p>", says="<b>")
page("H002", "paragraph not closed", "¤<p>Text\n<p>More</p>")
page("H002", "item not closed", "<ul><li>one</li>¤<li>two<li>three</li></ul>")
page("H002", "cell not closed", '<table><tr><th scope="col">a</th></tr><tr>¤<td>b<td>c</td></tr></table>')
page("H002", "link not closed", '<p>¤<a href="parts.html">the parts, <a href="#heat">the heat</a></p>')
page("H002", "heading not closed", "¤<h3>Pads<p>Text</p><ul><li>one</li></ul>")
page("H002", "list not closed", "¤<ul><li>one</li>\n<p>Text</p>")
page("H002", "crossed", "<p><b>one ¤<i>two</b> three</i></p>")
page("H002", "call-out not closed", '¤<aside class="tip"><p>Text</p>')
change("H002", "in a block scalar", UNIT, "<em>measure</em>?", "¤<em>measure?")
change("H002", "in a double-quoted text", QUIZ, "is <em>far</em> too", "is ¤<em>far too")
change("H002", "in a single-quoted text", QUIZ, "They <b>do</b>,", "They''re ¤<b>worn,")
change("H002", "in a folded text", QUIZ, "discs <strong>slowly</strong>", "discs ¤<strong>slowly")
change("H002", "in a plain text", QUIZ, "measures <strong>run-out</strong>?", "measures ¤<strong>run-out?")
change("H002", "in flow style", QUIZ, "feedback: They do not.}", "feedback: 2 < 3 ¤<b>bolts.}")
change("H002", "after an emoji and an accent", QUIZ, "is <em>far</em> too", "é 😀 is ¤<em>far too")
change("H002", "in a quoted text of two lines", QUIZ, "is <em>far</em> too", "is\n          much\n\n          and ¤<em>far too")
change("H002", "after an escaped line end", QUIZ, "is <em>far</em> too", "is \\\n          ¤<em>far too")
change("H002", "in a plain text of two lines", UNIT, "description: A table to fill in", "description: A table\n      to ¤<b>fill in")
change("H002", "after a comment that has a tag", UNIT, "|\n      <p>Describe your last brake test.</p>", "|-  # <p>\n      ¤<p>Describe")
change("H002", "after an escaped less-than sign", QUIZ, 'feedback: "A ruler is <em>far</em>', 'feedback: ¤"1 \\x3c 2 <em>far')
page("H003", "end of file in a tag", '<p>See ¤<a href="parts.html"', says="tag is broken")
page("H003", "end of file in a quote", '<p>See ¤<a href="parts.html>the parts</a>.</p>')
page("H003", "quote closed by a later tag", '<p>See ¤<a href="parts.html>the parts</a> and <b class="x">more</b>.</p>')
page("H003", "comment without end", "<p>Text</p>¤<!-- to do")
page("H003", "end tag without end", "<p>Text¤</p")
page("H003", "no space between attributes", '<p>¤<a href="parts.html"title="x">the parts</a></p>')
page("H003", "less-than before a letter", "<p>When x ¤<y, z=1.</p>")
page("H003", "a tag in a tag", "<p>Text ¤<b<i>bold</i></b></p>")
page("H003", "markup declaration without end", "<p>Text</p>¤<!DOCTYPE html")
change("H003", "in a block scalar", UNIT, '<a href="pages/parts.html#disc">', '¤<a href="pages/parts.html#disc>')
change("H003", "in a title in flow style", QUIZ, "{id: c, text: Bolts,", "{id: c, text: Bolts ¤<b,")
page("H004", "class twice", '¤<p class="a" CLASS="b">Text</p>')
page("H004", "address twice", '<p>¤<img src="../media/disc.svg" alt="" src="https://example.org/x.png"></p>')
whole("H005", "whole document", TUTOR, "¤<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>Text</p></body></html>")
whole("H005", "body", TUTOR, "¤<body><p>Text</p></body>")
page("H005", "style sheet", '¤<link rel="stylesheet" href="https://example.org/x.css">')
page("H005", "processing instruction", "¤<?xml version='1.0'?>")
page("H005", "CDATA", "¤<![CDATA[x]]>")
page("H006", "font", '<p>¤<font color="red">careful</font></p>')
page("H006", "Word", "<p>Text¤<o:p></o:p></p>")
page(
    "H006",
    "picture of several files",
    '<p>¤<picture><source srcset="../media/x.svg 2x"><img src="../media/disc.svg" srcset="x.svg 2x" alt="A disc"></picture></p>',
)
page("H006", "made up", "¤<my-box>Text</my-box>")
page("H007", "style", '¤<p style="color: red">Text</p>')
page("H007", "handler", '<p>¤<a href="parts.html" onclick="x()">the parts</a></p>', says="onclick")
page("H007", "handler without quotes", "<p>¤<img src=../media/disc.svg alt=disc onerror=x()></p>", says="onerror")
page("H007", "several sources", '<p>¤<img src="../media/disc.svg" srcset="x.svg 2x" alt="disc"></p>')
page("H007", "data attribute", '¤<p data-x="1">Text</p>')
page("H008", "script", "¤<script>if (a < b && c) { document.write('<b>&lt;b&gt;') }</script>")
page("H008", "remote script", '¤<script src="https://example.org/x.js"></script>')
page("H008", "capital script", "¤<SCRIPT>x()</SCRIPT>")
page("H008", "style", "¤<style>p > b { color: red }</style>")
page("H008", "frame", '¤<iframe src="https://example.org/film"></iframe>')
page("H008", "drawing", '¤<svg viewBox="0 0 1 1"><title>x</title><style>a{}</style><path d="M0 0"/><a href="x">y</a></svg>')
page("H008", "form", '¤<form action="x"><label>Name <input name="n"></label><select><option>a</option></select></form>')
page("H008", "embed", '¤<embed src="https://example.org/x.swf">')
change("H008", "script in an option", QUIZ, "text: A ruler", "text: A ruler¤<script>x()</script>")
page("H009", "id twice", '¤<h3 id="heat">Again</h3>')
whole(
    "H009",
    "id twice in a quiz",
    QUIZ,
    edited(QUIZ, "intro: <p>", 'intro: <p id="way">').replace("feedback: They do not.", 'feedback: They ¤<b id="way">do not</b>.'),
    says="quiz.yaml:1:8",
)
whole(
    "H009",
    "id twice on a unit's page",
    UNIT,
    edited(UNIT, "summary: What", 'summary: <b id="what">What</b>').replace("description: <p>", 'description: ¤<p id="what">'),
)
page("H010", "block in a link in a paragraph", '<p>See <a href="parts.html">the parts <em>here</em> ¤<div>and there</div></a></p>')
page("H010", "paragraph in an insertion in a heading", "<h3>See <del>this <ins>¤<p>and that</p></ins></del></h3>")
page("H010", "source without a film", '<p>¤<source src="../media/disc.svg"></p>')
page("H010", "track alone", '¤<track src="../files/measurements.csv">')
page("H010", "list in a paragraph", "<p>Steps: ¤<ul><li>one</li></ul></p>")
page("H010", "words in a list", "¤<ul>one</ul>")
page("H010", "item alone", "¤<li>one</li>")
page("H010", "cell in a table", '<table><tr><th scope="col">a</th></tr>¤<td>b</td></table>')
page("H010", "caption of a figure alone", "<div>¤<figcaption>x</figcaption></div>")
page("H011", "link in a link", '<p><a href="parts.html">the <em>parts ¤<a href="#heat">and heat</a></em></a></p>')
change("H012", "paragraph in an option", QUIZ, "text: A ruler", "text: ¤<p>A ruler</p>")
change("H012", "list in an option", QUIZ, "text: A ruler", "text: A ¤<ul><li>ruler</li></ul>")
change("H012", "link in an option", QUIZ, "text: A ruler", 'text: A ¤<a href="https://example.org/">ruler of steel</a>')
change(
    "H012",
    "sound in an option",
    QUIZ,
    "text: A ruler",
    'text: A ruler ¤<audio controls src="media/a.mp3"></audio>',
    add={"01-brakes/media/a.mp3": "x"},
)
page("H013", "the player's class", '¤<p class="note cg-menu">Text</p>', says='"cg-menu" cannot be a class')
page("H013", "the player's id", '¤<h3 id="cg-main">Main</h3>')
page("H013", "space in an id", '¤<h3 id="main idea">Main</h3>')
page("H015", "many elements", "<p>" + "<b>" * 59 + "¤" + "<b>" * 100_000)
page("H017", "no summary", "¤<details><p>Text</p></details>", says="no summary")
page("H017", "summary at the end", "¤<details>\n<p>Text</p><summary>See</summary></details>")
page("H017", "words before the summary", "¤<details>Text <summary>See</summary></details>")
for name, drawing in {
    "script": "<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>",
    "handler": "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "foreign object": "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
    "remote picture": "<svg xmlns='http://www.w3.org/2000/svg'><image href='https://example.org/x.png'/></svg>",
    "remote font": "<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'https://example.org/x.css';</style></svg>",
    "remote fill": "<svg xmlns='http://www.w3.org/2000/svg'><path fill='url(https://example.org/x.svg#a)'/></svg>",
    "style sheet": "<?xml-stylesheet href='https://example.org/x.css'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    "entity": "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&e;</text></svg>",
    "many entities": "<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&b;</text></svg>",
    "another document": "<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "not closed": "<svg xmlns='http://www.w3.org/2000/svg'>",
    "nothing": "",
}.items():
    whole("H014", f"drawing: {name}", SVG, drawing, at=(WHY, '<img src="../media/disc.svg"'))

# --- usable for everybody ---

page("A001", "no alternative", '<p>¤<img src="../media/disc.svg"></p>')
page("A002", "file name", '<p>¤<img src="../media/disc.svg" alt="disc.svg"></p>')
page("A002", "image of", '<p>¤<img src="../media/disc.svg" alt="Image of a disc"></p>')
page("A003", "skipped level", "¤<h4>Deep</h4>")
page("A003", "h1", "¤<h1>Title</h1>")
change("A003", "first heading", PARTS, '<h2 id="disc">Disc</h2>', '¤<h3 id="disc">Disc</h3>')
change("A004", "here", WHY, '<a href="parts.html#disc">The disc</a>', '¤<a href="parts.html#disc">Here</a>')
page("A004", "no words", '<p>¤<a href="parts.html"></a></p>')
page("A004", "address", '<p>¤<a href="https://example.org/">https://example.org/</a></p>')
page("A005", "language in words", '<p>¤<span lang="french">atelier</span></p>')
page("A006", "table", "¤<table><tr><td>1</td></tr></table>")
page("A006", "table in a table", '¤<table><tr><td><table><tr><th scope="col">1</th></tr></table></td></tr></table>')
page("A007", "film", '<p>Film:</p>¤<video controls src="../media/a.mp4"></video>', add={"01-brakes/media/a.mp4": "x"})
page("A008", "heading", "¤<h3> </h3>")
page("A009", "sound", '<p>¤<audio src="../media/a.mp3"></audio></p>', add={"01-brakes/media/a.mp3": "x"})
change("A010", "option", QUIZ, "        text: A ruler", '        text: <img src="media/disc.svg" alt="">', at=(QUIZ, "text: A ruler"))

# --- identifiers ---

change("I001", "activity", UNIT, "id: u01-parts", "¤id: u01-why", says=f"{UNIT}:11:5")
change("I001", "question of another unit", QUIZ2, "  - id: q-word", "  - ¤id: q-parts")
change("I002", "option", QUIZ, "- {id: c, text: Bolts", "- {¤id: b, text: Bolts")
change("I002", "answer", QUIZ2, "- {id: c, text: bolts", "- {¤id: b, text: bolts")
change("I003", "outcome of an activity", UNIT2, "minutes: 20\n    outcomes: [lo-2-1]", "minutes: 20\n    outcomes: [lo-2-1, ¤lo-2-9]")
change("I004", "competence", UNIT2, "competences: [1.2]", "competences: [¤7.1]")
change("I004", "competence that looks like a number", UNIT2, "competences: [1.2]", "competences: [1.2, ¤1.10]")
change("I005", "competence", FRAME, "  - code: 1.2\n", "  - code: 1.2\n    title: Decide\n  - ¤code: 1.1\n")

# --- questions ---

change("Q001", "choice", QUIZ, "        correct: true\n", "", at=(QUIZ, "options:\n      - id: a"))
change("Q001", "short answer", QUIZ2, "- {id: a, text: pads}\n      - {id: b, text: brake pads}\n      - ", "- ", at=(QUIZ2, "answers:"))
change("Q002", "two right", QUIZ, "        text: A ruler", "        text: A ruler\n        ¤correct: true")
change("Q003", "all right", QUIZ, "text: Bolts, feedback", "text: Bolts, correct: true, feedback", at=(QUIZ, "options:\n      - {"))
change("Q004", "option", QUIZ, "- {id: c, text: Bolts, feedback: They do not.}", "- ¤{id: c, text: Bolts}")
change("Q004", "true-false", QUIZ2, "    if_true: Measure first.\n", "", at=(QUIZ2, "id: q-same"), says="if_true")
change("Q005", "question", QUIZ2, "    feedback: <p>Measure, then decide.</p>\n", "", at=(QUIZ2, "id: q-same"))
change("Q006", "options", QUIZ, "        text: A ruler", "        ¤text: A dial gauge")
change("Q006", "answers", QUIZ2, "{id: b, text: brake pads}", '{id: b, ¤text: "PADS "}')
change("Q006", "answers with an accent", QUIZ2, "pads}\n      - {id: b, text: brake pads}", "pâds}\n      - {id: b, ¤text: PA\u0302DS}")
whole(
    "Q006",
    "options with another line end",
    QUIZ,
    edited(QUIZ, "text: A dial gauge", "text: A <em>dial</em> gauge").replace(
        "        text: A ruler", "        ¤text: |\n          A <em>dial</em>\n          gauge"
    ),
)
change("Q007", "question", QUIZ, "stem: Which two wear?\n    outcomes: [lo-1-1]", "stem: Which two wear?", at=(QUIZ, "id: q-parts"))
change("Q007", "question with an empty list", QUIZ, "wear?\n    outcomes: [lo-1-1]", "wear?\n    outcomes: []", at=(QUIZ, "id: q-parts"))

# --- what is promised ---

files(
    "P001",
    "outcome",
    lambda folder: (
        replace_bytes(UNIT2, b"[1.2]\n", b"[1.2]\n  - id: lo-2-2\n    text: clean a brake\n")(folder),
        replace_bytes(QUIZ2, b"outcomes: [lo-2-1]\n    if", b"outcomes: [lo-2-1, lo-2-2]\n    if")(folder),
    )[0],
    Place(UNIT2, 8, 5),
)
files(
    "P002",
    "outcome",
    lambda folder: (
        replace_bytes(UNIT2, b"[1.2]\n", b"[1.2]\n  - id: lo-2-2\n    text: clean a brake\n")(folder),
        replace_bytes(UNIT2, b"20\n    outcomes: [lo-2-1]", b"20\n    outcomes: [lo-2-1, lo-2-2]")(folder),
    )[0],
    Place(UNIT2, 8, 5),
)
change("P003", "minutes of a unit", UNIT, "minutes: 15", "minutes: 16", at=(UNIT, "minutes: 55"))
files(
    "P005",
    "page",
    lambda folder: (
        replace_bytes(UNIT2, b"minutes: 35", b"minutes: 15")(folder),
        replace_bytes(UNIT2, b"    minutes: 20\n", b"")(folder),
        replace_bytes(COURSE, b"workload: 90", b"workload: 70")(folder),
    )[0],
    Place(UNIT2, 9, 5),
)
change("P004", "workload", COURSE, "workload: 90", "¤workload: 91")

change("P006", "tutors' minutes", UNIT, "file: pages/tutor.html", "¤minutes: 5\n    file: pages/tutor.html")
whole(
    "P007",
    "unit of a tutor's page",
    "03-pads/unit.yaml",
    "id: u03\ntitle: Pads\nminutes: 5\n¤activities:\n  - {kind: tutor-page, id: u03-tutor, title: For tutors of pads, file: tutor.html}\n",
    add={
        COURSE: edited(COURSE, "workload: 90", "workload: 95").replace("  - 02-discs\n", "  - 02-discs\n  - 03-pads\n"),
        "03-pads/tutor.html": "<p>Text</p>",
    },
)

# --- targets ---

change("T001", "title of a unit", UNIT, "title: Brakes\n", "¤title: " + "x" * 201 + "\n", says="201 characters, 200 fit")
change("T007", "version", COURSE, "version: 1.10", "¤version: 1.10 of November 2026", says="21 characters")
change("T008", "language without texts", COURSE, "language: en", "¤language: gl", says="templates/messages/gl.json")
change(
    "T009",
    "failed too early",
    COURSE,
    "quizzes: passed\ntracking:\n  scorm12_status: completed",
    "quizzes: answered\ntracking:\n  ¤scorm12_status: passed-failed",
    says="also with tries left",
)
change("T001", "title", UNIT, "title: The parts", "¤title: " + "x" * 241)
change("T002", "course title", COURSE, "title: Brakes & discs", "¤title: " + "é" * 48, says="96 bytes")
page("T003", "space", '<p>¤<img src="../media/a%20b.svg" alt=""></p>', add={"01-brakes/media/a b.svg": FILES[SVG]})
page("T003", "accent", '<p>¤<img src="../media/sch%C3%A9ma.svg" alt=""></p>', add={"01-brakes/media/schéma.svg": FILES[SVG]})
page("T003", "two dots", '<p>¤<a href="../files/a.b.csv">the data</a></p>', add={"01-brakes/files/a.b.csv": "x"})
whole("T004", "page", TUTOR, "¤<p> </p>\n", at=Place(TUTOR, 1, 1))
change("T004", "stem", QUIZ, "stem: Which two wear?", "stem: ¤<p></p>")
change("T012", "title to do", UNIT, "title: The parts", 'title: ¤"TODO: The parts"', says="still to be written: The parts")
page("T012", "page to do", "<div><p>Text</p> ¤<p>TODO: one sentence</p></div><!-- TODO: a note -->", says="one sentence")
change("T005", "markup", QUIZ, "intro: <p>Choose", "intro: ¤<p>&lt;b&gt; Choose")
page("T005", "markup in a page", "<div><p>Text</p> ¤<p>Write &lt;b&gt;</p></div>")
change("T005", "markup in no element", QUIZ, "stem: Which two wear?", "¤stem: Which two &lt;b&gt; wear?")
change("T006", "address", UNIT, "url: https://example.org/frame", "¤url: http://example.org/frame")


def test_place_is_right() -> None:
    assert place("f", "a\r\nb¤") == Place("f", 2, 2)


change("Y011", "a number sign in a text", UNIT, "title: Why brakes matter", "title: ¤Why brakes #1 matter")
change("Y011", "a number sign in rich text", UNIT, "summary: What brakes do.", "summary: ¤What brakes do. # and discs")
whole("L014", "a forgotten unit", "03-pads/unit.yaml", "id: u03\n", at=Place("03-pads/unit.yaml"), says="03-pads")
HEAT = '<h2 id="heat">Heat</h2>'
change("H016", "a picture without a file", WHY, HEAT, f'<p>¤<img alt="A disc"></p>{HEAT}')
change("H016", "a link without a target", WHY, HEAT, f"<p>¤<a>the next page</a></p>{HEAT}")
change(
    "H016", "a film without a file", WHY, HEAT, '¤<video controls><track kind="captions" src="../files/measurements.csv"></video>' + HEAT
)


def expect_one_finding(case: Case, tmp_path: Path) -> None:
    """The case's finding is the only one, has the right place, and says what it should."""
    case.make(tmp_path)
    severities = {rule.code: rule.severity for rule in all_rules()}
    hints = any(severities[code] == "hint" for code, _ in case.expected)
    _, findings = check_source(tmp_path, hints=hints)
    prefix = f"{tmp_path.as_posix()}/"
    found = [(finding.code, finding.place._replace(file=finding.place.file.removeprefix(prefix))) for finding in findings]
    assert found == case.expected, "\n".join(map(str, findings))
    (finding,) = findings
    assert finding.message
    assert finding.mend
    assert case.says in f"{finding.message} / {finding.mend}"


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)


WHEN_WRITING = {"L013", "F001"}
"""Found when packages are written, and tested there."""


def test_every_rule_has_a_case() -> None:
    """Here, or in another file of one-fault tests (``test_broken_*.py``), each of which has its own CASES."""
    files = [importlib.import_module(path.stem) for path in Path(__file__).parent.glob("test_broken_*.py")]
    cases: list[Case] = [case for file in files for case in file.CASES]
    assert {rule.code for rule in all_rules()} - WHEN_WRITING == {code for case in cases for code, _ in case.expected} - WHEN_WRITING
