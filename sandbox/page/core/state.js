// What one pane knows: its person, the people, the conversations, the messages and the open views.
import { Api } from "./api.js";
import { Live } from "./live.js";

const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;

export class State extends EventTarget {
  constructor(me) {
    super();
    this.id = me;
    this.api = new Api(me);
    this.people = new Map();
    this.conversations = new Map();
    this.usergroups = new Map();
    this.channels = new Map(); // channel -> {messages: Map(ts -> Message), hasMore}
    this.threads = new Map(); // "channel/ts" -> Map(ts -> Message)
    this.views = [];
    this.asking = new Set(); // for each question on its way to the server: the frames heard since it was asked
    this.commands = [];
    this.shortcuts = [];
    this.started = false;
    this.online = true;
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  on(type, listener) {
    this.addEventListener(type, (event) => listener(event.detail));
  }

  begin() {
    this.live = new Live(`${this.api.root}/live`, {
      onopen: () => this.resync(),
      onframe: (frame) => this.hear(frame),
      ondown: () => this.setOnline(false),
    });
  }

  end() {
    this.live?.end();
  }

  setOnline(online) {
    if (this.online === online) return;
    this.online = online;
    this.emit("line");
  }

  /** Everything anew: used at the start and after each broken line, so that no missed frame matters. */
  async resync() {
    const { answer: start, heard } = await this.ask(this.api.start()).catch((error) => {
      this.emit("failed", error.message);
      return {};
    });
    if (!start) return;
    this.me = start.me;
    this.workspace = start.workspace;
    this.app = start.app;
    this.commands = start.commands;
    this.shortcuts = start.shortcuts;
    this.usergroups = new Map((start.usergroups || []).map((group) => [group.id, group]));
    this.setPeople(start.people);
    this.setConversations(start.conversations);
    this.channels.clear();
    this.threads.clear();
    this.views = start.views || [];
    for (const frame of heard) this.replace(frame);
    this.started = true;
    this.online = true;
    for (const what of ["started", "line", "people", "conversations", "views"]) this.emit(what);
  }

  setPeople(people) {
    this.people = new Map(people.map((person) => [person.id, person]));
    this.me = this.people.get(this.id) || this.me;
    this.peopleVersion = (this.peopleVersion || 0) + 1;
  }

  setConversations(conversations) {
    this.conversations = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  }

  /** An answer may be older than a frame that overtook it: whoever takes the answer applies what was heard since. */
  async ask(question) {
    const heard = [];
    this.asking.add(heard);
    try {
      return { answer: await question, heard };
    } finally {
      this.asking.delete(heard);
    }
  }

  hear(frame) {
    for (const heard of this.asking) heard.push(frame);
    this.follow(frame);
    this.replace(frame);
    if (frame.type === "message") this.countUnread(frame);
    const name = { message_changed: "message", message_deleted: "message", app: "line" }[frame.type] || frame.type;
    this.emit(name, frame.type === "failed" ? frame.text : frame);
  }

  /** Frames about one message. */
  follow(frame) {
    if (frame.type === "message") this.keep(frame.channel, frame.message, true);
    else if (frame.type === "message_changed") this.keep(frame.channel, frame.message, false);
    else if (frame.type === "message_deleted") this.drop(frame.channel, frame.ts);
  }

  /** Frames that carry the whole of something. */
  replace(frame) {
    if (frame.type === "conversations") this.setConversations(frame.conversations);
    else if (frame.type === "views") this.views = frame.views;
    else if (frame.type === "people") this.setPeople(frame.people);
    else if (frame.type === "app" && this.app) this.app.connected = frame.connected;
  }

  countUnread({ channel, message }) {
    const conversation = this.conversations.get(channel);
    const counts = !isReply(message) && !message.is_ephemeral && message.user !== this.id;
    if (conversation && counts) conversation.unread = (conversation.unread || 0) + 1;
    if (conversation && counts) this.emit("conversations");
  }

  keep(channel, message, isNew) {
    const root = message.thread_ts || message.ts;
    const thread = this.threads.get(`${channel}/${root}`);
    thread?.set(message.ts, message);
    const inChannel = !isReply(message) || message.subtype === "thread_broadcast";
    const known = this.channels.get(channel);
    if (!known || !inChannel) return;
    // A change to a message older than what was loaded must not open a gap in the list.
    const isWithin = () => message.ts > sorted(known.messages)[0]?.ts;
    if (isNew || known.messages.has(message.ts) || !known.hasMore || isWithin()) known.messages.set(message.ts, message);
  }

  drop(channel, ts) {
    this.channels.get(channel)?.messages.delete(ts);
    for (const [key, thread] of this.threads) if (key.startsWith(`${channel}/`)) thread.delete(ts);
  }

  async loadChannel(channel) {
    const known = this.channels.get(channel);
    if (known) return known;
    const { answer, heard } = await this.ask(this.api.messages(channel));
    const loaded = { messages: new Map(answer.messages.map((m) => [m.ts, m])), hasMore: answer.has_more };
    this.channels.set(channel, loaded);
    for (const frame of heard) this.follow(frame);
    return loaded;
  }

  async loadOlder(channel) {
    const known = this.channels.get(channel);
    const before = sorted(known.messages)[0]?.ts;
    const answer = await this.api.messages(channel, before);
    for (const message of answer.messages) known.messages.set(message.ts, message);
    known.hasMore = answer.has_more;
  }

  async loadThread(channel, ts) {
    const key = `${channel}/${ts}`;
    if (!this.threads.has(key)) {
      const { answer, heard } = await this.ask(this.api.thread(channel, ts));
      this.threads.set(key, new Map(answer.messages.map((m) => [m.ts, m])));
      for (const frame of heard) this.follow(frame);
    }
    return this.threads.get(key);
  }

  /** The name that people see: the display name when there is one. */
  nameOf(id) {
    const person = this.people.get(id);
    return person ? person.display_name || person.real_name || person.name : id;
  }

  titleOf(conversation) {
    if (conversation.kind === "app") return this.app?.name || conversation.name;
    if (conversation.kind === "im") return this.nameOf(conversation.with);
    if (conversation.kind === "mpim") {
      return conversation.members.filter((id) => id !== this.id).map((id) => this.nameOf(id)).join(", ");
    }
    return conversation.name;
  }

  conversationWith(user) {
    return [...this.conversations.values()].find((one) => one.with === user && ["im", "app"].includes(one.kind));
  }

  appConversation() {
    return [...this.conversations.values()].find((one) => one.kind === "app");
  }
}

export const sorted = (messages) => [...messages.values()].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
