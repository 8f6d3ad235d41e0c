"""What Moodle 4.1 to 5.1 makes of a package. Read from its source, and tried where docs/moodle.md and docs/moodle-cartridge.md say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Inspection, Outlook, Point
from .parts import has, how_many, outlook, refused

NAME = "Moodle"
_NEWEST = 2022112800
"""The version that our own backups are declared as: Moodle 4.1."""
_PARTS = frozenset(
    "assign book chat choice data feedback folder forum glossary h5pactivity imscp label lesson lti page quiz resource scorm "
    "survey url wiki workshop qbank subsection bigbluebuttonbn".split()
)
_TYPES = frozenset(
    "calculated calculatedmulti calculatedsimple ddimageortext ddmarker ddwtos description essay gapselect match missingtype multianswer "
    "multichoice numerical ordering random randomsamatch shortanswer truefalse".split()
)


def look(inspection: Inspection, facts: dict[str, Any]) -> Outlook:
    """The outlook."""
    kind = inspection.kind
    if kind == "scorm":
        return outlook(NAME, _scorm(inspection, facts))
    if kind.endswith("common cartridge"):
        return _cartridge(inspection, facts)
    if kind == "moodle backup":
        return outlook(NAME, _backup(facts))
    if kind in ("moodle xml", "gift"):
        return outlook(NAME, _questions(inspection, facts))
    if kind == "moodle glossary":
        return outlook(NAME, [Point("kept", "Import it inside a glossary activity, with “Import entries”.")])
    if kind == "competence framework":
        return outlook(NAME, [Point("kept", "Import it in the administration, with “Import competency framework”.")])
    if kind == "table":
        return outlook(NAME, [Point("kept", "If its columns are the fields of a database activity, import it there.")], tried=False)
    if kind == "ims content package":
        return outlook(NAME, [Point("kept", "Add it as an “IMS content package”; it is shown, and nothing is recorded.")], tried=False)
    words = "Moodle imports no QTI packages." if kind == "qti" else "Moodle does not import this kind of file."
    return refused(NAME, words, "Take a Moodle backup, Moodle XML, GIFT or SCORM.")


def _scorm(inspection: Inspection, facts: dict[str, Any]) -> Iterator[Point]:
    yield Point("kept", "Add it as a SCORM activity; the package is shown as it is.")
    if has(inspection, "Z201"):
        yield Point("stops", "Moodle looks for imsmanifest.xml at the top of the archive.", "Pack what is in the folder, not the folder.")
    if facts.get("map_info"):
        yield Point(
            "stops", "The manifest has mapInfo (objectives shared between parts); the upload ends with an error.", "Take mapInfo out."
        )
    if facts.get("longest_title", 0) > 255:
        yield Point("stops", "A title has more than 255 characters; the upload ends with an error.", "Make it shorter.")
    if facts.get("prefix") != "adlcp":
        yield Point("lost", "Moodle looks for the prefix adlcp, and finds no SCO: nothing is recorded.", "Export the package again.")
    if facts.get("sequencing"):
        yield Point("lost", "Rules of sequencing are not obeyed: learners may open everything in any order.")
    if facts.get("schemaversion") == "2004 2nd Edition" or has(inspection, "Z302"):
        yield Point(
            "changed", "Moodle takes this version for SCORM 1.2; the content may not find the LMS.", "Export it as 2004 4th Edition."
        )
    if facts.get("scos", 0) > 1:
        yield Point(
            "changed", f"{facts['scos']} parts give one grade: by default the highest of them.", "Choose “Grading method” as you need."
        )
    if facts.get("assets"):
        yield Point("changed", f"{facts['assets']} parts are not marked as SCO: opening one completes it, and nothing else is recorded.")
    if facts.get("entities"):
        yield Point("changed", "In titles with “&” signs can get lost.", "Write “and”.")


def _cartridge(inspection: Inspection, facts: dict[str, Any]) -> Outlook:
    if "thin" in inspection.kind or not inspection.version.startswith(("1.0", "1.1")):
        return refused(
            NAME, f"Moodle reads cartridges 1.0 and 1.1 only, not {inspection.version}.", "Ask for a Moodle backup, or a cartridge 1.1."
        )
    return outlook(NAME, _cartridge_points(inspection, facts))


def _cartridge_points(inspection: Inspection, facts: dict[str, Any]) -> Iterator[Point]:
    yield Point("kept", "Restore it as a new course; pages, files, links and discussions become activities.")
    if facts.get("prefixed"):
        yield Point("stops", "The manifest writes its elements with a prefix; Moodle does not know the format.", "Export it again.")
    if has(inspection, "Z204", "Z205", "Z208", "Z211", "Z214", "Z401", "Z402", "Z404"):
        yield Point("stops", "The manifest is not valid; Moodle checks it and stops.", "See the findings.")
    if facts.get("twice"):
        yield Point("stops", "Two entries open the same quiz; the restore stops.", "Keep one of them.")
    if has(inspection, "Z501"):
        yield Point("stops", "A quiz or question bank has no question; the restore stops.", "Leave it out.")
    if facts.get("longest_title", 0) > 255:
        yield Point("stops", "A title has more than 255 characters; Moodle 4.1 stops.", "Make it shorter.")
    profiles = facts.get("profiles", {})
    unknown = sum(number for name, number in profiles.items() if not name.startswith("cc."))
    if unknown:
        yield Point("lost", f"{unknown} questions have a kind that Moodle's import leaves out.")
    if profiles.get("cc.pattern_match.v0p1"):
        yield Point("changed", "Questions with patterns count a hundred times their points.", "Set their marks by hand.")
    if how_many(inspection, "page"):
        yield Point(
            "lost", "Styles, scripts, frames and links between pages are taken out of pages.", "Look at every page after the import."
        )
    yield Point("changed", "Names of sections stand in their descriptions.", "Name the sections by hand.")
    if how_many(inspection, "quiz"):
        yield Point(
            "changed",
            "Quizzes show no feedback, have no pass mark, and their grade is counted as if there were 4 questions.",
            "After the import change the review options, the pass mark, and one mark of each quiz and back.",
        )
    if how_many(inspection, "discussion"):
        yield Point("changed", "Everybody is subscribed to every forum by force.", "Change the subscription mode.")
    if facts.get("depth", 0) > 2:
        yield Point("changed", "What lies deeper than two levels is only indented; its headings become texts.")


def _backup(facts: dict[str, Any]) -> Iterator[Point]:
    what = {"course": "a course", "section": "a section", "activity": "an activity"}.get(str(facts.get("type")), "a course")
    yield Point("kept", f"Restore it as {what}; everything arrives as it was, in Moodle {facts.get('release') or '4'} and later.")
    version = str(facts.get("backup_version", ""))
    if version.isdigit() and int(version) < 2010072300:
        yield Point("stops", "The backup is older than Moodle 2.", "Restore it in an old Moodle first.")
    elif version.isdigit() and int(version) > _NEWEST:
        yield Point("changed", f"A Moodle older than {facts.get('release')} warns, and what is new since then is lost there.")
    plugins = sorted(set(facts.get("modules", {})) - _PARTS)
    if plugins:
        yield Point(
            "lost", f"Activities of plugins: {', '.join(plugins)}. A site without the plugin leaves them out.", "Ask the administrator."
        )
    types = sorted(set(facts.get("question_types", {})) - _TYPES)
    if types:
        yield Point(
            "lost", f"Questions of plugins: {', '.join(types)}. A quiz with one does not open without it.", "Ask the administrator."
        )
    if "ordering" in facts.get("question_types", {}):
        yield Point("changed", "Ordering questions need Moodle 4.4 or a plugin; a quiz with one does not open without it.")
    if facts.get("users"):
        yield Point(
            "changed", "Whoever may not restore people's data loses entries and badges without a word.", "Let an administrator restore it."
        )


def _questions(inspection: Inspection, facts: dict[str, Any]) -> Iterator[Point]:
    shape = "Moodle XML format" if inspection.kind == "moodle xml" else "GIFT format"
    yield Point("kept", f"Import it in a question bank as “{shape}”. No quiz is made.")
    if has(inspection, "Z101", "Z711"):
        yield Point("stops", "The file is broken, and the import stops there.", "See the findings.")
    if has(inspection, "Z701"):
        yield Point("stops", "An answer is worth a share that Moodle does not have.", "Choose “Nearest grade if not listed” on import.")
    types = sorted(set(facts.get("question_types", {})) - _TYPES - {"cloze", "matching"})
    if types:
        yield Point("lost", f"Question types of plugins: {', '.join(types)}.", "Ask the administrator.")
    if inspection.kind == "gift":
        yield Point("changed", "Each question counts 1 point.", "Set the marks in the quiz.")
