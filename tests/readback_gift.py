"""Reads a GIFT file as Moodle's documentation describes the format (docs.moodle.org, "GIFT format").

Questions stand between blank lines. ``//`` begins a comment line, in which ``[id:…]`` and ``[tag:…]`` name the question; ``$CATEGORY:``
says where the questions after it belong; ``::…::`` is a name; braces hold the answers: ``=`` right, ``~`` wrong, ``%n%`` a weight,
``#`` feedback, ``####`` feedback for everybody, ``->`` a pair, ``#`` at the beginning numbers. A backslash makes ``~ = # { } :`` plain
characters, and ``\\n`` is a line end. ``[html]`` before a text says what it is.
"""

from __future__ import annotations

import re

from readback import Record

_SPECIAL = "~=#{}:"
_FORMAT = re.compile(r"\[(html|plain|moodle|markdown)\]")


class Broken(ValueError):
    """The text is no GIFT."""


def read(files: dict[str, bytes]) -> list[Record]:
    """The questions of the one file there is; ``category`` is a text of each."""
    ((_, content),) = files.items()
    found: list[Record] = []
    category = ""
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", content.decode("utf-8").strip("\n")):
        lines = [line.strip() for line in block.split("\n")]
        comments = [line for line in lines if line.startswith("//")]
        text = "\n".join(line for line in lines if not line.startswith("//")).strip()
        if text.startswith("$CATEGORY:"):
            category = text.removeprefix("$CATEGORY:").strip()
        elif text:
            record = _question(text)
            record.texts["category"] = [category]
            for line in comments:
                record.ident = next(iter(re.findall(r"\[id:([^\]]+)\]", line)), record.ident)
                record.texts.setdefault("tags", []).extend(re.findall(r"\[tag:([^\]]+)\]", line))
            found.append(record)
    return found


def _pieces(text: str, separator: str, most: int = -1) -> list[str]:
    """The text cut at a separator, but not where it, or its first character, is escaped."""
    made, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(separator, at) and most != 0:
            made.append(text[start:at])
            at = start = at + len(separator)
            most -= 1
        else:
            at += 1
    return [*made, text[start:]]


def _plain(text: str) -> str:
    """Words without escapes; whoever forgot one is told."""
    made, at = "", 0
    while at < len(text):
        character = text[at]
        if character == "\\":
            at += 1
            escaped = text[at : at + 1]
            if escaped not in (*_SPECIAL, "\\", "n"):
                raise Broken(f"a backslash before {escaped!r}: {text[max(0, at - 20) : at + 20]}")
            made += "\n" if escaped == "n" else escaped
        elif character in _SPECIAL:
            raise Broken(f"{character!r} is not escaped: {text[max(0, at - 20) : at + 20]}")
        else:
            made += character
        at += 1
    return made


def _text(text: str) -> str:
    """A text without the word in brackets that says its format."""
    text = text.strip()
    if found := _FORMAT.match(text):
        text = text[found.end() :]
    return _plain(text).strip()


def _question(text: str) -> Record:
    if not text.startswith("::"):
        raise Broken(f"no name: {text[:60]}")
    name, rest = _pieces(text[2:], "::", 1)
    record = Record("", "description", texts={"title": [_plain(name)]})
    stem, *inside = _pieces(rest, "{", 1)
    record.texts["stem"] = [_text(stem)]
    if inside:
        answers, after = _pieces(inside[0], "}", 1)
        if after.strip():
            raise Broken(f"something follows the braces: {after[:60]}")
        answers, *general = _pieces(answers.strip(), "####")
        if general:
            record.texts["general-feedback"] = [_text(general[-1])]
        _answers(record, answers.strip())
    return record


def _answers(record: Record, text: str) -> None:
    if not text:
        record.kind = "essay"
    elif text.startswith("#"):
        record.kind = "numerical"
        _listed(record, text[1:], "answer")
    elif _pieces(text, "#")[0].strip() in ("T", "TRUE", "F", "FALSE"):
        record.kind = "true-false"
        truth, *feedback = _pieces(text, "#")
        record.texts["answer"] = [str(truth.strip().startswith("T")).lower()]
        record.texts["option-feedback"] = [_text(each) for each in feedback]
    elif len(_pieces(text, "~")) > 1:
        record.kind = "single-choice" if len(_pieces(text, "=")) > 1 else "multiple-response"
        _listed(record, text, "option")
    elif "->" in text:
        record.kind = "matching"
        for each in _pieces(text, "=")[1:]:
            pair, match = each.split("->", 1)
            record.texts.setdefault("pair", []).append(_text(pair))
            record.texts.setdefault("match", []).append(_plain(match.strip()))
    else:
        record.kind = "short-answer"
        _listed(record, text, "answer")


def _listed(record: Record, text: str, role: str) -> None:
    """Answers that begin with ``=`` or ``~``, with weight and feedback."""
    signs = re.findall(r"(?<!\\)(?:\\\\)*([=~])", text)
    parts = [part for piece in _pieces(text, "~") for part in _pieces(piece, "=")]
    if parts[0].strip() or len(parts) != len(signs) + 1:
        raise Broken(f"answers that begin with no sign: {text[:60]}")
    for sign, part in zip(signs, parts[1:], strict=True):
        weight = 100.0 if sign == "=" else 0.0
        if found := re.match(r"%(-?[0-9]{1,3}(?:\.[0-9]+)?)%", part):
            weight, part = float(found[1]), part[found.end() :]
        answer, *feedback = _pieces(part, "#", 1)
        if record.kind == "numerical":
            value, tolerance = answer.split(":")
            answer = f"{value.strip()}±{tolerance.strip()}"
        words = _text(answer)
        record.texts.setdefault(role, []).append(words)
        record.texts.setdefault("option-feedback", []).append(_text(feedback[0]) if feedback else "")
        record.scores[words] = weight / 100
