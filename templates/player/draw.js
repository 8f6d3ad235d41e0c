// Which questions a try of a quiz has, and in which order they and their options are shown. Nothing is stored but a seed:
// every id has a rank that follows from the seed and the number of the try. An edit of the course moves no other id's rank,
// so a resumed attempt shows what it showed before.

// A number from 0 to 2^32 - 1 (FNV-1a, its bits mixed once more: ids of a course differ in few characters).
function rank(...parts) {
  const text = parts.join(":");
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function byRank(ids, ...parts) {
  const ranks = new Map(ids.map((id) => [id, rank(...parts, id)]));
  return [...ids].sort((one, other) => ranks.get(one) - ranks.get(other) || (one < other ? -1 : 1));
}

// The questions of the running try, in the order shown: those of a form, or from each group so many. What was answered stays, even
// if an edit of the course would now draw another question. No question is in two groups (rule B006).
export function drawnQuestions(quiz, record) {
  let questions = quiz.questions;
  if (quiz.forms && quiz.forms.length) {
    const form = new Set(quiz.forms[(record.seed + record.tries - 1) % quiz.forms.length]);
    questions = questions.filter((question) => form.has(question.id));
  } else if (quiz.groups) {
    const drawn = new Set(quiz.groups.flatMap((group) => drawnFrom(group, record)));
    questions = questions.filter((question) => drawn.has(question.id));
  }
  if (!quiz.shuffleQuestions) return questions;
  const order = byRank(questions.map((question) => question.id), record.seed, record.tries, "order");
  return order.map((id) => questions.find((question) => question.id === id));
}

function drawnFrom({ draw, questions }, { seed, tries, answers }) {
  const ranked = byRank(questions, seed, tries, "draw");
  const answered = ranked.filter((id) => answers.has(id));
  return [...answered, ...ranked.filter((id) => !answers.has(id))].slice(0, Math.max(draw, answered.length));
}

// The ids of a question's options in the order shown. True and false keep theirs, and so does a scale: shuffled they only confuse.
// Things to put in order never stand in the right one at first. Lists for parts of a question stay as they are.
export function optionOrder(quiz, question, record) {
  const options = question.options || [];
  if (!quiz.shuffleOptions || /^(true-false|rating-scale)$/.test(question.kind)) return options;
  const order = byRank(options, record.seed, record.tries, question.id);
  if (question.kind === "ordering" && question.right.every((id, place) => id === order[place])) order.push(order.shift());
  return order;
}

// Whether a quiz needs a seed before it is shown.
export function isDrawn(quiz) {
  return Boolean(quiz.groups || (quiz.forms && quiz.forms.length) || quiz.shuffleQuestions || quiz.shuffleOptions);
}
