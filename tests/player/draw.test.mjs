import assert from "node:assert/strict";
import test from "node:test";

import { newRecord } from "../../templates/player/attempt.js";
import { drawnQuestions, isDrawn, optionOrder } from "../../templates/player/draw.js";
import { groupsOf, newKinds, sampleQuiz } from "./sample.mjs";

const questions = Array.from({ length: 12 }, (_, nth) => ({ id: `q-${nth}`, kind: "single-choice", points: 1, options: ["a", "b", "c", "d"], right: ["a"] }));
// `draw` of the questions, or all.
const quiz = ({ draw, ...changes } = {}) => {
  const made = sampleQuiz({ questions, ...changes });
  return draw ? { ...made, groups: groupsOf(made.questions, draw) } : made;
};
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

test("groups: so many from each, whatever was answered; only an edit lets a group have more", () => {
  const [first, second, third] = [questions.slice(0, 3), questions.slice(3, 8), questions.slice(8)];
  const banks = quiz({ groups: [...groupsOf(first, 3), ...groupsOf(second, 2), ...groupsOf(third, 1)] });
  assert.equal(isDrawn(banks), true);
  for (let seed = 1; seed <= 100; seed += 1) {
    const drawn = ids(drawnQuestions(banks, record({ seed })));
    assert.deepEqual([first, second, third].map((group) => ids(group).filter((id) => drawn.includes(id)).length), [3, 2, 1]);
    assert.deepEqual(drawn, ids(questions).filter((id) => drawn.includes(id)), "in the quiz's order");
    for (let nth = 1; nth <= drawn.length; nth += 1) {
      const answers = new Map(drawn.slice(-nth).map((id) => [id, ["a"]]));
      assert.deepEqual(ids(drawnQuestions(banks, record({ seed, answers }))), drawn, "an answer changes nothing");
    }
    const other = ids(second).find((id) => !drawn.includes(id));
    const after = ids(drawnQuestions(banks, record({ seed, answers: new Map([[other, ["a"]]]) })));
    assert.equal(after.length, 6);
    assert.ok(after.includes(other) && after.filter((id) => drawn.includes(id)).length === 5);
  }
});

test("things to put in order never stand in the right one at first; lists of parts and scales stay", () => {
  const [ordering] = newKinds().filter(({ kind }) => kind === "ordering");
  const shuffled = quiz({ shuffleOptions: true });
  assert.deepEqual(optionOrder(quiz(), ordering, record()), ordering.options, "as the build has scrambled them");
  for (const question of [ordering, { ...ordering, options: ["s2", "s-1"], right: ["s-1", "s2"] }]) {
    const orders = new Set();
    for (let seed = 1; seed <= 300; seed += 1) {
      const order = optionOrder(shuffled, question, record({ seed }));
      assert.deepEqual([...order].sort(), [...question.options].sort());
      assert.deepEqual(optionOrder(shuffled, question, record({ seed })), order);
      assert.notDeepEqual(order, question.right);
      orders.add(order.join());
    }
    assert.equal(orders.size, question.options.length === 2 ? 1 : 23);
  }
  for (const question of newKinds().filter(({ kind }) => kind !== "ordering")) assert.deepEqual(optionOrder(shuffled, question, record()), question.options || []);
});
