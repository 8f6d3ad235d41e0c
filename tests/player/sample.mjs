// Small courses, and what learners could do in them, for the tests beside this file.

import { createHash } from "node:crypto";

import { answered, begun, chosen, decided, evidenced, handed, happen, kept, newAttempt, opened, profiled, rated, recordOf, restarted, retried } from "../../templates/player/attempt.js";
import { offered } from "../../templates/player/branching.js";
import { isDrawn } from "../../templates/player/draw.js";
import { activitiesOf, assessCase, assessGrid, assessQuiz } from "../../templates/player/policy.js";
import { typedText } from "../../templates/player/storage.js";

// Marks as the build makes them: of an id, and of whatever else must not change unnoticed.
export function markOf(text, length) {
  return createHash("sha256").update(text).digest("base64url").slice(0, length);
}

// An outline with all its marks.
export function marked(outline) {
  for (const activity of activitiesOf(outline)) {
    activity.mark = markOf(activity.id, 4);
    activity.text = markOf(JSON.stringify(activity.words || activity.title), 1);
    for (const question of activity.questions || []) {
      const right = question.kind === "ordering" ? question.right : [...(question.right || [])].sort();
      const accepted = ({ id, right: some, answers = [] }) => [id, some, answers.filter((one) => one.correct)];
      const key = [question.kind, question.credit, right, accepted({ answers: question.answers }), (question.parts || []).map(accepted)];
      question.mark = markOf(question.id, 3) + markOf(JSON.stringify(key), 2);
    }
    for (const part of [...(activity.scenes || []), ...(activity.indicators || [])]) part.mark = markOf(part.id, 3);
  }
  return outline;
}

export function sampleOutline(changes = {}) {
  return marked({
    format: 2,
    package: { id: "sample", version: "1" },
    title: "Sample",
    course: "Sample course",
    language: "en",
    completion: { pages: "seen", quizzes: "passed", cases: "finished", grids: "rated" },
    status: "completed",
    runtime: "scorm12",
    dataLimit: 4096,
    textRoom: 400,
    units: [
      {
        id: "u01",
        title: "Unit",
        minutes: 10,
        content: "content/u01.js",
        activities: [
          { id: "u01-why", kind: "page", title: "Why", minutes: 5 },
          sampleQuiz(),
          { id: "constructor", kind: "file", title: "Sheet", minutes: 0 },
        ],
      },
    ],
    ...changes,
  });
}

export function sampleQuiz(changes = {}) {
  return {
    id: "u01-quiz",
    kind: "quiz",
    title: "Quiz",
    minutes: 5,
    passMark: 60,
    attempts: null,
    feedback: "immediate",
    shuffleQuestions: false,
    shuffleOptions: false,
    forms: [],
    questions: [
      { id: "q-one", kind: "single-choice", points: 1, options: ["a", "b", "c"], right: ["a"] },
      { id: "q-many", kind: "multiple-response", points: 2, options: ["a", "b", "c", "d"], right: ["a", "c"] },
      { id: "q-true", kind: "true-false", points: 1, options: ["true", "false"], right: ["false"] },
      {
        id: "q-word",
        kind: "short-answer",
        points: 1,
        length: 60,
        answers: [
          { id: "a", text: "Blended", correct: true },
          { id: "b", text: "blended learning", correct: true },
          { id: "c", text: "distance", correct: false },
        ],
      },
    ],
    ...changes,
  };
}

// Questions of the kinds that sampleQuiz lacks, with ids, lists and texts that are awkward to store and to tell.
export function newKinds(prefix = "n", changes = {}) {
  const typed = (text, more = {}) => ({ answers: [{ id: "a", text, correct: true }, { id: "b", text: "x y", correct: false }], length: 24, ...more });
  const targets = ["alpha-beta", "b", "c", "spare-one"];
  return [
    { kind: "numerical", points: 2, answers: [{ id: "a", low: "12.25", high: "12.75", correct: true }, { id: "b", low: "125", high: "125", correct: false }], unit: "mm", length: 24 },
    { kind: "numerical", points: 2, answers: [{ id: "a", low: "-1234567.5", high: "-1234567.5", correct: true }], length: 24 },
    { kind: "matching", points: 2, credit: "partial", parts: ["one", "two-2", "three"].map((id, nth) => ({ id, options: targets, right: [targets[nth]] })) },
    { kind: "sorting", points: 2, parts: ["i", "j", "k", "l"].map((id, nth) => ({ id, options: ["warm", "cold-1"], right: [nth % 2 ? "warm" : "cold-1"] })) },
    { kind: "ordering", points: 2, credit: "partial", options: ["s3", "s-1", "s2", "s4"], right: ["s-1", "s2", "s3", "s4"] },
    {
      kind: "cloze",
      points: 2,
      credit: "partial",
      parts: [
        { id: "g1", options: ["a", "b"], right: ["a", "b"] },
        { id: "g-2", ...typed("Disc, or so", { case: "counts" }) },
        { id: "g3", ...typed("br*ke", { wildcards: true, accents: "ignored", spacing: "ignored" }) },
      ],
    },
    { kind: "short-answer", points: 2, ...typed("a,b~;c_d", { accents: "ignored" }) },
    { kind: "essay", points: 0, length: 1500 },
    { kind: "rating-scale", points: 0, options: ["l-1", "l2", "l3", "l4", "l5"] },
  ].map((question, nth) => ({ id: `${prefix}-${question.kind}-${nth}`, outcomes: ["lo-1", "lo-2"], ...question, ...changes }));
}

export function withQuiz(changes, outlineChanges = {}) {
  const outline = sampleOutline(outlineChanges);
  outline.units[0].activities[1] = sampleQuiz(changes);
  return marked(outline);
}

// A case: first a way round that may be taken as often as one likes, then two decisions with points; the best is 5, the worst 0.
export function sampleCase(changes = {}) {
  const to = (id, next, points = 0, more = {}) => ({ id, to: next, points, when: [], change: [], ...more });
  return {
    id: "u02-case",
    kind: "case",
    title: "Case",
    minutes: 10,
    start: "phone",
    variables: [{ id: "asked", start: 0, low: 0, high: 2 }],
    scenes: [
      { id: "phone", ending: false, choices: [to("ask", "yard", 0, { change: [{ variable: "asked", by: 1 }] }), to("go", "bench")] },
      { id: "yard", ending: false, choices: [to("back", "phone"), to("on", "bench")] },
      {
        id: "bench",
        ending: false,
        choices: [to("gauge", "talk", 3), to("guess", "talk", 0), to("tutor", "good", 5, { when: [{ variable: "asked", atLeast: 2 }] })],
      },
      { id: "talk", ending: false, choices: [to("tell", "good", 2), to("hide", "bad", 0, { change: [{ variable: "asked", to: 0 }] })] },
      { id: "good", ending: true, choices: [] },
      { id: "bad", ending: true, choices: [] },
    ],
    best: 5,
    longest: 8,
    ...changes,
  };
}

export function sampleGrid(changes = {}) {
  return {
    id: "u02-grid",
    kind: "grid",
    title: "Grid",
    minutes: 10,
    levels: 4,
    indicators: [{ id: "a1" }, { id: "a2" }, { id: "b1" }],
    reference: { a1: 2, a2: 0, b1: 4 },
    ...changes,
  };
}

// Every kind of activity and every way of a quiz.
export function richOutline(changes = {}) {
  const ids = (quiz, prefix) => ({ ...quiz, questions: quiz.questions.map((question) => ({ ...question, id: `${prefix}-${question.id}` })) });
  const even = (quiz) => ({ ...quiz, questions: quiz.questions.map((question) => ({ ...question, points: 2, ...(question.kind === "multiple-response" && { credit: "partial" }) })) });
  const outline = sampleOutline(changes);
  const drawn = even(ids(sampleQuiz({ id: "u02-drawn", shuffleQuestions: true, shuffleOptions: true, attempts: 3 }), "d"));
  drawn.groups = groupsOf(drawn.questions, 2);
  const late = ids(sampleQuiz({ id: "u02-late", feedback: "deferred" }), "l");
  const forms = even(ids(sampleQuiz({ id: "u02-forms", feedback: "deferred" }), "f"));
  forms.forms = [["f-q-one", "f-q-many"], ["f-q-true", "f-q-word"]];
  const kinds = sampleQuiz({ id: "u02-kinds", shuffleOptions: true, questions: newKinds("k") });
  const kept = sampleQuiz({ id: "u02-kept", feedback: "deferred", questions: newKinds("m") });
  const survey = sampleQuiz({ id: "u02-survey", questions: newKinds("v").slice(-2) });
  const some = newKinds("g").slice(0, -2);
  const banks = sampleQuiz({ id: "u02-banks", shuffleQuestions: true, questions: some, groups: [...groupsOf(some.slice(0, 3), 1), ...groupsOf(some.slice(3), 3)] });
  const { activities } = outline.units[0];
  outline.units = [
    { ...outline.units[0], activities },
    { id: "u02", title: "Unit 2", minutes: 40, content: "content/u02.js", activities: [drawn, late, forms, kinds, kept, survey, banks, sampleCase(), sampleGrid()] },
  ];
  return marked(outline);
}

// A draw from some questions.
export function groupsOf(questions, draw) {
  return [{ draw, questions: questions.map(({ id }) => id) }];
}

// Something a learner could do now, by chance: an event.
export function anything(outline, attempt, roll) {
  const activities = activitiesOf(outline);
  const activity = activities[roll(activities.length)];
  if (activity.kind === "quiz" && roll(6)) return inQuiz(activity, attempt, roll);
  if (activity.kind === "case" && roll(6)) {
    const { run, best, complete } = assessCase(activity, attempt);
    if (run.ended || !roll(12)) return restarted(activity.id, best, complete);
    const choices = offered(run.scene, run.variables);
    return decided(activity.id, run.scene.id, choices[roll(choices.length)].id);
  }
  if (activity.kind === "grid" && roll(6)) {
    const indicator = activity.indicators[roll(activity.indicators.length)].id;
    const what = roll(8);
    if (what < 4) return rated(activity.id, indicator, [null, 0, 1, 2, 3, 4][roll(6)]);
    if (what < 6) return evidenced(activity.id, indicator, TEXTS[roll(TEXTS.length)]);
    return what === 6 && assessGrid(activity, attempt).finished ? profiled(activity.id) : kept(activity.id);
  }
  return opened(activity.id);
}

const NUMBERS = ["12.5", "12,75 mm", "\u22121234567,5", "+.5", "125", "about 12", "1e5", "0.00000001"];
const TEXTS = ["", "pads", "brake_pads ~ or so", '"\\{}\u2028 é\'', "😀 b", "Blended", "learners measure, decide and explain", "Disc, or so", "br\u00e8ke", "a,b~;c_d", "~,~;,"];

function inQuiz(quiz, attempt, roll) {
  const record = recordOf(attempt, quiz.id);
  if (isDrawn(quiz) && !record.seed) return begun(quiz.id, 1 + roll(0xfffffe));
  const result = assessQuiz(quiz, attempt);
  if (result.finished) return result.left ? retried(quiz.id, result.best, result.complete) : opened(quiz.id);
  const question = result.list[roll(result.list.length)];
  const response = anyResponse(question, roll, quiz.feedback === "immediate");
  if (quiz.feedback === "deferred") return roll(5) ? chosen(quiz.id, question.id, response) : handed(quiz.id);
  return response.length ? answered(quiz.id, question.id, response) : opened(quiz.id);
}

// A response to a question, by chance: a whole one, or perhaps with parts left out or empty.
export function anyResponse(question, roll, whole = false) {
  const typed = (length) => typedText(TEXTS[1 + roll(TEXTS.length - 1)], length);
  if (question.kind === "numerical") return [NUMBERS[roll(NUMBERS.length)]];
  if (question.kind === "essay") return [`${TEXTS[1 + roll(TEXTS.length - 1)]}\n${"…".repeat(roll(40))}`];
  if (question.answers) return [typed(question.length)];
  if (question.kind === "ordering") return question.options.map((id) => [roll(9999), id]).sort(([one], [other]) => one - other).map(([, id]) => id);
  if (question.parts) {
    const filled = question.parts.filter(() => whole || roll(3));
    return filled.map((part) => `${part.id}.${part.answers ? typed(part.length) : part.options[roll(part.options.length)]}`);
  }
  const ticked = question.options.filter(() => roll(2)).slice(0, question.kind === "multiple-response" ? 9 : 1);
  return ticked.length || !whole ? ticked : [question.options[roll(question.options.length)]];
}

// An attempt after some chance events, and all attempts on the way to it.
export function wander(outline, roll, steps, from = newAttempt()) {
  const way = [from];
  for (let step = 0; step < steps; step += 1) way.push(happen(way.at(-1), anything(outline, way.at(-1), roll)));
  return way;
}

export const RIGHT = { "q-one": ["a"], "q-many": ["c", "a"], "q-true": ["false"], "q-word": [" blended  LEARNING "] };

// Numbers that look random and are the same in every run.
export function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}
