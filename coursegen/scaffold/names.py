"""Ids, file names and titles from what an author types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

LONGEST = 60
"""What an id may have (:class:`coursegen.model.text.Identifier`)."""

_SPELT = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_PLAIN_UMLAUTS = frozenset("fi sv et hu tr az sk".split())
"""Languages that write ä as a when there is no ä. German, and names in English texts, have ae."""


def slug(words: str, language: str = "en", longest: int = LONGEST) -> str:
    """Words as an id: ``Bremsen prüfen`` is ``bremsen-pruefen``. Empty where no letter has a Latin form."""
    text = unicodedata.normalize("NFC", words).lower()
    spelt = _SPELT if language.lower().split("-")[0] in _PLAIN_UMLAUTS else _SPELT | _UMLAUTS
    text = "".join(spelt.get(character, character) for character in text)
    text = unicodedata.normalize("NFKD", re.sub("[’']", "", text)).encode("ascii", "ignore").decode()
    made = "-".join(re.findall("[a-z0-9]+", text))
    if len(made) <= longest:
        return made
    # Cut between words if there is a good place.
    cut = made[: longest + 1].rpartition("-")[0]
    return cut if len(cut) > longest // 2 else made[:longest].strip("-")


def free(name: str, taken: Container[str]) -> str:
    """The name, or the name with the first number that makes it new."""
    if name not in taken:
        return name
    number = 2
    while f"{name[: LONGEST - 4].rstrip('-')}-{number}" in taken:
        number += 1
    return f"{name[: LONGEST - 4].rstrip('-')}-{number}"


def title_of(name: str) -> str:
    """A title from the name of a folder: ``my-course`` is "My course". What is typed with blanks or capitals is a title already."""
    words = " ".join(name.split())
    if re.fullmatch("[a-z0-9]+(?:[-_][a-z0-9]+)*", words):
        words = re.sub("[-_]", " ", words)
        return words[0].upper() + words[1:]
    return words


def scalar(text: str) -> str:
    """A text of one line as YAML: bare where every editor reads it as these words, else in double quotes."""
    # Words that YAML may take for something else, and signs that end or begin something.
    if re.fullmatch(r"[^\W\d_][\w .()/’-]*(?:[?!])?", text) and text == text.strip() and text.lower() not in _OTHERWISE:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_OTHERWISE = frozenset("yes no on off true false null y n".split())
