// One question's form: its number and the order of its options, what is ticked or typed, and what is shown once it is settled.

import { answerFor, creditOf, pointsFor } from "../policy.js";
import { typedText } from "../storage.js";
import { icon, make } from "./dom.js";

function inputsOf(form) {
  return Array.from(form.querySelectorAll("input"));
}

// Brings elements into an order of ids, each into the place of another, so that what stands around them stays.
function reorder(doc, elements, idOf, ids) {
  const sorted = [...elements].sort((one, other) => ids.indexOf(idOf(one)) - ids.indexOf(idOf(other)));
  const places = elements.map((element) => {
    const place = doc.createComment("");
    element.replaceWith(place);
    return place;
  });
  places.forEach((place, index) => place.replaceWith(sorted[index]));
}

// `heading` is "Question 2 of 5"; `options` the ids of the options in the order shown.
export function arrangeQuestion(doc, question, form, heading, options) {
  form.querySelector(".cg-question-title").textContent = heading;
  if (question.kind === "short-answer") {
    form.querySelector("input").maxLength = question.length;
    return;
  }
  const labels = inputsOf(form).map((input) => input.closest("label"));
  reorder(doc, labels, (label) => label.querySelector("input").value, options);
  reorder(doc, Array.from(form.querySelectorAll(".cg-result [data-option]")), (part) => part.dataset.option, options);
}

export function readResponse(question, form) {
  if (question.kind === "short-answer") {
    const typed = typedText(form.querySelector("input").value, question.length);
    return typed ? [typed] : [];
  }
  const ticked = new Set(inputsOf(form).filter((input) => input.checked).map((input) => input.value));
  return question.options.filter((id) => ticked.has(id)); // in the source's order, however they are shown
}

export function fillResponse(question, form, response) {
  if (question.kind === "short-answer") form.querySelector("input").value = response[0] || "";
  else inputsOf(form).forEach((input) => (input.checked = response.includes(input.value)));
}

// Settles a question: the answer can no longer be changed, and all there is to say about it is shown. An empty response is a
// question that was handed in without an answer.
export function lockQuestion({ doc, message, question, form, response }) {
  const credit = response.length ? creditOf(question, response) : 0;
  form.classList.add("cg-checked");
  form.querySelectorAll(".cg-check").forEach((button) => (button.hidden = true));
  fillResponse(question, form, response);
  if (question.kind === "short-answer") form.querySelector("input").readOnly = true;
  else markOptions({ doc, message, question, form });

  const [name, drawing, words] = verdictOf(message, question, response, credit);
  const verdict = form.querySelector(".cg-verdict");
  verdict.classList.add(`cg-is-${name}`);
  verdict.replaceChildren(icon(doc, drawing), make(doc, "span", {}, words));

  const answer = question.kind === "short-answer" && response.length ? answerFor(question, response[0]) : null;
  const told = new Set(answer ? [answer.id] : response);
  form.querySelectorAll(".cg-result [data-option]").forEach((part) => (part.hidden = !told.has(part.dataset.option)));
  const solution = form.querySelector(".cg-solution");
  solution.hidden = credit === 1;
  if (credit < 1) solution.replaceChildren(...solutionOf({ doc, message, question, form }));
  form.querySelector(".cg-result").hidden = false;
}

// [class, drawing, words]; half a circle for a part of the points, an empty one for no answer.
function verdictOf(message, question, response, credit) {
  if (!response.length) return ["open", "todo", message("question.unanswered")];
  if (credit === 1) return ["right", "right", message("question.right")];
  if (credit === 0) return ["wrong", "wrong", message("question.wrong")];
  return ["partly", "begun", message("question.partly", { points: pointsFor(question, response), count: question.points })];
}

function markOptions({ doc, message, question, form }) {
  for (const input of inputsOf(form)) {
    input.disabled = true;
    const right = question.right.includes(input.value);
    const label = input.closest("label");
    label.classList.toggle("cg-chosen", input.checked);
    label.classList.toggle("cg-key", right);
    const words = input.checked ? (right ? "option.chosen.right" : "option.chosen.wrong") : right ? "option.right" : "";
    if (!words) continue;
    label.append(make(doc, "span", { class: "cg-mark" }, icon(doc, right ? "right" : "wrong"), make(doc, "span", {}, message(words))));
  }
}

// "The right answer:" and a copy of the words of the right options, or the first accepted text.
function solutionOf({ doc, message, question, form }) {
  let words;
  if (question.kind === "short-answer") {
    const accepted = question.answers.find((answer) => answer.correct);
    words = [accepted ? accepted.text : ""];
  } else {
    const right = inputsOf(form).filter((input) => question.right.includes(input.value));
    words = right.map((input) => {
      const text = make(doc, "span", {}, ...input.closest("label").querySelector(".cg-option-text").cloneNode(true).childNodes);
      text.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
      return text;
    });
  }
  const lead = make(doc, "span", { class: "cg-lead" }, message("question.solution", { count: words.length }));
  if (words.length === 1) return [lead, " ", words[0]];
  return [lead, make(doc, "ul", {}, ...words.map((text) => make(doc, "li", {}, text)))];
}
