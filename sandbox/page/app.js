// Starts the page: the strip, one pane per acting person or the question who to be, and the inspector beside.
import { findPeople } from "./core/api.js";
import { Control } from "./core/control.js";
import { fill, h } from "./core/h.js";
import { readPlace, writePlace } from "./core/url.js";
import { Inspector } from "./inspector/panel.js";
import { Pane } from "./pane.js";
import { Strip } from "./strip.js";
import { Clock } from "./text/dates.js";
import { TravelBanner } from "./travel.js";
import { welcome } from "./welcome.js";

const MOST_PANES = 3;
const HERE = new Clock({ tz: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: navigator.language });

const root = h("div", { id: "window", class: "window" });
let panes = [];

const reader = () => (panes[0]?.state.me ? panes[0].reader.clock : HERE);
const states = () => panes.map((pane) => pane.state);
const names = {
  person: (id) => states().find((state) => state.people.has(id))?.nameOf(id) || id,
  channel(id) {
    const state = states().find((one) => one.conversations.has(id));
    const one = state?.conversations.get(id);
    return one ? `${["channel", "private"].includes(one.kind) ? "#" : ""}${state.titleOf(one)}` : id;
  },
  time: (at) => reader().format(new Date(at), { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
};

const control = new Control();
const inspector = new Inspector(control, names);
const strip = new Strip(control, inspector, reader);
const banner = new TravelBanner(control, reader);
document.body.append(h("div", { class: "workbench" }, strip.node, banner.node, root, inspector.node));

const host = {
  canAdd: () => panes.length < MOST_PANES,
  count: () => panes.length,
  isOpen: (id) => panes.some((pane) => pane.id === id),
  save: () => writePlace(panes.map((pane) => ({ id: pane.id, at: pane.place() }))),
  add: (id) => show([...panes.map((pane) => ({ id: pane.id, pane })), { id, at: "" }]),
  remove: (id) => show(panes.filter((pane) => pane.id !== id).map((pane) => ({ id: pane.id, pane }))),
  become: (from, to) => show(panes.map((pane) => (pane.id === from ? { id: to, at: "" } : { id: pane.id, pane }))),
  workspace(name) {
    document.title = name;
    strip.called(name);
    strip.clock.tick();
    banner.again();
  },
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
    host.workspace(workspace.name);
    fill(root, welcome(workspace, people, (id) => (fill(root), show([{ id, at: "" }]))));
  } catch (error) {
    fill(root, h("p", { class: "no-answer", role: "alert" }, error.message, " ", h("button", { class: "btn", type: "button", onclick: ask }, "Try again")));
  }
}

const place = readPlace();
if (place.length) show(place.slice(0, MOST_PANES));
else ask();
