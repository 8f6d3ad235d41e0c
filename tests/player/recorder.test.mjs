import assert from "node:assert/strict";
import test from "node:test";

import { answered, happen, newAttempt, retried } from "../../templates/player/attempt.js";
import { quizInteraction } from "../../templates/player/interactions.js";
import { createSession } from "../../templates/player/lms.js";
import { createLmsRecorder, createLocalRecorder } from "../../templates/player/recorder.js";
import { scorm12 } from "../../templates/player/scorm12.js";
import { scorm2004 } from "../../templates/player/scorm2004.js";
import { encodeAttempt } from "../../templates/player/storage.js";
import { RUNTIMES, browser, platform } from "./platform.mjs";
import { dice, withQuiz } from "./sample.mjs";

const DIALECTS = { scorm12, scorm2004 };
const NAMES = {
  scorm12: { data: "cmi.suspend_data", location: "cmi.core.lesson_location", status: "cmi.core.lesson_status", raw: "cmi.core.score.raw", exit: "cmi.core.exit", time: "cmi.core.session_time" },
  scorm2004: { data: "cmi.suspend_data", location: "cmi.location", status: "cmi.completion_status", raw: "cmi.score.raw", exit: "cmi.exit", time: "cmi.session_time" },
};
const SECONDS = { scorm12: (text) => text, scorm2004: (text) => text.match(/\d+/g).map((part) => part.padStart(2, "0")).join(":").padStart(10, "0") };
const CODE = { data: "{}", location: "p1", score: null, progress: 0, completed: false, passed: false, failed: false, how: "completed" };
const report = (changes) => ({ ...CODE, ...changes });
const interaction = { id: "q-1", type: "choice", response: ["a"], patterns: [["a"]], result: "correct", weighting: 1, seconds: 3, date: new Date() };

// A visit: a tab of a browser (`web`) in which a package is opened from a platform.
function visit(runtime, { web = browser(), ...options } = {}) {
  const it = { web, states: [], given: [], names: NAMES[runtime], lms: platform(runtime, options), tab: web.tab() };
  it.recorder = createLmsRecorder({
    session: createSession(DIALECTS[runtime], it.lms.api),
    dialect: DIALECTS[runtime],
    packageId: "sample",
    ...it.tab,
    now: web.now,
    date: web.date,
    later: web.later,
    onState: (state) => it.states.push(state),
    onGiven: (data) => it.given.push(data),
  });
  it.entry = it.recorder.open();
  it.last = () => it.states.at(-1);
  it.told = (what) => it.lms.sets(it.names[what]);
  it.kept = (what) => it.lms.kept().flat[it.names[what]];
  it.commits = () => it.lms.calls("Commit").length;
  // The tab dies without a word. Its timers die with it.
  it.kill = () => {
    it.tab.die();
    for (const { cancel } of [web.later]) for (let timer = 0; timer < 1e3; timer += 1) cancel(timer);
  };
  return it;
}

function both(name, action) {
  for (const runtime of RUNTIMES) test(`${runtime}: ${name}`, () => action(runtime));
}

both("a save returns at once; several within a moment are one commit", (runtime) => {
  const it = visit(runtime);
  assert.equal(it.entry.recorded, true);
  it.recorder.save(report());
  assert.equal(it.lms.log.filter(([name]) => name === "SetValue" || name === "Commit").length, 0, "nothing blocks");
  assert.equal(it.last(), "saving");
  it.recorder.save(report({ location: "p2" }));
  it.web.pass(60);
  it.recorder.save(report({ location: "p3" }));
  it.web.pass(50);
  assert.equal(it.commits(), 1);
  assert.equal(it.last(), "saved");
  assert.deepEqual([it.kept("status"), it.kept("exit"), it.kept("location")], ["incomplete", "suspend", "p3"]);
  assert.deepEqual(it.told("location"), ["p3"]);
  assert.deepEqual(it.lms.refused(), []);
  assert.deepEqual(it.web.waiting(), []);
});

both("only changes are written, and nothing is committed without one", (runtime) => {
  const it = visit(runtime);
  it.recorder.save(report());
  it.web.pass(100);
  const before = it.lms.log.length;
  it.recorder.save(report());
  it.web.pass(60000);
  assert.equal(it.lms.log.length, before);
  it.recorder.save(report({ location: "p2" }));
  it.web.pass(100);
  assert.deepEqual(it.lms.sets().slice(-2).map(([name]) => name), [it.names.location, it.names.time]);
});

both("completion is told at once, once, and not taken back", (runtime) => {
  const it = visit(runtime);
  it.recorder.save(report());
  it.web.pass(100);
  it.recorder.save(report({ completed: true, passed: true, score: 80 }));
  it.web.pass(100);
  assert.equal(it.kept("status"), "completed");
  it.recorder.save(report({ completed: true, passed: true, score: 90 }));
  it.recorder.close();
  assert.deepEqual(it.told("status"), ["incomplete", "completed"]);
  assert.equal(Number(it.kept("raw")), 90);
  assert.equal(it.kept("exit"), "suspend");
  const again = visit(runtime, { before: it.lms.kept() });
  again.recorder.save(report());
  again.recorder.close();
  assert.equal(again.kept("status"), "completed");
  assert.deepEqual(again.told("status"), []);
  if (runtime === "scorm2004") assert.equal(again.lms.kept().flat["cmi.success_status"], "passed");
});

both("review and browse: nothing is written or stored, and the session is ended", (runtime) => {
  for (const mode of ["review", "browse"]) {
    const it = visit(runtime, { mode });
    assert.equal(it.entry.recorded, false);
    it.recorder.save(report({ completed: true }), [interaction]);
    it.web.pass(60000);
    it.recorder.touch();
    it.recorder.retry();
    it.recorder.close();
    assert.deepEqual(it.lms.sets(), []);
    assert.equal(it.commits(), 0);
    assert.equal(it.lms.calls("Terminate").length, 1);
    assert.deepEqual(it.states, ["unrecorded", "ended"]);
    assert.equal(it.web.stored.size, 0);
  }
});

both("interactions go on counting where the LMS is", (runtime) => {
  const first = visit(runtime);
  first.recorder.save(report({ score: 0 }), [interaction, { ...interaction, id: "q-2" }]);
  first.recorder.close();
  const it = visit(runtime, { before: first.lms.kept() });
  assert.equal(it.entry.interactions, 2);
  it.recorder.save(report({ score: 20 }), [{ ...interaction, id: "q-3" }]);
  it.web.pass(100);
  const ids = [0, 1, 2].map((nth) => it.lms.kept().flat[`cmi.interactions.${nth}.id`]);
  assert.deepEqual(ids, ["q-1", "q-2", "q-3"]);
  assert.deepEqual(it.lms.refused(), []);
});

both("an LMS without interactions, or with a dislike of them, still saves the attempt", (runtime) => {
  const without = visit(runtime);
  const of = (fault) => (name) => (String(name).includes("interactions") ? fault : undefined);
  const silent = platform(runtime);
  silent.faults.GetValue = of("false");
  const session = createSession(DIALECTS[runtime], silent.api);
  assert.equal(session.begin(), true);
  assert.equal(DIALECTS[runtime].read((name) => session.get(name)).interactions, null);

  without.lms.faults.SetValue = of("false");
  without.recorder.save(report(), [interaction]);
  for (let nth = 2; nth < 8; nth += 1) {
    without.web.pass(100);
    assert.equal(without.last(), "saved");
    without.recorder.save(report({ location: `p${nth}` }));
  }
  without.web.pass(100);
  assert.equal(without.kept("location"), "p7");
  without.lms.faults = {};
  without.recorder.save(report({ location: "p8" }), [{ ...interaction, id: "q-9" }]);
  without.web.pass(100);
  assert.equal(without.lms.kept().flat["cmi.interactions.0.id"], "q-9", "the refused one was given up");
});

test("SCORM 2004: no more interactions than the standard promises", () => {
  const it = visit("scorm2004");
  for (let nth = 0; nth < 260; nth += 1) it.recorder.save(report(), [{ ...interaction, id: `q-${nth}` }]);
  it.web.pass(100);
  assert.equal(it.last(), "saved");
  assert.deepEqual(it.lms.refused(), []);
  assert.equal(it.lms.kept().flat["cmi.interactions.249.id"], "q-249");
});

test("SCORM 2004: once there are many, a later answer takes the place of the earlier one to the same question", () => {
  const it = visit("scorm2004");
  const answer = (nth, response) => it.recorder.save(report(), [{ ...interaction, id: `q-${nth % 12}`, response: [response], result: response === "a" ? "correct" : "wrong" }]);
  for (let nth = 0; nth < 200; nth += 1) answer(nth, "b");
  it.web.pass(100);
  answer(5, "a");
  it.web.pass(100);
  const kept = it.lms.kept().flat;
  assert.equal(kept["cmi.interactions._count"] ?? Object.keys(kept).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name)).length, 60);
  const latest = 48 + 5;
  assert.deepEqual(["id", "learner_response", "result"].map((name) => kept[`cmi.interactions.${latest}.${name}`]), ["q-5", "a", "correct"]);
  assert.equal(it.lms.refused().length, 0);
  const later = visit("scorm2004", { before: it.lms.kept() });
  assert.equal(later.entry.places.get("q-5 choice"), latest, "known again at the next visit");
});

test("SCORM 2004: an answer of another type takes no place, so that response and result belong together", () => {
  const it = visit("scorm2004");
  const number = { id: "q-n", kind: "numerical", points: 2, answers: [{ id: "a", low: "12.25", high: "12.75", correct: true }], length: 24 };
  const answer = (id, typed) => it.recorder.save(report(), [quizInteraction({}, { ...number, id }, [typed], 1, new Date(0))]);
  const told = () => {
    it.web.pass(100);
    const { flat } = it.lms.kept();
    const all = Array.from({ length: 70 }, (_, nth) => ["id", "type", "learner_response", "result"].map((name) => flat[`cmi.interactions.${nth}.${name}`]));
    return all.filter(([id]) => id === "q-n").map(([, ...rest]) => rest);
  };
  answer("q-n", "12.5");
  for (let nth = 0; nth < 60; nth += 1) answer(`q-${nth}`, "12.5");
  answer("q-n", "twelve");
  const both = [["numeric", "12.5", "correct"], ["fill-in", "twelve", "incorrect"]];
  assert.deepEqual(told(), both);
  answer("q-n", "12");
  answer("q-n", "about 12");
  assert.deepEqual(told(), [["numeric", "12", "incorrect"], ["fill-in", "about 12", "incorrect"]]);
  assert.deepEqual(it.lms.refused(), []);
});

test("SCORM 2004: essays of many tries, in letters that take six bytes, fit into one request", () => {
  const it = visit("scorm2004");
  const essays = ["q-1", "q-2"].map((id) => ({ id, kind: "essay", points: 0, length: 4000, told: 1000 }));
  const outline = withQuiz({ feedback: "deferred", questions: essays }, { textRoom: 4000, dataLimit: 64000 });
  let attempt = newAttempt();
  for (const letter of ["a", "ж"]) {
    for (let tries = 1; tries < 9; tries += 1) {
      const text = letter.repeat(3950 - tries);
      for (const { id } of essays) attempt = happen(attempt, answered("u01-quiz", id, [text]));
      it.recorder.save(report({ data: encodeAttempt(attempt, outline) }), essays.map((essay) => quizInteraction({}, essay, [text], 1, new Date(0))));
      it.web.pass(100);
      attempt = happen(attempt, retried("u01-quiz", 0, true));
    }
  }
  const { flat } = it.lms.kept();
  assert.ok(new URLSearchParams(flat).toString().length < 40000, "what Moodle sends with each commit");
  assert.equal(Object.keys(flat).filter((name) => /interactions\.\d+\.id$/.test(name)).length, 2);
  assert.equal(flat["cmi.interactions.1.learner_response"], "ж".repeat(1000));
  assert.match(flat["cmi.suspend_data"], /ж{3900}/);
  it.recorder.save(report(), [quizInteraction({}, essays[0], [""], 1, new Date(0))]);
  it.web.pass(100);
  assert.equal(it.lms.kept().flat["cmi.interactions.0.learner_response"], "", "a text of an earlier try is not that of a later one");
  assert.deepEqual(it.lms.refused(), []);
});

for (const fault of ["false", "throw", "lost"]) {
  both(`a commit that fails (${fault}): said, kept here, tried again, and then everything is there`, (runtime) => {
    const it = visit(runtime);
    it.recorder.save(report());
    it.web.pass(100);
    it.lms.faults.Commit = fault;
    it.recorder.save(report({ data: '{"n":2}', location: "p2", score: 50, completed: true, passed: true }), [interaction]);
    it.web.pass(100);
    assert.equal(it.last(), "unsaved");
    assert.deepEqual(it.web.waiting(), [30000]);
    assert.ok([...it.web.stored.values()].includes('{"n":2}'));
    assert.equal(it.kept("data"), "{}");
    it.recorder.save(report({ data: '{"n":3}', location: "p2", score: 50, completed: true, passed: true }));
    it.web.pass(100);
    it.web.pass(30000);
    assert.equal(it.last(), "unsaved", "still offline");
    assert.ok(!it.states.slice(it.states.indexOf("unsaved")).includes("saving"), "no flicker");
    it.lms.faults = {};
    it.web.pass(30000);
    assert.equal(it.last(), "saved");
    assert.deepEqual(it.web.waiting(), []);
    assert.deepEqual(["data", "location", "status", "raw"].map((what) => String(it.kept(what))), ['{"n":3}', "p2", "completed", "50"]);
    const flat = it.lms.kept().flat;
    const got = Object.entries(flat).filter(([name]) => name.startsWith("cmi.interactions.0.") && !name.includes("time")).map(([, value]) => value);
    const expected = DIALECTS[runtime].interaction(0, interaction).filter(([name]) => !name.includes("time")).map(([, value]) => value);
    assert.deepEqual(got.sort(), expected.sort());
    assert.ok(![...it.web.stored.values()].includes('{"n":3}'), "the copy is gone");
    assert.deepEqual(it.lms.refused(), []);
  });
}

test("scorm12: a value that is refused while the LMS is being reminded is written later", () => {
  const it = visit("scorm12");
  it.lms.faults.Commit = "lost";
  it.recorder.save(report({ data: '{"n":1}', score: 50 }));
  it.web.pass(100);
  let refusals = 0;
  it.lms.faults = { SetValue: (name, value) => (name === "cmi.core.score.raw" && value === "50" && (refusals += 1) < 3 ? "false" : undefined) };
  it.web.pass(30000);
  assert.equal(refusals, 2, "once in its turn, once more at the end");
  assert.equal(it.last(), "unsaved");
  it.web.pass(30000);
  assert.equal(it.last(), "saved");
  assert.equal(it.kept("raw"), "50");
});

both("the network is back: tried at once", (runtime) => {
  const it = visit(runtime);
  it.lms.faults.Commit = "lost";
  it.recorder.save(report());
  it.web.pass(100);
  it.lms.faults = {};
  it.recorder.retry();
  assert.equal(it.last(), "saved");
  assert.equal(it.kept("data"), "{}");
  const before = it.lms.log.length;
  it.recorder.retry();
  assert.equal(it.lms.log.length, before, "nothing to do");
});

both("a refused value is written again at the next change", (runtime) => {
  const it = visit(runtime);
  it.lms.faults.SetValue = (name) => (name === "cmi.suspend_data" ? "false" : undefined);
  it.recorder.save(report({ data: '{"x":1}' }));
  it.web.pass(100);
  assert.equal(it.last(), "unsaved");
  it.lms.faults = {};
  it.recorder.save(report({ data: '{"x":2}' }));
  it.web.pass(100);
  assert.equal(it.last(), "saved");
  assert.equal(it.kept("data"), '{"x":2}');
});

both("hidden: handed over at once with the time; called saved only when a commit in sight confirms it", (runtime) => {
  for (const arrives of [true, false]) {
    const it = visit(runtime);
    it.recorder.save(report());
    it.web.pass(100);
    it.recorder.save(report({ data: '{"n":2}', location: "p2", completed: true, score: 70 }));
    it.lms.faults.Commit = arrives ? undefined : "lie"; // as a browser without a network does with a beacon
    it.recorder.touch();
    assert.equal(it.kept("data"), arrives ? '{"n":2}' : "{}");
    assert.equal(it.last(), "saving");
    it.web.pass(600000);
    assert.equal(it.last(), "saving", "nothing happens out of sight");
    it.lms.faults = {};
    it.recorder.retry();
    assert.equal(it.last(), "saved");
    assert.deepEqual(["data", "status", "raw"].map((what) => String(it.kept(what))), ['{"n":2}', "completed", "70"]);
  }
});

both("hidden with nothing but an interaction to tell: that counts, too", (runtime) => {
  const it = visit(runtime);
  it.recorder.save(report());
  it.web.pass(100);
  it.recorder.save(report(), [interaction]);
  it.lms.faults.Commit = "lie";
  it.recorder.touch();
  it.lms.faults = {};
  it.recorder.retry();
  assert.equal(it.lms.kept().flat["cmi.interactions.0.id"], "q-1");
});

both("hidden with everything saved: only the time, and that once", (runtime) => {
  const it = visit(runtime);
  it.recorder.save(report());
  it.web.pass(65000);
  it.recorder.touch();
  it.recorder.touch();
  assert.equal(SECONDS[runtime](it.told("time").at(-1)), "0000:01:05");
  assert.equal(it.commits(), 2);
  it.recorder.retry();
  it.web.pass(100);
  assert.equal(it.commits(), 2);
});

both("leaving: the time is told and the session ended, once", (runtime) => {
  const it = visit(runtime);
  it.recorder.save(report());
  it.web.pass(125000);
  it.recorder.close();
  const calls = it.lms.log.length;
  it.recorder.close();
  it.recorder.touch();
  it.recorder.retry();
  it.recorder.save(report({ location: "p9" }), [interaction]);
  it.web.pass(60000);
  assert.equal(it.lms.log.length, calls);
  assert.equal(SECONDS[runtime](it.told("time").at(-1)), "0000:02:05");
  assert.equal(it.lms.log.at(-1)[0], "Terminate");
  assert.equal(it.last(), "ended");
  assert.equal(it.web.stored.size, 0);
});

// SCORM 1.2 as Moodle has it does not send again what it has sent; while a page goes there is no time to make it.
both("leaving with something unsaved: it is handed over, and a copy stays until an LMS shows that it has it", (runtime) => {
  for (const arrives of runtime === "scorm12" ? [false] : [true, false]) {
    const it = visit(runtime);
    it.recorder.save(report());
    it.web.pass(100);
    it.lms.faults.Commit = "lost";
    it.recorder.save(report({ data: '{"n":2}' }));
    it.web.pass(100);
    it.lms.faults = { Terminate: arrives ? undefined : "lie" };
    it.recorder.close();
    const again = visit(runtime, { web: it.web, before: it.lms.kept() });
    assert.equal(again.entry.copy, arrives ? "" : '{"n":2}');
    assert.equal(again.entry.data, arrives ? '{"n":2}' : "{}");
    again.recorder.settle();
    again.recorder.save(report({ data: '{"n":3}' }));
    again.web.pass(100);
    again.recorder.close();
    assert.equal(it.web.stored.size, 0);
  }
});

both("an earlier copy is not overwritten before the learner has decided about it", (runtime) => {
  const it = visit(runtime);
  it.lms.faults = { Commit: "lost", Terminate: "lost" };
  it.recorder.save(report({ data: '{"n":1}' }));
  it.web.pass(100);
  it.kill();
  const second = visit(runtime, { web: it.web });
  assert.equal(second.entry.copy, '{"n":1}');
  second.recorder.save(report({ data: '{"n":0}' }));
  second.web.pass(100);
  assert.equal(second.last(), "saved");
  second.kill();
  const third = visit(runtime, { web: it.web, before: second.lms.kept() });
  assert.equal(third.entry.copy, '{"n":1}');
  third.recorder.save(report({ data: '{"n":0}' }));
  third.web.pass(100);
  const calls = third.lms.log.length;
  third.recorder.settle(); // the learner does not want it
  third.web.pass(100);
  assert.equal(third.lms.log.length, calls);
  assert.equal(third.last(), "saved");
  third.kill();
  assert.equal(visit(runtime, { web: it.web, before: third.lms.kept() }).entry.copy, "");
});

both("copies are of one package and one learner, whose name they do not tell", (runtime) => {
  const it = visit(runtime, { learner: "anna.example" });
  it.lms.faults.Commit = "lost";
  it.recorder.save(report({ data: '{"n":1}' }));
  it.web.pass(100);
  for (const [key, value] of it.web.stored) assert.ok(!`${key} ${value}`.includes("anna"), key);
  it.kill();
  assert.equal(visit(runtime, { web: it.web, learner: "another" }).entry.copy, "");
  assert.equal(visit(runtime, { web: it.web, learner: "" }).entry.copy, "");
  assert.equal(visit(runtime, { web: it.web, learner: "anna.example" }).entry.copy, '{"n":1}');
});

both("a learner without an id, or a browser that stores nothing: saved as ever, without a copy", (runtime) => {
  const unknown = visit(runtime, { learner: "" });
  const web = browser();
  web.broken = true;
  for (const it of [unknown, visit(runtime, { web })]) {
    it.lms.faults.Commit = "false";
    it.recorder.save(report());
    it.web.pass(100);
    assert.equal(it.last(), "unsaved");
    it.lms.faults = {};
    it.web.pass(30000);
    assert.equal(it.last(), "saved");
    it.recorder.close();
    assert.equal(it.web.stored.size, 0);
  }
});

both("an LMS that does not begin, or begins late", (runtime) => {
  const it = visit(runtime);
  const late = platform(runtime);
  late.faults.Initialize = "false";
  const recorder = createLmsRecorder({ ...it.tab, session: createSession(DIALECTS[runtime], late.api), dialect: DIALECTS[runtime], packageId: "p", now: it.web.now, date: it.web.date, later: it.web.later, onState() {} });
  assert.equal(recorder.open(), null);
  recorder.save(report(), [interaction]);
  it.web.pass(60000);
  recorder.touch();
  recorder.retry();
  recorder.close();
  assert.deepEqual(late.log, []);
  late.faults = {};
  assert.equal(recorder.open().recorded, true);
});

both("a clock put back harms nothing", (runtime) => {
  const it = visit(runtime);
  it.recorder.save(report());
  it.web.pass(100);
  it.web.back = 1e9;
  it.web.pass(59900);
  it.recorder.save(report({ location: "p2" }));
  it.web.pass(100);
  it.recorder.close();
  assert.equal(SECONDS[runtime](it.told("time").at(-1)), "0000:01:00");
  assert.deepEqual(it.lms.refused(), []);
});

both("two tabs: the newer goes on with all the older had; the older ends its session and saves no more", (runtime) => {
  const first = visit(runtime);
  first.recorder.save(report());
  first.web.pass(100);
  const second = visit(runtime, { web: first.web, before: first.lms.kept() });
  first.recorder.save(report({ data: '{"n":2}' })); // after the second has asked the LMS
  first.web.deliver();
  assert.deepEqual(second.given, ['{"n":2}']);
  assert.equal(first.last(), "elsewhere");
  assert.equal(first.lms.calls("Terminate").length, 1);
  assert.equal(first.kept("data"), '{"n":2}');
  const calls = first.lms.log.length;
  first.recorder.save(report({ data: '{"n":3}' }));
  first.recorder.touch();
  first.recorder.retry();
  first.web.pass(60000);
  first.recorder.close();
  assert.equal(first.lms.log.length, calls);
  second.recorder.save(report({ data: '{"n":4}' }));
  second.web.pass(100);
  assert.equal(second.last(), "saved");
  const third = visit(runtime, { web: first.web, before: second.lms.kept() });
  first.web.deliver();
  assert.equal(second.last(), "elsewhere");
  assert.deepEqual(third.given, [], "the LMS has told it all");
  third.recorder.close();
  assert.equal(first.web.stored.size, 0);
});

both("two tabs: what both know is not handed over, and a tab that slept writes nothing", (runtime) => {
  const first = visit(runtime);
  first.recorder.save(report());
  first.web.pass(100);
  const second = visit(runtime, { web: first.web, before: first.lms.kept() });
  const calls = first.lms.log.length;
  first.web.pass(60000); // frozen: it hears nothing
  second.recorder.save(report({ data: '{"n":2}' }));
  second.web.pass(100);
  first.recorder.touch();
  first.recorder.close();
  first.web.deliver();
  assert.equal(first.last(), "elsewhere");
  assert.equal(first.lms.log.length, calls);
  assert.deepEqual(second.given, []);
});

// Whatever fails, and whenever the tab dies: what the learner was told is saved is on the LMS; what was done at all is there
// or in the copy.
both("any sequence of faults and deaths loses nothing", (runtime) => {
  let offered = 0;
  let unsaved = 0;
  for (let seed = 1; seed <= 150; seed += 1) {
    const roll = dice(seed * 7919);
    const web = browser();
    let before = null;
    let count = 0; // what is done is a number that grows
    for (let session = 0; session < 6; session += 1) {
      const it = visit(runtime, { web, before });
      const onServer = () => JSON.parse(it.kept("data") || '{"n":0}').n;
      const found = Math.max(...[it.entry.data, it.entry.copy].map((data) => (data ? JSON.parse(data).n : 0)));
      assert.equal(found, count, `seed ${seed}, session ${session}`);
      if (it.entry.copy) {
        offered += 1;
        const use = () => it.recorder.save(report({ data: JSON.stringify({ n: count }) }));
        const order = roll(2) ? [use, it.recorder.settle] : [it.recorder.settle, use];
        order.forEach((step) => step());
      }
      let hidden = false;
      const steps = 3 + roll(12);
      for (let step = 0; step < steps; step += 1) {
        const what = roll(10);
        if (what < 4) {
          count += 1;
          it.recorder.save(report({ data: JSON.stringify({ n: count }), score: count % 100 }), roll(2) ? [interaction] : []);
        } else if (what === 4) {
          hidden = true;
          it.recorder.touch();
        } else if (what === 5) {
          hidden = false;
          it.recorder.retry();
        } else if (what === 6) {
          const bad = roll(3) ? ["false", "throw", "lost"][roll(3)] : undefined;
          it.lms.faults = { Commit: () => (hidden && bad ? "lie" : bad), SetValue: roll(6) ? undefined : "false" };
        } else {
          web.pass([50, 100, 31000][roll(3)]);
        }
        if (it.last() === "saved") {
          assert.equal(onServer(), count, `seed ${seed}: told saved`);
          const copies = [...web.stored].filter(([key]) => key.endsWith(":unsaved"));
          assert.deepEqual(copies, [], `seed ${seed}: a copy of what is saved`);
        }
        if (it.last() === "unsaved") unsaved += 1;
      }
      const end = roll(3);
      if (end === 0) it.kill();
      else {
        it.lms.faults = end === 1 ? {} : { Terminate: "lie" };
        it.recorder.close();
        it.kill();
      }
      const refusals = it.lms.refused();
      assert.deepEqual(refusals, [], `seed ${seed}`);
      before = it.lms.kept();
    }
  }
  assert.ok(offered > 50 && unsaved > 500, `${offered} ${unsaved}`);
});

// Without an LMS

function local(web) {
  const it = { states: [], tab: web.tab() };
  it.recorder = createLocalRecorder({ ...it.tab, packageId: "p", date: web.date, onState: (state) => it.states.push(state) });
  it.entry = it.recorder.open();
  return it;
}

test("without an LMS: this browser, if it lets us", () => {
  const web = browser();
  const it = local(web);
  assert.equal(it.entry.data, "");
  it.recorder.save(report({ data: "d" }), [interaction]);
  it.recorder.touch();
  it.recorder.retry();
  it.recorder.close();
  assert.deepEqual([...web.stored], [["coursegen:p", "d"]]);
  assert.equal(local(web).entry.data, "d");
  assert.deepEqual([...new Set(it.states)], ["local"]);
});

test("without an LMS and without storage", () => {
  const web = browser();
  web.broken = true;
  const it = local(web);
  assert.equal(it.entry.data, "");
  it.recorder.save(report({ data: "d" }));
  assert.deepEqual([...new Set(it.states)], ["nowhere"]);
  web.broken = false;
  it.recorder.save(report({ data: "e" }));
  assert.equal(it.states.at(-1), "local");
  assert.equal(web.stored.get("coursegen:p"), "e");
  for (const broken of [() => null, () => ({ getItem: () => null, setItem() { throw new Error("full"); } })]) {
    const states = [];
    const other = createLocalRecorder({ storage: broken, listen() {}, packageId: "p", date: Date.now, onState: (state) => states.push(state) });
    assert.equal(other.open().data, "");
    other.save(report());
    assert.equal(states.at(-1), "nowhere");
  }
});

test("without an LMS: the newer of two tabs goes on", () => {
  const web = browser();
  const first = local(web);
  first.recorder.save(report({ data: "1" }));
  const second = local(web);
  assert.equal(second.entry.data, "1");
  web.deliver();
  assert.equal(first.states.at(-1), "elsewhere");
  second.recorder.save(report({ data: "2" }));
  first.recorder.save(report({ data: "3" }));
  assert.equal(web.stored.get("coursegen:p"), "2");
  assert.equal(second.states.at(-1), "local");
});

test("without an LMS: a page that comes back from the cache does not overwrite what was done meanwhile", () => {
  const web = browser();
  const first = local(web);
  first.recorder.save(report({ data: "1" }));
  first.recorder.close();
  const second = local(web);
  second.recorder.save(report({ data: "2" }));
  second.recorder.close();
  web.deliver();
  first.recorder.save(report({ data: "3" }));
  assert.equal(first.states.at(-1), "elsewhere");
  assert.equal(web.stored.get("coursegen:p"), "2");
});

both("what cannot be read at the launch is not taken for nothing, and written over", (runtime) => {
  const first = visit(runtime);
  first.recorder.save(report({ data: '{"mine":1}' }));
  first.web.pass(100);
  for (const fault of ["throw", "false"]) {
    const lms = platform(runtime, { before: first.lms.kept() });
    let broken = true;
    const get = lms.api[lms.name("GetValue")];
    lms.api[lms.name("GetValue")] = (name) => {
      if (!broken || !/suspend_data/.test(name)) return get(name);
      if (fault === "throw") throw new Error("no line");
      return get(""); // an error and no value
    };
    const web = browser();
    const recorder = createLmsRecorder({
      session: createSession(DIALECTS[runtime], lms.api), dialect: DIALECTS[runtime], packageId: "sample", ...web.tab(), now: web.now, date: web.date, later: web.later, onState() {}, onGiven() {},
    });
    assert.equal(recorder.open(), null, fault);
    recorder.save(report({ data: "{}" }));
    web.pass(1000);
    assert.equal(lms.kept().flat["cmi.suspend_data"], '{"mine":1}', fault);
    broken = false;
    assert.equal(recorder.open().data, '{"mine":1}', `${fault}: and once it can be read it is there`);
  }
});

both("a platform that keeps no least and greatest score is none that saves nothing", (runtime) => {
  const it = visit(runtime);
  const set = it.lms.api[it.lms.name("SetValue")];
  it.lms.api[it.lms.name("SetValue")] = (name, value) => (/score\.m/.test(name) ? "false" : set(name, value));
  it.recorder.save(report({ score: 50 }));
  it.web.pass(100);
  assert.equal(it.last(), "saved");
});

both("going on without a decision makes the copy the older one, at the next visit, too", (runtime) => {
  const web = browser();
  const first = visit(runtime, { web });
  first.recorder.save(report({ data: '{"n":1}' }));
  web.pass(100);
  first.lms.faults.Commit = "lost";
  first.recorder.save(report({ data: '{"n":2}' }));
  web.pass(100);
  first.kill();
  const second = visit(runtime, { web, before: first.lms.kept() });
  assert.deepEqual([second.entry.copy, Boolean(second.entry.isOld)], ['{"n":2}', false]);
  second.recorder.overtake();
  second.recorder.save(report({ data: '{"n":3}' }));
  web.pass(100);
  second.kill();
  const third = visit(runtime, { web, before: second.lms.kept() });
  assert.deepEqual([third.entry.data, third.entry.copy, third.entry.isOld], ['{"n":3}', '{"n":2}', true]);
});

test("without an LMS, a full storage is told as such, and saving goes on when there is room again", () => {
  const web = browser();
  const tab = web.tab();
  const states = [];
  let full = false;
  const storage = () => {
    const store = tab.storage();
    return { getItem: (key) => store.getItem(key), removeItem: (key) => store.removeItem(key), setItem(key, value) { if (full) throw new Error("full"); store.setItem(key, value); } };
  };
  const recorder = createLocalRecorder({ packageId: "sample", storage, listen: tab.listen, date: web.date, onState: (state) => states.push(state) });
  recorder.open();
  recorder.save(report({ data: "1" }));
  full = true;
  recorder.save(report({ data: "2" }));
  full = false;
  recorder.save(report({ data: "3" }));
  assert.deepEqual(states.slice(-3), ["local", "nowhere", "local"]);
});

both("a frame that is loaded anew and gets what the LMS had at first finds what this tab had at last", (runtime) => {
  const web = browser();
  const store = new Map();
  const tabStorage = () => ({ getItem: (key) => store.get(key) ?? null, setItem: (key, value) => store.set(key, value), removeItem: (key) => store.delete(key) });
  const open = (before) => {
    const lms = platform(runtime, { before });
    const recorder = createLmsRecorder({
      session: createSession(DIALECTS[runtime], lms.api), dialect: DIALECTS[runtime], packageId: "sample", ...web.tab(), tabStorage, now: web.now, date: web.date, later: web.later, onState() {}, onGiven() {},
    });
    return { lms, recorder, entry: recorder.open() };
  };
  const first = open(null);
  first.recorder.save(report({ data: '{"n":1}' }));
  web.pass(100);
  first.recorder.close();
  assert.equal(open(first.lms.kept()).entry.copy, "", "the LMS has it: nothing to offer");
  const second = open(first.lms.kept());
  second.recorder.save(report({ data: '{"n":2}' }));
  web.pass(100);
  second.recorder.close();
  const stale = open(first.lms.kept());
  assert.deepEqual([stale.entry.data, stale.entry.copy], ['{"n":1}', '{"n":2}']);
});
