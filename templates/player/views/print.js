// Prints a whole unit: what its learners read, in order, in a container that only paper sees.

import { renderActivity } from "./activity.js";
import { make } from "./dom.js";

// Answers and what is done by hand on a screen have no place on paper.
const NOT_PRINTED = "[hidden], button, .cg-result, .cg-hint, .cg-hand, .cg-summary";

// `textOf(unit, activityId)` gives an activity's HTML.
export async function printUnit({ doc, win, unit, textOf, message }) {
  const sections = [];
  for (const activity of unit.activities) {
    const root = renderActivity(doc, await textOf(unit, activity.id), message);
    const plain = root.querySelector(".cg-linear"); // what is gone through step by step, as one text
    if (plain) {
      plain.hidden = false;
      root.replaceChildren(plain);
    }
    root.querySelectorAll("select").forEach((list) => {
      list.replaceWith(`[${Array.from(list.options, (one) => one.text).slice(1).join(" / ")}]`); // without "Choose…"
    });
    root.querySelectorAll(NOT_PRINTED).forEach((part) => part.remove());
    root.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    root.querySelectorAll("details").forEach((part) => part.setAttribute("open", ""));
    sections.push(make(doc, "section", {}, make(doc, "h1", {}, activity.title), root));
  }
  const paper = make(doc, "div", { class: "cg-paper cg-main" }, make(doc, "p", { class: "cg-unit-name" }, unit.title), ...sections);
  clearPaper(doc);
  doc.body.append(paper);
  doc.documentElement.classList.add("cg-printing");
  const pictures = Array.from(paper.querySelectorAll("img"), (image) => {
    image.loading = "eager";
    return image.decode().catch(() => {}); // a picture that is not there must not keep the words from paper
  });
  await Promise.all(pictures);
  win.addEventListener("afterprint", () => clearPaper(doc), { once: true });
  win.print();
}

function clearPaper(doc) {
  doc.querySelectorAll(".cg-paper").forEach((paper) => paper.remove());
  doc.documentElement.classList.remove("cg-printing");
}

// A button that prints; `unit()` is the unit to print, `failed()` is called when it cannot be loaded.
export function printButton({ doc, win, unit, textOf, message, failed }) {
  const button = make(doc, "button", { type: "button", class: "cg-quiet" }, message("print.unit"));
  button.addEventListener("click", () => printUnit({ doc, win, unit: unit(), textOf, message }).catch(failed));
  return button;
}
