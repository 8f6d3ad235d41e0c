import assert from "node:assert/strict";
import test from "node:test";

import { newRecord } from "../../templates/player/attempt.js";
import { drawnQuestions, isDrawn, optionOrder } from "../../templates/player/draw.js";
import { sampleQuiz } from "./sample.mjs";

const questions = Array.from({ length: 12 }, (_, nth) => ({ id: `q-${nth}`, kind: "single-choice", points: 1, options: ["a", "b", "c", "d"], right: ["a"] }));
const quiz = (changes) => sampleQuiz({ questions, ...changes });
const ids = (list) => list.map(({ id }) => id);
const record = (changes) => ({ ...newRecord(), seed: 1, ...changes });

test("nothing is drawn or shuffled unless the quiz says so", () => {
  assert.deepEqual(drawnQuestions(quiz(), record()), questions);
  assert.deepEqual(optionOrder(quiz(), questions[0], record()), ["a", "b", "c", "d"]);
  assert.equal(isDrawn(quiz()), false);
  for (const changes of [{ draw: 3 }, { shuffleQuestions: true }, { shuffleOptions: true }, { forms: [["q-1"]] }]) assert.equal(isDrawn(quiz(changes)), true);
});

test("a seed always draws the same, in the quiz's order; another try or seed draws others", () => {
  const drawn = (changes) => ids(drawnQuestions(quiz({ draw: 5 }), record(changes)));
  assert.equal(drawn().length, 5);
  assert.deepEqual(drawn(), drawn());
  assert.deepEqual(drawn(), ids(questions).filter((id) => drawn().includes(id)));
  assert.notDeepEqual(drawn(), drawn({ tries: 2 }));
  assert.notDeepEqual(drawn(), drawn({ seed: 2 }));
});

test("every question and every order has its chance", () => {
  const counts = new Map(ids(questions).map((id) => [id, 0]));
  const firsts = new Map(ids(questions).map((id) => [id, 0]));
  for (let seed = 1; seed <= 1200; seed += 1) {
    const list = ids(drawnQuestions(quiz({ draw: 4, shuffleQuestions: true }), record({ seed })));
    list.forEach((id) => counts.set(id, counts.get(id) + 1));
    firsts.set(list[0], firsts.get(list[0]) + 1);
  }
  for (const [id, count] of counts) assert.ok(count > 300 && count < 500, `${id}: ${count} of about 400`);
  for (const [id, count] of firsts) assert.ok(count > 60 && count < 150, `${id}: ${count} of about 100`);
});

test("an edit of the course moves at most what it touches", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const before = ids(drawnQuestions(quiz({ draw: 5 }), record({ seed })));
    const more = [...questions.slice(3), { ...questions[0], id: "q-new" }, ...questions.slice(0, 3)];
    const after = ids(drawnQuestions(quiz({ draw: 5, questions: more }), record({ seed })));
    assert.ok(before.filter((id) => !after.includes(id)).length <= 1, "one new question pushes out one at most");
    const gone = ids(drawnQuestions(quiz({ draw: 5, questions: questions.filter(({ id }) => id !== before[0]) }), record({ seed })));
    assert.deepEqual(before.slice(1).filter((id) => !gone.includes(id)), []);
  }
});

test("what was answered stays, whatever would be drawn now", () => {
  const answers = new Map(ids(questions).slice(0, 4).map((id) => [id, ["a"]]));
  for (let seed = 1; seed <= 50; seed += 1) {
    const list = ids(drawnQuestions(quiz({ draw: 5 }), record({ seed, answers })));
    assert.equal(list.length, 5);
    for (const id of answers.keys()) assert.ok(list.includes(id));
  }
});

test("options: another order each seed, all there; true and false keep theirs", () => {
  const shuffled = quiz({ shuffleOptions: true });
  const orders = new Set();
  for (let seed = 1; seed <= 200; seed += 1) {
    const order = optionOrder(shuffled, questions[0], record({ seed }));
    assert.deepEqual([...order].sort(), ["a", "b", "c", "d"]);
    orders.add(order.join());
  }
  assert.equal(orders.size, 24);
  assert.deepEqual(optionOrder(shuffled, { id: "q", kind: "true-false", options: ["true", "false"] }, record()), ["true", "false"]);
});

test("forms take turns, and about half of the learners get each first", () => {
  const two = quiz({ forms: [["q-0", "q-1"], ["q-2", "q-3"]] });
  const first = (seed) => ids(drawnQuestions(two, record({ seed })))[0];
  const second = (seed) => ids(drawnQuestions(two, record({ seed, tries: 2 })))[0];
  for (let seed = 1; seed <= 20; seed += 1) assert.notEqual(first(seed), second(seed));
  assert.notEqual(first(1), first(2));
});
