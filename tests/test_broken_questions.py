"""One fault at a time in questions of the newer kinds: exactly one finding, with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from kinds import COURSE, KIND_FILES, QUIZ
from samples import write_course
from test_broken_sources import Case, expect_one_finding, place

from coursegen.check import check_source

CASES: list[Case] = []


def change(code: str, name: str, *edits: tuple[str, str], at: str | None = None, says: str = "", file: str = QUIZ) -> None:
    """A quiz in which something is changed; ``¤``, or the words ``at``, are the place of the finding."""
    text = KIND_FILES[file]
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    expected = place(file, text, at or "¤")
    clean = text.replace("¤", "")

    def make(folder: Path) -> None:
        write_course(folder, {**KIND_FILES, file: clean})

    CASES.append(Case(name, make, [(code, expected)], says))


# --- what every kind needs ---

FIRST = "      - {id: a, value: 22.4, tolerance: 0.1, feedback: So it is stamped.}\n"
NEARLY = "      - {id: b, value: 22.4, tolerance: 1, correct: false, feedback: Nearly. Read the decimals.}\n"
LESS = "value: -3, correct: false, feedback: That is"
TOOL = "{id: a, text: dial gauge}"
change("Q001", "a number", (FIRST, ""), at="answers:\n      - {id: b, value")
change("Q001", "a gap to pick for", ("0.05, correct: true", "0.05"), at="options:\n          - {id: a, text: 0.05")
change("Q001", "a gap to type into", (f"          - {TOOL}\n", ""), at="answers:\n          - {id: b, text: ruler")
change("Q003", "a gap", ("text: 0.5, feedback", "text: 0.5, correct: true, feedback"), at="options:\n          - {id: a, text: 0.05")
change("Q004", "an option of a gap", (", feedback: That shakes the wheel.", ""), at="{id: b, text: 0.5}")
change("Q004", "an option of a twin", (", feedback: It is worn by then.", ""), at="{id: b, text: 20 mm}")
change("Q005", "an essay without a model answer", ("    model_answer: What was measured, and what it means.\n", ""), at="id: q-words")
change("Q005", "a twin", ("      feedback: The limit is stamped.\n", ""), at="id: q-limit-twin")
change("Q006", "numbers", ("{id: c, value: -3,", "{id: c, ¤value: 22.40, tolerance: 1.0,"))
change("Q006", "pairs", ("text: A micrometer", "¤text: A dial  gauge"))
change("Q006", "a distractor that is a match", ("text: noise", "¤text: run-out"), says='"run-out" is the match')
change("Q006", "distractors", ("{id: x, text: noise}", "{id: x, text: noise}\n      - {id: y, ¤text: noise}"))
change("Q006", "groups", ("title: It lasts", "¤title: It wears"))
change("Q006", "things to sort", ("text: A bolt", "¤text: A pad"))
change("Q006", "steps", ("text: Decide", "¤text: Measure"), says="another step")
change("Q006", "levels", ("text: Sure", "¤text: Not sure"))
change("Q006", "options of a gap", ("text: 0.5,", "¤text: 0.05,"))
change("Q006", "answers of a gap, by its rules", ("text: ruler", "¤text: DialGauge"))
change("Q006", "answers without accents", ('text: "*discs*"', '¤text: "*p\u00e4ds"'))
change("Q007", "an essay", ("customer?\n    outcomes: [lo-4-1]", "customer?"), at="id: q-words")
change("Q017", "in a gap", ("text: dial gauge}", "¤text: " + "x" * 61 + "}"), says="61 characters")
change("I001", "a twin", ("id: q-pairs-twin", "¤id: q-limit-twin"), says="quiz.yaml:20:7")
change("I001", "a twin and its question", ("id: q-pairs-twin", "¤id: q-pairs"))
change("I002", "pairs", ("{id: b, text: A <em>", "{¤id: a, text: A <em>"))
change("I002", "a distractor and a pair", ("{id: x, text: noise", "{¤id: c, text: noise"))
change("I002", "a group and what is sorted", ("{id: pad,", "{¤id: wears,"), says="in this question")
change("I002", "steps", ("{id: decide,", "{¤id: look,"))
change("I002", "levels", ("{id: b, text: Sure", "{¤id: a, text: Sure"))
change("I002", "numbers", ("{id: c, value", "{¤id: b, value"))
change("I002", "options of a gap", ("{id: b, text: 0.5,", "{¤id: a, text: 0.5,"), says="in this gap")
change("I002", "answers of a gap", ("{id: b, text: ruler", "{¤id: a, text: ruler"))
change(
    "I003",
    "an outcome of a question",
    ("stem: What comes first?\n    outcomes: [lo-4-1", "stem: What comes first?\n    outcomes: [¤lo-4-9"),
)
change("I004", "a competence of a question", ("competences: [1.2", "competences: [¤9.2"), says="no competence 9.2")
change("I006", "misspelt", ("units:", "accept: [hints, ¤hint]\nunits:"), file=COURSE, says='did you mean "hints"?')

# --- labels ---

PICTURE = '<img src="../01-brakes/media/disc.svg" alt="">'
change("H012", "a pair", ("A <em>caliper</em>", "¤<p>A caliper</p>"), says="a pair cannot hold <p>")
change(
    "H012", "a thing to sort", ("text: A pad", "text: A ¤<a href='../01-brakes/pages/parts.html'>pad of a brake</a>"), says="an item cannot"
)
change("H012", "a step", ("text: Measure}", "text: Measure ¤<ul><li>twice</li></ul>}"), says="a step cannot")
change("A010", "a pair", ("text: A <em>caliper</em>", f"¤text: '{PICTURE}'"), says="this pair has no words")
change("A010", "a step", ("text: Decide", f"¤text: '{PICTURE}'"), says="this step has no words")
change("H009", "two questions", ("stem: How sure", 'stem: How ¤<b id="tool">sure</b>'))
change("H009", "a question and the twin of another", ("stem: How sure", 'stem: How ¤<b id="rim">sure</b>'))
change("H009", "twins", ('<b id="tool">measures', '¤<b id="rim">measures'))

# --- numbers ---

change(
    "Q024",
    "a number within the tolerance",
    (LESS, "value: 22.45, correct: false, feedback: It is"),
    at="value: 22.45",
    says='"22.45" is accepted',
)
change(
    "Q024",
    "a range that two accepted ones cover",
    (FIRST, FIRST + FIRST.replace("id: a", "id: d").replace("22.4", "22.6")),
    (LESS, "¤value: 22.5, tolerance: 0.15, correct: false, feedback: It is"),
)
change("Q025", "a mistake", (LESS, "¤value: 22, correct: false, feedback: It is"), says="another answer before it")
change("Q025", "an accepted number", (FIRST, FIRST + FIRST.replace("id: a, value: 22.4, tolerance: 0.1", "id: d, ¤value: 22.35")))
change("Q026", "half in", (LESS, "¤value: 24, tolerance: 1.51, correct: false, feedback: It is"), says="22.49 to 25.51")
change("Q027", "less than nothing", ("tolerance: 0.1,", "¤tolerance: -0.1,"), says="write 0.1")
change("Q028", "many digits", ("tolerance: 0.1,", "¤tolerance: 0.00000000000001,"), says="16 digits, 15 fit")
change("S008", "sixteen digits", ("value: -3", "value: ¤-3.000000000000000"), says="15 digits at most")
change("S008", "a comma", ("value: -3", 'value: ¤"-3,5"'), says="a point for decimals")
change("S008", "an exponent", ("tolerance: 1,", "tolerance: ¤1e2,"))
change("Q029", "a digit", ("unit: mm", "¤unit: 10 mm"))
change("Q029", "a sign", ("unit: mm", '¤unit: "-mm"'))

# --- words ---

MISTAKES = KIND_FILES[QUIZ][KIND_FILES[QUIZ].index('      - {id: b, text: "*discs') : KIND_FILES[QUIZ].index("    feedback: The pads")]
change("Q021", "only a wildcard", ('text: "*pads"', '¤text: "* *"'), (MISTAKES, ""))
change("Q022", "only a no-break space", ('text: "*pads"}', 'text: "*pads"}\n      - {id: d, ¤text: "\\u00a0"}'))
change("Q022", "only an accent", ('text: "*pads"}', 'text: "*pads"}\n      - {id: d, ¤text: "\\u0301"}'))
change("Q023", "five wildcards", ('text: "*pads"', '¤text: "*p*a*d*s*"'), says="5 wildcards")
change("Q024", "a pattern", ('text: "*pads"', 'text: "*s"'), ('text: "*discs*"', '¤text: "*discs"'), says='"*discs" is accepted')
change("Q024", "words", ('text: "*discs*"', "¤text: old pads"))
change(
    "Q025",
    "a pattern",
    ('"*discs*", correct: false, feedback: They wear slowly.', '"*", correct: false, feedback: No.'),
    ('{id: c, text: "*"', '{id: c, ¤text: "*drum*"'),
)

change("Q040", "a gap", ("text: dial gauge}", "¤text: dial*}"), says="add wildcards: true")
change("Q040", "an escaped one", ("text: dial gauge}", "¤text: dial\\*}"))
change("Q041", "a matching", ("    credit: all-or-nothing\n", "    credit: all-or-nothing\n    ¤if_partly: Some are right.\n"))
change("Q041", "a sorting", ("    if_partly:", "    credit: all-or-nothing\n    ¤if_partly:"))

# --- together ---

change("Q030", "misspelt", ("group: lasts", "group: ¤last"), says='did you mean "lasts"?')
change("Q031", "a third group", ("title: It lasts}", "title: It lasts}\n      - ¤{id: both, title: It does both}"))
change("Q032", "pairs", ("match: run-out", "match: thickness"), at="pairs:")
change("Q032", "things to sort", ("group: lasts", "group: wears"), at="items:\n      - {id: pad")

# --- gaps ---

change("Q033", "no place", ("with a [[tool]]", "with a tool"), at="id: tool\n", says="write [[tool]]")
change("Q034", "two places", ("<p>It is <em>[[", "¤<p>Use a [[tool]].</p><p>It is <em>[["))
change("Q036", "a second place", ("<p>It is <em>[[", "¤<h3>[[tool]]</h3><p>It is <em>[["), says="cannot stand in <h3>")
change("Q036", "the first of two places", ("<p>Run-out", "¤<h3>[[tool]]</h3><p>Run-out"))
change("Q035", "misspelt", ("<p>It is <em>[[", "¤<p>Use [[tol]].</p><p>It is <em>[["), says='did you mean "tool"?')
change("Q035", "capitals", ("<p>It is <em>[[", "¤<p>Use [[ Much ]].</p><p>It is <em>[["), says='did you mean "much"?')
change(
    "Q036", "in a link", ("<em>[[much]]</em>", "¤<a href='../01-brakes/pages/parts.html'>so [[much]] of it</a>"), says="cannot stand in <a>"
)
change("Q036", "in a heading", ("<p>It is <em>[[much]]</em> mm at most.</p>", "¤<h3>[[much]] mm</h3>"))
change(
    "Q036",
    "deep in a summary",
    ("<p>It is <em>[[much]]</em> mm at most.</p>", "<details><summary>See ¤<b>[[much]]</b></summary>It</details>"),
)
change("Q036", "in an attribute", ("<em>[[much]]</em>", '¤<em title="[[much]]">so</em>'), says='the attribute "title"')
change("Q037", "in a hint", ("    gaps:\n", "    hints: [A needle., ¤'A [[tool]] has a needle.']\n    gaps:\n"))
change("Q037", "in the feedback of a gap", ("feedback: It is too coarse.", "feedback: ¤'Not a [[tool]] for it.'"))
change("Q038", "the second first", ("a [[tool]]", "a [[much]]"), ("<em>[[much]]</em>", "<em>[[tool]]</em>"), at="id: much\n")

# --- twins ---

change("Q039", "points", ("      answer: true\n", "      answer: true\n      ¤points: 2\n"))
change("Q039", "outcomes", ("      answer: true\n", "      answer: true\n      ¤outcomes: [lo-4-1]\n"))
change("S006", "a twin of another kind", ("kind: true-false", "kind: ¤matching"), says="no twin of kind")
change("S001", "a twin of a twin", ("      answer: true\n", "      answer: true\n      ¤twin: {}\n"))
change("S002", "a gap without a kind", ("- kind: text\n        id: tool", "- ¤id: tool"), says="a gap")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)


def test_the_sample_is_clean(tmp_path: Path) -> None:
    assert check_source(write_course(tmp_path, KIND_FILES))[1] == []
