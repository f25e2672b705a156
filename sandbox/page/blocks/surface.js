// One thing with blocks on it - a message, a modal, the Home tab: what was typed, what is being sent, what went wrong.
import { fill, h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { textObject } from "../text/mrkdwn.js";
import { askFirst } from "../parts/dialog.js";
import { blockNode } from "./index.js";

// The tools of an editor stand before it, and cannot be reached by Tab.
const FIELD = "input,textarea,[contenteditable],button:not([tabindex])";
const keyOf = (block, element) => `${block.block_id}\u0000${element.action_id}`;

export class Surface {
  /** pane: whose it is; container: what the app is told it is; in: "message" | "modal" | "home" */
  constructor(pane, container, where) {
    Object.assign(this, { pane, container, where });
    this.reader = pane.reader;
    this.values = new Map(); // key -> {type, value, held?}
    this.pending = new Set();
    this.failures = new Map();
    this.root = h("div", { class: `blocks in-${where}` });
  }

  render(blocks) {
    this.blocks = (blocks || []).map((block, index) => ({ block_id: `block-${index}`, ...block }));
    this.seen = new Set();
    const nodes = this.blocks.map((block) => this.draw(block));
    // What left the surface is forgotten, as in Slack: should it come back, it starts anew.
    for (const key of this.values.keys()) if (!this.seen.has(key)) this.values.delete(key);
    const back = this.rememberFocus();
    fill(this.root, nodes);
    back();
    return this.root;
  }

  /** One block on this surface; blocks that hold others ask for them here. */
  draw(block) {
    return blockNode(block, this);
  }

  rememberFocus() {
    const active = document.activeElement;
    const field = this.root.contains(active) && active.closest("[data-key]");
    if (!field) return () => {};
    const key = field.dataset.key;
    let range = null;
    try {
      range = [active.selectionStart, active.selectionEnd];
    } catch {
      // Number and date fields have no selection.
    }
    return () => {
      const again = [...this.root.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
      const target = again?.querySelector(FIELD) || again;
      target?.focus({ preventScroll: true });
      if (range?.[0] !== undefined && range[0] !== null && target?.setSelectionRange) trySelection(target, range);
    };
  }

  /** What stands in a field: what the person chose here, else what the app gave it. */
  current(block, element, initial) {
    const key = keyOf(block, element);
    this.seen?.add(key);
    const known = this.values.get(key);
    if (known && known.type === element.type) return known;
    const entry = { type: element.type, value: initial, block_id: block.block_id, action_id: element.action_id };
    this.values.set(key, entry);
    return entry;
  }

  set(block, element, value, held) {
    const entry = this.current(block, element, value);
    entry.value = value;
    entry.held = held;
    this.clearError(block.block_id);
  }

  /** {block_id: {action_id: value}} of everything that holds a value. */
  collect() {
    const all = {};
    for (const { block_id, action_id, value } of this.values.values()) (all[block_id] ||= {})[action_id] = value;
    return all;
  }

  async act(block, element, value) {
    const key = keyOf(block, element);
    if (this.pending.has(key)) return;
    if (element.confirm && !(await this.confirmed(element.confirm))) return;
    this.failures.delete(key);
    this.pending.add(key);
    this.mark(key);
    try {
      const answer = await this.pane.state.api.act({
        container: this.container,
        block_id: block.block_id,
        action_id: element.action_id,
        value,
        values: this.collect(),
      });
      if (!answer.ok) this.failures.set(key, answer.text || "That did not work. Try again?");
    } catch (error) {
      this.failures.set(key, error.message);
    }
    this.pending.delete(key);
    this.mark(key);
  }

  confirmed(confirm) {
    const textOf = (object, otherwise) => (object ? textObject(object, this.reader) : otherwise);
    return askFirst(this.pane.node, {
      title: textOf(confirm.title, "Are you sure?"),
      text: textOf(confirm.text, ""),
      confirm: textOf(confirm.confirm, "Yes"),
      deny: textOf(confirm.deny, "Cancel"),
      style: confirm.style,
    });
  }

  /** Wraps a control so that its spinner and its warning survive a redraw. */
  control(block, element, node) {
    const key = keyOf(block, element);
    const wrapper = h("span", { class: `control control-${element.type}`, "data-key": key, "data-action-id": element.action_id }, node);
    this.dress(wrapper, key);
    return wrapper;
  }

  mark(key) {
    const places = [...this.root.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === key);
    for (const place of places) this.dress(place, key);
    const text = this.failures.get(key);
    if (text && !places.length) this.pane.toast(text);
  }

  dress(wrapper, key) {
    const busy = this.pending.has(key);
    const button = wrapper.querySelector("button,.combo,input");
    wrapper.classList.toggle("busy", busy);
    button?.setAttribute("aria-busy", String(busy));
    wrapper.querySelector(".failure")?.remove();
    const text = this.failures.get(key);
    if (text) wrapper.append(h("span", { class: "failure", role: "alert" }, icon("warning"), h("span", null, text)));
  }

  showErrors(errors) {
    for (const node of this.root.querySelectorAll("[data-block-id]")) {
      setError(node, errors[node.dataset.blockId]);
    }
    const first = this.root.querySelector(".has-error");
    first?.scrollIntoView({ block: "nearest" });
    first?.querySelector(FIELD)?.focus({ preventScroll: true });
  }

  clearError(blockId) {
    for (const node of this.root.querySelectorAll(".has-error")) if (node.dataset.blockId === blockId) setError(node, null);
  }
}

function setError(node, text) {
  const place = node.querySelector(":scope > .field-error");
  if (!place) return;
  node.classList.toggle("has-error", Boolean(text));
  fill(place, text ? [icon("warning"), h("span", null, text)] : []);
  const field = node.querySelector("input,textarea,[contenteditable],[role=group],[role=radiogroup]");
  if (text) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

function trySelection(target, [from, to]) {
  try {
    target.setSelectionRange(from, to);
  } catch {
    // The field that came back is of a kind without a selection.
  }
}
