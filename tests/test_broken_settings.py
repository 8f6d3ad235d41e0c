"""One fault at a time in the settings of rules: exactly one finding, with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import FILES, write_course
from test_broken_sources import Case, expect_one_finding, place

CASES: list[Case] = []


def broken(code: str, name: str, setting: str, says: str) -> None:
    """A setting; ``¤`` is the place of the finding."""
    text = f"{FILES['course.yaml'].rstrip()}\nrules:\n  - {setting}\n"

    def make(folder: Path) -> None:
        write_course(folder, {"course.yaml": text.replace("¤", "")})

    CASES.append(Case(name, make, [(code, place("course.yaml", text))], says))


broken("X001", "error made a hint", "{rule: S001, ¤level: hint, reason: We know.}", "stays one")
broken("X002", "rule that there is not", "{¤rule: Q999, level: hint, reason: We know.}", "no rule Q999")
broken("X003", "setting that changes nothing", '¤{rule: T012, level: "off", reason: We know.}', "changes nothing")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)
