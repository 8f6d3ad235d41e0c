// Keeps the attempt safe: in the LMS, or in this browser where there is none. Both recorders have the same members:
//   open() -> what was known before, or null if the LMS does not answer (then open may be called again):
//     { recorded, status, finished, score, location, data, interactions, learner, copy }; copy is "" or what an earlier visit
//     could not save, in place of `data` or besides it
//   overtake()                     the learner goes on without having decided about `copy`; entry.isOld says so, then and later
//   settle()                       the learner has been asked about `copy`: from now on it may be overwritten
//   save(report, interactions=[])  report: { completed, passed, failed, score, progress, data, location, how }; returns at once
//   touch()                        the page is hidden or frozen, perhaps for ever
//   retry()                        it is in sight again, or the network is back
//   close()                        the page goes
//   ends                           whether close() ends the session for good
// `onState` is told how it stands: saving, saved, unsaved, unrecorded, local, nowhere, ended, elsewhere (another tab has taken
// over: this one saves no more). `onGiven(data)` gets what a tab before this one had and the LMS did not tell.
// `now` is a clock that never goes back (performance.now), `date` the browser's (Date.now).

import { createSafe, fingerprint } from "./safe.js";
import { createTabs } from "./tabs.js";

const COMMIT_AFTER = 100; // time to paint; several saves within it are one request
const RETRY_AFTER = 30000;
const OLD = "~"; // before a copy that is no longer the latest

function newToken() {
  return Math.random().toString(36).slice(2);
}

export function createLmsRecorder({ session, dialect, packageId, storage, tabStorage, listen, now, date, later, onState, onGiven }) {
  const told = new Map(); // what the LMS has accepted; only changes are written
  const unconfirmed = new Map(); // of these, what no commit has confirmed yet
  let wanted = null; // the latest report
  let waiting = []; // interactions the LMS does not have yet
  let entry = null;
  let begun = 0;
  let timer = null; // of the next commit
  let soon = false; // whether that is the one shortly after a change
  let doubted = false; // a commit was asked for, and it failed or nobody knows
  let hidden = false;
  let gone = false; // to another tab
  let unread = false;
  let held = false; // an earlier copy, until the learner has decided about it
  let state = "";
  let places = new Map(); // the latest interaction of each id and type
  let safe = createSafe(storage, "");
  let left = safe; // what this tab had when it was left: an LMS may give a frame that is loaded anew what it had at first
  let tabs = null;

  function tell(name) {
    state = name;
    onState(name);
  }

  function recording() {
    return session.state === "active" && entry !== null && entry.recorded && !gone;
  }

  function plan(action, delay) {
    if (timer !== null) later.cancel(timer);
    soon = delay === COMMIT_AFTER;
    timer = action ? later.start(action, delay) : null;
  }

  // That a score ends at 100 need not be known to every LMS.
  function set(element, value) {
    if (!session.set(element, value)) return /score\.m/.test(element);
    unconfirmed.set(element, value);
    return true;
  }

  function setChanged(pairs) {
    let accepted = true;
    for (const [element, value] of pairs) {
      if (told.get(element) === value) continue;
      if (set(element, value)) told.set(element, value);
      else accepted = false;
    }
    return accepted;
  }

  // An interaction is a record for teachers, not part of the learner's state: an LMS that refuses one element of it
  // (some are strict about formats) must not keep the attempt from being saved. Only a refused id is tried again, and given up
  // after three times; not counting those when the LMS took nothing at all (`working` is false). Where every request carries all
  // of them again, a later answer of the same type takes the place of an earlier one to the same question once there are many; a long text
  // does so at once.
  function setInteractions(working) {
    const all = waiting;
    waiting = [];
    for (const one of all) {
      const { id, type } = one.interaction;
      const place = `${id} ${type}`;
      if (entry.interactions >= dialect.manyInteractions(type) && places.has(place)) {
        dialect.interaction(places.get(place), one.interaction).forEach((pair) => dialect.again.test(pair[0]) && set(...pair));
        continue;
      }
      if (entry.interactions >= dialect.mostInteractions) continue;
      const [first, ...rest] = dialect.interaction(entry.interactions, one.interaction);
      if (set(...first)) {
        rest.forEach((pair) => set(...pair));
        places.set(place, entry.interactions);
        entry.interactions += 1;
      } else if (!working || one.refused < 2) {
        waiting.push({ ...one, refused: one.refused + (working ? 1 : 0) });
      }
    }
  }

  function write() {
    if (wanted === null) return true;
    const accepted = setChanged(dialect.state(wanted, entry));
    setInteractions(accepted);
    return accepted;
  }

  function setTime() {
    return setChanged([dialect.time((now() - begun) / 1000)]);
  }

  function isUnsaved() {
    return doubted || waiting.some((one) => one.refused === 0) || changes().length > 0;
  }

  function changes() {
    return wanted === null ? [] : dialect.state(wanted, entry).filter(([element, value]) => told.get(element) !== value);
  }

  // Moodle's SCORM 1.2 sends only values that differ from those of the last request, and counts a request that failed: the
  // same values again would never be sent, and the empty request would succeed. So each unconfirmed element gets another value,
  // that is committed, and then the right one again. False if that commit fails, too.
  function remind() {
    const elements = [...unconfirmed];
    for (const [element, value] of elements) session.set(element, dialect.other(element, value));
    const reached = session.commit();
    for (const [element, value] of elements) if (!session.set(element, value)) told.delete(element);
    return reached;
  }

  function commit() {
    plan(null);
    if (!recording() || tabs.yielded()) return;
    if (hidden) return handOver();
    const reached = !(doubted && dialect.other) || remind();
    let accepted = write() && reached;
    if (reached && unconfirmed.size) {
      setTime();
      doubted = !session.commit();
      if (doubted) accepted = false;
      else unconfirmed.clear();
    }
    if (accepted && !held) safe.drop();
    tell(accepted ? "saved" : "unsaved");
    if (!accepted) plan(commit, RETRY_AFTER);
  }

  // While a page is hidden or goes, a browser may let requests go without an answer, and an LMS may call that a success (Moodle
  // does). What was unsaved before counts as unsaved until a commit in sight of the learner confirms it.
  function handOver() {
    const unsure = isUnsaved();
    write();
    setTime();
    if (!unconfirmed.size) return;
    if (session.commit() && !unsure) unconfirmed.clear();
    else doubted = true;
  }

  function end() {
    plan(null);
    if (recording()) {
      write();
      setTime();
    }
    session.end();
  }

  // Another tab goes on. Where this one has slept meanwhile, its values are older than the LMS's: then it writes none.
  function yieldTo(fresh) {
    const data = wanted !== null && (fresh || isUnsaved()) ? wanted.data : "";
    if (fresh) end();
    plan(null);
    gone = true;
    tell("elsewhere");
    return data;
  }

  // What is there and cannot be read now must not be taken for nothing, and written over.
  function read(element) {
    const value = session.get(element);
    if (dialect.essential.test(element) && !dialect.absent.test(session.lastError)) unread = true;
    return value;
  }

  function openCopy() {
    const owner = fingerprint(`${packageId} ${entry.learner}`);
    const name = entry.learner && `coursegen:${packageId}:${owner}`;
    safe = createSafe(storage, name && `${name}:unsaved`);
    left = createSafe(tabStorage, name);
    const copy = safe.get() || left.get();
    left.drop();
    // A copy that the learner worked on without is older than what the LMS has.
    entry.isOld = copy[0] === OLD;
    entry.copy = entry.isOld ? copy.slice(1) : copy;
    if (entry.copy === entry.data) entry.copy = "";
    held = entry.copy !== "";
    if (!held) safe.drop();
    const given = (data) => data && data !== entry.data && onGiven(data);
    tabs = createTabs({ storage, listen, key: name && `${name}:tab`, token: newToken(), date, taken: yieldTo, given });
    tabs.claim();
  }

  return {
    ends: true,
    open() {
      if (!session.begin()) return null;
      begun = now();
      unread = false;
      const known = { ...dialect.read(read), copy: "" };
      if (unread) return null;
      entry = known;
      places = entry.places || places;
      for (const [element, value] of entry.known || []) told.set(element, value);
      if (entry.recorded) openCopy();
      else tell("unrecorded"); // else the first save, which follows at once, says how it stands
      return entry;
    },
    // The learner goes on without having decided: from now on the copy is the older one.
    overtake() {
      if (held && !entry.isOld) safe.put(OLD + entry.copy);
      entry.isOld = true;
    },
    settle() {
      held = false;
      if (!recording()) return;
      if (isUnsaved()) safe.put(wanted.data);
      plan(commit, COMMIT_AFTER); // which drops the copy, once all is saved
    },
    save(report, interactions = []) {
      wanted = report;
      if (!recording() || tabs.yielded()) return;
      const pieces = dialect.pieces ? interactions.flatMap(dialect.pieces) : interactions;
      if (entry.interactions !== null) waiting.push(...pieces.map((interaction) => ({ interaction, refused: 0 })));
      if (!waiting.length && !changes().length) return;
      if (!held) safe.put(report.data); // the tab may be killed before the commit
      if (state !== "unsaved") tell("saving");
      if (timer === null || !soon) plan(commit, COMMIT_AFTER);
    },
    touch() {
      hidden = true;
      if (!recording() || tabs.yielded()) return;
      plan(null);
      handOver();
    },
    retry() {
      hidden = false;
      if (recording() && isUnsaved()) commit();
    },
    // Ending a session stores it. A commit before it would be one request more while the page goes away. A copy of what was
    // unsaved stays: this request has no answer, either.
    close() {
      if (session.state !== "active" || gone || (recording() && tabs.yielded())) return;
      end();
      if (wanted) left.put(wanted.data);
      if (tabs) tabs.release();
      tell("ended");
    },
  };
}

export function createLocalRecorder({ packageId, storage, listen, date, onState }) {
  const key = `coursegen:${packageId}`;
  let last = ""; // what is in the storage, as far as we know
  let gone = false;

  function leave() {
    gone = true;
    onState("elsewhere");
    return "";
  }

  const tabs = createTabs({ storage, listen, key: `${key}:tab`, token: newToken(), date, taken: leave, given() {} });

  function attempted(action) {
    try {
      action(storage());
      if (!gone) onState("local");
    } catch (error) {
      onState("nowhere");
    }
  }

  return {
    ends: false,
    open() {
      attempted((store) => {
        last = store.getItem(key) || "";
      });
      tabs.claim();
      const known = { recorded: true, status: "", finished: false, score: null, location: "", interactions: null };
      return { ...known, data: last, learner: "", copy: "" };
    },
    overtake() {},
    settle() {},
    save({ data }) {
      if (gone || tabs.yielded()) return;
      attempted((store) => {
        // A page from the back/forward cache may not have heard of the tab that went on.
        if ((store.getItem(key) || "") !== last) leave();
        else {
          store.setItem(key, data);
          last = data;
        }
      });
    },
    touch() {},
    retry() {},
    close() {
      tabs.release();
    },
  };
}
