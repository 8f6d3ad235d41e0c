// Terms are explained where they stand: their links open a note right after the block that they stand in.

import { routeTo } from "../routes.js";
import { renderActivity } from "./activity.js";
import { make } from "./dom.js";

export const GLOSSARY = "cg-glossary";
const TERM_LINKS = `a[href^="${routeTo(GLOSSARY)}/"]`;
const NOTE_AFTER = "p, h2, h3, h4, h5, h6, pre, address, summary";
const NOTE_IN = "li, dt, dd, td, th, caption, figcaption, blockquote, aside, div";

// `text()` gives the glossary's page as HTML; `nav` is the menu, which gets a link to it.
export function createGlossary({ doc, win, message, nav, text }) {
  const item = make(doc, "a", { class: "cg-item cg-all-terms", href: routeTo(GLOSSARY) }, message("glossary"));
  let note = null;
  let owner = null; // the link that the note belongs to
  let terms = null;

  nav.append(item);

  function close() {
    if (!note) return;
    note.remove();
    owner.setAttribute("aria-expanded", "false");
    note = null;
  }

  function closeAndReturn() {
    close();
    owner.focus();
  }

  async function fill(link) {
    if (!terms) terms = renderActivity(doc, await text(), message);
    const name = decodeURIComponent(link.getAttribute("href").slice(routeTo(GLOSSARY).length + 1));
    const entry = Array.from(terms.querySelectorAll(".cg-term")).find((one) => one.id === name);
    const word = make(doc, "p", { class: "cg-gloss-term", id: "cg-gloss-term" }, ...entry.querySelector("dfn").cloneNode(true).childNodes);
    const meaning = make(doc, "div", { id: "cg-gloss-meaning" }, ...entry.querySelector("dd").cloneNode(true).childNodes);
    meaning.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    const shut = make(doc, "button", { type: "button", class: "cg-quiet" }, message("glossary.close"));
    shut.addEventListener("click", closeAndReturn);
    const all = make(doc, "a", { href: link.getAttribute("href"), class: "cg-quiet" }, message("glossary.all"));
    return [word, meaning, make(doc, "div", { class: "cg-gloss-ways" }, shut, all)];
  }

  async function open(link) {
    const before = note && note.contains(link) ? note : null; // a term in a definition: the note explains that one now
    if (!before) close();
    const parts = await fill(link);
    if (before) {
      before.replaceChildren(...parts);
    } else {
      close();
      owner = link;
      const names = { class: "cg-gloss", role: "note", tabindex: "-1", "aria-labelledby": "cg-gloss-term", "aria-describedby": "cg-gloss-meaning" };
      note = make(doc, "div", names, ...parts);
      note.addEventListener("keydown", escape);
      put(link);
      link.setAttribute("aria-expanded", "true");
    }
    note.focus();
  }

  function put(link) {
    const block = link.closest(`${NOTE_AFTER}, ${NOTE_IN}`);
    if (block.localName === "summary") block.parentElement.open = true;
    if (block.matches(NOTE_AFTER)) block.after(note);
    else block.insertBefore(note, block.querySelector(":scope > ul, :scope > ol"));
  }

  function escape(event) {
    if (event.key !== "Escape" || !note) return;
    event.stopPropagation();
    closeAndReturn();
  }

  // If the definitions cannot be loaded, the link leads to their page, which says so.
  async function press(event, link) {
    event.preventDefault();
    try {
      if (note && owner === link) close();
      else await open(link);
    } catch (error) {
      win.location.hash = link.getAttribute("href");
    }
  }

  doc.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest(TERM_LINKS);
      if (link && (link.hasAttribute("aria-expanded") || (note && note.querySelector("#cg-gloss-meaning").contains(link)))) press(event, link);
    },
    true,
  );
  win.addEventListener("hashchange", close);

  return {
    // Its page: what the player needs to show it as it shows an activity.
    page: { id: GLOSSARY, kind: "page", title: message("glossary") },
    // Makes the links to terms in an activity's HTML open in place. On the glossary's own page they lead on to the other term.
    dress(root) {
      if (root.querySelector(".cg-terms")) return;
      root.querySelectorAll(TERM_LINKS).forEach((link) => {
        link.classList.add("cg-term-link");
        link.setAttribute("role", "button");
        link.setAttribute("aria-expanded", "false");
        link.addEventListener("keydown", (event) => {
          if (event.key === " ") press(event, link);
          else if (owner === link) escape(event);
        });
      });
    },
    // Whether its page is the one that is shown.
    current(isCurrent) {
      if (isCurrent) item.setAttribute("aria-current", "page");
      else item.removeAttribute("aria-current");
    },
  };
}
