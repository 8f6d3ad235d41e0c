import assert from "node:assert/strict";
import test from "node:test";

import { scorm2004, text2004, timespan2004, timestamp2004 } from "../../templates/player/scorm2004.js";
import { platform } from "./platform.mjs";

const date = new Date("2026-01-02T03:04:05.678Z");
const fresh = { status: "unknown", success: "unknown" };
const report = (changes) => ({ data: "{}", location: "p", score: null, progress: 1 / 3, completed: false, passed: false, failed: false, how: "completed", ...changes });
const interaction = (changes) => ({ id: "q-1", type: "choice", response: ["wrong-one"], patterns: [["the-right-1"]], result: "wrong", weighting: 2, seconds: 75, date, ...changes });

test("time intervals and timestamps", () => {
  assert.equal(timespan2004(0), "PT0H0M0S");
  assert.equal(timespan2004(59.6), "PT0H1M0S");
  assert.equal(timespan2004(30 * 3600 + 125), "PT30H2M5S");
  for (const odd of [-5, Number.NaN, undefined]) assert.equal(timespan2004(odd), "PT0H0M0S");
  assert.equal(timestamp2004(date), "2026-01-02T03:04:05.67Z");
  assert.equal(timestamp2004(new Date(0)), "1970-01-01T00:00:00.00Z");
});

test("texts look like no language, no list, and one line", () => {
  assert.equal(text2004("a\n b"), "a b");
  assert.equal(text2004("{lang=xx}"), " {lang=xx}");
  assert.equal(text2004("a[,]b[.]c[:]d[x]"), "a[ , ]b[ . ]c[ : ]d[x]");
  assert.equal(text2004("{".repeat(300)).length, 250);
  assert.equal(text2004("\u{1F600}".repeat(200)), "\u{1F600}".repeat(125));
  assert.equal(text2004(`x${"\u{1F600}".repeat(200)}`).length, 249, "no half character at the end");
});

test("what is read at the start", () => {
  const read = (values) => scorm2004.read((name) => values[name] ?? "");
  const nothing = { recorded: true, learner: "", status: "", success: "", finished: false, score: null, location: "", data: "", interactions: null, places: new Map() };
  assert.deepEqual(read({}), nothing);
  const back = read({
    "cmi.mode": "normal", "cmi.completion_status": "completed", "cmi.success_status": "failed", "cmi.score.raw": "66.67", "cmi.score.scaled": "0.1",
    "cmi.learner_id": "l1", "cmi.location": "p", "cmi.suspend_data": "d", "cmi.interactions._count": "2",
    "cmi.interactions.0.id": "q-one", "cmi.interactions.1.id": "q-two", "cmi.interactions.0.type": "choice", "cmi.interactions.1.type": "numeric",
  });
  const found = { recorded: true, learner: "l1", status: "completed", success: "failed", finished: true, score: 66.67, location: "p", data: "d", interactions: 2 };
  assert.deepEqual(back, { ...found, places: new Map([["q-one choice", 0], ["q-two numeric", 1]]) });
  assert.equal(read({ "cmi.score.scaled": "0.6667" }).score, 66.67);
  assert.equal(read({ "cmi.success_status": "failed" }).finished, false, "out of tries is not finished");
  assert.equal(read({ "cmi.mode": "review" }).recorded, false);
  assert.equal(read({ "cmi.mode": "browse" }).recorded, false);
  assert.equal(read({ "cmi.credit": "no-credit" }).recorded, true);
});

test("both statuses: what was reached, and never back", () => {
  const status = (completed, passed, failed, entry = fresh) => Object.values(scorm2004.status(report({ completed, passed, failed }), entry));
  for (const entry of [fresh, { status: "", success: "" }, { status: "not attempted", success: "unknown" }, { status: "incomplete", success: "unknown" }]) {
    assert.deepEqual(status(false, false, false, entry), ["incomplete", "unknown"]);
    assert.deepEqual(status(false, true, false, entry), ["incomplete", "unknown"]);
    assert.deepEqual(status(false, false, true, entry), ["incomplete", "failed"]);
    assert.deepEqual(status(true, true, false, entry), ["completed", "passed"]);
    assert.deepEqual(status(true, false, false, entry), ["completed", "failed"]);
  }
  const passed = { status: "completed", success: "passed" };
  assert.deepEqual(status(false, false, true, passed), [null, null]);
  assert.deepEqual(status(true, false, false, passed), ["completed", null]);
  const failed = { status: "incomplete", success: "failed" };
  assert.deepEqual(status(false, false, false, failed), ["incomplete", null]);
  assert.deepEqual(status(true, true, false, failed), ["completed", "passed"]);
});

test("the state: always suspend, all four of the score, progress", () => {
  assert.deepEqual(scorm2004.state(report({}), fresh), [
    ["cmi.exit", "suspend"],
    ["cmi.suspend_data", "{}"],
    ["cmi.location", "p"],
    ["cmi.progress_measure", "0.3333"],
    ["cmi.success_status", "unknown"],
    ["cmi.completion_status", "incomplete"],
  ]);
  const done = scorm2004.state(report({ score: 66.67, completed: true, passed: true, progress: 1 }), fresh);
  assert.deepEqual(done.slice(3), [
    ["cmi.progress_measure", "1"],
    ["cmi.score.min", "0"],
    ["cmi.score.max", "100"],
    ["cmi.score.raw", "66.67"],
    ["cmi.score.scaled", "0.6667"],
    ["cmi.success_status", "passed"],
    ["cmi.completion_status", "completed"],
  ]);
});

test("numbers never come in a form that computers only understand", () => {
  for (let percent = 0; percent <= 10000; percent += 1) {
    const pairs = scorm2004.state(report({ score: percent / 100, progress: percent / 10000 }), fresh);
    for (const [name, value] of pairs) if (/score|measure/.test(name)) assert.match(value, /^\d{1,3}(\.\d{1,4})?$/, name);
  }
});

test("interactions of every kind are taken by a strict API", () => {
  const many = Array.from({ length: 40 }, (_, nth) => `o-${nth}`);
  const cases = [
    [interaction(), { type: "choice", learner_response: "wrong_one", result: "incorrect", patterns: ["the_right_1"] }],
    [interaction({ response: ["a", "c"], patterns: [["a", "c"]], result: "correct" }), { learner_response: "a[,]c", result: "correct", patterns: ["a[,]c"] }],
    [interaction({ response: ["a", "a"], result: 1.33 }), { learner_response: "a", result: "1.33", patterns: ["the_right_1"] }],
    [interaction({ response: many, patterns: [many] }), { result: "incorrect", patterns: [many.slice(0, 36).map((id) => id.replace("-", "_")).join("[,]")] }],
    [interaction({ response: [] }), { learner_response: undefined, result: "incorrect", patterns: ["the_right_1"] }],
    [interaction({ patterns: many.map((id) => [id]) }), { patterns: many.slice(0, 10).map((id) => id.replace("-", "_")) }],
    [interaction({ id: "u01-case--scene-2", patterns: [], result: "neutral", weighting: undefined, description: "{A}\ncase (2)" }), { result: "neutral", patterns: [], description: " {A} case (2)" }],
    [interaction({ type: "true-false", response: ["false"], patterns: [["true"]] }), { type: "true-false", learner_response: "false", patterns: ["true"] }],
    [
      interaction({ type: "fill-in", response: ["{lang=de}a[,]b\nc"], patterns: [["a"], ["A "], ["A  "], ["c"], ["d"], ["e"], ["f"]], result: "correct" }),
      { type: "fill-in", learner_response: " {lang=de}a[ , ]b c", result: "correct", patterns: ["a", "A ", "c", "d", "e"] },
    ],
    [interaction({ type: "fill-in", response: ["y".repeat(300)], patterns: [] }), { learner_response: "y".repeat(250), patterns: [] }],
    [interaction({ type: "fill-in", response: ["g1.a", "g2.b[,]c"], patterns: [["g1.a", "g2.d"]] }), { learner_response: "g1.a[,]g2.b[ , ]c", patterns: ["g1.a[,]g2.d"] }],
    [interaction({ type: "fill-in", response: many, patterns: [] }), { learner_response: many.slice(0, 10).join("[,]"), patterns: [] }],
    [interaction({ type: "numeric", response: ["12.5"], patterns: [["12.25", "12.75"], ["-3", "-3"]] }), { type: "numeric", learner_response: "12.5", patterns: ["12.25[:]12.75"] }],
    [interaction({ type: "matching", response: ["a-1.x", "b.y-2"], patterns: [["a-1.y-2", "b.x"]] }), { learner_response: "a_1[.]x[,]b[.]y_2", patterns: ["a_1[.]y_2[,]b[.]x"] }],
    [interaction({ type: "sequencing", response: ["c", "a-1"], patterns: [["a-1", "c"]] }), { learner_response: "c[,]a_1", patterns: ["a_1[,]c"] }],
    [interaction({ type: "likert", response: ["3"], patterns: [], result: "neutral", weighting: undefined }), { learner_response: "3", result: "neutral", patterns: [] }],
    [interaction({ type: "long-fill-in", response: [`{One.\n${"é".repeat(4100)}`], patterns: [], result: "neutral" }), { learner_response: ` {One. ${"é".repeat(3993)}`, patterns: [] }],
    [interaction({ type: "long-fill-in", response: [""], patterns: [], result: "neutral" }), { learner_response: "", patterns: [] }],
    [interaction({ type: "long-fill-in", response: [`${"é ".repeat(60)}`], most: 99, patterns: [], result: "neutral" }), { learner_response: `${"é ".repeat(49)}é`, patterns: [] }],
    [interaction({ objectives: ["lo-1", "lo-2"] }), { "objectives.0.id": "lo-1", "objectives.1.id": "lo-2", patterns: ["the_right_1"] }],
  ];
  const { api, kept } = platform("scorm2004");
  api.Initialize("");
  cases.forEach(([given], nth) => {
    for (const [name, value] of scorm2004.interaction(nth, given)) assert.equal(api.SetValue(name, value), "true", `${name} = ${value}: ${api.GetLastError()}`);
  });
  api.Commit("");
  const { flat } = kept();
  cases.forEach(([given, { patterns, ...expected }], nth) => {
    const told = (name) => flat[`cmi.interactions.${nth}.${name}`];
    for (const [name, value] of Object.entries(expected)) assert.equal(told(name), value, `${nth} ${name}`);
    assert.equal(told("id"), given.id);
    assert.deepEqual([...patterns, undefined], [...patterns, ""].map((_, place) => told(`correct_responses.${place}.pattern`)));
    assert.equal(told("weighting"), given.weighting === undefined ? undefined : "2");
    assert.equal(told("latency"), "PT0H1M15S");
    assert.equal(told("timestamp"), "2026-01-02T03:04:05.67Z");
  });
});
