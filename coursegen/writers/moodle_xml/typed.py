"""Answers to type, as Moodle compares them: letter by letter, with ``*`` for anything and ``\\*`` for an asterisk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TypeVar

from ...model import Answer, NumberAnswer, ShortAnswer, TextGap

Kind = TypeVar("Kind", Answer, NumberAnswer)
_MOST_PLACES = 3
"""Places for a space in an answer, up to which every way to write it is listed."""
_PLACES = re.compile(r"\s+|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where spaces stand, or could: ``M8`` may be typed as ``M 8``."""


def forms(words: str, rules: ShortAnswer | TextGap) -> list[str]:
    """The ways to type an answer that count by the question's rules, each once; the author's own is the first."""
    own = " ".join(words.split())
    found = [own]
    if rules.spacing == "ignored":
        pieces = _PLACES.split(own)
        places = len(pieces) - 1
        blanks: Iterable[tuple[str, ...]] = product(("", " "), repeat=places) if places <= _MOST_PLACES else [("",) * places]
        found += ["".join(map("".join, zip(pieces, (*between, ""), strict=True))) for between in blanks]
    if rules.accents == "ignored":
        found += [_without_accents(each) for each in found]
    written = (each if rules.wildcards else each.replace("*", "\\*") for each in dict.fromkeys(found))
    return [each for each in written if each]


def _without_accents(words: str) -> str:
    letters = (letter for letter in unicodedata.normalize("NFD", words) if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", "".join(letters))


def listed(rules: ShortAnswer | TextGap) -> Iterator[tuple[str, Answer]]:
    """Each way to type an answer, with the answer. Moodle takes the first that fits, so accepted ones come first, and none twice."""
    seen: set[str] = set()
    for answer in accepted_first(rules.answers):
        for form in forms(answer.text, rules):
            same = form if rules.case == "counts" else form.lower()
            if same not in seen:
                seen.add(same)
                yield form, answer


def accepted_first(answers: Iterable[Kind]) -> list[Kind]:
    """Answers with the accepted ones first, else in their order."""
    return sorted(answers, key=lambda answer: not answer.correct)
