// Finds what keeps the attempt: the LMS if there is one, else this browser. An LMS that is there but does not answer is never
// replaced by the browser: on a shared computer the next learner would find the attempt.

import { createSession, findApi, isFramed } from "./lms.js";
import { createLmsRecorder, createLocalRecorder } from "./recorder.js";

const API_WAIT = 200; // milliseconds; an LMS may put its API in place a moment after the course
const API_TRIES = 10;
const NOTHING = { recorded: false, data: "", location: "", finished: false, score: null, learner: "", copy: "" };

// { recorder, entry, failed }. `onState` and `onGiven` as in recorder.js.
export async function openRecorder({ win, dialect, outline, clock, onState, onGiven }) {
  const shared = {
    packageId: outline.package.id,
    storage: () => win.localStorage,
    tabStorage: () => win.sessionStorage,
    listen: (heard) => win.addEventListener("storage", heard),
    date: () => clock.date().getTime(),
    onState,
  };
  const later = { start: (action, delay) => win.setTimeout(action, delay), cancel: (timer) => win.clearTimeout(timer) };
  let recorder = null;
  for (let tries = isFramed(win) ? API_TRIES : 1; tries > 0; tries -= 1) {
    const api = findApi(win, dialect);
    if (api) {
      recorder = recorder || createLmsRecorder({ ...shared, session: createSession(dialect, api), dialect, now: clock.now, later, onGiven });
      const entry = recorder.open();
      if (entry) return { recorder, entry, failed: false };
    }
    await new Promise((resolve) => win.setTimeout(resolve, API_WAIT));
  }
  if (recorder) {
    onState("failed");
    return { recorder, entry: NOTHING, failed: true };
  }
  const local = createLocalRecorder(shared);
  return { recorder: local, entry: local.open(), failed: false };
}
