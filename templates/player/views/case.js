// Brings a case study to life. Its HTML is one text with all scenes; this shows the part of it that the learner has come to, and
// makes buttons of the choices. What is shown follows from the decisions in the record: after a return it is the same scene.

import { decided, restarted } from "../attempt.js";
import { offered } from "../branching.js";
import { caseInteraction } from "../interactions.js";
import { assessCase } from "../policy.js";
import { focusOn, make } from "./dom.js";

export function bindCase({ doc, root, activity, message, clock, attempt, act }) {
  const find = (selector) => root.querySelector(selector);
  const holder = find(".cg-case");
  const text = find(".cg-linear");
  const state = find(".cg-case-state");
  const points = find(".cg-case-points");
  const path = find(".cg-case-path");
  const sections = new Map(activity.scenes.map((scene) => [scene.id, bindScene(scene)]));
  let begun = false; // whether the learner has pressed Begin
  let told = null; // the decision whose consequence is on the screen
  let reading = false; // whether the case is shown as one text
  let since = clock.now();

  function bindScene(scene) {
    const section = find(`[data-scene="${scene.id}"]`);
    const choices = new Map(
      scene.choices.map(({ id }) => {
        const item = section.querySelector(`[data-choice="${id}"]`);
        const button = make(doc, "button", { type: "button", class: "cg-decide" });
        button.addEventListener("click", () => decide(id));
        return [id, { item, button, words: item.querySelector(".cg-case-choice"), consequence: item.querySelector(".cg-consequence") }];
      }),
    );
    return { section, choices, heading: section.querySelector("h2"), lead: section.querySelector(".cg-lead") };
  }

  // The words of a choice stand in its button, or in its place where nothing can be decided.
  function dress(choice, asButton) {
    const { words, button } = choice;
    if (asButton === (button.parentNode === words)) return;
    if (asButton) button.append(...words.childNodes);
    words.replaceChildren(...(asButton ? [button] : button.childNodes));
  }

  function decide(id) {
    const { run, runs } = assessCase(activity, attempt());
    const choices = offered(run.scene, run.variables);
    const choice = choices.find((one) => one.id === id);
    if (!choice) return;
    const seconds = (clock.now() - since) / 1000;
    since = clock.now();
    const scene = { id: run.scene.id, choices };
    act(decided(activity.id, scene.id, id), [caseInteraction(activity, scene, choice, runs, seconds, clock.date())]);
    const { consequence } = sections.get(scene.id).choices.get(id);
    told = consequence ? { scene: scene.id, choice: id } : null;
    draw();
    if (consequence) focusOn(consequence.querySelector("h3"));
    else toScene();
  }

  function draw() {
    const found = assessCase(activity, attempt());
    const { run } = found;
    const first = !reading && !begun && !told && !run.steps.length && found.runs === 1;
    const over = !reading && !told && run.ended;
    const at = told ? told.scene : run.scene.id;
    const seen = new Set(first ? [find(".cg-case-intro"), find(".cg-case-begin")] : [sections.get(at).section]);
    if (over) seen.add(find(".cg-debrief")).add(found.total ? points : null);
    for (const part of text.children) part.hidden = reading ? part.matches(".cg-in-play") : !seen.has(part);
    holder.classList.toggle("cg-playing", !reading);
    for (const { choices } of sections.values()) {
      for (const choice of choices.values()) {
        dress(choice, false);
        choice.item.hidden = false;
        if (choice.consequence) choice.consequence.hidden = false;
      }
    }
    state.hidden = reading || first || !state.children.length;
    if (!reading && !first) drawScene(sections.get(at), run);
    if (over) drawEnd(found);
    path.hidden = !over;
    const shown = { begins: first, on: !reading && told, again: over };
    for (const [name, on] of Object.entries(shown)) find(`.cg-case-${name}`).hidden = !on;
    find(".cg-buttons").hidden = !Object.values(shown).some(Boolean);
    find(".cg-case-tools").hidden = false;
    find(".cg-case-reads").textContent = message(reading ? "case.play" : "case.read");
  }

  function drawScene({ section, choices, lead }, run) {
    const open = new Set(told ? [told.choice] : offered(run.scene, run.variables).map((choice) => choice.id));
    for (const [id, choice] of choices) {
      choice.item.hidden = !open.has(id);
      dress(choice, !told);
      if (choice.consequence) choice.consequence.hidden = !told;
    }
    if (lead) lead.textContent = message(told ? "case.decided" : "case.decide");
    for (const item of state.children) {
      const { high } = activity.variables.find((variable) => variable.id === item.dataset.variable);
      item.textContent = message("case.state", { title: item.dataset.title, value: run.variables.get(item.dataset.variable), high });
    }
    if (lead && !told) lead.before(state);
    else section.append(state);
  }

  function drawEnd(found) {
    const line = (key, points, percent) => make(doc, "p", {}, message(key, { points, percent, count: found.total }));
    points.replaceChildren(
      line("case.points", found.points, found.percent),
      ...(found.runs > 1 ? [line("case.best", found.bestPoints, found.bestPercent)] : []),
    );
    path.querySelector("ol").replaceChildren(...found.run.steps.map(pathItem));
  }

  function pathItem(step) {
    const { heading, choices } = sections.get(step.scene);
    const { words, consequence } = choices.get(step.choice);
    const parts = [make(doc, "p", {}, make(doc, "strong", {}, `${heading.lastChild.textContent}:`), " ", ...copyOf(words).childNodes)];
    if (step.best > 0) parts.push(make(doc, "p", {}, message("case.path.points", { points: step.points, count: step.best })));
    if (consequence) {
      const copy = copyOf(consequence);
      copy.querySelector("h3").remove();
      parts.push(make(doc, "details", {}, make(doc, "summary", {}, message("case.consequence")), ...copy.childNodes));
    }
    return make(doc, "li", {}, ...parts);
  }

  function copyOf(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    return copy;
  }

  function goTo(element) {
    focusOn(element);
    element.scrollIntoView({ block: "start" });
  }

  function toScene() {
    goTo(sections.get(assessCase(activity, attempt()).run.scene.id).heading);
  }

  function focusFirst() {
    goTo(text.querySelector(":scope > :not([hidden]) h2") || text);
  }

  function on(name, action) {
    find(`.cg-case-${name}`).addEventListener("click", action);
  }
  on("begins", () => {
    begun = true;
    since = clock.now();
    draw();
    toScene();
  });
  on("on", () => {
    told = null;
    since = clock.now();
    draw();
    toScene();
  });
  on("again", () => {
    const { best, complete } = assessCase(activity, attempt());
    act(restarted(activity.id, best, complete));
    since = clock.now();
    draw();
    toScene();
  });
  on("reads", () => {
    reading = !reading;
    draw();
    if (reading) goTo(text);
    else focusFirst();
  });
  on("prints", () => {
    const before = reading;
    const win = doc.defaultView;
    const back = () => {
      reading = before;
      draw();
    };
    reading = true;
    draw();
    win.addEventListener("afterprint", back, { once: true });
    win.print();
  });
  // In the text a number leads to its scene without becoming the address, which is that of the activity.
  text.addEventListener("click", (event) => {
    const link = event.target.closest(".cg-goto");
    if (!link) return;
    event.preventDefault();
    goTo(sections.get(link.hash.slice(link.hash.lastIndexOf("--") + 2)).heading);
  });
  draw();

  return {
    shown() {
      since = clock.now();
    },
    focusFirst,
  };
}
