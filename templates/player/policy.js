// What an attempt is worth: points, score, progress, completed or not, passed or not. Pure functions of outline and attempt;
// the screen and the LMS are both told what `assess` says, so they cannot differ.

import { caseRecordOf, gridRecordOf, recordOf } from "./attempt.js";
import { runOf } from "./branching.js";
import { drawnQuestions } from "./draw.js";

const WHOLE = 1000000; // shares of points are kept in millionths

export function activitiesOf(outline) {
  return outline.units.flatMap((unit) => unit.activities);
}

export function roundTo2(number) {
  return Math.round((number + Number.EPSILON) * 100) / 100;
}

// How typed answers are compared: composed letters, no space at the ends, one space for several, lower case; a question's own
// rules may say otherwise. The build scores them in the same way, and without regard to the language, so that both agree.
export function foldText(text, rules = {}) {
  const letters = rules.accents ? text.normalize("NFD").replace(/\p{Mn}/gu, "") : text;
  const folded = letters.normalize("NFC").replace(/\s+/gu, rules.spacing ? "" : " ").trim();
  return rules.case ? folded : folded.toLowerCase();
}

// Whether a folded text is an answer's, in which an asterisk may stand for anything, and \* for an asterisk (characters that
// nobody types take their places while the answer is folded). No regular expression: some take for ever.
function fits(said, { text }, rules) {
  if (!rules.wildcards) return said === foldText(text, rules);
  const marked = text.replace(/\\\*/g, "\ue001").replace(/\*/g, "\ue000");
  let at = 0;
  return foldText(marked, rules).split("\ue000").every((part, nth, parts) => {
    const piece = part.replace(/\ue001/g, "*");
    const found = nth < parts.length - 1 ? said.indexOf(piece, at) : said.length - piece.length;
    const follows = found >= at && said.startsWith(piece, found) && (nth || !found);
    at = found + piece.length;
    return follows;
  });
}

// A number as it was typed, with a point or a comma, perhaps with its unit; "" if it is none, or has more digits than count.
export function numberIn(typed, unit = "") {
  const plain = (text) => text.normalize("NFKC").replace(/\s+/gu, "").replace(/,/g, ".");
  const [text, suffix] = [plain(typed).replace(/\u2212/g, "-"), plain(unit)];
  const number = text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
  return /^[+-]?(?=(\.?\d){1,15}\.?$)\d*\.?\d*$/.test(number) ? number : "";
}

// The accepted answer or foreseen mistake that something typed equals, if any; of a question or a gap. An accepted one goes first.
export function answerFor(question, typed) {
  const said = foldText(typed, question);
  const number = Number(numberIn(typed, question.unit) || NaN);
  const equal = question.answers.filter((answer) =>
    answer.low ? answer.low <= number && answer.high >= number : said && fits(said, answer, question),
  );
  return equal.find((answer) => answer.correct) || equal[0];
}

function isAccepted(question, typed) {
  return Boolean(answerFor(question, typed)?.correct);
}

// What a response has for each part of a question: by the part's id.
export function fillings(response) {
  return new Map(response.map((one) => [one.split(".", 1)[0], one.slice(one.indexOf(".") + 1)]));
}

// Which parts of a response are right, as [id, right or not]: of what is put in order, the things that stand at their place.
export function partsRight(question, response) {
  const given = fillings(response);
  if (!question.parts) return question.right.map((id, place) => [id, response[place] === id]);
  return question.parts.map((part) => {
    const filling = given.get(part.id) || "";
    return [part.id, part.answers ? isAccepted(part, filling) : part.right.includes(filling)];
  });
}

// Whether a response has something for every part of a question.
export function isComplete(question, response) {
  const given = fillings(response);
  return question.parts ? question.parts.every((part) => given.get(part.id)) : response.length > 0;
}

// The share of a question's points that a response earns, from 0 to 1; nothing for what is never scored. With partial credit it
// is the share of parts that are right; or of the right options that were ticked, less that of the wrong ones: ticking everything
// earns nothing.
export function creditOf(question, response) {
  const share = question.points ? shareOf(question, response) : 0;
  return question.credit === "partial" ? share : Math.floor(share);
}

function shareOf(question, response) {
  if (question.answers) return Number(isAccepted(question, response[0] || ""));
  if (question.parts || question.kind === "ordering") {
    const parts = partsRight(question, response);
    return parts.filter(([, right]) => right).length / parts.length;
  }
  const ticked = new Set(response);
  const right = question.right.filter((id) => ticked.has(id)).length;
  return Math.max(0, right / question.right.length - (ticked.size - right) / (question.options.length - question.right.length || 1));
}

export function pointsFor(question, response) {
  return roundTo2(question.points * creditOf(question, response));
}

function sum(list, value) {
  return roundTo2(list.reduce((total, one) => total + value(one), 0));
}

// What a try is worth: `share` in millionths, `best` that of all tries (`earlier` is that of those before).
function worthOf(points, total, earlier) {
  const share = total ? Math.round((WHOLE * points) / total) : 0;
  const best = Math.max(share, earlier);
  return { points, total, share, percent: roundTo2(share / 10000), best, bestPoints: roundTo2((best * total) / WHOLE), bestPercent: roundTo2(best / 10000) };
}

// Everything there is to know about a quiz in an attempt. One of questions that are never scored has a total of 0.
export function assessQuiz(quiz, attempt) {
  const record = recordOf(attempt, quiz.id);
  const list = drawnQuestions(quiz, record);
  const answered = list.filter((question) => record.answers.has(question.id));
  const deferred = quiz.feedback === "deferred";
  const finished = deferred ? record.handed : answered.length === list.length;
  const total = sum(list, (question) => question.points);
  // What is not handed in yet has no points yet: the score must not give answers away.
  const points = deferred && !finished ? 0 : sum(answered, (question) => pointsFor(question, record.answers.get(question.id)));
  const worth = worthOf(points, total, record.best);
  const complete = finished || record.complete;
  const left = quiz.attempts === null ? Infinity : Math.max(0, quiz.attempts - record.tries);
  const passed = complete && (!total || worth.bestPercent >= quiz.passMark); // a survey is passed by answering it
  return {
    list, // the questions of the running try, in the order shown
    begun: answered.length > 0 || record.tries > 1 || record.complete,
    answered: answered.length,
    questions: list.length,
    finished, // the running try has ended
    complete, // … or an earlier one had
    tries: record.tries,
    left, // tries after this one
    ...worth,
    passed,
    usedUp: finished && left === 0,
    revealed: (questionId) => finished || (!deferred && record.answers.has(questionId)),
  };
}

// Everything about a case study. One without points has a total of 0.
export function assessCase(activity, attempt) {
  const record = caseRecordOf(attempt, activity.id);
  const run = runOf(activity, record.path);
  return {
    run,
    runs: record.runs,
    begun: run.steps.length > 0 || record.runs > 1 || record.complete,
    ended: run.ended,
    complete: run.ended || record.complete,
    ...worthOf(run.points, activity.best, record.best),
  };
}

export function assessGrid(activity, attempt) {
  const record = gridRecordOf(attempt, activity.id);
  const all = (levels) => activity.indicators.every((indicator) => levels.has(indicator.id));
  const rated = activity.indicators.filter((indicator) => record.levels.has(indicator.id)).length;
  return {
    rated,
    of: activity.indicators.length,
    begun: rated > 0 || record.evidence.size > 0 || record.earlier.size > 0,
    finished: all(record.levels),
    complete: all(record.levels) || all(record.earlier),
  };
}

// "done", "begun" or "todo". What makes a quiz done is what the course's completion rule asks of it.
export function activityState(activity, attempt, outline) {
  const assessed = { quiz: assessQuiz, case: assessCase, grid: assessGrid }[activity.kind];
  if (!assessed) return attempt.seen.has(activity.id) ? "done" : "todo";
  const found = assessed(activity, attempt);
  const mustPass = activity.kind === "quiz" && outline.completion.quizzes === "passed";
  return (mustPass ? found.passed : found.complete) ? "done" : found.begun ? "begun" : "todo";
}

// Which entry of the completion rule speaks of an activity.
const RULES = { quiz: "quizzes", case: "cases", grid: "grids" };

function ruleFor(activity, outline) {
  return outline.completion[RULES[activity.kind] || "pages"];
}

// The whole attempt: { done, of, progress, completed, passed, failed, score }. The score is null until something with points is
// begun. `entry` is what the LMS knew before: a finished attempt stays finished, and its score never falls, whatever an edited
// course asks now.
export function assess(outline, attempt, entry) {
  const activities = activitiesOf(outline);
  const states = new Map(activities.map((activity) => [activity, activityState(activity, attempt, outline)]));
  const quizzes = activities.filter((activity) => activity.kind === "quiz").map((quiz) => assessQuiz(quiz, attempt));
  const cases = activities.filter((activity) => activity.kind === "case").map((one) => assessCase(one, attempt));
  const scored = [...quizzes, ...cases].filter((one) => one.total);
  const total = sum(scored, (one) => one.total);
  const points = sum(scored, (one) => one.bestPoints);
  // A quiz with no try left has ended too: it has been failed. Where the LMS has one status for both, that completes the attempt.
  const ended = quizzes.every((quiz) => quiz.passed || quiz.usedUp);
  const endedCompletes = outline.runtime === "scorm12" && outline.status === "passed-failed" && outline.completion.quizzes === "passed";
  const open = openIn(activities, states, outline).filter((activity) => !(endedCompletes && ended && activity.kind === "quiz"));
  const wasPassed = Boolean(entry) && (entry.status === "passed" || entry.success === "passed");
  const passed = wasPassed || outline.completion.quizzes === "ignored" || quizzes.every((quiz) => quiz.passed);
  const before = Boolean(entry && entry.finished);
  const floor = before && entry.score !== null ? entry.score : 0;
  const done = activities.filter((activity) => states.get(activity) === "done").length;
  return {
    done,
    of: activities.length,
    progress: activities.length ? done / activities.length : 1,
    completed: open.length === 0 || before,
    passed,
    failed: !passed && ended,
    score: scored.some((one) => one.begun) || (entry && entry.score !== null) ? Math.max(total ? roundTo2((100 * points) / total) : 0, floor) : null,
  };
}

// What still has to be done before the attempt is completed.
export function openActivities(outline, attempt) {
  const activities = activitiesOf(outline);
  return openIn(activities, new Map(activities.map((activity) => [activity, activityState(activity, attempt, outline)])), outline);
}

function openIn(activities, states, outline) {
  return activities.filter((activity) => ruleFor(activity, outline) !== "ignored" && states.get(activity) !== "done");
}

// The completion rule as keys of interface texts, one for each part of it that this package has: "completion.quizzes.passed".
export function completionParts(outline) {
  const kinds = new Set(activitiesOf(outline).map((activity) => RULES[activity.kind] || "pages"));
  return ["pages", "quizzes", "cases", "grids"]
    .filter((part) => kinds.has(part) && outline.completion[part] !== "ignored")
    .map((part) => `completion.${part}.${outline.completion[part]}`);
}
