"""One fault at a time in a quiz that draws, has forms or is typed: exactly one finding, with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import FILES, write_course
from test_broken_sources import Case, expect_one_finding, place

from coursegen.check import check_source

PLAIN, FORMS = "01-brakes/quiz.yaml", "02-discs/quiz.yaml"
QUIZZES = {
    PLAIN: FILES[PLAIN].replace("points: 2\n", "points: 1\n").replace("attempts: unlimited\n", "draw: 1\nshuffle_questions: true\n"),
    FORMS: FILES[FORMS].replace(
        "attempts: 3\n",
        """\
feedback: deferred
shuffle_options: true
forms:
  - id: a
    questions: [q-same]
  - id: b
    questions: [q-word]
""",
    ),
}
"""The sample with a quiz of two questions of one point that draws one, and one with two forms."""
CASES: list[Case] = []


def change(code: str, name: str, file: str, *edits: tuple[str, str], at: str | None = None, says: str = "") -> None:
    """A quiz in which something is changed; ``¤``, or the words ``at``, are the place of the finding."""
    text = QUIZZES[file]
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        text = text.replace(old, new)
    expected = place(file, text, at or "¤")
    clean = text.replace("¤", "")

    def make(folder: Path) -> None:
        write_course(folder, {**QUIZZES, file: clean})

    CASES.append(Case(name, make, [(code, expected)], says))


ONE = QUIZZES[PLAIN][QUIZZES[PLAIN].index("  - id: q-run-out") : QUIZZES[PLAIN].index("  - id: q-parts")]
ESSAY = "  - id: q-run-out\n    kind: essay\n    stem: Tell.\n    outcomes: [lo-1-1]\n    feedback: So.\n"
POINTS = "    stem: Which two wear?\n"
change("Q008", "three of two", PLAIN, ("draw: 1", "¤draw: 3"), says="3 questions cannot be drawn from 2")
change("Q008", "draw that outruns the questions has no other fault", PLAIN, ("draw: 1", "¤draw: 200"))
change("Q009", "two of two", PLAIN, ("draw: 1", "¤draw: 2"), says="shuffle_questions")
change("Q010", "points that differ", PLAIN, (POINTS, f"    ¤points: 3\n{POINTS}"), says="worth 3")
change("Q010", "points that are not written", PLAIN, ("points: 1", "points: 2"), at="id: q-parts", says="worth 1")
change("Q010", "an essay beside one question", PLAIN, (ONE, ESSAY), at="id: q-run-out", says="no points, others 1")
SHUFFLE = ("draw: 1", "draw: 1\nshuffle_options: true")
for phrase in (
    "All of the above.",
    "None of the above",
    "I think both of the above!",
    "all the above",
    "A and B",
    "Both a and c",
    "Options A, B and C",
):
    change("Q042", phrase, PLAIN, SHUFFLE, ("text: Bolts,", f'¤text: "{phrase}",'), says=f'"{phrase}" speaks of other options')
change("Q011", "forms and draw", FORMS, ("forms:", "¤draw: 1\nforms:"))
change("Q011", "forms and a draw that would be too large", FORMS, ("forms:", "¤draw: 9\nforms:"))
change("Q012", "two forms", FORMS, ("- id: b\n    questions", "- ¤id: a\n    questions"), says="line 5")
change("Q013", "misspelt", FORMS, ("[q-word]", "[q-word, ¤q-wort]"), says='"q-wort"')
change("Q014", "twice", FORMS, ("[q-same]", "[q-same, ¤q-same]"))
change("Q014", "thrice in two forms", FORMS, ("[q-same]", "[q-same, q-word]"), ("[q-word]", "[q-word, q-same, ¤q-word]"))
change(
    "Q015", "one more question", FORMS, ("[q-word]", "[q-word, q-same]"), at="questions: [q-word", says='"b" has 2 points, form "a" has 1'
)
change("Q015", "more points", FORMS, ("    stem: <p>What", "    points: 2\n    stem: <p>What"), at="questions: [q-word")
change("Q015", "one point", FORMS, ("[q-same]", "[q-same, q-word]"), at="questions: [q-word", says='"b" has 1 point, form "a" has 2')
change("Q016", "forgotten", FORMS, ("[q-word]", "[q-same]"), at="id: q-word", says='"q-word"')
change("Q018", "a list of all", FORMS, ("[q-same]", "[q-same, q-word]"), ("  - id: b\n    questions: [q-word]\n", ""), at="forms:")
change("Q017", "accepted", FORMS, ("text: brake pads", "¤text: " + "x" * 61), says="61 characters")
change("Q017", "a foreseen mistake", FORMS, ("text: bolts", "¤text: " + "bolts " * 12), says="71 characters")


def test_the_quizzes_have_no_fault(tmp_path: Path) -> None:
    write_course(tmp_path, QUIZZES)
    _, findings = check_source(tmp_path)
    assert findings == []


def test_options_that_speak_of_no_others(tmp_path: Path) -> None:
    """In a quiz that keeps its order, in words that only begin alike, and in another language, of which we know no words."""
    kept = QUIZZES[PLAIN].replace("text: Bolts,", "text: All of the above,")
    like = QUIZZES[PLAIN].replace(*SHUFFLE).replace("text: Bolts,", "text: Vitamins A and B,")
    german = kept.replace(*SHUFFLE)
    course = FILES["course.yaml"].replace("language: en", "language: de")
    for number, files in enumerate(({PLAIN: kept}, {PLAIN: like}, {PLAIN: german, "course.yaml": course})):
        findings = check_source(write_course(tmp_path / str(number), {**QUIZZES, **files}))[1]
        assert "Q042" not in [finding.code for finding in findings]


def test_sixty_characters_can_be_typed(tmp_path: Path) -> None:
    write_course(tmp_path, {FORMS: FILES[FORMS].replace("text: brake pads", "text: " + "x" * 60)})
    _, findings = check_source(tmp_path)
    assert findings == []


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)
