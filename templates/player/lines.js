// Text for elements of an LMS.

// One line of so many characters at most; a character of two code units is not cut in two.
export function oneLine(text, most) {
  const line = String(text).replace(/\s+/gu, " ").slice(0, most);
  return /[\uD800-\uDBFF]$/.test(line) ? line.slice(0, -1) : line;
}

// The elements of an interaction that say which outcomes it is about; ten are the most that every LMS takes.
export function objectivePairs(name, objectives = []) {
  return objectives.slice(0, 10).map((id, nth) => [`${name}objectives.${nth}.id`, id]);
}
