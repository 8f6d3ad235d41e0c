"""Reads a SCORM package as the player does: pages of HTML in ``content/*.js``, and what decides in the outline of ``index.html``."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import html
from readback import Record

_IN = "contains(concat(' ', @class, ' '), ' {} ')"


def outline(files: dict[str, bytes]) -> dict[str, Any]:
    """What the player knows before it loads content."""
    found = html.fromstring(files["index.html"].decode()).xpath("//script[@id='cg-outline']")
    made: dict[str, Any] = json.loads(found[0].text)
    return made


def quizzes(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """The quizzes of the outline by id."""
    return {each["id"]: each for unit in outline(files)["units"] for each in unit["activities"] if each["kind"] == "quiz"}


def pages(files: dict[str, bytes]) -> dict[str, str]:
    """The HTML of every activity."""
    found: dict[str, str] = {}
    for unit in outline(files)["units"]:
        script = files[unit["content"]].decode()
        found |= json.loads(re.fullmatch(r"coursegenContent\((.*)\);\s*", script, re.DOTALL)[1])  # type: ignore[index]
    return found


def read(files: dict[str, bytes]) -> list[Record]:
    """Every question, once for each quiz that has it."""
    shown = pages(files)
    return [
        _question(form, entry, files)
        for quiz in quizzes(files).values()
        for entry in quiz["questions"]
        for form in html.fragment_fromstring(shown[quiz["id"]], "div").xpath(f".//form[@data-question='{entry['id']}']")
    ]


def _question(form: Any, entry: dict[str, Any], files: dict[str, bytes]) -> Record:
    record = Record(entry["id"], entry["kind"], entry["points"])

    def take(role: str, path: str, media: str = "") -> None:
        for element in form.xpath(path):
            text = _inside(element)
            record.texts.setdefault(role, []).append(text)
            for name in element.xpath(".//@src"):
                record.media.setdefault(media, []).append(files[name])

    assert form.get("data-kind") == entry["kind"]
    take("stem", f".//*[{_IN.format('cg-stem')}]", "media-stem")
    take("hints", f".//*[{_IN.format('cg-help')}]", "media-feedback")
    for name in ("right", "partly", "wrong"):
        take(f"if-{name}", f".//div[@data-if='{name}']", "media-feedback")
    take("option-feedback", ".//div[@data-option]", "media-feedback")
    take("general-feedback", f".//*[{_IN.format('cg-general')}]", "media-feedback")
    take("model-answer", f".//*[{_IN.format('cg-model')}]", "media-feedback")
    take("option", f".//fieldset//span[{_IN.format('cg-option-text')}]", "media-option")
    words = "item" if entry["kind"] == "sorting" else "step" if entry["kind"] == "ordering" else "pair"
    take(words, f".//fieldset//*[{_IN.format('cg-part-words')} and not({_IN.format('cg-hidden')})]", "media-option")
    take(
        "group" if entry["kind"] == "sorting" else "option" if entry["kind"] == "cloze" else "match",
        ".//fieldset//select/option[@value!='']",
    )
    take("unit", ".//fieldset//label[@class='cg-text']//input/following-sibling::span")
    take("part-feedback", f".//*[{_IN.format('cg-solution')}]//li", "media-feedback")
    record.texts["group"] = [*record.texts.get("group", ()), *(record.texts.get("option", ()) if entry["kind"] == "sorting" else ())]
    record.texts["outcomes"] = entry.get("outcomes", [])
    wrong = {each["id"] for each in entry.get("answers", ()) if not each["correct"]}
    record.texts["foreseen-mistakes"] = [_inside(each) for each in form.xpath(".//div[@data-option]") if each.get("data-option") in wrong]
    parts = entry.get("parts", [entry])
    record.texts["answer"] = [each["text"] for part in parts for each in part.get("answers", ()) if "text" in each]
    record.texts["match-distractors"] = record.texts.get("match", [])
    _scores(record, form, entry)
    return record


def _scores(record: Record, form: Any, entry: dict[str, Any]) -> None:
    """The share of each option, where the player adds shares up."""
    if "right" not in entry or entry["kind"] == "ordering":
        return
    several = entry["kind"] == "multiple-response"
    if several and entry.get("credit") != "partial":
        return
    right = len(entry["right"])
    for label in form.xpath(f".//fieldset//label[{_IN.format('cg-option')}]"):
        name = label.xpath("input/@value")[0]
        worth = 1 / right if name in entry["right"] else -1 / (len(entry["options"]) - right) if several else 0.0
        record.scores[_inside(label.xpath("span")[0])] = worth


def _inside(element: Any) -> str:
    """The HTML in an element."""
    return (html.tostring(element, encoding="unicode", with_tail=False).partition(">")[2]).rpartition("<")[0].strip()
