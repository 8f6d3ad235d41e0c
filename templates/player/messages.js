// The words of the interface. A text may hold {names}; one that depends on a number is {"one": …, "other": …}, with the
// plural forms of its language, and is chosen by the value called `count`.

export function createMessages(texts, language) {
  const plural = made(() => new Intl.PluralRules(language)) || { select: (count) => (count === 1 ? "one" : "other") };
  const numbers = made(() => new Intl.NumberFormat(language, { maximumFractionDigits: 2 }));

  function shown(value) {
    return typeof value === "number" && numbers ? numbers.format(value) : String(value);
  }

  return function message(key, values = {}) {
    let text = Object.prototype.hasOwnProperty.call(texts, key) ? texts[key] : key;
    if (typeof text === "object" && text !== null) {
      text = text[plural.select(Number(values.count))] || text.other || key;
    }
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
  };
}

function made(maker) {
  try {
    return maker();
  } catch (error) {
    return null; // a language tag this browser refuses
  }
}
