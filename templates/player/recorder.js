// Keeps the attempt safe: in the LMS, or in this browser where there is none. Both recorders have the same members:
//   open() -> what was known before, or null if it could not be opened
//   save(report, answer?) · touch() · close()
// and tell `onState` how it stands: saved, unsaved, unrecorded, local, nowhere, ended.

const RETRY_AFTER = 30000;

export function createLmsRecorder({ session, dialect, now, later, onState }) {
  const told = new Map(); // what the LMS has accepted; only changes are written
  let wanted = { data: null, location: "", score: null, completed: false }; // the latest report
  let answers = []; // interactions the LMS does not have yet
  let entry = null;
  let begun = 0;
  let retry = null;
  let dirty = false; // written but not committed

  function setAll(pairs) {
    let accepted = true;
    for (const [element, value] of pairs) {
      if (told.get(element) === value) continue;
      if (session.set(element, value)) {
        told.set(element, value);
        dirty = true;
      } else {
        accepted = false;
      }
    }
    return accepted;
  }

  // An interaction is a record for teachers, not part of the learner's state: an LMS that refuses one element of it
  // (some are strict about formats) must not keep the attempt from being saved. Only a refused id is tried again, and given up
  // after three times; not counting those when the LMS took nothing at all (`working` is false).
  function setAnswers(working) {
    const waiting = answers;
    answers = [];
    for (const answer of waiting) {
      const [first, ...rest] = dialect.interaction(entry.interactions, answer);
      if (session.set(...first)) {
        rest.forEach((pair) => session.set(...pair));
        entry.interactions += 1;
        dirty = true;
      } else if (!working || answer.refused < 2) {
        answers.push({ ...answer, refused: answer.refused + (working ? 1 : 0) });
      }
    }
  }

  function write() {
    const accepted = setAll(dialect.state({ ...wanted, entry }));
    if (entry.interactions !== null) setAnswers(accepted);
    return accepted;
  }

  function flush(withTime) {
    if (session.state !== "active" || !entry.recorded) return;
    let accepted = write();
    if (dirty || withTime) {
      session.set(...dialect.time((now() - begun) / 1000));
      if (session.commit()) dirty = false;
      else accepted = false;
    }
    onState(accepted ? "saved" : "unsaved");
    if (retry !== null) later.cancel(retry);
    retry = accepted ? null : later.start(() => flush(false), RETRY_AFTER);
  }

  return {
    ends: true, // leaving the page ends the session for good
    dataLimit: dialect.dataLimit,
    open() {
      if (!session.begin()) return null;
      begun = now();
      entry = dialect.read((element) => session.get(element));
      if (!entry.recorded) onState("unrecorded"); // else the first save, which follows at once, says how it stands
      return entry;
    },
    save(report, answer) {
      wanted = report;
      if (!entry || session.state !== "active" || !entry.recorded) return;
      if (answer) answers.push({ ...answer, refused: 0 });
      flush(false);
    },
    // The page may be about to vanish without notice: let the LMS have the time, too.
    touch() {
      flush(true);
    },
    // Ending a session stores it. A commit before it would be one request more while the page goes away.
    close() {
      if (session.state !== "active") return;
      if (entry && entry.recorded) {
        write();
        session.set(...dialect.time((now() - begun) / 1000));
      }
      if (retry !== null) later.cancel(retry);
      retry = null;
      session.end();
      onState("ended");
    },
  };
}

// `open` gets the browser's storage; it may be forbidden, full or missing, and then says so by throwing.
export function createLocalRecorder({ storage, key, onState }) {
  let kept = true;

  function attempted(action) {
    try {
      const value = action();
      kept = true;
      return value;
    } catch (error) {
      kept = false;
      return null;
    }
  }

  return {
    ends: false,
    dataLimit: 0,
    open() {
      const data = attempted(() => storage().getItem(key));
      onState(kept ? "local" : "nowhere");
      return { recorded: true, status: "", finished: false, score: null, location: "", data: data || "", interactions: null };
    },
    save(report) {
      attempted(() => storage().setItem(key, report.data));
      onState(kept ? "local" : "nowhere");
    },
    touch() {},
    close() {},
  };
}
