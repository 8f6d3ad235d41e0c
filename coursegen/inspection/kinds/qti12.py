"""QTI 1.2: alone, in packages, and in cartridges. Findings Z501 to Z509."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.place import Place
from ..model import Node
from ..registry import fault
from ..xml import local, words
from .package import Description, Package, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

PROFILES = {
    "cc.multiple_choice.v0p1": "single-choice",
    "cc.multiple_response.v0p1": "multiple-response",
    "cc.true_false.v0p1": "true-false",
    "cc.fib.v0p1": "short-answer",
    "cc.pattern_match.v0p1": "short-answer",
    "cc.essay.v0p1": "essay",
}
_CANVAS = {
    "multiple_choice_question": "single-choice",
    "multiple_answers_question": "multiple-response",
    "true_false_question": "true-false",
    "short_answer_question": "short-answer",
    "fill_in_multiple_blanks_question": "cloze",
    "multiple_dropdowns_question": "cloze",
    "matching_question": "matching",
    "numerical_question": "numerical",
    "calculated_question": "numerical",
    "essay_question": "essay",
    "file_upload_question": "essay",
    "text_only_question": "text",
}


@fault("Z501")
def no_question(place: Place) -> tuple[str, str]:
    """A quiz has no question. Some imports stop there."""
    return "There is no question in it; some imports stop here.", "Add a question, or leave the quiz out."


@fault("Z502")
def item_twice(place: Place, name: str) -> tuple[str, str]:
    """Two questions of a file have the same identifier. A system takes one for the other."""
    return f"The question “{name}” is there twice.", "Give each question an identifier of its own."


@fault("Z503", "warning")
def unknown_question(place: Place, name: str) -> tuple[str, str]:
    """A question does not say its kind (``cc_profile``), or one that the profile does not have. Systems leave it out."""
    return f"The question “{name}” has no kind that cartridges know; systems leave it out.", "Export the quiz again with other questions."


@fault("Z504", "warning")
def no_key(place: Place, name: str) -> tuple[str, str]:
    """A question has no right answer, so that nobody earns its points."""
    return f"The question “{name}” has no right answer.", "Mark what is right, and export the quiz again."


def recognise(root: _Element) -> bool:
    """Whether a file is QTI 1.2."""
    return local(root) == "questestinterop"


def describe(package: Package, path: str, root: _Element) -> Description:
    """A file of QTI 1.2 by itself."""
    found = Description("qti", "1.2")
    count(package, path, root, found, strict=False)
    tops = [each for each in root if local(each) in ("assessment", "objectbank", "section")]
    found.title = next((one_line(each.get("title")) for each in tops if each.get("title")), "")
    found.tree = [
        Node(one_line(each.get("title") or each.get("ident")), "quiz" if local(each) == "assessment" else "question bank", path)
        for each in tops
    ]
    found.speaks(root.get("{http://www.w3.org/XML/1998/namespace}lang"))
    return found


def count(package: Package, path: str, root: _Element, found: Description, strict: bool = True) -> None:
    """Count the questions of a file and look through them; ``strict`` where the profile of cartridges holds."""
    items = [each for each in root.iter() if local(each) == "item"]
    if not items:
        package.notes.add(no_question(package.at(path, root)))
    seen: set[str] = set()
    for item in items:
        package.opened.clock.check()
        name = one_line(item.get("ident"), 100)
        if name in seen:
            package.notes.add(item_twice(package.at(path, item), name))
        seen.add(name)
        profile = profile_of(item)
        found.facts.setdefault("profiles", {}).setdefault(profile, 0)
        found.facts["profiles"][profile] += 1
        if strict and profile not in PROFILES:
            package.notes.add(unknown_question(package.at(path, item), name))
        kind = PROFILES.get(profile) or _CANVAS.get(profile) or _by_shape(item)
        if kind != "text":
            found.questions[kind] += 1
        if kind not in ("essay", "text", "other") and not any(local(each) == "setvar" for each in item.iter()):
            package.notes.add(no_key(package.at(path, item), name))
    package.scan_texts(path, root)


def profile_of(item: _Element) -> str:
    """The kind of a question as its labels name it; "" without any."""
    for entry in (each for each in item.iter() if local(each) == "qtimetadatafield"):
        label = next((words(each) for each in entry if local(each) == "fieldlabel"), "")
        if label in ("cc_profile", "question_type"):
            return next((words(each) for each in entry if local(each) == "fieldentry"), "")
    return ""


def _by_shape(item: _Element) -> str:
    """The kind of a question by what learners have to do."""
    names = {local(each) for each in item.iter()}
    several = any((each.get("rcardinality") or "").lower() == "multiple" for each in item.iter() if local(each) == "response_lid")
    if "render_choice" in names:
        groups = sum(local(each) == "response_lid" for each in item.iter())
        return "matching" if groups > 1 else "multiple-response" if several else "single-choice"
    if "render_fib" in names:
        blanks = [each for each in item.iter() if local(each) == "render_fib"]
        if any((each.get("rows") or "1") not in ("", "0", "1") for each in blanks) or "varequal" not in names:
            return "essay"
        return "short-answer" if len(blanks) == 1 else "cloze"
    return "other"
