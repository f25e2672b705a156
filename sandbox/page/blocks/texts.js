// Blocks that are read: section, header, context, divider, image, alert, markdown, video.
import { h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { markdown } from "../text/markdown.js";
import { plain, textObject } from "../text/mrkdwn.js";
import { elementNode } from "./controls.js";
import { contextImage, picture } from "./pictures.js";

export function section(block, surface) {
  const { reader } = surface;
  const text = block.text && h("div", { class: "section-text" }, textObject(block.text, reader));
  const fields =
    block.fields?.length && h("div", { class: "section-fields" }, block.fields.map((field) => h("div", { class: "section-field" }, textObject(field, reader))));
  // The text names the control beside it for those who do not see that they belong together.
  const label = block.text?.text?.replace(/[*_~`]/g, "").slice(0, 120);
  const accessory = block.accessory && h("div", { class: "section-accessory" }, elementNode(block.accessory, block, surface, { label }));
  return h("div", { class: accessory ? "section with-accessory" : "section" }, h("div", { class: "section-body" }, text, fields), accessory);
}

export function header(block) {
  const level = Math.min(Math.max(block.level || 2, 1), 4);
  return h(`h${level + 1}`, { class: `head head-${level}` }, plain(block.text?.text));
}

export function context(block, surface) {
  const parts = (block.elements || []).map((element) => {
    if (element.type === "image") return contextImage(element, surface);
    return h("span", { class: "context-text" }, textObject(element, surface.reader));
  });
  return h("div", { class: "context" }, parts);
}

export const divider = () => h("hr", { class: "divider" });

export function image(block, surface) {
  const title = block.title && h("figcaption", { class: "image-title" }, textObject(block.title, surface.reader));
  return h("figure", { class: "image" }, title, picture(block, surface, "image-big"));
}

const ALERT_ICONS = { default: "info", info: "info", warning: "warning", error: "warning", success: "check" };

export function alert(block, surface) {
  const level = Object.hasOwn(ALERT_ICONS, block.level || "default") ? block.level || "default" : "default";
  const urgent = ["warning", "error"].includes(level);
  return h(
    "div",
    { class: `alert alert-${level}`, role: urgent ? "alert" : "status" },
    icon(ALERT_ICONS[level]),
    h("div", null, textObject(block.text, surface.reader)),
  );
}

export const markdownBlock = (block, surface) => h("div", { class: "markdown" }, markdown(block.text, surface.reader));

export function video(block, surface) {
  const title = h("a", { href: block.title_url || block.video_url, target: "_blank", rel: "noreferrer noopener" }, textObject(block.title, surface.reader));
  return h("div", { class: "card" }, h("div", { class: "card-body" }, h("strong", null, title), block.description && h("p", null, textObject(block.description, surface.reader))));
}
