import assert from "node:assert/strict";
import test from "node:test";

import { offered, runOf, withoutDetours } from "../../templates/player/branching.js";
import { dice, sampleCase } from "./sample.mjs";

const activity = sampleCase();
const path = (...steps) => steps.map((step) => ({ scene: step.split(".")[0], choice: step.split(".")[1] }));

test("a run begins with the first scene and follows the decisions", () => {
  const start = runOf(activity, []);
  assert.deepEqual([start.scene.id, start.points, start.ended, start.variables.get("asked")], ["phone", 0, false, 0]);
  const run = runOf(activity, path("phone.ask", "yard.on", "bench.gauge", "talk.tell"));
  assert.deepEqual([run.scene.id, run.points, run.ended, run.variables.get("asked")], ["good", 5, true, 1]);
  assert.deepEqual(run.steps.map(({ points, best }) => [points, best]), [[0, 0], [0, 0], [3, 3], [2, 2]]);
});

test("a choice is offered when its conditions hold; variables keep to their limits", () => {
  const run = runOf(activity, path("phone.ask", "yard.back", "phone.ask", "yard.back", "phone.ask", "yard.on"));
  assert.equal(run.variables.get("asked"), 2, "never more than its high");
  assert.deepEqual(offered(run.scene, run.variables).map(({ id }) => id), ["gauge", "guess", "tutor"]);
  const poor = runOf(activity, path("phone.go"));
  assert.deepEqual(offered(poor.scene, poor.variables).map(({ id }) => id), ["gauge", "guess"]);
  assert.equal(runOf(activity, path("phone.ask", "yard.on", "bench.guess", "talk.hide")).variables.get("asked"), 0, "a change can set");
});

test("a decision that does not apply ends the run before it", () => {
  for (const wrong of ["bench.gauge", "phone.fly", "nowhere.ask"]) assert.equal(runOf(activity, path(wrong, "phone.go")).steps.length, 0);
  assert.equal(runOf(activity, path("phone.go", "bench.tutor")).scene.id, "bench", "not offered without having asked twice");
  assert.equal(runOf(activity, path("phone.go", "bench.guess", "talk.tell", "good.more")).steps.length, 3);
});

test("without its detours a run comes to the same", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const roll = dice(seed);
    const steps = [];
    for (let left = 40; left > 0; left -= 1) {
      const { scene, variables, ended } = runOf(activity, steps);
      if (ended) break;
      const choices = offered(scene, variables);
      steps.push({ scene: scene.id, choice: choices[roll(choices.length)].id });
    }
    const [long, short] = [steps, withoutDetours(activity, steps)].map((one) => runOf(activity, one));
    assert.deepEqual([short.scene.id, short.points, [...short.variables]], [long.scene.id, long.points, [...long.variables]], `seed ${seed}`);
    assert.ok(short.steps.length <= activity.longest, `seed ${seed}: ${short.steps.length}`);
    assert.deepEqual(withoutDetours(activity, withoutDetours(activity, steps)), withoutDetours(activity, steps));
  }
});
