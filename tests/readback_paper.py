"""Reads quizzes on paper back from their HTML, with lxml: what a learner finds on the paper, and what the key says.

A section with ``data-question`` is a question. Classes name what stands in it: ``cg-stem``, ``cg-text`` (an option, a thing to sort or to
put in order, an entry of a list), ``cg-told`` and ``cg-part`` (feedback), ``cg-box`` with ☐ or ☒, ``cg-write`` for what is written.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import html
from readback import Record

KEY = "--key.html"
_FEEDBACK = {
    "cg-general": "general-feedback",
    "cg-if-right": "if-right",
    "cg-if-partly": "if-partly",
    "cg-if-wrong": "if-wrong",
    "cg-model": "model-answer",
}
_LABELS = ("outcomes", "competences", "difficulty", "tags", "source")


def read(files: dict[str, bytes]) -> list[Record]:
    """The questions of all papers: what is asked from the paper itself, the rest from its key; ``paper`` is a text of each."""
    found: list[Record] = []
    for name, content in sorted(files.items()):
        if not name.endswith(".html") or name.endswith(KEY) or name == "index.html":
            continue
        key = {section.get("data-question"): section for section in _sections(files[name.removesuffix(".html") + KEY])}
        for section in _sections(content):
            record = Record(section.get("data-question"), section.get("data-kind"), texts={"paper": [name]})
            points = re.match(r"\d+", _words(section, "cg-points")[0])
            record.points = float(points[0]) if points else 0.0
            record.texts["stem"] = _inner(section, "cg-stem")
            _asked(record, section)
            _keyed(record, key.pop(record.ident))
            found.append(record)
        assert not key, f"{name}: the key has other questions"
    return found


def document(content: bytes) -> Any:
    """A document as a tree."""
    return html.document_fromstring(content.decode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def _sections(content: bytes) -> list[Any]:
    return list(document(content).iter("section"))


def _of(element: Any, name: str) -> list[Any]:
    """The elements of a class, in order."""
    return [each for each in element.iter() if isinstance(each.tag, str) and name in (each.get("class") or "").split()]


def _inside(element: Any) -> str:
    children = "".join(html.tostring(child, encoding="unicode") for child in element)
    return (_escaped(element.text or "") + children).strip()


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _inner(element: Any, name: str) -> list[str]:
    """The HTML in the elements of a class."""
    return [_inside(each) for each in _of(element, name)]


def _words(element: Any, name: str) -> list[str]:
    return [each.text_content().strip() for each in _of(element, name)]


def _asked(record: Record, section: Any) -> None:
    """What the paper asks, and what there is to be filled in."""
    texts = record.texts
    if record.kind in ("single-choice", "multiple-response", "true-false", "rating-scale"):
        texts["option"] = _inner(section, "cg-text")
        assert [box.text for box in _of(section, "cg-box")] == ["☐"] * len(texts["option"])
    elif record.kind in ("short-answer", "numerical"):
        assert len(_of(section, "cg-write")) == 1
        texts["unit"] = [words for words in _words(section, "cg-measure") if words]
    elif record.kind == "matching":
        (pairs,) = _of(section, "cg-pairs")
        texts["pair"] = _inner(pairs, "cg-text")
        assert _words(pairs, "cg-write") == [""] * len(texts["pair"])
        texts["match"] = _inner(_of(section, "cg-targets")[0], "cg-text")
    elif record.kind == "ordering":
        texts["step"] = _inner(section, "cg-text")
        assert _words(section, "cg-place") == ["☐"] * len(texts["step"])
    elif record.kind == "sorting":
        texts["group"] = [_inside(cell) for cell in section.iter("th") if cell.get("scope") == "col"]
        texts["item"] = _inner(section, "cg-text")
        assert [box.text for box in _of(section, "cg-box")] == ["☐"] * len(texts["item"]) * len(texts["group"])
    elif record.kind == "cloze":
        texts["gap"] = _words(section, "cg-gap")
        texts["option"] = _inner(section, "cg-text")
    elif record.kind == "essay":
        texts["lines"] = [str(len(_of(section, "cg-lines")[0]))]


def _keyed(record: Record, section: Any) -> None:
    """What the key says."""
    texts = record.texts
    for name, role in _FEEDBACK.items():
        for each in _of(section, name):
            (heading,) = each.findall("h3")
            each.remove(heading)
            texts.setdefault(role, []).append(_inside(each))
    texts["hints"] = [_inside(hint) for listed in _of(section, "cg-hints") for hint in listed.iter("li")]
    texts["title"] = _inner(section, "cg-title")
    for label in _LABELS:
        texts[label] = [
            (_words(value, "cg-label") or [value.text_content().strip()])[0]
            for entry in _of(section, f"cg-{label}")
            for value in entry.iter("dd")
        ]
    texts["option-feedback"] = _inner(section, "cg-told")
    texts["part-feedback"] = _inner(section, "cg-part")
    texts["rules"] = _words(section, "cg-rules")
    texts["credit"] = _words(section, "cg-credit")
    for options in _of(section, "cg-options"):
        for option in options:
            (text,) = _inner(option, "cg-text")
            record.scores[text] = float(_of(option, "cg-box")[0].text == "☒")
    for name, score in (("cg-accepted", 1.0), ("cg-mistaken", 0.0)):
        for answer in (answer for listed in _of(section, name) for answer in _words(listed, "cg-answer")):
            texts.setdefault("answer", []).append(answer)
            record.scores[answer] = score
    if record.kind == "matching":
        entries = dict(
            zip(_words(_of(section, "cg-targets")[0], "cg-letter"), _inner(_of(section, "cg-targets")[0], "cg-text"), strict=True)
        )
        texts["key"] = [entries[letter] for letter in _words(_of(section, "cg-pairs")[0], "cg-write")]
        assert texts["key"] == _inner(section, "cg-goes")
    elif record.kind == "ordering":
        placed = sorted(zip(map(int, _words(section, "cg-place")), _inner(section, "cg-text"), strict=True))
        texts["key"] = [text for _, text in placed]
    elif record.kind == "sorting":
        groups = [_inside(cell) for cell in section.iter("th") if cell.get("scope") == "col"]
        for row in section.iterfind(".//tbody/tr"):
            ticked = [box.text == "☒" for box in _of(row, "cg-box")]
            assert ticked.count(True) == 1
            texts.setdefault("key", []).append(groups[ticked.index(True)])
    elif record.kind == "cloze":
        texts["key"] = [_inside(gap.find("strong")) for gap in _of(section, "cg-gap")]
