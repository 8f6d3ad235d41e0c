// Finds words in texts: case and accents do not count, several words must all be there. Pure functions.

// A text as it is compared, and for each of its characters the place in the text as it is written.
export function folded(text) {
  const at = [];
  let words = "";
  let place = 0;
  for (const sign of text) {
    const plain = sign < "\x80" ? sign.toLowerCase() : sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’ʼ]/, "'");
    for (let i = 0; i < plain.length; i += 1) at.push(place);
    words += plain;
    place += sign.length;
  }
  at.push(place);
  return { words, at };
}

export function queryOf(typed) {
  return [...new Set(folded(typed).words.split(/\s+/).filter(Boolean))];
}

// Where any of the words stand in a text as it is written, in order, as [start, end]; what overlaps is one.
export function hitsIn(text, query) {
  const { words, at } = folded(text);
  const hits = [];
  for (const word of query) {
    for (let i = words.indexOf(word); i >= 0; i = words.indexOf(word, i + word.length)) hits.push([at[i], at[i + word.length]]);
  }
  hits.sort((one, other) => one[0] - other[0]);
  return hits.reduce((joined, [start, end]) => {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
    return joined;
  }, []);
}

// Places ({ id, title }) with their texts, folded once and not at each key.
export function entriesOf(places, texts) {
  return places.map((place) => {
    const text = texts[place.id] || "";
    const title = folded(place.title).words;
    return { ...place, text, inTitle: title, inAll: `${title} ${folded(text).words}` };
  });
}

// The entries that hold every word; those that have them in the title come first.
export function search(entries, query) {
  if (!query.length) return [];
  const holding = (part) => entries.filter((entry) => query.every((word) => entry[part].includes(word)));
  return [...new Set([...holding("inTitle"), ...holding("inAll")])];
}

const CHARACTERS_BEFORE = 40; // characters shown around the first hit
const CHARACTERS_AFTER = 110;

// The words around the first hit, as [text, is a hit] in order; whole words at both ends.
export function excerpt(text, query) {
  const hits = hitsIn(text, query);
  const first = hits.length ? hits[0][0] : 0;
  let start = first <= CHARACTERS_BEFORE ? 0 : text.indexOf(" ", first - CHARACTERS_BEFORE) + 1;
  if (start > first) start = first;
  let end = text.length <= first + CHARACTERS_AFTER ? text.length : text.lastIndexOf(" ", first + CHARACTERS_AFTER);
  if (end <= first) end = Math.min(text.length, first + CHARACTERS_AFTER);
  const parts = start ? [["… ", false]] : [];
  let from = start;
  for (const [left, right] of hits) {
    if (right > end) break;
    parts.push([text.slice(from, left), false], [text.slice(left, right), true]);
    from = right;
  }
  parts.push([text.slice(from, end) + (end < text.length ? " …" : ""), false]);
  return parts.filter(([words]) => words);
}
