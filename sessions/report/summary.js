// SPDX-License-Identifier: Apache-2.0
// What a person wants to know first: how it ended, with which card, what went wrong, what it cost.

const PROBLEMS_AT_FIRST = 12;

function section(id, title, ...children) {
  return element("section", { id, "aria-labelledby": id + "-title" }, element("h2", { id: id + "-title" }, title), ...children);
}

function exchangesOf(session) {
  return session.entries.filter((entry) => entry.kind === "exchange");
}

function countKind(session, ...kinds) {
  return session.problems.filter((problem) => kinds.includes(problem.kind)).length;
}

/** {state, words}: the whole session in one sentence. */
function verdictOf(session) {
  const wrong = countKind(session, "wrong");
  const failed = countKind(session, "failed");
  const refused = countKind(session, "refused");
  if (wrong > 0) return { state: "wrong", words: counted(wrong, "MAC or cryptogram", "MACs or cryptograms") + " wrong" };
  if (!session.ended) return { state: "refused", words: "ended from outside" };
  if (session.exit > 0) return { state: "refused", words: "failed with exit code " + session.exit };
  if (failed > 0) return { state: "refused", words: counted(failed, "failure") };
  if (refused > 0) return { state: "refused", words: counted(refused, "command") + " refused" };
  return { state: "good", words: session.exit === 0 ? "ended well" : "no problem found" };
}

function fact(name, ...value) {
  return value.some((each) => each) && element("div", {}, element("dt", {}, name), element("dd", {}, ...value));
}

function channelWords(channel) {
  const i = channel.i ? " i=" + channel.i : "";
  const keys = channel.keys ? "keys: " + channel.keys : "no known key fits";
  const parts = [channel.protocol + i + ", key version " + channel.key_version, keys];
  if (channel.level) parts.push("level " + channel.level + " (" + channel.level_text + ")");
  if (channel.keys) parts.push(channel.commands.verified + " of " + channel.commands.total + " commands right");
  if (channel.responses) parts.push(channel.responses.verified + " of " + channel.responses.total + " responses right");
  return parts.join(", ");
}

function costWords(session) {
  const { apdus, sent, received } = session.cost;
  return [counted(apdus, "APDU"), counted(sent, "byte") + " sent", counted(received, "byte") + " received"].join(", ");
}

function cardFacts(session) {
  return session.cards.flatMap((card) => [
    fact(card.reader ? "Reader" : "Protocol", [card.reader, card.protocol].filter(Boolean).join(", ")),
    fact("ATR", card.atr && element("code", { class: "hex" }, spaced(card.atr))),
  ]);
}

function factsOf(session) {
  const count = exchangesOf(session).length;
  const commands = session.entries.filter((entry) => entry.kind === "command").length;
  return element("dl", { class: "facts" },
    fact("Script", session.script && element("span", { title: session.script }, session.script.split("/").at(-1))),
    fact("Written by", session.tool === "gpsh" ? "gpsh " + session.recorded_by : session.tool),
    cardFacts(session),
    session.channels.slice(0, 4).map((channel) => fact("Channel", channelWords(channel))),
    session.channels.length > 4 && fact("Channels", counted(session.channels.length, "channel") + " in all"),
    fact("Exchanges", counted(count, "exchange") + (commands ? " of " + counted(commands, "command") : "")),
    fact("On the wire", costWords(session)),
    fact("Time at the card", duration(session.us)));
}

function problemElement(problem) {
  const { state, words } = PROBLEMS[problem.kind];
  const title = problem.entry === undefined ? element("span", { class: "title" }, problem.title)
    : element("a", { class: "title", href: "#entry-" + problem.entry,
      onclick: (event) => { event.preventDefault(); goTo(problem.entry); } }, problem.title);
  const [meaning, ...advice] = problem.text;
  return element("li", {}, badge(state, words),
    element("div", {}, title, meaning && element("p", {}, meaning), sentences(advice, "advice")));
}

function problemSection(session) {
  const problems = session.problems;
  if (problems.length === 0) return null;
  const list = element("ul", { class: "problems" }, problems.slice(0, PROBLEMS_AT_FIRST).map(problemElement));
  const rest = problems.slice(PROBLEMS_AT_FIRST);
  const more = rest.length > 0 && element("button", { type: "button", onclick: (event) => {
    add(list, rest.map(problemElement));
    event.target.remove();
    list.children[PROBLEMS_AT_FIRST].querySelector("a")?.focus();
  } }, "Show " + counted(rest.length, "more", "more"));
  const passed = problems.every(({ kind }) => kind === "passed");
  return section("problems", passed ? "Refused, and nothing was lost by it" : "Problems", list, more);
}

/** Exchanges, APDUs, bytes and time of each command, the most expensive first. */
function totalsByCommand(session) {
  const totals = new Map();
  for (const exchange of exchangesOf(session)) {
    const name = commandOf(exchange);
    const sum = totals.get(name) || { name, count: 0, apdus: 0, bytes: 0, us: 0 };
    sum.count += 1;
    sum.apdus += exchange.cost.apdus;
    sum.bytes += exchange.cost.sent + exchange.cost.received;
    sum.us += exchange.us || 0;
    totals.set(name, sum);
  }
  const timed = session.us > 0;
  const weight = timed ? (sum) => sum.us : (sum) => sum.bytes;
  const all = timed ? session.us : session.cost.sent + session.cost.received;
  return [...totals.values()].map((sum) => ({ ...sum, share: all > 0 ? weight(sum) / all : 0 }))
    .sort((a, b) => b.share - a.share);
}

function costSection(session, filter) {
  const timed = session.us > 0;
  const row = (sum) => element("tr", {},
    element("th", { scope: "row" }, element("button", { type: "button", class: "link",
      title: "show only these", onclick: () => filter.only(sum.name) }, sum.name)),
    element("td", {}, grouped(sum.count)), element("td", {}, grouped(sum.apdus)), element("td", {}, grouped(sum.bytes)),
    timed && element("td", {}, duration(sum.us)), element("td", {}, percent(sum.share)),
    element("td", { class: "share" }, withShare(element("span", { class: "bar good", "aria-hidden": "true" }), sum.share)));
  const heads = ["Command", "Exchanges", "APDUs", "Bytes", timed && "Time", "Share"].filter(Boolean);
  return section("cost", timed ? "Where the time went" : "Where the bytes went",
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "cost-title" },
      element("table", { class: "totals" },
        element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)), element("td", {}))),
        element("tbody", {}, totalsByCommand(session).map(row)))));
}
