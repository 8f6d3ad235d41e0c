"""Reads the questions of a Moodle backup, by what Moodle's restore code makes of the rows (question/type/*/backup/moodle2).

A question is in a category of its quiz's context; a slot of the quiz names its entry, or a category of which it draws. Files of texts are
in areas that have the number of the question, the answer, the hint or the pair.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from backup import Activity, Backup, number, value
from readback import Record
from readback_moodle_xml import FRACTIONS, Broken, shown

KINDS = {
    "truefalse": "true-false",
    "shortanswer": "short-answer",
    "numerical": "numerical",
    "match": "matching",
    "ordering": "ordering",
    "gapselect": "cloze",
    "multianswer": "cloze",
    "essay": "essay",
}
SHARES = {f"{float(each) / 100:.7f}": float(each) for each in FRACTIONS}
"""What an answer may be worth, as the database has it, in per cent."""
COMBINED = {"correctfeedback": "if-right", "partiallycorrectfeedback": "if-partly", "incorrectfeedback": "if-wrong"}


@dataclass
class Slot:
    """A place in a quiz: a question, or one drawn from some, by their permanent ids."""

    mark: float
    questions: list[str]
    drawn: bool


@dataclass
class Quiz:
    """A quiz as the backup has it. ``fields`` are the columns of its row."""

    title: str
    slots: list[Slot]
    fields: dict[str, str]
    activity: Activity


def read(files: dict[str, bytes]) -> list[Record]:
    """The questions, in the order of the file."""
    return [record for reader in [_Reader(Backup(files))] for record in reader.records()]


def quizzes(files: dict[str, bytes]) -> list[Quiz]:
    """The quizzes, in the order of the course."""
    return list(_Reader(Backup(files)).quizzes())


class _Reader:
    def __init__(self, backup: Backup) -> None:
        self.backup = backup
        self.questions = {int(question.get("id")): question for question in backup.questions}
        if len(self.questions) < len(backup.questions):
            raise Broken("a number twice")
        stamps = [value(each, "stamp") for each in (*backup.root("questions.xml").iter("question_category"), *backup.questions)]
        if len(set(stamps)) < len(stamps) or any(len(stamp) > 255 for stamp in stamps):
            raise Broken("a stamp twice, or too long")
        self.entries: dict[int, tuple[str, Any, int]] = {}
        """By the number of an entry its permanent id, its question and its category."""
        for category in backup.root("questions.xml"):
            known = set()
            for entry in category.iterfind("question_bank_entries/question_bank_entry"):
                (question,) = entry.iterfind("question_version/question_versions/questions/question")
                ident = value(entry, "idnumber")
                if number(entry, "questioncategoryid") != int(category.get("id")) or (ident and ident in known):
                    raise Broken(ident)
                known.add(ident)
                self.entries[int(entry.get("id"))] = (ident, question, int(category.get("id")))

    def categories(self) -> dict[int, list[str]]:
        """The permanent ids of the questions in each category."""
        found: dict[int, list[str]] = {}
        for ident, question, category in self.entries.values():
            if not number(question, "parent"):
                found.setdefault(category, []).append(ident)
        return found

    def quizzes(self) -> Iterator[Quiz]:
        contexts = {number(each, "contextid"): each for each in self.backup.root("questions.xml") if value(each, "name") == "top"}
        for activity in self.backup.activities:
            if activity.module != "quiz":
                continue
            slots = [self._slot(each, activity) for each in activity.data.iterfind("question_instances/question_instance")]
            fields = {each.tag: each.text or "" for each in activity.data if not len(each)}
            if abs(sum(slot.mark for slot in slots) - float(fields["sumgrades"])) > 1e-6:
                raise Broken(f"{activity.name}: {fields['sumgrades']} is not the sum of the marks")
            drawn = [each for slot in slots if slot.drawn for each in slot.questions]
            for names in {tuple(slot.questions) for slot in slots if slot.drawn}:
                if sum(tuple(slot.questions) == names for slot in slots) > len(names):
                    raise Broken(f"{activity.name}: more is drawn than there is")
            fixed = [each for slot in slots if not slot.drawn for each in slot.questions]
            if len(set(fixed)) < len(fixed) or set(fixed) & set(drawn) or activity.context not in contexts:
                raise Broken(f"{activity.name}: a question twice, or no top category")
            yield Quiz(shown(activity.name), slots, fields, activity)

    def _slot(self, slot: Any, activity: Activity) -> Slot:
        mark = float(value(slot, "maxmark"))
        drawn = slot.find("question_set_reference")
        reference = slot.find("question_reference") if drawn is None else drawn
        if number(reference, "usingcontextid") != activity.context or number(slot, "quizid") != activity.instance:
            raise Broken("a slot of another quiz")
        if drawn is None:
            return Slot(mark, [self.entries[number(reference, "questionbankentryid")][0]], drawn=False)
        condition = json.loads(value(drawn, "filtercondition"))
        if condition["includingsubcategories"] or number(drawn, "questionscontextid") != activity.context:
            raise Broken(str(condition))
        return Slot(mark, self.categories()[int(condition["questioncategoryid"])], drawn=True)

    def records(self) -> Iterator[Record]:
        marks = {name: slot.mark for quiz in self.quizzes() for slot in quiz.slots for name in slot.questions}
        for ident, question, _ in self.entries.values():
            if not number(question, "parent"):
                yield self._record(ident, question, marks)

    def _record(self, ident: str, question: Any, marks: dict[str, float]) -> Record:
        qtype = value(question, "qtype")
        if ident not in marks or float(value(question, "penalty")) or not 0 < len(value(question, "name")) <= 255:
            raise Broken(f"{ident}: in no slot, or with a penalty, or without a name")
        record = Record(ident, KINDS.get(qtype, ""), marks[ident])
        special = question.find(f"plugin_qtype_{qtype}_question")
        texts = record.texts
        texts["title"] = [shown(value(question, "name"))]
        texts["tags"] = [value(tag, "rawname") for tag in question.iterfind("tags/tag")]
        texts["stem"] = [self._html(question, "questiontext", record, "media-stem")]
        texts["general-feedback"] = _present([self._html(question, "generalfeedback", record)])
        hints = question.iterfind("question_hints/question_hint")
        texts["hints"] = [self._html(hint, "hint", record) for hint in hints]
        for field, role in COMBINED.items():
            texts[role] = _present([self._html(each, field, record, owner=question) for each in special if each.find(field) is not None])
        texts["option-feedback"] = []
        READERS[qtype](self, special, record, question)
        return record

    def _html(
        self,
        row: Any,
        field: str,
        record: Record,
        role: str = "media-feedback",
        component: str = "question",
        owner: Any = None,
        area: str = "",
    ) -> str:
        """An HTML text; its files are noted, and each has to be there and in use. ``owner`` has the number of their area."""
        words = value(row, field)
        format = row.find(f"{field.removesuffix('text') if field == 'answertext' else field}format")
        if format is None or format.text != "1":
            raise Broken(f"{record.ident}: {field} is not HTML")
        item = int((row if owner is None else owner).get("id"))
        found = {
            row.name: self.backup.content(row)
            for row in self.backup.rows
            if (row.component, row.area, row.item) == (component, area or field, item)
        }
        used = [unquote(name) for name in re.findall(r'="@@PLUGINFILE@@/([^"]*)"', words)]
        if set(used) != set(found):
            raise Broken(f"{record.ident}: {sorted(found)} for {used}")
        inside = [b64decode(data) for data in re.findall(r'="data:[^;"]*;base64,([^"]*)"', words)]
        record.media.setdefault(role, []).extend([found[name] for name in used] + inside)
        return words

    def _feedback(self, answer: Any, record: Record) -> str:
        return self._html(answer, "feedback", record, area="answerfeedback")

    def share(self, answer: Any, record: Record) -> float:
        """What an answer is worth, in per cent."""
        fraction = value(answer, "fraction")
        if fraction.removeprefix("-") not in SHARES:
            raise Broken(f"{record.ident}: {fraction}")
        return SHARES[fraction.removeprefix("-")] * (-1 if fraction.startswith("-") else 1)

    def multichoice(self, special: Any, record: Record, question: Any) -> None:
        answers = list(special.iterfind("answers/answer"))
        record.texts["option"] = [self._html(each, "answertext", record, "media-option", area="answer") for each in answers]
        record.texts["option-feedback"] = [self._feedback(each, record) for each in answers]
        shares = [self.share(each, record) for each in answers]
        record.scores = dict(zip(record.texts["option"], shares, strict=True))
        single = value(special, "multichoice/single") == "1"
        if single and 100 not in shares:
            raise Broken(f"{record.ident}: no right option")
        survey = record.points == 0 and set(shares) == {100.0}
        record.kind = "rating-scale" if survey else "single-choice" if single else "multiple-response"
        record.texts["shuffle-options"] = [value(special, "multichoice/shuffleanswers")]

    def truefalse(self, special: Any, record: Record, question: Any) -> None:
        answers = {int(each.get("id")): each for each in special.iterfind("answers/answer")}
        for word in ("true", "false"):
            answer = answers[number(special, f"truefalse/{word}answer")]
            record.scores[word] = self.share(answer, record)
            record.texts["option-feedback"].append(self._feedback(answer, record))

    def typed(self, special: Any, record: Record, question: Any) -> None:
        for answer in special.iterfind("answers/answer"):
            words = value(answer, "answertext")
            record.texts.setdefault("answer", []).append(words)
            record.scores[words] = self.share(answer, record)
            record.texts["option-feedback"].append(self._feedback(answer, record))
        record.texts["case"] = [each.findtext("usecase") for each in special.iterfind("shortanswer")]
        if 100 not in record.scores.values():
            raise Broken(f"{record.ident}: no right answer")

    def numerical(self, special: Any, record: Record, question: Any) -> None:
        self.typed(special, record, question)
        off = {number(each, "answer"): value(each, "tolerance") for each in special.iterfind("numerical_records/numerical_record")}
        record.texts["tolerance"] = [off[int(each.get("id"))] for each in special.iterfind("answers/answer")]
        record.texts["unit"] = [value(each, "unit") for each in special.iterfind("numerical_units/numerical_unit")]
        if value(special, "numerical_options/numerical_option/showunits") != ("0" if record.texts["unit"] else "3"):
            raise Broken(f"{record.ident}: units that cannot be typed")

    def match(self, special: Any, record: Record, question: Any) -> None:
        rows = list(special.iterfind("matches/match"))
        pairs = [
            (self._html(row, "questiontext", record, "media-option", "qtype_match", area="subquestion"), value(row, "answertext"))
            for row in rows
        ]
        if any(len(match) > 255 for _, match in pairs):
            raise Broken(f"{record.ident}: longer than the column")
        record.texts["pair"] = [pair for pair, _ in pairs if pair]
        record.texts["match"] = [shown(match) for pair, match in pairs if pair]
        record.texts["match-distractors"] = [shown(match) for pair, match in pairs if not pair]
        record.texts["shuffle-options"] = [value(special, "matchoptions/shuffleanswers")]

    def ordering(self, special: Any, record: Record, question: Any) -> None:
        answers = sorted(special.iterfind("answers/answer"), key=lambda answer: float(value(answer, "fraction")))
        record.texts["step"] = [self._html(answer, "answertext", record, "media-option", area="answer") for answer in answers]
        if value(special, "ordering/selecttype") != "0":
            raise Broken(f"{record.ident}: not all things are shown")
        record.texts["credit"] = [{"0": "ABSOLUTE_POSITION", "-1": "ALL_OR_NOTHING"}[value(special, "ordering/gradingtype")]]

    def gapselect(self, special: Any, record: Record, question: Any) -> None:
        """``[[n]]`` is a gap: the nth option is right there, and all options of its group are listed."""
        options = [(value(each, "feedback"), value(each, "answertext")) for each in special.iterfind("answers/answer")]
        (stem,) = record.texts["stem"]
        gaps = [int(each) - 1 for each in re.findall(r"\[\[([0-9]+)\]\]", stem)]
        record.texts["stem"] = [re.sub(r"\[\[[0-9]+\]\]", "____", stem)]
        record.texts["option"] = []
        for gap, right in enumerate(gaps):
            for place, (group, words) in enumerate(options):
                if group == options[right][0]:
                    record.texts["option"].append(shown(words))
                    record.scores[f"{gap}.{shown(words)}"] = 100.0 * (place == right)

    def multianswer(self, special: Any, record: Record, question: Any) -> None:
        """``{#n}`` is the nth of the questions in the sequence, whose parent this one is."""
        record.texts |= {"option": [], "answer": []}
        (stem,) = record.texts["stem"]
        sequence = [int(each) for each in value(special, "multianswer/sequence").split(",")]
        if re.findall(r"\{#([0-9]+)\}", stem) != [str(place) for place, _ in enumerate(sequence, 1)]:
            raise Broken(f"{record.ident}: gaps out of order")
        record.texts["stem"] = [re.sub(r"\{#[0-9]+\}", "____", stem)]
        weights = {float(value(self.questions[each], "defaultmark")) for each in sequence}
        if len(weights) > 1 or float(value(question, "defaultmark")) != sum(weights) * len(sequence):
            raise Broken(f"{record.ident}: gaps of different weight")
        for gap, part in enumerate(self.questions[each] for each in sequence):
            if number(part, "parent") != int(question.get("id")) or number(special, "multianswer/question") != int(question.get("id")):
                raise Broken(f"{record.ident}: a gap of another question")
            qtype = value(part, "qtype")
            own = part.find(f"plugin_qtype_{qtype}_question")
            for answer in own.iterfind("answers/answer"):
                typed = qtype == "shortanswer"
                words = value(answer, "answertext") if typed else self._html(answer, "answertext", record, "media-option", area="answer")
                record.texts["answer" if typed else "option"].append(words)
                record.scores[f"{gap}.{words}"] = self.share(answer, record)
                record.texts["option-feedback"].append(self._feedback(answer, record))

    def essay(self, special: Any, record: Record, question: Any) -> None:
        essay = special.find("essay")
        told = self._html(essay, "graderinfo", record, component="qtype_essay", owner=question)
        record.texts["model-answer"] = _present([told])
        record.texts["lines"] = [value(essay, "responsefieldlines")]


def _present(texts: list[str]) -> list[str]:
    return [text for text in texts if text]


READERS: dict[str, Callable[[_Reader, Any, Record, Any], None]] = {
    "multichoice": _Reader.multichoice,
    "truefalse": _Reader.truefalse,
    "shortanswer": _Reader.typed,
    "numerical": _Reader.numerical,
    "match": _Reader.match,
    "ordering": _Reader.ordering,
    "gapselect": _Reader.gapselect,
    "multianswer": _Reader.multianswer,
    "essay": _Reader.essay,
}
