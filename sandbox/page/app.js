// Starts the page: one pane per acting person, or the question who to be.
import { findPeople } from "./core/api.js";
import { fill, h } from "./core/h.js";
import { readPlace, writePlace } from "./core/url.js";
import { Pane } from "./pane.js";
import { welcome } from "./welcome.js";

const MOST_PANES = 3;
const root = document.getElementById("window");
let panes = [];

const host = {
  canAdd: () => panes.length < MOST_PANES,
  count: () => panes.length,
  isOpen: (id) => panes.some((pane) => pane.id === id),
  save: () => writePlace(panes.map((pane) => ({ id: pane.id, at: pane.place() }))),
  add: (id) => show([...panes.map((pane) => ({ id: pane.id, pane })), { id, at: "" }]),
  remove: (id) => show(panes.filter((pane) => pane.id !== id).map((pane) => ({ id: pane.id, pane }))),
  become: (from, to) => show(panes.map((pane) => (pane.id === from ? { id: to, at: "" } : { id: pane.id, pane }))),
};

/** Panes that stay are kept as they are, with everything typed in them. */
function show(wanted) {
  const next = wanted.map(({ id, at, pane }) => pane || new Pane(id, at, host));
  for (const pane of panes) if (!next.includes(pane)) pane.end();
  const fresh = next.filter((pane) => !panes.includes(pane));
  panes = next;
  root.className = `window panes-${panes.length}`;
  for (const child of [...root.children]) if (!panes.some((pane) => pane.node === child)) child.remove();
  for (const [index, pane] of panes.entries()) {
    // Moving a node would close what floats in it, so only what is not in its place is put there.
    if (root.children[index] !== pane.node) root.insertBefore(pane.node, root.children[index] || null);
  }
  for (const pane of fresh) pane.begin();
  for (const pane of panes) pane.bar.draw();
  host.save();
}

async function ask() {
  root.className = "window";
  try {
    const { workspace, people } = await findPeople();
    fill(root, welcome(workspace, people, (id) => (fill(root), show([{ id, at: "" }]))));
  } catch (error) {
    fill(root, h("p", { class: "no-answer", role: "alert" }, error.message, " ", h("button", { class: "btn", type: "button", onclick: ask }, "Try again")));
  }
}

const place = readPlace();
if (place.length) show(place.slice(0, MOST_PANES));
else ask();
