// Date, time and date-with-time fields; moments are read and written in the person's zone.
import { h } from "../core/h.js";
import { momentOf, wallClock } from "../text/zones.js";

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
