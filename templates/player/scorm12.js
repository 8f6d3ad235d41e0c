// All that is special to SCORM 1.2: names, vocabularies, formats. scorm2004.js has the same members; nothing else in the
// player knows an element's name.

import { objectivePairs, oneLine } from "./lines.js";

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

const LONGEST_12 = 255;

// A range has no form here: the number in its middle stands for it. Of a list only whole entries are
// told.
function feedback12(type, values) {
  if (type === "true-false") return values[0][0];
  if (type === "numeric") return ((Number(values[0]) + Number(values[values.length - 1])) / 2).toFixed(7).replace(/\.?0+$/, "");
  if (/fill-in/.test(type)) return oneLine(values.join(","), LONGEST_12);
  const whole = [...values];
  while (whole.join(",").length > LONGEST_12) whole.pop();
  return whole.join(",");
}

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
  essential: /suspend_data|lesson_status/, // what must have been read before anything is written …
  absent: /^(0|401)$/, // … with no error, or the one that says that this LMS does not know it
  mostInteractions: Infinity,
  manyInteractions: () => Infinity,

  // What the LMS knows at the start.
  read(get) {
    const mode = get("cmi.core.lesson_mode");
    const status = get("cmi.core.lesson_status");
    const count = get("cmi.interactions._count");
    const score = get("cmi.core.score.raw");
    return {
      recorded: mode !== "review" && mode !== "browse",
      learner: get("cmi.core.student_id"),
      status,
      finished: FINISHED_12.includes(status),
      score: score === "" || Number.isNaN(Number(score)) ? null : Number(score),
      location: get("cmi.core.lesson_location"),
      data: get("cmi.suspend_data"),
      known: [["cmi.core.lesson_status", status], ["cmi.core.score.raw", score]],
      interactions: /^\d+$/.test(count) ? Number(count) : null, // null: this LMS keeps none
    };
  },

  // A report as elements. Exit "suspend" always: without it the next visit would not count as a continuation. The status comes
  // last, since it is what makes an LMS look at the others.
  state(report, entry) {
    const pairs = [
      ["cmi.core.exit", "suspend"],
      ["cmi.suspend_data", report.data],
      ["cmi.core.lesson_location", report.location],
    ];
    if (report.score !== null) {
      pairs.push(["cmi.core.score.min", "0"], ["cmi.core.score.max", "100"], ["cmi.core.score.raw", String(report.score)]);
    }
    const status = this.status(report, entry);
    if (status) pairs.push(["cmi.core.lesson_status", status]);
    return pairs;
  },

  // The status to report, or null where the LMS knew a better one before this session. "incomplete" is written, too:
  // without a status some LMSs take any visit for a completed one.
  status({ completed, passed, how }, entry) {
    let reached = "incomplete";
    if (completed) reached = how === "passed-failed" ? (passed ? "passed" : "failed") : "completed";
    return FINISHED_12.indexOf(reached) >= FINISHED_12.indexOf(entry.status) ? reached : null;
  },

  time(seconds) {
    return ["cmi.core.session_time", timespan12(seconds)];
  },

  // A text that is too long for one interaction is several; none begins within a character.
  pieces(interaction) {
    if (interaction.type !== "long-fill-in") return [interaction];
    const texts = oneLine(interaction.response[0], Infinity).match(/.{0,254}[^\ud800-\udbff]/g) || [""];
    return texts.map((text, nth) => ({ ...interaction, id: interaction.id + (nth ? `--${nth + 1}` : ""), response: [text] }));
  },

  // An interaction (interactions.js). The id goes first; the rest hangs on it.
  interaction(index, { id, type, response, patterns, result, weighting, objectives, seconds, date }) {
    const name = `cmi.interactions.${index}.`;
    const pairs = [
      [`${name}id`, id],
      [`${name}type`, type.replace("long-", "")],
      ...objectivePairs(name, objectives),
      [`${name}time`, clockTime12(date)],
    ];
    if (weighting !== undefined) pairs.push([`${name}weighting`, String(weighting)]);
    patterns.slice(0, 10).forEach((pattern, nth) => {
      pairs.push([`${name}correct_responses.${nth}.pattern`, feedback12(type, pattern)]);
    });
    if (response[0]) pairs.push([`${name}student_response`, feedback12(type, response)]);
    pairs.push([`${name}result`, String(result)], [`${name}latency`, timespan12(seconds)]);
    return pairs;
  },

  // Another value that an element may have for a moment, near the right one; see `remind` in recorder.js for what it is for.
  other(element, value) {
    const name = element.slice(element.lastIndexOf(".") + 1);
    if (name === "exit") return "";
    if (name === "lesson_status") return value === "incomplete" ? "browsed" : "incomplete";
    if (name === "type") return value === "choice" ? "fill-in" : "choice";
    if (name === "result") return value === "neutral" ? "wrong" : "neutral";
    if (/^-?\d+(\.\d+)?$/.test(value)) return String(Math.floor(value) + (value > 1 ? -1 : 1));
    if (/^(time|latency|session_time)$/.test(name)) return value === "00:00:01" ? "00:00:02" : "00:00:01";
    if (name === "suspend_data") return `${value.slice(0, 4095)} `; // still readable, should all end just now
    if (value.length === 1) return value === "t" ? "f" : "t";
    return value.slice(0, 254) + (value.endsWith("x") ? "y" : "x");
  },
};
