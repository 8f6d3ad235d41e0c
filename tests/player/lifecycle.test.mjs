import assert from "node:assert/strict";
import test from "node:test";

import { watchLifecycle } from "../../templates/player/lifecycle.js";

function page() {
  const win = new EventTarget();
  win.document = new EventTarget();
  win.document.visibilityState = "visible";
  const seen = [];
  watchLifecycle(win, Object.fromEntries(["hidden", "left", "back", "again"].map((name) => [name, () => seen.push(name)])));
  const fire = (target, type, more = {}) => target.dispatchEvent(Object.assign(new Event(type), more));
  const turn = (state) => {
    win.document.visibilityState = state;
    fire(win.document, "visibilitychange");
  };
  return { win, seen, fire, turn };
}

test("hidden, frozen, in sight again, left, back", () => {
  const { win, seen, fire, turn } = page();
  turn("hidden");
  fire(win.document, "freeze");
  turn("visible");
  fire(win, "pagehide", { persisted: true });
  fire(win, "pageshow", { persisted: true });
  assert.deepEqual(seen, ["hidden", "hidden", "again", "left", "back"]);
});

test("the first showing is no coming back; the network counts only in sight", () => {
  const { win, seen, fire, turn } = page();
  fire(win, "pageshow", { persisted: false });
  fire(win, "online");
  turn("hidden");
  fire(win, "online");
  assert.deepEqual(seen, ["again", "hidden"]);
});
