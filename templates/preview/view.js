// The frame with the player: its width and colours, the page it shows, and what becomes of it when the author saves.

import { createFindings } from "./findings.js";
import { live, tell } from "./live.js";
import { createLms } from "./lms.js";
import { remember, restore } from "./position.js";

const THEME = "coursegen-preview:theme";
const WIDTH = "coursegen-preview:width";
const PANEL = "coursegen-preview:panel";
const DISPLAY = "coursegen:display"; // the player's own memory of how it is shown

const byId = (id) => document.getElementById(id);
const view = byId("pv-view");
const frame = byId("pv-frame");
const { runtime, package: name, course } = view.dataset;
const launch = `/${runtime}/${name}/index.html`;
const inside = () => (frame.contentDocument && frame.contentDocument.getElementById("cg-content") ? frame.contentWindow : null);
const findings = createFindings({
  list: byId("pv-here-list"),
  count: byId("pv-here-count"),
  marks: byId("pv-marks"),
  frameDocument: () => (inside() ? frame.contentDocument : null),
});

let shown = Number(view.dataset.shown); // the state of the course that the player has
let newest = 0; // the state of the findings beside it
let kept = null; // where the author was before the player was loaded again
let lms = null;

// Widths, colours, panel

function recall(key) {
  try {
    return localStorage.getItem(key) || "";
  } catch (error) {
    return "";
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch (error) {
    // Without a memory it holds as long as the page is open.
  }
}

function choice(id, key, apply) {
  const inputs = Array.from(byId(id).querySelectorAll("input"));
  const now = recall(key);
  inputs.forEach((input) => {
    input.checked = input.value === now;
    input.addEventListener("change", () => {
      keep(key, input.value);
      apply(input.value);
    });
  });
  apply(now);
}

function widen(width) {
  frame.style.inlineSize = width ? `${width}px` : "100%";
  byId("pv-main").classList.toggle("pv-narrow", Boolean(width));
}

function colour(theme) {
  const { dataset } = document.documentElement;
  if (theme) dataset.cgTheme = theme;
  else delete dataset.cgTheme;
  const win = inside();
  const own = win && win.document.querySelector(`#cg-settings input[name="cgTheme"][value="${theme}"]`);
  if (own) {
    if (!own.checked) own.click(); // the player's own switch: it remembers it as for a learner
  } else if (win) {
    Object.assign(win.document.documentElement.dataset, { cgTheme: theme });
  } else {
    keep(DISPLAY, JSON.stringify({ ...JSON.parse(recall(DISPLAY) || "{}"), cgTheme: theme }));
  }
}

function panel(open) {
  byId("pv-side").hidden = !open;
  byId("pv-panel").setAttribute("aria-expanded", String(open));
}

// The player

function page() {
  const win = inside();
  const match = win && /^#\/([^/]+)/.exec(win.location.hash);
  return match ? decodeURIComponent(match[1]) : "";
}

// The address of this page follows what the player shows, so that it can be reloaded and sent on.
function follow() {
  const win = inside();
  if (!win) return;
  if (win.location.hash && win.location.hash !== location.hash) history.replaceState(null, "", win.location.hash);
  document.querySelectorAll("a.pv-keep").forEach((link) => {
    link.hash = win.location.hash;
  });
  findings.turnTo(page());
}

function loaded() {
  const win = inside();
  if (!win) return;
  const content = win.document.getElementById("cg-content");
  let first = true;
  const look = () => {
    if (!content.querySelector(".cg-activity")) return;
    if (first && kept) {
      const place = kept;
      kept = null;
      restore(win, place);
      // Pictures without a size move what is below them when they come.
      Promise.allSettled(Array.from(win.document.images, (image) => image.decode())).then(() => {
        if (win.scrollY !== place.y && Math.abs(win.scrollY - place.y) < win.innerHeight) win.scrollTo(place.x, place.y);
      });
    }
    if (first) document.documentElement.dataset.shown = String(shown);
    first = false;
    follow();
  };
  new MutationObserver(look).observe(content, { childList: true });
  win.addEventListener("hashchange", follow);
  win.addEventListener("pagehide", () => lms && lms.left && lms.left()); // after the player's own: it has said good-bye by then
  look();
}

function reload() {
  const win = inside();
  if (!win) {
    frame.src = launch + location.hash;
    return;
  }
  kept = kept || (win.document.querySelector(".cg-activity") ? remember(win) : null); // a second save may come before the first is drawn
  win.location.reload();
}

// The course

async function take(state) {
  const answer = await fetch("/findings.json");
  const told = await answer.json();
  if (told.number < newest) return;
  newest = told.number;
  findings.take(told.findings);
  behind(told);
}

function behind(told) {
  const words = [];
  if (told.trouble) words.push(`coursegen itself has a fault here: ${told.trouble}. The terminal has the details. Please report it.`);
  else if (told.behind) words.push("Your last save has an error. What you see is the course before it.");
  const errors = told.behind ? told.findings.filter((finding) => finding.severity === "error") : [];
  const box = byId("pv-behind");
  const text = [...words, ...errors.slice(0, 3).map((one) => `${one.place}: ${one.message} To do: ${one.mend}`)];
  if (box.textContent === text.join("")) return;
  box.replaceChildren(
    ...text.map((line, index) => {
      const part = document.createElement("p");
      part.textContent = line;
      part.className = index ? "pv-behind-one" : "pv-behind-lead";
      return part;
    }),
  );
}

live((state, isFirst) => {
  tell(state);
  if (!state) return;
  if (state.shown !== shown || (isFirst && state.shown < shown)) {
    shown = state.shown;
    reload();
  }
  if (!state.checking && state.number !== newest) take(state).catch(() => {}); // the preview has ended; the header says so
});

window.addEventListener("hashchange", () => {
  const win = inside();
  if (win && win.location.hash !== location.hash) win.location.replace(location.hash);
});
byId("pv-panel").addEventListener("click", () => {
  const open = byId("pv-side").hidden;
  panel(open);
  keep(PANEL, open ? "" : "closed");
});
document.addEventListener("click", (event) => {
  const menu = document.querySelector(".pv-packages");
  if (menu.open && !menu.contains(event.target)) menu.open = false;
});
document.querySelector(".pv-packages").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary").focus();
});

choice("pv-widths", WIDTH, widen);
choice("pv-themes", THEME, colour);
panel(recall(PANEL) !== "closed");
frame.addEventListener("load", loaded);
lms = await createLms({ element: byId("pv-lms"), runtime, key: `${course}:${runtime}:${name}`, relaunch: reload }).catch((error) => {
  byId("pv-lms").textContent = `The LMS could not be started: ${error.message}`;
  return null;
});
frame.src = launch + location.hash;
