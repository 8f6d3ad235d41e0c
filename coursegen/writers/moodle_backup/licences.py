"""Licences as Moodle calls them, for the files of a course."""

from __future__ import annotations

_NAMES = {
    "by": "cc-4.0",
    "by-nc": "cc-nc-4.0",
    "by-nd": "cc-nd-4.0",
    "by-nc-nd": "cc-nc-nd-4.0",
    "by-nc-sa": "cc-nc-sa-4.0",
    "by-sa": "cc-sa-4.0",
}


def licence(spdx: str) -> str | None:
    """Moodle's short name of a licence that SPDX names; nothing where Moodle has none that is the same."""
    words = spdx.lower()
    if words in ("cc0-1.0", "unlicense"):
        return "public"
    if words.startswith("cc-") and words.endswith("-4.0"):
        return _NAMES.get(words.removeprefix("cc-").removesuffix("-4.0"))
    return None
