// The player: puts the parts together. play-scorm12.js and play-scorm2004.js start it, each with the dialect of its LMSs.

import { happen, opened } from "./attempt.js";
import { createLibrary } from "./content.js";
import { watchLifecycle } from "./lifecycle.js";
import { isFramed } from "./lms.js";
import { createMessages } from "./messages.js";
import { createNotes } from "./notes.js";
import { openRecorder } from "./opening.js";
import { activitiesOf, assess } from "./policy.js";
import { parseRoute, routeTo } from "./routes.js";
import { decodeAttempt, encodeAttempt, mergeAttempts } from "./storage.js";
import { goToAnchor, renderActivity } from "./views/activity.js";
import { createReader } from "./views/aloud.js";
import { bindCase } from "./views/case.js";
import { changesNote } from "./views/changes.js";
import { focusOn } from "./views/dom.js";
import { GLOSSARY, createGlossary } from "./views/glossary.js";
import { bindGrid } from "./views/grid.js";
import { createOutlineView } from "./views/outline.js";
import { printButton } from "./views/print.js";
import { bindQuiz } from "./views/quiz.js";
import { createSearch } from "./views/search.js";
import { createSettings } from "./views/settings.js";
import { createStatusView } from "./views/status.js";

const BINDERS = { quiz: bindQuiz, case: bindCase, grid: bindGrid };

export async function startPlayer(win, dialect) {
  const doc = win.document;
  const byId = (id) => doc.getElementById(id);
  const outline = JSON.parse(byId("cg-outline").textContent);
  const message = createMessages(JSON.parse(byId("cg-messages").textContent), outline.language);
  // How long something takes is never read from the clock on the wall: it may be set back meanwhile.
  const clock = { now: () => win.performance.now(), date: () => new Date() };
  const activities = activitiesOf(outline);
  const unitOf = new Map(outline.units.flatMap((unit) => unit.activities.map((activity) => [activity.id, unit])));
  const heading = byId("cg-heading");
  const content = byId("cg-content");
  // An LMS writes the name of an activity above its frame: saying it twice only takes room.
  doc.documentElement.classList.toggle("cg-framed", isFramed(win));
  byId("cg-unit").hidden = outline.units.length === 1; // then the header has it

  const status = createStatusView({ doc, outline, message });
  const menu = createOutlineView({ doc, nav: byId("cg-nav"), button: byId("cg-menu"), outline, message });
  const library = createLibrary(win);
  const textOf = (page) => library.textOf(unitOf.get(page.id) || { id: GLOSSARY, content: "content/glossary.js" }, page.id);
  const glossary = outline.glossary
    ? createGlossary({ doc, win, message, nav: byId("cg-nav"), text: () => textOf({ id: GLOSSARY }) })
    : null;
  const pages = glossary ? [...activities, glossary.page] : activities;

  let attempt = null;
  let current = null;
  let ended = false;
  let standing = false; // a notice that stays whatever is shown
  let acted = false;
  const shown = new Map(); // what has been rendered: half-written answers survive a look at another page

  const { recorder, entry, failed } = await openRecorder({
    win,
    dialect,
    outline,
    clock,
    onState(state) {
      status.state(state);
      if (state === "elsewhere") stay("session.elsewhere", "session.here");
    },
    onGiven: (data) => take(decodeAttempt(data, outline).attempt),
  });
  if (!recorder.ends) outline.textRoom = outline.dataLimit = Infinity; // a browser has room for every text
  const found = decodeAttempt(entry.data, outline);
  const notes = createNotes({ storage: () => win.localStorage, outline, learner: entry.learner });
  attempt = notes.addTo(found.attempt);

  function update(interactions = []) {
    const report = assess(outline, attempt, entry);
    // From the glossary, which has no place in the order, the way back leads to where the learner came from.
    const place = activities.indexOf(current);
    const [previous, following] = place < 0 ? [activities.find(({ id }) => id === attempt.location)] : [activities[place - 1], activities[place + 1]];
    if (!ended) {
      const data = encodeAttempt(attempt, outline);
      recorder.save({ ...report, data, location: attempt.location, how: outline.status }, interactions);
      notes.keep(attempt);
    }
    menu.update(attempt, current);
    status.update({ report, attempt, previous, following, isLast: place === activities.length - 1 });
  }

  // Work from elsewhere is added to this. Where both say something, the later is right.
  function take(other, isOld = false) {
    leaveViews();
    attempt = isOld ? mergeAttempts(other, attempt, outline) : mergeAttempts(attempt, other, outline);
    shown.clear();
    update();
    show(current, { focus: "heading" });
  }

  function contextOf(activity, root) {
    return {
      doc,
      root,
      activity,
      outline,
      message,
      clock,
      attempt: () => attempt,
      act(event, interactions) {
        const before = attempt;
        attempt = happen(attempt, event);
        if (!acted && event.type !== "begun") {
          recorder.overtake();
          acted = true;
        }
        if (attempt !== before || interactions) update(interactions);
      },
      reopen() {
        shown.delete(activity.id);
        show(activity, { focus: "first" });
      },
      seed: () => 1 + Math.floor(Math.random() * 0xfffffe),
    };
  }

  async function viewOf(page) {
    if (!shown.has(page.id)) {
      const root = renderActivity(doc, await textOf(page), message);
      if (glossary) glossary.dress(root);
      const unit = unitOf.get(page.id);
      if (unit && unit.id === page.id) root.append(printer(() => unit));
      const bind = BINDERS[page.kind];
      shown.set(page.id, { root, view: bind ? bind(contextOf(page, root)) : null });
    }
    return shown.get(page.id);
  }

  // `focus`: "none" at the start (the learner may be reading the LMS's page), else "heading" or "first" (the first part).
  async function show(page, { focus, anchor }) {
    current = page;
    if (!standing) status.clearNotice();
    reader.stop();
    let part = null;
    try {
      part = await viewOf(page);
    } catch (error) {
      if (current === page && !standing) status.notice(message("load.failed"), [message("load.again"), () => show(page, { focus: "heading" })]);
    }
    if (current !== page) return; // the learner has gone on meanwhile
    heading.textContent = page.title;
    byId("cg-unit").textContent = unitOf.has(page.id) ? unitOf.get(page.id).title : outline.course;
    doc.title = page.title === outline.title ? outline.title : `${page.title} – ${outline.title}`;
    content.replaceChildren(...(part ? [part.root] : []));
    if (part && unitOf.has(page.id)) attempt = happen(attempt, opened(page.id));
    if (glossary) glossary.current(page === glossary.page);
    update();
    if (part && part.view) part.view.shown();
    if (part && finder.arrived(page.id, part.root)) return;
    if (part && anchor && goToAnchor(part.root, anchor)) return;
    if (focus === "first" && part && part.view) part.view.focusFirst();
    if (focus !== "heading") return;
    focusOn(heading);
    win.scrollTo(0, 0);
  }

  function follow(hash, focus) {
    const route = parseRoute(hash);
    const page = route && pages.find((one) => one.id === route.activity);
    if (!page) return;
    if (page !== current) show(page, { focus, anchor: route.anchor });
    else if (!finder.arrived(page.id, content) && !(route.anchor && goToAnchor(content, route.anchor))) focusOn(heading);
  }

  // An LMS gives its page what it has now; the course's frame alone would get what it had at first.
  function reload() {
    try {
      (recorder.ends ? win.top : win).location.reload();
    } catch (error) {
      win.location.reload(); // the window above is another site's
    }
  }

  function stay(key, button = "session.again") {
    standing = true;
    status.notice(message(key), [message(button), reload]);
  }

  function tellChanges() {
    const changed = changesNote(doc, found.changes, message);
    if (changed) status.notice(changed, [message("changes.known"), () => { status.clearNotice(); focusOn(heading); }]);
    return Boolean(changed);
  }

  // Work that an earlier visit could not send lies on this device. The learner decides, now or at another visit.
  function offerCopy() {
    const kept = decodeAttempt(entry.copy, outline).attempt;
    const whole = (one) => encodeAttempt(one, outline, Infinity);
    if (whole(mergeAttempts(attempt, kept, outline)) === whole(attempt)) {
      recorder.settle();
      return;
    }
    standing = true;
    const settle = (use) => () => {
      standing = false;
      status.clearNotice();
      if (use) take(kept, acted || entry.isOld);
      recorder.settle();
      focusOn(heading);
      tellChanges();
    };
    status.notice(message("copy.offer"), [message("copy.use"), settle(true)], [message("copy.leave"), settle(false)]);
  }

  const reader = createReader({ doc, win, message, parts: () => [heading, content] });
  const unitNow = () => unitOf.get(current.id) || outline.units[0];
  const printer = (unit) =>
    printButton({ doc, win, unit, textOf: (of, id) => library.textOf(of, id), message, failed: () => status.notice(message("load.failed")) });
  createSettings({ doc, win });
  doc.querySelector("#cg-settings .cg-panel-row").append(printer(unitNow));
  const finder = createSearch({
    doc,
    win,
    message,
    places: pages.map(({ id, title }) => ({ id, title, unit: outline.units.length > 1 && unitOf.has(id) ? unitOf.get(id).title : "" })),
  });

  win.addEventListener("hashchange", () => follow(win.location.hash, "heading"));
  doc.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.defaultPrevented) return;
    const hash = link.getAttribute("href");
    if (hash === "#cg-main") {
      event.preventDefault(); // the skip link must not look like a route
      focusOn(heading);
      heading.scrollIntoView({ block: "start" });
    } else if (hash === win.location.hash) {
      follow(hash, "heading"); // the address does not change, so no hashchange comes
    }
  });

  // What is half typed in a view is kept, too.
  function leaveViews() {
    for (const { view } of shown.values()) if (view && view.leave) view.leave();
  }

  watchLifecycle(win, {
    hidden() {
      leaveViews();
      recorder.touch();
    },
    again: () => recorder.retry(),
    left() {
      reader.stop(); // some browsers go on speaking
      leaveViews();
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
  const route = parseRoute(win.location.hash);
  const asked = route && pages.find((page) => page.id === route.activity);
  const left = [entry.location, attempt.location].map((id) => activities.find((one) => one.id === id)).find(Boolean);
  const first = asked || left || activities[0];
  try {
    if (!asked) win.history.replaceState(null, "", routeTo(first.id)); // unlike a change of the address, no event follows
  } catch (error) {
    // Some browsers refuse it for files; then the first address is just the page's.
  }
  await show(first, { focus: "none", anchor: asked && route.anchor });
  if (entry.copy && !standing) offerCopy();
  if (standing) return;
  if (!tellChanges() && !asked && first !== activities[0]) status.notice(message("resumed"));
}
