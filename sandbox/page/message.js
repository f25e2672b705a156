// One message: who, when, what; its reactions, its thread, and what can be done with it.
import { fill, h } from "./core/h.js";
import { icon } from "./core/icons.js";
import { living } from "./core/living.js";
import { Surface } from "./blocks/surface.js";
import { attachments, files } from "./parts/attachments.js";
import { avatar } from "./parts/avatar.js";
import { openMenu } from "./parts/menu.js";
import { pickEmoji, reactions } from "./parts/reactions.js";
import { dateOfTs } from "./text/dates.js";
import { mrkdwn } from "./text/mrkdwn.js";

const QUIET = new Set(["channel_join", "channel_leave", "channel_topic", "channel_purpose", "group_join", "group_leave"]);

export const isQuiet = (message) => QUIET.has(message.subtype);

export const authorOf = (message) => `${message.user || message.bot_id}/${message.username || ""}`;

export class MessageNode {
  /** list: where it stands - {channel, inThread, openThread?} */
  constructor(pane, list, message) {
    this.pane = pane;
    this.list = list;
    this.message = null;
    this.surface = new Surface(pane, { type: "message", channel: list.channel, ts: message.ts }, "message");
    this.content = h("div", { class: "message-content" });
    this.side = h("div", { class: "message-side" });
    this.node = h("article", { class: "message", "data-ts": message.ts, tabindex: "-1" }, this.side, this.content);
    this.node.addEventListener("pointerenter", () => this.offerTools());
    this.node.addEventListener("focusin", () => this.offerTools());
    this.node.addEventListener("pointerleave", () => this.hideTools());
    this.node.addEventListener("focusout", (event) => this.node.contains(event.relatedTarget) || this.hideTools());
  }

  person() {
    const { state } = this.pane;
    const { message } = this;
    const id = message.user || (message.bot_id && state.app?.bot_user_id);
    return state.people.get(id) || { id: id || message.bot_id || "?", real_name: message.username || state.app?.name || id, is_bot: Boolean(message.bot_id) };
  }

  name() {
    const person = this.person();
    return this.message.username || person.display_name || person.real_name || person.name;
  }

  /** Whether it must be drawn anew. With a thousand messages in the list nearly all are the very same objects. */
  differs(message, grouped) {
    const around = `${grouped} ${this.pane.state.peopleVersion}`;
    const same = around === this.around && (message === this.message || JSON.stringify(message) === JSON.stringify(this.message));
    this.around = around;
    return !same;
  }

  update(message, { grouped }) {
    if (!this.differs(message, grouped)) return;
    this.message = message;
    const { clock } = this.pane.reader;
    const when = dateOfTs(message.ts);
    const ephemeral = Boolean(message.is_ephemeral);
    this.node.className = ["message", grouped && "grouped", ephemeral && "ephemeral", isQuiet(message) && "quiet", message.is_deleted && "deleted"].filter(Boolean).join(" ");
    this.node.setAttribute("aria-label", `${this.name()}, ${clock.time(when)}`);
    const time = h("time", { class: "message-time", datetime: when.toISOString(), title: clock.full(when) }, clock.time(when));
    fill(this.side, grouped ? time : avatar(this.person()));
    fill(
      this.content,
      ephemeral && this.onlyYou(),
      !grouped && this.byline(time),
      this.text(),
      files(message, this.pane.state),
      reactions(message, { state: this.pane.state, toggle: (name, on) => this.react(name, on) }),
      this.threadFoot(),
      ephemeral && h("button", { type: "button", class: "text-btn", onclick: () => this.dismiss() }, "Dismiss"),
    );
  }

  onlyYou = () => h("div", { class: "only-you" }, icon("eye"), "Only visible to you");

  byline(time) {
    const isApp = this.person().is_bot || this.message.bot_id;
    return h("div", { class: "byline" }, h("span", { class: "author", dir: "auto" }, this.name()), isApp && h("span", { class: "app-badge" }, "App"), time);
  }

  text() {
    const { message, surface } = this;
    if (message.is_deleted) return h("div", { class: "message-text" }, "This message was deleted.");
    const edited = message.edited && h("span", { class: "edited" }, "(edited)");
    const inside = message.blocks?.length ? surface.render(message.blocks) : h("div", { class: "message-text" }, mrkdwn(message.text, surface.reader));
    return [inside, attachments(message, surface), edited];
  }

  threadFoot() {
    const { message, list } = this;
    if (list.inThread || !message.reply_count) return null;
    const { state, reader } = this.pane;
    const faces = (message.reply_users || []).slice(0, 4).map((id) => avatar(state.people.get(id) || { id, name: id }, "tiny"));
    const last = message.latest_reply && living(h("span", { class: "thread-last" }), () => `Last reply ${reader.clock.ago(dateOfTs(message.latest_reply))}`);
    const words = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
    return h("button", { type: "button", class: "thread-foot", onclick: () => list.openThread(message.ts) }, faces, h("strong", null, words), last, icon("right"));
  }

  offerTools() {
    const { message, list } = this;
    if (this.tools || !message || message.is_ephemeral || message.is_deleted || isQuiet(message)) return;
    const button = (label, name, onclick, more) => h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick, ...more }, icon(name));
    const shortcuts = this.pane.state.shortcuts.filter((one) => one.type === "message");
    this.tools = h(
      "div",
      { class: "tools", role: "toolbar", "aria-label": "Message actions" },
      button("Add reaction", "smile", (event) => pickEmoji(event.currentTarget, (name) => this.react(name, true))),
      !list.inThread && button("Reply in thread", "reply", () => list.openThread(message.thread_ts || message.ts)),
      shortcuts.length > 0 && button("More actions", "more", (event) => this.more(event.currentTarget, shortcuts), { "aria-haspopup": "menu" }),
    );
    this.node.append(this.tools);
  }

  hideTools() {
    // A menu that was opened from here keeps its anchor until it closes; and a button that goes away under
    // the pointer takes the focus with it, but not the pointer.
    const isWanted = this.node.matches(":hover") || this.node.contains(document.activeElement);
    if (!this.tools || isWanted || this.tools.querySelector("[popover]")) return;
    this.tools.remove();
    this.tools = null;
  }

  more(anchor, shortcuts) {
    const items = shortcuts.map((one) => ({ label: one.name, description: one.description, icon: icon("bolt"), onpick: () => this.shortcut(one) }));
    openMenu(anchor, [{ heading: `${this.pane.state.app?.name || "App"} shortcuts` }, ...items], { label: "More actions", align: "end" });
  }

  async trying(call) {
    try {
      const answer = await call(this.pane.state.api);
      if (answer.ok === false) this.pane.toast(answer.text || "That did not work. Try again?");
    } catch (error) {
      this.pane.toast(error.message);
    }
  }

  shortcut = (one) => this.trying((api) => api.shortcut({ callback_id: one.callback_id, channel: this.list.channel, message_ts: this.message.ts }));

  react = (name, on) => this.trying((api) => api.react(this.list.channel, this.message.ts, name, on));

  async dismiss() {
    await this.trying((api) => api.dismiss(this.list.channel, this.message.ts));
    this.pane.state.drop(this.list.channel, this.message.ts);
    this.pane.heard({ type: "message_deleted", channel: this.list.channel, ts: this.message.ts });
  }
}
