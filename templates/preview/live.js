// Hears of every new state of the course. `onState(state, isFirst)` gets what /events tells; null when the preview has ended.
// A page out of sight does not listen: a browser has few connections to one server, and an author may have many tabs.

export function live(onState) {
  let source = null;
  let isFirst = true;

  function listen() {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource("/events");
    source.onmessage = (event) => {
      onState(JSON.parse(event.data), isFirst);
      isFirst = false;
    };
    source.onerror = () => {
      isFirst = true; // another server may answer next
      onState(null, false);
    };
  }

  function rest() {
    if (source) source.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
  listen();
}

// The line in the header. It stays empty as long as all is well, so that nothing is spoken without need.
export function tell(state) {
  const line = document.getElementById("pv-live");
  const words = state ? (state.checking ? "Checking…" : "") : "The preview has ended. Start coursegen serve again.";
  if (line.textContent !== words) line.textContent = words;
  if (!state) return;
  document.getElementById("pv-total").textContent = String(state.counts.error + state.counts.warning + state.counts.hint);
}
