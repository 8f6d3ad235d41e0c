// The profile of a rating on a grid: as a chart, as a table, and as a file to keep. A level is a place on a line, and whose level
// it is a shape, so that it can be read in black and white. Nothing is added up.

import { make } from "./dom.js";

// Drawn around the point 0,0. They can stand on each other: a dot, a diamond around it, a triangle below it.
const LEVEL_SHAPES = {
  mine: '<circle r="6"/>',
  reference: '<path d="M0-13 13 0 0 13-13 0z"/>',
  earlier: '<path d="M-7 26H7L0 15z"/>',
};
const LINE_Y = 18; // from the top of a drawing, in pixels
const TRACK_HEIGHTS = [36, 48]; // without and with the triangles of an earlier rating

function levelShape(name, x, y) {
  return `<svg class="cg-grid-${name}-mark" x="${x}" y="${y}" overflow="visible">${LEVEL_SHAPES[name]}</svg>`;
}

function levelDrawing(doc, width, height, parts) {
  const holder = make(doc, "span", { class: "cg-grid-track" });
  holder.innerHTML = `<svg width="${width}" height="${height}" aria-hidden="true" focusable="false">${parts.join("")}</svg>`;
  return holder;
}

// A line with a point for each level, and "not applicable" beside it: that is no level, neither high nor low.
function levelTrack(doc, count, levels, height) {
  const mirrored = doc.documentElement.dir === "rtl";
  const at = (level) => {
    const share = ((level || count + 1) - 0.5) / (count + 1);
    return `${100 * (mirrored ? 1 - share : share)}%`;
  };
  const points = Array.from({ length: count }, (none, index) => `<circle class="cg-grid-point" cx="${at(index + 1)}" cy="${LINE_Y}" r="2"/>`);
  const line = `<line class="cg-grid-line" x1="${at(1)}" x2="${at(count)}" y1="${LINE_Y}" y2="${LINE_Y}"/>`;
  return levelDrawing(doc, "100%", height, [line, ...points, ...levels.map(([name, level]) => levelShape(name, at(level), LINE_Y))]);
}

// `dimensions` are { title, indicators: [{ id, title }] }; `scale` the names of the levels; `series` whose levels are shown, as
// { name (of a shape), label, levels: Map from indicator id to level }.
export function profileChart({ doc, message, dimensions, scale, series }) {
  const key = series.map(({ name, label }) => {
    const middle = name === "earlier" ? -6 : 14; // a triangle hangs below its line
    return make(doc, "span", {}, levelDrawing(doc, 28, 28, [levelShape(name, 14, middle)]), label);
  });
  const height = TRACK_HEIGHTS[Number(series.some((one) => one.name === "earlier"))];
  const heads = [...scale.map((level, index) => String(index + 1)), message("grid.na.short")];
  const row = (words, inner) => make(doc, "div", { class: "cg-grid-row" }, make(doc, "span", {}, words), inner);
  const groups = dimensions.map(({ title, indicators }) => {
    const scaleRow = row(make(doc, "strong", {}, title), make(doc, "span", { class: "cg-grid-scale" }, ...heads.map((head) => make(doc, "span", {}, head))));
    const rows = indicators.map((indicator) => {
      const levels = series.filter((one) => one.levels.has(indicator.id)).map((one) => [one.name, one.levels.get(indicator.id)]);
      return row(indicator.title, levelTrack(doc, scale.length, levels, height));
    });
    return make(doc, "div", { class: "cg-grid-group" }, scaleRow, ...rows);
  });
  const names = scale.map((level, index) => `${index + 1} ${level}`).join(" · ");
  return [make(doc, "p", { class: "cg-grid-key" }, ...key), make(doc, "p", {}, names), ...groups];
}

// The rows of the table: its head, and its body. `reasonOf` and `evidenceOf` give what stands in a cell for an indicator.
export function profileRows({ doc, message, dimensions, scale, series, reasonOf, evidenceOf }) {
  // A cell for each series; the reasons stand behind the reference.
  const each = (cellOf, reason) => series.flatMap((one) => (one.name === "reference" ? [cellOf(one), reason()] : [cellOf(one)]));
  const labels = [message("grid.indicator"), ...each((one) => one.label, () => message("grid.reason")), message("grid.evidence")];
  const head = make(doc, "tr", {}, ...labels.map((label) => make(doc, "th", { scope: "col" }, label)));
  const levelName = (level) => (level === undefined ? message("grid.unrated") : level ? `${level} ${scale[level - 1]}` : message("grid.na"));
  const cell = (...inner) => make(doc, "td", {}, ...inner);
  const body = dimensions.flatMap(({ title, indicators }) => [
    make(doc, "tr", {}, make(doc, "th", { colspan: labels.length, scope: "colgroup" }, title)),
    ...indicators.map(({ id, title: name }) =>
      make(
        doc,
        "tr",
        {},
        make(doc, "th", { scope: "row" }, name),
        ...each((one) => cell(levelName(one.levels.get(id))), () => cell(...reasonOf(id))),
        cell(evidenceOf(id)),
      ),
    ),
  ]);
  return { head, body };
}

const PROFILE_STYLE = "body{font:1rem/1.5 sans-serif;margin:2rem}table{border-collapse:collapse}th,td{border:1px solid;padding:.4rem .6rem;text-align:start;vertical-align:top}";

// A page of its own with everything of a rating in words. The browser makes it: nothing goes over the net.
export function saveProfile({ doc, name, title, lines, table }) {
  const words = table.cloneNode(true);
  words.querySelectorAll("a[href^='#']").forEach((link) => link.removeAttribute("href")); // they lead into the course
  const root = make(doc, "html", { lang: doc.documentElement.lang, dir: doc.documentElement.dir });
  root.append(
    make(doc, "head", {}, make(doc, "meta", { charset: "utf-8" }), make(doc, "title", {}, title), make(doc, "style", {}, PROFILE_STYLE)),
    make(doc, "body", {}, make(doc, "h1", {}, title), ...lines.map((line) => make(doc, "p", {}, line)), words),
  );
  const href = URL.createObjectURL(new Blob([`<!DOCTYPE html>\n${root.outerHTML}\n`], { type: "text/html" }));
  make(doc, "a", { href, download: `${name}.html` }).click();
  doc.defaultView.setTimeout(() => URL.revokeObjectURL(href), 60000); // a browser may ask the learner first
}
