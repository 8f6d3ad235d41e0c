// A copy of what an LMS has not confirmed yet, in this browser: should the tab be killed or the network fail, it is there at the
// next launch. It is there only as long as something is unsaved, and under a name that does not tell whose it is: computers
// are shared.

// A short name for a text that does not give the text away. Not a secret: whoever knows the text can make it, too.
export function fingerprint(text) {
  let one = 0x811c9dc5;
  let two = 0x1b873593;
  for (let index = 0; index < text.length; index += 1) {
    one = Math.imul(one ^ text.charCodeAt(index), 0x01000193);
    two = Math.imul(two ^ text.charCodeAt(index), 0x5bd1e995) ^ (one >>> 15);
  }
  return [one, two].map((part) => ((part ^ (part >>> 16)) >>> 0).toString(36)).join("");
}

// `storage` gives the browser's storage; it may be forbidden, full or missing, and then says so by throwing. Without a key
// nothing is kept.
export function createSafe(storage, key) {
  function attempted(action) {
    try {
      return key ? action(storage()) : null;
    } catch (error) {
      return null;
    }
  }

  return {
    get: () => attempted((store) => store.getItem(key)) || "",
    put: (data) => attempted((store) => store.setItem(key, data)),
    drop: () => attempted((store) => store.removeItem(key)),
  };
}
