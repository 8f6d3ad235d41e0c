"""One fault at a time in what learners hand in, review, answer and collect, in books, and in what the course itself has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from samples import FILES, write_course
from test_broken_sources import Case, expect_one_finding, place
from works import BADGE, EXAMPLE, PICTURE, PRACTICES, RUBRIC, SURVEY, UNIT, WORK_FILES, png

from coursegen.check import check_source

COURSE = "course.yaml"
ALL = {**FILES, **WORK_FILES}
CASES: list[Case] = []


def text_of(file: str) -> str:
    text = ALL[file]
    assert isinstance(text, str)
    return text


def change(
    code: str,
    name: str,
    file: str,
    old: str,
    new: str,
    *,
    at: tuple[str, str] | None = None,
    says: str = "",
    add: Mapping[str, str | bytes] | None = None,
) -> None:
    """A file in which one spot is changed; ``¤`` or ``at`` (a file and the words where it is) is the place of the finding."""
    source = text_of(file)
    assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times in {file}"
    text = source.replace(old, new)
    expected = place(at[0], text_of(at[0]), at[1]) if at else place(file, text)

    def make(folder: Path) -> None:
        write_course(folder, {**WORK_FILES, file: text.replace("¤", ""), **(add or {})})

    CASES.append(Case(name, make, [(code, expected)], says))


# --- rubrics ---

change("R001", "falls", RUBRIC, "points: 3", "¤points: 1", says='"measured" of "Goal & reason" is worth 1, the one before it 2')
change("R001", "stays", RUBRIC, "points: 3", "¤points: 2")
change(
    "R001",
    "the best first",
    RUBRIC,
    "{id: none, points: 0, text: Nothing",
    "{id: none, points: 4, text: Nothing",
    at=(RUBRIC, "points: 2, text: It"),
)
change("R002", "one for nothing", RUBRIC, "points: 0, text: There", "¤points: 1, text: There", says="write 0")
AFTER = "It says when to stop.}\n"
TWICE = "  - ¤id: goal\n    title: Again\n    levels: [{id: no, points: 0, text: No.}, {id: yes, points: 1, text: Yes.}]\n"
change("R003", "two criteria", RUBRIC, AFTER, AFTER + TWICE, says="line 3")
change("R003", "two levels", RUBRIC, AFTER, AFTER + "      - {¤id: none, points: 3, text: Again.}\n", says="in this criterion")
change("R004", "misspelt", EXAMPLE, "criterion: goal", "criterion: ¤gaol", says='did you mean "goal"?')
change("R005", "of another criterion", EXAMPLE, "level: named", "level: ¤stop", says="its levels are none, named, measured")
change("R006", "twice", EXAMPLE, "comment:", "  - {¤criterion: goal, level: none}\ncomment:", says="line 6")
change("R007", "left out", EXAMPLE, "  - {criterion: safety, level: stop}\n", "", at=(EXAMPLE, "ratings:"), says="for safety")
change("T001", "name of a rubric", RUBRIC, "title: Rubric for plans", "¤title: " + "x" * 241)
change("T001", "name of an example", EXAMPLE, "title: A plan of last year", "¤title: " + "x" * 241)

# --- what is handed in ---

change("A003", "heading of a task", UNIT, "<h2>Your plan</h2>", "¤<h3>Your plan</h3>", says="use h2")
change("A003", "heading of a review", UNIT, "<h3>With care</h3>", "¤<h2>With care</h2>", says="use h3")
change("A003", "heading of an example", EXAMPLE, "<h3>Plan</h3>", "¤<h4>Plan</h4>", says="use h3")
change("A003", "heading of a comment", EXAMPLE, "comment: <p>You", "comment: ¤<h3>Well</h3><p>You", says="cannot have headings")
change("L009", "anchor of a page", UNIT, "why</a>. Hand", 'why</a> ¤<a href="pages/after.html#then">and then</a>. Hand')
change("A004", "in a task", UNIT, "why</a>. Hand", 'why</a> ¤<a href="pages/after.html">here</a>. Hand')
change("H008", "in how to review", UNIT, "<p>Write what you saw", "¤<script>x</script><p>Write what you saw")
change(
    "H009",
    "in a task and in the example",
    EXAMPLE,
    "<h3>Plan",
    '¤<h3 id="plan">Plan',
    add={UNIT: text_of(UNIT).replace("With care", '<b id="plan">With care</b>')},
)
change(
    "P005",
    "a survey",
    UNIT,
    text_of(UNIT),
    text_of(UNIT)
    .replace("What you think\n    minutes: 5\n", "What you think\n")
    .replace("Good practices\n    minutes: 15", "Good practices\n    minutes: 20"),
    at=(UNIT, "kind: survey"),
)
change("I003", "an assignment", UNIT, "outcomes: [lo-5-1]\n    task: |", "outcomes: [¤lo-5-2]\n    task: |")
change("S004", "handed in otherwise", UNIT, "hand_in: both", "hand_in: ¤paper", says="text or files or both")
change("S002", "a review without a rubric", UNIT, "    rubric: rubric.yaml\n    reviewing", "    reviewing", at=(UNIT, "kind: peer-review"))
change("L010", "in a task", UNIT, "why</a>. Hand", 'why</a>, ¤<a href="../01-brakes/pages/tutor.html">for tutors</a>. Hand')

# --- surveys ---

change("U001", "two items", SURVEY, "id: wish", "¤id: role", says="in this survey, in line 6")
change("U001", "two options", SURVEY, "{id: film,", "{¤id: gauge,", says="in this item")
change("U002", "misspelt", SURVEY, "{item: role,", "{item: ¤roll,", says='did you mean "role"?')
change("U003", "a scale", SURVEY, "{item: role,", "{item: ¤sure,", says="of kind scale")
change("U003", "words between", SURVEY, "{item: role,", "{item: ¤lead,", says="of kind text")
change("U004", "misspelt", SURVEY, "option: trainer}", "option: ¤trainr}", says='did you mean "trainer"?')
change("U005", "on one page", SURVEY, "levels: [Not", "only_if: {item: ¤role, option: other}\n    levels: [Not", says="page-break")
LATE = "  - {kind: one, id: late, question: And now?, options: [{id: a, text: A}, {id: b, text: B}]}\n"
later = text_of(SURVEY).replace("levels: [Not", "only_if: {item: ¤late, option: a}\n    levels: [Not") + LATE
change("U005", "further down", SURVEY, text_of(SURVEY), later, says="further down")
change("U006", "no room", SURVEY, "low: 0", "¤low: 61", says="at least 61 and at most 60")
change("U007", "nothing asked", SURVEY, text_of(SURVEY), "¤items:\n  - {kind: text, id: a, text: Read this.}\n")
change("U008", "at the end", SURVEY, "    lines: 3\n", "    lines: 3\n  - ¤kind: page-break\n    id: end\n")
change("U008", "twice", SURVEY, "    id: next\n", "    id: next\n  - ¤kind: page-break\n    id: again\n")
change("T001", "what is asked", SURVEY, "question: How sure are you?", "¤question: " + "x" * 241, says="this text has 241")
change("T001", "what is offered", SURVEY, "text: Film", "¤text: " + "x" * 241)
change("S006", "unknown kind of item", SURVEY, "kind: words", "kind: ¤essay", says="item")
change("A003", "heading between items", SURVEY, "<h2>Your", "¤<h4>Your</h4><h2>Your", says="use h2")
change("T004", "empty words between items", SURVEY, "<h2>Your workshop</h2><p>The last questions.</p>", "¤<p> </p>")

# --- repositories ---

change("K001", "two fields", PRACTICES, "id: sheet,", "¤id: where,", says="line 4")
change("K001", "two records", PRACTICES, "id: diary", "¤id: gauge-film")
change("K001", "a field and a record", PRACTICES, "id: diary", "¤id: where")
change("K002", "two fields", PRACTICES, "title: Site}", "¤title: country}", says="line 6")
change("K002", "two entries", PRACTICES, "[Workshop, Home, Company]", "[Workshop, Home, ¤HOME]")
change("K003", "misspelt", PRACTICES, "{field: country,", "{field: ¤contry,", says='did you mean "country"?')
change("K004", "twice", PRACTICES, "text: Somewhere else}\n", "text: Somewhere else}\n      - {¤field: where, text: Here}\n")
change("K005", "words for an address", PRACTICES, 'url: "https://example.org/films"', "¤text: example.org", says="write url:")
change("K005", "words for entries", PRACTICES, "entries: [Workshop, Home]", "¤text: Workshop", says="write entries:")
change("K005", "entries for words", PRACTICES, "text: Somewhere else", "¤entries: [Somewhere, else]", says="write text:")
change("K005", "two values in one", PRACTICES, "{field: country, text", "{field: country, ¤entries: [Spain], text", says="text and entries")
change("K005", "nothing", PRACTICES, "{field: country, text: Italy & Malta}", "¤{field: country}", says="has nothing")
change(
    "K005",
    "a file",
    PRACTICES,
    "text: Somewhere else}\n",
    "text: Somewhere else}\n      - ¤{field: sheet, text: sheet.csv}\n",
    says="is a file",
)
change("K005", "no number", PRACTICES, 'text: "12.5"', "¤text: about 12", says="12 or -0.05")
change("K006", "not on the list", PRACTICES, "text: Italy & Malta", "text: ¤Itali & Malta", says='did you mean "Italy & Malta"?')
change("K006", "one of several", PRACTICES, "entries: [Workshop, Home]", "entries: [Workshop, ¤Moon]")
change(
    "K007",
    "left out",
    PRACTICES,
    "    values:\n      - {field: where, text: Somewhere else}",
    "    ¤values:\n      - {field: what, text: Tests}",
    says='"where"',
)
change("T001", "name of a field", PRACTICES, "title: Site}", "¤title: " + "x" * 241 + "}")
change("A003", "heading of what is not known", PRACTICES, "unknown: <p>How", "unknown: ¤<h4>Open</h4><p>How", says="cannot have headings")
change("S006", "unknown kind of field", PRACTICES, "kind: checks", "kind: ¤boxes", says="field")
change("S008", "address of a record", PRACTICES, "url: https://example.org/report", "url: ¤example.org/report")

# --- units and books ---

change("W001", "the last unit", UNIT, "weight: 3", "weight: 3\n¤general: true")
BOOK = "    book: A brake test\n    file: pages/after.html\n"
TORN = """\
  - {kind: link, id: u05-link, title: A site, url: https://example.org/}
  - kind: page
    id: u05-more
    title: More
    minutes: 5
    ¤book: A brake test
    file: pages/after.html
"""
ENDS = "  - kind: page\n    id: u05-after\n    title: After the test\n    minutes: 5\n" + BOOK
change("W002", "a link between", UNIT, ENDS, TORN)
change(
    "W003",
    "a page for tutors",
    UNIT,
    ENDS,
    ENDS + "  - {kind: tutor-page, id: u05-tutor, title: For tutors, ¤book: A brake test, file: pages/tutor.html}\n",
    add={"05-work/pages/tutor.html": "<p>Text</p>"},
)
READ = (
    text_of(UNIT)[: text_of(UNIT).index("  - kind: assignment")].replace("minutes: 150", "minutes: 10").replace("weight: 3", "¤weight: 3")
)
READ = READ[: READ.index("outcomes:")] + READ[READ.index("activities:") :]
SHORTER = {COURSE: text_of(COURSE).replace("workload: 240", "workload: 100"), "05-work/pages/after.html": "<p>Write it down.</p>"}
change("W004", "nothing to grade", UNIT, text_of(UNIT), READ, add=SHORTER)
WEIGHTLESS: dict[str, str | bytes] = {
    f"{folder}/unit.yaml": FILES[f"{folder}/unit.yaml"].replace("minutes: ", "weight: 0\nminutes: ", 1)
    for folder in ("01-brakes", "02-discs")
}
change(
    "W005",
    "nothing counts",
    UNIT,
    "weight: 3",
    "weight: 0",
    at=("01-brakes/unit.yaml", "minutes: 55"),
    add=WEIGHTLESS,
)
change("T001", "words of a book", UNIT, BOOK, f"    ¤book: {'x' * 241}\n    file: pages/after.html\n")

# --- the course itself ---

change("T001", "short name", COURSE, "short_name: BRAKES", "¤short_name: " + "x" * 241)
change("T001", "name of the badge", COURSE, "title: Brake & disc\n", "¤title: " + "x" * 241 + "\n")
change("T003", "name of the badge's file", COURSE, f"image: {BADGE}", "¤image: media/My badge.png", add={"media/My badge.png": png(8, 8)})
change("T010", "wide", COURSE, f"image: {BADGE}", f"¤image: {BADGE}", says="64 wide and 32 high", add={BADGE: png(64, 32)})
change("T010", "a drawing", COURSE, f"image: {BADGE}", "¤image: 01-brakes/media/disc.svg", says="not a PNG")
change("T010", "a name that lies", COURSE, f"image: {BADGE}", f"¤image: {BADGE}", says="not a PNG", add={BADGE: b"\xff\xd8\xff\xe0"})
change("T010", "cut off", COURSE, f"image: {BADGE}", f"¤image: {BADGE}", says="not a PNG", add={BADGE: png(8, 8)[:20]})
change("T011", "a drawing", COURSE, f"picture: {PICTURE}", "¤picture: 01-brakes/media/disc.svg", says="neither")
change("T011", "another ending", COURSE, f"picture: {PICTURE}", "¤picture: media/course.gif", add={"media/course.gif": png(8, 8)})
change("L001", "no picture", COURSE, f"picture: {PICTURE}", "picture: ¤media/corse.jpg", says="media/course.jpg")
change("S004", "Moodle of another year", COURSE, "  version: 4.1", "  version: ¤3.9", says="4.1 or 4.4")
change("S003", "Moodle in a word", COURSE, "moodle:\n  version: 4.1\n  units: activities\n  order: by-unit\n", "moodle: ¤4.1\n")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)


def clean(folder: Path, changes: dict[str, str | bytes]) -> None:
    _, findings = check_source(write_course(folder, {**WORK_FILES, **changes}))
    assert not findings, "\n".join(map(str, findings))


def test_what_is_no_fault(tmp_path: Path) -> None:
    """Near misses of rules."""
    unit = text_of(UNIT)
    clean(tmp_path / "sample", {})
    clean(tmp_path / "ungraded", {UNIT: unit.replace("    rubric: rubric.yaml\n    pass_mark", "    pass_mark")})
    clean(tmp_path / "books", {UNIT: unit.replace(BOOK, BOOK.replace("A brake test", "Another book"))})
    clean(tmp_path / "weightless", {UNIT: unit.replace("weight: 3", "weight: 0")})
    clean(tmp_path / "equal", {SURVEY: text_of(SURVEY).replace("low: 0", "low: 60")})
    clean(tmp_path / "jpeg", {COURSE: text_of(COURSE).replace(PICTURE, BADGE)})
    general = FILES["01-brakes/unit.yaml"].replace("minutes: 55", "general: true\nminutes: 55")
    clean(tmp_path / "general", {"01-brakes/unit.yaml": general})


def test_what_is_handed_in_assesses_an_outcome(tmp_path: Path) -> None:
    """lo-5-1 has no question, and two products; without its outcomes nothing works towards it and nothing assesses it."""
    unit = text_of(UNIT).replace("    outcomes: [lo-5-1]\n", "")
    _, findings = check_source(write_course(tmp_path, {**WORK_FILES, UNIT: unit}))
    assert [finding.code for finding in findings] == ["P001", "P002"]
