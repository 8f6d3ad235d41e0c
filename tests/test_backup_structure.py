"""Moodle backups, opened without Moodle: every field is known, every reference leads somewhere, the same course has the same bytes.

What is looked for stands in ``backup_shape``, ``backup_whole``, ``backup_texts`` and ``backup_activities``; the fields and columns in
``backup_fields.json``, which ``make_backup_fields.py`` has made from backups that are known to restore.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import backup_activities
import backup_shape
import backup_texts
import backup_whole
import pytest
from backup import Backup
from everything import everything
from generate import generate, generate_questions
from kinds import KIND_FILES
from lxml import etree
from packages import MODULES
from questions import HOSTILE
from samples import write_course
from works import WORK_FILES

from coursegen.archive import write_zip
from coursegen.model import Completion, Course, Element, Identifier, Page, Plain, Rich
from coursegen.readers.source import read
from coursegen.render.templates import Templates
from coursegen.writers import FORMATS

CHECKS = (*backup_shape.CHECKS, *backup_whole.CHECKS, *backup_texts.CHECKS, *backup_activities.CHECKS)
LIKE_MOODLE = (
    "$@NULL@$",
    "$@PAGEVIEWBYID*5@$",
    "$@FILEPHP@$ in words that are longer than 32 letters",
    "||####>>>>>a<<<<<1",
    "[[Field]] ##more##",
)
"""Words that mean something in a backup, or in what Moodle keeps."""
BARE = ("0", "$@NULL@$")
"""Words that must stand alone to be what they are."""


def built(course: Course, folder: Path, name: str = "moodle-backup") -> Backup:
    """The backup of a course, read back from a zip."""
    file = folder / "course.mbz"
    entry = FORMATS[name]
    write_zip(file, entry.entries(course, Templates(course, None), None), entry.first)
    return Backup.open(file)


def faults(backup: Backup) -> list[str]:
    """All that is wrong with a backup."""
    return [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(backup)]


def written(folder: Path, *files: dict[str, Any]) -> Course:
    """The sample course with other files."""
    folder.mkdir()
    changes: dict[str, Any] = {}
    for each in files:
        changes |= each
    for path, content in changes.items():
        if isinstance(content, bytes):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    source = write_course(folder, {path: content for path, content in changes.items() if not isinstance(content, bytes)})
    return of_source(source)


def of_source(source: Path) -> Course:
    """A course that can be read."""
    course, findings = read(source)
    assert course is not None, findings
    return course


def _generated(folder: Path) -> Course:
    generate(folder / "made", 25, 30)
    return of_source(folder / "made")


def _generated_questions(folder: Path) -> Course:
    generate_questions(folder / "made", 80)
    return of_source(folder / "made")


COURSES: dict[str, Callable[[Path], Course]] = {
    "modules": lambda folder: of_source(MODULES),
    "sample": lambda folder: written(folder / "sample"),
    "kinds": lambda folder: written(folder / "kinds", KIND_FILES),
    "works": lambda folder: written(folder / "works", WORK_FILES),
    "generated": _generated,
    "generated questions": _generated_questions,
}


@pytest.mark.parametrize("name", COURSES)
def test_courses(name: str, tmp_path: Path) -> None:
    """Nothing is wrong with the backups of courses as they are written."""
    assert faults(built(COURSES[name](tmp_path), tmp_path)) == []


@pytest.mark.parametrize("units", ["activities", "scorm"])
@pytest.mark.parametrize("text", ["", *HOSTILE, *LIKE_MOODLE], ids=lambda text: text[:12] or "plain")
def test_every_kind_of_activity(text: str, units: Any, tmp_path: Path) -> None:
    """Nothing is wrong with the backup of a course with everything in it, whatever its texts are."""
    course = everything(lambda place: text if text in BARE else f"{place} {text}".strip(), tmp_path)
    backup = built(replace(course, moodle=replace(course.moodle, units=units)), tmp_path)
    assert faults(backup) == []
    kinds = {activity.module for activity in backup.activities}
    assert {"page", "forum", "assign", "workshop", "feedback", "data"} <= kinds
    assert (kinds >= {"quiz", "lesson", "book", "url", "resource"}) == (units == "activities")
    assert ("scorm" in kinds) == (units == "scorm")


@pytest.mark.parametrize("rule", ["strict", "loose"])
def test_completion_rules(rule: str, tmp_path: Path) -> None:
    """Whatever the course says of completion, activities ask for what they can give."""
    strict = Completion(
        pages="seen", quizzes="passed", assignments="passed", peer_reviews="graded", surveys="answered", repositories="contributed"
    )
    loose = Completion(
        pages="ignored", quizzes="ignored", cases="ignored", grids="ignored", assignments="ignored", peer_reviews="ignored",
        surveys="ignored", repositories="ignored",
    )  # fmt: skip
    course = replace(everything(str, tmp_path), completion={"strict": strict, "loose": loose}[rule])
    backup = built(course, tmp_path)
    assert faults(backup) == []
    asked = [activity.module for activity in backup.activities if activity.course_module.findtext("completion") == "2"]
    assert {"page", "quiz", "assign", "workshop", "feedback", "data"} <= set(asked) if rule == "strict" else not asked
    assert backup.has("completion.xml") is bool(asked)


def test_the_cartridge_beside_it_changes_nothing(tmp_path: Path) -> None:
    """A zip that holds backup and cartridge holds the same backup; both have what Moodle or others look for."""
    course = everything(str, tmp_path)
    alone = built(course, tmp_path)
    both = built(course, tmp_path, "moodle-cartridge")
    assert {name: both.files[name] for name in alone.files} == alone.files
    assert "imsmanifest.xml" in both.files


# The same bytes

_BUILD = """
import sys
sys.path[:0] = sys.argv[3:]
from pathlib import Path
from everything import everything
from test_backup_structure import built
built(everything(str, Path(sys.argv[1])), Path(sys.argv[2]))
"""


def test_the_same_bytes(tmp_path: Path) -> None:
    """Builds differ in nothing, however Python orders its sets."""
    digests = set()
    folder = tmp_path / "files"
    folder.mkdir()
    paths = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
    for seed in ("0", "1", "4711"):
        out = tmp_path / seed
        out.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", _BUILD, str(folder), str(out), *paths], check=True, env=environment)
        digests.add(hashlib.sha256((out / "course.mbz").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_an_edit_moves_no_number(tmp_path: Path) -> None:
    """A page more at the begin of a unit, and units in another order: every other activity stays as it was, to the byte."""
    course = everything(str, tmp_path)
    before = built(course, tmp_path)
    first, unit, last = course.units
    page = Page(id=Identifier("new"), title=Plain("New"), body=Rich((Element("p", (), ("New.",)),)))
    after = built(replace(course, units=(first, last, replace(unit, activities=(page, *unit.activities)))), tmp_path)
    new = {activity.folder for activity in after.activities} - {activity.folder for activity in before.activities}
    assert len(new) == 1
    kept = [name for name in before.files if name.startswith("activities/")]
    place = re.compile(rb"<(sectionnumber|sortorder)>\d+</\1>")  # where it stands
    changed = [name for name in kept if place.sub(b"", before.files[name]) != place.sub(b"", after.files[name])]
    assert changed == []
    assert before.files["questions.xml"].count(b"<question id=") == after.files["questions.xml"].count(b"<question id=")
    ids = re.compile(rb'<question(?:_bank_entry|_category)? id="(\d+)"')
    assert set(ids.findall(before.files["questions.xml"])) == set(ids.findall(after.files["questions.xml"]))


# What each check finds


class Break(NamedTuple):
    """A way to break a backup, and the check that has to find it."""

    check: str
    file: str
    """An expression for the name of the file; the first that fits and has what is looked for is broken."""
    path: str
    """What is looked for in it (XPath)."""
    to: str | Callable[[Any], None] | None
    """The text it gets; None to leave the element out; or what is done to it."""


def _attribute(name: str, value: str) -> Callable[[Any], None]:
    return lambda element: element.set(name, value)


def _again(element: Any) -> None:
    element.addnext(etree.fromstring(etree.tostring(element)))


def _last(element: Any) -> None:
    element.getparent().append(element)


def _as(other: str) -> Callable[[Any], None]:
    def change(element: Any) -> None:
        element.text = element.xpath(f"//{other}")[0].text

    return change


def _more(words: str) -> Callable[[Any], None]:
    def change(element: Any) -> None:
        element.text = (element.text or "") + words

    return change


def _emptied(element: Any) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _field(name: str) -> Callable[[Any], None]:
    def change(element: Any) -> None:
        child = etree.Element(name)
        child.text = "1"
        element.insert(0, child)

    return change


QUIZ, LESSON, PAGE, BOOK, SURVEY, DATA, WORKSHOP = (
    rf"activities/{module}_\d+/{module}.xml" for module in ("quiz", "lesson", "page", "book", "feedback", "data", "workshop")
)
MODULE, GRADES, INFOREF, GRADING = (rf"activities/\w+/{name}.xml" for name in ("module", "grades", "inforef", "grading"))
SECTION, QUESTIONS, HEADER = r"sections/\w+/section.xml", "questions.xml", "moodle_backup.xml"
BREAKS = (
    Break("only_known_fields", PAGE, "//page", _field("colour")),
    Break("only_known_fields", QUIZ, "//quiz", _attribute("shade", "1")),
    Break("no_field_is_missing", LESSON, "//page/contents", None),
    Break("no_field_is_missing", QUESTIONS, "//questiontext", "$@NULL@$"),
    Break("no_field_is_missing", MODULE, "//modulename", None),
    Break("no_field_is_missing", HEADER, "//original_course_contextid", None),
    Break("columns_hold_their_values", PAGE, "//name", "x" * 256),
    Break("columns_hold_their_values", QUIZ, "//timelimit", "one hour"),
    Break("columns_hold_their_values", QUESTIONS, "//fraction", "0E-7"),
    Break("scalars_come_first", LESSON, "//lesson/name", _last),
    Break("no_field_comes_twice", PAGE, "//page/name", _again),
    Break("no_question_data_is_empty", QUESTIONS, "//answers", _emptied),
    Break("ids_are_unique", "files.xml", "//file", _again),
    Break("ids_are_unique", QUESTIONS, "//answer[1]", lambda answer: answer.set("id", answer.getnext().get("id"))),
    Break("ids_are_unique", HEADER, "//original_system_contextid", _as("original_course_contextid")),
    Break("begins_as_a_backup", HEADER, "//moodle_version", "2025100600"),
    Break("begins_as_a_backup", HEADER, "//setting[name='users']/value", "1"),
    Break("begins_as_a_backup", HEADER, "//setting[name='badges']/value", "0"),
    Break("begins_as_a_backup", MODULE, "/module", _attribute("version", "2025100600")),
    Break("contents_are_the_folders", HEADER, "//setting[level='activity']", None),
    Break("contents_are_the_folders", HEADER, "//setting[level='section']/value", "7"),
    Break("contents_are_the_folders", HEADER, "//contents/sections/section", None),
    Break("names_agree", HEADER, "//contents/activities/activity/sectionid", "5"),
    Break("names_agree", MODULE, "//modulename", "wiki"),
    Break("names_agree", "course/course.xml", "//fullname", "Another"),
    Break("sections_hold_the_activities", SECTION, "//sequence", "5"),
    Break("sections_hold_the_activities", SECTION, "//sequence", ""),
    Break("sections_hold_the_activities", MODULE, "//sectionnumber", "77"),
    Break("sections_hold_the_activities", SECTION, "//number", "77"),
    Break("references_are_complete", INFOREF, "//fileref/file", None),
    Break("references_are_complete", INFOREF, "//grade_itemref/grade_item/id", "5"),
    Break("references_are_complete", INFOREF, "//question_categoryref/question_category", None),
    Break("references_are_complete", "files.xml", "//file/contextid", "5"),
    Break("references_are_complete", QUESTIONS, "//question_category/contextinstanceid", "5"),
    Break("completion_can_be_reached", "completion.xml", "//moduleinstance", "5"),
    Break("completion_can_be_reached", MODULE, "//completion[.='2']", "1"),
    Break("completion_can_be_reached", MODULE, "//module[completionpassgrade='1']/completiongradeitemnumber", "9"),
    Break("conditions_name_what_is_there", SECTION, "//availabilityjson[starts-with(., '{')]",
          '{"op":"&","c":[{"type":"completion","cm":5,"e":1}],"showc":[true]}'),
    Break("conditions_name_what_is_there", SECTION, "//availabilityjson", '{"op":"|","c":[]}'),
    Break("gradebook_holds_together", "gradebook.xml", "//grade_category[parent!='$@NULL@$']/parent", "5"),
    Break("gradebook_holds_together", "gradebook.xml", "//grade_item[itemtype='category']", None),
    Break("gradebook_holds_together", "gradebook.xml", "//grade_item/sortorder", "2"),
    Break("gradebook_holds_together", GRADES, "//categoryid", "5"),
    Break("gradebook_holds_together", GRADES, "//aggregationcoef", "0"),
    Break("gradebook_holds_together", GRADES, "//gradepass", "1000"),
    Break("gradebook_holds_together", GRADES, "//iteminstance", "5"),
    Break("badge_is_of_this_course", "badges.xml", "//courseid", "5"),
    Break("badge_is_of_this_course", "badges.xml", "//parameter/value", "5"),
    Break("badge_is_of_this_course", "files.xml", "//file[component='badges']/filename", "f9.png"),
    Break("competencies_are_of_the_course", r"activities/\w+/competencies.xml", "//idnumber", "9.9"),
    Break("files_are_shown", "files.xml", "//file[filearea='content'][component='mod_page']/filename", "other.png"),
    Break("files_are_shown", PAGE, "//content", "nothing"),
    Break("files_are_shown", "files.xml", "//file[filearea='questiontext']/itemid", "5"),
    Break("files_are_what_they_say", "files.xml", "//filesize", "5"),
    Break("files_are_what_they_say", "files.xml", "//contenthash", "0" * 40),
    Break("links_lead_somewhere", PAGE, "//content", _more("$@PAGEVIEWBYID*5@$")),
    Break("links_lead_somewhere", PAGE, "//content", _more("$@WIKIVIEWBYID*5@$")),
    Break("links_lead_somewhere", PAGE, "//content", _more("$@ alone")),
    Break("links_lead_somewhere", PAGE, "//name", _more("$@FILEPHP@$")),
    Break("links_lead_somewhere", BOOK, "//chapter[2]", _attribute("id", "5")),
    Break("lessons_can_be_walked", LESSON, "//page/nextpageid", "5"),
    Break("lessons_can_be_walked", LESSON, "//answer/jumpto", "5"),
    Break("lessons_can_be_walked", LESSON, "//maxanswers", "0"),
    Break("quizzes_can_be_begun", QUIZ, "//slot", "5"),
    Break("quizzes_can_be_begun", QUIZ, "//sumgrades", "5000"),
    Break("quizzes_can_be_begun", QUIZ, "//questionbankentryid", "5"),
    Break("quizzes_can_be_begun", QUIZ, "//usingcontextid", "5"),
    Break("quizzes_can_be_begun", QUIZ, "//firstslot", "2"),
    Break("quizzes_can_be_begun", QUIZ, "//filtercondition", '{"questioncategoryid":"5","includingsubcategories":false}'),
    Break("quizzes_can_be_begun", QUIZ, "//filtercondition", '{"filter":{},"questioncategoryid":"5"}'),
    Break("questions_have_a_place", QUESTIONS, "//question/stamp", _as("stamp")),
    Break("questions_have_a_place", QUESTIONS, "//question_category/parent[.!='0']", "0"),
    Break("questions_have_a_place", QUESTIONS, "//questioncategoryid", "5"),
    Break("questions_can_be_answered", QUESTIONS, "//question[qtype='truefalse']//trueanswer", "5"),
    Break("questions_can_be_answered", QUESTIONS, "//question[qtype='multichoice']//fraction[.>0]", "0"),
    Break("questions_can_be_answered", QUESTIONS, "//multianswer/sequence", "5"),
    Break("questions_can_be_answered", QUESTIONS, "//question[qtype='multianswer']/questiontext", "no gap"),
    Break("questions_can_be_answered", QUESTIONS, "//question[qtype='numerical']//numerical_record/answer", "5"),
    Break("questions_can_be_answered", QUESTIONS, "//question/qtype", "riddle"),
    Break("rubrics_can_be_used", GRADING, "//definition/status", "10"),
    Break("rubrics_can_be_used", GRADING, "//levels/level[score=0]", None),
    Break("rubrics_can_be_used", WORKSHOP, "//dimensionid", "5"),
    Break("surveys_can_be_filled_in", SURVEY, "//dependitem[.!='0']", "5"),
    Break("surveys_can_be_filled_in", SURVEY, "//item[dependitem!='0']/dependvalue", "nobody says that"),
    Break("surveys_can_be_filled_in", SURVEY, "//item[typ='pagebreak']/typ", "label"),
    Break("surveys_can_be_filled_in", SURVEY, "//position", "5"),
    Break("collections_have_their_fields", DATA, "//defaultsort", "5"),
    Break("collections_have_their_fields", DATA, "//field/name", "another"),
    Break("packages_can_be_launched", r"activities/scorm_\d+/scorm.xml", "//sco[scormtype='sco']/launch", "other.html"),
    Break("packages_can_be_launched", r"activities/scorm_\d+/scorm.xml", "//sha1hash", "0" * 40),
    Break("files_open", "files.xml", "//file[component='mod_resource']/sortorder", "0"),
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Backup]:
    """Backups in which nothing is wrong."""
    folder = tmp_path_factory.mktemp("whole")
    course = everything(str, folder)
    strict = Completion(quizzes="passed", assignments="passed", surveys="answered")
    course = replace(course, completion=strict)
    packaged = replace(course, moodle=replace(course.moodle, units="scorm"))
    return {"activities": built(course, folder), "scorm": built(packaged, folder)}


@pytest.mark.parametrize("broken", BREAKS, ids=lambda each: f"{each.check}: {each.path}")
def test_what_is_broken_is_found(broken: Break, whole: dict[str, Backup]) -> None:
    """Each check finds what it is for."""
    backup = whole["scorm" if "scorm" in broken.file else "activities"]
    for name in sorted(backup.files):
        if re.fullmatch(broken.file, name) and (found := etree.fromstring(backup.files[name]).xpath(broken.path)):
            (element, *_) = found
            break
    else:
        raise AssertionError(f"nothing to break: {broken.file} {broken.path}")
    root = element.getroottree().getroot()
    if callable(broken.to):
        broken.to(element)
    elif broken.to is None:
        element.getparent().remove(element)
    else:
        _emptied(element)
        element.text = broken.to
    changed = Backup({**backup.files, name: etree.tostring(root, xml_declaration=True, encoding="UTF-8").replace(b"'", b'"', 4)})
    assert any(fault.startswith(f"{broken.check}: ") for fault in faults_of(changed, broken.check))


def faults_of(backup: Backup, name: str) -> list[str]:
    """What one check finds."""
    (check,) = (each for each in CHECKS if each.__name__ == name)
    return [f"{name}: {fault}" for fault in check(backup)]


def test_every_check_is_broken_once() -> None:
    """No check is without a backup that it refuses."""
    assert {broken.check for broken in BREAKS} == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("files/", "files_are_what_they_say"),
        ("groups.xml", "begins_as_a_backup"),
        (".*/roles.xml", "contents_are_the_folders"),
        ("gradebook.xml", "gradebook_holds_together"),
    ],
)
def test_what_is_missing_is_found(name: str, check: str, whole: dict[str, Backup]) -> None:
    """A file less."""
    backup = whole["activities"]
    gone = next(each for each in sorted(backup.files) if re.match(name, each))
    assert faults_of(Backup({each: content for each, content in backup.files.items() if each != gone}), check)


def test_what_nothing_announces_is_found(whole: dict[str, Backup]) -> None:
    """A file too many."""
    for name, check in (("files/00/00", "files_are_what_they_say"), ("activities/wiki_5/wiki.xml", "contents_are_the_folders")):
        assert faults_of(Backup({**whole["activities"].files, name: b"<wiki/>"}), check)


def test_a_late_beginning_is_found(whole: dict[str, Backup]) -> None:
    """Moodle looks for the elements in the first 200 bytes."""
    files = whole["activities"].files
    late = files["moodle_backup.xml"].replace(b"<moodle_backup>", b"<!--" + b"x" * 200 + b"--><moodle_backup>")
    assert faults_of(Backup({**files, "moodle_backup.xml": late}), "begins_as_a_backup")
