"""Typed words as patterns: what :func:`coursegen.score.answer_for` accepts, as a regular expression of XML Schema.

The operator ``patternMatch`` takes those (QTI 2.1, Expressions; XML Schema part 2, appendix F); it has neither case nor accents nor blanks
that do not count, so all forms of a letter stand in a class, the author's own first. A pattern fits the whole text. Written is only what
means the same in Java and PCRE, with which engines compute.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ...model import Answer, Identifier, ShortAnswer, TextGap
from ...score import normal

_BLANK = "[\\s\\p{Z}]"
"""What a browser takes for a blank; in XML Schema ``\\s`` is but four of them."""
_OTHER = "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]"
"""What is no blank. The engine of TAO loses the ``^`` of ``[^…]`` after letters beyond ASCII."""
_ANY, _STAR = "\ue000", "\ue001"
_SAFE = re.compile("[A-Za-z0-9]")
_SPECIAL = frozenset("\\-[]^")
"""What has a meaning in a class. Outside of one nothing is written that could have a meaning somewhere."""
_SCRIPTS = (range(0x41, 0x3100), range(0xF900, 0xFFFE))
"""Where letters with case or accents are; what lies between has neither."""


def pattern(answer: Answer, question: ShortAnswer | TextGap) -> str:
    """The pattern of an answer by the rules of its question; empty for one that nothing equals."""
    text = answer.text.replace("\\*", _STAR).replace("*", _ANY) if question.wildcards else answer.text
    first, *others = _pieces(normal(text, _rules("counts", False)))
    if not others and not normal(first, question):
        return ""
    if question.spacing == "ignored":
        first, *others = (piece.replace(" ", "") for piece in (first, *others))
    written = [f"{_BLANK}*", _piece(first, question)]
    before = first
    for number, piece in enumerate(others, 1):
        written += [_between(before, number == 1, piece, number == len(others)), _piece(piece, question)]
        before = piece
    return "".join([*written, f"{_BLANK}*"])


def _pieces(text: str) -> list[str]:
    """What stands between wildcards; several of them side by side are one."""
    return re.split(f"{_ANY}+", text)


def _between(left: str, is_first: bool, right: str, is_last: bool) -> str:
    """A wildcard. Blanks are compared as one, and none at the ends: so between two of them, and at an end, it stands for something."""
    opens = left.endswith(" ") or (is_first and not left)
    closes = right.startswith(" ") or (is_last and not right)
    return f".*{_OTHER}.*" if opens and closes else ".*"


def _piece(text: str, question: ShortAnswer | TextGap) -> str:
    return (f"{_BLANK}*" if question.spacing == "ignored" else "").join(_characters(text, question))


def _characters(text: str, question: ShortAnswer | TextGap) -> Iterator[str]:
    ignored = question.accents == "ignored"
    for character in text:
        if character == " ":
            yield f"{_BLANK}+"
        elif not ignored:
            apart = unicodedata.normalize("NFD", character)
            whole = _class(character, question.case, False)
            marks = len(apart) > 1 and all(unicodedata.category(each) == "Mn" for each in apart[1:])
            yield f"({whole}|{_class(apart[0], question.case, False)}{apart[1:]})" if marks else whole
        elif unicodedata.category(character) != "Mn":
            yield f"{_class(character, question.case, True)}\\p{{Mn}}*"


@lru_cache(maxsize=4096)
def _class(character: str, case: str, without_accents: bool) -> str:
    """A character in all its forms."""
    character = character.replace(_STAR, "*")
    rules = _rules(case, without_accents)
    same = normal(character, rules)
    forms = dict.fromkeys([character, *(same if len(same) == 1 else ""), *_forms(case, without_accents).get(same, "")])
    if len(forms) == 1 and (_SAFE.fullmatch(character) or ord(character) > 0xFFFF):
        return character
    return f"[{''.join(map(_escaped, forms))}]"


def _escaped(character: str) -> str:
    return f"\\{character}" if character in _SPECIAL else character


@lru_cache
def _forms(case: str, without_accents: bool) -> dict[str, str]:
    """For each letter all others that count as the same."""
    rules = _rules(case, without_accents)
    found: dict[str, str] = {"ς": "Σ"} if case == "ignored" else {}  # its capital has another small letter inside of a word
    for code in (code for script in _SCRIPTS for code in script):
        letter = chr(code)
        if (case == "ignored" and letter.lower() != letter) or (without_accents and unicodedata.decomposition(letter)):
            same = normal(letter, rules)
            if len(same) == 1 and same != letter:
                found[same] = found.get(same, "") + letter
    return found


@lru_cache
def _rules(case: str, without_accents: bool) -> TextGap:
    return TextGap(
        id=Identifier("rules"),
        answers=(),
        case="ignored" if case == "ignored" else "counts",
        accents="ignored" if without_accents else "counts",
    )
