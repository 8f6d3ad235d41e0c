import assert from "node:assert/strict";
import test from "node:test";

import { createSession } from "../../templates/player/lms.js";
import { createLmsRecorder, createLocalRecorder } from "../../templates/player/recorder.js";
import { scorm12 } from "../../templates/player/scorm12.js";
import { fakeApi, sampleQuiz, sets } from "./sample.mjs";

const report = (changes = {}) => ({ data: "{}", location: "p1", score: null, completed: false, passed: false, how: "completed", ...changes });
const answer = { question: sampleQuiz().questions[0], response: ["a"], right: true, seconds: 3, date: new Date() };

function recording(api) {
  const at = { time: 0, states: [], timers: [] };
  const later = {
    start(action, delay) {
      at.timers.push({ action, delay });
      return at.timers.length - 1;
    },
    cancel(timer) {
      at.timers[timer] = null;
    },
  };
  const session = createSession(scorm12, api);
  at.recorder = createLmsRecorder({ session, dialect: scorm12, now: () => at.time, later, onState: (state) => at.states.push(state) });
  at.last = () => at.states[at.states.length - 1];
  at.waiting = () => at.timers.filter(Boolean);
  return at;
}

test("the first save makes the attempt incomplete and suspended, and commits", () => {
  const api = fakeApi();
  const at = recording(api);
  assert.equal(at.recorder.open().recorded, true);
  at.recorder.save(report());
  assert.equal(api.values["cmi.core.lesson_status"], "incomplete");
  assert.equal(api.values["cmi.core.exit"], "suspend");
  assert.equal(api.log.filter(([name]) => name === "commit").length, 1);
  assert.equal(at.last(), "saved");
});

test("only changes are written, and nothing is committed without one", () => {
  const api = fakeApi();
  const at = recording(api);
  at.recorder.open();
  at.recorder.save(report());
  const before = api.log.length;
  at.recorder.save(report());
  assert.equal(api.log.length, before);
  at.recorder.save(report({ location: "p2" }));
  assert.deepEqual(sets(api).slice(-2).map(([name]) => name), ["cmi.core.lesson_location", "cmi.core.session_time"]);
});

test("completion is told at once, once, and not taken back", () => {
  const api = fakeApi();
  const at = recording(api);
  at.recorder.open();
  at.recorder.save(report());
  at.recorder.save(report({ completed: true, score: 80 }));
  assert.equal(api.values["cmi.core.lesson_status"], "completed");
  assert.equal(api.log[api.log.length - 1][0], "commit");
  at.recorder.save(report({ completed: true, score: 90 }));
  at.recorder.close();
  const told = sets(api).filter(([name]) => name === "cmi.core.lesson_status").map(([, value]) => value);
  assert.deepEqual(told, ["incomplete", "completed"]);
  assert.equal(api.values["cmi.core.score.raw"], "90");
  assert.equal(api.values["cmi.core.exit"], "suspend");
});

test("a finished attempt is not made incomplete", () => {
  for (const status of ["completed", "passed", "failed"]) {
    const api = fakeApi({ "cmi.core.lesson_status": status });
    const at = recording(api);
    at.recorder.open();
    at.recorder.save(report());
    at.recorder.close();
    assert.equal(api.values["cmi.core.lesson_status"], status);
  }
});

test("review and browse: nothing is written, and the session is ended", () => {
  for (const mode of ["review", "browse"]) {
    const api = fakeApi({ "cmi.core.lesson_mode": mode });
    const at = recording(api);
    assert.equal(at.recorder.open().recorded, false);
    at.recorder.save(report({ completed: true }), answer);
    at.recorder.touch();
    at.recorder.close();
    assert.deepEqual(sets(api), []);
    assert.equal(api.log.filter(([name]) => name === "commit").length, 0);
    assert.equal(api.open, false);
    assert.deepEqual(at.states, ["unrecorded", "ended"]);
  }
});

test("interactions go on counting where the LMS is", () => {
  const api = fakeApi({ "cmi.interactions._count": "4" });
  const at = recording(api);
  at.recorder.open();
  at.recorder.save(report({ score: 0 }), answer);
  at.recorder.save(report({ score: 20 }), answer);
  assert.equal(api.values["cmi.interactions.4.id"], "q-one");
  assert.equal(api.values["cmi.interactions.5.result"], "correct");
  assert.equal(api.values["cmi.interactions._count"], "6");
  assert.equal(at.last(), "saved");
});

test("an LMS without interactions, or with a dislike of one, still saves the attempt", () => {
  const without = fakeApi();
  delete without.values["cmi.interactions._count"];
  const at = recording(without);
  at.recorder.open();
  at.recorder.save(report(), answer);
  assert.equal(at.last(), "saved");
  assert.ok(!sets(without).some(([name]) => name.includes("interactions")));

  const picky = fakeApi();
  const set = picky.LMSSetValue;
  picky.LMSSetValue = (name, value) => (name.includes("interactions") ? "false" : set(name, value));
  const other = recording(picky);
  other.recorder.open();
  for (let nth = 0; nth < 5; nth += 1) other.recorder.save(report({ location: `p${nth}` }), nth === 0 ? answer : undefined);
  assert.equal(other.last(), "saved");
});

test("a commit that fails: said, tried again after 30 seconds and at the next change", () => {
  const api = fakeApi();
  const commit = api.LMSCommit;
  const at = recording(api);
  at.recorder.open();
  for (const failing of [() => "false", () => { throw new Error("offline"); }]) {
    api.LMSCommit = failing;
    at.recorder.save(report({ location: `p${at.states.length}` }));
    assert.equal(at.last(), "unsaved");
    assert.equal(at.waiting().length, 1);
    assert.equal(at.waiting()[0].delay, 30000);
  }
  at.waiting()[0].action(); // still offline
  assert.equal(at.last(), "unsaved");
  api.LMSCommit = commit;
  at.waiting()[at.waiting().length - 1].action();
  assert.equal(at.last(), "saved");
  assert.equal(at.waiting().length, 0);
});

test("a refused value is written again at the next change", () => {
  const api = fakeApi();
  const set = api.LMSSetValue;
  const at = recording(api);
  at.recorder.open();
  api.LMSSetValue = (name, value) => (name === "cmi.suspend_data" ? "false" : set(name, value));
  at.recorder.save(report({ data: '{"x":1}' }));
  assert.equal(at.last(), "unsaved");
  api.LMSSetValue = set;
  at.recorder.save(report({ data: '{"x":2}' }));
  assert.equal(at.last(), "saved");
  assert.equal(api.values["cmi.suspend_data"], '{"x":2}');
});

test("leaving: the time is told and the session ended, once", () => {
  const api = fakeApi();
  const at = recording(api);
  at.recorder.open();
  at.recorder.save(report());
  at.time = 65000;
  at.recorder.touch();
  assert.equal(api.values["cmi.core.session_time"], "0000:01:05");
  at.time = 125000;
  at.recorder.close();
  at.recorder.close();
  at.recorder.touch();
  at.recorder.save(report({ location: "p9" }));
  assert.equal(api.values["cmi.core.session_time"], "0000:02:05");
  assert.equal(api.log.filter(([name]) => name === "finish").length, 1);
  assert.equal(api.log[api.log.length - 1][0], "finish");
  assert.equal(at.last(), "ended");
});

test("an LMS that does not begin", () => {
  const api = fakeApi();
  api.LMSInitialize = () => "false";
  const at = recording(api);
  assert.equal(at.recorder.open(), null);
  at.recorder.save(report(), answer);
  at.recorder.touch();
  at.recorder.close();
  assert.deepEqual(sets(api), []);
});

test("without an LMS: this browser, if it lets us", () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  const states = [];
  const recorder = createLocalRecorder({ storage: () => storage, key: "k", onState: (state) => states.push(state) });
  assert.equal(recorder.open().data, "");
  recorder.save(report({ data: "d" }));
  recorder.close();
  assert.equal(kept.get("k"), "d");
  assert.equal(recorder.open().data, "d");
  assert.deepEqual([...new Set(states)], ["local"]);

  for (const broken of [() => { throw new Error("forbidden"); }, () => null, () => ({ getItem: () => null, setItem() { throw new Error("full"); } })]) {
    const seen = [];
    const other = createLocalRecorder({ storage: broken, key: "k", onState: (state) => seen.push(state) });
    assert.equal(other.open().data, "");
    other.save(report());
    assert.equal(seen[seen.length - 1], "nowhere");
  }
});
