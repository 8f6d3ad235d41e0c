// Evidence texts that the LMS's suspend_data has no room for. They are the learner's own notes on this device, found again by the
// same learner alone; the view asks to save them as a file.

import { evidenced, gridRecordOf, happen } from "./attempt.js";
import { activitiesOf } from "./policy.js";
import { createSafe, fingerprint } from "./safe.js";
import { notStored } from "./storage.js";

// `learner` is who the LMS says it is; without one nothing is kept here.
export function createNotes({ storage, outline, learner }) {
  const owner = fingerprint(`${outline.package.id} ${learner}`);
  const safe = createSafe(storage, learner && `coursegen:${outline.package.id}:${owner}:notes`);
  let before = safe.get();

  return {
    // The attempt with the notes put in where it has no text.
    addTo(attempt) {
      let notes = [];
      try {
        notes = JSON.parse(before || "[]").filter(([grid]) => activitiesOf(outline).some(({ id, indicators }) => id === grid && indicators));
      } catch (error) {
        // Not ours, or damaged: no notes.
      }
      return notes.reduce(
        (now, [grid, indicator, text]) => (gridRecordOf(now, grid).evidence.has(indicator) ? now : happen(now, evidenced(grid, indicator, text))),
        attempt,
      );
    },
    keep(attempt) {
      const notes = notStored(attempt, outline).map(({ grid, indicator }) => [grid, indicator, gridRecordOf(attempt, grid).evidence.get(indicator)]);
      const text = notes.length ? JSON.stringify(notes) : "";
      if (text === before) return;
      before = text;
      if (text) safe.put(text);
      else safe.drop();
    },
  };
}
