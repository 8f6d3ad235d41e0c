"""One fault at a time in a case study: exactly one finding, with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases import CASE, CASE_FILES
from samples import write_course
from test_broken_sources import Case, expect_one_finding, place

from coursegen.check import check_source

CASES: list[Case] = []


def change(code: str, name: str, *edits: tuple[str, str], at: str | None = None, says: str = "") -> None:
    """A case in which something is changed; ``¤``, or the words ``at``, are the place of the finding."""
    text = CASE_FILES[CASE]
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {CASE}"
        text = text.replace(old, new)
    expected = place(CASE, text, at or "¤")
    clean = text.replace("¤", "")

    def make(folder: Path) -> None:
        write_course(folder, {**CASE_FILES, CASE: clean})

    CASES.append(Case(name, make, [(code, expected)], says))


VARIABLE = "  - id: trust\n    title: Trust of the customer\n    start: 1\n    high: 3\n"
SCENES = "scenes:\n"
BACK = "      - id: back\n        text: Go back to the lift\n        to: workshop\n"

change("C001", "of a choice", ("to: bench", "to: ¤banch"), says='"banch"')
change("C001", "of the start", (SCENES, f"start: ¤work-shop\n{SCENES}"))
change("C002", "of a condition", ("when: [{variable: measured, at_most", "when: [{variable: ¤mesured, at_most"), says='"mesured"')
change("C002", "of a change", ("change: [{variable: measured", "change: [{variable: ¤measure"))
change("C003", "starts too high", ("    start: 1\n", "    ¤start: 4\n"), says="starts at 4, and stays between 0 and 3")
change("C003", "starts too low", ("    high: 3\n", "    low: 2\n    high: 3\n"), at="start: 1")
change("C003", "no room", ("    start: 1\n    high: 3\n", "    start: 3\n    ¤low: 3\n    high: 3\n"), says="it stays between 3 and 3")
change("C003", "low above what high is without being written", ("  - id: measured\n", "  - {id: measured, ¤low: 2}\n"))
change("C003", "high below a low", (VARIABLE, VARIABLE.replace("    high: 3", "    ¤low: 2\n    high: 1")))
change("C004", "nothing", ("[{variable: measured, at_most: 0}]", "[¤{variable: measured}]"), says="says nothing")
change(
    "C004",
    "least above most",
    ("at_least: 1, at_most: 2", "at_least: 2, at_most: 1"),
    at="{variable: trust, at_least: 2, at_most",
    says="never hold",
)
change("C004", "more than there is", ("[{variable: measured, at_most: 0}]", "[¤{variable: measured, at_least: 2}]"))
change("C004", "two that exclude each other", ("at_most: 0}", "at_most: 0}, ¤{variable: measured, at_least: 1}"))
change("C005", "both", ("trust, by: 1}", "trust, by: 1, to: 2}"), at="{variable: trust, by: 1, to", says="both by and to")
change("C005", "neither", ("[{variable: measured, to: 1}]", "[¤{variable: measured}]"), says="neither by nor to")
change("C005", "nothing", ("trust, by: 1}", "trust, ¤by: 0}"), says="changes nothing")
change("C005", "out of limits", ("measured, to: 1}", "measured, ¤to: 2}"), says="cannot become 2: it stays between 0 and 1")
change("C006", "neither", ("    choices:\n" + BACK, ""), at="id: bench", says="no choices")
change("C006", "both", (BACK, BACK + "    ¤ending: At the bench\n"), says="is an ending, and has choices")
ENDINGS = CASE_FILES[CASE][CASE_FILES[CASE].index("  - id: done") : CASE_FILES[CASE].index("debrief")]
GO_ON = "choices: [{id: again, text: Begin again, to: desk}]"
change(
    "C007",
    "scenes that all lead on",
    (ENDINGS, "".join(f"    {GO_ON}\n" if "ending:" in line else f"{line}\n" for line in ENDINGS.splitlines())),
    at="scenes:",
)
change(
    "C008",
    "no choice leads to it",
    (SCENES, f"{SCENES}  - ¤{{id: lost-and-found, title: A, text: b, ending: c}}\n"),
    ("scenes:", "start: desk\nscenes:"),
    says="no choice leads here",
)
END = """\
  - id: end
    title: The end
    text: b
    ¤choices: [{id: on, text: Go on, to: lost, when: [{variable: trust, at_least: 1}]}]
  - id: lost
"""
change(
    "C009",
    "trust is lost",
    ("        when: [{variable: trust, at_least: 1, at_most: 2}]\n", ""),
    ("        to: lost\n", "        to: end\n"),
    ("  - id: lost\n", END),
    says="desk: replace > workshop: call > phone: guess (1) > end (with trust 0, measured 0)",
)
WAIT = """\
  - ¤id: wait
    title: A
    text: b
    choices: [{id: on, text: Wait, to: wait-more}]
  - {id: wait-more, title: A, text: b, choices: [{id: on, text: Wait, to: wait}]}
  - id: lost
"""
change(
    "C010",
    "round and round",
    ("  - id: lost\n", WAIT),
    (BACK, f"{BACK}      - {{id: wait, text: Wait, to: wait}}\n"),
    says="desk: ask (2) > workshop: look > bench: wait > wait (with trust 2, measured 1)",
)
change(
    "C011",
    "too much trust",
    (BACK, f"{BACK}      - ¤{{id: gift, text: Give a gift, to: done, when: [{{variable: trust, at_least: 3}}]}}\n"),
    says='"gift"',
)
change(
    "C012",
    "a way back",
    (BACK, f"{BACK}      - {{id: home, text: Go to the desk, to: desk}}\n"),
    at="points: 2",
    says="desk: ask (2) > workshop: look > bench: home > desk",
)
STAY = """\
        to: workshop
        ¤points: 1
        feedback: Good.
      - {id: stay, text: Stay, to: bench, feedback: Why?}
  - id: phone"""
change(
    "C012",
    "points in the loop",
    ("        to: workshop\n  - id: phone", STAY),
    says='of scene "bench"',
)
COUNTERS = "".join(f"  - {{id: v{n}, title: V, high: 20}}\n" for n in range(5))
COUNTING = "".join(f"      - {{id: v{n}, text: Count, to: bench, change: [{{variable: v{n}, by: 1}}]}}\n" for n in range(5))
change(
    "C013", "five counters", ("  - id: measured\n", f"  - id: measured\n{COUNTERS}"), (BACK, BACK + COUNTING), at="scenes:", says="20,000"
)
change("C014", "two scenes", ("  - id: bench", "  - ¤id: desk"), ("to: bench", "to: workshop"), says="line 9")
change("C014", "two variables", ("  - id: measured\n", "  - id: measured\n  - {¤id: trust}\n"), says="line 3")
change("C014", "two choices of a scene", (BACK, f"{BACK}      - {{¤id: back, text: Stay, to: workshop}}\n"), says="in this scene")
change("C015", "in a scene with points", ("        feedback: Nobody has looked yet.\n", ""), at="id: replace", says='"replace"')
change("C016", "not looked at", ("  - id: measured\n", "  - id: measured\n  - ¤{id: noise}\n"), says="give it a title")
COUNTER = "  - {id: visits, title: Visits, high: 20}\n  - {id: hours, title: Hours, high: 20}\n"
COME_BACK = "".join(
    f"      - {{id: {name}, text: Wait, to: bench, change: [{{variable: {name}, by: 1}}]}}\n" for name in ("visits", "hours")
)
LARGE = CASE_FILES[CASE].replace("  - id: measured\n", f"  - id: measured\n{COUNTER}").replace(BACK, BACK + COME_BACK)


def too_large_in(folder: Path, packages: str = "moodle-backup", moodle: str = "{}") -> None:
    """A case with more states than a lesson of Moodle may have pages, and what the course is built for."""
    course = CASE_FILES["course.yaml"].replace("packages: [scorm12-unit,", f"moodle: {moodle}\npackages: [{packages},")
    write_course(folder, {**CASE_FILES, "course.yaml": course, CASE: LARGE})


CASES.append(Case("two counters", too_large_in, [("C017", place(CASE, LARGE, "scenes:"))], "300 pages"))

# --- rules that other texts have, too ---

change("H012", "paragraph in a choice", ("text: Measure the run-out", "text: ¤<p>Measure the run-out</p>"), says="a choice cannot hold")
change("H012", "link in a choice", ("text: Call her", 'text: Call ¤<a href="mailto:her@example.org">her</a>'), says="a choice cannot hold")
change(
    "A010",
    "picture without words",
    ("        text: Call her", '        ¤text: <img src="../01-brakes/media/disc.svg" alt="">'),
    says="this choice",
)
change("A003", "heading of a scene", ("<h3>What you see</h3>", "¤<h2>What you see</h2>"), says="use h3")
change("A003", "skipped in a scene", ("<h3>What you see</h3>", "¤<h4>What you see</h4>"), says="use h3")
change("A003", "heading of feedback", ("feedback: She understands.", "feedback: ¤<h2>Well</h2>"), says="use h3")
change("A003", "heading of the debrief", ("<h3>To take away</h3>", "¤<h2>To take away</h2>"), says="use h3")
change("A003", "h1 in a scene", ("<h3>What you see</h3>", "¤<h1>What you see</h1>"), says="use h3")
change(
    "H009", "ids in two scenes", ("<p>The car is on", '<p id="it">The car is on'), ("feedback: <p>She is", 'feedback: ¤<p id="it">She is')
)
change("T004", "empty scene", ("text: She drives off.", "text: ¤<p></p>"))
change("S004", "points in words", ("points: 3", "points: ¤many"), says="a whole number from 0 to 99")
for key, old in (("high", "    start: 1\n    high: 3\n"), ("start", "    start: 1\n    high: 3\n"), ("low", "    start: 1\n    high: 3\n")):
    lines = {"start": "1", "low": "0", "high": "3", key: "¤many"}
    change("S004", f"{key} in words", (old, "".join(f"    {name}: {value}\n" for name, value in lines.items())))
change("S004", "least in words", ("at_least: 1, at_most: 2", "at_least: ¤one"))
change("S004", "change in words", ("trust, by: 1}", "trust, by: ¤one}"))
change("S004", "value in words", ("measured, to: 1}", "measured, to: ¤one}"))
change("S007", "one scene", (CASE_FILES[CASE][CASE_FILES[CASE].index(SCENES) :], "scenes: ¤[{id: a, title: A, text: b, ending: c}]\n"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)


def test_the_sample_is_clean(tmp_path: Path) -> None:
    assert check_source(write_course(tmp_path, CASE_FILES))[1] == []


def test_the_example_in_the_documentation_is_clean(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "docs" / "source-format.md").read_text("utf-8")
    example = text.split("## A case study")[1].split("```yaml\n")[1].split("```")[0]
    course, findings = check_source(write_course(tmp_path, {**CASE_FILES, CASE: example}))
    assert findings == []
    assert course is not None


def test_a_scene_that_cannot_be_read_makes_no_other_fault(tmp_path: Path) -> None:
    """What leads to it, and what it leads to, is the author's all the same."""
    for old in ("title: At the bench", "text: What do you say?", "title: The car is ready\n"):
        text = CASE_FILES[CASE].replace(old, "title: {" if old.endswith("\n") else "text:")
        _, findings = check_source(write_course(tmp_path, {**CASE_FILES, CASE: text}))
        assert findings
        assert {finding.code[0] for finding in findings} <= {"S", "Y"}, findings


def test_a_case_may_be_as_large_as_it_likes_where_it_is_no_lesson(tmp_path: Path) -> None:
    too_large_in(tmp_path / "cartridge", "scorm12-unit")
    too_large_in(tmp_path / "scorm", "moodle-backup", "{units: scorm}")
    assert [check_source(tmp_path / name)[1] for name in ("cartridge", "scorm")] == [[], []]
