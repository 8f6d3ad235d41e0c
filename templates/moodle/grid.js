// A rating on an analysis grid on a page of Moodle: the tables of the page become a form, and the form a profile. What is entered stays
// in this browser. Moodle's text filters read scripts as they read texts: nothing here may look like a face, a formula or a link to them.

import { createMessages } from "../player/messages.js";
import { focusOn, make } from "../player/views/dom.js";
import { profileChart, profileRows, saveProfile } from "../player/views/profile.js";
import { distance, emptyRating, isEmpty, keptForm, ratingFrom, ratingText } from "./rating.js";
import { createStore } from "./store.js";

const LONGEST_EVIDENCE = 300;

// The grid as its tables have it.
function readGrid(root) {
  const dimensions = Array.from(root.querySelectorAll(".cg-grid-dimension"), (section) => ({
    title: section.querySelector("h3").textContent,
    indicators: Array.from(section.querySelectorAll("[data-indicator]"), (row) => ({
      id: row.dataset.indicator,
      title: row.querySelector("th").textContent,
      descriptors: Array.from(row.querySelectorAll("td"), (cell) => cell.textContent),
    })),
  }));
  const heads = root.querySelector(".cg-grid-dimension thead tr").children;
  return { dimensions, scale: Array.from(heads, (head) => head.textContent.replace(/^\d+ /, "")).slice(1) };
}

// The reference, if there is one: its levels, and the cells with its reasons.
function readReference(root) {
  const holder = root.querySelector(".cg-grid-reference");
  if (!holder) return null;
  const rows = Array.from(holder.querySelectorAll("[data-rated]"));
  return {
    levels: new Map(rows.map((row) => [row.dataset.rated, Number(row.dataset.level)])),
    reasons: new Map(rows.map((row) => [row.dataset.rated, row.lastElementChild])),
  };
}

// Where entries are kept: by permanent ids, so that a new version of the course finds them; and by user, where Moodle tells who it is.
function storeKey(grid) {
  const person = document.querySelector("#nav-notification-popover-container");
  const user = (window.M && window.M.cfg && window.M.cfg.userId) || (person && person.dataset.userid) || "";
  return `coursegen grid ${grid} ${user}`;
}

function fieldOf(indicator, scale, name, message) {
  const option = (value, ...words) => {
    const input = make(document, "input", { type: "radio", name, value });
    return make(document, "label", { class: "cg-grid-option" }, input, make(document, "span", {}, ...words));
  };
  const strong = (words) => make(document, "strong", { class: "cg-grid-level" }, words);
  return make(
    document,
    "fieldset",
    { class: "cg-grid-indicator", "data-indicator": indicator.id },
    make(document, "legend", {}, indicator.title),
    make(
      document,
      "div",
      { class: "cg-grid-levels" },
      ...scale.map((level, index) => option(index + 1, strong(`${index + 1} ${level}`), indicator.descriptors[index])),
      option(0, strong(message("grid.na"))),
    ),
    make(
      document,
      "label",
      { class: "cg-grid-evidence" },
      make(document, "span", {}, message("grid.evidence")),
      make(document, "textarea", { rows: 2, maxlength: LONGEST_EVIDENCE }),
    ),
  );
}

// `given` is what stands beside the script: { grid (permanent ids), title, course, language, reference (its title), words, form, style }.
// `found` is what the browser had kept; `isReadable` says whether it keeps anything at all.
function bindGrid({ root, given, store, key, found, isReadable }) {
  const grid = readGrid(root);
  const { dimensions, scale } = grid;
  const indicators = dimensions.flatMap((dimension) => dimension.indicators.map((indicator) => indicator.id));
  const reference = readReference(root);
  const message = createMessages(given.words, given.language);
  // What the shared views need of a document; language and direction are those of the course, and not of the site.
  const [lang, dir] = [given.language, getComputedStyle(root).direction];
  const doc = { createElement: (tag) => document.createElement(tag), documentElement: { lang, dir }, defaultView: window };

  const holder = make(document, "template");
  holder.innerHTML = given.form;
  const form = holder.content;
  const fields = new Map();
  const parts = new Map(); // a line for each dimension that says how much of it is rated
  for (const { title, indicators: inside } of dimensions) {
    const line = make(document, "p", { class: "cg-grid-part" });
    const section = make(document, "section", { class: "cg-grid-dimension" }, make(document, "h3", {}, title), line);
    parts.set(line, inside);
    for (const indicator of inside) {
      const field = fieldOf(indicator, scale, `${given.grid} ${indicator.id}`, message);
      fields.set(indicator.id, field);
      section.append(field);
    }
    form.querySelector(".cg-grid-fields").append(section);
  }
  root.prepend(make(document, "style", {}, given.style));
  root.querySelector(".cg-grid-source").replaceWith(form);
  const part = (name) => root.querySelector(`.cg-grid-${name}`);

  let rating = ratingFrom(found, indicators, scale.length);
  let isKept = isReadable;

  async function keep() {
    try {
      await store.write(key, isEmpty(rating) ? null : keptForm(rating));
      isKept = true;
    } catch (error) {
      isKept = false;
    }
    drawWhere();
  }

  function change(changes) {
    rating = { ...rating, ...changes };
    draw();
    keep();
  }

  function drawWhere() {
    const words = message(isKept ? "moodle.grid.where" : "saved.nowhere");
    if (part("where").textContent !== words) part("where").textContent = words;
  }

  const isFinished = () => rating.levels.size === indicators.length;
  const comparedLevels = () => (reference && isFinished() ? reference.levels : null);
  const levelName = (level) => {
    if (level === undefined) return message("grid.unrated");
    return level ? `${level} ${scale[level - 1]}` : message("grid.na");
  };

  function draw() {
    for (const [id, field] of fields) {
      field.querySelectorAll("input").forEach((input) => (input.checked = rating.levels.get(id) === Number(input.value)));
      const area = field.querySelector("textarea");
      if (document.activeElement !== area) area.value = rating.evidence.get(id) || "";
    }
    for (const [line, inside] of parts) {
      line.textContent = message("grid.rated", { rated: inside.filter(({ id }) => rating.levels.has(id)).length, of: inside.length });
    }
    const words = message("grid.rated", { rated: rating.levels.size, of: indicators.length });
    if (part("rated").textContent !== words) part("rated").textContent = words; // a live region speaks each time it is touched
    part("open").hidden = isFinished();
    part("keep").hidden = !isFinished();
    drawWhere();
    part("delete").hidden = isEmpty(rating);
    part("profile").hidden = !rating.shown;
    root.classList.toggle("cg-grid-shown", rating.shown);
    if (rating.shown) drawProfile();
  }

  function drawProfile() {
    const compared = comparedLevels();
    const series = [{ name: "mine", label: message("grid.mine"), levels: rating.levels }];
    if (compared) series.push({ name: "reference", label: message("grid.reference"), levels: compared });
    if (rating.earlier.size) series.push({ name: "earlier", label: message("grid.earlier"), levels: rating.earlier });
    const told = reference ? { title: given.reference, of: indicators.length } : null;
    part("compare").textContent = told ? message(compared ? "grid.compare" : "grid.later", told) : "";
    const reasonOf = (id) => {
      const cell = reference.reasons.get(id);
      return cell ? cell.cloneNode(true).childNodes : [];
    };
    const drawn = { doc, message, dimensions, scale, series, reasonOf, evidenceOf: (id) => rating.evidence.get(id) || "" };
    part("chart").replaceChildren(...profileChart(drawn));
    const { head, body } = profileRows(drawn);
    part("table").tHead.replaceChildren(head);
    part("table").tBodies[0].replaceChildren(...body);
    part("counts").replaceChildren(...(compared ? compareRows(compared, body.filter((row) => row.cells.length > 1)) : []));
  }

  // Says in the cell of each reference level how far it is from one's own; how many there are of each is the list above.
  function compareRows(levels, rows) {
    const counts = new Map(["same", "near", "far", "unlike"].map((found) => [found, 0]));
    indicators.forEach((id, index) => {
      if (!levels.has(id)) return;
      const found = distance(rating.levels.get(id), levels.get(id));
      counts.set(found, counts.get(found) + 1);
      rows[index].cells[2].append(make(document, "span", { class: `cg-grid-apart cg-grid-${found}` }, message(`moodle.grid.${found}`)));
    });
    const shown = [...counts].filter(([found, count]) => count || found !== "unlike");
    return shown.map(([found, count]) => make(document, "li", {}, `${message(`moodle.grid.${found}`)}: ${count}`));
  }

  function head() {
    const date = new Date().toISOString().slice(0, 10);
    const compare = part("compare").textContent;
    return [`${given.course}, ${date}, ${part("rated").textContent}`, compare].filter(Boolean);
  }

  function keepEvidence(field) {
    const words = field.querySelector("textarea").value.replace(/\s+/g, " ").trim();
    const evidence = new Map(rating.evidence);
    if (words) evidence.set(field.dataset.indicator, words);
    else evidence.delete(field.dataset.indicator);
    change({ evidence });
  }

  // A question below the button that asks it.
  function ask(button, question, asking) {
    part(question).hidden = !asking;
    part(button).setAttribute("aria-expanded", String(asking));
    focusOn(part(asking ? question : button));
  }

  // Starts at the top of the form, with nothing chosen.
  function restart(next) {
    rating = emptyRating();
    change(next);
    part("copied").textContent = "";
    part("text").hidden = true;
    const title = part("title");
    focusOn(title);
    title.scrollIntoView({ block: "center" });
  }

  async function copy() {
    const text = ratingText({ head: [given.title, ...head()], dimensions, rating, compared: comparedLevels(), levelName, message });
    const area = part("text").querySelector("textarea");
    area.value = text;
    part("text").hidden = false;
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(text);
      isCopied = true;
    } catch (error) {
      area.select(); // no clipboard here, or not allowed
    }
    part("copied").textContent = message(isCopied ? "moodle.grid.copied" : "moodle.grid.uncopied");
  }

  const on = (name, action) => part(name).addEventListener("click", action);
  on("show", () => {
    change({ shown: true });
    const heading = part("profile").querySelector("h2");
    focusOn(heading);
    heading.scrollIntoView({ block: "center" });
  });
  on("open", () => {
    const field = fields.get(indicators.find((id) => !rating.levels.has(id)));
    field.querySelector("input").focus();
    field.scrollIntoView({ block: "center" });
  });
  on("copy", copy);
  on("save", () => {
    const name = given.grid.split("/")[1];
    saveProfile({ doc, name, title: given.title, lines: head(), table: part("table") });
  });
  on("print", () => window.print());
  on("keep", () => ask("keep", "again", part("again").hidden));
  on("again-no", () => ask("keep", "again", false));
  on("again-yes", () => {
    ask("keep", "again", false);
    restart({ earlier: rating.levels });
  });
  on("delete", () => ask("delete", "sure", part("sure").hidden));
  on("sure-no", () => ask("delete", "sure", false));
  on("sure-yes", () => {
    ask("delete", "sure", false);
    restart({});
    part("rated").textContent = message("moodle.grid.deleted");
  });

  for (const field of fields.values()) {
    field.addEventListener("change", ({ target }) => {
      if (target.localName !== "input") return;
      change({ levels: new Map(rating.levels).set(field.dataset.indicator, Number(target.value)) });
    });
    field.querySelector("textarea").addEventListener("input", () => keepEvidence(field));
  }
  // Another tab with the same grid: both show the same.
  store.heard(async (written) => {
    if (written !== key) return;
    rating = ratingFrom(await store.read(key), indicators, scale.length);
    draw();
  });
  draw();
}

async function begin(root) {
  const given = JSON.parse(root.querySelector(".cg-grid-given").textContent);
  const store = createStore(window);
  const key = storeKey(given.grid);
  let found = null;
  let isReadable = false;
  try {
    found = await store.read(key);
    isReadable = true;
  } catch (error) {
    // this browser keeps nothing; one can rate all the same
  }
  bindGrid({ root, given, store, key, found, isReadable });
}

for (const root of document.querySelectorAll(".cg-grid:not([data-ready])")) {
  root.dataset.ready = "";
  begin(root);
}
