// The modules are joined into one script, so they keep to a few forms and share one name space.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const folder = new URL("../../templates/player/", import.meta.url);
const files = ["./", "./views/"].flatMap((path) =>
  readdirSync(new URL(path, folder)).filter((name) => name.endsWith(".js")).map((name) => new URL(path + name, folder)),
);

test("imports and exports keep to the forms the linker knows", () => {
  for (const file of files) {
    for (const line of readFileSync(file, "utf8").split("\n")) {
      if (/^\s*import\b/.test(line)) assert.match(line, /^import \{ \w+(, \w+)* \} from "\.\.?\/[\w./]+\.js";$/, file.pathname);
      if (/^\s*export\b/.test(line)) assert.match(line, /^export (async function|function|class|const) \w+/, file.pathname);
      assert.doesNotMatch(line, /\bimport\(|^await\b/, file.pathname);
    }
  }
});

test("top-level names are unique over all modules", () => {
  const names = new Map();
  for (const file of files) {
    const source = readFileSync(file, "utf8");
    for (const [, name] of source.matchAll(/^(?:export )?(?:async )?(?:function|class|const|let|var) (\w+)/gm)) {
      assert.ok(!names.has(name), `${name} in ${names.get(name)} and ${file.pathname}`);
      names.set(name, file.pathname);
    }
  }
});

test("every module but the entry can be imported without a page", async () => {
  for (const file of files) if (!/\/play-\w+\.js$/.test(file.pathname)) await import(file.href);
});
