// The only place that reacts to the page being hidden, left and brought back. No unload or beforeunload: browsers do not
// keep their promise about them, and they would keep the page out of the back/forward cache.

export function watchLifecycle(win, { hidden, left, back }) {
  win.document.addEventListener("visibilitychange", () => {
    if (win.document.visibilityState === "hidden") hidden();
  });
  win.addEventListener("pagehide", () => left());
  win.addEventListener("pageshow", (event) => {
    if (event.persisted) back(); // from the back/forward cache: the session has ended meanwhile
  });
}
