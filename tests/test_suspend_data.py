"""The outline that the player reads, and how long an attempt can get: held against what the real ``storage.js`` writes in node."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from generate import generate_whole
from packages import REPOSITORY
from questions import course_of, every_kind, renamed, rich
from samples import FILES, write_course

from coursegen.check import check_source
from coursegen.model import Course, NumberAnswer, Numerical, PackageName, Question, ShortAnswer, Taken
from coursegen.model.text import Identifier, Number, Plain
from coursegen.outline import LIMITS, Runtime, content_file, outline
from coursegen.suspend_data import MOST_TEXT, MOST_TOLD, mark, question_mark, room, share, worst

PLAYER = REPOSITORY / "templates" / "player"
FILL = """
import * as attempts from "./attempt.js";
import { offered, runOf } from "./branching.js";
import { drawnQuestions } from "./draw.js";
import { decodeAttempt, encodeAttempt, notStored, typedText } from "./storage.js";

const outline = JSON.parse(await new Response(process.stdin).text());
const activities = outline.units.flatMap((unit) => unit.activities);
let seed = 1;
const roll = (most) => (seed = (seed * 48271) % 2147483647) % most;

function longestIn({ options, length }, typed) {
  if (length) return typedText(typed.repeat(length), length);
  return options.reduce((one, other) => (other.length > one.length ? other : one));
}

const TYPED = ["~\\"", "ab", "_,", "\\\\a"];

function longestResponse(question) {
  if (question.kind === "essay") return [""];
  if (question.parts) return question.parts.map((part) => `${part.id}.${longestIn(part, TYPED[roll(4)])}`);
  if (/multiple-response|ordering/.test(question.kind)) return question.options;
  return [longestIn(question, TYPED[roll(4)])];
}

// Everything a learner can do, at its longest.
function fill(pick) {
  let attempt = attempts.newAttempt();
  const act = (event) => { attempt = attempts.happen(attempt, event); };
  for (const activity of [...activities].sort((one, other) => (one.kind === "case") - (other.kind === "case"))) {
    act(attempts.opened(activity.id));
    if (activity.kind === "quiz") {
      act(attempts.begun(activity.id, 16777215 - roll(100)));
      for (let tries = 0; tries < 40; tries += 1) act(attempts.retried(activity.id, 1000000, true));
      for (const question of drawnQuestions(activity, attempts.recordOf(attempt, activity.id))) {
        act(attempts.chosen(activity.id, question.id, longestResponse(question)));
      }
      act(attempts.handed(activity.id));
    }
    if (activity.kind === "case") {
      for (let runs = 0; runs < 40; runs += 1) act(attempts.restarted(activity.id, 1000000, true));
      for (let step = 0; step < 200; step += 1) {
        const run = runOf(activity, attempts.caseRecordOf(attempt, activity.id).path);
        const choices = run.ended ? [] : offered(run.scene, run.variables);
        if (!choices.length) break;
        act(attempts.decided(activity.id, run.scene.id, pick(choices).id));
        told.push(encodeAttempt(attempt, outline).length);
      }
    }
    if (activity.kind === "grid") {
      const rate = () => { for (const { id } of activity.indicators) act(attempts.rated(activity.id, id, activity.levels)); };
      rate();
      act(attempts.kept(activity.id));
      rate();
      act(attempts.profiled(activity.id));
    }
  }
  return attempt;
}

const told = [];
const longest = (choices) => choices.reduce((one, other) => (other.id.length > one.id.length ? other : one));
for (let nth = 0; nth < 30; nth += 1) fill((choices) => (roll(4) ? longest(choices) : choices[roll(choices.length)]));
let attempt = fill(longest);
const most = Math.max(0, ...told);
const text = encodeAttempt(attempt, outline);
for (const activity of activities) {
  for (const { id, kind } of activity.questions || []) {
    const text = `He said "${id}"\\n${"…".repeat(roll(90))}`;
    const { tries } = attempts.recordOf(attempt, activity.id);
    if (kind === "essay") attempt = attempts.happen(attempt, attempts.recalled(activity.id, id, text, tries));
  }
  for (const { id } of activity.indicators || []) {
    attempt = attempts.happen(attempt, attempts.evidenced(activity.id, id, `He said "${id}" ${"…".repeat(roll(90))}`));
  }
}
const full = encodeAttempt(attempt, outline);
const again = encodeAttempt(decodeAttempt(full, outline).attempt, outline);
const left = notStored(attempt, outline).length;
console.log(JSON.stringify({ most, empty: text.length, full: full.length, same: again === full, left }));
"""
LOOPS = """\
variables:
  - {id: tries, high: 3}
scenes:
  - id: door
    title: The door
    text: It is shut.
    choices:
      - {id: knock-at-it, text: Knock, to: door, change: [{variable: tries, by: 1}], feedback: Nobody.}
      - {id: try-the-window, text: Try it, to: window, feedback: Well.}
      - {id: open, text: Open it, to: room, when: [{variable: tries, at_least: 2}], feedback: In.}
  - id: window
    title: The window
    text: Shut too.
    choices:
      - {id: back, text: Back, to: door, feedback: Back.}
      - {id: wait-a-long-while, text: Wait, to: window, change: [{variable: tries, by: 1}], feedback: Time goes by.}
  - id: room
    title: The room
    text: You are in.
    choices:
      - {id: look, text: Look, to: end, points: 2, feedback: You see it.}
      - {id: leave, text: Leave, to: end, feedback: You see nothing.}
  - {id: end, title: The end, text: It is over., ending: Over}
"""
CASE = "  - {kind: case, id: u01-case, title: A case, minutes: 0, outcomes: [lo-1-1], file: case.yaml}\n"
WITH_LOOPS = {"01-brakes/unit.yaml": FILES["01-brakes/unit.yaml"] + CASE, "01-brakes/case.yaml": LOOPS}


def read(source: Path) -> Course:
    course, _ = check_source(source)
    assert course is not None
    return course


def outlined(course: Course, runtime: Runtime = "scorm12", unit: int | None = None) -> dict[str, Any]:
    units = course.units if unit is None else (course.units[unit],)
    return outline(course, units, "Title", "name", runtime, "About")


def filled(made: dict[str, Any]) -> Any:
    """What ``storage.js`` makes of an attempt in which everything is as long as it gets."""
    command = ["node", "--input-type=module", "-e", FILL]
    done = subprocess.run(command, input=json.dumps(made), capture_output=True, text=True, check=False, cwd=PLAYER)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def banked() -> Course:
    """A course of one quiz: some of its own questions are drawn, some of a bank, and all of another."""

    def again(prefix: str) -> tuple[Question, ...]:
        return tuple(renamed(question, f"{prefix}-{question.id}") for question in every_kind())

    return course_of(every_kind(), draw=12, taken=(Taken(again("one"), 9), Taken(again("two"), 18)))


@pytest.fixture(scope="module", params=["whole", "drawn", "kinds", "banks", "small", "loops"])
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "whole":
        generate_whole(folder)
    elif request.param == "drawn":
        generate_whole(folder, draw=8, bank=12)
    elif request.param == "kinds":
        generate_whole(folder, 4, every_kind=True)
    elif request.param == "banks":
        return banked()
    else:
        write_course(folder, WITH_LOOPS if request.param == "loops" else None)
    return read(folder)


def test_no_attempt_is_longer_than_the_bound(course: Course) -> None:
    """And the bound is not much longer than what really occurs; only a draw need not come to the longest questions."""
    for made in (outlined(course), outlined(course, unit=0), outlined(course, "scorm2004")):
        found, bound = filled(made), worst(made)
        most = max(found["empty"], found["most"])
        assert most <= bound, found
        activities = [activity for unit in made["units"] for activity in unit["activities"]]
        drawn = any(activity.get("groups") for activity in activities)
        assert bound <= most * (1.2 if drawn else 1.04), found
        assert found["same"], "what was stored reads as another attempt"


def test_evidence_takes_what_is_left(tmp_path: Path) -> None:
    """All the room is used, and no more."""
    generate_whole(tmp_path)
    made = outlined(read(tmp_path), unit=1)
    assert made["textRoom"] == room(made) == LIMITS["scorm12"] - worst(made)
    assert outlined(read(tmp_path), "scorm2004", unit=1)["textRoom"] == MOST_TEXT == 4000
    made["textRoom"] = 900
    found = filled(made)
    assert 700 < found["full"] - found["empty"] <= 900
    assert 0 < found["left"] < 24
    made["textRoom"] = 0
    found = filled(made)
    assert (found["full"], found["left"]) == (found["empty"], 24)


def test_an_outline_says_everything_that_a_score_is_made_of(tmp_path: Path) -> None:
    write_course(tmp_path, WITH_LOOPS)
    course = read(tmp_path)
    made = outlined(course, "scorm2004")
    assert (made["format"], made["runtime"], made["dataLimit"], made["glossary"]) == (2, "scorm2004", 64000, False)
    assert made["completion"] == {"pages": "seen", "quizzes": "passed", "cases": "finished", "grids": "rated"}
    assert outlined(course)["dataLimit"] == 4096
    by_id = {activity["id"]: activity for unit in made["units"] for activity in unit["activities"]}
    assert "u01-tutor" not in by_id
    assert by_id["u01"]["title"] == "About"
    quiz = by_id["u01-quiz"]
    one, many = quiz["questions"]
    assert one == {
        "id": "q-run-out",
        "mark": question_mark("q-run-out", ("single-choice", "", "a")),
        "kind": "single-choice",
        "points": 2,
        "outcomes": ["lo-1-1"],
        "options": ["a", "b"],
        "right": ["a"],
    }
    assert (many["options"], many["right"]) == (["a", "b", "c"], ["a", "b"])
    true, typed = by_id["u02-quiz"]["questions"]
    assert (true["options"], true["right"], by_id["u02-quiz"]["attempts"]) == (["true", "false"], ["false"], 3)
    assert [answer["correct"] for answer in typed["answers"]] == [True, True, False]
    case = by_id["u01-case"]
    assert (case["start"], case["best"], case["longest"]) == ("door", 2, 9)
    assert case["scenes"][0]["choices"][2]["when"] == [{"variable": "tries", "atLeast": 2}]
    assert case["scenes"][0]["choices"][0]["change"] == [{"variable": "tries", "by": 1}]
    assert [scene["ending"] for scene in case["scenes"]] == [False, False, False, True]


def marks(course: Course) -> dict[str, tuple[str, str]]:
    """The mark of each activity and question, and the character of an activity's text."""
    found = {}
    for unit in outlined(course)["units"]:
        for activity in unit["activities"]:
            found[activity["id"]] = (activity["mark"], activity["text"])
            found |= {question["id"]: (question["mark"], "") for question in activity.get("questions", ())}
    return found


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("01-brakes/pages/why.html", "motion into heat", "speed into heat", {"u01-why"}),
        ("01-brakes/pages/why.html", "A gauge rests", "A dial gauge rests", {"u01-why"}),
        ("01-brakes/pages/why.html", "<em>before</em>", "<strong>before</strong>", set()),
        ("01-brakes/unit.yaml", "title: The parts", "title: All the parts", {"u01-parts"}),
        ("01-brakes/unit.yaml", "minutes: 15", "minutes: 16", set()),
        ("01-brakes/unit.yaml", "What brakes do.", "What brakes do for you.", {"u01"}),
        ("01-brakes/quiz.yaml", "A ruler\n", "A tape\n", {"u01-quiz"}),
        ("01-brakes/quiz.yaml", "text: Bolts,", "text: Bolts, correct: true,", {"q-parts"}),
        ("02-discs/quiz.yaml", "answer: false", "answer: true", {"q-same"}),
        ("02-discs/quiz.yaml", "text: brake pads", "text: the pads", {"u02-quiz", "q-word"}),
        ("02-discs/quiz.yaml", "text: brake pads", "text: Brake  Pads", {"u02-quiz"}),
    ],
)
def test_marks_change_with_what_they_stand_for(tmp_path: Path, file: str, old: str, new: str, changed: set[str]) -> None:
    """A new wording marks the activity as reworded; a new key gives the question another mark; nothing else moves."""
    write_course(tmp_path / "a")
    assert old in FILES[file]
    write_course(tmp_path / "b", {file: FILES[file].replace(old, new)})
    before, after = marks(read(tmp_path / "a")), marks(read(tmp_path / "b"))
    assert {name for name in before if before[name] != after[name]} == changed
    assert all(before[name][0] == after[name][0] for name in changed if not name.startswith("q-"))


def test_marks_do_not_hang_on_order(tmp_path: Path) -> None:
    write_course(tmp_path / "a")
    head, *activities = re.split(r"(?m)^(?=  - kind: )", FILES["01-brakes/unit.yaml"])
    write_course(tmp_path / "b", {"01-brakes/unit.yaml": head + "".join(reversed(activities))})
    assert marks(read(tmp_path / "a")) == marks(read(tmp_path / "b"))


def test_marks_are_for_ever() -> None:
    """Attempts are stored under them: no release may make others."""
    assert mark("u01-quiz", 4) == "O_Ac"
    assert question_mark("q-run-out", ("single-choice", "", "a")) == "WnQcA"


def asked(*questions: Question, **settings: Any) -> list[dict[str, Any]]:
    """What the outline says of questions."""
    found: list[dict[str, Any]] = outlined(course_of(questions, **settings))["units"][0]["activities"][-1]["questions"]
    return found


def test_an_outline_says_what_each_kind_is_scored_by() -> None:
    entries = {entry["id"]: entry for entry in asked(*every_kind())}

    def only(name: str) -> dict[str, Any]:
        return {field: value for field, value in entries[f"q-{name}"].items() if field not in ("id", "mark", "kind", "points")}

    targets, drum = ["a", "b", "c", "x"], {"id": "b", "text": "drum", "correct": False}
    near = {"id": "a", "low": "12.25", "high": "12.75", "correct": True}
    matching = {"parts": [{"id": name, "options": targets, "right": [name]} for name in "abc"]}
    assert only("match-all") == matching
    assert only("match-part") == matching | {"credit": "partial"}
    assert only("sort-all")["parts"][2] == {"id": "c", "options": ["g", "h"], "right": ["h"]}
    assert only("order-all")["right"] == ["a", "b", "c", "d"] == sorted(only("order-all")["options"]) != only("order-all")["options"]
    assert only("number")["answers"] == [near, {"id": "b", "low": "125", "high": "125", "correct": False}]
    assert (only("number")["unit"], only("number-exact")["answers"][0]["low"], "unit" in only("number-exact")) == ("mm", "-3", False)
    assert only("cloze-part")["parts"] == [
        {"id": "g1", "options": ["a", "b"], "right": ["a"]},
        {"id": "g2", "answers": [{"id": "a", "text": "disc", "correct": True}, drum], "length": 24},
    ]
    strict = only("short-strict")
    assert {name: strict[name] for name in ("case", "accents", "spacing", "wildcards")} == {
        "case": "counts",
        "accents": "ignored",
        "spacing": "ignored",
        "wildcards": True,
    }
    assert set(only("short")) == {"answers", "length"}
    assert (only("essay"), only("rating")) == ({"length": 2000, "told": 2000}, {"options": ["l1", "l2", "l3", "l4"]})
    assert {name for name, entry in entries.items() if not entry["points"]} == {"q-essay", "q-rating"}
    assert [entry["outcomes"] for entry in asked(*every_kind(outcomes=("lo-1",)))] == [["lo-1"]] * len(entries)


def test_a_quiz_that_draws_says_from_what() -> None:
    """Own questions and those of banks; without a draw there are no groups, and the questions are those of both."""
    own, other = every_kind()[:3], every_kind()[3:6]

    def quiz(**settings: Any) -> dict[str, Any]:
        found: dict[str, Any] = outlined(course_of(own, **settings))["units"][0]["activities"][-1]
        return found

    ids = [[question.id for question in some] for some in (own, other)]
    assert "groups" not in quiz()
    assert "groups" not in quiz(taken=(Taken(tuple(other), 3),))
    assert [entry["id"] for entry in quiz(taken=(Taken(tuple(other), 3),))["questions"]] == ids[0] + ids[1]
    assert quiz(taken=(Taken(tuple(other), 2),))["groups"] == [{"draw": 3, "questions": ids[0]}, {"draw": 2, "questions": ids[1]}]
    assert quiz(draw=1)["groups"] == [{"draw": 1, "questions": ids[0]}]
    words = [every_kind(said.format)[3:6] for said in ("A {}", "The {}")]
    assert len({quiz(taken=(Taken(tuple(some), 2),))["text"] for some in words}) == 2, "what a bank's questions say is what the quiz says"


def test_essays_share_what_interactions_tell() -> None:
    """A package that has one of them tells as much of it as all may have together; a question of two quizzes is one."""

    def essays(count: int) -> tuple[Question, ...]:
        return tuple(renamed(question, f"q-{n}") for n in range(count) for question in every_kind() if question.kind == "essay")

    def told(*questions: Question, **settings: Any) -> list[tuple[int, int]]:
        return [(entry["told"], entry["length"]) for entry in asked(*questions, **settings) if entry["kind"] == "essay"]

    one, three = essays(1), essays(3)
    assert told(*one) == [(MOST_TOLD, 2000)]
    assert told(*three) == [(MOST_TOLD // 3, 2000)] * 3
    assert told(*one, taken=(Taken(three[1:], 1),)) == told(*three)
    course = course_of(three)
    first, second = course.units[0], replace(course.units[0], id=Identifier("other"))
    made = outline(course, [first, second], "", "", "scorm2004", "")
    shares = {each["told"] for unit in made["units"] for entry in unit["activities"] for each in entry.get("questions", ())}
    assert shares == {MOST_TOLD // 3}
    assert MOST_TEXT * 6 + MOST_TOLD * 6 < 40_000, "bytes, in letters of which a URL has six for each"


def changed(question: Question, **changes: Any) -> Question:
    return replace(question, **changes)


def test_a_key_is_all_that_decides() -> None:
    """Rules of typing, tolerances and units are of it, the order of things to put in order, and what fills each gap."""
    kinds: dict[str, Any] = {question.id: question for question in every_kind()}
    typed, number, order = kinds["q-short"], kinds["q-number"], kinds["q-order-part"]
    matching, sorting, cloze = kinds["q-match-part"], kinds["q-sort-part"], kinds["q-cloze-part"]
    near, mistake = number.answers
    picked, written = cloze.gaps
    one, two, *others = matching.pairs
    swapped = [replace(one, match=two.match), replace(two, match=one.match), *others]
    other_right = tuple(replace(option, correct=not option.correct) for option in picked.options)
    for before, after in (
        (typed, changed(typed, case="counts")),
        (typed, changed(typed, accents="ignored")),
        (typed, changed(typed, spacing="ignored")),
        (typed, changed(typed, wildcards=True)),
        (number, changed(number, answers=(replace(near, tolerance=Number("0.5")), mistake))),
        (number, changed(number, answers=(replace(near, correct=False), replace(mistake, correct=True)))),
        (number, changed(number, unit=Plain("cm"))),
        (order, changed(order, items=order.items[::-1])),
        (order, changed(order, credit="all-or-nothing")),
        (matching, changed(matching, pairs=matching.pairs[1:])),
        (matching, changed(matching, pairs=tuple(swapped))),
        (sorting, changed(sorting, items=tuple(replace(item, group=Identifier("g")) for item in sorting.items))),
        (cloze, changed(cloze, gaps=(replace(picked, options=other_right), written))),
        (cloze, changed(cloze, gaps=(picked, replace(written, case="counts")))),
        (cloze, changed(cloze, credit="all-or-nothing")),
    ):
        assert asked(before)[0]["mark"] != asked(after)[0]["mark"], after
    for before, after in (
        (number, changed(number, answers=(replace(near, value=Number("12.50"), tolerance=Number("0.250")), mistake))),
        (number, changed(number, answers=(near, replace(mistake, value=Number("126"))))),
        (matching, changed(matching, distractors=())),
        (matching, changed(matching, pairs=matching.pairs[::-1])),
        (sorting, changed(sorting, items=sorting.items[::-1])),
        (cloze, changed(cloze, gaps=cloze.gaps[::-1])),
    ):
        assert asked(before)[0]["mark"] == asked(after)[0]["mark"], after


def test_ranges_are_exact() -> None:
    """Floating point would make 0.30000000000000004 of 0.1 and 0.2; what is the same number is the same text."""
    for value, tolerance, ends in (
        ("0.1", "0.2", ("-0.1", "0.3")),
        ("100000000000000", "0.00000000000001", ("99999999999999.99999999999999", "100000000000000.00000000000001")),
        ("1.50", "-0.50", ("1", "2")),
        ("-0", "0", ("0", "0")),
        ("100", "0", ("100", "100")),
    ):
        answer = NumberAnswer(id=Identifier("a"), value=Number(value), tolerance=Number(tolerance))
        (entry,) = asked(Numerical(id=Identifier("q"), stem=rich("How far?"), answers=(answer,)))
        assert (entry["answers"][0]["low"], entry["answers"][0]["high"]) == ends


@pytest.mark.parametrize(
    ("answers", "length"), [(["pads"], 24), (["x" * 50, "y"], 60), (["x" * 195], 200), (["x" * 300], 300), (["😀" * 20], 50)]
)
def test_fields_hold_every_answer(answers: list[str], length: int, tmp_path: Path) -> None:
    listed = "".join(f"      - {{id: a{number}, text: {text}}}\n" for number, text in enumerate(answers))
    quiz = re.sub(r"(?s)(    answers:\n).*?(?=    feedback: <p>The pads)", rf"\1{listed}", FILES["02-discs/quiz.yaml"])
    write_course(tmp_path, {"02-discs/quiz.yaml": quiz})
    course = read(tmp_path)
    (found,) = (question for quiz in course.units[1].quizzes() for question in quiz.set.questions if isinstance(question, ShortAnswer))
    assert len(found.answers) == len(answers)
    (entry,) = (each for each in outlined(course, unit=1)["units"][0]["activities"][-1]["questions"] if each["id"] == found.id)
    assert entry["length"] == length


def test_content_files_do_not_collide(tmp_path: Path) -> None:
    write_course(
        tmp_path,
        {
            "01-brakes/unit.yaml": FILES["01-brakes/unit.yaml"].replace("id: u01\n", "id: search\n"),
            "02-discs/unit.yaml": FILES["02-discs/unit.yaml"].replace("id: u02\n", "id: unit-search\n"),
        },
    )
    assert [content_file(unit) for unit in read(tmp_path).units] == ["content/unit_search.js", "content/unit-search.js"]


# The rules


def findings(source: Path, packages: Any = ()) -> list[tuple[str, str, str]]:
    _, found = check_source(source, packages)
    return [(finding.code, finding.message, finding.mend) for finding in found if finding.code.startswith("D")]


def test_a_course_that_is_too_long(tmp_path: Path) -> None:
    """The whole course may not fit where its units do; then the finding says what to build in its place, and what weighs most."""
    generate_whole(tmp_path, draw=12, bank=24)
    ((code, message, mend),) = findings(tmp_path)
    assert code == "D001"
    made = outlined(read(tmp_path))
    assert f"{worst(made):,} characters, an LMS keeps 4,096" in message
    heaviest = max(made["units"], key=lambda unit: sum(map(share, unit["activities"])))
    assert f"{heaviest['id']} ({sum(map(share, heaviest['activities'])):,})" in message
    others = [name for name in get_args(PackageName) if name != "scorm12"]
    assert f"packages: [{', '.join(others)}]; or" in mend
    assert findings(tmp_path, ("scorm12-unit", "scorm2004-unit", "scorm2004", "cartridge")) == []
    text = (tmp_path / "course.yaml").read_text("utf-8")
    (tmp_path / "course.yaml").write_text(text + "packages: [scorm12-unit, scorm2004]\n", "utf-8")
    assert findings(tmp_path) == []
    assert [code for code, *_ in findings(tmp_path, ("scorm12",))] == ["D001"], "what is asked for on the command line counts"
