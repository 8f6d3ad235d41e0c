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
units:
"""


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
    (folder / "course.yaml").write_text(_HEAD.format(minutes=minutes) + "".join(f"  - {name}\n" for name in names), "utf-8")


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
