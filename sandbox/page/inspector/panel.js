// The inspector beside the workspace: what went over the line, and what is made to fail. It remembers itself.
import { fill, h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { FaultPanel } from "./faults.js";
import { LogPanel } from "./log.js";

const KEPT = "inspector";
const [NARROWEST, USUAL] = [320, 460];
const STEP = 32;
const TABS = { log: "Log", faults: "Faults" };

export class Inspector {
  /** names: {person(id), channel(id), time(at)} - how ids and moments are called here */
  constructor(control, names) {
    this.kept = { open: false, width: USUAL, tab: "log", ...read() };
    this.panels = { log: new LogPanel(control, names), faults: new FaultPanel(control) };
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Inspector" });
    this.tabs.addEventListener("keydown", (event) => this.key(event));
    this.content = h("div", { class: "inspector-content" });
    const close = h("button", { type: "button", class: "icon-btn", "aria-label": "Close the inspector", onclick: () => this.toggle(false) }, icon("close"));
    this.edge = h("div", { class: "inspector-edge", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": "Width of the inspector", "aria-valuemin": NARROWEST });
    this.edge.addEventListener("pointerdown", (event) => this.drag(event));
    this.edge.addEventListener("keydown", (event) => this.widen(event));
    this.node = h("aside", { class: "inspector", id: "inspector", "aria-label": "Inspector", hidden: true }, this.edge, h("header", { class: "inspector-head" }, this.tabs, close), this.content);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.toggle(false));
    control.on("faults", () => this.drawTabs(control.active.length));
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyI") return;
      event.preventDefault();
      this.toggle(!this.kept.open);
    });
    this.drawTabs(0);
    this.setWidth(this.kept.width);
    if (this.kept.open) this.show();
  }

  /** The button in the bar that opens and closes it. */
  button() {
    this.opener = h("button", { type: "button", class: "strip-btn", "aria-controls": "inspector", "aria-expanded": String(this.kept.open), "aria-keyshortcuts": "Alt+I", title: "Inspector (Alt+I)", onclick: () => this.toggle(!this.kept.open) }, icon("pulse"), h("span", { class: "strip-label" }, "Inspector"));
    return this.opener;
  }

  open(tab) {
    this.pick(tab);
    this.toggle(true);
  }

  toggle(open) {
    const inside = this.node.contains(document.activeElement);
    this.keep({ open });
    this.opener?.setAttribute("aria-expanded", String(open));
    if (open) {
      this.show();
      this.tabs.querySelector("[aria-selected=true]").focus();
    } else {
      this.node.hidden = true;
      if (inside) this.opener?.focus();
    }
  }

  show() {
    const panel = this.panels[this.kept.tab];
    this.node.hidden = false;
    fill(this.content, panel.node);
    panel.show();
  }

  pick(tab) {
    this.keep({ tab });
    this.drawTabs(this.count);
    if (this.kept.open) this.show();
  }

  drawTabs(count) {
    this.count = count;
    const had = this.tabs.contains(document.activeElement);
    const tab = (id) => h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(id === this.kept.tab), tabindex: id === this.kept.tab ? "0" : "-1", onclick: () => this.pick(id) }, TABS[id], id === "faults" && count > 0 && h("span", { class: "badge" }, count));
    fill(this.tabs, Object.keys(TABS).map(tab));
    if (had) this.tabs.querySelector("[aria-selected=true]").focus();
  }

  key(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const ids = Object.keys(TABS);
    this.pick(ids[(ids.indexOf(this.kept.tab) + 1) % ids.length]);
    this.tabs.querySelector("[aria-selected=true]").focus();
  }

  drag(event) {
    event.preventDefault();
    this.edge.setPointerCapture(event.pointerId);
    const move = (moved) => this.setWidth(innerWidth - moved.clientX);
    const done = () => {
      this.edge.removeEventListener("pointermove", move);
      this.keep({ width: this.width });
    };
    this.edge.addEventListener("pointermove", move);
    this.edge.addEventListener("lostpointercapture", done, { once: true });
  }

  widen(event) {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    this.setWidth(this.width + step);
    this.keep({ width: this.width });
  }

  setWidth(width) {
    this.width = Math.max(NARROWEST, Math.min(width, innerWidth * 0.75));
    this.node.style.setProperty("--width", `${this.width}px`);
    this.edge.setAttribute("aria-valuenow", String(Math.round(this.width)));
  }

  keep(change) {
    Object.assign(this.kept, change);
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.kept));
    } catch {
      // Without storage it is as new next time.
    }
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}
