"""Names cut to the room that a target has for them, so that two that begin alike stay two."""

from __future__ import annotations

from hashlib import sha256

_DIGITS = 6


def shortened(words: str, most: int, mark: str = "…") -> str:
    """Words of at most so many characters: longer ones end in ``mark`` and the beginning of a digest of the whole."""
    if len(words) <= most:
        return words
    end = f"{mark}{sha256(words.encode()).hexdigest()[:_DIGITS]}"
    return words[: most - len(end)].rstrip() + end
