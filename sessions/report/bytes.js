// SPDX-License-Identifier: Apache-2.0
// APDUs as aligned bytes. An APDU is [hex], or [hex, hidden bytes, hex] where its data may not be seen.

const BYTES_A_LINE = 16;

/** The parts of a command: header, Lc, data, Le (ISO/IEC 7816-3 section 12.1.3), as [name, hex]. */
function commandParts(hex) {
  const length = hex.length / 2;
  const byte = (at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  const part = (from, to) => hex.slice(2 * from, to === undefined ? undefined : 2 * to);
  const parts = [["header", part(0, 4)]];
  if (length <= 4) return parts;
  if (length === 5) return [...parts, ["le", part(4)]];
  const extended = byte(4) === 0 && length >= 7;
  const start = extended ? 7 : 5;
  if (extended && length === 7) return [...parts, ["le", part(4)]];
  const count = extended ? byte(5) * 256 + byte(6) : byte(4);
  if (start + count > length) return [...parts, ["data", part(4)]];
  parts.push(["lc", part(4, start)], ["data", part(start, start + count)]);
  if (start + count < length) parts.push(["le", part(start + count)]);
  return parts;
}

function responseParts(hex) {
  return [["data", hex.slice(0, -4)], ["sw", hex.slice(-4)]];
}

const PART_NAMES = { header: "CLA INS P1 P2", lc: "Lc", data: "data", le: "Le", sw: "SW1 SW2" };

function spaced(hex) {
  return hex.replace(/../g, "$& ").trim();
}

function offset(at) {
  return element("span", { class: "offset", "aria-hidden": "true" }, at.toString(16).toUpperCase().padStart(4, "0"));
}

/** Longer data in lines of 16 with their offsets, a gap after eight. */
function dataLines(hex) {
  if (hex.length <= 2 * BYTES_A_LINE) return [element("span", { class: "line" }, spaced(hex))];
  const lines = [];
  for (let at = 0; at < hex.length; at += 2 * BYTES_A_LINE) {
    const line = hex.slice(at, at + 2 * BYTES_A_LINE);
    lines.push(element("span", { class: "line" }, offset(at / 2), spaced(line.slice(0, BYTES_A_LINE)), "  ",
      spaced(line.slice(BYTES_A_LINE)), "\n"));
  }
  return lines;
}

function partElement([name, hex]) {
  if (hex === "") return null;
  return element("span", { class: "part" }, element("span", { class: "part-name" }, PART_NAMES[name]),
    element("code", { class: "hex " + name }, dataLines(hex)));
}

function hiddenPart(count) {
  return element("span", { class: "part" }, element("span", { class: "part-name" }, "data"),
    element("span", { class: "withheld" }, counted(count, "byte") + " not shown"));
}

/** direction: "command" or "response". */
function apduElement(apdu, direction) {
  const [hex, hidden, rest] = apdu;
  const box = element("div", { class: "apdu" });
  if (hidden === undefined) {
    add(box, (direction === "command" ? commandParts(hex) : responseParts(hex)).map(partElement));
  } else if (direction === "command") {
    add(box, [partElement(["header", hex.slice(0, 8)]), partElement(["lc", hex.slice(8)]), hiddenPart(hidden),
      partElement(["le", rest])]);
  } else {
    add(box, [hiddenPart(hidden), partElement(["sw", rest])]);
  }
  return box;
}
