// The list over the composer: commands with their hints, people, channels and emoji that begin as typed.
import { fill, h, uid } from "../core/h.js";
import { icon } from "../core/icons.js";
import { emojiOf, findEmoji } from "../text/emoji.js";
import { avatar } from "./avatar.js";
import { float } from "./float.js";

const MOST = 12;

export class Completion {
  constructor(pane, field, anchor, { commands, inThread }) {
    Object.assign(this, { pane, field, anchor, commands: commands && !inThread });
    this.list = h("div", { class: "menu completion", popover: "manual", role: "listbox", id: uid("completion"), "aria-label": "Suggestions" });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    anchor.append(this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("blur", () => this.close());
    this.rows = [];
  }

  /** What stands before the caret decides what is offered. */
  look() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const command = this.commands && before.match(/^\/(\S*)$/);
    const word = before.match(/(?:^|[\s(])([@#:])([^\s@#:]*(?: [^\s@#:]+)?)$/);
    if (command) this.offer(this.findCommands(command[1]), command[0].length);
    else if (word && (word[1] !== ":" || word[2].length > 1)) this.offer(FIND[word[1]](word[2].toLowerCase(), this.pane.state), word[2].length + 1);
    else this.close();
  }

  findCommands(typed) {
    const wanted = `/${typed}`.toLowerCase();
    return this.pane.state.commands
      .filter((one) => one.command.toLowerCase().startsWith(wanted))
      .sort((a, b) => a.command.localeCompare(b.command))
      .map((one) => ({ insert: `${one.command} `, label: one.command, hint: one.usage_hint, description: one.description, mark: () => h("span", { class: "mark slash" }, "/"), exact: one.command === wanted }));
  }

  offer(rows, length) {
    this.length = length;
    this.rows = rows.slice(0, MOST);
    if (!this.rows.length) return this.close();
    fill(this.list, this.rows.map((row, index) => this.row(row, index)));
    if (this.floating) this.floating.again();
    else this.floating = float(this.anchor, this.list, { above: true, matchWidth: true, onclose: () => this.closed() });
    this.mark(0);
    return undefined;
  }

  row(row, index) {
    return h(
      "div",
      { role: "option", class: "combo-option", id: `${this.list.id}-${index}`, "aria-selected": "false", onclick: () => this.choose(row), onpointermove: () => this.active !== index && this.mark(index) },
      row.mark?.(),
      h("span", { class: "combo-text" }, h("span", null, h("b", null, row.label), row.hint && h("span", { class: "hint-text" }, ` ${row.hint}`)), row.description && h("small", null, row.description)),
    );
  }

  mark(index) {
    this.active = index;
    for (const [at, node] of [...this.list.children].entries()) {
      node.classList.toggle("active", at === index);
      node.setAttribute("aria-selected", String(at === index));
      if (at === index) node.scrollIntoView({ block: "nearest" });
    }
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
  }

  choose(row) {
    const end = this.field.selectionStart;
    this.field.setRangeText(row.insert, end - this.length, end, "end");
    this.close();
    this.field.dispatchEvent(new Event("input"));
    this.field.focus();
  }

  close() {
    this.floating?.close();
  }

  closed() {
    this.floating = null;
    this.rows = [];
    this.field.removeAttribute("aria-activedescendant");
  }

  /** True when the key was for the list. */
  key(event) {
    if (!this.floating) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.rows[this.active];
    if (step) this.mark((this.active + step + this.rows.length) % this.rows.length);
    else if (event.key === "Escape") this.close();
    // A command typed to its end is sent by Enter; Tab still completes it.
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !chosen.exact)) this.choose(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

const FIND = {
  "@"(typed, state) {
    const people = [...state.people.values()].filter((one) => `${one.name} ${one.real_name} ${one.display_name}`.toLowerCase().split(/[\s._-]+/).some((word) => word.startsWith(typed)) || (one.real_name || "").toLowerCase().startsWith(typed));
    people.sort((a, b) => a.is_bot - b.is_bot || state.nameOf(a.id).localeCompare(state.nameOf(b.id)));
    const rows = people.map((one) => ({ insert: `@${state.nameOf(one.id)} `, label: state.nameOf(one.id), description: one.title, exact: exactly(state.nameOf(one.id), typed), mark: () => avatar(one, "tiny") }));
    const groups = [...state.usergroups.values()].filter((one) => one.handle.toLowerCase().startsWith(typed));
    return [...rows, ...groups.map((one) => ({ insert: `@${one.handle} `, label: `@${one.handle}`, description: one.name, exact: exactly(one.handle, typed) }))];
  },
  "#"(typed, state) {
    const channels = [...state.conversations.values()].filter((one) => ["channel", "private"].includes(one.kind) && one.name.toLowerCase().includes(typed));
    return channels.map((one) => ({ insert: `#${one.name} `, label: one.name, description: one.topic, exact: exactly(one.name, typed), mark: () => h("span", { class: "mark" }, icon(one.kind === "private" ? "lock" : "hash")) }));
  },
  ":"(typed) {
    return findEmoji(typed, MOST).map((name) => ({ insert: `:${name}: `, label: `:${name}:`, mark: () => h("span", { class: "mark" }, emojiOf(name)) }));
  },
};

const exactly = (name, typed) => Boolean(typed) && name.toLowerCase() === typed;
