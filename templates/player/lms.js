// Talking to an LMS: finding its API, and a session with it that cannot throw. Which functions and elements there are is
// the dialect's affair (scorm12.js).

const FURTHEST_WINDOW = 20; // frames within frames; a loop of windows must not hang the course

// The API object of the nearest window above this one, or above the one that opened it; null if there is none.
export function findApi(win, dialect) {
  return above(win, dialect) || above(openerOf(win), dialect) || above(openerOf(topOf(win)), dialect);
}

function above(start, dialect) {
  let win = start;
  for (let step = 0; win && step < FURTHEST_WINDOW; step += 1) {
    const api = guarded(() => win[dialect.apiName]); // another origin's window refuses to be read
    if (guarded(() => api[dialect.calls.begin])) return api; // "API" is a name that others use, too
    const parent = guarded(() => win.parent);
    if (!parent || parent === win) return null;
    win = parent;
  }
  return null;
}

function openerOf(win) {
  return guarded(() => win.opener);
}

function topOf(win) {
  return guarded(() => win.top);
}

function guarded(action) {
  try {
    return action() || null;
  } catch (error) {
    return null;
  }
}

// Whether an LMS may be about: then it is worth waiting a moment for its API.
export function isFramed(win) {
  return Boolean(openerOf(win)) || guarded(() => win.parent) !== win;
}

// A session. `state` is idle, active, finished or failed; only an active one passes anything on.
export function createSession(dialect, api) {
  let state = "idle";
  let lastError = "0";

  function call(what, ...values) {
    let answer;
    try {
      answer = api[dialect.calls[what]](...values);
    } catch (error) {
      lastError = "thrown";
      return undefined;
    }
    try {
      lastError = String(api[dialect.calls.error]() || "0");
    } catch (error) {
      lastError = "0"; // an API that cannot say: its answer has to do
    }
    return answer;
  }

  // Most LMSs answer "true" or "false", some true or false, a few nothing: then the error code decides.
  function did(what, ...values) {
    const answer = call(what, ...values);
    if (answer === undefined || answer === null || answer === "") return lastError === "0";
    return String(answer) === "true" || String(answer) === "1";
  }

  return {
    get state() {
      return state;
    },
    get lastError() {
      return lastError;
    },
    begin() {
      if (state === "idle" || state === "failed") state = did("begin", "") ? "active" : "failed"; // once begun, always begun
      return state === "active";
    },
    get(element) {
      if (state !== "active") return "";
      const answer = call("get", element);
      return lastError !== "0" || answer === undefined || answer === null ? "" : String(answer);
    },
    set(element, value) {
      return state === "active" && did("set", element, String(value));
    },
    commit() {
      return state === "active" && did("commit", "");
    },
    // A session ends once, whatever the LMS answers: asking again could only open it anew.
    end() {
      if (state !== "active") return false;
      const ended = did("end", "");
      state = "finished";
      return ended;
    },
  };
}
