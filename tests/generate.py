"""Makes a course of a given size, always the same one: for the benchmark and for tests of growth."""

from __future__ import annotations

import random
from pathlib import Path

PAGES_PER_UNIT = 20
_HEAD = """id: generated
title: A generated course
language: en
description: <p>Pages and questions to measure with.</p>
authors:
  - name: Nobody
licence: CC0-1.0
version: 1.0.0
workload: {minutes}
{packages}units:
"""
PACKAGES = ("moodle-backup", "scorm12-unit", "scorm2004-unit", "scorm2004", "cartridge-11", "cartridge")
"""All but one for the whole course in SCORM 1.2, which keeps too little of an attempt for a large course (rule D001)."""


def generate(folder: Path, pages: int, questions: int, page_size: int = 5400, picture_size: int = 20_000) -> None:
    """Write a course of ``pages`` pages of about ``page_size`` bytes, a picture to every 5 pages, and ``questions`` questions."""
    random_ = random.Random(pages)
    words = ["".join(random_.choices("aaabcdeeefghiiijklmnooopqrsttuuvwxyz", k=random_.randint(2, 10))) for _ in range(4000)]
    units = max(1, -(-pages // PAGES_PER_UNIT))
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"unit-{number:03}" for number in range(units)]
    left, asked, minutes = pages, 0, 0
    for number, name in enumerate(names):
        unit = folder / name
        for part in ("pages", "media"):
            (unit / part).mkdir(parents=True, exist_ok=True)
        here = min(PAGES_PER_UNIT, left)
        left -= here
        lines = [f"id: u{number}", f"title: Unit {number}", f"minutes: {here + 5}", "outcomes:"]
        lines += [f"  - {{id: lo-{number}, text: tell {words[number]} from {words[number + 1]}}}", "activities:"]
        minutes += here + 5
        for page in range(here):
            first = page % 5 == 0
            if first:
                (unit / "media" / f"picture-{page}.png").write_bytes(random_.randbytes(picture_size))
            lines += [f"  - kind: page\n    id: u{number}-p{page}\n    title: Page {page}\n    minutes: 1\n    outcomes: [lo-{number}]"]
            lines += [f"    file: pages/p{page}.html"]
            (unit / "pages" / f"p{page}.html").write_text(
                _page(random_, words, page_size, page if first else None, (page + 1) % here), "utf-8"
            )
        until = questions * (number + 1) // units
        lines += [
            f"  - kind: quiz\n    id: u{number}-quiz\n    title: Quiz\n    minutes: 5\n    outcomes: [lo-{number}]\n    file: quiz.yaml"
        ]
        (unit / "unit.yaml").write_text("\n".join(lines) + "\n", "utf-8")
        (unit / "quiz.yaml").write_text(_quiz(random_, words, range(asked, until), number), "utf-8")
        asked = until
    head = _HEAD.format(minutes=minutes, packages=f"packages: [{', '.join(PACKAGES)}]\n")
    (folder / "course.yaml").write_text(head + "".join(f"  - {name}\n" for name in names), "utf-8")


def _text(random_: random.Random, words: list[str], count: int) -> str:
    return " ".join(random_.choices(words, k=count))


def _page(random_: random.Random, words: list[str], size: int, picture: int | None, following: int) -> str:
    out = [f'<p>{_text(random_, words, 40)} <a href="p{following}.html#second">{_text(random_, words, 3)}</a>.</p>\n']
    if picture is not None:
        caption = _text(random_, words, 8)
        out.append(f'<figure><img src="../media/picture-{picture}.png" alt="{caption}"><figcaption>{caption}</figcaption></figure>\n')
    out.append(f'<h2 id="second">{_text(random_, words, 4)}</h2>\n')
    while sum(map(len, out)) < size:
        out.append(f"<p>{_text(random_, words, 30)} <strong>{_text(random_, words, 2)}</strong> {_text(random_, words, 20)}</p>\n")
        out.append(f"<ul><li>{_text(random_, words, 6)}</li><li>{_text(random_, words, 6)}</li></ul>\n")
    return "".join(out)


def _quiz(random_: random.Random, words: list[str], numbers: range, unit: int) -> str:
    out = ["questions:\n"]
    for number in numbers:
        out.append(
            f"  - id: q{number}\n    kind: {'single-choice' if number % 2 else 'multiple-response'}\n"
            f"    stem: <p>{_text(random_, words, 15)} <em>{words[number % 999]}</em>?</p>\n    outcomes: [lo-{unit}]\n    options:\n"
        )
        for option in "abcd":
            right = "\n        correct: true" if option == "c" else ""
            out.append(
                f"      - id: {option}\n        text: {option}. {_text(random_, words, 6)}{right}\n"
                f"        feedback: {_text(random_, words, 10)}\n"
            )
        out.append(f"    feedback: <p>{_text(random_, words, 15)}</p>\n")
    return "".join(out)


QUESTIONS_PER_UNIT = 40
OF_QUESTIONS = ("moodle-backup", "scorm12-unit", "scorm2004-unit", "cartridge-11", "cartridge", "moodle-xml", "gift", "qti21", "paper")
"""What a course of questions is built into: every format but the whole course as one SCORM package, since no LMS keeps so long an attempt
(rule D001)."""


def generate_questions(folder: Path, questions: int) -> None:
    """Write a course of questions of all kinds: in each unit a quiz of 20 questions of its own, and one that takes 20 of a bank."""
    random_ = random.Random(questions)
    words = ["".join(random_.choices("aaabcdeeefghiiijklmnooopqrsttuuvwxyz", k=random_.randint(3, 10))) for _ in range(4000)]
    units = -(-questions // QUESTIONS_PER_UNIT)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(units):
        unit = folder / f"unit-{number:03}"
        unit.mkdir()
        first, last = number * QUESTIONS_PER_UNIT, min(questions, (number + 1) * QUESTIONS_PER_UNIT)
        middle = (first + last) // 2
        (unit / "unit.yaml").write_text(
            f"id: u{number}\ntitle: Unit {number}\nminutes: 40\nbanks: [bank.yaml]\n"
            f"outcomes: [{{id: lo-{number}, text: tell one part from another}}]\nactivities:\n"
            f"  - {{kind: quiz, id: u{number}-own, title: Own, minutes: 20, outcomes: [lo-{number}], file: own.yaml}}\n"
            f"  - {{kind: quiz, id: u{number}-taken, title: Taken, minutes: 20, outcomes: [lo-{number}], file: taken.yaml}}\n",
            "utf-8",
        )
        own = "".join(_asked(random_, words, each, number) for each in range(first, middle))
        taken = "".join(_asked(random_, words, each, number) for each in range(middle, last))
        (unit / "own.yaml").write_text(f"questions:\n{own}", "utf-8")
        (unit / "bank.yaml").write_text(f"id: bank-{number}\ntitle: Bank {number}\nquestions:\n{taken}", "utf-8")
        (unit / "taken.yaml").write_text(f"take: [{{bank: bank-{number}}}]\n", "utf-8")
    head = _HEAD.format(minutes=40 * units, packages=f"packages: [{', '.join(OF_QUESTIONS)}]\n")
    (folder / "course.yaml").write_text(head + "".join(f"  - unit-{number:03}\n" for number in range(units)), "utf-8")


def _asked(random_: random.Random, words: list[str], number: int, unit: int) -> str:
    """One question; the kinds take turns."""

    def text(count: int = 6) -> str:
        return _text(random_, words, count)

    def options(right: str) -> str:
        lines = (
            f"      - {{id: {each}, text: {each} {text()}, correct: {str(each in right).lower()}, feedback: {text()}}}\n" for each in "abcd"
        )
        return "    options:\n" + "".join(lines)

    def several(key: str, **values: str) -> str:
        lines = []
        for place, each in enumerate("abcd"):
            more = "".join(f", {name}: {value.format(place=place % 2, each=each)}" for name, value in values.items())
            lines.append(f"      - {{id: {each}, text: {each} {text()}{more}, feedback: {text()}}}\n")
        return f"    {key}:\n" + "".join(lines)

    gaps = (
        "    gaps:\n      - {kind: choice, id: g1, options: [{id: a, text: one, correct: true, feedback: Yes.}, "
        "{id: b, text: two, feedback: No.}]}\n"
        "      - {kind: text, id: g2, answers: [{id: a, text: disc}, {id: b, text: drum, correct: false, feedback: No.}]}\n"
    )
    kinds = {
        "single-choice": options("b"),
        "multiple-response": options("ac") + f"    credit: {'partial' if number % 2 else 'all-or-nothing'}\n",
        "true-false": f"    answer: true\n    if_true: {text()}\n    if_false: {text()}\n",
        "short-answer": f"    answers: [{{id: a, text: {text(2)}}}, {{id: b, text: no {text(1)}, correct: false, feedback: No.}}]\n",
        "numerical": f"    answers: [{{id: a, value: {number}.5, tolerance: 0.5}}, {{id: b, value: -1, correct: false, feedback: No.}}]\n",
        "matching": several("pairs", match="m {each}"),
        "ordering": several("items"),
        "sorting": "    groups: [{id: g0, title: First}, {id: g1, title: Second}]\n" + several("items", group="g{place}"),
        "cloze": gaps,
        "essay": f"    model_answer: {text(20)}\n",
        "rating-scale": "    levels: [{id: a, text: never}, {id: b, text: at times}, {id: c, text: always}]\n",
    }
    kind = list(kinds)[number % len(kinds)]
    stem = f"{text(8)} [[g1]] {text(3)} [[g2]]." if kind == "cloze" else f"{text(12)} <em>{words[number % 999]}</em>?"
    return (
        f"  - id: q{number}\n    kind: {kind}\n    stem: <p>{stem}</p>\n    outcomes: [lo-{unit}]\n    tags: [t{number % 7}]\n"
        f"    hints: [{text()}]\n    feedback: <p>{text(15)}</p>\n{kinds[kind]}"
    )


KINDS = ("single-choice", "multiple-response", "true-false", "short-answer")


def generate_whole(folder: Path, units: int = 10, *, draw: int | None = None, bank: int = 12, every_kind: bool = False) -> None:
    """Write a course as large as a course gets: 14 activities a unit, among them a quiz and a case of eight decisions, and three grids.

    With ``every_kind`` seven questions of each quiz are of the kinds that take more than a tick or a word.
    """
    names = [f"unit-{number:02}" for number in range(1, units + 1)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "grid.yaml").write_text(_grid(), "utf-8")
    for number, name in enumerate(names, 1):
        quiz = _mixed_quiz(f"u{number:02}", draw, bank, every_kind)
        _whole_unit(folder / name, f"u{number:02}", number in (2, 6, 10), quiz)
    units_of = "".join(f"  - {name}\n" for name in names)
    (folder / "course.yaml").write_text(_HEAD.format(minutes=180 * units, packages="") + units_of, "utf-8")


def _whole_unit(unit: Path, name: str, has_grid: bool, quiz: str) -> None:
    (unit / "files").mkdir(parents=True)
    (unit / "files" / "sheet.csv").write_text("a,b\n", "utf-8")
    pages = 9 if has_grid else 10
    lines = [f"id: {name}", f"title: Unit {name}", "minutes: 180", f"outcomes: [{{id: lo-{name}, text: plan a lesson}}]", "activities:"]

    def add(kind: str, own: str, title: str, minutes: int, more: str) -> None:
        lines.append(f"  - {{kind: {kind}, id: {name}-{own}, title: {title}, minutes: {minutes}, outcomes: [lo-{name}], {more}}}")

    for page in range(pages):
        (unit / f"page-{page}.html").write_text(f"<p>Page {page}.</p>\n", "utf-8")
        add("page", f"page-{page}", f"Page {page}", 10, f"file: page-{page}.html")
    if has_grid:
        add("grid", "rating", "Rate a lesson", 10, "grid: ../grid.yaml")
    add("discussion", "talk", "Talk", 10, "prompt: What did you see?")
    add("file", "sheet", "Sheet", 0, "file: files/sheet.csv")
    add("case", "case", "A case", 30, "file: case.yaml")
    add("quiz", "quiz", "A quiz", 40, "file: quiz.yaml")
    (unit / "unit.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    (unit / "case.yaml").write_text(_case(), "utf-8")
    (unit / "quiz.yaml").write_text(quiz, "utf-8")


# A question of each other kind, without what all have.
_LARGER = {
    "numerical": "answers: [{id: a, value: 12.5, tolerance: 0.5}, {id: b, value: 125, correct: false, feedback: No.}]\n    unit: mm",
    "matching": "pairs: [{id: pad, text: Pad, match: presses}, {id: disc, text: Disc, match: turns}]\n"
    "    distractors: [{id: rests, text: rests}]",
    "sorting": "groups: [{id: front, title: Front}, {id: rear, title: Rear}]\n"
    "    items: [{id: disc, text: Disc, group: front}, {id: drum, text: Drum, group: rear}]",
    "ordering": "items: [{id: wash, text: Wash}, {id: look, text: Look}, {id: fit, text: Fit}]",
    "cloze": "gaps:\n      - {kind: choice, id: one, options: [{id: pads, text: pads, correct: true}, {id: nuts, text: nuts}]}\n"
    "      - {kind: text, id: two, answers: [{id: a, text: disc}]}",
    "essay": "lines: 4",
    "rating-scale": "levels: [{id: agree, text: I agree}, {id: disagree, text: I do not}]",
}

_STEMS = {"cloze": "The [[one]] press on the [[two]]."}


def _mixed_quiz(unit: str, draw: int | None, bank: int, every_kind: bool) -> str:
    """Of twelve questions, five with one right option, three with several, two true or false, two typed; or those of other kinds first."""
    kinds: tuple[str, ...] = (*KINDS[:1] * 5, *KINDS[1:2] * 3, *KINDS[2:3] * 2, *KINDS[3:] * 2)
    if every_kind:
        kinds = (*_LARGER, *KINDS, "single-choice")
    out = [f"draw: {draw}\nshuffle_questions: true\nshuffle_options: true\nquestions:\n" if draw else "questions:\n"]
    for number in range(bank):
        kind = kinds[number % len(kinds)]
        stem = _STEMS.get(kind, "Which?")
        out.append(f"  - id: {unit}-q{number}\n    kind: {kind}\n    stem: {stem}\n    outcomes: [lo-{unit}]\n    feedback: Because.\n")
        if kind in _LARGER:
            out.append(f"    {_LARGER[kind]}\n")
        elif kind == "true-false":
            out.append("    answer: true\n    if_true: Yes.\n    if_false: No.\n")
        elif kind == "short-answer":
            out.append("    answers: [{id: a, text: brake pads}, {id: b, text: bolts, correct: false, feedback: No.}]\n")
        else:
            right = "ab" if kind == "multiple-response" else "a"
            rows = (
                f"      - {{id: {each}, text: Option {each}, correct: {str(each in right).lower()}, feedback: So.}}\n" for each in "abcd"
            )
            out.append("    options:\n" + "".join(rows))
    return "".join(out)


def _case() -> str:
    """Eight decisions in a row, three choices each, one variable, two endings."""
    out = ["intro: A workshop.\nvariables:\n  - {id: trust, title: Trust, start: 1, low: 0, high: 3}\nscenes:\n"]
    for scene in range(8):
        out.append(f"  - id: scene-{scene}\n    title: Scene {scene}\n    text: <p>What now?</p>\n    choices:\n")
        for points, choice in enumerate(("wait", "look", "ask")):
            following = f"scene-{scene + 1}" if scene < 7 else ("good" if points else "bad")
            change = "{variable: trust, by: 1}" if points else "{variable: trust, by: -1}"
            line = f"id: {choice}, text: Do {choice}, to: {following}, points: {points}, feedback: Well., change: [{change}]"
            out.append(f"      - {{{line}}}\n")
    out += [f"  - {{id: {end}, title: The end, text: It is over., ending: A {end} end}}\n" for end in ("good", "bad")]
    return "".join(out) + "debrief: What did you learn?\n"


def _grid() -> str:
    """24 indicators in six dimensions, four levels."""
    out = ["title: A grid\nintro: Look.\nlevels: [{title: Low}, {title: Fair}, {title: Good}, {title: High}]\ndimensions:\n"]
    for dimension in range(6):
        out.append(f"  - id: d{dimension}\n    title: Dimension {dimension}\n    indicators:\n")
        out += [f"      - {{id: d{dimension}-i{n}, title: Indicator {n}, descriptors: [None, Some, Much, All]}}\n" for n in range(4)]
    return "".join(out)
