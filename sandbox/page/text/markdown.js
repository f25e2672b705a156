// The standard Markdown of a `markdown` block: headings, lists, quotes, code, tables, rules, and what stands in a line.
import { h } from "../core/h.js";
import { plain } from "./mrkdwn.js";
import { angleNode } from "./references.js";

export function markdown(text, context) {
  const rows = String(text ?? "").split("\n");
  const out = [];
  let at = 0;
  while (at < rows.length) {
    const [node, next] = block(rows, at, context);
    if (node) out.push(node);
    at = next;
  }
  return out;
}

function block(rows, at, context) {
  const line = rows[at];
  if (!line.trim()) return [null, at + 1];
  if (/^\s*```/.test(line)) return fenced(rows, at);
  const heading = line.match(/^(#{1,6})\s+(.*?)\s*#*$/);
  if (heading) {
    const level = Math.min(heading[1].length + 2, 6);
    return [h(`h${level}`, { class: `md-h md-h${heading[1].length}`, dir: "auto" }, inlineMarkdown(heading[2], context)), at + 1];
  }
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return [h("hr", { class: "divider" }), at + 1];
  if (/^\s*>/.test(line)) return quote(rows, at, context);
  if (/^\s*([-*+]|\d+[.)])\s+/.test(line)) return list(rows, at, context);
  if (line.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(rows[at + 1] || "")) return table(rows, at, context);
  return paragraph(rows, at, context);
}

function taken(rows, from, test) {
  let end = from;
  while (end < rows.length && test(rows[end], end)) end += 1;
  return end;
}

function fenced(rows, at) {
  const end = taken(rows, at + 1, (line) => !/^\s*```/.test(line));
  return [h("pre", { class: "pre" }, rows.slice(at + 1, end).join("\n")), end + 1];
}

function quote(rows, at, context) {
  const end = taken(rows, at, (line) => /^\s*>/.test(line));
  const inside = rows.slice(at, end).map((line) => line.replace(/^\s*> ?/, ""));
  return [h("blockquote", { class: "quote", dir: "auto" }, markdown(inside.join("\n"), context)), end];
}

function list(rows, at, context) {
  const ordered = /^\s*\d/.test(rows[at]);
  // Another kind of mark begins another list, unless it stands deeper.
  const end = taken(rows, at, (line) => /^\s*([-*+]|\d+[.)])\s+/.test(line) && (/^\s{2}/.test(line) || /^\s*\d/.test(line) === ordered));
  const items = rows.slice(at, end).map((line) => {
    const [, space, , rest] = line.match(/^(\s*)([-*+]|\d+[.)])\s+(.*)$/);
    const task = rest.match(/^\[([ xX])\]\s+(.*)$/);
    const inside = task ? [task[1] === " " ? "☐ " : "☑ ", inlineMarkdown(task[2], context)] : inlineMarkdown(rest, context);
    return h("li", { class: task ? "md-task" : null, style: { "--indent": String(Math.floor(space.length / 2)) } }, inside);
  });
  return [h(ordered ? "ol" : "ul", { class: "md-list", dir: "auto" }, items), end];
}

function table(rows, at, context) {
  const end = taken(rows, at, (line) => line.includes("|"));
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => inlineMarkdown(cell.trim(), context));
  const head = h("tr", null, cells(rows[at]).map((cell) => h("th", { scope: "col", dir: "auto" }, cell)));
  const body = rows.slice(at + 2, end).map((line) => h("tr", null, cells(line).map((cell) => h("td", { dir: "auto" }, cell))));
  return [h("div", { class: "table-wrap" }, h("table", { class: "table" }, h("thead", null, head), h("tbody", null, body))), end];
}

function paragraph(rows, at, context) {
  const end = taken(rows, at, (line, index) => index === at || (line.trim() && !/^(\s*([-*+>]|\d+[.)])\s|#{1,6}\s|\s*```)/.test(line)));
  const inside = rows.slice(at, end).flatMap((line, index) => [index ? h("br") : null, inlineMarkdown(line.trim(), context)]);
  return [h("p", { class: "md-p", dir: "auto" }, inside), end];
}

const INLINE = [
  [/`([^`]+)`/, (m) => h("code", { class: "code" }, m[1])],
  [/<([@#!][^>]+|https?:[^>]+)>/, (m, context) => angleNode(m[1], context)],
  [/!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, (m) => h("a", { href: m[2], target: "_blank", rel: "noreferrer noopener" }, m[1] || m[2])],
  [/\*\*(\S(?:.*?\S)?)\*\*/, (m, context) => h("strong", null, inlineMarkdown(m[1], context))],
  [/(?<!\w)__(\S(?:.*?\S)?)__(?!\w)/, (m, context) => h("strong", null, inlineMarkdown(m[1], context))],
  [/~~(\S(?:.*?\S)?)~~/, (m, context) => h("s", null, inlineMarkdown(m[1], context))],
  [/\*(\S(?:.*?\S)?)\*/, (m, context) => h("em", null, inlineMarkdown(m[1], context))],
  [/(?<!\w)_(\S(?:.*?\S)?)_(?!\w)/, (m, context) => h("em", null, inlineMarkdown(m[1], context))],
];

/** The earliest mark wins; what stands before and after it is read again. */
function inlineMarkdown(text, context) {
  let first = null;
  for (const [pattern, make] of INLINE) {
    const match = pattern.exec(text);
    if (match && (!first || match.index < first.match.index)) first = { match, make };
  }
  if (!first) return plain(text);
  const { match, make } = first;
  return [...plain(text.slice(0, match.index)), make(match, context), ...inlineMarkdown(text.slice(match.index + match[0].length), context)];
}
