// SPDX-License-Identifier: Apache-2.0
// Two sessions side by side.

const SIDES = ["A", "B"];

function change(a, b, words) {
  if (a === undefined || b === undefined) return "";
  const sign = b > a ? "+" : b < a ? "−" : "±";
  return sign + words(Math.abs(b - a));
}

function comparisonRows([a, b]) {
  const exitWords = (session) => session.exit === undefined ? "" : String(session.exit);
  const atr = ({ cards }) => cards[0]?.atr && element("code", { class: "hex" }, spaced(cards[0].atr));
  const count = (session) => exchangesOf(session).length;
  return [
    ["File", a.file, b.file, ""],
    ["ATR", atr(a), atr(b), ""],
    ["Outcome", verdictOf(a).words, verdictOf(b).words, ""],
    ["Exit code", exitWords(a), exitWords(b), ""],
    ["Exchanges", grouped(count(a)), grouped(count(b)), change(count(a), count(b), grouped)],
    ["APDUs", grouped(a.cost.apdus), grouped(b.cost.apdus), change(a.cost.apdus, b.cost.apdus, grouped)],
    ["Bytes sent", grouped(a.cost.sent), grouped(b.cost.sent), change(a.cost.sent, b.cost.sent, grouped)],
    ["Bytes received", grouped(a.cost.received), grouped(b.cost.received),
      change(a.cost.received, b.cost.received, grouped)],
    ["Time at the card", duration(a.us), duration(b.us), change(a.us, b.us, duration)],
  ].filter(([, first, second]) => first || second);
}

function comparisonTable(sessions) {
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Comparison" },
    element("table", { class: "comparison" },
      element("thead", {}, element("tr", {}, element("td", {}), element("th", { scope: "col" }, "A"),
        element("th", { scope: "col" }, "B"), element("th", { scope: "col" }, "Change"))),
      element("tbody", {}, comparisonRows(sessions).map(([name, first, second, change]) => element("tr", {},
        element("th", { scope: "row" }, name), element("td", {}, first), element("td", {}, second),
        element("td", {}, change))))));
}

/** A value with what the other does not share marked. */
function markedValue(value, other) {
  if (!value) return element("span", { class: "meaning" }, "not there");
  let start = 0;
  while (start < value.length && start < other.length && value[start] === other[start]) ++start;
  let end = 0;
  while (end < Math.min(value.length, other.length) - start && value.at(-1 - end) === other.at(-1 - end)) ++end;
  const until = value.length - end;
  return element("code", { class: "hex" }, value.slice(0, start), element("mark", {}, value.slice(start, until)),
    value.slice(until));
}

function differenceTable(differences) {
  return element("table", { class: "differences" },
    element("thead", {}, element("tr", {}, ["What differs", "A", "B"].map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, differences.map(([name, first, second]) => element("tr", {},
      element("th", { scope: "row" }, name), element("td", {}, markedValue(first, second)),
      element("td", {}, markedValue(second, first))))));
}

function pairState(pair) {
  if (pair.same) return { state: "good", mark: "=", words: "the same" };
  if (pair.b === undefined) return { state: "only", mark: "A", words: "only in A" };
  if (pair.a === undefined) return { state: "only", mark: "B", words: "only in B" };
  return { state: "wrong", mark: "≠", words: "differs" };
}

function buildPair(row, pair, entries) {
  if (row.querySelector(".pair-body")) return;
  row.append(element("div", { class: "pair-body" }, pair.differences && differenceTable(pair.differences),
    entries.map((entry, side) => entry && element("div", { class: "pair-side" },
      element("h4", { class: "side-name" }, SIDES[side] + ", line " + entry.line), detailsOf(entry)))));
}

function pairRow(pair, sessions) {
  const entries = [pair.a, pair.b].map((at, side) => at === undefined ? null : sessions[side].entries[at]);
  const { state, mark, words } = pairState(pair);
  const any = entries[0] || entries[1];
  const answer = (entry) => element("code", { class: "sw " + (entry ? entry.status : "") }, entry ? entry.sw || "none" : "");
  const summary = element("summary", {},
    element("span", { class: "mark " + state, role: "img", "aria-label": words, title: words }, mark),
    element("span", { class: "command" }, any.name,
      pair.differences && element("span", { class: "meaning" }, " " + pair.differences.map(([name]) => name).join("; "))),
    answer(entries[0]), answer(entries[1]),
    element("span", { class: "time" }, duration((entries[0] || {}).us)),
    element("span", { class: "time" }, duration((entries[1] || {}).us)));
  const row = element("details", { class: "row pair" }, summary);
  row.addEventListener("toggle", () => { if (row.open) buildPair(row, pair, entries); });
  return { pair, row, entries };
}

function pairList(sessions) {
  const list = element("div", { class: "list", id: "list" });
  const items = DATA.pairs.map((pair) => pairRow(pair, sessions));
  let block = null;
  for (const item of items) {
    if (!block || block.childElementCount >= ENTRIES_A_BLOCK) {
      block = element("div", { class: "block" });
      list.append(block);
    }
    item.block = block;
    block.append(item.row);
  }
  return { list, items };
}

function pairSection(sessions) {
  const { list, items } = pairList(sessions);
  const differing = items.filter(({ pair }) => !pair.same).length;
  const count = element("p", { class: "count", role: "status" });
  const only = element("input", { type: "checkbox", id: "only-differences", onchange: () => apply() });
  const search = element("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false",
    placeholder: "name, bytes, AID, meaning", oninput: () => apply() });
  only.checked = differing > 0;
  const apply = () => {
    const words = searchWords(search.value);
    const blocks = new Map();
    let shown = 0;
    for (const item of items) {
      if (words && item.text === undefined) item.text = searchText([item.entries, item.pair.differences || []]);
      const fits = !(only.checked && item.pair.same) && (!words || item.text.includes(words));
      item.row.hidden = !fits;
      blocks.set(item.block, blocks.get(item.block) || fits);
      if (fits) ++shown;
    }
    for (const [each, any] of blocks) each.hidden = !any;
    count.textContent = grouped(shown) + " of " + counted(items.length, "step") + ", " + grouped(differing) + " differ";
  };
  apply();
  const bar = element("form", { class: "filter", role: "search", "aria-label": "Steps",
    onsubmit: (event) => event.preventDefault() },
    element("label", { for: "search", class: "choice wide" }, "Search ", search),
    element("label", { class: "choice" }, only, " only what differs"), count);
  const note = element("p", { class: "note" },
    "Challenges, cryptograms and MACs are new in every session and not compared; secure messaging is removed where the keys are known.");
  const heads = element("div", { class: "heads pair", "aria-hidden": "true" },
    ["", "command", "answer A", "B", "time A", "B"].map((name) => element("span", {}, name)));
  return section("exchanges", "Step by step", note, bar, heads, list);
}

function showDifference(sessions) {
  const same = DATA.pairs.every((pair) => pair.same);
  headOf(sessions.map(({ file }) => file).join(" and "),
    badge(same ? "good" : "wrong", same ? "the same steps" : "they differ"));
  add(document.getElementById("main"), [section("comparison", "Side by side", comparisonTable(sessions)), pairSection(sessions)]);
}
