import assert from "node:assert/strict";
import test from "node:test";

import { clockTime12, scorm12, timespan12 } from "../../templates/player/scorm12.js";
import { platform } from "./platform.mjs";

const date = new Date(2026, 0, 2, 3, 4, 5);
const report = (changes) => ({ data: "{}", location: "p", score: null, progress: 0, completed: false, passed: false, failed: false, how: "completed", ...changes });
const interaction = (changes) => ({ id: "q-1", type: "choice", response: ["b"], patterns: [["a"]], result: "wrong", weighting: 2, seconds: 75, date, ...changes });

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
  const nothing = { recorded: true, learner: "", status: "", finished: false, score: null, location: "", data: "", interactions: null };
  const known = (status, score) => [["cmi.core.lesson_status", status], ["cmi.core.score.raw", score]];
  assert.deepEqual(read({}), { ...nothing, known: known("", "") });
  const back = read({
    "cmi.core.lesson_mode": "normal", "cmi.core.lesson_status": "passed", "cmi.core.score.raw": "66.67", "cmi.core.student_id": "l1",
    "cmi.core.lesson_location": "p", "cmi.suspend_data": "d", "cmi.interactions._count": "7",
  });
  assert.deepEqual(back, { recorded: true, learner: "l1", status: "passed", finished: true, score: 66.67, location: "p", data: "d", interactions: 7, known: known("passed", "66.67") });
  assert.equal(read({ "cmi.core.lesson_mode": "review" }).recorded, false);
  assert.equal(read({ "cmi.core.lesson_mode": "browse" }).recorded, false);
  assert.equal(read({ "cmi.core.credit": "no-credit" }).recorded, true);
  assert.equal(read({ "cmi.core.score.raw": "n/a" }).score, null);
});

test("the status: incomplete at first, then what was reached, and never back", () => {
  const status = (completed, passed, how, before) => scorm12.status(report({ completed, passed, how }), { status: before });
  for (const before of ["", "not attempted", "incomplete", "browsed"]) {
    assert.equal(status(false, false, "completed", before), "incomplete");
    assert.equal(status(false, true, "passed-failed", before), "incomplete");
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
  assert.deepEqual(scorm12.state(report({}), { status: "" }), [
    ["cmi.core.exit", "suspend"],
    ["cmi.suspend_data", "{}"],
    ["cmi.core.lesson_location", "p"],
    ["cmi.core.lesson_status", "incomplete"],
  ]);
  const done = scorm12.state(report({ score: 66.67, completed: true }), { status: "" });
  assert.deepEqual(done.slice(3), [
    ["cmi.core.score.min", "0"],
    ["cmi.core.score.max", "100"],
    ["cmi.core.score.raw", "66.67"],
    ["cmi.core.lesson_status", "completed"],
  ]);
});

// [interaction, what is told of it]
const INTERACTIONS = [
  [interaction(), { type: "choice", student_response: "b", result: "wrong", pattern: "a" }],
  [interaction({ response: ["a", "c"], patterns: [["a", "c"]], result: "correct" }), { type: "choice", student_response: "a,c", result: "correct", pattern: "a,c" }],
  [interaction({ response: ["a"], patterns: [["a", "c"]], result: 0.67 }), { type: "choice", student_response: "a", result: "0.67", pattern: "a,c" }],
  [interaction({ response: [] }), { type: "choice", student_response: undefined, result: "wrong", pattern: "a" }],
  [interaction({ patterns: [], result: "neutral", weighting: undefined }), { type: "choice", student_response: "b", result: "neutral", pattern: undefined }],
  [interaction({ type: "true-false", response: ["false"], patterns: [["true"]] }), { type: "true-false", student_response: "f", result: "wrong", pattern: "t" }],
  [
    interaction({ type: "fill-in", response: ["  Blended\nlearning"], patterns: [["Blended"], ["blended learning"]], result: "correct" }),
    { type: "fill-in", student_response: " Blended learning", result: "correct", pattern: "Blended" },
  ],
  [
    interaction({ type: "fill-in", response: ["\u{1F600}".repeat(200)], patterns: [["x"]] }),
    { type: "fill-in", student_response: "\u{1F600}".repeat(127), result: "wrong", pattern: "x" },
  ],
  [interaction({ type: "numeric", response: ["12.5"], patterns: [["0.1", "0.2"], ["-3", "-3"]] }), { type: "numeric", student_response: "12.5", result: "wrong", pattern: "0.15" }],
  [interaction({ type: "numeric", response: ["-10"], patterns: [["-3", "-3"]] }), { type: "numeric", student_response: "-10", result: "wrong", pattern: "-3" }],
  [interaction({ type: "matching", response: ["a-1.x", "b.y"], patterns: [["a-1.y", "b.x"]] }), { type: "matching", student_response: "a-1.x,b.y", result: "wrong", pattern: "a-1.y,b.x" }],
  [interaction({ type: "sequencing", response: ["c", "a-1"], patterns: [["a-1", "c"]] }), { type: "sequencing", student_response: "c,a-1", result: "wrong", pattern: "a-1,c" }],
  [interaction({ type: "likert", response: ["3"], patterns: [], result: "neutral", weighting: undefined }), { type: "likert", student_response: "3", result: "neutral", pattern: undefined }],
  [interaction({ type: "likert", response: ["b"], patterns: [], result: "neutral", weighting: undefined }), { type: "likert", student_response: "b", result: "neutral", pattern: undefined }],
  [interaction({ type: "long-fill-in", response: ["One.\nTwo."], patterns: [], result: "neutral", objectives: ["lo-1", "2"] }), { type: "fill-in", student_response: "One. Two.", result: "neutral", pattern: undefined }],
  [
    interaction({ type: "matching", response: Array.from({ length: 30 }, (_, nth) => `pair-${nth}.target`), patterns: [] }),
    { type: "matching", student_response: Array.from({ length: 17 }, (_, nth) => `pair-${nth}.target`).join(), result: "wrong", pattern: undefined },
  ],
];

test("interactions of every kind are taken by a strict API", () => {
  const { api, kept } = platform("scorm12");
  api.LMSInitialize("");
  INTERACTIONS.forEach(([given], nth) => {
    for (const [name, value] of scorm12.interaction(nth, given)) assert.equal(api.LMSSetValue(name, value), "true", `${name} = ${value}`);
  });
  assert.equal(api.LMSGetValue("cmi.interactions._count"), String(INTERACTIONS.length));
  api.LMSCommit("");
  INTERACTIONS.forEach(([given, expected], nth) => {
    const told = (name) => kept().flat[`cmi.interactions.${nth}.${name}`];
    for (const name of ["type", "student_response", "result"]) assert.equal(told(name), expected[name], `${nth} ${name}`);
    assert.equal(told("id"), "q-1");
    assert.equal(told("correct_responses.0.pattern"), expected.pattern);
    assert.equal(told("weighting"), given.weighting === undefined ? undefined : "2");
    assert.equal(told("latency"), "0000:01:15");
    assert.equal(told("time"), "03:04:05");
  });
  assert.equal(kept().flat["cmi.interactions.6.correct_responses.1.pattern"], "blended learning");
  assert.deepEqual([0, 1, 2].map((nth) => kept().flat[`cmi.interactions.14.objectives.${nth}.id`]), ["lo-1", "2", undefined]);
});

test("a long text is told in pieces, each an interaction; nothing of it is lost", () => {
  const essay = (text) => scorm12.pieces(interaction({ id: "q-e", type: "long-fill-in", response: [text] }));
  for (const text of ["short", "x".repeat(255), "x".repeat(256), "\u{1F600}".repeat(400), `x${"\u{1F600}".repeat(400)}`, "One two.\n".repeat(200), ""]) {
    const pieces = essay(text);
    assert.equal(pieces.map(({ response }) => response[0]).join(""), text.replace(/\s+/g, " "));
    assert.ok(pieces.every(({ response: [part] }) => part.length <= 255 && !/^[\udc00-\udfff]/.test(part)));
    assert.deepEqual(pieces.map(({ id }) => id), pieces.map((_, nth) => (nth ? `q-e--${nth + 1}` : "q-e")));
  }
  assert.deepEqual(scorm12.pieces(interaction()), [interaction()]);
});

test("another value for an element is one that the LMS takes, and another", () => {
  const { api } = platform("scorm12");
  api.LMSInitialize("");
  const pairs = [0, 100, 0.5, 1, 16.67, null].flatMap((score) =>
    [true, false].flatMap((completed) =>
      ["{}", "x".repeat(4096)].flatMap((data) => scorm12.state(report({ score, completed, data, location: data.slice(0, 255) }), { status: "" })),
    ),
  );
  pairs.push(scorm12.time(0), scorm12.time(1), scorm12.time(2));
  const all = [...pairs, ...INTERACTIONS.flatMap(([given], nth) => scorm12.interaction(nth, given))];
  for (const [name, value] of all) {
    assert.equal(api.LMSSetValue(name, value), "true");
    const other = scorm12.other(name, value);
    assert.notEqual(other, value, name);
    assert.equal(api.LMSSetValue(name, other), "true", `${name} = ${other}`);
    assert.equal(api.LMSSetValue(name, value), "true");
  }
  for (let score = 0; score <= 10000; score += 1) {
    const value = String(score / 100);
    const other = scorm12.other("cmi.core.score.raw", value);
    assert.ok(Number(other) !== Number(value) && /^\d{1,3}$/.test(other) && Number(other) <= 100, value);
  }
  assert.deepEqual(JSON.parse(scorm12.other("cmi.suspend_data", '{"v":2}')), { v: 2 }, "still readable");
});
