import assert from "node:assert/strict";
import test from "node:test";

import { answered, chosen, decided, evidenced, handed, happen, newAttempt, opened, rated, recalled, recordOf, retried } from "../../templates/player/attempt.js";
import { runOf } from "../../templates/player/branching.js";
import { activitiesOf, assess, assessCase, assessQuiz } from "../../templates/player/policy.js";
import { decodeAttempt, encodeAttempt, mergeAttempts, notStored, typedText } from "../../templates/player/storage.js";
import { RIGHT, dice, groupsOf, marked, richOutline, sampleCase, sampleGrid, newKinds, sampleOutline, sampleQuiz, anyResponse, wander, withQuiz } from "./sample.mjs";

const outline = sampleOutline();
const rich = richOutline();
const NOTHING = { added: [], reworded: [], answers: [], cases: [], removed: 0 };

function back(text, on) {
  return decodeAttempt(text, on).attempt;
}

function played(answers = RIGHT) {
  let attempt = happen(newAttempt(), opened("u01-why"));
  for (const [id, response] of Object.entries(answers)) attempt = happen(attempt, answered("u01-quiz", id, response.map((one) => one.trim())));
  return attempt;
}

// What a stored attempt must be equal to: the path of a case may have lost its detours, a question taken back leaves no trace.
function normal(attempt, on) {
  const plain = (map) => Object.fromEntries([...map].sort(([one], [other]) => (one < other ? -1 : 1)));
  const quizzes = [...attempt.quizzes].map(([id, record]) => [id, { ...record, answers: plain(record.answers) }]);
  const cases = [...attempt.cases].map(([id, record]) => {
    const run = runOf(activitiesOf(on).find((one) => one.id === id), record.path);
    return [id, { ...record, path: [run.scene.id, [...run.variables], run.points, run.ended] }];
  });
  const grids = [...attempt.grids].map(([id, record]) => [id, { ...record, levels: plain(record.levels), evidence: plain(record.evidence), earlier: plain(record.earlier) }]);
  return { location: attempt.location, seen: [...attempt.seen].sort(), quizzes: plain(quizzes), cases: plain(cases), grids: plain(grids) };
}

test("there and back, and nothing has changed", () => {
  for (const attempt of [newAttempt(), played(), happen(played(), retried("u01-quiz", 800000, true))]) {
    const found = decodeAttempt(encodeAttempt(attempt, outline), outline);
    assert.deepEqual(found.attempt, attempt);
    assert.deepEqual(found.changes, NOTHING);
  }
});

test("whatever learners do survives, and so does what is made of it", () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const roll = dice(seed);
    const attempt = wander(rich, roll, roll(80)).at(-1);
    const found = decodeAttempt(encodeAttempt(attempt, rich, Infinity), rich);
    assert.deepEqual(normal(found.attempt, rich), normal(attempt, rich), `seed ${seed}`);
    assert.deepEqual(found.changes, NOTHING, `seed ${seed}`);
    assert.deepEqual(assess(rich, found.attempt), assess(rich, attempt), `seed ${seed}`);
  }
});

test("garbage is an attempt that has not begun", () => {
  for (const text of ["", " ", "null", "[]", "7", '"x"', "{", "undefined", "a=1&b=2", '{"v":0}', '{"v":99,"s":"abc"}', "\u0000", "<p>", '{"v":2,"s":7,"at":{},"q":[]}', '{"v":1,"s":"0u01-why"}', undefined, null, 5, {}]) {
    assert.deepEqual(back(text, outline), newAttempt(), String(text));
  }
});

test("a damaged string never throws, and what it gives can be assessed", () => {
  const roll = dice(7);
  for (let seed = 1; seed <= 20; seed += 1) {
    const text = encodeAttempt(wander(rich, dice(seed), 60).at(-1), rich);
    for (let nth = 0; nth < 200; nth += 1) {
      const at = roll(text.length);
      const damaged = text.slice(0, at) + String.fromCharCode(32 + roll(90)) + text.slice(at + roll(4));
      const attempt = back(damaged, rich);
      const { score } = assess(rich, attempt);
      assert.ok(score === null || (score >= 0 && score <= 100), damaged);
      encodeAttempt(attempt, rich);
    }
  }
});

test("the string stays short: marks, and not ids, are stored", () => {
  const long = "a-very-long-name-that-somebody-gave-to-a-page-of-the-course-";
  const page = (nth) => ({ id: long + nth, kind: "page", title: "Page" });
  const big = sampleOutline();
  big.units[0].activities = Array.from({ length: 15 }, (_, nth) => page(nth));
  marked(big);
  const attempt = big.units[0].activities.reduce((now, { id }) => happen(now, opened(id)), newAttempt());
  assert.ok(encodeAttempt(attempt, big).length < 15 * 5 + 40);
});

test("pages and questions that were added, removed, moved and renamed", () => {
  const text = encodeAttempt(played(), outline);
  const changed = sampleOutline();
  const quiz = sampleQuiz({ title: "Another name" });
  quiz.questions = [...quiz.questions.slice(1).reverse(), { id: "q-new", kind: "true-false", points: 3, options: ["true", "false"], right: ["true"] }];
  changed.units = [
    { ...changed.units[0], id: "u09", activities: [quiz] },
    { ...changed.units[0], id: "u00", activities: [{ id: "u01-new", kind: "page", title: "New" }, { id: "constructor", kind: "file", title: "Sheet" }] },
  ];
  const { attempt, changes } = decodeAttempt(text, marked(changed));
  assert.equal(attempt.location, "");
  assert.deepEqual([...attempt.seen], []);
  assert.deepEqual([...recordOf(attempt, "u01-quiz").answers.keys()].sort(), ["q-many", "q-true", "q-word"]);
  assert.deepEqual(changes.added.map(({ id }) => id), ["u01-new"]);
  assert.deepEqual(changes.answers.map(({ id }) => id), ["u01-quiz"]);
  assert.equal(changes.removed, 1);
  const result = assessQuiz(quiz, attempt);
  assert.deepEqual([result.finished, result.complete, result.passed, result.bestPercent], [false, true, true, 100], "what was reached stays reached");
  const again = decodeAttempt(encodeAttempt(attempt, changed), changed);
  assert.deepEqual(again.changes, NOTHING, "it is told once");
});

test("a page with other words is told to who has read it, and to nobody else", () => {
  for (const [words, told] of [["Why, in new words", 1], [undefined, 0]]) {
    const changed = sampleOutline();
    changed.units[0].activities[0].words = words;
    changed.units[0].activities[2].words = words;
    assert.equal(decodeAttempt(encodeAttempt(played(), outline), marked(changed)).changes.reworded.length, told);
  }
});

test("a question whose key was mended drops its answer; one that was reworded or is worth more keeps it", () => {
  const stored = encodeAttempt(played(), outline);
  for (const [change, drops] of [
    [(question) => { question.right = ["b"]; }, true],
    [(question) => { question.options.push("z"); }, false],
    [(question) => { question.points = 9; }, false],
    [(question) => { question.options = ["b", "a"]; }, false],
    [(question) => { question.options = ["b", "c"]; question.right = ["b"]; }, true],
  ]) {
    const changed = sampleOutline();
    change(changed.units[0].activities[1].questions[0]);
    const { attempt, changes } = decodeAttempt(stored, marked(changed));
    assert.equal(recordOf(attempt, "u01-quiz").answers.has("q-one"), !drops, String(change));
    assert.equal(changes.answers.length, drops ? 1 : 0, String(change));
  }
  const accepted = sampleOutline();
  accepted.units[0].activities[1].questions[3].answers[2].correct = true;
  assert.equal(recordOf(back(stored, marked(accepted)), "u01-quiz").answers.has("q-word"), false);
});

test("a handed-in try opens again for what an edit took from it", () => {
  const deferred = (key) => {
    const made = sampleOutline();
    made.units[0].activities[1].feedback = "deferred";
    made.units[0].activities[1].questions[0].right = [key];
    return marked(made);
  };
  const attempt = happen(played(), handed("u01-quiz"));
  const after = back(encodeAttempt(attempt, deferred("a")), deferred("b"));
  const record = recordOf(after, "u01-quiz");
  assert.deepEqual([record.handed, record.complete, record.best, record.answers.size], [false, true, 1000000, 3]);
});

test("a question that is gone opens no try that was handed in, and none that was checked", () => {
  for (const feedback of ["deferred", "immediate"]) {
    const on = (gone) => withQuiz({ feedback, questions: sampleQuiz().questions.filter(({ id }) => id !== gone) });
    const attempt = feedback === "deferred" ? happen(played(), handed("u01-quiz")) : played();
    const { attempt: after, changes } = decodeAttempt(encodeAttempt(attempt, on()), on("q-true"));
    const result = assessQuiz(on("q-true").units[0].activities[1], after);
    assert.deepEqual([result.finished, result.passed, result.answered, result.questions, result.percent], [true, true, 3, 3, 100], feedback);
    assert.deepEqual(changes, NOTHING);
  }
});

test("a question that moves from a quiz to a bank that the quiz takes keeps its answer", () => {
  const { questions } = sampleQuiz();
  const more = { ...questions[0], id: "q-more" };
  for (const draw of [1, 2]) {
    const on = withQuiz({ feedback: "deferred", questions: [...questions.slice(1), more, questions[0]], groups: [...groupsOf(questions.slice(1), 3), ...groupsOf([more, questions[0]], draw)] });
    const before = withQuiz({ feedback: "deferred" });
    for (let seed = 1; seed < 20; seed += 1) {
      const attempt = happen(happen(played(), { type: "begun", quiz: "u01-quiz", seed }), handed("u01-quiz"));
      const { attempt: after, changes } = decodeAttempt(encodeAttempt(attempt, before), on);
      assert.deepEqual(recordOf(after, "u01-quiz").answers, recordOf(attempt, "u01-quiz").answers);
      assert.equal(recordOf(after, "u01-quiz").handed, true);
      assert.deepEqual(changes, NOTHING);
      assert.equal(assessQuiz(on.units[0].activities[1], after).questions, 3 + draw);
    }
  }
});

test("a case that was edited is replayed as far as it goes", () => {
  const on = (changes) => marked(sampleOutline({ units: [{ id: "u02", title: "U", activities: [sampleCase(changes)] }] }));
  let attempt = newAttempt();
  for (const [scene, choice] of [["phone", "ask"], ["yard", "on"], ["bench", "gauge"], ["talk", "tell"]]) attempt = happen(attempt, decided("u02-case", scene, choice));
  const stored = encodeAttempt(attempt, on());
  assert.equal(assessCase(sampleCase(), back(stored, on())).bestPercent, 100);
  const scenes = sampleCase().scenes.map((scene) => (scene.id === "bench" ? { ...scene, choices: scene.choices.slice(1) } : scene));
  const { attempt: after, changes } = decodeAttempt(stored, on({ scenes }));
  const result = assessCase(sampleCase({ scenes }), after);
  assert.deepEqual([result.run.scene.id, result.ended, result.complete, result.bestPercent], ["bench", false, true, 100]);
  assert.equal(changes.cases.length, 1);
});

test("detours are left out of a stored path that would be too long, and nothing else", () => {
  const on = marked(sampleOutline({ units: [{ id: "u02", title: "U", activities: [sampleCase()] }] }));
  let attempt = newAttempt();
  for (let round = 0; round < 50; round += 1) for (const [scene, choice] of [["phone", "ask"], ["yard", "back"]]) attempt = happen(attempt, decided("u02-case", scene, choice));
  attempt = happen(attempt, decided("u02-case", "phone", "go"));
  attempt = happen(attempt, decided("u02-case", "bench", "tutor"));
  const after = back(encodeAttempt(attempt, on), on);
  assert.ok(after.cases.get("u02-case").path.length <= 8);
  assert.equal(assessCase(sampleCase(), after).points, 5);
});

test("evidence is stored as far as there is room, and the rest is told", () => {
  const on = marked(sampleOutline({ textRoom: 200, units: [{ id: "u02", title: "U", activities: [sampleGrid()] }] }));
  let attempt = happen(newAttempt(), rated("u02-grid", "a1", 3));
  const bare = encodeAttempt(attempt, on).length;
  for (const [id, text] of [["a1", "x".repeat(100)], ["a2", "\"".repeat(90)], ["b1", "short"]]) attempt = happen(attempt, evidenced("u02-grid", id, text));
  assert.deepEqual(notStored(attempt, on), [["u02-grid", "a2", "\"".repeat(90), 1]]);
  const stored = encodeAttempt(attempt, on);
  assert.ok(stored.length <= bare + 200, `${stored.length} > ${bare} + 200`);
  assert.deepEqual([...back(stored, on).grids.get("u02-grid").evidence.keys()], ["a1", "b1"]);
  assert.equal(back(encodeAttempt(attempt, on, Infinity), on).grids.get("u02-grid").evidence.size, 3);
});

test("evidence never takes more than its room", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const attempt = wander(rich, dice(seed), 120).at(-1);
    const bare = encodeAttempt(attempt, rich, 0).length;
    for (const room of [0, 20, 50, 100, 400]) assert.ok(encodeAttempt(attempt, rich, room).length <= bare + room, `seed ${seed}, room ${room}`);
  }
});

test("what is typed is one line of whole characters, and not too long", () => {
  assert.equal(typedText("  a\u0000b\n c ", 60), "a b c");
  assert.equal(typedText("x".repeat(99), 60).length, 60);
  assert.equal(typedText("\ud800a\udc00", 60), "a");
  assert.equal(typedText("xx😀", 3), "xx");
  assert.equal(typedText('"a" b_c', 8), '"a" b', "as it is stored, escapes included");
});

test("two attempts in one have all that either has", () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const roll = dice(seed);
    const common = wander(rich, roll, 30).at(-1);
    const [one, other] = [wander(rich, roll, 25, common).at(-1), wander(rich, roll, 25, common).at(-1)];
    const merged = mergeAttempts(one, other, rich);
    const reports = [one, other, merged].map((attempt) => assess(rich, attempt));
    assert.ok((reports[2].score ?? 0) >= Math.max(reports[0].score ?? 0, reports[1].score ?? 0), `score, seed ${seed}`);
    assert.ok([...one.seen, ...other.seen].every((id) => merged.seen.has(id)));
    assert.deepEqual(normal(mergeAttempts(merged, merged, rich), rich), normal(merged, rich), `seed ${seed}`);
    assert.deepEqual(normal(mergeAttempts(common, one, rich), rich).seen, normal(one, rich).seen);
    for (const [id, record] of merged.quizzes) {
      for (const each of [one, other]) {
        const mine = recordOf(each, id);
        if (mine.tries === record.tries && mine.seed === record.seed) for (const question of mine.answers.keys()) assert.ok(record.answers.has(question), `seed ${seed}`);
      }
    }
  }
});

test("a quiz that was handed in and is now answered one by one is open for what it lacks", () => {
  const on = (feedback) => {
    const made = sampleOutline();
    made.units[0].activities[1].feedback = feedback;
    return marked(made);
  };
  const { "q-word": left, ...most } = RIGHT;
  const attempt = happen(played(most), handed("u01-quiz"));
  const after = back(encodeAttempt(attempt, on("deferred")), on("immediate"));
  assert.equal(recordOf(after, "u01-quiz").handed, false);
  const whole = happen(after, answered("u01-quiz", "q-word", left));
  assert.equal(assessQuiz(on("immediate").units[0].activities[1], whole).percent, 100);
});

test("other forms: an answer that belongs to no question of the try is told as lost", () => {
  const on = (forms) => marked(sampleOutline({ units: [{ id: "u", title: "U", activities: [sampleQuiz({ forms })] }] }));
  const attempt = happen(happen(newAttempt(), { type: "begun", quiz: "u01-quiz", seed: 2 }), answered("u01-quiz", "q-one", ["a"]));
  const stored = encodeAttempt(attempt, on([["q-one", "q-many"], ["q-true", "q-word"]]));
  assert.equal(decodeAttempt(stored, on([["q-many", "q-true"], ["q-one", "q-word"]])).changes.answers.length, 1);
  assert.equal(decodeAttempt(stored, on([["q-one", "q-many"], ["q-true", "q-word"]])).changes.answers.length, 0);
});

test("two devices that shuffle differently have still asked the same questions", () => {
  const on = marked(sampleOutline({ units: [{ id: "u", title: "U", activities: [sampleQuiz({ shuffleOptions: true })] }] }));
  const [one, other] = [[1, { "q-one": ["a"] }], [2, { "q-true": ["false"], "q-many": ["a", "c"] }]].map(([seed, answers]) =>
    Object.entries(answers).reduce((now, [id, response]) => happen(now, answered("u01-quiz", id, response)), happen(newAttempt(), { type: "begun", quiz: "u01-quiz", seed })),
  );
  assert.equal(recordOf(mergeAttempts(one, other, on), "u01-quiz").answers.size, 3);
});

test("a rating that was begun anew is not mixed with the one before it", () => {
  const on = marked(sampleOutline({ units: [{ id: "u", title: "U", activities: [sampleGrid()] }] }));
  const before = happen(happen(newAttempt(), rated("u02-grid", "a1", 3)), evidenced("u02-grid", "a1", "old"));
  const anew = happen(happen(before, { type: "kept", grid: "u02-grid" }), rated("u02-grid", "a2", 1));
  for (const merged of [mergeAttempts(before, anew, on), mergeAttempts(anew, before, on)]) assert.deepEqual(merged, anew);
});

test("an activity that has become another kind takes nothing with it, and harms nothing", () => {
  const kinds = ["page", "quiz", "case", "grid"];
  const makes = { page: (id) => ({ id, kind: "page", title: id }), quiz: (id) => sampleQuiz({ id }), case: (id) => sampleCase({ id }), grid: (id) => sampleGrid({ id }) };
  const on = (kind) => marked(sampleOutline({ units: [{ id: "u", title: "U", activities: [makes[kind]("thing"), makes.page("other")] }] }));
  for (const before of kinds) {
    for (const now of kinds) {
      for (let seed = 1; seed <= 10; seed += 1) {
        const attempt = wander(on(before), dice(seed), 40).at(-1);
        const after = back(encodeAttempt(attempt, on(before)), on(now));
        assess(on(now), mergeAttempts(after, attempt, on(now)));
        assess(on(now), back(encodeAttempt(attempt, on(now)), on(now)));
      }
    }
  }
});

test("an attempt that is longer than the build could know leaves evidence less room", () => {
  const on = marked(sampleOutline({ dataLimit: 200, textRoom: 150, units: [{ id: "u", title: "U", activities: [sampleQuiz(), sampleGrid()] }] }));
  let attempt = happen(played(), rated("u02-grid", "a1", 3));
  attempt = happen(attempt, evidenced("u02-grid", "a1", "x".repeat(90)));
  assert.ok(encodeAttempt(attempt, on).length <= 200);
  assert.equal(notStored(attempt, on).length, 1);
});

const kindsOn = (changes = {}, more = {}) => marked(sampleOutline({ textRoom: 3000, units: [{ id: "u", title: "U", activities: [sampleQuiz({ questions: newKinds(), ...changes })] }], ...more }));
const giveAll = (on, roll) => on.units[0].activities[0].questions.reduce((now, question) => happen(now, answered("u01-quiz", question.id, anyResponse(question, roll, true))), newAttempt());

test("answers of every kind, whatever is typed", () => {
  const hostile = ["a.b", "~", "~;", ",", "_ _", "a,b;c~d_e.f", '"\\"', "😀,.", "e\u0301", "0", "t", "constructor", "__proto__", "g1.a,g-2.b"];
  for (let seed = 1; seed <= 100; seed += 1) {
    const on = kindsOn();
    const attempt = giveAll(on, dice(seed));
    const found = decodeAttempt(encodeAttempt(attempt, on), on);
    assert.deepEqual(found.attempt.quizzes, attempt.quizzes, `seed ${seed}`);
    assert.deepEqual(found.changes, NOTHING);
  }
  const on = kindsOn();
  for (const text of hostile) {
    for (const [kind, response] of [["short-answer", [text]], ["numerical", [text]], ["cloze", ["g1.b", `g-2.${text}`, `g3.${text}`]], ["cloze", [`g3.${text}`]], ["essay", [`${text}\n${text}`]]]) {
      const { id } = newKinds().find((question) => question.kind === kind);
      const attempt = happen(newAttempt(), answered("u01-quiz", id, response));
      assert.deepEqual(back(encodeAttempt(attempt, on), on).quizzes.get("u01-quiz").answers.get(id), response, `${kind} ${text}`);
    }
  }
});

test("an answer that a mended key, a list without its option or a damaged string makes impossible is told as lost", () => {
  const stored = encodeAttempt(giveAll(kindsOn(), dice(3)), kindsOn());
  const drops = (kind, change) => {
    const on = kindsOn();
    const question = on.units[0].activities[0].questions.find((one) => one.kind === kind);
    change(question);
    const { attempt, changes } = decodeAttempt(stored, marked(on));
    assert.equal(changes.answers.length, recordOf(attempt, "u01-quiz").answers.has(question.id) ? 0 : 1);
    return changes.answers.length === 1;
  };
  assert.ok(drops("ordering", (question) => question.right.reverse()));
  assert.ok(drops("ordering", (question) => question.options.pop()));
  assert.ok(drops("numerical", (question) => { question.answers[0].high = "13"; }));
  assert.ok(drops("matching", (question) => { question.parts[0].right = ["b"]; }));
  assert.ok(drops("sorting", (question) => question.parts.forEach((part) => { part.options = ["hot"]; })));
  assert.ok(drops("rating-scale", (question) => { question.options = ["new"]; }));
  assert.ok(!drops("rating-scale", (question) => question.options.push("new")));
  assert.ok(!drops("matching", (question) => question.parts.forEach((part) => part.options.push("more"))));
  assert.ok(!drops("essay", (question) => { question.length = 10; }));
  assert.ok(!drops("cloze", (question) => { question.parts[1].length = 2; }));
});

test("an essay whose text has no room is still answered; the text is told as not kept", () => {
  const on = kindsOn({}, { textRoom: 100 });
  const { id } = newKinds().find(({ kind }) => kind === "essay");
  for (const [text, kept] of [["short", "short"], ["long ".repeat(40), ""]]) {
    const attempt = happen(newAttempt(), answered("u01-quiz", id, [text]));
    assert.deepEqual(notStored(attempt, on), kept ? [] : [["u01-quiz", id, text, 1]]);
    const after = back(encodeAttempt(attempt, on), on);
    assert.deepEqual(recordOf(after, "u01-quiz").answers.get(id), [kept]);
    assert.deepEqual(back(encodeAttempt(after, on), on), after, "and it stays so");
    assert.deepEqual(recordOf(happen(after, recalled("u01-quiz", id, text, 1)), "u01-quiz").answers.get(id), [kept || text]);
    assert.deepEqual(happen(after, chosen("u01-quiz", id, [])) === after, !kept, "an empty field takes back what was there only");
    for (const merged of [mergeAttempts(after, attempt, on), mergeAttempts(attempt, after, on)]) assert.deepEqual(recordOf(merged, "u01-quiz").answers.get(id), [text]);
  }
  assert.equal(happen(newAttempt(), recalled("u01-quiz", id, "x", 1)).quizzes.size, 0, "a text alone is no answer");
});

test("evidence and essays share the room", () => {
  const on = marked(sampleOutline({ textRoom: 150, units: [{ id: "u", title: "U", activities: [sampleQuiz({ questions: newKinds() }), sampleGrid()] }] }));
  const { id } = newKinds().find(({ kind }) => kind === "essay");
  let attempt = happen(newAttempt(), answered("u01-quiz", id, ["e".repeat(80)]));
  const bare = encodeAttempt(happen(attempt, rated("u02-grid", "a1", 1)), on, 0).length;
  attempt = happen(happen(attempt, rated("u02-grid", "a1", 1)), evidenced("u02-grid", "a1", "x".repeat(60)));
  assert.deepEqual(notStored(attempt, on).map(([activity]) => activity), ["u02-grid"]);
  assert.ok(encodeAttempt(attempt, on).length <= bare + 150);
});
