// The strict LMS is what other tests trust: it must refuse.
import assert from "node:assert/strict";
import test from "node:test";

import { platform } from "./platform.mjs";

function begun(runtime, options) {
  const it = platform(runtime, options);
  assert.equal(it.api[it.name("Initialize")](""), "true");
  it.set = (name, value) => [it.api[it.name("SetValue")](name, value), it.api[it.name("GetLastError")]()][1];
  it.get = (name) => [it.api[it.name("GetValue")](name), it.api[it.name("GetLastError")]()];
  it.commit = () => it.api[it.name("Commit")]("");
  it.end = () => it.api[it.name("Terminate")]("");
  return it;
}

test("a session has a beginning and an end", () => {
  const codes = { scorm12: [["301", "301", "301", "301"], "101", ["301", "301", "301", "301"], "101"], scorm2004: [["122", "132", "142", "112"], "103", ["123", "133", "143", "113"], "104"] };
  for (const [runtime, [early, again, late, over]] of Object.entries(codes)) {
    const it = platform(runtime);
    const error = (name, ...values) => [it.api[it.name(name)](...values), it.api[it.name("GetLastError")]()];
    const all = () => [error("GetValue", "cmi.suspend_data"), error("SetValue", "cmi.suspend_data", ""), error("Commit", ""), error("Terminate", "")];
    assert.deepEqual(all(), early.map((code, nth) => [nth ? "false" : "", code]));
    assert.deepEqual(error("Initialize", "x"), ["false", "201"]);
    assert.deepEqual(error("Initialize", ""), ["true", "0"]);
    assert.deepEqual(error("Initialize", ""), ["false", again]);
    assert.deepEqual(error("Terminate", ""), ["true", "0"]);
    assert.deepEqual(all(), late.map((code, nth) => [nth ? "false" : "", code]));
    assert.deepEqual(error("Initialize", ""), ["false", over]);
  }
});

test("SCORM 1.2: what is refused, and why", () => {
  const { set, get } = begun("scorm12");
  const id = ["cmi.interactions.0.id", "q"];
  const expected = [
    ["cmi.core.lesson_status", "not attempted", "405"], ["cmi.core.lesson_status", "unknown", "405"], ["cmi.core.exit", "normal", "405"],
    ["cmi.suspend_data", "x".repeat(4096), "0"], ["cmi.suspend_data", "x".repeat(4097), "405"], ["cmi.suspend_data", 5, "405"],
    ["cmi.core.lesson_location", "x".repeat(256), "405"], ["cmi.core.score.raw", "101", "405"], ["cmi.core.score.raw", "-1", "405"],
    ["cmi.core.score.raw", "1e1", "405"], ["cmi.core.score.raw", "100", "0"], ["cmi.core.session_time", "0000:60:00", "405"],
    ["cmi.core.session_time", "PT1S", "405"], ["cmi.core.student_id", "x", "403"], ["cmi.interactions._count", "1", "402"],
    ["cmi.completion_status", "completed", "201"], ["cmi.core.constructor", "x", "201"], ["constructor", "x", "201"],
    ["cmi.interactions.1.id", "q", "201"], ["cmi.interactions.0.type", "choice", "201"], ["cmi.interactions.0.id", "q 1", "405"],
    ["cmi.interactions.0.id", "é", "405"], [...id, "0"], ["cmi.interactions.0.student_response", "a", "201"], ["cmi.interactions.0.type", "other", "405"],
    ["cmi.interactions.0.type", "choice", "0"], ["cmi.interactions.0.student_response", "a,b", "0"], ["cmi.interactions.0.student_response", "a, b", "405"],
    ["cmi.interactions.0.student_response", "a,", "405"], ["cmi.interactions.0.result", "incorrect", "405"], ["cmi.interactions.0.result", "0.5", "0"],
    ["cmi.interactions.0.correct_responses.1.pattern", "a", "201"], ["cmi.interactions.0.correct_responses.0.pattern", "a", "0"],
    ["cmi.interactions.0.time", "24:00:00", "405"], ["cmi.interactions.0.timestamp", "2026-01-01", "201"], ["cmi.interactions.0.weighting", "101", "405"],
    ["cmi.interactions.1.id", "q", "0"], ["cmi.interactions.1.type", "true-false", "0"], ["cmi.interactions.1.student_response", "true", "405"],
    ["cmi.interactions.1.type", "long-fill-in", "405"], ["cmi.interactions.1.type", "numeric", "0"], ["cmi.interactions.1.student_response", "1,5", "405"],
    ["cmi.interactions.1.student_response", "1e-7", "405"], ["cmi.interactions.1.student_response", "-1.5", "0"], ["cmi.interactions.1.type", "likert", "0"],
    ["cmi.interactions.1.student_response", "l2", "405"], ["cmi.interactions.1.student_response", "2", "0"], ["cmi.interactions.1.type", "matching", "0"],
    ["cmi.interactions.1.student_response", "a", "405"], ["cmi.interactions.1.student_response", "a.b.c", "405"], ["cmi.interactions.1.student_response", "a.b,c", "405"],
    ["cmi.interactions.1.student_response", "a.b,c.d", "0"], ["cmi.interactions.1.objectives.1.id", "lo", "201"], ["cmi.interactions.1.objectives.0.id", "l o", "405"],
    ["cmi.interactions.1.objectives.0.id", "lo", "0"], ["cmi.interactions.2.objectives.0.id", "lo", "201"], ["cmi.interactions.1.objectives._count", "1", "402"],
  ];
  for (const [name, value, code] of expected) assert.equal(set(name, value), code, `${name} = ${value}`);
  assert.deepEqual(get("cmi.core.exit"), ["", "404"]);
  assert.deepEqual(get("cmi.interactions.0.id"), ["", "404"]);
  assert.deepEqual(get("cmi.interactions._count"), ["2", "0"]);
  assert.deepEqual(get("cmi.core.lesson_status"), ["not attempted", "0"]);
  assert.deepEqual(get("cmi.location"), ["", "201"]);
});

test("SCORM 2004: what is refused, and why", () => {
  const { set, get } = begun("scorm2004");
  const name = "cmi.interactions.0.";
  const expected = [
    ["cmi.completion_status", "passed", "406"], ["cmi.success_status", "completed", "406"], ["cmi.exit", "", "0"], ["cmi.exit", "later", "406"],
    ["cmi.suspend_data", "x".repeat(64000), "0"], ["cmi.suspend_data", "x".repeat(64001), "406"], ["cmi.location", "x".repeat(1001), "406"],
    ["cmi.score.scaled", "1.1", "407"], ["cmi.progress_measure", "-0.1", "407"], ["cmi.progress_measure", "1e-7", "406"], ["cmi.score.raw", "high", "406"],
    ["cmi.session_time", "PT", "406"], ["cmi.session_time", "P", "406"], ["cmi.session_time", "PT1.123S", "406"], ["cmi.session_time", "0000:00:01", "406"], ["cmi.session_time", "PT1H0M2.5S", "0"],
    ["cmi.learner_id", "x", "404"], ["cmi.interactions._count", "1", "404"], ["cmi.core.lesson_status", "completed", "401"],
    ["cmi.interactions.1.id", "q", "351"], [`${name}type`, "choice", "408"], [`${name}id`, "q 1", "406"], [`${name}id`, "u01-case--s1", "0"],
    [`${name}learner_response`, "a", "408"], [`${name}correct_responses.0.pattern`, "a", "408"], [`${name}type`, "choice", "0"],
    [`${name}learner_response`, "a-b", "406"], [`${name}learner_response`, "a[,]a", "406"], [`${name}learner_response`, "a,b", "406"], [`${name}learner_response`, "a[,]b", "0"],
    [`${name}correct_responses.1.pattern`, "a", "351"], [`${name}correct_responses.0.pattern`, "a", "0"], [`${name}correct_responses.1.pattern`, "a", "351"],
    [`${name}result`, "wrong", "406"], [`${name}result`, "0.5", "0"], [`${name}timestamp`, "2026-01-02T03:04:05.678Z", "406"],
    [`${name}timestamp`, "2026-01-02T03:04:05Z", "406"], [`${name}timestamp`, "2026-02-30", "406"], [`${name}timestamp`, "2026-01-02T03:04:05.6Z", "0"],
    [`${name}description`, "{x", "406"], [`${name}description`, "{lang=en}x", "0"], [`${name}description`, "a\nb", "406"], [`${name}description`, "x".repeat(251), "406"],
    ["cmi.interactions.1.id", "q", "0"], ["cmi.interactions.1.type", "true-false", "0"], ["cmi.interactions.1.learner_response", "t", "406"],
    ["cmi.interactions.1.correct_responses.0.pattern", "true", "0"], ["cmi.interactions.1.correct_responses.1.pattern", "false", "351"],
    ["cmi.interactions.2.objectives.0.id", "lo", "408"], ["cmi.interactions.1.objectives.0.id", "lo", "0"], ["cmi.interactions.1.objectives.1.id", "lo", "351"],
    ["cmi.interactions.1.objectives.2.id", "lo-2", "351"], ["cmi.interactions.1.objectives.1.id", "lo-2", "0"],
    ["cmi.interactions.2.id", "q", "0"], ["cmi.interactions.2.type", "numeric", "0"], ["cmi.interactions.2.learner_response", "123456", "406"],
    ["cmi.interactions.2.learner_response", "1.5", "0"], ["cmi.interactions.2.correct_responses.0.pattern", "1.5", "406"],
    ["cmi.interactions.2.correct_responses.0.pattern", "1[:]1,5", "406"], ["cmi.interactions.2.correct_responses.0.pattern", "[:]1.5", "0"],
    ["cmi.interactions.2.correct_responses.1.pattern", "1[:]2", "351"],
    ["cmi.interactions.3.id", "q", "0"], ["cmi.interactions.3.type", "matching", "0"], ["cmi.interactions.3.learner_response", "a.b", "406"],
    ["cmi.interactions.3.learner_response", "a[.]b[.]c", "406"], ["cmi.interactions.3.learner_response", "a[.]b-1", "406"], ["cmi.interactions.3.learner_response", "a[.]b[,]c[.]b", "0"],
    ["cmi.interactions.4.id", "q", "0"], ["cmi.interactions.4.type", "likert", "0"], ["cmi.interactions.4.learner_response", "l-1", "406"], ["cmi.interactions.4.learner_response", "1", "0"],
    ["cmi.interactions.5.id", "q", "0"], ["cmi.interactions.5.type", "long-fill-in", "0"], ["cmi.interactions.5.learner_response", "x".repeat(4001), "406"],
    ["cmi.interactions.5.learner_response", "a\nb", "406"], ["cmi.interactions.5.learner_response", "x".repeat(4000), "0"],
  ];
  for (const [element, value, code] of expected) assert.equal(set(element, value), code, `${element} = ${value}`);
  assert.deepEqual(get("cmi.exit"), ["", "405"]);
  assert.deepEqual(get("cmi.score.raw"), ["", "403"]);
  assert.deepEqual(get("cmi.completion_status"), ["unknown", "0"]);
  assert.deepEqual(get("cmi.interactions._count"), ["6", "0"]);
  assert.deepEqual(get("cmi.nothing"), ["", "401"]);
});

test("SCORM 1.2 remembers, counts the time, and completes what set no status", () => {
  const first = begun("scorm12");
  assert.deepEqual(first.get("cmi.core.entry"), ["ab-initio", "0"]);
  first.set("cmi.suspend_data", "d");
  first.set("cmi.core.session_time", "0000:01:05");
  assert.deepEqual(first.kept().flat, {}, "only a commit stores");
  first.end();
  const second = begun("scorm12", { before: first.kept() });
  assert.deepEqual(["entry", "total_time", "lesson_status"].map((name) => second.get(`cmi.core.${name}`)[0]), ["", "0000:01:05", "completed"]);
  assert.deepEqual(second.get("cmi.suspend_data"), ["d", "0"]);
  second.set("cmi.core.exit", "suspend");
  second.commit();
  assert.deepEqual(begun("scorm12", { before: second.kept() }).get("cmi.core.entry"), ["resume", "0"]);
});

test("SCORM 2004 forgets what was not suspended", () => {
  for (const [exit, entry, data] of [["suspend", "resume", ["d", "0"]], ["normal", "ab-initio", ["", "403"]], ["", "ab-initio", ["", "403"]]]) {
    const first = begun("scorm2004");
    first.set("cmi.suspend_data", "d");
    first.set("cmi.exit", exit);
    first.end();
    const second = begun("scorm2004", { before: first.kept() });
    assert.deepEqual(second.get("cmi.entry"), [entry, "0"]);
    assert.deepEqual(second.get("cmi.suspend_data"), data);
  }
});

test("SCORM 1.2 sends a value once, whether it arrives or not", () => {
  for (const [runtime, arrives] of [["scorm12", undefined], ["scorm2004", "d"]]) {
    const it = begun(runtime);
    it.set("cmi.suspend_data", "d");
    it.faults.Commit = "lost";
    assert.equal(it.commit(), "false");
    it.faults.Commit = undefined;
    assert.equal(it.commit(), "true");
    assert.equal(it.kept().flat["cmi.suspend_data"], arrives);
    it.set("cmi.suspend_data", "e");
    it.faults.Commit = "lie";
    assert.equal(it.commit(), "true");
    assert.equal(it.kept().flat["cmi.suspend_data"], arrives);
  }
});
