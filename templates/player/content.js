// The units' HTML. Each unit is a script that hands its texts to `coursegenContent`; a script element, because a page
// opened from disk may not fetch files.

import { loadScript } from "./loader.js";

export function createLibrary(win) {
  const texts = new Map();
  const loading = new Map();

  win.coursegenContent = (pages) => {
    for (const [id, html] of Object.entries(pages)) texts.set(id, html);
  };

  function load(unit) {
    if (!loading.has(unit.id)) {
      const tried = loadScript(win.document, unit.content).catch((error) => {
        loading.delete(unit.id); // so that it can be tried again
        throw error;
      });
      loading.set(unit.id, tried);
    }
    return loading.get(unit.id);
  }

  return {
    async textOf(unit, activityId) {
      if (!texts.has(activityId)) await load(unit);
      if (!texts.has(activityId)) throw new Error(activityId);
      return texts.get(activityId);
    },
  };
}
