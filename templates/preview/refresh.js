// Overview and findings: a new state takes the place of the old without a flash. What was unfolded stays so, and the focus its place.

import { live, tell } from "./live.js";

let number = Number(document.documentElement.dataset.number);
let wanted = number;
let busy = false;

async function refresh() {
  if (busy) return;
  busy = true;
  try {
    while (number !== wanted) {
      const target = wanted;
      const answer = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      swap(fresh);
      number = target;
    }
  } catch (error) {
    // The preview has ended; the header says so.
  } finally {
    busy = false;
  }
}

function swap(fresh) {
  const main = document.getElementById("pv-main");
  const next = fresh.getElementById("pv-main");
  if (!next || main.innerHTML === next.innerHTML) return;
  const open = new Set(Array.from(main.querySelectorAll("details[open]"), (part) => part.id));
  next.querySelectorAll("details").forEach((part) => {
    part.open = open.has(part.id);
  });
  const order = (root) => Array.from(root.querySelectorAll("a[href], summary, [tabindex='0']"));
  const place = order(main).indexOf(document.activeElement);
  const { scrollX, scrollY } = window;
  main.replaceChildren(...next.childNodes);
  document.title = fresh.title;
  if (place >= 0) (order(main)[place] || main).focus({ preventScroll: true });
  window.scrollTo(scrollX, scrollY);
}

live((state, isFirst) => {
  tell(state);
  if (!state || state.checking) return; // findings follow in a moment; one swap is calmer than two
  wanted = state.number;
  if (isFirst && number !== wanted) number = -1;
  refresh();
});
