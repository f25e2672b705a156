// Text fields: one line, many lines, numbers, e-mail addresses and links.
import { h } from "../core/h.js";

const TYPES = { email_text_input: "email", url_text_input: "url" };

export function textField(element, block, surface, names) {
  const entry = surface.current(block, element, initialOf(element));
  const many = Boolean(element.multiline);
  const field = h(many ? "textarea" : "input", {
    ...(many ? { rows: 3 } : { type: "text", inputmode: inputMode(element) }),
    class: "text-field",
    dir: "auto",
    id: names.id,
    "aria-label": names.id ? null : names.label || element.placeholder?.text,
    "aria-describedby": names.describedBy,
    "aria-required": names.input && !names.input.optional ? "true" : null,
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    autocomplete: "off",
    spellcheck: many ? "true" : null,
    "data-autofocus": element.focus_on_load || null,
  });
  field.value = entry.value ?? "";
  const grow = () => many && fit(field);
  field.addEventListener("input", () => {
    surface.set(block, element, field.value === "" ? null : field.value);
    grow();
    count.textContent = countOf(field, element);
  });
  const count = h("span", { class: "count", "aria-hidden": "true" }, countOf(field, element));
  dispatching(field, { element, block, surface, many, input: names.input });
  if (many) requestAnimationFrame(grow);
  return surface.control(block, element, h("span", { class: "text-wrap" }, field, count));
}

function initialOf(element) {
  const initial = element.initial_value;
  if (initial === undefined || initial === "") return null;
  return initial === null ? null : String(initial);
}

function inputMode(element) {
  if (element.type === "number_input") return element.is_decimal_allowed ? "decimal" : "numeric";
  return TYPES[element.type] || null;
}

/** How many characters are left, once it begins to matter. */
function countOf(field, element) {
  const left = (element.max_length || Infinity) - field.value.length;
  return left <= 20 || left < element.max_length * 0.1 ? String(left) : "";
}

function fit(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 320)}px`;
}

function dispatching(field, { element, block, surface, many, input }) {
  if (input && !input.dispatch_action) return;
  const on = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const act = () => surface.act(block, element, field.value === "" ? null : field.value);
  if (on.includes("on_enter_pressed")) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || (many && event.shiftKey)) return;
      event.preventDefault();
      act();
    });
  }
  if (on.includes("on_character_entered")) field.addEventListener("input", act);
}
