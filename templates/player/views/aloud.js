// Reads a page aloud, block by block, with a voice that this device has itself: one in the web would be told what somebody reads.

import { textsIn } from "./texts.js";

const SPOKEN_BLOCK = "p,li,dt,dd,td,th,h1,h2,h3,h4,h5,h6,caption,figcaption,summary,legend,label,pre,address,blockquote,div";
const IN_CLOSED = "details:not([open]) > :not(summary)";
const SENTENCE = /.+?(?:[.!?…]+(?=\s|$)|$)/g; // some browsers fall silent in the middle of a long text

// `parts()` are the elements to read, in order.
export function createReader({ doc, win, message, parts }) {
  const box = doc.getElementById("cg-aloud");
  const [start, stopper] = box.querySelectorAll("button");
  const label = start.querySelector("span");
  const again = doc.getElementById("cg-aloud-panel");
  const speech = win.speechSynthesis;
  let queue = [];
  let at = 0;
  let turn = 0; // what is said of an earlier turn does not count any more
  let spoken = null; // kept, or some browsers forget it before it ends
  let marked = null;

  function voiceFor(language) {
    const [wanted, ...rest] = language.toLowerCase().split("-");
    const voices = speech.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === wanted);
    const region = rest.join("-");
    return voices.find((voice) => region && voice.lang.toLowerCase().replace("_", "-").endsWith(`-${region}`)) || voices.find((voice) => voice.default) || voices[0];
  }

  function state(name) {
    box.dataset.state = name;
    label.textContent = message({ reading: "aloud.pause", paused: "aloud.continue" }[name] || "aloud.start");
    stopper.hidden = !name;
  }

  function mark(block) {
    if (marked === block) return;
    if (marked) marked.classList.remove("cg-spoken");
    marked = block;
    if (!block) return;
    block.classList.add("cg-spoken");
    block.scrollIntoView({ block: "center" });
  }

  function sentences() {
    const runs = [];
    for (const node of parts().flatMap((part) => textsIn(doc, part))) {
      const parent = node.parentElement;
      if (parent.closest(IN_CLOSED) || !parent.getClientRects().length) continue;
      const block = parent.closest(SPOKEN_BLOCK);
      const { lang } = parent.closest("[lang]");
      const last = runs[runs.length - 1];
      if (last && last.block === block && last.lang === lang) last.text += node.data;
      else runs.push({ block, lang, text: node.data });
    }
    return runs.flatMap((run) => run.text.replace(/\s+/g, " ").trim().match(SENTENCE).map((text) => ({ ...run, text: text.trim() })));
  }

  function next() {
    if (at >= queue.length) {
      stop();
      return;
    }
    const { block, lang, text } = queue[at];
    turn += 1;
    const mine = turn;
    spoken = new win.SpeechSynthesisUtterance(text);
    spoken.lang = lang;
    spoken.voice = voiceFor(lang) || voiceFor(doc.documentElement.lang);
    spoken.onend = () => {
      if (mine !== turn) return;
      at += 1;
      next();
    };
    spoken.onerror = () => mine === turn && stop();
    mark(block);
    speech.speak(spoken);
  }

  function hush() {
    turn += 1;
    speech.cancel();
  }

  function read() {
    queue = sentences();
    at = 0;
    state("reading");
    next();
  }

  function stop() {
    if (!box.dataset.state) return;
    hush();
    mark(null);
    if (doc.activeElement === stopper) start.focus();
    state("");
  }

  // Not the browser's own pause, which some cannot end: it is hushed, and begins the sentence anew.
  function press() {
    if (!box.dataset.state) read();
    else if (box.dataset.state === "paused") {
      state("reading");
      next();
    } else {
      hush();
      state("paused");
    }
  }

  function know() {
    box.hidden = again.hidden = !voiceFor(doc.documentElement.lang);
  }

  if (speech) {
    state("");
    start.addEventListener("click", press);
    stopper.addEventListener("click", stop);
    again.addEventListener("click", () => {
      stop();
      read();
      start.focus();
    });
    speech.onvoiceschanged = know; // voices come late
    know();
  }
  return { stop: speech ? stop : () => {} };
}
