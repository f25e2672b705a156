// Blocks that hold others: card, carousel, container, and the plan of an agent.
import { h, uid } from "../core/h.js";
import { icon } from "../core/icons.js";
import { textObject } from "../text/mrkdwn.js";
import { elementNode } from "./controls.js";
import { picture } from "./pictures.js";
import { richText } from "./rich_text.js";

export function card(block, surface) {
  const { reader } = surface;
  const text = (what, className) => block[what] && h("div", { class: className }, textObject(block[what], reader));
  const mark = block.icon ? picture(block.icon, surface, "card-icon") : null;
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
  if (!block.is_collapsible) {
    return h("section", { class: `container${block.has_header_divider ? " ruled" : ""}` }, h("div", { class: "container-head" }, titles), body);
  }
  const open = !(block.is_collapsed ?? block.default_collapsed ?? false);
  body.hidden = !open;
  const toggle = (event) => {
    body.hidden = !body.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!body.hidden));
  };
  const head = h("button", { type: "button", class: "container-head", "aria-expanded": String(open), "aria-controls": body.id, onclick: toggle }, icon("down", "container-arrow"), titles);
  return h("section", { class: "container" }, head, body);
}

const STATES = { pending: "○", in_progress: "◐", complete: "✓", error: "✕" };

export function taskCard(block, surface) {
  const details = block.details?.elements ? richText(block.details.elements, surface.reader) : null;
  const output = block.output?.elements ? richText(block.output.elements, surface.reader) : null;
  return h("div", { class: `task task-${block.status}` }, h("span", { class: "task-state", "aria-label": block.status }, STATES[block.status] || "○"), h("div", null, h("strong", null, block.title), details, output));
}

export function plan(block, surface) {
  const tasks = (block.tasks || []).map((task) => taskCard(task, surface));
  return h("section", { class: "container" }, h("div", { class: "container-head" }, h("span", { class: "container-title" }, block.title?.text ?? block.title)), h("div", { class: "container-body" }, tasks));
}

export function fileBlock(block) {
  return h("div", { class: "context" }, icon("file"), h("span", null, block.external_id || block.file_id || "A file"));
}
