// SPDX-License-Identifier: Apache-2.0
// The exchanges of a session, in blocks that the browser lays out only when they come into view. A row's details
// are built when it is opened for the first time.

const ENTRIES_A_BLOCK = 40;

function buildDetails(row, exchange) {
  if (row.querySelector(".details")) return;
  row.append(detailsOf(exchange));
}

function longestOf(entries) {
  return entries.reduce((longest, entry) => Math.max(longest, entry.us || 0), 0);
}

function barElement(us, longest, state) {
  const share = longest > 0 ? (us || 0) / longest : 0;
  return withShare(element("span", { class: "bar " + state, "aria-hidden": "true" }), share);
}

/** Few elements: there may be thousands of rows. */
function rowElement(entry, number, longest) {
  const { sent, received } = entry.cost;
  const summary = element("summary", {},
    element("span", { class: "line-number" }, String(entry.line)),
    mark(entry.status),
    element("span", { class: "command" }, entry.name),
    element("code", { class: "sw " + entry.status }, entry.sw || "none"),
    element("span", { class: "size" }, sent + " → " + received),
    element("span", { class: "time" }, duration(entry.us)),
    barElement(entry.us, longest, entry.status));
  const row = element("details", { class: "row", id: "entry-" + number }, summary);
  row.addEventListener("toggle", () => { if (row.open) buildDetails(row, entry); });
  return row;
}

function columnHeads(session) {
  return element("div", { class: session.us === undefined ? "heads timeless" : "heads", "aria-hidden": "true" },
    ["line", "", "command", "answer", "sent → received", session.us === undefined ? "" : "time", ""]
      .map((name) => element("span", {}, name)));
}

function commandHeading(entry, number) {
  const failed = entry.result && entry.result !== "ok";
  return element("h3", { class: "script-line", id: "entry-" + number, tabindex: "-1" },
    element("span", { class: "line-number", title: "line of the script" }, String(entry.line)),
    element("code", {}, entry.text),
    failed && badge("refused", "failed: " + entry.result),
    !entry.result && badge("missing", "not finished"));
}

function remarkElement(entry, number) {
  return element("div", { class: "remark", id: "entry-" + number, tabindex: "-1" },
    element("p", {}, element("span", { class: "line-number" }, String(entry.line)), entry.text),
    entry.advice && element("p", { class: "advice" }, entry.advice));
}

class Timeline {
  constructor(session) {
    this.session = session;
    this.rows = [];  // {entry, row, block, group}
    this.groups = [];  // {heading, entry}
    this.list = element("div", { class: session.us === undefined ? "list timeless" : "list", id: "list" });
    const longest = longestOf(session.entries);
    session.entries.forEach((entry, number) => {
      if (entry.kind === "exchange") this.addRow(entry, rowElement(entry, number, longest));
      else this.addOther(entry, number);
    });
    this.list.addEventListener("keydown", (event) => this.moveFocus(event));
  }

  /** The block at the end; a new one where that is full. */
  block() {
    const last = this.list.lastElementChild;
    if (last && last.childElementCount < ENTRIES_A_BLOCK) return last;
    const block = element("div", { class: "block" });
    this.list.append(block);
    return block;
  }

  addRow(entry, row) {
    const block = this.block();
    const group = this.groups.at(-1);
    if (group) group.heading.classList.add("with-rows");
    this.rows.push({ entry, row, block, group });
    block.append(row);
  }

  addOther(entry, number) {
    const made = entry.kind === "command" ? commandHeading(entry, number) : remarkElement(entry, number);
    if (entry.kind === "command") this.groups.push({ heading: made, entry });
    this.block().append(made);
  }

  shown() {
    return this.rows.filter(({ row }) => !row.hidden);
  }

  /** Arrow keys go from row to row. */
  moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.localName !== "summary") return;
    const rows = this.shown();
    const at = rows.findIndex(({ row }) => row === event.target.parentElement);
    const next = rows[at + step];
    if (!next) return;
    event.preventDefault();
    next.row.querySelector("summary").focus();
  }
}

/** Opens an entry and goes there. */
function goTo(number) {
  const target = document.getElementById("entry-" + number);
  if (!target) return;
  target.hidden = false;
  target.closest(".block").hidden = false;
  if (target.localName === "details") target.open = true;
  target.scrollIntoView({ block: "start" });
  (target.querySelector("summary") || target).focus();
}
