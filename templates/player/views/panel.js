// A panel of the header that a button opens. One is open at a time; Escape closes it and goes back to the button.

export function createPanel({ doc, button, panel, opened = () => {} }) {
  const tools = button.parentElement;

  function setOpen(open) {
    if (open) tools.querySelectorAll("[aria-expanded='true']").forEach((other) => other.click());
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) opened();
  }

  button.hidden = false;
  button.addEventListener("click", () => setOpen(panel.hidden));
  tools.addEventListener("click", (event) => {
    if (!panel.hidden && !button.contains(event.target)) setOpen(false);
  });
  doc.addEventListener("click", (event) => {
    if (!panel.hidden && event.target.closest("a[href^='#/']")) setOpen(false);
  });
  for (const part of [panel, button]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      setOpen(false);
      button.focus();
    });
  }
  return { close: () => setOpen(false) };
}
