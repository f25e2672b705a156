// Blocks that hold others: card, carousel, container, and the plan of an agent.
import { h, uid } from "../core/h.js";
import { icon, spinner } from "../core/icons.js";
import { linkNode } from "../text/references.js";
import { textObject } from "../text/mrkdwn.js";
import { elementNode } from "./controls.js";
import { picture } from "./pictures.js";
import { richText } from "./rich_text.js";

/** Slack's own icons, as near as the few here come. */
const ICONS = { calendar: "calendar", check: "check", clipboard: "file", file: "file", home: "home", link: "clip", lock: "lock", person: "at", search: "search", star: "smile", warning: "warning" };

export function card(block, surface) {
  const { reader } = surface;
  const text = (what, className) => block[what] && h("div", { class: className }, textObject(block[what], reader));
  const mark = block.icon ? picture(block.icon, surface, "card-icon") : block.slack_icon && h("span", { class: "card-icon drawn" }, icon(ICONS[block.slack_icon.name] || "info"));
  const actions = block.actions?.length && h("div", { class: "card-actions" }, block.actions.map((element) => elementNode(element, block, surface, {})));
  return h(
    "article",
    { class: "card" },
    block.hero_image && picture(block.hero_image, surface, "card-hero"),
    h("div", { class: "card-body" },
      h("div", { class: "card-head" }, mark, h("div", null, text("title", "card-title"), text("subtitle", "card-subtitle"))),
      text("body", "card-text"),
      text("subtext", "card-subtext"),
      actions),
  );
}

export function carousel(block, surface) {
  const cards = (block.elements || block.cards || []).map((one) => h("li", null, card({ ...one, block_id: one.block_id || block.block_id }, surface)));
  const track = h("ul", { class: "carousel-track", tabindex: "0", "aria-label": "Cards" }, cards);
  const move = (sign) => track.scrollBy({ left: sign * track.clientWidth * 0.8, behavior: "smooth" });
  const button = (label, name, sign) => h("button", { type: "button", class: "icon-btn", "aria-label": label, onclick: () => move(sign) }, icon(name));
  return h("div", { class: "carousel" }, track, cards.length > 1 && h("div", { class: "carousel-foot" }, button("Earlier cards", "left", -1), button("Further cards", "right", 1)));
}

export function container(block, surface) {
  const title = block.rich_text_title ? richText(block.rich_text_title.elements || [], surface.reader) : textObject(block.title, surface.reader);
  const titles = h("span", { class: "container-titles" }, h("span", { class: "container-title" }, title), block.subtitle && h("span", { class: "container-subtitle" }, textObject(block.subtitle, surface.reader)));
  const children = (block.child_blocks || []).map((child, index) => surface.draw({ block_id: `${block.block_id}-${index}`, ...child }));
  const body = h("div", { class: "container-body", id: uid("container") }, children);
  const mark = block.icon && picture(block.icon, surface, "card-icon");
  const width = `container-${block.width || "full"}`;
  if (!block.is_collapsible) {
    return h("section", { class: `container ${width}${block.has_header_divider ? " ruled" : ""}` }, h("div", { class: "container-head" }, mark, titles), body);
  }
  return folding([mark, titles], body, { open: !block.default_collapsed, width });
}

/** A head that shows and hides what is under it. */
function folding(titles, body, { open, width = "" }) {
  body.hidden = !open;
  const toggle = (event) => {
    body.hidden = !body.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!body.hidden));
  };
  const head = h("button", { type: "button", class: "container-head", "aria-expanded": String(open), "aria-controls": body.id, onclick: toggle }, icon("down", "container-arrow"), titles);
  return h("section", { class: `container ${width}` }, head, body);
}

const STATES = {
  pending: ["Pending", () => h("span", { class: "task-ring" })],
  in_progress: ["In progress", spinner],
  complete: ["Complete", () => icon("check")],
  error: ["Error", () => icon("warning")],
};

export function taskCard(block, surface) {
  const rich = (part, className) => block[part]?.elements && h("div", { class: className }, richText(block[part].elements, surface.reader));
  const [said, mark] = STATES[block.status] || STATES.pending;
  const sources = block.sources?.length && h("ul", { class: "task-sources", "aria-label": "Sources" }, block.sources.map((one) => h("li", null, linkNode(one.url, one.text))));
  return h(
    "div",
    { class: `task task-${block.status}` },
    h("span", { class: "task-state", role: "img", "aria-label": said }, mark()),
    h("div", { class: "task-body" }, h("strong", { dir: "auto", class: block.hide_title ? "sr-only" : null }, block.title), rich("details", "task-details"), rich("output", "task-output"), sources),
  );
}

export function plan(block, surface) {
  const tasks = (block.tasks || []).map((task) => taskCard(task, surface));
  const done = (block.tasks || []).filter((task) => task.status === "complete").length;
  const titles = h("span", { class: "container-titles" }, h("span", { class: "container-title", dir: "auto" }, block.title?.text ?? block.title), h("span", { class: "container-subtitle" }, `${done} of ${tasks.length} done`));
  return folding(titles, h("div", { class: "container-body", id: uid("plan") }, tasks), { open: true });
}

export function fileBlock(block) {
  return h("div", { class: "context" }, icon("file"), h("span", null, block.external_id || block.file_id || "A file"));
}
