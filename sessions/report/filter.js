// SPDX-License-Identifier: Apache-2.0
// Filter by command and by answer, and search in all that stands in an exchange.

const MOST_OPENED_AT_ONCE = 300;

/** Every text and number in an entry, in lower case; made at the first search. */
function searchText(value) {
  if (Array.isArray(value)) return value.map(searchText).join("\n");
  if (value && typeof value === "object") return Object.values(value).map(searchText).join("\n");
  return typeof value === "string" ? value.toLowerCase() : "";
}

/** What is hex with blanks is looked for as bytes. */
function searchWords(typed) {
  const words = typed.trim().toLowerCase();
  return /^[0-9a-f\s]+$/.test(words) ? words.replace(/\s+/g, "") : words;
}

function tally(list, wordOf) {
  const counts = new Map();
  for (const each of list) counts.set(wordOf(each), (counts.get(wordOf(each)) || 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}

function choice(label, id, options, onchange) {
  const select = element("select", { id, onchange }, element("option", { value: "" }, "all"),
    options.map(([value, count]) => element("option", { value }, value + " (" + count + ")")));
  return { select, box: element("label", { for: id, class: "choice" }, label + " ", select) };
}

class Filter {
  constructor(timeline) {
    this.timeline = timeline;
    const rows = timeline.rows;
    const apply = () => this.apply();
    this.command = choice("Command", "filter-command", tally(rows, ({ entry }) => commandOf(entry)), apply);
    this.status = choice("Answer", "filter-status", tally(rows, ({ entry }) => entry.sw || "none"), apply);
    this.search = element("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false",
      placeholder: "name, bytes, AID, meaning", oninput: apply, "aria-keyshortcuts": "/" });
    this.count = element("p", { class: "count", role: "status" });
    this.openAll = element("button", { type: "button", onclick: () => this.toggleAll() }, "Open all");
    this.bar = element("form", { class: "filter", role: "search", "aria-label": "Exchanges",
      onsubmit: (event) => event.preventDefault() },
      element("label", { for: "search", class: "choice wide" }, "Search ", this.search),
      this.command.box, this.status.box, this.openAll, this.count);
    document.addEventListener("keydown", (event) => this.focusSearch(event));
    this.apply();
  }

  focusSearch(event) {
    const typing = /^(input|select|textarea)$/.test(event.target.localName || "");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.search.focus();
  }

  fits(item, words) {
    const { entry, group } = item;
    if (this.command.select.value && commandOf(entry) !== this.command.select.value) return false;
    if (this.status.select.value && (entry.sw || "none") !== this.status.select.value) return false;
    if (!words) return true;
    if (item.text === undefined) item.text = searchText(entry) + "\n" + (group ? searchText(group.entry) : "");
    return item.text.includes(words);
  }

  apply() {
    const words = searchWords(this.search.value);
    const groups = new Set();
    let shown = 0;
    for (const item of this.timeline.rows) {
      const fits = this.fits(item, words);
      if (item.row.hidden === fits) item.row.hidden = !fits;
      if (!fits) continue;
      ++shown;
      groups.add(item.group);
    }
    const all = shown === this.timeline.rows.length;
    for (const group of this.timeline.groups) group.heading.hidden = !all && !groups.has(group);
    for (const remark of this.timeline.list.querySelectorAll(".remark")) remark.hidden = !all;
    for (const block of this.timeline.list.children) {
      block.hidden = [...block.children].every((each) => each.hidden);
    }
    this.tell(shown);
  }

  tell(shown) {
    const all = this.timeline.rows.length;
    this.count.textContent = shown === all ? counted(all, "exchange") : grouped(shown) + " of " + counted(all, "exchange");
    this.openAll.disabled = shown === 0 || shown > MOST_OPENED_AT_ONCE;
    this.openAll.title = shown > MOST_OPENED_AT_ONCE ? "at most " + MOST_OPENED_AT_ONCE + " at once: filter first" : "";
    this.openAll.textContent = this.anyClosed() ? "Open all" : "Close all";
  }

  anyClosed() {
    const rows = this.timeline.shown();
    return rows.length === 0 || rows.length > MOST_OPENED_AT_ONCE || rows.some(({ row }) => !row.open);
  }

  toggleAll() {
    const open = this.anyClosed();
    for (const { row, entry } of this.timeline.shown()) {
      if (open) buildDetails(row, entry);
      row.open = open;
    }
    this.openAll.textContent = open ? "Close all" : "Open all";
  }

  /** All filters set anew, as a row of the table of commands does. */
  only(command) {
    this.search.value = "";
    this.status.select.value = "";
    this.command.select.value = command;
    this.apply();
    document.getElementById("exchanges").scrollIntoView({ block: "start" });
    this.command.select.focus();
  }
}
