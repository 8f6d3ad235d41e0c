// The LMS beside the player. What it keeps lives as long as this tab, so that a save does not end the attempt.

const VERSIONS = { scorm12: "1.2", scorm2004: "2004" };

// Puts the API where the player looks for it: on this window, which is the parent of the player's. Null if there is no panel.
export async function createLms({ element, runtime, key, relaunch }) {
  const { mount } = await import("/preview/lms/panel.js");
  const lms = mount(element, { version: VERSIONS[runtime], store: sessionStorage, storageKey: `coursegen-preview:${key}`, relaunch });
  if (runtime === "scorm12") window.API = lms.API;
  else window.API_1484_11 = lms.API_1484_11;
  return lms;
}
