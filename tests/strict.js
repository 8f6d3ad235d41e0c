// A learning platform of our own for the tests, stricter than any real one: it takes nothing that SCORM 1.2 or SCORM 2004 (RTE,
// 4th edition) do not allow, and treats what they promise at least (lengths, numbers of things) as the most there is. Where
// LMSs are known to be narrower than the standard, it is as narrow. What is elsewhere optional and not needed by the player
// (objectives of their own, comments, preferences) it does not have.
//
//   lms = createStrictLms("scorm12" | "scorm2004", { before, mode, learner })
//   lms.api    what goes into window.API or window.API_1484_11
//   lms.kept() what the server has: { flat: { element: value }, seconds }; `before` of the next session
//   lms.online when false, what is sent does not arrive; lms.honest when false, it is called a success all the same
"use strict";

globalThis.createStrictLms = (runtime, { before = null, mode = "normal", learner = "l1" } = {}) => {
  const is2004 = runtime === "scorm2004";
  const text = (most) => (value) => value.length <= most;
  const matches = (pattern) => (value) => pattern.test(value);
  const oneOf = (...words) => (value) => words.includes(value);
  const clock = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d";

  // Values

  const decimal12 = matches(/^-?\d{1,3}(\.\d{1,7})?$/);
  const real = matches(/^-?\d{1,10}(\.\d{1,7})?$/);
  const span12 = matches(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
  const span2004 = matches(/^P(?=[\dT])(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/);
  const time12 = matches(new RegExp(`^${clock}(\\.\\d{1,2})?$`));
  const time2004 = (value) => {
    const day = /^((?:19[7-9]|20[0-2])\d|203[0-8])-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T.*)?$/.exec(value);
    if (!day || new Date(`${day[1]}-${day[2]}-${day[3]}T00:00Z`).getUTCDate() !== Number(day[3])) return false;
    return !day[4] || new RegExp(`^T${clock}(\\.\\d{1,2}(Z|[+-]\\d{2}(:\\d{2})?)?)?$`).test(day[4]);
  };
  const identifier12 = matches(/^[\x21-\x7E]{1,255}$/);
  const identifier2004 = (value) => /^[\w\-.~:/?#@!$&'()*+,;=%]{1,4000}$/.test(value) && !/^urn:(?![a-z0-9-]{1,31}:)/i.test(value);
  const short = matches(/^[\w.]{1,250}$/); // narrower than the standard: Moodle takes no more
  const localized = (most) => (value) => {
    const [, tag, rest] = /^(\{lang=[^}]*\})?([^]*)$/.exec(value);
    return (!tag || /^\{lang=[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*\}$/.test(tag)) && rest.length <= most && !/^\{|[\r\n]/.test(rest);
  };
  const set = (item, most) => (value) => {
    const items = value === "" ? [] : value.split("[,]");
    return items.length <= most && new Set(items).size === items.length && items.every(item);
  };
  const list = (item, most) => (value) => value.split("[,]").length <= most && value.split("[,]").every(item);

  // What an answer may look like, by the type of its interaction: [a response, a pattern, how many patterns]
  const list12 = (item) => (value) => value.length <= 255 && value.split(",").every(matches(item));
  const choices12 = list12(/^[!-+\--~]{1,255}$/);
  const ANSWERS12 = {
    choice: choices12, sequencing: choices12, "true-false": matches(/^[01tf]$/),
    "fill-in": (value) => text(255)(value) && !/[\r\n]/.test(value),
    likert: matches(/^[a-z0-9]$/), numeric: real, performance: text(255), matching: list12(/^[!-+\--\-/-~]+\.[!-+\--\-/-~]+$/),
  };
  const prefixed = (value) => localized(250)(value.replace(/^(\{(case|order)_matters=(true|false)\})*/, ""));
  const decimal2004 = matches(/^-?\d{1,5}(\.\d{1,7})?$/); // the standard has ten digits in all; Moodle takes five before the point
  const range = (value) => value.split("[:]").length === 2 && value.split("[:]").every((end) => end === "" || decimal2004(end));
  const pair = (value) => value.split("[.]").length === 2 && value.split("[.]").every(short);
  const ANSWERS2004 = {
    choice: [set(short, 36), set(short, 36), 10],
    "true-false": [oneOf("true", "false"), oneOf("true", "false"), 1],
    "fill-in": [list(localized(250), 10), list(prefixed, 10), 5],
    "long-fill-in": [localized(4000), localized(4000), 5],
    likert: [short, short, 1],
    numeric: [decimal2004, range, 1],
    sequencing: [list(short, 36), list(short, 36), 5],
    matching: [list(pair, 36), list(pair, 36), 5],
  };

  // Elements: [access, what a value must be, its range, its value before it is set]

  const ELEMENTS12 = {
    "cmi.core._children": ["k"], "cmi.core.score._children": ["k"], "cmi.interactions._children": ["k"],
    "cmi.interactions._count": ["k"],
    "cmi.core.student_id": ["r"], "cmi.core.student_name": ["r"], "cmi.core.credit": ["r"], "cmi.core.entry": ["r"],
    "cmi.core.total_time": ["r"], "cmi.core.lesson_mode": ["r"], "cmi.launch_data": ["r", null, null, ""],
    "cmi.core.lesson_location": ["rw", text(255), null, ""],
    "cmi.core.lesson_status": ["rw", oneOf("passed", "completed", "failed", "incomplete", "browsed"), null, "not attempted"],
    "cmi.core.score.raw": ["rw", decimal12, [0, 100], ""], "cmi.core.score.min": ["rw", decimal12, [0, 100], ""],
    "cmi.core.score.max": ["rw", decimal12, [0, 100], ""],
    "cmi.core.exit": ["w", oneOf("time-out", "suspend", "logout", "")], "cmi.core.session_time": ["w", span12],
    "cmi.suspend_data": ["rw", text(4096), null, ""],
    "cmi.interactions.n.id": ["w", identifier12], "cmi.interactions.n.type": ["w", (value) => value in ANSWERS12],
    "cmi.interactions.n.time": ["w", time12], "cmi.interactions.n.latency": ["w", span12],
    "cmi.interactions.n.weighting": ["w", decimal12, [-100, 100]],
    "cmi.interactions.n.result": ["w", (value) => oneOf("correct", "wrong", "unanticipated", "neutral")(value) || decimal12(value)],
    "cmi.interactions.n.student_response": ["w", "response"], "cmi.interactions.n.correct_responses.n.pattern": ["w", "pattern"],
    "cmi.interactions.n.correct_responses._count": ["k"],
    "cmi.interactions.n.objectives.n.id": ["w", identifier12], "cmi.interactions.n.objectives._count": ["k"],
  };
  const ELEMENTS2004 = {
    "cmi._version": ["r", null, null, "1.0"], "cmi.score._children": ["r"],
    "cmi.interactions._children": ["r"], "cmi.interactions._count": ["r"],
    "cmi.credit": ["r"], "cmi.entry": ["r"], "cmi.launch_data": ["r"], "cmi.learner_id": ["r"], "cmi.learner_name": ["r"],
    "cmi.mode": ["r"], "cmi.total_time": ["r"], "cmi.completion_threshold": ["r"], "cmi.scaled_passing_score": ["r"],
    "cmi.max_time_allowed": ["r"],
    "cmi.completion_status": ["rw", oneOf("completed", "incomplete", "not attempted", "unknown"), null, "unknown"],
    "cmi.success_status": ["rw", oneOf("passed", "failed", "unknown"), null, "unknown"],
    "cmi.exit": ["w", oneOf("time-out", "suspend", "logout", "normal", "")], "cmi.session_time": ["w", span2004],
    "cmi.location": ["rw", text(1000)], "cmi.suspend_data": ["rw", text(64000)], "cmi.progress_measure": ["rw", real, [0, 1]],
    "cmi.score.scaled": ["rw", real, [-1, 1]], "cmi.score.raw": ["rw", real], "cmi.score.min": ["rw", real], "cmi.score.max": ["rw", real],
    "cmi.interactions.n.id": ["rw", identifier2004], "cmi.interactions.n.type": ["rw", (value) => value in ANSWERS2004],
    "cmi.interactions.n.timestamp": ["rw", time2004], "cmi.interactions.n.latency": ["rw", span2004],
    "cmi.interactions.n.weighting": ["rw", real],
    "cmi.interactions.n.result": ["rw", (value) => oneOf("correct", "incorrect", "unanticipated", "neutral")(value) || real(value)],
    "cmi.interactions.n.description": ["rw", localized(250)], "cmi.interactions.n.learner_response": ["rw", "response"],
    "cmi.interactions.n.correct_responses.n.pattern": ["rw", "pattern"], "cmi.interactions.n.correct_responses._count": ["r"],
    "cmi.interactions.n.objectives.n.id": ["rw", identifier2004], "cmi.interactions.n.objectives._count": ["r"],
  };
  const elements = is2004 ? ELEMENTS2004 : ELEMENTS12;
  const names = Object.fromEntries(
    (is2004
      ? `exit=exit entry=entry mode=mode credit=credit id=learner_id name=learner_name total=total_time time=session_time`
      : `exit=core.exit entry=core.entry mode=core.lesson_mode credit=core.credit id=core.student_id name=core.student_name
          total=core.total_time time=core.session_time`
    ).split(/\s+/).map((pair) => [pair.split("=")[0], `cmi.${pair.split("=")[1]}`]),
  );
  const codes = Object.fromEntries(
    (is2004
      ? `again=103 over=104 endEarly=112 endLate=113 getEarly=122 getLate=123 setEarly=132 setLate=133 commitEarly=142
          commitLate=143 argument=201 commit=391 unknown=401 empty=403 keyword=404 readOnly=404 writeOnly=405 type=406 range=407
          order=351 depends=408`
      : `again=101 over=101 endEarly=301 endLate=301 getEarly=301 getLate=301 setEarly=301 setLate=301 commitEarly=301
          commitLate=301 argument=201 commit=101 unknown=201 keyword=402 readOnly=403 writeOnly=404 type=405 range=405 order=201
          depends=201`
    ).split(/\s+/).map((pair) => pair.split("=")),
  );

  // The state of the session, and what the server has of it. SCORM 2004 forgets everything that was not suspended; SCORM 1.2
  // remembers. The exit is asked for anew in each session.

  const resumed = before !== null && before.flat[names.exit] === "suspend";
  const server = { flat: before !== null && (resumed || !is2004) ? { ...before.flat } : {}, seconds: before ? before.seconds : 0 };
  const values = new Map(Object.entries(server.flat));
  values.delete(names.exit);
  values.delete(names.time);
  let sent = new Map(values); // what the client believes that the server has
  let state = "before";
  let error = "0";

  function span(seconds) {
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
    if (is2004) return `PT${hours}H${minutes}M${rest}S`;
    return `${String(hours).padStart(4, "0")}:${[minutes, rest].map((part) => String(part).padStart(2, "0")).join(":")}`;
  }

  function secondsIn(value = "") {
    const parts = value.match(/\d+(\.\d+)?/g);
    return parts ? parts.map(Number).reduce((sum, part) => sum * 60 + part, 0) : 0;
  }

  const given = {
    [names.id]: learner, [names.name]: "Learner, A.", [names.mode]: mode, [names.credit]: mode === "normal" ? "credit" : "no-credit",
    [names.entry]: before === null || (is2004 && !resumed) ? "ab-initio" : resumed ? "resume" : "", [names.total]: span(server.seconds),
  };

  function count(parent) {
    let number = 0;
    const last = parent.endsWith("correct_responses") ? "pattern" : "id";
    while (values.has(`${parent}.${number}.${last}`)) number += 1;
    return number;
  }

  function answer(code, yes, no) {
    error = code;
    return code === "0" ? yes : no;
  }

  // The error code of setting an element to a value; "0" if it may be.
  function judge(name, value) {
    const generic = name.replace(/\.(0|[1-9]\d*)(?=\.)/g, ".n");
    const element = Object.prototype.hasOwnProperty.call(elements, generic) ? elements[generic] : null;
    if (!element) return codes.unknown;
    const [access, format, range] = element;
    if (access === "k") return codes.keyword;
    if (access === "r") return codes.readOnly;
    if (typeof value !== "string") return codes.type;
    const [, parent, index, rest, nth] = /^(cmi\.interactions)\.(\d+)\.(?:(.*)\.(\d+)\.)?/.exec(name) || [];
    let check = format;
    if (parent) {
      const own = `${parent}.${index}`;
      const is = count(parent);
      if (Number(index) > is || Number(index) >= 250) return codes.order;
      if (Number(index) === is && (rest || !name.endsWith(".id"))) return codes.depends;
      if (rest && Number(nth) > count(`${own}.${rest}`)) return codes.order;
      const twins = [...values].filter(([key, other]) => rest && key !== name && key.startsWith(`${own}.${rest}.`) && other === value);
      if (is2004 && twins.length) return codes.order;
      if (rest === "objectives" && Number(nth) >= 10) return codes.order;
      if (typeof format === "string") {
        const type = values.get(`${own}.type`);
        if (!type) return codes.depends;
        const [response, pattern, most] = is2004 ? ANSWERS2004[type] : [ANSWERS12[type], ANSWERS12[type], 10];
        if (format === "pattern" && Number(nth) >= most) return codes.order;
        check = format === "pattern" ? pattern : response;
      }
    }
    if (!check(value)) return codes.type;
    return range && (Number(value) < range[0] || Number(value) > range[1]) ? codes.range : "0";
  }

  // Sends to the server: in SCORM 2004 everything, in SCORM 1.2 what is not believed to be there, as Moodle does; and what was
  // sent is believed to be there, even if it did not arrive.
  function send() {
    const parcel = [...values].filter(([name, value]) => is2004 || sent.get(name) !== value);
    sent = new Map(values);
    if (lms.online) for (const [name, value] of parcel) server.flat[name] = value;
    return lms.online || !lms.honest;
  }

  const functions = {
    begin(argument) {
      if (argument !== "") return answer(codes.argument, "", "false");
      if (state !== "before") return answer(state === "active" ? codes.again : codes.over, "", "false");
      state = "active";
      return answer("0", "true");
    },
    end(argument) {
      if (argument !== "") return answer(codes.argument, "", "false");
      if (state !== "active") return answer(state === "before" ? codes.endEarly : codes.endLate, "", "false");
      state = "over";
      if (!is2004 && !values.has("cmi.core.lesson_status")) values.set("cmi.core.lesson_status", "completed");
      const arrived = send();
      if (lms.online) server.seconds += secondsIn(values.get(names.time));
      return answer(arrived ? "0" : codes.commit, "true", "false");
    },
    get(name) {
      if (state !== "active") return answer(state === "before" ? codes.getEarly : codes.getLate, "", "");
      const generic = String(name).replace(/\.(0|[1-9]\d*)(?=\.)/g, ".n");
      const element = Object.prototype.hasOwnProperty.call(elements, generic) ? elements[generic] : null;
      if (!element) return answer(codes.unknown, "", "");
      if (element[0] === "w") return answer(codes.writeOnly, "", "");
      error = "0";
      if (generic.endsWith("._count")) return String(count(name.slice(0, -"._count".length)));
      if (generic.endsWith("._children")) return "id,type";
      const value = values.get(name) ?? given[name] ?? element[3];
      return value === undefined ? answer(codes.empty || "0", "", "") : value;
    },
    set(name, value) {
      if (state !== "active") return answer(state === "before" ? codes.setEarly : codes.setLate, "", "false");
      const code = judge(String(name), value);
      if (code === "0") values.set(name, value);
      return answer(code, "true", "false");
    },
    commit(argument) {
      if (argument !== "") return answer(codes.argument, "", "false");
      if (state !== "active") return answer(state === "before" ? codes.commitEarly : codes.commitLate, "", "false");
      return answer(send() ? "0" : codes.commit, "true", "false");
    },
  };

  const own = is2004 ? { begin: "Initialize", end: "Terminate" } : { begin: "Initialize", end: "Finish" };
  const called = { ...own, get: "GetValue", set: "SetValue", commit: "Commit" };
  const prefix = is2004 ? "" : "LMS";
  const lms = { api: {}, online: true, honest: true, kept: () => JSON.parse(JSON.stringify(server)) };
  for (const [what, name] of Object.entries(called)) lms.api[prefix + name] = functions[what];
  lms.api[`${prefix}GetLastError`] = () => error;
  lms.api[`${prefix}GetErrorString`] = (code) => `Error ${code}`;
  lms.api[`${prefix}GetDiagnostic`] = (code) => `Error ${code}`;
  return lms;
};
