import assert from "node:assert/strict";
import test from "node:test";

import { createTabs } from "../../templates/player/tabs.js";
import { browser } from "./platform.mjs";

function opened(web, token, data = "") {
  const own = { taken: [], given: [], tab: web.tab() };
  const taken = (fresh) => {
    own.taken.push(fresh);
    return data;
  };
  own.tabs = createTabs({ ...own.tab, key: "k", token, date: web.date, taken, given: (text) => own.given.push(text) });
  own.tabs.claim();
  return own;
}

test("the newest tab has it, and gets what the one before had", () => {
  const web = browser();
  const first = opened(web, "one", "data of one");
  web.deliver();
  assert.equal(first.tabs.yielded(), false);
  const second = opened(web, "two");
  web.deliver();
  assert.deepEqual(first.taken, [true]);
  assert.deepEqual(second.given, ["data of one"]);
  assert.equal(second.tabs.yielded(), false);
  const third = opened(web, "three");
  web.deliver();
  assert.deepEqual([first.taken.length, second.taken.length, third.taken.length], [1, 1, 0]);
  assert.deepEqual([first.given, second.given, third.given], [[], ["data of one"], [""]]);
});

test("two at the same moment: one of them has it", () => {
  const web = browser();
  const all = ["one", "two", "three"].map((token) => opened(web, token));
  web.deliver();
  assert.deepEqual(all.map(({ taken }) => taken.length), [1, 1, 0]);
});

test("a tab that slept notices by itself, and knows that it is late", () => {
  const web = browser();
  const first = opened(web, "one", "old");
  opened(web, "two");
  web.pass(60000);
  assert.equal(first.tabs.yielded(), true);
  assert.deepEqual(first.taken, [false]);
  assert.equal(first.tabs.yielded(), false, "once");
});

test("a clock put back: late at worst", () => {
  const web = browser();
  const first = opened(web, "one");
  web.back = 3600000;
  opened(web, "two");
  web.back = 0;
  web.deliver();
  assert.deepEqual(first.taken, [false]);
});

test("nothing stays behind", () => {
  const web = browser();
  const first = opened(web, "one", "data");
  const second = opened(web, "two");
  web.deliver();
  first.tabs.release();
  assert.equal(web.stored.size, 1, "the claim of the second");
  second.tabs.release();
  assert.equal(web.stored.size, 0);
  second.tabs.release();
  opened(web, "three");
  web.deliver();
  assert.equal(second.taken.length, 0, "it had let go");
});

test("without a key or a storage it does nothing", () => {
  const web = browser();
  web.broken = true;
  const first = opened(web, "one");
  const second = opened(web, "two");
  web.deliver();
  for (const { tabs, taken } of [first, second]) {
    assert.equal(tabs.yielded(), false);
    tabs.release();
    assert.equal(taken.length, 0);
  }
  web.broken = false;
  const none = createTabs({ ...web.tab(), key: "", token: "x", date: web.date, taken() {}, given() {} });
  none.claim();
  assert.equal(none.yielded(), false);
  assert.equal(web.stored.size, 0);
});
