// Slack's mrkdwn as DOM nodes: blocks of lines first, then what stands inside a line.
import { h } from "../core/h.js";
import { emojiOf } from "./emoji.js";
import { angleNode } from "./references.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
export const unescape = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/** Renders mrkdwn text; `state` gives names, `clock` the reader's zone and language. */
export function mrkdwn(text, context) {
  const out = [];
  for (const [index, part] of String(text ?? "").split("```").entries()) {
    if (index % 2) out.push(h("pre", { class: "pre" }, code(part.replace(/^\n|\n$/g, ""), context)));
    else out.push(...lines(part, context));
  }
  return out;
}

/** plain_text: only emoji are special. */
export function plain(text, { emoji = true } = {}) {
  return emoji ? splitEmoji(String(text ?? "")) : [String(text ?? "")];
}

/** A text object of either kind. */
export function textObject(object, context) {
  if (!object) return [];
  if (typeof object === "string") return mrkdwn(object, context);
  return object.type === "plain_text" ? [h("span", { class: "plain", dir: "auto" }, plain(object.text))] : mrkdwn(object.text, context);
}

function lines(text, context) {
  const out = [];
  let quote = null;
  const all = text.replace(/^\n|\n$/g, "").split("\n");
  if (all.length === 1 && all[0] === "") return out;
  for (const line of all) {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (!quote) out.push((quote = h("blockquote", { class: "quote", dir: "auto" })));
      quote.append(row(quoted[1], context));
      continue;
    }
    quote = null;
    out.push(row(line, context));
  }
  return out;
}

function row(line, context) {
  const item = line.match(/^(\s*)([•◦▪‣]|\d{1,2}\.)\s+(.*)$/);
  if (!item) return h("div", { class: line.trim() ? "line" : "line gap", dir: "auto" }, inline(line, context));
  return h(
    "div",
    { class: "line hang", dir: "auto", style: { "--indent": String(Math.floor(item[1].length / 2)) } },
    h("span", { class: "bullet" }, item[2]),
    " ",
    h("span", null, inline(item[3], context)),
  );
}

function code(text, context) {
  // Inside code only links and mentions keep their meaning.
  return text.split(/(<[^<>\n]+>)/).map((part) => (/^<.+>$/.test(part) ? angleNode(part.slice(1, -1), context) : unescape(part)));
}

const MARKS = { "*": "strong", _: "em", "~": "s" };
const BEFORE = /[\s([{"'“‘<>|*_~.,;:!?/–—-]/;
const AFTER = /[\s)\]}"'”’.,;:!?/<>|*_~…–—-]/;

/** The inside of a line: code, links and mentions, bold, italic, strike, emoji. */
export function inline(text, context) {
  const out = [];
  let plainFrom = 0;
  let at = 0;
  const flush = (to) => {
    if (to > plainFrom) out.push(...bare(text.slice(plainFrom, to)));
  };
  while (at < text.length) {
    const found = special(text, at, context);
    if (!found) {
      at += 1;
      continue;
    }
    flush(at);
    out.push(found.node);
    at = plainFrom = found.end;
  }
  flush(text.length);
  return out;
}

function special(text, at, context) {
  const char = text[at];
  if (char === "<") {
    const end = text.indexOf(">", at);
    if (end < 0) return null;
    return { node: angleNode(text.slice(at + 1, end), context), end: end + 1 };
  }
  if (char === "`") {
    const end = text.indexOf("`", at + 1);
    if (end <= at + 1) return null;
    return { node: h("code", { class: "code" }, code(text.slice(at + 1, end), context)), end: end + 1 };
  }
  return MARKS[char] ? marked(text, at, context) : null;
}

function marked(text, at, context) {
  const char = text[at];
  const next = text[at + 1];
  if (!next || next === char || /\s/.test(next) || (at > 0 && !BEFORE.test(text[at - 1]))) return null;
  for (let end = text.indexOf(char, at + 1); end > 0; end = text.indexOf(char, end + 1)) {
    const closes = !/\s/.test(text[end - 1]) && (end + 1 >= text.length || AFTER.test(text[end + 1]));
    if (closes) return { node: h(MARKS[char], null, inline(text.slice(at + 1, end), context)), end: end + 1 };
  }
  return null;
}

function bare(text) {
  // Addresses that stand bare become links, as Slack does.
  return text.split(/(https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]'"])/).flatMap((part, index) => {
    if (index % 2 === 0) return splitEmoji(unescape(part));
    const url = unescape(part);
    return h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, url);
  });
}

function splitEmoji(text) {
  return text.split(/:([a-z0-9_+-]+(?:::skin-tone-\d)?):/).flatMap((part, index) => {
    if (index % 2 === 0) return part ? [part] : [];
    return [emojiNode(part) || `:${part}:`];
  });
}

export function emojiNode(name) {
  const character = emojiOf(name);
  return character && h("span", { class: "emoji", title: `:${name}:` }, character);
}
