// Learners who begin with one edition of a course and come back to others, by the player's own modules. Reads from standard input
// { pairs: [{ old: an outline, others: outlines }], number: of learners, seed }; writes, for each pair, what each learner had, and has
// in each of the other editions.
import { readFileSync } from "node:fs";
import { offered, runOf } from "../templates/player/branching.js";
import { activitiesOf, assess, assessCase, assessGrid, assessQuiz } from "../templates/player/policy.js";
import { newAttempt, newRating, newRecord, newRun } from "../templates/player/attempt.js";
import { decodeAttempt, encodeAttempt } from "../templates/player/storage.js";

const given = JSON.parse(readFileSync(0, "utf-8"));
let state = given.seed;
const random = () => {
  state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
  return (Math.imul(state ^ (state >>> 13), 0x297a2d39) >>> 0) / 2 ** 32;
};
const one = (list) => list[Math.floor(random() * list.length)];
const mixed = (list) => list.map((each) => [random(), each]).sort(([a], [b]) => a - b).map(([, each]) => each);

function typed(field) {
  const right = field.answers.find((each) => each.correct);
  return one([right.text ? right.text.replaceAll("*", "") : right.low, "something else", "22.55"]);
}

function response(question) {
  if (question.kind === "essay") return ["What I think"];
  if (question.answers) return [typed(question)];
  if (question.parts) {
    const isRight = random() < 0.5;
    return question.parts.map((part) => `${part.id}.${part.answers ? typed(part) : isRight ? part.right[0] : one(part.options)}`);
  }
  if (question.kind === "ordering") return random() < 0.4 ? question.right : mixed(question.options);
  if (random() < 0.4 && question.right) return question.right;
  return question.kind === "multiple-response" ? mixed(question.options).slice(0, 1 + Math.floor(random() * question.options.length)) : [one(question.options)];
}

function learner(outline) {
  const attempt = newAttempt();
  const zeal = one([0.3, 0.7, 1, 1]);
  for (const activity of activitiesOf(outline)) {
    if (random() > zeal + 0.2) continue;
    attempt.seen.add(activity.id);
    attempt.location = activity.id;
    if (activity.kind === "quiz") {
      const record = { ...newRecord(), seed: 1 + Math.floor(random() * 1e6), tries: one([1, 1, 2]) };
      if (record.tries > 1) [record.best, record.complete] = [Math.floor(random() * 1e6), true];
      for (const question of assessQuiz(activity, { quizzes: new Map([[activity.id, record]]) }).list) {
        if (random() <= zeal) record.answers.set(question.id, response(question));
      }
      record.handed = activity.feedback === "deferred" && random() < zeal;
      attempt.quizzes.set(activity.id, record);
    } else if (activity.kind === "case") {
      const record = newRun();
      for (let step = 0; step < 8 && random() <= zeal; step += 1) {
        const { scene, variables } = runOf(activity, record.path);
        const choices = offered(scene, variables);
        if (choices.length) record.path.push({ scene: scene.id, choice: one(choices).id });
      }
      attempt.cases.set(activity.id, record);
    } else if (activity.kind === "grid") {
      const record = newRating();
      for (const { id } of activity.indicators) if (random() <= zeal) record.levels.set(id, Math.floor(random() * (activity.levels + 1)));
      attempt.grids.set(activity.id, record);
    }
  }
  return attempt;
}

function told(outline, attempt) {
  const found = { score: assess(outline, attempt, null).score, seen: [...attempt.seen], quizzes: {}, cases: {}, grids: {} };
  const before = { finished: true, score: 80, status: "passed" };
  const { completed, score, passed } = assess(outline, attempt, before);
  found.finished = { completed, score, passed };
  for (const activity of activitiesOf(outline)) {
    const { id } = activity;
    if (attempt.quizzes.has(id)) {
      const { list, finished, complete, passed, left } = assessQuiz(activity, attempt);
      const answers = attempt.quizzes.get(id).answers;
      const counted = list.filter((question) => answers.has(question.id)).map((question) => [question.id, answers.get(question.id)]);
      found.quizzes[id] = { answers: Object.fromEntries(counted), finished, complete, passed, left: Number.isFinite(left) ? left : -1 };
    }
    if (attempt.cases.has(id)) found.cases[id] = { path: attempt.cases.get(id).path, complete: assessCase(activity, attempt).complete };
    if (attempt.grids.has(id)) found.grids[id] = { levels: Object.fromEntries(attempt.grids.get(id).levels), complete: assessGrid(activity, attempt).complete };
  }
  return found;
}

function visits({ old, others }) {
  return Array.from({ length: given.number }, () => {
    const stored = encodeAttempt(learner(old), old);
    const at = (outline) => told(outline, decodeAttempt(stored, outline).attempt);
    return { before: at(old), after: others.map(at) };
  });
}

process.stdout.write(JSON.stringify(given.pairs.map(visits)));
