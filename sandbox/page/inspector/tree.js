// A JSON value as a tree: every object and list can be folded; what is folded is drawn when it is opened.
import { h } from "../core/h.js";

const OPEN_TO = 2; // levels that are open at first
const FEW = 12; // entries of what is open at first

export function tree(value) {
  return h("div", { class: "tree" }, isBranch(value) ? branch(null, value, 0) : leaf(null, value));
}

const isBranch = (value) => value !== null && typeof value === "object" && Object.keys(value).length > 0;

function branch(name, value, level) {
  const entries = Object.entries(value);
  const inside = h("div", { class: "tree-inside" });
  const node = h("details", { class: "tree-branch" }, h("summary", null, label(name), summary(value, entries.length)), inside);
  const grow = () => {
    if (!node.open || inside.childNodes.length) return;
    inside.append(...entries.map(([key, one]) => (isBranch(one) ? branch(key, one, level + 1) : leaf(key, one))));
  };
  node.addEventListener("toggle", grow);
  node.open = level === 0 || (level < OPEN_TO && entries.length <= FEW);
  grow();
  return node;
}

const label = (name) => name !== null && h("span", { class: "tree-name" }, `${name}: `);

/** What a folded branch holds, in a word: the type of a block, the name of a thing, else how many. */
function summary(value, count) {
  if (Array.isArray(value)) return h("span", { class: "tree-note" }, `[${count}]`);
  const word = [value.type, value.action_id || value.block_id || value.name || value.text].filter((one) => typeof one === "string").join(" · ");
  return h("span", { class: "tree-note" }, word ? `{ ${word.slice(0, 60)} }` : `{${count}}`);
}

function leaf(name, value) {
  const kind = value === null ? "null" : typeof value;
  const text = kind === "object" ? (Array.isArray(value) ? "[]" : "{}") : kind === "string" ? value : String(value);
  return h("div", { class: "tree-leaf" }, label(name), h("span", { class: `tree-${kind}`, dir: kind === "string" ? "auto" : null }, kind === "string" ? `"${text}"` : text));
}
