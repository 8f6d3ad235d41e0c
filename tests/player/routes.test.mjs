import assert from "node:assert/strict";
import test from "node:test";

import { parseRoute, routeTo } from "../../templates/player/routes.js";

test("addresses of activities and anchors", () => {
  assert.deepEqual(parseRoute("#/u01-why"), { activity: "u01-why", anchor: "" });
  assert.deepEqual(parseRoute("#/u01-why/three-questions"), { activity: "u01-why", anchor: "three-questions" });
  assert.deepEqual(parseRoute("#/u01-why/a%20b"), { activity: "u01-why", anchor: "a b" });
  assert.deepEqual(parseRoute("#/u01-why/100%"), { activity: "u01-why", anchor: "100%" });
  assert.deepEqual(parseRoute(routeTo("x")), { activity: "x", anchor: "" });
  for (const other of ["", "#", "#/", "#cg-main", "#three"]) assert.equal(parseRoute(other), null);
});
