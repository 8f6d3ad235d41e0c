// What a learner has done, as plain data, and the events that change it. Knows nothing of points, pages or an LMS:
// that keeps it easy to store, to compare and to test.
//
// An attempt: { location, seen: Set of activity ids, quizzes, cases, grids: Maps from an activity's id to its record }
// Quiz: { tries, seed (of draw and order; 0 before the first look), answers: Map from question id to the response, a list of what
//         was chosen, typed or put together (coursegen/score.py), handed: whether the try was handed in, best: what the best EARLIER
//         try was worth in millionths of its points, complete: whether an earlier try was finished }
// Case: { runs, path: the decisions of the running one as { scene, choice }, best and complete: as for a quiz }
// Grid: { levels: Map from indicator id to 0 (not applicable), 1, 2 …, evidence: Map from indicator id to text,
//         earlier: the levels of an earlier rating, shown: whether the profile was looked at }
// Maps and sets, not objects, because an author may call a question "constructor".

export function newAttempt() {
  return { location: "", seen: new Set(), quizzes: new Map(), cases: new Map(), grids: new Map() };
}

export function newRecord() {
  return { tries: 1, seed: 0, answers: new Map(), handed: false, best: 0, complete: false };
}

export function newRun() {
  return { runs: 1, path: [], best: 0, complete: false };
}

export function newRating() {
  return { levels: new Map(), evidence: new Map(), earlier: new Map(), shown: false };
}

export function recordOf(attempt, quizId) {
  return attempt.quizzes.get(quizId) || newRecord();
}

export function caseRecordOf(attempt, caseId) {
  return attempt.cases.get(caseId) || newRun();
}

export function gridRecordOf(attempt, gridId) {
  return attempt.grids.get(gridId) || newRating();
}

export function opened(activity) {
  return { type: "opened", activity };
}

// The first look at a quiz that draws or shuffles: from now on its seed says what is shown.
export function begun(quiz, seed) {
  return { type: "begun", quiz, seed };
}

// An answer that was checked: final in its try.
export function answered(quiz, question, response) {
  return { type: "answered", quiz, question, response };
}

// An answer that may change until the try is handed in; an empty one takes it back.
export function chosen(quiz, question, response) {
  return { type: "chosen", quiz, question, response };
}

// The text of an essay of one of the tries, found elsewhere than where it is known that the essay was written.
export function recalled(quiz, question, text, tries) {
  return { type: "recalled", quiz, question, text, tries };
}

export function handed(quiz) {
  return { type: "handed", quiz };
}

// `best` and `complete` are what the policy says of everything up to now: the new try begins empty, they are kept.
export function retried(quiz, best, complete) {
  return { type: "retried", quiz, best, complete };
}

export function decided(caseId, scene, choice) {
  return { type: "decided", case: caseId, scene, choice };
}

export function restarted(caseId, best, complete) {
  return { type: "restarted", case: caseId, best, complete };
}

// `level` null takes a rating back.
export function rated(grid, indicator, level) {
  return { type: "rated", grid, indicator, level };
}

export function evidenced(grid, indicator, text) {
  return { type: "evidenced", grid, indicator, text };
}

export function profiled(grid) {
  return { type: "profiled", grid };
}

// The present rating becomes the earlier one, and a new one begins.
export function kept(grid) {
  return { type: "kept", grid };
}

// The attempt after an event. The one before is left as it was; the same object comes back when nothing changed.
export function happen(attempt, event) {
  const change = CHANGES[event.type];
  return change ? change(attempt, event) : attempt;
}

const CHANGES = {
  opened(attempt, { activity }) {
    if (attempt.location === activity && attempt.seen.has(activity)) return attempt;
    return { ...attempt, location: activity, seen: new Set(attempt.seen).add(activity) };
  },
  begun(attempt, { quiz, seed }) {
    const record = recordOf(attempt, quiz);
    return record.seed ? attempt : withEntry(attempt, "quizzes", quiz, { ...record, seed });
  },
  answered(attempt, { quiz, question, response }) {
    const record = recordOf(attempt, quiz);
    if (record.answers.has(question) || record.handed) return attempt;
    return withEntry(attempt, "quizzes", quiz, { ...record, answers: new Map(record.answers).set(question, [...response]) });
  },
  chosen(attempt, { quiz, question, response }) {
    const record = recordOf(attempt, quiz);
    const before = record.answers.get(question) || [];
    if (record.handed || sameList(before, response) || (before[0] === "" && !response.length)) return attempt; // "" is an essay's lost text
    return withEntry(attempt, "quizzes", quiz, { ...record, answers: withValue(record.answers, question, response.length ? [...response] : null) });
  },
  recalled(attempt, { quiz, question, text, tries }) {
    const record = recordOf(attempt, quiz);
    const lost = record.tries === tries && record.answers.has(question) && !record.answers.get(question)[0];
    if (!lost) return attempt;
    return withEntry(attempt, "quizzes", quiz, { ...record, answers: new Map(record.answers).set(question, [text]) });
  },
  handed(attempt, { quiz }) {
    const record = recordOf(attempt, quiz);
    return record.handed ? attempt : withEntry(attempt, "quizzes", quiz, { ...record, handed: true });
  },
  retried(attempt, { quiz, best, complete }) {
    const record = recordOf(attempt, quiz);
    const again = { ...newRecord(), seed: record.seed, tries: record.tries + 1, best, complete: record.complete || complete };
    return withEntry(attempt, "quizzes", quiz, again);
  },
  decided(attempt, event) {
    const record = caseRecordOf(attempt, event.case);
    return withEntry(attempt, "cases", event.case, { ...record, path: [...record.path, { scene: event.scene, choice: event.choice }] });
  },
  restarted(attempt, { case: caseId, best, complete }) {
    const record = caseRecordOf(attempt, caseId);
    return withEntry(attempt, "cases", caseId, { runs: record.runs + 1, path: [], best, complete: record.complete || complete });
  },
  rated(attempt, { grid, indicator, level }) {
    const record = gridRecordOf(attempt, grid);
    if ((record.levels.has(indicator) ? record.levels.get(indicator) : null) === level) return attempt;
    return withEntry(attempt, "grids", grid, { ...record, levels: withValue(record.levels, indicator, level) });
  },
  evidenced(attempt, { grid, indicator, text }) {
    const record = gridRecordOf(attempt, grid);
    if ((record.evidence.get(indicator) || "") === text) return attempt;
    return withEntry(attempt, "grids", grid, { ...record, evidence: withValue(record.evidence, indicator, text || null) });
  },
  profiled(attempt, { grid }) {
    const record = gridRecordOf(attempt, grid);
    return record.shown ? attempt : withEntry(attempt, "grids", grid, { ...record, shown: true });
  },
  kept(attempt, { grid }) {
    const record = gridRecordOf(attempt, grid);
    return record.levels.size ? withEntry(attempt, "grids", grid, { ...newRating(), earlier: record.levels }) : attempt;
  },
};

function withEntry(attempt, kind, id, record) {
  return { ...attempt, [kind]: new Map(attempt[kind]).set(id, record) };
}

// A copy of a map with one value set, or taken out when it is null.
function withValue(map, key, value) {
  const copy = new Map(map);
  if (value === null) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

function sameList(one, other) {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
