// SPDX-License-Identifier: Apache-2.0
// Numbers and states in words.

const STATES = {
  good: { mark: "✓", words: "good" },
  warning: { mark: "!", words: "warning" },
  refused: { mark: "✕", words: "refused" },
  passed: { mark: "✕", words: "refused, and nothing was lost by it" },
  missing: { mark: "?", words: "no answer" },
  wrong: { mark: "≠", words: "wrong MAC or cryptogram" },
};

const PROBLEMS = {
  wrong: { state: "wrong", words: "wrong" },
  failed: { state: "refused", words: "failed" },
  refused: { state: "refused", words: "refused" },
  remark: { state: "warning", words: "note" },
  passed: { state: "passed", words: "harmless" },
};

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

function counted(count, one, many) {
  return grouped(count) + "\u00a0" + (count === 1 ? one : many || one + "s");
}

/** Three digits that count, as on an instrument: 34 µs, 1.28 ms, 4.10 s. */
function duration(us) {
  if (us === undefined || us === null) return "";
  if (us < 1000) return us + "\u00a0µs";
  const [value, unit] = us < 1e6 ? [us / 1e3, "ms"] : [us / 1e6, "s"];
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toFixed(digits) + "\u00a0" + unit;
}

function percent(share) {
  if (share > 0 && share < 0.01) return "<1\u00a0%";
  return Math.round(100 * share) + "\u00a0%";
}

/** The name of a command without what its parameters chose. */
function commandOf(exchange) {
  const name = exchange.name;
  const cut = name.search(/ [(\[]/);
  return cut < 0 ? name : name.slice(0, cut);
}

function badge(state, words) {
  const { mark } = STATES[state] || { mark: "·" };
  return element("span", { class: "badge " + state }, element("span", { "aria-hidden": "true" }, mark + " "), words);
}

/** The mark of a row, said in words too. */
function mark(state) {
  const { mark, words } = STATES[state];
  return element("span", { class: "mark " + state, role: "img", "aria-label": words, title: words }, mark);
}
