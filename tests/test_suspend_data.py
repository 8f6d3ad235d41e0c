"""The outline that the player reads, and how long an attempt can get: held against what the real ``storage.js`` writes in node."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from generate import generate_whole
from packages import REPOSITORY
from samples import FILES, write_course

from coursegen.check import check_source
from coursegen.model import Course, ShortAnswer
from coursegen.outline import LIMITS, Runtime, content_file, outline
from coursegen.suspend_data import MOST_TEXT, mark, question_mark, room, share, worst

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

function longestResponse(question) {
  if (question.kind === "short-answer") return [typedText("~\\"".repeat(question.length), question.length)];
  if (question.kind === "multiple-response") return question.options;
  return [question.options.reduce((one, other) => (other.length > one.length ? other : one))];
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


@pytest.fixture(scope="module", params=["whole", "drawn", "small", "loops"])
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "whole":
        generate_whole(folder)
    elif request.param == "drawn":
        generate_whole(folder, draw=8, bank=12)
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
        drawn = any(activity.get("draw") for activity in activities)
        assert bound <= most * (1.2 if drawn else 1.04), found
        assert found["same"], "what was stored reads as another attempt"


def test_evidence_takes_what_is_left(tmp_path: Path) -> None:
    """All the room is used, and no more."""
    generate_whole(tmp_path)
    made = outlined(read(tmp_path), unit=1)
    assert made["textRoom"] == room(made) == LIMITS["scorm12"] - worst(made)
    assert outlined(read(tmp_path), "scorm2004", unit=1)["textRoom"] == MOST_TEXT == 8000
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
    assert "packages: [scorm12-unit, scorm2004-unit, scorm2004, cartridge-moodle, cartridge]" in mend
    assert findings(tmp_path, ("scorm12-unit", "scorm2004-unit", "scorm2004", "cartridge")) == []
    text = (tmp_path / "course.yaml").read_text("utf-8")
    (tmp_path / "course.yaml").write_text(text + "packages: [scorm12-unit, scorm2004]\n", "utf-8")
    assert findings(tmp_path) == []
    assert [code for code, *_ in findings(tmp_path, ("scorm12",))] == ["D001"], "what is asked for on the command line counts"
