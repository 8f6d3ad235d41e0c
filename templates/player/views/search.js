// Search in the package. The texts are loaded at the first search only.

import { entriesOf, excerpt, hitsIn, queryOf, search } from "../finding.js";
import { loadScript } from "../loader.js";
import { routeTo } from "../routes.js";
import { focusOn, hiddenText, make } from "./dom.js";
import { createPanel } from "./panel.js";
import { textsIn } from "./texts.js";

const SEARCH_TEXTS = "content/search.js";
const SEARCH_PAUSE = 250; // milliseconds after the last key

// `places` are what can be found, as { id, title, unit: the name of its unit, or "" }.
export function createSearch({ doc, win, message, places }) {
  const form = doc.getElementById("cg-search");
  const input = form.querySelector("input");
  const said = form.querySelector("[role=status]");
  const list = form.querySelector("ol");
  let entries = null;
  let query = [];
  let timer = 0;
  let followed = null; // the result that the learner is on the way to
  let mark = null;

  createPanel({ doc, button: doc.getElementById("cg-find"), panel: form, opened: () => input.focus() });
  win.coursegenSearch = (texts) => {
    entries = entriesOf(places, texts);
  };

  async function find() {
    win.clearTimeout(timer);
    query = queryOf(input.value);
    const asked = query;
    try {
      if (!entries) await loadScript(doc, SEARCH_TEXTS);
    } catch (error) {
      said.textContent = message("load.failed");
      return;
    }
    if (asked !== query) return; // more was typed meanwhile
    const found = search(entries, query);
    list.replaceChildren(...found.map(resultOf));
    said.textContent = query.length ? message(found.length ? "search.count" : "search.none", { count: found.length }) : "";
  }

  function resultOf(entry) {
    const words = excerpt(entry.text, query).map(([text, isHit]) => (isHit ? make(doc, "mark", {}, text) : text));
    const unit = entry.unit ? [hiddenText(doc, ","), " ", make(doc, "span", { class: "cg-found-unit" }, entry.unit)] : [];
    const link = make(doc, "a", { href: routeTo(entry.id) }, make(doc, "span", {}, entry.title), ...unit);
    link.addEventListener("click", () => {
      followed = { id: entry.id, query };
    });
    return make(doc, "li", {}, link, make(doc, "p", {}, ...words));
  }

  input.addEventListener("input", () => {
    win.clearTimeout(timer);
    timer = win.setTimeout(find, SEARCH_PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await find();
    const first = list.querySelector("a");
    if (first) first.focus();
  });
  form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...list.querySelectorAll("a")];
    const next = stops[stops.indexOf(doc.activeElement) + step];
    if (!step || !next) return;
    event.preventDefault();
    next.focus();
  });

  function clear() {
    if (!mark) return;
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
    mark = null;
  }

  return {
    // To be called when an activity is on the screen. True when the learner came by a result, and the focus is on what was found.
    arrived(activityId, root) {
      clear();
      const wanted = followed && followed.id === activityId ? followed.query : [];
      followed = null;
      const texts = textsIn(doc, root).map((node) => ({ node, hits: hitsIn(node.data, wanted) }));
      const best = texts.reduce((one, other) => (other.hits.length > one.hits.length ? other : one), { hits: [] });
      if (!best.hits.length) return false;
      const [start, end] = best.hits[0];
      const word = best.node.splitText(start);
      word.splitText(end - start);
      mark = make(doc, "mark", { class: "cg-hit" });
      word.replaceWith(mark);
      mark.append(word);
      for (let part = mark; part !== root; part = part.parentElement) if (part.localName === "details") part.open = true;
      focusOn(mark);
      mark.scrollIntoView({ block: "center" });
      return true;
    },
  };
}
