import assert from "node:assert/strict";
import test from "node:test";

import { answered, chosen, decided, handed, happen, kept, newAttempt, opened, rated, restarted, retried } from "../../templates/player/attempt.js";
import {
  activityState, answerFor, assess, assessCase, assessGrid, assessQuiz, completionParts, creditOf, foldText, isComplete, numberIn, openActivities,
  partsRight, pointsFor,
} from "../../templates/player/policy.js";
import { RIGHT, dice, groupsOf, marked, newKinds, richOutline, sampleCase, sampleGrid, sampleOutline, sampleQuiz, wander, withQuiz } from "./sample.mjs";

const quiz = sampleQuiz();
const [one, many, statement, word] = quiz.questions;
const isRight = (question, response) => creditOf(question, response) === 1;

function play(attempt, answers, on = quiz) {
  return Object.entries(answers).reduce((now, [id, response]) => happen(now, answered(on.id, id, response)), attempt);
}

function again(attempt, on = quiz) {
  const result = assessQuiz(on, attempt);
  return happen(attempt, retried(on.id, result.best, result.complete));
}

function seeAll(attempt) {
  return ["u01-why", "u01-quiz", "constructor"].reduce((now, id) => happen(now, opened(id)), attempt);
}

test("choices are right for exactly the right set", () => {
  assert.ok(isRight(one, ["a"]));
  assert.ok(!isRight(one, ["b"]));
  assert.ok(isRight(many, ["c", "a"]));
  for (const wrong of [["a"], ["a", "b", "c"], ["a", "b"], []]) assert.ok(!isRight(many, wrong), String(wrong));
  assert.ok(isRight(statement, ["false"]));
});

test("typed answers: case, spaces and composed letters do not count", () => {
  for (const typed of ["blended", " BLENDED ", "Blended \t learning"]) assert.ok(isRight(word, [typed]), typed);
  for (const typed of ["blend", "distance", "", "blendedlearning"]) assert.ok(!isRight(word, [typed]), typed);
  assert.equal(foldText("E\u0301cole"), foldText("\u00e9COLE"));
  assert.equal(foldText("I"), "i"); // as the build does, whatever the language
  assert.equal(foldText(" A  b "), "a b");
});

test("a foreseen mistake is found; an accepted text wins over a mistake that reads the same", () => {
  assert.equal(answerFor(word, " Distance").id, "c");
  assert.equal(answerFor(word, "nothing like it"), undefined);
  const both = { answers: [{ id: "x", text: "A", correct: false }, { id: "y", text: "a", correct: true }] };
  assert.equal(answerFor(both, "a").id, "y");
});

test("nothing answered: no score, nothing passed", () => {
  const report = assess(sampleOutline(), newAttempt());
  assert.deepEqual(report, { done: 0, of: 3, progress: 0, completed: false, passed: false, failed: false, score: null });
});

test("everything seen and right: completed at once", () => {
  const attempt = play(seeAll(newAttempt()), RIGHT);
  const all = { done: 3, of: 3, progress: 1, completed: true, passed: true, failed: false, score: 100 };
  assert.deepEqual(assess(sampleOutline(), attempt), all);
});

test("the score is of all points of all quizzes, with two decimals", () => {
  const outline = sampleOutline();
  outline.units.push({ id: "u02", activities: [{ ...quiz, id: "u02-quiz", questions: [{ ...one, id: "z" }] }] });
  assert.equal(assess(outline, play(newAttempt(), { "q-one": ["a"] })).score, 16.67);
  assert.equal(assess(outline, play(newAttempt(), { "q-one": ["b"] })).score, 0);
});

test("the pass mark is reached by reaching it", () => {
  const attempt = play(newAttempt(), { ...RIGHT, "q-many": ["a"] }); // 3 of 5 points
  assert.equal(assessQuiz(sampleQuiz({ passMark: 60 }), attempt).passed, true);
  assert.equal(assessQuiz(sampleQuiz({ passMark: 61 }), attempt).passed, false);
});

test("a quiz is passed only when a try has been finished", () => {
  const attempt = play(newAttempt(), { "q-one": ["a"], "q-many": ["a", "c"] });
  assert.equal(assessQuiz(quiz, attempt).passed, false);
});

test("the best try counts, the running one if it is better", () => {
  let attempt = play(newAttempt(), { "q-one": ["a"], "q-many": ["b"], "q-true": ["false"], "q-word": ["x"] });
  attempt = again(attempt);
  assert.equal(assess(sampleOutline(), attempt).score, 40);
  attempt = play(attempt, { "q-many": ["a", "c"] });
  assert.equal(assess(sampleOutline(), attempt).score, 40);
  attempt = play(attempt, { "q-word": ["blended"] });
  assert.equal(assess(sampleOutline(), attempt).score, 60);
  assert.equal(assessQuiz(quiz, attempt).points, 3);
});

test("a limit of tries", () => {
  const limited = sampleQuiz({ attempts: 2 });
  const wrong = { "q-one": ["b"], "q-many": ["b"], "q-true": ["true"], "q-word": ["x"] };
  let attempt = play(newAttempt(), wrong);
  assert.equal(assessQuiz(limited, attempt).left, 1);
  assert.equal(assessQuiz(limited, attempt).usedUp, false);
  attempt = play(again(attempt), wrong);
  assert.equal(assessQuiz(limited, attempt).left, 0);
  assert.equal(assessQuiz(limited, attempt).usedUp, true);
  assert.equal(assess(withQuiz({ attempts: 2 }), seeAll(attempt)).completed, false);
  const telling = assess(withQuiz({ attempts: 2 }, { status: "passed-failed" }), seeAll(attempt));
  assert.deepEqual([telling.completed, telling.passed], [true, false], "the attempt has ended, and was failed");
});

test("completion rules", () => {
  const rule = (pages, quizzes) => sampleOutline({ completion: { pages, quizzes } });
  const wrong = play(newAttempt(), { "q-one": ["b"], "q-many": ["b"], "q-true": ["true"], "q-word": ["x"] });
  assert.equal(assess(rule("seen", "ignored"), seeAll(newAttempt())).completed, true);
  assert.equal(assess(rule("seen", "answered"), seeAll(newAttempt())).completed, false);
  assert.equal(assess(rule("seen", "answered"), seeAll(wrong)).completed, true);
  assert.equal(assess(rule("seen", "answered"), seeAll(again(wrong))).completed, true, "a new try takes nothing back");
  assert.equal(assess(rule("ignored", "answered"), wrong).completed, true);
  assert.equal(assess(rule("ignored", "passed"), wrong).completed, false);
});

test("what is still to do", () => {
  const ids = (outline, attempt) => openActivities(outline, attempt).map((activity) => activity.id);
  assert.deepEqual(ids(sampleOutline(), happen(newAttempt(), opened("u01-why"))), ["u01-quiz", "constructor"]);
  assert.deepEqual(ids(sampleOutline({ completion: { pages: "ignored", quizzes: "passed" } }), newAttempt()), ["u01-quiz"]);
});

test("the state of an activity", () => {
  const state = (attempt) => activityState(quiz, attempt, sampleOutline());
  assert.equal(state(newAttempt()), "todo");
  assert.equal(state(happen(newAttempt(), opened("u01-quiz"))), "todo", "opening a quiz does not do it");
  assert.equal(state(play(newAttempt(), { "q-one": ["b"] })), "begun");
  assert.equal(state(play(newAttempt(), RIGHT)), "done");
});

test("a package without a quiz has no score and passes by being seen", () => {
  const outline = sampleOutline();
  outline.units[0].activities.splice(1, 1);
  const report = assess(outline, seeAll(newAttempt()));
  assert.deepEqual([report.completed, report.passed, report.score], [true, true, null]);
});

test("the score of a finished attempt never falls", () => {
  const attempt = play(newAttempt(), { "q-one": ["b"] });
  assert.equal(assess(sampleOutline(), attempt, { finished: true, score: 80 }).score, 80);
  assert.equal(assess(sampleOutline(), attempt, { finished: false, score: 80 }).score, 0);
  assert.equal(assess(sampleOutline(), newAttempt(), { finished: true, score: 80 }).score, 80, "nor does it vanish");
});

test("whatever learners do: the score stays in 0..100, and score, progress and completion never go back", () => {
  const outline = richOutline();
  for (let seed = 1; seed <= 200; seed += 1) {
    const reports = wander(outline, dice(seed), 60).map((attempt) => assess(outline, attempt));
    reports.slice(1).forEach((now, nth) => {
      const before = reports[nth];
      assert.ok(now.score === null || (now.score >= 0 && now.score <= 100));
      assert.ok((now.score ?? -1) >= (before.score ?? -1), `score, seed ${seed}`);
      assert.ok(now.completed >= before.completed && now.passed >= before.passed, `seed ${seed}`);
    });
  }
});

test("partial credit: the share of right options less the share of wrong ones, and never less than nothing", () => {
  const question = { ...many, credit: "partial", points: 3 };
  const worth = { a: 0.5, "a,c": 1, "a,b": 0, "a,c,b": 0.5, "a,b,c,d": 0, b: 0, "": 0 };
  for (const [ticked, credit] of Object.entries(worth)) assert.equal(creditOf(question, ticked.split(",").filter(Boolean)), credit, ticked);
  assert.equal(pointsFor(question, ["a"]), 1.5);
  assert.equal(creditOf(many, ["a"]), 0, "without it, all or nothing");
  const thirds = { kind: "multiple-response", points: 1, credit: "partial", options: ["a", "b", "c", "d"], right: ["a", "b", "c"] };
  assert.equal(pointsFor(thirds, ["a"]), 0.33);
});

test("deferred: no points before the try is handed in, and what is open then is wrong", () => {
  const late = sampleQuiz({ feedback: "deferred" });
  let attempt = happen(happen(newAttempt(), chosen("u01-quiz", "q-one", ["a"])), chosen("u01-quiz", "q-many", ["a", "c"]));
  let result = assessQuiz(late, attempt);
  assert.deepEqual([result.answered, result.finished, result.points, result.revealed("q-one"), result.passed], [2, false, 0, false, false]);
  attempt = happen(attempt, handed("u01-quiz"));
  result = assessQuiz(late, attempt);
  assert.deepEqual([result.finished, result.points, result.percent, result.revealed("q-word"), result.passed], [true, 3, 60, true, true]);
});

test("a drawn quiz is scored by what was drawn", () => {
  const questions = quiz.questions.map((question) => ({ ...question, points: 1 }));
  const drawn = sampleQuiz({ groups: groupsOf(questions, 2), questions });
  const first = assessQuiz(drawn, newAttempt()).list;
  const attempt = play(newAttempt(), { [first[0].id]: RIGHT[first[0].id] }, drawn);
  const result = assessQuiz(drawn, attempt);
  assert.deepEqual([result.total, result.points, result.percent, result.finished], [2, 1, 50, false]);
});

test("cases and quizzes make one score; a case counts its best run", () => {
  const activity = sampleCase();
  const outline = marked(sampleOutline({ units: [{ id: "u", title: "U", activities: [sampleQuiz(), activity] }] }));
  const go = (attempt, ...steps) => steps.reduce((now, [scene, choice]) => happen(now, decided(activity.id, scene, choice)), attempt);
  let attempt = play(newAttempt(), { "q-one": ["a"] });
  assert.equal(assess(outline, attempt).score, 10);
  attempt = go(attempt, ["phone", "go"], ["bench", "gauge"], ["talk", "hide"]);
  assert.deepEqual([assessCase(activity, attempt).ended, assess(outline, attempt).score], [true, 40]);
  const { best, complete } = assessCase(activity, attempt);
  attempt = go(happen(attempt, restarted(activity.id, best, complete)), ["phone", "go"], ["bench", "guess"]);
  const result = assessCase(activity, attempt);
  assert.deepEqual([result.points, result.bestPoints, result.bestPercent, result.complete, result.ended], [0, 3, 60, true, false]);
  assert.equal(assess(outline, attempt).score, 40);
});

test("a case without points is finished like any other and changes no score", () => {
  const scenes = sampleCase().scenes.map((scene) => ({ ...scene, choices: scene.choices.map((choice) => ({ ...choice, points: 0 })) }));
  const outline = marked(sampleOutline({ units: [{ id: "u", title: "U", activities: [sampleCase({ scenes, best: 0 })] }] }));
  const attempt = [["phone", "go"], ["bench", "guess"], ["talk", "tell"]].reduce((now, [scene, choice]) => happen(now, decided("u02-case", scene, choice)), newAttempt());
  const report = assess(outline, attempt);
  assert.deepEqual([report.score, report.completed, report.passed], [null, true, true]);
});

test("a grid is done when every indicator is rated, not applicable included; a new rating takes nothing back", () => {
  const grid = sampleGrid();
  let attempt = [["a1", 1], ["a2", 0]].reduce((now, [id, level]) => happen(now, rated(grid.id, id, level)), newAttempt());
  assert.deepEqual(assessGrid(grid, attempt), { rated: 2, of: 3, begun: true, finished: false, complete: false });
  attempt = happen(attempt, rated(grid.id, "b1", 4));
  assert.equal(assessGrid(grid, attempt).complete, true);
  attempt = happen(attempt, kept(grid.id));
  assert.deepEqual(assessGrid(grid, attempt), { rated: 0, of: 3, begun: true, finished: false, complete: true });
});

test("the completion rule in words: only of what the package has and the course asks", () => {
  assert.deepEqual(completionParts(sampleOutline()), ["completion.pages.seen", "completion.quizzes.passed"]);
  assert.equal(completionParts(richOutline()).length, 4);
  const some = { pages: "ignored", quizzes: "answered", cases: "ignored", grids: "rated" };
  assert.deepEqual(completionParts(richOutline({ completion: some })), ["completion.quizzes.answered", "completion.grids.rated"]);
});

test("where the LMS has a status for success of its own, a failed quiz does not complete the attempt", () => {
  const wrong = { "q-one": ["b"], "q-many": ["b"], "q-true": ["true"], "q-word": ["x"] };
  const attempt = play(seeAll(newAttempt()), wrong);
  const on = (changes) => assess(withQuiz({ attempts: 1 }, changes), attempt);
  const told = ({ completed, passed, failed }) => [completed, passed, failed];
  assert.deepEqual(told(on({ runtime: "scorm2004", status: "passed-failed" })), [false, false, true]);
  assert.deepEqual(told(on({ runtime: "scorm12", status: "passed-failed" })), [true, false, true]);
  assert.deepEqual(told(on({ runtime: "scorm12", status: "completed" })), [false, false, true]);
});

test("what the LMS was told is not taken back on the screen", () => {
  for (const known of [{ status: "passed" }, { status: "completed", success: "passed" }]) assert.equal(assess(sampleOutline(), newAttempt(), { finished: true, score: 80, ...known }).passed, true);
  assert.equal(assess(sampleOutline(), newAttempt(), { finished: true, score: 80, status: "completed" }).passed, false);
});

test("what was finished stays finished when the course has grown", () => {
  const report = assess(sampleOutline(), newAttempt(), { finished: true, score: 80 });
  assert.equal(report.completed, true);
  assert.equal(openActivities(sampleOutline(), newAttempt()).length, 3, "and what is new is still shown as open");
});

test("what the LMS is told, for every completion rule and kind of status", () => {
  const told = {};
  for (const status of ["completed", "passed-failed"]) {
    for (const quizzes of ["passed", "answered", "ignored"]) {
      const outline = sampleOutline({ status, completion: { pages: "seen", quizzes } });
      const { completed, passed } = assess(outline, seeAll(newAttempt()), null);
      told[`${status}, quizzes ${quizzes}`] = [completed, passed];
    }
  }
  // Everything is seen and no question answered: only where quizzes do not count is that the end, and then nobody has failed.
  assert.deepEqual(told, {
    "completed, quizzes passed": [false, false],
    "completed, quizzes answered": [false, false],
    "completed, quizzes ignored": [true, true],
    "passed-failed, quizzes passed": [false, false],
    "passed-failed, quizzes answered": [false, false],
    "passed-failed, quizzes ignored": [true, true],
  });
});

const ofKind = (kind, nth = 0) => newKinds().filter((question) => question.kind === kind)[nth];

test("typed answers: a question's own rules", () => {
  const asks = (text, rules) => ({ kind: "short-answer", points: 1, answers: [{ id: "a", text, correct: true }], ...rules });
  const accepts = (text, rules, typed) => creditOf(asks(text, rules), [typed]) === 1;
  assert.ok(!accepts("Brake", { case: "counts" }, "brake") && accepts("Brake", { case: "counts" }, " Brake "));
  assert.ok(accepts("café", { accents: "ignored" }, "CAFE") && !accepts("café", {}, "cafe") && accepts("cafe", { accents: "ignored" }, "cafe\u0301"));
  assert.ok(accepts("M 8", { spacing: "ignored" }, "m8") && accepts("M8", { spacing: "ignored" }, " M\u00a08 ") && !accepts("M8", {}, "M 8"));
  const wild = { wildcards: true };
  for (const typed of ["brake", "brake pads", "BRAKE\u3000x"]) assert.ok(accepts("brake*", wild, typed), typed);
  for (const typed of ["abrake", "brak", ""]) assert.ok(!accepts("brake*", wild, typed), typed);
  assert.ok(accepts("*a*b*", wild, "xxaxxb") && accepts("a*b*a", wild, "aba") && !accepts("a*a", wild, "a") && !accepts("ab*ba", wild, "aba"));
  assert.ok(accepts("2 \\* 3", wild, "2 * 3") && !accepts("2 \\* 3", wild, "2 x 3") && accepts("2 * 3", {}, "2 * 3") && !accepts("2 * 3", {}, "2 x 3"));
  assert.ok(accepts("*", wild, ".+") && !accepts("*", wild, " "));
  assert.ok(!accepts(`${"*a".repeat(60)}b`, wild, "a".repeat(200)), "and no pattern takes for ever");
});

test("numbers: a point or a comma, blanks, a minus of any kind, a unit; 15 digits at most", () => {
  const read = (typed, unit) => numberIn(typed, unit);
  for (const typed of ["12.5", "12,5", " 1 2 . 5 ", "12.5 mm", "12,5mm", "12.5\u00a0m m"]) assert.equal(read(typed, "mm"), "12.5", typed);
  assert.equal(read("\u2212.5"), "-.5");
  assert.equal(read("+5."), "+5.");
  for (const typed of ["", " ", "mm", "1e5", "1.2.3", "1,000.5", "0x10", "--1", ".", "-", "12 cm", "\u0661", "1234567890123456", "½"]) assert.equal(read(typed, "mm"), "", typed);
  assert.equal(read("123456789012345"), "123456789012345");
  assert.equal(read("12 €/h, net", "€/h, net"), "12");
  const question = ofKind("numerical");
  for (const typed of ["12.25", "12,75", "12.5 mm"]) assert.equal(creditOf(question, [typed]), 1, typed);
  for (const typed of ["12.24999", "12.7500001", "125", "", "twelve"]) assert.equal(creditOf(question, [typed]), 0, typed);
  assert.deepEqual([answerFor(question, "125").id, answerFor(question, "1")], ["b", undefined]);
});

test("parts: which are right, all of them or a share", () => {
  const [matching, sorting, ordering, cloze] = ["matching", "sorting", "ordering", "cloze"].map((kind) => ofKind(kind));
  assert.deepEqual(partsRight(matching, ["one.alpha-beta", "two-2.c"]), [["one", true], ["two-2", false], ["three", false]]);
  assert.equal(pointsFor(matching, ["one.alpha-beta", "two-2.c", "three.b"]), 0.67);
  assert.deepEqual([pointsFor(sorting, ["i.cold-1", "j.warm", "k.cold-1", "l.cold-1"]), pointsFor(sorting, ["i.cold-1", "j.warm", "k.cold-1", "l.warm"])], [0, 2]);
  assert.deepEqual(partsRight(ordering, ["s-1", "s3", "s2", "s4"]), [["s-1", true], ["s2", false], ["s3", false], ["s4", true]]);
  assert.equal(creditOf(ordering, ["s-1", "s3", "s2", "s4"]), 0.5);
  assert.deepEqual(partsRight(cloze, ["g1.b", "g-2.Disc, or so", "g3.The BRÈ-ke".replace("The ", "")]).map(([, right]) => right), [true, true, true]);
  assert.equal(creditOf(cloze, ["g1.a", "g-2.disc, or so"]), 1 / 3);
  assert.deepEqual(cloze.parts.slice(1).map((part) => (answerFor(part, "X Y") || {}).id), [undefined, "b"]);
  assert.deepEqual([isComplete(cloze, ["g1.b", "g-2.x.y", "g3.z"]), isComplete(cloze, ["g1.b", "g-2.x"]), isComplete(ordering, []), isComplete(ordering, ["s2"])], [true, false, false, true]);
});

test("what is never scored is neither right nor counted; a quiz of it is passed by answering it", () => {
  const [essay, scale] = [ofKind("essay"), ofKind("rating-scale")];
  assert.deepEqual([creditOf(essay, ["Long"]), creditOf(scale, ["l2"]), pointsFor(scale, ["l2"])], [0, 0, 0]);
  const outline = withQuiz({ questions: [essay, scale] });
  const survey = outline.units[0].activities[1];
  let attempt = happen(seeAll(newAttempt()), answered(survey.id, essay.id, [""]));
  const half = assessQuiz(survey, attempt);
  assert.deepEqual([half.total, half.answered, half.complete, half.passed, assess(outline, attempt).score, assess(outline, attempt).completed], [0, 1, false, false, null, false]);
  attempt = happen(attempt, answered(survey.id, scale.id, ["l-1"]));
  const whole = assessQuiz(survey, attempt);
  assert.deepEqual([whole.complete, whole.passed, whole.best, assess(outline, attempt).score, assess(outline, attempt).completed, assess(outline, attempt).failed], [true, true, 0, null, true, false]);
  const mixed = sampleQuiz({ questions: [one, essay] });
  assert.deepEqual(assessQuiz(mixed, play(newAttempt(), { "q-one": ["a"], [essay.id]: ["x"] })).percent, 100);
});
