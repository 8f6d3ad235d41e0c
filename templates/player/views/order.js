// Things to put in order, each with two buttons. The neighbour moves, not the thing itself: so the focus stays where it is.

import { partsRight } from "../policy.js";
import { markPart, reorder } from "./marks.js";

const listOf = (form) => form.querySelector(".cg-order");
const stepsOf = (form) => Array.from(listOf(form).children);
const idOf = (step) => step.dataset.step;

function move({ message, form, button }) {
  const step = button.closest("li");
  const down = button.matches(".cg-down");
  const neighbour = down ? step.nextElementSibling : step.previousElementSibling;
  if (!neighbour) return;
  step[down ? "before" : "after"](neighbour);
  moved(form);
  const steps = stepsOf(form);
  const told = message("order.place", { ...step.dataset, number: steps.indexOf(step) + 1, count: steps.length });
  form.querySelector(".cg-place").textContent = told;
  step.dispatchEvent(new Event("change", { bubbles: true }));
}

// From now on the order is the learner's.
function moved(form) {
  listOf(form).dataset.moved = "";
  drawEnds(form);
}

// A button that leads nowhere says so, and can still have the focus.
function drawEnds(form) {
  form.querySelectorAll(".cg-move").forEach((button, index, all) => {
    button.setAttribute("aria-disabled", String(index === 0 || index === all.length - 1));
  });
}

export const ORDER = {
  arrange({ message, form, options }) {
    reorder(stepsOf(form), idOf, options);
    drawEnds(form);
    form.querySelectorAll(".cg-move").forEach((button) => button.addEventListener("click", () => move({ message, form, button })));
  },
  // An order that nobody has touched is an answer only to who asks to have it checked.
  read(question, form) {
    return "moved" in listOf(form).dataset || form.querySelector(".cg-check") ? stepsOf(form).map(idOf) : [];
  },
  fill(question, form, response) {
    if (!response.length) return;
    reorder(stepsOf(form), idOf, response);
    moved(form);
  },
  mark({ doc, message, question, form, response }) {
    const right = partsRight(question, response);
    stepsOf(form).forEach((step, index) => {
      markPart({ doc, message, element: step.firstElementChild, right: response.length ? right[index][1] : null });
    });
  },
  told: () => [],
};
