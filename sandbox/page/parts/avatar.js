// The round-cornered square that stands for a person: initials on their colour, since nothing is loaded from elsewhere.
import { h } from "../core/h.js";
import { now } from "../core/now.js";

const COLOURS = ["#7a4fa3", "#2f7d6b", "#b3543f", "#3f6fb3", "#a3517d", "#5e7a2f", "#8a6a2b", "#3c7f96"];

export function colourOf(person) {
  const given = String(person?.image_color || "").replace(/^#?/, "#");
  if (/^#[0-9a-f]{6}$/i.test(given)) return given;
  const sum = [...String(person?.id || "?")].reduce((total, char) => total + char.codePointAt(0), 0);
  return COLOURS[sum % COLOURS.length];
}

/** White or near-black, whichever is easier to read on the colour. */
function inkOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return r * 0.299 + g * 0.587 + b * 0.114 > 165 ? "#1d1c22" : "#ffffff";
}

function initialsOf(person) {
  const words = (person?.real_name || person?.display_name || person?.name || "?").trim().split(/[\s._-]+/);
  return words.slice(0, 2).map((word) => [...word][0] || "").join("").toUpperCase();
}

export function avatar(person, size = "") {
  const colour = colourOf(person);
  return h(
    "span",
    { class: `avatar ${size} ${person?.is_bot ? "bot" : ""}`.trim(), "aria-hidden": "true", style: { "--avatar": colour, "--ink": inkOn(colour) } },
    initialsOf(person),
  );
}

/** Whether somebody's notifications are held back now. */
export function isQuiet(person) {
  const seconds = now() / 1000;
  return Boolean(person) && person.quiet_from <= seconds && seconds < person.quiet_until;
}

/** A small dot: filled when active, hollow when away; with a z when nobody is to disturb. */
export function presence(person) {
  const away = person?.presence === "away";
  const quiet = isQuiet(person);
  const words = [away ? "Away" : "Active", quiet && "notifications paused"].filter(Boolean).join(", ");
  return h("span", { class: `presence${away ? " away" : ""}${quiet ? " quiet" : ""}`, title: words, "aria-hidden": "true" });
}
