"""Case studies as lessons of Moodle: every run of the story has its walk through the pages, with the same words and the same grade."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from backup import NULL, Backup
from backup import Activity as Folder
from cases import CASE_FILES
from lessons import CONTENT, END, MULTIPLE_CHOICE, Answer, Lesson, Page, words_of
from questions import HOSTILE, course_of, rich
from samples import write_course
from test_branching import Counted, change, choice, scene, story, variable, when

from coursegen.branching import State, prove, run
from coursegen.check import check_source
from coursegen.model import Case, Choice, Completion, Course, Element, Identifier, Media, Plain, Rich, Scene, Storyline
from coursegen.moodle.unfolded import LIMIT, fits_button, unfolded
from coursegen.render.templates import Templates
from coursegen.writers.moodle_backup import entries

MODULES = Path(__file__).parent.parent / "modules"
FIELDS = json.loads((Path(__file__).parent / "backup_fields.json").read_text("utf-8"))["activities/lesson/lesson.xml"]


def course_with(storyline: Storyline, **settings: Any) -> Course:
    """A course with one case study."""
    course = course_of(())
    case = Case(id=Identifier("u1-case"), title=Plain("A case"), storyline=storyline)
    return replace(course, units=(replace(course.units[0], activities=(case,)),), **settings)


def backup_of(course: Course) -> Backup:
    files = {}
    for name, content in entries(course, Templates(course, None)):
        assert isinstance(content, (bytes, Path)), name
        files[name] = content if isinstance(content, bytes) else content.read_bytes()
    return Backup(files)


def folder_of(backup: Backup) -> Folder:
    (found,) = (activity for activity in backup.activities if activity.module == "lesson")
    return found


def lesson_of(storyline: Storyline, **settings: Any) -> Lesson:
    return Lesson(folder_of(backup_of(course_with(storyline, **settings))))


# Cases


@cache
def real_cases() -> dict[str, Storyline]:
    course, _ = check_source(MODULES)
    assert course is not None
    return {case.id: case.storyline for unit in course.units for case in unit.cases()}


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Storyline:
    course, _ = check_source(write_course(tmp_path_factory.mktemp("cases"), CASE_FILES))
    assert course is not None
    return next(course.units[2].cases()).storyline


def random_case(dice: random.Random) -> Storyline:
    """A case whose texts all differ, with loops, variables with and without titles, feedback here and there, and up to three endings."""
    ends = dice.randint(1, 3)
    names = [f"s{n}" for n in range(dice.randint(2, 6))]
    endings = [f"e{n}" for n in range(ends)]
    variables = tuple(
        replace(variable(name, dice.randint(0, 1), 0, dice.randint(1, 2)), title=Plain(f"Value {name}") if dice.random() < 0.5 else None)
        for name in "xyz"[: dice.randint(0, 3)]
    )
    scored = dice.random() < 0.8

    def some_choice(at: int, n: int) -> Choice:
        conditions = tuple(
            when(one.id, **{dice.choice(["at_least", "at_most"]): dice.randint(0, 2)}) for one in variables if n and dice.random() < 0.3
        )
        changes = tuple(change(one.id, by=dice.choice([-1, 1])) for one in variables if dice.random() < 0.4)
        onward = [*names[at + 1 :], *endings] if dice.random() < 0.85 else names[: at + 1]
        made = choice(f"c{n}", dice.choice(onward), dice.choice([0, 0, 1, 2]) if scored else 0, conditions, changes)
        text = rich(f"Choice {at} {n}") if dice.random() < 0.9 else rich(f"Choice {at} <{n}>")
        return replace(made, text=text, feedback=rich(f"Feedback {at} {n}") if dice.random() < 0.5 else None)

    def titled(one: Scene) -> Scene:
        return replace(one, title=Plain(f"Title {one.id}"), text=rich(f"Text of {one.id}."))

    scenes = [titled(scene(name, *(some_choice(at, n) for n in range(dice.randint(1, 4))))) for at, name in enumerate(names)]
    ended = [replace(titled(scene(name)), ending=Plain(f"Ending {name}")) for name in endings]
    return replace(story(*scenes, *ended, variables=variables), debrief=rich("The debrief") if dice.random() < 0.5 else None)


def is_sound(case: Storyline) -> bool:
    """Whether the rules of ``check`` let it pass that a lesson builds on."""
    proof = prove(case)
    return proof.complete and not (proof.dead_ends or proof.circles or proof.repeated)


@cache
def random_cases() -> list[Storyline]:
    cases = (random_case(random.Random(seed)) for seed in range(400))
    return [case for case in cases if is_sound(case)]


# Walking


def opening(lesson: Lesson) -> Page:
    """The page before the story; its one button leads to where the story begins."""
    (begin,) = lesson.order[0].answers
    return lesson.by_id[begin.jump]


def squeezed(words: str) -> str:
    """Words without white space: HTML has none where a block ends."""
    return "".join(words.split())


def has(page: Page, words: str) -> bool:
    return squeezed(words) in squeezed(page.words)


class Walk:
    """A case and its lesson, side by side."""

    def __init__(self, case: Storyline) -> None:
        self.case = case
        self.counted = Counted(case)
        self.lesson = lesson_of(case)
        self.choices = {(str(one.id), str(each.id)): each for one in case.scenes for each in one.choices}

    def compare(self, state: State, page: Page) -> None:
        """The page shows what the player shows in this state: the scene and the values, and at an ending its name and the debrief."""
        here = self.counted.scenes[state.scene]
        assert squeezed(words_of(page.title)) == squeezed(here.title)
        shown = [f"{one.title}: {at} of {one.high}" for one, at in zip(self.case.variables, state.values, strict=True) if one.title]
        assert page.listed == shown
        assert has(page, here.text.text())
        if here.ending:
            assert has(page, f"The story ends: {here.ending}")
        if self.case.debrief:
            assert has(page, self.case.debrief.text()) == bool(here.ending)

    def after(self, page: Page, scene_id: str, name: str) -> tuple[Answer, Page]:
        """What follows a choice: the answer that it is, and the page with the next scene. Its consequence is met in between."""
        made = self.choices[scene_id, name]
        found = [answer for answer in page.answers if self.said(page, answer) == made.text.text()]
        (answer,) = found
        target = self.lesson.by_id[answer.jump]
        feedback = made.feedback.text() if made.feedback else ""
        if page.kind == MULTIPLE_CHOICE:
            assert squeezed(words_of(answer.response)) == squeezed(feedback)
        elif feedback:
            assert target.title == "What happens then"
            assert has(target, f"You have decided: {made.text.text()} {feedback}")
            (on,) = target.answers
            target = self.lesson.by_id[on.jump]
        return answer, target

    def said(self, page: Page, answer: Answer) -> str:
        return words_of(answer.text) if page.kind == MULTIPLE_CHOICE else answer.text

    def everywhere(self) -> dict[State, set[int]]:
        """Go hand in hand from the beginning wherever one can go; the pages on which each state was met."""
        start = (self.counted.start, opening(self.lesson))
        waiting, met = [start], {(start[0], start[1].id)}
        while waiting:
            state, page = waiting.pop()
            self.compare(state, page)
            if self.counted.is_ending(state):
                assert [answer.jump for answer in page.answers] == [END]
                continue
            steps = self.counted.next[state]
            offered = [self.choices[state.scene, name].text.text() for name, _, _ in steps]
            assert [self.said(page, answer) for answer in page.answers] == offered
            for name, _, to in steps:
                _, target = self.after(page, state.scene, name)
                if (to, target.id) not in met:
                    met.add((to, target.id))
                    waiting.append((to, target))
        found: dict[State, set[int]] = {}
        for state, ident in met:
            found.setdefault(state, set()).add(ident)
        return found

    def graded(self, path: list[str]) -> tuple[Fraction | None, int]:
        """What Moodle gives for decisions, and the points that they have in the course."""
        state, page = self.counted.start, opening(self.lesson)
        attempts, points = [], 0
        for name in path:
            answer, target = self.after(page, state.scene, name)
            attempts.append((page, answer))
            worth, state = next((worth, to) for one, worth, to in self.counted.next[state] if one == name)
            points += worth
            page = target
        assert self.counted.is_ending(state)
        return self.lesson.grade(attempts), points


def compare_everything(case: Storyline, dice: random.Random) -> Walk:
    """Every run has its walk and every walk its run; what is earned on the way is the same share."""
    walk = Walk(case)
    met = walk.everywhere()
    assert set(met) == set(walk.counted.next)
    seen = {ident for idents in met.values() for ident in idents}
    consequences = {page.id for page in walk.lesson.order if page.title == "What happens then"}
    assert seen | consequences | {walk.lesson.order[0].id} == set(walk.lesson.by_id), "a page that nobody meets"
    best = prove(case).best
    assert best is not None
    ways = [[name for _, name, _ in steps] for steps, end in walk.counted.runs(walk.counted.start) if walk.counted.is_ending(end)]
    for path in [*dice.sample(ways, min(len(ways), 200)), *(roundabout(walk.counted, dice) for _ in range(10))]:
        grade, points = walk.graded(path)
        if best.points:
            assert grade == Fraction(100 * points, best.points)
        else:
            assert not grade
    return walk


def roundabout(counted: Counted, dice: random.Random) -> list[str]:
    """A way to an ending at random, with all loops that it happens to take."""
    state, path = counted.start, []
    while not counted.is_ending(state):
        name, _, state = dice.choice(counted.next[state])
        path.append(name)
    return path


@pytest.mark.parametrize("name", ["u01-case-brakes", "u02-engine-case"])
def test_the_cases_of_the_course(name: str) -> None:
    walk = compare_everything(real_cases()[name], random.Random(1))
    assert walk.lesson.row.findtext("grade") == "100"
    assert len(walk.lesson.order) < 100


def test_the_sample_case(sample: Storyline) -> None:
    compare_everything(sample, random.Random(1))


@pytest.mark.parametrize("part", range(8))
def test_any_case(part: int) -> None:
    for number, case in enumerate(random_cases()[part::8]):
        compare_everything(case, random.Random(number))


def test_the_random_cases_show_everything() -> None:
    """The test above would be hollow if they were all alike."""
    found = [(case, made) for case in random_cases() if (made := unfolded(case))]
    assert len(found) == len(random_cases()) > 100
    assert {page.kind for _, made in found for page in made.pages} == {"question", "buttons", "consequence", "ending"}
    losing = [any(way.score < 0 for page in made.pages for way in page.ways) for _, made in found]
    assert sum(losing) > 30
    assert sum(bool(made.most) and not loses for (_, made), loses in zip(found, losing, strict=True)) > 10
    assert sum(not made.most for _, made in found) > 10
    assert sum(sum(page.kind != "consequence" for page in made.pages) < prove(case).states for case, made in found) > 10, "merged"
    counted = [Counted(case) for case, _ in found]
    assert sum(any(state in one.later[state] for state in one.next) for one in counted) > 30, "loops"


def test_each_step_is_what_the_proof_says(sample: Storyline) -> None:
    """What the test above counts out is what :mod:`coursegen.branching` replays."""
    walk = Walk(sample)
    path = ["ask", "look", "back", "call", "plain"]
    scenes = ["desk", "workshop", "bench", "workshop", "phone"]
    replayed = run(sample, zip(scenes, path, strict=True))
    assert (replayed.state.scene, replayed.points) == ("done", 5)
    assert walk.graded(path) == (Fraction(100), 5)


# Scores


def straight(*, shortcut: bool) -> Storyline:
    """Two decisions with points; with a shortcut, a third choice that leads past the second."""
    first = [choice("good", "b", 2), choice("bad", "b"), *([choice("out", "end")] if shortcut else [])]
    return story(scene("a", *first), scene("b", choice("good", "end", 3), choice("fair", "end", 1)), scene("end"))


def test_where_every_way_offers_the_same_the_points_are_the_authors() -> None:
    lesson = lesson_of(straight(shortcut=False))
    assert [[answer.score for answer in page.answers] for page in lesson.order] == [[0], [2, 0], [3, 1], [0]]


def test_elsewhere_an_answer_is_scored_by_what_it_costs() -> None:
    """Moodle would give the shortcut 0 of 2 points and a way past the good choice 3 of 3; it is 0 of 5, and 3 of 5."""
    lesson = lesson_of(straight(shortcut=True))
    _, a, b, _ = lesson.order
    assert [[answer.score for answer in page.answers] for page in (a, b)] == [[5, 3, 0], [0, -2]]
    assert lesson.grade([(a, a.answers[2])]) == 0
    assert lesson.grade([(a, a.answers[1]), (b, b.answers[0])]) == 60


def test_a_first_question_brings_all_points_wherever_it_comes() -> None:
    """Two ways to begin, on buttons: by one of them the second question is the first one, so it is there twice."""
    case = story(
        scene("start", choice("left", "a"), choice("right", "b")),
        scene("a", choice("good", "b"), choice("bad", "end")),
        scene("b", choice("good", "end", 3), choice("bad", "end")),
        scene("end"),
    )
    scenes = (replace(one, choices=tuple(replace(each, text=rich(each.id)) for each in one.choices)) for one in case.scenes)
    lesson = compare_everything(replace(case, scenes=tuple(scenes)), random.Random(1)).lesson
    scores = {(page.title, tuple(answer.score for answer in page.answers)) for page in lesson.order if page.kind == MULTIPLE_CHOICE}
    assert scores == {("a", (3, 0)), ("b", (0, -3)), ("b", (3, 0))}


def test_a_case_without_points_has_no_grade_and_ends_all_the_same() -> None:
    case = story(scene("a", choice("on", "end"), choice("round", "a")), scene("end"))
    backup = backup_of(course_with(case))
    folder = folder_of(backup)
    assert folder.data.findtext("grade") == "0"
    assert backup.items(folder) == []
    assert {page.kind for page in Lesson(folder).order} == {CONTENT}
    assert folder.course_module.findtext("completion") == "2"


# Settings


def settings_of(storyline: Storyline, **settings: Any) -> dict[str, str]:
    folder = folder_of(backup_of(course_with(storyline, **settings)))
    return {each.tag: each.text or "" for each in (*folder.data, *folder.course_module) if not len(each)}


def test_the_settings_of_a_case_study(sample: Storyline) -> None:
    found = settings_of(sample)
    wanted = {
        "custom": "1", "retake": "1", "usemaxgrade": "1", "maxattempts": "0", "feedback": "0", "minquestions": "0", "modattempts": "0",
        "grade": "100", "completionendreached": "1", "completion": "2", "completiongradeitemnumber": NULL, "completionview": "0",
    }  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted
    assert int(found["maxanswers"]) >= max(len(page.answers) for page in lesson_of(sample).order)


def test_a_case_that_does_not_count_is_ticked_by_hand(sample: Storyline) -> None:
    found = settings_of(sample, completion=Completion(cases="ignored"))
    assert (found["completionendreached"], found["completion"]) == ("0", "1")


def test_the_gradebook_has_one_item(sample: Storyline) -> None:
    backup = backup_of(course_with(sample))
    (item,) = backup.items(folder_of(backup))
    assert (item.findtext("itemname"), float(item.findtext("grademax")), float(item.findtext("gradepass"))) == ("A case", 100, 0)


def test_every_row_has_the_fields_that_are_known_to_restore(sample: Storyline) -> None:
    """Those of a backup that Moodle has taken, none more, none less, and no nothing where the column takes none."""
    data = folder_of(backup_of(course_with(sample))).data
    kinds = {
        "activity/lesson": [data],
        "pages/page": data.findall("pages/page"),
        "answers/answer": data.findall("pages/page/answers/answer"),
    }
    for kind, rows in kinds.items():
        wanted = {name: holds for name, holds in FIELDS[kind].items() if not name.startswith("@")}
        for row in rows:
            assert {each.tag for each in row} == set(wanted)
            for name, holds in wanted.items():
                text = row.findtext(name)
                assert "nullable" in holds or text != NULL
                assert not holds.startswith("int") or text.lstrip("-").isdecimal()
                assert not holds.startswith("char 255") or len(text) <= 255
    idents = [int(row.get("id")) for rows in kinds.values() for row in rows]
    assert len(set(idents)) == len(idents)


def test_jumps_lead_to_pages_or_to_the_end(sample: Storyline) -> None:
    lesson = lesson_of(sample)
    assert {answer.jump for page in lesson.order for answer in page.answers} <= {*lesson.by_id, END}


def test_the_same_source_makes_the_same_bytes(sample: Storyline) -> None:
    first, again = (backup_of(course_with(sample)).files for _ in range(2))
    assert first == again


def test_numbers_of_other_pages_stay_when_a_scene_is_added() -> None:
    case = straight(shortcut=False)
    longer = replace(
        case,
        scenes=(
            *case.scenes[:1],
            replace(case.scenes[1], choices=(*case.scenes[1].choices, choice("c", "d"))),
            *case.scenes[2:],
            scene("d"),
        ),
    )
    assert set(lesson_of(case).by_id) < set(lesson_of(longer).by_id)


# Words and files


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("points", [0, 1])
def test_every_text_arrives(words: str, points: int) -> None:
    """On a question and on a page with buttons, where words that Moodle would change do not stand on a button."""
    title = words[:200]

    def said(place: str) -> Rich:
        return rich(f"{place} {words}")

    case = story(
        scene(
            "a", replace(choice("x", "end", points), text=said("x"), feedback=said("feedback")), replace(choice("y", "end"), text=said("y"))
        ),
        scene("end"),
        variables=(replace(variable("v"), title=Plain(f"v {title}")),),
    )
    a, end = (replace(one, title=Plain(f"title {title}"), text=said("text")) for one in case.scenes)
    end = replace(end, ending=Plain(f"ending {title}"))
    walk = compare_everything(replace(case, scenes=(a, end), intro=said("intro"), debrief=said("debrief")), random.Random(1))
    assert has(walk.lesson.order[0], said("intro").text())


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("Go to the workshop & look", True), ("Say “no”", True), ("&amp;", True),
        ("a < b", False), ("Good :-)", False), ("It is \\(x\\)", False),
    ],
)  # fmt: skip
def test_what_fits_on_a_button(words: str, fits: bool) -> None:
    assert fits_button(rich(words)) == fits


def test_a_picture_does_not_fit_on_a_button(tmp_path: Path) -> None:
    picture = Element("img", (("src", Media("a.png", tmp_path / "a.png")), ("alt", "A")))
    assert not fits_button(Rich(("See ", picture)))
    assert not fits_button(Rich(()))
    assert fits_button(Rich(("See ", Element("em", (), ("it",)))))


def test_files_stand_where_moodle_looks_for_them(tmp_path: Path) -> None:
    """Those of a page with the page, those of an answer and of what comes of it with the answer."""

    def picture(name: str) -> Rich:
        (tmp_path / name).write_bytes(name.encode())
        return Rich((Element("p", (), (f"See {name} ", Element("img", (("src", Media(name, tmp_path / name)), ("alt", name))))),))

    def inline(name: str) -> Rich:
        return Rich(picture(name).nodes[0].children)  # type: ignore[union-attr]

    case = story(
        replace(
            scene("a", replace(choice("x", "b", 1), text=inline("choice.png"), feedback=picture("feedback.png")), choice("y", "b")),
            text=picture("scene.png"),
        ),
        replace(scene("b", replace(choice("z", "end"), feedback=picture("told.png"))), text=picture("second.png")),
        scene("end"),
    )
    backup = backup_of(course_with(replace(case, intro=picture("intro.png"), debrief=picture("debrief.png"))))
    folder = folder_of(backup)
    lesson = Lesson(folder)
    found = {
        row.name: (row.area, row.item, row.context, backup.content(row).decode()) for row in backup.rows if row.component == "mod_lesson"
    }
    intro, a, b, told, end = lesson.order
    wanted = {
        "intro.png": ("page_contents", intro.id), "scene.png": ("page_contents", a.id), "second.png": ("page_contents", b.id),
        "told.png": ("page_contents", told.id), "debrief.png": ("page_contents", end.id),
        "choice.png": ("page_answers", a.answers[0].id), "feedback.png": ("page_responses", a.answers[0].id),
    }  # fmt: skip
    assert found == {name: (*place, folder.context, name) for name, place in wanted.items()}
    assert {row.id for row in backup.rows if row.component == "mod_lesson"} <= set(backup.references(folder.folder)["file"])
    shown = [page.contents for page in lesson.order] + [text for each in a.answers for text in (each.text, each.response)]
    assert all(sum(f'src="@@PLUGINFILE@@/{name}"' in text for text in shown) == 1 for name in wanted)


# Too large


def counting(high: int) -> Storyline:
    """A case in which two shown variables are counted."""
    counters = tuple(replace(variable(name, high=high), title=Plain(name)) for name in "pq")
    scenes = [scene(f"s{n}", *(choice(name, f"s{n + 1}", change=(change(name, by=1),)) for name in "pq")) for n in range(30)]
    return story(*scenes, scene("s30"), variables=counters)


def test_a_case_that_is_too_large_is_a_text() -> None:
    """With numbered scenes, no grade, and an end that completes it."""
    case = counting(20)
    assert unfolded(case) is None
    folder = folder_of(backup_of(course_with(case)))
    (page,) = Lesson(folder).order
    assert [answer.jump for answer in page.answers] == [END]
    assert all(f"{number}. s{number - 1}" in page.words for number in range(1, 32))
    assert "Go on at 2: s1" in page.words
    assert (folder.data.findtext("grade"), folder.data.findtext("completionendreached")) == ("0", "1")


def test_the_limit_counts_pages() -> None:
    case = counting(1)
    found = unfolded(case)
    assert found is not None
    assert len(found.pages) <= LIMIT
    assert unfolded(case, len(found.pages)) == found
    assert unfolded(case, len(found.pages) - 1) is None


def test_states_that_are_alike_are_one_page() -> None:
    """A value without a title is on no page and has pages only as long as it matters: here, until it opens a choice."""
    case = story(
        scene("a", choice("ask", "b", change=(change("v", by=1),)), choice("wait", "b")),
        scene("b", choice("on", "c"), choice("secret", "end", when=(when("v", at_least=1),))),
        scene("c", choice("on", "end")),
        scene("end"),
        variables=(variable("v"),),
    )
    found = unfolded(case)
    assert found is not None
    assert [page.scene.id for page in found.pages] == ["a", "b", "b", "c", "end"]
    shown = unfolded(replace(case, variables=(replace(case.variables[0], title=Plain("V")),)))
    assert shown is not None
    assert [page.scene.id for page in shown.pages] == ["a", "b", "b", "c", "end", "c", "end"]
