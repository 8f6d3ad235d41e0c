"""Questions in GIFT, Moodle's format of plain text. Findings Z711 to Z719."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from ...model.place import Place
from ..model import Node
from ..registry import fault
from ..scan import html
from .package import Description, Package, one_line

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NAME = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_CREDIT = re.compile(r"^%-?[\d.]+%")


@fault("Z711")
def open_braces(place: Place) -> tuple[str, str]:
    r"""A question has a brace that is not closed, or one too many. In a text, write ``\{`` and ``\}``."""
    return "The braces { and } of this question do not match.", r"Close the answer with }; in texts write \{ and \}."


@fault("Z712")
def no_right_answer(place: Place) -> tuple[str, str]:
    """A question has answers, and none of them is right (``=``)."""
    return "No answer of this question is right.", "Write = in front of the right answer."


def recognise(text: str) -> bool:
    """Whether a text is GIFT: answers in braces, or a name between colons, or a category."""
    plain = _ESCAPED.sub("", text)
    return "\0" not in text and (
        bool(re.search(r"^[ \t]*(::|\$CATEGORY:)", plain, re.MULTILINE))
        or bool(re.search(r"\{\s*(?:[=~#]|T\b|F\b|TRUE\b|FALSE\b|\})", plain))
    )


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs with the number of their first line, without comments."""
    lines: list[str] = []
    first = 0
    for number, line in enumerate(chain(io.StringIO(text), [""]), 1):
        line = line.rstrip("\r\n")
        if not line.strip():
            if lines:
                yield first, "\n".join(lines)
            lines = []
        elif not line.lstrip().startswith("//"):
            first = first if lines else number
            lines.append(line)


def describe(package: Package, text: str) -> Description:
    """A file of questions."""
    found = Description("gift")
    found.activities = Counter()
    below: dict[str, list[Node]] = {"": []}
    category = ""
    for line, block in blocks(text):
        package.opened.clock.check()
        if block.startswith("$CATEGORY:"):
            first, _, block = block.partition("\n")
            category = one_line(first.partition(":")[2]).removeprefix("$course$/").removeprefix("top/")
            below.setdefault(category, [])
            if not block.strip():
                continue
        kind = _question(package, line, block)
        if kind != "text":
            found.questions[kind] += 1
        named = _NAME.match(block)
        title = _ESCAPED.sub(r"\1", named[1] if named else block.partition("{")[0])
        below[category].append(Node(one_line(title, 80), kind))
        html.fragment("", _ESCAPED.sub(r"\1", block), package.scan)
    found.tree = [Node(name or "Questions", "category", "", tuple(nodes)) for name, nodes in below.items() if nodes or name]
    found.title = next((name.split("/")[0] for name in below if name), "")
    return found


def _question(package: Package, line: int, block: str) -> str:
    """The kind of a question."""
    plain = _ESCAPED.sub("_", block)
    start, end = plain.find("{"), plain.rfind("}")
    if plain.count("{") != plain.count("}") or end < start or plain.count("{") > 1:
        package.notes.add(open_braces(package.place("", line)))
        return "other"
    if start < 0:
        return "text"
    inner = plain[start + 1 : end].partition("####")[0].strip()
    if not inner:
        return "essay"
    if re.match(r"(T|F|TRUE|FALSE)\s*(#|$)", inner):
        return "true-false"
    if inner.startswith("#"):
        return "numerical"
    answers = re.findall(r"([=~])([^=~]*)", inner)
    right = [words for sign, words in answers if sign == "="]
    if right and all("->" in words for words in right):
        return "matching"
    if any(sign == "~" for sign, _ in answers):
        shares = [words for sign, words in answers if sign == "~" and _CREDIT.match(words.strip())]
        if not right and not any(not words.strip().startswith("%-") for words in shares):
            package.notes.add(no_right_answer(package.place("", line)))
        return "single-choice" if right else "multiple-response"
    return "short-answer" if right else "other"
