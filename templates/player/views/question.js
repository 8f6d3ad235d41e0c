// One question's form: its number and the order of what is in it, what is ticked, typed or arranged, help on request, and what is
// shown once it is settled. How a kind is read, filled and marked lies with its shape: options, one field, parts, or an order.

import { answerFor, creditOf, pointsFor } from "../policy.js";
import { typedText } from "../storage.js";
import { focusOn } from "./dom.js";
import { ORDER } from "./order.js";
import { PARTS } from "./parts.js";
import { markOf, reorder } from "./marks.js";

function inputsOf(form) {
  return Array.from(form.querySelectorAll("input"));
}

const OPTIONS = {
  arrange({ form, options }) {
    const labels = inputsOf(form).map((input) => input.closest("label"));
    reorder(labels, (label) => label.querySelector("input").value, options);
    reorder(Array.from(form.querySelectorAll(".cg-result [data-option]")), (part) => part.dataset.option, options);
  },
  read(question, form) {
    const ticked = new Set(inputsOf(form).filter((input) => input.checked).map((input) => input.value));
    return question.options.filter((id) => ticked.has(id)); // in the source's order, however they are shown
  },
  fill(question, form, response) {
    inputsOf(form).forEach((input) => (input.checked = response.includes(input.value)));
  },
  mark({ doc, message, question, form }) {
    const scored = Boolean(question.right);
    for (const input of inputsOf(form)) {
      input.disabled = true;
      const right = scored ? question.right.includes(input.value) : input.checked; // an opinion is never wrong
      const label = input.closest("label");
      label.classList.toggle("cg-chosen", input.checked);
      label.classList.toggle("cg-key", right);
      const words = input.checked ? (right ? "option.chosen.right" : "option.chosen.wrong") : right ? "option.right" : "";
      if (words) label.append(markOf(doc, right ? "right" : "wrong", message(scored ? words : "option.chosen")));
    }
  },
  told: (question, response) => response,
};

const fieldOf = (form) => form.querySelector("input, textarea");

const FIELD = {
  // An essay that is too long is not cut off: what has been pasted would be lost, and nobody would see it.
  arrange({ message, question, form }) {
    if (question.answers) fieldOf(form).maxLength = question.length;
    else form.querySelector(".cg-limit").textContent = message("essay.limit", { count: question.length });
  },
  read(question, form) {
    const { value } = fieldOf(form);
    const typed = question.answers ? typedText(value, question.length) : value.trim();
    return typed ? [typed] : [];
  },
  fill(question, form, response) {
    fieldOf(form).value = response[0] || "";
  },
  mark({ form }) {
    fieldOf(form).readOnly = true;
  },
  told(question, response) {
    const answer = question.answers && response.length ? answerFor(question, response[0]) : null;
    return answer ? [answer.id] : [];
  },
};

// What reads a response from the form of a question and fills one in.
export function shapeOf(question) {
  if (question.kind === "ordering") return ORDER;
  if (question.parts) return PARTS;
  return question.options ? OPTIONS : FIELD;
}

// `heading` is "Question 2 of 5"; `options` the ids of the options in the order shown.
export function arrangeQuestion({ message, question, form, heading, options }) {
  form.querySelector(".cg-question-title").textContent = heading;
  shapeOf(question).arrange({ message, question, form, options });
  bindHelp(form, message);
}

// One help after the other. Each gets the focus, so that it is read out and the way goes on from there.
function bindHelp(form, message) {
  const helps = Array.from(form.querySelectorAll(".cg-help"));
  const button = form.querySelector(".cg-helps > button");
  if (!button) return;
  button.addEventListener("click", () => {
    const [next, ...rest] = helps.filter((help) => help.hidden);
    next.hidden = false;
    button.hidden = !rest.length;
    button.textContent = message("help.next", { number: helps.length - rest.length + 1, count: helps.length });
    focusOn(next);
  });
}

// Settles a question: the answer can no longer be changed, and all there is to say about it is shown. An empty response is a
// question that was handed in without an answer.
export function lockQuestion({ doc, message, question, form, response }) {
  const shape = shapeOf(question);
  const credit = response.length ? creditOf(question, response) : 0;
  form.classList.add("cg-checked");
  form.querySelectorAll(".cg-check, .cg-helps > button").forEach((part) => (part.hidden = true));
  shape.fill(question, form, response);
  shape.mark({ doc, message, question, form, response });

  const [name, drawing, words] = verdictOf(message, question, response, credit);
  const verdict = form.querySelector(".cg-verdict");
  verdict.classList.add(`cg-is-${name}`);
  verdict.append(...markOf(doc, drawing, words).children);

  const told = new Set(shape.told(question, response));
  form.querySelectorAll(".cg-result [data-option]").forEach((part) => (part.hidden = !told.has(part.dataset.option)));
  form.querySelectorAll(".cg-result [data-if]").forEach((part) => (part.hidden = !part.dataset.if.includes(name)));
  form.querySelector(".cg-result").hidden = false;
}

// [class, drawing, words]; half a circle for a part of the points, an empty one for no answer.
function verdictOf(message, question, response, credit) {
  if (!response.length) return ["open", "todo", message("question.unanswered")];
  if (!question.points) return ["right", "done", message(question.options ? "question.thanks" : "question.saved")];
  if (credit === 1) return ["right", "right", message("question.right")];
  if (credit === 0) return ["wrong", "wrong", message("question.wrong")];
  return ["partly", "begun", message("question.partly", { points: pointsFor(question, response), count: question.points })];
}
