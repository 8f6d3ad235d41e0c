// A rating on a grid as plain data: read from what a browser has kept, compared with a reference, said in words. Knows no page.
//
// A rating: { levels: Map from indicator id to 0 (not applicable), 1, 2 …, evidence: Map from indicator id to text,
//             earlier: the levels of an earlier rating, shown: whether the profile was looked at }

export function emptyRating() {
  return { levels: new Map(), evidence: new Map(), earlier: new Map(), shown: false };
}

// What a browser has kept, as far as it fits the grid as it is now: an edited grid has lost indicators or levels.
export function ratingFrom(kept, indicators, most) {
  let found;
  try {
    found = JSON.parse(kept || "{}");
  } catch (error) {
    found = {}; // somebody else has written there
  }
  const fitting = (entries, fits) => {
    const pairs = Array.isArray(entries) ? entries.filter(Array.isArray) : [];
    return new Map(pairs.filter(([id, value]) => indicators.includes(id) && fits(value)));
  };
  const isLevel = (level) => Number.isInteger(level) && level >= 0 && level <= most;
  return {
    levels: fitting(found.levels, isLevel),
    evidence: fitting(found.evidence, (words) => typeof words === "string"),
    earlier: fitting(found.earlier, isLevel),
    shown: found.shown === true,
  };
}

export function keptForm({ levels, evidence, earlier, shown }) {
  return JSON.stringify({ levels: [...levels], evidence: [...evidence], earlier: [...earlier], shown });
}

export function isEmpty({ levels, evidence, earlier }) {
  return levels.size + evidence.size + earlier.size === 0;
}

// How far two levels are from each other: "same", "near" (1 level), "far", or "unlike" if only one of them is a level.
export function distance(mine, other) {
  if (mine === other) return "same";
  if (!mine || !other) return "unlike";
  return Math.abs(mine - other) === 1 ? "near" : "far";
}

// The rating in lines of text, to be pasted somewhere. `levelName` says a level, `message` the words around it; `compared` is the
// levels of the reference, or nothing.
export function ratingText({ head, dimensions, rating, compared, levelName, message }) {
  const lines = [...head];
  for (const { title, indicators } of dimensions) {
    lines.push("", title);
    for (const { id, title: name } of indicators) {
      const level = rating.levels.get(id);
      lines.push(`- ${name}`, `  ${message("grid.mine")}: ${levelName(level)}`);
      if (compared) lines.push(`  ${message("grid.reference")}: ${levelName(compared.get(id))}`);
      if (rating.evidence.has(id)) lines.push(`  ${message("grid.evidence")}: ${rating.evidence.get(id)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
