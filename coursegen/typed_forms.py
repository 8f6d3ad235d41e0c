"""The forms of a typed answer, for formats that compare letter by letter: what our rules accept, written out as a list.

Such a format (QTI 1.2, GIFT, Moodle XML) knows at most whether case counts. What :func:`coursegen.score.normal` does to both sides when
it compares (Unicode NFC, blanks folded, and by the rules no accents or no spaces) is done here to the answer alone, so that it can be
met by what a learner types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import TypeVar

from .model import Answer, NumberAnswer, ShortAnswer, TextGap
from .score import Typed, normal

Either = TypeVar("Either", Answer, NumberAnswer)
_MOST_PLACES = 3
"""Places for a space in an answer, up to which every way to write it is listed; with more, as written and without any."""
_PLACES = re.compile(r" +|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where spaces stand, or could: ``M8`` may be typed as ``M 8``."""


def accepted_first(answers: Iterable[Either]) -> list[Either]:
    """Answers with the accepted ones first, else in their order.

    Where the first answer that fits counts, what is accepted then goes before a mistake, as in :func:`coursegen.score.answer_for`.
    """
    return sorted(answers, key=lambda answer: not answer.correct)


def forms(text: str, rules: Typed) -> list[str]:
    """The ways to type an answer, each once and never empty; the author's own, with its blanks folded, is the first.

    An asterisk is what it is in the course: anything with ``rules.wildcards``, else a character.
    """
    plain: ShortAnswer | TextGap = replace(rules, case="counts", accents="counts", spacing="counts")
    found = [normal(text, plain)]
    if rules.spacing == "ignored":
        pieces = _PLACES.split(found[0])
        places = len(pieces) - 1
        blanks: Iterable[tuple[str, ...]] = product(("", " "), repeat=places) if places <= _MOST_PLACES else [("",) * places]
        found += ["".join(map("".join, zip(pieces, (*between, ""), strict=True))) for between in blanks]
    if rules.accents == "ignored":
        found += [normal(each, replace(plain, accents="ignored")) for each in found]
    return [each for each in dict.fromkeys(found) if each]


def listed(rules: Typed, write: Callable[[str], str] = str) -> Iterator[tuple[str, Answer]]:
    """Each way to type an answer, with the answer: accepted ones first, none twice. ``write`` says how the format writes a form.

    A form of which ``write`` leaves nothing is left out; where case does not count, so is one that differs in case alone.
    """
    seen: set[str] = set()
    for answer in accepted_first(rules.answers):
        for form in forms(answer.text, rules):
            words = write(form)
            same = words if rules.case == "counts" else words.lower()
            if words and same not in seen:
                seen.add(same)
                yield words, answer


def starred(form: str, wildcards: bool) -> str:
    """A form as Moodle compares it: an asterisk stands for anything there, unless a backslash is before it."""
    return form if wildcards else form.replace("*", "\\*")
