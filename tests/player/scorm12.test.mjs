import assert from "node:assert/strict";
import test from "node:test";

import { clockTime12, scorm12, timespan12 } from "../../templates/player/scorm12.js";
import { fakeApi, sampleQuiz } from "./sample.mjs";

const [one, many, statement, word] = sampleQuiz().questions;
const date = new Date(2026, 0, 2, 3, 4, 5);
const entry = (status) => ({ status });
const report = (changes) => ({ data: "{}", location: "p", score: null, completed: false, passed: false, how: "completed", entry: entry(""), ...changes });

test("time spans and clock times", () => {
  assert.equal(timespan12(0), "0000:00:00");
  assert.equal(timespan12(59.6), "0000:01:00");
  assert.equal(timespan12(3 * 3600 + 125), "0003:02:05");
  assert.equal(timespan12(1e12), "9999:59:59");
  for (const odd of [-5, Number.NaN, undefined]) assert.equal(timespan12(odd), "0000:00:00");
  assert.equal(clockTime12(date), "03:04:05");
});

test("what is read at the start", () => {
  const read = (values) => scorm12.read((name) => values[name] ?? "");
  assert.deepEqual(read({}), { recorded: true, status: "", finished: false, score: null, location: "", data: "", interactions: null });
  const back = read({
    "cmi.core.lesson_mode": "normal", "cmi.core.lesson_status": "passed", "cmi.core.score.raw": "66.67",
    "cmi.core.lesson_location": "p", "cmi.suspend_data": "d", "cmi.interactions._count": "7",
  });
  assert.deepEqual(back, { recorded: true, status: "passed", finished: true, score: 66.67, location: "p", data: "d", interactions: 7 });
  assert.equal(read({ "cmi.core.lesson_mode": "review" }).recorded, false);
  assert.equal(read({ "cmi.core.lesson_mode": "browse" }).recorded, false);
  assert.equal(read({ "cmi.core.score.raw": "n/a" }).score, null);
});

test("the status: incomplete at first, then what was reached, and never back", () => {
  const status = (completed, passed, how, before) => scorm12.status({ completed, passed, how, entry: entry(before) });
  for (const before of ["", "not attempted", "incomplete", "browsed"]) {
    assert.equal(status(false, false, "completed", before), "incomplete");
    assert.equal(status(true, false, "completed", before), "completed");
    assert.equal(status(true, true, "passed-failed", before), "passed");
    assert.equal(status(true, false, "passed-failed", before), "failed");
  }
  for (const before of ["completed", "passed", "failed"]) assert.equal(status(false, false, "completed", before), null);
  assert.equal(status(true, false, "passed-failed", "passed"), null);
  assert.equal(status(true, false, "passed-failed", "completed"), null);
  assert.equal(status(true, false, "completed", "passed"), null);
  assert.equal(status(true, true, "passed-failed", "failed"), "passed");
});

test("the state: always suspend, a score only when there is one, the status last", () => {
  assert.deepEqual(scorm12.state(report({})), [
    ["cmi.core.exit", "suspend"],
    ["cmi.suspend_data", "{}"],
    ["cmi.core.lesson_location", "p"],
    ["cmi.core.lesson_status", "incomplete"],
  ]);
  const done = scorm12.state(report({ score: 66.67, completed: true }));
  assert.deepEqual(done.slice(3), [
    ["cmi.core.score.min", "0"],
    ["cmi.core.score.max", "100"],
    ["cmi.core.score.raw", "66.67"],
    ["cmi.core.lesson_status", "completed"],
  ]);
  assert.deepEqual(scorm12.state(report({ data: null })).map(([name]) => name), ["cmi.core.exit", "cmi.core.lesson_status"]);
});

test("interactions of every kind are taken by a strict API", () => {
  const cases = [
    [one, ["b"], { type: "choice", student_response: "b", result: "wrong", pattern: "a" }],
    [many, ["a", "c"], { type: "choice", student_response: "a,c", result: "correct", pattern: "a,c" }],
    [statement, ["false"], { type: "true-false", student_response: "f", result: "correct", pattern: "f" }],
    [word, ["  Blended\nlearning"], { type: "fill-in", student_response: " Blended learning", result: "correct", pattern: "Blended" }],
    [word, ["\u{1F600}".repeat(200)], { type: "fill-in", student_response: "\u{1F600}".repeat(127), result: "wrong", pattern: "Blended" }],
  ];
  const api = fakeApi();
  api.LMSInitialize("");
  cases.forEach(([question, response, expected], nth) => {
    const answer = { question, response, right: expected.result === "correct", seconds: 75, date };
    for (const [name, value] of scorm12.interaction(nth, answer)) {
      assert.equal(api.LMSSetValue(name, value), "true", `${name} = ${value}`);
    }
    const told = (name) => api.values[`cmi.interactions.${nth}.${name}`];
    assert.equal(told("id"), question.id);
    assert.equal(told("type"), expected.type);
    assert.equal(told("student_response"), expected.student_response);
    assert.equal(told("result"), expected.result);
    assert.equal(told("correct_responses.0.pattern"), expected.pattern);
    assert.equal(told("weighting"), String(question.points));
    assert.equal(told("latency"), "0000:01:15");
    assert.equal(told("time"), "03:04:05");
  });
  assert.equal(api.values["cmi.interactions.3.correct_responses.1.pattern"], "blended learning");
  assert.equal(api.values["cmi.interactions.3.correct_responses.2.pattern"], undefined, "mistakes are no patterns");
  assert.equal(api.values["cmi.interactions._count"], "5");
});
