// The right column: one thread with its own composer.
import { fill, h } from "./core/h.js";
import { icon } from "./core/icons.js";
import { sorted } from "./core/state.js";
import { Composer } from "./composer.js";
import { MessageList } from "./messages.js";

export class Thread {
  constructor(pane) {
    this.pane = pane;
    this.node = h("aside", { class: "thread", "aria-label": "Thread", hidden: true });
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) pane.closeThread();
    });
  }

  async show(channel, ts) {
    const { state } = this.pane;
    const same = this.key === `${channel}/${ts}` && state.threads.has(this.key);
    this.key = `${channel}/${ts}`;
    this.channel = channel;
    this.node.hidden = false;
    if (!same) this.build(channel, ts);
    try {
      await state.loadThread(channel, ts);
    } catch (error) {
      this.pane.toast(error.message);
      return this.pane.closeThread();
    }
    if (this.key !== `${channel}/${ts}`) return undefined;
    this.draw();
    if (!same && this.pane.node.contains(document.activeElement)) this.composer.focus();
    return undefined;
  }

  build(channel, ts) {
    const { pane } = this;
    const conversation = pane.state.conversations.get(channel);
    const title = conversation ? pane.state.titleOf(conversation) : "";
    const close = h("button", { type: "button", class: "icon-btn", "aria-label": "Close thread", onclick: () => pane.closeThread() }, icon("close"));
    const head = h("header", { class: "middle-head" }, h("h2", { class: "title" }, "Thread"), h("span", { class: "topic" }, title), close);
    this.list = new MessageList(pane, { channel, inThread: true, root: ts, label: "Replies" });
    this.composer = new Composer(pane, { channel, thread: ts, label: "Reply" });
    fill(this.node, head, this.list.node, this.composer.node);
  }

  hide() {
    this.key = null;
    this.node.hidden = true;
    fill(this.node);
  }

  draw() {
    const known = this.pane.state.threads.get(this.key);
    if (known) this.list.draw(sorted(known));
  }

  heard(frame) {
    if (this.key && frame.channel === this.channel) this.draw();
  }
}
