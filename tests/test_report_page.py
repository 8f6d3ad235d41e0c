"""The page of the fidelity report in a browser: looked at by axe-core, in the light and in the dark, at a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

from kinds import KIND_FILES
from samples import write_course
from test_accessibility import Visitor, look

from coursegen.build import build
from coursegen.writers import FORMATS


def test_the_report_is_for_everybody(visitor: Visitor, tmp_path: Path) -> None:
    built = build(write_course(tmp_path / "modules", KIND_FILES), tmp_path / "dist", tuple(FORMATS))
    assert not built.failed
    page = visitor().page()
    page.goto((tmp_path / "dist" / "report.html").as_uri())
    kept = {tuple(case._replace(format="") for case in cases) for cases in built.losses.values() if cases}
    assert page.locator("h2").count() == 2 + len(kept), "formats with the same cases share a section"
    assert look(page, "the report") == []
