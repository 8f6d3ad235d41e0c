import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { createMessages } from "../../templates/player/messages.js";

const folder = new URL("../../templates/", import.meta.url);
const english = JSON.parse(readFileSync(new URL("messages/en.json", folder), "utf8"));

test("names are filled in, unknown ones stay", () => {
  const message = createMessages({ hello: "{a} and {b}, {c}" }, "en");
  assert.equal(message("hello", { a: "x", b: 1234.567 }), "x and 1,234.57, {c}");
  assert.equal(message("hello"), "{a} and {b}, {c}");
  assert.equal(message("unheard of"), "unheard of");
  assert.equal(message("constructor"), "constructor");
});

test("plurals follow the language", () => {
  const texts = { n: { one: "{count} bod", few: "{count} body", other: "{count} bodů" } };
  const message = createMessages(texts, "cs");
  assert.deepEqual([1, 3, 5].map((count) => message("n", { count })), ["1 bod", "3 body", "5 bodů"]);
  assert.equal(createMessages({ n: { other: "{count} x" } }, "en")("n", { count: 1 }), "1 x");
});

test("a language tag no browser knows", () => {
  assert.equal(createMessages({ n: { one: "one", other: "{count}" } }, "x!")("n", { count: 2.5 }), "2.5");
});

test("every text is a text, or has the form `other`", () => {
  for (const [key, text] of Object.entries(english)) {
    for (const form of typeof text === "string" ? [text] : Object.values(text)) assert.equal(typeof form, "string", key);
    if (typeof text !== "string") assert.ok(text.other, key);
  }
});

// Keys that are put together in the code are listed by their beginning. Writers of other formats use texts, too.
test("every text is used, and every text that is used exists", () => {
  const sources = ["templates/", "coursegen/"].flatMap((path) => sourcesIn(new URL(`../../${path}`, import.meta.url)));
  const all = sources.map(({ text }) => text).join("\n");
  const composed = ["saved.", "state.", "kind.", "option.", "completion.", "quiz.how.", "if.", "paper.if_", "paper.difficulty.", "moodle.scale."]
    .concat(["outcomes", "competences", "tags", "source"].map((label) => `paper.${label}`))
    .concat(["same", "near", "far", "unlike"].map((band) => `moodle.grid.${band}`), ["text", "files", "both"].map((how) => `handed.${how}`))
    .concat(["one", "several"].map((kind) => `survey.${kind}`))
    .concat(["line", "text", "menu", "checks", "number", "address", "file"].map((kind) => `records.${kind}`));
  for (const key of Object.keys(english)) {
    assert.ok(all.includes(`"${key}"`) || composed.some((start) => key.startsWith(start)), `${key} is not used`);
  }
  for (const { name, text } of sources.filter((source) => source.name.includes("/templates/"))) {
    for (const [, key] of text.matchAll(/\b(?:t|message|line|pointsLine|stay)\(\s*"([a-z.]+)"/g)) {
      assert.ok(key in english || key.endsWith("."), `${key} in ${name} does not exist`);
    }
  }
});

function sourcesIn(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return sourcesIn(new URL(`${entry.name}/`, directory));
    if (!/\.(js|html|py)$/.test(entry.name)) return [];
    const file = new URL(entry.name, directory);
    return [{ name: file.pathname, text: readFileSync(file, "utf8") }];
  });
}
