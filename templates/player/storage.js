// An attempt as a short string (the LMS's suspend_data) and back. Everything is keyed by marks: short names that the build
// makes of permanent ids, so a course may gain, lose, move and reword pages and questions between two visits. The mark of a
// question is made of its key, too: when the right answer is mended, the old answer no longer applies. Whatever cannot be
// understood counts as not done. coursegen/suspend_data.py computes how long the string can get; it changes with this file.
//
// {"v":2,"at":"aB3x","s":"aB3xK…","q":{"mark":"1.k3f.0.0.. mark5a,c mark5typed_text"},"c":{"mark":"1.0.0. mrka mrkb"},"g":{…},"e":{…}}
// v version · at location · s activities: mark, and one character for seen or not and what its text was · q quizzes: tries, seed,
// best, flags (1 handed, 2 complete), worth of the running try if it is finished; answers · c cases: runs, best, flags, worth;
// decisions · g grids: flag, levels, earlier levels · e evidence and essays, as far as there is room.

import { caseRecordOf, gridRecordOf, newAttempt, newRating, newRecord, newRun, recordOf } from "./attempt.js";
import { runOf, withoutDetours } from "./branching.js";
import { activitiesOf, assessCase, assessQuiz, fillings } from "./policy.js";

const STORED_VERSION = 2;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"; // base64url, as marks are written
const SEEN = 32; // the upper half of the digits; the lower five bits are those of the text
const MOST = 999; // tries and runs are counted up to this

// `room` is how many characters evidence and essays may take; what does not fit is left out (`notStored` says what).
export function encodeAttempt(attempt, outline, room = roomIn(attempt, outline)) {
  const data = bare(attempt, outline);
  const { stored } = fitting(attempt, outline, room);
  if (Object.keys(stored).length) data.e = stored;
  return JSON.stringify(data);
}

// The texts that the string has no room for, as [activity, indicator or question, text, the try it was written in].
export function notStored(attempt, outline) {
  return fitting(attempt, outline, roomIn(attempt, outline)).left;
}

// An attempt of an earlier edition of the course may be longer than the build could know.
function roomIn(attempt, outline) {
  return Math.min(outline.textRoom, outline.dataLimit - JSON.stringify(bare(attempt, outline)).length);
}

// All but evidence and essays.
function bare(attempt, outline) {
  const data = { v: STORED_VERSION, at: "", s: "" };
  const records = { q: {}, c: {}, g: {} };
  for (const activity of activitiesOf(outline)) {
    const { id, kind, mark } = activity;
    if (id === attempt.location) data.at = mark;
    data.s += mark + DIGITS[textOf(activity) + (attempt.seen.has(id) ? SEEN : 0)];
    if (kind === "quiz" && attempt.quizzes.has(id)) records.q[mark] = encodeQuiz(activity, attempt);
    if (kind === "case" && attempt.cases.has(id)) records.c[mark] = encodeCase(activity, attempt);
    if (kind === "grid" && attempt.grids.has(id)) records.g[mark] = encodeGrid(activity, attempt.grids.get(id));
  }
  for (const key of Object.keys(records)) if (Object.keys(records[key]).length) data[key] = records[key];
  return data;
}

function fitting(attempt, outline, room) {
  const stored = {};
  const left = [];
  let used = 0;
  for (const { id, mark, indicators = [], questions = [] } of activitiesOf(outline)) {
    const [grid, quiz] = [gridRecordOf(attempt, id), recordOf(attempt, id)];
    const essays = questions.filter((question) => question.kind === "essay");
    for (const part of [...indicators, ...essays]) {
      const text = indicators.length ? grid.evidence.get(part.id) : (quiz.answers.get(part.id) || [])[0];
      if (!text) continue;
      const heading = stored[mark] ? 0 : 16; // "e":{"mark":{ and what closes it
      const length = heading + JSON.stringify(part.mark).length + JSON.stringify(text).length + 2;
      if (used + length > room) {
        left.push([id, part.id, text, quiz.tries]);
        continue;
      }
      used += length;
      stored[mark] = stored[mark] || {};
      stored[mark][part.mark] = text;
    }
  }
  return { stored, left };
}

// A text of an activity as it was stored, or "".
function textIn(texts, mark) {
  return typeof texts[mark] === "string" ? texts[mark] : "";
}

function textOf(activity) {
  return DIGITS.indexOf(activity.text) & 31;
}

function counted(number) {
  return Math.min(number, MOST).toString(36);
}

// What the running try is worth, if it has ended: should an edit of the course take something of it away, this still counts.
function worth(result, ended) {
  return ended ? result.share.toString(36) : "";
}

function encodeQuiz(quiz, attempt) {
  const record = recordOf(attempt, quiz.id);
  const result = assessQuiz(quiz, attempt);
  const flags = (record.handed ? 1 : 0) + (record.complete ? 2 : 0);
  const head = [counted(record.tries), record.seed.toString(36), record.best.toString(36), flags, worth(result, result.finished)];
  const answers = result.list
    .filter((question) => record.answers.has(question.id))
    .map((question) => question.mark + storedAs(question, record.answers.get(question.id)));
  return [head.join("."), ...answers].join(" ");
}

function encodeCase(activity, attempt) {
  const record = caseRecordOf(attempt, activity.id);
  const result = assessCase(activity, attempt);
  const marks = new Map(activity.scenes.map((scene) => [scene.id, scene.mark]));
  const path = record.path.length > activity.longest ? withoutDetours(activity, record.path) : record.path;
  const head = [counted(record.runs), record.best.toString(36), record.complete ? 2 : 0, worth(result, result.ended)];
  return [head.join("."), ...path.map((step) => marks.get(step.scene) + step.choice)].join(" ");
}

function encodeGrid(activity, record) {
  const levels = (map) =>
    activity.indicators
      .filter((indicator) => map.has(indicator.id))
      .map((indicator) => indicator.mark + map.get(indicator.id))
      .join("");
  return `${record.shown ? 1 : 0}.${levels(record.levels)}.${levels(record.earlier)}`;
}

// An answer as it is stored: a letter, the ids or the typed text. Of an essay only that it was written; its text is kept apart.
function storedAs({ kind }, response) {
  if (kind === "essay") return "";
  return kind === "true-false" ? response[0][0] : response.map(escaped).join(",");
}

// A blank is an underscore, since blanks part the answers, and a comma parts an answer.
function escaped(text) {
  return text.replace(/[~_]/g, "~$&").replace(/,/g, "~;").replace(/ /g, "_");
}

function unescaped(text) {
  return text.replace(/~([~_;])|_/g, (whole, plain) => (plain === ";" ? "," : plain || " "));
}

// What can be typed as an answer: one line without control characters and halves of characters, at most as long as the string
// has room for.
export function typedText(text, longest) {
  let line = text.replace(/\p{Cc}+/gu, " ").replace(/\p{Cs}/gu, "").replace(/\s+/gu, " ").trim();
  while (JSON.stringify(escaped(line)).length - 2 > longest) line = [...line].slice(0, -1).join("");
  return line.trim();
}

// The attempt in a string that an earlier visit, an older package or something else altogether has left, and what has changed in
// the course since: { added, reworded: activities; answers, cases: activities of which something no longer applies; removed: how
// many activities the learner had seen are gone }.
export function decodeAttempt(text, outline) {
  const attempt = newAttempt();
  const changes = { added: [], reworded: [], answers: [], cases: [], removed: 0 };
  const data = parseObject(text);
  if (data.v !== STORED_VERSION) return { attempt, changes };
  const known = new Map((typeof data.s === "string" ? data.s.match(/.{5}/g) || [] : []).map((one) => [one.slice(0, 4), DIGITS.indexOf(one[4])]));
  for (const activity of activitiesOf(outline)) {
    const state = known.get(activity.mark);
    if (state === undefined) {
      if (known.size) changes.added.push(activity);
      continue;
    }
    known.delete(activity.mark);
    if (activity.mark === data.at) attempt.location = activity.id;
    if (state < SEEN) continue;
    attempt.seen.add(activity.id);
    if ((state & 31) !== textOf(activity)) changes.reworded.push(activity);
  }
  changes.removed = [...known.values()].filter((state) => state >= SEEN).length;
  for (const activity of activitiesOf(outline)) decodeRecord(data, activity, attempt, changes);
  return { attempt, changes };
}

function decodeRecord(data, activity, attempt, changes) {
  const of = (key) => asObject(data[key])[activity.mark];
  if (activity.kind === "quiz" && typeof of("q") === "string") {
    attempt.quizzes.set(activity.id, decodeQuiz(of("q"), asObject(of("e")), activity, changes));
  }
  if (activity.kind === "case" && typeof of("c") === "string") attempt.cases.set(activity.id, decodeCase(of("c"), activity, changes));
  if (activity.kind === "grid" && (typeof of("g") === "string" || of("e"))) {
    attempt.grids.set(activity.id, decodeGrid(typeof of("g") === "string" ? of("g") : "", asObject(of("e")), activity));
  }
}

function whole(text, most) {
  const number = parseInt(text, 36);
  return number > 0 ? Math.min(number, most) : 0;
}

function decodeQuiz(text, essays, quiz, changes) {
  const [head, ...answers] = text.split(" ");
  const [tries, seed, best, flags, value] = head.split(".");
  const record = newRecord();
  record.tries = whole(tries, MOST) || 1;
  record.seed = whole(seed, 0xffffffff);
  record.best = whole(best, 1000000);
  record.handed = Boolean(flags & 1);
  record.complete = Boolean(flags & 2);
  const questions = new Map(quiz.questions.map((question) => [question.mark, question]));
  const ids = new Set(quiz.questions.map(({ mark }) => mark.slice(0, 3)));
  let lost = false;
  for (const answer of answers) {
    const question = questions.get(answer.slice(0, 5));
    const response = question ? responseIn(question, answer.slice(5), textIn(essays, question.mark)) : null;
    if (response) record.answers.set(question.id, response);
    else if (ids.has(answer.slice(0, 3))) lost = true; // what the quiz no longer asks, the try does not lack
  }
  if (lost) record.handed = false; // the try opens again for what it now lacks
  const now = assessQuiz(quiz, { quizzes: new Map([[quiz.id, record]]) });
  const opensAgain = Boolean(value) && !now.finished;
  if (opensAgain) record.handed = false;
  if (lost || opensAgain || now.answered < record.answers.size) changes.answers.push(quiz);
  return withWorth(record, value, opensAgain, now.share);
}

// What was reached stays reached.
function withWorth(record, value, opensAgain, share) {
  const before = whole(value, 1000000);
  if (!opensAgain && before <= share) return record;
  return { ...record, best: Math.max(record.best, before), complete: record.complete || Boolean(value) };
}

// An answer as it was stored, or null if it is none that could be given now.
function responseIn({ kind, options, parts, answers }, text, essay) {
  if (kind === "essay") return [essay];
  if (answers) return text ? [unescaped(text)] : null;
  const values = text.split(",").map(unescaped);
  if (parts) {
    const fits = ([id, filling]) => parts.some((part) => part.id === id && filling && (part.answers || part.options.includes(filling)));
    return [...fillings(values)].every(fits) ? values : null;
  }
  const ids = kind === "true-false" ? options.filter((option) => option[0] === text) : values;
  const isWhole = ids.length && (kind !== "ordering" || new Set(ids).size === options.length);
  return isWhole && ids.every((id) => options.includes(id)) ? ids : null;
}

function decodeCase(text, activity, changes) {
  const [head, ...steps] = text.split(" ");
  const [runs, best, flags, value] = head.split(".");
  const record = newRun();
  record.runs = whole(runs, MOST) || 1;
  record.best = whole(best, 1000000);
  record.complete = Boolean(flags & 2);
  const scenes = new Map(activity.scenes.map((scene) => [scene.mark, scene.id]));
  const path = steps.map((step) => ({ scene: scenes.get(step.slice(0, 3)), choice: step.slice(3) }));
  record.path = runOf(activity, path).steps.map(({ scene, choice }) => ({ scene, choice }));
  if (record.path.length < path.length) changes.cases.push(activity);
  const now = assessCase(activity, { cases: new Map([[activity.id, record]]) });
  return withWorth(record, value, Boolean(value) && !now.ended, now.share);
}

function decodeGrid(text, evidence, activity) {
  const [shown, levels, earlier] = text.split(".");
  const record = newRating();
  record.shown = shown === "1";
  for (const [map, stored] of [[record.levels, levels], [record.earlier, earlier]]) {
    const found = new Map(((stored || "").match(/.{4}/g) || []).map((one) => [one.slice(0, 3), Number(one[3])]));
    for (const { id, mark } of activity.indicators) if (found.get(mark) <= activity.levels) map.set(id, found.get(mark));
  }
  for (const { id, mark } of activity.indicators) if (textIn(evidence, mark)) record.evidence.set(id, evidence[mark]);
  return record;
}

// Two attempts of one learner in one: what either of them has. Of two tries of a quiz, or runs of a case, the later one goes on
// and the better one counts. `other` is the one that was made last: where both say something, it is right.
export function mergeAttempts(attempt, other, outline) {
  const merged = { ...newAttempt(), location: other.location || attempt.location, seen: new Set([...attempt.seen, ...other.seen]) };
  for (const activity of activitiesOf(outline)) {
    const { id } = activity;
    for (const [kind, merge] of [["quizzes", mergeQuiz], ["cases", mergeCase], ["grids", mergeGrid]]) {
      if (attempt[kind].has(id) && other[kind].has(id)) merged[kind].set(id, merge(activity, attempt, other));
      else if (attempt[kind].has(id) || other[kind].has(id)) merged[kind].set(id, attempt[kind].get(id) || other[kind].get(id));
    }
  }
  return merged;
}

function mergeQuiz(quiz, attempt, other) {
  const [one, two] = [attempt, other].map((each) => ({ record: recordOf(each, quiz.id), result: assessQuiz(quiz, each) }));
  const length = ({ record }) => record.tries * 100000 + record.answers.size;
  const [early, late] = length(one) > length(two) ? [two, one] : [one, two];
  const merged = { ...late.record, best: Math.max(one.record.best, two.record.best), complete: one.record.complete || two.record.complete };
  if (one.record.tries === two.record.tries && (one.record.seed === two.record.seed || !(quiz.groups || quiz.forms.length))) {
    // An essay whose text had no room has an empty one, and must not cover one that is there.
    const known = one.record.answers;
    merged.answers = new Map([...known, ...[...two.record.answers].filter(([id, [text]]) => text || !known.has(id))]);
    merged.handed = one.record.handed || two.record.handed;
  } else {
    merged.complete = merged.complete || early.result.complete;
  }
  // Both may have answered the same question: what either of them was told it had reached still counts.
  const reached = Math.max(one.result.best, two.result.best);
  if (assessQuiz(quiz, { quizzes: new Map([[quiz.id, merged]]) }).best < reached) merged.best = reached;
  return merged;
}

function mergeCase(activity, attempt, other) {
  const [one, two] = [attempt, other].map((each) => ({ record: caseRecordOf(each, activity.id), result: assessCase(activity, each) }));
  const length = ({ record }) => record.runs * 100000 + record.path.length;
  const [early, late] = length(one) > length(two) ? [two, one] : [one, two];
  return {
    ...late.record,
    best: Math.max(one.record.best, two.record.best, early.result.best > late.result.best ? early.result.best : 0),
    complete: one.record.complete || two.record.complete || (early.result.complete && !late.result.complete),
  };
}

function mergeGrid(activity, attempt, other) {
  const [one, two] = [attempt.grids.get(activity.id), other.grids.get(activity.id)];
  if (!one.earlier.size !== !two.earlier.size) return one.earlier.size ? one : two; // one of them has begun a new rating since
  return {
    levels: new Map([...one.levels, ...two.levels]),
    evidence: new Map([...one.evidence, ...two.evidence]),
    earlier: two.earlier.size ? two.earlier : one.earlier,
    shown: one.shown || two.shown,
  };
}

function parseObject(text) {
  try {
    return asObject(JSON.parse(text));
  } catch (error) {
    return {};
  }
}

function asObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}
