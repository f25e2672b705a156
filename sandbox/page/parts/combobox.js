// A select that can be searched and used by keyboard: one or many choices, fixed or asked from the app.
import { fill, h, uid } from "../core/h.js";
import { icon } from "../core/icons.js";
import { float } from "./float.js";

/**
 * options: [{value, text, description?, group?, mark?}]; load(query): the same, asynchronously.
 * selected: options chosen at first; onchange(options) after each choice.
 */
export class Combobox {
  constructor({ id, label, describedBy, placeholder, options = [], load, minQuery = 0, selected = [], multiple = false, max = Infinity, onchange }) {
    Object.assign(this, { options, load, minQuery, selected, multiple, max, onchange, placeholder });
    this.listId = uid("list");
    this.active = -1;
    this.input = h("input", {
      id,
      class: "combo-input",
      dir: "auto",
      role: "combobox",
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      placeholder,
      "aria-label": label,
      "aria-describedby": describedBy,
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": this.listId,
      onfocus: () => this.input.select(),
      onclick: () => this.show(),
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onblur: () => setTimeout(() => this.left(), 120),
    });
    this.chips = h("span", { class: "combo-chips" });
    this.list = h("div", { class: "combo-list", popover: "manual", role: "listbox", id: this.listId, "aria-label": label || placeholder, "aria-multiselectable": multiple || null });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.box = h("span", { class: "combo-box" }, this.chips, this.input, icon("down", "combo-arrow"));
    this.box.addEventListener("click", (event) => event.target.closest("button,input") || (this.input.focus(), this.show()));
    this.node = h("span", { class: multiple ? "combo multiple" : "combo" }, this.box, this.list);
    this.drawSelected();
  }

  drawSelected() {
    if (!this.multiple) {
      this.input.value = this.selected[0]?.text || "";
      return;
    }
    this.input.placeholder = this.selected.length ? "" : this.placeholder || "";
    fill(this.chips, this.selected.map((option) => this.chip(option)));
  }

  chip(option) {
    const remove = h("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${option.text}`, onclick: () => this.choose(option) }, icon("close"));
    return h("span", { class: "chip" }, option.mark?.(), h("span", { dir: "auto" }, option.text), remove);
  }

  async show() {
    this.query = "";
    await this.refresh();
  }

  async typed() {
    this.query = this.input.value.trim();
    if (!this.multiple && !this.query && this.selected.length) this.change([]);
    await this.refresh();
  }

  async refresh() {
    const query = this.query || "";
    let rows = this.options;
    if (this.load) {
      if (query.length < this.minQuery) return this.draw([], `Type at least ${this.minQuery} characters`);
      this.draw([], "Loading…");
      try {
        rows = await this.load(query);
      } catch (error) {
        return this.draw([], error.message);
      }
      if (query !== (this.query || "")) return undefined;
    } else if (query) {
      const wanted = query.toLowerCase();
      rows = rows.filter((option) => `${option.text} ${option.description || ""} ${option.group || ""}`.toLowerCase().includes(wanted));
    }
    return this.draw(rows, rows.length ? "" : "Nothing found");
  }

  draw(rows, note) {
    this.rows = rows;
    const nodes = [];
    let group = null;
    for (const [index, option] of rows.entries()) {
      if (option.group && option.group !== group) nodes.push(h("div", { class: "combo-group", role: "presentation" }, (group = option.group)));
      nodes.push(this.row(option, index));
    }
    if (note) nodes.push(h("div", { class: "combo-note", role: "status" }, note));
    fill(this.list, nodes);
    const at = rows.findIndex((option) => this.isChosen(option));
    this.open();
    this.mark(this.query || at < 0 ? (rows.length ? 0 : -1) : at);
  }

  row(option, index) {
    return h(
      "div",
      {
        role: "option",
        id: `${this.listId}-${index}`,
        class: "combo-option",
        "aria-selected": String(this.isChosen(option)),
        onclick: () => this.choose(option),
        onpointermove: () => this.active !== index && this.mark(index, false),
      },
      option.mark?.(),
      h("span", { class: "combo-text", dir: "auto" }, option.node ? option.node() : option.text, option.description && h("small", null, option.description)),
      icon("check", "combo-check"),
    );
  }

  isChosen = (option) => this.selected.some((one) => one.value === option.value);

  open() {
    if (this.floating) return this.floating.again();
    if (!this.node.isConnected) return undefined;
    this.input.setAttribute("aria-expanded", "true");
    this.floating = float(this.box, this.list, {
      matchWidth: true,
      onclose: () => {
        this.floating = null;
        this.input.setAttribute("aria-expanded", "false");
        this.input.removeAttribute("aria-activedescendant");
      },
    });
    return undefined;
  }

  shut() {
    this.floating?.close();
  }

  left() {
    if (document.activeElement === this.input) return;
    this.shut();
    if (this.multiple) this.input.value = "";
    else this.drawSelected();
  }

  mark(index, scroll = true) {
    this.active = index;
    for (const node of this.list.querySelectorAll("[role=option]")) node.classList.remove("active");
    const node = this.list.querySelector(`#${CSS.escape(`${this.listId}-${index}`)}`);
    node?.classList.add("active");
    if (node && scroll) node.scrollIntoView({ block: "nearest" });
    if (node) this.input.setAttribute("aria-activedescendant", node.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(option) {
    if (!this.multiple) {
      this.change([option]);
      this.drawSelected();
      this.shut();
      return;
    }
    const chosen = this.isChosen(option);
    if (!chosen && this.selected.length >= this.max) return;
    this.change(chosen ? this.selected.filter((one) => one.value !== option.value) : [...this.selected, option]);
    this.input.value = "";
    this.query = "";
    this.drawSelected();
    this.input.focus();
    if (this.floating) this.refresh();
  }

  change(selected) {
    this.selected = selected;
    this.onchange?.(selected);
  }

  key(event) {
    if (event.isComposing) return;
    const open = Boolean(this.floating);
    if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      if (!open) this.show();
      else if (this.rows.length) this.mark((this.active + (event.key === "ArrowDown" ? 1 : -1) + this.rows.length) % this.rows.length);
    } else if (event.key === "Enter") {
      // Enter never submits the form from here: it chooses, or opens the list.
      event.preventDefault();
      if (open && this.rows[this.active]) this.choose(this.rows[this.active]);
      else this.show();
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      this.shut();
      this.drawSelected();
    } else if (event.key === "Backspace" && this.multiple && !this.input.value && this.selected.length) {
      this.choose(this.selected.at(-1));
    }
  }
}
