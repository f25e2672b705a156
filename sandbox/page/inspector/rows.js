// A long list of rows of one height of which only those in sight are drawn, so that thousands scroll smoothly.
import { fill, h, uid } from "../core/h.js";

export const HEIGHT = 28; // pixels of a row, as in inspector.css
const BEYOND = 8; // rows drawn outside of what is in sight
const PAGE = 10;

export class Rows {
  /** draw(item) gives a node; onpick(item) is told what was chosen. Items are told apart by their n. */
  constructor({ label, draw, onpick }) {
    Object.assign(this, { draw, onpick, all: [], drawn: new Map(), chosen: null, sticky: true });
    this.id = uid("rows");
    this.inside = h("div", { class: "rows-inside", role: "presentation" });
    this.node = h("div", { class: "rows", role: "listbox", tabindex: "0", "aria-label": label }, this.inside);
    this.node.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.node.addEventListener("keydown", (event) => this.key(event));
    this.node.addEventListener("click", (event) => this.clicked(event));
    new ResizeObserver(() => this.place()).observe(this.node);
  }

  show(all) {
    this.all = all;
    this.inside.style.height = `${all.length * HEIGHT}px`;
    if (this.sticky) this.node.scrollTop = this.node.scrollHeight;
    this.place();
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    this.sticky = scrollHeight - scrollTop - clientHeight < HEIGHT;
    this.place();
  }

  /** Draws what is in sight and takes away what is not. */
  place() {
    const from = Math.max(0, Math.floor(this.node.scrollTop / HEIGHT) - BEYOND);
    const to = Math.min(this.all.length, Math.ceil((this.node.scrollTop + this.node.clientHeight) / HEIGHT) + BEYOND);
    const wanted = new Map();
    for (let index = from; index < to; index += 1) wanted.set(this.all[index], index);
    for (const [item, row] of this.drawn) {
      if (wanted.has(item)) continue;
      row.remove();
      this.drawn.delete(item);
    }
    for (const [item, index] of wanted) this.put(item, index);
  }

  put(item, index) {
    let row = this.drawn.get(item);
    if (!row) {
      row = h("div", { class: "row", role: "option", id: `${this.id}-${item.n}` });
      fill(row, this.draw(item));
      this.drawn.set(item, row);
      this.inside.append(row);
    }
    // With each frame of a scroll most rows are as they were; only what differs is written.
    const state = `${index} ${this.all.length} ${item.n === this.chosen}`;
    if (row.dataset.state === state) return;
    row.dataset.state = state;
    row.dataset.index = index;
    row.style.transform = `translateY(${index * HEIGHT}px)`;
    row.setAttribute("aria-posinset", index + 1);
    row.setAttribute("aria-setsize", this.all.length);
    row.setAttribute("aria-selected", String(item.n === this.chosen));
  }

  clicked(event) {
    const row = event.target.closest(".row");
    if (row) this.pick(Number(row.dataset.index));
  }

  pick(index) {
    const item = this.all[index];
    this.chosen = item?.n ?? null;
    if (item) this.sticky = false;
    this.reveal();
    this.place();
    if (item) this.node.setAttribute("aria-activedescendant", `${this.id}-${item.n}`);
    else this.node.removeAttribute("aria-activedescendant");
    if (item) this.onpick(item);
  }

  /** Scrolls no more than it takes to see what is chosen. */
  reveal() {
    const index = this.all.findIndex((item) => item.n === this.chosen);
    if (index < 0) return;
    const top = index * HEIGHT;
    const { scrollTop, clientHeight } = this.node;
    if (top < scrollTop) this.node.scrollTop = top;
    else if (top + HEIGHT > scrollTop + clientHeight) this.node.scrollTop = top + HEIGHT - clientHeight;
  }

  focus() {
    this.node.focus({ preventScroll: true });
  }

  key(event) {
    const last = this.all.length - 1;
    const at = this.all.findIndex((item) => item.n === this.chosen);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? last : at - 1, PageDown: at + PAGE, PageUp: at - PAGE, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.pick(Math.max(0, Math.min(to, last)));
  }
}
