// What has changed in the course since the learner's last visit, in words.

import { routeTo } from "../routes.js";
import { make } from "./dom.js";

// Paragraphs and lists, or null when nothing has changed.
export function changesNote(doc, changes, message) {
  const linked = (key, activities) => {
    if (!activities.length) return [];
    const links = activities.map((activity) => make(doc, "li", {}, make(doc, "a", { href: routeTo(activity.id) }, activity.title)));
    return [make(doc, "p", {}, message(key, { count: activities.length })), make(doc, "ul", {}, ...links)];
  };
  const parts = [
    ...linked("changes.added", changes.added),
    ...linked("changes.reworded", changes.reworded),
    ...linked("changes.answers", [...new Set([...changes.answers, ...changes.cases])]),
    ...(changes.removed ? [make(doc, "p", {}, message("changes.removed", { count: changes.removed }))] : []),
  ];
  return parts.length ? [make(doc, "p", { class: "cg-lead" }, message("changes.title")), ...parts] : null;
}
