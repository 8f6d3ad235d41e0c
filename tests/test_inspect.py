"""What ``coursegen inspect`` says of the packages that coursegen writes: the tree and the counts of the model, and nothing to mend."""

from __future__ import annotations

import io
import json
import os
import re
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from everything import everything
from formats import read
from hostile import GOOD, HOSTILE, good, standard_zip
from jsonschema import Draft202012Validator
from packages import MODULES, course, members

from coursegen.build import build
from coursegen.cli import main
from coursegen.inspection import Inspection, inspect
from coursegen.inspection.model import Node
from coursegen.inspection.registry import all_faults
from coursegen.inspection.schema import schema
from coursegen.inspection.text import Writer
from coursegen.model import Course, Unit
from coursegen.writers import FORMATS

SAMPLES = Path(os.environ.get("COURSEGEN_MOODLE_SAMPLES", MODULES.parent.parent / "shared" / "moodle"))
KINDS = {
    "scorm12-unit": "scorm 1.2",
    "scorm12": "scorm 1.2",
    "scorm2004-unit": "scorm 2004 4th Edition",
    "scorm2004": "scorm 2004 4th Edition",
    "moodle-backup": "moodle backup 4.1",
    "moodle-cartridge": "moodle backup 4.1",
    "cartridge-11": "common cartridge 1.1",
    "cartridge": "common cartridge 1.3",
    "moodle-xml": "moodle xml",
    "gift": "gift",
    "qti21": "qti 2.1",
    "paper": "web pages",
}
OF_IMPORTS = {"framework.csv": "competence framework", "glossary.xml": "moodle glossary", ".csv": "table"}
WITH_TREE = ("scorm12-unit", "scorm12", "scorm2004-unit", "scorm2004", "moodle-backup", "moodle-cartridge", "cartridge-11", "cartridge")
"""Formats in which units and activities stand as they are."""
WORKS_IN = {
    "Moodle": {"scorm12", "scorm2004", "moodle-backup", "moodle-cartridge", "cartridge-11", "moodle-xml", "gift", "moodle-imports"},
    "Canvas": {"scorm12", "scorm2004", "moodle-backup", "moodle-cartridge", "cartridge-11", "cartridge", "qti21"},
    "Open edX": {"scorm12", "scorm2004", "cartridge-11", "cartridge"},
}
"""Where each format can be taken at all."""


def words(place: str) -> str:
    """Texts as authors write them, with signs that have a meaning somewhere, each with its place."""
    return f"Brakes & <pads> “{place}”"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All packages of modules/."""
    folder = tmp_path_factory.mktemp("dist")
    built = build(MODULES, folder, tuple(FORMATS))
    assert {package.format.name for package in built.packages} == set(FORMATS)
    return folder


def of_modules(dist: Path) -> Iterator[tuple[str, Unit | None, Path]]:
    """The packages of modules/ with their format and unit."""
    whole = course(MODULES)
    for name, chosen in FORMATS.items():
        for file, unit in chosen.packages(whole):
            yield name, unit, dist / file


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, dict[str, list[Path]]]:
    """A course with everything there is, and its packages by format."""
    folder = tmp_path_factory.mktemp("everything")
    made = everything(words, folder)
    found: dict[str, list[Path]] = {}
    for name, chosen in FORMATS.items():
        for number, (file, unit) in enumerate(chosen.packages(made)):
            path = folder / name / file
            path.parent.mkdir(exist_ok=True)
            if chosen.loose and number:
                break  # the writer has made all of them at once
            entries = dict(chosen.entries(made, _templates(made), unit))
            files = {each: content if isinstance(content, bytes) else content.read_bytes() for each, content in entries.items()}
            for each, content in files.items() if chosen.loose else ():
                (path.parent / each).write_bytes(content)
                found.setdefault(name, []).append(path.parent / each)
            if not chosen.loose:
                path.write_bytes(next(iter(files.values())) if chosen.single else standard_zip(files))
                found.setdefault(name, []).append(path)
    return made, found


def _templates(made: Course) -> Any:
    from formats import _Ready

    return _Ready(made, None)


def kind_of(name: str, path: Path) -> str:
    """What an inspection has to call a package."""
    return KINDS.get(name) or next(kind for end, kind in OF_IMPORTS.items() if path.name.endswith(end))


def numbers(counts: Any) -> dict[str, int]:
    return {count.kind: count.number for count in counts}


def files_of(path: Path) -> dict[str, bytes]:
    return members(path) if zipfile.is_zipfile(path) else {path.name: path.read_bytes()}


def sections(found: Inspection) -> list[Node]:
    """The units: what is below the one entry of a SCORM package, or the entries themselves."""
    return list(found.tree[0].children) if found.kind == "scorm" else list(found.tree)


def test_every_package_of_the_course_is_sound_and_known(dist: Path) -> None:
    for name, _, path in of_modules(dist):
        found = inspect(path)
        assert [str(finding) for finding in found.findings] == [], path.name
        assert f"{found.kind} {found.version}".strip() == kind_of(name, path)
        assert found.sizes.package == path.stat().st_size
        files = files_of(path)
        assert found.counts.files == len(files)
        assert found.sizes.unpacked == sum(map(len, files.values()))
        assert found.sizes.largest[0].size == max(map(len, files.values()))
        assert found.complete
        assert found.loads == ()


def test_every_package_of_everything_is_sound_and_known(everywhere: tuple[Course, dict[str, list[Path]]]) -> None:
    _, packages = everywhere
    assert set(packages) == set(FORMATS)
    for name, paths in packages.items():
        for path in paths:
            found = inspect(path)
            assert [str(finding) for finding in found.findings] == [], path.name
            assert f"{found.kind} {found.version}".strip() == kind_of(name, path), path.name


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"paper"}))
def test_questions_are_those_that_the_formats_reader_finds(name: str, dist: Path, everywhere: tuple[Course, dict[str, list[Path]]]) -> None:
    """The readers of the tests know nothing of the inspection. Paper has pages, and no questions that a program could find."""
    whole = [(path, files_of(path)) for format, _, path in of_modules(dist) if format == name]
    for path, files in [*whole, *((path, files_of(path)) for path in everywhere[1][name])]:
        if name == "moodle-cartridge":
            files = {each: content for each, content in files.items() if each != "imsmanifest.xml"}
        expected = Counter(_kind(name, record.kind) for record in read(name, files) if record.kind != "description")
        found = Counter(_kind(name, kind) for kind in Counter(numbers(inspect(path).counts.questions)).elements())
        assert found == expected, path.name


def _kind(name: str, kind: str) -> str:
    """A kind as far as the format tells: what looks the same to learners and systems is the same."""
    same = {"gift": {"sorting": "matching"}, "qti21": {"sorting": "matching", "rating-scale": "single-choice"}}
    return {"sorting": "matching", "rating-scale": "single-choice"}.get(kind, kind) if name not in same else same[name].get(kind, kind)


@pytest.mark.parametrize("name", WITH_TREE)
def test_the_tree_is_that_of_the_course(name: str, dist: Path) -> None:
    """Units in order, and in each its activities in order; a writer may add pages, and SCORM has no pages for tutors."""
    whole = course(MODULES)
    for format, only, path in of_modules(dist):
        if format != name:
            continue
        found = inspect(path)
        units = [only] if only else list(whole.units)
        shown = sections(found) if only is None else [Node("", "", "", found.tree[0].children)]
        dropped = "tutor-page" if name.startswith("scorm") else ""
        for unit, section in zip(units, shown, strict=True):
            titles = [str(activity.title) for activity in unit.activities if activity.kind != dropped]
            added = [node.title for node in section.children if node.title not in titles]
            assert [node.title for node in section.children if node.title in titles] == titles
            assert len(added) <= 2, added
            assert section.title in ("", "General", str(unit.title))
        quizzes = sum(len(list(unit.quizzes())) for unit in units)
        assert numbers(found.counts.activities).get("quiz", 0) == quizzes


def test_what_a_package_tells_about_itself(dist: Path) -> None:
    whole = course(MODULES)
    for name, unit, path in of_modules(dist):
        found = inspect(path)
        if name in WITH_TREE:
            assert found.title == (f"{whole.title}: {unit.title}" if unit else str(whole.title))
            assert found.languages == (whole.language,)
        assert found.also == (("common cartridge 1.1",) if name == "moodle-cartridge" else ())
        if name.startswith("scorm"):
            assert "player/player.js" in found.scripts.files
            assert found.maker == "coursegen"


def test_the_outlook_agrees_with_the_table_of_formats(dist: Path) -> None:
    for name, _, path in of_modules(dist):
        if path.name.endswith(".csv") and "records" in path.name:
            continue
        outlook = {each.consumer: each for each in inspect(path).outlook}
        assert set(outlook) == set(WORKS_IN)
        for consumer, formats in WORKS_IN.items():
            expected = name.removesuffix("-unit") in formats
            assert (outlook[consumer].verdict != "does not work") is expected, (path.name, consumer)
            assert outlook[consumer].points


def test_json_is_as_its_schema_says(dist: Path) -> None:
    made = schema()
    Draft202012Validator.check_schema(made)
    validator = Draft202012Validator(made)
    for _, _, path in of_modules(dist):
        told = json.loads(json.dumps(inspect(path).to_json()))
        assert [error.message for error in validator.iter_errors(told)] == []
        assert told["valid"] is True
    del told["title"]
    assert not validator.is_valid(told)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="WAITS FOR BACKUPS OF MOODLE: set COURSEGEN_MOODLE_SAMPLES to a folder of .mbz")
def test_backups_that_others_made() -> None:
    found = {path.name: inspect(path) for path in sorted(SAMPLES.glob("*.mbz"))}
    assert found
    for each in found.values():
        assert each.kind == "moodle backup"
        assert each.valid
        assert each.counts.number("activities") > 0


# What is loaded and run


def test_what_pages_load_and_run(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html lang="en"><head><title>a</title><link rel="stylesheet" href="https://1.example/a.css">
<script src="//2.example/a.js"></script><script>fetch("https://3.example/data")</script>
<script type="application/json">{"url": "https://no.example/"}</script>
<style>@import url("https://4.example/b.css"); /* url(https://no.example/) */ p { background: url(https://5.example/c.png) }</style></head>
<body onload="run()"><a href="https://no.example/">a link is no load</a><img src="https://6.example/d.png" srcset="e.png 1x,
http://7.example/f.png 2x">
<iframe src="https://8.example/"></iframe><p style="background: url(//9.example/g.png)">a</p><a href="javascript:go()">b</a>
<video poster="https://10.example/h.png"><source src="https://11.example/i.mp4"></video></body></html>"""
    code = "const a = '<img src=\\'https://12.example/a.png\\'>'; import('https://13.example/m.js'); x.open('GET', 'https://14.example/');"
    picture = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="https://15.example/j.png"/></svg>'
    style = "/* @import 'https://no.example/' */\n@import 'https://16.example/k.css';"
    file = tmp_path / "package.zip"
    file.write_bytes(
        standard_zip({**GOOD, "index.html": page.encode(), "a.js": code.encode(), "a.svg": picture.encode(), "a.css": style.encode()})
    )
    found = inspect(file)
    hosts = sorted(re.findall(r"//(\w+)\.example", " ".join(load.address for load in found.loads)), key=int)
    assert hosts == [str(number) for number in range(1, 17)]
    lines = {load.address: (load.file, load.line, load.how) for load in found.loads}
    assert lines["https://8.example/"] == ("index.html", 7, "iframe src")
    assert lines["https://16.example/k.css"] == ("a.css", 2, "@import")
    assert found.scripts.files == ("a.js",)
    assert numbers(found.scripts.inline) == {"index.html": 1}
    assert numbers(found.scripts.handlers) == {"index.html": 2}
    assert {finding.message.split()[4] for finding in found.findings if finding.code == "Z221"} == {"e.png,"}


# Broken on purpose: for each finding a package that has it


MANIFEST = GOOD["imsmanifest.xml"].decode()
ITEM = '<item identifier="I" identifierref="R"><title>Brakes</title></item>'
CARTRIDGE = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="M">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
<lom xmlns="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"/></metadata>
<organizations><organization identifier="O" structure="rooted-hierarchy"><item identifier="root"><item identifier="U"><title>Unit</title>
<item identifier="I" identifierref="R"><title>Quiz</title></item><item identifier="J" identifierref="L"><title>Link</title></item>
</item></item></organization></organizations>
<resources><resource identifier="R" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="quiz.xml"/></resource>
<resource identifier="L" type="imswl_xmlv1p1"><file href="link.xml"/></resource></resources></manifest>"""
QUIZ = """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="A" title="Quiz"><section ident="S">
<item ident="q"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>
<fieldentry>cc.multiple_choice.v0p1</fieldentry>
</qtimetadatafield></qtimetadata></itemmetadata><presentation/><resprocessing><respcondition><setvar>100</setvar></respcondition></resprocessing>
</item></section></assessment></questestinterop>"""
LINK = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>a</title><url href="https://example.org/"/></webLink>'
TEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><metadata><schema>QTIv2.1 Package</schema>
<schemaversion>1.0.0</schemaversion></metadata><organizations/><resources>
<resource identifier="T" type="imsqti_test_xmlv2p1" href="test.xml"><file href="test.xml"/></resource>
<resource identifier="R" type="imsqti_item_xmlv2p1" href="item.xml"><file href="item.xml"/></resource></resources></manifest>"""
SPACE = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
ITEMS = f"""<assessmentItem {SPACE} identifier="i" title="a"><responseDeclaration identifier="RESPONSE" cardinality="single">
<correctResponse><value>a</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody>
<choiceInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="a">a</simpleChoice></choiceInteraction>
</itemBody></assessmentItem>"""
ASKS = f"""<assessmentTest {SPACE} identifier="t" title="a"><testPart><assessmentSection><assessmentItemRef identifier="q" href="item.xml"/>
</assessmentSection></testPart></assessmentTest>"""
BANK = """<quiz><question type="multichoice"><name><text>a</text></name><single>true</single><answer fraction="100"><text>b</text></answer>
<answer fraction="0"><text>c</text></answer></question></quiz>"""
SOUND = {
    "scorm": {name: content.decode() for name, content in GOOD.items()},
    "cartridge": {"imsmanifest.xml": CARTRIDGE, "quiz.xml": QUIZ, "link.xml": LINK},
    "qti": {"imsmanifest.xml": TEST, "test.xml": ASKS, "item.xml": ITEMS},
    "bank": {"bank.xml": BANK},
    "gift": {"bank.gift": "::a::What wears?{=pads ~bolts}\n"},
}
Change = tuple[str, str, str, str, str]
BROKEN: list[Change] = [
    # code, kind, file, what stands there, what is put in its place
    ("Z202", "scorm", "imsmanifest.xml", 'href="index.html"', 'href="Index.html"'),
    ("Z204", "scorm", "imsmanifest.xml", 'identifierref="R"', 'identifierref="S"'),
    ("Z204", "scorm", "imsmanifest.xml", "</resource>", '<dependency identifierref="S"/></resource>'),
    ("Z205", "scorm", "imsmanifest.xml", ITEM, ITEM + ITEM),
    ("Z206", "scorm", "imsmanifest.xml", '<file href="index.html"/>', '<file href="../index.html"/>'),
    ("Z207", "scorm", "imsmanifest.xml", "<schema>ADL SCORM</schema>", ""),
    ("Z207", "scorm", "imsmanifest.xml", "<schemaversion>1.2</schemaversion>", ""),
    ("Z208", "scorm", "imsmanifest.xml", "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://example.org/cp"),
    ("Z209", "scorm", "imsmanifest.xml", ITEM, ""),
    ("Z210", "scorm", "imsmanifest.xml", ITEM, ITEM.replace("<title>Brakes</title>", "")),
    ("Z211", "scorm", "imsmanifest.xml", 'identifier="M"', 'identifier="1 M"'),
    ("Z212", "scorm", "imsmanifest.xml", ' href="index.html">\n<file href="index.html"/>', ">"),
    ("Z213", "scorm", "imsmanifest.xml", 'default="O"', 'default="P"'),
    ("Z214", "scorm", "imsmanifest.xml", "<title>Brakes</title></item>", "</item><title>Brakes</title>"),
    ("Z214", "cartridge", "imsmanifest.xml", "<title>Link</title>", ""),
    ("Z214", "cartridge", "imsmanifest.xml", ' structure="rooted-hierarchy"', ' structure="tree"'),
    ("Z301", "scorm", "imsmanifest.xml", 'adlcp:scormtype="sco" ', ""),
    ("Z302", "scorm", "imsmanifest.xml", "<schemaversion>1.2<", "<schemaversion>1.2.1<"),
    ("Z303", "scorm", "imsmanifest.xml", "adlcp:scormtype", "adlcp:scormType"),
    ("Z221", "scorm", "index.html", "<p>Pads", '<p><img src="pads.png" alt="">Pads'),
    ("Z222", "scorm", "index.html", "<p>Pads", '<p><a href="../../a.html">a</a>Pads'),
    ("Z401", "cartridge", "imsmanifest.xml", "1.1.0", "1.3.0"),
    ("Z402", "cartridge", "imsmanifest.xml", 'type="imswl_xmlv1p1"', 'type="something"'),
    ("Z403", "cartridge", "imsmanifest.xml", 'identifierref="L"', 'identifierref="R"'),
    ("Z404", "cartridge", "imsmanifest.xml", ' structure="rooted-hierarchy"', ""),
    ("Z404", "cartridge", "imsmanifest.xml", "</organization>", '<item identifier="other"/></organization>'),
    ("Z404", "cartridge", "imsmanifest.xml", "</organizations>", '<organization identifier="P"/></organizations>'),
    ("Z405", "cartridge", "link.xml", ' href="https://example.org/"', ""),
    ("Z406", "cartridge", "link.xml", "webLink", "topic"),
    ("Z208", "cartridge", "imsmanifest.xml", "imsccv1p1/imscp_v1p1", "imscc/other"),
    ("Z501", "cartridge", "quiz.xml", QUIZ[QUIZ.index("<item ") : QUIZ.index("</item>") + 7], ""),
    ("Z502", "cartridge", "quiz.xml", "</section>", QUIZ[QUIZ.index("<item ") : QUIZ.index("</item>") + 7] + "</section>"),
    ("Z503", "cartridge", "quiz.xml", "cc.multiple_choice.v0p1", "multiple_dropdowns_question"),
    ("Z504", "cartridge", "quiz.xml", "<setvar>100</setvar>", ""),
    ("Z511", "qti", "item.xml", 'identifier="RESPONSE"', 'identifier="OTHER"'),
    ("Z512", "qti", "test.xml", 'href="item.xml"', 'href="other.xml"'),
    ("Z513", "qti", "item.xml", "assessmentItem", "something"),
    ("Z514", "qti", "item.xml", "<correctResponse><value>a</value></correctResponse>", ""),
    ("Z701", "bank", "bank.xml", 'fraction="0"', 'fraction="42"'),
    ("Z702", "bank", "bank.xml", 'type="multichoice"', 'type="crossword"'),
    ("Z703", "bank", "bank.xml", "<name><text>a</text></name>", ""),
    ("Z704", "bank", "bank.xml", 'fraction="100"', 'fraction="50"'),
    ("Z711", "gift", "bank.gift", "}", ""),
    ("Z712", "gift", "bank.gift", "=pads", "~pads"),
    ("Z101", "scorm", "imsmanifest.xml", "</manifest>", ""),
    ("Z104", "scorm", "imsmanifest.xml", "UTF-8", "EUC-JP"),
]


def made(folder: Path, kind: str, files: dict[str, str]) -> Path:
    path = folder / ("package.zip" if len(files) > 1 else next(iter(files)))
    content = {name: text.encode() for name, text in files.items()}
    path.write_bytes(standard_zip(content) if len(files) > 1 else next(iter(content.values())))
    return path


@pytest.mark.parametrize("kind", SOUND)
def test_nothing_is_wrong_before_it_is_broken(kind: str, tmp_path: Path) -> None:
    assert inspect(made(tmp_path, kind, SOUND[kind])).findings == ()


@pytest.mark.parametrize("change", BROKEN, ids=[f"{number}-{change[0]}" for number, change in enumerate(BROKEN)])
def test_what_is_broken_is_found(change: Change, tmp_path: Path) -> None:
    code, kind, name, old, new = change
    assert old in SOUND[kind][name]
    found = inspect(made(tmp_path, kind, {**SOUND[kind], name: SOUND[kind][name].replace(old, new)}))
    assert code in {finding.code for finding in found.findings}
    if code != "Z208":
        assert found.kind == inspect(made(tmp_path, kind, SOUND[kind])).kind or code in ("Z101", "Z104")


BACKUPS: list[tuple[str, str, bytes, bytes]] = [
    ("Z601", "roles.xml", b"", b""),
    ("Z602", "moodle_backup.xml", b'encoding="UTF-8"', b"encoding='UTF-8'"),
    ("Z603", "files.xml", b"<contenthash>", b"<contenthash>00"),
    ("Z604", "files.xml", b"<filesize>", b"<filesize>1"),
    ("Z605", "files.xml", b"<contenthash>", b"<contenthash>00"),
    ("Z606", "files.xml", b'<file id="', b'<file id="9'),
    ("Z607", "moodle_backup.xml", b"information>", b"something>"),
    ("Z608", "moodle_backup.xml", b"<name>users</name><value>0", b"<name>users</name><value>1"),
]


@pytest.mark.parametrize(("code", "name", "old", "new"), BACKUPS, ids=[each[0] for each in BACKUPS])
def test_a_broken_backup(code: str, name: str, old: bytes, new: bytes, dist: Path, tmp_path: Path) -> None:
    files = members(dist / "idivet-en.mbz")
    assert old in files[name]
    if old:
        files[name] = files[name].replace(old, new)
    else:
        del files[name]
    file = tmp_path / "package.mbz"
    file.write_bytes(standard_zip(files))
    assert code in {finding.code for finding in inspect(file).findings}


def test_a_backup_is_the_same_as_a_tar(dist: Path, tmp_path: Path) -> None:
    files = members(dist / "idivet-en.mbz")
    found = {}
    for mode in ("w:gz", "w"):
        file = tmp_path / "package.mbz"
        with tarfile.open(file, mode) as archive:
            for name, content in files.items():
                head = tarfile.TarInfo(name)
                head.size = len(content)
                archive.addfile(head, io.BytesIO(content))
        found[mode] = inspect(file)
    zipped = inspect(dist / "idivet-en.mbz")
    assert [each.container for each in found.values()] == ["tar.gz", "tar"]
    for each in found.values():
        assert (each.tree, each.counts, each.findings, each.outlook) == (zipped.tree, zipped.counts, (), zipped.outlook)


def test_a_manifest_in_a_folder_and_a_file_that_nobody_names(tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    file.write_bytes(standard_zip({f"course/{name}": content for name, content in GOOD.items()} | {"course/more.css": b"p {}"}))
    found = inspect(file)
    assert [finding.code for finding in found.findings] == ["Z201", "Z203"]
    assert found.title == "Brakes"
    assert "stops" in {point.effect for point in found.outlook[0].points}


# The command


def test_the_command_tells_and_ends_as_it_says(tmp_path: Path, dist: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(good(index=b"<p><img src='gone.png'>"))
    done = CliRunner().invoke(main, ["inspect", str(file)])
    assert done.exit_code == 1
    assert "Z221" in done.output
    assert "\033" not in done.output
    fine = CliRunner().invoke(main, ["inspect", str(dist / "idivet-en.mbz"), "--format", "json"])
    assert fine.exit_code == 0
    assert json.loads(fine.output)["title"] == "Improving Digital Learning in VET"
    assert CliRunner().invoke(main, ["inspect"]).exit_code == 2
    assert CliRunner().invoke(main, ["inspect", str(tmp_path / "nowhere.zip")]).exit_code == 2
    assert json.loads(CliRunner().invoke(main, ["inspect", "--schema"]).output) == schema()


def test_every_finding_is_explained() -> None:
    for each in all_faults():
        done = CliRunner().invoke(main, ["inspect", "--explain", each.code.lower()])
        assert done.exit_code == 0
        assert done.output.startswith(f"{each.code} {each.name} ({each.severity})\n\n")
        assert len(done.output.partition("\n\n")[2].split()) > 5
    assert CliRunner().invoke(main, ["inspect", "--explain", "Z999"]).exit_code == 2


def test_a_title_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(standard_zip({**GOOD, "imsmanifest.xml": MANIFEST.replace("Brakes", "Bra\u202ekes\u2028\u009b2J").encode()}))
    for colour in (False, True):
        text = Writer(colour).text(inspect(file))
        assert not {"\u202e", "\u2028", "\u009b"} & set(text)
    assert "\033[1m" in text


def test_every_finding_is_shown_by_a_package_that_has_it() -> None:
    shown = {change[0] for change in BROKEN} | {change[0] for change in BACKUPS} | set().union(*(each.codes for each in HOSTILE.values()))
    elsewhere = {
        "Z201",
        "Z203",
        "Z005",
        "Z006",
        "Z007",
    }  # the two before this; the clock, the memory and the guard in test_inspect_hostile.py
    assert {each.code for each in all_faults()} == shown | elsewhere
