// Where an author is in a page: so that a save does not take them away from there.

const READING = "#cg-content, .cg-about";

export function remember(win) {
  const { document: doc } = win;
  const details = Array.from(doc.querySelectorAll(READING)).flatMap((root) => Array.from(root.querySelectorAll("details")));
  const active = doc.activeElement;
  return {
    x: win.scrollX,
    y: win.scrollY,
    open: details.filter((part) => part.open).map((part) => nameOf(part)),
    focus: doc.hasFocus() && active && active !== doc.body ? placeOf(doc, active) : null,
  };
}

// A page that has become shorter is scrolled as far as it goes.
export function restore(win, kept) {
  const { document: doc } = win;
  const open = new Set(kept.open);
  doc.querySelectorAll(READING).forEach((root) => {
    root.querySelectorAll("details").forEach((part) => {
      if (open.has(nameOf(part))) part.open = true;
    });
  });
  if (kept.focus) {
    const target = kept.focus.id ? doc.getElementById(kept.focus.id) : doc.querySelectorAll(kept.focus.tag)[kept.focus.number];
    if (target) target.focus({ preventScroll: true });
  }
  win.scrollTo(kept.x, kept.y);
}

// By its words: those before it may have come or gone.
function nameOf(part) {
  const summary = part.querySelector("summary");
  return summary ? summary.textContent.trim() : "";
}

function placeOf(doc, element) {
  if (element.id) return { id: element.id };
  return { tag: element.localName, number: Array.from(doc.querySelectorAll(element.localName)).indexOf(element) };
}
