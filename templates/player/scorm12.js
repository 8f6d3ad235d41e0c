// All that is special to SCORM 1.2: names, vocabularies, formats. Another version is another object with the same members;
// nothing else in the player knows an element's name.

const FINISHED_12 = ["failed", "completed", "passed"]; // in rising order: a status never goes back

function pad(number, digits) {
  return String(number).padStart(digits, "0");
}

// CMITimespan HHHH:MM:SS.
export function timespan12(seconds) {
  const whole = Math.max(0, Math.min(Math.round(seconds) || 0, 9999 * 3600 + 3599));
  return `${pad(Math.floor(whole / 3600), 4)}:${pad(Math.floor(whole / 60) % 60, 2)}:${pad(whole % 60, 2)}`;
}

// CMITime HH:MM:SS, the learner's clock.
export function clockTime12(date) {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part, 2)).join(":");
}

// One line of at most 255 characters; a character of two code units is not cut in two.
function feedback12(text) {
  const line = String(text).replace(/\s+/gu, " ").slice(0, 255);
  return /[\uD800-\uDBFF]$/.test(line) ? line.slice(0, -1) : line;
}

function responses12(question, response) {
  if (question.kind === "true-false") return response.map((value) => value[0]);
  if (question.kind === "short-answer") return response.map(feedback12);
  return [feedback12(response.join(","))];
}

function patterns12(question) {
  if (question.kind === "short-answer") {
    return question.answers.filter((answer) => answer.correct).map((answer) => answer.text);
  }
  return [question.right.join(",")];
}

const TYPES_12 = {
  "single-choice": "choice",
  "multiple-response": "choice",
  "true-false": "true-false",
  "short-answer": "fill-in",
};

export const scorm12 = {
  apiName: "API",
  calls: {
    begin: "LMSInitialize",
    end: "LMSFinish",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    error: "LMSGetLastError",
  },
  dataLimit: 4096, // what the standard promises; many LMSs take more

  // What the LMS knows at the start.
  read(get) {
    const mode = get("cmi.core.lesson_mode");
    const status = get("cmi.core.lesson_status");
    const count = get("cmi.interactions._count");
    const score = get("cmi.core.score.raw");
    return {
      recorded: mode !== "review" && mode !== "browse",
      status,
      finished: FINISHED_12.includes(status),
      score: score === "" || Number.isNaN(Number(score)) ? null : Number(score),
      location: get("cmi.core.lesson_location"),
      data: get("cmi.suspend_data"),
      interactions: /^\d+$/.test(count) ? Number(count) : null, // null: this LMS keeps none
    };
  },

  // The state of the attempt as elements: { data, location, score, completed, passed, how, entry }; data is null before
  // anything is known. Exit "suspend" always: without it the next visit would not count as a continuation. The status
  // comes last, since it is what makes an LMS look at the others.
  state(report) {
    const pairs = [["cmi.core.exit", "suspend"]];
    if (report.data !== null) {
      pairs.push(["cmi.suspend_data", report.data], ["cmi.core.lesson_location", report.location]);
    }
    if (report.score !== null) {
      pairs.push(["cmi.core.score.min", "0"], ["cmi.core.score.max", "100"], ["cmi.core.score.raw", String(report.score)]);
    }
    const status = this.status(report);
    if (status) pairs.push(["cmi.core.lesson_status", status]);
    return pairs;
  },

  // The status to report, or null where the LMS knew a better one before this session. "incomplete" is written, too:
  // without a status some LMSs take any visit for a completed one.
  status({ completed, passed, how, entry }) {
    let reached = "incomplete";
    if (completed) reached = how === "passed-failed" ? (passed ? "passed" : "failed") : "completed";
    return FINISHED_12.indexOf(reached) >= FINISHED_12.indexOf(entry.status) ? reached : null;
  },

  time(seconds) {
    return ["cmi.core.session_time", timespan12(seconds)];
  },

  // A checked answer: { question, response, right, seconds, date }. The id goes first; the rest hangs on it.
  interaction(index, answer) {
    const { question } = answer;
    const name = `cmi.interactions.${index}.`;
    const pairs = [
      [`${name}id`, question.id],
      [`${name}type`, TYPES_12[question.kind]],
      [`${name}time`, clockTime12(answer.date)],
      [`${name}weighting`, String(question.points)],
    ];
    patterns12(question).slice(0, 10).forEach((pattern, nth) => {
      pairs.push([`${name}correct_responses.${nth}.pattern`, responses12(question, [pattern])[0]]);
    });
    pairs.push(
      [`${name}student_response`, responses12(question, answer.response)[0]],
      [`${name}result`, answer.right ? "correct" : "wrong"],
      [`${name}latency`, timespan12(answer.seconds)],
    );
    return pairs;
  },
};
