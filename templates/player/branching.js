// A case study as a state machine: pure functions of the case in the outline and the decisions of a run. The build has proved
// what can happen in it (coursegen/branching.py); both follow the same rules.

// The choices of a scene that are offered as the variables are.
export function offered(scene, variables) {
  return scene.choices.filter((choice) =>
    (choice.when || []).every((condition) => {
      const value = variables.get(condition.variable);
      return value >= (condition.atLeast ?? -Infinity) && value <= (condition.atMost ?? Infinity);
    }),
  );
}

// The variables after a choice. None leaves its limits.
function changed(activity, variables, choice) {
  const after = new Map(variables);
  for (const change of choice.change || []) {
    const { low, high } = activity.variables.find((variable) => variable.id === change.variable);
    const value = change.to ?? after.get(change.variable) + change.by;
    after.set(change.variable, Math.min(high, Math.max(low, value)));
  }
  return after;
}

// A run: { scene, variables, points, steps, ended }. Each step is { scene, choice, points, best }, `best` the most points that
// were offered there. It stops before the first decision that does not apply (an edited course may have lost its scene).
export function runOf(activity, path) {
  const scenes = new Map(activity.scenes.map((scene) => [scene.id, scene]));
  let scene = scenes.get(activity.start);
  let variables = new Map(activity.variables.map((variable) => [variable.id, variable.start]));
  const steps = [];
  for (const decision of path) {
    const choices = offered(scene, variables);
    const choice = scene.id === decision.scene && choices.find((one) => one.id === decision.choice);
    if (!choice) break;
    steps.push({ scene: scene.id, choice: choice.id, points: choice.points, best: Math.max(...choices.map((one) => one.points)), variables });
    variables = changed(activity, variables, choice);
    scene = scenes.get(choice.to);
  }
  return { scene, variables, steps, points: steps.reduce((sum, step) => sum + step.points, 0), ended: scene.ending };
}

// The same run without its detours: where it came back to a state it had been in, what lies between is left out. Scenes with
// points cannot be met twice, so no point is lost.
export function withoutDetours(activity, path) {
  const { steps } = runOf(activity, path);
  const short = [];
  const places = new Map();
  for (const step of steps) {
    const state = JSON.stringify([step.scene, ...step.variables.values()]);
    if (places.has(state)) {
      const back = places.get(state);
      for (const [key, place] of places) if (place > back) places.delete(key);
      short.length = back;
    }
    places.set(state, short.length);
    short.push({ scene: step.scene, choice: step.choice });
  }
  return short;
}
