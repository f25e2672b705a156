// What stands between < and > in Slack's text: people, channels, groups, dates, links.
import { h } from "../core/h.js";
import { living } from "../core/living.js";
import { slackDate } from "./dates.js";

export function angleNode(inside, context) {
  const [target, label] = splitOnce(inside, "|");
  if (target.startsWith("@")) return personNode(target.slice(1), context);
  if (target.startsWith("#")) return channelNode(target.slice(1), label, context);
  if (target.startsWith("!")) return specialNode(target.slice(1), label, context);
  return linkNode(decode(target), label ? decode(label) : null);
}

function specialNode(target, label, context) {
  const [kind, ...rest] = target.split("^");
  if (kind === "date") return dateNode(rest, label, context);
  if (kind === "subteam") return groupNode(rest[0], label, context);
  return h("span", { class: "mention broadcast" }, `@${kind.split("|")[0]}`);
}

export function personNode(id, { state }) {
  const me = id === state.id;
  return h("span", { class: me ? "mention me" : "mention", dir: "auto", "data-user": id }, `@${state.nameOf(id)}`);
}

export function channelNode(id, label, { state, open }) {
  const conversation = state.conversations.get(id);
  if (!conversation) return h("span", { class: "mention" }, label ? `#${label}` : "#a-private-channel");
  return h("button", { type: "button", class: "mention link", dir: "auto", onclick: () => open?.(id) }, `#${conversation.name}`);
}

export function groupNode(id, label, { state }) {
  const group = state.usergroups.get(id);
  const mine = group?.users?.includes(state.id);
  return h("span", { class: mine ? "mention me" : "mention", dir: "auto" }, group ? `@${group.handle}` : label || "@group");
}

export function dateNode([seconds, format, link], fallback, { clock }) {
  const wanted = decode(format || "{date_short} {time}");
  const shown = () => slackDate(seconds, wanted, clock) ?? fallback ?? "";
  const when = new Date(Number(seconds) * 1000);
  const valid = !Number.isNaN(when.getTime());
  const time = living(h("time", { datetime: valid ? when.toISOString() : null, title: valid ? clock.full(when) : null }), shown);
  return link ? h("a", { href: link, target: "_blank", rel: "noreferrer noopener" }, time) : time;
}

export function linkNode(url, label) {
  const shown = label || url.replace(/^mailto:/, "");
  return h("a", { href: url, target: "_blank", rel: "noreferrer noopener", title: label ? url : null }, shown);
}

const decode = (text) => text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);

function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
