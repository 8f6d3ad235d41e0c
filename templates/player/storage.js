// An attempt as a short string (the LMS's suspend_data) and back. Everything is keyed by permanent ids, so a course may
// gain, lose and reorder pages and questions between two visits. Whatever cannot be understood counts as not done.
//
// {"v":1,"at":"u01-why","s":"0u01-why 4goals","q":{"u01-quiz":{"n":2,"c":1,"b":"0q-a","a":{"q-a":"a","q-b":"a c"}}}}
// v version · at location · s seen · q quizzes: n tries (1 is left out), c complete before, b best try's right questions,
// a answers: option ids joined by spaces, or the words typed.

import { newAttempt, newRecord } from "./attempt.js";
import { activitiesOf } from "./policy.js";

const STORED_VERSION = 1;

// Ids of a unit begin alike. So each begins with one character (base 36) that says how much it shares with the one before.
export function packIds(ids) {
  let before = "";
  return ids
    .map((id) => {
      let shared = 0;
      while (shared < 35 && shared < before.length && before[shared] === id[shared]) shared += 1;
      before = id;
      return shared.toString(36) + id.slice(shared);
    })
    .join(" ");
}

export function unpackIds(text) {
  if (typeof text !== "string" || text === "") return [];
  let before = "";
  return text.split(" ").map((token) => {
    const shared = parseInt(token[0], 36);
    before = Number.isNaN(shared) ? "" : before.slice(0, shared) + token.slice(1);
    return before;
  });
}

// The string. Where it would be longer than the LMS takes, the answers of finished quizzes are left out, the first quiz
// first: their result is kept, and only what was ticked cannot be shown again. Quizzes with a limit of tries come last,
// since leaving theirs out gives a try back.
export function encodeAttempt(attempt, outline, resultOf, limit) {
  const data = { v: STORED_VERSION, at: attempt.location, s: packIds([...attempt.seen]) };
  const quizzes = {};
  for (const [id, record] of attempt.quizzes) quizzes[id] = encodeRecord(record);
  if (attempt.quizzes.size) data.q = quizzes;
  let text = JSON.stringify(data);
  if (!limit || text.length <= limit) return text;
  const unlimitedFirst = activitiesOf(outline)
    .filter((activity) => activity.kind === "quiz" && attempt.quizzes.has(activity.id))
    .sort((one, other) => Number(one.attempts !== null) - Number(other.attempts !== null));
  for (const quiz of unlimitedFirst) {
    const result = resultOf(quiz);
    if (!result.finished) continue;
    quizzes[quiz.id] = encodeRecord({ tries: result.tries, answers: new Map(), best: result.best, complete: true });
    text = JSON.stringify(data);
    if (text.length <= limit) break;
  }
  return text;
}

function encodeRecord(record) {
  const data = {};
  if (record.tries !== 1) data.n = record.tries;
  if (record.complete) data.c = 1;
  if (record.best.length) data.b = packIds(record.best);
  if (record.answers.size) {
    data.a = {};
    for (const [id, response] of record.answers) data.a[id] = response.join(" ");
  }
  return data;
}

// The attempt in a string that an earlier visit, an older package or something else altogether has left.
export function decodeAttempt(text, outline) {
  const attempt = newAttempt();
  const data = parseObject(text);
  if (data === null || data.v !== STORED_VERSION) return attempt;
  const activities = new Map(activitiesOf(outline).map((activity) => [activity.id, activity]));
  if (activities.has(data.at)) attempt.location = data.at;
  for (const id of unpackIds(data.s)) if (activities.has(id)) attempt.seen.add(id);
  for (const [id, stored] of Object.entries(asObject(data.q))) {
    const quiz = activities.get(id);
    if (quiz && quiz.kind === "quiz") attempt.quizzes.set(id, decodeRecord(asObject(stored), quiz));
  }
  return attempt;
}

function decodeRecord(stored, quiz) {
  const record = newRecord();
  const answers = asObject(stored.a);
  if (Number.isInteger(stored.n) && stored.n > 1) record.tries = stored.n;
  record.complete = stored.c === 1;
  const right = new Set(unpackIds(stored.b));
  for (const question of quiz.questions) {
    if (right.has(question.id)) record.best.push(question.id);
    const response = Object.prototype.hasOwnProperty.call(answers, question.id) ? answers[question.id] : null;
    if (typeof response !== "string" || response === "") continue;
    record.answers.set(question.id, question.kind === "short-answer" ? [response] : response.split(" "));
  }
  return record;
}

function parseObject(text) {
  try {
    const data = JSON.parse(text);
    return data !== null && typeof data === "object" && !Array.isArray(data) ? data : null;
  } catch (error) {
    return null;
  }
}

function asObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}
