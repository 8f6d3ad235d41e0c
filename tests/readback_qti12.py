"""Reads the questions of a Common Cartridge back: QTI 1.2.1, by the specification and nothing else.

ASI 1.2.1 (response processing, feedback, hint, solution) and the profile of Common Cartridge 1.1 to 1.3. A cartridge of version 1.1 is
read as Moodle's importer reads it, who is its only reader: one level of escaping is undone in every text, and a disclosure at the end of
what is asked is a hint.
"""

from __future__ import annotations

import html
import posixpath
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree
from readback import Record

Q = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
KINDS = {
    "cc.multiple_choice.v0p1": "single-choice",
    "cc.multiple_response.v0p1": "multiple-response",
    "cc.true_false.v0p1": "true-false",
    "cc.fib.v0p1": "short-answer",
    "cc.essay.v0p1": "essay",
}
WHOLE = {"general_fb": "general-feedback", "correct_fb": "if-right", "general_incorrect_fb": "if-wrong"}
"""Feedback of a whole answer: the idents of the profile."""
MOODLE = {"partly_fb": "if-partly", "model_fb": "model-answer"}
"""Feedback for which the profile has no ident, or has one that is not for plain feedback."""
BASE = "$IMS-CC-FILEBASE$/"


def read(files: dict[str, bytes]) -> list[Record]:
    """The questions of all assessments, in the order of the manifest's items, then those of question banks."""
    manifest: Any = etree.fromstring(files["imsmanifest.xml"])
    moodle = manifest.findtext("{*}metadata/{*}schemaversion") == "1.1.0"
    resources = {entry.get("identifier"): entry for entry in manifest.iterfind("{*}resources/{*}resource")}
    asked = [resources[item.get("identifierref")] for item in manifest.iter("{*}item") if item.get("identifierref")]
    banks = [entry for entry in resources.values() if entry.get("type", "").endswith("/question-bank")]
    found: list[Record] = []
    for entry in [entry for entry in asked if entry.get("type", "").endswith("/assessment")] + banks:
        name = entry.find("{*}file").get("href")
        for item in etree.fromstring(files[name]).iterfind(".//q:item", Q):
            found.append(_Item(item, files, name, moodle).record())
    return found


def undone(text: str) -> str:
    """A text after Moodle's importer has undone one level of escaping (PHP, ``html_entity_decode``)."""
    return re.sub(r"&#?\w+;", lambda found: html.unescape(found[0]), text)


def holds(condition: Any, given: Iterable[str], case: bool = False) -> bool:
    """Whether a condition holds for a response (ASI 1.2.1, ``conditionvar``)."""
    name = etree.QName(condition).localname
    given = list(given)
    if name in ("conditionvar", "or"):  # of several conditions in one, the profile asks for any
        return any(holds(child, given) for child in condition)
    if name == "and":
        return all(holds(child, given) for child in condition)
    if name == "not":
        return not holds(condition[0], given)
    if name == "other":
        return True
    assert name == "varequal", name
    value = condition.text or ""
    if condition.get("case", "No") == "No":
        return value.lower() in [each.lower() for each in given]
    return value in given


def run(item: Any, given: Iterable[str]) -> tuple[float, list[str]]:
    """What a strict engine does with a response: the score of 100, and the idents of the feedback shown."""
    score, shown = 0.0, []
    for condition in item.iterfind("q:resprocessing/q:respcondition", Q):
        if not holds(condition.find("q:conditionvar", Q), given):
            continue
        for setvar in condition.iterfind("q:setvar", Q):
            assert (setvar.get("varname"), setvar.get("action")) == ("SCORE", "Set")
            score = float(setvar.text or "nan")
        shown += [entry.get("linkrefid", "") for entry in condition.iterfind("q:displayfeedback", Q)]
        if condition.get("continue", "No") != "Yes":
            break
    return score, shown


class _Item:
    def __init__(self, item: Any, files: dict[str, bytes], name: str, moodle: bool) -> None:
        self.item, self.files, self.folder, self.moodle = item, files, posixpath.dirname(name), moodle
        fields = {
            field.findtext("q:fieldlabel", "", Q): field.findtext("q:fieldentry", "", Q)
            for field in item.iterfind("q:itemmetadata/q:qtimetadata/q:qtimetadatafield", Q)
        }
        self.kind = KINDS[fields["cc_profile"]]
        self.points = float(fields["cc_weighting"]) if "cc_weighting" in fields else None
        self.found = Record(item.get("ident").removeprefix("I-"), self.kind, self.points)

    def record(self) -> Record:
        self._put("title", self._text(self.item.get("title")))
        self._stem(self._text(self.item.findtext("q:presentation/q:material/q:mattext", "", Q)))
        labels = {
            label.get("ident"): self._text(label.findtext("q:material/q:mattext", "", Q))
            for label in self.item.iterfind(".//q:response_label", Q)
        }
        for ident, text in labels.items():
            self._put("option", text)
            self.found.scores[text] = run(self.item, [ident])[0] / 100
        if self.kind == "multiple-response":
            self._shares(labels)
        if self.kind == "short-answer":
            for text in dict.fromkeys(self._typed()):
                earned = run(self.item, [text])[0] / 100
                if text != "*" or earned:  # a wrong answer that fits everything only carries feedback
                    self._put("answer", self._text(text))
                    self.found.scores[self._text(text)] = earned
        self._feedback()
        return self.found

    def _shares(self, labels: dict[str, str]) -> None:
        """Of several options each right one has its share; only all of them together score."""
        right = [
            equal.text
            for condition in self.item.iterfind("q:resprocessing/q:respcondition[q:setvar]", Q)
            for equal in condition.iterfind("q:conditionvar/q:and/q:varequal", Q)
        ]
        assert run(self.item, right)[0] == 100
        for ident, text in labels.items():
            self.found.scores[text] = 1 / len(right) if ident in right else 0.0

    def _typed(self) -> Iterator[str]:
        for equal in self.item.iterfind("q:resprocessing/q:respcondition[q:setvar]/q:conditionvar/q:varequal", Q):
            yield equal.text or ""
        for equal in self.item.iterfind("q:resprocessing/q:respcondition/q:conditionvar/q:varequal", Q):
            yield equal.text or ""

    def _stem(self, text: str) -> None:
        hint = re.compile(r"<details><summary>.*?</summary>(.*?)</details>", re.DOTALL)
        if self.moodle:
            for found in hint.finditer(text):
                self._put("hints", found[1])
            text = hint.sub("", text)
        self._put("stem", text)

    def _feedback(self) -> None:
        reached = {entry.get("linkrefid") for entry in self.item.iterfind(".//q:displayfeedback", Q)}
        for entry in self.item.iterfind("q:itemfeedback", Q):
            ident = entry.get("ident")
            texts = [self._text(each.text or "") for each in entry.iterfind("q:flow_mat/q:material/q:mattext", Q)]
            assert ident in reached, f"{ident} is never shown"
            for text in texts:
                if not ident.startswith("label-"):
                    self._put((WHOLE | MOODLE).get(ident) or self._role(ident), text)
            for each in entry.iterfind("q:hint/q:hintmaterial/q:flow_mat/q:material/q:mattext", Q):
                self._put("hints", self._text(each.text or ""))
            for each in entry.iterfind("q:solution/q:solutionmaterial/q:flow_mat/q:material/q:mattext", Q):
                self._put("model-answer", self._text(each.text or ""))

    def _role(self, ident: str) -> str:
        """Feedback of an option, or of something typed that earns nothing."""
        if self.kind != "short-answer":
            return "option-feedback"
        (condition, *_) = [
            each
            for each in self.item.iterfind("q:resprocessing/q:respcondition", Q)
            if any(entry.get("linkrefid") == ident for entry in each.iterfind("q:displayfeedback", Q))
        ]
        typed = [equal.text or "" for equal in condition.iterfind("q:conditionvar/q:varequal", Q)]
        wrong = bool(typed) and run(self.item, typed[:1])[0] == 0
        return "foreseen-mistakes" if wrong else "option-feedback"

    def _text(self, text: str) -> str:
        return undone(text) if self.moodle else text

    def _put(self, role: str, text: str) -> None:
        self.found.texts.setdefault(role, []).append(text)
        place = {"stem": "media-stem", "option": "media-option"}.get(role, "media-feedback")
        for address in re.findall(r'src="([^"]*)"', text):
            self.found.media.setdefault(place, []).append(self._bytes(html.unescape(address)))

    def _bytes(self, address: str) -> bytes:
        if address.startswith("data:"):
            return b64decode(address.partition("base64,")[2])
        if address.startswith(BASE):
            return self.files[f"web_resources/{unquote(address.removeprefix(BASE))}"]
        return self.files[posixpath.normpath(posixpath.join(self.folder, unquote(address)))]
