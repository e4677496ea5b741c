// SPDX-License-Identifier: Apache-2.0
"use strict";
// Making elements. Whatever comes out of a log becomes a text node, never markup.

const DATA = JSON.parse(document.getElementById("data").textContent);

/** element("td", {class: "bytes", onclick: f}, "text", child...): what is null or false is left out. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  add(made, children);
  return made;
}

function add(to, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    to.append(child);
  }
}

/** How much of a bar is filled. Through the object model: the page's policy lets no style attribute in. */
function withShare(made, share) {
  made.style.setProperty("--share", (100 * Math.min(1, share)).toFixed(2) + "%");
  return made;
}
