"""The files to import into Moodle by hand hold no questions."""

from __future__ import annotations

from readback import Record


def read(files: dict[str, bytes]) -> list[Record]:
    """None: a framework, a glossary and records have no questions."""
    assert not any(b"<question" in data for data in files.values())
    return []
