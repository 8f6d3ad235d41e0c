"""The native backup in a running Moodle: what was restored is compared with the course field by field, and used as learners use it.

It waits for a Moodle as ``tests/moodle_site.py`` says. What is expected is derived from the course alone. HTML arrives as the author wrote
it; these differences are allowed, and no others:

* classes of the theme on tables, pictures, recordings, quotations and what ends a call-out (``THEME``), and in place of the kinds of
  call-outs (``CALL_OUTS``);
* one element around a text that says its language or direction, where the site's may be another one;
* addresses: a file stands in its area, a link leads to the activity's page in this Moodle;
* names have references in place of ``<`` and ``&`` where Moodle would take them for markup; ``$@`` has a blank of no width in it.
"""

from __future__ import annotations

import html as escapes
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from browser import MODULES, Package, words
from everything import everything
from hands import right_answers
from lxml import html
from moodle_site import PATIENCE, Moodle, waits
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Dialog, expect
from playwright.sync_api import Page as Tab
from questions import HOSTILE
from test_backup_structure import COURSES, LIKE_MOODLE, of_source
from test_moodle import Learner, check_end, play, same_bytes

from coursegen.archive import write_zip
from coursegen.model import (
    Activity,
    Anchor,
    Assignment,
    Case,
    Code,
    Competence,
    Course,
    Discussion,
    Element,
    File,
    Framework,
    Gloss,
    GridRating,
    Identifier,
    Link,
    Media,
    Node,
    Page,
    PeerReview,
    Plain,
    Quiz,
    Repository,
    Rich,
    Survey,
    TutorPage,
    Unit,
    WebLink,
)
from coursegen.render.html import blocks
from coursegen.render.templates import Templates
from coursegen.writers import FORMATS

pytestmark = waits

MODULES_OF: dict[type, str] = {
    Page: "page",
    TutorPage: "page",
    Quiz: "quiz",
    Case: "lesson",
    GridRating: "page",
    Discussion: "forum",
    Assignment: "assign",
    PeerReview: "workshop",
    Survey: "feedback",
    Repository: "data",
    WebLink: "url",
    File: "resource",
}
"""What the activities of a course are called in Moodle."""
THEME = frozenset(
    "alert alert-info alert-success alert-warning alert-secondary table table-bordered img-fluid mw-100 mb-0 blockquote ps-3 pl-3".split()
)
"""The classes that the writer may add."""
CALL_OUTS = {"note": "alert-info", "tip": "alert-success", "warning": "alert-warning", "example": "alert-secondary"}
"""The kinds of call-outs, and the class of the theme that stands in place of each."""
NO_WIDTH = "\u200b"


class Expected(NamedTuple):
    """An activity of Moodle as the course wants it."""

    module: str
    title: str
    visible: bool
    activities: tuple[Activity, ...]
    ident: str


class Found(NamedTuple):
    """What the probe says of an activity, beside what was expected."""

    found: dict[str, Any]
    expected: Expected
    unit: Unit | None

    @property
    def cmid(self) -> int:
        return int(self.found["cmid"])

    @property
    def address(self) -> str:
        return f"/mod/{self.expected.module}/view.php?id={self.cmid}"


def expected(course: Course) -> list[tuple[Unit | None, str, list[Expected]]]:
    """The sections: unit, name and activities, in order."""
    units = list(course.units)
    general = units.pop(0) if units[0].general else None
    first = list(of_unit(general)) if general else []
    if course.glossary:
        first.append(Expected("page", words("glossary"), True, (), "page--glossary"))
    return [(general, "", first), *((unit, unit.title, list(of_unit(unit))) for unit in units)]


def of_unit(unit: Unit) -> Iterator[Expected]:
    """The activities of a unit: pages of one book are one, some have a page or a task beside them."""
    for activity in unit.activities:
        book = activity.book if isinstance(activity, Page) and not isinstance(activity, TutorPage) else None
        if book:
            before = unit.activities[unit.activities.index(activity) - 1] if unit.activities.index(activity) else None
            if not (isinstance(before, Page) and before.book == book):
                pages: list[Activity] = []
                for each in unit.activities[unit.activities.index(activity) :]:
                    if not (isinstance(each, Page) and each.book == book):
                        break
                    pages.append(each)
                yield Expected("book", book, True, tuple(pages), f"book--{activity.id}")
            continue
        if isinstance(activity, Repository) and activity.collection.records:
            yield Expected("page", words("moodle.records", title=activity.title), True, (), f"{activity.id}--records")
        yield Expected(MODULES_OF[type(activity)], activity.title, activity.audience == "learners", (activity,), activity.id)
        if isinstance(activity, GridRating) and not activity.reference:
            yield Expected("assign", words("moodle.handIn", title=activity.title), True, (), f"{activity.id}--hand-in")


def squashed(text: str) -> str:
    """Words without blanks: where blocks end is another matter."""
    return re.sub(r"\s", "", text)


def said(name: str) -> str:
    """A name as it is shown."""
    return escapes.unescape(name).replace(NO_WIDTH, "")


def written(course: Course, folder: Path, name: str) -> Path:
    """The package of a course."""
    entry = FORMATS[name]
    file = folder / f"course{entry.suffix if entry.suffix.startswith('.') else f'-{entry.suffix}'}"
    write_zip(file, entry.entries(course, Templates(course, None), None), entry.first)
    return file


class Restored(NamedTuple):
    """A course, and what has become of it."""

    course: Course
    dump: dict[str, Any]
    modules: list[Found]

    @property
    def id(self) -> int:
        return int(self.dump["course"]["id"])

    def of(self, activity: str) -> Found:
        """Where an activity of the course went."""
        return next(each for each in self.modules if any(one.id == activity for one in each.expected.activities))

    @property
    def glossary(self) -> Found:
        return next(each for each in self.modules if each.expected.ident == "page--glossary")


def restored(course: Course, dump: dict[str, Any]) -> Restored:
    """Put side by side what was found and what is expected. That all is there, in order, and nothing else, is asserted here."""
    assert "error" not in dump, dump["error"]
    assert dump["format"] == "moodle2"
    assert not dump["precheck"], "Moodle warns or refuses before it restores"
    sections = expected(course)
    assert [said(section["name"] or "") for section in dump["sections"]] == [" ".join(title.split()) for _, title, _ in sections]
    found = []
    for (unit, title, wanted), section in zip(sections, dump["sections"], strict=True):
        there = [(each["type"], said(each["name"]), bool(int(each["visible"]))) for each in section["mods"]]
        assert there == [(each.module, " ".join(each.title.split()), each.visible) for each in wanted], title
        found += [Found(one, each, unit) for one, each in zip(section["mods"], wanted, strict=True)]
    return Restored(course, dump, found)


SOURCES: dict[str, Callable[[Path], Course]] = {
    "modules": lambda folder: of_source(MODULES),
    "works": COURSES["works"],
    "everything": lambda folder: everything(str, folder),
}


@pytest.fixture(scope="module", params=[("modules", "moodle-backup"), ("works", "moodle-cartridge"), ("everything", "moodle-backup")],
                ids=lambda each: each[0])  # fmt: skip
def there(request: pytest.FixtureRequest, moodle: Moodle, tmp_path_factory: pytest.TempPathFactory) -> Restored:
    """A course, restored by Moodle's code from the command line; one of them from a file that is a cartridge as well."""
    name, package = request.param
    folder = tmp_path_factory.mktemp(name)
    course = SOURCES[name](folder)
    return restored(course, moodle.take("restore", written(course, folder, package)))


# HTML, compared as trees


def tree(markup: str) -> Any:
    """HTML as something to compare: tags, attributes, texts. Classes of the theme are left out."""

    def walk(element: Any) -> Any:
        attributes = dict(element.attrib)
        for name in ("src", "href"):
            if attributes.get(name, "").startswith("@@PLUGINFILE@@"):
                attributes[name] = "file"
        own = attributes.pop("class", "").split()
        if element.tag == "aside":
            kind = [name for name in own if name in CALL_OUTS.values()] or [CALL_OUTS[name] for name in own if name in CALL_OUTS][:1]
            attributes["kind"] = (kind or [CALL_OUTS["note"]])[0]
            own = [name for name in own if name not in CALL_OUTS]
        if own := [name for name in own if name not in THEME]:
            attributes["class"] = " ".join(own)
        inside: list[Any] = [element.text or ""]
        for child in element:
            inside += [walk(child), child.tail or ""]
        return element.tag, tuple(sorted(attributes.items())), tuple(inside)

    root = html.fragment_fromstring(markup, create_parent="div")
    (around,) = root if len(root) == 1 and not (root.text or "").strip() else (None,)
    if around is not None and around.tag == "div" and set(around.attrib) <= {"lang", "dir"} and around.attrib:
        root = around
        root.attrib.clear()
        root.tail = None
    return walk(root)


def same_html(found: str, text: Iterable[Node], there: Restored, moodle: Moodle) -> None:
    """What Moodle has is what the author wrote, but for what the head of this file allows."""

    def address(reference: Link | Anchor | Media | Gloss) -> str:
        if isinstance(reference, Media):
            return "@@PLUGINFILE@@/"
        if isinstance(reference, Anchor):
            return f"#{reference.name}"
        if isinstance(reference, Gloss):
            return f"{moodle.url}{there.glossary.address}#term-{reference.term}"
        target = there.of(reference.activity)
        anchored = target.expected.module in ("page", "book") and reference.anchor
        return f"{moodle.url}{target.address}{f'#{reference.anchor}' if anchored else ''}"

    stored = re.sub(r"(/mod/book/view\.php\?id=\d+)&amp;chapterid=\d+", r"\1", found)  # the chapter is looked at where links are followed
    nodes = tuple(text)
    assert tree(stored) == tree(blocks(nodes, address) if nodes else "")


def places(text: Rich) -> list[Media]:
    """The files that a text shows, plays or leads to, in order."""
    return [value for element in text.elements() for _, value in element.attributes if isinstance(value, Media)]


def same_files(found: str, text: Rich, shown: str, office: BrowserContext) -> int:
    """Every file of a text is served, with its own bytes, under the address that the page shows for it."""
    stored = re.findall(r'@@PLUGINFILE@@/([^"]*)"', found)
    media = places(text)
    assert len(stored) == len(media)
    served = {link for _, _, link, _ in html.iterlinks(shown) if "/pluginfile.php/" in link}
    for name, each in zip(stored, media, strict=True):
        (address, *_) = sorted(link for link in served if unquote(link.split("?")[0]).endswith(f"/{unquote(name)}")) or [""]
        assert address, f"{name} is not shown"
        same_bytes(office.request.get(address), each)
    return len(media)


# The course


def test_course(there: Restored) -> None:
    found, course = there.dump["course"], there.course
    assert re.fullmatch(rf"{re.escape(course.title)}( copy \d+)?", said(found["fullname"]))
    assert said(found["shortname"]).startswith(course.short_name or course.id)
    assert (found["format"], found["enablecompletion"]) == ("topics", "1")
    assert found["lang"] in ("", course.language.split("-")[0])


def test_summaries(there: Restored, moodle: Moodle) -> None:
    """What the course and its units are about stands at the top of the course page and of each section."""
    same_html(there.dump["course"]["summary"], there.course.description.nodes, there, moodle)
    for (unit, title, _), section in zip(expected(there.course), there.dump["sections"], strict=True):
        text = html.fragment_fromstring(section["summary"], create_parent="div").text_content()
        wanted: list[str] = [outcome.text for outcome in unit.outcomes] if unit else [there.course.authors[0].name]
        wanted += [unit.summary.text()] if unit and unit.summary else []
        for each in wanted:
            assert squashed(each) in squashed(text), title


def test_completion(there: Restored) -> None:
    """What counts is ticked by Moodle; what only tutors see by nobody."""
    for each in there.modules:
        assert int(each.found["completion"]) in ((1, 2) if each.expected.visible else (0,)), each.expected.ident


def test_pages_and_chapters(there: Restored, moodle: Moodle, office: BrowserContext) -> None:
    """The HTML of every page, and every file in it."""
    count: Counter[str] = Counter()
    for each in there.modules:
        pages = [one for one in each.expected.activities if isinstance(one, Page)]
        if not pages:
            continue
        shown = office.request.get(f"{moodle.url}{each.address}").text()
        if each.expected.module == "page":
            contents = [(each.found["content"], shown)]
        else:
            chapters = each.found["chapters"]
            assert [said(chapter["title"]) for chapter in chapters] == [page.title for page in pages]
            contents = [
                (chapter["content"], chapter_page(page.title, shown, moodle, office)) for chapter, page in zip(chapters, pages, strict=True)
            ]
        for page, (content, visible) in zip(pages, contents, strict=True):
            same_html(content, page.body.nodes, there, moodle)
            count["files"] += same_files(content, page.body, visible, office)
            count["pages"] += 1
    assert count["pages"] == sum(isinstance(activity, Page) for _, activity in there.course.activities())
    print(f"\n{dict(count)}")


def chapter_page(title: str, book: str, moodle: Moodle, office: BrowserContext) -> str:
    """The page of a chapter, as the contents of its book lead to it; the first is open already."""
    document = html.fromstring(book)
    document.make_links_absolute(f"{moodle.url}/mod/book/view.php")
    found = [link.get("href") for link in document.iter("a") if "chapterid=" in link.get("href", "") and title in link.text_content()]
    return office.request.get(str(found[0])).text() if found else book


def test_links_are_followed(there: Restored, moodle: Moodle, office: BrowserContext) -> None:
    """Each link inside the course leads to the page it says, and the place in it is there."""
    count = 0
    for each in there.modules:
        for page in (one for one in each.expected.activities if isinstance(one, Page)):
            contents = [each.found["content"]] if each.expected.module == "page" else [c["content"] for c in each.found["chapters"]]
            stored = [address for content in contents for _, _, address, _ in html.iterlinks(content) if address.startswith(moodle.url)]
            if page is each.expected.activities[0]:
                for address in stored:
                    answer = office.request.get(address)
                    anchor = address.partition("#")[2]
                    assert answer.status == 200, address
                    assert not anchor or f'id="{anchor}"' in answer.text(), address
            for element in page.body.elements():
                target = element.get("href")
                if isinstance(target, Link):
                    to = there.of(target.activity)
                    title = next(one.title for one in to.expected.activities if one.id == target.activity)
                    candidates = [one for one in stored if re.search(rf"{re.escape(to.address)}(\D|$)", one)]
                    assert any(" ".join(title.split()) in said(office.request.get(one).text()) for one in candidates), title
                    count += 1
    assert count > 0
    print(f"\n{count} links")


def test_other_activities(there: Restored, moodle: Moodle, office: BrowserContext) -> None:
    """Forums have their prompt, links their address, files their bytes, surveys and collections what is in them."""
    for each in there.modules:
        for activity in each.expected.activities:
            if isinstance(activity, Discussion):
                same_html(each.found["intro"], activity.prompt.nodes, there, moodle)
                assert (each.found["forumtype"], each.found["forcesubscribe"]) == ("general", "0")
            elif isinstance(activity, WebLink):
                assert unquote(each.found["externalurl"]) == unquote(activity.url)
                same_html(each.found["intro"], activity.description.nodes if activity.description else (), there, moodle)
            elif isinstance(activity, File):
                same_bytes(office.request.get(f"{moodle.url}{each.address}&redirect=1"), activity.media)
            elif isinstance(activity, Survey):
                kinds = {"text": "label", "page-break": "pagebreak", "scale": "multichoicerated", "number": "numeric"}
                asked = [kinds.get(item.kind, "") for item in activity.form.items]
                assert [kind if wanted else "" for (kind, *_), wanted in zip(each.found["items"], asked, strict=True)] == asked
            elif isinstance(activity, Repository):
                assert {said(name) for _, name in each.found["fields"]} >= {field.title for field in activity.collection.fields}
            elif isinstance(activity, Quiz):
                assert float(each.found["gradeitem"]["gradepass"]) == activity.set.pass_mark


def test_glossary(there: Restored) -> None:
    if not there.course.glossary:
        pytest.skip("no glossary in this course")
    content = html.fragment_fromstring(there.glossary.found["content"], create_parent="div")
    found = {
        term.get("id"): (squashed(term.text_content()), squashed(next(term.itersiblings()).text_content())) for term in content.iter("dt")
    }
    terms = there.course.glossary.terms
    assert found == {f"term-{term.id}": (squashed(term.term), squashed(term.definition.text())) for term in terms}


# What only pages tell


def fields_of(tab: Tab, selector: str) -> dict[str, str]:
    """The values of form fields by their name."""
    rows = tab.locator(selector).evaluate_all(
        "fields => fields.map(field => [field.name, field.type == 'checkbox' ? String(field.checked) : field.value])"
    )
    return dict(rows)


def test_id_numbers(there: Restored, moodle: Moodle, office: BrowserContext) -> None:
    """Teachers find an activity of the source under its ID number."""
    tab = office.new_page()
    for each in there.modules[:4]:
        tab.goto(f"{moodle.url}/course/modedit.php?update={each.cmid}")
        assert tab.locator("#id_cmidnumber").input_value() == each.expected.ident
    tab.close()


def test_gradebook(there: Restored, moodle: Moodle, office: BrowserContext) -> None:
    """A category for each unit with grades, of the weight of the unit; in it the grades, in the order of the course."""
    tab = office.new_page()
    tab.goto(f"{moodle.url}/grade/edit/tree/index.php?id={there.id}")
    tab.wait_for_load_state("networkidle")
    text = tab.locator("#region-main").inner_text()
    order = []
    for each in there.modules:
        if "gradeitem" in each.found and each.expected.visible:
            shown = said(each.found["name"])
            assert shown in text, each.expected.ident
            order.append(min(place for place in (text.find(f"\n{shown}\n"), text.find(f"\n{shown} (")) if place >= 0))
    assert order == sorted(order)
    weights = fields_of(tab, "input[name^='weight_'], input[name^='extracredit_']")
    graded = [each.unit for each in there.modules if "gradeitem" in each.found and each.expected.visible and each.unit]
    given = Counter(float(value) for value in weights.values() if value)
    assert given >= Counter(float(unit.weight) for unit in dict.fromkeys(graded)), weights
    assert all(said(unit.title) in text for unit in graded)
    tab.close()


def test_course_completion(there: Restored, moodle: Moodle, office: BrowserContext) -> None:
    """The course is completed by all activities that Moodle ticks by itself."""
    tab = office.new_page()
    tab.goto(f"{moodle.url}/course/completion.php?id={there.id}")
    ticked = {
        int(match[1])
        for name, value in fields_of(tab, "input[type=checkbox][name^='criteria_activity[']").items()
        if value == "true" and (match := re.search(r"\[(\d+)\]", name))
    }
    assert ticked == {each.cmid for each in there.modules if int(each.found["completion"]) == 2}
    tab.close()


def test_badge(there: Restored, moodle: Moodle, office: BrowserContext) -> None:
    badge = there.course.badge
    if not badge:
        pytest.skip("no badge in this course")
    tab = office.new_page()
    tab.goto(f"{moodle.url}/badges/index.php?type=2&id={there.id}")
    tab.goto(tab.locator("#region-main a[href*='badges/overview.php']").first.get_attribute("href") or "")
    assert badge.description in tab.locator("#region-main").inner_text()
    (picture, *_) = tab.locator("#region-main img[src*='badgeimage']").evaluate_all("pictures => pictures.map(each => each.src)")
    answer = office.request.get(picture.replace("f3", "f1"))
    assert answer.status == 200
    assert answer.body()[:8] == b"\x89PNG\r\n\x1a\n"
    tab.close()


def test_picture(there: Restored, moodle: Moodle, office: BrowserContext) -> None:
    """The picture for course lists is served."""
    if not there.course.picture:
        pytest.skip("no picture in this course")
    tab = office.new_page()
    tab.goto(f"{moodle.url}/course/info.php?id={there.id}")
    addresses = tab.locator("img[src*='overviewfiles']").evaluate_all("pictures => pictures.map(each => each.src)")
    assert addresses or there.course.picture.source.stat().st_size < 100, "it is not shown"  # a picture for a test may be none
    for address in addresses:
        same_bytes(office.request.get(address), there.course.picture)
    tab.close()


def test_without_the_framework_nothing_is_said(there: Restored) -> None:
    """Competences of a framework that the site does not have are left out, and the restore has warned of nothing."""
    assert there.course.framework
    assert not there.dump["precheck"]


def test_competences(moodle: Moodle, office: BrowserContext, tmp_path: Path) -> None:
    """With the framework on the site, imported from the file beside the backup, course and activities have their competences."""
    ident = f"frame-{uuid.uuid4().hex[:8]}"
    framework = Framework(
        id=Identifier(ident),
        title=Plain(f"Frame {ident}"),
        source=Plain("A source"),
        competences=(Competence(code=Code("1.1"), title=Plain(f"Measure {ident}")),),
    )
    course = replace(everything(str, tmp_path), framework=framework)
    entry = FORMATS["moodle-imports"]
    content = dict(entry.entries(course, Templates(course, None), None))["framework.csv"]
    assert isinstance(content, bytes)
    (tmp_path / "framework.csv").write_bytes(content)
    tab = office.new_page()
    tab.goto(f"{moodle.url}/admin/tool/lpimportcsv/index.php")
    upload(tab, "#fitem_id_importfile", tmp_path / "framework.csv")
    tab.locator("#id_submitbutton").click()
    tab.wait_for_load_state()
    tab.locator("#id_confirm, #id_submitbutton").first.click()
    tab.wait_for_load_state()
    found = restored(course, moodle.take("restore", written(course, tmp_path, "moodle-backup")))
    tab.goto(f"{moodle.url}/admin/tool/lp/coursecompetencies.php?courseid={found.id}")
    expect(tab.locator("#region-main")).to_contain_text(f"Measure {ident}", timeout=PATIENCE)
    tab.goto(f"{moodle.url}/course/modedit.php?update={found.of('e-page').cmid}")
    assert f"Measure {ident}" in tab.locator("select[name='competencies[]'] option").all_inner_texts()[0]
    tab.close()


# Hostile words


@pytest.mark.parametrize("text", [*HOSTILE[:8], *LIKE_MOODLE], ids=lambda text: text[:12])
def test_hostile_words(text: str, moodle: Moodle, office: BrowserContext, tmp_path: Path) -> None:
    """Whatever authors write is shown as that: in names, pages, summaries, chapters, introductions; and no page of it breaks."""
    alone = text in ("0", "$@NULL@$")
    course = everything(lambda place: text if alone else f"{place} {text}".strip(), tmp_path)
    there = restored(course, moodle.take("restore", written(course, tmp_path, "moodle-backup")))
    for each in there.modules:
        for page in (one for one in each.expected.activities if isinstance(one, Page)):
            content = each.found.get("content") or next(
                c["content"] for c in each.found["chapters"] if said(c["title"]) == " ".join(page.title.split())
            )
            same_html(content, page.body.nodes, there, moodle)
    tab = office.new_page()
    errors: list[str] = []

    def refuse(dialog: Dialog) -> None:
        errors.append(dialog.message)
        dialog.dismiss()

    tab.on("dialog", refuse)
    tab.goto(f"{moodle.url}/course/view.php?id={there.id}")
    shown = tab.locator("body").inner_text().replace(NO_WIDTH, "")
    for each in there.modules:
        assert " ".join(each.expected.title.split()) in " ".join(shown.split()), each.expected.ident
    for each in there.modules:
        if each.expected.module in ("url", "resource"):
            continue  # they open what is not this site
        tab.goto(f"{moodle.url}{each.address}")
        name = tab.locator("#page-header").inner_text().replace(NO_WIDTH, "")
        assert " ".join(each.expected.title.split()) in " ".join(name.split()), each.expected.ident
        assert tab.locator(".errorbox, .alert-danger, [data-rel=fatalerror]").count() == 0, each.expected.ident
    assert not errors, "a script of a title ran"
    tab.close()


def test_odd_courses(moodle: Moodle, tmp_path: Path) -> None:
    """Names as long as a source may have them, names equal to each other, a unit of one hidden page, and no page at all around units."""
    body = Rich((Element("p", (), ("Words.",)),))
    long = Plain("&<b>" + "ü" * 236)
    pages = tuple(Page(id=Identifier(f"p{number}"), title=long, body=body) for number in range(3))
    hidden = Unit(id=Identifier("hidden"), title=long, minutes=1, activities=(TutorPage(id=Identifier("t"), title=Plain("0"), body=body),))
    unit = Unit(id=Identifier("pages"), title=long, minutes=1, activities=pages)
    course = replace(everything(str, tmp_path), units=(hidden, unit), glossary=None, title=Plain("0"), short_name=None)
    course = replace(course, description=Rich(("0",)))
    dump = moodle.take("restore", written(course, tmp_path, "moodle-backup"))
    assert "error" not in dump, dump["error"]
    assert not dump["precheck"]
    assert [[one["type"] for one in section["mods"]] for section in dump["sections"]] == [[], ["page"], ["page"] * 3]
    for each in dump["sections"][2]["mods"]:
        assert said(each["name"]).startswith(long[:150])


# The web page


def upload(tab: Tab, where: str, file: Path) -> None:
    """Put a file into a field, by the picker."""
    tab.wait_for_load_state("networkidle")
    tab.locator(f"{where} .fp-btn-choose").first.click()
    tab.locator(".fp-repo-name", has_text="Upload a file").click()
    tab.wait_for_timeout(2500)  # the picker writes its form anew, and says in no way when it is done
    tab.locator("input[name=repo_upload_file]").set_input_files(file)
    tab.locator(".fp-upload-btn:visible").click()
    expect(tab.locator(f"{where} .filepicker-filename a")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("package", ["moodle-backup", "moodle-cartridge"])
def test_restored_in_the_browser(package: str, moodle: Moodle, office: BrowserContext, tmp_path: Path) -> None:
    """An administrator uploads the file, clicks through the pages without a warning on them, and gets the course."""
    course = everything(str, tmp_path)
    name = f"By hand {uuid.uuid4().hex[:8]}"
    course = replace(course, title=Plain(name), short_name=Plain(name))
    tab = office.new_page()
    tab.set_default_timeout(PATIENCE)
    tab.goto(f"{moodle.url}/course/management.php")
    tab.goto(f"{moodle.url}/backup/restorefile.php?contextid={category_context(tab, moodle)}")
    upload(tab, "#fitem_id_backupfile", written(course, tmp_path, package))
    tab.locator("#id_submitbutton").click()
    quiet(tab)
    assert words_of_step(tab, "Moodle 2")
    tab.locator("#region-main form [type=submit]", has_text="Continue").first.click()
    quiet(tab)
    tab.locator(".bcs-new-course input[type=radio][name=targetid]").first.check()
    tab.locator(".bcs-new-course [type=submit]").last.click()
    for _ in range(3):
        quiet(tab)
        tab.locator("#id_submitbutton").click()
    quiet(tab)
    moodle.background()
    tab.goto(f"{moodle.url}/course/search.php?search={name.replace(' ', '+')}")
    for _ in range(20):
        if tab.locator(".coursebox a", has_text=name).count():
            break
        tab.wait_for_timeout(5000)  # the site's own cron restores it
        tab.reload()
    tab.locator(".coursebox a", has_text=name).first.click()
    tab.wait_for_url("**/course/view.php*")
    shown = tab.locator("body").inner_text()
    for _, title, wanted in expected(course):
        for text in (title, *(each.title for each in wanted)):
            assert text in shown, text
    tab.close()


def category_context(tab: Tab, moodle: Moodle) -> str:
    """The context of the first category, as its page names it."""
    tab.goto(f"{moodle.url}/course/index.php?categoryid={first_category(tab, moodle)}")
    found = re.search(r"context-(\d+)", tab.locator("body").get_attribute("class") or "")
    assert found
    return found[1]


def first_category(tab: Tab, moodle: Moodle) -> str:
    tab.goto(f"{moodle.url}/course/management.php")
    return tab.locator("#category-listing [data-id]").first.get_attribute("data-id") or "1"


def quiet(tab: Tab) -> None:
    """A page of the restore that warns of nothing."""
    tab.wait_for_load_state("networkidle")
    assert tab.locator("#region-main .alert-danger:visible, #region-main .alert-warning:visible, .errorbox").count() == 0, tab.url


def words_of_step(tab: Tab, wanted: str) -> bool:
    return wanted in tab.locator("#region-main").inner_text()


# By unit, and as packages


class Enrolled:
    """Puts a learner into a course, by the page for it."""

    def __init__(self, moodle: Moodle, office: BrowserContext, course: int) -> None:
        tab = office.new_page()
        tab.goto(f"{moodle.url}/enrol/instances.php?id={course}")
        tab.goto(tab.locator("a[href*='enrol/manual/manage.php']").first.get_attribute("href") or "")
        tab.fill("#addselect_searchtext", moodle.learner[0])
        option = tab.locator("#addselect option", has_text=moodle.learner[0]).first
        expect(option).to_be_attached(timeout=PATIENCE)
        tab.wait_for_timeout(2000)  # the list is written anew while one types
        tab.locator("#addselect").select_option(value=option.get_attribute("value"))
        tab.locator("#add").click()
        tab.wait_for_load_state()
        assert tab.locator("#removeselect option").count()
        tab.close()


def test_units_open_one_by_one(moodle: Moodle, chromium: Chromium, office: BrowserContext, tmp_path: Path) -> None:
    """With ``order: by-unit`` the second unit waits for the first, and opens when that is completed."""
    body = Rich((Element("p", (), ("Words.",)),))
    units = tuple(
        Unit(
            id=Identifier(f"u{number}"),
            title=Plain(f"Unit {number}"),
            minutes=1,
            activities=(Page(id=Identifier(f"p{number}"), title=Plain(f"Page {number}"), body=body),),
        )
        for number in (1, 2)
    )
    course = replace(everything(str, tmp_path), units=units, glossary=None)
    there = restored(course, moodle.take("restore", written(course, tmp_path, "moodle-backup")))
    Enrolled(moodle, office, there.id)
    context = chromium.new_context()
    tab = moodle.enter(context, moodle.learner)
    tab.goto(f"{moodle.url}/course/view.php?id={there.id}")
    assert tab.locator(f"a[href*='{there.of('p2').address}']").count() == 0
    assert "Page 1" in tab.locator("#region-main").inner_text()
    tab.goto(f"{moodle.url}{there.of('p1').address}")
    tab.goto(f"{moodle.url}/course/view.php?id={there.id}")
    expect(tab.locator(f"a[href*='{there.of('p2').address}']").first).to_be_visible()
    context.close()


def test_units_as_packages(moodle: Moodle, chromium: Chromium, office: BrowserContext, tmp_path: Path) -> None:
    """With ``units: scorm`` a unit is one activity that the player plays; grade and completion arrive."""
    course = COURSES["sample"](tmp_path)
    course = replace(course, moodle=replace(course.moodle, units="scorm"))
    dump = moodle.take("restore", written(course, tmp_path, "moodle-backup"))
    assert "error" not in dump, dump["error"]
    assert not dump["precheck"]
    Enrolled(moodle, office, int(dump["course"]["id"]))
    for unit, section in zip(course.units, dump["sections"][1:], strict=True):
        (scorm,) = (each for each in section["mods"] if each["type"] == "scorm")
        assert (scorm["name"], scorm["version"]) == (unit.title, "SCORM_1.2")
        package = Package(f"sample-en-{unit.id}-scorm12", (unit,))
        learner = Learner(moodle, chromium, int(scorm["cmid"]))
        answers = right_answers(package)
        tab, player = learner.open()
        play(package, player, answers)
        expect(player.frame.locator("#cg-completed")).to_have_text(words("completed"))
        learner.leave(tab)
        check_end(package, answers, learner.tracks())
