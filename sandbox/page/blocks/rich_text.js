// The block rich_text: sections, lists, quotes and preformatted text, with their styled elements.
import { h } from "../core/h.js";
import { emojiNode } from "../text/mrkdwn.js";
import { channelNode, dateNode, groupNode, linkNode, personNode } from "../text/references.js";

export function richText(elements, reader) {
  return (elements || []).map((element) => part(element, reader));
}

function part(element, reader) {
  const inside = () => inlines(element.elements, reader);
  switch (element.type) {
    case "rich_text_section":
      return h("div", { class: "rich-section", dir: "auto" }, inside());
    case "rich_text_quote":
      return h("blockquote", { class: "quote", dir: "auto" }, inside());
    case "rich_text_preformatted":
      return h("pre", { class: "pre", dir: "auto" }, inside());
    case "rich_text_list":
      return list(element, reader);
    default:
      return h("div", { class: "unknown", role: "note" }, `cannot show ${element.type}`);
  }
}

function list(element, reader) {
  const ordered = element.style === "ordered";
  const start = ordered && element.offset ? element.offset + 1 : null;
  const items = (element.elements || []).map((item) => h("li", null, inlines(item.elements, reader)));
  return h(ordered ? "ol" : "ul", { class: `rich-list level-${(element.indent || 0) % 3}${element.border ? " ruled" : ""}`, dir: "auto", start, style: { "--indent": String(element.indent || 0) } }, items);
}

const inlines = (elements, reader) => (elements || []).map((element) => styled(element, inlineOf(element, reader)));

const INLINE = {
  text: (e) => e.text,
  link: (e) => linkNode(e.url, e.text),
  user: (e, reader) => personNode(e.user_id, reader),
  channel: (e, reader) => channelNode(e.channel_id, "", reader),
  usergroup: (e, reader) => groupNode(e.usergroup_id, "", reader),
  emoji: (e) => emojiNode(e.name) || e.unicode_text || `:${e.name}:`,
  broadcast: (e) => h("span", { class: "mention broadcast" }, `@${e.range}`),
  date: (e, reader) => dateNode([e.timestamp, e.format, e.url], e.fallback, reader),
  color: (e) => h("span", { class: "swatch" }, h("span", { class: "swatch-dot", style: { background: /^#[0-9a-f]{3,8}$/i.test(e.value) ? e.value : "none" } }), e.value),
};

function inlineOf(element, reader) {
  const make = Object.hasOwn(INLINE, element.type ?? "") ? INLINE[element.type] : null;
  return make ? make(element, reader) : element.text || `[${element.type}]`;
}

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u" };

function styled(element, node) {
  let out = node;
  for (const [style, on] of Object.entries(element.style || {})) {
    if (on && style === "code") out = h("code", { class: "code" }, out);
    else if (on && STYLES[style]) out = h(STYLES[style], null, out);
  }
  return out;
}
