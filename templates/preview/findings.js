// The findings of the page that is shown: a list beside it, and a line around what they are about.

const SHEET = "/preview/marks.css";

export function createFindings({ list, count, marks, frameDocument }) {
  let all = [];
  let page = "";

  function here() {
    return all.filter((finding) => finding.pages.includes(page));
  }

  function show() {
    const found = here();
    count.textContent = String(found.length);
    if (!found.length) {
      list.replaceChildren(make("p", "pv-fine", all.length ? "Nothing to mend on this page." : "Nothing to mend."));
    } else {
      const items = make("ul", "pv-findings");
      items.append(...found.map((finding, index) => item(finding, index + 1)));
      list.replaceChildren(items);
    }
    mark();
  }

  function item(finding, number) {
    const entry = make("li", `pv-finding pv-${finding.severity}`);
    const head = make("p", "pv-finding-head");
    head.append(make("span", "pv-severity", finding.severity), " ", make("code", "pv-code", finding.code), " ", make("code", "", finding.place));
    const mend = make("p", "pv-mend");
    mend.append(make("strong", "", "To do:"), ` ${finding.mend}`);
    entry.append(head, make("p", "pv-message", finding.message), mend);
    const element = find(finding);
    if (element) {
      const button = make("button", "pv-quiet", "Show in the page");
      button.type = "button";
      button.append(make("span", "cg-hidden", ` (finding ${number})`));
      button.addEventListener("click", () => reveal(find(finding)));
      entry.append(button);
    }
    return entry;
  }

  function mark() {
    const doc = frameDocument();
    if (!doc) return;
    doc.querySelectorAll("[data-preview-mark]").forEach((element) => element.removeAttribute("data-preview-mark"));
    if (!marks.checked) return;
    if (!doc.querySelector(`link[href="${SHEET}"]`)) {
      const link = doc.createElement("link");
      link.rel = "stylesheet";
      link.href = SHEET;
      doc.head.append(link);
    }
    for (const finding of here()) {
      const element = find(finding);
      if (element) element.setAttribute("data-preview-mark", finding.severity);
    }
  }

  function find(finding) {
    const doc = frameDocument();
    const { mark: wanted } = finding;
    if (!doc || !wanted) return null;
    const root = doc.querySelector(wanted.question ? `form[data-question="${wanted.question}"]` : "#cg-content");
    if (!root || !wanted.tag) return root;
    const same = Array.from(root.querySelectorAll(wanted.tag)).filter((element) => wordsOf(element).startsWith(wanted.words));
    const nth = root.querySelectorAll(wanted.tag)[wanted.number];
    return same.includes(nth) ? nth : same[0] || null;
  }

  function reveal(element) {
    if (!element) return;
    const { document: doc } = element.ownerDocument.defaultView;
    for (let part = element; part && part !== doc.body; part = part.parentElement) {
      if (part.localName === "details") part.open = true;
    }
    if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  }

  marks.addEventListener("change", mark);
  return {
    take(findings) {
      all = findings;
      show();
    },
    turnTo(id) {
      page = id;
      show();
    },
  };
}

// Without what the player adds for screen readers.
function wordsOf(element) {
  if (element.hasAttribute("alt")) return element.getAttribute("alt");
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".cg-hidden").forEach((part) => part.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function make(tag, name, words = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = words;
  return element;
}
