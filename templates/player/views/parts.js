// Questions of several parts: pairs to match, things to sort, gaps to fill. Each part has a list, a field or buttons to choose
// with. Once settled, what was chosen stands there as words: a list that is locked cuts long ones off, and is hard to read.

import { answerFor, fillings, partsRight } from "../policy.js";
import { typedText } from "../storage.js";
import { make } from "./dom.js";
import { markPart } from "./marks.js";

const LONG = 25; // characters that a list has room for on a small phone

const elementOf = (form, part) => form.querySelector(`[data-part="${part.id}"]`);

// What has the part's answer: the list, the field, or the button that is chosen, if one is.
const controlOf = (element) => element.querySelector("select, input:not([type=radio]), input:checked");

function answerIn(form, part) {
  const control = controlOf(elementOf(form, part));
  const value = control ? control.value : "";
  return part.answers ? typedText(value, part.length) : value;
}

// A list on a phone cuts long words off: what was chosen stands below it, too.
function showChosen(form) {
  form.querySelectorAll("select").forEach((list) => {
    const words = wordsOf(list);
    list.parentElement.dataset.chosen = words.length > LONG ? words : "";
  });
}

export const PARTS = {
  arrange({ question, form }) {
    for (const part of question.parts) if (part.answers) controlOf(elementOf(form, part)).maxLength = part.length;
    form.addEventListener("change", () => showChosen(form));
  },
  read(question, form) {
    return question.parts.filter((part) => answerIn(form, part)).map((part) => `${part.id}.${answerIn(form, part)}`);
  },
  fill(question, form, response) {
    const answers = fillings(response);
    for (const part of question.parts) {
      const answer = answers.get(part.id) || "";
      elementOf(form, part).querySelectorAll("select, input").forEach((control) => {
        if (control.type === "radio") control.checked = control.value === answer;
        else control.value = answer;
      });
    }
    showChosen(form);
  },
  open(question, form) {
    return question.parts.filter((part) => !answerIn(form, part)).map((part) => elementOf(form, part).dataset.name);
  },
  mark({ doc, message, question, form, response }) {
    const right = new Map(partsRight(question, response));
    question.parts.forEach((part) => {
      const element = elementOf(form, part);
      const answer = answerIn(form, part);
      if (answer) element.append(make(doc, "span", { class: "cg-given" }, wordsOf(controlOf(element))));
      markPart({ doc, message, element, right: answer ? right.get(part.id) : null });
    });
  },
  // Ids of what was picked or typed, each with that of its part.
  told(question, response) {
    const answers = fillings(response);
    return question.parts.map((part) => {
      const answer = answers.get(part.id) || "";
      const known = part.answers ? answerFor(part, answer) : { id: answer };
      return known ? `${part.id}.${known.id}` : "";
    });
  },
};

function wordsOf(control) {
  if (control.options) return control.selectedOptions[0].text;
  return control.type === "radio" ? control.closest("label").textContent : control.value;
}
