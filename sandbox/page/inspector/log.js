// The log: every call of the app and every delivery to it, live; filtered, paused, and looked into.
import { fill, h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { rowOf, rowNode } from "./row.js";
import { Rows } from "./rows.js";
import { whole } from "./whole.js";

const KINDS = { api: "API", delivery: "Deliveries", response_url: "response_url", socket: "Sockets" };

export class LogPanel {
  constructor(control, names) {
    Object.assign(this, { control, names, hiddenKinds: new Set(), onlyFailed: false, words: "", paused: false, waiting: false });
    this.search = h("input", { type: "search", class: "log-search", placeholder: "Filter by name, person, channel, error", "aria-label": "Filter the log", oninput: () => this.filter({ words: this.search.value.trim().toLowerCase() }) });
    // Escape empties a field that holds something; only an empty one lets it close the inspector.
    this.search.addEventListener("keydown", (event) => event.key === "Escape" && this.search.value && event.stopPropagation());
    this.rows = new Rows({ label: "Calls and deliveries", draw: (entry) => rowNode(entry, this.names), onpick: (entry) => this.look(entry) });
    this.count = h("span", { class: "log-count", role: "status" });
    this.detail = h("section", { class: "log-detail", hidden: true, "aria-label": "The chosen entry" });
    this.detail.addEventListener("keydown", (event) => event.key === "Escape" && (event.preventDefault(), this.leave()));
    this.node = h("div", { class: "log" }, h("div", { class: "log-tools" }, this.search, this.pauseButton()), this.kindButtons(), this.rows.node, this.detail);
    control.on("log", () => this.soon());
  }

  show() {
    this.control.fillLog().catch((error) => fill(this.count, error.message));
    this.draw();
  }

  pauseButton() {
    const toggle = (event) => {
      this.paused = !this.paused;
      event.currentTarget.setAttribute("aria-pressed", String(this.paused));
      if (!this.paused) this.draw();
      else this.counted();
    };
    return h("button", { type: "button", class: "btn btn-small log-pause", "aria-pressed": "false", onclick: toggle }, icon("pause"), "Pause");
  }

  kindButtons() {
    const toggle = (kind) => (event) => {
      const on = this.hiddenKinds.has(kind);
      if (on) this.hiddenKinds.delete(kind);
      else this.hiddenKinds.add(kind);
      event.currentTarget.setAttribute("aria-pressed", String(on));
      this.filter({});
    };
    const failed = (event) => {
      event.currentTarget.setAttribute("aria-pressed", String(!this.onlyFailed));
      this.filter({ onlyFailed: !this.onlyFailed });
    };
    const button = (label, pressed, onclick) => h("button", { type: "button", class: "log-kind", "aria-pressed": String(pressed), onclick }, label);
    return h("div", { class: "log-kinds", role: "group", "aria-label": "What is shown" }, Object.entries(KINDS).map(([kind, label]) => button(label, true, toggle(kind))), button("Failed", false, failed), this.count);
  }

  filter(change) {
    Object.assign(this, change);
    this.draw();
  }

  /** Many entries that come together are drawn once. */
  soon() {
    if (this.waiting || !this.node.isConnected) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      if (this.paused) this.counted();
      else this.draw();
    });
  }

  draw() {
    const shown = this.control.entries.filter((entry) => this.isWanted(entry));
    this.rows.show(shown);
    this.newestShown = this.control.entries.at(-1)?.n ?? 0;
    this.counted();
  }

  counted() {
    const missed = this.paused ? this.control.entries.filter((entry) => entry.n > this.newestShown).length : 0;
    const { length } = this.rows.all;
    const text = missed ? `paused, ${missed} new` : `${length} of ${this.control.entries.length}`;
    if (this.count.textContent !== text) this.count.textContent = text;
  }

  isWanted(entry) {
    if (this.hiddenKinds.has(entry.kind) || (this.onlyFailed && entry.ok && !entry.fault)) return false;
    return !this.words || rowOf(entry, this.names).searched.includes(this.words);
  }

  async look(entry) {
    this.looking = entry.n;
    fill(this.detail, h("p", { class: "log-note" }, "Loading…"));
    this.detail.hidden = false;
    let content;
    try {
      content = whole(await this.control.whole(entry.n), this.names, () => this.leave());
    } catch (error) {
      content = h("p", { class: "log-note", role: "alert" }, error.message);
    }
    if (this.looking !== entry.n) return;
    fill(this.detail, content);
    this.rows.reveal();
  }

  leave() {
    this.looking = null;
    this.detail.hidden = true;
    fill(this.detail);
    this.rows.pick(-1);
    this.rows.focus();
  }
}
