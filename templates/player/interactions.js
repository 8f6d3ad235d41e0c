// What teachers and researchers get to see of single answers and decisions: interactions, in a form that knows no LMS. The
// dialects (scorm12.js, scorm2004.js) put them into words.
//
// { id, type: "choice" | "true-false" | "fill-in", response: [...], patterns: [[...], ...] (each a right response),
//   result: "correct" | "wrong" | "neutral" | a number (the points, where they are a part of all), weighting (all points;
//   none where nothing is scored), seconds, date, description (optional) }

import { pointsFor } from "./policy.js";

const LONGEST = 255; // of a text that every LMS takes

const TYPES = {
  "single-choice": "choice",
  "multiple-response": "choice",
  "true-false": "true-false",
  "short-answer": "fill-in",
};

function resultOf(points, all) {
  if (points >= all) return "correct";
  return points > 0 ? points : "wrong";
}

// A checked or handed-in answer. An empty response is a question that was left out.
export function quizInteraction(quiz, question, response, seconds, date) {
  const patterns =
    question.kind === "short-answer"
      ? question.answers.filter((answer) => answer.correct).map((answer) => [answer.text])
      : [[...question.right]];
  const result = resultOf(pointsFor(question, response), question.points);
  const what = { id: question.id, type: TYPES[question.kind], response: [...response], patterns };
  return { ...what, result, weighting: question.points, seconds, date };
}

// A decision. `scene` is { id, choices }, its choices those that were offered; `choice` is one of them. From the second run on
// the description says which run it was.
export function caseInteraction(activity, scene, choice, runs, seconds, date) {
  const what = { id: `${activity.id}--${scene.id}`, type: "choice", response: [choice.id], patterns: [] };
  const interaction = { ...what, result: "neutral", seconds, date };
  const best = Math.max(0, ...scene.choices.map((one) => one.points));
  if (best > 0) {
    interaction.patterns = scene.choices.filter((one) => one.points === best).map((one) => [one.id]);
    interaction.result = resultOf(choice.points, best);
    interaction.weighting = best;
  }
  if (runs > 1) interaction.description = `${activity.title} (${runs})`;
  return interaction;
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
