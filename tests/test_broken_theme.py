"""One fault at a time in a course's theme: exactly one finding, with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import FILES, write_course
from test_broken_sources import Case, expect_one_finding, place
from test_theme import LOGO, THEME

CASES: list[Case] = []


def broken(code: str, name: str, old: str, new: str, says: str, font: str = "wOF2 and the rest") -> None:
    """The theme of test_theme.py in which something is changed; ``¤`` is the place of the finding."""
    assert THEME.count(old) == 1
    text = FILES["course.yaml"] + THEME.replace(old, new)
    files = {"course.yaml": text.replace("¤", ""), "media/logo.svg": LOGO, "media/letters.woff2": font}

    def make(folder: Path) -> None:
        write_course(folder, files)

    CASES.append(Case(name, make, [(code, place("course.yaml", text))], says))


broken("S005", "colour without quotes", 'accent: "#8a1f5c"', "accent:¤ #8a1f5c", "in quotes")
broken("S008", "colour as a word", '"#8a1f5c"', "¤crimson", "six digits")
broken("O001", "accent like the page", 'accent: "#8a1f5c"', '¤accent: "#e38fc0"', "4.5 to 1 is needed")
broken("O001", "border like the page", 'accent: "#8a1f5c"', '¤border: "#dddddd"', "3 to 1 is needed")
broken("O002", "font of another format", "regular: media", "¤regular: media", "is not a WOFF2 font", font="OTTO and the rest")
broken("O003", "logo that is no picture", "file: media/logo.svg", "¤file: 01-brakes/files/measurements.csv", "neither an SVG nor a PNG")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)
