// What hangs under a message: files, and the older kind of attachments.
import { h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { blockNode } from "../blocks/index.js";
import { mrkdwn } from "../text/mrkdwn.js";

const UNITS = ["bytes", "kB", "MB", "GB"];

export function sizeOf(bytes) {
  let [size, unit] = [bytes || 0, 0];
  while (size >= 1000 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${unit && size < 10 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}

export function files(message, state) {
  if (!message.files?.length) return null;
  return h("div", { class: "files" }, message.files.map((file) => fileCard(file, state)));
}

function fileCard(file, state) {
  const href = state.api.download(file);
  const name = file.title || file.name;
  if (file.mimetype?.startsWith("image/")) {
    return h("a", { href, target: "_blank", rel: "noreferrer", class: "file-picture" }, h("img", { src: href, alt: name, loading: "lazy" }));
  }
  const kind = (file.name || "").split(".").pop().slice(0, 4).toUpperCase();
  return h(
    "a",
    { href, download: file.name, class: "file-card", "aria-label": `Download ${name}`, "data-file": file.id },
    h("span", { class: `file-kind kind-${kind.toLowerCase()}`, "aria-hidden": "true" }, kind || icon("file")),
    h("span", { class: "file-text" }, h("strong", null, name), h("small", null, sizeOf(file.size))),
    icon("download"),
  );
}

const COLOURS = { good: "#2f9e6f", warning: "#d99a2b", danger: "#c62f4a" };

export function attachments(message, surface) {
  return (message.attachments || []).map((one) => {
    const colour = COLOURS[one.color] || (/^#?[0-9a-f]{6}$/i.test(one.color || "") ? `#${one.color.replace("#", "")}` : "var(--line-strong)");
    const inside = one.blocks
      ? one.blocks.map((block, index) => blockNode({ block_id: `attached-${index}`, ...block }, surface))
      : [one.pretext, one.title && `*${one.title}*`, one.text || one.fallback].filter(Boolean).map((text) => h("div", null, mrkdwn(text, surface.reader)));
    return h("div", { class: "attachment", style: { "--bar": colour } }, inside);
  });
}
