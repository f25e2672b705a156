// One line of the log: when, what, how long it took, and what was wrong with it.
import { h } from "../core/h.js";

const SLOW = 2000; // milliseconds until an ack is late for people, and until it is too late for Slack
const TOO_SLOW = 3000;
const MARKS = { api: "→", delivery: "←", response_url: "↺", socket: "⇄" };
const SAID = { api: "Call", delivery: "Delivery", response_url: "Use of a response_url", socket: "Socket" };

/** What is shown and searched of an entry. */
export function rowOf(entry, names) {
  const person = entry.person && names.person(entry.person);
  const channel = entry.channel && names.channel(entry.channel);
  const searched = [entry.name, entry.error, entry.fault, person, channel, entry.person, entry.channel].filter(Boolean).join(" ").toLowerCase();
  return { person, channel, searched };
}

/** How bad the wait was: only acks have a deadline. */
export function paceOf(entry) {
  if (entry.kind !== "delivery") return "";
  return entry.took_ms > TOO_SLOW ? "too-slow" : entry.took_ms > SLOW ? "slow" : "";
}

export const milliseconds = (took) => `${took >= 100 || took === 0 ? Math.round(took) : Number(took).toPrecision(2)} ms`;

export function rowNode(entry, names) {
  const { person, channel } = rowOf(entry, names);
  const about = [person, channel].filter(Boolean).join(", ");
  const chips = [
    entry.retry ? h("span", { class: "log-chip" }, `retry ${entry.retry}`) : null,
    entry.fault ? h("span", { class: "log-chip fault" }, entry.fault) : null,
    !entry.ok && entry.error ? h("span", { class: "log-chip bad" }, entry.error) : null,
  ];
  return h(
    "div",
    { class: `log-row kind-${entry.kind}${entry.ok ? "" : " failed"}` },
    h("span", { class: "log-at" }, names.time(entry.at)),
    h("span", { class: "log-mark", role: "img", "aria-label": SAID[entry.kind] || entry.kind }, MARKS[entry.kind] || "·"),
    h("span", { class: "log-name" }, entry.name),
    h("span", { class: "log-about" }, about),
    chips,
    h("span", { class: `log-took ${paceOf(entry)}` }, milliseconds(entry.took_ms)),
  );
}
