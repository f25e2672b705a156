// The field for rich text: bold, italic, struck, code and lists, typed as in a letter and sent as Slack's rich_text.
import { fill, h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { richText } from "./rich_text.js";

const COMMANDS = [
  ["Bold", "bold", "bold"],
  ["Italic", "italic", "italic"],
  ["Strike", "strike", "strikeThrough"],
  ["Code", "code", null],
  ["Bulleted list", "bullets", "insertUnorderedList"],
  ["Numbered list", "numbers", "insertOrderedList"],
];
const STYLES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", U: "underline", CODE: "code" };
const LISTS = { UL: "bullet", OL: "ordered" };

export function richEditor(element, block, surface, names) {
  const initial = element.initial_value;
  const entry = surface.current(block, element, initial && typeof initial === "object" ? initial : null);
  const field = h("div", {
    class: "text-field rich-field",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    dir: "auto",
    "aria-labelledby": names.labelledBy,
    "aria-describedby": names.describedBy,
    "aria-required": names.input && !names.input.optional ? "true" : null,
    "data-placeholder": element.placeholder?.text,
    "data-autofocus": element.focus_on_load || null,
  });
  if (entry.value) fill(field, richText(entry.value.elements, surface.reader));
  const tools = COMMANDS.map(([label, name, command]) => tool(label, name, () => run(command)));
  const changed = () => surface.set(block, element, written(field));
  const run = (command) => {
    field.focus();
    if (command) document.execCommand(command);
    else asCode(field);
    changed();
    press();
  };
  const press = () => {
    for (const [index, [, , command]] of COMMANDS.entries()) tools[index].setAttribute("aria-pressed", String(command ? document.queryCommandState(command) : isIn(field, "CODE")));
  };
  field.addEventListener("input", changed);
  for (const event of ["keyup", "pointerup", "focus"]) field.addEventListener(event, press);
  field.addEventListener("blur", () => names.input?.dispatch_action && surface.act(block, element, written(field)));
  field.addEventListener("drop", (event) => event.preventDefault());
  // Only words come in from elsewhere: no markup, no pictures.
  field.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  return surface.control(block, element, h("div", { class: "rich-editor" }, h("div", { class: "rich-tools", role: "toolbar", "aria-label": "Formatting" }, tools), field));
}

function tool(label, name, onclick) {
  const button = h("button", { type: "button", class: "tool", "aria-label": label, title: label, "aria-pressed": "false", tabindex: "-1", onclick }, icon(name));
  // What is selected stays selected.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  return button;
}

function isIn(field, tag) {
  let node = getSelection().anchorNode;
  while (node && node !== field) {
    if (node.nodeName === tag) return true;
    node = node.parentNode;
  }
  return false;
}

function asCode(field) {
  const selection = getSelection();
  if (!selection.rangeCount || !field.contains(selection.anchorNode) || selection.isCollapsed || isIn(field, "CODE")) return;
  const range = selection.getRangeAt(0);
  const code = h("code", { class: "code" }, range.extractContents().textContent);
  range.insertNode(code);
  selection.selectAllChildren(code);
}

/** What stands in the field as Slack's rich_text; null when there are no words. */
function written(field) {
  const parts = [];
  let lines = [];
  const flush = () => {
    if (lines.length) parts.push({ type: "rich_text_section", elements: joined(lines) });
    lines = [];
  };
  for (const node of rows(field)) {
    if (LISTS[node.nodeName]) {
      flush();
      parts.push(...lists(node, 0));
    } else if (node.nodeName === "BLOCKQUOTE") {
      flush();
      parts.push({ type: "rich_text_quote", elements: inlines(node, {}) });
    } else lines.push(inlines(node, {}));
  }
  flush();
  return field.textContent.trim() ? { type: "rich_text", elements: parts.filter((part) => part.elements.length) } : null;
}

/** The field's rows: its blocks, and what stands bare between them as a row of its own. */
function rows(field) {
  const found = [];
  let bare = null;
  for (const node of [...field.childNodes]) {
    const isBlock = ["DIV", "P", "UL", "OL", "BLOCKQUOTE", "PRE"].includes(node.nodeName);
    if (isBlock || node.nodeName === "BR") bare = null;
    if (isBlock) found.push(...(["DIV", "P"].includes(node.nodeName) && node.querySelector("ul,ol") ? rows(node) : [node]));
    else if (node.nodeName !== "BR") {
      if (!bare) found.push((bare = document.createDocumentFragment()));
      bare.append(node.cloneNode(true));
    }
  }
  return found;
}

function lists(node, indent) {
  const out = [];
  for (const item of node.children) {
    if (LISTS[item.nodeName]) out.push(...lists(item, indent + 1));
    else if (out.at(-1)?.indent === indent) out.at(-1).elements.push(section(item));
    else out.push({ type: "rich_text_list", style: LISTS[node.nodeName], indent, elements: [section(item)] });
  }
  return out;
}

const section = (item) => ({ type: "rich_text_section", elements: inlines(item, {}) });

function joined(lines) {
  return merged(lines.flatMap((line, index) => (index ? [{ type: "text", text: "\n" }, ...line] : line)));
}

function inlines(node, style) {
  return merged([...node.childNodes].flatMap((child) => inline(child, style)));
}

function inline(node, style) {
  const styled = Object.keys(style).length ? { style } : {};
  if (node.nodeType === Node.TEXT_NODE) return node.data ? [{ type: "text", text: node.data.replaceAll("\u00a0", " "), ...styled }] : [];
  if (node.nodeName === "BR") return node.nextSibling ? [{ type: "text", text: "\n" }] : [];
  if (node.dataset?.user) return [{ type: "user", user_id: node.dataset.user }];
  if (node.nodeName === "A") return [{ type: "link", url: node.href, text: node.textContent, ...styled }];
  if (node.classList?.contains("emoji")) return [{ type: "emoji", name: node.title.replaceAll(":", "") }];
  const more = STYLES[node.nodeName];
  return inlines(node, more ? { ...style, [more]: true } : style);
}

/** Neighbours of one style are one text. */
function merged(elements) {
  const out = [];
  for (const one of elements) {
    const before = out.at(-1);
    if (before?.type === "text" && one.type === "text" && JSON.stringify(before.style) === JSON.stringify(one.style)) before.text += one.text;
    else out.push({ ...one });
  }
  return out;
}
