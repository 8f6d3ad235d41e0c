import assert from "node:assert/strict";
import test from "node:test";

import { answered, happen, newAttempt, opened, retried } from "../../templates/player/attempt.js";
import { assess, assessQuiz } from "../../templates/player/policy.js";
import { decodeAttempt, encodeAttempt, packIds, unpackIds } from "../../templates/player/storage.js";
import { RIGHT, dice, sampleOutline, sampleQuiz } from "./sample.mjs";

const outline = sampleOutline();

function encode(attempt, on = outline, limit = 4096) {
  return encodeAttempt(attempt, on, (quiz) => assessQuiz(quiz, attempt), limit);
}

function played() {
  let attempt = happen(newAttempt(), opened("u01-why"));
  for (const [id, response] of Object.entries(RIGHT)) attempt = happen(attempt, answered("u01-quiz", id, response));
  return attempt;
}

test("there and back", () => {
  const attempt = played();
  assert.deepEqual(decodeAttempt(encode(attempt), outline), attempt);
  const later = happen(attempt, retried("u01-quiz", ["q-one", "q-many"], true));
  assert.deepEqual(decodeAttempt(encode(later), outline), later);
  assert.deepEqual(decodeAttempt(encode(newAttempt()), outline), newAttempt());
});

test("ids are packed and unpacked", () => {
  const long = "x".repeat(50);
  for (const ids of [[], ["a"], ["u01-why", "u01-whys", "u01-w", "v", "0", "00"], [long, `${long}y`, long]]) {
    assert.deepEqual(unpackIds(packIds(ids)), ids);
  }
  assert.equal(packIds(["u01-why", "u01-goals"]), "0u01-why 4goals");
});

test("garbage is an attempt that has not begun", () => {
  const nothing = newAttempt();
  for (const text of [
    "", " ", "null", "[]", "7", '"x"', "{", "undefined", "a=1&b=2", '{"v":0}', '{"v":99,"s":"0u01-why"}', "\u0000", "<p>",
    '{"v":1,"s":7,"at":{},"q":[]}', '{"v":1,"q":{"u01-quiz":null}}'.replace("null", '"x"').replace("u01-quiz", "nobody"),
  ]) {
    assert.deepEqual(decodeAttempt(text, outline), nothing, text);
  }
  for (const value of [undefined, null, 5, {}]) assert.deepEqual(decodeAttempt(value, outline), nothing);
});

test("broken records do not break the rest", () => {
  for (const record of ['"x"', "null", "[]", '{"n":-3,"a":[],"b":9}', '{"n":"2","a":{"q-one":7,"q-many":""}}', '{"a":{"__proto__":"a"}}']) {
    const attempt = decodeAttempt(`{"v":1,"s":"0u01-why zz !!  9","q":{"u01-quiz":${record}}}`, outline);
    assert.deepEqual([...attempt.seen], ["u01-why"], record);
    const kept = attempt.quizzes.get("u01-quiz");
    assert.equal(kept.tries, 1);
    assert.equal(kept.answers.size, 0);
    assess(outline, attempt);
  }
});

test("a course that has lost and gained parts since", () => {
  const text = encode(played());
  const changed = sampleOutline();
  changed.units[0].activities = [
    { id: "u01-new", kind: "page", title: "New", minutes: 1 },
    sampleQuiz({ questions: sampleQuiz().questions.slice(1).concat({ id: "q-new", kind: "true-false", points: 3, right: ["true"] }) }),
  ];
  const attempt = decodeAttempt(text, changed);
  assert.equal(attempt.location, "");
  assert.deepEqual([...attempt.seen], []);
  assert.deepEqual([...attempt.quizzes.get("u01-quiz").answers.keys()], ["q-many", "q-true", "q-word"]);
  assert.equal(assess(changed, attempt).score, 57.14);
  const turned = sampleOutline();
  turned.units[0].activities[1] = { id: "u01-quiz", kind: "page", title: "Now a page", minutes: 1 };
  assert.equal(decodeAttempt(text, turned).quizzes.size, 0);
});

test("a whole unit stays far below 4096 characters", () => {
  const big = sampleOutline();
  const pages = Array.from({ length: 15 }, (_, nth) => ({ id: `u01-a-page-with-a-name-${nth}`, kind: "page" }));
  const questions = Array.from({ length: 12 }, (_, nth) => ({ ...sampleQuiz().questions[nth % 4], id: `q-with-a-name-${nth}` }));
  big.units[0].activities = [...pages, sampleQuiz({ questions })];
  let attempt = newAttempt();
  for (const page of pages) attempt = happen(attempt, opened(page.id));
  for (const question of questions) {
    attempt = happen(attempt, answered("u01-quiz", question.id, question.kind === "short-answer" ? ["a longish answer of forty letters or so"] : ["a", "c"]));
  }
  attempt = happen(attempt, retried("u01-quiz", questions.map((question) => question.id), true));
  for (const question of questions) attempt = happen(attempt, answered("u01-quiz", question.id, ["a longish answer of forty letters or so"]));
  assert.ok(encode(attempt, big).length < 1500, String(encode(attempt, big).length));
});

test("what does not fit: answers go, results and tries stay, limited quizzes are touched last", () => {
  const big = sampleOutline();
  big.units[0].activities = Array.from({ length: 30 }, (_, nth) => sampleQuiz({ id: `quiz-${nth}`, attempts: nth === 0 ? 3 : null }));
  let attempt = newAttempt();
  for (const quiz of big.units[0].activities) {
    for (const [id, response] of Object.entries({ ...RIGHT, "q-word": ["w".repeat(200)] })) attempt = happen(attempt, answered(quiz.id, id, response));
  }
  const text = encode(attempt, big, 4096);
  assert.ok(text.length <= 4096, String(text.length));
  const back = decodeAttempt(text, big);
  assert.deepEqual(assess(big, back), assess(big, attempt));
  assert.equal(back.quizzes.get("quiz-0").answers.size, 4);
  assert.equal(back.quizzes.get("quiz-1").answers.size, 0);
  assert.ok(encode(attempt, big, 0).length > 4096, "without a limit nothing is left out");
});

test("whatever learners do survives, and so does what is made of it", () => {
  const responses = [["a"], ["a", "c"], ["true"], ["Blended"], ['"\\{}\u2028 é'], ["😀 b"]];
  const activities = outline.units[0].activities;
  const quiz = activities[1];
  for (let seed = 1; seed <= 300; seed += 1) {
    const roll = dice(seed);
    let attempt = newAttempt();
    for (let step = roll(30); step > 0; step -= 1) {
      const what = roll(8);
      if (what < 3) attempt = happen(attempt, opened(activities[roll(3)].id));
      else if (what < 7) {
        const question = quiz.questions[roll(4)];
        const response = question.kind === "short-answer" ? responses[3 + roll(3)] : responses[roll(3)];
        attempt = happen(attempt, answered(quiz.id, question.id, response));
      } else {
        const result = assessQuiz(quiz, attempt, "en");
        attempt = happen(attempt, retried(quiz.id, result.best, result.complete));
      }
    }
    assert.deepEqual(decodeAttempt(encode(attempt), outline), attempt, `seed ${seed}`);
  }
});

test("a damaged string never throws", () => {
  const text = encode(happen(played(), retried("u01-quiz", ["q-one"], true)));
  const roll = dice(7);
  for (let nth = 0; nth < 2000; nth += 1) {
    const at = roll(text.length);
    const damaged = text.slice(0, at) + String.fromCharCode(32 + roll(90)) + text.slice(at + roll(4));
    assess(outline, decodeAttempt(damaged, outline));
  }
});
