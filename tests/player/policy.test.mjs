import assert from "node:assert/strict";
import test from "node:test";

import { answered, happen, newAttempt, opened, retried } from "../../templates/player/attempt.js";
import { activityState, answerFor, assess, assessQuiz, foldText, isRight, openActivities } from "../../templates/player/policy.js";
import { RIGHT, dice, sampleOutline, sampleQuiz, withQuiz } from "./sample.mjs";

const quiz = sampleQuiz();
const [one, many, statement, word] = quiz.questions;

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
  assert.deepEqual(report, { done: 0, of: 3, completed: false, passed: false, score: null });
});

test("everything seen and right: completed at once", () => {
  const attempt = play(seeAll(newAttempt()), RIGHT);
  assert.deepEqual(assess(sampleOutline(), attempt), { done: 3, of: 3, completed: true, passed: true, score: 100 });
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
  assert.equal(assess(sampleOutline(), newAttempt(), { finished: true, score: 80 }).score, null);
});

test("whatever learners do: the score stays in 0..100, and score, progress and completion never go back", () => {
  const outline = withQuiz({ attempts: 5 });
  const on = outline.units[0].activities[1];
  const responses = [["a"], ["b"], ["a", "c"], ["true"], ["false"], ["blended"], ["distance"]];
  for (let seed = 1; seed <= 200; seed += 1) {
    const roll = dice(seed);
    let attempt = newAttempt();
    let before = assess(outline, attempt);
    for (let step = 0; step < 40; step += 1) {
      const what = roll(10);
      if (what < 2) attempt = happen(attempt, opened(outline.units[0].activities[roll(3)].id));
      else if (what < 9) attempt = play(attempt, { [on.questions[roll(4)].id]: responses[roll(7)] }, on);
      else if (assessQuiz(on, attempt).finished && assessQuiz(on, attempt).left) attempt = again(attempt, on);
      const now = assess(outline, attempt);
      assert.ok(now.score === null || (now.score >= 0 && now.score <= 100));
      assert.ok((now.score ?? -1) >= (before.score ?? -1), `score, seed ${seed}`);
      assert.ok(now.done >= before.done && now.completed >= before.completed && now.passed >= before.passed, `seed ${seed}`);
      before = now;
    }
  }
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
