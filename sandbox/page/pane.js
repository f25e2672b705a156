// One person's workspace: the bar on top, the sidebar, the conversation, the thread, the modals.
import { fill, h } from "./core/h.js";
import { icon } from "./core/icons.js";
import { State } from "./core/state.js";
import { Clock } from "./text/dates.js";
import { Bar } from "./bar.js";
import { Conversation } from "./conversation.js";
import { Home } from "./home.js";
import { ModalStack } from "./modal.js";
import { Sidebar } from "./sidebar.js";
import { Thread } from "./thread.js";

export class Pane {
  constructor(id, at, host) {
    this.id = id;
    this.host = host;
    this.state = new State(id);
    this.drafts = new Map();
    this.at = readAt(at);
    this.reader = { state: this.state, clock: new Clock(null), open: (channel) => this.open(channel) };
    this.bar = new Bar(this);
    this.sidebar = new Sidebar(this);
    this.conversation = new Conversation(this);
    this.home = new Home(this);
    this.thread = new Thread(this);
    this.modals = new ModalStack(this);
    this.banner = h("div", { class: "banner", role: "status" });
    this.toasts = h("div", { class: "toasts" });
    this.middle = h("main", { class: "middle" });
    this.body = h("div", { class: "pane-body" }, this.sidebar.node, this.middle, this.thread.node);
    this.node = h("section", { class: "pane", "data-pane": id, "aria-label": id }, this.bar.node, this.banner, h("div", { class: "stage" }, this.body, this.modals.node), this.toasts);
  }

  begin() {
    const { state } = this;
    state.on("started", () => this.started());
    state.on("line", () => this.drawBanner());
    state.on("failed", (text) => this.toastUnlessShown(text));
    state.on("people", () => {
      this.reader.clock = new Clock(state.me);
      this.bar.draw();
      this.heard({ type: "people", channel: this.at.channel });
    });
    for (const what of ["people", "conversations", "line"]) state.on(what, () => this.sidebar.draw());
    state.on("conversations", () => this.conversation.changed());
    state.on("message", (frame) => this.heard(frame));
    state.on("views", () => this.modals.sync(state.views));
    state.on("home", (frame) => this.home.show(frame.view));
    document.addEventListener("visibilitychange", () => this.conversation.markRead());
    state.begin();
  }

  end() {
    this.state.end();
    this.bar.end();
  }

  /** The first answer, and every answer after a broken line. */
  started() {
    this.reader.clock = new Clock(this.state.me);
    this.node.setAttribute("aria-label", this.state.me?.real_name || this.id);
    this.host.workspace(this.state.workspace.name);
    this.bar.draw();
    if (!this.at.home && !this.state.conversations.has(this.at.channel)) this.at = this.firstPlace();
    this.show();
  }

  firstPlace() {
    const all = [...this.state.conversations.values()];
    const first = all.find((one) => one.kind === "channel" && one.is_member) || all.find((one) => one.is_member) || all[0];
    return first ? { channel: first.id } : { home: true };
  }

  open(channel, thread) {
    const same = this.at.channel === channel && !this.at.home;
    this.at = { channel, thread: thread ?? (same ? this.at.thread : undefined) };
    this.show();
  }

  openHome() {
    this.at = { home: true };
    this.show();
  }

  openThread(ts) {
    this.at = { ...this.at, thread: ts };
    this.thread.show(this.at.channel, ts);
    this.node.classList.add("with-thread");
    this.host.save();
  }

  closeThread() {
    const { thread } = this.at;
    delete this.at.thread;
    this.thread.hide();
    this.node.classList.remove("with-thread");
    this.host.save();
    if (thread) this.conversation.focusMessage(thread);
  }

  async openDirect(user) {
    const known = this.state.conversationWith(user);
    if (known) return this.open(known.id);
    try {
      const { conversation } = await this.state.api.openDirect(user);
      this.state.conversations.set(conversation.id, conversation);
      this.sidebar.draw();
      return this.open(conversation.id);
    } catch (error) {
      return this.toast(error.message);
    }
  }

  show() {
    this.node.classList.remove("with-sidebar");
    this.node.classList.toggle("with-thread", Boolean(this.at.thread));
    if (this.at.home) {
      fill(this.middle, this.home.node);
      this.home.load();
    } else {
      fill(this.middle, this.conversation.node);
      this.conversation.show(this.at.channel);
    }
    if (this.at.thread) this.thread.show(this.at.channel, this.at.thread);
    else this.thread.hide();
    this.sidebar.draw();
    this.host.save();
  }

  heard(frame) {
    this.conversation.heard(frame);
    this.thread.heard(frame);
  }

  place() {
    if (this.at.home) return "home";
    return [this.at.channel, this.at.thread].filter(Boolean).join("/");
  }

  drawBanner() {
    const { app, online, started } = this.state;
    const text = !online
      ? "The line to the local workspace is broken. Trying again…"
      : started && app && !app.connected
        ? `${app.name} is not connected. Messages arrive, but buttons, forms and commands get no answer until it runs.`
        : "";
    fill(this.banner, text && [icon("warning"), h("span", null, text)]);
  }

  /** What failed usually says so beside what was clicked; only what has no such place is told here. */
  toastUnlessShown(text) {
    const places = ".failure, .composer-note, .dialog-trouble, .toast";
    setTimeout(() => [...this.node.querySelectorAll(places)].some((one) => one.textContent.includes(text)) || this.toast(text), 300);
  }

  toast(text) {
    const close = h("button", { type: "button", class: "icon-btn", "aria-label": "Dismiss", onclick: () => one.remove() }, icon("close"));
    const one = h("div", { class: "toast", role: "alert" }, icon("warning"), h("span", null, text), close);
    this.toasts.append(one);
    setTimeout(() => one.remove(), 9000);
  }
}

function readAt(text) {
  if (text === "home") return { home: true };
  const [channel, thread] = (text || "").split("/");
  return thread ? { channel, thread } : { channel };
}
