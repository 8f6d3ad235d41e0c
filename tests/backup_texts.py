"""What is wrong with the texts of a Moodle backup: files that are not there, links to nothing, files that nothing shows.

Which fields are texts, where their files belong, and in which of them links get new numbers is what Moodle's restore code says
(``define_decode_contents``, ``add_related_files`` and ``send_files_to_pool``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from backup import FILE, LINK, NULL, Backup, Row
from backup_shape import Check, key
from make_backup_fields import kind


class Text(NamedTuple):
    """A field that is HTML: whose files are where, and whether its links are found."""

    component: str
    area: str
    item: str = "0"
    """``0``, ``id`` of the row, or ``question``: the id of the question around it."""
    linked: bool = True


_COMBINED = {name: Text("question", name, "question") for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")}
_INTRO = ("assign", "book", "data", "feedback", "forum", "lesson", "page", "quiz", "resource", "scorm", "url", "workshop")
TEXTS: dict[tuple[str, str], dict[str, Text]] = {
    **{(module, f"activity/{module}"): {"intro": Text(f"mod_{module}", "intro")} for module in _INTRO},
    ("book", "chapters/chapter"): {"content": Text("mod_book", "chapter", "id")},
    ("feedback", "items/item"): {"presentation": Text("mod_feedback", "item", "id")},
    ("lesson", "pages/page"): {"contents": Text("mod_lesson", "page_contents", "id")},
    ("lesson", "answers/answer"): {
        "answer_text": Text("mod_lesson", "page_answers", "id"),
        "response": Text("mod_lesson", "page_responses", "id"),
    },
    ("quiz", "feedbacks/feedback"): {"feedbacktext": Text("mod_quiz", "feedback", "id")},
    ("workshop", "examplesubmissions/examplesubmission"): {"content": Text("mod_workshop", "submission_content", "id", linked=False)},
    ("workshop", "examplesubmission/referenceassessment"): {
        "feedbackauthor": Text("mod_workshop", "overallfeedback_content", "id", linked=False)
    },
    ("workshop", "subplugin_workshopform_rubric_workshop/workshopform_rubric_dimension"): {
        "description": Text("workshopform_rubric", "description", "id", linked=False)
    },
    ("grading", "definitions/definition"): {"description": Text("grading", "description", "id", linked=False)},
    ("course", "course"): {"summary": Text("course", "summary")},
    ("section", "section"): {"summary": Text("course", "section", "id")},
    ("questions", "questions/question"): {
        "questiontext": Text("question", "questiontext", "id"),
        "generalfeedback": Text("question", "generalfeedback", "id"),
    },
    ("questions", "answers/answer"): {
        "answertext": Text("question", "answer", "id"),
        "feedback": Text("question", "answerfeedback", "id"),
    },
    ("questions", "question_hints/question_hint"): {"hint": Text("question", "hint", "id")},
    ("questions", "matches/match"): {"questiontext": Text("qtype_match", "subquestion", "id")},
    ("questions", "plugin_qtype_essay_question/essay"): {"graderinfo": Text("qtype_essay", "graderinfo", "question")},
    ("questions", "plugin_qtype_multichoice_question/multichoice"): _COMBINED,
    ("questions", "plugin_qtype_match_question/matchoptions"): _COMBINED,
    ("questions", "plugin_qtype_ddwtos_question/ddwtos"): _COMBINED,
    ("questions", "plugin_qtype_gapselect_question/gapselect"): _COMBINED,
    ("questions", "plugin_qtype_ordering_question/ordering"): {
        name: text._replace(linked=False) for name, text in _COMBINED.items()
    },
}  # fmt: skip
TEXTS["page", "activity/page"]["content"] = Text("mod_page", "content")
TEXTS["feedback", "activity/feedback"]["page_after_submit"] = Text("mod_feedback", "page_after_submit")
TEXTS["assign", "activity/assign"]["activity"] = Text("mod_assign", "activityattachment", linked=False)
for _name in ("instructauthors", "instructreviewers", "conclusion"):
    TEXTS["workshop", "activity/workshop"][_name] = Text("mod_workshop", _name)
DECODED = {
    ("data", "activity/data"): ("singletemplate", "listtemplate", "listtemplateheader", "listtemplatefooter", "addtemplate"),
    ("data", "fields/field"): ("description", *(f"param{number}" for number in range(1, 11))),
    ("url", "activity/url"): ("externalurl",),
}
"""Further fields in which Moodle looks for links."""
LOOSE = {
    ("mod_resource", "content"), ("mod_scorm", "content"), ("mod_scorm", "package"), ("course", "overviewfiles"), ("badges", "badgeimage"),
    ("mod_assign", "introattachment"),
}  # fmt: skip
"""Areas whose files no text has to show."""
VIEWS = {
    "ASSIGNVIEWBYID": "assign", "BOOKVIEWBYID": "book", "BOOKVIEWBYIDCH": "book", "DATAVIEWBYID": "data", "FEEDBACKVIEWBYID": "feedback",
    "FORUMVIEWBYID": "forum", "LESSONVIEWBYID": "lesson", "LESSONVIEWPAGE": "lesson", "PAGEVIEWBYID": "page", "QUIZVIEWBYID": "quiz",
    "RESOURCEVIEWBYID": "resource", "SCORMVIEWBYID": "scorm", "URLVIEWBYID": "url", "WORKSHOPVIEWBYID": "workshop",
}  # fmt: skip
OF_COURSE = ("COURSEVIEWBYID", "GRADEINDEXBYID", "BADGESVIEWBYID")
PARTS = {"BOOKVIEWBYIDCH": "chapters/chapter", "LESSONVIEWPAGE": "pages/page"}
_SHOWN = re.compile(re.escape(FILE) + r"""([^"'\s<>]*)""")


def texts(backup: Backup) -> Iterator[tuple[str, Any, str, Text, int, int]]:
    """Every text, as (file, element, words, facts, context, item)."""
    contexts = {each.folder: each.context for each in backup.activities}
    of_course = int(backup.root("course/course.xml").get("contextid"))
    for name, root in backup.roots.items():
        stem = kind(name).rpartition("/")[2].removesuffix(".xml")
        for element in root.iter():
            fields = TEXTS.get((stem, key(element)), {})
            for field, facts in fields.items():
                if words := element.findtext(field):
                    context = contexts.get(name.rpartition("/")[0], of_course)
                    if stem == "questions":
                        context = int(next(element.iterancestors("question_category")).findtext("contextid"))
                    item = next(element.iterancestors("question")).get("id") if facts.item == "question" else element.get("id")
                    yield name, element.find(field), words, facts, context, 0 if facts.item == "0" else int(item)


def files_are_shown(backup: Backup) -> Iterator[str]:
    """Every address of a file in a text has its row, and every row of a text is shown there."""
    rows: dict[tuple[int, str, str, int, str], Row] = {
        (row.context, row.component, row.area, row.item, f"{row.path}{row.name}"): row for row in backup.rows
    }
    shown = set()
    for name, element, words, facts, context, item in texts(backup):
        for address in _SHOWN.findall(words):
            place = (context, facts.component, facts.area, item, unquote(address))
            shown.add(place)
            if place not in rows:
                yield f"{name}: {key(element)}: no file for {address}"
    for place, row in rows.items():
        if place not in shown and (row.component, row.area) not in LOOSE:
            yield f"nothing shows the file {row.path}{row.name} of {row.component}/{row.area}/{row.item}"


def files_are_what_they_say(backup: Backup) -> Iterator[str]:
    """Each row has its content, of its SHA-1 and size; each content a row; no two rows are one file."""
    contents = {name for name in backup.files if name.startswith("files/")}
    for row in backup.rows:
        name = f"files/{row.digest[:2]}/{row.digest}"
        contents.discard(name)
        if not backup.has(name):
            yield f"no content for {row.name}"
            continue
        found = backup.files[name]
        if hashlib.sha1(found, usedforsecurity=False).hexdigest() != row.digest or len(found) != row.size:
            yield f"{row.name} has another content"
        if not row.path.startswith("/") or not row.path.endswith("/") or not row.name or row.name == ".":
            yield f"{row.path}{row.name} is no name"
    yield from (f"no row for {name}" for name in sorted(contents))
    places = Counter((row.context, row.component, row.area, row.item, row.path, row.name) for row in backup.rows)
    yield from (f"{count} files are {place}" for place, count in places.items() if count > 1)


def links_lead_somewhere(backup: Backup) -> Iterator[str]:
    """Every ``$@`` is "nothing", or a link to what is there in a text in which Moodle looks for links."""
    course = backup.root("course/course.xml").get("id")
    for name, element in backup.scalars():
        words = element.text or ""
        if "$@" not in words or words == NULL:
            continue
        stem, row = kind(name).rpartition("/")[2].removesuffix(".xml"), key(element.getparent())
        facts = TEXTS.get((stem, row), {}).get(element.tag)
        linked = facts.linked if facts else element.tag in DECODED.get((stem, row), ())
        links = list(LINK.finditer(words))
        if len(links) != words.count("$@"):
            yield f"{name}: {key(element)}: a $@ that is no link: {words[words.index('$@') :][:60]}"
        for link in links:
            view, target, part = link.groups()
            if not linked:
                yield f"{name}: {key(element)}: {link[0]} would stay as it is"
            elif view in OF_COURSE:
                if target != course:
                    yield f"{name}: {key(element)}: {link[0]} leads to another course"
            else:
                cm = backup.by_cm.get(int(target))
                if cm is None or VIEWS.get(view) != cm.module:
                    yield f"{name}: {key(element)}: {link[0]} leads nowhere"
                elif (view in PARTS) != bool(part) or (part and part not in [each.get("id") for each in cm.data.iterfind(PARTS[view])]):
                    yield f"{name}: {key(element)}: {link[0]} leads to no part of it"


CHECKS: tuple[Check, ...] = (files_are_shown, files_are_what_they_say, links_lead_somewhere)
