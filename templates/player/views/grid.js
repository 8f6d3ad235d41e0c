// Brings an analysis grid to life: a level and one line of evidence for each indicator, and the profile. Everything shown follows
// from the record, and nothing is added up. The reference is shown only when all is rated: before, it would lead the learner.

import { evidenced, gridRecordOf, kept, profiled, rated } from "../attempt.js";
import { gridInteractions } from "../interactions.js";
import { assessGrid } from "../policy.js";
import { notStored } from "../storage.js";
import { focusOn } from "./dom.js";
import { profileChart, profileRows, saveProfile } from "./profile.js";

const EVIDENCE_PAUSE = 1000; // milliseconds after the last key until a line of evidence is kept

export function bindGrid({ doc, root, activity, outline, message, clock, attempt, act }) {
  const win = doc.defaultView;
  const part = (name) => root.querySelector(`.cg-grid-${name}`);
  const fields = new Map(Array.from(root.querySelectorAll("[data-indicator]"), (field) => [field.dataset.indicator, field]));
  const scale = Array.from(fields.values().next().value.querySelectorAll(".cg-grid-level"), (level) => level.textContent.replace(/^\d+ /, ""));
  const dimensions = Array.from(root.querySelectorAll(".cg-grid-dimension"), (section) => ({
    title: section.querySelector("h3").textContent,
    indicators: Array.from(section.querySelectorAll("[data-indicator]"), (field) => ({
      id: field.dataset.indicator,
      title: field.querySelector("legend").textContent,
    })),
  }));
  const record = () => gridRecordOf(attempt(), activity.id);
  const typing = new Map(); // a timer for each line of evidence that is being written
  let open = record().shown;
  let told = ""; // what the LMS was told of the rating
  let since = clock.now(); // when the learner turned to the grid

  // The line of evidence of a field is kept as it stands.
  function keepEvidence(field) {
    const indicator = field.dataset.indicator;
    win.clearTimeout(typing.get(indicator));
    typing.delete(indicator);
    act(evidenced(activity.id, indicator, field.querySelector("textarea").value.replace(/\s+/g, " ").trim()));
  }

  function keepAll() {
    for (const indicator of [...typing.keys()]) keepEvidence(fields.get(indicator));
  }

  function draw() {
    const now = record();
    const state = assessGrid(activity, attempt());
    const left = new Set(notStored(attempt(), outline).filter(([id]) => id === activity.id).map(([, indicator]) => indicator));
    for (const [indicator, field] of fields) {
      field.querySelectorAll("input").forEach((input) => (input.checked = now.levels.get(indicator) === Number(input.value)));
      const area = field.querySelector("textarea");
      if (!typing.has(indicator) && doc.activeElement !== area) area.value = now.evidence.get(indicator) || "";
      field.querySelector(".cg-grid-here").hidden = !left.has(indicator);
    }
    const words = message("grid.rated", { rated: state.rated, of: state.of });
    if (part("rated").textContent !== words) part("rated").textContent = words; // a live region speaks each time it is touched
    part("open").hidden = state.finished;
    part("keep").hidden = !state.finished;
    part("profile").hidden = !open;
    root.firstElementChild.classList.toggle("cg-grid-shown", open);
    if (open) drawProfile(now, state);
  }

  function drawProfile(now, state) {
    const reference = activity.reference ? part("reference") : null;
    const series = [{ name: "mine", label: message("grid.mine"), levels: now.levels }];
    if (reference && state.finished) {
      series.push({ name: "reference", label: message("grid.reference"), levels: new Map(Object.entries(activity.reference)) });
    }
    if (now.earlier.size) series.push({ name: "earlier", label: message("grid.earlier"), levels: now.earlier });
    part("compare").textContent = reference
      ? message(state.finished ? "grid.compare" : "grid.later", { title: reference.dataset.title, of: state.of })
      : "";
    const reasonOf = (id) => {
      const reason = Array.from(reference.children).find((one) => one.dataset.reason === id);
      if (!reason) return [];
      const alone = reason.children.length === 1 && reason.firstElementChild.localName === "p"; // a cell needs no paragraph around it
      return (alone ? reason.firstElementChild : reason).cloneNode(true).childNodes;
    };
    const given = { doc, message, dimensions, scale, series, reasonOf, evidenceOf: (id) => now.evidence.get(id) || "" };
    part("chart").replaceChildren(...profileChart(given));
    const { head, body } = profileRows(given);
    part("table").tHead.replaceChildren(head);
    part("table").tBodies[0].replaceChildren(...body);
  }

  // The LMS is told once of each rating that was finished and looked at.
  function report() {
    const now = record();
    const words = JSON.stringify([[...now.levels], [...now.evidence]]);
    if (!assessGrid(activity, attempt()).finished || words === told) return;
    told = words;
    const left = notStored(attempt(), outline).filter(([id]) => id === activity.id).map(([, indicator]) => indicator);
    act(profiled(activity.id), gridInteractions(activity, now, left, (clock.now() - since) / 1000, clock.date()));
    since = clock.now();
  }

  function askAgain(asking) {
    part("again").hidden = !asking;
    part("keep").setAttribute("aria-expanded", String(asking));
    focusOn(part(asking ? "again" : "keep"));
  }

  const on = (name, action) => part(name).addEventListener("click", action);
  on("show", () => {
    keepAll();
    open = true;
    report();
    draw();
    const heading = part("profile").querySelector("h2");
    focusOn(heading);
    heading.scrollIntoView({ block: "start" });
  });
  on("open", () => {
    const [, field] = [...fields].find(([indicator]) => !record().levels.has(indicator));
    field.querySelector("input").focus();
    field.scrollIntoView({ block: "center" });
  });
  on("save", () => {
    keepAll();
    draw();
    const rating = message("grid.rated", assessGrid(activity, attempt()));
    const lines = [`${outline.course}, ${clock.date().toISOString().slice(0, 10)}, ${rating}`, part("compare").textContent].filter(Boolean);
    saveProfile({ doc, name: activity.id, title: activity.title, lines, table: part("table") });
  });
  on("print", () => win.print());
  on("keep", () => askAgain(part("again").hidden));
  on("no", () => askAgain(false));
  on("yes", () => {
    keepAll();
    askAgain(false);
    act(kept(activity.id));
    open = false;
    told = "";
    draw();
    focusFirst();
  });

  root.addEventListener("change", ({ target }) => {
    const field = target.closest("[data-indicator]");
    if (!field) return;
    if (target.localName === "textarea") keepEvidence(field);
    else act(rated(activity.id, field.dataset.indicator, Number(target.value)));
    draw();
  });
  root.addEventListener("input", ({ target }) => {
    if (target.localName !== "textarea") return;
    const field = target.closest("[data-indicator]");
    const keep = () => {
      keepEvidence(field);
      draw();
    };
    win.clearTimeout(typing.get(field.dataset.indicator));
    typing.set(field.dataset.indicator, win.setTimeout(keep, EVIDENCE_PAUSE));
  });
  function focusFirst() {
    const title = part("title");
    focusOn(title);
    title.scrollIntoView({ block: "start" });
  }

  draw();
  return {
    // The learner has come to the grid (again): time counts from now.
    shown() {
      since = clock.now();
    },
    focusFirst,
    // The page goes: what was just typed is kept before the session ends.
    leave: keepAll,
  };
}
