// Date, time and date-with-time fields; moments are read and written in the person's zone.
import { h } from "../core/h.js";

function field(type, { element, block, surface, names, entry, toText, fromText }) {
  const node = h("input", {
    type,
    class: "text-field date-field",
    id: names.id,
    "aria-label": names.id ? null : element.placeholder?.text || names.label || "Date",
    "aria-describedby": names.describedBy,
    "data-autofocus": element.focus_on_load || null,
  });
  node.value = toText(entry.value);
  node.addEventListener("change", () => {
    const value = node.value ? fromText(node.value) : null;
    surface.set(block, element, value);
    if (!names.input || names.input.dispatch_action) surface.act(block, element, value);
  });
  return node;
}

const same = (value) => value ?? "";

export function dateField(element, block, surface, names) {
  const entry = surface.current(block, element, element.initial_date ?? null);
  return surface.control(block, element, field("date", { element, block, surface, names, entry, toText: same, fromText: same }));
}

export function timeField(element, block, surface, names) {
  const entry = surface.current(block, element, element.initial_time ?? null);
  const node = field("time", { element, block, surface, names, entry, toText: same, fromText: same });
  const zone = element.timezone && h("span", { class: "zone" }, element.timezone);
  return surface.control(block, element, h("span", { class: "with-zone" }, node, zone));
}

export function dateTimeField(element, block, surface, names) {
  const entry = surface.current(block, element, element.initial_date_time ?? null);
  const { zone } = surface.reader.clock;
  const toText = (seconds) => (seconds === null ? "" : wallClock(seconds * 1000, zone));
  const fromText = (text) => momentOf(text, zone);
  const node = field("datetime-local", { element, block, surface, names, entry, toText, fromText });
  return surface.control(block, element, h("span", { class: "with-zone" }, node, h("span", { class: "zone" }, zone)));
}

/** "2026-11-22T14:05" as a wall clock in the zone shows the moment. */
function wallClock(millis, zone) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return format.format(new Date(millis)).replace(" ", "T");
}

/** Seconds of the moment when the zone's wall clock shows `text`; asked twice, since the offset may change between. */
export function momentOf(text, zone) {
  const wanted = Date.parse(`${text}Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - Date.parse(`${wallClock(guess, zone)}Z`);
  return Math.round(guess / 1000);
}
