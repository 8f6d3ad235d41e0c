import assert from "node:assert/strict";
import test from "node:test";

import { createSafe, fingerprint } from "../../templates/player/safe.js";

test("a fingerprint is short, the same again, another for another text, and does not give the text away", () => {
  const all = new Set();
  for (let nth = 0; nth < 20000; nth += 1) {
    const print = fingerprint(`package learner-${nth}`);
    assert.match(print, /^[0-9a-z]{4,14}$/);
    assert.equal(print, fingerprint(`package learner-${nth}`));
    all.add(print);
  }
  assert.equal(all.size, 20000);
  assert.ok(!fingerprint("anna").includes("anna"));
  assert.match(fingerprint("ünï\u{1F600}"), /^[0-9a-z]+$/);
});

test("a copy is kept, found and dropped", () => {
  const kept = new Map();
  const storage = () => ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) });
  const safe = createSafe(storage, "k");
  assert.equal(safe.get(), "");
  safe.put("d");
  assert.equal(createSafe(storage, "k").get(), "d");
  safe.drop();
  assert.equal(safe.get(), "");
  assert.equal(kept.size, 0);
});

test("without a key, or with a storage that throws or is missing, nothing happens", () => {
  const forbidden = () => {
    throw new Error("forbidden");
  };
  const full = () => ({ getItem: () => null, setItem: forbidden, removeItem: forbidden });
  for (const [storage, key] of [[forbidden, "k"], [full, "k"], [() => null, "k"], [() => undefined, "k"], [forbidden, ""]]) {
    const safe = createSafe(storage, key);
    safe.put("d");
    assert.equal(safe.get(), "");
    safe.drop();
  }
  const touched = createSafe(() => assert.fail("asked for the storage"), "");
  assert.equal(touched.get(), "");
});
