// What stands around the activity: progress, whether it is saved, Back and Next, notices, and the end of the course.

import { completionParts, openActivities } from "../policy.js";
import { routeTo } from "../routes.js";
import { icon, make } from "./dom.js";

export function createStatusView({ doc, outline, message }) {
  const byId = (id) => doc.getElementById(id);
  const saved = byId("cg-saved");
  let uneasy = false;
  const completed = byId("cg-completed");
  const notice = byId("cg-notice");
  const end = byId("cg-end");
  const back = byId("cg-back");
  const next = byId("cg-next");

  function point(link, activity, key) {
    link.hidden = !activity;
    if (!activity) return;
    link.href = routeTo(activity.id);
    const unit = outline.units.find((one) => one.id === activity.id); // the page about a unit is called by the unit's name here
    link.querySelector(".cg-pager-title").textContent = message(key, { title: unit ? unit.title : activity.title });
  }

  // Text is only touched when it changes: a live region speaks each time it is.
  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function drawEnd(report, attempt) {
    const parts = [make(doc, "h2", {}, message("end.title"))];
    if (report.completed) {
      const failed = outline.status === "passed-failed" && !report.passed;
      const words = make(doc, "span", {}, message(failed ? "end.failed" : "end.completed"));
      parts.push(
        make(doc, "p", { class: "cg-verdict" }, icon(doc, failed ? "wrong" : "right"), words),
        make(doc, "p", {}, message("end.close")),
      );
    } else {
      const open = openActivities(outline, attempt);
      parts.push(
        make(doc, "p", {}, message("completion.lead")),
        make(doc, "ul", {}, ...completionParts(outline).map((key) => make(doc, "li", {}, message(key)))),
        make(doc, "p", {}, message("end.open", { count: open.length })),
        make(
          doc,
          "ul",
          {},
          ...open.map((activity) => make(doc, "li", {}, make(doc, "a", { href: routeTo(activity.id) }, activity.title))),
        ),
      );
    }
    if (report.score !== null) parts.push(make(doc, "p", {}, message("end.score", { percent: report.score })));
    end.replaceChildren(...parts);
  }

  return {
    // That all is well is there to be read, and not told at every answer; trouble is told, and its end.
    state(name) {
      const words = message(`saved.${name}`);
      say(saved, words);
      if (name === "saving") return;
      const calm = name === "saved" || name === "local";
      say(byId("cg-said"), calm && !uneasy ? "" : words);
      uneasy = !calm;
    },
    update({ report, attempt, previous, following, isLast }) {
      const words = message("progress", { done: report.done, of: report.of });
      byId("cg-progress-words").textContent = words;
      byId("cg-progress-bar").style.setProperty("--cg-share", report.of ? report.done / report.of : 0);
      say(completed, report.completed ? message("completed") : "");
      point(back, previous, "back.to");
      point(next, following, "next.to");
      end.hidden = !isLast;
      if (isLast) drawEnd(report, attempt);
    },
    // A calm message above the activity: a text, or elements; then buttons as [words, what they do].
    notice(text, ...buttons) {
      const row = make(doc, "p", { class: "cg-buttons" });
      buttons.forEach(([words, action], place) => {
        const button = make(doc, "button", { type: "button", class: place ? "cg-button cg-second" : "cg-button" }, words);
        button.addEventListener("click", action);
        row.append(button);
      });
      notice.replaceChildren(...(typeof text === "string" ? [make(doc, "p", {}, text)] : text), ...(buttons.length ? [row] : []));
    },
    clearNotice() {
      notice.replaceChildren();
    },
  };
}
