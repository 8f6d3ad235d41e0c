"""Makes ``tests/backup_fields.json``: which fields the files of a Moodle backup have, and what the columns behind them hold.

It needs backups that are known to restore, as made by Moodle or by hand and tried, and Moodle's own code, for its ``install.xml``:

    python tests/make_backup_fields.py MOODLE/public BACKUP.mbz … > tests/backup_fields.json

The table is facts alone: for each kind of file, for each element (named with the one around it), its attributes, its fields and the
elements in it. A field says ``int``, ``number``, ``char N`` or ``text``, and then

    required   the column must have a value, and has no default: without the field, a restore stops
    filled     the column must have a value, and has a default
    nullable   the column may have none

``plain`` is a field that is no column, ``plain required`` one that every such element of the backups has, ``nested`` an element that holds
others. Of columns that hold 1,333 characters since Moodle 5, the 255 of older releases are told; of a course's name, 254.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from lxml import etree

TABLES = {
    "course": "course",
    "section": "course_sections",
    "module": "course_modules",
    "files/file": "files",
    "fields/field": "data_fields",
    "items/item": "feedback_item",
    "pages/page": "lesson_pages",
    "chapters/chapter": "book_chapters",
    "plugin_configs/plugin_config": "assign_plugin_config",
    "scoes/sco": "scorm_scoes",
    "sco_datas/sco_data": "scorm_scoes_data",
    "question_instances/question_instance": "quiz_slots",
    "question_instance/question_reference": "question_references",
    "question_instance/question_set_reference": "question_set_references",
    "quiz_grade_items/quiz_grade_item": "quiz_grade_items",
    "sections/section": "quiz_sections",
    "feedbacks/feedback": "quiz_feedback",
    "examplesubmissions/examplesubmission": "workshop_submissions",
    "examplesubmission/referenceassessment": "workshop_assessments",
    "subplugin_workshopform_rubric_workshop/workshopform_rubric_config": "workshopform_rubric_config",
    "subplugin_workshopform_rubric_workshop/workshopform_rubric_dimension": "workshopform_rubric",
    "workshopform_rubric_dimension/workshopform_rubric_level": "workshopform_rubric_levels",
    "subplugin_workshopform_rubric_referenceassessment/workshopform_rubric_referencegrade": "workshop_grades",
    "subplugin_workshopeval_best_workshop/workshopeval_best_settings": "workshopeval_best_settings",
    "areas/area": "grading_areas",
    "definitions/definition": "grading_definitions",
    "criteria/criterion": "gradingform_rubric_criteria",
    "levels/level": "gradingform_rubric_levels",
    "grade_items/grade_item": "grade_items",
    "grade_categories/grade_category": "grade_categories",
    "grade_settings/grade_setting": "grade_settings",
    "badges/badge": "badge",
    "parameters/parameter": "badge_criteria_param",
    "course_completion/course_completion_criteria": "course_completion_criteria",
    "course_completion/course_completion_aggr_methd": "course_completion_aggr_methd",
    "question_categories/question_category": "question_categories",
    "question_bank_entries/question_bank_entry": "question_bank_entries",
    "question_version/question_versions": "question_versions",
    "questions/question": "question",
    "question_hints/question_hint": "question_hints",
    "plugin_qtype_multichoice_question/multichoice": "qtype_multichoice_options",
    "plugin_qtype_truefalse_question/truefalse": "question_truefalse",
    "plugin_qtype_shortanswer_question/shortanswer": "qtype_shortanswer_options",
    "numerical_options/numerical_option": "question_numerical_options",
    "numerical_records/numerical_record": "question_numerical",
    "plugin_qtype_match_question/matchoptions": "qtype_match_options",
    "matches/match": "qtype_match_subquestions",
    "plugin_qtype_essay_question/essay": "qtype_essay_options",
    "plugin_qtype_ddwtos_question/ddwtos": "question_ddwtos",
    "plugin_qtype_gapselect_question/gapselect": "question_gapselect",
    "plugin_qtype_multianswer_question/multianswer": "question_multianswer",
    "plugin_qtype_ordering_question/ordering": "qtype_ordering_options",
}
"""The table of the database behind an element. Those of activities are called as the element is."""
OF_FILE = {
    ("lesson", "answers/answer"): "lesson_answers",
    ("questions", "answers/answer"): "question_answers",
    ("badges", "criteria/criterion"): "badge_criteria",
}
"""The same where what an element is depends on the file."""
RENAMED = {"answer_text": "answer", "answertext": "answer", "attempts_number": "attempts"}
"""Fields that are called otherwise than their column."""
BEFORE_MOODLE_5 = {("course", "fullname"): 254}
OF_RESTORER = {("badge", "usercreated"), ("badge", "usermodified")}
"""Columns that a restore fills by itself where the backup says nothing."""
EMPTY_LISTS = frozenset(["attempts", "grade_letters", "ratings", "role_overrides", "role_assignments", "groupings", "user_competencies",
                         "attributes", "aliases"])  # fmt: skip
"""Elements that hold rows, in backups that have none of these."""
USERS = ("users.xml", "course/enrolments.xml")
"""Files that a backup without users does not have."""
LONGEST_BEFORE = 255
LONGEST_SINCE = 1333


def kind(name: str) -> str:
    """A file's name without numbers; files that activities of every kind have stand under ``*``."""
    name = re.sub(r"_\d+/", "/", name)
    own = re.fullmatch(r"activities/(\w+)/\1\.xml", name)
    return name if own else re.sub(r"^activities/\w+/", "activities/*/", name)


def columns(moodle: Path) -> dict[str, dict[str, str]]:
    """For each table of Moodle what its columns hold."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(moodle.glob("**/db/install.xml")):
        for table in etree.parse(file).iter("TABLE"):
            name = str(table.get("NAME"))
            found[name] = {
                str(field.get("NAME")): _column(name, field) for field in table.iter("FIELD") if field.get("SEQUENCE", "false") == "false"
            }
    return found


def _column(table: str, field: Any) -> str:
    kind_ = field.get("TYPE")
    length = int(field.get("LENGTH") or 0)
    length = BEFORE_MOODLE_5.get((table, field.get("NAME")), LONGEST_BEFORE if length == LONGEST_SINCE else length)
    said = f"char {length}" if kind_ == "char" else {"int": "int", "number": "number", "float": "number"}.get(kind_, "text")
    if field.get("NOTNULL") != "true" or (table, field.get("NAME")) in OF_RESTORER:
        return f"{said} nullable"
    return f"{said} {'required' if field.get('DEFAULT') is None else 'filled'}"


def facts(moodle: Path, backups: list[Path]) -> dict[str, dict[str, dict[str, str]]]:
    """The table."""
    seen: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for backup in backups:
        with zipfile.ZipFile(backup) as archive:
            for name in archive.namelist():
                if not name.endswith(".xml") or name in USERS:
                    continue
                for element in etree.fromstring(archive.read(name)).iter():
                    seen[kind(name)][_key(element)].append(element)
    known = columns(moodle)
    out: dict[str, dict[str, dict[str, str]]] = {}
    for name in sorted(seen):
        out[name] = {}
        for key, elements in seen[name].items():
            if any(len(each) for each in elements):
                out[name][key] = _fields(name, key, elements, known)
    return out


def _key(element: Any) -> str:
    around = element.getparent()
    return element.tag if around is None else f"{around.tag}/{element.tag}"


def _fields(file: str, key: str, elements: list[Any], known: dict[str, dict[str, str]]) -> dict[str, str]:
    stem = file.rpartition("/")[2].removesuffix(".xml")
    table = OF_FILE.get((stem, key), TABLES.get(key, key.rpartition("/")[2] if key.startswith("activity/") else ""))
    assert not table or table in known, (file, key, table)
    found = {f"@{name}": "attribute" for each in elements for name in each.attrib}
    for tag in dict.fromkeys(child.tag for each in elements for child in each):
        held = [child for each in elements for child in each if child.tag == tag]
        always = all(each.find(tag) is not None for each in elements)
        of_table = known.get(table, {})
        column = of_table.get(tag, of_table.get(RENAMED.get(tag, tag)))
        if (
            tag in EMPTY_LISTS
            or any(len(child) for child in held)
            or (table and not column and not any((child.text or "").strip() for child in held))
        ):
            found[tag] = "nested"
        elif column:
            found[tag] = column if always else column.replace("required", "filled")
        else:
            found[tag] = "plain required" if always else "plain"
    return dict(sorted(found.items()))


if __name__ == "__main__":
    table = facts(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
    lines = ",\n".join(
        f" {json.dumps(file)}: {{\n" + ",\n".join(f"  {json.dumps(key)}: {json.dumps(fields)}" for key, fields in elements.items()) + "\n }"
        for file, elements in table.items()
    )
    print(f"{{\n{lines}\n}}")
