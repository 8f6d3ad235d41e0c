// Evidence texts and essays that the LMS's suspend_data has no room for. They are the learner's own notes on this device, found again by
// the same learner alone; the view asks to save them as a file.

import { evidenced, gridRecordOf, happen, recalled } from "./attempt.js";
import { activitiesOf } from "./policy.js";
import { createSafe, fingerprint } from "./safe.js";
import { notStored } from "./storage.js";

// `learner` is who the LMS says it is; without one nothing is kept here.
export function createNotes({ storage, outline, learner }) {
  const owner = fingerprint(`${outline.package.id} ${learner}`);
  const safe = createSafe(storage, learner && `coursegen:${outline.package.id}:${owner}:notes`);
  let before = safe.get();

  return {
    // The attempt with the notes put in where it has no text. What was written in an earlier try answers nothing in a later one.
    addTo(attempt) {
      const kinds = new Map(activitiesOf(outline).map(({ id, kind }) => [id, kind]));
      let notes = [];
      try {
        notes = JSON.parse(before || "[]").filter(([id]) => kinds.has(id));
      } catch (error) {
        // Not ours, or damaged: no notes.
      }
      return notes.reduce((now, [id, part, text, tries]) => {
        if (kinds.get(id) === "quiz") return happen(now, recalled(id, part, text, tries));
        return kinds.get(id) !== "grid" || gridRecordOf(now, id).evidence.has(part) ? now : happen(now, evidenced(id, part, text));
      }, attempt);
    },
    keep(attempt) {
      const notes = notStored(attempt, outline);
      const text = notes.length ? JSON.stringify(notes) : "";
      if (text === before) return;
      before = text;
      if (text) safe.put(text);
      else safe.drop();
    },
  };
}
