// All that is special to SCORM 2004 (3rd and 4th edition): names, vocabularies, formats. The members are those of scorm12.js.

import { objectivePairs, oneLine } from "./lines.js";

// In rising order: a status never goes back.
const COMPLETION = ["incomplete", "completed"];
const SUCCESS = ["unknown", "failed", "passed"];

const MOST_PATTERNS = { choice: 10, "true-false": 1, numeric: 1 }; // of other types five
const MOST_CHOICES = 36;
const MOST_TEXTS = 10;

// timeinterval (second,10,0).
export function timespan2004(seconds) {
  const whole = Math.max(0, Math.min(Math.round(seconds) || 0, 1e9));
  return `PT${Math.floor(whole / 3600)}H${Math.floor(whole / 60) % 60}M${whole % 60}S`;
}

// time (second,10,2) in universal time. Two digits of a second: with none Moodle takes no Z, and nobody takes three.
export function timestamp2004(date) {
  return `${date.toISOString().slice(0, 22)}Z`;
}

// A localized_string_type of so many characters without its language: a text must not begin as if it named one, and brackets around
// a comma, point or colon part values.
export function text2004(text, most = 250) {
  const line = String(text).replace(/\s+/gu, " ").replace(/\[([,.:])\]/g, "[ $1 ]");
  return oneLine(line.startsWith("{") ? ` ${line}` : line, most);
}

// A short_identifier_type as Moodle takes it. Ids here have no underscores, so none become equal.
function identifier2004(id) {
  return id.replace(/[^\w.]/g, "_");
}

function response2004(type, values, most = 4000) {
  if (type === "true-false") return values[0];
  if (type === "numeric") return values.join("[:]");
  if (type === "long-fill-in") return text2004(values[0], most);
  if (type === "fill-in") return values.slice(0, MOST_TEXTS).map((value) => text2004(value)).join("[,]");
  const identifiers = values.map((value) => value.split(".").map(identifier2004).join("[.]"));
  return [...new Set(identifiers)].slice(0, MOST_CHOICES).join("[,]");
}

function decimals(number, digits) {
  return String(Number(number.toFixed(digits)));
}

function scoreIn(text) {
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

export const scorm2004 = {
  apiName: "API_1484_11",
  calls: { begin: "Initialize", end: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit", error: "GetLastError" },
  essential: /suspend_data|completion_status/, // what must have been read before anything is written …
  absent: /^(0|403)$/, // … with no error, or the one that says that it was never written
  mostInteractions: 250, // what the standard promises
  // Moodle sends all of them with every request; more of them, or the same essay twice, would not fit into the last one.
  manyInteractions: (type) => (type === "long-fill-in" ? 0 : 60),
  again: /\.(timestamp|learner_response|result|latency|description)$/, // what a later answer changes

  read(get) {
    const mode = get("cmi.mode");
    const status = get("cmi.completion_status");
    const count = get("cmi.interactions._count");
    const known = Array.from({ length: Number(count) || 0 }, (_, nth) => {
      const [id, type] = ["id", "type"].map((name) => get(`cmi.interactions.${nth}.${name}`));
      return [`${id} ${type}`, nth];
    });
    const raw = scoreIn(get("cmi.score.raw"));
    const scaled = raw === null ? scoreIn(get("cmi.score.scaled")) : null;
    return {
      recorded: mode !== "review" && mode !== "browse",
      learner: get("cmi.learner_id"),
      status,
      success: get("cmi.success_status"),
      finished: status === "completed",
      score: scaled === null ? raw : Number(decimals(scaled * 100, 2)),
      location: get("cmi.location"),
      data: get("cmi.suspend_data"),
      interactions: /^\d+$/.test(count) ? Number(count) : null,
      places: new Map(known),
    };
  },

  // Exit "suspend" always: with any other the LMS forgets everything.
  state(report, entry) {
    const pairs = [
      ["cmi.exit", "suspend"],
      ["cmi.suspend_data", report.data],
      ["cmi.location", report.location],
      ["cmi.progress_measure", decimals(report.progress, 4)],
    ];
    if (report.score !== null) {
      pairs.push(
        ["cmi.score.min", "0"],
        ["cmi.score.max", "100"],
        ["cmi.score.raw", String(report.score)], // grades are made of it
        ["cmi.score.scaled", decimals(report.score / 100, 4)],
      );
    }
    const { completion, success } = this.status(report, entry);
    if (success) pairs.push(["cmi.success_status", success]);
    if (completion) pairs.push(["cmi.completion_status", completion]);
    return pairs;
  },

  // Both statuses; null where the LMS knew a better one before this session.
  status({ completed, passed, failed }, entry) {
    const completion = completed ? "completed" : "incomplete";
    const success = completed && passed ? "passed" : completed || failed ? "failed" : "unknown";
    return {
      completion: COMPLETION.indexOf(completion) >= COMPLETION.indexOf(entry.status) ? completion : null,
      success: SUCCESS.indexOf(success) >= SUCCESS.indexOf(entry.success) ? success : null,
    };
  },

  time(seconds) {
    return ["cmi.session_time", timespan2004(seconds)];
  },

  // The id goes first, then the type: the rest hangs on them.
  interaction(index, { id, type, response, most, patterns, result, weighting, objectives, seconds, date, description }) {
    const name = `cmi.interactions.${index}.`;
    const pairs = [
      [`${name}id`, id],
      [`${name}type`, type],
      ...objectivePairs(name, objectives),
      [`${name}timestamp`, timestamp2004(date)],
    ];
    if (weighting !== undefined) pairs.push([`${name}weighting`, String(weighting)]);
    const right = [...new Set(patterns.map((pattern) => response2004(type, pattern)))];
    right.slice(0, MOST_PATTERNS[type] || 5).forEach((pattern, nth) => {
      pairs.push([`${name}correct_responses.${nth}.pattern`, pattern]);
    });
    // A text that is lost takes the place of the one before it, too.
    if (response[0] || type === "long-fill-in") pairs.push([`${name}learner_response`, response2004(type, response, most)]);
    pairs.push([`${name}result`, result === "wrong" ? "incorrect" : String(result)], [`${name}latency`, timespan2004(seconds)]);
    if (description) pairs.push([`${name}description`, text2004(description)]);
    return pairs;
  },
};
