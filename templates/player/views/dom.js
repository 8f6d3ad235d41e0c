// Small helpers to make elements.

export function make(doc, tag, attributes = {}, ...children) {
  const element = doc.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// Words for screen readers only.
export function hiddenText(doc, text) {
  return make(doc, "span", { class: "cg-hidden" }, text);
}

// Drawings of 24 by 24. Each stands beside words that say the same.
const ICONS = {
  done: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  begun: '<circle cx="12" cy="12" r="7.5"/><path d="M12 4.5a7.5 7.5 0 0 1 0 15z" fill="currentColor"/>',
  todo: '<circle cx="12" cy="12" r="7.5"/>',
  right: '<circle cx="12" cy="12" r="9.5"/><path d="M7.5 12.5l3 3 6-6.5"/>',
  wrong: '<circle cx="12" cy="12" r="9.5"/><path d="M12 7v6.5M12 16.8v.2"/>',
};

export function icon(doc, name) {
  const holder = make(doc, "span", { class: `cg-icon cg-icon-${name}`, "aria-hidden": "true" });
  holder.innerHTML = `<svg viewBox="0 0 24 24" width="24" height="24" focusable="false">${ICONS[name]}</svg>`;
  return holder;
}

// Moves focus to something that is not a control, and leaves no tab stop behind.
export function focusOn(element) {
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus();
}
