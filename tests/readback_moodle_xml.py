"""Reads a Moodle XML file as Moodle's documentation describes the format (docs.moodle.org, "Moodle XML format"; for ``cloze`` also
"Embedded Answers (Cloze) question type").

``question`` elements follow one another; one of type ``category`` says where those after it belong. Texts are HTML, with ``file``
elements for what ``@@PLUGINFILE@@/`` refers to. In a cloze ``{2:MULTICHOICE:=right#feedback~wrong}`` is a gap worth 2: one level of
character references is undone in its parts, and a backslash before ``}`` and ``#`` goes.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element
from readback import Record

FRACTIONS = (
    "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5 0"
).split()  # fmt: skip
"""What an answer may be worth in per cent, or less than nothing; another number stops the import."""
KINDS = {
    "truefalse": "true-false",
    "shortanswer": "short-answer",
    "numerical": "numerical",
    "matching": "matching",
    "ordering": "ordering",
    "gapselect": "cloze",
    "cloze": "cloze",
    "essay": "essay",
    "description": "description",
}
ROLES = {
    "questiontext": "stem",
    "generalfeedback": "general-feedback",
    "correctfeedback": "if-right",
    "partiallycorrectfeedback": "if-partly",
    "incorrectfeedback": "if-wrong",
    "hint": "hints",
    "graderinfo": "model-answer",
}
GAP = re.compile(r"\{([0-9]*):(MULTICHOICE|MULTICHOICE_S|SHORTANSWER|SHORTANSWER_C):")


class Broken(ValueError):
    """Moodle would not take it."""


def read(files: dict[str, bytes]) -> list[Record]:
    """The questions of the one file there is, in order; ``category`` is a text of each, the names of its path."""
    ((_, content),) = files.items()
    root = etree.fromstring(content)
    if root.tag != "quiz":
        raise Broken(root.tag)
    found: list[Record] = []
    category: list[str] = []
    for element in root:
        if element.get("type") == "category":
            path = element.findtext("category/text") or ""
            category = [shown(step.strip().replace("//", "/")) for step in re.split("(?<!/)/(?!/)", path)]
        else:
            found.append(_question(element))
            found[-1].texts["category"] = category
    return found


def shown(words: str) -> str:
    """Words of a place where Moodle takes out tags and then shows references as what they stand for."""
    return unescape(re.sub("<[^>]*>", "", words))


def _question(element: _Element) -> Record:
    qtype = element.get("type", "")
    record = Record(element.findtext("idnumber") or "", KINDS.get(qtype, ""), float(element.findtext("defaultgrade") or "nan"))
    texts = record.texts
    name = _text(element.find("name"))
    if not 0 < len(name) <= 255 or float(element.findtext("penalty") or "nan") != 0:
        raise Broken(name)
    texts["title"] = [shown(name)]
    texts["tags"] = [_text(tag) for tag in element.iterfind("tags/tag")]
    for tag, role in ROLES.items():
        texts[role] = [words for each in element.iterfind(tag) if (words := _html(each, record, role))]
    texts["option-feedback"] = []
    for answer in element.iterfind("answer"):
        if qtype != "ordering":
            if answer.get("fraction", "").removeprefix("-") not in FRACTIONS or answer.get("fraction") == "-0":
                raise Broken(f"{record.ident}: {answer.get('fraction')}")
            record.scores[_text(answer)] = float(answer.get("fraction", ""))
        feedback = answer.find("feedback")
        if feedback is not None:
            texts["option-feedback"].append(_html(feedback, record, "media-feedback"))
    READERS[qtype](element, record)
    return record


def _text(element: _Element | None) -> str:
    return (element.findtext("text") or "").strip() if element is not None else ""


def _html(element: _Element, record: Record, role: str) -> str:
    """An element's HTML; its files are noted, and each has to be there and in use."""
    words = _text(element)
    if words and element.get("format") != "html":
        raise Broken(f"{record.ident}: {element.get('format')} is not html")
    files = {each.get("name", ""): b64decode(each.text or "", validate=True) for each in element.iterfind("file")}
    used = re.findall(r'="@@PLUGINFILE@@/([^"]*)"', words)
    if {unquote(name) for name in used} != set(files):
        raise Broken(f"{record.ident}: {sorted(files)} for {used}")
    if any(re.search(r"""[^A-Za-z0-9._-]""", name) for name in files):
        raise Broken(f"{record.ident}: a name that Moodle may refuse in {sorted(files)}")
    where = {"stem": "media-stem", "option": "media-option"}.get(role, "media-feedback")
    embedded = [b64decode(data) for data in re.findall(r'="data:[^;"]*;base64,([^"]*)"', words)]
    record.media.setdefault(where, []).extend([files[unquote(name)] for name in used] + embedded)
    return words


def _choice(element: _Element, record: Record) -> None:
    record.texts["option"] = [_html(answer, record, "option") for answer in element.iterfind("answer")]
    single = element.findtext("single") == "true"
    scores = [answer.get("fraction") for answer in element.iterfind("answer")]
    if single and "100" not in scores:
        raise Broken(f"{record.ident}: no right option")
    survey = record.points == 0 and set(scores) == {"100"}
    record.kind = "rating-scale" if survey else "single-choice" if single else "multiple-response"
    record.texts["shuffle-options"] = [element.findtext("shuffleanswers") or ""]


def _true_false(element: _Element, record: Record) -> None:
    if sorted(record.scores) != ["false", "true"] or sorted(record.scores.values()) != [0, 100]:
        raise Broken(f"{record.ident}: {record.scores}")


def _typed(element: _Element, record: Record) -> None:
    record.texts["answer"] = [_text(answer) for answer in element.iterfind("answer")]
    record.texts["case"] = [element.findtext("usecase") or ""]
    if 100 not in record.scores.values():
        raise Broken(f"{record.ident}: no right answer")


def _numerical(element: _Element, record: Record) -> None:
    _typed(element, record)
    for answer in record.texts["answer"]:
        if answer != "*" and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", answer):
            raise Broken(answer)
    record.texts["tolerance"] = [answer.findtext("tolerance") or "" for answer in element.iterfind("answer")]
    record.texts["unit"] = [unit.findtext("unit_name") or "" for unit in element.iterfind("units/unit")]


def _matching(element: _Element, record: Record) -> None:
    parts = [(_html(part, record, "option"), _text(part.find("answer"))) for part in element.iterfind("subquestion")]
    if any(len(match) > 255 for _, match in parts):
        raise Broken(f"{record.ident}: longer than the column")
    record.texts["pair"] = [pair for pair, _ in parts if pair]
    record.texts["match"] = [shown(match) for pair, match in parts if pair]
    record.texts["match-distractors"] = [shown(match) for pair, match in parts if not pair]


def _ordering(element: _Element, record: Record) -> None:
    answers = sorted(element.iterfind("answer"), key=lambda answer: int(answer.get("fraction", "")))
    record.texts["step"] = [_html(answer, record, "option") for answer in answers]
    if element.findtext("selecttype") != "ALL" or int(element.findtext("selectcount") or "") != len(answers):
        raise Broken(f"{record.ident}: not all things are shown")
    record.texts["credit"] = [element.findtext("gradingtype") or ""]


def _select_words(element: _Element, record: Record) -> None:
    """``[[n]]`` is a gap: the nth option is right there, and all options of its group are listed."""
    options = [(each.findtext("group"), _text(each)) for each in element.iterfind("selectoption")]
    (stem,) = record.texts["stem"]
    gaps = [int(number) - 1 for number in re.findall(r"\[\[([0-9]+)\]\]", stem)]
    record.texts["stem"] = [re.sub(r"\[\[[0-9]+\]\]", "____", stem)]
    record.texts["option"] = []
    for number, right in enumerate(gaps):
        for place, (group, words) in enumerate(options):
            if group == options[right][0]:
                record.texts["option"].append(shown(words))
                record.scores[f"{number}.{shown(words)}"] = 100.0 * (place == right)


def _cloze(element: _Element, record: Record) -> None:
    (stem,) = record.texts["stem"]
    record.texts |= {"option": [], "answer": []}
    weights: list[float] = []
    rest, text = stem, ""
    while found := GAP.search(rest):
        end = _end(rest, found.end())
        typed = found[2].startswith("SHORTANSWER")
        for part in _pieces(rest[found.end() : end], "~"):
            score = 100.0 * part.startswith("=")
            words, *feedback = _pieces(part.removeprefix("="), "#")
            said = _undone(words)
            record.texts["answer" if typed else "option"].append(said)
            record.scores[f"{len(weights)}.{said}"] = score
            record.texts["option-feedback"].append(_undone("#".join(feedback)))
            data = re.findall(r'="data:[^;"]*;base64,([^"]*)"', record.texts["option-feedback"][-1])
            record.media.setdefault("media-feedback", []).extend(b64decode(each) for each in data)
        weights.append(float(found[1] or 1))
        text += rest[: found.start()] + "____"
        rest = rest[end + 1 :]
    if not weights or len(set(weights)) > 1 or re.search(r"\{#[0-9]+\}", text + rest):
        raise Broken(f"{record.ident}: {weights}")
    record.points = sum(weights)  # Moodle does not look at defaultgrade here
    record.texts["stem"] = [text + rest]
    if any(element.iterfind("correctfeedback")):
        raise Broken(f"{record.ident}: this type has no combined feedback")


def _end(text: str, at: int) -> int:
    while text[at] != "}":
        at += 2 if text[at] == "\\" else 1
    return at


def _pieces(text: str, separator: str) -> list[str]:
    """A text cut where a separator is neither after a backslash nor in a character reference."""
    return re.split(rf"(?<![\\&]){separator}", text)


def _undone(words: str) -> str:
    return re.sub(r"\\([}#])", r"\1", unescape(words)).strip()


READERS: dict[str, Callable[[_Element, Record], None]] = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "shortanswer": _typed,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "gapselect": _select_words,
    "cloze": _cloze,
    "essay": lambda element, record: record.texts.update(lines=[element.findtext("responsefieldlines") or ""]),
    "description": lambda element, record: None,
}
