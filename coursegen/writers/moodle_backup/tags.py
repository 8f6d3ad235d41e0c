"""Tags as Moodle has them: a restore stops at one of which its own rules leave nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...shortened import shortened

_LONGEST = 50
_REFUSED = re.compile(r"[\x00-\x1f\x7f-\x9f<>`]+")
"""What Moodle takes out of tags (PARAM_TAG in lib/classes/param.php)."""
_NOTHING = ("", "0")
"""What PHP takes for nothing."""


def tags(words: Iterable[str]) -> list[str]:
    """Words as tags, each once: Moodle does not tell capitals from small letters. Those that it would find empty are left out."""
    cleaned = (shortened(" ".join(_REFUSED.sub("", each).split()), _LONGEST) for each in words)
    found: dict[str, str] = {}
    for each in cleaned:
        if each not in _NOTHING:
            found.setdefault(each.lower(), each)
    return list(found.values())
