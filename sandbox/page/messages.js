// A list of messages: grouped by author, divided by day, kept at its end while one reads there.
import { h, uid } from "./core/h.js";
import { icon } from "./core/icons.js";
import { living } from "./core/living.js";
import { authorOf, isQuiet, MessageNode } from "./message.js";
import { dateOfTs } from "./text/dates.js";

const TOGETHER = 5 * 60;
const NEAR_END = 120; // pixels
const NEAR_BEGINNING = 400;

export class MessageList {
  /** where: {channel, inThread, root?, openThread?, older?, intro?, label} */
  constructor(pane, where) {
    Object.assign(this, { pane, where });
    this.nodes = new Map();
    this.list = h("div", { class: "message-list", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-busy": "true", "aria-label": where.label });
    this.scroller = h("div", { class: "scroller", tabindex: "-1" }, !where.inThread && h("div", { class: "scroller-fill" }), where.intro, this.list);
    this.pill = h("button", { type: "button", class: "new-pill", hidden: true, onclick: () => this.toEnd() }, icon("down"), "New messages");
    this.node = h("div", { class: "message-area" }, this.scroller, this.pill);
    this.list.addEventListener("keydown", (event) => this.key(event));
    // Fonts, pictures and charts change heights after the fact; who reads at the end stays there.
    this.sizes = new ResizeObserver(() => this.sticky && this.toEnd());
    this.sizes.observe(this.list);
    this.sizes.observe(this.scroller);
    this.sticky = true;
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  scrolled() {
    this.sticky = this.atEnd();
    if (this.sticky) this.pill.hidden = true;
    if (this.scroller.scrollTop < NEAR_BEGINNING && this.nodes.size) this.where.older?.();
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.pill.hidden = true;
  }

  /** What is drawn above does not push away what one reads. */
  keepingPlace(draw) {
    const { scroller } = this;
    const row = [...this.nodes.values()].map((one) => one.node).find((node) => node.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top);
    const before = row?.getBoundingClientRect().top;
    // The browser's own way of keeping the place does nothing at the very top, and must not come on top of this.
    scroller.style.overflowAnchor = "none";
    draw();
    if (row) scroller.scrollTop += row.getBoundingClientRect().top - before;
    scroller.style.overflowAnchor = "";
  }

  /** messages in order; newFrom: ts of the first unread one. */
  draw(messages, { newFrom } = {}) {
    const stay = this.sticky;
    const fresh = messages.filter((message) => !this.nodes.has(message.ts));
    const first = !this.nodes.size;
    const wanted = [];
    let before = null;
    for (const message of messages) {
      wanted.push(...this.between(before, message, newFrom));
      wanted.push(this.nodeOf(message, this.isGrouped(before, message, newFrom)));
      before = message;
    }
    const current = new Set(messages.map((message) => message.ts));
    for (const ts of this.nodes.keys()) if (!current.has(ts)) this.nodes.delete(ts);
    place(this.list, wanted);
    this.roam();
    const mine = fresh.some((message) => message.user === this.pane.id && message === messages.at(-1));
    if (stay || first || mine) this.toEnd();
    else if (fresh.length && fresh.at(-1) === messages.at(-1)) this.pill.hidden = false;
    requestAnimationFrame(() => this.list.setAttribute("aria-busy", "false"));
  }

  nodeOf(message, grouped) {
    if (!this.nodes.has(message.ts)) this.nodes.set(message.ts, new MessageNode(this.pane, this.where, message));
    const one = this.nodes.get(message.ts);
    one.update(message, { grouped });
    return one.node;
  }

  between(before, message, newFrom) {
    const { clock } = this.pane.reader;
    const day = clock.day(dateOfTs(message.ts));
    const out = [];
    if (this.where.inThread) {
      if (before && before.ts === this.where.root) out.push(divider("replies", () => "Replies"));
      return out;
    }
    if (!before || clock.day(dateOfTs(before.ts)) !== day) out.push(divider("day", () => this.pane.reader.clock.dividerOf(dateOfTs(message.ts))));
    if (newFrom === message.ts) out.push(divider("new", () => "New"));
    return out;
  }

  isGrouped(before, message, newFrom) {
    if (!before || message.ts === newFrom || isQuiet(before) || isQuiet(message)) return false;
    if (message.is_ephemeral || before.is_ephemeral || before.ts === this.where.root) return false;
    const { clock } = this.pane.reader;
    const sameDay = clock.day(dateOfTs(before.ts)) === clock.day(dateOfTs(message.ts));
    return sameDay && authorOf(before) === authorOf(message) && Number(message.ts) - Number(before.ts) < TOGETHER;
  }

  /** One Tab stop for the whole list: the message that has the focus, else the newest; arrows go to the others. */
  roam() {
    const focused = document.activeElement?.closest?.(".message");
    const stop = this.list.contains(focused) ? focused : this.list.lastElementChild?.closest(".message");
    if (this.stop !== stop && this.stop) this.stop.tabIndex = -1;
    if (stop) stop.tabIndex = 0;
    this.stop = stop;
  }

  key(event) {
    const row = event.target.closest(".message");
    if (event.target !== row || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const step = event.key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling";
    let next = row[step];
    while (next && !next.matches(".message")) next = next[step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    this.roam();
  }

  focus(ts) {
    this.nodes.get(ts)?.node.focus({ preventScroll: true });
  }
}

function divider(kind, write) {
  const id = uid("divide");
  return h("div", { class: `divide divide-${kind}`, role: "separator", "aria-labelledby": id }, living(h("span", { id }), write));
}

/** Puts the wanted nodes in order without moving those that already stand right: focus and scroll survive. */
function place(list, wanted) {
  const keep = new Set(wanted);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  for (const [index, node] of wanted.entries()) {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
  }
}
