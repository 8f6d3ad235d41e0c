// A learning platform and a browser for the tests beside this file: the strict LMS (../strict.js) with every call written down
// and faults at will, timers that run when they are told to, and a storage that tabs share.
import "../strict.js";

export const RUNTIMES = ["scorm12", "scorm2004"];

// `faults`: name of a function -> "false", "throw", "lost" (what it sends does not arrive), "lie" (… and it says it did)
// or a function that judges its arguments and gives one of these.
export function platform(runtime, options = {}) {
  const lms = globalThis.createStrictLms(runtime, options);
  const api = {};
  const it = { api, runtime, log: [], faults: {}, kept: lms.kept };
  const prefix = runtime === "scorm12" ? "LMS" : "";
  it.name = (what) => prefix + (what === "Terminate" && prefix ? "Finish" : what);
  for (const [name, action] of Object.entries(lms.api)) {
    api[name] = (...values) => {
      const given = it.faults[name.slice(prefix.length).replace("Finish", "Terminate")];
      const fault = typeof given === "function" ? given(...values) : given;
      if (fault === "throw") throw new Error(`${name} is broken`);
      if (fault === "false") return "false";
      Object.assign(lms, { online: !fault, honest: fault !== "lie" });
      const answer = action(...values);
      if (!name.endsWith("GetLastError")) it.log.push([name.slice(prefix.length).replace("Finish", "Terminate"), ...values, answer, lms.api[`${prefix}GetLastError`]()]);
      return answer;
    };
  }
  it.calls = (what) => it.log.filter(([name]) => name === what);
  it.sets = (element) => it.calls("SetValue").filter(([, name]) => !element || name === element).map(([, name, value]) => (element ? value : [name, value]));
  it.refused = () => it.calls("SetValue").filter((call) => call.at(-2) !== "true");
  return it;
}

// What a browser has: a clock, timers, and a storage that tells the other tabs what happened in it, when it is told to deliver.
export function browser() {
  const stored = new Map();
  const tabs = [];
  const events = [];
  const timers = new Map();
  let time = 0;
  let last = 0;
  const it = {
    stored,
    broken: false,
    back: 0, // how far the clock on the wall has been put back
    now: () => time,
    date: () => 1.7e12 + time - it.back,
    later: {
      start(action, delay) {
        last += 1;
        timers.set(last, { at: time + delay, action });
        return last;
      },
      cancel: (timer) => timers.delete(timer),
    },
    waiting: () => [...timers.values()].map(({ at }) => at - time),
    pass(milliseconds) {
      const until = time + milliseconds;
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= until).sort((one, other) => one[1].at - other[1].at)[0];
        if (!due) break;
        timers.delete(due[0]);
        time = Math.max(time, due[1].at);
        due[1].action();
      }
      time = until;
    },
    // A tab's view of the storage.
    tab() {
      const own = { handlers: [] };
      tabs.push(own);
      const tell = (key, newValue) => events.push({ from: own, event: { key, newValue } });
      const check = () => {
        if (it.broken) throw new Error("forbidden");
      };
      const storage = {
        getItem: (key) => (check(), stored.get(key) ?? null),
        setItem: (key, value) => (check(), stored.get(key) !== value && tell(key, String(value)), stored.set(key, String(value))),
        removeItem: (key) => (check(), stored.delete(key) && tell(key, null)),
      };
      return { storage: () => storage, listen: (handler) => own.handlers.push(handler), die: () => tabs.splice(tabs.indexOf(own), 1) };
    },
    deliver(...to) {
      for (const { from, event } of events.splice(0)) {
        for (const tab of tabs) if (tab !== from && (!to.length || to.includes(tab))) tab.handlers.forEach((handler) => handler(event));
      }
      if (events.length) it.deliver(...to);
    },
  };
  return it;
}
