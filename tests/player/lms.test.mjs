import assert from "node:assert/strict";
import test from "node:test";

import { createSession, findApi, isFramed } from "../../templates/player/lms.js";
import { scorm12 } from "../../templates/player/scorm12.js";
import { platform } from "./platform.mjs";

const fakeApi = () => platform("scorm12").api;

function windows(depth, api) {
  let win = api ? { API: api } : {};
  win.parent = win;
  win.top = win;
  const top = win;
  for (let level = 0; level < depth; level += 1) win = { parent: win, top };
  return win;
}

const forbidding = new Proxy({}, { get() { throw new Error("another origin"); } });

test("the API is found in the window, above it, and above its opener", () => {
  const api = fakeApi();
  for (const depth of [0, 1, 5]) assert.equal(findApi(windows(depth, api), scorm12), api);
  const popup = windows(1, null);
  popup.opener = windows(2, api);
  assert.equal(findApi(popup, scorm12), api);
  const framed = windows(2, null);
  framed.top.opener = windows(1, api);
  assert.equal(findApi(framed, scorm12), api);
});

test("no API: none is found, and no search lasts for ever", () => {
  assert.equal(findApi(windows(3, null), scorm12), null);
  const one = {};
  one.parent = { parent: one };
  assert.equal(findApi(one, scorm12), null);
  assert.equal(findApi(windows(200, fakeApi()), scorm12), null);
});

test("windows of another origin, and other things called API, are passed over", () => {
  assert.equal(findApi({ parent: forbidding, opener: forbidding, top: forbidding }, scorm12), null);
  assert.equal(findApi(windows(1, { version: 3 }), scorm12), null);
});

test("whether an LMS may be about", () => {
  assert.equal(isFramed(windows(0, null)), false);
  assert.equal(isFramed(windows(1, null)), true);
  assert.equal(isFramed({ ...windows(0, null), opener: {} }), true);
});

test("a session: idle, active, finished", () => {
  const lms = platform("scorm12");
  const session = createSession(scorm12, lms.api);
  assert.equal(session.state, "idle");
  assert.equal(session.set("cmi.core.exit", "suspend"), false, "not before it has begun");
  assert.equal(session.begin(), true);
  assert.equal(session.state, "active");
  assert.equal(session.begin(), true, "beginning twice asks once");
  assert.equal(session.set("cmi.core.exit", "suspend"), true);
  assert.equal(session.set("cmi.core.exit", "later"), false);
  assert.equal(session.lastError, "405");
  assert.equal(session.get("cmi.core.lesson_status"), "not attempted");
  assert.equal(session.get("cmi.unheard.of"), "");
  assert.equal(session.commit(), true);
  assert.equal(session.end(), true);
  assert.equal(session.state, "finished");
  const calls = lms.log.length;
  assert.equal(session.begin(), false);
  assert.equal(session.end(), false);
  assert.equal(session.set("cmi.core.exit", ""), false);
  assert.equal(session.get("cmi.core.exit"), "");
  assert.equal(session.commit(), false);
  assert.equal(lms.log.length, calls, "a finished session asks nothing");
  assert.equal(lms.calls("Initialize").length, 1);
});

test("an LMS that is late: a failed session may begin again", () => {
  const api = fakeApi();
  const ready = api.LMSInitialize;
  api.LMSInitialize = () => "false";
  const session = createSession(scorm12, api);
  assert.equal(session.begin(), false);
  assert.equal(session.state, "failed");
  assert.equal(session.commit(), false);
  api.LMSInitialize = ready;
  assert.equal(session.begin(), true);
  assert.equal(session.state, "active");
});

test("an API that throws never breaks the course", () => {
  const session = createSession(scorm12, fakeApi());
  session.begin();
  const broken = createSession(scorm12, { LMSInitialize: () => "true", LMSGetLastError: () => "0" });
  assert.equal(broken.begin(), true);
  assert.equal(broken.get("cmi.suspend_data"), "");
  assert.equal(broken.lastError, "thrown");
  assert.equal(broken.set("cmi.suspend_data", "x"), false);
  assert.equal(broken.commit(), false);
  assert.equal(broken.end(), false);
  assert.equal(broken.state, "finished");
  assert.equal(createSession(scorm12, forbidding).begin(), false);
});

test("the ways in which LMSs say yes and no", () => {
  const saying = (answer, error) =>
    createSession(scorm12, { LMSInitialize: () => answer, LMSGetLastError: () => error }).begin();
  for (const yes of ["true", true, 1, "1"]) assert.equal(saying(yes, "0"), true, String(yes));
  for (const no of ["false", false, 0, "0"]) assert.equal(saying(no, "0"), false, String(no));
  assert.equal(saying(undefined, "0"), true, "nothing said, and no error");
  assert.equal(saying("", "101"), false);
  const silent = createSession(scorm12, { LMSInitialize: () => "true" });
  assert.equal(silent.begin(), true, "no LMSGetLastError");
});
