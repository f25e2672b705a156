// The left column: channels, private channels, direct messages and the app, with what is unread.
import { fill, h, hidden } from "./core/h.js";
import { icon } from "./core/icons.js";
import { avatar, presence } from "./parts/avatar.js";
import { openMenu } from "./parts/menu.js";

const ALL_AT_HAND = 12;

export class Sidebar {
  constructor(pane) {
    this.pane = pane;
    this.lists = h("div", { class: "side-lists" });
    this.head = h("div", { class: "side-head" });
    this.node = h("nav", { class: "sidebar", "aria-label": "Conversations" }, this.head, this.lists);
  }

  draw() {
    const { state } = this.pane;
    if (!state.started) return;
    fill(this.head, h("span", { class: "side-workspace" }, state.workspace?.name || "Workspace"));
    const all = [...state.conversations.values()];
    const byName = (a, b) => state.titleOf(a).localeCompare(state.titleOf(b));
    const channels = all.filter((one) => ["channel", "private"].includes(one.kind)).sort(byName);
    const direct = [...all.filter((one) => ["im", "mpim"].includes(one.kind)), ...this.notYet()].sort(byName);
    const focused = this.node.contains(document.activeElement) ? document.activeElement.dataset.channel : null;
    fill(
      this.lists,
      this.section("Channels", channels.filter((one) => one.is_member), this.moreChannels(channels.filter((one) => !one.is_member))),
      this.section("Direct messages", direct, this.newDirect()),
      this.section("Apps", all.filter((one) => one.kind === "app")),
    );
    if (focused) this.lists.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  /** In a small workspace everybody is at hand; a conversation begins when one opens it. */
  notYet() {
    const others = this.withoutConversation();
    return others.length > ALL_AT_HAND ? [] : others.map((person) => ({ kind: "im", with: person.id, is_new: true }));
  }

  withoutConversation() {
    const { state } = this.pane;
    return [...state.people.values()].filter((person) => !person.is_bot && person.id !== state.id && !state.conversationWith(person.id));
  }

  section(title, conversations, extra) {
    if (!conversations.length && !extra) return null;
    return h("div", { class: "side-section" }, h("div", { class: "side-title" }, h("h2", null, title), extra), h("ul", null, conversations.map((one) => h("li", null, this.entry(one)))));
  }

  entry(conversation) {
    const { pane } = this;
    const { state } = pane;
    const isApp = conversation.kind === "app";
    const current = (conversation.id && pane.at.channel === conversation.id) || (isApp && pane.at.home);
    const unread = current && document.visibilityState === "visible" ? 0 : conversation.unread || 0;
    const badge = unread > 0 && h("span", { class: "badge" }, unread > 99 ? "99+" : unread, hidden(" unread"));
    return h(
      "button",
      {
        type: "button",
        class: `side-item${unread ? " unread" : ""}`,
        "data-channel": conversation.id,
        "aria-current": current ? "page" : null,
        onclick: () => (conversation.is_new ? pane.openDirect(conversation.with) : isApp && !unread ? pane.openHome() : pane.open(conversation.id)),
      },
      this.mark(conversation),
      h("span", { class: "side-name", dir: "auto" }, state.titleOf(conversation), conversation.with === state.id && h("span", { class: "you" }, " you")),
      badge,
    );
  }

  mark(conversation) {
    const { state } = this.pane;
    if (conversation.kind === "channel") return icon("hash");
    if (conversation.kind === "private") return icon("lock");
    if (conversation.kind === "mpim") return h("span", { class: "avatar tiny many", "aria-hidden": "true" }, conversation.members.length - 1);
    const id = conversation.with || state.app?.bot_user_id;
    const person = state.people.get(id) || { id, name: state.titleOf(conversation), is_bot: conversation.kind === "app" };
    return h("span", { class: "with-presence" }, avatar(person, "tiny"), conversation.kind === "im" && presence(person));
  }

  moreChannels(others) {
    if (!others.length) return null;
    const items = others.map((one) => ({ label: `#${one.name}`, description: one.topic, onpick: () => this.pane.open(one.id) }));
    return this.plus("Browse channels", items);
  }

  newDirect() {
    const { state } = this.pane;
    const people = this.withoutConversation();
    if (people.length <= ALL_AT_HAND) return null;
    const items = people.map((person) => ({ label: state.nameOf(person.id), description: person.title, icon: avatar(person), onpick: () => this.pane.openDirect(person.id) }));
    return this.plus("New direct message", items);
  }

  plus(label, items) {
    const open = (event) => openMenu(event.currentTarget, items, { label, search: items.length > 8 });
    return h("button", { type: "button", class: "side-plus", "aria-label": label, title: label, "aria-haspopup": "menu", onclick: open }, icon("plus"));
  }
}
