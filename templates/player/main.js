// The player: puts the parts together. The only module that touches the page when it is loaded.

import { answered, happen, opened, retried } from "./attempt.js";
import { createLibrary } from "./content.js";
import { watchLifecycle } from "./lifecycle.js";
import { createSession, findApi, isFramed } from "./lms.js";
import { createMessages } from "./messages.js";
import { activitiesOf, assess, assessQuiz, isRight } from "./policy.js";
import { createLmsRecorder, createLocalRecorder } from "./recorder.js";
import { parseRoute, routeTo } from "./routes.js";
import { scorm12 } from "./scorm12.js";
import { decodeAttempt, encodeAttempt } from "./storage.js";
import { goToAnchor, renderActivity } from "./views/activity.js";
import { focusOn } from "./views/dom.js";
import { createOutlineView } from "./views/outline.js";
import { bindQuiz } from "./views/quiz.js";
import { createStatusView } from "./views/status.js";

const API_WAIT = 200; // an LMS may put its API in place a moment after the course
const API_TRIES = 10;

async function startPlayer(win) {
  const doc = win.document;
  const outline = JSON.parse(doc.getElementById("cg-outline").textContent);
  const message = createMessages(JSON.parse(doc.getElementById("cg-messages").textContent), outline.language);
  const now = () => Date.now();
  const library = createLibrary(win);
  const activities = activitiesOf(outline);
  const unitOf = new Map(outline.units.flatMap((unit) => unit.activities.map((activity) => [activity.id, unit])));
  const heading = doc.getElementById("cg-heading");
  const unitName = doc.getElementById("cg-unit");
  unitName.hidden = outline.units.length === 1; // then the header has it
  const content = doc.getElementById("cg-content");
  const status = createStatusView({ doc, outline, message });
  const menu = createOutlineView({
    doc,
    nav: doc.getElementById("cg-nav"),
    button: doc.getElementById("cg-menu"),
    outline,
    message,
  });

  const { recorder, entry, failed } = await openRecorder(win, outline, now, status);
  let attempt = decodeAttempt(entry.data, outline);
  let current = null;
  let ended = false;
  let standing = false; // a notice that stays whatever is shown
  const shown = new Map(); // what has been rendered: half-written answers survive a look at another page

  function update(answer) {
    const report = assess(outline, attempt, entry);
    const place = activities.indexOf(current);
    const resultOf = (quiz) => assessQuiz(quiz, attempt);
    const data = encodeAttempt(attempt, outline, resultOf, recorder.dataLimit);
    if (!ended) recorder.save({ ...report, data, location: attempt.location, how: outline.status }, answer);
    menu.update(attempt, current);
    status.update({ report, attempt, previous: activities[place - 1], following: activities[place + 1] });
  }

  function bind(quiz, root) {
    return bindQuiz({
      doc,
      root,
      quiz,
      message,
      now,
      attempt: () => attempt,
      check(question, response, seconds) {
        attempt = happen(attempt, answered(quiz.id, question.id, response));
        const right = isRight(question, response);
        update({ question, response, right, seconds, date: new Date(now()) });
      },
      retry(result) {
        attempt = happen(attempt, retried(quiz.id, result.best, result.complete));
        shown.delete(quiz.id);
        update();
        show(quiz, { focus: "question" });
      },
    });
  }

  async function viewOf(activity) {
    if (!shown.has(activity.id)) {
      const html = await library.textOf(unitOf.get(activity.id), activity.id);
      const root = renderActivity(doc, html, message);
      shown.set(activity.id, { root, quiz: activity.kind === "quiz" ? bind(activity, root) : null });
    }
    return shown.get(activity.id);
  }

  // `focus`: "none" at the start (the learner may be reading the LMS's page), else "heading", "question" or an anchor.
  async function show(activity, { focus, anchor }) {
    current = activity;
    if (!standing) status.clearNotice();
    let view = null;
    try {
      view = await viewOf(activity);
    } catch (error) {
      if (current === activity) status.notice(message("load.failed"), message("load.again"), () => show(activity, { focus: "heading" }));
    }
    if (current !== activity) return; // the learner has gone on meanwhile
    heading.textContent = activity.title;
    unitName.textContent = unitOf.get(activity.id).title;
    doc.title = activity.title === outline.title ? outline.title : `${activity.title} – ${outline.title}`;
    content.replaceChildren(...(view ? [view.root] : []));
    if (view) attempt = happen(attempt, opened(activity.id));
    update();
    if (view && view.quiz) view.quiz.shown();
    if (view && anchor && goToAnchor(view.root, anchor)) return;
    if (focus === "question" && view && view.quiz) view.quiz.focusFirst();
    if (focus !== "heading") return;
    focusOn(heading);
    win.scrollTo(0, 0);
  }

  function follow(hash, focus) {
    const route = parseRoute(hash);
    const activity = route && activities.find((one) => one.id === route.activity);
    if (!activity) return false;
    if (activity === current && route.anchor) goToAnchor(content, route.anchor);
    else show(activity, { focus, anchor: route.anchor });
    return true;
  }

  function stay(key) {
    standing = true;
    status.notice(message(key), message("session.again"), () => win.location.reload());
  }

  win.addEventListener("hashchange", () => follow(win.location.hash, "heading"));
  doc.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const hash = link.getAttribute("href");
    if (hash === "#cg-main") {
      event.preventDefault(); // the skip link must not look like a route
      focusOn(heading);
      heading.scrollIntoView({ block: "start" });
    } else if (hash === win.location.hash) {
      follow(hash, "heading"); // the address does not change, so no hashchange comes
    }
  });

  watchLifecycle(win, {
    hidden: () => recorder.touch(),
    left() {
      recorder.close();
      ended = true;
    },
    back() {
      // Without an LMS nothing has ended.
      if (recorder.ends) stay("session.ended");
      else ended = false;
    },
  });

  if (failed) stay("session.failed");
  if (follow(win.location.hash, "none")) return;
  const start = [entry.location, attempt.location].map((id) => activities.find((one) => one.id === id)).find(Boolean);
  const first = start || activities[0];
  try {
    win.history.replaceState(null, "", routeTo(first.id)); // unlike a change of the address, no event follows
  } catch (error) {
    // Some browsers refuse it for files; then the first address is just the page's.
  }
  await show(first, { focus: "none" });
  if (first !== activities[0] && !standing) status.notice(message("resumed"));
}

// The LMS if there is one; else this browser. An LMS that is there but does not answer is never replaced by the browser:
// on a shared computer the next learner would find the attempt.
async function openRecorder(win, outline, now, status) {
  const later = { start: (action, delay) => win.setTimeout(action, delay), cancel: (timer) => win.clearTimeout(timer) };
  const onState = (state) => status.state(state);
  let recorder = null;
  for (let tries = isFramed(win) ? API_TRIES : 1; tries > 0; tries -= 1) {
    const api = findApi(win, scorm12);
    if (api) {
      recorder = recorder || createLmsRecorder({ session: createSession(scorm12, api), dialect: scorm12, now, later, onState });
      const entry = recorder.open();
      if (entry) return { recorder, entry };
    }
    await new Promise((resolve) => win.setTimeout(resolve, API_WAIT));
  }
  if (recorder) {
    onState("failed");
    return { recorder, failed: true, entry: { data: "", location: "", finished: false, score: null } };
  }
  const storage = () => win.localStorage;
  const local = createLocalRecorder({ storage, key: `coursegen:${outline.package.id}`, onState });
  return { recorder: local, entry: local.open() };
}

startPlayer(window);
