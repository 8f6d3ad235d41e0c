// Brings a quiz's HTML to life. Answers are either checked one by one, each for good, or kept as they change and handed in
// together. Everything shown follows from the record, so a question looks the same just answered and after a return.

import { answered, begun, chosen, handed, happen, recordOf, retried } from "../attempt.js";
import { isDrawn, optionOrder } from "../draw.js";
import { quizInteraction } from "../interactions.js";
import { assessQuiz, isComplete, numberIn } from "../policy.js";
import { routeTo } from "../routes.js";
import { notStored } from "../storage.js";
import { focusOn, icon, make } from "./dom.js";
import { PARTS } from "./parts.js";
import { arrangeQuestion, lockQuestion, shapeOf } from "./question.js";

const TYPING_PAUSE = 500; // milliseconds after the last key until typed words are kept

export function bindQuiz({ doc, root, activity: quiz, outline, message, clock, attempt, act, reopen, seed }) {
  const deferred = quiz.feedback === "deferred";
  const summary = root.querySelector(".cg-summary");
  const hand = root.querySelector(".cg-hand");
  const forms = new Map(); // of the questions of this try, in the order shown
  const spent = new Map(); // milliseconds on each question whose answer may still change
  let since = clock.now(); // when the learner turned to the next question
  let warned = false; // of questions without an answer

  const record = () => recordOf(attempt(), quiz.id);
  const responseTo = (question) => record().answers.get(question.id) || [];
  const isOpen = (question) => !isComplete(question, responseTo(question)) || lackIn(question, responseTo(question)) !== "";
  const formOf = (question) => forms.get(question.id);

  // Leaves the questions of this try in the page, in their order.
  function layOut() {
    const { list } = assessQuiz(quiz, attempt());
    const all = new Map(Array.from(root.querySelectorAll("form[data-question]"), (form) => [form.dataset.question, form]));
    const end = make(doc, "span", {});
    (all.size ? [...all.values()].pop() : summary).after(end);
    all.forEach((form) => form.remove());
    list.forEach((question, index) => {
      const form = all.get(question.id);
      forms.set(question.id, form);
      end.before(form);
      const heading = message("question.number", { number: index + 1, of: list.length });
      arrangeQuestion({ message, question, form, heading, options: optionOrder(quiz, question, record()) });
      shapeOf(question).fill(question, form, responseTo(question));
      bindForm(question, form);
    });
    end.remove();
    draw();
  }

  function bindForm(question, form) {
    let pause = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (deferred) keep(question);
      else check(question, form);
    });
    form.addEventListener("input", ({ target }) => {
      if (!deferred) hint(form, "");
      clearTimeout(pause);
      const settle = deferred ? keep : weigh;
      if (target.matches("[type=text], textarea")) pause = setTimeout(() => settle(question), TYPING_PAUSE);
    });
    if (deferred) form.addEventListener("change", () => keep(question));
  }

  function hint(form, words, name = ".cg-hint") {
    const place = form.querySelector(name);
    if (place.textContent !== words) place.textContent = words; // else it would be read out again
  }

  // The time since the last turn, in milliseconds.
  function turn() {
    const before = since;
    since = clock.now();
    return since - before;
  }

  function told(question, response, milliseconds) {
    return quizInteraction(quiz, question, response, milliseconds / 1000, clock.date());
  }

  // How many characters of an essay are too many.
  const excessIn = ({ kind, length }, [text = ""]) => (kind === "essay" ? Math.max(0, text.length - length) : 0);

  // What is still lacking before an answer can be checked, or is kept as a whole one; in words.
  function lackIn(question, response) {
    const { kind, parts, options, unit } = question;
    const count = excessIn(question, response);
    if (!isComplete(question, response)) {
      if (parts) return message("question.open", { names: PARTS.open(question, formOf(question)).join(", ") });
      return message(options ? "question.choose" : "question.write");
    }
    if (count) return message("essay.long", { count });
    if (kind !== "numerical" || numberIn(response[0], unit)) return "";
    return message(unit ? "question.number.unit" : "question.number.write", { unit });
  }

  // While an essay is written: is there room for it?
  function weigh(question) {
    if (question.kind !== "essay") return;
    const form = formOf(question);
    const response = shapeOf(question).read(question, form);
    drawRoom(question, form);
    if (excessIn(question, response)) hint(form, lackIn(question, response));
  }

  function check(question, form) {
    if (record().answers.has(question.id)) return;
    const response = shapeOf(question).read(question, form);
    const lacking = lackIn(question, response);
    hint(form, lacking);
    if (lacking) return;
    act(answered(quiz.id, question.id, response), [told(question, response, turn())]);
    draw();
    focusOn(form.querySelector(".cg-result"));
    const result = assessQuiz(quiz, attempt());
    // The focus tells of the answer; that it was the last one is told beside it.
    if (result.finished) summary.querySelector(".cg-summary-said").textContent = resultLines(result).join(" ");
  }

  function keep(question) {
    const response = shapeOf(question).read(question, formOf(question));
    if (record().handed || JSON.stringify(response) === JSON.stringify(responseTo(question))) return;
    spent.set(question.id, (spent.get(question.id) || 0) + turn());
    act(chosen(quiz.id, question.id, response));
    draw();
  }

  function handIn() {
    const { list } = assessQuiz(quiz, attempt());
    list.forEach(keep); // words typed a moment ago
    const long = list.find((question) => excessIn(question, responseTo(question)));
    if (long) return focusOn(formOf(long).querySelector(".cg-hint"));
    if (list.some(isOpen) && !warned) {
      warned = true;
      draw();
      focusOn(hand.querySelector(".cg-hand-open"));
      return;
    }
    const given = list.filter((question) => responseTo(question).length);
    act(handed(quiz.id), given.map((question) => told(question, responseTo(question), spent.get(question.id) || 0)));
    draw();
    focusOn(summary);
    summary.scrollIntoView({ block: "start" });
  }

  function draw() {
    const result = assessQuiz(quiz, attempt());
    for (const question of result.list) {
      const form = formOf(question);
      if (form && question.kind === "essay") drawRoom(question, form);
      if (!form || form.classList.contains("cg-checked")) continue;
      const response = responseTo(question);
      if (result.revealed(question.id)) lockQuestion({ doc, message, question, form, response });
      else if (deferred) drawKept(question, form, response);
    }
    if (hand) drawHand(result);
    drawSummary(result);
  }

  // Whether the LMS has room for an essay, or had none for one of an earlier visit.
  function drawRoom(question, form) {
    const written = happen(attempt(), chosen(quiz.id, question.id, shapeOf(question).read(question, form)));
    const lacks = notStored(written, outline).some(([id, part]) => id === quiz.id && part === question.id);
    const words = responseTo(question)[0] === "" ? "essay.lost" : lacks ? "essay.room" : "";
    hint(form, words && message(words), ".cg-no-room");
  }

  function drawKept(question, form, response) {
    const partly = !isComplete(question, response);
    const lack = partly ? "" : lackIn(question, response);
    const words = response.length ? lack || message(partly ? "question.begun" : "question.kept") : "";
    const place = form.querySelector(".cg-hint");
    place.classList.toggle("cg-kept", !lack);
    if (place.textContent === words) return; // else it would be read out again at every change
    place.replaceChildren(...(words && !lack ? [icon(doc, partly ? "begun" : "done"), make(doc, "span", {}, words)] : [words]));
  }

  function drawHand({ list, finished }) {
    const open = list.filter(isOpen);
    const notice = hand.querySelector(".cg-hand-open");
    const asks = warned && open.length > 0;
    hand.hidden = finished;
    notice.hidden = !asks;
    hand.querySelector(".cg-hand-in").textContent = message(asks ? "quiz.hand.anyway" : "quiz.hand");
    if (!asks) return;
    notice.querySelector("p").textContent = message("quiz.hand.open", { count: open.length });
    const links = open.map((question) => {
      const link = make(doc, "a", {}, titleOf(question).textContent);
      leadTo(link, question);
      return make(doc, "li", {}, link);
    });
    notice.querySelector("ul").replaceChildren(...links);
  }

  const titleOf = (question) => formOf(question).querySelector(".cg-question-title");

  function goTo(question) {
    focusOn(titleOf(question));
    titleOf(question).scrollIntoView({ block: "start" });
  }

  // The address is the quiz's: opened in another tab, it leads there, too.
  function leadTo(link, question) {
    link.href = routeTo(quiz.id);
    link.onclick = (event) => {
      event.preventDefault();
      event.stopPropagation(); // the player would show the quiz from its beginning
      goTo(question);
    };
  }

  // What the try was worth, in words: the verdict first.
  function resultLines(result) {
    const { total } = result; // none in a survey
    const points = (key, got, percent) => message(key, { points: got, total, percent, count: total });
    const lines = [result.complete ? message(verdictKey(result)) : ""];
    if (result.finished && total) lines.push(points("quiz.points", result.points, result.percent));
    else lines.push(message("quiz.answered", { answered: result.questions - result.list.filter(isOpen).length, count: result.questions }));
    if (result.tries > 1 && total) lines.push(points("quiz.best", result.bestPoints, result.bestPercent));
    if (!result.finished) return lines; // the rest is told above the first question
    if (quiz.passMark > 0 && total) lines.push(message("quiz.passmark", { percent: quiz.passMark }));
    if (result.usedUp && !result.passed) lines.push(message("quiz.usedup"));
    else if (quiz.attempts !== null && result.left > 0) lines.push(message("quiz.left", { count: result.left }));
    return lines;
  }

  function verdictKey(result) {
    if (result.passed) return quiz.passMark > 0 && result.total ? "quiz.passed" : "quiz.finished";
    return result.usedUp ? "quiz.failed" : "quiz.notyet";
  }

  function drawSummary(result) {
    const [verdict, ...lines] = resultLines(result);
    const drawn = verdict ? [icon(doc, result.passed ? "right" : "wrong"), make(doc, "span", {}, verdict)] : [];
    summary.querySelector(".cg-summary-verdict").replaceChildren(...drawn);
    summary.querySelector(".cg-summary-lines").replaceChildren(...lines.map((line) => make(doc, "p", {}, line)));
    summary.querySelector(".cg-retry").hidden = !result.finished || result.left === 0;
    const number = result.list.findIndex(isOpen);
    const open = summary.querySelector(".cg-summary-open");
    open.hidden = warned || result.finished || number < 0 || result.answered === 0; // a warning lists them all
    if (open.hidden) return;
    const link = open.querySelector("a");
    link.textContent = message("quiz.open", { number: number + 1 });
    leadTo(link, result.list[number]);
  }

  summary.querySelector(".cg-retry").addEventListener("click", () => {
    const { best, complete } = assessQuiz(quiz, attempt());
    act(retried(quiz.id, best, complete));
    reopen();
  });
  if (hand) hand.querySelector(".cg-hand-in").addEventListener("click", handIn);

  return {
    // The learner has come to the quiz (again): time counts from now. Which questions there are is settled at the first look.
    shown() {
      if (!record().seed && isDrawn(quiz)) act(begun(quiz.id, seed()));
      if (!forms.size) layOut();
      since = clock.now();
    },
    focusFirst() {
      const title = root.querySelector(".cg-question-title");
      if (!title) return;
      focusOn(title);
      title.scrollIntoView({ block: "start" });
    },
    // Words typed a moment ago are kept, too.
    leave() {
      if (deferred && forms.size) assessQuiz(quiz, attempt()).list.forEach(keep);
    },
  };
}
