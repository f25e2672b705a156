// Blocks that are used: input, actions, context_actions; and which function draws which element.
import { h, uid } from "../core/h.js";
import { icon } from "../core/icons.js";
import { plain } from "../text/mrkdwn.js";
import { openMenu } from "../parts/menu.js";
import { checkboxes, radios } from "./choices.js";
import { dateField, dateTimeField, timeField } from "./dates.js";
import { textField } from "./fields.js";
import { fileField } from "./files.js";
import { accessoryImage } from "./pictures.js";
import { richEditor } from "./rich_editor.js";
import { select } from "./selects.js";

const GROUPS = new Set(["checkboxes", "radio_buttons", "file_input", "rich_text_input"]);

const TEXTS = ["plain_text_input", "number_input", "email_text_input", "url_text_input"];
const KINDS = ["static", "external", "users", "conversations", "channels"];

const DRAW = {
  button,
  workflow_button: button,
  overflow,
  image: (element, block, surface) => accessoryImage(element, surface),
  datepicker: dateField,
  timepicker: timeField,
  datetimepicker: dateTimeField,
  checkboxes,
  radio_buttons: radios,
  file_input: fileField,
  rich_text_input: richEditor,
  feedback_buttons: feedback,
  icon_button: iconButton,
  ...Object.fromEntries(TEXTS.map((type) => [type, textField])),
  ...Object.fromEntries(KINDS.flatMap((kind) => [[`${kind}_select`, select], [`multi_${kind}_select`, select]])),
};

/** names: {id, labelledBy, label, describedBy, input} - how the element is called by those who cannot see it. */
export function elementNode(element, block, surface, names) {
  const draw = Object.hasOwn(DRAW, element?.type ?? "") ? DRAW[element.type] : null;
  if (!draw) return h("span", { class: "unknown", role: "note" }, `cannot show ${element?.type || "this"}`);
  return draw(element, block, surface, names);
}

export function actions(block, surface) {
  return h("div", { class: "actions" }, (block.elements || []).map((element) => elementNode(element, block, surface, {})));
}

export const contextActions = (block, surface) => h("div", { class: "actions context-actions" }, (block.elements || []).map((element) => elementNode(element, block, surface, {})));

export function input(block, surface) {
  const { element = {} } = block;
  const [id, labelId, hintId, errorId] = ["field", "label", "hint", "error"].map((name) => uid(name));
  const text = plain(block.label?.text);
  const label = GROUPS.has(element.type) ? h("span", { class: "label", id: labelId, dir: "auto" }, text) : h("label", { class: "label", id: labelId, for: id, dir: "auto" }, text);
  const hint = block.hint && h("div", { class: "hint", id: hintId, dir: "auto" }, plain(block.hint.text));
  const describedBy = [block.hint && hintId, errorId].filter(Boolean).join(" ");
  const field = elementNode(element, block, surface, { id, labelledBy: labelId, describedBy, input: block });
  return h(
    "div",
    { class: "input" },
    h("div", { class: "label-row" }, label, block.optional && h("span", { class: "optional" }, "(optional)")),
    field,
    hint,
    h("div", { class: "field-error", id: errorId, role: "alert" }),
  );
}

function button(element, block, surface) {
  const look = { primary: "btn-primary", danger: "btn-danger" }[element.style] || "";
  const act = () => surface.act(block, element, null);
  const props = { class: `btn ${look}`, "aria-label": element.accessibility_label, onclick: act };
  const inside = h("span", { class: "btn-text", dir: "auto" }, plain(element.text?.text));
  const node = element.url
    ? h("a", { ...props, href: element.url, target: "_blank", rel: "noreferrer noopener" }, inside)
    : h("button", { ...props, type: "button" }, inside);
  return surface.control(block, element, node);
}

function overflow(element, block, surface) {
  const pick = (option) => {
    if (option.url) window.open(option.url, "_blank", "noreferrer");
    surface.act(block, element, option.value);
  };
  const items = (element.options || []).map((option) => ({
    label: option.text?.text,
    description: option.description?.text,
    onpick: () => pick(option),
  }));
  const name = element.accessibility_label || "More options";
  const open = (event) => openMenu(event.currentTarget, items, { label: name, align: "end" });
  const node = h("button", { type: "button", class: "btn btn-square", "aria-label": name, "aria-haspopup": "menu", onclick: open }, icon("more"));
  return surface.control(block, element, node);
}

function feedback(element, block, surface) {
  const side = (part, sign) =>
    part && h("button", { type: "button", class: "btn btn-quiet", "aria-label": part.accessibility_label || part.text?.text, title: part.text?.text, onclick: () => surface.act(block, element, part.value) }, h("span", { class: "emoji" }, sign));
  return surface.control(block, element, h("span", { class: "feedback" }, side(element.positive_button, "👍"), side(element.negative_button, "👎")));
}

function iconButton(element, block, surface) {
  const hiddenFromMe = element.visible_to_user_ids && !element.visible_to_user_ids.includes(surface.pane.state.id);
  if (hiddenFromMe) return h("span", { hidden: true });
  const act = () => surface.act(block, element, null);
  const name = element.accessibility_label || element.text?.text;
  return surface.control(block, element, h("button", { type: "button", class: "btn btn-quiet", "aria-label": name, title: name, onclick: act }, icon(element.icon === "trash" ? "trash" : "more")));
}
