"""What is wrong inside the activities and questions of a Moodle backup: chains, jumps, slots, keys, conditions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from backup import Activity, Backup, number, value
from backup_shape import Check

JUMPS = {0, -1, -9, -40, -50, -60, -80}
"""What a lesson knows besides its pages: this page, the next, the end, and so on."""
BRANCH_TABLE, TRUE_FALSE, MULTICHOICE, MATCHING = 20, 2, 3, 5


def of(backup: Backup, module: str) -> Iterator[tuple[Activity, Any]]:
    """The activities of a kind, with their data."""
    return ((each, each.data) for each in backup.activities if each.module == module)


def lessons_can_be_walked(backup: Backup) -> Iterator[str]:
    """The pages are a chain in their order, and every jump leads to a page or to what a lesson knows."""
    for lesson, data in of(backup, "lesson"):
        pages = list(data.iterfind("pages/page"))
        ids = [int(page.get("id")) for page in pages]
        if not pages:
            yield f"{lesson.folder} has no pages"
        for place, page in enumerate(pages):
            before = ids[place - 1] if place else 0
            after = ids[place + 1] if place + 1 < len(ids) else 0
            if (number(page, "prevpageid"), number(page, "nextpageid")) != (before, after):
                yield f"{lesson.folder}: page {ids[place]} is out of the chain"
            answers = list(page.iterfind("answers/answer"))
            if not answers:
                yield f"{lesson.folder}: nothing leads on from page {ids[place]}"
            if len(answers) > number(data, "maxanswers"):
                yield f"{lesson.folder}: page {ids[place]} has {len(answers)} answers, and {value(data, 'maxanswers')} are allowed"
            for answer in answers:
                jump = number(answer, "jumpto")
                if jump not in JUMPS and jump not in ids:
                    yield f"{lesson.folder}: page {ids[place]} jumps to {jump}"
                if number(page, "qtype") == BRANCH_TABLE and not value(answer, "answer_text").strip():
                    yield f"{lesson.folder}: page {ids[place]} has a button without words"
        activity = number(data, "activitylink")
        if activity and activity not in backup.by_cm:
            yield f"{lesson.folder} leads on to what is not there"


def quizzes_can_be_begun(backup: Backup) -> Iterator[str]:
    """Slots are numbered, on pages without a hole, have questions of the quiz, enough of them, and the marks add up."""
    entries = {int(each.get("id")): each for each in backup.root("questions.xml").iter("question_bank_entry")}
    categories = {int(each.get("id")): each for each in backup.root("questions.xml").iter("question_category")}
    for quiz, data in of(backup, "quiz"):
        slots = list(data.iterfind("question_instances/question_instance"))
        if [number(slot, "slot") for slot in slots] != list(range(1, len(slots) + 1)):
            yield f"{quiz.folder}: slots {[number(slot, 'slot') for slot in slots]}"
        pages = [number(slot, "page") for slot in slots]
        if pages and (pages[0] != 1 or any(after - before not in (0, 1) for before, after in pairwise(pages))):
            yield f"{quiz.folder}: pages {pages}"
        if abs(sum(float(value(slot, "maxmark")) for slot in slots) - float(value(data, "sumgrades"))) > 1e-4:
            yield f"{quiz.folder}: the marks of the slots are not {value(data, 'sumgrades')} together"
        firsts = [number(section, "firstslot") for section in data.iterfind("sections/section")]
        if firsts[:1] != [1] or firsts != sorted(set(firsts)) or (slots and firsts[-1] > len(slots)):
            yield f"{quiz.folder}: sections begin at {firsts}"
        yield from (f"{quiz.folder}: section {first} begins on no new page" for first in firsts[1:] if pages[first - 1] == pages[first - 2])
        grades = {int(each.get("id")) for each in data.iterfind("quiz_grade_items/quiz_grade_item")}
        drawn: Counter[tuple[int, bool]] = Counter()
        fixed: Counter[int] = Counter()
        for slot in slots:
            references = [*slot.iterfind("question_reference"), *slot.iterfind("question_set_reference")]
            if len(references) != 1:
                yield f"{quiz.folder}: slot {value(slot, 'slot')} has {len(references)} questions"
            grade = slot.findtext("quizgradeitemid")
            if grade and grade.isdigit() and int(grade) not in grades:
                yield f"{quiz.folder}: slot {value(slot, 'slot')} counts for no grade"
            for reference in references:
                if number(reference, "usingcontextid") != quiz.context:
                    yield f"{quiz.folder}: slot {value(slot, 'slot')} is used elsewhere"
                if (value(reference, "component"), value(reference, "questionarea")) != ("mod_quiz", "slot"):
                    yield f"{quiz.folder}: slot {value(slot, 'slot')} is no slot"
                if reference.tag == "question_reference":
                    entry = entries.get(number(reference, "questionbankentryid"))
                    fixed[number(reference, "questionbankentryid")] += 1
                    if entry is None or number(next(entry.iterancestors("question_category")), "contextid") != quiz.context:
                        yield f"{quiz.folder}: slot {value(slot, 'slot')} has no question of this quiz"
                    continue
                wanted = json.loads(value(reference, "filtercondition"))
                if set(wanted) != {"questioncategoryid", "includingsubcategories"}:
                    yield f"{quiz.folder}: slot {value(slot, 'slot')} draws in a way that Moodle 4.1 does not know"
                    continue
                category = int(wanted["questioncategoryid"])
                drawn[category, wanted["includingsubcategories"]] += 1
                if category not in categories or number(categories[category], "contextid") != quiz.context:
                    yield f"{quiz.folder}: slot {value(slot, 'slot')} draws from what is not there"
                if number(reference, "questionscontextid") != quiz.context:
                    yield f"{quiz.folder}: slot {value(slot, 'slot')} draws from another context"
        yield from (f"{quiz.folder}: question {entry} is asked {count} times" for entry, count in fixed.items() if count > 1)
        for (category, below), count in drawn.items():
            inside = [row for each, row in categories.items() if each == category or (below and category in _above(each, categories))]
            if sum(_pool(each, fixed) for each in inside) < count:
                yield f"{quiz.folder}: {count} questions are drawn from fewer"
        bands = [(float(value(each, "mingrade")), float(value(each, "maxgrade"))) for each in data.iterfind("feedbacks/feedback")]
        if bands and (bands[-1][0] != 0 or bands[0][1] <= float(value(data, "grade")) or any(a[0] != b[1] for a, b in pairwise(bands))):
            yield f"{quiz.folder}: feedback for {bands}"


def _above(category: int, categories: dict[int, Any]) -> Iterator[int]:
    """The categories that a category is in."""
    while category in categories and (category := number(categories[category], "parent")):
        yield category


def _pool(category: Any, fixed: Counter[int]) -> int:
    """How many questions of a category can be drawn: not parts of others, nor those that are asked anyway."""
    return sum(
        number(each, "question_version/question_versions/questions/question/parent") == 0 and int(each.get("id")) not in fixed
        for each in category.iterfind("question_bank_entries/question_bank_entry")
    )


def questions_have_a_place(backup: Backup) -> Iterator[str]:
    """One category is the top of each context; entries know theirs; stamps are unique; parts know the whole."""
    root = backup.root("questions.xml")
    categories = {int(each.get("id")): each for each in root.iterfind("question_category")}
    tops = Counter(number(each, "contextid") for each in categories.values() if number(each, "parent") == 0)
    for context in {number(each, "contextid") for each in categories.values()}:
        if tops[context] != 1:
            yield f"context {context} has {tops[context]} categories at the top"
    for each, category in categories.items():
        parent = number(category, "parent")
        if parent and (parent not in categories or value(categories[parent], "contextid") != value(category, "contextid")):
            yield f"category {each} is in none"
        for entry in category.iterfind("question_bank_entries/question_bank_entry"):
            if number(entry, "questioncategoryid") != each:
                yield f"entry {entry.get('id')} is in another category"
            if len(list(entry.iterfind("question_version/question_versions/questions/question"))) != 1:
                yield f"entry {entry.get('id')} has not one question"
    stamps = Counter(value(each, "stamp") for each in [*categories.values(), *backup.questions])
    yield from (f"stamp {stamp} comes {count} times" for stamp, count in stamps.items() if count > 1)
    idnumbers = Counter(
        (value(each, "questioncategoryid"), value(each, "idnumber")) for each in root.iter("question_bank_entry") if value(each, "idnumber")
    )
    yield from (f"idnumber {each} comes {count} times" for each, count in idnumbers.items() if count > 1)


def questions_can_be_answered(backup: Backup) -> Iterator[str]:
    """Each question has the data of its kind; what its data name is there; something earns everything."""
    questions = {int(each.get("id")): each for each in backup.questions}
    for each, question in questions.items():
        kind = value(question, "qtype")
        plugins = [child.tag for child in question if child.tag.startswith("plugin_qtype_")]
        if kind == "description":
            continue
        if plugins != [f"plugin_qtype_{kind}_question"]:
            yield f"question {each} is {kind} and has {plugins}"
            continue
        data = question.find(plugins[0])
        answers = {int(answer.get("id")): answer for answer in data.iterfind("answers/answer")}
        fractions = [float(value(answer, "fraction")) for answer in answers.values()]
        if kind in ("truefalse", "shortanswer", "numerical") and 1 not in fractions:
            yield f"question {each}: nothing is right"
        if kind == "multichoice":
            most = max(fractions) if value(data, "multichoice/single") == "1" else sum(share for share in fractions if share > 0)
            if abs(most - 1) > 1e-4:
                yield f"question {each}: the best answer earns {most}"
        if kind == "truefalse":
            named = {number(data, "truefalse/trueanswer"), number(data, "truefalse/falseanswer")}
            if named != set(answers):
                yield f"question {each}: true and false are answers {named}"
        if kind == "numerical":
            records = [number(record, "answer") for record in data.iterfind("numerical_records/numerical_record")]
            if sorted(records) != sorted(answers):
                yield f"question {each}: tolerances for {records}"
        if kind == "match" and sum(bool(value(pair, "questiontext")) for pair in data.iterfind("matches/match")) < 2:
            yield f"question {each} has fewer than two pairs"
        if kind == "multianswer":
            parts = [int(part) for part in value(data, "multianswer/sequence").split(",")]
            for place, part in enumerate(parts, 1):
                if part not in questions or number(questions[part], "parent") != each:
                    yield f"question {each}: part {part} is not its own"
                if f"{{#{place}}}" not in value(question, "questiontext"):
                    yield f"question {each}: its text lacks {{#{place}}}"
            marks = sum(float(value(questions[part], "defaultmark")) for part in parts if part in questions)
            if abs(marks - float(value(question, "defaultmark"))) > 1e-4:
                yield f"question {each} is worth {value(question, 'defaultmark')}, and its parts {marks}"
        parent = number(question, "parent")
        if parent and (parent not in questions or value(questions[parent], "qtype") != "multianswer"):
            yield f"question {each} is part of none"


def rubrics_can_be_used(backup: Backup) -> Iterator[str]:
    """Every criterion has a level worth nothing and a better one; what examples have was given on what is there."""
    for each in backup.activities:
        if backup.has(f"{each.folder}/grading.xml"):
            for definition in backup.root(f"{each.folder}/grading.xml").iterfind("area/definitions/definition"):
                if (value(definition, "method"), value(definition, "status")) != ("rubric", "20"):
                    yield f"{each.folder}: the rubric is not ready"
                yield from _levels(each, definition.findall(".//criterion"), "levels/level", "score")
    for workshop, data in of(backup, "workshop"):
        dimensions = list(data.iterfind("subplugin_workshopform_rubric_workshop/workshopform_rubric_dimension"))
        yield from _levels(workshop, dimensions, "workshopform_rubric_level", "grade")
        known = {row.get("id"): {float(value(level, "grade")) for level in row.iterfind("workshopform_rubric_level")} for row in dimensions}
        for assessment in data.iterfind("examplesubmissions/examplesubmission/referenceassessment"):
            given = {
                value(grade, "dimensionid"): float(value(grade, "grade")) for grade in assessment.iter("workshopform_rubric_referencegrade")
            }
            if set(given) != set(known) or any(points not in known[dimension] for dimension, points in given.items()):
                yield f"{workshop.folder}: the example is graded {given}"


def _levels(activity: Activity, criteria: list[Any], path: str, field: str) -> Iterator[str]:
    if not criteria:
        yield f"{activity.folder}: a rubric without criteria"
    for criterion in criteria:
        points = [float(value(level, field)) for level in criterion.iterfind(path)]
        if not points or min(points) != 0 or max(points) <= 0:
            yield f"{activity.folder}: criterion {criterion.get('id')} gives {points}"


def surveys_can_be_filled_in(backup: Backup) -> Iterator[str]:
    """Items are in order; one that depends on another comes after it and after a page break, and waits for an answer that exists."""
    for survey, data in of(backup, "feedback"):
        items = list(data.iterfind("items/item"))
        if [number(item, "position") for item in items] != list(range(1, len(items) + 1)):
            yield f"{survey.folder}: positions {[number(item, 'position') for item in items]}"
        ids = [int(item.get("id")) for item in items]
        for place, item in enumerate(items):
            if (value(item, "hasvalue") == "0") != (value(item, "typ") in ("label", "pagebreak")):
                yield f"{survey.folder}: item {ids[place]} has{'' if value(item, 'hasvalue') == '1' else ' no'} value"
            depends = number(item, "dependitem")
            if not depends:
                continue
            if depends not in ids[:place]:
                yield f"{survey.folder}: item {ids[place]} waits for what does not come before it"
                continue
            before = ids.index(depends)
            if not any(value(each, "typ") == "pagebreak" for each in items[before:place]):
                yield f"{survey.folder}: no page break before item {ids[place]}"
            presentation = value(items[before], "presentation").partition(">>>>>")[2].partition("<<<<<")[0]
            options = [option.rpartition("####")[2].strip() for option in presentation.replace("\r", "").split("|")]
            if value(item, "dependvalue").strip() not in options:
                yield f"{survey.folder}: item {ids[place]} waits for {value(item, 'dependvalue')[:40]!r}, of {options}"


def collections_have_their_fields(backup: Backup) -> Iterator[str]:
    """Names of fields are unique, templates name fields that are there, and the order is by one of them or by time."""
    for collection, data in of(backup, "data"):
        fields = {int(each.get("id")): value(each, "name") for each in data.iterfind("fields/field")}
        for name, count in Counter(fields.values()).items():
            if count > 1:
                yield f"{collection.folder}: {count} fields are called {name}"
        if not fields:
            yield f"{collection.folder} has no fields"
        sort = number(data, "defaultsort")
        if sort > 0 and sort not in fields:
            yield f"{collection.folder} is sorted by what is not there"
        for template in ("singletemplate", "listtemplate", "addtemplate"):
            words = value(data, template)
            for name in fields.values():
                if words and f"[[{name}]]" not in words and template == "addtemplate":
                    yield f"{collection.folder}: {template} has no place for {name}"


def packages_can_be_launched(backup: Backup) -> Iterator[str]:
    """The player is told what to open, and that is among the files; the package is there as it was uploaded."""
    for scorm, data in of(backup, "scorm"):
        scoes = {int(sco.get("id")): sco for sco in data.iterfind("scoes/sco")}
        launch = scoes.get(number(data, "launch"))
        files = {
            (row.area, f"{row.path}{row.name}".lstrip("/")): row for row in backup.rows if row.context == scorm.context
        }  # fmt: skip
        if launch is None or ("content", value(launch, "launch")) not in files:
            yield f"{scorm.folder} opens what is not there"
        package = files.get(("package", value(data, "reference")))
        if package is None or package.digest != value(data, "sha1hash"):
            yield f"{scorm.folder} has another package"
        if ("content", "imsmanifest.xml") not in files:
            yield f"{scorm.folder} has no manifest"


def files_open(backup: Backup) -> Iterator[str]:
    """A file to download has one main file."""
    for resource, _ in of(backup, "resource"):
        mains = [row for row in backup.rows if row.context == resource.context and row.area == "content" and row.sortorder == 1]
        if len(mains) != 1:
            yield f"{resource.folder} has {len(mains)} files to open"


CHECKS: tuple[Check, ...] = (
    lessons_can_be_walked, quizzes_can_be_begun, questions_have_a_place, questions_can_be_answered, rubrics_can_be_used,
    surveys_can_be_filled_in, collections_have_their_fields, packages_can_be_launched, files_open,
)  # fmt: skip
