// Shows an activity's HTML, and makes it fit: wide tables and drawings scroll by keyboard, too, and links to elsewhere leave the
// course where it is (most websites refuse to be shown inside an LMS's frame).

import { focusOn, hiddenText, make } from "./dom.js";

export function renderActivity(doc, html, message) {
  const root = make(doc, "div", { class: "cg-activity" });
  root.innerHTML = html;
  root.querySelectorAll("table").forEach((table) => wrapTable(doc, table, message));
  root.querySelectorAll("figure > img").forEach((image) => wrapDrawing(doc, image, message));
  root.querySelectorAll("a[href]:not([target])").forEach((link) => openElsewhere(doc, link, message));
  // A call-out belongs to its text; as a landmark of its own it would fill the list of landmarks.
  root.querySelectorAll("aside:not([role])").forEach((callout) => callout.setAttribute("role", "note"));
  return root;
}

function wrapTable(doc, table, message) {
  const caption = table.querySelector("caption");
  giveRoom(doc, table, caption ? caption.textContent.trim() : message("table"));
}

// A drawing has letters: shrunk to the width of a phone nobody can read them. It keeps a readable size and scrolls.
function wrapDrawing(doc, image, message) {
  const box = giveRoom(doc, image, message("picture"));
  const know = () => box.classList.toggle("cg-drawing", image.naturalWidth >= READABLE);
  if (image.complete) know();
  else image.addEventListener("load", know);
}

const READABLE = 480; // pixels of its own width; smaller ones are icons and photos that fit

// A box that scrolls by itself, so that the page does not.
function giveRoom(doc, element, label) {
  const box = make(doc, "div", { class: "cg-scroll" });
  element.replaceWith(box);
  box.append(element);
  // A tab stop only where there is something to scroll.
  const fit = () => {
    const wide = box.scrollWidth > box.clientWidth + 1;
    for (const [name, value] of [["role", "region"], ["tabindex", "0"], ["aria-label", label]]) {
      if (wide) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  if (typeof ResizeObserver === "function") {
    const observer = new ResizeObserver(fit);
    observer.observe(box);
    observer.observe(element);
  }
  return box;
}

// What a browser shows by itself; a new tab for any other file would stay empty.
const SHOWN_FILES = /\.(pdf|html?|txt|svg|png|jpe?g|gif|webp|avif|mp[34]|m4a|ogg|webm)$/i;

function openElsewhere(doc, link, message) {
  const href = link.getAttribute("href");
  if (href.startsWith("#") || href.startsWith("mailto:") || link.hasAttribute("download")) return;
  if (!/^[a-z]+:/i.test(href) && !SHOWN_FILES.test(href)) {
    link.setAttribute("download", "");
    return;
  }
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.classList.add("cg-elsewhere");
  link.append(hiddenText(doc, ` ${message("newtab")}`));
}

// Scrolls to an anchor inside the activity and gives it the focus; closed disclosures around it open.
export function goToAnchor(root, name) {
  const target = Array.from(root.querySelectorAll("[id]")).find((element) => element.id === name);
  if (!target || name.startsWith("cg-")) return false;
  for (let part = target; part && part !== root; part = part.parentElement) {
    if (part.localName === "details") part.open = true;
  }
  focusOn(target);
  target.scrollIntoView({ block: "start" });
  return true;
}
