// Checkboxes and radio buttons.
import { h, uid } from "../core/h.js";
import { textObject } from "../text/mrkdwn.js";

function group(element, block, surface, names, { type, role, isOn, onpick }) {
  const name = uid("choice");
  const rows = (element.options || []).map((option) => {
    const id = uid("option");
    const box = h("input", { type, name, id, value: option.value, onchange: (event) => onpick(option, event.currentTarget.checked) });
    box.checked = isOn(option);
    const description = option.description && h("span", { class: "choice-description" }, textObject(option.description, surface.reader));
    return h("div", { class: "choice" }, box, h("label", { for: id }, h("span", { class: "choice-text" }, textObject(option.text, surface.reader)), description));
  });
  const node = h("div", { class: "choices", role, "aria-labelledby": names.labelledBy, "aria-label": names.labelledBy ? null : names.label, "aria-describedby": names.describedBy }, rows);
  return surface.control(block, element, node);
}

const acts = (names) => !names.input || names.input.dispatch_action;

export function checkboxes(element, block, surface, names) {
  const entry = surface.current(block, element, (element.initial_options || []).map((option) => option.value));
  const onpick = (option, on) => {
    const chosen = new Set(entry.value);
    if (on) chosen.add(option.value);
    else chosen.delete(option.value);
    const value = element.options.map((one) => one.value).filter((one) => chosen.has(one));
    surface.set(block, element, value);
    if (acts(names)) surface.act(block, element, value);
  };
  return group(element, block, surface, names, { type: "checkbox", role: "group", isOn: (option) => entry.value.includes(option.value), onpick });
}

export function radios(element, block, surface, names) {
  const entry = surface.current(block, element, element.initial_option?.value ?? null);
  const onpick = (option) => {
    surface.set(block, element, option.value);
    if (acts(names)) surface.act(block, element, option.value);
  };
  return group(element, block, surface, names, { type: "radio", role: "radiogroup", isOn: (option) => entry.value === option.value, onpick });
}
