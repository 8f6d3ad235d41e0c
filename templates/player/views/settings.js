// How pages are shown on this device: theme, size of text, spacing. The attributes of <html> say it to the style sheets; the first
// lines of index.html set them before anything is drawn.

import { createPanel } from "./panel.js";

const DISPLAY_KEY = "coursegen:display";

export function createSettings({ doc, win }) {
  const form = doc.getElementById("cg-settings");
  const { dataset } = doc.documentElement;

  form.querySelectorAll("input").forEach((input) => {
    input.checked = input.value === (dataset[input.name] || "");
  });
  form.addEventListener("change", ({ target }) => {
    if (target.value) dataset[target.name] = target.value;
    else delete dataset[target.name];
    const chosen = Array.from(form.querySelectorAll("input:checked"), (input) => [input.name, input.value]).filter(([, value]) => value);
    try {
      win.localStorage.setItem(DISPLAY_KEY, JSON.stringify(Object.fromEntries(chosen)));
    } catch (error) {
      // Without a memory it holds as long as the page is open.
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  return createPanel({ doc, button: doc.getElementById("cg-display"), panel: form });
}
