// The only place that reacts to the page being hidden, left and brought back. No unload or beforeunload: browsers do not
// keep their promise about them, and they would keep the page out of the back/forward cache.
//   hidden: out of sight or frozen, perhaps for ever · left: the page goes · back: it came back from the back/forward cache ·
//   again: in sight again, or the network is there again: a good moment to try what has failed

export function watchLifecycle(win, { hidden, left, back, again }) {
  const doc = win.document;
  doc.addEventListener("visibilitychange", () => (doc.visibilityState === "hidden" ? hidden() : again()));
  doc.addEventListener("freeze", () => hidden());
  win.addEventListener("online", () => {
    if (doc.visibilityState !== "hidden") again();
  });
  win.addEventListener("pagehide", () => left());
  win.addEventListener("pageshow", (event) => {
    if (event.persisted) back(); // the session has ended meanwhile
  });
}
