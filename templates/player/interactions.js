// What teachers and researchers get to see of single answers and decisions: interactions, in a form that knows no LMS. The
// dialects (scorm12.js, scorm2004.js) put them into words.
//
// { id, type: as in SCORM 2004, response: [...], patterns: [[...], ...] (each a right response; of a number the lowest and the
//   highest), result: "correct" | "wrong" | "neutral" | a number (the points, where they are a part of all), weighting (all
//   points; none where nothing is scored), most (characters of a long text, where an LMS client sends it again and again),
//   objectives (ids of outcomes, if any), seconds, date, description (optional) }

import { numberIn, pointsFor } from "./policy.js";

const LONGEST = 255; // of a text that every LMS takes

const TYPES = {
  "single-choice": "choice",
  "multiple-response": "choice",
  "short-answer": "fill-in",
  numerical: "numeric",
  sorting: "matching",
  ordering: "sequencing",
  cloze: "fill-in",
  essay: "long-fill-in",
  "rating-scale": "likert",
}; // the others have their own name
const NUMBER = /^-?\d{1,5}(\.\d{1,7})?$/; // Moodle takes five digits before the point, the standard ten in all

function resultOf(points, all) {
  if (points >= all) return "correct";
  return points > 0 ? points : "wrong";
}

// Right responses. Of a question in parts there is one, though a gap may have more than one right filling.
function patternsOf({ points, parts, ...question }) {
  const accepted = ({ answers, right }) => (answers ? answers.filter((answer) => answer.correct).map((answer) => answer.text) : right);
  if (!points) return [];
  if (parts) return [parts.map((part) => `${part.id}.${accepted(part)[0]}`)];
  return question.answers ? accepted(question).map((text) => [text]) : [accepted(question)];
}

// A number and the ranges it may be in; what was typed alone if one of these is none that every LMS takes.
function numeric({ answers, unit }, response) {
  const plain = (number) => String(Number(number || NaN));
  const given = response.map((typed) => plain(numberIn(typed, unit)));
  const patterns = answers.filter((answer) => answer.correct).map(({ low, high }) => [plain(low), plain(high)]);
  const isPlain = [given, ...patterns].flat().every((number) => NUMBER.test(number));
  return isPlain ? { response: given, patterns } : { type: "fill-in", patterns: [] };
}

// A checked or handed-in answer. An empty response is a question that was left out.
export function quizInteraction(quiz, question, response, seconds, date) {
  const { id, kind, points, outcomes, options, told } = question;
  const what = { id, type: TYPES[kind] || kind, response: [...response], patterns: patternsOf(question), result: "neutral", seconds, date };
  if (kind === "numerical") Object.assign(what, numeric(question, response));
  // SCORM 1.2 takes one character for a level of a scale.
  if (kind === "rating-scale") what.response = response.map((level) => (options.indexOf(level) + 1).toString(36));
  if (told) what.most = told;
  if (outcomes) what.objectives = outcomes;
  if (points) Object.assign(what, { result: resultOf(pointsFor(question, response), points), weighting: points });
  return what;
}

// A decision. `scene` is { id, choices }, its choices those that were offered; `choice` is one of them. From the second run on
// the description says which run it was.
export function caseInteraction(activity, scene, choice, runs, seconds, date) {
  const what = { id: `${activity.id}--${scene.id}`, type: "choice", response: [choice.id], patterns: [], result: "neutral", seconds, date };
  const best = Math.max(0, ...scene.choices.map((one) => one.points));
  if (best > 0) {
    const patterns = scene.choices.filter((one) => one.points === best).map((one) => [one.id]);
    Object.assign(what, { patterns, result: resultOf(choice.points, best), weighting: best });
  }
  if (runs > 1) what.description = `${activity.title} (${runs})`;
  return what;
}

// The ratings of a grid in one interaction, and one for each evidence text that the LMS's suspend_data has no room for.
export function gridInteractions(activity, record, notStored, seconds, date) {
  const told = (id, text) => ({ id, type: "fill-in", response: [text], patterns: [], result: "neutral", seconds, date });
  const evidence = notStored
    .filter((id) => record.evidence.get(id))
    .map((id) => told(`${activity.id}--${id}`, record.evidence.get(id)));
  const level = ({ id }) => (record.levels.has(id) ? record.levels.get(id) : "-");
  let ratings = activity.indicators.map((indicator) => `${indicator.id}=${level(indicator)}`).join(" ");
  if (ratings.length > LONGEST) ratings = activity.indicators.map(level).join(" "); // in the order of the grid
  return [told(activity.id, ratings), ...evidence];
}
