// SPDX-License-Identifier: Apache-2.0
// Puts the page together.

function darkNow() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function themeButton() {
  const words = () => darkNow() ? "Light colours" : "Dark colours";
  const button = element("button", { type: "button", id: "theme" }, words());
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = darkNow() ? "light" : "dark";
    button.textContent = words();
  });
  return button;
}

function headOf(title, verdict) {
  add(document.getElementById("head"), [
    element("div", { class: "title-line" }, element("h1", {}, title), verdict, themeButton()),
  ]);
}

/** A harmless refusal does not look like one that ended the script. */
function markPassed(session) {
  for (const { kind, entry } of session.problems) {
    if (kind === "passed") session.entries[entry].status = "passed";
  }
}

function showSession(session) {
  const { state, words } = verdictOf(session);
  headOf(session.file, badge(state, words));
  const timeline = new Timeline(session);
  const filter = new Filter(timeline);
  const hint = element("p", { class: "note" }, "Each line opens. ", element("kbd", {}, "/"), " searches, ",
    element("kbd", {}, "↑"), " ", element("kbd", {}, "↓"), " go from line to line, ", element("kbd", {}, "Enter"), " opens.");
  add(document.getElementById("main"), [
    element("section", { "aria-label": "Summary" }, factsOf(session)),
    problemSection(session),
    costSection(session, filter),
    section("exchanges", "Exchanges", hint, filter.bar, columnHeads(session), timeline.list),
  ]);
}

function start() {
  DATA.sessions.forEach(markPassed);
  if (DATA.pairs) showDifference(DATA.sessions);
  else showSession(DATA.sessions[0]);
  add(document.getElementById("foot"), [element("p", {}, "gpsh " + DATA.gpsh + ". Key data of PUT KEY, encrypted STORE DATA values and " +
    "PINs are not in this page, only their lengths and check values.")]);
}

start();
