// What an attempt is worth: points, score, progress, completed or not, passed or not. Pure functions of outline and attempt;
// the screen and the LMS are both told what `assess` says, so they cannot differ.

import { recordOf } from "./attempt.js";

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

export function isRight(question, response) {
  if (question.kind === "short-answer") {
    const answer = answerFor(question, response[0] || "");
    return Boolean(answer && answer.correct);
  }
  const chosen = new Set(response);
  return chosen.size === question.right.length && question.right.every((id) => chosen.has(id));
}

function pointsOf(questions) {
  return questions.reduce((sum, question) => sum + question.points, 0);
}

// Everything there is to know about a quiz in an attempt.
export function assessQuiz(quiz, attempt) {
  const record = recordOf(attempt, quiz.id);
  const answered = quiz.questions.filter((question) => record.answers.has(question.id));
  const right = answered.filter((question) => isRight(question, record.answers.get(question.id)));
  const earlier = quiz.questions.filter((question) => record.best.includes(question.id));
  const total = pointsOf(quiz.questions);
  const points = pointsOf(right);
  const best = points >= pointsOf(earlier) ? right : earlier;
  const bestPoints = pointsOf(best);
  const percent = (value) => (total ? roundTo2((100 * value) / total) : 100);
  const finished = answered.length === quiz.questions.length;
  const left = quiz.attempts === null ? Infinity : Math.max(0, quiz.attempts - record.tries);
  return {
    begun: answered.length > 0 || record.tries > 1,
    answered: answered.length,
    questions: quiz.questions.length,
    finished, // every question of the running try is answered
    complete: finished || record.complete, // … of this try or an earlier one
    tries: record.tries,
    left, // tries after this one
    points,
    percent: percent(points),
    best: best.map((question) => question.id),
    bestPoints,
    bestPercent: percent(bestPoints),
    total,
    passed: (finished || record.complete) && percent(bestPoints) >= quiz.passMark,
    usedUp: finished && left === 0,
  };
}

// "done", "begun" or "todo". What makes a quiz done is what the course's completion rule asks of it.
export function activityState(activity, attempt, outline) {
  if (activity.kind !== "quiz") return attempt.seen.has(activity.id) ? "done" : "todo";
  const quiz = assessQuiz(activity, attempt);
  if (outline.completion.quizzes === "passed" ? quiz.passed : quiz.complete) return "done";
  return quiz.begun ? "begun" : "todo";
}

// The whole attempt: { done, of, completed, passed, score }. The score is null until the first question is answered.
// `entry` is what the LMS knew before: the score of a finished attempt never falls, even if its answers were lost.
export function assess(outline, attempt, entry) {
  const activities = activitiesOf(outline);
  const quizzes = activities
    .filter((activity) => activity.kind === "quiz")
    .map((quiz) => assessQuiz(quiz, attempt));
  const others = activities.filter((activity) => activity.kind !== "quiz");
  const total = quizzes.reduce((sum, quiz) => sum + quiz.total, 0);
  const points = quizzes.reduce((sum, quiz) => sum + quiz.bestPoints, 0);
  // Where the LMS is told passed or failed, a quiz with no try left has ended too: it has been failed.
  const ended = (quiz) => quiz.passed || (outline.status === "passed-failed" && quiz.usedUp);
  const rule = outline.completion;
  const quizzesDone =
    rule.quizzes === "ignored" ||
    quizzes.every((quiz) => (rule.quizzes === "passed" ? ended(quiz) : quiz.complete));
  const pagesDone = rule.pages === "ignored" || others.every((activity) => attempt.seen.has(activity.id));
  const floor = entry && entry.finished && entry.score !== null ? entry.score : 0;
  return {
    done: activities.filter((activity) => activityState(activity, attempt, outline) === "done").length,
    of: activities.length,
    completed: quizzesDone && pagesDone,
    passed: rule.quizzes === "ignored" || quizzes.every((quiz) => quiz.passed),
    score: quizzes.some((quiz) => quiz.begun) ? Math.max(roundTo2((100 * points) / total), floor) : null,
  };
}

// What still has to be done before the attempt is completed.
export function openActivities(outline, attempt) {
  return activitiesOf(outline).filter((activity) => {
    const rule = activity.kind === "quiz" ? outline.completion.quizzes : outline.completion.pages;
    return rule !== "ignored" && activityState(activity, attempt, outline) !== "done";
  });
}
