// Pictures: where they come from, and their description when they cannot be loaded.
import { h } from "../core/h.js";

function sourceOf(element, surface) {
  if (element.image_url) return element.image_url;
  const file = element.slack_file;
  if (!file) return null;
  return surface.pane.state.api.download({ id: file.id || "file", name: "image", url_private: file.url });
}

/** An image, or its description in its place when it cannot be loaded. */
export function picture(element, surface, className) {
  const shown = h("img", { src: sourceOf(element, surface), alt: element.alt_text || "", class: className, loading: "lazy" });
  shown.addEventListener("error", () => {
    shown.replaceWith(h("span", { class: `${className} no-image`, role: "img", "aria-label": element.alt_text || "Image" }, element.alt_text || "Image"));
  });
  return shown;
}

export const contextImage = (element, surface) => picture(element, surface, "context-image");

export const accessoryImage = (element, surface) => picture(element, surface, "accessory-image");
