// The reactions under a message, and the picker to add one.
import { fill, h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { emojiOf, findEmoji, USUAL } from "../text/emoji.js";
import { float } from "./float.js";

export function reactions(message, { state, toggle }) {
  const given = message.reactions || [];
  if (!given.length) return null;
  const one = ({ name, users = [], count }) => {
    const mine = users.includes(state.id);
    const who = users.map((id) => state.nameOf(id)).join(", ");
    return h(
      "button",
      { type: "button", class: `reaction${mine ? " mine" : ""}`, "aria-pressed": String(mine), "aria-label": `${name}, ${count ?? users.length}`, title: `${who} reacted with :${name}:`, onclick: () => toggle(name, !mine) },
      h("span", { class: "emoji" }, emojiOf(name) || `:${name}:`),
      h("span", { class: "reaction-count" }, count ?? users.length),
    );
  };
  const add = h("button", { type: "button", class: "reaction add", "aria-label": "Add reaction", onclick: (event) => pickEmoji(event.currentTarget, (name) => toggle(name, true)) }, icon("smile"));
  return h("div", { class: "reactions" }, given.map(one), add);
}

/** A small table of emoji that can be searched by name. */
export function pickEmoji(anchor, pick, { above = false } = {}) {
  const grid = h("div", { class: "emoji-grid" });
  const field = h("input", { type: "search", class: "menu-search", placeholder: "Search emoji", "aria-label": "Search emoji" });
  const panel = h("div", { class: "menu emoji-picker", role: "dialog", "aria-label": "Emoji" }, field, grid);
  const floating = float(anchor, panel, { align: "end", above, onclose: () => panel.remove() });
  const choose = (name) => {
    floating.close();
    anchor.focus({ preventScroll: true });
    pick(name);
  };
  const draw = () => {
    const typed = field.value.trim();
    const names = typed ? findEmoji(typed) : [...new Set([...USUAL, ...findEmoji("", 84)])];
    fill(grid, names.map((name) => h("button", { type: "button", class: "emoji-choice", "aria-label": name, title: `:${name}:`, onclick: () => choose(name) }, emojiOf(name))));
  };
  field.addEventListener("input", draw);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      floating.close();
      anchor.focus();
    } else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      grid.querySelector("button")?.click();
    }
  });
  draw();
  floating.again();
  field.focus({ preventScroll: true });
}
