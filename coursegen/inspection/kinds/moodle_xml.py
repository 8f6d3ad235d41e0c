"""Question banks as Moodle XML, and Moodle's glossaries as XML. Findings Z701 to Z709."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ...model.place import Place
from ..model import Node
from ..registry import fault
from ..xml import local, words
from .moodle_backup import TYPES
from .package import Description, Package, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHARES = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0)
"""What an answer may be worth, in per cent; also as much less than nothing."""
_SPECIAL = {"multichoice", "description", "cloze", "matching", "category", *TYPES}


@fault("Z701")
def odd_share(place: Place, share: str) -> tuple[str, str]:
    """An answer is worth a share that Moodle does not have. The import stops, unless told to take the nearest."""
    return f"An answer is worth {share} %, which Moodle does not have; its import stops here.", "Take the nearest of Moodle's shares."


@fault("Z702", "warning")
def odd_type(place: Place, name: str) -> tuple[str, str]:
    """A question has a type that Moodle does not bring. The site needs a plugin for it, or leaves it out."""
    return f"“{name}” is no question type that Moodle brings; a site without the plugin leaves the question out.", "Use another type."


@fault("Z703", "warning")
def no_name(place: Place) -> tuple[str, str]:
    """A question has no name. Moodle takes its first words."""
    return "This question has no name.", "Give it a name, so that teachers find it."


@fault("Z704")
def no_right(place: Place) -> tuple[str, str]:
    """No answer of a question is right, so that nobody earns its points."""
    return "No answer of this question earns all its points.", "Mark what is right."


def recognise(root: _Element) -> bool:
    """Whether a file is a question bank of Moodle."""
    return local(root) == "quiz"


def describe(package: Package, path: str, root: _Element) -> Description:
    """A question bank."""
    found = Description("moodle xml")
    below: dict[str, list[Node]] = {}
    category = ""
    types: Counter[str] = Counter()
    for question in root.iterfind("question"):
        package.opened.clock.check()
        type_ = question.get("type") or ""
        if type_ == "category":
            category = one_line(question.findtext("category/text"))
            below.setdefault(category, [])
            continue
        types[type_] += 1
        kind = kind_of(question, type_)
        _check(package, path, question, type_)
        if kind != "text":
            found.questions[kind] += 1
        below.setdefault(category, []).append(Node(words(question.find("name")), kind, ""))
    found.tree = [
        Node(name.removeprefix("$course$/").removeprefix("top/") or "Questions", "category", "", tuple(nodes))
        for name, nodes in below.items()
    ]
    found.title = next((name.removeprefix("$course$/").removeprefix("top/").split("/")[0] for name in below if name), "")
    found.facts["question_types"] = dict(types)
    found.media = Counter("file" for each in root.iter("file") if each.get("encoding") == "base64")
    found.activities = Counter()
    package.scan_texts(path, root)
    return found


def kind_of(question: _Element, type_: str) -> str:
    """What we call the kind of a question."""
    if type_ == "multichoice":
        return "multiple-response" if (question.findtext("single") or "").strip() in ("false", "0") else "single-choice"
    return {"cloze": "cloze", "matching": "matching", "description": "text"}.get(type_) or TYPES.get(type_, type_ or "other")


def _check(package: Package, path: str, question: _Element, type_: str) -> None:
    where = package.at(path, question)
    if type_ not in _SPECIAL:
        package.notes.add(odd_type(where, one_line(type_, 60)))
    if not words(question.find("name")):
        package.notes.add(no_name(where))
    shares = []
    for answer in question.iterfind("answer"):
        try:
            share = float(answer.get("fraction") or "nan")
        except ValueError:
            share = float("nan")
        shares.append(share)
        if type_ in ("multichoice", "shortanswer", "numerical", "truefalse") and not any(
            abs(abs(share) - known) < 0.001 for known in _SHARES
        ):
            package.notes.add(odd_share(package.at(path, answer), one_line(answer.get("fraction"), 20)))
    single = type_ in ("shortanswer", "numerical", "truefalse") or kind_of(question, type_) == "single-choice"
    if single and shares and 100 not in shares:
        package.notes.add(no_right(where))


def recognise_glossary(root: _Element) -> bool:
    """Whether a file is a glossary of Moodle."""
    return local(root) == "GLOSSARY"


def describe_glossary(package: Package, path: str, root: _Element) -> Description:
    """A glossary."""
    found = Description("moodle glossary", "", one_line(root.findtext("INFO/NAME")))
    entries = [words(each) for each in root.iterfind(".//ENTRIES/ENTRY/CONCEPT")]
    found.tree = [Node(found.title or "Glossary", "glossary", "", tuple(Node(each, "term") for each in entries))]
    found.activities = Counter({"term": len(entries)})
    package.scan_texts(path, root)
    return found
