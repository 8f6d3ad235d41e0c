import assert from "node:assert/strict";
import test from "node:test";

import {
  answered, begun, caseRecordOf, chosen, decided, evidenced, gridRecordOf, handed, happen, kept, newAttempt, opened, profiled, rated, recordOf, restarted, retried,
} from "../../templates/player/attempt.js";
import { dice, richOutline, wander } from "./sample.mjs";

const after = (...events) => events.reduce(happen, newAttempt());

test("opening an activity makes it seen and the place to return to", () => {
  const before = newAttempt();
  const attempt = happen(before, opened("u01-why"));
  assert.deepEqual([...attempt.seen], ["u01-why"]);
  assert.equal(attempt.location, "u01-why");
  assert.equal(before.seen.size, 0, "the attempt before is left as it was");
  assert.equal(happen(attempt, opened("u01-why")), attempt, "nothing changed");
});

test("a checked answer is final in its try", () => {
  const attempt = after(answered("quiz", "q", ["a"]), answered("quiz", "q", ["b"]));
  assert.deepEqual(recordOf(attempt, "quiz").answers.get("q"), ["a"]);
});

test("a chosen answer may change and be taken back until the try is handed in", () => {
  let attempt = after(chosen("quiz", "q", ["a"]), chosen("quiz", "q", ["b", "c"]));
  assert.deepEqual(recordOf(attempt, "quiz").answers.get("q"), ["b", "c"]);
  assert.equal(happen(attempt, chosen("quiz", "q", ["b", "c"])), attempt);
  assert.equal(recordOf(happen(attempt, chosen("quiz", "q", [])), "quiz").answers.size, 0);
  attempt = happen(attempt, handed("quiz"));
  for (const late of [chosen("quiz", "q", ["a"]), answered("quiz", "p", ["a"]), handed("quiz")]) assert.equal(happen(attempt, late), attempt);
});

test("a seed is set once", () => {
  const attempt = after(begun("quiz", 7));
  assert.equal(happen(attempt, begun("quiz", 8)), attempt);
  assert.equal(recordOf(happen(attempt, retried("quiz", 0, true)), "quiz").seed, 7, "and serves the later tries");
});

test("a new try begins empty and keeps the best", () => {
  const attempt = after(answered("quiz", "q", ["a"]), handed("quiz"), retried("quiz", 500000, true));
  const { tries, answers, best, complete, handed: isHanded } = recordOf(attempt, "quiz");
  assert.deepEqual([tries, answers.size, best, complete, isHanded], [2, 0, 500000, true, false]);
  assert.equal(recordOf(happen(attempt, retried("quiz", 0, false)), "quiz").complete, true, "once complete, always");
});

test("a case: decisions in a row, and from the start again", () => {
  let attempt = after(decided("case", "phone", "go"), decided("case", "bench", "gauge"));
  assert.deepEqual(caseRecordOf(attempt, "case").path, [{ scene: "phone", choice: "go" }, { scene: "bench", choice: "gauge" }]);
  attempt = happen(attempt, restarted("case", 600000, true));
  assert.deepEqual(caseRecordOf(attempt, "case"), { runs: 2, path: [], best: 600000, complete: true });
});

test("a grid: ratings and evidence may change; a rating can become the earlier one", () => {
  let attempt = after(rated("grid", "a1", 2), rated("grid", "a1", 3), rated("grid", "a2", 0), evidenced("grid", "a1", "seen"), profiled("grid"));
  assert.equal(happen(attempt, rated("grid", "a1", 3)), attempt);
  assert.equal(happen(attempt, rated("grid", "b1", null)), attempt);
  assert.equal(happen(attempt, evidenced("grid", "b1", "")), attempt);
  assert.equal(gridRecordOf(attempt, "grid").levels.get("a2"), 0, "not applicable is a rating");
  attempt = happen(attempt, kept("grid"));
  const record = gridRecordOf(attempt, "grid");
  assert.deepEqual([[...record.earlier], record.levels.size, record.evidence.size, record.shown], [[["a1", 3], ["a2", 0]], 0, 0, false]);
  assert.equal(happen(attempt, kept("grid")), attempt, "nothing to keep");
  assert.equal(gridRecordOf(after(rated("grid", "a1", 3), rated("grid", "a1", null)), "grid").levels.size, 0);
});

test("ids that objects know by themselves are ids like any other", () => {
  const attempt = after(opened("constructor"), answered("constructor", "valueof", ["a"]));
  assert.deepEqual(recordOf(attempt, "constructor").answers.get("valueof"), ["a"]);
  assert.equal(recordOf(newAttempt(), "constructor").answers.size, 0);
});

test("an unknown event changes nothing, nor does any event change an attempt that was", () => {
  const attempt = newAttempt();
  assert.equal(happen(attempt, { type: "dreamt" }), attempt);
  const outline = richOutline();
  for (let seed = 1; seed <= 60; seed += 1) {
    const way = wander(outline, dice(seed), 40);
    const again = wander(outline, dice(seed), 40);
    assert.deepEqual(way, again, "later events have left the earlier attempts alone");
  }
});
