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

// How typed answers are compared: composed letters, no space at the ends, one space for several, lower case. The build scores
// them in the same way, and without regard to the language, so that both agree.
export function foldText(text) {
  return String(text).normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase();
}

// The accepted answer or foreseen mistake that a typed text equals, if any. An accepted one goes first.
export function answerFor(question, typed) {
  const wanted = foldText(typed);
  const equal = question.answers.filter((answer) => foldText(answer.text) === wanted);
  return equal.find((answer) => answer.correct) || equal[0];
}

// The share of a question's points that a response earns, from 0 to 1. With partial credit it is the share of the right options
// that were ticked, less the share of the wrong ones: ticking everything earns nothing.
export function creditOf(question, response) {
  if (question.kind === "short-answer") {
    const answer = answerFor(question, response[0] || "");
    return answer && answer.correct ? 1 : 0;
  }
  const ticked = new Set(response);
  const right = question.right.filter((id) => ticked.has(id)).length;
  const wrong = ticked.size - right;
  if (question.credit !== "partial") return right === question.right.length && wrong === 0 ? 1 : 0;
  return Math.max(0, right / question.right.length - wrong / (question.options.length - question.right.length));
}

export function isRight(question, response) {
  return creditOf(question, response) === 1;
}

export function pointsFor(question, response) {
  return roundTo2(question.points * creditOf(question, response));
}

function sum(list, value) {
  return roundTo2(list.reduce((total, one) => total + value(one), 0));
}

// Everything there is to know about a quiz in an attempt.
export function assessQuiz(quiz, attempt) {
  const record = recordOf(attempt, quiz.id);
  const list = drawnQuestions(quiz, record);
  const answered = list.filter((question) => record.answers.has(question.id));
  const deferred = quiz.feedback === "deferred";
  const finished = deferred ? record.handed : answered.length === list.length;
  const total = sum(list, (question) => question.points);
  // What is not handed in yet has no points yet: the score must not give answers away.
  const points = deferred && !finished ? 0 : sum(answered, (question) => pointsFor(question, record.answers.get(question.id)));
  const share = total ? Math.round((WHOLE * points) / total) : WHOLE;
  const best = Math.max(share, record.best);
  const complete = finished || record.complete;
  const left = quiz.attempts === null ? Infinity : Math.max(0, quiz.attempts - record.tries);
  const passed = complete && roundTo2(best / 10000) >= quiz.passMark;
  return {
    list, // the questions of the running try, in the order shown
    begun: answered.length > 0 || record.tries > 1 || record.complete,
    answered: answered.length,
    questions: list.length,
    finished, // the running try has ended
    complete, // … or an earlier one had
    tries: record.tries,
    left, // tries after this one
    points,
    share, // of the running try, in millionths
    percent: roundTo2(share / 10000),
    total,
    best, // of all tries, in millionths
    bestPoints: roundTo2((best * total) / WHOLE),
    bestPercent: roundTo2(best / 10000),
    passed,
    usedUp: finished && left === 0,
    revealed: (questionId) => finished || (!deferred && record.answers.has(questionId)),
  };
}

// Everything about a case study. One without points has a total of 0.
export function assessCase(activity, attempt) {
  const record = caseRecordOf(attempt, activity.id);
  const run = runOf(activity, record.path);
  const total = activity.best;
  const share = total ? Math.round((WHOLE * run.points) / total) : 0;
  const best = Math.max(share, record.best);
  return {
    run,
    runs: record.runs,
    begun: run.steps.length > 0 || record.runs > 1 || record.complete,
    ended: run.ended,
    complete: run.ended || record.complete,
    points: run.points,
    share,
    percent: roundTo2(share / 10000),
    total,
    best,
    bestPoints: roundTo2((best * total) / WHOLE),
    bestPercent: roundTo2(best / 10000),
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
    done: all(record.levels) || all(record.earlier),
  };
}

// "done", "begun" or "todo". What makes a quiz done is what the course's completion rule asks of it.
export function activityState(activity, attempt, outline) {
  const state = (done, begun) => (done ? "done" : begun ? "begun" : "todo");
  if (activity.kind === "quiz") {
    const quiz = assessQuiz(activity, attempt);
    return state(outline.completion.quizzes === "passed" ? quiz.passed : quiz.complete, quiz.begun);
  }
  if (activity.kind === "case") {
    const found = assessCase(activity, attempt);
    return state(found.complete, found.begun);
  }
  if (activity.kind === "grid") {
    const found = assessGrid(activity, attempt);
    return state(found.done, found.begun);
  }
  return state(attempt.seen.has(activity.id), false);
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
  const cases = activities.filter((activity) => activity.kind === "case" && activity.best).map((one) => assessCase(one, attempt));
  const scored = [...quizzes, ...cases];
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
