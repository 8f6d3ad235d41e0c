// Marks at what is right or wrong, and things brought into an order: what the shapes of questions share.

import { icon, make } from "./dom.js";

// A drawing and words: no mark is made of a colour alone.
export function markOf(doc, drawing, words) {
  return make(doc, "span", { class: "cg-mark" }, icon(doc, drawing), make(doc, "span", {}, words));
}

// At a part, in place of what it was answered with: right, not right, or (`right` is null) not answered.
export function markPart({ doc, message, element, right }) {
  element.querySelector(".cg-control").hidden = true;
  element.classList.add(right ? "cg-key" : "cg-chosen");
  const verdict = right ? "right" : "wrong";
  const [drawing, words] = right === null ? ["todo", "question.unanswered"] : [verdict, `question.${verdict}`];
  element.append(markOf(doc, drawing, message(words)));
}

// Brings elements into an order of ids, each into the place of another, so that what stands around them stays.
export function reorder(elements, idOf, ids) {
  const sorted = [...elements].sort((one, other) => ids.indexOf(idOf(one)) - ids.indexOf(idOf(other)));
  const places = elements.map((element) => {
    const place = new Comment();
    element.replaceWith(place);
    return place;
  });
  places.forEach((place, index) => place.replaceWith(sorted[index]));
}
