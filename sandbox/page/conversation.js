// The middle: one conversation with its head, its messages and its composer.
import { fill, h } from "./core/h.js";
import { icon } from "./core/icons.js";
import { sorted } from "./core/state.js";
import { appTabs, appTitle } from "./home.js";
import { Composer } from "./composer.js";
import { MessageList } from "./messages.js";
import { avatar } from "./parts/avatar.js";
import { openMenu } from "./parts/menu.js";
import { placeOf } from "./text/dates.js";

export class Conversation {
  constructor(pane) {
    this.pane = pane;
    this.head = h("header", { class: "middle-head" });
    this.content = h("div", { class: "conversation-content" });
    this.node = h("div", { class: "conversation" }, this.head, this.content);
  }

  get conversation() {
    return this.pane.state.conversations.get(this.channel);
  }

  async show(channel) {
    const { pane } = this;
    const fresh = !pane.state.channels.has(channel) || channel !== this.channel;
    this.channel = channel;
    this.node.dataset.channel = channel;
    this.drawHead();
    if (!this.conversation) return fill(this.content, h("p", { class: "empty" }, "This conversation is not here any more."));
    if (fresh) this.build();
    try {
      await pane.state.loadChannel(channel);
    } catch (error) {
      return fill(this.content, h("p", { class: "empty", role: "alert" }, error.message));
    }
    if (this.channel !== channel) return undefined;
    if (fresh) this.newFrom = this.firstUnread();
    this.drawMessages();
    if (fresh && !pane.state.views.length && document.hasFocus() && pane.node.contains(document.activeElement)) this.composer?.focus();
    return this.markRead();
  }

  build() {
    const { pane, channel } = this;
    const title = pane.state.titleOf(this.conversation);
    const hash = ["channel", "private"].includes(this.conversation.kind) ? "#" : "";
    this.older = h("button", { type: "button", class: "text-btn older", hidden: true, onclick: () => this.loadOlder() }, "Show older messages");
    this.list = new MessageList(pane, {
      channel,
      inThread: false,
      label: `Messages in ${hash}${title}`,
      intro: [this.intro(hash, title), this.older],
      openThread: (ts) => pane.openThread(ts),
      older: () => pane.state.channels.get(channel)?.hasMore && this.loadOlder(),
    });
    this.asMember = this.conversation.is_member !== false;
    this.composer = this.asMember && new Composer(pane, { channel, label: `Message ${hash}${title}` });
    fill(this.content, this.list.node, this.composer ? this.composer.node : this.joinBar());
  }

  intro(hash, title) {
    const { kind, topic } = this.conversation;
    const words = {
      channel: `This is the very beginning of #${title}.`,
      private: `This is the very beginning of #${title}. Only its members see it.`,
      app: `Write to ${title} here. It answers only you.`,
    }[kind] || `This is the beginning of what you and ${title} say to each other.`;
    this.beginning = h("div", { class: "intro" }, h("h2", null, `${hash}${title}`), h("p", null, words, topic && ` ${topic}`));
    return this.beginning;
  }

  joinBar() {
    const join = async () => {
      try {
        const { conversation } = await this.pane.state.api.join(this.channel);
        this.pane.state.conversations.set(conversation.id, conversation);
        this.pane.state.channels.delete(this.channel);
        this.pane.show();
      } catch (error) {
        this.pane.toast(error.message);
      }
    };
    return h("div", { class: "join-bar" }, h("span", null, `You are looking at #${this.conversation.name}`), h("button", { type: "button", class: "btn btn-primary", onclick: join }, "Join channel"));
  }

  firstUnread() {
    const { unread } = this.conversation;
    const theirs = sorted(this.messages()).filter((message) => message.user !== this.pane.id && !message.is_ephemeral);
    return unread ? theirs.at(-Math.min(unread, theirs.length))?.ts : undefined;
  }

  messages = () => this.pane.state.channels.get(this.channel)?.messages || new Map();

  drawMessages() {
    const known = this.pane.state.channels.get(this.channel);
    if (!known || !this.list) return;
    this.older.hidden = !known.hasMore;
    this.beginning.hidden = known.hasMore;
    this.list.draw(sorted(known.messages), { newFrom: this.newFrom });
  }

  /** When one scrolls near the beginning, or by the button there. */
  async loadOlder() {
    const { list, channel } = this;
    if (list.loading) return;
    list.loading = true;
    try {
      await this.pane.state.loadOlder(channel);
    } catch (error) {
      this.pane.toast(error.message);
    }
    list.loading = false;
    if (this.list === list) list.keepingPlace(() => this.drawMessages());
  }

  heard(frame) {
    if (frame.channel !== this.channel || this.pane.at.home) return;
    this.drawMessages();
    if (frame.type === "message") this.markRead();
  }

  markRead() {
    const { state, at } = this.pane;
    if (at.home || document.visibilityState !== "visible" || !this.conversation?.unread) return;
    const last = sorted(this.messages()).filter((message) => !message.is_ephemeral).at(-1);
    if (!last) return;
    this.conversation.unread = 0;
    this.pane.sidebar.draw();
    state.api.read(this.channel, last.ts).catch(() => {
      // Only a badge: it comes again with the next list of conversations.
    });
  }

  focusMessage(ts) {
    this.list?.focus(ts);
  }

  /** The list of conversations is new: one may have been invited, or the topic is another. */
  changed() {
    this.drawHead();
    if (!this.list || !this.conversation || this.asMember === (this.conversation.is_member !== false)) return;
    this.build();
    this.drawMessages();
  }

  drawHead() {
    const { conversation, pane } = this;
    if (!conversation) return fill(this.head);
    if (conversation.kind === "app") return fill(this.head, appTitle(pane), appTabs(pane, "messages"));
    const title = pane.state.titleOf(conversation);
    if (conversation.kind === "im") {
      const person = pane.state.people.get(conversation.with) || { id: conversation.with };
      return fill(this.head, h("h1", { class: "title" }, avatar(person, "small"), title), h("span", { class: "topic" }, [person.title, placeOf(person.tz)].filter(Boolean).join(" · ")));
    }
    const mark = conversation.kind === "private" ? icon("lock") : conversation.kind === "channel" ? icon("hash") : null;
    return fill(this.head, h("h1", { class: "title" }, mark, title), h("span", { class: "topic", dir: "auto", title: conversation.topic }, conversation.topic), this.members());
  }

  members() {
    const { state } = this.pane;
    const people = (this.conversation.members || []).map((id) => state.people.get(id)).filter(Boolean);
    if (!people.length) return null;
    const items = people.map((person) => ({ label: state.nameOf(person.id), description: person.title, icon: avatar(person), onpick: () => this.pane.openDirect(person.id) }));
    const open = (event) => openMenu(event.currentTarget, [{ heading: `${people.length} members` }, ...items], { label: "Members", align: "end", search: items.length > 10 });
    return h("button", { type: "button", class: "members", "aria-label": `${people.length} members`, "aria-haspopup": "menu", onclick: open }, people.slice(0, 3).map((person) => avatar(person, "tiny")), h("span", null, people.length));
  }
}
