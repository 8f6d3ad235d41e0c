"""Reads a QTI 2.1 content package as its specification describes it (IMS QTI 2.1 Information Model; IMS Content Packaging 1.1.4).

The manifest names items and tests; an item's labels are in its resource's metadata (LOM). A body holds what is asked and one or more
interactions; hints are ``infoControl``. Which feedback follows from what, :mod:`qti21_engine` finds out by answering.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element
from readback import Record

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
LOM = "{http://ltsc.ieee.org/xsd/LOM}"
IDENTIFIER = re.compile("[A-Za-z_][A-Za-z0-9_.-]*")
"""What the specification calls an identifier, as the strictest systems read it."""
_MEDIA = ("img", "src"), ("object", "data")
_DIFFICULTY = {"easy": "easy", "medium": "medium", "difficult": "hard"}
_INLINE = frozenset("abbr b cite code dfn em i kbd q samp small span strong sub sup var a br img object".split())


class Broken(ValueError):
    """A system would not take it."""


def resources(files: dict[str, bytes], kind: str) -> Iterator[_Element]:
    """The resources of a type: ``item`` or ``test``. Every file that a resource names has to be there."""
    manifest = etree.fromstring(files["imsmanifest.xml"])
    named = {"imsmanifest.xml"}
    known = {each.get("identifier") for each in manifest.iter(f"{PACKAGE}resource")}
    for each in manifest.iter(f"{PACKAGE}resource"):
        named |= {file.get("href", "") for file in each.iterfind(f"{PACKAGE}file")}
        if not {need.get("identifierref") for need in each.iterfind(f"{PACKAGE}dependency")} <= known:
            raise Broken(f"{each.get('identifier')} needs what is not there")
    if named != set(files) or any(".." in name for name in named):
        raise Broken(f"the manifest names other files: {sorted(named ^ set(files))}")
    return (each for each in manifest.iter(f"{PACKAGE}resource") if each.get("type") == f"imsqti_{kind}_xmlv2p1")


def items(files: dict[str, bytes]) -> dict[str, bytes]:
    """The items by the id of their question: what follows the first hyphen of their identifier."""
    found = {}
    for each in resources(files, "item"):
        data = files[each.get("href", "")]
        found[etree.fromstring(data).get("identifier", "").partition("-")[2]] = data
    return found


def read(files: dict[str, bytes]) -> list[Record]:
    """The questions of a package, in the order of its manifest."""
    return [_item(etree.fromstring(files[each.get("href", "")]), each, files) for each in resources(files, "item")]


def _item(item: _Element, resource: _Element, files: dict[str, bytes]) -> Record:
    for name in item.xpath("//@identifier | //@responseIdentifier | //@outcomeIdentifier"):
        if not IDENTIFIER.fullmatch(name):
            raise Broken(name)
    known = item.xpath("*[local-name()='responseDeclaration' or local-name()='outcomeDeclaration']/@identifier")
    asked = item.xpath("//@responseIdentifier | //*[local-name()='variable']/@identifier | //@outcomeIdentifier")
    if not set(asked) <= set(known) or len(known) != len(set(known)):
        raise Broken(f"{item.get('identifier')}: {sorted(set(asked) - set(known))}")
    record = Record(item.get("identifier", "").partition("-")[2], "", _default(item, "MAXSCORE"))
    texts = record.texts
    body = item.find(f"{QTI}itemBody")
    assert body is not None
    record.kind = _kind(item, body)
    _media(item, record, files)
    texts["title"] = [item.get("title", "")]
    texts["hints"] = [_inner(each) for each in body.iterfind(f"{QTI}infoControl")]
    texts["stem"] = [" ".join(_stem(each) for each in body if not _is_control(each))]
    texts["unit"] = ["".join(each.itertext()).strip() for each in body.iterfind(f"{QTI}p") if record.kind == "numerical"]
    _answers(item, body, record)
    for each in item.iterfind(f"{QTI}modalFeedback"):
        name, _, _ = each.get("identifier", "").partition("-")
        role = {"right": "if-right", "partly": "if-partly", "wrong": "if-wrong", "general": "general-feedback", "model": "model-answer"}
        found = role.get(name) or {"option": "option-feedback", "gap": "option-feedback", "part": "part-feedback"}[name]
        texts.setdefault(found, []).append(_inner(each))
    _labels(resource, record)
    return record


def _default(item: _Element, name: str) -> float:
    return float(item.xpath(f"string(*[@identifier='{name}']/*[local-name()='defaultValue'])"))


def _kind(item: _Element, body: _Element) -> str:
    """The kind of question, told from its interaction; two that the format writes alike are told by the class of the body."""
    found = {etree.QName(each).localname for each in body.iter() if _is_interaction(each)}
    if found <= {"textEntryInteraction", "inlineChoiceInteraction"} and body.get("class") == "cloze":
        return "cloze"
    (name,) = found
    if name == "textEntryInteraction":
        return "numerical" if item.find(f"{QTI}responseDeclaration").get("baseType") == "float" else "short-answer"  # type: ignore[union-attr]
    if name == "matchInteraction":
        return "sorting" if body.get("class") == "sorting" else "matching"
    if name == "choiceInteraction":
        if [each.get("identifier") for each in body.iter(f"{QTI}simpleChoice")] == ["true", "false"]:
            return "true-false"
        if item.find(f"{QTI}responseDeclaration/{QTI}correctResponse") is None:
            return "rating-scale"
        return "single-choice" if body.find(f"{QTI}choiceInteraction").get("maxChoices") == "1" else "multiple-response"  # type: ignore[union-attr]
    return {"orderInteraction": "ordering", "extendedTextInteraction": "essay"}[name]


def _is_interaction(element: _Element) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("Interaction")


def _is_control(element: _Element) -> bool:
    """Whether an element of a body is no part of what is asked: an interaction, a hint, or the line of a field."""
    lonely = element.tag == f"{QTI}p" and _is_interaction(element[0]) and not (element.text or "").strip() if len(element) else False
    return (
        element.tag == f"{QTI}infoControl"
        or _is_interaction(element)
        or (lonely and element.getroottree().getroot()[0].get("identifier") == "RESPONSE")
    )


def _stem(element: _Element) -> str:
    """An element as HTML, with a line for each gap."""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    for gap in [each for each in copy.iter() if _is_interaction(each)]:
        for below in list(gap):
            gap.remove(below)
        gap.tag, gap.text = f"{QTI}span", "____"
        gap.attrib.clear()
    return _html(copy)


def _html(element: _Element) -> str:
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))


def _inner(element: _Element) -> str:
    inside = _html(element)
    return inside[inside.index(">") + 1 : inside.rindex("</")] if "</" in inside else ""


def _answers(item: _Element, body: _Element, record: Record) -> None:
    texts = record.texts
    mapped = {each.get("mapKey", ""): float(each.get("mappedValue", "")) for each in item.iter(f"{QTI}mapEntry")}
    right = [each.text or "" for each in item.iterfind(f"{QTI}responseDeclaration/{QTI}correctResponse/{QTI}value")]
    choices = {each.get("identifier", ""): _inner(each) for each in body.iter(f"{QTI}simpleChoice", f"{QTI}inlineChoice")}
    if record.kind == "ordering":
        texts["step"] = [choices[name] for name in right]
    elif record.kind in ("matching", "sorting"):
        first, second = ({each.get("identifier", ""): _inner(each) for each in found} for found in body.iter(f"{QTI}simpleMatchSet"))
        pairs = dict(pair.split(" ") for pair in right)
        one, other = ("pair", "match") if record.kind == "matching" else ("item", "group")
        texts[one] = [first[name] for name in pairs]
        texts[other] = [second[name] for name in pairs.values()]
        spare = [text for name, text in second.items() if name not in pairs.values()]
        texts["match-distractors" if record.kind == "matching" else "group"] = spare + texts.get("group", [])
    else:
        texts["option"] = [_inner(each) for each in body.iter(f"{QTI}simpleChoice", f"{QTI}inlineChoice")]
        texts["answer"] = [_typed(each.get("pattern", "")) for each in item.iter(f"{QTI}patternMatch")]
        texts["answer"] += [name for name in mapped if name not in choices]
        if record.kind == "numerical":
            texts["answer"] = [each.text or "" for each in item.iterfind(f"{QTI}responseProcessing//{QTI}baseValue")] + right
    if record.kind in ("single-choice", "multiple-response", "true-false") and right:
        whole = record.points or 1
        record.scores = {text: mapped[name] / whole if mapped else (name in right) / len(right) for name, text in choices.items()}


def _typed(pattern: str) -> str:
    """The text that a pattern stands for: of each class the first character, ``*`` for anything."""
    found = []
    for one in re.finditer(r"(\[(?:\\.|[^\]\\])*\]|\\p\{Mn\}|\\.|.)([*+]?)", re.sub(r"\(([^|]*)\|[^)]*\)", r"\1", pattern)):
        atom, often = one.groups()
        inside = atom[1:-1] if atom[0] == "[" else atom
        if inside.startswith("\\s"):
            found.append(" " if often == "+" else "")
        elif atom == ".":
            found.append("*")
        elif not inside.startswith("\\p{"):
            character = inside[1] if inside[0] == "\\" else inside[0]
            found.append("\\*" if character == "*" else character)
    return re.sub(r"(?<!\\)\*+", "*", "".join(found))


def _labels(resource: _Element, record: Record) -> None:
    texts = record.texts
    lom = resource.find(f"{PACKAGE}metadata/{LOM}lom")
    assert lom is not None
    texts["tags"] = [each.text or "" for each in lom.iterfind(f"{LOM}general/{LOM}keyword/{LOM}string")]
    texts["difficulty"] = [_DIFFICULTY[each.text or ""] for each in lom.iterfind(f"{LOM}educational/{LOM}difficulty/{LOM}value")]
    texts["source"] = [each.text or "" for each in lom.iterfind(f"{LOM}relation/{LOM}resource/{LOM}description/{LOM}string")]
    for group in lom.iterfind(f"{LOM}classification"):
        role = {"educational objective": "outcomes", "competency": "competences"}[group.findtext(f"{LOM}purpose/{LOM}value") or ""]
        texts[role] = [each.text or "" for each in group.iterfind(f"{LOM}taxonPath/{LOM}taxon/{LOM}id")]


def _media(item: _Element, record: Record, files: dict[str, bytes]) -> None:
    """The bytes of what is shown, by where it is; a file that is not there stops an import."""
    for tag, name in _MEDIA:
        for each in item.iter(f"{QTI}{tag}"):
            above = {etree.QName(one).localname for one in each.iterancestors()}
            option = above & {"simpleChoice", "simpleAssociableChoice"}
            role = "media-option" if option else "media-feedback" if above & {"modalFeedback", "infoControl"} else "media-stem"
            path = posixpath.normpath(unquote(each.get(name, "")))
            record.media.setdefault(role, []).append(files[path])
