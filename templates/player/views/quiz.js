// Brings a quiz's HTML to life: reads answers, locks a checked question, shows its feedback and the result.
// Everything shown follows from the record, so a question looks the same just checked and after a return.

import { recordOf } from "../attempt.js";
import { answerFor, assessQuiz, isRight } from "../policy.js";
import { focusOn, icon, make } from "./dom.js";

// `attempt()` is the attempt as it is; `check(question, response, seconds)` and `retry(result)` change it.
export function bindQuiz({ doc, root, quiz, message, now, attempt, check, retry }) {
  const summary = root.querySelector(".cg-summary");
  const forms = new Map();
  let since = now(); // when the learner turned to the next question

  for (const question of quiz.questions) {
    const form = root.querySelector(`form[data-question="${question.id}"]`);
    if (!form) continue;
    forms.set(question.id, form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submit(question, form);
    });
    form.addEventListener("input", () => {
      form.querySelector(".cg-hint").textContent = "";
    });
  }

  function submit(question, form) {
    if (recordOf(attempt(), quiz.id).answers.has(question.id)) return;
    const response = readResponse(question, form);
    const hint = form.querySelector(".cg-hint");
    if (!response.length) {
      hint.textContent = message(question.kind === "short-answer" ? "question.write" : "question.choose");
      form.querySelector("input").focus();
      return;
    }
    hint.textContent = "";
    const seconds = (now() - since) / 1000;
    since = now();
    check(question, response, seconds);
    draw();
    focusOn(form.querySelector(".cg-result"));
  }

  function draw() {
    const record = recordOf(attempt(), quiz.id);
    for (const question of quiz.questions) {
      const form = forms.get(question.id);
      const response = record.answers.get(question.id);
      if (form && response && !form.classList.contains("cg-checked")) lock(question, form, response);
    }
    drawSummary(assessQuiz(quiz, attempt()));
  }

  function lock(question, form, response) {
    const right = isRight(question, response);
    form.classList.add("cg-checked");
    form.querySelector(".cg-check").hidden = true;
    if (question.kind === "short-answer") lockText(form, response[0]);
    else lockOptions(question, form, new Set(response));

    const verdict = form.querySelector(".cg-verdict");
    verdict.classList.add(right ? "cg-is-right" : "cg-is-wrong");
    verdict.replaceChildren(
      icon(doc, right ? "right" : "wrong"),
      make(doc, "span", {}, message(right ? "question.right" : "question.wrong")),
    );
    const answer = question.kind === "short-answer" ? answerFor(question, response[0]) : null;
    const told = new Set(answer ? [answer.id] : response);
    form.querySelectorAll(".cg-result [data-option]").forEach((part) => {
      part.hidden = !told.has(part.dataset.option);
    });
    const solution = form.querySelector(".cg-solution");
    solution.hidden = right;
    if (!right) solution.replaceChildren(...solutionOf(question, form));
    form.querySelector(".cg-result").hidden = false;
  }

  function lockText(form, typed) {
    const input = form.querySelector("input");
    input.value = typed;
    input.readOnly = true;
  }

  function lockOptions(question, form, chosen) {
    form.querySelectorAll("input").forEach((input) => {
      input.checked = chosen.has(input.value);
      input.disabled = true;
      const right = question.right.includes(input.value);
      const label = input.closest("label");
      if (input.checked) label.classList.add("cg-chosen");
      if (right) label.classList.add("cg-key");
      const words = input.checked ? (right ? "option.chosen.right" : "option.chosen.wrong") : right ? "option.right" : "";
      if (!words) return;
      label.append(
        make(doc, "span", { class: "cg-mark" }, icon(doc, right ? "right" : "wrong"), make(doc, "span", {}, message(words))),
      );
    });
  }

  // "The right answer:" and a copy of the words of the right options, or the first accepted text.
  function solutionOf(question, form) {
    let words;
    if (question.kind === "short-answer") {
      const accepted = question.answers.find((answer) => answer.correct);
      words = [accepted ? accepted.text : ""];
    } else {
      words = question.right.map((id) => {
        const input = Array.from(form.querySelectorAll("input")).find((one) => one.value === id);
        const text = make(doc, "span", {});
        if (input) text.append(...input.closest("label").querySelector(".cg-option-text").cloneNode(true).childNodes);
        text.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
        return text;
      });
    }
    const lead = make(doc, "span", { class: "cg-lead" }, message("question.solution", { count: words.length }));
    if (words.length === 1) return [lead, " ", words[0]];
    return [lead, make(doc, "ul", {}, ...words.map((text) => make(doc, "li", {}, text)))];
  }

  function drawSummary(result) {
    const lines = [];
    const line = (key, values) => lines.push(make(doc, "p", {}, message(key, values)));
    const pointsLine = (key, points, percent) => line(key, { points, total: result.total, percent, count: result.total });
    summary.querySelector(".cg-summary-verdict").replaceChildren(
      ...(result.finished || result.complete
        ? [icon(doc, result.passed ? "right" : "wrong"), make(doc, "span", {}, message(result.passed ? "quiz.passed" : result.usedUp ? "quiz.failed" : "quiz.notyet"))]
        : []),
    );
    if (!result.finished) line("quiz.answered", { answered: result.answered, count: result.questions });
    if (result.finished) pointsLine("quiz.points", result.points, result.percent);
    if (result.tries > 1) pointsLine("quiz.best", result.bestPoints, result.bestPercent);
    if (quiz.passMark > 0) line("quiz.passmark", { percent: quiz.passMark });
    if (result.usedUp && !result.passed) line("quiz.usedup", {});
    else if (quiz.attempts !== null && result.left > 0) line("quiz.left", { count: result.left });
    summary.querySelector(".cg-summary-lines").replaceChildren(...lines);
    const again = summary.querySelector(".cg-retry");
    again.hidden = !result.finished || result.left === 0;
  }

  summary.querySelector(".cg-retry").addEventListener("click", () => retry(assessQuiz(quiz, attempt())));
  draw();

  return {
    // The learner has come to the quiz (again): time counts from now.
    shown() {
      since = now();
    },
    focusFirst() {
      const title = root.querySelector(".cg-question-title");
      if (!title) return;
      focusOn(title);
      title.scrollIntoView({ block: "start" });
    },
  };
}

function readResponse(question, form) {
  if (question.kind === "short-answer") {
    const typed = form.querySelector("input").value.trim();
    return typed ? [typed] : [];
  }
  return Array.from(form.querySelectorAll("input"))
    .filter((input) => input.checked)
    .map((input) => input.value);
}
