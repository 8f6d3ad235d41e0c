// What a learner has done, as plain data, and the events that change it. Knows nothing of points, pages or an LMS:
// that keeps it easy to store, to compare and to test.
//
// An attempt: { location, seen: Set of activity ids, quizzes: Map from quiz id to record }
// A record:   { tries, answers: Map from question id to the list of what was chosen or typed, best: ids of the questions
//               that were right in the best earlier try, complete: whether every question was answered in an earlier try }
// Maps and sets, not objects, because an author may call a question "constructor".

export function newAttempt() {
  return { location: "", seen: new Set(), quizzes: new Map() };
}

export function newRecord() {
  return { tries: 1, answers: new Map(), best: [], complete: false };
}

export function recordOf(attempt, quizId) {
  return attempt.quizzes.get(quizId) || newRecord();
}

export function opened(activityId) {
  return { type: "opened", activity: activityId };
}

export function answered(quizId, questionId, response) {
  return { type: "answered", quiz: quizId, question: questionId, response };
}

// `best` and `complete` are what the policy says of everything up to now: the new try begins empty, they are kept.
export function retried(quizId, best, complete) {
  return { type: "retried", quiz: quizId, best, complete };
}

// The attempt after an event. The one before is left as it was; the same object comes back when nothing changed.
export function happen(attempt, event) {
  if (event.type === "opened") {
    if (attempt.location === event.activity && attempt.seen.has(event.activity)) return attempt;
    return { ...attempt, location: event.activity, seen: new Set(attempt.seen).add(event.activity) };
  }
  if (event.type === "answered") {
    const record = recordOf(attempt, event.quiz);
    if (record.answers.has(event.question)) return attempt; // a checked answer is final in its try
    const answers = new Map(record.answers).set(event.question, [...event.response]);
    return withRecord(attempt, event.quiz, { ...record, answers });
  }
  if (event.type === "retried") {
    const record = recordOf(attempt, event.quiz);
    return withRecord(attempt, event.quiz, {
      tries: record.tries + 1,
      answers: new Map(),
      best: [...event.best],
      complete: record.complete || event.complete,
    });
  }
  return attempt;
}

function withRecord(attempt, quizId, record) {
  return { ...attempt, quizzes: new Map(attempt.quizzes).set(quizId, record) };
}
