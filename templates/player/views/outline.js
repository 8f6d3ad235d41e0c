// The menu: every activity with its state. In a package of several units each unit is a disclosure.

import { activityState } from "../policy.js";
import { routeTo } from "../routes.js";
import { hiddenText, icon, make } from "./dom.js";

export function createOutlineView({ doc, nav, button, outline, message }) {
  const items = new Map();
  const groups = new Map();
  let openUnit = null;

  function itemOf(activity) {
    const state = make(doc, "span", { class: "cg-item-state" });
    const kind = message(`kind.${activity.kind}`);
    const detail = activity.minutes
      ? message("outline.detail", { kind, minutes: message("minutes", { count: activity.minutes }) })
      : kind;
    const link = make(
      doc,
      "a",
      { class: "cg-item", href: routeTo(activity.id) },
      state,
      make(
        doc,
        "span",
        { class: "cg-item-words" },
        make(doc, "span", { class: "cg-item-title" }, activity.title),
        hiddenText(doc, ", "),
        make(doc, "span", { class: "cg-item-detail" }, detail),
      ),
    );
    items.set(activity.id, { activity, link, state, shown: "" });
    return make(doc, "li", {}, link);
  }

  function listOf(unit) {
    return make(doc, "ol", { class: "cg-items" }, ...unit.activities.map(itemOf));
  }

  if (outline.units.length === 1) {
    nav.append(listOf(outline.units[0]));
  } else {
    for (const unit of outline.units) {
      const count = make(doc, "span", { class: "cg-item-detail" });
      const summary = make(doc, "summary", { class: "cg-unit" }, make(doc, "span", {}, unit.title), " ", count);
      const details = make(doc, "details", {}, summary, listOf(unit));
      groups.set(unit.id, { unit, details, count });
      nav.append(details);
    }
  }

  function isOpen() {
    return button.getAttribute("aria-expanded") === "true";
  }

  function setOpen(open) {
    button.setAttribute("aria-expanded", String(open));
    nav.classList.toggle("cg-open", open);
  }

  // Beside the text the list stays in view and may be longer than the window: it then scrolls by itself.
  let revealed = null;
  function reveal(activity) {
    const item = items.get(activity.id);
    if (item && nav.scrollHeight > nav.clientHeight) nav.scrollTop = item.link.offsetTop - nav.clientHeight / 3;
  }

  button.hidden = false;
  setOpen(false);
  button.addEventListener("click", () => setOpen(!isOpen()));
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a")) setOpen(false);
  });
  for (const part of [nav, button]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      setOpen(false);
      button.focus();
    });
  }

  return {
    update(attempt, current) {
      for (const item of items.values()) {
        const state = activityState(item.activity, attempt, outline);
        if (item.activity === current) item.link.setAttribute("aria-current", "page");
        else item.link.removeAttribute("aria-current");
        if (state === item.shown) continue;
        item.shown = state;
        item.state.replaceChildren(icon(doc, state), hiddenText(doc, message("outline.state", { state: message(`state.${state}`) })));
        item.link.dataset.state = state;
      }
      const unitOfCurrent = outline.units.find((unit) => unit.activities.includes(current));
      for (const { unit, details, count } of groups.values()) {
        const done = unit.activities.filter((activity) => activityState(activity, attempt, outline) === "done").length;
        count.textContent = message("progress", { done, of: unit.activities.length });
        // On the way into another unit the others close; within a unit they stay as the learner has left them.
        if (unitOfCurrent !== openUnit) details.open = unit === unitOfCurrent;
      }
      openUnit = unitOfCurrent;
      if (current !== revealed) reveal(current);
      revealed = current;
    },
  };
}
