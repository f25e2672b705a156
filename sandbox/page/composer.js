// Where one writes: Enter sends, Shift+Enter makes a line, "/" "@" "#" and ":" offer what can follow.
import { fill, h, uid } from "./core/h.js";
import { icon, spinner } from "./core/icons.js";
import { Completion } from "./parts/completion.js";
import { openMenu } from "./parts/menu.js";
import { pickEmoji } from "./parts/reactions.js";
import { encode, splitCommand } from "./text/encode.js";

export class Composer {
  /** where: {channel, thread?, label} */
  constructor(pane, where) {
    Object.assign(this, { pane, where, sending: false });
    this.draftKey = `${where.channel}/${where.thread || ""}`;
    const draft = pane.drafts.get(this.draftKey) || { text: "", files: [] };
    this.files = draft.files;
    this.field = h("textarea", { class: "composer-field", dir: "auto", rows: 1, "aria-label": where.label, placeholder: where.thread ? "Reply…" : where.label, id: uid("composer") });
    this.field.value = draft.text;
    this.chips = h("div", { class: "composer-files" });
    this.note = h("div", { class: "composer-note", role: "alert" });
    this.button = h("button", { type: "button", class: "send", "aria-label": "Send", onclick: () => this.send() }, icon("send"));
    this.hint = h("span", { class: "composer-hint", "aria-hidden": "true" });
    this.box = h("div", { class: "composer-box" }, this.field, this.chips, this.toolbar());
    this.node = h("div", { class: "composer" }, this.note, this.box);
    this.completion = new Completion(pane, this.field, this.box, { commands: true, inThread: Boolean(where.thread) });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => event.clipboardData.files.length && (event.preventDefault(), this.attach(event.clipboardData.files)));
    this.box.addEventListener("dragover", (event) => event.preventDefault());
    this.box.addEventListener("drop", (event) => (event.preventDefault(), this.attach(event.dataTransfer.files)));
    this.drawFiles();
    this.tell();
    requestAnimationFrame(() => this.fit());
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  toolbar() {
    const chooser = h("input", { type: "file", multiple: true, class: "sr-only", tabindex: "-1", "aria-label": "Attach files" });
    chooser.addEventListener("change", () => (this.attach(chooser.files), (chooser.value = "")));
    const tool = (label, name, onclick, more) => h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick, ...more }, icon(name));
    const global = this.pane.state.shortcuts.filter((one) => one.type === "global");
    return h(
      "div",
      { class: "composer-tools" },
      h("span", { class: "with-chooser" }, tool("Attach a file", "clip", () => chooser.click()), chooser),
      tool("Emoji", "smile", (event) => pickEmoji(event.currentTarget, (name) => this.insert(`:${name}: `), { above: true })),
      tool("Mention somebody", "at", () => this.insert("@")),
      !this.where.thread && tool("Shortcuts", "bolt", (event) => this.shortcuts(event.currentTarget, global), { "aria-haspopup": "menu" }),
      this.hint,
      this.button,
    );
  }

  shortcuts(anchor, global) {
    const { commands } = this.pane.state;
    const items = [
      ...(global.length ? [{ heading: "Shortcuts" }] : []),
      ...global.map((one) => ({ label: one.name, description: one.description, icon: icon("bolt"), onpick: () => this.runShortcut(one) })),
      ...(commands.length ? [{ heading: "Commands" }] : []),
      ...commands.map((one) => ({ label: one.command, description: one.description, onpick: () => this.replace(`${one.command} `) })),
    ];
    openMenu(anchor, items, { label: "Shortcuts", search: items.length > 12, above: true });
  }

  async runShortcut(one) {
    try {
      const answer = await this.pane.state.api.shortcut({ callback_id: one.callback_id });
      this.say(answer.ok === false ? answer.text || `${one.name} did not work. Try again?` : "");
    } catch (error) {
      this.say(error.message);
    }
  }

  insert(text) {
    const { field } = this;
    const before = field.value.slice(0, field.selectionStart);
    const space = text === "@" && before && !/\s$/.test(before) ? " " : "";
    field.setRangeText(space + text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input"));
  }

  replace(text) {
    this.field.value = text;
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
    this.field.dispatchEvent(new Event("input"));
  }

  typed() {
    this.say("");
    this.keepDraft();
    this.fit();
    this.tell();
    this.completion.look();
  }

  /** How the command that one types is used, else which keys send. */
  tell() {
    const command = this.pane.state.commands.find((one) => one.usage_hint && this.field.value.startsWith(`${one.command} `));
    if (command) fill(this.hint, h("b", null, command.command), ` ${command.usage_hint}`);
    else fill(this.hint, h("b", null, "Enter"), " to send · ", h("b", null, "Shift+Enter"), " new line");
    if (command) this.field.setAttribute("aria-description", `${command.command} ${command.usage_hint}`);
    else this.field.removeAttribute("aria-description");
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 220)}px`;
    this.button.classList.toggle("ready", Boolean(this.field.value.trim() || this.files.length));
  }

  keepDraft() {
    this.pane.drafts.set(this.draftKey, { text: this.field.value, files: this.files });
  }

  key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  async attach(chosen) {
    for (const file of [...chosen]) {
      const entry = { name: file.name, uploading: true };
      this.files.push(entry);
      this.drawFiles();
      try {
        Object.assign(entry, (await this.pane.state.api.upload(file)).file, { uploading: false });
      } catch (error) {
        this.files.splice(this.files.indexOf(entry), 1);
        this.say(`${file.name} was not uploaded. ${error.message}`);
      }
      this.drawFiles();
      this.keepDraft();
    }
    this.focus();
  }

  drawFiles() {
    const remove = (entry) => () => (this.files.splice(this.files.indexOf(entry), 1), this.drawFiles(), this.keepDraft());
    fill(this.chips, this.files.map((entry) => h("span", { class: "chip file" }, entry.uploading ? spinner() : icon("file"), h("span", null, entry.name), h("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${entry.name}`, onclick: remove(entry) }, icon("close")))));
    this.fit();
  }

  /** What went wrong, beside what was typed; an empty text takes it away. */
  say(text) {
    fill(this.note, text && [icon("warning"), h("span", null, text)]);
  }

  async send() {
    // A space before the stroke makes it a message, so what is sent is trimmed only afterwards.
    const isCommand = this.field.value.startsWith("/");
    const text = this.field.value.trim();
    if (this.sending || (!text && !this.files.length)) return;
    if (this.files.some((entry) => entry.uploading)) return this.say("A file is still being uploaded.");
    this.sending = true;
    this.completion.close();
    this.button.setAttribute("aria-busy", "true");
    try {
      const refused = await this.deliver(text, isCommand);
      if (refused) this.say(refused);
      else this.sent();
    } catch (error) {
      this.say(error.message);
    }
    this.sending = false;
    this.button.removeAttribute("aria-busy");
    return undefined;
  }

  /** Resolves to what to tell the person when it was refused. */
  async deliver(text, isCommand) {
    const { state } = this.pane;
    const { channel, thread } = this.where;
    const command = isCommand && splitCommand(text);
    if (!command) {
      const more = { ...(thread && { thread_ts: thread }), ...(this.files.length && { files: this.files.map((file) => file.id) }) };
      const { message } = await state.api.send(channel, encode(text, state), more);
      state.keep(channel, message, true);
      this.pane.heard({ type: "message", channel, message });
      return "";
    }
    if (thread) return `${command.name} cannot be used in a thread. Use it in the conversation itself.`;
    if (!state.commands.some((one) => one.command === command.name)) return `${command.name} is not a command here. Begin with a space to send it as a message.`;
    const answer = await state.api.command(channel, command.name, encode(command.text, state, { named: true }));
    return answer.ok ? "" : answer.text || `${command.name} failed with the error "${answer.error}".`;
  }

  sent() {
    this.field.value = "";
    this.files = [];
    this.pane.drafts.delete(this.draftKey);
    this.say("");
    this.tell();
    this.drawFiles();
  }
}
