"""Pictures in every rich text of a question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from coursegen.model import Element, Media, Rich

ALTERNATIVE = ']]> "x" & <y>'


def with_pictures(part: Any, files: list[Media]) -> Any:
    """A question, or a part of one, with these pictures at the end of each rich text."""
    pictures = tuple(Element("img", (("src", file), ("alt", ALTERNATIVE))) for file in files)

    def shown(value: Any) -> Any:
        if isinstance(value, Rich):
            return Rich((*value.nodes, *pictures))
        if isinstance(value, tuple):
            return tuple(shown(each) for each in value)
        return with_pictures(value, files) if hasattr(value, "written") else value

    return replace(part, **{name: shown(getattr(part, name)) for name in part.written()})
