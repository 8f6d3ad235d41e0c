// A small course, and a stand-in for an LMS, for the tests beside this file.

export function sampleOutline(changes = {}) {
  return {
    format: 1,
    package: { id: "sample", version: "1" },
    title: "Sample",
    course: "Sample course",
    language: "en",
    completion: { pages: "seen", quizzes: "passed" },
    status: "completed",
    units: [
      {
        id: "u01",
        title: "Unit",
        minutes: 10,
        content: "content/u01.js",
        activities: [
          { id: "u01-why", kind: "page", title: "Why", minutes: 5 },
          sampleQuiz(),
          { id: "constructor", kind: "file", title: "Sheet", minutes: 0 },
        ],
      },
    ],
    ...changes,
  };
}

export function sampleQuiz(changes = {}) {
  return {
    id: "u01-quiz",
    kind: "quiz",
    title: "Quiz",
    minutes: 5,
    passMark: 60,
    attempts: null,
    questions: [
      { id: "q-one", kind: "single-choice", points: 1, right: ["a"] },
      { id: "q-many", kind: "multiple-response", points: 2, right: ["a", "c"] },
      { id: "q-true", kind: "true-false", points: 1, right: ["false"] },
      {
        id: "q-word",
        kind: "short-answer",
        points: 1,
        answers: [
          { id: "a", text: "Blended", correct: true },
          { id: "b", text: "blended learning", correct: true },
          { id: "c", text: "distance", correct: false },
        ],
      },
    ],
    ...changes,
  };
}

export function withQuiz(changes, outlineChanges = {}) {
  const outline = sampleOutline(outlineChanges);
  outline.units[0].activities[1] = sampleQuiz(changes);
  return outline;
}

export const RIGHT = { "q-one": ["a"], "q-many": ["c", "a"], "q-true": ["false"], "q-word": [" blended  LEARNING "] };

// A SCORM 1.2 API that checks what it is given the way strict ones do. `values` is what it holds, `log` what it was asked.
export function fakeApi(values = {}) {
  const clock = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
  const span = /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/;
  const identifier = /^[\x21-\x7E]{1,255}$/;
  const line = /^.{0,255}$/u;
  const number = /^-?\d{0,3}(\.\d*)?$/;
  const formats = [
    [/^cmi\.core\.exit$/, /^(time-out|suspend|logout|)$/],
    [/^cmi\.core\.lesson_status$/, /^(passed|completed|failed|incomplete|browsed)$/],
    [/^cmi\.core\.lesson_location$/, line],
    [/^cmi\.core\.score\.(raw|min|max)$/, number],
    [/^cmi\.core\.session_time$/, span],
    [/^cmi\.suspend_data$/, /^[\s\S]{0,4096}$/],
    [/^cmi\.interactions\.\d+\.id$/, identifier],
    [/^cmi\.interactions\.\d+\.type$/, /^(true-false|choice|fill-in|matching|performance|sequencing|likert|numeric)$/],
    [/^cmi\.interactions\.\d+\.time$/, clock],
    [/^cmi\.interactions\.\d+\.latency$/, span],
    [/^cmi\.interactions\.\d+\.weighting$/, number],
    [/^cmi\.interactions\.\d+\.result$/, /^(correct|wrong|unanticipated|neutral)$/],
    [/^cmi\.interactions\.\d+\.student_response$/, line],
    [/^cmi\.interactions\.\d+\.correct_responses\.\d+\.pattern$/, line],
  ];
  const api = {
    values: { "cmi.interactions._count": "0", "cmi.core.lesson_status": "not attempted", ...values },
    log: [],
    error: "0",
    open: false,
    answer(name, ...given) {
      api.log.push([name, ...given]);
      api.error = "0";
    },
    refuse(code) {
      api.error = code;
      return "false";
    },
    LMSInitialize(given) {
      api.answer("initialize", given);
      if (api.open) return api.refuse("101");
      api.open = true;
      return "true";
    },
    LMSFinish(given) {
      api.answer("finish", given);
      if (!api.open) return api.refuse("301");
      api.open = false;
      return "true";
    },
    LMSGetValue(name) {
      api.answer("get", name);
      if (!api.open) return api.refuse("301") && "";
      if (!(name in api.values)) return api.refuse("201") && "";
      return api.values[name];
    },
    LMSSetValue(name, value) {
      api.answer("set", name, value);
      if (!api.open) return api.refuse("301");
      const format = formats.find(([pattern]) => pattern.test(name));
      if (!format) return api.refuse("401");
      if (typeof value !== "string" || !format[1].test(value)) return api.refuse("405");
      const index = /^cmi\.interactions\.(\d+)\.(\w+)/.exec(name);
      if (index) {
        const count = Number(api.values["cmi.interactions._count"]);
        if (Number(index[1]) > count || (Number(index[1]) === count && index[2] !== "id")) return api.refuse("201");
        if (Number(index[1]) === count) api.values["cmi.interactions._count"] = String(count + 1);
      }
      api.values[name] = value;
      return "true";
    },
    LMSCommit(given) {
      api.answer("commit", given);
      return api.open ? "true" : api.refuse("301");
    },
    LMSGetLastError: () => api.error,
  };
  return api;
}

export function sets(api) {
  return api.log.filter(([name]) => name === "set").map(([, name, value]) => [name, value]);
}

// Numbers that look random and are the same in every run.
export function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}
