"""What is wrong with a Moodle backup as a whole: whether everything that names something else names what is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from backup import Activity, Backup, number, value
from backup_shape import Check

ACTIVITY_FILES = ("module.xml", "roles.xml", "grades.xml", "inforef.xml")
MORE_FILES = ("competencies.xml", "grading.xml")
COURSE_FILES = ("course.xml", "roles.xml", "inforef.xml", "competencies.xml")
ROOT_FILES = ("badges.xml", "completion.xml", "files.xml", "gradebook.xml", "groups.xml", "moodle_backup.xml", "outcomes.xml",
              "questions.xml", "roles.xml", "scales.xml")  # fmt: skip
BY_HAND, AUTOMATIC = "1", "2"
_ACTIVITY_CRITERION = 4


def contents_are_the_folders(backup: Backup) -> Iterator[str]:
    """Every folder and file is announced, every announced one is there, and every one has its settings."""
    expected = {f"{each.folder}/{name}" for each in backup.activities for name in (*ACTIVITY_FILES, f"{each.module}.xml")}
    expected |= {f"{each.folder}/{name}" for each in backup.sections for name in ("section.xml", "inforef.xml")}
    optional = {f"{each.folder}/{name}" for each in backup.activities for name in MORE_FILES}
    optional |= {f"course/{name}" for name in COURSE_FILES} | set(ROOT_FILES)
    there = {name for name in backup.files if not name.startswith("files/")}
    yield from (f"there is no {name}" for name in sorted(expected - there))
    yield from (f"nothing announces {name}" for name in sorted(there - expected - optional))
    settings: dict[tuple[str, str | None], set[tuple[str, str]]] = {
        (value(each, "level"), each.findtext("section") or each.findtext("activity")): set()
        for each in backup.information.iterfind("settings/setting")
    }
    for each in backup.information.iterfind("settings/setting"):
        level, of = value(each, "level"), each.findtext("section") or each.findtext("activity")
        settings[level, of].add((value(each, "name"), value(each, "value")))
    wanted = {("activity", each.folder.partition("/")[2]) for each in backup.activities}
    wanted |= {("section", each.folder.partition("/")[2]) for each in backup.sections}
    for level, of in wanted | (settings.keys() - {("root", None)}):
        if (level, of) not in wanted:
            yield f"settings for {level} {of}, which is not there"
        elif settings.get((level, of)) != {(f"{of}_included", "1"), (f"{of}_userinfo", "0")}:
            yield f"{level} {of}: settings {settings.get((level, of))}"


def names_agree(backup: Backup) -> Iterator[str]:
    """The contents say what the folders say: kinds, sections and ids."""
    listed = list(backup.information.iterfind("contents/activities/activity"))
    for activity, entry in zip(backup.activities, listed, strict=True):
        root = backup.root(f"{activity.folder}/{activity.module}.xml")
        facts = {
            "kind": {activity.module, value(entry, "modulename"), root.get("modulename"), value(activity.course_module, "modulename")},
            "course module": {
                activity.cm, number(entry, "moduleid"), int(activity.course_module.get("id")), int(activity.folder.rpartition("_")[2]),
            },
            "instance": {activity.instance, int(activity.data.get("id"))},
            "section": {number(entry, "sectionid"), number(activity.course_module, "sectionid")},
        }  # fmt: skip
        yield from (f"{activity.folder}: {fact} {sorted(map(str, said))}" for fact, said in facts.items() if len(said) > 1)
    for section, entry in zip(backup.sections, backup.information.iterfind("contents/sections/section"), strict=True):
        if {section.id} != {number(entry, "sectionid"), int(section.folder.rpartition("_")[2])}:
            yield f"{section.folder}: another id"
    course = backup.root("course/course.xml")
    information = backup.information
    if {course.get("id")} != {value(information, "original_course_id"), value(information, "contents/course/courseid")}:
        yield "the course has several ids"
    if course.get("contextid") != value(information, "original_course_contextid"):
        yield "the course has several contexts"
    for field in ("fullname", "shortname"):
        if value(course, field) != value(information, f"original_course_{field}"):
            yield f"the course has several names ({field})"


def sections_hold_the_activities(backup: Backup) -> Iterator[str]:
    """Sections are numbered from 0; each activity is in the order of one."""
    numbers = [number(section.root, "number") for section in backup.sections]
    if numbers != list(range(len(numbers))):
        yield f"sections are numbered {numbers}"
    there = Counter(cm for section in backup.sections for cm in section.sequence)
    yield from (f"course module {cm} is in the orders {count} times" for cm, count in there.items() if count > 1)
    yield from (f"{each.folder} is in no order" for each in backup.activities if each.cm not in there)
    yield from (f"an order has course module {cm}, which is not there" for cm in there if cm not in backup.by_cm)
    for section in backup.sections:
        for cm in section.sequence:
            row = backup.by_cm[cm].course_module if cm in backup.by_cm else None
            if row is not None and (number(row, "sectionid"), number(row, "sectionnumber")) != (section.id, number(section.root, "number")):
                yield f"course module {cm} says that it is in another section"


def references_are_complete(backup: Backup) -> Iterator[str]:
    """Each folder names the files, grades and categories of questions that are its own: those alone are restored with it."""
    course = int(backup.root("course/course.xml").get("contextid"))
    wanted: dict[str, dict[str, set[int]]] = {"course": {"file": set()}}
    wanted |= {section.folder: {"file": set()} for section in backup.sections}
    folders = {section.id: section.folder for section in backup.sections}
    by_context = {each.context: each for each in backup.activities}
    for row in backup.rows:
        if row.context == course:
            owner = folders.get(row.item, "") if (row.component, row.area) == ("course", "section") else "course"
        elif row.context in by_context:
            owner = "" if row.component == "question" or row.component.startswith("qtype_") else by_context[row.context].folder
            if not owner:
                continue
        else:
            owner = ""
        if not owner:
            yield f"file {row.id} belongs to nothing: {row}"
            continue
        wanted.setdefault(owner, {}).setdefault("file", set()).add(row.id)
    for each in backup.activities:
        wanted.setdefault(each.folder, {})["grade_item"] = {int(item.get("id")) for item in backup.items(each)}
    for category in backup.root("questions.xml").iterfind("question_category"):
        owner_ = by_context.get(number(category, "contextid"))
        if owner_ is None or number(category, "contextlevel") != 70 or number(category, "contextinstanceid") != owner_.cm:
            yield f"category of questions {category.get('id')} is in no activity"
        else:
            wanted[owner_.folder].setdefault("question_category", set()).add(int(category.get("id")))
    for folder, things in wanted.items():
        named = backup.references(folder)
        for what in things.keys() | named.keys():
            said = named.get(what, [])
            if len(said) != len(set(said)):
                yield f"{folder} names a {what} twice"
            for missing in things.get(what, set()) - set(said):
                yield f"{folder} does not name {what} {missing}"
            for strange in set(said) - things.get(what, set()):
                yield f"{folder} names {what} {strange}, which is not its own"


def completion_can_be_reached(backup: Backup) -> Iterator[str]:
    """A course is completed by what learners see and Moodle can tell to be done; and rules about grades have a grade."""
    for each in backup.activities:
        row = each.course_module
        completion, item = value(row, "completion"), value(row, "completiongradeitemnumber")
        ruled = item != "" or value(row, "completionview") == "1" or own_rule(each)
        if (completion == AUTOMATIC) != ruled:
            yield f"{each.folder}: completion {completion}, and its rules say {ruled}"
        if item and item not in [value(grade, "itemnumber") for grade in backup.items(each)]:
            yield f"{each.folder}: completion asks for grade {item}, which is not there"
        if value(row, "completionpassgrade") == "1" and not any(float(value(grade, "gradepass")) for grade in backup.items(each)):
            yield f"{each.folder}: completion asks for a grade to pass, and there is none"
        if value(row, "visible") == "0" and completion != "0":
            yield f"{each.folder}: completion of what nobody sees"
    if not backup.has("completion.xml"):
        return
    for criterion in backup.root("completion.xml").iterfind("course_completion_criteria"):
        if number(criterion, "criteriatype") != _ACTIVITY_CRITERION:
            yield f"completion: criterion of type {value(criterion, 'criteriatype')}"
            continue
        cm = backup.by_cm.get(number(criterion, "moduleinstance"))
        if cm is None or cm.module != value(criterion, "module"):
            yield f"completion: criterion {criterion.get('id')} names an activity that is not there"
        elif value(cm.course_module, "completion") == "0":
            yield f"completion: {cm.folder} cannot be completed"
    for row in backup.root("completion.xml"):
        if value(row, "course") != backup.root("course/course.xml").get("id"):
            yield f"completion: {row.tag} {row.get('id')} is of another course"


OWN_RULES = {
    "assign": ("completionsubmit",), "data": ("completionentries",), "feedback": ("completionsubmit",),
    "forum": ("completiondiscussions", "completionreplies", "completionposts"), "lesson": ("completionendreached", "completiontimespent"),
    "quiz": ("completionminattempts",), "scorm": ("completionstatusrequired", "completionscorerequired", "completionstatusallscos"),
}  # fmt: skip
"""Rules of completion that modules have in their own columns."""


def own_rule(activity: Activity) -> bool:
    """Whether a rule of the module itself is set."""
    return any(value(activity.data, field) not in ("", "0") for field in OWN_RULES.get(activity.module, ()))


def conditions_name_what_is_there(backup: Backup) -> Iterator[str]:
    """Conditions of access are JSON that Moodle reads, and what they wait for can happen."""
    for folder, said in [
        *((each.folder, value(each.course_module, "availability")) for each in backup.activities),
        *((section.folder, value(section.root, "availabilityjson")) for section in backup.sections),
    ]:
        if not said:
            continue
        found = json.loads(said)
        if found.get("op") != "&" or len(found.get("showc", [])) != len(found.get("c", [])):
            yield f"{folder}: a condition that Moodle does not read: {said}"
        for each in found["c"]:
            cm = backup.by_cm.get(each.get("cm"))
            if cm is None or each["type"] != "completion" or each["e"] not in (1, 2):
                yield f"{folder}: waits for what is not there: {each}"
            elif value(cm.course_module, "completion") == "0" or value(cm.course_module, "visible") == "0":
                yield f"{folder}: waits for {cm.folder}, which cannot be completed"


def gradebook_holds_together(backup: Backup) -> Iterator[str]:
    """One category is the course; each other one is in it and has its item; each grade is in a category and counts."""
    if not backup.has("gradebook.xml"):
        if any(backup.items(each) for each in backup.activities):
            yield "there are grades and no gradebook"
        return
    root = backup.root("gradebook.xml")
    categories = {int(each.get("id")): each for each in root.iterfind("grade_categories/grade_category")}
    tops = [each for each, row in categories.items() if not value(row, "parent")]
    if len(tops) != 1:
        yield f"{len(tops)} categories are the course"
    for each, row in categories.items():
        parent = value(row, "parent")
        path = f"/{parent}/{each}/" if parent else f"/{each}/"
        if (value(row, "path"), number(row, "depth")) != (path, path.count("/") - 1) or (parent and int(parent) not in tops):
            yield f"category of grades {each} is in the wrong place"
    of_categories: Counter[int] = Counter()
    places = []
    for item in root.iterfind("grade_items/grade_item"):
        places.append(number(item, "sortorder"))
        if value(item, "itemtype") == "category":
            of_categories[number(item, "iteminstance")] += 1
        elif value(item, "itemtype") != "course" or value(item, "iteminstance") != backup.root("course/course.xml").get("id"):
            yield f"gradebook: item {item.get('id')} belongs to nothing"
        if float(value(item, "aggregationcoef")) < 0:
            yield f"gradebook: item {item.get('id')} has a weight below 0"
    if of_categories != Counter(each for each in categories if each not in tops):
        yield f"gradebook: items of categories {dict(of_categories)}"
    if len(places) != len(set(places)):
        yield "gradebook: two items in one place"
    used = set(tops)
    for activity in backup.activities:
        numbers = []
        for item in backup.items(activity):
            numbers.append(number(item, "itemnumber"))
            category = value(item, "categoryid")
            used.add(int(category or 0))
            if not category or int(category) not in categories:
                yield f"{activity.folder}: its grade is in category {category or 'none'}, which is not there"
            if (value(item, "itemtype"), value(item, "itemmodule"), number(item, "iteminstance")) != (
                "mod",
                activity.module,
                activity.instance,
            ):
                yield f"{activity.folder}: its grade belongs to another activity"
            # In a weighted mean 0 means that a grade is shown and does not count, as that of a rating of one's own lesson.
            ident = value(backup.root(f"{activity.folder}/module.xml"), "idnumber") or ""
            weight = float(value(item, "aggregationcoef"))
            if weight < 0 or (weight == 0 and not ident.endswith("--hand-in") and activity.module != "scorm"):
                yield f"{activity.folder}: its grade has the weight {weight}"
            if not 0 <= float(value(item, "gradepass")) <= float(value(item, "grademax")):
                yield f"{activity.folder}: {value(item, 'gradepass')} of {value(item, 'grademax')} to pass"
        if len(numbers) != len(set(numbers)):
            yield f"{activity.folder}: two grades of one number"
    yield from (f"category of grades {each} is empty" for each in categories.keys() - used)


def badge_is_of_this_course(backup: Backup) -> Iterator[str]:
    """The badge is for this course, and has its pictures."""
    if not backup.has("badges.xml"):
        return
    course = backup.root("course/course.xml").get("id")
    for badge in backup.root("badges.xml").iterfind("badge"):
        if value(badge, "courseid") != course:
            yield "the badge is of another course"
        kinds = [value(each, "criteriatype") for each in badge.iterfind("criteria/criterion")]
        if kinds[:1] != ["0"] or len(kinds) < 2:
            yield f"the badge has criteria {kinds}"
        for criterion in badge.iterfind("criteria/criterion"):
            if value(criterion, "badgeid") != badge.get("id"):
                yield "a criterion is of another badge"
            for parameter in criterion.iterfind("parameters/parameter"):
                if (value(parameter, "name"), value(parameter, "value")) != (f"course_{course}", course):
                    yield "the badge is for what is not this course"
                if value(parameter, "critid") != criterion.get("id"):
                    yield "a parameter is of another criterion"
        pictures = {
            row.name for row in backup.rows if (row.component, row.area, row.item) == ("badges", "badgeimage", int(badge.get("id")))
        }
        if pictures != {"f1.png", "f2.png", "f3.png"}:
            yield f"the badge has pictures {sorted(pictures)}"


def competencies_are_of_the_course(backup: Backup) -> Iterator[str]:
    """What an activity works towards, the course works towards."""

    def named(root: Any) -> list[tuple[str, str]]:
        return [(value(each, "frameworkidnumber"), value(each, "idnumber")) for each in root.iterfind("competencies/competency")]

    of_course = named(backup.root("course/competencies.xml")) if backup.has("course/competencies.xml") else []
    if len(of_course) != len(set(of_course)):
        yield "a competence comes twice"
    for each in backup.activities:
        if backup.has(f"{each.folder}/competencies.xml"):
            own = named(backup.root(f"{each.folder}/competencies.xml"))
            if not own or len(own) != len(set(own)) or not set(own) <= set(of_course):
                yield f"{each.folder}: competences {own}"


CHECKS: tuple[Check, ...] = (
    contents_are_the_folders, names_agree, sections_hold_the_activities, references_are_complete, completion_can_be_reached,
    conditions_name_what_is_there, gradebook_holds_together, badge_is_of_this_course, competencies_are_of_the_course,
)  # fmt: skip
