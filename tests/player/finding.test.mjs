import assert from "node:assert/strict";
import test from "node:test";

import { entriesOf, excerpt, folded, hitsIn, queryOf, search } from "../../templates/player/finding.js";

test("case and accents do not count, and places stay those of the text", () => {
  assert.equal(folded("Élève İ").words, "eleve i");
  for (const text of ["Élève", "E\u0301le\u0300ve", "각", "a😀b", "ﬁn", "L’eau"]) {
    const { words, at } = folded(text);
    assert.equal(at.length, words.length + 1, text);
    assert.equal(at[at.length - 1], text.length, text);
    for (let i = 1; i < at.length; i += 1) assert.ok(at[i] >= at[i - 1], text);
  }
  assert.deepEqual(hitsIn("un E\u0301LE\u0300VE 😀 élève", ["eleve"]), [[3, 10], [14, 19]]);
  assert.deepEqual(hitsIn("L’eau, l'eau", queryOf("l’eau")), [[0, 5], [7, 12]]);
});

test("hits that overlap are one; signs of a pattern are none", () => {
  assert.deepEqual(hitsIn("abcde", ["abc", "cd"]), [[0, 4]]);
  assert.deepEqual(hitsIn("a.c (x)", ["(x)", "."]), [[1, 2], [4, 7]]);
  assert.deepEqual(hitsIn("abc", []), []);
});

test("every word must be there; titles come first", () => {
  const places = [["a", "Wear"], ["b", "Discs"], ["c", "Pads"], ["d", "Wear of discs"]].map(([id, title]) => ({ id, title }));
  const entries = entriesOf(places, { a: "A disc wears slowly.", b: "How they wear.", c: "They rub.", lost: "wear of a disc" });
  const ids = (typed) => search(entries, queryOf(typed)).map((entry) => entry.id);
  assert.deepEqual(ids("disc  WEAR disc"), ["d", "a", "b"]);
  assert.deepEqual(ids("rub pads"), ["c"]);
  assert.deepEqual(ids("rub disc"), []);
  assert.deepEqual(ids("   "), []);
});

test("an excerpt shows the first hit in whole words", () => {
  const text = `${"before ".repeat(20)}the needle here${" after".repeat(40)}`;
  const parts = excerpt(text, ["needle"]);
  assert.deepEqual(parts.filter(([, isHit]) => isHit), [["needle", true]]);
  const shown = parts.map(([words]) => words).join("");
  assert.match(shown, /^… before .*the needle here after.* after …$/);
  assert.ok(shown.length < 170, shown);
  assert.deepEqual(excerpt("short", ["none"]), [["short", false]]);
  assert.deepEqual(excerpt("", ["x"]), []);
  const long = excerpt("x".repeat(300), ["x".repeat(300)]);
  assert.equal(long.map(([words]) => words).join("").length, 112);
});
