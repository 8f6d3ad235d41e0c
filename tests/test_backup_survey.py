"""Surveys and collections of records in Moodle's backup: read as Moodle reads them, they say what the author wrote."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from backup import NULL, Activity, Backup, number, value
from lxml import html as pages
from questions import HOSTILE, course_of, rich

from coursegen.model import (
    AddressField,
    ChecksField,
    Collection,
    Completion,
    Course,
    Element,
    FieldValue,
    FileField,
    Identifier,
    LineField,
    Media,
    MenuField,
    NumberField,
    Plain,
    Record,
    Repository,
    Rich,
    Survey,
    TextField,
)
from coursegen.model.survey import (
    AskNumber,
    AskText,
    ChooseOne,
    ChooseSeveral,
    Entry,
    OnlyIf,
    PageBreak,
    Questionnaire,
    Rated,
    SurveyOption,
    SurveyText,
)
from coursegen.model.text import Address
from coursegen.render.templates import Templates
from coursegen.writers.moodle_backup import entries

SIGNS = ("a|b", "r>>>>>x", "y<<<<<1", "3####z", "#5 ## C#", "|", "$@PAGEVIEWBYID*5@$", ":-) (y) \\(x\\) $$y$$", "&copy R&D &amp; AT&T;")
"""Words with what stands between options in Moodle, and what its filters look for."""
WORDS = (*HOSTILE[:-1], *SIGNS)
FEEDBACK_ITEM = [
    "template", "name", "label", "presentation", "typ", "hasvalue", "position", "required", "dependitem", "dependvalue", "options",
]  # fmt: skip
"""The columns of an item, in the order of a backup that Moodle has restored."""
FEEDBACK = [
    "name", "intro", "introformat", "anonymous", "email_notification", "multiple_submit", "autonumbering", "site_after_submit",
    "page_after_submit", "page_after_submitformat", "publish_stats", "timeopen", "timeclose", "timemodified", "completionsubmit",
    "items", "completeds",
]  # fmt: skip
DATA = [
    "name", "intro", "introformat", "comments", "timeavailablefrom", "timeavailableto", "timeviewfrom", "timeviewto", "requiredentries",
    "requiredentriestoview", "maxentries", "rssarticles", "singletemplate", "listtemplate", "listtemplateheader", "listtemplatefooter",
    "addtemplate", "rsstemplate", "rsstitletemplate", "csstemplate", "jstemplate", "asearchtemplate", "approval", "manageapproved",
    "scale", "assessed", "assesstimestart", "assesstimefinish", "defaultsort", "defaultsortdir", "editany", "notification",
    "timemodified", "config", "completionentries", "fields", "records",
]  # fmt: skip
DATA_FIELD = ["type", "name", "description", "required", *(f"param{number}" for number in range(1, 11))]


def option(name: str, words: str = "") -> SurveyOption:
    return SurveyOption(id=Identifier(name), text=Plain(words or name))


def options(words: Iterable[str]) -> tuple[SurveyOption, ...]:
    return tuple(option(f"o{number}", each) for number, each in enumerate(words))


def one(name: str, words: Iterable[str], **given: Any) -> ChooseOne:
    return ChooseOne(id=Identifier(name), question=Plain(given.pop("question", name)), options=options(words), **given)


def survey(items: Iterable[Entry], **given: Any) -> Survey:
    form = Questionnaire(items=tuple(items), **given)
    return Survey(id=Identifier("u1-survey"), title=Plain("What <b>you</b> think"), form=form)


def only_if(item: str, chosen: str) -> OnlyIf:
    return OnlyIf(item=Identifier(item), option=Identifier(chosen))


def course_with(*activities: Any, **given: Any) -> Course:
    course = course_of(())
    return replace(course, units=(replace(course.units[0], activities=activities),), **given)


def backup_of(course: Course) -> Backup:
    files = {}
    for name, content in entries(course, Templates(course, None)):
        assert isinstance(content, (bytes, Path)), name
        files[name] = content if isinstance(content, bytes) else content.read_bytes()
    return Backup(files)


def activity_of(backup: Backup, module: str) -> Activity:
    (found,) = (each for each in backup.activities if each.module == module)
    return found


def tags(element: Any) -> list[str]:
    return [each.tag for each in element]


class Item(NamedTuple):
    """An item as Moodle shows it."""

    kind: str
    asked: str
    options: list[str]
    across: bool
    row: Any


def shown(markup: str) -> str:
    """The words of one line of HTML, which has no tag of an author's in it."""
    words: str = pages.fromstring(f"<div>{markup}</div>").text_content()
    return words


def read(row: Any) -> Item:
    """An item, read as mod/feedback/item/*/lib.php does."""
    kind, presentation = value(row, "typ"), value(row, "presentation")
    across = False
    found: list[str] = []
    if kind in ("multichoice", "multichoicerated"):
        letter, presentation = presentation.split(">>>>>")[:2]
        if letter != "d":
            presentation, *adjusted = presentation.split("<<<<<")
            across = adjusted[:1] == ["1"]
        found = presentation.split("|")
        if kind == "multichoicerated":
            assert [each.split("####")[0] for each in found] == [str(place) for place in range(1, len(found) + 1)]
            found = [each.split("####")[1] for each in found]
        kind = f"{kind} {letter}"
    return Item(kind, shown(value(row, "name")), found, across, row)


def items_of(course: Course) -> list[Item]:
    data = activity_of(backup_of(course), "feedback").data
    return [read(row) for row in data.iterfind("items/item")]


@cache
def everything(words: tuple[str, ...] = WORDS) -> Survey:
    """A survey with every kind of item, whose texts are ``words``."""
    return survey(
        (
            SurveyText(id=Identifier("t"), text=Rich((Element("p", (), (words[0],)),))),
            one("one", words, required=True),
            one("row", words, layout="row"),
            one("menu", words, layout="menu"),
            ChooseSeveral(id=Identifier("several"), question=Plain(words[1]), options=options(words), required=True),
            Rated(id=Identifier("scale"), question=Plain(words[2]), levels=tuple(map(Plain, words))),
            AskText(id=Identifier("line"), question=Plain(words[3]), lines=1),
            AskText(id=Identifier("words"), question=Plain(words[4]), lines=7),
            AskNumber(id=Identifier("number"), question=Plain("How many?"), low=-3, high=12),
            PageBreak(id=Identifier("turn")),
            *(
                AskText(id=Identifier(f"if-{number}"), question=Plain(f"{number} {each}"), only_if=only_if("one", f"o{number}"))
                for number, each in enumerate(words)
            ),
            SurveyText(id=Identifier("end"), text=rich("For some."), only_if=only_if("menu", "o1")),
        ),
        intro=rich("Who sees this: <all>"),
        thanks=rich("Thank you!"),
    )


def test_a_survey_has_the_fields_that_moodle_knows() -> None:
    activity = activity_of(backup_of(course_with(everything())), "feedback")
    assert tags(activity.data) == FEEDBACK
    assert {tuple(tags(row)) for row in activity.data.iterfind("items/item")} == {tuple(FEEDBACK_ITEM)}
    assert activity.name == "What &lt;b&gt;you&lt;/b&gt; think"
    assert shown(value(activity.data, "intro")) == "Who sees this: <all>"
    assert shown(value(activity.data, "page_after_submit")) == "Thank you!"


def test_every_kind_of_item() -> None:
    found = items_of(course_with(everything()))
    kinds = [each.kind for each in found[:10]]
    assert kinds == [
        "label", "multichoice r", "multichoice r", "multichoice d", "multichoice c", "multichoicerated r", "textfield", "textarea",
        "numeric", "pagebreak",
    ]  # fmt: skip
    assert [each.across for each in found[:10]] == [False, False, True, *[False] * 7]
    assert [value(each.row, "presentation") for each in found[6:10]] == ["30|255", "60|7", "-3|12", ""]
    assert [number(each.row, "position") for each in found] == list(range(1, len(found) + 1))
    assert [number(each.row, "hasvalue") for each in found[:10]] == [0, *[1] * 8, 0]
    assert [number(each.row, "required") for each in found[:10]] == [0, 1, 0, 0, 1, *[0] * 5]
    labels = [value(each.row, "label") for each in found[:10]]
    assert labels == ["", "one", "row", "menu", "several", "scale", "line", "words", "number", ""]


def test_learners_read_what_the_author_wrote() -> None:
    found = items_of(course_with(everything()))
    for each in found[1:6]:
        assert [shown(text) for text in each.options] == [" ".join(words.split()) for words in WORDS]
    assert [each.asked for each in found[4:8]] == [" ".join(words.split()) for words in WORDS[1:5]]
    assert shown(value(found[0].row, "presentation")) == WORDS[0]


def php_same(one: str, other: str) -> bool:
    """PHP's ``==`` for two strings."""
    numeric = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")
    return one == other or bool(numeric.fullmatch(one) and numeric.fullmatch(other) and float(one) == float(other))


def chosen(item: Item, condition: str) -> list[int]:
    """The options for which ``compare_value`` holds."""
    return [place for place, text in enumerate(item.options) if php_same(text.strip(" \t\n\r\0\x0b"), condition)]


def test_conditions_name_one_option_each() -> None:
    found = items_of(course_with(everything()))
    numbers = {value(each.row, "label"): each.row.get("id") for each in found}
    depending = found[10:-1]
    assert len(depending) == len(WORDS)
    for place, each in enumerate(depending):
        assert value(each.row, "dependitem") == numbers["one"]
        assert chosen(found[1], value(each.row, "dependvalue")) == [place]
    assert value(found[-1].row, "dependitem") == numbers["menu"]
    assert chosen(found[3], value(found[-1].row, "dependvalue")) == [1]
    assert {value(each.row, "dependitem") for each in found[:10]} == {"0"}


@pytest.mark.parametrize(
    ("words", "is_long"),
    [
        (("1", "1.0", "01", "1e0"), False),
        (("same", "same"), False),
        (("0", "yes"), False),
        (("x" * 400, "x" * 401), True),
        (("<" * 300, "short"), True),
        (("😀" * 256, "😀" * 257), True),
    ],
    ids=["numbers", "the same", "nothing", "long", "long in HTML", "long in references"],
)
def test_a_condition_finds_its_option_among_others_like_it(words: tuple[str, ...], is_long: bool) -> None:
    asked = [
        AskText(id=Identifier(f"if-{place}"), question=Plain("Why?"), only_if=only_if("one", f"o{place}")) for place in range(len(words))
    ]
    found = items_of(course_with(survey((one("one", words), PageBreak(id=Identifier("p")), *asked))))
    if is_long:
        above = pages.fromstring(value(found.pop(0).row, "presentation"))
        assert [each.text for each in above.iter("li")] == list(words)
    assert found[0].kind == "multichoice r"
    for place, text in enumerate(found[0].options):
        begin = shown(text).removesuffix("…")
        assert words[place].startswith(begin)
        assert begin == words[place] or (is_long and len(text) > 240)
        condition = value(found[2 + place].row, "dependvalue")
        assert len(condition) <= 255
        assert chosen(found[0], condition) == [place]


def test_options_that_no_condition_names_are_not_cut() -> None:
    words = ("x" * 400, "1", "1.0")
    found = items_of(course_with(survey((one("one", words), PageBreak(id=Identifier("p"))))))
    assert found[0].options == list(words)


def test_a_long_question_stands_above_its_item() -> None:
    words = HOSTILE[-1]
    asked = (
        one("first", ("yes", "no")),
        PageBreak(id=Identifier("p")),
        AskText(id=Identifier("long"), question=Plain(words), only_if=only_if("first", "o0")),
    )
    _, _, text, item = items_of(course_with(survey(asked)))
    assert (text.kind, item.kind) == ("label", "textarea")
    assert shown(value(text.row, "presentation")) == words
    assert len(value(item.row, "name")) <= 255
    assert item.asked.endswith("…")
    assert words.startswith(item.asked[:-1])
    assert value(text.row, "dependitem") == value(item.row, "dependitem") != "0"
    assert text.row.get("id") != item.row.get("id")


@pytest.mark.parametrize(("rule", "automatic", "own"), [("answered", "2", "1"), ("ignored", "1", "0")], ids=["counts", "does not count"])
def test_completion_of_a_survey(rule: Any, automatic: str, own: str) -> None:
    activity = activity_of(backup_of(course_with(everything(), completion=Completion(surveys=rule))), "feedback")
    assert value(activity.course_module, "completion") == automatic
    assert value(activity.data, "completionsubmit") == own


@pytest.mark.parametrize("anonymous", [True, False])
def test_settings_of_a_survey(anonymous: bool) -> None:
    asked = survey((one("one", "ab"),), anonymous=anonymous, several_times=anonymous)
    data = activity_of(backup_of(course_with(asked)), "feedback").data
    assert value(data, "anonymous") == ("1" if anonymous else "2")
    assert value(data, "multiple_submit") == ("1" if anonymous else "0")


def test_a_picture_in_a_text_is_a_file_of_the_item(tmp_path: Path) -> None:
    source = tmp_path / "gauge.png"
    source.write_bytes(b"\x89PNG\r\n\x1a\n")
    picture = Element("img", (("src", Media("media/gauge.png", source)), ("alt", "A gauge")))
    backup = backup_of(course_with(survey((SurveyText(id=Identifier("t"), text=Rich((picture,))), one("one", "ab")))))
    activity = activity_of(backup, "feedback")
    (row,) = (each for each in backup.rows if each.component == "mod_feedback" and each.name != ".")
    assert (row.area, row.item, row.context) == ("item", int(activity.data.find("items/item").get("id")), activity.context)
    assert row.id in backup.references(activity.folder)["file"]
    assert f"@@PLUGINFILE@@/{row.name}" in value(activity.data.find("items/item"), "presentation")


LISTED = ("plain", "a##b", "<b>x</b>", "&lt;", "R&D &copy", 'back\\slash "quoted\\"', "$$", "0", "[[Title]]")
"""Entries of lists with what Moodle writes between them, and what it writes into pages as it is."""
SUMMARY = rich("Nobody <counted> it.")


def collected(titles: Iterable[str], **given: Any) -> Collection:
    """A collection with every kind of field, named after ``titles``."""
    named = enumerate(titles)

    def words() -> dict[str, Any]:
        number, title = next(named)
        return {"id": Identifier(f"f{number}"), "title": Plain(title)}

    fields = (
        LineField(**words(), required=True, help=Plain("Short. <i>No names</i> [[Title]] ##edit##")),
        TextField(**words(), lines=9),
        MenuField(**words(), options=tuple(map(Plain, LISTED))),
        ChecksField(**words(), options=tuple(map(Plain, LISTED))),
        NumberField(**words()),
        AddressField(**words()),
        FileField(**words()),
    )
    return Collection(fields=fields, **given)


PLAIN_TITLES = ("Trade", "What was done", "Level", "Tools", "Learners", "Film", "Plan")
HOSTILE_TITLES = ("<b>Bold</b> & [[Title]]", "##edit##", "(y) :-) \\(x\\) $$", "a]]", "A]]", 'The "long" \\ one|two', "x" * 400)


def record(collection: Collection, **given: Any) -> Record:
    line, text, menu, checks, count, address, _ = collection.fields
    values = (
        FieldValue(field=line.id, text=Plain(WORDS[0])),
        FieldValue(field=text.id, text=Plain("First line\nsecond <line>\n\nAnother part")),
        FieldValue(field=menu.id, text=Plain(LISTED[2])),
        FieldValue(field=checks.id, entries=tuple(map(Plain, LISTED[1:7]))),
        FieldValue(field=count.id, text=Plain("12.5")),
        FieldValue(field=address.id, url=Address("https://example.org/film?a=1&b=2"), text=Plain("The <film>")),
    )
    return Record(**{"id": Identifier("r1"), "title": Plain("Brakes <at> home"), "values": values, **given})


def repository(collection: Collection, title: str = "Good practice") -> Repository:
    return Repository(id=Identifier("u1-practice"), title=Plain(title), collection=collection)


def with_records(titles: Iterable[str] = PLAIN_TITLES) -> Repository:
    empty = collected(titles)
    found = record(empty, source=Plain("Report & more, 2021"), url=Address("https://example.org/report"), unknown=SUMMARY)
    return repository(replace(empty, records=(found,)))


def names_of(data: Any) -> list[str]:
    return [value(each, "name") for each in data.iterfind("fields/field")]


def filled(template: str, names: Iterable[str]) -> Any:
    """A template with each field's number in its place, found as Moodle finds it (str_ireplace, in the order of the fields)."""
    for place, name in enumerate(names):
        template = re.sub(re.escape(f"[[{name}]]"), f"field-{place};", template, flags=re.IGNORECASE | re.ASCII)
    return pages.fromstring(f"<div>{template}</div>")


@pytest.mark.parametrize("titles", [PLAIN_TITLES, HOSTILE_TITLES], ids=["plain", "hostile"])
def test_a_repository_has_its_fields_and_templates(titles: tuple[str, ...]) -> None:
    data = activity_of(backup_of(course_with(with_records(titles))), "data").data
    assert tags(data) == DATA
    assert {tuple(tags(each)) for each in data.iterfind("fields/field")} == {tuple(DATA_FIELD)}
    names = names_of(data)
    assert len({name.casefold() for name in names}) == len(names) == 11
    assert all(len(name) <= 255 and not re.search(r"[<>&\[\]#\\]", name) for name in names)
    types = [value(each, "type") for each in data.iterfind("fields/field")]
    assert types == ["text", "text", "textarea", "menu", "checkbox", "number", "url", "file", "text", "url", "textarea"]
    assert [value(each, "required") for each in data.iterfind("fields/field")][:3] == ["1", "1", "0"]
    for template, places in (("addtemplate", range(11)), ("singletemplate", range(11)), ("listtemplate", (0, 1, 3, 4, 5, 8))):
        said = filled(value(data, template), names).text_content()
        assert sorted(int(each) for each in re.findall(r"field-(\d+);", said)) == list(places)
        assert "[[" not in re.sub(r"\[\[Title\]\]", "", said)
    add = filled(value(data, "addtemplate"), names)
    assert [" ".join(each.text_content().split()) for each in add.iterfind(".//div[@class='font-weight-bold fw-bold text-break']")] == [
        "Title", *(" ".join(title.split()) for title in titles), "Source", "Where to read it", "What is not known",
    ]  # fmt: skip
    assert not add.findall(".//b")
    assert not add.findall(".//i")


def test_titles_are_no_signs_of_a_template() -> None:
    data = activity_of(backup_of(course_with(with_records(HOSTILE_TITLES))), "data").data
    signs = {"approve", "disapprove", "edit", "delete", "user", "timeadded", "approvalstatusclass", "approvalstatus"}
    assert set(re.findall(r"##(\w+?)##", value(data, "singletemplate"))) == signs
    assert re.findall(r"##(\w+?)##", value(data, "addtemplate")) == []


def test_lists_of_a_repository() -> None:
    data = activity_of(backup_of(course_with(with_records())), "data").data
    for place in (3, 4):
        lines = value(data.findall("fields/field")[place], "param1").split("\n")
        assert [html.unescape(each) for each in lines] == list(LISTED)
        assert not any("##" in each or "<" in each or re.search("&#[0-9]", each) for each in lines)


def test_a_field_with_the_name_of_one_of_ours_takes_its_place() -> None:
    fields = (LineField(id=Identifier("t"), title=Plain("title")), TextField(id=Identifier("s"), title=Plain("Source"), lines=3))
    data = activity_of(backup_of(course_with(repository(Collection(fields=fields)))), "data").data
    assert names_of(data) == ["title", "Source"]
    assert '<h3 class="h4 text-break">[[title]]</h3>' in value(data, "singletemplate")


def test_records_stand_on_a_page_beside_the_collection() -> None:
    backup = backup_of(course_with(with_records()))
    (page,) = (each for each in backup.activities if each.module == "page" and "collection so far" in each.name)
    found = pages.fromstring(f"<div>{value(page.data, 'content')}</div>")
    words = " ".join(found.text_content().split())
    for said in (
        "Brakes <at> home",
        WORDS[0],
        "second <line>",
        "12.5",
        "The <film>",
        "Report & more, 2021",
        "Nobody <counted> it.",
        *LISTED[1:5],
    ):
        assert said in words
    assert [each.get("href") for each in found.iterfind(".//a")] == ["https://example.org/film?a=1&b=2", "https://example.org/report"]
    assert [each.text_content() for each in found.iterfind(".//h3")] == ["Brakes <at> home"]


def test_no_page_without_records() -> None:
    backup = backup_of(course_with(repository(collected(PLAIN_TITLES))))
    assert [each.module for each in backup.activities if "collection" in each.name] == []
    assert names_of(activity_of(backup, "data").data) == ["Title", *PLAIN_TITLES]


@pytest.mark.parametrize(
    ("rule", "automatic", "view", "entered"),
    [("contributed", "2", "0", "1"), ("seen", "2", "1", "0"), ("ignored", "1", "0", "0")],
)
def test_completion_of_a_repository(rule: Any, automatic: str, view: str, entered: str) -> None:
    activity = activity_of(backup_of(course_with(with_records(), completion=Completion(repositories=rule))), "data")
    assert value(activity.course_module, "completion") == automatic
    assert value(activity.course_module, "completionview") == view
    assert value(activity.data, "completionentries") == entered


def test_nothing_of_a_learner_travels() -> None:
    backup = backup_of(course_with(with_records(), everything()))
    assert len(activity_of(backup, "data").data.find("records")) == 0
    assert len(activity_of(backup, "feedback").data.find("completeds")) == 0
    assert activity_of(backup, "data").data.findtext("config") == NULL
