// SPDX-License-Identifier: Apache-2.0
// What a row folds out to.

/** "9F65 maximum length" is a tag and its name. */
function nameElements(name) {
  const tag = /^((?:[0-9A-F]{2}){1,3}) (.+)$/.exec(name);
  return tag ? [element("code", { class: "tag" }, tag[1]), " ", tag[2]] : [name];
}

function isHex(value) {
  return /^(?:[0-9A-F]{2})+$/.test(value);
}

function valueElement(value) {
  if (!isHex(value)) return element("span", { class: "value" }, value);
  return element("code", { class: "value hex" }, value.length > 4 ? spaced(value) : value);
}

function fieldElement(field) {
  const item = element("li", { class: field.fields ? "branch" : null },
    element("span", { class: "name" }, nameElements(field.name)));
  if (field.value) add(item, [" ", valueElement(field.value)]);
  if (field.meaning) add(item, [" ", element("span", { class: "meaning" }, field.meaning)]);
  if (field.fields) item.append(fieldList(field.fields));
  return item;
}

function fieldList(fields) {
  return element("ul", { class: "fields" }, fields.map(fieldElement));
}

function bytesBlock(title, apdu, direction) {
  return apdu && element("div", { class: "bytes" }, element("h5", {}, title), apduElement(apdu, direction));
}

function bytesOf(exchange, direction) {
  const plain = exchange.apdus["plain_" + direction];
  return [bytesBlock("Without secure messaging", plain, direction),
    bytesBlock("On the wire", exchange.apdus[direction], direction)];
}

function sentences(list, className) {
  return list.map((text) => element("p", { class: className }, text));
}

function costElement(exchange) {
  const { apdus, sent, received } = exchange.cost;
  if (apdus === 0) return null;
  const parts = [counted(apdus, "APDU"), counted(sent, "byte") + " sent", counted(received, "byte") + " received"];
  if (exchange.us !== undefined) parts.push(duration(exchange.us));
  return element("p", { class: "cost" }, parts.join(" · "));
}

function answerHeading(exchange) {
  if (!exchange.sw) return element("h4", {}, "No answer");
  return element("h4", {}, "Answer ", element("code", { class: "sw " + exchange.status }, exchange.sw));
}

function detailsOf(exchange) {
  const channel = exchange.wrong || exchange.channel;
  return element("div", { class: "details" },
    element("div", { class: "side" }, element("h4", {}, "Command"), fieldList(exchange.command),
      sentences(channel || [], exchange.wrong ? "channel wrong" : "channel"), bytesOf(exchange, "command")),
    element("div", { class: "side" }, answerHeading(exchange),
      exchange.meaning && element("p", { class: "answer" }, exchange.meaning), sentences(exchange.advice, "advice"),
      fieldList(exchange.response), bytesOf(exchange, "response"), costElement(exchange)));
}
