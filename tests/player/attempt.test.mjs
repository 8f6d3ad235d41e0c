import assert from "node:assert/strict";
import test from "node:test";

import { answered, happen, newAttempt, opened, recordOf, retried } from "../../templates/player/attempt.js";

test("opening an activity makes it seen and the place to return to", () => {
  const before = newAttempt();
  const after = happen(before, opened("u01-why"));
  assert.deepEqual([...after.seen], ["u01-why"]);
  assert.equal(after.location, "u01-why");
  assert.equal(before.seen.size, 0, "the attempt before is left as it was");
  assert.equal(happen(after, opened("u01-why")), after, "nothing changed");
});

test("an answer is final in its try", () => {
  let attempt = happen(newAttempt(), answered("quiz", "q", ["a"]));
  attempt = happen(attempt, answered("quiz", "q", ["b"]));
  assert.deepEqual(recordOf(attempt, "quiz").answers.get("q"), ["a"]);
});

test("a new try begins empty and keeps the best", () => {
  let attempt = happen(newAttempt(), answered("quiz", "q", ["a"]));
  attempt = happen(attempt, retried("quiz", ["q"], true));
  const record = recordOf(attempt, "quiz");
  assert.equal(record.tries, 2);
  assert.equal(record.answers.size, 0);
  assert.deepEqual(record.best, ["q"]);
  assert.equal(record.complete, true);
  assert.equal(recordOf(happen(attempt, retried("quiz", [], false)), "quiz").complete, true, "once complete, always");
});

test("ids that objects know by themselves are ids like any other", () => {
  const attempt = happen(happen(newAttempt(), opened("constructor")), answered("constructor", "valueof", ["a"]));
  assert.deepEqual(recordOf(attempt, "constructor").answers.get("valueof"), ["a"]);
  assert.equal(recordOf(newAttempt(), "constructor").answers.size, 0);
});

test("an unknown event changes nothing", () => {
  const attempt = newAttempt();
  assert.equal(happen(attempt, { type: "dreamt" }), attempt);
});
