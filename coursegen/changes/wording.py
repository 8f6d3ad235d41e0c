"""The words of a package's activities, by what they belong to: a question's stem, an option, a scene, a choice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CALL = re.compile(r"\s*coursegenContent\((.*)\);\s*\Z", re.DOTALL)
_MANY, _WIDE = 4000, 60
"""Words from which on two texts are compared less closely; and how many characters of a change are shown."""
_ADDRESSES = {"img": "src", "audio": "src", "video": "src", "source": "src", "track": "src", "a": "href"}
Words = dict[tuple[str, ...], str]
"""Texts by what they belong to: ``("intro",)``, ``("question", "q1", "stem")``, ``("question", "q1", "option", "a")`` …"""


def pages(script: bytes) -> dict[str, str]:
    """The HTML of each activity in a content file of a package; empty where it is none."""
    called = _CALL.match(script.decode("utf-8", "replace"))
    try:
        found = json.loads(called[1]) if called else {}
    except (ValueError, RecursionError):
        found = {}
    return {name: page for name, page in found.items() if isinstance(page, str)} if isinstance(found, dict) else {}


def words(page: str) -> Words:
    """The words of an activity by what they belong to; the words of its own buttons and headings are left out."""
    from lxml import etree, html

    try:
        root: HtmlElement = html.fragment_fromstring(page, create_parent="div")
    except (etree.ParserError, ValueError):
        return {("text",): page}
    found: Words = {}
    for form in root.xpath(".//form[@data-question]"):
        _question(form, found)
    for scene in root.xpath(".//*[@data-scene]"):
        _scene(scene, found)
    for field in root.xpath(".//*[@data-indicator]"):
        found["indicator", field.get("data-indicator") or ""] = said(field.xpath("./legend|.//label[contains(@class,'cg-option')]"))
    plain = not root.xpath("./div[@class='cg-quiz' or @class='cg-case' or @class='cg-grid']")
    rest = (
        [root] if plain else root.xpath(".//*[contains(@class, '-intro') or contains(@class, 'cg-grid-about')] | .//*[@class='cg-debrief']")
    )
    found["text",] = said(rest)
    return found


def _question(form: HtmlElement, found: Words) -> None:
    key = ("question", form.get("data-question") or "")
    for part in form.xpath(".//*[@data-part]"):  # before the stem, of which the gaps of a text are no words
        name = part.get("data-part")
        for option in part.xpath(".//option[@value!=''] | .//label[input[@value]]"):
            value = option.get("value") or option.xpath("./input/@value")[0]
            found[(*key, "option", f"{name}.{value}")] = said([option])
        found[(*key, "part", name)] = part.get("data-name") or ""
    for step in form.xpath(".//*[@data-step]"):
        found[(*key, "option", step.get("data-step") or "")] = step.get("data-name") or ""
    for label in form.xpath(".//label[input[@type='radio' or @type='checkbox']][not(ancestor::*[@data-part])]"):
        found[(*key, "option", label.xpath("./input/@value")[0] if label.xpath("./input/@value") else "")] = said([label])
    found[(*key, "stem")] = said(form.xpath(".//div[contains(@class,'cg-stem')]"), "cg-part")
    found[(*key, "help")] = said(form.xpath(".//*[contains(@class,'cg-help ')]"))
    found[(*key, "feedback")] = said(form.xpath(".//*[contains(@class,'cg-result')]"), "cg-solution")


def _scene(scene: HtmlElement, found: Words) -> None:
    key = ("scene", scene.get("data-scene") or "")
    for choice in scene.xpath(".//*[@data-choice]"):
        name = (*key, "choice", choice.get("data-choice") or "")
        found[name] = said(choice.xpath(".//*[contains(@class,'cg-case-choice')]"))
        found[(*name, "consequence")] = said(choice.xpath(".//*[contains(@class,'cg-consequence')]"))
    found[(*key, "text")] = said([scene], "cg-on-paper", "cg-choices", "cg-in-play")


def said(roots: list[HtmlElement], *without: str) -> str:
    """What is read in some elements, and where their links and media lead; elements of some classes are left out."""
    return " ".join(" ".join(piece for root in roots for piece in _said(root, without)).split())


def _said(element: HtmlElement, without: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(element.tag, str) or set(without) & set((element.get("class") or "").split()):
        return
    if element.tag == "img":
        yield f" [{element.get('alt') or ''}] "
    if (name := _ADDRESSES.get(element.tag)) and (address := element.get(name)):
        yield f" <{address}> "
    yield element.text or ""
    for child in element:
        yield from _said(child, without)
        yield child.tail or ""


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1, by words."""
    first, second = one.split()[:_MANY], other.split()[:_MANY]
    return 1.0 if first == second else SequenceMatcher(None, first, second, autojunk=len(first) + len(second) > _MANY).ratio()


def reworded(one: str, other: str, most: int = 3) -> str:
    """What was written and what is written now, piece by piece; empty where nothing changed."""
    first, second = one.split(), other.split()
    matched = SequenceMatcher(None, first, second, autojunk=len(first) + len(second) > _MANY)
    pieces = [_piece(first[a:b], second[c:d]) for kind, a, b, c, d in matched.get_opcodes() if kind != "equal"]
    more = [f"and {len(pieces) - most} more"] if len(pieces) > most else []
    return ", ".join(pieces[:most] + more)


def _piece(old: list[str], new: list[str]) -> str:
    one, other = (_short(" ".join(each)) for each in (old, new))
    return f"“{one}” is “{other}” now" if old and new else f"“{other}” was added" if new else f"“{one}” is gone"


def _short(text: str) -> str:
    return text if len(text) <= _WIDE else text[: _WIDE - 1].rstrip() + "…"
