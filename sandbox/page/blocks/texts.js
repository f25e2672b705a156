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
  return h(`h${level + 1}`, { class: `head head-${level}`, dir: "auto" }, plain(block.text?.text));
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
  const out = { target: "_blank", rel: "noreferrer noopener" };
  const by = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  const provider = block.provider_icon_url && picture({ image_url: block.provider_icon_url, alt_text: "" }, surface, "context-image");
  return h(
    "figure",
    { class: "video" },
    h("figcaption", null, by && h("div", { class: "context" }, provider, h("span", { dir: "auto" }, by)), h("a", { class: "video-title", href: block.title_url || block.video_url, ...out }, textObject(block.title, surface.reader)), block.description && h("div", { class: "video-text" }, textObject(block.description, surface.reader))),
    h("a", { class: "video-still", href: block.video_url, "aria-label": `Play: ${block.alt_text || "video"}`, ...out }, picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, surface, "image-big"), h("span", { class: "video-play" }, icon("play"))),
  );
}
