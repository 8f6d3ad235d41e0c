import assert from "node:assert/strict";
import test from "node:test";

import { answered, evidenced, happen, newAttempt, recordOf, retried } from "../../templates/player/attempt.js";
import { createNotes } from "../../templates/player/notes.js";
import { decodeAttempt, encodeAttempt } from "../../templates/player/storage.js";
import { marked, newKinds, sampleGrid, sampleOutline, sampleQuiz } from "./sample.mjs";

const outline = marked(sampleOutline({ textRoom: 50, units: [{ id: "u", title: "U", activities: [sampleQuiz({ questions: newKinds() }), sampleGrid()] }] }));
const essay = newKinds().find(({ kind }) => kind === "essay").id;
const LONG = "what I saw\n".repeat(20);

function device() {
  const kept = new Map();
  const store = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
  return { kept, notes: (learner) => createNotes({ storage: () => store, outline, learner }) };
}

test("essays and evidence without room are found again on the device, by the same learner", () => {
  const { kept, notes } = device();
  const attempt = happen(happen(newAttempt(), answered("u01-quiz", essay, [LONG])), evidenced("u02-grid", "a1", LONG));
  notes("l1").keep(attempt);
  const arrived = decodeAttempt(encodeAttempt(attempt, outline), outline).attempt;
  assert.deepEqual(recordOf(arrived, "u01-quiz").answers.get(essay), [""]);
  const found = notes("l1").addTo(arrived);
  assert.deepEqual(recordOf(found, "u01-quiz").answers.get(essay), [LONG]);
  assert.equal(found.grids.get("u02-grid").evidence.get("a1"), LONG);
  assert.equal(notes("l2").addTo(arrived), arrived, "nobody else's");
  const again = happen(newAttempt(), answered("u01-quiz", essay, ["newer"]));
  assert.deepEqual(recordOf(notes("l1").addTo(again), "u01-quiz").answers.get(essay), ["newer"], "what the LMS has goes first");
  assert.equal(recordOf(notes("l1").addTo(newAttempt()), "u01-quiz").answers.size, 0, "a text alone answers nothing");
  const same = notes("l1");
  same.keep(attempt);
  same.keep(newAttempt());
  assert.equal(kept.size, 0, "what is not wanted any more goes");
});

test("what was written in one try is not the answer of another one", () => {
  const [here, there] = [device(), device()];
  const first = happen(newAttempt(), answered("u01-quiz", essay, [LONG]));
  here.notes("l1").keep(first);
  const second = happen(happen(first, retried("u01-quiz", 0, true)), answered("u01-quiz", essay, [`Again, ${LONG}`]));
  there.notes("l1").keep(second);
  const arrived = decodeAttempt(encodeAttempt(second, outline), outline).attempt;
  assert.deepEqual(recordOf(here.notes("l1").addTo(arrived), "u01-quiz").answers.get(essay), [""]);
  assert.deepEqual(recordOf(there.notes("l1").addTo(arrived), "u01-quiz").answers.get(essay), [`Again, ${LONG}`]);
});

test("damaged notes and notes of activities that are gone harm nothing", () => {
  for (const text of ["{", "7", "null", "[7]", "[null]", '[["gone","a","x"]]', '[["u02-grid"]]', '{"a":1}']) {
    const { kept, notes } = device();
    notes("l1").keep(happen(newAttempt(), evidenced("u02-grid", "a1", LONG)));
    for (const key of kept.keys()) kept.set(key, text);
    const found = notes("l1").addTo(newAttempt());
    assert.deepEqual(found.seen, new Set(), text);
    encodeAttempt(found, outline);
  }
});
