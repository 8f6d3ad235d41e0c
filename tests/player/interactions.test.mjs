import assert from "node:assert/strict";
import test from "node:test";

import { caseInteraction, gridInteractions, quizInteraction } from "../../templates/player/interactions.js";
import { scorm12 } from "../../templates/player/scorm12.js";
import { scorm2004 } from "../../templates/player/scorm2004.js";
import { RUNTIMES, platform } from "./platform.mjs";
import { anyResponse, dice, newKinds } from "./sample.mjs";

const date = new Date("2026-01-02T03:04:05Z");
const quiz = { id: "quiz", title: "Quiz" };
const single = { id: "q-1", kind: "single-choice", points: 2, options: ["a", "b"], right: ["b"] };
const partial = { id: "q-2", kind: "multiple-response", points: 2, options: ["a", "b", "c", "d"], right: ["a", "b", "c"], credit: "partial" };
const statement = { id: "q-3", kind: "true-false", points: 1, options: ["true", "false"], right: ["false"] };
const word = { id: "q-4", kind: "short-answer", points: 1, answers: [{ id: "a", text: "Dog", correct: true }, { id: "b", text: "cat", correct: false }, { id: "c", text: "hound", correct: true }] };

const told = (question, response) => quizInteraction(quiz, question, response, 5, date);

test("answers: right, wrong, a part, none", () => {
  assert.deepEqual(told(single, ["b"]), { id: "q-1", type: "choice", response: ["b"], patterns: [["b"]], result: "correct", weighting: 2, seconds: 5, date });
  assert.equal(told(single, ["a"]).result, "wrong");
  assert.equal(told(single, []).result, "wrong");
  assert.equal(told(partial, ["a", "b", "c"]).result, "correct");
  assert.equal(told(partial, ["a"]).result, 0.67);
  assert.equal(told(partial, ["a", "b", "c", "d"]).result, "wrong", "ticking everything earns nothing");
  assert.equal(told({ ...partial, credit: undefined }, ["a"]).result, "wrong");
  assert.deepEqual([told(statement, ["false"]).type, told(statement, ["false"]).patterns, told(statement, ["true"]).result], ["true-false", [["false"]], "wrong"]);
  assert.deepEqual(told(word, [" DOG"]), { id: "q-4", type: "fill-in", response: [" DOG"], patterns: [["Dog"], ["hound"]], result: "correct", weighting: 1, seconds: 5, date });
});

const activity = { id: "u01-case", title: "A case" };
const scene = { id: "s1", choices: [{ id: "a", points: 2 }, { id: "b", points: 0 }, { id: "c", points: 1 }, { id: "d", points: 2 }] };
const decision = (choice, from = scene, runs = 1) => caseInteraction(activity, from, from.choices[choice], runs, 5, date);

test("decisions: the best of what was offered is right", () => {
  const best = { id: "u01-case--s1", type: "choice", response: ["a"], patterns: [["a"], ["d"]], result: "correct", seconds: 5, date, weighting: 2 };
  assert.deepEqual(decision(0), best);
  assert.deepEqual([1, 2, 3].map((nth) => decision(nth).result), ["wrong", 1, "correct"]);
  const offered = { ...scene, choices: scene.choices.slice(1, 3) };
  assert.deepEqual(decision(1, offered).patterns, [["c"]]);
  assert.equal(decision(1, offered).result, "correct");
  assert.equal(decision(0, scene, 2).description, "A case (2)");
});

test("decisions without points are neutral", () => {
  const free = { id: "s2", choices: [{ id: "x", points: 0 }, { id: "y", points: 0 }] };
  assert.deepEqual(decision(1, free), { id: "u01-case--s2", type: "choice", response: ["y"], patterns: [], result: "neutral", seconds: 5, date });
});

const grid = (count, prefix) => ({ id: "grid", indicators: Array.from({ length: count }, (_, nth) => ({ id: `${prefix}${nth}` })) });

test("ratings of a grid are one short text, and evidence that is not stored elsewhere one each", () => {
  const small = grid(3, "a");
  const record = { levels: new Map([["a0", 3], ["a2", 0]]), evidence: new Map([["a0", "Seen"], ["a1", "Heard"]]) };
  const all = gridInteractions(small, record, ["a1", "a2"], 5, date);
  assert.deepEqual(all.map(({ id, response }) => [id, ...response]), [["grid", "a0=3 a1=- a2=0"], ["grid--a1", "Heard"]]);
  for (const one of all) assert.deepEqual([one.type, one.result, one.patterns, "weighting" in one], ["fill-in", "neutral", [], false]);
  const large = grid(60, "an-indicator-");
  const rated = { levels: new Map(large.indicators.map(({ id }) => [id, 4])), evidence: new Map() };
  const [one] = gridInteractions(large, rated, [], 5, date);
  assert.equal(one.response[0], Array(60).fill("4").join(" "));
});

const ofKind = (kind, nth = 0) => newKinds().filter((question) => question.kind === kind)[nth];
const shape = ({ type, response, patterns, result, weighting }) => [type, response, patterns, result, weighting];

test("a number is numeric; other words, and numbers that an LMS does not take, are told as typed", () => {
  const [range, huge] = [ofKind("numerical"), ofKind("numerical", 1)];
  assert.deepEqual(shape(told(range, ["12,50 mm"])), ["numeric", ["12.5"], [["12.25", "12.75"]], "correct", 2]);
  assert.deepEqual(shape(told(range, ["+.5"])), ["numeric", ["0.5"], [["12.25", "12.75"]], "wrong", 2]);
  for (const typed of ["about 12", "123456", "0.00000001"]) assert.deepEqual(shape(told(range, [typed])), ["fill-in", [typed], [], "wrong", 2]);
  assert.deepEqual(shape(told(huge, ["-1234567,5"])), ["fill-in", ["-1234567,5"], [], "correct", 2]);
  assert.deepEqual(shape(told(range, [])), ["numeric", [], [["12.25", "12.75"]], "wrong", 2]);
});

test("parts, an order, a text and an opinion", () => {
  assert.deepEqual(shape(told(ofKind("matching"), ["one.b", "two-2.b"])), ["matching", ["one.b", "two-2.b"], [["one.alpha-beta", "two-2.b", "three.c"]], 0.67, 2]);
  assert.deepEqual(shape(told(ofKind("sorting"), ["i.warm"])), ["matching", ["i.warm"], [["i.cold-1", "j.warm", "k.cold-1", "l.warm"]], "wrong", 2]);
  const order = ["s-1", "s2", "s3", "s4"];
  assert.deepEqual(shape(told(ofKind("ordering"), order)), ["sequencing", order, [order], "correct", 2]);
  assert.deepEqual(shape(told(ofKind("cloze"), ["g1.b", "g-2.x, y"])), ["fill-in", ["g1.b", "g-2.x, y"], [["g1.a", "g-2.Disc, or so", "g3.br*ke"]], 0.67, 2]);
  assert.deepEqual(shape(told(ofKind("essay"), ["One.\nTwo."])), ["long-fill-in", ["One.\nTwo."], [], "neutral", undefined]);
  assert.deepEqual(shape(told(ofKind("rating-scale"), ["l2"])), ["likert", ["2"], [], "neutral", undefined]);
  const levels = Array.from({ length: 11 }, (_, nth) => `l${nth}`);
  assert.deepEqual(told({ ...ofKind("rating-scale"), options: levels }, ["l10"]).response, ["b"], "one character, up to 35 levels");
  for (const question of newKinds()) assert.deepEqual(told(question, anyResponse(question, dice(1), true)).objectives, ["lo-1", "lo-2"]);
  assert.equal("objectives" in told(single, ["a"]), false);
});

test("all of them are taken by strict LMSs of both versions", () => {
  const all = [
    ...[["a"], ["b"], []].map((response) => told(single, response)),
    ...[["a"], ["b", "a"], ["a", "b", "c"], ["d"], []].map((response) => told(partial, response)),
    ...[["true"], ["false"], []].map((response) => told(statement, response)),
    ...[["dog"], ["{x}[,]"], ["\n".repeat(400)], []].map((response) => told(word, response)),
    ...Array.from({ length: 10 }, (_, seed) => newKinds().map((question) => told(question, anyResponse(question, dice(seed), seed % 2)))).flat(),
    told(ofKind("matching"), Array.from({ length: 50 }, (_, nth) => `a-pair-with-a-name-${nth}.another-name-${nth}`)),
    told(ofKind("cloze"), Array.from({ length: 20 }, (_, nth) => `g-${nth}.{[,] ${"x".repeat(40)}`)),
    told(ofKind("essay"), ["{😀\n[,]".repeat(900)]),
    told(ofKind("essay"), [""]),
    told({ ...ofKind("essay"), outcomes: Array.from({ length: 14 }, (_, nth) => `lo-${nth}`) }, ["x"]),
    ...[0, 1, 2, 3].map((nth) => decision(nth, scene, nth)),
    ...gridInteractions(grid(9, "a-"), { levels: new Map(), evidence: new Map([["a-1", "x".repeat(999)]]) }, ["a-1"], 5, date),
  ];
  for (const runtime of RUNTIMES) {
    const it = platform(runtime);
    it.api[it.name("Initialize")]("");
    const dialect = { scorm12, scorm2004 }[runtime];
    const pieces = dialect.pieces ? all.flatMap(dialect.pieces) : all;
    pieces.forEach((one, nth) => dialect.interaction(nth, one).forEach((pair) => it.api[it.name("SetValue")](...pair)));
    assert.deepEqual(it.refused(), []);
    assert.equal(it.api[it.name("GetValue")]("cmi.interactions._count"), String(pieces.length));
  }
});
