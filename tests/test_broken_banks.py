"""One fault at a time in a question bank, or in what quizzes take of it: exactly one finding, with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from kinds import BANK, DRAWN, FORMS, KIND_FILES, UNIT
from samples import write_course
from test_broken_sources import Case, expect_one_finding, place

from coursegen.check import check_source
from coursegen.model import Course

CASES: list[Case] = []
EASY = "{bank: tests, tags: [easy], draw: 1}"
TAKE_FADE = "  - {bank: tests, questions: [q-fade]}\n"
WHOLE_FORMS = KIND_FILES[FORMS]


def broken(
    code: str,
    name: str,
    *edits: tuple[str, str, str],
    at: tuple[str, str] | None = None,
    says: str = "",
    add: dict[str, str] | None = None,
) -> None:
    """Files in which something is changed, each edit being (file, old, new); ``¤``, or words in a file, are the place of the finding."""
    files = KIND_FILES | (add or {})
    for file, old, new in edits:
        assert files[file].count(old) == 1, f"{old!r} stands {files[file].count(old)} times in {file}"
        files[file] = files[file].replace(old, new)
    (expected,) = [place(at[0], files[at[0]], at[1])] if at else [place(file, text) for file, text in files.items() if "¤" in text]
    clean = {file: text.replace("¤", "") for file, text in files.items()}

    def make(folder: Path) -> None:
        write_course(folder, clean)

    CASES.append(Case(name, make, [(code, expected)], says))


# --- what the reader finds ---

broken("B001", "misspelt", (DRAWN, TAKE_FADE, "  - {¤bank: test, questions: [q-fade]}\n"), says='did you mean "tests"?')
broken("B001", "the id of the unit", (DRAWN, TAKE_FADE, "  - {¤bank: u04}\n"), says="known banks: tests")
broken("B002", "misspelt", (DRAWN, "[q-fade]", "[¤q-fate]"), says='did you mean "q-fade"?')
broken("B002", "a quiz's own", (DRAWN, "[q-fade]", "[q-fade, ¤q-own]"))
broken("B003", "misspelt", (DRAWN, "tags: [easy]", "¤tags: [eazy]"), says='has: eazy; did you mean "easy"?')
broken("B003", "one of two is misspelt", (DRAWN, "tags: [easy]", "¤tags: [easy, roller]"), says='did you mean "rollers"?')
broken("B003", "no question has both", (DRAWN, "tags: [easy]", "¤tags: [easy, hard]"))
broken("S001", "a bank with a pass mark", (BANK, "title: Brake tests\n", "title: Brake tests\n¤pass_mark: 70\n"), says="a bank")
broken("S002", "a bank without questions", (BANK, KIND_FILES[BANK][KIND_FILES[BANK].index("questions:") :], ""), at=(BANK, "id: tests"))
broken("S004", "draw in words", (DRAWN, "draw: 1", "draw: ¤one"))
broken("S003", "a name for a list of banks", (UNIT, "banks: [bank.yaml]", "banks: ¤bank.yaml"), says="a list of paths")
broken("L001", "no such file", (UNIT, "[bank.yaml]", "[¤bang.yaml]"), says="04-kinds/bank.yaml")
broken("L007", "a bank twice", (UNIT, "[bank.yaml]", "[bank.yaml, ¤bank.yaml]"))
broken("L004", "a link to a bank", (DRAWN, "stem: A test drive", "stem: A ¤<a href='bank.yaml'>drive of the bank</a>"))
broken("L001", "a picture of a bank", (BANK, "stem: Both sides", "stem: ¤<img src='sides.svg' alt='Two sides'> Both sides"))

# --- what rules find ---

broken(
    "I001",
    "a bank",
    (BANK, "id: tests\n", "¤id: u04\n"),
    (DRAWN, EASY, EASY.replace("tests", "u04")),
    (DRAWN, TAKE_FADE, TAKE_FADE.replace("tests", "u04")),
    (FORMS, "bank: tests", "bank: u04"),
)
broken("I001", "a question of a bank", (DRAWN, "id: q-own", "id: q-sides"), at=(BANK, "id: q-sides"))
broken(
    "B004",
    "a second bank",
    (UNIT, "[bank.yaml]", "[bank.yaml, more.yaml]"),
    add={"04-kinds/more.yaml": KIND_FILES[BANK].replace("id: tests", "¤id: more").replace("id: q-", "id: q-more-")},
)
broken("B005", "one", (DRAWN, TAKE_FADE, ""), at=(BANK, "id: q-fade"), says="takes 1 question of this bank: q-fade")
broken("B006", "in a list", (DRAWN, "[q-fade]", "[q-fade, ¤q-fade]"))
broken("B006", "by name", (DRAWN, "[q-fade]", "[q-fade, ¤q-sides]"), says='takes "q-sides" already')
broken("B006", "by tags", (DRAWN, TAKE_FADE, TAKE_FADE + "  - {bank: tests, ¤tags: [lo-4-2]}\n"), says='"q-roller" and 2 more already')
broken("B006", "all", (DRAWN, TAKE_FADE, "  - ¤{bank: tests}\n"))
broken(
    "B007",
    "another tag",
    (FORMS, "q-sides]\nforms", "¤q-sides]\n    tags: [rollers]\nforms"),
    (FORMS, "questions: [q-sides]\n", "questions: [q-roller]\n"),
    says="all of the tags: rollers",
)
broken("Q008", "of a bank", (DRAWN, "draw: 1", "¤draw: 3"), says="3 questions cannot be drawn from 2")
NO_OWN = (DRAWN, KIND_FILES[DRAWN][: KIND_FILES[DRAWN].index("take:")], "¤draw: 1\n")
broken(
    "Q008",
    "none of its own",
    NO_OWN,
    says="1 question cannot be drawn: this quiz has no questions of its own / put draw into the entry of take",
)
broken("Q008", "of one", (DRAWN, "[q-fade]", "[q-fade], ¤draw: 2"), says="2 questions cannot be drawn from 1 / remove draw")
broken("Q009", "of one", (DRAWN, "[q-fade]", "[q-fade], ¤draw: 1"), says="the only question")
broken("Q009", "of a bank", (DRAWN, "draw: 1", "¤draw: 2"))
broken(
    "Q010",
    "of a bank",
    (DRAWN, EASY, "{bank: tests, draw: 2}"),
    (DRAWN, TAKE_FADE, ""),
    (BANK, "    points: 3", "    ¤points: 3"),
    says="drawn.yaml:11:19",
)
TELL = "  - ¤id: q-tell\n    kind: essay\n    stem: Tell.\n    difficulty: easy\n    outcomes: [lo-4-2]\n    feedback: So.\n"
broken(
    "Q010",
    "an essay among others",
    (BANK, "  - id: q-fade", f"{TELL}  - id: q-fade"),
    says="has no points",
)
broken("Q011", "of a bank", (FORMS, "q-sides]\nforms", "q-sides]\n    ¤draw: 1\nforms"))
broken("Q013", "of a bank that the quiz does not take", (FORMS, "questions: [q-sides]\n", "questions: [q-sides, ¤q-fade]\n"))
broken("Q015", "of a bank", (FORMS, "questions: [q-sides]\n", "¤questions: [q-sides, q-roller]\n"))
broken(
    "Q016",
    "of a bank",
    (FORMS, "  - bank: tests\n    questions", "  - bank: tests\n    ¤questions"),
    (FORMS, "questions: [q-sides]\n", "questions: [q-roller]\n"),
    says='"q-sides"',
)
broken("Q019", "nothing", (FORMS, WHOLE_FORMS, "¤pass_mark: 50\n"))
broken("Q019", "empty lists", (FORMS, WHOLE_FORMS, "¤questions: []\ntake: []\n"))
OPINION = (
    "questions:\n  - id: q-liked\n    kind: rating-scale\n    stem: How was it?\n    levels: [{id: a, text: Good}, {id: b, text: Bad}]\n"
)
broken("Q020", "an opinion", (FORMS, WHOLE_FORMS, f"¤pass_mark: 50\n{OPINION}"))
broken(
    "H009",
    "in a bank and in the quiz",
    (DRAWN, "stem: A test drive", 'stem: A test <b id="rollers">drive</b>'),
    at=(BANK, '<b id="rollers">'),
    says="drawn.yaml:4:18",
)
broken("H009", "in two questions of a bank", (BANK, "stem: Both sides", 'stem: Both ¤<b id="rollers">sides</b>'))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)


def found(folder: Path, *edits: tuple[str, str, str]) -> tuple[Course | None, list[str]]:
    """The course with some edits, and the codes of all findings."""
    files = dict(KIND_FILES)
    for file, old, new in edits:
        assert old in files[file]
        files[file] = files[file].replace(old, new)
    course, findings = check_source(write_course(folder, files))
    return course, [finding.code for finding in findings]


def test_questions_of_a_bank_assess_where_they_are_taken(tmp_path: Path) -> None:
    own = (DRAWN, "answer: false\n    outcomes: [lo-4-2]", "answer: false\n    outcomes: [lo-4-1]")
    assert found(tmp_path / "taken", own)[1] == []
    forms = (FORMS, WHOLE_FORMS, OPINION)
    assert found(tmp_path / "not", own, forms, (DRAWN, KIND_FILES[DRAWN][KIND_FILES[DRAWN].index("take:") :], ""))[1] == ["B004", "P002"]


def test_one_fault_in_a_question_of_two_quizzes_is_found_once(tmp_path: Path) -> None:
    assert found(tmp_path, (BANK, "    feedback: It measures the force.\n", ""))[1] == ["Q005"]


def test_a_broken_bank_makes_no_other_fault(tmp_path: Path) -> None:
    """What quizzes take of it is the author's all the same."""
    for number, (old, new) in enumerate([("id: tests\n", "id: Tests\n"), ("id: q-sides", "id: q sides"), ("id: tests", "id: {")]):
        _, codes = found(tmp_path / str(number), (BANK, old, new))
        assert codes in (["S008"], ["Y003"]), codes
